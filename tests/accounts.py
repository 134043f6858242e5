"""The command, run by any account of this machine; needs root.

    python tests/accounts.py

It reads a line of JSON for each call, and answers with one: status, output, errors. An account may have no right to the
interpreter's own files, so everything is loaded before, and each call is a fork that has become the account.
"""

from __future__ import annotations

import io
import json
import os
import pkgutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module

import okrtui
from okrtui.cli.main import run
from okrtui.core.entering import entered
from okrtui.core.errors import Invalid
from okrtui.core.inputs import PersonEntry


class Accounts:
    """Calls of the command by accounts, within."""

    def __enter__(self) -> Accounts:
        self._process = subprocess.Popen([sys.executable, __file__], stdin=-1, stdout=-1, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=30)

    def call(self, uid: int, *arguments: str, **environ: str) -> tuple[int, str, str]:
        """A call by an account, with nothing in its environment but this; its status, output and errors."""
        self._process.stdin.write(json.dumps([uid, arguments, environ]) + "\n")
        self._process.stdin.flush()
        return tuple(json.loads(self._process.stdout.readline()))


def load_everything() -> None:
    """What is imported where it is used, too, of others' packages by using it."""
    for one in pkgutil.walk_packages(okrtui.__path__, "okrtui."):
        if not one.name.endswith("__main__"):
            import_module(one.name)
    with suppress(Invalid):
        entered(PersonEntry, {"handle": ""})


def called(uid: int, arguments: list[str], environ: dict[str, str]) -> tuple[int, str, str]:
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
    os.umask(0o022)
    os.environ.clear()
    os.environ.update(environ)
    out, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(errors):
        status = run(arguments)
    return status, out.getvalue(), errors.getvalue()


def main() -> None:
    """Answer calls until there are none."""
    load_everything()
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            try:
                answer = json.dumps(called(*json.loads(line))) + "\n"
            except BaseException as error:  # noqa: BLE001  # whatever it is, whoever asks is told
                answer = json.dumps([-1, "", repr(error)]) + "\n"
            os.write(1, answer.encode())
            os._exit(0)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
