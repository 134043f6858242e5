"""Threads: comments and the rounds of a proposal, under the ref of what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.store.sqlite import Connection


class Comment(NamedTuple):
    """Words in a thread; ``quoted`` is the text they were about, as it was."""

    id: int
    subject: str
    topic: str
    body: str
    quoted: str
    author_id: int
    at: str
    struck_at: str | None

    @property
    def ref(self) -> str:
        """Its short name, C7."""
        return f"C{self.id}"


_COLUMNS = rows.columns(Comment, "comment")

OF_SUBJECT = (
    "LEFT JOIN key_result ON key_result.id = iif(subject GLOB 'KR*', CAST(substr(subject, 3) AS INTEGER), NULL) "
    "LEFT JOIN invitation ON invitation.id = key_result.invitation_id "
    "LEFT JOIN objective ON objective.id = "
    "coalesce(invitation.objective_id, iif(subject GLOB 'O*', CAST(substr(subject, 2) AS INTEGER), NULL)) "
    "LEFT JOIN initiative ON initiative.id = iif(subject GLOB 'I*', CAST(substr(subject, 2) AS INTEGER), NULL) "
    "LEFT JOIN commitment ON commitment.id = iif(subject GLOB 'P*', CAST(substr(subject, 2) AS INTEGER), NULL) "
    "JOIN cycle ON cycle.id = coalesce(objective.cycle_id, initiative.cycle_id, commitment.cycle_id) "
    "LEFT JOIN team ON team.id = coalesce(invitation.team_id, objective.team_id, initiative.team_id)"
)
"""What a comment is on: one of ``key_result``, ``objective``, ``initiative`` and ``commitment``, its ``cycle``, and its ``team``
where it has one. Who reads comments by it asks `commitments.READABLE`, too."""


def by_id(connection: Connection, number: int) -> Comment | None:
    """The comment of this id."""
    return rows.one(connection, Comment, f"SELECT {_COLUMNS} FROM comment WHERE id = ?", (number,))


def thread(connection: Connection, subject: str) -> list[Comment]:
    """Everything under a ref, the first first."""
    return rows.many(connection, Comment, f"SELECT {_COLUMNS} FROM comment WHERE subject = ? ORDER BY id", (subject,))


def add(connection: Connection, *, subject: str, topic: str, body: str, quoted: str, author_id: int, at: str) -> int:
    """Add to a thread."""
    values: dict[str, rows.Value] = {
        "subject": subject,
        "topic": topic,
        "body": body,
        "quoted": quoted,
        "author_id": author_id,
        "at": at,
    }
    return rows.insert(connection, "comment", values)


def strike(connection: Connection, number: int, at: str) -> None:
    """Strike a comment through; its words stay."""
    connection.execute("UPDATE comment SET struck_at = ? WHERE id = ?", (at, number))


def mention(connection: Connection, comment_id: int, handles: Iterable[str]) -> list[str]:
    """Note who a comment mentions; the handles of those who are people here."""
    wanted = sorted(set(handles))
    sql = f"SELECT id, handle FROM person WHERE active AND handle IN ({rows.marks(len(wanted))}) ORDER BY handle"
    found = connection.execute(sql, wanted).fetchall()
    connection.executemany(
        "INSERT INTO mention (person_id, comment_id) VALUES (?, ?)", [(person, comment_id) for person, _ in found]
    )
    return [handle for _, handle in found]


def open_questions(connection: Connection, subjects: Iterable[str]) -> dict[str, Comment]:
    """By ref, the last question that nothing was proposed, answered or agreed after: whatever was only said since leaves it open."""
    wanted = list(subjects)
    sql = (
        f"SELECT {_COLUMNS} FROM comment WHERE subject IN ({rows.marks(len(wanted))}) AND topic = 'question' "
        "AND struck_at IS NULL AND NOT EXISTS (SELECT 1 FROM comment AS later WHERE later.subject = comment.subject "
        "AND later.id > comment.id AND later.topic IN ('proposal', 'answer', 'agreement')) ORDER BY comment.id"
    )
    return {found.subject: found for found in rows.many(connection, Comment, sql, wanted)}


def counts(connection: Connection, subjects: Iterable[str]) -> dict[str, int]:
    """How many comments stand under each of these refs that has any."""
    wanted = list(subjects)
    sql = f"SELECT subject, count(*) FROM comment WHERE subject IN ({rows.marks(len(wanted))}) GROUP BY subject"
    return dict(connection.execute(sql, wanted))


def unseen_mentions(connection: Connection, person_id: int) -> list[Comment]:
    """Comments that mention a person and that they have not seen yet."""
    sql = (
        f"SELECT {_COLUMNS} FROM mention JOIN comment ON comment.id = mention.comment_id "
        "WHERE mention.person_id = ? AND mention.seen_at IS NULL AND comment.struck_at IS NULL ORDER BY comment.id"
    )
    return rows.many(connection, Comment, sql, (person_id,))


def see_mentions(connection: Connection, person_id: int, subject: str, at: str) -> int:
    """Note that a person has seen what mentions them under a ref; how many were new."""
    sql = (
        "UPDATE mention SET seen_at = ? WHERE person_id = ? AND seen_at IS NULL "
        "AND comment_id IN (SELECT id FROM comment WHERE subject = ?)"
    )
    return connection.execute(sql, (at, person_id, subject)).rowcount
