"""The store behind an event loop: one thread owns the connection, does what is asked in order, and tells the news."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Generic, TypeVar

from okrtui.core.errors import StoreError
from okrtui.store import events
from okrtui.store.events import Event
from okrtui.store.file import Store
from okrtui.store.live import Live

T = TypeVar("T")
News = Callable[[tuple[Event, ...]], None]
Trouble = Callable[[BaseException], None]

CLOSED = "The file is closed: nothing more is read or saved."
LOOK_SECONDS = 0.25
BATCH = 300


class Gateway:
    """The one way from an event loop to a file. All of it is used on the loop that awaited :meth:`start`."""

    def __init__(self, path: Path | str, *, look_seconds: float = LOOK_SECONDS) -> None:
        """Nothing is opened before :meth:`start`."""
        self._path = path
        self._jobs: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._listeners: list[_Listener] = []
        self._lookout = _Lookout(self._announce, look_seconds)
        self._live = Live(Path(path).resolve())
        self._second = ThreadPoolExecutor(1, "okrtui live")
        self._ended: Future[None] = Future()
        self._put_away: Future[None] = Future()
        self._started = False
        self._open = False

    async def start(self) -> None:
        """Open the file on a thread of the gateway's own.

        Raises:
            StoreError: the file cannot serve.
        """
        self._loop = asyncio.get_running_loop()
        opened: Future[None] = Future()
        threading.Thread(target=self._run, args=(opened,), name="okrtui store", daemon=True).start()
        self._started = self._open = True
        try:
            await asyncio.shield(asyncio.wrap_future(opened))
        except BaseException:
            await self.close()
            raise

    async def read(self, fn: Callable[[Store], T]) -> T:
        """Run ``fn`` on the thread, in its turn; skipped where the awaiter is cancelled before it began."""
        return await asyncio.wrap_future(self._ask(_Job(fn)))

    async def write(self, fn: Callable[[Store], T], *, on_lost: Trouble | None = None) -> T:
        """Run ``fn`` on the thread, in its turn, whether or not the awaiter is cancelled meanwhile.

        An error that a cancelled awaiter can no longer be given goes to ``on_lost``, on the loop; without it to the loop's own
        handler of errors. It is no trouble of the file, and nobody else's.
        """
        future = asyncio.wrap_future(self._ask(_Job(fn, writes=True)))
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:

            def report(future: asyncio.Future[T]) -> None:
                if not future.cancelled() and (error := future.exception()):
                    (on_lost or self._tell_loop)(error)

            future.add_done_callback(report)
            raise

    async def aside(self, fn: Callable[[Live], T]) -> T:
        """Run ``fn`` with the second file, on a thread of its own: it waits for no save, however long that stands in line.

        It is done, in its turn, whether or not the awaiter is cancelled meanwhile.
        """
        if not self._open:
            raise StoreError(CLOSED)
        return await asyncio.shield(self._loop.run_in_executor(self._second, fn, self._live))

    async def close(self) -> None:
        """Do what was asked so far, then close both files. Closing twice, or before the start, is fine."""
        if self._open:
            self._open = False
            self._jobs.put(None)
            self._put_away = self._second.submit(self._live.close)
            self._second.shutdown(wait=False)
        if self._started:
            await asyncio.shield(asyncio.wrap_future(self._ended))
            await asyncio.shield(asyncio.wrap_future(self._put_away))

    def listen(self, news: News, *, on_trouble: Trouble) -> Callable[[], None]:
        """Be told of every event committed from now on, by this process or another; what is returned ends it.

        ``news`` is called on the loop with events in the order of their ids, each once, up to 300 a call. When the file
        can no longer be looked at, ``on_trouble`` is called with the reason, once, and no more news comes.
        Listen first, then read what is shown: nothing falls between.
        """
        listener = _Listener(news, on_trouble)
        self._listeners.append(listener)
        self._ask(_Job(self._lookout.begin)).add_done_callback(self._report)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def _ask(self, job: _Job[T]) -> Future[T]:
        if not self._open:
            raise StoreError(CLOSED)
        self._jobs.put(job)
        return job.future

    def _run(self, opened: Future[None]) -> None:
        try:
            with Store.open(self._path) as store:
                opened.set_result(None)
                self._serve(store)
        except BaseException as error:
            if opened.done():
                raise
            opened.set_exception(error)
        finally:
            self._ended.set_result(None)

    def _serve(self, store: Store) -> None:
        while (job := self._next(store)) is not None:
            job.run(store)
            writes = job.writes
            del job  # what it was for may be gone for good before the next one comes
            if writes:
                self._look(store, written=True)

    def _next(self, store: Store) -> _Job[Any] | None:
        while True:
            if self._lookout.wait() == 0:
                self._look(store)
            with suppress(Empty):
                return self._jobs.get(timeout=self._lookout.wait())

    def _look(self, store: Store, *, written: bool = False) -> None:
        look = _Job(lambda store: self._lookout.look(store, written=written))
        look.future.add_done_callback(self._report)
        look.run(store)

    def _report(self, future: Future[Any]) -> None:
        if not future.cancelled() and (error := future.exception()):
            self._on_loop(self._tell_trouble, error)

    def _announce(self, batch: tuple[Event, ...]) -> None:
        self._on_loop(self._tell_news, batch)

    def _on_loop(self, call: Callable[[T], None], what: T) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody is left to be told
            self._loop.call_soon_threadsafe(call, what)

    def _tell_news(self, batch: tuple[Event, ...]) -> None:
        for listener in self._listeners:
            self._loop.call_soon(listener.news, batch)

    def _tell_trouble(self, error: BaseException) -> None:
        if not self._listeners:
            self._tell_loop(error)
        for listener in self._listeners:
            self._loop.call_soon(listener.trouble, error)

    def _tell_loop(self, error: BaseException) -> None:
        self._loop.call_exception_handler({"message": "nobody is there for an error of the store", "exception": error})


@dataclass(frozen=True, slots=True, eq=False)
class _Listener:
    news: News
    trouble: Trouble


@dataclass(frozen=True, slots=True, eq=False)
class _Job(Generic[T]):
    work: Callable[[Store], T]
    writes: bool = False
    future: Future[T] = field(default_factory=Future)

    def run(self, store: Store) -> None:
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.work(store)
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is awaited
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


class _Lookout:
    """Watches for commits, on the store's thread, once somebody listens."""

    def __init__(self, announce: News, seconds: float) -> None:
        self._announce = announce
        self._seconds = seconds
        self._due = inf
        self._version = 0
        self._told = 0

    def wait(self) -> float | None:
        """Seconds until the next look; None while nobody listens."""
        return None if self._due == inf else max(0.0, self._due - monotonic())

    def begin(self, store: Store) -> None:
        if self._due == inf:
            self._version = store.data_version()
            with store.reading() as connection:
                self._told = events.latest_id(connection)
            self._due = monotonic() + self._seconds

    def look(self, store: Store, *, written: bool) -> None:
        """Announce what is new. An error ends the watch: it is due again only once this look went well."""
        if self._due == inf:
            return
        self._due = inf
        store.look()
        version = store.data_version()  # before the events: what is committed in between moves it again
        if written or version != self._version:
            self._version = version
            store.must_fit()
            self._tell(store)
        self._due = monotonic() + self._seconds

    def _tell(self, store: Store) -> None:
        with store.reading() as connection:
            while batch := events.after_id(connection, self._told, BATCH):
                self._told = batch[-1].id
                self._announce(tuple(batch))
