"""The four squares of a team's week, as text and as ``--json`` answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.cli import key_result_text, shapes
from okrtui.cli.output import number, one_line, paint, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.service.cards import KeyResultCard
    from okrtui.service.squares import Coming, Guardrail, Said, Squares

_INSIDE = {True: "inside", False: "outside", None: "no data"}


def text(found: Squares) -> str:
    """The four squares, one below the other."""
    return "\n".join(_text(found))


def _text(found: Squares) -> Iterator[str]:
    yield paint(found.place.text, "bold")
    week = "" if found.week is None else f" of week {found.week}"
    yield from _square(f"Priorities{week}", said(found.priorities), "None are set.")
    yield from _square(f"Wins{week}", said(found.wins), "None are written down.")
    yield from _square(
        "Confidence, the lowest first", table(map(_confidence, found.confidence)), "No key result is agreed yet."
    )
    yield from _square(
        "Coming in four weeks", table(map(_coming, found.coming)), "Nothing is dated in the next four weeks."
    )
    yield from _square(
        "Guardrails",
        table(map(_guardrail, found.guardrails)),
        "None yet: a key result of kind maintain and weight 0 is one.",
    )


def _square(title: str, lines: list[str], none: str) -> Iterator[str]:
    yield ""
    yield paint(title, "bold")
    yield from (f"  {line}" for line in lines or [none])


def said(found: tuple[Said, ...]) -> list[str]:
    """Priorities or wins, a line each."""
    return table((one.ref, *([one.rank] if one.rank else []), one.author, one.words) for one in found)


def _confidence(card: KeyResultCard) -> tuple[object, ...]:
    sure = "no data" if card.confidence is None else f"confidence {card.confidence}"
    before = f", fell from {card.trend[-2][2]}" if card.fell and len(card.trend) > 1 else ""
    return card.ref, f"{sure}{before}", "silent" if card.silent else "", card.statement


def _coming(one: Coming) -> tuple[object, ...]:
    return "late" if one.overdue else "", one.day or "", one.ref, one_line(one.text)


def _guardrail(one: Guardrail) -> tuple[object, ...]:
    card = one.card
    held = f"{number(card.value)} within " if card.value is not None else "within "
    unit = f" {card.unit}" if card.unit else ""
    return card.ref, _INSIDE[one.inside], f"{held}{number(card.low)} to {number(card.high)}{unit}", card.statement


def shape(found: Squares) -> shapes.Shape:
    """What ``--json`` answers; ``week`` is null before the cycle begins, ``inside`` without data."""
    return {
        "team": found.place.team,
        "cycle": found.place.cycle or None,
        "week": found.week,
        "priorities": [said_shape(one) for one in found.priorities],
        "wins": [said_shape(one) for one in found.wins],
        "confidence": [
            {"ref": one.ref, "statement": one.statement, "confidence": one.confidence, "fell": one.fell}
            for one in found.confidence
        ],
        "coming": [
            {
                "day": one.day.isoformat() if one.day else None,
                "ref": one.ref or None,
                "text": one.text,
                "overdue": one.overdue,
            }
            for one in found.coming
        ],
        "guardrails": [key_result_text.card(one.card) | {"inside": one.inside} for one in found.guardrails],
    }


def said_shape(one: Said) -> shapes.Shape:
    """A priority or a win; a win has no ``rank``."""
    told: shapes.Shape = {"ref": one.ref, "week": one.week}
    if one.rank:
        told["rank"] = one.rank
    return {**told, "words": one.words, "author": one.author, "at": one.at}
