"""The word lists behind the checks: packaged ones, and what a person adds to them in a folder of their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from okrtui.core.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

Sort = Literal["outcome", "attain", "vague", "output"]

# Where a verb stands in two packaged lists, the later sort has it.
_SORTS: tuple[Sort, ...] = ("output", "vague", "attain", "outcome")
_VERBS = {sort: f"verbs_{sort}.txt" for sort in _SORTS}
_NOUNS = ("activity", "metric", "vague", "people", "demand", "flow", "input", "own", "won", "made")
_MARKS = ("less", "hold", "deal", "make", "join", "put", "theirs")
_LISTS = (
    *(f"nouns_{name}.txt" for name in _NOUNS),
    *(f"marks_{name}.txt" for name in _MARKS),
    *("done_states.txt", "levels.txt", "vague_words.txt"),
)
_EXAMPLES = "examples.txt"
_VOWELS = "aeiou"
_MAX_FILE = 1_000_000  # bytes; a list of a person's own that is longer is none


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: its plain form, the sort of sentence it begins, and its participle ("built")."""

    base: str
    sort: Sort
    participle: str


@dataclass(frozen=True, slots=True)
class WordLists:
    """All lists, ready to be asked. Words are in lower case, nouns in the singular."""

    verbs: Mapping[str, Verb]
    """By every form but the one with s: launch, launched, launching."""
    participles: frozenset[str]
    """Of the verbs of work done, in one word, but those of what others do."""
    nouns: Mapping[str, frozenset[str]]
    """By the list they stand in: activity, metric, vague, people, demand, flow, input, own, won, made."""
    marks: Mapping[str, frozenset[str]]
    """Plain forms of verbs by what else is true of them: less, hold, deal, make, join, put, theirs."""
    done_states: tuple[str, ...]
    """Each between two spaces, as are the levels."""
    levels: tuple[str, ...]
    vague: frozenset[str]
    examples: Mapping[str, str]
    """By verb, the sentence turned towards an outcome, with ``{it}`` in it."""


@lru_cache(maxsize=1)
def packaged() -> WordLists:
    """The lists as they come."""
    return _compose([_contents(resources.files("okrtui.checks") / "words")])


def extended(folder: Traversable) -> WordLists:
    """The packaged lists and what a person's files of the same names in ``folder`` say: a line adds, ``-word`` takes away.

    A verb that they add to one list leaves the others. ``folder`` may be a `pathlib.Path`.

    Raises:
        Invalid: a file is no text in UTF-8, or too long to be a list of words.
    """
    return _compose([_contents(resources.files("okrtui.checks") / "words"), _contents(folder)])


def installed() -> WordLists:
    """The lists of this installation: the packaged ones, and those in ``okrtui/checks`` of its settings where there are any.

    A folder is read once in a program's life.

    Raises:
        Invalid: a file there is no text in UTF-8, or too long to be a list of words.
    """
    return _installed(_folder())


def _folder() -> Path:
    from platformdirs import user_config_dir  # noqa: PLC0415  # asked for with the first sentence, not with the first frame

    return Path(user_config_dir("okrtui", appauthor=False)) / "checks"


@lru_cache(maxsize=4)
def _installed(folder: Path) -> WordLists:
    return extended(folder) if folder.is_dir() else packaged()


def in_use() -> WordLists:
    """The lists of this installation; the packaged ones where its own cannot be read, which ``okrtui check`` says."""
    return _in_use(_folder())


@lru_cache(maxsize=4)
def _in_use(folder: Path) -> WordLists:
    try:
        return _installed(folder)
    except Invalid:
        return packaged()


@lru_cache(maxsize=4096)
def singular(noun: str) -> str:
    """A noun without its plural's ending, near enough for a look into a list."""
    if len(noun) <= 3 or noun.endswith(("ss", "us", "is")):
        return noun
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun.removesuffix("s")


def _contents(folder: Traversable) -> dict[str, list[str]]:
    return {name: _lines(folder / name) for name in (*_VERBS.values(), *_LISTS, _EXAMPLES)}


