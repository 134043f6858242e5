"""Where people's words stand in the file, and blanking them there for good: in rows, in what quotes them, and in events."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import events

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from okrtui.store.sqlite import Connection

VERB = "text.redact"
"""Of the event that says what was blanked, by whom and why."""

SHORTEST = 8
"""Letters below which a text is looked for in its own place alone: shorter ones stand everywhere, and tell nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """Columns of a table that hold what people wrote, and SQL that names a row.

    ``ref`` is the name by which its words are blanked. ``subject`` is what they are about: what is said under one subject
    quotes each other. ``lists`` are columns of JSON in which words stand, too. ``told`` are the names by which events tell the
    columns, where those are others. Where no two rows of a subject may say the same, each has to be ``numbered`` once blanked.
    """

    table: str
    columns: tuple[str, ...]
    ref: str
    subject: str
    lists: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    numbered: bool = False

    def told_as(self, columns: Collection[str]) -> set[str]:
        """The names by which events tell some of the columns, or all where none is named."""
        pairs = zip(self.columns, self.told or self.columns, strict=True)
        return {name for column, name in pairs if not columns or column in columns}


def _of_objective(table: str, *columns: str, key: str = "objective_id", told: tuple[str, ...] = ()) -> Place:
    return Place(table, columns, f"'O' || {key}", f"'O' || {key}", told=told)


def _of_key_result(
    table: str, *columns: str, key: str = "key_result_id", lists: tuple[str, ...] = (), numbered: bool = False
) -> Place:
    return Place(table, columns, f"'KR' || {key}", f"'KR' || {key}", lists, numbered=numbered)


def _of_week(table: str) -> Place:
    ref = "'KR' || key_result_id || ' w' || week"
    return Place(table, ("context", "blocker", "next"), ref, "'KR' || key_result_id", ("steps",))


def _of_its_own(table: str, letters: str, *columns: str, subject: str = "", told: tuple[str, ...] = ()) -> Place:
    return Place(table, columns, f"'{letters}' || id", subject or f"'{letters}' || id", told=told)


_INVITED = (
    "'O' || invitation.objective_id || ' ' || coalesce((SELECT slug FROM team WHERE team.id = invitation.team_id), "
    "'@' || (SELECT handle FROM person WHERE person.id = invitation.person_id))"
)
_OF_PUSHBACK = "(SELECT {} FROM invitation WHERE invitation.id = pushback.invitation_id)"
_HOLDER = "'@' || (SELECT handle FROM person WHERE person.id = ssh_key.person_id)"

PLACES = (
    _of_objective("objective", "title", "why", "reason", key="id"),
    _of_objective("objective_text", "title", "why"),
    _of_objective("learning", "words", told=("learning",)),
    Place(
        "invitation",
        ("straight_line", "need_words"),
        _INVITED,
        "'O' || objective_id",
        told=("straight_line", "words"),
    ),
    Place(
        "pushback",
        ("words", "answer_words"),
        _OF_PUSHBACK.format(_INVITED),
        _OF_PUSHBACK.format("'O' || invitation.objective_id"),
        told=("words", "words"),
    ),
    _of_key_result(
        "key_result",
        *("statement", "done_means", "measure", "week_nine", "reason"),
        *("guidance_low", "guidance_middle", "guidance_high"),
        key="id",
    ),
    _of_key_result("key_result_text", "statement", "reason", lists=("numbers",)),
    _of_key_result("key_result_step", "name", numbered=True),
    _of_key_result("key_result_quiet", "because"),
    _of_key_result("defence", "argument"),
    _of_key_result("sealed_score", "reasoning"),
    _of_key_result("score", "reasoning"),
    _of_key_result("calibration", "reason"),
    _of_key_result("close_decision", "words"),
    _of_week("checkin"),
    _of_week("checkin_text"),
    _of_its_own(
        "suggestion",
        "S",
        *("before", "proposed", "words", "reason"),
        subject="coalesce('KR' || key_result_id, 'O' || objective_id)",
    ),
    _of_its_own("comment", "C", "body", "quoted", subject="substr(subject, 1, instr(subject || ' ', ' ') - 1)"),
    _of_its_own("workshop", "WS", "remark"),
    _of_its_own("workshop_note", "N", "body", subject="'WS' || workshop_id", told=("note",)),
    _of_its_own("priority", "PR", "words"),
    _of_its_own("win", "W", "words"),
    _of_its_own("initiative", "I", "title"),
    _of_its_own("commitment", "P", "words"),
    Place("person", ("name",), "'@' || handle", "'@' || handle"),
    Place("ssh_key", ("comment",), _HOLDER, _HOLDER),
    Place("team", ("name", "individual_reason"), "slug", "slug"),
)
"""Every column of words, but for those of the events."""


class Words(NamedTuple):
    """A text, and where it stands."""

    place: Place
    column: str
    text: str
    subject: str


