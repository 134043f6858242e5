"""The lines of the alignment tree in the order they stand, as tuples of what the file gave.

A large company has thousands of lines and a screen shows forty: what a line says is worked out when somebody looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from math import fsum
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from okrtui.core.progress import share_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from okrtui.store.tree import Idle, Leaf, Promise, Row, Stem, Work

AGAIN = "<"
"""Stands in a key between the ref of a thing and that of a parent, where it stands once more."""
TEAM = "T "
"""Stands in a key before the slug of a team."""
UNALIGNED = "unaligned"
DEEPEST = 250
"""A line that would stand deeper stands so deep."""

_WORDS = {"O": 3, "K": 3, "I": 2, "P": 2, "T": 1}
"""Where the words stand in a row, by the first letter of its key."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is shown; ``marks`` are words such as "silent" or "also under O3".

    ``kind`` is objective, key_result, initiative, commitment or team. ``owner`` is a handle, empty where it is nobody active.
    """

    ref: str
    kind: str
    text: str
    team: str
    owner: str = ""
    progress: float | None = None
    confidence: int | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aligned:
    """What contributes to a thing, straight or by way of others, each counted once: a figure of its own.

    ``share`` is the mean of their progress over those that report, 0 to 1; None where none does.
    """

    share: float | None
    reporting: int
    of: int


@dataclass(frozen=True, slots=True)
class Rows:
    """What the file holds of a cycle's tree, and what its lines say beside their own rows.

    ``links`` are child, parent and kind. ``owed_by``: by team the latest week that is owed, and the moment before which whatever
    is agreed owes it. ``care``: by ref why things need care; ``idle``: teams without objectives; both where that was asked for.
    """

    company: int
    slugs: Mapping[int, str]
    stems: Sequence[Stem]
    leaves: Sequence[Leaf]
    works: Sequence[Work]
    promises: Sequence[Promise]
    links: Sequence[tuple[str, str, str]]
    pushed: Mapping[str, Sequence[str]]
    owed_by: Mapping[int | None, tuple[int, str]]
    care: Mapping[str, Sequence[str]]
    idle: Sequence[Idle]


@dataclass(slots=True)
class TreeLines:
    """The lines of a cycle's tree: their keys, which are unique, their depths, and a row each.

    A key is a ref. Where a thing stands once more under another parent, the key is both, with `AGAIN` between them, and nothing
    stands below it there.
    """

    said: Rows
    keys: list[str] = field(default_factory=list)
    depths: bytearray = field(default_factory=bytearray)
    rows: list[Row] = field(default_factory=list)
    _things: dict[str, Row] = field(default_factory=dict)
    """Everything but key results by its ref."""
    _leaf_by_ref: dict[str, Leaf] | None = None
    _named: dict[int, str] = field(default_factory=dict)
    """The keys that are no refs, by their places."""
    _spans: dict[object, range] = field(default_factory=dict)
    """Where the key results of an objective stand among all, by its id: ranges, which the collector need not look through."""
    _below: dict[str, list[str]] = field(default_factory=dict)
    """What hangs below a ref beside its own key results; it stands in full under its home."""
    _homes: dict[str, str] = field(default_factory=dict)
    """Where what hangs below several, or one, stands in full."""
    _also: dict[str, list[str]] = field(default_factory=dict)
    _supports: set[tuple[str, str]] = field(default_factory=set)
    _contributing: dict[str, list[str]] = field(default_factory=dict)
    _standing: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, said: Rows) -> TreeLines:
        """The lines of these rows: the company's objectives first, then what has no way up, then teams without any."""
        tree = cls(said)
        for found in (said.stems, said.works, said.promises):
            tree._things |= {row[0]: row for row in found}
        at = 0
        for number, below in groupby(map(itemgetter(1), said.leaves)):
            tree._spans[number] = range(at, at := at + len(tuple(below)))
        tree._tie()
        company = said.company
        roots = [stem for stem in said.stems if stem[0] not in tree._homes]
        tree._hang(one for one in roots if one[2] == company)
        tree._hang(one for one in roots if one[2] != company)
        tree._hang(said.stems)  # in a circle, which only a file changed by hand can hold
        tree._hang(work for work in said.works if work[0] not in tree._homes)
        for team in said.idle:
            tree._named[len(tree.rows)] = f"{TEAM}{team[0]}"
            tree.rows.append(team)
            tree.depths.append(0)
        tree.keys = [row[0] for row in tree.rows]
        for at, key in tree._named.items():
            tree.keys[at] = key
        return tree

    # Growing: loops of thousands stay plain

    def _tie(self) -> None:
        """Say what hangs below what: links, initiatives under the key results they should move, promises under what they are to."""
        for child, parent, kind in self.said.links:
            if not (self._has(child) and self._has(parent)):
                continue
            if kind == "supports":
                self._supports.add((child, parent))
                self._tie_one(child, parent, is_home=False)
            else:
                self._contributing.setdefault(parent, []).append(child)
                self._tie_one(child, parent, is_home=child[0] == "O")
        if self.said.works or self.said.promises:
            self._tie_all((work[0], work[5]) for work in self.said.works)
            self._tie_all((promise[0], promise[4]) for promise in self.said.promises)

    def _has(self, ref: str) -> bool:
        return ref in self._things or (ref[0] == "K" and ref in self._leaf)

    @property
    def _leaf(self) -> dict[str, Leaf]:
        """The key results by their refs: asked for where something is tied to one."""
        if self._leaf_by_ref is None:
            self._leaf_by_ref = {leaf[0]: leaf for leaf in self.said.leaves}
        return self._leaf_by_ref

    def _tie_all(self, found: Iterable[tuple[str, str | None]]) -> None:
        """Tie initiatives, or promises, to what is there: each stands in full where it is tied first."""
        leaf, things, homes, below = self._leaf, self._things, self._homes, self._below
        for child, parent in found:
            if parent in leaf or parent in things:
                if child in homes:
                    self._also.setdefault(child, []).append(parent)
                else:
                    homes[child] = parent
                below.setdefault(parent, []).append(child)

    def _tie_one(self, child: str, parent: str, *, is_home: bool) -> None:
        if is_home and child not in self._homes:
            self._homes[child] = parent
        else:
            self._also.setdefault(child, []).append(parent)
        self._below.setdefault(parent, []).append(child)

    def _hang(self, tops: Iterable[Row]) -> None:
        """Put these things that do not stand yet, and all below them."""
        rows, depths, standing = self.rows, self.depths, self._standing
        leaves, spans = self.said.leaves, self._spans
        below, things, homes = self._below, self._things, self._homes

        def hang(row: Row, depth: int) -> None:
            ref = row[0]
            standing.add(ref)
            rows.append(row)
            depths.append(depth)
            deeper = depth + 1 if depth < DEEPEST else depth
            if ref[0] == "O" and (span := spans.get(row[1])):
                for leaf in leaves[span.start : span.stop]:
                    if leaf[0] in below:
                        hang(leaf, deeper)
                    else:
                        rows.append(leaf)
                        depths.append(deeper)
            for child in below.get(ref, ()):
                if homes.get(child) == ref and child not in standing:
                    if child in below or child[0] == "O":
                        hang(things[child], deeper)
                    else:  # nothing else is tied to it: it comes here once
                        rows.append(things[child])
                        depths.append(deeper)
                else:
                    self._named[len(rows)] = f"{child}{AGAIN}{ref}"
                    rows.append(self._leaf[child] if child[0] == "K" else things[child])
                    depths.append(deeper)

        for row in tops:
            if row[0] not in standing:
                hang(row, 0)

    # What is asked of them

    def leaves_of(self, ref: str) -> Sequence[Leaf]:
        """The agreed key results of an objective; of anything else none."""
        span = self._spans.get(int(ref[1:])) if ref[0] == "O" else None
        return self.said.leaves[span.start : span.stop] if span else ()

    def progress(self, ref: str) -> float | None:
        """The progress of an objective, rolled up from its own key results, or of a key result; 0 to 1."""
        if ref[0] == "O":
            return share_of((leaf[5], leaf[4]) for leaf in self.leaves_of(ref))
        return self._leaf[ref][5]

    def aligned(self, ref: str) -> Aligned | None:
        """What contributes to an objective or a key result, straight or by way of others; None where nothing does."""
        if ref[0] != "O" and ref not in self._contributing:
            return None
        met: set[str] = set()
        waiting = [ref]
        while waiting:
            one = waiting.pop()
            for holder in (one, *(leaf[0] for leaf in self.leaves_of(one))):
                found = [child for child in self._contributing.get(holder, ()) if child not in met and child != ref]
                met.update(found)
                waiting += found
        if not met:
            return None
        shares = [share for share in map(self.progress, sorted(met)) if share is not None]
        return Aligned(fsum(shares) / len(shares) if shares else None, len(shares), len(met))

    def line(self, place: int) -> Line:
        """What the line at a place says."""
        return self.line_of(self.keys[place], self.rows[place])

    def line_of(self, key: str, row: Row) -> Line:
        """What the line of this key says."""
        if key.startswith(TEAM):
            return Line(row[0], "team", cast("Idle", row)[1], row[0], marks=("no objectives",))
        ref, _, parent = key.partition(AGAIN)
        first, last = self.said.care.get(ref, ()), self._standing_of(ref, parent)
        line = self._plain_line(ref, row)
        return replace(line, marks=(*first, *line.marks, *last)) if first or last else line

    def _plain_line(self, ref: str, row: Row) -> Line:
        """What a thing says, wherever it stands."""
        match ref[0]:
            case "O":
                return self._objective(cast("Stem", row))
            case "K":
                return self._key_result(cast("Leaf", row))
            case "I":
                _, team, title, status, owner, _ = cast("Work", row)
                return Line(ref, "initiative", title, self.said.slugs[team], owner or "", marks=(status,))
            case _:
                _, person, words, state, _ = cast("Promise", row)
                return Line(ref, "commitment", words, "", person, marks=(state,) if state == "done" else ())

    def _standing_of(self, ref: str, parent: str) -> tuple[str, ...]:
        """Where else a thing stands, if anywhere, and how it is tied to where it stands here."""
        home = self._homes.get(ref, "")
        if parent:
            tie = ("supports",) if (ref, parent) in self._supports else ()
            home = f"O{self._leaf[ref][1]}" if ref[0] == "K" else home
            return (f"see under {home}" if home else "see at the root", *tie)
        others = self._also.get(ref)
        return (f"also under {', '.join(others)}",) if others else ()

    def _objective(self, row: Stem) -> Line:
        ref, _, team, title = row
        told = [f"pushed back by {one}" for one in self.said.pushed.get(ref, ())]
        if self.is_unaligned(row):
            told.append(UNALIGNED)
        return Line(ref, "objective", title, self.said.slugs[team], progress=self.progress(ref), marks=tuple(told))

    def is_unaligned(self, row: Stem) -> bool:
        """Whether an objective below the company contributes to nothing."""
        return row[2] != self.said.company and row[0] not in self._homes

    def _key_result(self, row: Leaf) -> Line:
        ref, _, team, text, _, progress, confidence, fell, week, agreed, amendment, owner = row
        owed, before = self.said.owed_by[team]
        said = {
            "fell": fell,
            "silent": agreed is not None and agreed < before and (week or 0) < owed,
            "no owner": owner is None,
            "amended": amendment is not None,
        }
        told = tuple(mark for mark, holds in said.items() if holds)
        slug = "" if team is None else self.said.slugs[team]
        return Line(ref, "key_result", text, slug, owner or "", progress, confidence, told)

    # What a filter asks of them

    def texts(self) -> list[str]:
        """What each line is looked for by: its ref, its words, and whose it is. A loop of thousands: it stays plain."""
        found = []
        for at, row in enumerate(self.rows):
            owner, team = self.whose(at)
            found.append(f"{row[0]} {row[_WORDS[self.keys[at][0]]]} {owner or ''} {self.said.slugs.get(team or 0, '')}")
        return found

    def whose(self, place: int) -> tuple[str | None, int | None]:
        """The owner's handle and the team's id of a line, where it has them."""
        row = self.rows[place]
        match self.keys[place][0]:
            case "O":
                return None, cast("Stem", row)[2]
            case "K":
                return cast("Leaf", row)[11], cast("Leaf", row)[2]
            case "I":
                return cast("Work", row)[4], cast("Work", row)[1]
            case "P":
                return cast("Promise", row)[1], None
            case _:
                return None, None

    def needs_care(self, place: int) -> bool:
        """Whether a line says, in full, that a thing needs care, or a pushback waits for its answer."""
        key = self.keys[place]
        return key in self.said.care or key in self.said.pushed or key.startswith(TEAM)
