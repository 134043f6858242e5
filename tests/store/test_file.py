from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from okrtui.core.errors import StoreError
from okrtui.store import network, sqlite
from okrtui.store.file import Store
from okrtui.store.migrations import VERSION
from okrtui.store.opening import APPLICATION_ID

NOW = "2026-10-01T09:00:00Z"

DIE_WHILE_CREATING = """
import os, signal, sys
from okrtui.store.file import Store

def die(store):
    with store.writing() as connection:
        connection.execute("INSERT INTO setting VALUES ('a', 'b')")
        os.kill(os.getpid(), signal.SIGKILL)

Store.create(sys.argv[1], rehearsal=False, now="x", fill=die)
"""
LOOK_WITH_THE_SHELL = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT * FROM setting").fetchall()
connection.close()
"""


def create(path: Path, **more) -> Store:
    return Store.create(path, rehearsal=False, now=NOW, **more)


def names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def raw(path: Path, *statements: str) -> None:
    """What somebody does with the sqlite3 shell."""
    connection = sqlite.connect(str(path), isolation_level=None)
    for statement in statements:
        connection.execute(statement).fetchall()
    connection.close()


class TestCreate:
    def test_a_new_file_is_set_up(self, path):
        with Store.open(path) as store:
            pragmas = (
                "application_id",
                "user_version",
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "trusted_schema",
            )
            found = [store.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
            settings = dict(store.connection.execute("SELECT name, value FROM setting"))
        assert found == [APPLICATION_ID, VERSION, "wal", 2, 1, 0]
        assert settings == {"created": NOW, "rehearsal": "0"}

    def test_nothing_else_lies_beside_it(self, path):
        assert names(path.parent) == ["okr.db", "okr.db.lock"]

    def test_a_rehearsal_says_so(self, tmp_path):
        with Store.create(tmp_path / "r.db", rehearsal=True, now=NOW) as store:
            assert store.rehearsal
        with Store.open(tmp_path / "r.db") as store:
            assert store.rehearsal

    @pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
    def test_only_the_owner_may_open_what_is_made(self, tmp_path, umask):
        before = os.umask(umask)
        try:
            with create(tmp_path / "okr.db") as store, store.writing() as connection:
                connection.execute("INSERT INTO setting VALUES ('a', 'b')")
                modes = {name: mode(tmp_path / name) for name in names(tmp_path)}
        finally:
            os.umask(before)
        assert modes == dict.fromkeys(["okr.db", "okr.db-shm", "okr.db-wal", "okr.db.lock"], 0o600)

    def test_an_existing_file_is_left_alone(self, tmp_path):
        path = tmp_path / "letter.txt"
        path.write_text("dear all")
        with pytest.raises(StoreError, match="already a file"):
            create(path)
        assert path.read_text() == "dear all"

    def test_an_empty_file_gives_way(self, tmp_path):
        (tmp_path / "okr.db").touch()
        create(tmp_path / "okr.db").close()
        assert mode(tmp_path / "okr.db") == 0o600

    def test_a_file_that_appears_meanwhile_is_left_alone(self, tmp_path):
        path = tmp_path / "okr.db"
        with pytest.raises(StoreError, match="already a file"):
            create(path, fill=lambda _: path.write_text("mine"))
        assert path.read_text() == "mine"

    @pytest.mark.parametrize(("name", "sentence"), [(".", "is a folder"), ("no/okr.db", "no folder")])
    def test_a_place_that_cannot_be(self, tmp_path, name, sentence):
        with pytest.raises(StoreError, match=sentence):
            create(tmp_path / name)

    def test_a_failed_filling_leaves_nothing_in_the_way(self, tmp_path):
        def fail(store: Store) -> None:
            with store.writing() as connection:
                connection.execute("INSERT INTO setting VALUES ('a', 'b')")
            raise LookupError

        with pytest.raises(LookupError):
            create(tmp_path / "okr.db", fill=fail)
        assert names(tmp_path) == ["okr.db.lock"]
        create(tmp_path / "okr.db").close()

    def test_no_room_while_it_is_settled_leaves_nothing(self, tmp_path, monkeypatch):
        """SQLite closes without a word when what is in the log does not fit into the file."""

        def full(_: Path) -> None:
            connection = sqlite.connect(":memory:")
            try:
                connection.execute("PRAGMA max_page_count = 1").fetchone()
                connection.execute("CREATE TABLE t (a)")
            finally:
                connection.close()

        monkeypatch.setattr("okrtui.store.file.settle", full)
        with pytest.raises(StoreError, match=r"no room left on the disk of .*okr\.db:"):
            create(tmp_path / "okr.db")
        assert names(tmp_path) == ["okr.db.lock"]

    def test_a_filling_is_there_from_the_start(self, tmp_path):
        def fill(store: Store) -> None:
            with store.writing() as connection:
                connection.execute("INSERT INTO setting VALUES ('a', 'b')")

        with create(tmp_path / "okr.db", fill=fill) as store:
            assert store.connection.execute("SELECT value FROM setting WHERE name = 'a'").fetchone() == ("b",)
        assert names(tmp_path) == ["okr.db", "okr.db.lock"]

    def test_a_creation_killed_midway_leaves_nothing_in_the_way(self, tmp_path):
        run = [sys.executable, "-c", DIE_WHILE_CREATING, str(tmp_path / "okr.db")]
        assert subprocess.run(run, check=False).returncode == -9
        assert not (tmp_path / "okr.db").exists()
        assert (tmp_path / "okr.db.new").exists()
        with create(tmp_path / "okr.db") as store:
            assert store.connection.execute("SELECT 1 FROM setting WHERE name = 'a'").fetchone() is None
        assert names(tmp_path) == ["okr.db", "okr.db.lock"]

    def test_the_log_of_a_deleted_file_is_not_played_into_the_new_one(self, tmp_path):
        path = tmp_path / "okr.db"
        with create(path) as store:
            with store.writing() as connection:
                connection.execute("INSERT INTO setting VALUES ('old', 'yes')")
            shutil.copy(tmp_path / "okr.db-wal", tmp_path / "kept")
        path.unlink()
        (tmp_path / "kept").rename(tmp_path / "okr.db-wal")
        with create(path) as store:
            assert store.connection.execute("SELECT 1 FROM setting WHERE name = 'old'").fetchone() is None


class TestRefusals:
    def refused(self, path: Path) -> str:
        with pytest.raises(StoreError) as refusal:
            Store.open(path)
        sentence = str(refusal.value)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return sentence

    def test_missing(self, tmp_path):
        assert "okrtui init" in self.refused(tmp_path / "okr.db")
        assert names(tmp_path) == []

    def test_a_folder(self, tmp_path):
        assert "is a folder" in self.refused(tmp_path)

    def test_below_a_file(self, path):
        assert "no file" in self.refused(path / "okr.db")

    def test_not_a_plain_file(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        assert "plain file" in self.refused(tmp_path / "pipe")

    def test_empty(self, tmp_path):
        (tmp_path / "okr.db").touch()
        assert "is empty" in self.refused(tmp_path / "okr.db")

    @pytest.mark.parametrize("content", [b"x", b"dear all\n" * 1000])
    def test_not_sqlite(self, tmp_path, content):
        (tmp_path / "okr.db").write_bytes(content)
        assert "not an okrtui file" in self.refused(tmp_path / "okr.db")
        assert names(tmp_path) == ["okr.db"]

    def test_of_another_program(self, tmp_path):
        raw(tmp_path / "okr.db", "PRAGMA journal_mode = WAL", "CREATE TABLE t (a)")
        assert "another program" in self.refused(tmp_path / "okr.db")
        assert names(tmp_path) == ["okr.db"]

    def test_newer(self, path):
        raw(path, f"PRAGMA user_version = {VERSION + 1}")
        assert "newer okrtui" in self.refused(path)

    def test_damaged(self, path):
        content = bytearray(path.read_bytes())
        content[100:4096] = os.urandom(3996)
        path.write_bytes(content)
        assert "is damaged" in self.refused(path)

    def test_cut_short(self, path):
        path.write_bytes(path.read_bytes()[:8192])
        assert "is damaged" in self.refused(path)

    def test_of_ours_without_its_tables(self, path):
        raw(path, "DROP TABLE setting")
        assert "is damaged" in self.refused(path)

    def test_held_by_another_program(self, path, monkeypatch):
        monkeypatch.setattr("okrtui.store.opening.BUSY_SECONDS", 0.01)
        other = sqlite.connect(str(path), isolation_level=None)
        other.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        other.execute("BEGIN EXCLUSIVE")
        assert "Another program holds" in self.refused(path)
        other.close()

    @pytest.mark.parametrize("what", ["file", "folder"])
    def test_read_only(self, ordinary, what):
        folder, path = ordinary
        target = path if what == "file" else folder
        target.chmod(0o400 if what == "file" else 0o500)
        assert "may not be written to" in self.refused(path)

    @pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p", "fuse"])
    def test_on_a_network_file_system(self, path, tmp_path, monkeypatch, kind):
        device = path.stat().st_dev
        (tmp_path / "mounts").write_text(
            "1 0 0:1 / / rw - ext4 /dev/a rw\n"
            f"2 1 {os.major(device)}:{os.minor(device)} / /mnt rw shared:1 - {kind} host:/x rw\n"
        )
        monkeypatch.setattr(network, "MOUNTS", tmp_path / "mounts")
        assert f"network file system ({kind})" in self.refused(path)
        with pytest.raises(StoreError, match="network file system"):
            create(tmp_path / "new.db")

    def test_not_one_that_a_checkpoint_is_being_written_to(self, path, tmp_path):
        """Its first page may already speak of pages that are still in the log alone."""
        copy = tmp_path / "copy.db"
        with Store.open(path) as store:
            store.connection.execute("PRAGMA wal_autocheckpoint = 0").fetchone()
            with store.writing() as connection:
                rows = [(f"n{number}", "x" * 1000) for number in range(1000)]
                connection.executemany("INSERT INTO setting VALUES (?, ?)", rows)
            whole = path.read_bytes()
            log = path.with_name("okr.db-wal").read_bytes()
        copy.write_bytes(path.read_bytes()[:4096] + whole[4096:])
        copy.with_name("copy.db-wal").write_bytes(log)
        with Store.open(copy) as store:
            assert store.connection.execute("SELECT count(*) FROM setting").fetchone() == (1002,)

    def test_text_that_is_none(self, path):
        with Store.open(path) as store:
            with store.writing() as connection:
                connection.execute("INSERT INTO setting VALUES ('bad', CAST(x'ff41' AS TEXT))")
            with pytest.raises(StoreError, match="is damaged"), store.reading() as connection:
                connection.execute("SELECT value FROM setting").fetchall()


@pytest.fixture
def ordinary():
    """A file of somebody who is not root, and that person's rights for the length of the test."""
    folder = Path(tempfile.mkdtemp())
    path = folder / "okr.db"
    create(path).close()
    me = os.geteuid()
    if me == 0:
        for found in (folder, path):
            os.chown(found, 65534, -1)
        os.seteuid(65534)
    try:
        yield folder, path
    finally:
        os.seteuid(me)
        shutil.rmtree(folder)


