"""The one way to a file: :class:`Store`."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from okrtui.core.errors import StoreError
from okrtui.store import maintenance, queue
from okrtui.store.live import Live, discard
from okrtui.store.making import building, free_name, lay_out, refuse_taken, settle
from okrtui.store.migrations import VERSION, migrate, version_of
from okrtui.store.openers import others_in
from okrtui.store.opening import connect, refuse_foreign, refuse_network, refuse_other_id, refuse_unfit
from okrtui.store.sqlite import OperationalError
from okrtui.store.trouble import DAMAGED, file_sentences, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from okrtui.store.sqlite import Connection

QUEUE_SECONDS = 10.0
MADE = "{path} was made and is whole, but its disk has failed since: see that it has room and is well, then go on."


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
        self.in_charge = False
        """Whether its owner uses it, as themselves, whom maintenance does not keep out."""
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
            StoreError: there is a file already, one cannot be made there, or it was made and could not be opened.
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
        try:
            return cls.open(path, wait=wait)
        except StoreError as error:
            raise StoreError(MADE.format(path=path)) from error

    @classmethod
    def open(cls, path: Path | str, *, wait: float = QUEUE_SECONDS) -> Self:
        """Open a file of ours, upgraded first where it is older than this program.

        Raises:
            StoreError: the file cannot serve; the sentence says why and what to do.
        """
        path = Path(path).resolve()
        with file_sentences(path):
            refuse_unfit(path)
            opened = _identity(path)
        try:
            return cls._open(path, wait)
        except StoreError:
            # A backup was put in its place meanwhile: SQLite refuses to begin a log for a file that is gone.
            if path.exists() and _identity(path) != opened:
                return cls._open(path, wait)
            raise

    @classmethod
    def _open(cls, path: Path, wait: float) -> Self:
        with file_sentences(path):
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
            self.must_fit()
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
            StoreError: the queue was too long, the file was replaced or deleted, is in maintenance or has become newer
                than this program, or the disk refused.
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
                self.must_fit()
                yield self.connection
                self.connection.execute("COMMIT")

    def write_anew(self) -> None:
        """Write the whole file anew, so that neither it nor its log holds anything of what was changed or deleted.

        Not to be called inside ``reading`` or ``writing``. Others read meanwhile; who saves waits.

        Raises:
            StoreError: as :meth:`writing` does; or somebody reads on, for longer than is waited for.
        """
        with queue.held(self.path, self._wait), sentences(self.path):
            self.look()
            self.connection.execute("VACUUM")
            (is_held, *_) = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_held:
            readers = others_in(self.path)
            raise StoreError(
                f"{self.path} is being read ({readers}), and its log holds what was there: end that, and try again."
            )

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
        """Raise StoreError if the file at the path is no longer the one that was opened, or is in maintenance."""
        try:
            same = _identity(self.path) == self._identity
        except FileNotFoundError as error:
            raise StoreError(f"{self.path} was deleted or moved while it was open: nothing more is saved.") from error
        if not same:
            raise StoreError(f"{self.path} was replaced while it was open: leave okrtui, and open it again.")
        if not self.in_charge:
            maintenance.refuse(self.path)

    def data_version(self) -> int:
        """A number that moves when another connection has committed; this one's own commits leave it."""
        with sentences(self.path):
            (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def must_fit(self) -> None:
        """Raise StoreError if a newer program has made the file what this one does not know."""
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
    copy = free_name(path.with_name(f"{path.name}.v{version}"))
    with building(copy) as beside:
        connection.execute("VACUUM INTO ?", (str(beside),))
    return copy
