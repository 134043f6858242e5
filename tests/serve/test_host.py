"""Sessions side by side in one process: none is ended, held up or heard by another's fault."""

from __future__ import annotations

import asyncio
import gc
import sys
import weakref
from contextlib import asynccontextmanager, suppress
from time import monotonic

import asyncssh
import pyte
import pytest
from terminal import SYNCHRONIZES, Screen, asks

from okrtui.core.errors import Invalid
from okrtui.core.public_keys import read
from okrtui.hosted import HostedApp
from okrtui.remote.serving import gate, sitting, steward
from okrtui.remote.serving import host as serving_host
from okrtui.remote.serving.doors import FileDoors
from okrtui.remote.serving.host import Host
from okrtui.remote.serving.limits import Limits
from okrtui.remote.serving.steward import Steward
from okrtui.service import keys, objectives
from okrtui.serving import Making
from okrtui.store.gateway import Gateway
from okrtui.terminal import leftovers
from okrtui.terminal.outlet import MOST_WAITING
from widgets import themes

PATIENCE = 60.0
WORDS = "None of this shall be lost"
SECRET = "what the program knew"  # noqa: S105  # nobody passes by it


class Client(asyncssh.SSHClientSession):
    """Somebody's terminal."""

    def __init__(self, columns=100, rows=30):
        self.screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.is_open = True
        self.raw = b""

    def data_received(self, data, datatype):
        del datatype
        self.raw += data
        self._stream.feed(data)
        if asks(self.raw, len(data)):
            self.channel.write(SYNCHRONIZES)

    def connection_made(self, chan):
        self.channel = chan

    def connection_lost(self, exc):
        del exc
        self.is_open = False

    @property
    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def last_words(self):
        """What was said on the screen that the person has back."""
        return self.raw.rpartition(b"\x1b[?1004l")[2].decode().strip()

    async def until(self, wanted):
        await until(lambda: wanted in self.text and not self.screen.is_amid_a_frame, f"{wanted!r}", lambda: self.text)

    async def press(self, *texts):
        for text in texts:
            self.channel.write(text.encode())

    async def comment(self, words):
        """Comment on the first objective, and do not save yet."""
        await self.press("2")
        await self.until("Buyers get their answer")
        await self.press("c")
        await self.until("Comment on O1")
        await self.press(words)
        await self.until(words)

    async def ends(self):
        await until(lambda: not self.is_open, "the end", lambda: self.text)
        return self.channel.get_exit_status()


async def until(holds, what="", shown=lambda: ""):
    end = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < end, f"waited for {what or holds}\n{shown()}"
        await asyncio.sleep(0.01)


class Faulty(HostedApp):
    """One in which the palette is a mistake of the program."""

    def action_command_palette(self):
        raise RuntimeError(SECRET)


class Faults(Making):
    """Makes what is faulty."""

    def application(self, guest, line, terminal):
        return Faulty(
            self._steward, self._gateway, lambda store: keys.session(store, guest.fingerprint), line, terminal
        )


class Inside:
    """A server in this process, and who comes to it."""

    def __init__(self, host, port, private):
        self.host, self.port, self._private = host, port, private

    @asynccontextmanager
    async def client(self, handle, **options):
        key = self._private[handle]
        async with asyncssh.connect(
            "127.0.0.1", self.port, known_hosts=None, client_keys=[key], username="x", config=None, agent_path=None
        ) as connection:
            settings = {"term_type": "xterm-256color", "term_size": (100, 30), "encoding": None, **options}
            _, session = await connection.create_session(Client, **settings)
            await session.until("Needs you")
            yield session

    def sitting(self, handle):
        (found,) = [one for one in self.host.sittings if one.guest.handle == handle]
        return found


@asynccontextmanager
async def inside(company, making=Making, limits=Limits()):  # noqa: B008  # it is frozen
    private = {handle: asyncssh.generate_private_key("ssh-ed25519") for handle in ("ana", "ben", "lea")}
    for handle, key in private.items():
        keys.add(company.operator, handle, [read(key.export_public_key().decode())])
    gateway = Gateway(company.store.path)
    await gateway.start()
    looks_after = Steward(gateway)
    looks_after.start()
    made = making(company.store.path, gateway, looks_after, rehearsal=True)
    host = Host(FileDoors(gateway), made, asyncssh.generate_private_key("ssh-ed25519"), limits)
    _, port = await host.start("127.0.0.1", 0)
    try:
        yield Inside(host, port, private)
    finally:
        await host.stop()
        await looks_after.stop()
        await gateway.close()


