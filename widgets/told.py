"""What a report tells, drawn: signals with their numbers and question, scores as bars, minutes, learning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from okrtui.report import told
from okrtui.report.bars import blocks
from okrtui.report.words import left_open
from widgets.marks import spark
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okrtui.core.signals import Signal
    from okrtui.report.history import CycleScore
    from okrtui.report.parts import MinutesPart
    from okrtui.report.sections import Ended
    from okrtui.store.reports import Learning, LeftOpen

SCORES = "Scores across cycles"

_BAR = 16
_NAME = 28
_MOST = 50
_SOFT = "$foreground-muted"


def _figure(cycle: str, text: str, width: int) -> Content:
    return joined((f"{cycle:<{width}}  ", _SOFT), words(text))


def signal_row(signal: Signal) -> Content:
    """A signal in two lines: its name with its trend, then what it says of the last cycle that has anything."""
    mark = ("! ", "bold $text-warning") if signal.sightings else ("  ", "")
    trend = spark([figure.main for figure in signal.figures])
    first = joined(mark, (f"{signal.definition.name:<{_NAME}}", "bold" if signal.is_told else _SOFT), trend)
    last = next((figure for figure in reversed(signal.figures) if figure.main is not None), None)
    said = f"{last.cycle}  {last.text}" if last is not None else "no data"
    return joined(first, "\n    ", words(said, _SOFT))


def signal_in_full(signal: Signal) -> Content:
    """What a signal counts, its numbers cycle by cycle, where it was seen, and its question."""
    definition = signal.definition
    width = max((len(figure.cycle) for figure in signal.figures), default=0)
    seen = [words(f"! {line}", "$text-warning") for line in told.seen(signal)]
    return stacked(
        words(definition.counts, "bold"),
        Content(""),
        *(_figure(figure.cycle, figure.text, width) for figure in signal.figures),
        *([Content(""), *seen] if seen else []),
        Content(""),
        words(definition.question, "italic"),
    )


def scores_row(scores: Sequence[CycleScore]) -> Content:
    """The scores in two lines: their trend, then the last of them."""
    last = next((one for one in reversed(scores) if one.score is not None), None)
    said = f"{last.cycle}  {told.score(last)}" if last is not None else "nothing agreed yet"
    trend = spark([one.score for one in scores])
    return joined((f"  {SCORES:<{_NAME}}", "bold"), f"{trend}\n    ", words(said, _SOFT))


def scores_in_full(scores: Sequence[CycleScore]) -> Content:
    """The mean of each cycle as a bar on the way from 0 to 1, and below it the objectives of the last that has any."""
    width = max((len(one.cycle) for one in scores), default=0)
    rows = [joined((f"{one.cycle:<{width}}  ", _SOFT), _bar(one.score), _score(one)) for one in scores]
    axis = joined(" " * (width + 2), (f"0{'0.7':>{round(_BAR * 0.7) + 1}}{'1':>{_BAR - round(_BAR * 0.7) - 1}}", _SOFT))
    last = next((one for one in reversed(scores) if one.objectives), None)
    return stacked(
        words("The weighted mean of the agreed scores, 0 to 1", "bold"),
        Content(""),
        *rows,
        axis,
        *(_objectives(last) if last is not None else ()),
    )


def _bar(score: float | None) -> Content:
    if score is None:
        return Content.styled("·" * _BAR, _SOFT)
    return Content.styled(blocks(score, _BAR), "$primary on $surface-lighten-2")


def _score(one: CycleScore) -> Content:
    if one.score is None:
        return words("  nothing agreed", _SOFT)
    return joined((f"  {one.score:.2f}", "bold"), words(f"  {told.objectives(one)}", _SOFT))


def _objectives(one: CycleScore) -> Iterator[Content]:
    yield Content("")
    yield words(f"Objectives of {one.cycle}", "bold $accent")
    for mark in sorted(one.objectives, key=lambda mark: mark.score)[:_MOST]:
        yield joined((f"{mark.score:.2f}  ", "bold"), words(f"{mark.ref} {mark.title}"))
    yield from _more(len(one.objectives))


def _more(count: int) -> Iterator[Content]:
    """How many more there are than are shown: a text of thousands of lines is nothing to read on a screen."""
    if count > _MOST:
        yield words(f"and {count - _MOST} more: `okrtui report` has them all, or choose a team below (T)", _SOFT)


def minutes_row(team: str, part: MinutesPart) -> Content:
    """A workshop in two lines."""
    return joined(
        "  ", words(team, "bold"), f"  {part.day}\n    ", words(f"{part.minutes} minutes, {part.people} people", _SOFT)
    )


def minutes_in_full(part: MinutesPart) -> Content:
    """The minutes of a workshop: notes under the questions they answer."""
    rows = [words(told.minutes(part), "bold")]
    for question, notes in part.notes:
        rows += [Content(""), words(question, "bold $accent"), *(words(f"· {note}", lines=True) for note in notes)]
    if part.remark:
        rows += [Content(""), words(part.remark, lines=True)]
    return stacked(*rows)


def ended_in_full(ended: Ended) -> Content:
    """What was learnt, by objective, and what the cycle was closed over."""
    return stacked(_learning(ended.learning), *_left_open(ended.left_open))


def _left_open(found: Sequence[LeftOpen]) -> Iterator[Content]:
    if not found:
        return
    yield Content("")
    yield words(f"Left open when it was closed on {found[0].at[:10]}", "bold $accent")
    yield from (words(f"· {left_open(one.kind, one.ref)}") for one in found[:_MOST])
    yield from _more(len(found))


def _learning(found: Sequence[Learning]) -> Content:
    rows = [
        joined(
            (f"O{one.objective_id} ", "bold"),
            words(one.title, _SOFT),
            "\n  ",
            words(f"“{one.words}”", lines=True),
            "\n",
        )
        for one in found[:_MOST]
    ]
    return (
        stacked(*rows, *_more(len(found)))
        if rows
        else words("Nothing was written down: w on Objectives or Scoring, while the cycle is scoring.", _SOFT)
    )
