"""Keeping a review: one at a time a team, by anybody, in the second file alone."""

from __future__ import annotations

import json
from time import time

import pytest

from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.core.leave import OPERATOR_HAS_NO_PEN
from okrtui.service import reviews, setup
from okrtui.service.presence import Presence, Spot
from okrtui.service.reviewing import Reviewing, of_team, why_not
from okrtui.store import presence

AT = ("sales", "2026-Q4")
AGENDA = [("KR1", False), ("KR2", False)]
HERE = Spot("scoring", *AT)


@pytest.fixture
def quarter(company):
    """A quarter that is scoring, with two agreed key results of Sales."""
    under = company.accepted()
    company.agreed(under)
    company.agreed(under, statement="Nights are answered too")
    company.running().at("2026-12-18")
    return company.scoring()


def silent(company, seconds):
    """Play that the keeper was heard of so long ago."""
    company.store.live.write(lambda connection: connection.execute("UPDATE review SET heard = heard - ?", (seconds,)))


def stands(company, by="rob"):
    return of_team(company.as_(by), *AT)


def everything(company):
    """All that stands in the file, table by table."""
    with company.store.reading() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608  # of the file


@pytest.mark.parametrize("who", ["ana", "lea", "rob", "olga"])
def test_anybody_may_keep_it(quarter, who):
    reviews.keep(quarter.as_(who), *AT, "KR1")
    assert (stands(quarter).keeper, stands(quarter).item, stands(quarter).minutes) == (who, "KR1", 5)


def test_one_at_a_time_and_whoever_else_is_told_what_to_do(quarter):
    reviews.keep(quarter.as_("ana"), *AT, "KR1")
    ben = quarter.as_("ben")
    for tried in (
        lambda: reviews.keep(ben, *AT, "KR2"),
        lambda: reviews.go_on(ben, *AT, AGENDA),
        lambda: reviews.go_back(ben, *AT),
        lambda: reviews.pause(ben, *AT),
        lambda: reviews.box(ben, 10, *AT),
        lambda: reviews.hand_over(ben, "ana", *AT),
        lambda: reviews.end(ben, *AT),
    ):
        with pytest.raises(NotAllowed, match=r"@ana keeps the review: follow \(@\), or take it over \(K\)"):
            tried()
    assert stands(quarter).item == "KR1"


def test_taking_over_is_from_whoever_was_seen_to_keep_it(quarter):
    ana, ben, lea = (quarter.as_(who) for who in ("ana", "ben", "lea"))
    reviews.keep(ana, *AT, "KR1")
    reviews.keep(ben, *AT, "KR2", over=ana.person_id)
    assert (stands(quarter).keeper, stands(quarter).item) == ("ben", "KR1"), "it goes on where it was"
    with pytest.raises(NotAllowed, match="@ben keeps the review"):
        reviews.keep(lea, *AT, "KR2", over=ana.person_id)


def test_it_goes_on_and_back_and_ends(quarter):
    ana = quarter.as_("ana")
    reviews.keep(ana, *AT, "KR1")
    assert reviews.go_on(ana, *AT, AGENDA).item == "KR2"
    assert reviews.go_back(ana, *AT).item == "KR1"
    with pytest.raises(NotAllowed, match="first key result"):
        reviews.go_back(ana, *AT)
    reviews.go_on(ana, *AT, AGENDA)
    with pytest.raises(NotAllowed, match="settled: end the review"):
        reviews.go_on(ana, *AT, [("KR1", True), ("KR2", False)])
    assert reviews.pause(ana, *AT).since is None
    assert reviews.end(ana, *AT)
    assert stands(quarter) is None
    with pytest.raises(NotAllowed, match="Nobody keeps a review"):
        reviews.end(ana, *AT)


@pytest.mark.parametrize("minutes", [0, 61, -5, "many", "", None, 1.5])
def test_a_box_is_of_1_to_60_minutes(quarter, minutes):
    ana = quarter.as_("ana")
    reviews.keep(ana, *AT, "KR1")
    with pytest.raises(Invalid) as refused:
        reviews.box(ana, minutes, *AT)
    assert list(refused.value.fields) == ["minutes"]
    assert stands(quarter).minutes == 5
    assert reviews.box(ana, "60", *AT).left(time()) > 3590


