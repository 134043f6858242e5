"""The Tree screen: folds, filters and the cursor by keys and mouse, kept through news and for the person, and linking."""

from __future__ import annotations

import pytest
from textual.events import MouseScrollDown

from okrtui.service import choices, links, objectives, threads
from okrtui.store import links as link_rows
from screens.dialogs.pick import Pick
from widgets.alignment import AlignmentTree

SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def grown(company):
    """A company's objective that Sales accepted, a key result under it, and below that an objective of Sales; another without."""
    for title in ("Grow", "Stay"):
        ref = objectives.add(
            company.as_("olga"), team="acme", cycle=None, fields={"title": title, "why": f"Why {title}"}
        )
        objectives.publish(company.as_("olga"), ref)
    company.agreed()
    links.add(company.as_("lea"), "O3", "O1")
    links.consent(company.as_("olga"), "O3", "O1")
    return company.running()


async def on_tree(person):
    await person.press("6")
    await person.on("tree")
    return person.page.tree_shown


def keys(tree):
    return [tree.lines.keys[place] for place in tree.lines.shown]


def saying(person):
    return str(person.page.tree_shown.border_subtitle)


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_company_stands_in_lines(size, grown, open_app):
    async with open_app(grown, "ana", size=size) as ana:
        tree = await on_tree(ana)
        assert keys(tree) == ["O1", "O3", "KR1", "O2"]
        picture = ana.picture()
        assert "◎ O1 Grow" in picture
        assert "● KR1 Median first answer" in picture
        assert "@ana" in picture
        assert "acme" in picture


@pytest.mark.parametrize("size", SIZES)
async def test_fold_cursor_and_filter_stay_through_what_others_do(size, grown, open_app):
    async with open_app(grown, "ana", size=size) as ana:
        tree = await on_tree(ana)
        await ana.press("down", "space")
        assert (keys(tree), tree.key) == (["O1", "O3", "O2"], "O3")
        objectives.reword(grown.as_("olga"), "O2", {"title": "Stay for years"})
        await ana.until(lambda: "Stay for years" in ana.picture())
        assert (keys(tree), tree.key) == (["O1", "O3", "O2"], "O3")
        await ana.press("slash")
        await ana.write("stay")
        assert keys(tree) == ["O2"]
        ref = objectives.add(grown.as_("olga"), team="acme", cycle=None, fields={"title": "Stay well"})
        objectives.publish(grown.as_("olga"), ref)
        await ana.until(lambda: keys(tree) == ["O2", ref])
        assert ana.page.field.value == "stay"
        assert ana.page.field.has_focus
        await ana.press("escape")
        assert keys(tree) == ["O1", "O3", "O2", ref]
        assert tree.has_focus


async def test_how_it_was_left_is_there_again_for_the_person_alone(grown, open_app):
    async with open_app(grown, "ana") as ana:
        tree = await on_tree(ana)
        await ana.press("down", "space", "slash")
        await ana.write("s")
        await ana.press("enter")
        left = keys(tree), tree.key
    async with open_app(grown, "ana") as ana:
        tree = await on_tree(ana)
        assert (keys(tree), tree.key, ana.page.field.value) == (*left, "s")
        await ana.press("escape")
        assert keys(tree) == ["O1", "O3", "O2"]
    async with open_app(grown, "ben") as ben:
        assert keys(await on_tree(ben)) == ["O1", "O3", "KR1", "O2"]


@pytest.mark.parametrize("kept", ["", "no json", "[1]", '{"closed": 1}', '{"closed": 0, "others": 3}'])
async def test_what_another_version_kept_is_no_trouble(kept, grown, open_app):
    choices.choose(grown.as_("ana"), "tree 2026-Q4", kept)
    async with open_app(grown, "ana") as ana:
        assert keys(await on_tree(ana)) == ["O1", "O3", "KR1", "O2"]


