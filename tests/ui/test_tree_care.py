"""What needs care on the tree screen: each kind says why, steady teams and what is well are left alone."""

from __future__ import annotations

import pytest
from neglect import KINDS, STEADY, WELL, neglected

from okrtui.service import initiatives, objectives, setup
from screens.dialogs.pick import Pick


@pytest.fixture
def uncared(company):
    return neglected(company)


async def only_care(person):
    await person.press("6")
    await person.on("tree")
    await person.press("f")
    await person.dialog(Pick)
    await person.write("care")
    await person.press("enter")
    await person.closed()
    tree = person.page.tree_shown
    await person.until(lambda: tree.lines.is_filtered)
    return tree


async def test_each_kind_says_why(uncared, open_app):
    async with open_app(uncared, "ana", size=(200, 36)) as ana:
        tree = await only_care(ana)
        lines = ana.picture().splitlines()
        for ref, why in KINDS.items():
            shown = "Idle" if ref == "idle" else f"{ref} "
            assert [line for line in lines if shown in line and why in line], (ref, why)
        hits = {tree.lines.keys[place].removeprefix("T ") for place in tree.lines.shown if tree.lines.is_hit(place)}
        assert hits == set(KINDS)
        assert not hits & {*STEADY, *WELL}


async def test_it_goes_as_it_is_cared_for(uncared, open_app):
    async with open_app(uncared, "ana", size=(140, 36)) as ana:
        tree = await only_care(ana)
        assert tree.lines.hits == len(KINDS)
        initiatives.link(uncared.as_("ana"), "I1", ["KR1"])
        await ana.until(lambda: tree.lines.hits == len(KINDS) - 2)
        objectives.invite(uncared.as_("lea"), "O2", ["sales"])
        await ana.until(lambda: tree.lines.hits == len(KINDS) - 3)
        setup.set_steady(uncared.operator, "idle", steady=True)
        await ana.until(lambda: tree.lines.hits == len(KINDS) - 4)
        await ana.press("escape")
        await ana.until(lambda: not tree.lines.is_filtered)
