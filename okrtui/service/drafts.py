"""What somebody typed into a form and has not saved: kept while they type, and offered again.

All of it lives in the second file, on the gateway's thread; where that cannot serve, nothing is kept and nothing ends.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.service.session import stamp
from okrtui.store import drafts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.session import Session


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a form that were changed, as typed, and what each held before.

    ``form`` names the form and what it is about: "Edit KR3".
    """

    form: str
    typed: dict[str, object]
    began: dict[str, object]
    at: str


def keep(session: Session, form: str, typed: Mapping[str, object], began: Mapping[str, object]) -> bool:
    """Keep what was typed in place of what was kept, or forget it where nothing differs any more; whether that was done."""
    changed = {name: value for name, value in typed.items() if value != began.get(name)}
    if not changed:
        return forget(session, form)
    fields = json.dumps({"typed": changed, "began": {name: began.get(name) for name in changed}}, ensure_ascii=False)
    at = stamp(session.clock())
    return session.store.live.write(lambda connection: drafts.keep(connection, _person(session), form, fields, at))


def forget(session: Session, form: str) -> bool:
    """Forget what was typed into a form; whether that was done."""
    return session.store.live.write(lambda connection: drafts.forget(connection, _person(session), form))


def waiting(session: Session) -> list[Draft]:
    """The forms that somebody left unfinished, the oldest first."""
    rows = session.store.live.read(lambda connection: drafts.of_person(connection, _person(session)))
    return [_read(*row) for row in rows or ()]


def find(session: Session, form: str) -> Draft | None:
    """What was typed into a form and not saved; None where there is nothing."""
    return next((draft for draft in waiting(session) if draft.form == form), None)


def _person(session: Session) -> int:
    return session.person_id or 0


def _read(form: str, fields: str, at: str) -> Draft:
    kept = json.loads(fields)
    return Draft(form, kept["typed"], kept["began"], at)
