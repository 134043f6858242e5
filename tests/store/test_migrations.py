from __future__ import annotations

import stat
import threading
from importlib import resources
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Migrations

from okrtui.core.errors import StoreError
from okrtui.store import migrations, sqlite
from okrtui.store.file import Store
from okrtui.store.migrations import steps

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def next_step(monkeypatch):
    """A program with one more step than the file has been through."""
    more = Migrations("okrtui")
    more(name="first_schema")(steps.first_schema)
    taken = []

    @more()
    def another(db) -> None:
        taken.append(1)
        db.conn.execute("CREATE TABLE another (a TEXT) STRICT")

    monkeypatch.setattr(steps, "migrations", more)
    for module in ("okrtui.store.migrations", "okrtui.store.file"):
        monkeypatch.setattr(f"{module}.VERSION", migrations.VERSION + 1)
    return more, taken


def tables(path: Path) -> set[str]:
    connection = sqlite.connect(str(path))
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    connection.close()
    return found


def test_the_version_is_the_number_of_steps():
    assert len(steps.migrations._migrations) == migrations.VERSION


def test_every_table_is_strict(store):
    assert migrations.loose_tables(store.connection) == []


def test_every_reference_names_a_table_and_key_that_are_there(store):
    assert store.connection.execute("SELECT * FROM pragma_foreign_key_check").fetchall() == []
    for table in tables(store.path):
        for row in store.connection.execute('SELECT "table", "to" FROM pragma_foreign_key_list(?)', (table,)):
            assert row[0] in tables(store.path)


def test_an_older_file_is_upgraded_after_a_copy(path, next_step):
    with Store.open(path) as store:
        assert migrations.version_of(store.connection) == 2
    assert "another" in tables(path)
    copy = path.with_name("okr.db.v1")
    assert "another" not in tables(copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_copy_that_is_there_is_kept(path, next_step):
    path.with_name("okr.db.v1").write_text("mine")
    Store.open(path).close()
    assert path.with_name("okr.db.v1").read_text() == "mine"
    assert "event" in tables(path.with_name("okr.db.v1-2"))


def test_a_step_is_taken_once_by_many(path, next_step):
    _, taken = next_step
    troubles = []

    def open_it() -> None:
        try:
            Store.open(path).close()
        except StoreError as error:
            troubles.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (troubles, taken) == ([], [1])


def test_a_step_that_fails_changes_nothing(path, next_step):
    more, _ = next_step

    @more()
    def fails(db) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        Store.open(path)
    assert "another" not in tables(path)


def test_a_loose_table_is_refused(path, next_step):
    more, _ = next_step

    @more()
    def loose(db) -> None:
        db.conn.execute("CREATE TABLE loose (a TEXT)")

    with pytest.raises(StoreError, match=r"not strict \(loose\)"):
        Store.open(path)
    assert "loose" not in tables(path)


def test_a_session_older_than_the_file_ends_with_a_sentence(path, store, next_step, monkeypatch):
    Store.open(path).close()
    monkeypatch.setattr("okrtui.store.file.VERSION", migrations.VERSION - 1)
    with pytest.raises(StoreError, match="newer okrtui"), store.writing():
        pass


def test_statements_keep_triggers_whole():
    script = resources.files("okrtui.store.migrations").joinpath("first_schema.sql").read_text("utf-8")
    found = list(steps.statements(script))
    assert "".join(found).strip() == script.strip()
    triggers = [statement for statement in found if "CREATE TRIGGER" in statement]
    assert len(triggers) == script.count("CREATE TRIGGER")
    assert all(statement.rstrip().endswith("END;") for statement in triggers)
