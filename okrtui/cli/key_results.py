"""The exchange on key results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.checks import RULES
from okrtui.cli import key_result_text, output
from okrtui.cli.verbs import F, Noun, cycle_option, day, example, given, message, number, team_option
from okrtui.core.model import CloseDecision, Control, KeyResultState, Kind, Stand
from okrtui.service import closing, defences, key_results, overviews, quiets, show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okrtui.cli.call import Call


@click.group(cls=Noun)
def kr() -> None:
    """Key results: the team says how everybody will know."""


def _step(value: str) -> dict[str, object]:
    """``NAME`` or ``NAME:WEIGHT``, as the fields of a step; a colon without a number behind it is part of the name."""
    name, colon, weight = value.rpartition(":")
    try:
        return {"name": name, "weight": float(weight)} if colon and name.strip() else {"name": value}
    except ValueError:
        return {"name": value}


_NUMBERS = (
    click.option("--unit", help="What the number counts: hours, %, customers."),
    click.option("--baseline", type=number, metavar="NUMBER", help="Where it stands now."),
    click.option("--target", type=number, metavar="NUMBER", help="Where it should be."),
    click.option("--low", type=number, metavar="NUMBER", help="The low end of a band, for maintain."),
    click.option("--high", type=number, metavar="NUMBER", help="The high end of a band, for maintain."),
    click.option("--done-means", help="What done means, for binary."),
    click.option("--measure", help="What will be measured, for establish."),
    click.option("--baseline-due", type=day, metavar="DAY", help="When the baseline will be known, for establish."),
    click.option("--step", "steps", type=_step, multiple=True, metavar="NAME[:WEIGHT]", help="A step, for milestone."),
    click.option("--weight", type=number, metavar="NUMBER", help="How much it counts; 1, and 0 for a guardrail."),
)
_KIND = click.option("--kind", type=click.Choice([str(one) for one in Kind]), help="How it is measured.")
_REST = (
    click.option("--control", type=click.Choice([str(one) for one in Control]), help="Who can move the number."),
    click.option("--shared-with", "shared_team", metavar="SLUG", help="The team it is shared with."),
    click.option("--week-nine", metavar="WORDS", help="Would you argue for this in week nine?"),
    click.option("--owner", metavar="HANDLE", help="Who owns it."),
)


def _all(options: Sequence[Callable[[F], F]]) -> Callable[[F], F]:
    """All these options, in their order."""

    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def _typed(context: click.Context, /, *apart: str) -> dict[str, object]:
    return {name: value for name, value in given(context).items() if name not in apart}


@kr.command(
    epilog=example(
        'kr add O1 --team sales "Median first answer falls" --kind decrease --unit hours --baseline 26 \\',
        '      --target 8 --owner ana --control ours --week-nine "Yes: silence is why we lose"',
    )
)
@click.argument("objective")
@click.argument("statement")
@team_option("The invited team; may be left out where one is meant.")
@_all([_KIND, *_NUMBERS, *_REST])
@click.option("--draft", is_flag=True, help="As a draft at once; else an idea.")
@click.pass_context
def add(context: click.Context, /, *, objective: str, team: str | None, draft: bool, **_: object) -> None:
    """Write a key result under an objective that was put to your team. An idea needs its statement alone."""
    call: Call = context.obj
    fields = _typed(context, "objective", "team", "draft")
    call.changed(key_results.add(call.session, objective, team, fields, draft=draft))


@kr.command(epilog=example("kr edit KR1 --target 6", "kr edit KR1 --owner ben"))
@click.argument("ref")
@click.option("--statement", help="The sentence itself.")
@_all([_KIND, *_NUMBERS, *_REST])
@click.pass_context
def edit(context: click.Context, /, *, ref: str, **_: object) -> None:
    """Change an idea or a draft, in what is given alone; an owner at any time."""
    call: Call = context.obj
    key_results.edit(call.session, ref, _something(context, "ref"))
    call.changed(ref)


def _something(context: click.Context, /, *apart: str) -> dict[str, object]:
    changes = _typed(context, *apart)
    if not changes:
        raise click.UsageError("Nothing to change: give what should be other than it is", context)
    return changes


@kr.command(epilog=example("kr propose KR1"))
@click.argument("ref")
@click.pass_obj
def propose(call: Call, /, *, ref: str) -> None:
    """Put a key result to leadership; where nobody leads, it is agreed at once."""
    agreed = key_results.propose(call.session, ref)
    call.changed(ref, state=str(KeyResultState.AGREED if agreed else KeyResultState.PROPOSED))


@kr.command("take-back", epilog=example("kr take-back KR1"))
@click.argument("ref")
@click.pass_obj
def take_back(call: Call, /, *, ref: str) -> None:
    """Take your team's proposal back into the drafts; or its amendment, so that the text before it stands again."""
    key_results.take_back(call.session, ref)
    call.changed(ref)


