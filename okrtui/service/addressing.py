"""Whom an objective is put to, in one act: some teams asked, others let go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import said
from okrtui.core.model import InvitationState
from okrtui.service import find
from okrtui.service.asking import put_to, take_away
from okrtui.service.invitations import let_go
from okrtui.store import invitations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.service.session import Deed, Session


@dataclass(frozen=True, slots=True)
class Addressed:
    """Slugs of the teams that were asked, of those whose invitation was taken back, and of those released."""

    asked: tuple[str, ...]
    taken_back: tuple[str, ...]
    released: tuple[str, ...]


def address(
    session: Session, ref: str, *, ask: Sequence[str] = (), leave: Sequence[str] = (), words: str = ""
) -> Addressed:
    """Put an objective to teams, and let others go.

    A team that has said and written nothing yet is no longer asked; any other is released, with these words, so that its own
    stay on record.

    Raises:
        NotAllowed: by anybody but leadership; not published; a team beside or above; or invited already.
        NotFound: no such objective, team or invitation.
        Invalid: the words are too long.
    """
    spoken = said(words, "words")
    with session.writing() as deed:
        exchange = find.objective(deed, ref)
        deed.must(Act.INVITE, exchange.on_objective(deed))
        ended = {slug: _let_go(deed, ref, slug, spoken) for slug in dict.fromkeys(leave)}
        asked = tuple(dict.fromkeys(ask))
        for slug in asked:
            put_to(deed, exchange, find.team(deed, slug))
        taken_back = tuple(slug for slug, released in ended.items() if not released)
        return Addressed(asked, taken_back, tuple(slug for slug, released in ended.items() if released))


def _let_go(deed: Deed, ref: str, slug: str, words: str) -> bool:
    """Let a team go; whether it had to be released, because it has said or written something."""
    asked = find.invitation(deed, ref, slug)
    assert asked.invitation is not None  # noqa: S101  # find.invitation gives none without
    is_open = asked.invitation.state == InvitationState.OPEN
    if is_open and invitations.is_bare(deed.connection, asked.invitation.id):
        take_away(deed, asked)
        return False
    let_go(deed, asked, words)
    return True
