"""What is searched: a full-text index for each kind of words, what a row of it says, and by what it is narrowed."""

from __future__ import annotations

from dataclasses import dataclass

from okrtui.store.comments import OF_SUBJECT
from okrtui.store.commitments import READABLE


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One index; everything but ``kind`` is SQL.

    ``found`` is the ref of what is found, ``goes_to`` of what is shown for it. ``joins`` begin with the table of the words,
    and make a row of ``objective`` where there is one, of ``team`` and of ``cycle``. ``weights`` say what a match in each
    column counts where it is ranked. ``words`` is put before what is asked, where not every column holds words. Where there
    may be a million rows, ``knows_team`` says that the index has a column of that name with the team ("t12"), and
    ``of_cycles`` is a range of the index's numbers.
    """

    kind: str
    index: str
    found: str
    goes_to: str
    title: str
    text: str
    author: str
    owner_id: str
    state: str
    at: str
    joins: str
    weights: str
    visible: str = "TRUE"
    words: str = ""
    knows_team: bool = False
    of_cycles: str = "TRUE"


_PLACE = "JOIN team ON team.id = coalesce(invitation.team_id, objective.team_id) JOIN cycle ON cycle.id = objective.cycle_id "
_EXCHANGE = (
    "JOIN invitation ON invitation.id = key_result.invitation_id "
    f"JOIN objective ON objective.id = invitation.objective_id {_PLACE}"
)

SOURCES = (
    Source(
        kind="objective",
        index="objective_search",
        found="'O' || objective.id",
        goes_to="'O' || objective.id",
        title="objective.title",
        text="objective.why",
        author="person.handle",
        owner_id="objective.author_id",
        state="objective.state",
        at="objective.at",
        joins="CROSS JOIN objective ON objective.id = objective_search.rowid "
        "JOIN team ON team.id = objective.team_id JOIN cycle ON cycle.id = objective.cycle_id "
        "JOIN person ON person.id = objective.author_id",
        weights="10, 4",
    ),
    Source(
        kind="key_result",
        index="key_result_search",
        found="'KR' || key_result.id",
        goes_to="'KR' || key_result.id",
        title="key_result.statement",
        text="trim(key_result.done_means || char(10) || key_result.measure || char(10) || key_result.week_nine, char(10))",
        author="coalesce(person.handle, '')",
        owner_id="key_result.owner_id",
        state="key_result.state",
        at="key_result.at",
        joins=f"CROSS JOIN key_result ON key_result.id = key_result_search.rowid {_EXCHANGE}"
        "LEFT JOIN person ON person.id = key_result.owner_id",
        weights="10, 4, 4, 2",
    ),
    Source(
        kind="straight_line",
        index="straight_line_search",
        found="'O' || objective.id",
        goes_to="'O' || objective.id",
        title="objective.title",
        text="invitation.straight_line",
        author="coalesce(person.handle, '')",
        owner_id="invitation.accepted_by",
        state="invitation.state",
        at="coalesce(invitation.accepted_at, invitation.at)",
        joins="CROSS JOIN invitation ON invitation.id = straight_line_search.rowid "
        f"JOIN objective ON objective.id = invitation.objective_id {_PLACE}"
        "LEFT JOIN person ON person.id = invitation.accepted_by",
        weights="6",
    ),
    Source(
        kind="comment",
        index="comment_search",
        found="'C' || comment.id",
        goes_to="comment.subject",
        title="coalesce(key_result.statement, objective.title, initiative.title, commitment.words)",
        text="comment.body",
        author="person.handle",
        owner_id="comment.author_id",
        state="coalesce(key_result.state, objective.state, initiative.status, commitment.state)",
        at="comment.at",
        joins=f"CROSS JOIN comment ON comment.id = comment_search.rowid {OF_SUBJECT} "
        "JOIN person ON person.id = comment.author_id",
        weights="3",
        visible=f"comment.struck_at IS NULL AND (commitment.id IS NULL OR {READABLE})",
    ),
    Source(
        kind="checkin",
        index="checkin_search",
        found="'KR' || key_result.id || ' w' || checkin.week",
        goes_to="'KR' || key_result.id",
        title="key_result.statement",
        text="trim(checkin.context || char(10) || checkin.blocker || char(10) || checkin.next, char(10))",
        author="person.handle",
        owner_id="key_result.owner_id",
        state="key_result.state",
        at="checkin.at",
        joins="CROSS JOIN checkin ON checkin.key_result_id = checkin_search.rowid & 4294967295 "
        "AND checkin.week = (checkin_search.rowid >> 32) & 1023 "
        f"JOIN key_result ON key_result.id = checkin.key_result_id {_EXCHANGE}"
        "JOIN person ON person.id = checkin.author_id",
        weights="2, 2, 2, 0",
        words="{context blocker next} : ",
        knows_team=True,
        of_cycles="checkin_search.rowid BETWEEN (SELECT min(value) FROM json_each(:cycle)) * 1024 * 4294967296 "
        "AND (SELECT max(value) + 1 FROM json_each(:cycle)) * 1024 * 4294967296",
    ),
    Source(
        kind="initiative",
        index="initiative_search",
        found="'I' || initiative.id",
        goes_to="'I' || initiative.id",
        title="initiative.title",
        text="''",
        author="coalesce(person.handle, '')",
        owner_id="initiative.owner_id",
        state="initiative.status",
        at="initiative.at",
        joins="CROSS JOIN initiative ON initiative.id = initiative_search.rowid "
        "JOIN team ON team.id = initiative.team_id JOIN cycle ON cycle.id = initiative.cycle_id "
        "LEFT JOIN person ON person.id = initiative.owner_id",
        weights="6",
        visible="initiative.status <> 'dropped'",
    ),
    Source(
        kind="commitment",
        index="commitment_search",
        found="'P' || commitment.id",
        goes_to="'P' || commitment.id",
        title="commitment.words",
        text="''",
        author="person.handle",
        owner_id="commitment.person_id",
        state="commitment.state",
        at="commitment.at",
        joins="CROSS JOIN commitment ON commitment.id = commitment_search.rowid "
        "JOIN cycle ON cycle.id = commitment.cycle_id JOIN person ON person.id = commitment.person_id "
        "LEFT JOIN key_result ON key_result.id = commitment.key_result_id "
        "LEFT JOIN invitation ON invitation.id = key_result.invitation_id "
        "LEFT JOIN initiative ON initiative.id = commitment.initiative_id "
        "LEFT JOIN team ON team.id = coalesce(invitation.team_id, initiative.team_id)",
        weights="3",
        visible=READABLE,
    ),
)
"""Every index, in the order in which equals are told. One that is added here is searched, rebuilt and looked at by the doctor."""