@pytest.mark.parametrize("then", [("1",), ()])
async def test_leaving_at_once_keeps_how_it_stands(then, grown, open_app):
    async with open_app(grown, "ana") as ana:
        await on_tree(ana)
        await ana.press("minus", *then)
    async with open_app(grown, "ana") as ana:
        assert keys(await on_tree(ana)) == ["O1", "O2"]


async def test_typing_filters_and_esc_shows_all(grown, open_app):
    async with open_app(grown, "ana") as ana:
        tree = await on_tree(ana)
        await ana.press("slash")
        await ana.write("MEDIAN ana")
        assert (keys(tree), tree.key) == (["O1", "O3", "KR1"], "KR1")
        assert "1 of 4" in saying(ana)
        await ana.press("enter")
        assert tree.has_focus
        assert "“MEDIAN ana”" in saying(ana)
        await ana.press("escape")
        assert len(keys(tree)) == 4
        assert tree.key == "KR1"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("mine", ["O1", "O3", "KR1"]), ("team", ["O1", "O3", "KR1"]), ("care", ["O1", "O3", "KR1", "O2"])],
)
async def test_quick_filters(typed, shown, grown, open_app):
    async with open_app(grown, "ana") as ana:
        tree = await on_tree(ana)
        await ana.press("f")
        await ana.dialog(Pick)
        await ana.write(typed)
        await ana.press("enter")
        await ana.closed()
        await ana.until(lambda: keys(tree) == shown)
        assert "Esc shows all" in saying(ana)
        await ana.press("escape")
        assert len(keys(tree)) == 4


async def test_what_needs_care_says_why(grown, open_app):
    grown.team("idle")
    async with open_app(grown, "ana") as ana:
        await on_tree(ana)
        await ana.press("f")
        await ana.dialog(Pick)
        await ana.write("care")
        await ana.press("enter")
        await ana.closed()
        await ana.until(lambda: "no team invited" in ana.picture())
        assert "□ Idle" in ana.picture()
        await ana.press("escape")
        await ana.until(lambda: keys(ana.page.tree_shown) == ["O1", "O3", "KR1", "O2"])
        assert "no team invited" not in ana.picture()


async def test_a_fold_can_be_undone(grown, open_app):
    async with open_app(grown, "ana") as ana:
        tree = await on_tree(ana)
        await ana.press("space", "minus")
        assert keys(tree) == ["O1", "O2"]
        await ana.press("u")
        await ana.settled()
        assert keys(tree) == ["O1", "O2"]
        await ana.press("u")
        await ana.until(lambda: keys(tree) == ["O1", "O3", "KR1", "O2"])


@pytest.mark.parametrize(("ref", "page"), [("KR1", "board"), ("O2", "objectives")])
async def test_enter_opens_a_thing_on_its_page(ref, page, grown, open_app):
    async with open_app(grown, "ana") as ana:
        await on_tree(ana)
        assert ana.page.choose(ref)
        await ana.press("enter")
        await ana.on(page)
        await ana.until(lambda: ana.page.chosen() == ref)


async def test_the_pane_tells_of_the_chosen_thing_and_what_is_aligned_below(grown, open_app):
    grown.at("2026-10-09").checked_in("KR1")
    async with open_app(grown, "ana") as ana:
        await on_tree(ana)
        await ana.until(lambda: "Why Grow" in ana.full)
        assert "aligned below" in ana.full
        assert "1 of 1 reporting, each counted once" in ana.full
        assert ana.page.choose("KR1")
        await ana.until(lambda: "Median first answer falls" in ana.full)
        threads.comment(grown.as_("ben"), "KR1", "Well done")
        await ana.until(lambda: "Well done" in ana.full)


