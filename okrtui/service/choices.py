"""What somebody has chosen for themselves, kept for every session of theirs on this file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.store import choices

if TYPE_CHECKING:
    from okrtui.service.session import Session

THEME = "theme"


def choose(session: Session, name: str, value: str) -> bool:
    """Keep a choice; whether it was kept: where the second file cannot serve, it holds for this session alone."""
    return session.store.live.write(lambda connection: choices.put(connection, session.person_id or 0, name, value))


def chosen(session: Session, name: str) -> str:
    """What they chose; empty where they have not."""
    return session.store.live.read(lambda connection: choices.get(connection, session.person_id or 0, name)) or ""
