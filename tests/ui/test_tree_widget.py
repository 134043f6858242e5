"""The tree widget by itself: its lines against a naive model, and what it draws, keeps and answers."""

from __future__ import annotations

import shutil
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App
from textual.content import Content
from textual.events import MouseScrollDown
from textual.widgets import Static

import widgets.tree
from widgets.tree import Column, Folds, Lines, LineTree
from widgets.tree.hits import bare, found_in

WORDS = ("kea", "Moa", "tūī", "Straße", "kea moa", "日本")


# The lines against a naive model


@dataclass
class Node:
    """A line of the naive model: it is folded or not, and hangs where it hangs."""

    key: str
    text: str
    children: list[Node] = field(default_factory=list)


@dataclass
class Naive:
    """What the lines must show, worked out anew each time by walking the whole tree.

    After all was folded, what comes later is folded too, and so is a line below which something comes to hang.
    """

    roots: list[Node]
    closed: bool = False
    folded: set[str] = field(default_factory=set)
    folded_in_filter: set[str] = field(default_factory=set)
    wanted: str = ""
    passing: set[str] | None = None

    def walk(self, nodes=None, depth=0):
        for node in self.roots if nodes is None else nodes:
            yield node, depth
            yield from self.walk(node.children, depth + 1)

    @property
    def filtered(self):
        return bool(self.wanted.split()) or self.passing is not None

    def hit(self, node):
        said = plain(node.text)
        return (self.passing is None or node.key in self.passing) and all(
            plain(word) in said for word in self.wanted.split()
        )

    def kept(self, node):
        return self.hit(node) or any(self.kept(child) for child in node.children)

    def shown(self, nodes=None):
        for node in self.roots if nodes is None else nodes:
            if not self.filtered:
                yield node.key
                if node.key not in self.folded:
                    yield from self.shown(node.children)
            elif self.kept(node):
                yield node.key
                if node.key not in self.folded_in_filter:
                    yield from self.shown(node.children)

    def below(self, node):
        return [node, *(one for child in node.children for one in self.below(child))]

    @property
    def now(self):
        return self.folded_in_filter if self.filtered else self.folded


def plain(text):
    return text.casefold().replace("ū", "u").replace("ī", "i")


def flat(model):
    walked = list(model.walk())
    return [node.key for node, _ in walked], bytes(depth for _, depth in walked), [node.text for node, _ in walked]


def lines_of(model, folds):
    keys, depths, texts = flat(model)
    return Lines(keys, depths, folds, lambda: texts)


def trees():
    nodes = st.recursive(
        st.builds(lambda text: Node("", text), st.sampled_from(WORDS)),
        lambda below: st.builds(lambda text, under: Node("", text, under), st.sampled_from(WORDS), st.lists(below)),
        max_leaves=25,
    )
    return st.lists(nodes, max_size=5).map(numbered)


def numbered(roots):
    model = Naive(roots)
    for number, (node, _) in enumerate(model.walk()):
        node.key = f"n{number}"
    return model


ACTS = st.sampled_from(
    [
        "fold",
        "fold",
        "fold",
        "unfold_below",
        "fold_all",
        "reveal",
        "filter",
        "filter",
        "clear",
        "pass",
        "insert",
        "delete",
    ]
)


@settings(max_examples=300)
@given(
    trees(),
    st.lists(st.tuples(ACTS, st.integers(0, 10_000), st.sampled_from([*WORDS, "ea", "TUI", "kea o"])), max_size=12),
)
def test_whatever_is_done_the_lines_are_those_of_the_naive_model(model, acts):
    lines = lines_of(model, Folds())
    made = 0
    for act, number, word in acts:
        nodes = {node.key: node for node, _ in model.walk()}
        shown = [nodes[key] for key in model.shown()]
        node = shown[number % len(shown)] if shown else None
        at = number % len(shown) if shown else 0
        match act:
            case "fold" if node is not None:
                assert lines.fold(at) == bool(node.children)
                if node.children:
                    model.now.symmetric_difference_update({node.key})
            case "unfold_below" if node is not None:
                lines.unfold_below(at)
                model.now.difference_update(one.key for one in model.below(node) if one.children)
            case "fold_all":
                lines.fold_all()
                model.closed = model.closed or not model.filtered
                model.now.update(nodes)
            case "reveal" if nodes:
                key = list(nodes)[number % len(nodes)]
                lines.reveal(lines.place_of(key))
                model.now.difference_update(
                    above for above, one in nodes.items() if any(each.key == key for each in model.below(one)[1:])
                )
            case "filter" | "clear" | "pass":
                model.wanted = word if act == "filter" else ""
                model.passing = {key for key in nodes if hash_of(key, number)} if act == "pass" else None
                model.folded_in_filter = set()
                passing = model.passing
                lines.filter(model.wanted, None if passing is None else bytes(key in passing for key in lines.keys))
            case "insert" | "delete":
                made += 1
                change(model, act, number, f"new{made}", word)
                model.passing, model.folded_in_filter = None, set()
                lines = lines_of(model, lines.folds)
                lines.filter(model.wanted)
        agree(lines, model)


