"""Commitments: what people promised in a cycle. `READABLE` says, for every query of them, who may read which."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from okrtui.store.sqlite import Connection


class Commitment(NamedTuple):
    """One person's promise in a cycle."""

    id: int
    cycle_id: int
    person_id: int
    kind: str
    words: str
    key_result_id: int | None
    initiative_id: int | None
    state: str
    at: str
    version: int

    @property
    def ref(self) -> str:
        """Its short name, P7."""
        return f"P{self.id}"

    @property
    def about(self) -> str:
        """The ref of what it is promised to; empty for a development goal."""
        if self.key_result_id is not None:
            return f"KR{self.key_result_id}"
        return f"I{self.initiative_id}" if self.initiative_id is not None else ""

    @property
    def is_private(self) -> bool:
        """Whether its owner and the leads of their teams alone may know of it."""
        return self.kind == "development"


_COLUMNS = rows.columns(Commitment, "commitment")

READABLE = (
    "(commitment.kind <> 'development' OR commitment.person_id = :reader OR EXISTS ("
    "SELECT 1 FROM membership AS theirs CROSS JOIN team ON team.id = theirs.team_id AND NOT team.archived "
    "CROSS JOIN membership AS lead ON lead.team_id = theirs.team_id "
    "WHERE theirs.person_id = commitment.person_id AND lead.person_id = :reader AND lead.role = 'lead'))"
)
"""Whether a row of ``commitment`` may be read by the person ``:reader``: a development goal by its owner and those who lead
a team of theirs, anything else by everybody; with ``:reader`` null, what everybody may read."""


def by_id(connection: Connection, number: int, reader: int | None) -> Commitment | None:
    """The commitment of this id; None too where ``reader`` may not know of it."""
    sql = f"SELECT {_COLUMNS} FROM commitment WHERE id = :number AND {READABLE}"
    found = connection.execute(sql, {"number": number, "reader": reader}).fetchone()
    return None if found is None else Commitment(*found)


def of_cycle(connection: Connection, cycle_id: int, reader: int | None) -> list[Commitment]:
    """Every commitment of a cycle that ``reader`` may read, in the order they were made."""
    sql = f"SELECT {_COLUMNS} FROM commitment WHERE cycle_id = :cycle AND {READABLE} ORDER BY id"
    return [Commitment(*found) for found in connection.execute(sql, {"cycle": cycle_id, "reader": reader})]


def of_person(connection: Connection, cycle_id: int, person_id: int) -> list[Commitment]:
    """Everything a person promised in a cycle, for themselves to read."""
    sql = f"SELECT {_COLUMNS} FROM commitment WHERE person_id = ? AND cycle_id = ? ORDER BY id"
    return rows.many(connection, Commitment, sql, (person_id, cycle_id))


def growth_under(connection: Connection, cycle_id: int, lead_id: int) -> list[Commitment]:
    """The development goals of a cycle that a person reads because they lead a team of their owners."""
    sql = (
        f"SELECT DISTINCT {_COLUMNS} FROM membership AS lead CROSS JOIN team ON team.id = lead.team_id AND NOT team.archived "
        "CROSS JOIN membership AS theirs ON theirs.team_id = lead.team_id AND theirs.person_id <> lead.person_id "
        "CROSS JOIN commitment ON commitment.person_id = theirs.person_id AND commitment.cycle_id = ? "
        "WHERE lead.person_id = ? AND lead.role = 'lead' AND commitment.kind = 'development' ORDER BY commitment.id"
    )
    return rows.many(connection, Commitment, sql, (cycle_id, lead_id))


def readable(connection: Connection, reader: int | None) -> set[int]:
    """Ids of every commitment that ``reader`` may read, for what goes through all of them."""
    return {one for (one,) in connection.execute(f"SELECT id FROM commitment WHERE {READABLE}", {"reader": reader})}


def of_key_result(connection: Connection, key_result_id: int) -> list[Commitment]:
    """The contributions promised to a key result, which everybody may read."""
    sql = f"SELECT {_COLUMNS} FROM commitment WHERE key_result_id = ? AND kind = 'contribution' ORDER BY id"
    return rows.many(connection, Commitment, sql, (key_result_id,))


def of_initiative(connection: Connection, initiative_id: int) -> list[Commitment]:
    """The stretch assignments on an initiative, which everybody may read."""
    sql = f"SELECT {_COLUMNS} FROM commitment WHERE initiative_id = ? AND kind = 'stretch' ORDER BY id"
    return rows.many(connection, Commitment, sql, (initiative_id,))


def stretched_on(connection: Connection, initiative_ids: Collection[int]) -> dict[int, list[int]]:
    """Who promised a stretch on each of these initiatives, by initiative."""
    sql = (
        "SELECT initiative_id, person_id FROM commitment WHERE kind = 'stretch' "
        f"AND initiative_id IN ({rows.marks(len(initiative_ids))}) ORDER BY id"
    )
    found: dict[int, list[int]] = {}
    for number, person_id in connection.execute(sql, tuple(initiative_ids)):
        found.setdefault(number, []).append(person_id)
    return found


def add(connection: Connection, values: Mapping[str, rows.Value]) -> int:
    """Add a commitment."""
    return rows.insert(connection, "commitment", values)


def change(connection: Connection, number: int, values: Mapping[str, rows.Value]) -> None:
    """Change columns of a commitment."""
    rows.update(connection, "commitment", number, values)
