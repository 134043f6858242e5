"""The scoreboard and the scoring page: both grades, what is read against what, and what whom may see."""

from __future__ import annotations

import pytest

from okrtui.core.acts import Act
from okrtui.core.errors import NotAllowed
from okrtui.core.model import ScoreSide
from okrtui.service import (
    checkins,
    closing,
    cycles,
    invitations,
    key_results,
    objectives,
    scoreboard,
    scores,
    scoring,
    threads,
)


@pytest.fixture
def quarter(company):
    """A quarter about to be scored, with an agreed key result that stands at 17 of 26 to 8 hours."""
    company.agreed()
    company.running().at("2026-12-18")
    company.checked_in("KR1", 17)
    return company


def line(company, by="rob", ref="KR1"):
    return next(one for one in scoreboard.scoreboard(company.as_(by)) if one.ref == ref)


def page(company, by="ana"):
    return scoring.of_key_result(company.as_(by), "KR1")


def test_an_untouched_target_has_one_grade(quarter):
    found = line(quarter.scoring())
    assert (found.computed, found.computed_original, found.amended) == (0.5, None, False)


def test_a_changed_target_is_graded_against_both(quarter):
    key_results.amend(quarter.as_("ana"), "KR1", {"target": 17}, "The night shift moved")
    found = line(quarter.scoring())
    assert (found.computed, found.computed_original, found.amended) == (1.0, 0.5, True)


def test_changed_steps_are_graded_against_both(company):
    company.agreed(
        kind="milestone", unit="", baseline=None, target=None, steps=[{"name": "Pilot"}, {"name": "Rollout"}]
    )
    company.running().at("2026-12-18")
    checkins.check_in(company.as_("ana"), "KR1", {"confidence": 7, "steps": ["Pilot"], "context": "It runs"})
    key_results.amend(company.as_("ana"), "KR1", {"steps": [{"name": "Pilot"}]}, "Rollout is next year's")
    found = line(company.scoring())
    assert (found.computed, found.computed_original) == (1.0, 0.5)


@pytest.mark.parametrize(
    ("ambition", "read"), [("committed", "of a promise"), ("aspirational", "short of the aim of 0.7")]
)
def test_an_agreed_score_is_read_by_its_ambition(quarter, ambition, read):
    objectives.reword(quarter.as_("lea"), "O1", {"ambition": ambition})
    quarter.scoring()
    for by, side in (("ana", ScoreSide.SELF), ("lea", ScoreSide.MANAGER)):
        scores.write(quarter.as_(by), "KR1", side, 0.5, "So")
    scores.reveal(quarter.as_("ana"), ["KR1"])
    scores.calibrate(quarter.as_("ana"), "KR1", 0.5)
    assert line(quarter).agreed.reading is None
    scores.confirm(quarter.as_("lea"), "KR1")
    assert read in line(quarter).agreed.reading


def test_whose_side_is_whose_to_write(quarter):
    quarter.scoring()
    assert (page(quarter, "ana").mine, page(quarter, "lea").mine) == (ScoreSide.SELF, ScoreSide.MANAGER)
    assert page(quarter, "rob").mine is None
    assert "comment (c)" in page(quarter, "rob").refusals[Act.SCORE_SELF]


def test_a_person_alone_writes_the_score_that_is_waited_for_and_no_other(company):
    company.team("solo")
    objectives.add(company.as_("olga"), team="acme", cycle=None, fields={"title": "Alone"})
    objectives.publish(company.as_("olga"), "O1")
    objectives.invite(company.as_("olga"), "O1", ["solo"])
    invitations.accept(company.as_("olga"), "O1", "solo", "I do it all")
    whole = {
        "statement": "It falls",
        "kind": "decrease",
        "baseline": 26,
        "target": 8,
        "control": "ours",
        "week_nine": "Yes",
    }
    key_results.add(company.as_("olga"), "O1", "solo", {**whole, "owner": "olga"}, draft=True)
    key_results.propose(company.as_("olga"), "KR1")
    key_results.agree(company.as_("olga"), "KR1")
    company.running().scoring()
    assert page(company, "olga").mine is ScoreSide.MANAGER
    scores.write(company.as_("olga"), "KR1", ScoreSide.MANAGER, 0.4, "So")
    assert page(company, "olga").mine is ScoreSide.MANAGER
    assert Act.SCORE_SELF in page(company, "olga").refusals


def test_the_page_has_all_that_both_are_read_against(quarter):
    key_results.guide(quarter.as_("ana"), "KR1", {"low": "Weekends", "high": "Nights"}, "Now we know")
    threads.comment(quarter.as_("lea"), "KR1", "What of the nights?")
    quarter.scoring()
    closing.decide(quarter.as_("ana"), "KR1", "change", "Nights alone")
    found = page(quarter)
    assert found.guidance == {"low": "Weekends", "middle": "", "high": "Nights"}
    assert [(one.week, one.value) for one in found.checkins] == [(12, 17)]
    assert (found.baseline, found.target, found.unit, found.weeks) == (26, 8, "hours", 14)
    assert any(one.body == "What of the nights?" for one in found.thread)
    assert (found.line.decision, found.decision_words) == ("change", "Nights alone")
    assert found.waiting == (ScoreSide.MANAGER, ScoreSide.SELF)


def test_what_is_not_agreed_is_not_scored(company):
    company.draft()
    with pytest.raises(NotAllowed, match="KR1 is draft, and what is agreed is scored"):
        page(company)


def queries(company):
    sent = []
    company.store.connection.set_trace_callback(sent.append)
    scoreboard.scoreboard(company.as_("ana"), team="sales")
    company.store.connection.set_trace_callback(None)
    return len(sent)


def test_the_scoreboard_asks_as_often_for_many_as_for_few(quarter):
    few = queries(quarter.scoring())
    cycles.back(quarter.operator, "2026-Q4", "More")
    for at in range(6):
        quarter.agreed("O1", statement=f"Another {at}")
    assert queries(quarter.scoring()) == few
