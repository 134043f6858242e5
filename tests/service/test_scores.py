from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

import pytest

from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.model import ScoreSide
from okrtui.service import (
    activity,
    cycles,
    key_results,
    mine,
    needs,
    objectives,
    rooms,
    scoreboard,
    scores,
    setup,
    show,
    trees,
)
from okrtui.store import events

SELF, MANAGER = ScoreSide
SEALED = "nights-nobody-solved"


@pytest.fixture
def kr(company):
    ref = company.agreed()
    company.running().checked_in(ref)
    company.at("2026-12-31").scoring()
    return ref


def line(company, by, ref="KR1"):
    (found,) = [one for one in scoreboard.scoreboard(company.as_(by)) if one.ref == ref]
    return found


def both(company, ref, own=0.4, manager=0.3):
    scores.write(company.as_("ana"), ref, SELF, own, "Nights are open")
    scores.write(company.as_("lea"), ref, MANAGER, manager, "Nights were the point")


def everything_said_to(session):
    """All that any use case tells a person, as text."""
    told = [
        *map(asdict, scoreboard.scoreboard(session)),
        asdict(show.key_result(session, "KR1")),
        asdict(show.objective(session, "O1")),
        asdict(rooms.room(session, "sales")),
        [asdict(node) for node in trees.tree(session)[1]],
        [asdict(one) for one in activity.log(session)],
        [asdict(need) for need in needs.due(session, team="sales")],
    ]
    if session.person_id is not None:
        told.append(asdict(mine.me(session)))
    return json.dumps(told, default=str)


@pytest.mark.parametrize("is_in", [True, False])
def test_the_seal_holds_for_everybody_but_ones_own_side(company, kr, is_in):
    setup.add_person(company.operator, {"handle": "adam", "name": "Adam", "admin": True})
    scores.write(company.as_("ana"), kr, SELF, 0.4, SEALED, is_in=is_in)
    for handle in ("lea", "olga", "rob", "adam"):
        assert SEALED not in everything_said_to(company.as_(handle)), handle
        seen = line(company, handle).self_score
        assert (seen.is_in, seen.value, seen.reasoning, seen.author, seen.at) == (is_in, None, None, None, None)
    assert SEALED not in everything_said_to(company.operator)
    for handle in ("ana", "ben"):
        seen = line(company, handle).self_score
        assert (seen.is_in, seen.value, seen.reasoning, seen.author) == (is_in, 0.4, SEALED, "ana")


def test_events_hold_a_salted_digest_until_the_opening(company, kr):
    scores.write(company.as_("ana"), kr, SELF, 0.4, SEALED)
    scores.write(company.as_("lea"), kr, MANAGER, 0.3, SEALED)
    with company.store.reading() as connection:
        told = [event for event in events.of_ref(connection, kr) if event.verb.startswith("score.")]
    for event in told:
        assert set(event.after) == {"in", "digest"}
        assert SEALED not in str(event.payload)
    scores.reveal(company.as_("ana"), [kr])
    with company.store.reading() as connection:
        opened = events.of_ref(connection, kr)[-1]
    for event, side in zip(told, ("self", "manager"), strict=True):
        found = opened.after[side]
        words = f"{found['salt']}\n{round(found['value'] * 10)}\n{found['reasoning']}"
        assert hashlib.sha256(words.encode()).hexdigest() == event.after["digest"]


