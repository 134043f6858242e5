"""The command on one file, of which what people do is sent to `okrtui serve`, each with a key of their own.

Over SSH it is always the time that it is. So the days of a script are moved, by whole weeks, until now is where its story is.
"""

from __future__ import annotations

import asyncio
import re
import shlex
from contextlib import AsyncExitStack, ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import asyncssh
from command_line import Answer, Shell

from okrtui.cli.over_ssh import REMOTE
from okrtui.core.public_keys import read
from okrtui.remote.identity import NOW
from okrtui.service import keys
from okrtui.service.session import Session
from okrtui.store.file import Store

if TYPE_CHECKING:
    import pytest
    from served import Served

_DAY = re.compile(r"\b\d{4}-\d\d-\d\d")
_WEEK = timedelta(days=7)


class SendingShell(Shell):
    """Commands on the file of a server, of which those of people are sent once ``is_sending`` is set; the others run here.

    ``since`` is a day of the script: now is taken for one of the seven from it on, so that weeks are those of the script.
    A time that the script sets before that day is past, and what is done then is done here; from that day on, it is now.
    """

    def __init__(
        self, host: Served, since: date, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.host = host
        self.is_sending = False
        self.sent = 0
        self._since = since
        self._later = (datetime.now(UTC).date() - since) // _WEEK * _WEEK
        self._is_now = False
        self._serving = ExitStack()
        self._runner = asyncio.Runner()
        self._connected = AsyncExitStack()
        self._connections: dict[str, asyncssh.SSHClientConnection] = {}
        super().__init__(host.path, monkeypatch, capsys)

    def at(self, moment: str) -> None:
        """Let it be now; or set the clock, to what is past."""
        self._is_now = date.fromisoformat(moment[: len("2026-10-01")]) >= self._since
        if self._is_now:
            self._monkeypatch.delenv(NOW, raising=False)
        else:
            super().at(self._moved(moment))

    def call(self, *arguments: str) -> Answer:
        """Run a command, where it is run."""
        words = [self._moved(word) for word in arguments]
        if self.is_sending and self._is_now and words[0] == "--as" and words[2] in REMOTE:
            return self._send(words[1], words[2:])
        return super().call(*words)

    def _moved(self, words: str) -> str:
        return _DAY.sub(lambda day: (date.fromisoformat(day[0]) + self._later).isoformat(), words)

    def _send(self, handle: str, words: list[str]) -> Answer:
        given: dict[str, object] = {"stdin": asyncssh.DEVNULL}
        if words[0] == "import":  # a file of theirs is not on the server's machine
            given = {"input": Path(words[1]).read_text("utf-8")}
            words[1] = "-"
        connection = self._connections.get(handle) or self._connect(handle)
        done = self._runner.run(connection.run(shlex.join(words), **given))
        self.sent += 1
        assert done.exit_status is not None, done
        return Answer(done.exit_status, str(done.stdout), str(done.stderr))

    def _connect(self, handle: str) -> asyncssh.SSHClientConnection:
        """Let a new key of a person in, and have them come by it; the first starts the server."""
        if not self._connections:
            self._serving.enter_context(self.host)
        key = asyncssh.generate_private_key("ssh-ed25519")
        with Store.open(self.path) as store:
            keys.add(Session(store, None), handle, [read(key.export_public_key().decode())])
        connecting = self._connected.enter_async_context(self.host.connect(handle, client_keys=[key]))
        self._connections[handle] = self._runner.run(connecting)
        return self._connections[handle]

    def close(self) -> None:
        """Leave the server, and stop it."""
        with self._serving, self._runner:
            self._runner.run(self._connected.aclose())
