"""The scores of a cycle, as text and as ``--json`` answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.cli.output import one_line, percent
from okrtui.cli.parts_text import heading
from okrtui.cli.shapes import picked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okrtui.cli.shapes import Shape
    from okrtui.service.scoreboard import ScoreLine, SideScore


def scores(found: Sequence[ScoreLine]) -> str:
    """The scores of a cycle."""
    if not found:
        return "No key result is agreed yet, so there is nothing to score."
    return "\n".join(line for one in found for line in _score(one))


def _score(one: ScoreLine) -> Iterator[str]:
    yield heading(one.ref, one.statement)
    original = "" if one.computed_original is None else f", {percent(one.computed_original)} of what was agreed first"
    yield f"  computed {percent(one.computed)}{original} ({one.team})"
    yield f"  self     {_side(one.self_score)}"
    yield f"  manager  {_side(one.manager)}"
    if one.gap is not None:
        yield f"  gap      {one.gap}"
    if last := one.agreed:
        value = "no score" if last.value is None else last.value
        settled = last.state == "confirmed"
        who = f"confirmed by {last.confirmed_by}" if settled else f"proposed by {last.proposed_by}, not confirmed yet"
        reason = f": {one_line(last.reason)}" if last.reason else ""
        yield f"  agreed   {value}, {who}{reason}"
        if last.reading:
            yield f"           {last.reading}"
    if one.decision:
        yield f"  closing  {one.decision}"


def _side(one: SideScore) -> str:
    if one.value is None:
        return "in, sealed" if one.is_in else "not in"
    first = "" if one.first_value == one.value else f", at first {one.first_value}"
    state = "" if one.is_in else " (a draft)"
    return f"{one.value}{first}{state} by {one.author}: {one_line(one.reasoning)}"


def shape(one: ScoreLine) -> Shape:
    """A key result's scores; ``proposed`` is an agreed score that waits to be confirmed."""
    last = picked(one.agreed, "value reason state proposed_by confirmed_by at reading") if one.agreed else None
    is_settled = one.agreed is not None and one.agreed.state == "confirmed"
    return {
        **picked(one, "ref statement team computed computed_original gap decision"),
        "self": _side_shape(one.self_score),
        "manager": _side_shape(one.manager),
        "agreed": last if is_settled else None,
        "proposed": None if is_settled else last,
    }


def _side_shape(one: SideScore) -> Shape:
    """A side; one that is sealed says that it is in, and nothing more."""
    if one.value is None:
        return {"in": one.is_in}
    told: Shape = {"in": one.is_in} | picked(one, "value reasoning author at")
    return told if one.first_value == one.value else told | {"first_value": one.first_value}
