"""One's own page, as text and as ``--json`` answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.cli import key_result_text, needs_text, promises_text
from okrtui.cli.output import number, one_line, table
from okrtui.cli.parts_text import facts, heading, key_result_row, section
from okrtui.cli.shapes import picked
from okrtui.core.model import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.cli.shapes import Shape
    from okrtui.service.mine import Me, OwnObjective, SaidThisWeek


def me(found: Me) -> str:
    """One's own page."""
    return "\n".join(_me(found))


def _me(found: Me) -> Iterator[str]:
    yield heading(found.handle, found.name)
    own = found.own
    week = f", week {own.week}" if own.week else ""
    rows = [
        ("teams", ", ".join(slug for slug, _ in found.teams)),
        ("cycle", f"{own.cycle}{week}" if own.cycle else ""),
        ("marks", "admin" if found.admin else ""),
    ]
    yield from facts(rows)
    yield from section("Objectives of your own", map(_own_objective, own.objectives))
    yield from section("Key results you own", table(map(key_result_row, own.key_results)))
    yield from section("Initiatives you own", (promises_text.in_a_line(one) for one in own.initiatives))
    public = [one for one in own.commitments if one.kind != "development"]
    yield from section("What you promised", map(promises_text.promise_in_a_line, public))
    private = [one for one in own.commitments if one.kind == "development"]
    yield from section(
        "Development goals (read by you and the leads of your teams alone)",
        map(promises_text.promise_in_a_line, private),
    )
    yield from section(
        "Development goals in the teams you lead",
        (f"@{one.person}: {promises_text.promise_in_a_line(one)}" for one in own.growth),
    )
    ways = table((ref, f"↑ {way.in_a_line}") for ref, way in own.ways.items())
    yield from section("How each reaches the company", ways)
    yield from section("Your check-ins this week", map(_said_this_week, own.checkins.values()))
    yield from section("Needs you", [needs_text.lines(found.needs_you, named=False)])


def _own_objective(one: OwnObjective) -> str:
    return f"{one.ref}  {one_line(one.title)} ({spoken(one.state)}; {spoken(one.need)}: {one_line(one.need_words)})"


def _said_this_week(one: SaidThisWeek) -> str:
    value = f"{number(one.value)}, " if one.value is not None else ""
    return f"{one.ref}  {value}confidence {one.confidence}: {one_line(one.context)}".rstrip(": ")


def shape(found: Me) -> Shape:
    """One's own page."""
    own = found.own
    ways = {ref: {"way_up": way.in_a_line} for ref, way in own.ways.items()}
    return {
        **picked(found, "handle name admin"),
        "teams": [{"slug": slug, "name": name} for slug, name in found.teams],
        **picked(own, "cycle week"),
        "key_results": [key_result_text.card(one) | ways[one.ref] for one in own.key_results],
        "objectives": [picked(one, "ref title team state need need_words") | ways[one.ref] for one in own.objectives],
        "initiatives": [promises_text.shape(one) | ways[one.ref] for one in own.initiatives],
        "commitments": [
            promises_text.promise_shape(one) | ways.get(one.ref, {"way_up": None}) for one in own.commitments
        ],
        "growth": [promises_text.promise_shape(one) for one in own.growth],
        "checkins": [picked(one, "ref value confidence context") for one in own.checkins.values()],
        "needs_you": [needs_text.shape(one) for one in found.needs_you],
    }