def words_of(connection: Connection, ref: str) -> list[Words]:
    """The texts that go by a ref, those left empty not among them."""
    found = []
    for place in PLACES:
        sql = f"SELECT {place.subject}, {', '.join(place.columns)} FROM {place.table} WHERE {place.ref} = ?"
        for subject, *texts in connection.execute(sql, (ref,)):
            found += [
                Words(place, column, text, subject) for column, text in zip(place.columns, texts, strict=True) if text
            ]
    return found


def said_before(connection: Connection, ref: str, columns: Collection[str]) -> set[str]:
    """What events tell of a thing as it once was, or of one that was taken away; of these columns, or of all."""
    name, _, rest = ref.partition(" ")
    wanted = _told_of(connection, ref, columns)
    return {
        value
        for event in events.of_ref(connection, name)
        if event.verb != VERB and (not rest or _is_about(connection, event, rest))
        for half in (event.before, event.after)
        for key, value in half.items()
        if key in wanted and isinstance(value, str) and value
    }


def _told_of(connection: Connection, ref: str, columns: Collection[str]) -> set[str]:
    """The names by which events tell what goes by a ref; any where nothing does any more."""
    there = [
        place
        for place in PLACES
        if connection.execute(f"SELECT 1 FROM {place.table} WHERE {place.ref} = ? LIMIT 1", (ref,)).fetchone()
    ]
    return {name for place in there or PLACES for name in place.told_as(columns)}


def _is_about(connection: Connection, event: events.Event, rest: str) -> bool:
    """Whether an event of a thing is about a week of it, "w9", or about what one team, or person, was asked."""
    if rest[:1] == "w" and rest[1:].isdigit():
        return event.after.get("week") == int(rest[1:])
    if rest[:1] == "@":
        row = connection.execute("SELECT id FROM person WHERE handle = ?", (rest[1:],)).fetchone()
        return event.after.get("team") == rest or (row is not None and event.person_id == row[0])
    row = connection.execute("SELECT id FROM team WHERE slug = ?", (rest,)).fetchone()
    return row is not None and event.team_id == row[0]


def put_in_place(connection: Connection, one: Words, tombstone: str) -> None:
    """Put another text in the place of one, in whatever rows of its table that subject has it."""
    place = one.place
    sql = f"UPDATE {place.table} SET {one.column} = ? WHERE {place.subject} = ? AND {one.column} = ?"
    connection.execute(sql, (tombstone, one.subject, one.text))


def quotes(connection: Connection, subject: str, texts: Iterable[str]) -> list[Words]:
    """What is said under a subject and holds one of the texts, itself or as a part."""
    found = []
    wanted = list(texts)
    for place in PLACES:
        sql = f"SELECT {', '.join(place.columns)} FROM {place.table} WHERE {place.subject} = ?"
        for row in connection.execute(sql, (subject,)):
            found += [
                Words(place, column, value, subject)
                for column, value in zip(place.columns, row, strict=True)
                if value and any(value == text or (len(text) >= SHORTEST and text in value) for text in wanted)
            ]
    return found


def blank_lists(connection: Connection, subject: str, instead: Mapping[str, str]) -> None:
    """Put other texts in the place of those in the lists that are kept of a subject."""
    for place in PLACES:
        for column in place.lists:
            sql = f"SELECT DISTINCT {column} FROM {place.table} WHERE {place.subject} = ?"
            for (raw,) in connection.execute(sql, (subject,)).fetchall():
                blanked = json.dumps(_replaced(json.loads(raw), instead), ensure_ascii=False)
                if blanked != raw:
                    update = f"UPDATE {place.table} SET {column} = ? WHERE {place.subject} = ? AND {column} = ?"
                    connection.execute(update, (blanked, subject, raw))


def _replaced(value: object, instead: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return instead.get(value, value)
    if isinstance(value, list):
        return [_replaced(one, instead) for one in value]
    if isinstance(value, dict):
        return {key: _replaced(one, instead) for key, one in value.items()}
    return value


def elsewhere(connection: Connection, texts: Iterable[str]) -> list[str]:
    """The refs of everything else that holds one of the texts, which somebody may have copied there."""
    found: set[str] = set()
    for text in texts:
        if len(text) < SHORTEST:
            continue
        for place in PLACES:
            where = " OR ".join(f"instr({column}, :text)" for column in (*place.columns, *place.lists))
            sql = f"SELECT DISTINCT {place.ref} FROM {place.table} WHERE {where}"
            found.update(ref for (ref,) in connection.execute(sql, {"text": text}))
    return sorted(found)


def events_with(connection: Connection, ref: str, subject: str, texts: Iterable[str]) -> Iterator[int]:
    """The ids of the events that tell one of the texts; a short one is looked for in those of its ref and subject alone."""
    name = ref.partition(" ")[0]
    found: set[int] = set()
    for text in texts:
        quoted = json.dumps(text, ensure_ascii=False)
        if len(text) >= SHORTEST:
            sql, values = "SELECT id FROM event WHERE instr(payload, ?)", [quoted[1:-1]]
        else:
            sql, values = "SELECT id FROM event WHERE ref IN (?, ?) AND instr(payload, ?)", [name, subject, quoted]
        found.update(number for (number,) in connection.execute(sql, values))
    yield from sorted(found)
