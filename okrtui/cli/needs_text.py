"""What waits for somebody, in lines and in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.cli import output
from okrtui.cli.shapes import picked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.cli.shapes import Shape
    from okrtui.service.looking import Need


def lines(found: Sequence[Need], *, named: bool) -> str:
    """A line each, with the command that does it; ``named`` says whose each is."""
    if not found:
        return "Nothing is waiting."
    said = []
    for one in found:
        who = f"{one.person}: " if named else ""
        said += [
            f"{'!' if one.overdue else '·'} {who}{output.one_line(one.text)}",
            f"    {output.one_line(one.command)}",
        ]
    return "\n".join(said)


def shape(one: Need) -> Shape:
    """One of them, as JSON has it."""
    return picked(one, "person kind ref team cycle text command overdue")