class TestReadingAndWriting:
    def put(self, connection, *names):
        connection.executemany("INSERT INTO setting VALUES (?, 'x')", [(name,) for name in names or ("a",)])

    def fail_after(self, store, name="a", error=LookupError):
        with store.writing() as connection:
            self.put(connection, name)
            raise error

    def has(self, store, name="a"):
        with store.reading() as connection:
            return connection.execute("SELECT 1 FROM setting WHERE name = ?", (name,)).fetchone() is not None

    def test_a_write_is_there_for_others(self, store, path):
        with store.writing() as connection:
            self.put(connection)
        with Store.open(path) as other:
            assert self.has(other)

    @pytest.mark.parametrize("error", [LookupError, KeyboardInterrupt, GeneratorExit])
    def test_an_exception_undoes_it_and_frees_the_queue(self, store, path, error):
        with pytest.raises(error):
            self.fail_after(store, error=error)
        assert not self.has(store)
        with Store.open(path, wait=0.01) as other, other.writing() as connection:
            self.put(connection)

    def test_a_write_inside_a_write_is_part_of_it(self, store):
        def write_and_fail():
            with store.writing():
                with store.writing() as inner:
                    self.put(inner)
                assert inner.in_transaction
                raise LookupError

        with pytest.raises(LookupError):
            write_and_fail()
        assert not self.has(store)

    def test_a_part_that_fails_is_undone_alone(self, store):
        with store.writing() as connection:
            self.put(connection, "kept")
            with pytest.raises(LookupError):
                self.fail_after(store, "undone")
        assert self.has(store, "kept")
        assert not self.has(store, "undone")

    def test_a_read_is_one_moment(self, store, path):
        with Store.open(path) as other, store.reading() as connection:
            assert not self.has(store)
            with other.writing() as writer:
                self.put(writer)
            with store.reading() as inner:
                assert inner is connection
            assert not self.has(store)
        assert self.has(store)

    def test_a_read_inside_a_write_sees_it(self, store):
        with store.writing() as connection:
            self.put(connection)
            assert self.has(store)

    def test_a_write_inside_a_read_is_a_mistake(self, store):
        with store.reading(), pytest.raises(RuntimeError), store.writing():
            pass

    def test_what_is_written_in_a_read_is_undone(self, store):
        with store.reading() as connection:
            self.put(connection)
        assert not self.has(store)

    def test_our_own_mistakes_pass_through(self, store):
        with pytest.raises(sqlite.OperationalError), store.reading() as connection:
            connection.execute("SELECT nothing")
        with pytest.raises(sqlite.IntegrityError), store.writing() as connection:
            self.put(connection, "a", "a")

    def test_other_people_s_errors_pass_through(self, store):
        with pytest.raises(FileNotFoundError), store.reading():
            raise FileNotFoundError

    def test_a_deleted_file_is_not_written_to(self, store, path):
        path.unlink()
        with pytest.raises(StoreError, match="deleted or moved"), store.writing():
            pass

    def test_a_replaced_file_is_not_written_to(self, store, path, tmp_path):
        create(tmp_path / "other.db").close()
        (tmp_path / "other.db").rename(path)
        with pytest.raises(StoreError, match="was replaced"), store.writing():
            pass

    def test_a_file_that_has_become_newer_is_not_written_to(self, store, path):
        raw(path, f"PRAGMA user_version = {VERSION + 1}")
        with pytest.raises(StoreError, match="newer okrtui"), store.writing():
            pass
        assert not store.connection.in_transaction

    def test_no_room(self, store):
        (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
        store.connection.execute(f"PRAGMA max_page_count = {pages}").fetchone()
        with pytest.raises(StoreError, match="no room"), store.writing() as connection:
            self.put(connection, *(f"n{number}{'x' * 1000}" for number in range(1000)))
        assert not store.connection.in_transaction
        assert store.connection.execute("SELECT count(*) FROM setting").fetchone() == (2,)

    def test_no_room_for_the_queue_s_file(self, store, monkeypatch):
        def full(*_args, **_kwargs):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("okrtui.store.queue.open_private", full)
        with pytest.raises(StoreError, match="no room"), store.writing():
            pass

    def test_a_file_that_may_only_be_read(self, store):
        store.connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError, match="may not be written to"), store.writing() as connection:
            self.put(connection)

    def test_the_data_version_moves_with_others(self, store, path):
        before = store.data_version()
        with store.writing() as connection:
            self.put(connection, "mine")
        assert store.data_version() == before
        with Store.open(path) as other, other.writing() as connection:
            self.put(connection, "theirs")
        assert store.data_version() != before

    def test_a_link_leads_to_the_same_queue(self, path, tmp_path):
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "link.db").symlink_to(path)
        with Store.open(tmp_path / "other" / "link.db") as store:
            assert store.path == path.resolve()

    def test_closing_twice(self, store):
        store.close()
        store.close()


def test_a_file_in_a_folder_with_a_strange_name(tmp_path):
    folder = tmp_path / "50% of #1? é"
    folder.mkdir()
    create(folder / "a b.db").close()
    Store.open(folder / "a b.db").close()


def test_opening_leaves_other_connections_their_locks(path):
    """Had the second opening dropped the first's lock, the shell's close would take the log away from it."""
    with Store.open(path) as store:
        Store.open(path).close()
        with store.writing() as connection:
            connection.execute("INSERT INTO setting VALUES ('a', 'b')")
        subprocess.run([sys.executable, "-c", LOOK_WITH_THE_SHELL, str(path)], check=True)
        assert path.with_name("okr.db-wal").exists()


def test_importing_the_store_is_cheap(path):
    script = (
        f"import sys; from okrtui.store.file import Store; Store.open({str(path)!r}).close();"
        "print({'sqlite_utils', 'pydantic', 'asyncio', 'textual', 'hashlib'} & set(sys.modules))"
    )
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "set()"