def hash_of(key, number):
    return (int(key.lstrip("new")) * 7 + number) % 3 == 0


def change(model, act, number, key, word):
    """Hang a new line somewhere, or take a branch away."""
    holders = [model.roots, *(node.children for node, _ in model.walk())]
    if act == "insert":
        holder = holders[number % len(holders)]
        holder.insert(number % (len(holder) + 1), Node(key, word))
        model.folded.update({key} if model.closed else ())
    elif holder := next((one for one in holders[number % len(holders) :] if one), None):
        del holder[number % len(holder)]


def agree(lines, model):
    keys = [lines.keys[place] for place in lines.shown]
    nodes = {node.key: (node, depth) for node, depth in model.walk()}
    assert keys == list(model.shown())
    for at, place in enumerate(lines.shown):
        node, depth = nodes[lines.keys[place]]
        assert lines.depths[place] == depth
        assert lines.position(place) == lines.near(place) == at
        assert lines.is_branch(place) == bool(node.children)
        assert lines.end(place) == place + len(model.below(node))
        assert lines.is_folded(place) == (node.key in model.now and bool(node.children))
        assert lines.is_hit(place) == (not model.filtered or model.hit(node))
        above = lines.parent(place)
        assert (above < 0) == (depth == 0)
        if above >= 0:
            assert node in nodes[lines.keys[above]][0].children
    if model.filtered:
        assert lines.hits == sum(model.hit(node) for node, _ in model.walk())


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans())), st.booleans())
def test_folds_keep_what_was_put(changes, closed):
    folds, known = Folds(closed), {}
    for key, folded in changes:
        folds.put(key, folded=folded)
        known[key] = folded
    assert all(folds.has(key) == known.get(key, closed) for key in "abcd")


def test_a_tree_may_be_as_deep_as_a_byte():
    lines = Lines([str(at) for at in range(256)], bytes(range(256)), Folds(), lambda: ["x"] * 255 + ["y"])
    lines.fold(100)
    assert len(lines.shown) == 101
    lines.filter("y")
    assert len(lines.shown) == 256


# The widget


ROWS = [("O1", 0, "Direction"), ("KR1", 1, "Evidence"), ("O2", 2, "Below"), ("KR2", 3, "Deep"), ("O3", 0, "Another")]


def word(row):
    return Content(f"{row[0]} {row[2]}")


class Shown(App[None]):
    """A tree and what it said."""

    def __init__(self, rows=ROWS, columns=(), focus=True, elsewhere=None):
        super().__init__()
        self._elsewhere = elsewhere
        self._rows, self._columns, self._focus = rows, columns, focus
        self.heard = []

    def compose(self):
        yield LineTree(word, self._columns, lambda row: f"{row[0]} {row[2]}", self._elsewhere)
        yield Static("end", id="end")

    def on_mount(self):
        put(self.tree, self._rows)
        if self._focus:
            self.tree.focus()

    @property
    def tree(self):
        return self.query_one(LineTree)

    def on_line_tree_moved(self, message):
        self.heard.append(("moved", message.key))

    def on_line_tree_opened(self, message):
        self.heard.append(("opened", message.key))

    def on_line_tree_folded(self, message):
        self.heard.append(("folded", message.key))


def put(tree, rows):
    tree.show(rows, [row[0] for row in rows], bytes(row[1] for row in rows))


def keys(app):
    return [app.tree.lines.keys[place] for place in app.tree.lines.shown]


def drawn(app):
    tree = app.tree
    return [tree.render_line(y).text for y in range(tree.size.height)]


async def test_keys_move_fold_and_open():
    app = Shown()
    async with app.run_test() as pilot:
        await pilot.press("down", "space")
        assert (keys(app), app.tree.key) == (["O1", "KR1", "O3"], "KR1")
        await pilot.press("right")
        assert keys(app) == ["O1", "KR1", "O2", "KR2", "O3"]
        await pilot.press("right")
        assert app.tree.key == "O2"
        await pilot.press("minus")
        assert (keys(app), app.tree.key) == (["O1", "O3"], "O1")
        await pilot.press("asterisk")
        assert len(keys(app)) == 5
        await pilot.press("end", "up", "left")
        assert app.tree.key == "O2"
        await pilot.press("left", "left", "enter")
        assert app.heard[-1] == ("opened", "KR1")
        await pilot.press("home", "pagedown")
        assert app.tree.key == "O3"


