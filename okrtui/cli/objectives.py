"""Objectives: leadership's side of the exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import objective_text, output
from okrtui.cli.verbs import F, Noun, cycle_option, example, given, message, spelled, team_option
from okrtui.core.model import Ambition, IndividualNeed
from okrtui.service import individuals, invitations, objectives, overviews, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from okrtui.cli.call import Call


def _ambition(default: str | None) -> Callable[[F], F]:
    words = "How scores are read: against 1.0 (committed) or 0.7."
    choice = click.Choice([str(one) for one in Ambition])
    return click.option("--ambition", type=choice, default=default, show_default=default is not None, help=words)


@click.group(cls=Noun)
def objective() -> None:
    """Objectives: leadership says what winning looks like."""


@objective.command(
    epilog=example(
        'objective add --team sales --title "Buyers get their answer the same day" --why "We lose to silence"',
        "objective add --from O12",
    )
)
@click.option("--team", metavar="SLUG", help="The team whose objective it is; you lead it.")
@click.option("--title", help="One line.")
@click.option("--why", default="", help="What winning looks like, and why it matters.")
@_ambition(str(Ambition.ASPIRATIONAL))
@click.option("--parent", metavar="REF", help="The objective or key result it contributes to.")
@click.option(
    "--from",
    "origin",
    metavar="REF",
    help="Start from an objective of an earlier cycle: its team and its text, unless others are given.",
)
@cycle_option()
@click.pass_context
def add(
    context: click.Context,
    /,
    *,
    team: str | None,
    cycle: str | None,
    parent: str | None,
    origin: str | None,
    **_: object,
) -> None:
    """Write an objective, as a draft. For the leads of its team and of teams above."""
    typed = given(context)
    for name in ("team", "title"):
        if origin is None and name not in typed:
            raise click.UsageError(f"Missing option '--{name}'.", context)
    fields = {name: value for name, value in typed.items() if name in objectives.FIELDS}
    call: Call = context.obj
    call.changed(objectives.add(call.session, team=team, cycle=cycle, fields=fields, parent=parent, origin=origin))


@objective.command(epilog=example("objective publish O1"))
@click.argument("ref")
@click.pass_obj
def publish(call: Call, /, *, ref: str) -> None:
    """Let everybody read a draft."""
    objectives.publish(call.session, ref)
    call.changed(ref)


@objective.command(
    epilog=example(
        "objective invite O1 sales marketing",
        'objective invite O5 --person ana --need role_not_covered -m "Data is in no key result" --contributes-to KR1 --anyway',
    )
)
@click.argument("ref")
@click.argument("team", nargs=-1)
@click.option("--person", metavar="HANDLE", help="One person instead of a team, where the team is selective about it.")
@click.option(
    "--need", type=click.Choice([str(one) for one in IndividualNeed]), help="Which of three reasons, with --person."
)
@message("The reason in your words, with --person.")
@click.option(
    "--contributes-to", "parent", metavar="KR", help="The team's key result it contributes to, with --person."
)
@click.option("--anyway", is_flag=True, help="You looked at what serves most people better, with --person.")
@click.pass_context
def invite(
    context: click.Context,
    /,
    *,
    ref: str,
    team: tuple[str, ...],
    person: str | None,
    need: str | None,
    message: str,
    parent: str | None,
    anyway: bool,
) -> None:
    """Put an objective to teams: its own, or any below. Or, selectively, to one person of its team."""
    call: Call = context.obj
    if bool(team) is (person is not None):
        raise click.UsageError("Name teams, or one person with --person.", context)
    if person is None:
        if named := next((one for one in team if one.startswith("@")), None):
            raise click.UsageError(f"{named} is no team: one person is asked with --person {named[1:]}.", context)
        if extra := {"need", "message", "parent", "anyway"} & given(context).keys():
            raise click.UsageError(
                f"Only --person goes with --{min(extra).replace('parent', 'contributes-to')}.", context
            )
        objectives.invite(call.session, ref, team)
        call.changed(ref, teams=list(team))
        return
    fields = {"need": need, "words": message}
    individuals.put_to_person(call.session, ref, person, fields, parent=parent, alternatives_seen=anyway)
    call.changed(ref, person=spelled(person))


@objective.command(epilog=example("objective uninvite O1 marketing"))
@click.argument("ref")
@click.argument("team")
@click.pass_obj
def uninvite(call: Call, /, *, ref: str, team: str) -> None:
    """Take an invitation back before anything stands under it."""
    objectives.uninvite(call.session, ref, team)
    call.changed(ref, team=team)


@objective.command(epilog=example('objective release O1 marketing -m "Yours is the launch"'))
@click.argument("ref")
@click.argument("team")
@message("Why.")
@click.pass_obj
def release(call: Call, /, *, ref: str, team: str, message: str) -> None:
    """Release a team from an objective; what it wrote stays on record."""
    invitations.release(call.session, ref, team, message)
    call.changed(ref, team=team)


def _changes(command: F) -> F:
    for option in (
        click.option("--title", help="One line."),
        click.option("--why", help="What winning looks like, and why it matters."),
        _ambition(None),
    ):
        command = option(command)
    return command


def _typed(context: click.Context) -> dict[str, object]:
    changes = given(context)
    del changes["ref"]
    if not changes:
        raise click.UsageError("Nothing to change: give --title, --why or --ambition", context)
    return changes


@objective.command(epilog=example('objective reword O1 --title "Buyers get their answer within the hour"'))
@click.argument("ref")
@_changes
@click.pass_context
def reword(context: click.Context, /, *, ref: str, **_: object) -> None:
    """Reword a published objective: its earlier text is kept, and those who accepted it are told."""
    call: Call = context.obj
    objectives.reword(call.session, ref, _typed(context))
    call.changed(ref)


@objective.command(epilog=example("objective edit O1 --ambition committed"))
@click.argument("ref")
@_changes
@click.pass_context
def edit(context: click.Context, /, *, ref: str, **_: object) -> None:
    """Change a draft."""
    call: Call = context.obj
    objectives.edit(call.session, ref, _typed(context))
    call.changed(ref)


@objective.command(epilog=example('objective withdraw O1 -m "The market left"'))
@click.argument("ref")
@message("Why.", required=True)
@click.pass_obj
def withdraw(call: Call, /, *, ref: str, message: str) -> None:
    """Withdraw an objective with a reason; its key results are dropped with it."""
    objectives.withdraw(call.session, ref, message)
    call.changed(ref)


@objective.command(epilog=example('objective learn O1 -m "Nights need people, not tools"'))
@click.argument("ref")
@message("What was learnt.", required=True)
@click.pass_obj
def learn(call: Call, /, *, ref: str, message: str) -> None:
    """Write an objective's line of learning, while its cycle is scoring."""
    objectives.learn(call.session, ref, message)
    call.changed(ref)


