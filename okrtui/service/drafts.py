"""What somebody typed into a form and has not saved: kept while they type, and offered again.

All of it lives in the second file, which has a thread of its own where there is an event loop: ``live`` is that thread's way
to it, without one it is the session's. Where it cannot serve, nothing is kept and nothing ends.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from okrtui.service.session import stamp
from okrtui.store import drafts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.session import Session
    from okrtui.store.live import Live


class Opened(NamedTuple):
    """Where a form was opened: on which page, by which of its commands, for what, and in which team's and cycle's screens."""

    page: str = ""
    command: str = ""
    ref: str = ""
    team: str = ""
    cycle: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a form that were changed, as typed, and what each held before.

    ``form`` names the form and what it is about: "Edit KR3".
    """

    form: str
    typed: dict[str, object]
    began: dict[str, object]
    opened: Opened
    at: str


def keep(
    session: Session,
    form: str,
    typed: Mapping[str, object],
    began: Mapping[str, object],
    opened: Opened = Opened(),  # noqa: B008  # a tuple, which nobody changes
    *,
    live: Live | None = None,
) -> bool:
    """Keep what was typed in place of what was kept, or forget it where nothing differs any more; whether that was done."""
    changed = {name: value for name, value in typed.items() if value != began.get(name)}
    if not changed:
        return forget(session, form, live=live)
    fields = json.dumps({"typed": changed, "began": {name: began.get(name) for name in changed}}, ensure_ascii=False)
    kept = partial(
        drafts.keep,
        person_id=_person(session),
        form=form,
        fields=fields,
        place=json.dumps(opened),
        at=stamp(session.clock()),
    )
    return _live(session, live).write(kept)


def forget(session: Session, form: str, *, live: Live | None = None) -> bool:
    """Forget what was typed into a form; whether that was done."""
    return _live(session, live).write(lambda connection: drafts.forget(connection, _person(session), form))


def waiting(session: Session, *, live: Live | None = None) -> list[Draft]:
    """The forms that somebody left unfinished, the oldest first."""
    rows = _live(session, live).read(lambda connection: drafts.of_person(connection, _person(session)))
    return [_read(*row) for row in rows or ()]


def find(session: Session, form: str, *, live: Live | None = None) -> Draft | None:
    """What was typed into a form and not saved; None where there is nothing."""
    return next((draft for draft in waiting(session, live=live) if draft.form == form), None)


def _live(session: Session, live: Live | None) -> Live:
    return session.store.live if live is None else live


def _person(session: Session) -> int:
    return session.person_id or 0


def _read(form: str, fields: str, place: str, at: str) -> Draft:
    kept = json.loads(fields)
    return Draft(form, kept["typed"], kept["began"], Opened(*json.loads(place)), at)
