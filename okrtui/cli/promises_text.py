"""Initiatives and commitments as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.cli.output import one_line, paint, table
from okrtui.core.model import spoken

if TYPE_CHECKING:
    from okrtui.service.commitments import CommitmentLine
    from okrtui.service.initiative_lines import InitiativeLine

Shape = dict[str, object]


def row(one: InitiativeLine) -> tuple[object, ...]:
    """An initiative as cells of a table."""
    moves = ", ".join(ref for ref, _ in one.moves) or "moves nothing yet"
    return one.ref, one.team, one.status, one.owner or "no owner", moves, one.title


def in_full(one: InitiativeLine) -> str:
    """An initiative with what it should move."""
    facts = [
        ("team", one.team),
        ("cycle", one.cycle),
        ("status", one.status),
        ("owner", one.owner or "nobody yet"),
        ("stretch of", ", ".join(one.stretched_by)),
    ]
    moves = [f"  {ref}  {one_line(words)}" for ref, words in one.moves]
    return "\n".join(
        [
            paint(f"{one.ref}  {one_line(one.title)}", "bold"),
            *table([(name, value) for name, value in facts if value], indent="  "),
            "",
            paint("Should move", "bold"),
            *(moves or [f"  nothing yet: `okrtui initiative link {one.ref} KR`"]),
        ]
    )


def shape(one: InitiativeLine) -> Shape:
    """An initiative as JSON."""
    return {
        "ref": one.ref,
        "title": one.title,
        "team": one.team,
        "cycle": one.cycle,
        "owner": one.owner,
        "status": one.status,
        "author": one.author,
        "at": one.at,
        "key_results": [ref for ref, _ in one.moves],
        "stretched_by": list(one.stretched_by),
    }


def promise(one: CommitmentLine) -> tuple[object, ...]:
    """A commitment as cells of a table."""
    return one.ref, f"@{one.person}", one.kind, spoken(one.state), one.about, one.words


def promise_shape(one: CommitmentLine) -> Shape:
    """A commitment as JSON."""
    return {
        "ref": one.ref,
        "person": one.person,
        "kind": one.kind,
        "words": one.words,
        "state": one.state,
        "about": one.about or None,
        "cycle": one.cycle,
        "at": one.at,
    }
