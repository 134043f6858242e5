"""Scoring: each side's score under its seal, the opening, the agreed score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import scores_text
from okrtui.cli.verbs import Verb, cycle_option, example, message, number, team_option
from okrtui.core.model import ScoreSide
from okrtui.service import scoreboard
from okrtui.service import scores as scoring

if TYPE_CHECKING:
    from okrtui.cli.call import Call


@click.command(
    cls=Verb,
    epilog=example(
        'score KR1 --side self --value 0.4 -m "Median 19 h; weekends solved, nights not"',
        "score KR1 --side self --in",
        'score KR1 --none -m "The counter broke in week two"',
    ),
)
@click.argument("ref")
@click.option("--side", type=click.Choice([str(one) for one in ScoreSide]), help="The team's own, or leadership's.")
@click.option("--value", type=number, metavar="0.0..1.0", help="In tenths.")
@message("The reasoning.")
@click.option("--draft", is_flag=True, help="Not in yet: your side works on it.")
@click.option("--in", "mark_in", is_flag=True, help="Mark your side's draft in.")
@click.option("--none", "without", is_flag=True, help="No score is the answer, for the reason given with -m.")
@click.pass_obj
def score(call: Call, /, *, ref: str, side: str | None, value: float | str | None, message: str, **how: bool) -> None:
    """Write one side's score of a key result; what it says stays sealed until the team opens both."""
    if how["without"]:
        _must_be_bare(side, value, how, "--none")
        scoring.leave_unscored(call.session, ref, message)
    elif side is None:
        raise click.UsageError("Say whose score it is: --side self or --side manager")
    elif how["mark_in"] and value is None:
        scoring.mark_in(call.session, ref, ScoreSide(side))
    elif not isinstance(value, float):
        raise click.UsageError("Give the score: --value 0.7, or --in for a draft that is ready")
    else:
        scoring.write(call.session, ref, ScoreSide(side), value, message, is_in=how["mark_in"] or not how["draft"])
    call.changed(ref)


def _must_be_bare(side: str | None, value: float | str | None, how: dict[str, bool], option: str) -> None:
    if side is not None or value is not None or how["draft"] or how["mark_in"]:
        raise click.UsageError(f"{option} stands alone: leave --side, --value, --draft and --in out")


@click.command(cls=Verb, epilog=example("reveal KR1 KR2"))
@click.argument("ref", nargs=-1, required=True)
@click.pass_obj
def reveal(call: Call, /, *, ref: tuple[str, ...]) -> None:
    """Open the two scores of key results together, for good. For the team, in the conversation."""
    opened = scoring.reveal(call.session, list(ref))
    call.tell(lambda: "\n".join(opened), lambda: [{"ref": one} for one in opened])


@click.command(cls=Verb, epilog=example('calibrate KR1 --value 0.3 -m "Agreed: nights were in the why"'))
@click.argument("ref")
@click.option("--value", type=number, required=True, metavar="0.0..1.0", help="In tenths.")
@message("Why; needed where the two scores lie 0.2 or more apart.")
@click.pass_obj
def calibrate(call: Call, /, *, ref: str, value: float | str, message: str) -> None:
    """Propose the agreed score, or counter one; the other side confirms it."""
    if not isinstance(value, float):
        raise click.UsageError("Give the score: --value 0.7")
    settled = scoring.calibrate(call.session, ref, value, message)
    call.changed(ref, settled=settled)


@click.command(cls=Verb, epilog=example("confirm KR1"))
@click.argument("ref")
@click.pass_obj
def confirm(call: Call, /, *, ref: str) -> None:
    """Confirm the agreed score that the other side proposed."""
    value = scoring.confirm(call.session, ref)
    call.changed(ref, value=value)


@click.command(cls=Verb, epilog=example("scores --team sales --json"))
@team_option("Those of this team; else all.")
@cycle_option()
@click.pass_obj
def scores(call: Call, /, *, team: str | None, cycle: str | None) -> None:
    """Show the scores of a cycle; what the other side wrote shows once the scores are open."""
    found = scoreboard.scoreboard(call.session, team=team, cycle=cycle)
    call.tell(lambda: scores_text.scores(found), lambda: [scores_text.shape(one) for one in found])