async def test_a_mistake_ends_its_session_alone_and_keeps_the_words(company, caplog):
    company.accepted()
    async with inside(company, Faults) as there, there.client("lea") as lea:
        async with there.client("ana") as ana:
            await ana.comment(WORDS)
            await ana.press("\x10")
            assert await ana.ends() == 1
        assert ana.last_words == sitting.CRASHED
        assert SECRET.encode() not in ana.raw
        assert "the session of ana has crashed" in caplog.text
        assert SECRET in caplog.text
        await lea.press("2")
        await lea.until("Buyers get their answer")
        async with there.client("ana") as ana:
            await ana.until("unfinished form is kept")


async def test_a_save_that_fails_when_nobody_waits_for_it_any_more_is_told_to_its_session_alone(company):
    def refuse(_):
        raise Invalid("The unit is missing.")

    async with inside(company) as there, there.client("lea") as lea, there.client("ana") as ana:
        saving = asyncio.create_task(there.sitting("ana")._application.desk.write(refuse))
        await asyncio.sleep(0)
        saving.cancel()
        await ana.until("The unit is missing.")
        await lea.press("2")
        await lea.until("Objectives")
        assert len(there.host.sittings) == 2
        assert "The unit is missing." not in lea.raw.decode()


async def test_what_is_printed_stays_the_processs_own(company):
    """Textual turns it to itself while it runs: those that end in another order than they began would leave it theirs."""
    out, err = sys.stdout, sys.stderr
    async with inside(company) as there, there.client("ana") as ana:
        async with there.client("lea") as lea:
            await ana.press("\x11")
            assert await ana.ends() == 0
            assert (sys.stdout, sys.stderr) == (out, err)
            await lea.press("\x11")
            assert await lea.ends() == 0
        assert (sys.stdout, sys.stderr) == (out, err)


async def test_news_reach_everybody(company):
    async with (
        inside(company) as there,
        there.client("ana") as ana,
        there.client("ben") as ben,
        there.client("lea") as lea,
    ):
        for one in (ana, ben, lea):
            await one.until("here: ")
        company.objective()
        for one in (ana, ben):
            await one.until("Buyers get their answer")
        objectives.reword(company.as_("lea"), "O1", {"title": "Buyers hear within the hour"})
        for one in (ana, ben, lea):
            await one.until("Buyers hear within the hour")


async def test_each_has_their_own_colours(company):
    """What styles mean is looked up once for all who have the same."""

    def colours(client):
        """What a page is drawn on, and in what a key is written at the bottom."""
        return client.screen.buffer[5][50].bg, client.screen.buffer[29][1].fg

    async with inside(company) as there, there.client("ana") as ana:
        dark = colours(ana)
        there.sitting("ana")._application.theme = "light"
        await until(lambda: not set(colours(ana)) & set(dark))
        light = colours(ana)
        async with there.client("lea") as lea:
            assert colours(lea) == dark
            there.sitting("ana")._application.theme = themes.DEFAULT
            await until(lambda: colours(ana) == dark)
            there.sitting("lea")._application.theme = "light"
            await until(lambda: colours(lea) == light)
            assert colours(ana) == dark


async def test_each_sees_where_the_others_are(company):
    async with inside(company) as there, there.client("ana") as ana:
        async with there.client("lea") as lea:
            await ana.until("here: lea (room)")
            await lea.press("6")
            await ana.until("here: lea (tree)")
        await until(lambda: "here:" not in ana.text)


async def test_each_sees_where_the_others_are_while_there_is_no_end_of_those_who_come(company, monkeypatch):
    monkeypatch.setattr(steward, "WAIT_SECONDS", 0.5)
    async with inside(company) as there, there.client("ana") as ana, there.client("lea") as lea:
        await ana.until("here: lea (room)")
        beginning = there.sitting("ana")._application._steward.beginning
        for _ in range(steward.BEGINNING):
            await beginning.acquire()
        await lea.press("6")
        await ana.until("here: lea (tree)")
        for _ in range(steward.BEGINNING):
            beginning.release()


