"""Line of sight, as text and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from textwrap import indent
from typing import TYPE_CHECKING

import click

from okrtui.cli.output import one_line, paint, plain
from okrtui.cli.verbs import Verb, example
from okrtui.service import sight as sights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.cli.call import Call
    from okrtui.service.sight import Sight, Sights
    from okrtui.service.ways import Step, Way


@click.command(cls=Verb, epilog=example("sight KR34", "sight ana"))
@click.argument("about", metavar="REF|HANDLE")
@click.pass_obj
def sight(call: Call, /, *, about: str) -> None:
    """Show every way up from a thing to the company, with the straight lines, and what would mend one that is broken."""
    found = sights.sight(call.session, about)
    call.tell(lambda: _text(found), lambda: _shape(found))


def _text(found: Sights) -> str:
    if not found.things:
        return f"@{found.person} owns and promised nothing in an open cycle."
    return "\n\n".join("\n".join(_thing(one)) for one in found.things)


def _thing(one: Sight) -> Iterator[str]:
    team = f" ({one.team})" if one.team else ""
    yield paint(f"{one.ref}  {one_line(one.text)}{team}", "bold")
    for way, common in one.parting_ways:
        yield from _way(way, common)
    if one.is_cut:
        yield "  There are more ways than these."


def _way(way: Way, common: int) -> Iterator[str]:
    for depth, step in enumerate(way.steps[1:]):
        if depth >= common:
            yield indent(_step(step), "  " * (depth + 1))
    margin = "  " * len(way.steps)
    if way.is_whole:
        reached = "✓ reaches the company" if way.steps[1:] else "✓ the company's own"
        yield f"{margin}{paint(reached, 'green')}"
    for gap in way.gaps:
        yield f"{margin}{paint(f'✕ {one_line(gap.text)}', 'yellow')}"
        yield f"{margin}  {one_line(f'{gap.mend}: {gap.command}' if gap.command else gap.mend)}"


def _step(step: Step) -> str:
    line = f"↑ {step.by} {step.ref}  {one_line(step.text)} ({step.team})"
    if step.straight_line:
        line += f"\n  {step.straight_by}: “{plain(step.straight_line)}”"
    return line


def _shape(found: Sights) -> object:
    things = [_sight(one) for one in found.things]
    return {"person": found.person, "things": things} if found.person else things[0]


def _sight(one: Sight) -> dict[str, object]:
    return {
        "ref": one.ref,
        "text": one.text,
        "team": one.team,
        "reaches": one.reaches,
        "more": one.is_cut,
        "ways": [
            {
                "whole": way.is_whole,
                "steps": [asdict(step) for step in way.steps],
                "gaps": [
                    {"ref": gap.ref, "text": gap.text, "mend": gap.mend, "command": gap.command} for gap in way.gaps
                ],
            }
            for way in one.ways
        ],
    }
