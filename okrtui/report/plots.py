"""Plots as inline SVG: nothing in them is fetched, each says in words what it shows, and colours are the page's."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from okrtui.report import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okrtui.report.history import CycleScore

_WIDTH, _HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 36, 24, 14, 30
_LINES = (0.0, 0.4, 0.7, 1.0)
_SPARK_WIDTH, _SPARK_HEIGHT = 120, 24


def scores(found: Sequence[CycleScore], name: str, about: str) -> str:
    """Scores across cycles: a dot an objective, a line through the means; ``name`` keeps its ids apart from other plots'."""
    words = "; ".join(f"{one.cycle}: {told.score(one)}" for one in found)
    return "".join(
        (
            f'<svg class="plot" role="img" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-labelledby="{name}-t {name}-d">',
            f'<title id="{name}-t">{escape(f"Scores of {about} across cycles")}</title>',
            f'<desc id="{name}-d">{escape(words)}</desc>',
            *_grid(),
            *_dots(found),
            *_means(found),
            "</svg>",
        )
    )


def _across(place: int, count: int) -> float:
    """The middle of a cycle's column."""
    return _LEFT + (place + 0.5) * (_WIDTH - _LEFT - _RIGHT) / count


def _up(score: float) -> float:
    return _TOP + (1 - score) * (_HEIGHT - _TOP - _BOTTOM)


def _grid() -> Iterator[str]:
    for line in _LINES:
        height = f"{_up(line):.1f}"
        yield f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{height}" y2="{height}" />'
        yield f'<text class="axis" x="{_LEFT - 6}" y="{_up(line) + 4:.1f}" text-anchor="end">{line:.1f}</text>'


def _dots(found: Sequence[CycleScore]) -> Iterator[str]:
    for place, one in enumerate(found):
        middle = f"{_across(place, len(found)):.1f}"
        yield f'<text class="axis" x="{middle}" y="{_HEIGHT - 8}" text-anchor="middle">{escape(one.cycle)}</text>'
        # One dot for all the objectives with the same score, the larger the more there are.
        tenths = [round(mark.score, 2) for mark in one.objectives]
        for score in sorted(set(tenths)):
            size = min(9.0, 2.5 + tenths.count(score) ** 0.5)
            yield f'<circle class="objective" cx="{middle}" cy="{_up(score):.1f}" r="{size:.1f}" />'


def _means(found: Sequence[CycleScore]) -> Iterator[str]:
    known = [(_across(place, len(found)), one.score) for place, one in enumerate(found) if one.score is not None]
    line = " ".join(f"{across:.1f},{_up(score):.1f}" for across, score in known)
    yield f'<polyline class="mean" points="{line}" />'
    for across, score in known:
        yield f'<circle class="mean" cx="{across:.1f}" cy="{_up(score):.1f}" r="4" />'
        yield f'<text class="value" x="{across + 9:.1f}" y="{_up(score) - 7:.1f}">{score:.2f}</text>'


def spark(values: Sequence[float | None], words: str) -> str:
    """A row of small columns, the tallest as high as there is room; ``words`` say what they are. Empty without any."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    highest, step = max(known) or 1.0, _SPARK_WIDTH / len(values)
    columns = (
        f'<rect x="{place * step + 1:.1f}" width="{max(1.0, step - 2):.1f}" '
        f'y="{_SPARK_HEIGHT - tall:.1f}" height="{tall:.1f}" />'
        for place, value in enumerate(values)
        if value is not None
        for tall in (max(1.0, value / highest * _SPARK_HEIGHT),)
    )
    box = f'viewBox="0 0 {_SPARK_WIDTH} {_SPARK_HEIGHT}"'
    return f'<svg class="spark" role="img" {box} aria-label="{escape(words)}">{"".join(columns)}</svg>'
