"""A process in which `okrtui` is loaded, and which becomes it again and again: a server then starts in a tenth of the time.

Run as a program it is that process. What is sent to it is a command line, with the files to print to.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

_MOST = 64 * 1024
_SECONDS = 20.0


class Standby:
    """The process, and one command at a time that it became."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._last: Started | None = None
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", __file__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                env=environ,
                pass_fds=[theirs.fileno()],
            )

    def __enter__(self) -> Standby:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wait_for_the_last()
        self._channel.close()
        self._process.wait()

    def start(self, arguments: Sequence[str], errors: IO[bytes]) -> Started:
        """Begin a command, once the one before has ended."""
        self._wait_for_the_last()
        here, theirs = os.pipe()
        socket.send_fds(self._channel, [json.dumps(arguments).encode()], [theirs, errors.fileno()])
        os.close(theirs)
        self._last = Started(_told(self._channel, "begun"), os.fdopen(here, "rb"), self._channel)
        return self._last

    def _wait_for_the_last(self) -> None:
        """One that did not get as far as serving was stopped by nobody."""
        if self._last is not None:
            self._last.wait(_SECONDS)


class Started:
    """A command that was begun, as far as `subprocess.Popen` is asked for one."""

    def __init__(self, pid: int, stdout: IO[bytes], channel: socket.socket) -> None:
        self.pid, self.stdout = pid, stdout
        self._channel = channel
        self._status: int | None = None

    def poll(self) -> int | None:
        """The exit status, once it has been waited for."""
        return self._status

    def send_signal(self, how: int) -> None:
        """Send a signal; its number is nobody else's until the next is begun."""
        os.kill(self.pid, how)

    def wait(self, timeout: float) -> int:
        """Wait for the end; the exit status.

        Raises:
            TimeoutError: it did not come in these seconds, and the command was killed.
        """
        if self._status is None:
            self._channel.settimeout(timeout)
            try:
                self._status = _told(self._channel, "ended")
            except TimeoutError:
                self.send_signal(signal.SIGKILL)
                self._status = _told(self._channel, "ended")
                raise
            finally:
                self._channel.settimeout(None)
        return self._status


def _told(channel: socket.socket, what: str) -> int:
    """The number that is told next; it must be the one of what is waited for, as signals are sent by it."""
    found: dict[str, int] = json.loads(channel.recv(_MOST))
    return found[what]


def _tell(channel: socket.socket, **told: int) -> None:
    channel.send(json.dumps(told).encode())


def _stand_by(channel: socket.socket) -> None:
    """Become each command line that comes, in a child; answer with its number, and with its status when it has ended."""
    begun = 0
    while True:
        said, files, _, _ = socket.recv_fds(channel, _MOST, 2)
        if begun:
            os.waitpid(begun, 0)
        if not said:
            return
        begun = os.fork()
        if not begun:
            channel.close()
            _become(json.loads(said), *files)
        for one in files:
            os.close(one)
        _tell(channel, begun=begun)
        ended = os.waitid(os.P_PID, begun, os.WEXITED | os.WNOWAIT)  # its number stays taken
        assert ended is not None
        _tell(channel, ended=ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status)


def _become(arguments: list[str], out: int, errors: int) -> None:
    from okrtui.cli.start import main  # noqa: PLC0415 - loaded before

    os.dup2(out, 1)
    os.dup2(errors, 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
    sys.argv[1:] = arguments
    main()


def _load() -> None:
    """Load what `okrtui serve` loads, told what it tells Textual."""
    from okrtui.terminal.settings import settle  # noqa: PLC0415 - before Textual is imported

    settle(os.environ, serves=True)
    from okrtui import serving  # noqa: PLC0415 - as above
    from okrtui.cli import main, serve, start  # noqa: F401, PLC0415 - as above

    serving._load()


if __name__ == "__main__":
    _load()
    with suppress(KeyboardInterrupt):
        _stand_by(socket.socket(fileno=int(sys.argv[1])))
