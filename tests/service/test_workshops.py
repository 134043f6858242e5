"""The workshop: one a team and cycle, kept by anybody, its notes its authors' own, its clock left when its keeper leaves."""

from __future__ import annotations

from datetime import timedelta
from time import time

import pytest

from okrtui.core.errors import Conflict, Invalid, NotAllowed, NotFound
from okrtui.core.workshops import TEMPLATE, UNDERSPECIFIED, Prompt
from okrtui.service import activity, cycles, dots, key_results, minutes, setup, watch, workshop_trend, workshops
from okrtui.service.presence import Spot
from okrtui.store import events
from okrtui.store import workshops as rows

HERE = Spot("workshop", "sales", "2026-Q4")


def start(company, by="ana", **more):
    return workshops.start(company.as_(by), team="sales", **more)


def pause(company, by="ana"):
    return workshops.pause(company.as_(by), team="sales")


def note(company, words, by="ana", **more):
    return workshops.note(company.as_(by), words, team="sales", **more)


def close(company, remark="", by="ana"):
    return workshops.close(company.as_(by), remark, team="sales")


def page(company, by="rob", cycle=None):
    return minutes.workshop(company.as_(by), "sales", cycle)


def passes(company, **time_):
    company.now += timedelta(**time_)


def verbs(company):
    with company.store.reading() as connection:
        return [one.verb for one in events.latest(connection, 1000) if one.verb.startswith("workshop.")]


# The clock


def test_there_is_one_a_team_and_cycle_and_its_sittings_add_up(company):
    first = start(company)
    passes(company, minutes=30)
    pause(company)
    passes(company, minutes=12)
    assert start(company, "ben") == first
    passes(company, minutes=20)
    shown = page(company)
    assert (shown.ref, shown.seconds, len(shown.sittings)) == (first.ref, 50 * 60, 2)
    assert shown.clock.runs
    other = workshops.start(company.as_("olga"), team="acme")
    assert other.ref != first.ref


def test_before_it_begins_it_says_so(company):
    shown = page(company)
    assert (shown.ref, shown.state, shown.seconds) == ("", "", 0)
    assert "start its clock (t)" in shown.no_writing
    assert shown.no_start == ""
    with pytest.raises(NotFound, match=r"Sales has no workshop in 2026-Q4 yet: start its clock"):
        note(company, "Too early")


@pytest.mark.parametrize("by", ["ana", "lea", "rob", "olga"])
def test_anybody_keeps_it(company, by):
    start(company, by)
    assert page(company).keeper == by
    workshops.ask_next(company.as_(by), team="sales")
    workshops.box(company.as_(by), 10, team="sales")
    pause(company, by)
    close(company, "Done", by)
    assert page(company).is_closed


def test_the_operator_has_no_pen(company):
    with pytest.raises(NotAllowed, match="operator"):
        workshops.start(company.operator, team="sales")


def test_what_a_keeper_does_is_nobody_elses_until_they_take_it_over(company):
    start(company)
    ben = company.as_("ben")
    for act in (
        lambda: workshops.pause(ben, team="sales"),
        lambda: workshops.ask_next(ben, team="sales"),
        lambda: workshops.box(ben, 10, team="sales"),
        lambda: workshops.hand_over(ben, "rob", team="sales"),
        lambda: workshops.close(ben, team="sales"),
    ):
        with pytest.raises(NotAllowed, match=r"Ana keeps this workshop: take it over first \(K, or .*hand-over ben"):
            act()
    assert page(company, "ben").no_keeping
    assert not page(company, "ana").no_keeping
    workshops.hand_over(ben, "ben", team="sales")
    workshops.pause(ben, team="sales")
    assert page(company).keeper == "ben"


