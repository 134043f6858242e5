from __future__ import annotations

import asyncio
import threading

import pytest

from okrtui.core.errors import NotAllowed, StoreError
from okrtui.store import drafts, events
from okrtui.store.file import Store
from okrtui.store.gateway import Gateway
from okrtui.store.live import Live

DRAFT = ("Edit KR1", "{}", "[]", "2026-10-01T09:00:00Z")


@pytest.fixture
async def gateway(path):
    gateway = Gateway(path, look_seconds=0.01)
    await gateway.start()
    yield gateway
    await gateway.close()


@pytest.fixture
def write(record):
    """A use case: one event."""

    def use_case(store: Store) -> int:
        with store.writing() as connection:
            return record(connection)

    return use_case


class Heard:
    """What a listener was told."""

    def __init__(self, gateway: Gateway) -> None:
        self.batches: list[list[int]] = []
        self.troubles: list[BaseException] = []
        self._moved = asyncio.Event()
        self.stop = gateway.listen(self._news, on_trouble=self._trouble)

    def _news(self, batch: tuple[events.Event, ...]) -> None:
        self.batches.append([event.id for event in batch])
        self._moved.set()

    def _trouble(self, error: BaseException) -> None:
        self.troubles.append(error)
        self._moved.set()

    @property
    def ids(self) -> list[int]:
        return [number for batch in self.batches for number in batch]

    async def until(self, condition) -> None:
        async with asyncio.timeout(10):
            while not condition():
                self._moved.clear()
                await self._moved.wait()


def latest(store: Store) -> int:
    with store.reading() as connection:
        return events.latest_id(connection)


def latest_of(path) -> int:
    with Store.open(path) as store:
        return latest(store)


