"""Questions of the writing checks that a team answered with "We know, because ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.store.sqlite import Connection


def save(connection: Connection, key_result_id: int, rule: str, because: str, *, author_id: int, at: str) -> None:
    """Keep why a rule asks no more, in place of an earlier why."""
    connection.execute(
        "INSERT INTO key_result_quiet (key_result_id, rule, because, author_id, at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (key_result_id, rule) DO UPDATE SET because = excluded.because, author_id = excluded.author_id, "
        "at = excluded.at",
        (key_result_id, rule, because, author_id, at),
    )


def of_key_results(connection: Connection, key_result_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """By key result, the rules that ask no more and why."""
    wanted = list(key_result_ids)
    sql = (
        "SELECT key_result_id, rule, because FROM key_result_quiet "
        f"WHERE key_result_id IN ({rows.marks(len(wanted))}) ORDER BY key_result_id, rule"
    )
    found: dict[int, dict[str, str]] = {}
    for number, rule, because in connection.execute(sql, wanted):
        found.setdefault(number, {})[rule] = because
    return found
