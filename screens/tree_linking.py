"""Linking by keys in the tree: mark a thing, go to another, and link that to it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import work

from okrtui.service import links
from screens.page import Page
from widgets.alignment import AlignmentTree

if TYPE_CHECKING:
    from collections.abc import Mapping

LINKED = {"objective", "key_result"}
NOT_LINKED = "Objectives and key results are linked: go to one of them."
NOTHING_MARKED = (
    "Nothing is marked: go to what others are to contribute to and press m; then come back here and press =."
)


class LinkingPage(Page):
    """A page with the tree in it, in which one thing is marked at a time."""

    refused: Mapping[tuple[str, str], str] = {}  # it is put in its place, never changed
    """Child and parent with the sentence why they cannot be linked, as far as that was read."""

    @property
    def tree_shown(self) -> AlignmentTree:
        """The tree."""
        return self.query_one("#tree", AlignmentTree)

    @abstractmethod
    def marked_anew(self) -> None:
        """Show what is marked now."""

    @property
    def marked_for_this(self) -> str:
        """What the chosen thing might be linked to; empty where nothing is marked, or nothing links it."""
        return self.tree_shown.marked if self._can_be_linked else ""

    @property
    def _can_be_linked(self) -> bool:
        line = self.tree_shown.row
        return line is not None and line.kind in LINKED

    def refusal(self, command: str) -> str:
        """Why a command is not for the chosen line now."""
        if command == "tree.mark":
            return "" if self._can_be_linked else NOT_LINKED
        return self._no_link() if command == "tree.link" else ""

    def _no_link(self) -> str:
        """Why the chosen thing cannot be linked to the marked one, as far as that was read."""
        child, parent = self.chosen(), self.tree_shown.marked
        if not parent:
            return NOTHING_MARKED
        if not self._can_be_linked:
            return NOT_LINKED
        if child == parent:
            return f"{parent} cannot stand under itself: go to what contributes to it."
        return self.refused.get((child, parent), "")

    def action_mark(self) -> None:
        """Mark the chosen thing, for others to be linked to; marked already, no longer."""
        if sentence := self.refusal("tree.mark"):
            self.say(sentence, severity="warning")
            return
        self.tree_shown.mark("" if self.tree_shown.marked == self.chosen() else self.chosen())
        self.marked_anew()
        self.draw_keys()

    @work(group="asking")
    async def action_link(self) -> None:
        """Link the chosen thing to the marked one."""
        child, parent = self.chosen(), self.tree_shown.marked
        sentence = self._no_link() or await self.read(lambda session: links.refusal(session, child, parent))
        if sentence is None:
            return
        if sentence:
            self.say(sentence, severity="warning")
            return
        from screens import linking  # noqa: PLC0415  # loaded when asked for

        if await linking.link_to(self, child, parent):
            self.await_thing(child)
