"""Initiatives and commitments as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.cli.output import one_line
from okrtui.cli.parts_text import facts, heading, said, section
from okrtui.cli.shapes import picked
from okrtui.core.model import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.cli.shapes import Shape
    from okrtui.service.commitments import CommitmentLine
    from okrtui.service.initiative_lines import InitiativeLine
    from okrtui.service.show import ThreadLine


def row(one: InitiativeLine) -> tuple[object, ...]:
    """An initiative as cells of a table."""
    moves = ", ".join(ref for ref, _ in one.moves) or "moves nothing yet"
    return one.ref, one.team, one.status, one.owner or "no owner", moves, one.title


def in_a_line(one: InitiativeLine) -> str:
    """An initiative in a line, beside what it is shown with."""
    moves = ", ".join(ref for ref, _ in one.moves)
    return f"{one.ref}  {one_line(one.title)} ({one.status}, {f'for {moves}' if moves else 'moves nothing yet'})"


def in_full(one: InitiativeLine, thread: Sequence[ThreadLine]) -> str:
    """An initiative with what it should move, and what was said of it."""
    rows = [
        ("team", one.team),
        ("cycle", one.cycle),
        ("status", one.status),
        ("owner", one.owner or "nobody yet"),
        ("stretch of", ", ".join(one.stretched_by)),
    ]
    moves = [f"{ref}  {one_line(words)}" for ref, words in one.moves]
    return "\n".join(
        [
            heading(one.ref, one.title),
            *facts(rows),
            *section("Should move", moves or [f"nothing yet: `okrtui initiative link {one.ref} KR`"]),
            *section("Thread", map(said, thread)),
        ]
    )


def shape(one: InitiativeLine) -> Shape:
    """An initiative as JSON."""
    moves = [ref for ref, _ in one.moves]
    return picked(one, "ref title team cycle owner status author at stretched_by") | {"key_results": moves}


def promise(one: CommitmentLine) -> tuple[object, ...]:
    """A commitment as cells of a table."""
    return one.ref, f"@{one.person}", one.kind, spoken(one.state), one.about, one.words


def promise_in_a_line(one: CommitmentLine) -> str:
    """A commitment in a line, beside what it is shown with."""
    to = f" to {one.about}" if one.about else ""
    return f"{one.ref}  {one_line(one.words)} ({one.kind}{to}, {spoken(one.state)})"


def promise_in_full(one: CommitmentLine, thread: Sequence[ThreadLine]) -> str:
    """A commitment with what it is to, and what was said of it."""
    rows = [
        ("of", f"@{one.person}"),
        ("kind", one.kind),
        ("state", spoken(one.state)),
        ("cycle", one.cycle),
        ("to", f"{one.about}  {one_line(one.about_words)}" if one.about else ""),
        ("read by", "its owner and the leads of their teams alone" if one.kind == "development" else ""),
    ]
    return "\n".join([heading(one.ref, one.words), *facts(rows), *section("Thread", map(said, thread))])


def promise_shape(one: CommitmentLine) -> Shape:
    """A commitment as JSON."""
    return picked(one, "ref person kind words state cycle at") | {"about": one.about or None}