def test_it_is_handed_over_and_keeping_gives_no_pen(company):
    start(company)
    ref = note(company, "We call back")
    workshops.hand_over(company.as_("ana"), "lea", team="sales")
    assert page(company).keeper == "lea"
    with pytest.raises(NotAllowed, match="keeps it already"):
        workshops.hand_over(company.as_("lea"), "lea", team="sales")
    with pytest.raises(NotAllowed, match="N1 is ana's to change"):
        workshops.edit_note(company.as_("lea"), ref, "We never call")
    objective = company.accepted()
    with pytest.raises(NotAllowed, match="suggest a wording"):
        key_results.add(company.as_("lea"), objective, "sales", {"statement": "Mine"})


def test_whoever_was_switched_off_keeps_nothing(company):
    start(company)
    setup.set_active(company.operator, "ana", active=False)
    pause(company, "ben")
    assert page(company).keeper == "ben"
    with pytest.raises(NotAllowed, match="not active here any more"):
        workshops.hand_over(company.as_("ben"), "ana", team="sales")


def test_starting_twice_and_pausing_twice_are_refused_and_change_nothing(company):
    start(company)
    with pytest.raises(NotAllowed, match="runs already, kept by ana"):
        start(company, "ben")
    pause(company)
    with pytest.raises(NotAllowed, match="stands still already"):
        pause(company)
    assert verbs(company) == ["workshop.start", "workshop.pause"]


def test_a_break_is_ended_by_anybody(company):
    start(company)
    pause(company)
    start(company, "ben")
    assert page(company).keeper == "ben"


def test_a_time_box_is_of_working_time(company):
    start(company)
    passes(company, minutes=10)
    workshops.box(company.as_("ana"), "15", team="sales")
    passes(company, minutes=5)
    pause(company)
    passes(company, minutes=60)
    assert page(company).clock.left_in_box(company.now) == 10 * 60
    workshops.box(company.as_("ana"), 0, team="sales")
    assert page(company).clock.box is None
    for wrong in ("soon", -1, 601, ""):
        with pytest.raises(Invalid, match="number of minutes"):
            workshops.box(company.as_("ana"), wrong, team="sales")


def test_the_next_prompt_is_everybodys(company):
    start(company)
    assert workshops.ask_next(company.as_("ana"), team="sales") is Prompt.MEASURE
    assert page(company, "ben").prompt is Prompt.MEASURE
    note(company, "Calls back within an hour", "ben")
    assert page(company).notes[0].prompt is Prompt.MEASURE


# Its end


@pytest.mark.parametrize(
    ("length", "asked"), [(40, TEMPLATE), (70, ""), (100, ""), (181, UNDERSPECIFIED)], ids=lambda one: str(one)[:9]
)
def test_the_closing_asks_and_keeps_the_answer(company, length, asked):
    start(company)
    passes(company, minutes=length)
    assert page(company).asked == asked
    close(company, "We knew our work")
    shown = page(company)
    assert (shown.is_closed, shown.remark, shown.seconds, shown.asked) == (True, "We knew our work", length * 60, asked)
    with company.store.reading() as connection:
        told = events.latest(connection, 1)[0].after
    assert told.get("asked", "") == asked
    assert told["remark"] == "We knew our work"


def test_an_answer_is_not_needed(company):
    start(company)
    close(company)
    assert page(company).is_closed


def test_its_minutes_stay(company):
    start(company)
    ref = note(company, "We call back")
    close(company)
    for act in (
        lambda: note(company, "Late"),
        lambda: workshops.edit_note(company.as_("ana"), ref, "Late"),
        lambda: workshops.attend(company.as_("ana"), ["rob"], team="sales"),
        lambda: close(company),
        lambda: pause(company),
    ):
        with pytest.raises(NotAllowed, match="is closed, and its minutes stay as they are: start the clock"):
            act()
    assert [one.body for one in page(company).notes] == ["We call back"]


def test_a_further_sitting_opens_it_again_and_adds_up(company):
    start(company)
    passes(company, minutes=50)
    close(company, "Short of time")
    passes(company, days=1)
    start(company, "ben")
    shown = page(company)
    assert (shown.is_closed, shown.keeper, shown.remark) == (False, "ben", "Short of time")
    passes(company, minutes=20)
    close(company, by="ben")
    assert page(company).seconds == 70 * 60
    assert page(company).remark == "Short of time"


