"""What signals and scores across cycles are counted from: each a query over a cycle, grouped by team in SQLite.

Only what was put to teams is counted, never what was put to a person; sealed scores are not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.store import rows, teams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.store.sqlite import Connection


@dataclass(frozen=True, slots=True)
class Scope:
    """A cycle, and the path of a team, with which those below it are meant; without a path all teams."""

    cycle_id: int
    path: str | None = None

    @property
    def asked(self) -> str:
        """A WITH clause of what was put to these teams."""
        if self.path is None:
            chosen = (
                "objective CROSS JOIN invitation ON invitation.objective_id = objective.id "
                "WHERE objective.cycle_id = ? AND invitation.team_id IS NOT NULL"
            )
        else:
            chosen = (
                "team CROSS JOIN invitation ON invitation.team_id = team.id "
                "CROSS JOIN objective ON objective.id = invitation.objective_id AND objective.cycle_id = ? "
                "WHERE team.path >= ? AND team.path < ?"
            )
        return (
            "WITH asked AS MATERIALIZED (SELECT invitation.id, invitation.team_id, invitation.objective_id "
            f"FROM {chosen} AND objective.state <> 'draft') "
        )

    @property
    def workshops(self) -> str:
        """A FROM clause of the workshops of these teams."""
        return self._held("workshop")

    @property
    def rounds(self) -> str:
        """A FROM clause of the confidence rounds of these teams."""
        return self._held("confidence_round")

    def _held(self, table: str) -> str:
        return f"team CROSS JOIN {table} ON {table}.team_id = team.id AND {table}.cycle_id = ?{self.below}"

    @property
    def below(self) -> str:
        """What a WHERE clause on a cycle adds for these teams."""
        return "" if self.path is None else " AND team.path >= ? AND team.path < ?"

    @property
    def values(self) -> tuple[rows.Value, ...]:
        """What the marks of either clause stand for."""
        return (self.cycle_id, *(teams.below(self.path) if self.path is not None else ()))


SAT_DAYS = "total(max(0.0, julianday(coalesce(ends_at, ?)) - julianday(starts_at)))"
"""How long sittings took, in days; one that goes on is counted up to the time that is given."""

_KEY_RESULTS = "asked CROSS JOIN key_result ON key_result.invitation_id = asked.id AND key_result.state "
_AGREED = f"{_KEY_RESULTS}= 'agreed' "


@dataclass(frozen=True, slots=True)
class Asked:
    """How many objectives were put to a team."""

    team_id: int
    asked: int


def asked(connection: Connection, scope: Scope) -> list[Asked]:
    """How many objectives were put to each team."""
    return rows.many(
        connection, Asked, f"{scope.asked}SELECT team_id, count(*) FROM asked GROUP BY team_id", scope.values
    )


@dataclass(frozen=True, slots=True)
class Statements:
    """A team's agreed key results, and those statements of theirs that nobody but the team ever typed, a line each."""

    team_id: int
    agreed: int
    own: str


def statements(connection: Connection, scope: Scope) -> list[Statements]:
    """The agreed key results of each team, and the statements that are the team's alone."""
    sql = (
        f"{scope.asked}SELECT team_id, count(*), coalesce(group_concat(CASE WHEN NOT {_BY_ANOTHER} THEN statement END, "
        f"char(10)), '') FROM {_AGREED}GROUP BY team_id"
    )
    return rows.many(connection, Statements, sql, scope.values)


