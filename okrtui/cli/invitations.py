"""The exchange on an objective: the team's answer, and leadership's to a pushback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.objective_text import answer_shape
from okrtui.cli.verbs import Noun, cycle_option, example, message, team_option
from okrtui.core.model import PushbackAnswer, PushbackReason
from okrtui.service import invitations, overviews

if TYPE_CHECKING:
    from okrtui.cli.call import Call

_WHICH = "The invited team; may be left out where one is meant."


@click.group(cls=Noun)
def invitation() -> None:
    """The exchange on an objective: accept it with a straight line, or push back with a reason."""


@invitation.command(epilog=example('invitation accept O1 --team sales -m "We answer every request from one queue"'))
@click.argument("ref")
@team_option(_WHICH)
@message("The straight line: what the team does every week that moves this.", required=True)
@click.pass_obj
def accept(call: Call, /, *, ref: str, team: str | None, message: str) -> None:
    """Accept an objective for your team."""
    invitations.accept(call.session, ref, team, message)
    call.changed(ref)


@invitation.command(
    "push-back", epilog=example('invitation push-back O1 --team sales --reason cannot_measure -m "No log of nights"')
)
@click.argument("ref")
@team_option(_WHICH)
@click.option("--reason", required=True, type=click.Choice([str(one) for one in PushbackReason]), help="Which of four.")
@message("In your own words.", required=True)
@click.pass_obj
def push_back(call: Call, /, *, ref: str, team: str | None, reason: str, message: str) -> None:
    """Push back on an objective for your team; also after accepting it."""
    turn = invitations.push_back(call.session, ref, team, reason, message)
    call.changed(ref, round=turn)


@invitation.command("take-back", epilog=example("invitation take-back O1 --team sales"))
@click.argument("ref")
@team_option(_WHICH)
@click.pass_obj
def take_back(call: Call, /, *, ref: str, team: str | None) -> None:
    """Take your team's pushback back."""
    invitations.take_back(call.session, ref, team)
    call.changed(ref)


@invitation.command(
    epilog=example(
        'invitation answer O1 --team sales --with explained -m "The desk logs them now"',
        'invitation answer O1 --team sales --with split --new "Answers by phone" --new "Answers by mail"',
    )
)
@click.argument("ref")
@team_option(_WHICH)
@click.option(
    "--with",
    "answer",
    required=True,
    type=click.Choice([str(one) for one in PushbackAnswer]),
    help="What leadership did: reworded it before, split it, explains it, or releases the team.",
)
@message("The words of the answer.")
@click.option("--into", multiple=True, metavar="REF", help="An objective it was split into; may be repeated.")
@click.option(
    "--new",
    multiple=True,
    metavar="TITLE",
    help="Split into a new objective of this title, published and put to the team; may be repeated.",
)
@click.option("--keep-drafts", is_flag=True, help="Leave the team's drafts where they are, not with the first new one.")
@click.pass_obj
def answer(call: Call, /, *, ref: str, team: str | None, message: str, **fields: object) -> None:
    """Answer a team's pushback. For leadership."""
    invitations.answer(call.session, ref, team, {**fields, "words": message})
    call.changed(ref)


@invitation.command("list", epilog=example("invitation list --team sales"))
@team_option("Those to this team; else all.")
@cycle_option()
@click.pass_obj
def list_(call: Call, /, *, team: str | None, cycle: str | None) -> None:
    """Show the invitations of a cycle, those that wait for an answer first."""
    found = overviews.all_invitations(call.session, cycle=cycle, team=team)
    call.tell(lambda: "\n".join(output.table(map(_row, found))), lambda: [_shape(one) for one in found])


def _row(one: overviews.InvitationLine) -> tuple[str, ...]:
    card = one.card
    state = card.state.replace("_", " ") + (", reworded since" if card.reworded else "")
    return one.objective, card.team or card.team_name, state, one.title, card.straight_line


def _shape(one: overviews.InvitationLine) -> dict[str, object]:
    return {"objective": one.objective, "title": one.title, **answer_shape(one.card)}