def test_a_closed_cycle_takes_no_workshop(company):
    start(company)
    for _ in range(3):
        cycles.advance(company.operator, "2026-Q4", over=True)
    with pytest.raises(NotAllowed, match="closed and stays as it was"):
        note(company, "Late")
    assert "closed and stays" in page(company).no_start
    passes(company, hours=5)
    assert not page(company).clock.runs
    assert page(company).is_closed


def test_the_first_of_a_team_is_known_from_its_history(company):
    assert page(company).clock.is_first
    start(company)
    passes(company, minutes=95)
    close(company)
    assert page(company).clock.is_first
    passes(company, days=90)
    cycles.add(company.operator, {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"})
    assert not page(company, cycle="2027-Q1").clock.is_first
    workshops.start(company.as_("ana"), team="sales", cycle="2027-Q1")
    assert not page(company, cycle="2027-Q1").clock.is_first
    assert page(company, cycle="2026-Q4").clock.is_first


# Notes


def test_everybody_writes_and_each_note_is_its_authors(company):
    start(company)
    for by in ("ana", "ben", "lea", "rob"):
        note(company, f"{by} says", by)
    assert [(one.ref, one.author, one.body) for one in page(company).notes] == [
        (f"N{number}", by, f"{by} says") for number, by in enumerate(("ana", "ben", "lea", "rob"), 1)
    ]
    workshops.edit_note(company.as_("ben"), "n2", "Ben says more")
    assert page(company).notes[1].body == "Ben says more"


def test_a_note_goes_under_the_prompt_that_is_asked_unless_another_is_named(company):
    start(company)
    note(company, "Daily")
    note(company, "Numbers", prompt="measure")
    assert [one.prompt for one in page(company).notes] == [Prompt.DAY_TO_DAY, Prompt.MEASURE]
    with pytest.raises(Invalid, match="day_to_day"):
        note(company, "Where?", prompt="lunch")


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 10_001], ids=["empty", "blank", "long"])
def test_words_that_will_not_do(company, words):
    start(company)
    with pytest.raises(Invalid, match="The note is"):
        note(company, words)
    assert page(company).notes == ()


def test_two_windows_of_one_person_lose_no_words(company):
    start(company)
    ref = note(company, "We call back")
    ana = company.as_("ana")
    workshops.edit_note(ana, ref, "We call back at nine", "We call back")
    with pytest.raises(Conflict) as raised:
        workshops.edit_note(ana, ref, "We call back at ten", "We call back")
    assert raised.value.fields == {"note": ("We call back", "We call back at ten", "We call back at nine")}
    assert page(company).notes[0].body == "We call back at nine"
    workshops.edit_note(ana, ref, "We call back at ten", "We call back at nine")
    assert page(company).notes[0].body == "We call back at ten"


def test_an_unknown_note(company):
    with pytest.raises(NotFound, match="There is no note N7"):
        workshops.edit_note(company.as_("ana"), "N7", "Words")


# People


def test_who_starts_it_or_writes_while_it_runs_is_there(company):
    start(company)
    note(company, "Here", "ben")
    pause(company)
    note(company, "From the train", "lea")
    assert [(one.handle, one.seen) for one in page(company).people] == [("ana", True), ("ben", True)]


def test_names_are_ticked_and_ticks_taken_back_but_not_what_was_seen(company):
    start(company)
    ana = company.as_("ana")
    workshops.attend(ana, ["lea", "@rob", "ana"], team="sales")
    assert [(one.handle, one.seen) for one in page(company).people] == [("ana", True), ("lea", False), ("rob", False)]
    workshops.attend(ana, [], away=["rob", "ana"], team="sales")
    assert [one.handle for one in page(company).people] == ["ana", "lea"]
    with pytest.raises(NotFound, match="Nobody here is called 'zoe'"):
        workshops.attend(ana, ["ben", "zoe"], team="sales")
    assert [one.handle for one in page(company).people] == ["ana", "lea"]