def test_it_is_handed_to_somebody_who_is_here(quarter):
    ana = quarter.as_("ana")
    reviews.keep(ana, *AT, "KR1")
    with pytest.raises(NotAllowed, match="@ben is not here now"):
        reviews.hand_over(ana, "ben", *AT)
    here = Presence()
    here.look(quarter.as_("ben"), HERE)
    reviews.hand_over(ana, "ben", *AT)
    assert stands(quarter).keeper == "ben"
    here.leave(quarter.as_("ben"))


def test_a_keeper_who_is_silent_leaves_it_on_offer_and_takes_it_up_anew(quarter):
    ana, ben = quarter.as_("ana"), quarter.as_("ben")
    reviews.keep(ana, *AT, "KR1")
    silent(quarter, 61)
    with pytest.raises(NotAllowed, match="on offer since @ana left"):
        reviews.go_on(ana, *AT, AGENDA)
    Reviewing().look(ana, HERE, live=quarter.store.live)
    assert stands(quarter).is_on_offer(time()), "who comes back takes it up anew, if nobody has"
    reviews.keep(ben, *AT, "KR2")
    assert (stands(quarter).keeper, stands(quarter).item) == ("ben", "KR1")


def test_a_keeper_is_heard_of_every_few_seconds_on_whatever_page(quarter):
    ana = quarter.as_("ana")
    reviews.keep(ana, *AT, "KR1")
    silent(quarter, 50)
    looking = Reviewing()
    assert looking.look(ana, Spot("board", *AT), live=quarter.store.live) is None
    assert time() - stands(quarter).heard < 5
    silent(quarter, 30)
    looking.look(ana, HERE, live=quarter.store.live)
    assert time() - stands(quarter).heard > 25, "not at every look"


def test_one_that_was_forgotten_begins_anew(quarter):
    reviews.keep(quarter.as_("ana"), *AT, "KR1")
    silent(quarter, 5 * 3600)
    assert stands(quarter) is None
    reviews.keep(quarter.as_("ben"), *AT, "KR2")
    assert stands(quarter).trail == ("KR2",)


def test_another_cycle_is_another_review_and_one_at_a_time_a_team(quarter):
    ana = quarter.as_("ana")
    reviews.keep(ana, *AT, "KR1")
    assert of_team(ana, "sales", "2026-Q3") is None
    quarter.store.live.write(lambda connection: connection.execute("UPDATE review SET cycle = '2026-Q3'"))
    with pytest.raises(NotAllowed, match="@ana keeps the review of 2026-Q3"):
        reviews.keep(quarter.as_("ben"), *AT, "KR1")
    silent(quarter, 61)
    assert reviews.keep(quarter.as_("ben"), *AT, "KR1").cycle == "2026-Q4"


def test_who_may_not(quarter, company):
    with pytest.raises(NotAllowed, match=OPERATOR_HAS_NO_PEN[:30]):
        reviews.keep(quarter.operator, *AT, "KR1")
    with pytest.raises(NotFound):
        reviews.keep(quarter.as_("ana"), "nowhere", "2026-Q4", "KR1")
    ana = quarter.as_("ana")
    reviews.keep(ana, *AT, "KR1")
    setup.set_active(quarter.operator, "ana", active=False)
    with pytest.raises(NotAllowed):
        reviews.go_on(ana, *AT, AGENDA)


def test_only_scores_are_reviewed(company):
    company.agreed()
    assert "while a cycle is scoring" in why_not(company.as_("ana"), *AT)
    with pytest.raises(NotAllowed, match="while a cycle is scoring"):
        reviews.keep(company.as_("ana"), *AT, "KR1")


def test_nothing_of_it_stands_in_the_file(quarter):
    before = everything(quarter)
    ana = quarter.as_("ana")
    reviews.keep(ana, *AT, "KR1")
    reviews.go_on(ana, *AT, AGENDA)
    Presence().look(ana, HERE)
    reviews.end(ana, *AT)
    assert everything(quarter) == before


def test_refs_of_another_program_are_read_as_they_are(quarter):
    ana = quarter.as_("ana")
    reviews.keep(ana, *AT, "KR1")
    quarter.store.live.write(lambda connection: connection.execute("UPDATE review SET trail = '', place = 7"))
    assert stands(quarter).item == ""
    assert reviews.go_on(ana, *AT, AGENDA).item == "KR1"
    rows = quarter.store.live.read(lambda connection: presence.since(connection, 0.0))
    assert json.dumps(rows) == "[]"
