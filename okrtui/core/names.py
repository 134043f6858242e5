"""What things are called: refs (O12, KR34), handles, slugs and cycle names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from okrtui.core.errors import Invalid, NotFound

# Letters in front of a ref's number, and the noun they stand for.
NOUNS = {
    "O": "objective",
    "KR": "key result",
    "S": "suggestion",
    "C": "comment",
    "I": "initiative",
    "P": "commitment",
    "PR": "priority",
    "W": "win",
    "WS": "workshop",
    "N": "note",
}

_REF = re.compile(r"(?P<letters>[A-Za-z]{1,2})(?P<number>[1-9][0-9]{0,17})")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_CYCLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True)
class Ref:
    """The short name of a thing: its noun's letters and its number."""

    letters: str
    number: int

    def __str__(self) -> str:
        return f"{self.letters}{self.number}"


def parse_ref(text: str, *letters: str) -> Ref:
    """Read ``O12`` or ``kr34``; with ``letters`` only those nouns will do.

    Raises:
        NotFound: the text is no ref, or is one of another noun.
    """
    match = _REF.fullmatch(text.strip())
    ref = Ref(match["letters"].upper(), int(match["number"])) if match else None
    wanted = letters or tuple(NOUNS)
    if ref is None or ref.letters not in wanted:
        examples = " or ".join(
            f"{name}12 (a{'n' if NOUNS[name][0] in 'aeio' else ''} {NOUNS[name]})" for name in wanted
        )
        raise NotFound(f"{text.strip()[:40]!r} names nothing here: give {examples}.")
    return ref


def check_name(text: str, what: str) -> str:
    """A handle or slug, in lower case.

    Raises:
        Invalid: other than 1 to 40 of a-z, 0-9, dot, dash and underscore, beginning with a letter or digit.
    """
    name = text.strip().lower()
    if not _NAME.fullmatch(name):
        raise Invalid(
            f"A {what} is 1 to 40 letters a-z, digits, dots, dashes or underscores: {text.strip()[:40]!r} is not."
        )
    return name


def check_cycle_name(text: str) -> str:
    """A cycle's name, such as 2026-Q4.

    Raises:
        Invalid: other than 1 to 40 letters, digits, dots, dashes and underscores.
    """
    name = text.strip()
    if not _CYCLE.fullmatch(name):
        raise Invalid(f"A cycle's name is letters, digits and dashes, such as 2026-Q4: {name[:40]!r} is not.")
    return name


def slugify(name: str) -> str:
    """The slug a name suggests: "Sales & Success" is ``sales-success``; empty when nothing of it can be kept."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
