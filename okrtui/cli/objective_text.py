"""An objective in full, and the answers to it, as text and as ``--json`` answers them."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from okrtui.cli import key_result_text
from okrtui.cli.output import one_line, plain, table
from okrtui.cli.parts_text import (
    facts,
    heading,
    key_result_row,
    said,
    said_shape,
    section,
    suggestion,
    suggestion_shape,
)
from okrtui.cli.shapes import picked
from okrtui.core.model import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.cli.shapes import Shape
    from okrtui.service.invitation_cards import InvitationCard, PushbackCard
    from okrtui.service.show import ObjectivePage, TextVersion


def objective(page: ObjectivePage) -> str:
    """An objective in full."""
    return "\n".join(_objective(page))


def _objective(page: ObjectivePage) -> Iterator[str]:
    yield heading(page.ref, page.title)
    yield page.place.text
    rows = [
        ("state", f"{page.state}: {page.reason}" if page.reason else page.state),
        ("ambition", page.ambition),
        ("written by", page.author),
        ("contributes to", ", ".join(link["parent"] for link in page.parents)),
        ("asks to contribute to", ", ".join(link["parent"] for link in page.asked_parents)),
        ("asked to stand below", ", ".join(f"{one.child} → {one.parent}" for one in page.asked_below)),
        ("goes on from", " of ".join(page.origin or ())),
        ("goes on as", ", ".join(f"{ref} in {cycle}" for ref, cycle in page.goes_on)),
        ("learnt", page.learning),
    ]
    yield from facts(rows)
    yield from section("Why", [plain(page.why)] if page.why else [])
    yield from section("Answers", (answer(one) for one in page.invitations))
    yield from section("Key results", table(map(key_result_row, page.key_results)))
    texts = (f"{one.at} by {one.author}  {one_line(one.statement)}" for one in page.texts[:-1])
    yield from section("Earlier texts", texts)
    yield from section("Stood in", (f"{one.at} {one.person} ({one.text}): {one.verb}" for one in page.stood_in))
    yield from section("Suggestions", map(suggestion, page.suggestions))
    yield from section("Thread", map(said, page.thread))


def answer(one: InvitationCard) -> str:
    """The answer of those an objective was put to, with every pushback."""
    who = one.team or one.team_name
    lines = [f"{who}: {one.state.replace('_', ' ')}" + (", reworded since it accepted" if one.reworded else "")]
    if one.need:
        lines.append(f"  {spoken(one.need)}: {one_line(one.need_words)}")
    if one.straight_line:
        lines.append(indent(plain(one.straight_line), "  "))
    return "\n".join([*lines, *(line for each in one.rounds for line in _round(each))])


def _round(one: PushbackCard) -> Iterator[str]:
    yield f"  pushback {one.round} by {one.author}, {spoken(one.reason)}: {one_line(one.words)}"
    if one.answer:
        into = f" into {', '.join(one.into)}" if one.into else ""
        yield f"  {one.answer}{into} by {one.answered_by}: {one_line(one.answer_words)}".rstrip(": ")
    elif one.state == "taken_back":
        yield "  taken back"


def answer_shape(one: InvitationCard) -> Shape:
    """A team's answer to an objective; ``pushback`` is the last round."""
    rounds = [picked(each, _ROUND) for each in one.rounds]
    return {
        "team": one.team,
        "need": one.need or None,
        "need_words": one.need_words or None,
        **picked(one, "state straight_line accepted_by accepted_at accepted_text reworded asked_at seen_by"),
        "pushback": rounds[-1] if rounds else None,
        "rounds": rounds,
    }


_ROUND = "round state reason words author at answer answer_words answered_by answered_at into"


def shape(page: ObjectivePage) -> Shape:
    """An objective in full."""
    return {
        **picked(page, "ref team title why ambition state reason author published_at learning"),
        "cycle": page.place.cycle,
        "invitations": [answer_shape(one) for one in page.invitations],
        "key_results": [key_result_text.card(one) for one in page.key_results],
        "texts": [_text_shape(one) for one in page.texts],
        "suggestions": [suggestion_shape(one) for one in page.suggestions],
        "thread": [said_shape(one) for one in page.thread],
        "links": page.parents,
        "links_asked": page.asked_parents,
        "origin": page.origin[0] if page.origin else None,
        "goes_on": [ref for ref, _ in page.goes_on],
        "stood_in": [picked(one, "verb person at deputy_for alone") for one in page.stood_in],
    }


def _text_shape(one: TextVersion) -> Shape:
    return {"number": one.number, "title": one.statement, "why": one.why} | one.numbers | picked(one, "author at")