async def test_on_a_narrow_screen_the_text_comes_and_goes_by_keys(grown, open_app):
    async with open_app(grown, "ana", size=(80, 24)) as ana:
        tree = await on_tree(ana)
        assert not ana.page.reading.display
        await ana.press("v")
        await ana.until(lambda: "Why Grow" in ana.full)
        assert ana.page.reading.has_focus
        assert "Why Grow" in ana.picture()
        await ana.press("escape")
        assert tree.has_focus
        assert not ana.page.reading.display


async def test_mark_go_and_link(grown, open_app):
    ref = grown.objective()
    async with open_app(grown, "lea") as lea:
        tree = await on_tree(lea)
        assert "unaligned" in lea.picture()
        assert lea.page.refusal("tree.link")
        await lea.press("equals_sign")
        await lea.until(lambda: any("Nothing is marked" in one for one in lea.said))
        lea.page.choose("O2")
        await lea.press("m")
        assert "O2 is marked" in saying(lea)
        await lea.press("equals_sign")
        await lea.until(lambda: any("cannot stand under itself" in one for one in lea.said))
        lea.page.choose(ref)
        await lea.press("equals_sign")
        await lea.dialog(Pick)
        await lea.press("enter")
        await lea.closed()
        await lea.until(lambda: any("a lead of the team of O2 consents" in one for one in lea.said))
        assert tree.key == ref
        links.consent(grown.as_("olga"), ref, "O2")
        await lea.until(lambda: keys(tree)[-2:] == ["O2", ref])
        assert tree.key == ref
    with grown.store.reading() as connection:
        assert link_rows.between(connection, ref, "O2").kind == "contributes"


@pytest.fixture
def shared(grown):
    """The objective of Sales stands under both of the company's."""
    links.add(grown.as_("lea"), "O3", "O2")
    links.consent(grown.as_("olga"), "O3", "O2")
    return grown


@pytest.mark.parametrize("size", SIZES)
async def test_a_thing_with_two_parents_leads_to_where_it_stands_in_full_and_back(size, shared, open_app):
    async with open_app(shared, "ana", size=size) as ana:
        tree = await on_tree(ana)
        assert keys(tree) == ["O1", "O3", "KR1", "O2", "O3<O2"]
        assert "→ ◎ O3" in ana.picture()
        await ana.press("minus", "end", "right", "right", "v")
        await ana.until(lambda: "→ goes there" in ana.full)
        assert "see under O1" in ana.full
        await ana.press("escape", "right")
        assert tree.key == "O3"
        await ana.until(lambda: (ana.page.reading.of == "O3" and "→ goes there" not in ana.full) or size[0] < 110)
        await ana.press("left")
        assert tree.key == "O3<O2"
        await ana.press("enter")
        await ana.on("objectives")
        await ana.until(lambda: ana.page.chosen() == "O3")


async def test_what_was_found_is_marked_in_the_words(shared, open_app):
    async with open_app(shared, "ana") as ana:
        tree = await on_tree(ana)
        await ana.press("slash")
        await ana.write("MÉDIAN ana")
        await ana.until(lambda: keys(tree) == ["O1", "O3", "KR1"])
        marked = [one.text for one in tree.render_line(2) if one.style.underline]
        assert marked == ["Median", "ana"]
        assert not any(one.style.underline for one in tree.render_line(0))


async def test_linking_is_dimmed_with_its_reason_and_says_what_to_do_instead(shared, open_app):
    async with open_app(shared, "lea") as lea:
        tree = await on_tree(lea)
        for who, chosen, said in (
            ("O2", "O1", "you do not lead Acme: comment (c)"),
            ("O1", "O3", "is linked to O1 already"),
            ("O3", "O3", "cannot stand under itself"),
            ("KR1", "O3", "O3 would stand under itself (O3 → KR1 → O3)"),
        ):
            assert lea.page.choose(who)
            await lea.press("m")
            assert tree.marked == who
            assert lea.page.choose(chosen)
            await lea.until(lambda said=said: said in lea.page.refusal("tree.link"))
            before = len(lea.said)
            await lea.press("equals_sign")
            await lea.until(lambda said=said, before=before: any(said in one for one in lea.said[before:]))
            assert lea.app.screen is lea.page