async def test_a_click_chooses_and_a_second_one_folds_or_opens():
    app = Shown()
    async with app.run_test() as pilot:
        await pilot.click(LineTree, offset=(8, 3))
        assert (app.tree.key, app.heard[-1]) == ("KR2", ("moved", "KR2"))
        await pilot.click(LineTree, offset=(8, 3), times=2)
        assert app.heard[-1] == ("opened", "KR2")
        await pilot.click(LineTree, offset=(8, 1), times=2)
        assert keys(app) == ["O1", "KR1", "O3"]
        await pilot.click(LineTree, offset=(8, 9))
        assert app.tree.key == "KR1"


async def test_the_wheel_scrolls_and_leaves_the_cursor():
    app = Shown([(f"n{at}", 0, "x") for at in range(200)])
    async with app.run_test() as pilot:
        await pilot._post_mouse_events([MouseScrollDown], LineTree, offset=(3, 3))
        await pilot.pause()
        assert app.tree.scroll_offset.y > 0
        assert app.tree.cursor == 0
        await pilot.press("down")
        assert app.tree.scroll_offset.y == 0


async def test_the_cursor_fold_and_place_in_view_stay_when_rows_come_and_go():
    rows = [(f"n{at}", 0, "x") for at in range(200)]
    app = Shown(rows)
    async with app.run_test() as pilot:
        app.tree.choose("n100")
        await pilot.pause()
        line = app.tree.cursor - app.tree.scroll_offset.y
        put(app.tree, [("new", 0, "x"), ("newer", 1, "x"), *rows[3:]])
        await pilot.pause()
        assert app.tree.key == "n100"
        assert app.tree.cursor - app.tree.scroll_offset.y == line
        put(app.tree, [row for row in rows if row[0] != "n100"])
        assert app.tree.key == "n101"
        put(app.tree, rows[:50])
        assert app.tree.key == "n49"
        put(app.tree, [])
        assert app.tree.key == ""
        await pilot.press("down", "space", "enter", "asterisk", "minus", "left", "right", "pageup")
        put(app.tree, rows)
        assert app.tree.key == "n0"


async def test_a_filter_keeps_what_it_stands_under_and_lets_go_where_it_found():
    app = Shown()
    async with app.run_test() as pilot:
        await pilot.press("minus")
        app.tree.filter("DEEP")
        assert (keys(app), app.tree.key) == (["O1", "KR1", "O2", "KR2"], "KR2")
        put(app.tree, [*ROWS, ("KR9", 1, "Deep too")])
        assert keys(app) == ["O1", "KR1", "O2", "KR2", "O3", "KR9"]
        app.tree.filter("deep nothing")
        assert keys(app) == []
        app.tree.filter("deep", bytes(key == "KR9" for key in app.tree.lines.keys))
        assert keys(app) == ["O3", "KR9"]
        app.tree.filter("")
        assert (keys(app), app.tree.key) == (["O1", "O3", "KR9"], "KR9")


@given(
    st.text(st.sampled_from("aÀàßſİǅｱ각ﬁ\u0301\u0345 日👩\u200d💻xyZ"), max_size=20), st.text("aàßix 日", max_size=4)
)
def test_what_is_found_is_where_it_stands(text, typed):
    wanted = bare(typed).split()
    places = list(found_in(text, wanted))
    for start, end in places:
        assert any(word in bare(text[start:end]) for word in wanted)
        assert not unicodedata.combining(text[end : end + 1] or " ")
    assert {word for word in wanted if word in bare(text)} == {
        word for word in wanted if any(word in bare(text[start:end]) for start, end in places)
    }


def marked(app, line):
    """What of a line a filter marked."""
    style = app.tree.get_visual_style("line-tree--hit", partial=True).rich_style
    return [one.text for one in app.tree.render_line(line) if one.style.underline and style.underline]


async def test_what_a_filter_looks_for_is_marked_in_words_and_searched_columns():
    rows = [("O1", 0, "Tūī and tui"), ("KR1", 1, "Nothing of it"), ("KR2", 1, "x" * 70 + "tui")]
    searched = Column(lambda row: Content(f"@tui{row[0]}"), 8, searched=True)
    app = Shown(rows, [searched, Column(lambda _: Content("tui"), 5)])
    async with app.run_test(size=(60, 12)):
        assert marked(app, 0) == []
        app.tree.filter("TUI")
        assert marked(app, 0) == ["Tūī", "tui", "tui"]
        assert keys(app) == ["O1", "KR2"]
        assert marked(app, 1) == ["tui"]  # of the words what is cut off cannot be
        app.tree.filter("tui x")
        assert marked(app, 0) == []  # it is kept for what stands below it
        assert marked(app, 1)[0].startswith("xxx")
        app.tree.filter("")
        assert marked(app, 0) == []


TWICE = [("O1", 0, "One"), ("O3", 1, "Shared"), ("KR1", 2, "Below"), ("O2", 0, "Other"), ("O3<O2", 1, "Shared")]


