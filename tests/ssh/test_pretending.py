"""Ways to pretend to be somebody else over SSH. On this server each gets as far as a key's line lets it."""

from __future__ import annotations

import shlex
import sys

import pytest
from sshd import Host

from okrtui.core.errors import AccessEnded, Invalid
from okrtui.core.public_keys import PublicKey, read
from okrtui.remote import forced
from okrtui.service import keys
from okrtui.store.file import Store

LATE = "2031-01-01T10:00"


def whoever(host, name="ana", *, options=()):
    """The handle by which a key acts."""
    return host.ssh(name, "me", "--json", options=options).json["handle"]


def with_environment(**variables):
    """Options by which ssh sends variables, which this server takes, whatever they are called."""
    return (f"-oSetEnv={' '.join(f'{name}={value}' for name, value in variables.items())}",)


class TestByWhatIsSent:
    @pytest.mark.parametrize(
        "variables",
        [
            {"OKRTUI_AS": "lea"},
            {"USER": "lea", "LOGNAME": "lea", "USERNAME": "lea", "HOME": "/home/lea"},
            {"SSH_ORIGINAL_COMMAND": "--as=lea", "SSH_CONNECTION": "lea", "SSH_USER_AUTH": "lea"},
            {"LESS": "!id", "PAGER": "id", "EDITOR": "id", "VISUAL": "id", "BROWSER": "id", "LC_ALL": "tr_TR.UTF-8"},
        ],
        ids=lambda variables: next(iter(variables)),
    )
    def test_no_variable_is_heard(self, host, variables):
        assert whoever(host, options=with_environment(**variables)) == "ana"

    def test_nor_one_that_names_a_file(self, host, tmp_path):
        other = tmp_path / "other.db"
        Store.create(other, rehearsal=True, now="2026-11-22T10:00:00Z").close()
        assert whoever(host, options=with_environment(OKRTUI_DB=other, XDG_DATA_HOME=tmp_path)) == "ana"

    def test_nor_one_that_sets_the_clock(self, host, company):
        """Of a rehearsal, whose clock may be set otherwise."""
        company.accepted()
        assert host.ssh("ana", "comment O1 Late", options=with_environment(OKRTUI_NOW=LATE)).status == 0
        event = host.ssh("lea", "log", "O1", "--json").json[-1]
        assert event["way"] == "ssh"
        assert not event["at"].startswith("2031")

    def test_what_sudo_would_say_is_believed_of_nobody(self, host):
        answer = host.ssh("ana", "me", options=with_environment(SUDO_UID="54321", SUDO_USER="lea"))
        assert (answer.status, answer.out) == (1, "")
        assert "is for the owner of the file to say" in answer.sentence

    def test_what_python_would_obey(self, host, tmp_path):
        """Not a prompt at the end, nor a module of somebody's own."""
        (tmp_path / "okrtui").mkdir()
        (tmp_path / "okrtui" / "__main__.py").write_text("print('owned')")
        sent = with_environment(PYTHONPATH=tmp_path, PYTHONINSPECT=1, PYTHONSTARTUP=tmp_path / "x.py", PYTHONUTF8=0)
        answer = host.ssh("ana", "due", options=sent, typed=b"print('owned')\n")
        assert (answer.status, answer.out, answer.err) == (0, "Nothing is waiting.\n", "")

    @pytest.mark.parametrize(
        "command",
        [
            "me --json; OKRTUI_AS=lea okrtui me --json",
            "me --json\nOKRTUI_AS=lea okrtui me",
            "me --json --as lea",
            "me --as=lea --json",
            "-- --as lea me",
            "--as lea -- me",
            "me --json ' --as' lea",
        ],
    )
    def test_no_word_of_the_command(self, host, command):
        answer = host.ssh("ana", command)
        assert answer.status in {1, 2}
        assert answer.out == ""


