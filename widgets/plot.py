"""A key result's weeks as a plot: its values, and where they would be on the way from the baseline to the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_WIDTH = 24  # cells under which axes leave no room for a curve


def weeks_plot(
    values: Sequence[tuple[int, float]],
    weeks: int,
    *,
    way: tuple[float, float] | None,
    width: int,
    height: int = 9,
) -> Content:
    """Values by week, 1 to ``weeks``, as a line of blocks, and ``way`` from its first to its last week as one of dots.

    ``width`` and ``height`` are in cells, axes included. Nothing where there is no value, or too little room.
    """
    if not values or width < LEAST_WIDTH:
        return Content("")
    import plotext  # noqa: PLC0415  # 19 ms, for whoever looks at a plot

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plot_size(width, height)
    plotext.xlim(1, max(weeks, 2))
    plotext.xticks(_ticks(weeks))
    if way is not None:
        plotext.plot([1, max(weeks, 2)], list(way), marker="dot")
    marker = "hd" if len(values) > 1 else "●"
    plotext.plot([week for week, _ in values], [value for _, value in values], marker=marker)
    drawn = plotext.uncolorize(plotext.build())
    return Content("\n".join(line.rstrip() for line in drawn.rstrip().split("\n")))


def _ticks(weeks: int) -> list[int]:
    """The first week, the last, and some between."""
    step = max(1, round((weeks - 1) / 4))
    return sorted({*range(1, weeks, step), weeks})
