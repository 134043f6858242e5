"""`okrtui serve` on loopback, driven as the sshd of the tests of OpenSSH is, so that both pass the same ones."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import asyncssh
from sshd import SECONDS, Host

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from standby import Standby, Started


def clean_environ() -> dict[str, str]:
    """The environment, with nothing in it that is meant for this program."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("OKRTUI", "TEXTUAL", "SUDO"))}


@dataclass
class Served(Host):
    """A server of ours, with the keys of people beside it."""

    options: tuple[str, ...] = ()
    environ: dict[str, str] = field(default_factory=dict)
    host_key: str = ""
    standby: Standby | None = None
    """What is loaded already and becomes the server, in an environment of its own; else it is a new process."""
    _server: subprocess.Popen[bytes] | Started | None = field(default=None, repr=False)

    def __enter__(self) -> Served:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        listen = f"127.0.0.1:{self.port}"
        arguments = ["--db", str(self.path), "serve", "--listen", listen, "--json", *self.options]
        with self.log.open("ab") as log:
            if self.standby is not None:
                self._server = self.standby.start(arguments, log)
            else:
                command, environ = [sys.executable, "-m", "okrtui", *arguments], {**clean_environ(), **self.environ}
                self._server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environ)
        assert self._server.stdout is not None
        said = b""
        while line := self._server.stdout.readline():
            said += line
            if line.strip() == b"}":
                break
        assert said, self.log.read_text()
        found = json.loads(said)
        self.port, self.host_key = found["port"], found["host_key"]
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._server is not None
        return self._server.pid

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Tell the server to stop; its exit status."""
        assert self._server is not None
        if self._server.poll() is None:
            self._server.send_signal(how)
        return self.ends()

    def ends(self) -> int:
        """The exit status of the server, which ends by itself."""
        assert self._server is not None
        status = self._server.wait(SECONDS)
        if self._server.stdout is not None:
            self._server.stdout.close()
        return status

    @property
    def said(self) -> str:
        """What the server has said on its standard error."""
        return self.log.read_text()

    def authorize(self) -> None:
        """Nothing is written anywhere: the server asks the file."""

    def connect(self, name: str, **options: object) -> AbstractAsyncContextManager[asyncssh.SSHClientConnection]:
        """A connection of somebody, by a client in this process."""
        settings = {"known_hosts": None, "client_keys": [str(self.folder / name)], "username": "okr"}
        return asyncssh.connect("127.0.0.1", self.port, config=None, agent_path=None, **{**settings, **options})