async def test_on_a_narrow_screen_linking_is_dimmed_too(shared, open_app):
    async with open_app(shared, "lea", size=(80, 24)) as lea:
        await on_tree(lea)
        lea.page.choose("O1")
        await lea.press("m")
        lea.page.choose("O3")
        await lea.until(lambda: "is linked to O1 already" in lea.page.refusal("tree.link"))


async def test_the_pane_tells_one_idle_team_from_the_next(grown, open_app):
    grown.team("idle")
    grown.team("lazy")
    async with open_app(grown, "ana") as ana:
        await on_tree(ana)
        await ana.press("f")
        await ana.dialog(Pick)
        await ana.write("care")
        await ana.press("enter")
        await ana.closed()
        await ana.until(lambda: "T lazy" in keys(ana.page.tree_shown))
        ana.page.tree_shown.choose("T idle")
        await ana.until(lambda: "Idle" in ana.full)
        await ana.press("down")
        await ana.until(lambda: "Lazy" in ana.full)


async def test_the_wheel_scrolls_the_tree(grown, open_app):
    for at in range(30):
        ref = objectives.add(grown.as_("olga"), team="acme", cycle=None, fields={"title": f"More {at}"})
        objectives.publish(grown.as_("olga"), ref)
    async with open_app(grown, "ana", size=(80, 24)) as ana:
        tree = await on_tree(ana)
        await ana.pilot._post_mouse_events([MouseScrollDown], AlignmentTree, offset=(12, 5))
        await ana.until(lambda: tree.scroll_offset.y > 0)
        assert tree.key == "O1"
        await ana.press("down")
        assert tree.key == "O3"


async def test_a_second_click_opens_what_has_nothing_below_it(grown, open_app):
    async with open_app(grown, "ana") as ana:
        await on_tree(ana)
        await ana.pilot.click(AlignmentTree, offset=(12, 3), times=2)
        await ana.on("board")
        await ana.until(lambda: ana.page.chosen() == "KR1")


async def test_a_click_chooses_and_a_second_one_folds(grown, open_app):
    async with open_app(grown, "ana") as ana:
        tree = await on_tree(ana)
        await ana.pilot.click(AlignmentTree, offset=(12, 2))
        assert tree.key == "O3"
        await ana.pilot.click(AlignmentTree, offset=(12, 2), times=2)
        assert keys(tree) == ["O1", "O3", "O2"]


async def test_following_goes_to_the_same_line(grown, open_app):
    async with open_app(grown, "ana") as ana:
        tree = await on_tree(ana)
        await ana.press("minus")
        assert ana.page.choose("KR1")
        assert ana.page.spot.ref == "KR1"
        assert tree.key == "KR1"
        assert not ana.page.choose("KR99")


async def test_a_large_tree_begins_with_its_roots_open_and_all_else_folded(grown, open_app, monkeypatch):
    monkeypatch.setattr("screens.tree_kept.OPEN_UP_TO", 3)
    async with open_app(grown, "ana") as ana:
        assert keys(await on_tree(ana)) == ["O1", "O3", "O2"]


async def test_what_people_typed_is_drawn_as_text(grown, open_app):
    with grown.store.writing() as connection:
        connection.execute("UPDATE objective SET title = ?", ("[b]Grow[/x] \x1b[31m \u202e日本",))
    async with open_app(grown, "ana") as ana:
        await on_tree(ana)
        assert "[b]Grow[/x] ·[31m ·日本" in ana.picture()
        await ana.press("slash")
        await ana.write("日本")
        await ana.press("escape", "m", "v")


async def test_without_anything_it_says_so(company, open_app):
    async with open_app(company, "ana") as ana:
        await on_tree(ana)
        assert "No objective is published yet." in saying(ana)
        await ana.press("down", "space", "m", "enter")
