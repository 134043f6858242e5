"""Which lines of a tree are shown: folds and a filter over a flat list, without anything that draws.

The whole tree is three sequences in the order its lines stand: rows, keys and depths. What is shown is an array of places in
them. Folding deletes a slice of that array, unfolding inserts one: neither visits the lines it moves.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from functools import cache, cached_property, reduce
from itertools import compress, repeat
from operator import contains, gt
from typing import TYPE_CHECKING

from widgets.tree.hits import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEEPEST = 255
"""The greatest depth: one is a byte, so that the end of a branch is found by a search in bytes."""
_ANY = re.compile(b"[^\\x00]")
_FEW = 8
"""Where less than one line in so many was found, what is above them is gathered one by one."""


@dataclass(slots=True)
class Folds:
    """What is folded, by key: all but ``others`` where ``closed``, else ``others`` alone. Keys that come later fit in."""

    closed: bool = False
    others: set[str] = field(default_factory=set)

    def has(self, key: str) -> bool:
        """Whether this line is folded."""
        return (key in self.others) != self.closed

    def put(self, key: str, *, folded: bool) -> None:
        """Fold or unfold a line."""
        if folded == self.closed:
            self.others.discard(key)
        else:
            self.others.add(key)

    def copy(self) -> Folds:
        """The same, to be kept while this one changes."""
        return Folds(self.closed, set(self.others))


def _both(one: bytes | None, other: bytes) -> bytes:
    """1 where both have it; as whole numbers, which is a hundred times as fast as byte by byte."""
    if one is None:
        return other
    return (int.from_bytes(one, "little") & int.from_bytes(other, "little")).to_bytes(len(other), "little")


@cache
def _up_to(depth: int) -> re.Pattern[bytes]:
    return re.compile(b"[\\x00-\\x%02x]" % depth)


class Lines:
    """The lines of a tree and which of them are shown.

    ``keys`` are unique; ``depths`` has a byte a line: 0 for a root, and at most one more than the line before.
    ``texts`` gives the words of every line, and is asked for them when a filter first needs them. ``folds`` is kept up to date
    with what is folded, but for what is folded while a filter is on: a filter begins with all that it keeps unfolded.
    """

    def __init__(
        self, keys: Sequence[str], depths: bytes, folds: Folds, texts: Callable[[], Sequence[str]] | None = None
    ) -> None:
        self.keys, self.depths = keys, depths
        self._texts = texts
        self._all = array("I", range(len(keys)))
        self.hits = len(keys)
        """How many lines the filter found; lines above them are kept and not counted."""
        self.is_filtered = False
        self.wanted: tuple[str, ...] = ()
        """The words that the filter looks for, without case and accents."""
        self._found: bytes | None = None
        self._scans: dict[str, bytes] = {}
        self.take(folds)

    def take(self, folds: Folds) -> None:
        """Fold what these say, and drop the filter."""
        self.folds = folds
        self._drop_filter()

    # What is asked of them

    @property
    def shown(self) -> Sequence[int]:
        """The places of the lines shown, rising."""
        return self._shown

    def is_branch(self, place: int) -> bool:
        """Whether anything stands below a line."""
        return place + 1 < len(self.depths) and self.depths[place + 1] > self.depths[place]

    def is_folded(self, place: int) -> bool:
        """Whether a branch is folded now."""
        at = bisect_left(self._folded, place)
        return at < len(self._folded) and self._folded[at] == place

    def end(self, place: int) -> int:
        """The place after the last line of a branch."""
        found = _up_to(self.depths[place]).search(self.depths, place + 1)
        return found.start() if found else len(self.depths)

    def parent(self, place: int) -> int:
        """The place of the line above; -1 at a root."""
        depth = self.depths[place]
        return self.depths.rfind(depth - 1, 0, place) if depth else -1

    def position(self, place: int) -> int:
        """Where a line stands among those shown; -1 where it is hidden."""
        at = bisect_left(self._shown, place)
        return at if at < len(self._shown) and self._shown[at] == place else -1

    def near(self, place: int) -> int:
        """Where a line stands among those shown, or, hidden in a fold, what it is folded under; -1 where nothing is shown."""
        return max(0, bisect_right(self._shown, place) - 1) if self._shown else -1

    def place_of(self, key: str) -> int:
        """The place of a key; -1 where it is not there."""
        try:
            return self.keys.index(key)
        except ValueError:
            return -1

    def again(self, before: Lines, place: int) -> int:
        """Where a line of other lines stands among those shown; where it is gone, the nearest one after it, or before it."""
        now = self.place_of(before.keys[place])
        if now < 0:
            here = set(self.keys)
            at = before.position(place)
            after = (one for one in before.shown[at:] if before.keys[one] in here)
            ahead = (one for one in reversed(before.shown[:at]) if before.keys[one] in here)
            near = next(after, next(ahead, -1))
            now = self.place_of(before.keys[near]) if near >= 0 else 0
        return self.near(now)

    def is_hit(self, place: int) -> bool:
        """Whether the filter found this line itself, and does not merely keep it for one below."""
        return self._found is None or bool(self._found[place])

    def keeps(self, place: int) -> bool:
        """Whether the filter keeps this line, for itself or for one below it."""
        at = bisect_left(self._kept, place)
        return at < len(self._kept) and self._kept[at] == place

    # Folding

    def fold(self, position: int) -> bool:
        """Fold a branch that is shown, or unfold it; False where nothing stands below it."""
        place = self._shown[position]
        if not self.is_branch(place):
            return False
        if self.is_folded(place):
            del self._folded[bisect_left(self._folded, place)]
            self._note(place, folded=False)
            self._shown[position + 1 : position + 1] = self._open(place + 1, self.end(place))
        else:
            insort(self._folded, place)
            self._note(place, folded=True)
            del self._shown[position + 1 : bisect_left(self._shown, self.end(place))]
        return True

    def unfold_below(self, position: int) -> bool:
        """Unfold a branch and all that stands below it; False where nothing was folded there."""
        place = self._shown[position]
        end = self.end(place)
        first, last = bisect_left(self._folded, place), bisect_left(self._folded, end)
        if first == last:
            return False
        for one in self._folded[first:last]:
            self._note(one, folded=False)
        del self._folded[first:last]
        self._shown[position + 1 : bisect_left(self._shown, end)] = self._open(place + 1, end)
        return True

    def fold_all(self) -> None:
        """Fold every branch."""
        if not self.is_filtered:
            self.folds.closed = True
            self.folds.others.clear()
        self._folded = self._branches()
        self._shown = self._open(0, len(self.keys))

    def reveal(self, place: int) -> None:
        """Unfold what a line is hidden in."""
        above, hidden = self.parent(place), False
        while above >= 0:
            if self.is_folded(above):
                del self._folded[bisect_left(self._folded, above)]
                self._note(above, folded=False)
                hidden = True
            above = self.parent(above)
        if hidden:
            self._shown = self._open(0, len(self.keys))

    def _note(self, place: int, *, folded: bool) -> None:
        if not self.is_filtered:
            self.folds.put(self.keys[place], folded=folded)

    def _branches(self) -> list[int]:
        return list(compress(self._all, map(gt, self.depths[1:], self.depths)))

    def _folded_now(self) -> list[int]:
        others = self.folds.others
        if self.folds.closed:
            return [place for place in self._branches() if self.keys[place] not in others]
        if not others:
            return []
        return [place for place, key in enumerate(self.keys) if key in others and self.is_branch(place)]

    def _open(self, first: int, last: int) -> array[int]:
        """The lines from ``first`` to before ``last`` that the filter keeps, less those that are folded away: in slices."""
        kept, folded, found = self._kept, self._folded, array("I")
        start, stop = bisect_left(kept, first), bisect_left(kept, last)
        at = bisect_left(folded, first)
        while at < len(folded) and folded[at] < last:
            through = bisect_right(kept, folded[at], start, stop)
            found.extend(kept[start:through])
            end = self.end(folded[at])
            start = bisect_left(kept, end, through, stop)
            at = bisect_left(folded, end, at + 1)
        found.extend(kept[start:stop])
        return found

    # Filtering

    def filter(self, words: str, passing: bytes | None = None) -> None:
        """Show only lines that have each of these words, without case and accents, and what they stand under.

        ``passing`` has a byte a line, 1, or 0 where another filter leaves it out. With neither, all are shown again.
        """
        wanted = bare(words).split()
        # Of the words typed before, all but the last are as they were: a key scans the lines for one word.
        self._scans = {word: self._scans.get(word) or self._scan(word) for word in wanted}
        found = reduce(_both, self._scans.values(), passing) if wanted else passing
        if found is None:
            self._drop_filter()
            return
        self.wanted = tuple(wanted)
        self.is_filtered, self._found, self.hits = True, found, len(found) - found.count(0)
        self._kept = self._with_above(found)
        self._folded = []
        self._shown = self._kept[:]

    def _scan(self, word: str) -> bytes:
        return bytes(map(contains, self._bare_texts, repeat(word)))

    def prepare(self) -> None:
        """Do once, before the first key, what every key of a filter needs."""
        _ = self._bare_texts, self._parents

    def _drop_filter(self) -> None:
        self.is_filtered, self.wanted, self._found, self.hits = False, (), None, len(self.keys)
        self._kept = self._all
        self._folded = self._folded_now()
        self._shown = self._open(0, len(self.keys))

    def _with_above(self, found: bytes) -> array[int]:
        parents = self._parents
        if self.hits * _FEW < len(found):
            few = {one.start() for one in _ANY.finditer(found)}
            for place in tuple(few):
                above = parents[place]
                while above >= 0 and above not in few:
                    few.add(above)
                    above = parents[above]
            return array("I", sorted(few))
        kept = bytearray(found)
        for parent in set(compress(parents, found)):
            above = parent
            while above >= 0 and not kept[above]:
                kept[above] = 1
                above = parents[above]
        return array("I", compress(self._all, kept))

    @cached_property
    def _bare_texts(self) -> list[str]:
        return list(map(bare, self._texts())) if self._texts is not None else [""] * len(self.keys)

    @cached_property
    def _parents(self) -> array[int]:
        latest = [-1] * (DEEPEST + 2)  # by depth; the last one stays -1: it is what stands above a root
        found = array("i")
        for place, depth in enumerate(self.depths):
            latest[depth] = place
            found.append(latest[depth - 1])
        return found