_BY_ANOTHER = (
    "EXISTS (SELECT 1 FROM key_result_text AS other WHERE other.key_result_id = key_result.id AND other.side <> 'team')"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of an agreed key result that not the team alone typed."""

    team_id: int
    key_result_id: int
    statement: str
    side: str


def mixed_texts(connection: Connection, scope: Scope) -> list[Text]:
    """Every text of the agreed key results that not the team alone typed, each one's first first."""
    sql = (
        f"{scope.asked}SELECT team_id, text.key_result_id, text.statement, text.side FROM {_AGREED}"
        f"CROSS JOIN key_result_text AS text ON text.key_result_id = key_result.id WHERE {_BY_ANOTHER} "
        "ORDER BY text.key_result_id, text.number"
    )
    return rows.many(connection, Text, sql, scope.values)


@dataclass(frozen=True, slots=True)
class Pushbacks:
    """A team's rounds of pushing back; days are whole and parts, up to now for what waits."""

    team_id: int
    raised: int
    answered: int
    taken_back: int
    unanswered: int
    waiting: int
    answer_days: float
    oldest_days: float


def pushbacks(connection: Connection, scope: Scope, now: str) -> list[Pushbacks]:
    """The rounds of each team that has any."""
    sql = (
        f"{scope.asked}SELECT team_id, count(*), sum(state = 'answered'), sum(state = 'taken_back'), "
        "sum(state = 'unanswered'), sum(state = 'open'), "
        "total(CASE state WHEN 'answered' THEN julianday(answered_at) - julianday(at) END), "
        "coalesce(max(CASE state WHEN 'open' THEN julianday(?) - julianday(at) END), 0.0) "
        "FROM asked CROSS JOIN pushback ON pushback.invitation_id = asked.id GROUP BY team_id"
    )
    return rows.many(connection, Pushbacks, sql, (*scope.values, now))


@dataclass(frozen=True, slots=True)
class Workshops:
    """A team's workshop in a cycle; minutes are those of its sittings."""

    team_id: int
    workshops: int
    sittings: int
    minutes: float


def workshops(connection: Connection, scope: Scope, now: str) -> list[Workshops]:
    """The workshop of each team that has sat; a sitting that goes on is counted up to now."""
    sql = (
        f"SELECT team_id, count(DISTINCT workshop.id), count(*), {SAT_DAYS} * 1440.0 "
        f"FROM {scope.workshops} CROSS JOIN workshop_sitting ON workshop_id = workshop.id GROUP BY team_id"
    )
    return rows.many(connection, Workshops, sql, (now, *scope.values))


Due = tuple[int, int, str]
"""A weekday that teams may have chosen, the number of a week, and the UTC time at which its due day on that weekday ends."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Weeks in which a team's agreed key results owed a check-in, and those in which they got one."""

    team_id: int
    due: int
    on_time: int
    late: int


def rhythm(connection: Connection, scope: Scope, due: Sequence[Due]) -> list[Rhythm]:
    """What each team owed and gave in the weeks that are due."""
    if not due:
        return []
    sql = (
        f"{scope.asked}, due (weekday, week, ends) AS (VALUES {', '.join(['(?, ?, ?)'] * len(due))}) "
        f"SELECT asked.team_id, count(*), total(late = 0), total(late = 1) FROM {_AGREED}"
        "CROSS JOIN team ON team.id = asked.team_id "
        "CROSS JOIN due ON due.weekday = team.due_weekday AND key_result.agreed_at < due.ends "
        "LEFT JOIN checkin ON checkin.key_result_id = key_result.id AND checkin.week = due.week GROUP BY asked.team_id"
    )
    found = connection.execute(sql, (*scope.values, *(value for one in due for value in one)))
    return [Rhythm(team, count, int(on_time), int(late)) for team, count, on_time, late in found]


@dataclass(frozen=True, slots=True)
class Said:
    """A team's check-ins: those without a word, and those at which confidence fell."""

    team_id: int
    checkins: int
    wordless: int
    falls: int


def said(connection: Connection, scope: Scope) -> list[Said]:
    """What each team's check-ins said, of key results that stand agreed or were dropped.

    A fall is one of `okrtui.core.confidence.fell`: by 2 or more in a step, or two steps running.
    """
    sql = (
        f"{scope.asked}, step AS (SELECT team_id, context = '' AND blocker = '' AND next = '' AS wordless, "
        "checkin.confidence - lag(checkin.confidence) OVER each AS last, "
        "lag(checkin.confidence) OVER each - lag(checkin.confidence, 2) OVER each AS before "
        f"FROM {_KEY_RESULTS}IN ('agreed', 'dropped') "
        "CROSS JOIN checkin ON checkin.key_result_id = key_result.id "
        "WINDOW each AS (PARTITION BY checkin.key_result_id ORDER BY checkin.week)) "
        "SELECT team_id, count(*), sum(wordless), coalesce(sum(last <= -2 OR (last < 0 AND before < 0)), 0) "
        "FROM step GROUP BY team_id"
    )
    return rows.many(connection, Said, sql, scope.values)


@dataclass(frozen=True, slots=True)
class Rounds:
    """A team's opened rounds of confidence: key results in them, how far lowest and highest lie apart, and where it moved.

    ``followed`` are those in several rounds, ``moved`` adds up how the mean of their last differs from that of their first.
    """

    team_id: int
    rounds: int
    laid: int
    apart: int
    followed: int
    moved: float


def rounds(connection: Connection, scope: Scope) -> list[Rounds]:
    """The opened rounds of each team that has any; numbers under a seal are not looked at."""
    sql = (
        "WITH lay AS MATERIALIZED (SELECT team_id, round_id, key_result_id, max(confidence) - min(confidence) AS apart, "
        f"avg(confidence) AS mean FROM {scope.rounds} CROSS JOIN confidence_vote ON round_id = confidence_round.id "
        "WHERE confidence_round.state = 'opened' GROUP BY round_id, key_result_id), "
        "step AS (SELECT team_id, round_id, key_result_id, apart, "
        "CASE WHEN round_id = max(round_id) OVER each AND round_id > min(round_id) OVER each "
        "THEN mean - first_value(mean) OVER (each ORDER BY round_id) END AS moved "
        "FROM lay WINDOW each AS (PARTITION BY team_id, key_result_id)) "
        "SELECT team_id, count(DISTINCT round_id), count(*), sum(apart), count(moved), total(moved) "
        "FROM step GROUP BY team_id"
    )
    return rows.many(connection, Rounds, sql, scope.values)


@dataclass(frozen=True, slots=True)
class Amended:
    """A text of an amended key result: the agreed one, or one that came after it; the numbers are JSON of what counts."""

    team_id: int
    key_result_id: int
    at: str
    numbers: str


def amended(connection: Connection, scope: Scope) -> list[Amended]:
    """The texts, from the agreed one on, of the key results that were amended, each one's in order."""
    sql = (
        f"{scope.asked}SELECT team_id, text.key_result_id, text.at, text.numbers "
        f"FROM {_KEY_RESULTS}IN ('agreed', 'dropped') AND key_result.text_number > key_result.agreed_text "
        "CROSS JOIN key_result_text AS text ON text.key_result_id = key_result.id "
        "AND text.number >= key_result.agreed_text ORDER BY text.key_result_id, text.number"
    )
    return rows.many(connection, Amended, sql, scope.values)


@dataclass(frozen=True, slots=True)
class Gaps:
    """A team's pairs of opened scores as they were first opened; tenths between them, whoever and the team wrote more."""

    team_id: int
    pairs: int
    equal: int
    gap: int
    higher: int


def gaps(connection: Connection, scope: Scope) -> list[Gaps]:
    """The opened pairs of each team that has any."""
    sql = (
        f"{scope.asked}SELECT team_id, count(*), sum(own.first_value = lead.first_value), "
        "sum(abs(own.first_value - lead.first_value)), sum(own.first_value - lead.first_value) "
        f"FROM {_AGREED}CROSS JOIN score AS own ON own.key_result_id = key_result.id AND own.side = 'self' "
        "CROSS JOIN score AS lead ON lead.key_result_id = key_result.id AND lead.side = 'manager' GROUP BY team_id"
    )
    return rows.many(connection, Gaps, sql, scope.values)


@dataclass(frozen=True, slots=True)
class Scored:
    """The agreed scores under an objective put to a team: how many, those at 1.0, and the two sums of their mean.

    ``late_top`` are the ids of those agreed late and closed at 1.0, with spaces between. Guardrails count in nothing.
    """

    team_id: int
    objective_id: int
    title: str
    scored: int
    top: int
    weight: float
    weighted: float
    late_top: str


def scored(connection: Connection, scope: Scope, late_from: str) -> list[Scored]:
    """What was agreed on the scores of each objective and team; agreed late is from ``late_from``, a UTC time, on."""
    sql = (
        f"{scope.asked}SELECT asked.team_id, asked.objective_id, objective.title, count(*), sum(calibration.value = 10), "
        "total(weight), total(weight * calibration.value) / 10.0, coalesce(group_concat(CASE WHEN calibration.value = 10 "
        f"AND agreed_at >= ? THEN key_result.id END, ' '), '') FROM {_AGREED}AND key_result.weight > 0 "
        "CROSS JOIN calibration ON calibration.key_result_id = key_result.id AND calibration.state = 'confirmed' "
        "AND calibration.value IS NOT NULL CROSS JOIN objective ON objective.id = asked.objective_id "
        "GROUP BY asked.id ORDER BY asked.id"
    )
    return rows.many(connection, Scored, sql, (*scope.values, late_from))