def test_a_tick_that_changes_nothing_is_no_event(company):
    start(company)
    workshops.attend(company.as_("ana"), ["ana"], team="sales")
    assert verbs(company) == ["workshop.start"]


def test_whoever_is_on_its_screen_while_the_clock_runs_is_there(company):
    start(company)
    seen = watch.Watch()
    noticed = seen.look(company.as_("ben"), HERE)
    assert noticed is not None
    noticed(company.as_("ben"))
    assert [one.handle for one in page(company).people] == ["ana", "ben"]
    assert watch.Watch().look(company.as_("ben"), HERE) is None


@pytest.mark.parametrize(
    "spot",
    [Spot("board", "sales", "2026-Q4"), Spot("workshop", "acme", "2026-Q4"), Spot("workshop", "sales", "2027-Q1")],
)
def test_whoever_is_elsewhere_is_not(company, spot):
    start(company)
    assert watch.Watch().look(company.as_("ben"), spot) is None


def test_nobody_comes_during_a_break(company):
    start(company)
    pause(company)
    assert watch.Watch().look(company.as_("ben"), HERE) is None


def test_who_could_be_there_is_the_team_and_the_leads_above(company):
    assert minutes.who_could_be_there(company.as_("ana"), "sales") == [
        ("ana", "Ana"),
        ("ben", "Ben"),
        ("lea", "Lea"),
        ("olga", "Olga"),
    ]


# The keeper's line


def silent_for(company, seconds, by="ana"):
    """As if that long ago the keeper's screen had said the last thing."""
    with company.store.reading() as connection:
        found = rows.every_one(connection)[0]
    number = company.as_(by).person_id
    company.store.live.write(lambda connection: rows.hear(connection, found.id, number, time() - seconds))


def test_a_keeper_whose_line_dropped_leaves_the_clock_paused_when_they_were_last_heard(company):
    start(company, has_line=True)
    passes(company, minutes=30)
    silent_for(company, 10 * 60)
    noticed = watch.Watch().look(company.as_("rob"), Spot("room", "sales", "2026-Q4"))
    assert noticed is not None
    noticed(company.as_("rob"))
    shown = page(company)
    assert not shown.clock.runs
    assert shown.keeper is None
    assert abs(shown.seconds - 20 * 60) <= 2
    assert "found the clock of the workshop WS1 left by @ana" in activity.log(company.as_("rob"))[-1].text
    start(company, "ben")
    assert page(company).keeper == "ben"


def test_a_short_silence_is_nothing(company):
    start(company, has_line=True)
    silent_for(company, 55)
    assert watch.Watch().look(company.as_("rob"), Spot("room", "sales", "2026-Q4")) is None


def test_any_command_notices_too_before_it_does_anything(company):
    start(company, has_line=True)
    passes(company, minutes=30)
    silent_for(company, 10 * 60)
    pause_refused = pytest.raises(NotAllowed, match="stands still already")
    with pause_refused:
        pause(company, "ben")
    close(company, by="ben")
    assert abs(page(company).seconds - 20 * 60) <= 2


def test_the_keeper_who_comes_back_finds_it_on_offer(company):
    start(company, has_line=True)
    passes(company, minutes=30)
    silent_for(company, 10 * 60)
    noticed = watch.Watch().look(company.as_("ana"), HERE)
    assert noticed is not None
    noticed(company.as_("ana"))
    assert not page(company).clock.runs
    start(company, has_line=True)
    passes(company, minutes=5)
    assert watch.Watch().look(company.as_("rob"), Spot("room", "sales")) is None
    assert abs(page(company).seconds - 25 * 60) <= 2


def test_a_keeper_without_a_screen_has_no_line_that_drops(company):
    start(company)
    passes(company, minutes=90)
    assert watch.Watch().look(company.as_("rob"), Spot("room", "sales")) is None
    watch.settle(company.as_("rob"))
    assert page(company).clock.runs


