"""The file as one JSON document: whole for its owner, in part for everybody else.

The whole one holds everything, sealed scores too, and can be put into a new file (`service.restore`). The other is marked
partial and lacks what not everybody may see: sealed scores and the salts of events, logins and keys, what was numbered by one
person (votes, dots), development goals of people whose teams the caller does not lead with what was said of them, and mentions
of others. Its ``log`` tells the events in sentences.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from okrtui.service.activity import tell_all
from okrtui.store import commitments, events, tables
from okrtui.store.migrations import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping

    from okrtui.service.session import Session, View
    from okrtui.store.rows import Value

    Row = Mapping[str, Value]

FORMAT = "okrtui export"

_KEPT_BACK = frozenset({"setting", "sealed_score", "ssh_key", "ssh_code", "event"})
_OWN_ALONE = frozenset({"mention", "dot", "confidence_vote"})


def export(session: Session, *, whole: bool) -> Generator[str, None, None]:
    """Pieces of text that make one JSON document, of one moment; a row a line, in an order that stays.

    The caller answers for ``whole``: it is for the file's owner, as themselves.
    """
    with session.reading() as view:
        yield "{\n"
        for name, value in _header(view, whole=whole).items():
            yield f"{json.dumps(name)}: {_json(value)},\n"
        if not whole:
            told = tell_all(view, events.after_id(view.connection, 0, events.latest_id(view.connection)))
            yield from _list("log", map(asdict, told), ",\n")
        yield '"tables": {\n'
        shown = [table for table in tables.TABLES if whole or table not in _KEPT_BACK]
        for table in shown:
            found = tables.every_row(view.connection, table)
            kept = found if whole else _for_others(view, table, found)
            yield from _list(table, kept, "\n" if table == shown[-1] else ",\n")
        yield "}\n}\n"


def _header(view: View, *, whole: bool) -> dict[str, object]:
    return {
        "format": FORMAT,
        "schema": VERSION,
        "partial": not whole,
        "exported_at": view.at,
        "exported_by": view.actor.handle,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _list(name: str, found: Iterable[Row], end: str) -> Iterator[str]:
    yield f"{json.dumps(name)}: ["
    separator = "\n"
    for row in found:
        yield f"{separator}{_json(row)}"
        separator = ",\n"
    yield f"]{end}"


def _for_others(view: View, table: str, found: Iterable[Row]) -> Iterable[Row]:
    """The rows of a table that anybody may see, as anybody may see them."""
    me = view.actor.person_id
    if table in _OWN_ALONE:
        return (row for row in found if row["person_id"] == me)
    if table == "commitment":
        may_read = commitments.readable(view.connection, me)
        return (row for row in found if row["id"] in may_read)
    if table == "comment":
        may_read = commitments.readable(view.connection, me)
        return (row for row in found if _is_on_readable(str(row["subject"]), may_read))
    if table == "person":
        return map(_without("login"), found)
    return found


def _is_on_readable(subject: str, may_read: Collection[int]) -> bool:
    return subject[0] != "P" or int(subject[1:]) in may_read


def _without(column: str) -> Callable[[Row], Row]:
    return lambda row: {name: value for name, value in row.items() if name != column}
