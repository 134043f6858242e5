"""The tree says of a key result what its team's room says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from okrtui.service import rooms, trees


def found(company):
    """The silent mark and the card of the one key result there is."""
    _, (root,) = trees.tree(company.as_("rob"))
    (node,) = root.children
    (card,) = rooms.room(company.as_("rob"), "sales").objectives[0].key_results
    assert (node.ref, node.text, node.progress, node.confidence) == (
        card.ref,
        card.statement,
        card.progress,
        card.confidence,
    )
    return "silent" in node.marks, card.silent


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_what_is_silent_is_silent_in_both(company, zone):
    with company.store.writing() as connection:
        connection.execute("UPDATE cycle SET zone = ?", (zone,))
    company.now = datetime(2026, 10, 23, 12, tzinfo=UTC)  # a Friday, and a due day
    company.agreed()
    company.running()
    told = []
    for hours in range(0, 240, 7):
        company.now = datetime(2026, 10, 23, 13, tzinfo=UTC) + timedelta(hours=hours)
        in_tree, in_room = found(company)
        assert in_tree == in_room, company.now
        told.append(in_tree)
    assert True in told
    assert False in told


def test_what_was_checked_in_is_not_silent(company):
    ref = company.agreed()
    company.running().at("2026-10-20")
    assert found(company) == (True, True)
    company.checked_in(ref)
    assert found(company) == (False, False)
