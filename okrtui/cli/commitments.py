"""Commitments: what one person promises in a cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import output, promises_text
from okrtui.cli.parts_text import said_shape
from okrtui.cli.verbs import Noun, cycle_option, example, given
from okrtui.core.model import CommitmentKind
from okrtui.service import commitments
from okrtui.service.show import thread

if TYPE_CHECKING:
    from okrtui.cli.call import Call

_KINDS = click.Choice([str(one) for one in CommitmentKind])
_ABOUT = click.option(
    "--to", "about", metavar="REF", help="The key result of a contribution, the initiative of a stretch."
)


@click.group(cls=Noun)
def commitment() -> None:
    """What you promise: a contribution to a key result, a development goal, a stretch on an initiative.

    A development goal is read by you and by the leads of your teams alone.
    """


@commitment.command(
    epilog=example(
        'commitment add contribution "I answer the weekend queue" --to KR1',
        'commitment add development "Lead a retrospective by myself"',
        'commitment add stretch "Write the rota with the other teams" --to I1',
    )
)
@click.argument("kind", type=_KINDS)
@click.argument("words")
@_ABOUT
@cycle_option()
@click.pass_obj
def add(call: Call, /, *, kind: str, words: str, about: str | None, cycle: str | None) -> None:
    """Promise something in a cycle."""
    call.changed(commitments.add(call.session, {"kind": kind, "words": words, "about": about or ""}, cycle=cycle))


@commitment.command(epilog=example('commitment edit P1 --words "I answer the weekend queue, and teach it"'))
@click.argument("ref")
@click.option("--words", metavar="WORDS", help="What you promise.")
@_ABOUT
@click.pass_context
def edit(context: click.Context, /, *, ref: str, **_: object) -> None:
    """Change the words of your promise, or what it is to."""
    changes = {name: value for name, value in given(context).items() if name != "ref"}
    if not changes:
        raise click.UsageError("Nothing to change: give --words or --to.")
    call: Call = context.obj
    commitments.edit(call.session, ref, changes)
    call.changed(ref)


@commitment.command(epilog=example("commitment done P1"))
@click.argument("ref")
@click.pass_obj
def done(call: Call, /, *, ref: str) -> None:
    """Say that you kept a promise."""
    commitments.done(call.session, ref)
    call.changed(ref)


@commitment.command("let-go", epilog=example("commitment let-go P1"))
@click.argument("ref")
@click.pass_obj
def let_go(call: Call, /, *, ref: str) -> None:
    """Let a promise go."""
    commitments.let_go(call.session, ref)
    call.changed(ref)


@commitment.command(epilog=example("commitment show P1"))
@click.argument("ref")
@click.pass_obj
def show(call: Call, /, *, ref: str) -> None:
    """Show a promise, and what was said of it, as far as you may read it."""
    found, said = commitments.shown(call.session, ref), thread(call.session, ref)
    call.tell(
        lambda: promises_text.promise_in_full(found, said),
        lambda: promises_text.promise_shape(found) | {"thread": [said_shape(one) for one in said]},
    )


@commitment.command("list", epilog=example("commitment list", "commitment list --person ana --kind contribution"))
@click.option("--person", metavar="HANDLE", help="Of this person; else of everybody, as far as you may read them.")
@click.option("--kind", type=_KINDS, help="Of this kind.")
@cycle_option()
@click.pass_obj
def list_(call: Call, /, *, person: str | None, kind: str | None, cycle: str | None) -> None:
    """Show what was promised in a cycle, as far as you may read it."""
    found = commitments.listed(call.session, person=person, kind=kind, cycle=cycle)
    call.tell(
        lambda: "\n".join(output.table(map(promises_text.promise, found))) or "Nothing is promised yet.",
        lambda: [promises_text.promise_shape(one) for one in found],
    )
