"""How somebody left a cycle's tree, as it is kept for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from widgets.tree import Folds

if TYPE_CHECKING:
    from okrtui.service.tree_lines import TreeLines

OPEN_UP_TO = 300
"""A tree of more lines than these begins with all but its roots folded."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How somebody left a cycle's tree: what was folded, the line the cursor was on, and the filters."""

    folds: Folds
    key: str = ""
    words: str = ""
    quick: str = ""

    def written(self) -> str:
        """As it is kept."""
        folds = {"closed": self.folds.closed, "others": sorted(self.folds.others)}
        return json.dumps({**folds, "key": self.key, "words": self.words, "quick": self.quick})

    @classmethod
    def read(cls, text: str, found: TreeLines) -> Kept:
        """What was kept, less what is gone; where nothing was, or by another version, a large tree is folded."""
        try:
            kept = json.loads(text)
            here = set(found.keys)
            folds = Folds(bool(kept["closed"]), here.intersection(kept["others"]))
            return cls(folds, str(kept["key"]), str(kept["words"]), str(kept["quick"]))
        except (ValueError, LookupError, TypeError):
            is_large = len(found.keys) > OPEN_UP_TO
            roots = {key for key, depth in zip(found.keys, found.depths, strict=True) if depth == 0}
            return cls(Folds(is_large, roots if is_large else set()))


def choice_of(cycle: str) -> str:
    """The name under which it is kept how somebody left a cycle's tree."""
    return f"tree {cycle}"