@kr.command(epilog=example('kr answer KR1 -m "Ours: nobody else is awake at night"'))
@click.argument("ref")
@message("The answer.", required=True)
@click.pass_obj
def answer(call: Call, /, *, ref: str, message: str) -> None:
    """Answer the question about your team's amendment, which then waits for leadership again."""
    key_results.answer(call.session, ref, message)
    call.changed(ref)


@kr.command(epilog=example("kr adopt KR1"))
@click.argument("ref")
@click.pass_obj
def adopt(call: Call, /, *, ref: str) -> None:
    """Make an imported idea your team's own."""
    key_results.adopt(call.session, ref)
    call.changed(ref)


@kr.command(epilog=example('kr quiet KR1 --rule counter-measure -m "Quality is KR2"'))
@click.argument("ref")
@click.option("--rule", type=click.Choice(RULES), required=True, help="The rule that asks.")
@message('What you know: "We know, because ...".', required=True)
@click.pass_obj
def quiet(call: Call, /, *, ref: str, rule: str, message: str) -> None:
    """Answer a question of the writing checks, so that it is asked no more; the answer stays on record."""
    quiets.quiet(call.session, ref, rule, message)
    call.changed(ref)


@kr.command(epilog=example('kr defend KR1 --decision keep -m "Nights are where we still lose them"'))
@click.argument("ref")
@click.option("--decision", type=click.Choice([str(one) for one in Stand]), required=True, help="What you decide.")
@message("The argument; the reason, for drop.", required=True)
@click.pass_obj
def defend(call: Call, /, *, ref: str, decision: str, message: str) -> None:
    """Say whether your team would still argue for it, two thirds through: keep, amend or drop."""
    defences.defend(call.session, ref, decision, message)
    call.changed(ref)


@kr.command(epilog=example("kr agree KR1"))
@click.argument("ref")
@click.pass_obj
def agree(call: Call, /, *, ref: str) -> None:
    """Agree to a proposed key result, or to an amendment. For leadership."""
    key_results.agree(call.session, ref)
    call.changed(ref)


@kr.command("return", epilog=example('kr return KR1 -m "Whose hours: ours, or the customer\'s?"'))
@click.argument("ref")
@message("The question.", required=True)
@click.pass_obj
def return_(call: Call, /, *, ref: str, message: str) -> None:
    """Return a proposed key result, or question an amendment, with a question. For leadership."""
    key_results.send_back(call.session, ref, message)
    call.changed(ref)


@kr.command(epilog=example("kr park KR1"))
@click.argument("ref")
@click.pass_obj
def park(call: Call, /, *, ref: str) -> None:
    """Park an idea, a draft or a proposal."""
    key_results.park(call.session, ref)
    call.changed(ref)


@kr.command(epilog=example("kr unpark KR1"))
@click.argument("ref")
@click.pass_obj
def unpark(call: Call, /, *, ref: str) -> None:
    """Take a key result out of the parked ones, to where it came from."""
    key_results.unpark(call.session, ref)
    call.changed(ref)


@kr.command(epilog=example('kr drop KR1 -m "The pilot was cancelled"'))
@click.argument("ref")
@message("Why.", required=True)
@click.pass_obj
def drop(call: Call, /, *, ref: str, message: str) -> None:
    """Drop a key result with a reason; it keeps its progress of today."""
    key_results.drop(call.session, ref, message)
    call.changed(ref)