def test_refusals_never_tell_what_is_sealed(company, kr):
    scores.write(company.as_("ana"), kr, SELF, 0.4, SEALED)
    said = []
    for act in (
        lambda: scores.reveal(company.as_("lea"), [kr]),
        lambda: scores.reveal(company.as_("ana"), [kr]),
        lambda: scores.calibrate(company.as_("lea"), kr, 0.4),
        lambda: scores.confirm(company.as_("lea"), kr),
        lambda: scores.mark_in(company.as_("lea"), kr, MANAGER),
        lambda: scores.write(company.as_("lea"), kr, SELF, 0.4, "x"),
        lambda: cycles.advance(company.operator, "2026-Q4"),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        said.append(str(refused.value))
    assert not [sentence for sentence in said if SEALED in sentence or "0.4" in sentence]


def test_both_appear_at_once_and_for_good(company, kr):
    both(company, kr)
    assert scores.reveal(company.as_("ben"), [kr]) == [kr]
    seen = line(company, "rob")
    assert (seen.self_score.value, seen.manager.value, seen.gap) == (0.4, 0.3, 0.1)
    assert seen.opened
    with pytest.raises(NotAllowed, match="are open already: propose the agreed score"):
        scores.reveal(company.as_("ana"), [kr])


def test_a_draft_is_not_in_and_opens_nothing(company, kr):
    scores.write(company.as_("ana"), kr, SELF, 0.4, "Nights", is_in=False)
    scores.write(company.as_("lea"), kr, MANAGER, 0.3, "Nights", is_in=True)
    with pytest.raises(NotAllowed, match="the self score is not: ask for it"):
        scores.reveal(company.as_("ana"), [kr])
    scores.mark_in(company.as_("ben"), kr, SELF)
    scores.reveal(company.as_("ana"), [kr])


def test_a_draft_of_a_side_that_has_nobody_left_stays_sealed(company, kr):
    scores.write(company.as_("lea"), kr, MANAGER, 0.3, "Nights were the point")
    scores.write(company.as_("ana"), kr, SELF, 0.4, SEALED, is_in=False)
    setup.join_team(company.operator, "sales", "ana", lead=True)
    setup.leave_team(company.operator, "sales", "ben")
    scores.reveal(company.as_("lea"), [kr])
    assert SEALED not in everything_said_to(company.as_("rob"))
    assert line(company, "rob").self_score.value is None
    assert line(company, "ana").self_score.reasoning == SEALED


def test_nobody_is_on_a_side_that_is_marked_in_without_a_score(company, kr):
    with pytest.raises(NotAllowed, match="Your side has written no score of KR1 yet: write it first"):
        scores.mark_in(company.as_("ana"), kr, SELF)


def test_nothing_opens_before_anything_is_written(company, kr):
    with pytest.raises(NotAllowed, match="the manager score and the self score is not"):
        scores.reveal(company.as_("ana"), [kr])


def test_several_open_together_or_none(company, kr):
    company.at("2026-11-01")
    cycles.back(company.operator, "2026-Q4", "One more")
    other = company.agreed("O1")
    company.scoring()
    both(company, kr)
    with pytest.raises(NotAllowed, match="The scores of KR2 open when both are in"):
        scores.reveal(company.as_("ana"), [kr, other])
    assert not line(company, "rob").opened
    both(company, other)
    assert scores.reveal(company.as_("ana"), [kr, other, kr]) == [kr, other]


def test_a_score_changed_after_the_opening_keeps_its_first_value(company, kr):
    both(company, kr, own=0.4)
    scores.reveal(company.as_("ana"), [kr])
    scores.write(company.as_("ben"), kr, SELF, 0.5, "Counted again")
    seen = line(company, "rob").self_score
    assert (seen.value, seen.first_value, seen.reasoning, seen.author) == (0.5, 0.4, "Counted again", "ben")
    assert activity.log(company.as_("rob"), ref=kr)[-1].text == "changed the self score of KR1 after the opening to 0.5"


@pytest.mark.parametrize(("own", "manager", "needs_reason"), [(0.4, 0.3, False), (0.5, 0.3, True), (0.9, 0.7, True)])
def test_an_agreed_score_says_why_where_the_gap_was_wide(company, kr, own, manager, needs_reason):
    both(company, kr, own, manager)
    scores.reveal(company.as_("ana"), [kr])
    if needs_reason:
        with pytest.raises(Invalid, match=r"lie 0\.2 apart: say why this one"):
            scores.calibrate(company.as_("ana"), kr, 0.4)
    assert scores.calibrate(company.as_("ana"), kr, 0.4, "Nights count half" if needs_reason else "") is False


def test_one_side_proposes_and_the_other_confirms_or_counters(company, kr):
    both(company, kr)
    with pytest.raises(NotAllowed, match="are not open yet: the team opens them when both are in"):
        scores.calibrate(company.as_("lea"), kr, 0.3)
    scores.reveal(company.as_("ana"), [kr])
    with pytest.raises(NotAllowed, match="There is no proposed score of KR1 to confirm: propose one"):
        scores.confirm(company.as_("lea"), kr)
    scores.calibrate(company.as_("ana"), kr, 0.4)
    with pytest.raises(NotAllowed, match=r"Your side proposed it: .* \(the leads of Sales\) confirms it"):
        scores.confirm(company.as_("ben"), kr)
    scores.calibrate(company.as_("lea"), kr, 0.3)
    with pytest.raises(NotAllowed, match=r"Your side proposed it: .* \(Sales\) confirms it"):
        scores.confirm(company.as_("olga"), kr)
    assert scores.confirm(company.as_("ben"), kr) == 0.3
    agreed = line(company, "rob").agreed
    assert agreed is not None
    assert (agreed.value, agreed.proposed_by, agreed.confirmed_by, agreed.state) == (0.3, "lea", "ben", "confirmed")


def test_no_score_is_an_answer_of_either_side(company, kr):
    with pytest.raises(Invalid, match="comes with its reason"):
        scores.leave_unscored(company.as_("ana"), kr, "")
    scores.leave_unscored(company.as_("ana"), kr, "The counter broke")
    agreed = line(company, "rob").agreed
    assert agreed is not None
    assert (agreed.value, agreed.state, agreed.reason) == (None, "confirmed", "The counter broke")
    assert [need.kind for need in needs.due(company.as_("lea"))] == ["learn"]
    assert cycles.advance(company.operator, "2026-Q4") == "closed"


def test_no_score_does_not_undo_what_two_agreed(company, kr):
    both(company, kr)
    scores.reveal(company.as_("ana"), [kr])
    scores.calibrate(company.as_("ana"), kr, 0.3)
    scores.confirm(company.as_("lea"), kr)
    with pytest.raises(NotAllowed, match=r"The two sides agreed on 0\.3 for KR1: propose another score"):
        scores.leave_unscored(company.as_("ana"), kr, "On second thoughts")
    assert scores.calibrate(company.as_("ana"), kr, 0.4) is False
    with pytest.raises(NotAllowed, match="waits for its agreed score to be confirmed"):
        cycles.advance(company.operator, "2026-Q4")
    assert scores.confirm(company.as_("lea"), kr) == 0.4


def test_who_wrote_one_side_does_not_write_the_other(company, kr):
    scores.write(company.as_("ana"), kr, SELF, 0.4, "Nights")
    setup.join_team(company.operator, "sales", "ana", lead=True)
    with pytest.raises(NotAllowed, match="You wrote the self score of KR1, so its manager score is somebody else's"):
        scores.write(company.as_("ana"), kr, MANAGER, 0.3, "Nights")
    scores.write(company.as_("lea"), kr, MANAGER, 0.3, "Nights")
    setup.leave_team(company.operator, "sales", "lea")
    setup.join_team(company.operator, "sales", "lea", lead=False)
    with pytest.raises(NotAllowed, match="You wrote the manager score of KR1, so its self score is somebody else's"):
        scores.write(company.as_("lea"), kr, SELF, 0.5, "Nights")


def test_a_side_with_nobody_is_not_waited_for(company, kr):
    for handle in ("ana", "ben"):
        setup.leave_team(company.operator, "sales", handle)
    scores.write(company.as_("lea"), kr, MANAGER, 0.3, "Nobody is left")
    assert [need.kind for need in needs.due(company.as_("lea")) if need.ref == kr and need.kind != "owner"][
        -1
    ] == "open"
    scores.reveal(company.as_("lea"), [kr])
    with pytest.raises(NotAllowed, match="the self side was not waited for: propose an agreed score instead"):
        scores.write(company.as_("olga"), kr, SELF, 0.4, "Late")
    assert scores.calibrate(company.as_("lea"), kr, 0.3) is True
    alone = {one.verb for one in activity.log(company.as_("rob"), ref=kr) if one.alone}
    assert alone == {"score.reveal"}


def test_the_scoring_phase_asks_each_side_in_turn(company, kr):
    def kinds(handle):
        return [need.kind for need in needs.due(company.as_(handle)) if need.kind != "checkin"]

    assert (kinds("ana"), kinds("ben"), kinds("lea")) == (["score"], [], ["score"])
    scores.write(company.as_("ana"), kr, SELF, 0.4, "Nights")
    assert (kinds("ana"), kinds("ben"), kinds("lea")) == ([], [], ["score"])
    scores.write(company.as_("lea"), kr, MANAGER, 0.3, "Nights")
    assert (kinds("ana"), kinds("ben"), kinds("lea")) == (["open"], ["open"], [])
    scores.reveal(company.as_("ana"), [kr])
    assert (kinds("ana"), kinds("ben"), kinds("lea")) == (["agree"], ["agree"], ["agree"])
    scores.calibrate(company.as_("ana"), kr, 0.3)
    assert (kinds("ana"), kinds("ben"), kinds("lea")) == ([], [], ["agree"])
    scores.confirm(company.as_("lea"), kr)
    assert (kinds("ana"), kinds("ben"), kinds("lea")) == (["decide"], [], ["learn"])


def test_scores_are_for_the_scoring_phase_and_for_what_was_agreed(company):
    ref = company.agreed()
    idea = key_results.add(company.as_("ana"), "O1", "sales", {"statement": "Faster"})
    company.running()
    with pytest.raises(NotAllowed, match="2026-Q4 is running, and this is done while a cycle is scoring"):
        scores.write(company.as_("ana"), ref, SELF, 0.4, "Early")
    company.scoring()
    with pytest.raises(NotAllowed, match="KR2 is idea: only agreed key results are scored"):
        scores.write(company.as_("ana"), idea, SELF, 0.4, "Early")
    with pytest.raises(Invalid, match="A score is a tenth"):
        scores.write(company.as_("ana"), ref, SELF, 0.45, "Between")
    with pytest.raises(Invalid, match="The reasoning is missing"):
        scores.write(company.as_("ana"), ref, SELF, 0.4, " ")


def test_a_line_of_learning_is_either_sides(company, kr):
    objectives.learn(company.as_("ana"), "O1", "Nights count")
    objectives.learn(company.as_("lea"), "O1", "Nights count double")
    assert show.objective(company.as_("rob"), "O1").learning == "Nights count double"
    with pytest.raises(Invalid, match="A line of learning needs its words"):
        objectives.learn(company.as_("ana"), "O1", "")
