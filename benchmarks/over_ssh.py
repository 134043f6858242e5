"""How long a start takes over SSH, on loopback, beside the same started locally.

    python -m benchmarks.over_ssh [--rounds 15]

Prints JSON: the median seconds until the first content is on a pty, and the ratios. `ssh / local` is the bar of 1.6: the
key stands in a file of sshd's. `asked / local` is the same where sshd asks okrtui whose the key is, which it does twice.
`connection` is a connection that runs `true`, the part of it that is none of ours. All run in turns in one go. Needs
OpenSSH's sshd, ssh and ssh-keygen.
"""

from __future__ import annotations

import getpass
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.start import seconds_until
from okrtui.core.public_keys import PublicKey, read
from okrtui.demo import PERSON, build
from okrtui.remote import forced
from okrtui.service import keys
from okrtui.service.session import Session
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCOUNT = getpass.getuser()
WANTED = b"reporting"
# A home without a shell's settings: what those cost is the account's own.
CONFIG = """
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
SetEnv HOME={folder}
AuthorizedKeysFile {folder}/authorized_keys
AuthorizedKeysCommand /usr/bin/env {program} --db {path} keys authorized --key %t %k
AuthorizedKeysCommandUser {account}
LogLevel QUIET
"""


def which(name: str) -> str | None:
    """Where a program of OpenSSH is, the server among the system's; None where it is not installed."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")


def measure(rounds: int) -> dict[str, object]:
    """Medians and ratios over this many rounds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "okr.db"
        build(path, datetime.now(UTC))
        made = {each: _key(folder, each) for each in ("host", "listed", "asked", "bare")}
        with Store.open(path) as store:
            keys.add(Session(store, None), PERSON, [made["listed"], made["asked"]])
        lines = [forced.line(path, made["listed"], PERSON), f"restrict,pty ssh-ed25519 {made['bare'].base64}"]
        (folder / "authorized_keys").write_text("\n".join(lines) + "\n")
        with _sshd(folder, path) as port:
            times = _times(rounds, folder, path, port)
    medians = {name: statistics.median(found) for name, found in times.items()}
    return {
        "seconds": {name: round(found, 4) for name, found in medians.items()},
        "ratios": {
            "ssh / local": round(medians["ssh"] / medians["local"], 3),
            "asked / local": round(medians["asked"] / medians["local"], 3),
        },
    }


def _times(rounds: int, folder: Path, path: Path, port: int) -> dict[str, list[float]]:
    own = [sys.executable, "-m", "okrtui", "--db", str(path), "--as", PERSON]
    programs = {
        "local": (own, WANTED),
        "ssh": (_client(folder, port, "listed"), WANTED),
        "asked": (_client(folder, port, "asked"), WANTED),
        "connection": ([*_client(folder, port, "bare"), "true"], b""),
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, (command, wanted) in programs.items():
            times[name].append(seconds_until(command, wanted).seconds)
    return times


def _key(folder: Path, name: str) -> PublicKey:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    return read((folder / f"{name}.pub").read_text())


def _client(folder: Path, port: int, name: str) -> list[str]:
    said = ("BatchMode=yes", "IdentitiesOnly=yes", "IdentityAgent=none", "StrictHostKeyChecking=no")
    options = [f"-o{one}" for one in (*said, "UserKnownHostsFile=/dev/null", "LogLevel=ERROR")]
    return [
        str(which("ssh")),
        "-F",
        "none",
        "-tt",
        "-p",
        str(port),
        "-i",
        str(folder / name),
        *options,
        f"{ACCOUNT}@127.0.0.1",
    ]


@contextmanager
def _sshd(folder: Path, path: Path) -> Iterator[int]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    config = folder / "sshd_config"
    program = Path(sys.executable).with_name("okrtui")
    config.write_text(CONFIG.format(port=port, folder=folder, path=path, program=program, account=ACCOUNT))
    with subprocess.Popen([str(which("sshd")), "-D", "-f", config]) as sshd:
        try:
            _wait_for(port)
            yield port
        finally:
            sshd.terminate()


def _wait_for(port: int, limit: float = 10.0) -> None:
    end = time.monotonic() + limit
    while time.monotonic() < end:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise TimeoutError("sshd did not begin to listen")


@click.command()
@click.option("--rounds", default=15, show_default=True, help="How often each is started.")
def main(rounds: int) -> None:
    """Measure how long a start takes over SSH."""
    missing = [name for name in ("ssh", "ssh-keygen", "sshd") if which(name) is None]
    if missing:
        click.echo(json.dumps({"missing": missing}))
        return
    click.echo(json.dumps(measure(rounds), indent=2))


if __name__ == "__main__":
    main()
