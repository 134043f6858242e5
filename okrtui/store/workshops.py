"""Workshops of teams: their sittings, who was there, and the notes; and, in the second file, when a keeper was last here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okrtui.store.sqlite import Connection


class Workshop(NamedTuple):
    """One a team and cycle; ``box`` is the second of its working time at which the time box ends."""

    id: int
    team_id: int
    cycle_id: int
    state: str
    prompt: str
    box: int | None
    keeper_id: int | None
    remark: str
    at: str
    closed_at: str | None

    @property
    def ref(self) -> str:
        """Its short name, WS3."""
        return f"WS{self.id}"


class Sitting(NamedTuple):
    """From a start of the clock to the break that ended it."""

    id: int
    workshop_id: int
    starts_at: str
    ends_at: str | None


class Note(NamedTuple):
    """What somebody wrote under a prompt; its author alone changes it."""

    id: int
    workshop_id: int
    prompt: str
    body: str
    author_id: int
    at: str
    version: int

    @property
    def ref(self) -> str:
        """Its short name, N12."""
        return f"N{self.id}"


class Attendance(NamedTuple):
    """Somebody who was there: seen by their presence, or ticked by name."""

    workshop_id: int
    person_id: int
    way: str
    at: str


_WORKSHOP = rows.columns(Workshop, "workshop")
_SITTING = rows.columns(Sitting, "workshop_sitting")
_NOTE = rows.columns(Note, "workshop_note")
_ATTENDANCE = rows.columns(Attendance, "workshop_attendance")


def of_team(connection: Connection, team_id: int, cycle_id: int) -> Workshop | None:
    """A team's workshop in a cycle."""
    sql = f"SELECT {_WORKSHOP} FROM workshop WHERE team_id = ? AND cycle_id = ?"
    return rows.one(connection, Workshop, sql, (team_id, cycle_id))


def by_id(connection: Connection, number: int) -> Workshop | None:
    """The workshop of this id."""
    return rows.one(connection, Workshop, f"SELECT {_WORKSHOP} FROM workshop WHERE id = ?", (number,))


def every_one(connection: Connection, team_id: int | None = None) -> list[Workshop]:
    """All workshops, or a team's, by the beginning of their cycles."""
    of_team = "" if team_id is None else "WHERE team_id = ? "
    sql = (
        f"SELECT {_WORKSHOP} FROM workshop JOIN cycle ON cycle.id = cycle_id {of_team}"
        "ORDER BY cycle.starts, cycle.id, workshop.id"
    )
    return rows.many(connection, Workshop, sql, () if team_id is None else (team_id,))


def is_first(connection: Connection, team_id: int, before: str, but: int | None = None) -> bool:
    """Whether a team had closed no other workshop before a time."""
    sql = "SELECT EXISTS (SELECT 1 FROM workshop WHERE team_id = ? AND state = 'closed' AND closed_at <= ? AND id IS NOT ?)"
    (had,) = connection.execute(sql, (team_id, before, but)).fetchone()
    return not had


def add(connection: Connection, team_id: int, cycle_id: int, at: str) -> Workshop:
    """Begin a team's workshop in a cycle; its clock stands still."""
    rows.insert(connection, "workshop", {"team_id": team_id, "cycle_id": cycle_id, "at": at})
    made = of_team(connection, team_id, cycle_id)
    assert made is not None  # noqa: S101  # it was put there
    return made


def change(connection: Connection, number: int, values: Mapping[str, rows.Value]) -> None:
    """Change columns of a workshop. The keys are ours."""
    changes = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE workshop SET {changes} WHERE id = ?", (*values.values(), number))


# Sittings


def sittings(connection: Connection, workshop_ids: Iterable[int]) -> list[Sitting]:
    """The sittings of these workshops in the order they were held."""
    wanted = list(workshop_ids)
    sql = f"SELECT {_SITTING} FROM workshop_sitting WHERE workshop_id IN ({rows.marks(len(wanted))}) ORDER BY id"
    return rows.many(connection, Sitting, sql, wanted)


def running(connection: Connection) -> list[Workshop]:
    """The workshops whose clock runs now."""
    sql = f"SELECT {_WORKSHOP} FROM workshop_sitting JOIN workshop ON workshop.id = workshop_id WHERE ends_at IS NULL"
    return rows.many(connection, Workshop, sql)


def start(connection: Connection, number: int, at: str) -> None:
    """Let the clock of a workshop run."""
    rows.insert(connection, "workshop_sitting", {"workshop_id": number, "starts_at": at})


def stop(connection: Connection, number: int, at: str) -> None:
    """End the sitting of a workshop that goes on, never before it began."""
    sql = "UPDATE workshop_sitting SET ends_at = max(starts_at, ?) WHERE workshop_id = ? AND ends_at IS NULL"
    connection.execute(sql, (at, number))