class TestAStalledTerminal:
    @pytest.fixture
    def at_once(self, monkeypatch):
        """A client that has taken nothing between two looks is gone; the test looks, and nobody else."""
        monkeypatch.setattr(sitting, "STALLED_SECONDS", 0.0)
        monkeypatch.setattr(serving_host, "WATCH_SECONDS", 3600.0)

    async def test_holds_up_nobody_and_shows_the_newest_in_the_end(self, company):
        async with inside(company) as there, there.client("lea") as lea:  # noqa: SIM117  # lea is there first
            async with there.client("ana", window=16 * 1024) as ana:
                await self.stalled(there, ana)
                most = there.sitting("ana").waiting
                for columns in (90, 91) * 20:
                    ana.channel.change_terminal_size(columns, 30)
                    await asyncio.sleep(0)
                await lea.press("2")
                await lea.until("Objectives")
                assert there.sitting("ana").waiting <= most + MOST_WAITING // 2
                ana.screen.resize(30, 91)
                ana.channel.resume_reading()
                await ana.press("2")
                await ana.until("Objectives")
                await until(lambda: there.sitting("ana").waiting == 0)

    async def stalled(self, there, client):
        """Have more drawn for a terminal that reads nothing than is kept for it."""
        client.channel.pause_reading()
        at = 0
        while there.sitting("ana").waiting <= MOST_WAITING:
            at += 1
            assert at < 500
            client.channel.change_terminal_size(90 + at % 2, 30)
            await asyncio.sleep(0.03)  # of sizes that come faster the last alone is drawn

    @pytest.mark.usefixtures("at_once")
    async def test_is_taken_for_gone_after_a_while(self, company, caplog):
        async with inside(company) as there, there.client("ana", window=16 * 1024) as ana:
            await self.stalled(there, ana)
            there.host._look()
            there.host._look()
            await until(lambda: not there.host.sittings)
        assert "ana was dropped" in caplog.text

    @pytest.mark.usefixtures("at_once")
    async def test_that_reads_on_is_not(self, company):
        async with inside(company) as there, there.client("ana") as ana:
            for page in "23456":
                await ana.press(page)
                there.host._look()
            await ana.press("\x11")
            assert await ana.ends() == 0


async def test_who_presses_nothing_for_too_long_is_let_go_with_their_words_kept(company):
    company.accepted()
    async with inside(company, limits=Limits(idle_minutes=30)) as there, there.client("lea") as lea:
        async with there.client("ana") as ana:
            await ana.comment(WORDS)
            there.host._look()
            there.sitting("ana").heard -= 31 * 60
            there.host._look()
            assert await ana.ends() == 143
        assert "Nothing was pressed for 30 minutes" in ana.last_words
        assert lea.is_open
        async with there.client("ana") as ana:
            await ana.until("unfinished form is kept")


async def test_who_leaves_before_they_are_there_is_no_mistake(company, caplog):
    async with inside(company, limits=Limits(a_person=40)) as there:

        async def come_and_go():
            with pytest.raises(asyncio.CancelledError):
                async with there.client("ana"):
                    raise AssertionError

        for turns in range(1, 40):
            coming = asyncio.create_task(come_and_go())
            await until(lambda: there.host.sittings)
            for _ in range(turns):
                await asyncio.sleep(0)
            coming.cancel()
            await coming
            await until(lambda: not there.host.sittings)
    assert "crashed" not in caplog.text


async def test_what_has_ended_is_given_back_without_the_collector(company, monkeypatch):
    """It would look through what everybody has, and serve nobody meanwhile."""
    monkeypatch.setattr(leftovers, "LATER_SECONDS", 0.1)
    company.accepted()
    gc.disable()
    try:
        async with inside(company) as there:
            async with there.client("ana") as ana:
                await ana.press("6", "\x1b[27u", "\x1b[A")  # Textual's parser remembers for ever whose these were
                await ana.until("Tree")
                await ana.comment(WORDS)
                app = there.sitting("ana")._application
                held = [weakref.ref(one) for one in (app, *app._registry)]
                del app
                await ana.press("\x11")
                assert await ana.ends() == 0
            await until(lambda: not any(vars(one()) for one in held if one() is not None))
            assert len(held) > 30
            await until(lambda: gc.collect() >= 0 and not any(one() for one in held))
    finally:
        gc.enable()


async def test_who_says_nothing_takes_no_place_for_ever(company, monkeypatch, caplog):
    monkeypatch.setattr(gate, "HANDSHAKES", 2)
    async with inside(company) as there:
        silent = [await asyncio.open_connection("127.0.0.1", there.port) for _ in range(2)]
        for reader, _ in silent:
            assert await reader.readline() == b"SSH-2.0-okrtui\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", there.port)
        with suppress(ConnectionError):
            assert await reader.read(100) == b""
        writer.close()
        assert "one more was closed" in caplog.text
        for _, writer in silent:
            writer.close()
        await until(lambda: not there.host._unheard)
        async with there.client("ana"):
            assert not there.host._unheard


async def test_many_come_at_once(company):
    async with inside(company, limits=Limits(a_person=40)) as there:

        async def come(handle):
            async with there.client(handle) as one:
                await one.press("\x11")
                return await one.ends()

        assert set(await asyncio.gather(*(come(handle) for handle in ("ana", "ben", "lea", "ana") * 5))) == {0}
        await until(lambda: not there.host.sittings)
