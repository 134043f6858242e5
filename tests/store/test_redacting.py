"""Every column in which people's words may stand is one whose words can be blanked."""

from __future__ import annotations

import re

from okrtui.store import tables
from okrtui.store.redacting import PLACES

# Long enough for a sentence, and none: what things are found by, and what is no text.
NO_WORDS = {
    ("person", "login"),
    ("ssh_key", "type"),
    ("ssh_key", "blob"),
    ("ssh_key", "fingerprint"),
    ("ssh_code", "digest"),
}
NO_LIMIT = {
    ("suggestion", "before"),
    ("comment", "quoted"),
    ("key_result_text", "statement"),
    ("checkin_text", "context"),
}


def long_columns(connection):
    """The columns that take more than forty letters, as their table's CHECK says."""
    for table in tables.TABLES:
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        for column, limit in re.findall(r"length\((\w+)\) (?:<=|BETWEEN \d+ AND|=) (\d+)", sql):
            if int(limit) > 40:
                yield table, column


def test_every_long_column_can_be_blanked(store):
    blanked = {(place.table, column) for place in PLACES for column in place.columns}
    with store.reading() as connection:
        assert set(long_columns(connection)) - blanked == NO_WORDS
        for table, column in blanked:
            assert column in tables.columns(connection, table), (table, column)
    assert blanked > NO_LIMIT
