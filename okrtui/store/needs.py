"""Queries behind "needs you"."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows
from okrtui.store.comments import OF_SUBJECT
from okrtui.store.commitments import READABLE
from okrtui.store.invitations import Invitation
from okrtui.store.teams import below, chain_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from okrtui.core.sides import Chain
    from okrtui.store.sqlite import Connection

_COLUMNS = rows.columns(Invitation, "invitation")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A key result that somebody may be asked about; ``owned`` says whether its owner is somebody active."""

    id: int
    invitation_id: int
    statement: str
    state: str
    amendment: str | None
    owner_id: int | None
    author_id: int
    text_number: int
    checked_week: int | None
    owned: int

    @property
    def ref(self) -> str:
        """Its short name, KR34."""
        return f"KR{self.id}"


class Suggested(NamedTuple):
    """An open suggestion: for which thing, under which objective or invitation, whose it is, and who decides.

    ``asked`` is the owner of a key result, else its author, where they are active; None for an objective's.
    """

    id: int
    place: int
    thing: str
    field: str
    proposed: str
    author: str
    asked: int | None


def invitations_of(
    connection: Connection,
    cycle_ids: Collection[int],
    team_ids: Collection[int],
    leading: Collection[int],
    person_id: int,
) -> list[Invitation]:
    """The invitations of published objectives of these cycles that may ask something of a person.

    Those to their teams, to themselves, of what they lead, and over what they own.
    """
    cycles = rows.marks(len(cycle_ids))
    parts = [
        "SELECT id FROM invitation WHERE person_id = ?",
        "SELECT invitation_id FROM key_result WHERE owner_id = ? AND state = 'agreed'",
    ]
    values: list[rows.Value] = [person_id, person_id]
    # A list without anything in it would be compared with every row there is.
    if team_ids:
        parts.append(f"SELECT id FROM invitation WHERE team_id IN ({rows.marks(len(team_ids))})")
        values += team_ids
    if leading:
        parts.append(
            "SELECT invitation.id FROM objective CROSS JOIN invitation ON invitation.objective_id = objective.id "
            f"WHERE objective.cycle_id IN ({cycles}) AND objective.team_id IN ({rows.marks(len(leading))})"
        )
        values += [*cycle_ids, *leading]
    sql = (
        f"SELECT {_COLUMNS} FROM invitation CROSS JOIN objective ON objective.id = invitation.objective_id "
        f"WHERE invitation.id IN ({' UNION '.join(parts)}) AND objective.cycle_id IN ({cycles}) "
        "AND objective.state = 'published' ORDER BY invitation.id"
    )
    return rows.many(connection, Invitation, sql, (*values, *cycle_ids))


def key_results_of(connection: Connection, invitation_ids: Collection[int]) -> list[Waiting]:
    """The key results under these invitations that may ask something of somebody, as they were written."""
    sql = (
        "SELECT key_result.id, invitation_id, statement, state, amendment, owner_id, author_id, text_number, "
        "checked_week, coalesce(person.active, 0) FROM key_result LEFT JOIN person ON person.id = owner_id "
        f"WHERE invitation_id IN ({rows.marks(len(invitation_ids))}) AND (state IN ('proposed', 'agreed') "
        "OR (state = 'draft' AND proposed_at IS NOT NULL) "
        "OR (state = 'idea' AND imported_by IS NOT NULL AND adopted_by IS NULL)) ORDER BY key_result.id"
    )
    return rows.many(connection, Waiting, sql, invitation_ids)


def suggested_to_teams(connection: Connection, invitation_ids: Collection[int]) -> list[Suggested]:
    """The open suggestions on key results under these invitations; ``place`` is the invitation."""
    sql = (
        "SELECT suggestion.id, invitation_id, 'KR' || key_result.id, field, proposed, author.handle, "
        "CASE WHEN owner.active THEN owner.id WHEN writer.active THEN writer.id END "
        "FROM key_result CROSS JOIN suggestion "
        "ON suggestion.key_result_id = key_result.id AND suggestion.state = 'open' "
        "JOIN person AS author ON author.id = suggestion.author_id "
        "JOIN person AS writer ON writer.id = key_result.author_id LEFT JOIN person AS owner ON owner.id = owner_id "
        f"WHERE invitation_id IN ({rows.marks(len(invitation_ids))}) "
        "AND key_result.state NOT IN ('dropped', 'not_agreed') ORDER BY suggestion.id"
    )
    return [Suggested(*found) for found in connection.execute(sql, tuple(invitation_ids))]