async def test_a_line_that_stands_for_another_leads_there_and_back():
    app = Shown(TWICE, elsewhere=lambda key: key.partition("<")[0] if "<" in key else "")
    async with app.run_test() as pilot:
        assert [line.split()[0] for line in drawn(app)[:5]] == ["▌", "│", "│", "▾", "│"]
        assert "→ O3<O2 Shared" in drawn(app)[4]
        await pilot.press("minus", "down", "right", "right")
        assert app.tree.key == "O3<O2"
        await pilot.press("right")
        assert (app.tree.key, keys(app)) == ("O3", ["O1", "O3", "O2", "O3<O2"])
        assert app.heard[-1] == ("moved", "O3")
        await pilot.press("left")
        assert app.tree.key == "O3<O2"
        await pilot.press("left")
        assert app.tree.key == "O2"
        await pilot.press("end", "right", "down", "up", "left")
        assert app.tree.key == "O1"  # it went on meanwhile, and left is left again
        app.tree.filter("", bytes(key == "O3<O2" for key in app.tree.lines.keys))
        await pilot.press("end", "right")
        assert app.tree.key == "O3<O2"
        app.tree.filter("")
        await pilot.click(LineTree, offset=(8, app.tree.lines.position(4)), times=2)
        assert app.tree.key == "O3"


async def test_choosing_what_is_folded_away_unfolds_it():
    app = Shown()
    async with app.run_test() as pilot:
        await pilot.press("minus")
        assert app.tree.choose("KR2")
        assert (app.tree.key, keys(app)) == ("KR2", ["O1", "KR1", "O2", "KR2", "O3"])
        assert not app.tree.choose("KR99")


HARD = [
    "日本語テキスト" * 9,
    "👩\u200d💻🏳️\u200d🌈 👍🏽" * 9,
    "e" + "\u0301" * 60,
    "x" * 500,
    "",
    "Ａ" * 3,
    "\x1b[31m\x07",
]


@pytest.mark.parametrize("width", [12, 40, 41, 79, 120])
async def test_columns_are_aligned_at_any_depth_and_width_whatever_the_words(width):
    rows = [(f"n{at}", min(at, 200), HARD[at % len(HARD)]) for at in range(230)]
    mark = Column(lambda _: Content("|mark|"), 6, 30)
    wide = Column(lambda row: Content(row[2]), 9, 60)
    app = Shown(rows, [wide, mark])
    async with app.run_test(size=(width, 12)) as pilot:
        for _ in range(20):
            lines = drawn(app)[: app.tree.size.height]
            assert {cell_len(line) for line in lines} == {app.tree.scrollable_content_region.width}
            if width >= 40:
                places = {cell_len(line[: line.rindex("|mark|")]) for line in lines}
                assert places == {app.tree.scrollable_content_region.width - 6}
            await pilot.press("pagedown")
        assert app.tree.cursor > 100


async def test_a_moved_cursor_paints_two_lines_and_a_scroll_comes_once_in_half_a_view():
    app = Shown([(f"n{at}", 0, "x") for at in range(1000)])
    async with app.run_test(size=(80, 24)) as pilot:
        painted, before = [], app.tree.render_line
        app.tree.render_line = lambda y: painted.append(y) or before(y)
        await pilot.press("down")
        await pilot.pause()
        assert set(painted) == {0, 1}
        tops = []
        for _ in range(60):
            await pilot.press("down")
            tops.append(app.tree.scroll_offset.y)
        assert len(set(tops)) <= 7


async def test_a_hundred_thousand_lines_draw_no_more_than_is_in_view():
    rows = [(f"n{at}", min(at % 5, 4), "x") for at in range(100_000)]
    app = Shown(rows)
    async with app.run_test(size=(80, 24)) as pilot:
        drawn_words = []
        app.tree._words = lambda row: drawn_words.append(row) or word(row)
        await pilot.press("space", "space", "end", "minus", "asterisk")
        await pilot.pause()
        assert 0 < len(drawn_words) < 24 * 12


def test_it_needs_nothing_of_the_program(tmp_path):
    """Copied to where nothing of the program is, it is loaded without any of it."""
    here = Path(widgets.tree.__file__).parent
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets/__init__.py").touch()
    shutil.copytree(here, tmp_path / "widgets/tree", ignore=shutil.ignore_patterns("__pycache__"))
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import widgets.tree\n"
        "print(widgets.tree.__file__, *(name for name in sys.modules if name.split('.')[0] in {'okrtui', 'screens', 'widgets'}))"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    where, *loaded = ran.stdout.split()
    assert Path(where).is_relative_to(tmp_path)
    assert "widgets.tree.view" in loaded
    assert not [name for name in loaded if name != "widgets" and not name.startswith("widgets.tree")]
