"""Confidence rounds: who takes part, and everybody's numbers, which nothing but the round's own service reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okrtui.store.sqlite import Connection


class Round(NamedTuple):
    """A round of a team; ``state`` is sealed, opened or abandoned."""

    id: int
    team_id: int
    cycle_id: int
    week: int
    state: str
    author_id: int
    at: str
    opened_at: str | None


class Vote(NamedTuple):
    """One person's confidence, 0 to 10, in one key result."""

    round_id: int
    key_result_id: int
    person_id: int
    confidence: int


_ROUND = rows.columns(Round, "confidence_round")
_VOTE = rows.columns(Vote, "confidence_vote")


def start(connection: Connection, team_id: int, cycle_id: int, week: int, author_id: int, at: str) -> int:
    """Begin a sealed round; its id."""
    place: dict[str, rows.Value] = {
        "team_id": team_id,
        "cycle_id": cycle_id,
        "week": week,
        "author_id": author_id,
        "at": at,
    }
    return rows.insert(connection, "confidence_round", place)


def sealed(connection: Connection, team_id: int, cycle_id: int) -> Round | None:
    """The round of a team that is under way."""
    sql = f"SELECT {_ROUND} FROM confidence_round WHERE team_id = ? AND cycle_id = ? AND state = 'sealed'"
    return rows.one(connection, Round, sql, (team_id, cycle_id))


def opened(connection: Connection, team_id: int, cycle_id: int) -> list[Round]:
    """A team's opened rounds of a cycle, the first first."""
    sql = f"SELECT {_ROUND} FROM confidence_round WHERE team_id = ? AND cycle_id = ? AND state = 'opened' ORDER BY id"
    return rows.many(connection, Round, sql, (team_id, cycle_id))


def end(connection: Connection, number: int, state: str, at: str) -> None:
    """Open a round, or abandon it."""
    sql = "UPDATE confidence_round SET state = ?, opened_at = CASE ? WHEN 'opened' THEN ? END WHERE id = ?"
    connection.execute(sql, (state, state, at, number))


def join(connection: Connection, number: int, person_id: int, at: str) -> bool:
    """Note that somebody takes part; whether they did not already."""
    sql = "INSERT INTO confidence_round_person (round_id, person_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    return bool(connection.execute(sql, (number, person_id, at)).rowcount)


def taking_part(connection: Connection, number: int) -> list[int]:
    """Who takes part, in the order they came."""
    sql = "SELECT person_id FROM confidence_round_person WHERE round_id = ? ORDER BY at, person_id"
    return [person for (person,) in connection.execute(sql, (number,))]


def vote(connection: Connection, number: int, person_id: int, votes: Mapping[int, int]) -> None:
    """Keep somebody's numbers, by key result, in place of those they gave before."""
    connection.executemany(
        "INSERT INTO confidence_vote (round_id, key_result_id, person_id, confidence) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET confidence = excluded.confidence",
        [(number, key_result, person_id, confidence) for key_result, confidence in votes.items()],
    )


def votes(connection: Connection, numbers: Iterable[int]) -> list[Vote]:
    """Everybody's numbers of these rounds, by round and key result, the lowest first: the order tells nobody's name."""
    wanted = list(numbers)
    sql = (
        f"SELECT {_VOTE} FROM confidence_vote WHERE round_id IN ({rows.marks(len(wanted))}) "
        "ORDER BY round_id, key_result_id, confidence"
    )
    return rows.many(connection, Vote, sql, wanted)
