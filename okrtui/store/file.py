"""The one way to a file: :class:`Store`."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from okrtui.core.errors import StoreError
from okrtui.store import queue
from okrtui.store.live import Live, discard
from okrtui.store.making import building, lay_out, refuse_taken, settle
from okrtui.store.migrations import VERSION, migrate, version_of
from okrtui.store.opening import connect, refuse_foreign, refuse_network, refuse_other_id, refuse_unfit
from okrtui.store.sqlite import OperationalError
from okrtui.store.trouble import DAMAGED, file_sentences, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from okrtui.store.sqlite import Connection

QUEUE_SECONDS = 10.0


class Store:
    """An open file, used on the one thread that opened it.

    Work goes through :meth:`reading` and :meth:`writing`, which raise the driver's troubles as
    :class:`~okrtui.core.errors.StoreError`; an error in the SQL or a broken constraint passes through as it is.
    """

    def __init__(self, path: Path, connection: Connection, *, wait: float) -> None:
        """Use :meth:`open` or :meth:`create`."""
        self.path = path
        self.connection = connection
        self.live = Live(path)
        self.rehearsal = False
        self._wait = wait
        self._identity = _identity(path)
        self._within: str | None = None

    @classmethod
    def create(
        cls,
        path: Path | str,
        *,
        rehearsal: bool,
        now: str,
        fill: Callable[[Store], None] | None = None,
        wait: float = QUEUE_SECONDS,
    ) -> Self:
        """Make a new file, readable by its owner alone, and open it.

        ``now`` is a UTC time, ISO 8601 with a Z. ``fill`` writes the first content while the file is still beside its
        place: if it raises, or the process dies, nothing is left that stands in the way of another try.

        Raises:
            StoreError: there is a file already, or one cannot be made there.
        """
        path = Path(path).resolve()
        with file_sentences(path):
            refuse_taken(path)
            refuse_network(path.parent)
        with queue.held(path, wait), building(path) as beside:
            with sentences(path):
                lay_out(beside, rehearsal=rehearsal, now=now)
            if fill is not None:
                with cls.open(beside) as store:
                    fill(store)
            with sentences(path):
                settle(beside)
                discard(path)
        return cls.open(path, wait=wait)

    @classmethod
    def open(cls, path: Path | str, *, wait: float = QUEUE_SECONDS) -> Self:
        """Open a file of ours, upgraded first where it is older than this program.

        Raises:
            StoreError: the file cannot serve; the sentence says why and what to do.
        """
        path = Path(path).resolve()
        with file_sentences(path):
            refuse_unfit(path)
            refuse_foreign(path)
            connection = connect(path)
        try:
            with sentences(path):
                refuse_other_id(path, connection)
            store = cls(path, connection, wait=wait)
            store._begin()
        except BaseException:
            connection.close()
            raise
        return store

    def _begin(self) -> None:
        with sentences(self.path):
            self._refuse_newer()
            if version_of(self.connection) < VERSION:
                self._upgrade()
            self.connection.execute("PRAGMA journal_mode = WAL").fetchone()
            self.rehearsal = self._setting("rehearsal") == "1"

    def _setting(self, name: str) -> str | None:
        try:
            row = self.connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        except OperationalError as error:
            if "no such" in str(error):
                raise StoreError(DAMAGED.format(path=self.path)) from error
            raise
        return row and str(row[0])

    def close(self) -> None:
        """Close the connection, and the second file's; closing twice is fine."""
        self.live.close()
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the file for the length of the block; inside another block it joins that one.

        What is read here never waits for a writer. What is written here is undone.
        """
        if self._within is not None:
            yield self.connection
            return
        with sentences(self.path):
            self.connection.execute("BEGIN")
            with self._inside("reading"):
                yield self.connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction in which this process is the file's one writer: all of it is saved, or on an exception nothing.

        Inside another ``writing`` it joins that one, as a part that is undone alone if it raises. Inside ``reading`` it
        is a mistake: RuntimeError.

        Raises:
            StoreError: the queue was too long, the file was replaced or deleted or has become newer than this program,
                or the disk refused.
        """
        if self._within == "reading":
            raise RuntimeError("a write cannot begin inside reading()")
        if self._within == "writing":
            with self._part():
                yield self.connection
            return
        with queue.held(self.path, self._wait), sentences(self.path):
            self.look()
            self.connection.execute("BEGIN IMMEDIATE")
            with self._inside("writing"):
                self._refuse_newer()
                yield self.connection
                self.connection.execute("COMMIT")

    @contextmanager
    def _inside(self, way: str) -> Iterator[None]:
        self._within = way
        try:
            yield
        finally:
            self._within = None
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    @contextmanager
    def _part(self) -> Iterator[None]:
        self.connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            # A full disk may have ended the whole transaction, and the savepoint with it.
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO part")
                self.connection.execute("RELEASE part")
            raise
        self.connection.execute("RELEASE part")

    def look(self) -> None:
        """Raise StoreError if the file at the path is no longer the one that was opened."""
        try:
            same = _identity(self.path) == self._identity
        except FileNotFoundError as error:
            raise StoreError(f"{self.path} was deleted or moved while it was open: nothing more is saved.") from error
        if not same:
            raise StoreError(f"{self.path} was replaced while it was open: leave okrtui, and open it again.")

    def data_version(self) -> int:
        """A number that moves when another connection has committed; this one's own commits leave it."""
        with sentences(self.path):
            (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def _refuse_newer(self) -> None:
        if version_of(self.connection) > VERSION:
            raise StoreError(f"{self.path} was made or upgraded by a newer okrtui: update okrtui, then open it again.")

    def _upgrade(self) -> None:
        with queue.held(self.path, self._wait):
            before = version_of(self.connection)
            if before >= VERSION:
                return
            keep_copy(self.connection, self.path, before)
            self.connection.execute("BEGIN IMMEDIATE")
            with self._inside("writing"):
                migrate(self.connection)
                self.connection.execute("COMMIT")


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def keep_copy(connection: Connection, path: Path, version: int) -> Path:
    """Keep the file as it was before an upgrade, beside it: ``FILE.v1``, or ``FILE.v1-2`` where that is taken."""
    stem = path.with_name(f"{path.name}.v{version}")
    number = 1
    copy = stem
    while copy.exists():
        number += 1
        copy = stem.with_name(f"{stem.name}-{number}")
    with building(copy) as beside:
        connection.execute("VACUUM INTO ?", (str(beside),))
    return copy