def end_with_cycle(connection: Connection, cycle_id: int, at: str) -> None:
    """Close the workshops that a closing cycle leaves open, and stop their clocks."""
    connection.execute(
        "UPDATE workshop_sitting SET ends_at = max(starts_at, ?) WHERE ends_at IS NULL "
        "AND workshop_id IN (SELECT id FROM workshop WHERE cycle_id = ?)",
        (at, cycle_id),
    )
    connection.execute(
        "UPDATE workshop SET state = 'closed', closed_at = ?, keeper_id = NULL, box = NULL "
        "WHERE cycle_id = ? AND state = 'open'",
        (at, cycle_id),
    )


# Who was there


def attendance(connection: Connection, workshop_ids: Iterable[int]) -> list[Attendance]:
    """Who was in these workshops, by handle."""
    wanted = list(workshop_ids)
    sql = (
        f"SELECT {_ATTENDANCE} FROM workshop_attendance JOIN person ON person.id = person_id "
        f"WHERE workshop_id IN ({rows.marks(len(wanted))}) ORDER BY handle"
    )
    return rows.many(connection, Attendance, sql, wanted)


def attend(connection: Connection, number: int, person_id: int, way: str, at: str) -> bool:
    """Note that somebody was there; whether that was new. Who was seen stays seen, also where they are ticked."""
    done = connection.execute(
        "INSERT INTO workshop_attendance (workshop_id, person_id, way, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (workshop_id, person_id) DO NOTHING",
        (number, person_id, way, at),
    )
    return done.rowcount > 0


def untick(connection: Connection, number: int, person_id: int) -> bool:
    """Take back a tick; whether there was one."""
    sql = "DELETE FROM workshop_attendance WHERE workshop_id = ? AND person_id = ? AND way = 'ticked'"
    return connection.execute(sql, (number, person_id)).rowcount > 0


# Notes


def notes(connection: Connection, number: int) -> list[Note]:
    """The notes of a workshop in the order they were written."""
    return rows.many(
        connection, Note, f"SELECT {_NOTE} FROM workshop_note WHERE workshop_id = ? ORDER BY id", (number,)
    )


def note_by_id(connection: Connection, number: int) -> Note | None:
    """The note of this id."""
    return rows.one(connection, Note, f"SELECT {_NOTE} FROM workshop_note WHERE id = ?", (number,))


def note_counts(connection: Connection, workshop_ids: Iterable[int]) -> dict[int, int]:
    """How many notes these workshops have."""
    wanted = list(workshop_ids)
    sql = (
        f"SELECT workshop_id, count(*) FROM workshop_note WHERE workshop_id IN ({rows.marks(len(wanted))}) "
        "GROUP BY workshop_id"
    )
    return dict(connection.execute(sql, wanted))


def idea_counts(connection: Connection, workshop_ids: Iterable[int]) -> dict[int, int]:
    """How many key results of their team were written in the sittings of these workshops."""
    wanted = list(workshop_ids)
    sql = (
        "SELECT workshop.id, count(DISTINCT key_result.id) FROM workshop "
        "JOIN workshop_sitting ON workshop_id = workshop.id "
        "JOIN invitation ON invitation.team_id = workshop.team_id "
        "JOIN objective ON objective.id = objective_id AND objective.cycle_id = workshop.cycle_id "
        "JOIN key_result ON key_result.invitation_id = invitation.id AND key_result.at >= starts_at "
        "AND (ends_at IS NULL OR key_result.at <= ends_at) "
        f"WHERE workshop.id IN ({rows.marks(len(wanted))}) GROUP BY workshop.id"
    )
    return dict(connection.execute(sql, wanted))


def add_note(connection: Connection, number: int, prompt: str, body: str, author_id: int, at: str) -> int:
    """Write a note; its id."""
    values: dict[str, rows.Value] = {"prompt": prompt, "body": body, "author_id": author_id, "at": at}
    return rows.insert(connection, "workshop_note", {"workshop_id": number, **values})


def reword_note(connection: Connection, number: int, body: str) -> None:
    """Change the words of a note."""
    rows.update(connection, "workshop_note", number, {"body": body})


# The second file: when a keeper whose clock runs was last heard of, in seconds since 1970


def hear(connection: Connection, number: int, person_id: int, at: float) -> None:
    """Somebody who keeps a workshop is here."""
    connection.execute("INSERT OR REPLACE INTO keeper VALUES (?, ?, ?)", (number, person_id, at))


def heard(connection: Connection, number: int, person_id: int) -> float | None:
    """When somebody was last heard of while they kept a workshop; None where they never had a line that could drop."""
    sql = "SELECT at FROM keeper WHERE workshop_id = ? AND person_id = ?"
    found = connection.execute(sql, (number, person_id)).fetchone()
    return None if found is None else float(found[0])


def forget_keeper(connection: Connection, number: int) -> None:
    """Begin anew with whoever keeps a workshop from now on."""
    connection.execute("DELETE FROM keeper WHERE workshop_id = ?", (number,))
