"""Confidence rounds: sealed numbers that appear at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.verbs import Noun, cycle_option, example, team_option
from okrtui.service import rounds

if TYPE_CHECKING:
    from okrtui.cli.call import Call
    from okrtui.service.rounds import Asked, RoundPage, Spread

_WHOSE = "The team; may be left out by who is in one."


@click.group("round", cls=Noun)
def round_() -> None:
    """A team's numbers on its confidence, sealed until all who are here have given theirs."""


@round_.command(epilog=example("round start --team sales"))
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def start(call: Call, /, *, team: str | None, cycle: str | None) -> None:
    """Begin a round on your team's agreed key results."""
    week = rounds.start(call.session, team, cycle)
    call.made("team", rounds.page(call.session, team, cycle).team, week=week)


def _numbered(values: tuple[str, ...]) -> dict[str, object]:
    found: dict[str, object] = {}
    for value in values:
        ref, equals, number = value.partition("=")
        if not equals or ref in found:
            raise click.UsageError("Give each key result once, with its number: KR1=7 KR2=4")
        found[ref] = number
    return found


@round_.command(epilog=example("round vote KR1=7 KR2=4 --team sales"))
@click.argument("numbers", metavar="KR=0..10...", nargs=-1, required=True)
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def vote(call: Call, /, *, numbers: tuple[str, ...], team: str | None, cycle: str | None) -> None:
    """Give your numbers; nobody sees them before the round is opened, and then without names."""
    missing = rounds.vote(call.session, _numbered(numbers), team, cycle)
    call.made("team", rounds.page(call.session, team, cycle).team, missing=list(missing))


@round_.command("open", epilog=example("round open --team sales"))
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def open_(call: Call, /, *, team: str | None, cycle: str | None) -> None:
    """Open the round that is under way: everybody's numbers appear at once."""
    rounds.open_(call.session, team, cycle)
    _show(call, team, cycle)


@round_.command(epilog=example("round abandon --team sales"))
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def abandon(call: Call, /, *, team: str | None, cycle: str | None) -> None:
    """End the round that is under way without opening it."""
    rounds.abandon(call.session, team, cycle)
    call.made("team", rounds.page(call.session, team, cycle).team)


@round_.command(epilog=example("round show --team sales"))
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def show(call: Call, /, *, team: str | None, cycle: str | None) -> None:
    """Show who is in, your own numbers, and how the numbers of opened rounds lie."""
    _show(call, team, cycle)


def _show(call: Call, team: str | None, cycle: str | None) -> None:
    page = rounds.page(call.session, team, cycle)
    call.tell(lambda: _text(page), lambda: _shape(page))


def _text(page: RoundPage) -> str:
    if page.week is None:
        head = [f"No confidence round of {page.team_name} is under way."]
    else:
        head = [
            f"Round of week {page.week}, begun by @{page.started_by}: {len(page.in_)} of {len(page.taking_part)} in.",
            *([f"Waiting for {', '.join(f'@{one}' for one in page.waiting)}."] if page.waiting else []),
        ]
    return "\n".join([*head, *output.table(map(_row, page.key_results))])


def _row(one: Asked) -> tuple[str, ...]:
    mine = "" if one.mine is None else f"yours {one.mine}"
    return one.ref, mine, "; ".join(map(_spread, one.earlier)), one.statement


def _spread(one: Spread) -> str:
    return f"week {one.week}: {' '.join(map(str, one.numbers))} (middle {one.middle:g})"


def _shape(page: RoundPage) -> dict[str, object]:
    return {
        "team": page.team,
        "cycle": page.cycle,
        "week": page.week,
        "started_by": page.started_by,
        "taking_part": list(page.taking_part),
        "in": list(page.in_),
        "waiting": list(page.waiting),
        "key_results": [
            {
                "ref": one.ref,
                "statement": one.statement,
                "mine": one.mine,
                "rounds": [
                    {"week": each.week, "numbers": list(each.numbers), "middle": each.middle, "spread": each.width}
                    for each in one.earlier
                ],
            }
            for one in page.key_results
        ],
    }
