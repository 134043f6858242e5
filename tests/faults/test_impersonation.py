"""Ways to pretend to be somebody else on the machine that has the file, each by a real account of it; by SSH and sudo they are tried elsewhere."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from accounts import Accounts

from okrtui.service import setup
from okrtui.store import events
from okrtui.store.file import Store

OWNER, STRANGER = 1, 65534
"""On Debian daemon, to whom the file belongs and who is nobody in it, and nobody, who is a person of it: ``nemo``, a reader."""

COMMENT = ("comment", "KR1", "said by somebody")


@pytest.fixture(scope="module")
def accounts():
    if os.geteuid() != 0:
        pytest.skip("becoming other accounts needs root")
    with Accounts() as found:
        yield found


@pytest.fixture
def machine(company, accounts):
    """The file in a folder of its owner's, and calls of the command by others."""
    company.agreed()
    company.running()
    setup.add_person(company.operator, {"handle": "nemo", "name": "Nemo", "login": "nobody"})
    folder = Path(tempfile.mkdtemp())
    path = folder / "okr.db"
    company.store.connection.execute("VACUUM INTO ?", (str(path),))
    folder.chmod(0o755)
    path.chmod(0o600)
    for one in (folder, path):
        os.chown(one, OWNER, OWNER)
    yield Machine(path, accounts)
    shutil.rmtree(folder)


class Machine:
    def __init__(self, path, accounts):
        self.path, self._accounts = path, accounts
        self.before = len(self.told())

    def told(self):
        with Store.open(self.path) as store:
            found = events.after_id(store.connection, 0, 1_000_000)
            handles = dict(store.connection.execute("SELECT id, handle FROM person"))
        for suffix in ("-wal", "-shm", ".lock", ".live"):  # what root made is its owner's
            one = self.path.with_name(self.path.name + suffix)
            if one.exists():
                os.chown(one, OWNER, OWNER)
        return [(handles.get(event.person_id, "operator"), event.verb) for event in found]

    def open_to_all(self):
        """What nobody should do: let every account write to the file."""
        self.path.parent.chmod(0o777)
        for one in self.path.parent.iterdir():
            one.chmod(0o666)

    def call(self, uid, *arguments, **environ):
        environ = {"OKRTUI_NOW": "2026-11-26T10:00", "OKRTUI_DB": str(self.path), **environ}
        status, out, errors = self._accounts.call(uid, *arguments, **environ)
        assert status >= 0, errors
        assert "Traceback" not in errors
        assert errors.count("\n") <= 1
        return status, out, errors

    def new(self):
        """Who has done something since."""
        return self.told()[self.before :]


def refused(answer, sentence):
    status, _, errors = answer
    assert status in (1, 2, 3)
    assert sentence in errors


def by_a_variable(machine, name):
    machine.open_to_all()
    assert machine.call(STRANGER, *COMMENT, **{name: "lea"})[0] == 0
    return "nemo"


def by_as(machine):
    machine.open_to_all()
    refused(machine.call(STRANGER, "--as", "lea", *COMMENT), "Only the owner of")


def by_the_variable_of_as(machine):
    machine.open_to_all()
    refused(machine.call(STRANGER, *COMMENT, OKRTUI_AS="lea"), "Only the owner of")


def by_saying_sudo_called(machine):
    machine.open_to_all()
    assert machine.call(STRANGER, *COMMENT, SUDO_UID=str(OWNER))[0] == 0
    return "nemo"


def by_saying_sudo_called_and_as(machine):
    machine.open_to_all()
    refused(machine.call(STRANGER, "--as", "lea", *COMMENT, SUDO_UID=str(OWNER)), "Only the owner of")


def by_the_file_itself(machine):
    refused(machine.call(STRANGER, *COMMENT), "may not be written to from this account")


def by_a_link_of_ones_own(machine):
    machine.open_to_all()
    link = machine.path.with_name("mine.db")
    link.symlink_to(machine.path)
    os.lchown(link, STRANGER, STRANGER)
    refused(machine.call(STRANGER, "--db", str(link), "--as", "lea", *COMMENT), "Only the owner of")


def by_a_copy_of_ones_own(machine):
    """In one's own copy one may be whoever one likes; nothing of it reaches the file."""
    machine.open_to_all()
    copy = machine.path.with_name("copy.db")
    shutil.copy(machine.path, copy)
    os.chown(copy, STRANGER, STRANGER)
    assert machine.call(STRANGER, "--db", str(copy), "--as", "lea", *COMMENT)[0] == 0
    return "nobody"


def by_the_owner_s_account_lent(machine):
    """As sudo lends it: the process is the owner's, and sudo says whose it is."""
    lent = {"SUDO_UID": str(STRANGER)}
    refused(machine.call(OWNER, "--as", "lea", *COMMENT, **lent), "Only the owner of")
    refused(machine.call(OWNER, *COMMENT, OKRTUI_AS="lea", **lent), "Only the owner of")
    refused(machine.call(OWNER, "--db", str(machine.path), *COMMENT, **lent), "leave --db out")
    assert machine.call(OWNER, *COMMENT, **lent)[0] == 0
    return "nemo"


def by_another_s_login(machine):
    machine.open_to_all()
    refused(machine.call(STRANGER, "person", "edit", "lea", "--login", "nobody"), "admin")
    refused(machine.call(STRANGER, "person", "add", "lеa", "--login", "nobody"), "")  # the e is Cyrillic


WAYS = {
    **{f"${name}": lambda machine, name=name: by_a_variable(machine, name) for name in ("USER", "LOGNAME", "HOME")},
    "--as": by_as,
    "$OKRTUI_AS": by_the_variable_of_as,
    "$SUDO_UID": by_saying_sudo_called,
    "$SUDO_UID and --as": by_saying_sudo_called_and_as,
    "the file": by_the_file_itself,
    "a link": by_a_link_of_ones_own,
    "a copy": by_a_copy_of_ones_own,
    "the owner's account, lent": by_the_owner_s_account_lent,
    "another's login": by_another_s_login,
}


@pytest.mark.fault
@pytest.mark.parametrize("way", WAYS)
def test_nobody_is_somebody_else(machine, way, record_property):
    known = WAYS[way](machine)
    assert machine.new() == ([("nemo", "comment.add")] if known == "nemo" else [])
    record_property(f"to be somebody else by {way}", "no")
