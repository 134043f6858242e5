"""A key result in full, as text and as ``--json`` answers it."""

from __future__ import annotations

from dataclasses import asdict
from textwrap import indent
from typing import TYPE_CHECKING

from okrtui.cli import promises_text
from okrtui.cli.output import number, one_line, percent, plain
from okrtui.cli.parts_text import facts, heading, said, said_shape, section, suggestion, suggestion_shape
from okrtui.cli.shapes import picked
from okrtui.core.model import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.checks import Reading
    from okrtui.cli.shapes import Shape
    from okrtui.service.cards import KeyResultCard
    from okrtui.service.show import CheckinLine, KeyResultPage, TextVersion


def key_result(page: KeyResultPage) -> str:
    """A key result in full."""
    return "\n".join(_key_result(page))


def _key_result(page: KeyResultPage) -> Iterator[str]:
    card, fields = page.card, page.fields
    yield heading(card.ref, card.statement)
    yield f"{page.place.text} ▸ {card.objective} {one_line(page.objective_title)}"
    rows: list[tuple[str, object]] = [
        ("state", _state(card)),
        ("measured as", card.kind or "not said yet"),
        ("numbers", _numbers(card)),
        ("now", _now(card)),
        ("weight", number(card.weight)),
        ("owner", card.owner or "nobody yet"),
        ("control", _control(card, str(fields["shared_team"] or ""))),
        ("week nine", fields["week_nine"]),
        ("done means", fields["done_means"]),
        ("measure", fields["measure"]),
        ("baseline by", fields["baseline_due"]),
        ("written by", card.author),
        ("linked to", ", ".join(f"{one['parent']} ({one['kind']})" for one in page.links)),
        ("asks for a link to", ", ".join(one["parent"] for one in page.asked_links)),
        ("imported by", _import(page)),
        ("dots", f"{card.dots}, of them yours {card.my_dots}" if card.dots else ""),
        ("goes on from", _origin(page)),
        ("at closing", _closing(page)),
        ("goes on as", ", ".join(f"{one.ref} in {one.cycle}" for one in page.goes_on)),
    ]
    yield from facts(rows)
    yield from _guidance(page.guidance)
    if page.original and card.amendment:
        yield f"Agreed as: {one_line(page.original.statement)}"
    yield from section(
        "Missing before it is proposed", page.missing.values() if card.state in {"idea", "draft"} else ()
    )
    yield from section("Asked by the writing checks", (f"{one.text} ({one.rule})" for one in page.check.questions))
    known = (f"{rule}: we know, because {one_line(because)}" for rule, because in page.quieted.items())
    yield from section("Known", known)
    yield from section("Would you still argue for it?", _defence(page))
    yield from section("Initiatives", map(promises_text.in_a_line, page.initiatives))
    yield from section(
        "Promised", (f"@{one.person}: {promises_text.promise_in_a_line(one)}" for one in page.contributions)
    )
    yield from section("Check-ins", map(_checkin, page.checkins))
    yield from section("Suggestions", map(suggestion, page.suggestions))
    yield from section("Thread", map(said, page.thread))


def _import(page: KeyResultPage) -> str:
    if page.imported_by is None:
        return ""
    return (
        f"{page.imported_by}, adopted by {page.adopted_by}" if page.adopted_by else f"{page.imported_by}, not adopted"
    )


def _origin(page: KeyResultPage) -> str:
    """Where it comes from, how that one ended, and what was decided of it."""
    if (one := page.origin) is None:
        return ""
    ended = f"ended at {number(one.value)} {one.unit}".strip() if one.value is not None else "no data"
    score = "no agreed score" if one.score is None else f"agreed score {one.score}"
    decided = f"decided: {one.decision}" if one.decision else ""
    told = ", ".join(filter(None, (f"{one.ref} of {one.cycle}", ended, percent(one.progress), score, decided)))
    return f"{told}: {one_line(one.words)}" if one.words else told


def _closing(page: KeyResultPage) -> str:
    if (one := page.closing) is None:
        return ""
    return f"{one.decision}{f': {one_line(one.words)}' if one.words else ''} ({one.author})"


