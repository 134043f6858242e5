"""A real sshd on loopback that lets people into one account by the keys of a file, and the ssh that they come with."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import COMMAND, Answer, process
from terminal import Terminal

from okrtui.core.public_keys import read_lines
from okrtui.remote import listed
from okrtui.service import keys
from okrtui.service.session import Session
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
NEEDED = ("ssh", "ssh-keygen")
ACCOUNT = getpass.getuser()
SECONDS = 20.0

_SERVER = """
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host_key
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
UseDNS no
SetEnv HOME={folder}
"""

OPEN = """
AuthorizedKeysFile {folder}/authorized_keys
AcceptEnv *
AllowTcpForwarding yes
AllowStreamLocalForwarding yes
AllowAgentForwarding yes
X11Forwarding yes
PermitTunnel yes
PermitUserRC yes
Subsystem sftp internal-sftp
LogLevel VERBOSE
"""
"""A server that allows whatever it can: what is refused on it, the lines of the keys refuse."""


def must_have_sshd() -> None:
    """Skip where OpenSSH is not installed; where everything must hold, fail."""
    missing = [name for name in NEEDED if shutil.which(name) is None] + ([] if SSHD else ["sshd"])
    if missing:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say(f"{', '.join(missing)} is missing: apt-get install openssh-server")


@dataclass
class Host:
    """An sshd, with the keys of people beside it."""

    folder: Path
    path: Path
    settings: str = OPEN
    port: int = 0
    _sshd: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __enter__(self) -> Host:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd's own, which its service makes
        self.make_key("host_key")
        for _ in range(3):  # somebody else may take the port that was free
            if self._starts():
                return self
        raise AssertionError(self.log.read_text())

    def _starts(self) -> bool:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        config = self.folder / "sshd_config"
        config.write_text((_SERVER + self.settings).format(port=self.port, folder=self.folder))
        with self.log.open("wb") as log:
            self._sshd = subprocess.Popen([str(SSHD), "-D", "-e", "-f", config], stderr=log, stdin=subprocess.DEVNULL)
        began = time.monotonic()
        while self._sshd.poll() is None and time.monotonic() - began < SECONDS:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", self.port)) == 0:
                    return True
        return False

    def __exit__(self, *error: object) -> None:
        assert self._sshd is not None
        self._sshd.terminate()
        self._sshd.wait(SECONDS)

    @property
    def log(self) -> Path:
        """What sshd says."""
        return self.folder / "sshd.log"

    def make_key(self, name: str, comment: str = "", *kind: str) -> Path:
        """A new key; the path of its private half."""
        key = self.folder / name
        subprocess.run(
            ["ssh-keygen", "-q", *(kind or ("-t", "ed25519")), "-N", "", "-C", comment or name, "-f", key], check=True
        )
        return key

    def let_in(self, handle: str, name: str = "", comment: str = "") -> Path:
        """Add a new key of a person, and write the lines of all keys anew."""
        key = self.make_key(name or handle, comment)
        with Store.open(self.path) as store:
            keys.add(Session(store, None), handle, read_lines(Path(f"{key}.pub").read_text()))
        self.authorize()
        return key

    def authorize(self) -> None:
        """Write the lines of all keys anew, as `okrtui keys authorized` prints them."""
        with Store.open(self.path) as store:
            lines = listed.lines(store)
        (self.folder / "authorized_keys").write_text("".join(f"{line}\n" for line in lines))

    def owner(self, *arguments: str) -> Answer:
        """A command of the file's owner, which must be done."""
        answer = process(*arguments, OKRTUI_DB=str(self.path))
        assert answer.status == 0, answer
        return answer

    def client(self, name: str, *options: str) -> list[str]:
        """The ssh of somebody, up to what it is to run."""
        fixed = ("-F", "none", "-p", str(self.port), "-i", str(self.folder / name))
        said = {
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
            "LogLevel": "ERROR",
        }
        return [
            "ssh",
            *fixed,
            *options,
            *(f"-o{name}={value}" for name, value in said.items()),
            "--",
            f"{ACCOUNT}@127.0.0.1",
        ]

    def ssh(
        self,
        name: str,
        *command: str,
        options: tuple[str, ...] = (),
        stdin: Any = subprocess.DEVNULL,
        typed: bytes | None = None,
        **environ: str,
    ) -> Answer:
        """Run something over SSH with somebody's key, ``typed`` as its input."""
        done = subprocess.run(
            [*self.client(name, *options), *command],
            **({"stdin": stdin} if typed is None else {"input": typed}),
            capture_output=True,
            check=False,
            timeout=60,
            env={**os.environ, **environ},
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def terminal(self, name: str, *command: str, options: tuple[str, ...] = (), **more: Any) -> Terminal:
        """A terminal in which somebody has connected."""
        program, *arguments = [*self.client(name, "-tt", *options), *command]
        return Terminal(*arguments, program=str(shutil.which(program)), **more)


def okrtui() -> str:
    """The program as sshd may start it: that its folders are root's alone is asked of the first word, which is env."""
    return f"/usr/bin/env {COMMAND}"


def running(path: Path) -> set[int]:
    """The processes that serve a file over SSH."""
    served = f"\0--db\0{path}\0--as\0".encode()
    return {int(place.name) for place in Path("/proc").iterdir() if place.name.isdigit() and served in _words(place)}


def _words(place: Path) -> bytes:
    try:
        return (place / "cmdline").read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end
