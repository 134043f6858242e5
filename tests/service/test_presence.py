"""Who is here and where, what they typed and had seen: by person, through the second file."""

from __future__ import annotations

import pytest

from okrtui.service import drafts, setup, visits
from okrtui.service.presence import Presence, Present, Spot, circle
from okrtui.store.live import Live

ROOM = Spot("room", "sales", "2026-Q4")
BOARD = Spot("board", "sales", "2026-Q4", "Edit KR1")
OBJECTIVES = Spot("objectives", "sales", "2026-Q4")


class Watch:
    """Seconds, set by hand."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def present(company, handle, spot):
    return Present(handle, spot, company.as_(handle).person_id)


@pytest.fixture
def watch():
    return Watch()


def test_others_are_seen_where_they_are(company, watch):
    ana, ben = Presence(watch), Presence(watch)
    assert ana.look(company.as_("ana"), ROOM) == ()
    assert ben.look(company.as_("ben"), BOARD) == (present(company, "ana", ROOM),)
    watch.now += 5
    assert ana.look(company.as_("ana"), ROOM) == (present(company, "ben", BOARD),)


def test_who_leaves_is_gone_at_once_and_who_dies_after_half_a_minute(company, watch):
    ana, ben, cy = Presence(watch), Presence(watch), Presence(watch)
    company.person("cy", "sales")
    for one, handle in ((ben, "ben"), (cy, "cy"), (ana, "ana")):
        one.look(company.as_(handle), ROOM)
    ben.leave(company.as_("ben"))
    for _ in range(5):
        watch.now += 6
        seen = ana.look(company.as_("ana"), ROOM)
        assert [one.handle for one in seen] == (["cy"] if watch.now < 1030 else [])


def test_a_heartbeat_keeps_somebody_here(company, watch):
    ana, ben = Presence(watch), Presence(watch)
    for _ in range(50):
        watch.now += 5
        ben.look(company.as_("ben"), ROOM)
        assert [one.handle for one in ana.look(company.as_("ana"), ROOM)] == ["ben"]


def test_a_person_twice_is_named_once_where_they_last_spoke_and_never_to_themselves(company, watch):
    first, second, ana = Presence(watch), Presence(watch), Presence(watch)
    first.look(company.as_("ben"), ROOM)
    watch.now += 1
    second.look(company.as_("ben"), BOARD)
    assert ana.look(company.as_("ana"), ROOM) == (present(company, "ben", BOARD),)
    watch.now += 5
    assert [one.handle for one in first.look(company.as_("ben"), ROOM)] == ["ana"]


def test_who_was_switched_off_is_not_here(company, watch):
    setup.set_active(company.operator, "ben", active=False)
    session = company.as_("ben")
    Presence(watch).look(session, ROOM)
    assert Presence(watch).look(company.as_("ana"), ROOM) == ()


def test_a_draft_holds_what_was_changed_and_what_stood_there(company):
    ana = company.as_("ana")
    assert drafts.keep(ana, "Edit KR1", {"statement": "Mine", "unit": "h"}, {"statement": "Before", "unit": "h"})
    found = drafts.find(ana, "Edit KR1")
    assert (found.typed, found.began) == ({"statement": "Mine"}, {"statement": "Before"})
    assert drafts.find(company.as_("ben"), "Edit KR1") is None
    assert [one.form for one in drafts.waiting(ana)] == ["Edit KR1"]


def test_a_draft_that_says_nothing_new_is_forgotten(company):
    ana = company.as_("ana")
    drafts.keep(ana, "Edit KR1", {"statement": "Mine"}, {"statement": "Before"})
    drafts.keep(ana, "Edit KR1", {"statement": "Before"}, {"statement": "Before"})
    assert drafts.waiting(ana) == []


def test_a_draft_keeps_every_script_and_every_control(company):
    ana = company.as_("ana")
    words = {"a": "[b]é\x1b\u202e🙂\n\ud83d"[:-1], "steps": ["Один", "二"], "value": None}
    drafts.keep(ana, "A form", words, {})
    assert drafts.find(ana, "A form").typed == {"a": words["a"], "steps": words["steps"]}


def test_a_visit_is_by_person_and_place(company):
    visits.keep(company.as_("ana"), "sales", 12)
    assert visits.since(company.as_("ana"), "sales") == 12
    assert visits.since(company.as_("ben"), "sales") is None
    assert visits.since(company.as_("ana"), "acme") is None


# Where somebody is, for those who follow them


def test_others_see_what_is_chosen_how_it_is_shown_and_who_follows_whom(company, watch):
    spot = Spot("scoring", "sales", "2026-Q4", "", "KR3", "reading objective", 0.25, company.as_("ben").person_id)
    Presence(watch).look(company.as_("ana"), spot)
    assert Presence(watch).look(company.as_("ben"), ROOM) == (present(company, "ana", spot),)


def test_of_two_windows_the_one_that_moved_last_is_gone_by_whichever_says_it_is_there(company, watch):
    first, second, ana = Presence(watch), Presence(watch), Presence(watch)
    first.look(company.as_("ben"), ROOM)
    watch.now += 1
    second.look(company.as_("ben"), BOARD)
    watch.now += 10
    second.look(company.as_("ben"), BOARD)
    watch.now += 1
    first.look(company.as_("ben"), ROOM)  # a heartbeat, and no move
    assert ana.look(company.as_("ana"), ROOM) == (present(company, "ben", BOARD),)
    watch.now += 1
    first.look(company.as_("ben"), OBJECTIVES)
    watch.now += 5
    assert ana.look(company.as_("ana"), ROOM) == (present(company, "ben", OBJECTIVES),)


def test_a_cursor_that_moves_on_is_said_a_few_times_a_second_and_a_page_at_once(company, watch):
    told, seeing, others = Presence(watch), Presence(watch), Live(company.store.path)
    told.look(company.as_("ana"), ROOM)
    for ref, page, seconds, seen in (
        ("KR1", "room", 0.05, ""),
        ("KR2", "room", 0.2, "KR2"),
        ("KR3", "room", 0.05, "KR2"),
        ("KR3", "board", 0.05, "KR3"),
    ):
        watch.now += seconds
        told.look(company.as_("ana"), Spot(page, "sales", "2026-Q4", ref=ref))
        (one,) = seeing.look(company.as_("ben"), None, live=others)
        assert (one.spot.ref, one.spot.page) == (seen, page)
    others.close()


def test_who_has_left_says_nothing_more(company, watch):
    ana, ben = Presence(watch), Presence(watch)
    ana.look(company.as_("ana"), ROOM)
    ana.leave(company.as_("ana"))
    ana.look(company.as_("ana"), BOARD)
    assert ben.look(company.as_("ben"), ROOM) == ()


def following(number, whom):
    return Present(f"p{number}", Spot("room", "sales", follows=whom), number)


@pytest.mark.parametrize(
    ("others", "whom", "round_"),
    [
        ([following(2, None)], 2, ()),
        ([following(2, 1)], 2, (1, 2)),
        ([following(2, 3), following(3, 1)], 2, (1, 2, 3)),
        ([following(2, 3), following(3, 2)], 2, ()),
        ([following(2, 9)], 2, ()),
        ([], 2, ()),
    ],
)
def test_who_would_go_round_in_a_circle(others, whom, round_):
    assert circle(others, 1, whom) == round_
