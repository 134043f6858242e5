"""Dots: five a person for what a team has written in a cycle, to choose among ideas and drafts.

How many there are is everybody's to see; whose they are is each person's own, so that their events are told to nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.errors import NotAllowed
from okrtui.service import find, leaves
from okrtui.store import dots

if TYPE_CHECKING:
    from okrtui.service.session import Deed, Session

DOTS = 5
"""How many a person has for one team and cycle (method, "The first session is a workshop")."""


def put(session: Session, ref: str) -> int:
    """Put one more dot of one's own on a key result.

    Returns:
        How many are left for this team and cycle.

    Raises:
        NotAllowed: by a reader; it is neither idea nor draft; all five are given.
    """
    with session.writing() as deed:
        return _change(deed, ref, 1)


def take_off(session: Session, ref: str) -> int:
    """Take one dot of one's own off a key result.

    Returns:
        How many are left for this team and cycle.

    Raises:
        NotAllowed: by a reader; it is neither idea nor draft; one has none on it.
    """
    with session.writing() as deed:
        return _change(deed, ref, -1)


def undo(deed: Deed, ref: str, to: int, *, undoes: int) -> None:
    """Have as many dots on a key result as before; ``undoes`` is the id of the event it undoes.

    Raises:
        NotAllowed: it is neither idea nor draft any more, or the dots it needs were given elsewhere since.
    """
    key_result, _ = find.key_result(deed, ref)
    _change(deed, ref, to - dots.count(deed.connection, key_result.id, deed.person_id), undoes=undoes)


def _change(deed: Deed, ref: str, by: int, *, undoes: int = 0) -> int:
    key_result, exchange = find.key_result(deed, ref)
    leave = leaves.must(deed, Act.KR_DOT, key_result, exchange)
    team_id = exchange.team.id if exchange.team else None
    stands = dots.count(deed.connection, key_result.id, deed.person_id)
    left = DOTS - dots.given(deed.connection, deed.person_id, exchange.cycle.id, team_id) - by
    if stands + by < 0:
        raise NotAllowed(f"You have no dot on {key_result.ref}: put one (.).")
    if left < 0:
        raise NotAllowed(f"All {DOTS} of your dots are given: take one off another key result first.")
    dots.put(deed.connection, key_result.id, deed.person_id, stands + by)
    after = {"dots": stands + by} | ({"undoes": undoes} if undoes else {})
    deed.record(
        Act.KR_DOT,
        key_result.ref,
        leave=leave,
        cycle_id=exchange.cycle.id,
        team_id=exchange.team_id,
        before={"dots": stands},
        after=after,
        private=True,
    )
    return left