def test_a_keeper_is_heard_of_again_and_again(company):
    start(company)
    at = [time() - 500.0]
    seen = watch.Watch(lambda: at[0])
    assert seen.look(company.as_("ana"), HERE) is None  # heard 500 s ago: in time it was then
    assert watch.Watch().look(company.as_("rob"), Spot("room", "sales")) is not None
    at[0] = time()
    silent_for(company, 5)
    assert watch.Watch(lambda: at[0]).look(company.as_("ana"), HERE) is None
    assert watch.Watch().look(company.as_("rob"), Spot("room", "sales")) is None


def test_another_keeper_begins_anew(company):
    start(company, has_line=True)
    workshops.hand_over(company.as_("ana"), "ben", team="sales")
    silent_for(company, 5000, "ana")
    passes(company, hours=1)
    watch.settle(company.as_("rob"))
    assert page(company).clock.runs


# Ideas, minutes, trend


def test_ideas_written_in_a_sitting_are_in_its_minutes_with_their_dots(company):
    objective = company.accepted()
    before = key_results.add(company.as_("ana"), objective, "sales", {"statement": "From before"})
    passes(company, minutes=5)
    start(company)
    passes(company, minutes=5)
    during = key_results.add(company.as_("ben"), objective, "sales", {"statement": "Said in it"})
    dots.put(company.as_("ana"), during)
    dots.put(company.as_("ben"), during)
    dots.put(company.as_("ben"), during)
    shown = page(company, "ben")
    assert [(one.ref, one.during, one.dots, one.mine) for one in shown.ideas] == [
        (during, True, 3, 2),
        (before, False, 0, 0),
    ]
    passes(company, minutes=5)
    close(company)
    key_results.park(company.as_("ana"), during)
    assert [(one.ref, one.during, one.state) for one in page(company).ideas] == [
        (during, True, "parked"),
        (before, False, "idea"),
    ]


def test_the_trend_tells_each_workshop_cycle_by_cycle(company):
    objective = company.accepted()
    start(company)
    key_results.add(company.as_("ben"), objective, "sales", {"statement": "Said in it"})
    note(company, "We call", "ben")
    passes(company, minutes=95)
    close(company, "Good")
    workshops.start(company.as_("olga"), team="acme")
    (ours,) = workshop_trend.trend(company.as_("rob"), team="sales")
    assert (ours.team, ours.cycle, ours.is_first, ours.seconds) == ("sales", "2026-Q4", True, 95 * 60)
    assert (ours.people, ours.notes, ours.ideas, ours.remark) == (2, 1, 1, "Good")
    assert [one.team for one in workshop_trend.trend(company.as_("rob"))] == ["sales", "acme"]


def test_the_feed_tells_every_act(company):
    start(company)
    workshops.ask_next(company.as_("ana"), team="sales")
    workshops.box(company.as_("ana"), 5, team="sales")
    workshops.box(company.as_("ana"), 0, team="sales")
    workshops.attend(company.as_("ana"), ["rob"], team="sales")
    workshops.attend(company.as_("ana"), [], away=["rob"], team="sales")
    workshops.edit_note(company.as_("ana"), note(company, "One"), "Two")
    workshops.hand_over(company.as_("ana"), "ben", team="sales")
    close(company, "Quick", "ben")
    told = [line.text for line in activity.log(company.as_("rob")) if line.verb.startswith("workshop.")]
    assert told == [
        "started the clock of the workshop WS1",
        "went on to the next prompt of the workshop WS1",
        "gave the workshop WS1 5 minutes",
        "took the time box off the workshop WS1",
        "ticked @rob in the workshop WS1",
        "took the tick off @rob in the workshop WS1",
        "wrote the note N1: One",
        "reworded the note N1: Two",
        "gave the workshop WS1 to @ben to keep",
        "closed the workshop WS1 after 0:00:00: Quick",
    ]