@kr.command(epilog=example('kr amend KR1 --target 10 -m "The night shift moved to January"'))
@click.argument("ref")
@click.option("--statement", help="The sentence itself.")
@_all([_KIND, *_NUMBERS])
@message("Why.", required=True)
@click.pass_context
def amend(context: click.Context, /, *, ref: str, message: str, **_: object) -> None:
    """Change the statement, numbers or weight of an agreed key result; the original stays, and leadership answers."""
    call: Call = context.obj
    key_results.amend(call.session, ref, _something(context, "ref", "message"), message)
    call.changed(ref)


@kr.command(epilog=example("kr establish KR1 --baseline 26 --target 8"))
@click.argument("ref")
@click.option("--baseline", type=number, required=True, metavar="NUMBER", help="What was found.")
@click.option("--target", type=number, required=True, metavar="NUMBER", help="Where it should be.")
@click.pass_obj
def establish(call: Call, /, *, ref: str, baseline: object, target: object) -> None:
    """Set the baseline and the target of an agreed establish; it becomes an increase or a decrease."""
    key_results.establish(call.session, ref, baseline, target)
    call.changed(ref)


@kr.command(epilog=example('kr guide KR1 --low "Weekends only" --middle "Weekends and evenings" --high "Nights too"'))
@click.argument("ref")
@click.option("--low", metavar="WORDS", help="What 0.3 would look like.")
@click.option("--middle", metavar="WORDS", help="What 0.7 would look like.")
@click.option("--high", metavar="WORDS", help="What 1.0 would look like.")
@message("Why; needed once it is agreed.")
@click.pass_context
def guide(context: click.Context, /, *, ref: str, message: str, **_: object) -> None:
    """Write what 0.3, 0.7 and 1.0 would look like."""
    call: Call = context.obj
    key_results.guide(call.session, ref, _something(context, "ref", "message"), message)
    call.changed(ref)


@kr.command(epilog=example('kr close KR1 --decision change -m "Count weekends too"'))
@click.argument("ref")
@click.option(
    "--decision", type=click.Choice([str(one) for one in CloseDecision]), required=True, help="What becomes of it."
)
@message("In a few words; a change says what changes.")
@click.pass_obj
def close(call: Call, /, *, ref: str, decision: str, message: str) -> None:
    """Decide, while scoring, what becomes of a key result. What is kept, changed or deferred goes on in the next cycle."""
    closing.decide(call.session, ref, decision, message)
    call.changed(ref, decision=decision)


@kr.command(epilog=example("kr carry KR1 --under O12"))
@click.argument("ref")
@click.option("--under", required=True, metavar="REF", help="An objective of another cycle that was put to its team.")
@team_option("The invited team; else its own.")
@click.pass_obj
def carry(call: Call, /, *, ref: str, under: str, team: str | None) -> None:
    """Carry a key result that goes on into another cycle, as a draft with its progress empty."""
    call.changed(closing.carry(call.session, ref, under, team), origin=ref)


@kr.command("list", epilog=example("kr list --team sales --state agreed"))
@team_option("Those of this team; else all.")
@cycle_option()
@click.option("--owner", metavar="HANDLE", help="Those this person owns.")
@click.option("--state", type=click.Choice([str(one) for one in KeyResultState]), help="Those in this state.")
@click.pass_obj
def list_(call: Call, /, **wanted: str | None) -> None:
    """Show the key results of a cycle."""
    found = overviews.all_key_results(call.session, **wanted)
    rows = ((one.ref, one.team, one.state, output.percent(one.progress), one.statement) for one in found)
    call.tell(lambda: "\n".join(output.table(rows)), lambda: [key_result_text.card(one) for one in found])


@kr.command("show", epilog=example("kr show KR1"))
@click.argument("ref")
@click.pass_obj
def show_(call: Call, /, *, ref: str) -> None:
    """Show a key result in full: numbers, check-ins, thread, texts."""
    page = show.key_result(call.session, ref)
    call.tell(lambda: key_result_text.key_result(page), lambda: key_result_text.shape(page))