def _lines(file: Traversable) -> list[str]:
    if not file.is_file():
        return []
    content = file.read_bytes()
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise Invalid(f"{file.name} is no text in UTF-8: save it as that.") from error
    if len(content) > _MAX_FILE:
        raise Invalid(f"{file.name} is longer than a list of words can be: keep it under a megabyte.")
    lines = (line.partition("#")[0].strip().lower() for line in text.splitlines())
    return [line for line in lines if line]


def _compose(layers: Iterable[Mapping[str, list[str]]]) -> WordLists:
    verbs: dict[str, tuple[Sort, str]] = {}
    lists: dict[str, dict[str, None]] = {name: {} for name in _LISTS}
    examples: dict[str, str] = {}
    for layer in layers:
        for sort in _SORTS:
            _add_verbs(verbs, sort, layer[_VERBS[sort]])
        for name in _LISTS:
            _add_words(lists[name], layer[name])
        examples |= _examples(layer[_EXAMPLES])
    forms = _forms(verbs)
    theirs = {forms[verb].participle for verb in lists["marks_theirs.txt"] if verb in forms}
    return WordLists(
        verbs=forms,
        participles=frozenset(
            one.participle
            for one in forms.values()
            if one.sort == "output" and one.participle not in {one.base, *theirs} and " " not in one.participle
        ),
        nouns={name: frozenset(map(_singular_phrase, lists[f"nouns_{name}.txt"])) for name in _NOUNS},
        marks={name: frozenset(lists[f"marks_{name}.txt"]) for name in _MARKS},
        done_states=tuple(f" {state} " for state in lists["done_states.txt"]),
        levels=tuple(f" {level} " for level in lists["levels.txt"]),
        vague=frozenset(lists["vague_words.txt"]),
        examples=examples,
    )


def _add_verbs(verbs: dict[str, tuple[Sort, str]], sort: Sort, lines: Iterable[str]) -> None:
    for line in lines:
        base = line.partition(",")[0].strip()
        if not base.startswith("-"):
            verbs[base] = (sort, line)
        elif (known := verbs.get(base[1:].strip())) and known[0] == sort:
            del verbs[base[1:].strip()]


def _add_words(words: dict[str, None], lines: Iterable[str]) -> None:
    for line in lines:
        if line.startswith("-"):
            words.pop(line[1:].strip(), None)
        else:
            words[line] = None


def _examples(lines: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        verbs, equals, sentence = line.partition("=")
        if equals and "{it}" in sentence:
            words = sentence.strip()
            found |= {verb.strip(): words[0].upper() + words[1:] for verb in verbs.split(",")}
    return found


def _singular_phrase(phrase: str) -> str:
    before, space, last = phrase.rpartition(" ")
    return f"{before}{space}{singular(last)}"


def _forms(verbs: Mapping[str, tuple[Sort, str]]) -> dict[str, Verb]:
    """Every verb by each of its forms; a plain form goes before another verb's other form."""
    plain: dict[str, Verb] = {}
    others: dict[str, Verb] = {}
    for base, (sort, line) in verbs.items():
        given = [form.strip() for form in line.split(",")[1:] if form.strip()]
        past, continuous = _regular(base)
        verb = Verb(base, sort, given[-1] if given else past)
        plain[base] = verb
        for form in (*given, continuous, *([] if given else [past])):
            others.setdefault(form, verb)
    return others | plain


def _regular(base: str) -> tuple[str, str]:
    """The past and the -ing form of a verb, of which the first word changes: rolled out, rolling out."""
    first, space, rest = base.partition(" ")
    stem = first[:-1] if first.endswith("e") and not first.endswith(("ee", "ye", "oe")) else first
    if first.endswith("y") and first[-2:-1] not in _VOWELS:
        past = f"{first[:-1]}ied"
    else:
        past = f"{stem}ed" if stem == first and not first.endswith("e") else f"{stem.removesuffix('e')}ed"
    doubled = len(first) <= 4 and first[-1:] in "tpgnbm" and first[-2:-1] in _VOWELS and first[-3:-2] not in _VOWELS
    if doubled:
        past, stem = f"{first}{first[-1]}ed", f"{first}{first[-1]}"
    return f"{past}{space}{rest}", f"{stem}ing{space}{rest}"
