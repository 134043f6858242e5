"""Public keys are read strictly; a code is the same however it is spelt."""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.errors import Invalid
from okrtui.core.public_keys import (
    CODE_LETTERS,
    PublicKey,
    code_digest,
    from_blob,
    read,
    read_lines,
    spelled_code,
)

ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDQFA5J35o4yPVdsRDX2AjgNjsGFLqZbfLfDPXvX54W3"
FINGERPRINT = "SHA256:6vPgBEjRw//hnbgSvjmnzOUNRgr1LQpYPcsECybGNvw"  # as ssh-keygen -l says it


def field(value):
    return len(value).to_bytes(4, "big") + value


def line(kind, *fields):
    return f"{kind} {b64encode(b''.join(map(field, (kind.encode(), *fields)))).decode()}"


def rsa(bits):
    return line("ssh-rsa", b"\1\0\1", (1 << bits - 1).to_bytes(bits // 8 + 1, "big"))


P256 = (b"nistp256", b"\4" + b"x" * 64)


@pytest.mark.parametrize(
    "good",
    [
        ED25519,
        rsa(2048),
        rsa(16384),
        line("ecdsa-sha2-nistp256", *P256),
        line("ecdsa-sha2-nistp384", b"nistp384", b"\4" + b"x" * 96),
        line("ecdsa-sha2-nistp521", b"nistp521", b"\4" + b"x" * 132),
        line("sk-ssh-ed25519@openssh.com", b"x" * 32, b"ssh:"),
        line("sk-ecdsa-sha2-nistp256@openssh.com", *P256, b"ssh:okr"),
    ],
)
def test_a_key_is_read_as_it_is(good):
    key = read(f"  {good}   ana at\u202e\x1b[2J home ")
    assert f"{key.type} {key.base64}" == good
    assert key.comment == "ana at[2J home"
    assert from_blob(key.type, key.blob, key.comment) == key


def test_a_fingerprint_is_what_ssh_keygen_says():
    assert read(ED25519).fingerprint == FINGERPRINT


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("", "begins no public key"),
        ("ana@laptop", "begins no public key"),
        ("ssh-ed25519", "is damaged"),
        (f"{ED25519}=", "is damaged"),
        (ED25519[:-4], "is damaged"),
        (ED25519.replace("IDQ", "I D"), "is damaged"),
        (ED25519.replace("ssh-ed25519", "ssh-rsa"), "is damaged"),
        (line("ssh-ed25519", b"x" * 31), "is damaged"),
        (line("ssh-ed25519", b"x" * 32, b"more"), "is damaged"),
        (line("ssh-rsa", b"", b"\1" * 256), "is damaged"),
        (line("ecdsa-sha2-nistp256", b"nistp384", b"\4" + b"x" * 64), "is damaged"),
        (line("ssh-rsa", b"\1\0\1", b"\1" * 5000), "is damaged"),
        (rsa(1024), "An RSA key of 1024 bits is too weak, 2048 are the least"),
        (line("ssh-dss", b"x"), "DSA keys are too weak"),
        (line("ssh-ed25519-cert-v01@openssh.com", b"x"), "That is a certificate"),
        (f"no-pty {ED25519}", "Options in front of a key"),
        (f'command="id" {ED25519}', "Options in front of a key"),
        (f'environment="A=B",command="okrtui" {ED25519} ana', "Options in front of a key"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(bad, sentence):
    with pytest.raises(Invalid, match=sentence):
        read(bad)


class TestAFile:
    def test_of_several(self):
        found = read_lines(f"# ana's\n{ED25519} one\n\n{rsa(2048)} two\r\n")
        assert [key.comment for key in found] == ["one", "two"]

    def test_says_which_line_will_not_do(self):
        with pytest.raises(Invalid, match=r"^Line 2: DSA keys"):
            read_lines(f"{ED25519}\n{line('ssh-dss', b'x')}\n")

    def test_of_none(self):
        with pytest.raises(Invalid, match="There is no public key in it"):
            read_lines("# nothing\n\n")

    def test_that_is_the_private_half(self):
        with pytest.raises(Invalid, match=r"That is a private key.*give the \.pub file"):
            read_lines("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")


@given(st.text())
def test_no_text_is_a_surprise(text):
    for asked in (text, f"ssh-ed25519 {text}", f"ssh-rsa {text}"):
        try:
            key = read(asked)
        except Invalid:
            continue
        assert isinstance(key, PublicKey)


@given(st.binary(max_size=200))
def test_nor_is_a_blob(blob):
    with suppress(Invalid):
        assert from_blob("ssh-ed25519", blob).blob == blob


class TestACode:
    @given(st.binary(min_size=10, max_size=10))
    def test_is_four_times_four_letters(self, random):
        code = spelled_code(random)
        assert [len(part) for part in code.split("-")] == [4, 4, 4, 4]
        assert set(code) <= {*CODE_LETTERS, "-"}

    def test_is_another_for_other_bytes(self):
        assert len({spelled_code(bytes(10 * [one])) for one in range(256)}) == 256

    @pytest.mark.parametrize(
        "spelt", ["7K3M-Q0XW-1PGT-V2AE", " 7k3mq0xw1pgtv2ae\n", "7k3m qoxw lpgt v2ae", "7k3m-qOxw-Ipgt-v2ae"]
    )
    def test_is_the_same_however_it_is_spelt(self, spelt):
        assert code_digest(spelt) == code_digest("7k3m-q0xw-1pgt-v2ae")

    def test_is_not_any_other(self):
        assert code_digest("7k3m-q0xw-1pgt-v2af") != code_digest("7k3m-q0xw-1pgt-v2ae")
        assert code_digest("\udc80") != code_digest("")