class TestByAKey:
    def test_a_comment_is_a_comment(self, host):
        """The same as another's, or one that would be an option, or a line of its own."""
        host.let_in("ben", comment="lea")
        assert whoever(host, "ben") == "ben"
        host.let_in("rob", comment='x",command="id" \\" ssh-ed25519')
        assert whoever(host, "rob") == "rob"

    def test_a_line_that_is_out_of_date_lets_nobody_in_as_another(self, host):
        lines = host.folder / "authorized_keys"
        lines.write_text(lines.read_text().replace("--as ana", "--as lea"))
        answer = host.ssh("ana", "me")
        assert (answer.status, answer.out) == (1, "")
        assert "This key is ana's now" in answer.sentence

    def test_nor_does_one_with_somebody_elses_fingerprint(self, host):
        """Whoever can write the lines is the account; what they cannot do is mistake one person for another."""
        ana, lea = (read((host.folder / f"{name}.pub").read_text()).fingerprint for name in ("ana", "lea"))
        lines = host.folder / "authorized_keys"
        lines.write_text(lines.read_text().replace(ana, lea))
        assert "This key is lea's now" in host.ssh("ana", "me").sentence

    def test_a_key_is_one_persons(self, host):
        host.make_key("eve")
        for handle in ("ana", "lea"):
            public = host.folder / f"{handle}.pub"
            answer = host.ssh("lea" if handle == "ana" else "ana", f"keys add {handle} {public}")
            assert answer.status == 1
        with pytest.raises(AssertionError, match="is lea's already"):
            host.owner("keys", "add", "ana", str(host.folder / "lea.pub"))
        assert host.ssh("eve", "me").status == 255

    def test_a_key_of_another_file_is_nobodys_here(self, host, company):
        keys.remove(company.operator, "@ana")
        answer = host.ssh("ana", "me")
        assert (answer.status, answer.out) == (1, "")


HOSTILE = ["it's", 'a "b" c', "$(id)", "`id`", "a\\", '\\"', "a;b", "%h %u", "ä ö 🙂", "--as lea", "#", "!"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_path_is_one_word_whatever_it_is(company, tmp_path, name):
    """Of the shell that starts the forced command, through sshd's own quotes."""
    place = tmp_path / name / "okr.db"
    place.parent.mkdir()
    with Store.open(company.store.path) as store:
        store.connection.execute("VACUUM INTO ?", (str(place),))
    with Host(tmp_path / "sshd", place) as host:
        host.let_in("ana")
        assert whoever(host) == "ana"


def test_a_path_with_a_line_break_has_no_line(tmp_path):
    key = PublicKey("ssh-ed25519", b"x", "")
    for name in ("a\nb", "a\rb", "a\x1b[2J"):
        with pytest.raises(Invalid, match="move the file first"):
            forced.line(tmp_path / name, key, "ana")


@pytest.mark.parametrize("handle", ["a' --as 'lea", 'x" ssh-rsa AAAA', "x\nssh-ed25519 AAAA eve", "$(id)", "\\"])
def test_a_handle_is_one_word_whatever_the_file_holds(tmp_path, handle):
    key = PublicKey("ssh-ed25519", b"x", "one\ntwo")
    try:
        line = forced.line(tmp_path, key, handle)
    except ValueError:
        assert "\n" in handle
        return
    assert len(line.splitlines()) == 1
    command = sshd_reads(line)
    words = shlex.split(command)
    assert words[words.index("--as") + 1] == handle
    assert words[0] == sys.executable


def sshd_reads(line):
    """The command of a line as sshd takes it out of its quotes."""
    rest = line.removeprefix('restrict,pty,command="')
    found = ""
    while rest[0] != '"':
        if rest.startswith('\\"'):
            rest = rest[1:]
        found, rest = found + rest[0], rest[1:]
    assert rest.startswith('" ssh-ed25519 ')
    return found


def test_the_session_of_a_key_that_was_given_to_another_ends(company):
    """The same key, switched off and let in again as somebody else, is no way back into the first one's session."""
    key = read("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDQFA5J35o4yPVdsRDX2AjgNjsGFLqZbfLfDPXvX54W3")
    keys.add(company.operator, "ana", [key])
    session = keys.session(company.store, key.fingerprint)
    keys.remove(company.operator, key.fingerprint)
    keys.add(company.operator, "lea", [key])
    with pytest.raises(AccessEnded), session.writing():
        pass
