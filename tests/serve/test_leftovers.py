"""What was removed is given back without a look through all there is."""

from __future__ import annotations

import gc

import pytest
from rich.segment import Segment
from textual.app import App
from textual.strip import Strip
from textual.widgets import Label, OptionList

from okrtui.terminal.leftovers import divide_without_holding, everything_of, loosen


@pytest.fixture
def only_young():
    """No collector but the one that is asked for."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_a_strip_is_divided_as_textual_does_and_holds_nothing_of_itself(only_young, monkeypatch):
    places = [[], [2], [5], [2, 5], [2, 5, 9], [5, 9], [0, 5], [9]]

    def divided():
        strip = Strip([Segment("ab"), Segment("cde")])
        return [[part.text for part in strip.divide(iter(cuts))] for cuts in places * 2]

    as_textual = divided()
    assert gc.collect() > 0
    monkeypatch.setattr(Strip, "divide", Strip.divide)
    divide_without_holding()
    assert divided() == as_textual
    assert gc.collect() == 0


async def test_a_removed_widget_holds_none_of_its_parts(only_young):
    app = App()
    async with app.run_test() as pilot:
        lists = [OptionList(*(f"option {at}" for at in range(50))) for _ in range(5)]
        await app.mount(*lists, Label("stays"))
        await pilot.pause()
        parts = everything_of(lists)
        assert len(parts) > 3 * len(lists)
        for one in lists:
            await one.remove()
        left = len(parts) + sum(len(vars(part)) for part in parts)
        loosen(parts)
        assert all(part._css_styles.node is None for part in parts)
        assert not any(one._option_render_cache for one in lists)
        assert len(parts) + sum(len(vars(part)) for part in parts) == left, "whoever holds it may look at it"
        loosen(parts)
        await pilot.pause()
        assert app.query_one(Label).styles.node is not None
