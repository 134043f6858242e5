"""Tree: how everything hangs together, the whole company of a cycle."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input

from okrtui.service import choices, tree_filters, trees
from okrtui.service.tree_lines import AGAIN, TEAM
from screens.commands import PAGES, bindings_of
from screens.page import Go
from screens.tree_kept import Kept, choice_of
from screens.tree_linking import LinkingPage
from widgets.alignment import AlignmentTree, Drawn
from widgets.reading import Reading
from widgets.text import plain
from widgets.tree import Folds

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from okrtui.service.desk import Desk
    from okrtui.service.session import Session
    from okrtui.service.tree_lines import TreeLines

REST_SECONDS = 0.12
"""How long the cursor stays on a line before it is read in full."""
KEEP_SECONDS = 0.5
"""How long nothing is folded, moved or typed before how the tree stands is kept for the person."""


class TreePage(LinkingPage):
    """The sixth screen."""

    PAGE = "tree"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("tree")]
    CSS_PATH = "tree.tcss"

    def __init__(self, desk: Desk, *, notice: str = "") -> None:
        super().__init__(desk, notice=notice)
        self._found: TreeLines | None = None
        self._kept_of: str | None = None
        """The cycle whose folds, cursor and filters are those shown."""
        self._quick = ""
        self._passing: bytes | None = None
        self._read = ""
        """The key of the line whose thing is read in full, or about to be."""
        self._earlier: list[Folds] = []
        """How it was folded before each fold, the last last, to be undone."""
        self._folds = Folds()
        self._unkept: tuple[str, Kept] | None = None
        """The cycle and how its tree stands, until that is kept."""

    def body(self) -> ComposeResult:
        """The tree, the field of its filter, and the chosen thing."""
        with Horizontal(id="alignment"):
            with Vertical(id="branches"):
                yield AlignmentTree(id="tree")
                yield Input(id="filter", placeholder="words of what you look for; Esc shows all again", compact=True)
            yield Reading(id="full")

    def on_mount(self) -> None:
        """Begin on the tree."""
        self.tree_shown.focus()

    @property
    def reading(self) -> Reading:
        """The chosen thing in full."""
        return self.query_one("#full", Reading)

    @property
    def field(self) -> Input:
        """Where the filter is typed."""
        return self.query_one("#filter", Input)

    # Reading and drawing

    def look(self, session: Session) -> Callable[[], None]:
        """The whole tree, how the person left it, and the chosen thing."""
        cycle = self.desk.where.cycle or ""
        found = trees.lines(session, cycle=self.desk.where.cycle, care=self._quick == tree_filters.CARE)
        kept = Kept.read(choices.chosen(session, choice_of(cycle)), found) if cycle != self._kept_of else None
        wanted = self._quick if kept is None else kept.quick
        if wanted == tree_filters.CARE and self._quick != wanted:
            found = trees.lines(session, cycle=self.desk.where.cycle, care=True)
        passing = tree_filters.passing(session, found, wanted)
        return partial(self._draw, cycle, found, kept, wanted, passing)

    def _draw(self, cycle: str, found: TreeLines, kept: Kept | None, wanted: str, passing: bytes | None) -> None:
        tree, before = self.tree_shown, self._found
        self._found, self._quick, self._passing = found, wanted, passing
        if kept is not None:
            self._kept_of, self._earlier = cycle, []
            with self.prevent(Input.Changed):
                self.field.value = kept.words
            self.field.set_class(bool(kept.words), "-shown")
            tree.filter("")
            tree.fold_as(kept.folds)
        tree.show(Drawn(found), found.keys, bytes(found.depths), passing)
        if kept is not None:
            tree.fold_as(kept.folds)
            tree.filter(kept.words, passing)
            tree.choose(kept.key)
        self._folds = tree.folds
        self._say_how_many()
        self.call_after_refresh(self._seen, before)

    def _seen(self, before: TreeLines | None) -> None:
        """Read the chosen thing once the tree is seen, and let go of the one before: to free it takes as long as to draw it."""
        del before
        self._look_closer(0.0)

    def _say_how_many(self) -> None:
        tree, cycle = self.tree_shown, self._kept_of
        of = len(tree.lines.keys)
        tree.border_title = Content(f"Tree of {plain(cycle)}" if cycle else "Tree")
        said = [f"“{plain(self.field.value)}”"] if self.field.value.strip() else []
        said += [tree_filters.NAMES[self._quick]] if self._quick else []
        told = f"{', '.join(said)}: {tree.lines.hits:,} of {of:,}  Esc shows all" if said else ""
        told = told or ("" if of else "No objective is published yet.")
        marked = f"{tree.marked} is marked: = links to it" if tree.marked else ""
        tree.border_subtitle = Content(" · ".join(filter(None, (told, marked))))

    @on(AlignmentTree.Moved)
    def _moved(self) -> None:
        self._keep()
        if self.tree_shown.key != self._read:
            self._look_closer(REST_SECONDS)

    def _look_closer(self, rest: float) -> None:
        self._read = self.tree_shown.key
        if self.reading.display or self.tree_shown.marked:
            self._load_full(self._read, rest)

    @work(exclusive=True, group="full")
    async def _load_full(self, key: str, rest: float) -> None:
        """Read the thing the cursor rests on, and whether it may be linked to the marked one."""
        if rest:
            await asyncio.sleep(rest)
        from screens import tree_shown  # noqa: PLC0415  # loaded when something is read in full

        line, found = self.tree_shown.row, self._found
        if line is None or found is None:
            self.reading.show("", Content(""))
            return
        asked = self.marked_for_this
        shown = await self.read(partial(tree_shown.chosen, key=key, line=line, found=found, marked=asked))
        if shown is not None and key == self.tree_shown.key:
            self.refused = shown.refused
            self.reading.show(line.ref, shown.draw(max(30, self.reading.size.width - 4)))
            self.draw_keys()

    def marked_anew(self) -> None:
        """Say what is marked, and whether the chosen thing may be linked to it."""
        self._say_how_many()
        self._look_closer(0.0)

    def chosen(self) -> str:
        """The ref under the cursor; empty on a team."""
        key = self.tree_shown.key
        return "" if key.startswith(TEAM) else key.partition(AGAIN)[0]

    def choose(self, ref: str) -> bool:
        """Put the cursor on a thing, unfolding what it is hidden in, and dropping a filter that leaves it out."""
        if self.chosen() == ref or self.tree_shown.choose(ref):
            return True
        if self.tree_shown.lines.place_of(ref) < 0:
            return False
        self._show_all()
        return self.tree_shown.choose(ref)

    # Keeping how it stands

    def _keep(self) -> None:
        """Keep folds, cursor and filters for the person, once they rest."""
        tree = self.tree_shown
        if self._kept_of is not None:
            self._unkept = self._kept_of, Kept(tree.folds, tree.key, self.field.value, self._quick)
            self._keep_at_rest()

    @work(exclusive=True, group="keeping")
    async def _keep_at_rest(self) -> None:
        await asyncio.sleep(KEEP_SECONDS)
        await self._keep_now()

    async def _keep_now(self) -> None:
        unkept, self._unkept = self._unkept, None
        if unkept is not None:
            cycle, kept = unkept
            await self.read(lambda session: choices.choose(session, choice_of(cycle), kept.written()))

    async def on_unmount(self) -> None:
        """Keep what is not kept yet."""
        await self._keep_now()

    @on(AlignmentTree.Folded)
    def _folded(self) -> None:
        self._earlier.append(self._folds)
        self._folds = self.tree_shown.folds
        self._keep()

    @work(group="moving")
    async def action_undo(self) -> None:
        """Undo the last fold; where none is left to undo, one's own last act."""
        if not self._earlier:
            super().action_undo()
            return
        self._folds = self._earlier.pop()
        self.tree_shown.fold_as(self._folds)
        self._keep()

    # Filtering

    def action_filter(self) -> None:
        """Type what to look for."""
        self.tree_shown.prepare_filter()
        self.field.add_class("-shown")
        self.field.focus()

    @on(Input.Changed, "#filter")
    def _typed(self) -> None:
        self.tree_shown.filter(self.field.value, self._passing)
        self._say_how_many()
        self._keep()

    @on(Input.Submitted, "#filter")
    def _typed_enough(self) -> None:
        self.field.set_class(bool(self.field.value.strip()), "-shown")
        self.tree_shown.focus()

    @work(group="asking")
    async def action_quick(self) -> None:
        """Choose a quick filter."""
        from screens.dialogs.pick import Pick  # noqa: PLC0415  # loaded when asked for

        wanted = await self.app.push_screen_wait(Pick("Show", tuple(tree_filters.NAMES.items()), self._quick))
        if wanted is not None:
            self._quick = wanted
            self.reload()
            self._keep()

    def action_back(self) -> None:
        """Leave the text; from the tree, show all again."""
        if self.reading.has_focus:
            self.tree_shown.focus()
        else:
            self._show_all()

    def _show_all(self) -> None:
        if self._quick == tree_filters.CARE:  # its lines say why, and there are teams among them
            self.reload()
        self._quick, self._passing = "", None
        with self.prevent(Input.Changed):
            self.field.value = ""
        self.field.remove_class("-shown")
        self.tree_shown.filter("")
        self.tree_shown.focus()
        self._say_how_many()
        self._keep()

    # Folding and moving, which the tree does itself

    def action_fold(self) -> None:
        """Fold or unfold the line under the cursor."""
        self.tree_shown.action_fold()

    def action_unfold_below(self) -> None:
        """Unfold the line under the cursor and all below it."""
        self.tree_shown.action_unfold_below()

    def action_fold_all(self) -> None:
        """Fold everything."""
        self.tree_shown.action_fold_all()

    # Opening

    def action_open(self) -> None:
        """Go to the chosen thing on its own page."""
        line = self.tree_shown.row
        if line is None:
            self.action_next_step()
            return
        page = _PAGE_OF[line.kind]
        if page not in PAGES:
            self.action_read()
            return
        if line.team:
            self.desk.where.team = line.team
        self.post_message(Go(page, "" if line.kind == "team" else line.ref))

    @on(AlignmentTree.Opened)
    def _opened(self) -> None:
        self.action_open()

    def action_read(self) -> None:
        """Go into the text of the chosen thing."""
        if self.tree_shown.key:
            self.add_class("-reading")
            self.reading.focus()
            self._look_closer(0.0)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Give the whole of a narrow screen to the text while it is read."""
        self.set_class(event.widget is self.reading, "-reading")


_PAGE_OF = {
    "objective": "objectives",
    "key_result": "board",
    "initiative": "me",
    "commitment": "me",
    "team": "room",
}
"""The page on which a thing is opened, by the kind of its line."""
