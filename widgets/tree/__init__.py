"""A tree of any size, drawn as lines; it needs Textual and nothing else (docs/tree-widget.md)."""

from widgets.tree.drawing import Column
from widgets.tree.lines import DEEPEST, Folds, Lines
from widgets.tree.view import LineTree

__all__ = ["DEEPEST", "Column", "Folds", "LineTree", "Lines"]
