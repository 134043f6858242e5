"""Signals: each tells its numbers, and what is watched for is raised by what is in the history and by nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import reduce
from operator import add
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.easing import Easing
from okrtui.core.signals import DEFINITIONS, signals
from okrtui.core.tallies import Tally

PAGE = Path(__file__).parents[2] / "docs" / "signals.md"
CYCLES = ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
WATCHED = {"eased", "all_top", "always_equal", "added_late"}
EASED = Easing("KR2", 9, "25 %", "18 %")

small = st.integers(0, 3)


@st.composite
def tallies(draw):
    """A tally such as a cycle may leave."""
    scored, pairs, checkins, due = draw(small), draw(small), draw(small), draw(small)
    raised, words, workshops = draw(small), draw(small), draw(small)
    weight = float(scored) * draw(st.sampled_from([0.5, 1.0, 2.0]))
    equal = draw(st.integers(0, pairs))
    apart = 0 if equal == pairs else draw(st.integers(1, 10)) * (pairs - equal)
    top = draw(st.integers(0, scored))
    on_time = draw(st.integers(0, due))
    return Tally(
        asked=draw(small),
        agreed=draw(small),
        words=words,
        own_words=draw(st.integers(0, words)),
        raised=raised,
        answered=raised,
        answer_days=raised * 1.5,
        workshops=workshops,
        sittings=workshops,
        minutes=workshops * 60.0,
        due=due,
        on_time=on_time,
        late=draw(st.integers(0, due - on_time)),
        checkins=checkins,
        wordless=draw(st.integers(0, checkins)),
        falls=draw(st.integers(0, checkins)),
        rounds=workshops,
        laid=2 * workshops,
        apart=raised if workshops else 0,
        pairs=pairs,
        equal=equal,
        gap=apart,
        higher=draw(st.sampled_from([-1, 0, 1])) * apart,
        scored=scored,
        top=top,
        weight=weight,
        weighted=weight * top / scored if scored else 0.0,
        eased=draw(st.sampled_from([(), (EASED,)])),
        late_top=("KR9",) if top and draw(st.booleans()) else (),
    )


histories = st.lists(tallies(), min_size=len(CYCLES), max_size=len(CYCLES))
companies = st.lists(histories, min_size=1, max_size=3).map(
    lambda found: {f"Team {place}": history for place, history in enumerate(found)}
)


def raised(key, teams):
    (signal,) = (one for one in signals(CYCLES, teams) if one.definition.key == key)
    return {one.team for one in signal.sightings}


def two_running(history, holds):
    """Whether it holds in the last cycle that has it at all, and in the one right before."""
    there = [place for place, tally in enumerate(history) if holds(tally) is not None]
    return (
        len(there) > 1 and there[-2] == there[-1] - 1 and bool(holds(history[there[-1]]) and holds(history[there[-2]]))
    )


HOLDS = {
    "eased": lambda history: any(tally.eased for tally in history),
    "added_late": lambda history: any(tally.late_top for tally in history),
    "all_top": lambda history: two_running(
        history, lambda tally: tally.top == tally.scored if tally.scored else None
    ),
}  # fmt: skip


@pytest.mark.parametrize("key", HOLDS)
@given(teams=companies)
def test_what_is_watched_for_is_raised_where_it_is_and_nowhere_else(key, teams):
    assert raised(key, teams) == {name for name, history in teams.items() if HOLDS[key](history)}


@given(teams=companies)
def test_equal_scores_are_raised_where_there_are_enough_and_nowhere_else(teams):
    for name, history in teams.items():
        same = two_running(history, lambda tally: tally.equal == tally.pairs if tally.pairs else None)
        last = max((place for place, tally in enumerate(history) if tally.pairs), default=0)
        enough = history[last].pairs + history[last - 1].pairs >= 3
        assert (name in raised("always_equal", teams)) == (same and enough)


CLEAN = {
    "eased": lambda tally: replace(tally, eased=()),
    "added_late": lambda tally: replace(tally, late_top=()),
    "all_top": lambda tally: replace(tally, top=min(tally.top, max(0, tally.scored - 1))),
    "always_equal": lambda tally: replace(tally, equal=min(tally.equal, max(0, tally.pairs - 1))),
}


@pytest.mark.parametrize("key", sorted(WATCHED))
@given(teams=companies)
def test_a_history_without_it_never_raises_it(key, teams):
    clean = {name: [CLEAN[key](tally) for tally in history] for name, history in teams.items()}
    assert raised(key, clean) == set()


@given(teams=companies)
def test_every_signal_tells_every_cycle(teams):
    found = signals(CYCLES, teams)
    assert [one.definition for one in found] == list(DEFINITIONS)
    for one in found:
        assert [figure.cycle for figure in one.figures] == list(CYCLES)
        assert one.is_watched == (one.definition.key in WATCHED)
        assert one.is_watched or not one.sightings
        for figure in one.figures:
            assert (figure.main is None) == (figure.text == "no data")
            assert all(value is None or isinstance(value, int | float) for value in figure.numbers.values())
            for name, value in figure.numbers.items():
                assert value is None or not name.startswith("share") or 0 <= value <= 1


@given(teams=companies)
def test_teams_together_count_what_each_counts(teams):
    together = reduce(add, (history[0] for history in teams.values()))
    whole = signals(CYCLES[:1], {"All": [together]})
    found = signals(CYCLES[:1], {name: history[:1] for name, history in teams.items()})
    assert [one.figures for one in found] == [one.figures for one in whole]


def test_tallies_add_up():
    some = Tally(**{field.name: 2 for field in fields(Tally) if field.name not in {"eased", "late_top"}})
    both = some + replace(some, oldest_days=5.0, eased=(EASED,), late_top=("KR1",))
    assert (both.words, both.weighted, both.oldest_days) == (4, 4, 5.0)
    assert (both.eased, both.late_top) == ((EASED,), ("KR1",))
    assert Tally() + some == some


def test_a_score_is_the_weighted_mean_and_never_more_than_the_floats_hold():
    assert Tally(weight=4.0, weighted=3.0).score == 0.75
    assert Tally().score is None
    assert Tally(weight=float("inf"), weighted=float("inf")).score is None


NOTHING = Tally(asked=2, agreed=4, checkins=9, scored=2, pairs=2)
TEXTS = {
    "first_typed": (Tally(words=20, own_words=15), "75% of 20 words"),
    "pushbacks": (
        Tally(asked=3, raised=4, answered=2, answer_days=5, taken_back=1, waiting=1, oldest_days=9.25),
        "4 raised on 3 invitations, 2 answered in 2.5 days on average, 1 taken back, 1 waiting, the oldest for 9.2 days",
    ),
    "workshops": (Tally(workshops=1, sittings=2, minutes=95.4), "1 workshop in 2 sittings, 95 minutes each"),
    "rhythm": (Tally(due=10, on_time=6, late=1), "60% of 10 due weeks on time, 1 late, 3 missing"),
    "wordless": (Tally(checkins=4, wordless=1), "25% of 4 check-ins"),
    "falls": (Tally(checkins=1, falls=1), "1 fall in 1 check-in"),
    "rounds": (
        Tally(rounds=2, laid=4, apart=10, followed=2, moved=-1.5),
        "2 rounds, 2.5 apart on average, 0.8 lower at the last than at the first",
    ),
    "eased": (Tally(agreed=4, eased=(EASED,)), "1 of 4 key results"),
    "gap": (Tally(pairs=2, gap=4, higher=-4), "0.20 apart over 2 key results, leadership higher by 0.20"),
    "all_top": (Tally(scored=3, top=2), "2 of 3 at 1.0"),
    "always_equal": (Tally(pairs=3, equal=2), "2 of 3 pairs alike"),
    "added_late": (Tally(scored=3, late_top=("KR9",)), "1 of 3 scored"),
}


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda one: one.key)
def test_what_each_says(definition):
    tally, text = TEXTS[definition.key]
    assert definition.text(tally) == text
    assert definition.main(Tally()) is None
    assert definition.question.endswith("?")


def test_sightings_say_what_and_when():
    top = replace(NOTHING, top=2, equal=2)
    teams = {"Sales": [NOTHING, replace(NOTHING, eased=(EASED,)), top, replace(top, late_top=("KR8", "KR9"))]}
    said = {one.definition.key: [(see.cycle, see.text) for see in one.sightings] for one in signals(CYCLES, teams)}
    assert said["eased"] == [("2026-Q1", "KR2 in week 9: 25 % → 18 %")]
    assert said["all_top"] == [("2026-Q3", "2 of 2 in 2026-Q2 and 2 of 2 in 2026-Q3")]
    assert said["always_equal"] == said["all_top"]
    assert said["added_late"] == [("2026-Q3", "KR8, KR9")]


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda one: one.key)
def test_the_docs_define_each(definition):
    page = " ".join(PAGE.read_text("utf-8").split())
    assert f"## {definition.name} (`{definition.key}`)" in page
    assert definition.counts in page
    assert definition.question in page