def _defence(page: KeyResultPage) -> Iterator[str]:
    if one := page.defence:
        yield f"{one.decision} ({one.author}, {one.at})\n{indent(plain(one.argument), '  ')}"
    if page.defence_due:
        yield f"Two thirds are through: answer with `okrtui kr defend {page.card.ref}`."


def _state(card: KeyResultCard) -> str:
    words = spoken(card.state)
    if card.amendment:
        words += f", amended ({card.amendment})"
    return f"{words}: {card.reason}" if card.reason else words


def _numbers(card: KeyResultCard) -> str:
    unit = f" {card.unit}" if card.unit else ""
    if card.kind == "maintain":
        return f"between {number(card.low)} and {number(card.high)}{unit}"
    if card.kind in {"increase", "decrease"}:
        return f"{number(card.baseline)} → {number(card.target)}{unit}"
    return ""


def _now(card: KeyResultCard) -> str:
    if card.checked_week is None:
        return "no data"
    value = (
        ""
        if card.value is None or card.kind in {"milestone", "binary"}
        else f"{number(card.value)} {card.unit}".strip()
    )
    parts = [value, percent(card.progress), card.pace or "", f"confidence {card.confidence}"]
    marks = [word for word, holds in (("fell", card.fell), ("silent", card.silent)) if holds]
    return ", ".join(part for part in (*parts, *marks) if part)


def _control(card: KeyResultCard, shared: str) -> str:
    if card.control is None:
        return "not said yet"
    words = card.control.replace("_", " ")
    return f"{words} with {shared}" if shared else words


def _guidance(found: dict[str, str]) -> Iterator[str]:
    marks = (("0.3", "low"), ("0.7", "middle"), ("1.0", "high"))
    yield from section("Guidance", (f"{mark}: {one_line(found[name])}" for mark, name in marks if found[name]))


def _checkin(one: CheckinLine) -> str:
    late = ", late" if one.late else ""
    value = f"{number(one.value)}, " if one.value is not None else ""
    lines = [f"week {one.week}: {value}confidence {one.confidence} ({one.author}{late})"]
    for word, words in (("", one.context), ("blocked: ", one.blocker), ("next: ", one.next)):
        if words:
            lines.append(indent(f"{word}{plain(words)}", "  "))
    return "\n".join(lines)


def card(one: KeyResultCard) -> Shape:
    """A key result at a glance."""
    return picked(
        one,
        "ref objective team statement state kind unit baseline target low high weight owner author control value progress pace "
        "confidence fell silent checked_week amendment reason dots my_dots imported_by version",
    )


def shape(page: KeyResultPage) -> Shape:
    """A key result in full."""
    fields = page.fields
    return {
        **card(page.card),
        **picked(page, "imported_by adopted_by"),
        **{name: fields[name] for name in ("done_means", "measure", "baseline_due", "steps", "week_nine")},
        "shared_with": fields["shared_team"] or None,
        "checkins": [picked(one, _CHECKIN) for one in page.checkins],
        "original": _text_shape(page.original) if page.original else None,
        "texts": [_text_shape(one) for one in page.texts],
        "thread": [said_shape(one) for one in page.thread],
        "suggestions": [suggestion_shape(one) for one in page.suggestions],
        "check": reading(page.check),
        "defence": picked(page.defence, "decision argument author at") if page.defence else None,
        **picked(page, "guidance links missing quieted defence_due"),
        "initiatives": [promises_text.shape(one) for one in page.initiatives],
        "contributions": [promises_text.promise_shape(one) for one in page.contributions],
        "origin": asdict(page.origin) if page.origin else None,
        "goes_on": [asdict(one) for one in page.goes_on],
        "closing": asdict(page.closing) if page.closing else None,
    }


_CHECKIN = "week value confidence context blocker next steps author at late"


def _text_shape(one: TextVersion) -> Shape:
    """A text a key result has, or once had."""
    return picked(one, "number statement") | one.numbers | picked(one, "author side reason at")


def reading(one: Reading) -> Shape:
    """What the writing checks make of a sentence."""
    asked = [picked(each, "rule text") for each in one.questions]
    return {"verdict": one.verdict, "questions": asked, "example": one.example}