def suggested_to_leaders(
    connection: Connection, cycle_ids: Collection[int], leading: Collection[int]
) -> list[tuple[Suggested, int, int]]:
    """The open suggestions on objectives of these teams in these cycles, each with its team and its cycle."""
    sql = (
        "SELECT suggestion.id, objective.id, 'O' || objective.id, field, proposed, person.handle, NULL, team_id, cycle_id "
        "FROM objective CROSS JOIN suggestion "
        "ON suggestion.objective_id = objective.id AND suggestion.state = 'open' "
        "JOIN person ON person.id = suggestion.author_id "
        f"WHERE cycle_id IN ({rows.marks(len(cycle_ids))}) AND team_id IN ({rows.marks(len(leading))}) "
        "AND objective.state <> 'withdrawn' ORDER BY suggestion.id"
    )
    return [(Suggested(*found), team, cycle) for *found, team, cycle in connection.execute(sql, (*cycle_ids, *leading))]


def pushback_reasons(connection: Connection, invitation_ids: Collection[int]) -> dict[int, str]:
    """Why each of these invitations was pushed back on, of those that wait for the answer."""
    sql = (
        "SELECT invitation_id, reason FROM pushback "
        f"WHERE invitation_id IN ({rows.marks(len(invitation_ids))}) AND state = 'open' ORDER BY round"
    )
    return dict(connection.execute(sql, tuple(invitation_ids)))


class Mentioned(NamedTuple):
    """Words that mention somebody who has not seen them: under which ref, by whom, and whose screens show it."""

    subject: str
    body: str
    author: str
    team: str
    cycle: str
    is_own: int
    """Whether it is on an initiative or a promise of the person's own."""
    is_private: int
    """Whether it is on a development goal, which the person may read, and few others."""


def mentions_of(connection: Connection, person_id: int) -> list[Mentioned]:
    """What mentions a person and they have not seen yet, the first first."""
    sql = (
        "SELECT subject, body, person.handle, coalesce(team.slug, ''), cycle.name, "
        "coalesce(initiative.owner_id, commitment.person_id) IS :reader, commitment.kind IS 'development' FROM mention "
        "CROSS JOIN comment ON comment.id = mention.comment_id AND comment.struck_at IS NULL "
        f"JOIN person ON person.id = comment.author_id {OF_SUBJECT} "
        "WHERE mention.person_id = :reader AND mention.seen_at IS NULL "
        f"AND (commitment.id IS NULL OR {READABLE}) ORDER BY comment.id"
    )
    return [Mentioned(*found) for found in connection.execute(sql, {"reader": person_id})]


def workshops_on_offer(
    connection: Connection, cycle_ids: Collection[int], team_ids: Collection[int], person_id: int
) -> list[tuple[str, int, int]]:
    """Ref, team and cycle of the open workshops a person is in whose keeper has gone."""
    sql = (
        "SELECT 'WS' || id, team_id, cycle_id FROM workshop CROSS JOIN workshop_attendance "
        "ON workshop_id = workshop.id AND workshop_attendance.person_id = ? "
        f"WHERE team_id IN ({rows.marks(len(team_ids))}) AND cycle_id IN ({rows.marks(len(cycle_ids))}) "
        "AND state = 'open' AND keeper_id IS NULL ORDER BY id"
    )
    return connection.execute(sql, (person_id, *team_ids, *cycle_ids)).fetchall()


def askable(connection: Connection, chain: Chain, today: str) -> list[int]:
    """Ids of the people of whom something of a team may be asked.

    Those in it and in the teams above it, those who stand in for their leads, the owners of what stands under its
    invitations, who may have left it, and everybody whom a mention waits for.
    """
    above = rows.marks(len(chain))
    team = chain[-1]
    sql = (
        f"SELECT person_id FROM membership WHERE team_id IN ({above}) "
        f"UNION SELECT person_id FROM deputy WHERE team_id IN ({above}) AND until >= ? "
        "UNION SELECT owner_id FROM invitation CROSS JOIN key_result ON invitation_id = invitation.id "
        "WHERE team_id = ? AND owner_id IS NOT NULL "
        "UNION SELECT person_id FROM mention WHERE seen_at IS NULL "
        "UNION SELECT person_id FROM invitation WHERE person_id IS NOT NULL"
    )
    return [number for (number,) in connection.execute(sql, (*chain, *chain, today, team))]


def chains_without_lead(connection: Connection, chains: Iterable[Chain]) -> list[Chain]:
    """The chains of the teams, among those that these end with and all below them, that nobody active leads."""
    sql = (
        "SELECT DISTINCT team.path FROM json_each(?) AS led "
        "CROSS JOIN team ON team.path >= json_extract(led.value, '$[0]') "
        "AND team.path < json_extract(led.value, '$[1]') WHERE NOT EXISTS (SELECT 1 FROM membership "
        "JOIN person ON person.id = person_id WHERE team_id = team.id AND role = 'lead' AND person.active)"
    )
    paths = json.dumps([below(f"/{'/'.join(map(str, chain))}/") for chain in chains])
    return [chain_of(found) for (found,) in connection.execute(sql, (paths,))]
