"""Links: what an objective or a key result contributes to, or supports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.verbs import Noun, cycle_option, example, message, team_option
from okrtui.core.model import LinkKind
from okrtui.core.names import parse_ref
from okrtui.service import links

if TYPE_CHECKING:
    from okrtui.cli.call import Call
    from okrtui.service.links import LinkLine


@click.group(cls=Noun)
def link() -> None:
    """Links: what an objective or a key result contributes to, or supports; a lead of the parent's team consents."""


@link.command(epilog=example("link add O7 KR3", "link add KR12 O1 --kind supports"))
@click.argument("child")
@click.argument("parent")
@click.option(
    "--kind",
    type=click.Choice([str(one) for one in LinkKind]),
    default=str(LinkKind.CONTRIBUTES),
    show_default=True,
    help="What contributes counts as aligned below its parent; what supports does not.",
)
@click.pass_obj
def add(call: Call, /, *, child: str, parent: str, kind: str) -> None:
    """Link an objective or a key result to a parent. For its own side; a lead of the parent's team consents."""
    stands = links.add(call.session, child, parent, kind)
    ref, to = str(parse_ref(child)), str(parse_ref(parent))
    waits = f"\nIt waits for the consent of a lead of the team of {to}: `okrtui link consent {ref} {to}`."
    call.tell(lambda: ref + waits * (not stands), lambda: {"ref": ref, "parent": to, "consented": stands})


@link.command(epilog=example("link consent O7 KR3"))
@click.argument("child")
@click.argument("parent")
@click.pass_obj
def consent(call: Call, /, *, child: str, parent: str) -> None:
    """Consent to a link that was asked for. For the leads of the parent's team and of teams above."""
    links.consent(call.session, child, parent)
    _answer(call, child, parent, consented=True)


@link.command(epilog=example('link decline O7 KR3 -m "It moves another number of ours: KR4"'))
@click.argument("child")
@click.argument("parent")
@message("Why; whoever asked is told.")
@click.pass_obj
def decline(call: Call, /, *, child: str, parent: str, message: str) -> None:
    """Decline a link that was asked for. For the leads of the parent's team and of teams above."""
    links.decline(call.session, child, parent, message)
    _answer(call, child, parent)


@link.command(epilog=example("link remove O7 KR3"))
@click.argument("child")
@click.argument("parent")
@click.pass_obj
def remove(call: Call, /, *, child: str, parent: str) -> None:
    """Take a link away. For the child's own side, and for the leads of the parent's team."""
    links.remove(call.session, child, parent)
    _answer(call, child, parent)


def _answer(call: Call, child: str, parent: str, **more: object) -> None:
    call.changed(child, parent=str(parse_ref(parent)), **more)


@link.command("list", epilog=example("link list O7", "link list --team sales"))
@click.argument("ref", required=False)
@team_option("Links from this team's things, and to them; else all.")
@cycle_option()
@click.pass_obj
def list_(call: Call, /, *, ref: str | None, team: str | None, cycle: str | None) -> None:
    """Show the links of a cycle, or of one thing."""
    found = links.all_links(call.session, ref=ref, team=team, cycle=cycle)
    call.tell(lambda: "\n".join(output.table(map(_row, found))), lambda: [_shape(one) for one in found])


def _row(one: LinkLine) -> tuple[str, ...]:
    state = f"consented by {one.consented_by}" if one.consented_by else f"asked by {one.author}"
    return one.child, one.kind, one.parent, state, f"{one.child_words} → {one.parent_words}"


def _shape(one: LinkLine) -> dict[str, object]:
    return {
        "child": one.child,
        "child_team": one.child_team,
        "parent": one.parent,
        "parent_team": one.parent_team,
        "kind": one.kind,
        "author": one.author,
        "at": one.at,
        "consented_by": one.consented_by,
    }