@objective.command("list", epilog=example("objective list --team sales"))
@team_option("What this team wrote and was asked; else all.")
@cycle_option()
@click.pass_obj
def list_(call: Call, /, *, team: str | None, cycle: str | None) -> None:
    """Show the objectives of a cycle."""
    found = overviews.all_objectives(call.session, cycle=cycle, team=team)
    call.tell(lambda: "\n".join(output.table(map(_row, found))), lambda: [_shape(one) for one in found])


def _row(one: overviews.ObjectiveLine) -> tuple[str, ...]:
    answers = ", ".join(f"{team} {state.replace('_', ' ')}" for team, state in one.invited)
    return one.ref, one.team, one.state, one.title, answers


def _shape(one: overviews.ObjectiveLine) -> dict[str, object]:
    return {
        "ref": one.ref,
        "team": one.team,
        "title": one.title,
        "state": one.state,
        "ambition": one.ambition,
        "invitations": [{"team": team, "state": state} for team, state in one.invited],
    }


@objective.command("show", epilog=example("objective show O1"))
@click.argument("ref")
@click.pass_obj
def show_(call: Call, /, *, ref: str) -> None:
    """Show an objective in full: every team's answer, its texts, its thread."""
    page = show.objective(call.session, ref)
    call.tell(lambda: objective_text.objective(page), lambda: objective_text.shape(page))