class Gate:
    """Holds the gateway's thread until it is opened."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def __call__(self, _: Store) -> None:
        self.reached.set()
        assert self.opened.wait(10)


async def test_reads_and_writes_come_back(gateway, write):
    assert await gateway.write(write) == 1
    assert await gateway.read(latest) == 1


async def test_everything_runs_on_one_thread_in_order(gateway):
    order, threads = [], set()

    def job(number):
        def run(_: Store) -> None:
            order.append(number)
            threads.add(threading.current_thread())

        return run

    await asyncio.gather(*(gateway.read(job(n)) if n % 2 else gateway.write(job(n)) for n in range(20)))
    assert order == list(range(20))
    assert len(threads) == 1
    assert threading.main_thread() not in threads


@pytest.mark.parametrize("error", [NotAllowed("no"), StoreError("no"), LookupError(), SystemExit()])
async def test_exceptions_travel(gateway, error):
    def fail(_: Store) -> None:
        raise error

    for ask in (gateway.read, gateway.write):
        with pytest.raises(type(error)) as raised:
            await ask(fail)
        assert raised.value is error
    assert await gateway.read(latest) == 0


async def test_a_file_that_cannot_be_opened(tmp_path):
    gateway = Gateway(tmp_path / "okr.db")
    with pytest.raises(StoreError, match="no file"):
        await gateway.start()
    with pytest.raises(StoreError, match="closed"):
        await gateway.read(latest)
    await gateway.close()


async def test_a_cancelled_write_is_done_all_the_same(gateway, write):
    gate = Gate()
    held = asyncio.create_task(gateway.read(gate))
    task = asyncio.create_task(gateway.write(write))
    await asyncio.to_thread(gate.reached.wait)
    task.cancel()
    gate.opened.set()
    await held
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await gateway.read(latest) == 1


async def test_a_cancelled_read_is_skipped(gateway):
    gate, ran = Gate(), []
    held = asyncio.create_task(gateway.read(gate))
    task = asyncio.create_task(gateway.read(ran.append))
    await asyncio.to_thread(gate.reached.wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    gate.opened.set()
    await held
    await gateway.read(latest)
    assert ran == []


async def test_the_error_of_a_cancelled_write_is_told_to_who_wrote_alone(gateway):
    """It is no trouble of the file: of those who share a gateway, the others go on."""
    heard, told, gate = Heard(gateway), asyncio.Queue(), Gate()

    def refuse(_: Store) -> None:
        raise NotAllowed("no")

    held = asyncio.create_task(gateway.read(gate))
    task = asyncio.create_task(gateway.write(refuse, on_lost=told.put_nowait))
    await asyncio.to_thread(gate.reached.wait)
    task.cancel()
    gate.opened.set()
    await held
    async with asyncio.timeout(10):
        assert str(await told.get()) == "no"
    await gateway.read(latest)
    assert heard.troubles == []


async def test_the_error_of_a_cancelled_write_reaches_the_loop_where_nobody_else_is_told(gateway):
    told, gate = asyncio.Queue(), Gate()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.put_nowait(context["exception"]))

    def refuse(_: Store) -> None:
        raise NotAllowed("no")

    held = asyncio.create_task(gateway.read(gate))
    task = asyncio.create_task(gateway.write(refuse))
    await asyncio.to_thread(gate.reached.wait)
    task.cancel()
    gate.opened.set()
    await held
    async with asyncio.timeout(10):
        assert str(await told.get()) == "no"


async def test_closing_drains(path, write):
    gateway = Gateway(path)
    await gateway.start()
    gate = Gate()
    held = asyncio.create_task(gateway.read(gate))
    writes = [asyncio.create_task(gateway.write(write)) for _ in range(5)]
    await asyncio.to_thread(gate.reached.wait)
    writes[0].cancel()
    closing = asyncio.create_task(gateway.close())
    gate.opened.set()
    await asyncio.gather(held, closing, *writes, return_exceptions=True)
    assert await asyncio.to_thread(latest_of, path) == 5
    with pytest.raises(StoreError, match="closed"):
        await gateway.write(write)


async def test_the_second_file_waits_for_no_save(gateway):
    gate = Gate()
    held = asyncio.create_task(gateway.write(gate))
    await asyncio.to_thread(gate.reached.wait)
    assert await gateway.aside(lambda live: live.write(lambda connection: drafts.keep(connection, 1, *DRAFT)))
    found = await gateway.aside(lambda live: live.read(lambda connection: drafts.of_person(connection, 1)))
    assert [tuple(row) for row in found] == [DRAFT]
    assert not held.done()
    gate.opened.set()
    await held


async def test_closing_keeps_what_is_on_its_way_to_the_second_file(path):
    gateway = Gateway(path)
    await gateway.start()
    reached, opened = threading.Event(), threading.Event()

    def keep(live):
        reached.set()
        assert opened.wait(10)
        return live.write(lambda connection: drafts.keep(connection, 1, *DRAFT))

    keeping = asyncio.create_task(gateway.aside(keep))
    await asyncio.to_thread(reached.wait)
    keeping.cancel()
    closing = asyncio.create_task(gateway.close())
    await asyncio.sleep(0)
    opened.set()
    await closing
    with pytest.raises(StoreError, match="closed"):
        await gateway.aside(keep)

    def kept():
        live = Live(path)
        try:
            return live.read(lambda connection: drafts.of_person(connection, 1))
        finally:
            live.close()

    assert [tuple(row) for row in await asyncio.to_thread(kept)] == [DRAFT]


async def test_closing_twice_at_once_and_before_the_start(path):
    gateway = Gateway(path)
    await gateway.close()
    await gateway.start()
    await asyncio.gather(gateway.close(), gateway.close())
    await gateway.close()


async def test_news_of_our_own(gateway, write):
    heard = Heard(gateway)
    for _ in range(3):
        await gateway.write(write)
    await heard.until(lambda: len(heard.ids) == 3)
    assert heard.ids == [1, 2, 3]


async def test_news_of_others_once_and_in_order(gateway, path, write):
    heard = Heard(gateway)
    await gateway.read(latest)

    def others() -> None:
        with Store.open(path) as store:
            for _ in range(50):
                write(store)

    writing = asyncio.create_task(asyncio.to_thread(others))
    for _ in range(50):
        await gateway.write(write)
    await writing
    await heard.until(lambda: len(heard.ids) >= 100)
    assert heard.ids == list(range(1, 101))


async def test_news_is_what_came_after(gateway, write):
    await gateway.write(write)
    heard = Heard(gateway)
    await gateway.write(write)
    await heard.until(lambda: heard.ids)
    assert heard.ids == [2]


async def test_much_news_comes_in_portions(gateway, record):
    heard = Heard(gateway)

    def much(store: Store) -> None:
        with store.writing() as connection:
            for _ in range(700):
                record(connection)

    await gateway.write(much)
    await heard.until(lambda: len(heard.ids) == 700)
    assert [len(batch) for batch in heard.batches] == [300, 300, 100]


async def test_news_while_the_thread_is_busy(gateway, path, write):
    heard = Heard(gateway)
    await gateway.read(latest)

    def other() -> None:
        with Store.open(path) as store:
            write(store)

    await asyncio.to_thread(other)
    async with asyncio.timeout(10):
        while not heard.ids:
            await gateway.read(latest)
    assert heard.ids == [1]


async def test_two_listen_and_one_stops(gateway, write):
    first, second = Heard(gateway), Heard(gateway)
    await gateway.write(write)
    await second.until(lambda: second.ids)
    first.stop()
    first.stop()
    await gateway.write(write)
    await second.until(lambda: len(second.ids) == 2)
    assert (first.ids, second.ids) == ([1], [1, 2])


async def test_trouble_is_told_once(gateway, path):
    heard = Heard(gateway)
    await gateway.read(latest)
    path.unlink()
    await heard.until(lambda: heard.troubles)
    with pytest.raises(StoreError):
        await gateway.write(lambda store: store.writing().__enter__())
    await gateway.read(latest)
    assert [str(error) for error in heard.troubles] == [
        f"{path} was deleted or moved while it was open: nothing more is saved."
    ]


async def test_a_listener_s_mistake_does_not_reach_the_others(gateway, write):
    told = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))

    def fail(_: object) -> None:
        raise LookupError

    gateway.listen(fail, on_trouble=fail)
    heard = Heard(gateway)
    await gateway.write(write)
    await heard.until(lambda: heard.ids)
    assert heard.ids == [1]
    assert [type(error) for error in told] == [LookupError]
