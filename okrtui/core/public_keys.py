"""OpenSSH public keys: the lines of a ``.pub`` file, read strictly, and the codes by which a key is let in."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

from okrtui.core.errors import Invalid
from okrtui.core.text import one_line

MOST_COMMENT = 200
MOST_BLOB = 4096
"""Bytes of a key: an RSA key of 16,384 bits, the largest OpenSSH makes, has 2,071."""

LEAST_RSA_BITS = 2048

_NUMBERS = {"ssh-rsa": 2}
"""How many fields follow the name in a key whose length is its maker's choice."""
_LENGTHS: dict[str, tuple[tuple[int, ...], ...]] = {
    "ssh-ed25519": ((32,),),
    "ecdsa-sha2-nistp256": ((8,), (33, 65)),
    "ecdsa-sha2-nistp384": ((8,), (49, 97)),
    "ecdsa-sha2-nistp521": ((8,), (67, 133)),
}
"""The lengths that each field after the name may have; a key of a security token names its application after them."""

TYPES = (*_LENGTHS, *_NUMBERS, "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com")

_INSTEAD = "make one with `ssh-keygen -t ed25519` and give its .pub file"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: its type, and its blob, which is what SSH itself sends and compares."""

    type: str
    blob: bytes
    comment: str = ""

    @property
    def base64(self) -> str:
        """The blob as a ``.pub`` file and ``authorized_keys`` spell it."""
        return b64encode(self.blob).decode()

    @property
    def fingerprint(self) -> str:
        """As ``ssh-keygen -l`` shows it: ``SHA256:`` and 43 characters."""
        return fingerprint(self.blob)


def fingerprint(blob: bytes) -> str:
    """The fingerprint of a key's blob."""
    from hashlib import sha256  # noqa: PLC0415 - 6 ms that a session, which is told its key's, does without

    return f"SHA256:{b64encode(sha256(blob).digest()).decode().rstrip('=')}"


def read_lines(text: str) -> list[PublicKey]:
    """The keys of a ``.pub`` file or a list of them, a line each; blank lines and those that begin with # are left out.

    Raises:
        Invalid: a line is no public key that is let in, or there is none; the sentence says which, and what to give.
    """
    if "PRIVATE KEY-----" in text:
        raise Invalid("That is a private key, which nobody else should see: give the .pub file beside it.")
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    found = [_numbered(number, line) for number, line in lines if line and not line.startswith("#")]
    if not found:
        raise Invalid(f"There is no public key in it: {_INSTEAD}.")
    return found


def _numbered(number: int, line: str) -> PublicKey:
    try:
        return read(line)
    except Invalid as error:
        raise Invalid(f"Line {number}: {error}") from error


def read(line: str) -> PublicKey:
    """The key of one line: its type, its blob, and a comment that may be missing.

    Raises:
        Invalid: it is none, it has options in front, or it is of a type or a length that is not let in.
    """
    kind, _, rest = line.strip().partition(" ")
    text, _, comment = rest.strip().partition(" ")
    if kind not in TYPES:
        raise Invalid(_why_not(kind, line))
    return from_blob(kind, _decoded(text), comment)


def _decoded(text: str) -> bytes:
    """The bytes of a text in base64, spelt as everybody spells it; none where it is not."""
    try:
        blob = b64decode(text, validate=True)
    except ValueError:
        return b""
    return blob if b64encode(blob).decode() == text else b""


def from_blob(kind: str, blob: bytes, comment: str = "") -> PublicKey:
    """The key of a type and a blob, as SSH sends them.

    Raises:
        Invalid: they make none, or none that is let in.
    """
    if kind not in TYPES:
        raise Invalid(_why_not(kind, kind))
    fields = _fields(blob)
    if fields is None or fields[0] != kind.encode() or not _is_whole(kind, fields[1:]):
        raise Invalid(f"The {kind} key is damaged: copy its .pub file again, as one line.")
    if kind == "ssh-rsa" and (bits := int.from_bytes(fields[2], "big").bit_length()) < LEAST_RSA_BITS:
        raise Invalid(f"An RSA key of {bits} bits is too weak, {LEAST_RSA_BITS} are the least: {_INSTEAD}.")
    return PublicKey(kind, blob, one_line(comment)[:MOST_COMMENT])


def _why_not(kind: str, line: str) -> str:
    if kind in {"ssh-dss", "ssh-dsa"}:
        return f"DSA keys are too weak, and OpenSSH itself no longer takes them: {_INSTEAD}."
    if kind.endswith("-cert-v01@openssh.com"):
        return "That is a certificate, and keys alone are let in: give the .pub file it was made of."
    if any(f" {known} " in f" {line} " for known in TYPES):
        return "Options in front of a key are the program's to write: give the key alone, beginning with its type."
    return f"{kind[:40]!r} begins no public key: {_INSTEAD}."


def _fields(blob: bytes) -> list[bytes] | None:
    """The fields of a blob, each with its length of four bytes in front; None where it does not end with one."""
    if not 0 < len(blob) <= MOST_BLOB:
        return None
    found: list[bytes] = []
    at = 0
    while at < len(blob):
        end = at + 4 + int.from_bytes(blob[at : at + 4], "big")
        if end > len(blob) or len(blob) - at < 4:
            return None
        found.append(blob[at + 4 : end])
        at = end
    return found


def _is_whole(kind: str, fields: list[bytes]) -> bool:
    if kind in _NUMBERS:
        return len(fields) == _NUMBERS[kind] and all(fields)
    if kind.startswith("sk-"):
        kind, fields = kind.removeprefix("sk-").removesuffix("@openssh.com"), fields[:-1]
    lengths = _LENGTHS[kind]
    if kind.startswith("ecdsa-") and fields[:1] != [kind.removeprefix("ecdsa-sha2-").encode()]:
        return False
    return len(fields) == len(lengths) and all(
        len(one) in fitting for one, fitting in zip(fields, lengths, strict=True)
    )


CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o or u."""
CODE_LENGTH = 16
"""Letters of a code, 80 bits: nobody guesses one in the days it is open."""
_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1"})


def spelled_code(random: bytes) -> str:
    """A code to hand out, such as ``7k3m-q0xw-9pgt-v2ae``, from ten random bytes."""
    number = int.from_bytes(random, "big")
    letters = "".join(CODE_LETTERS[number >> 5 * place & 31] for place in range(CODE_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def code_digest(code: str) -> str:
    """What is kept of a code; the same however a person spells it: in capitals, without dashes, with O for 0."""
    from hashlib import sha256  # noqa: PLC0415 - as above

    bare = re.sub(r"[\s-]", "", code).lower().translate(_MISREAD)
    return sha256(bare.encode("utf-8", "replace")).hexdigest()
