from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.acts import Act
from okrtui.core.errors import NotAllowed
from okrtui.core.leave import OPERATOR_HAS_NO_PEN, Thing, is_waited_for, may, must
from okrtui.core.model import InitiativeStatus, InvitationState, KeyResultState, ObjectiveState, Phase, Role, Side
from okrtui.core.rules import RULES
from okrtui.core.sides import Actor, Post, Sides, standing

ACME, SALES, EAST, PRODUCT = 1, 2, 3, 4
CHAINS = {ACME: (1,), SALES: (1, 2), EAST: (1, 2, 3), PRODUCT: (1, 4)}
NAMES = {ACME: "Acme", SALES: "Sales", EAST: "East", PRODUCT: "Product"}

L, T, R = Side.LEADERSHIP, Side.TEAM, Side.READER

# The method's table of the two sides, and what its lifecycles say of states and phases, written down a second time.
DRAFTING, RUNNING, SCORING, CLOSED = Phase
BEFORE = {DRAFTING, RUNNING}
O_DRAFT, O_OUT, O_GONE = ObjectiveState
OPEN, ACCEPTED, PUSHED, RELEASED, _ = InvitationState
IDEA, DRAFT, PROPOSED, AGREED, PARKED, _, _ = KeyResultState
LISTED = {InitiativeStatus.PLANNED, InitiativeStatus.DOING, InitiativeStatus.DONE, InitiativeStatus.STOPPED}
METHOD = {
    Act.OBJECTIVE_ADD: ({L}, set(), BEFORE),
    Act.OBJECTIVE_EDIT: ({L}, {O_DRAFT}, BEFORE),
    Act.OBJECTIVE_PUBLISH: ({L}, {O_DRAFT}, BEFORE),
    Act.OBJECTIVE_REWORD: ({L}, {O_OUT}, BEFORE),
    Act.OBJECTIVE_WITHDRAW: ({L}, {O_DRAFT, O_OUT}, BEFORE),
    Act.OBJECTIVE_LEARN: ({L, T}, {O_OUT}, {SCORING}),
    Act.INVITE: ({L}, {O_OUT}, BEFORE),
    Act.UNINVITE: ({L}, {OPEN, RELEASED}, BEFORE),
    Act.RELEASE: ({L}, {OPEN, ACCEPTED, PUSHED}, BEFORE),
    Act.ANSWER: ({L}, {PUSHED}, BEFORE),
    Act.ACCEPT: ({T}, {OPEN, ACCEPTED, PUSHED}, BEFORE),
    Act.PUSH_BACK: ({T}, {OPEN, ACCEPTED}, BEFORE),
    Act.TAKE_BACK: ({T}, {PUSHED}, BEFORE),
    Act.KR_ADD: ({T}, {OPEN, ACCEPTED, PUSHED}, BEFORE),
    Act.KR_EDIT: ({T}, {IDEA, DRAFT}, BEFORE),
    Act.KR_START: ({T}, {IDEA}, BEFORE),
    Act.KR_IDEA: ({T}, {DRAFT}, BEFORE),
    Act.KR_OWN: ({T}, {IDEA, DRAFT, PROPOSED, AGREED, PARKED}, {DRAFTING, RUNNING, SCORING}),
    Act.KR_GUIDE: ({T}, {IDEA, DRAFT, PROPOSED, AGREED, PARKED}, BEFORE),
    Act.KR_PROPOSE: ({T}, {IDEA, DRAFT}, BEFORE),
    Act.KR_TAKE_BACK: ({T}, {PROPOSED}, BEFORE),
    Act.KR_AGREE: ({L}, {PROPOSED}, BEFORE),
    Act.KR_RETURN: ({L}, {PROPOSED}, BEFORE),
    Act.KR_PARK: ({T}, {IDEA, DRAFT, PROPOSED}, BEFORE),
    Act.KR_UNPARK: ({T}, {PARKED}, BEFORE),
    Act.KR_DROP: ({T}, {IDEA, DRAFT, PROPOSED, AGREED, PARKED}, BEFORE),
    Act.KR_AMEND: ({T}, {AGREED}, BEFORE),
    Act.KR_ESTABLISH: ({T}, {AGREED}, BEFORE),
    Act.AMENDMENT_AGREE: ({L}, {AGREED}, BEFORE),
    Act.AMENDMENT_QUESTION: ({L}, {AGREED}, BEFORE),
    Act.AMENDMENT_ANSWER: ({T}, {AGREED}, BEFORE),
    Act.AMENDMENT_TAKE_BACK: ({T}, {AGREED}, BEFORE),
    Act.CHECK_IN: ({T}, {AGREED}, {RUNNING, SCORING}),
    Act.PRIORITY_SET: ({T}, set(), {DRAFTING, RUNNING, SCORING}),
    Act.PRIORITY_DROP: ({T}, set(), {DRAFTING, RUNNING, SCORING}),
    Act.WIN_ADD: ({T}, set(), {DRAFTING, RUNNING, SCORING}),
    Act.WIN_DROP: ({T}, set(), {DRAFTING, RUNNING, SCORING}),
    Act.INITIATIVE_ADD: ({T}, set(), {DRAFTING, RUNNING, SCORING}),
    Act.INITIATIVE_EDIT: ({T}, LISTED, {DRAFTING, RUNNING, SCORING}),
    Act.INITIATIVE_STATUS: ({T}, LISTED, {DRAFTING, RUNNING, SCORING}),
    Act.INITIATIVE_LINK: ({T}, LISTED, {DRAFTING, RUNNING, SCORING}),
    Act.INITIATIVE_UNLINK: ({T}, LISTED, {DRAFTING, RUNNING, SCORING}),
    Act.INITIATIVE_DROP: ({T}, LISTED, {DRAFTING, RUNNING, SCORING}),
    Act.ROUND_START: ({T}, set(), {RUNNING}),
    Act.ROUND_VOTE: ({T}, set(), {RUNNING}),
    Act.ROUND_OPEN: ({T}, set(), {RUNNING}),
    Act.ROUND_ABANDON: ({T}, set(), {DRAFTING, RUNNING, SCORING}),
    Act.SCORE_SELF: ({T}, {AGREED}, {SCORING}),
    Act.SCORE_MANAGER: ({L}, {AGREED}, {SCORING}),
    Act.REVEAL: ({T}, {AGREED}, {SCORING}),
    Act.CALIBRATE: ({L, T}, {AGREED}, {SCORING}),
    Act.KR_CLOSE: ({L, T}, {AGREED}, {SCORING}),
    Act.CONFIRM: ({L, T}, {AGREED}, {SCORING}),
    Act.COMMENT: ({L, T, R}, set(), set(Phase)),
    Act.OBJECTIVE_SUGGEST: ({L, T, R}, {O_DRAFT, O_OUT}, BEFORE),
    Act.OBJECTIVE_TAKE: ({L}, {O_DRAFT, O_OUT}, BEFORE),
    Act.OBJECTIVE_DECLINE: ({L}, {O_DRAFT, O_OUT}, BEFORE),
    Act.KR_SUGGEST: ({L, T, R}, {IDEA, DRAFT, PROPOSED, AGREED, PARKED}, BEFORE),
    Act.KR_TAKE: ({T}, {IDEA, DRAFT, PROPOSED, AGREED, PARKED}, BEFORE),
    Act.KR_DECLINE: ({T}, {IDEA, DRAFT, PROPOSED, AGREED, PARKED}, BEFORE),
    Act.KR_IMPORT: ({L, T, R}, {OPEN, ACCEPTED, PUSHED}, BEFORE),
    Act.KR_ADOPT: ({T}, {IDEA}, BEFORE),
    Act.KR_DOT: ({L, T}, {IDEA, DRAFT}, BEFORE),
    Act.KR_QUIET: ({T}, {IDEA, DRAFT, PROPOSED, AGREED, PARKED}, {DRAFTING, RUNNING, SCORING}),
    Act.KR_DEFEND: ({T}, {AGREED}, {RUNNING}),
    Act.OBJECTIVE_LINK: ({L}, {O_DRAFT, O_OUT}, {DRAFTING, RUNNING, SCORING}),
    Act.KR_LINK: ({T}, {IDEA, DRAFT, PROPOSED, AGREED, PARKED}, {DRAFTING, RUNNING, SCORING}),
    Act.LINK_CONSENT: ({L}, set(), {DRAFTING, RUNNING, SCORING}),
    Act.LINK_DECLINE: ({L}, set(), {DRAFTING, RUNNING, SCORING}),
    Act.WORKSHOP_KEEP: ({L, T, R}, set(), {DRAFTING, RUNNING, SCORING}),
    Act.WORKSHOP_NOTE: ({L, T, R}, set(), {DRAFTING, RUNNING, SCORING}),
    Act.REVIEW_KEEP: ({L, T, R}, set(), {SCORING}),
}

INSTEAD = re.compile(r"\([a-zA-Z=]\)|\bask\b|`okrtui|--|reword|amend|release|counter|take it back|take a proposal back")


def post(team, role=Role.MEMBER, deputy_for=None):
    return Post(team, NAMES[team], CHAINS[team], role, deputy_for)


def actor(*posts, number=7, admin=False):
    return Actor(number, "kim", "Kim Lee", admin, posts)


PEOPLE = {
    L: actor(post(SALES, Role.LEAD)),
    T: actor(post(SALES)),
    R: actor(post(PRODUCT, Role.LEAD), admin=True),
}


def sides(**changes):
    return Sides(
        **{
            "objective_chain": CHAINS[SALES],
            "objective_team": "Sales",
            "team_chain": CHAINS[SALES],
            "team": "Sales",
            **changes,
        }
    )


def thing(act, state=None, phase=None, **changes):
    _, states, phases = METHOD[act]
    fits = state or min(states or {AGREED})
    return Thing("KR1", fits, phase or min(phases, key=list(Phase).index), "2026-Q4", sides(**changes))


def test_every_act_has_its_rule():
    assert set(RULES) == set(Act) == set(METHOD)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("act", Act)
def test_an_act_is_of_the_sides_the_method_gives_it(act, side):
    leave = may(PEOPLE[side], act, thing(act))
    assert leave.side is side
    assert bool(leave) is (side in METHOD[act][0])
    assert leave.alone is False


@pytest.mark.parametrize("act", [act for act in Act if METHOD[act][1]])
def test_an_act_fits_the_states_the_method_gives_it(act):
    allowed, states, _ = METHOD[act]
    person = PEOPLE[min(allowed)]
    for state in type(min(states)):
        leave = may(person, act, thing(act, state))
        assert bool(leave) is (state in states), (act, state)
        if not leave:
            assert leave.refusal.startswith("KR1 is "), leave.refusal
            assert INSTEAD.search(leave.refusal), leave.refusal


@pytest.mark.parametrize("act", Act)
def test_an_act_fits_the_phases_the_method_gives_it(act):
    allowed, _, phases = METHOD[act]
    for phase in Phase:
        leave = may(PEOPLE[min(allowed)], act, thing(act, phase=phase))
        assert bool(leave) is (phase in phases), (act, phase)


@pytest.mark.parametrize(
    ("act", "side", "sentence"),
    [
        (
            Act.KR_EDIT,
            L,
            "Key results are the team's to write. You lead Sales: suggest a wording (s) or ask (c).",
        ),
        (
            Act.KR_EDIT,
            R,
            "Key results are the team's to write. Kim Lee, you are not in Sales and do not lead Sales: comment (c) or suggest a "
            "wording (s).",
        ),
        (
            Act.OBJECTIVE_REWORD,
            T,
            "Objectives are leadership's to write. You are in Sales: push back with a reason (b), suggest a wording (s) or ask "
            "(c).",
        ),
        (
            Act.KR_AGREE,
            T,
            "Agreeing and returning are leadership's. You are in Sales: ask for it in a comment that mentions a lead (c), or take "
            "it back to change it.",
        ),
        (Act.CHECK_IN, L, "Check-ins are the team's. You lead Sales: read it and comment (c)."),
        (
            Act.REVEAL,
            L,
            "Opening the scores is the team's. You lead Sales: mark your side in, and ask the team to open them with you (c).",
        ),
        (Act.SCORE_SELF, L, "The self score is the team's. You lead Sales: write the manager score (--side manager)."),
        (
            Act.SCORE_MANAGER,
            T,
            "The manager score is leadership's. You are in Sales: write the self score (--side self).",
        ),
        (
            Act.ACCEPT,
            L,
            "Accepting and pushing back are the invited team's. You lead Sales: reword it, release the team, or ask (c).",
        ),
    ],
)
def test_a_refusal_says_whose_it_is_and_what_to_do_instead(act, side, sentence):
    assert may(PEOPLE[side], act, thing(act)).refusal == sentence
    with pytest.raises(NotAllowed) as refused:
        must(PEOPLE[side], act, thing(act))
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("act", "phase", "sentence"),
    [
        (
            Act.CHECK_IN,
            DRAFTING,
            "2026-Q4 is drafting, and this is done while a cycle is running or scoring: ask an admin to move the cycle on.",
        ),
        (
            Act.KR_PROPOSE,
            SCORING,
            "2026-Q4 is scoring, and this is done while a cycle is drafting or running: comment (c), or ask an admin to move the "
            "cycle back, with a reason.",
        ),
        (
            Act.KR_PROPOSE,
            CLOSED,
            "2026-Q4 is closed and stays as it was: comment (c), or carry it into the next cycle.",
        ),
    ],
)
def test_a_phase_that_does_not_fit_says_which_does(act, phase, sentence):
    assert may(PEOPLE[T], act, thing(act, phase=phase)).refusal == sentence


def test_the_operator_has_no_pen():
    for act in Act:
        assert may(Actor(None, "operator", "The operator"), act, thing(act)).refusal == OPERATOR_HAS_NO_PEN


def test_an_admin_has_no_pen_but_what_their_teams_give():
    assert may(actor(post(PRODUCT), admin=True), Act.KR_EDIT, thing(Act.KR_EDIT)).side is R


def test_a_deputy_acts_for_the_lead():
    leave = may(actor(post(SALES), post(SALES, Role.LEAD, deputy_for=3)), Act.KR_AGREE, thing(Act.KR_AGREE))
    assert leave
    assert leave.deputy_for == 3
    refused = may(actor(post(SALES, Role.LEAD, deputy_for=3)), Act.KR_EDIT, thing(Act.KR_EDIT))
    assert "You stand in for a lead of Sales" in refused.refusal


@pytest.mark.parametrize("act", [act for act in Act if METHOD[act][0] == {T}])
def test_leadership_does_the_acts_of_a_team_without_anybody_alone(act):
    leave = may(PEOPLE[L], act, thing(act, team_present=False))
    assert leave
    assert leave.alone
    assert leave.side is L
    assert not may(PEOPLE[R], act, thing(act, team_present=False))


@pytest.mark.parametrize("act", [act for act in Act if METHOD[act][0] == {L}])
def test_a_team_does_the_acts_of_a_leadership_without_anybody_alone(act):
    leave = may(PEOPLE[T], act, thing(act, leadership_present=False))
    assert leave
    assert leave.alone
    assert not may(PEOPLE[R], act, thing(act, leadership_present=False))


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (
            Act.SCORE_MANAGER,
            "You wrote the self score of KR1, so its manager score is somebody else's to write: ask another lead of Sales or of a "
            "team above.",
        ),
        (
            Act.SCORE_SELF,
            "You wrote the manager score of KR1, so its self score is somebody else's to write: ask somebody of Sales.",
        ),
    ],
)
def test_nobody_writes_both_scores(act, sentence):
    one = Thing("KR1", AGREED, SCORING, "2026-Q4", sides(), not_by=7)
    writer = PEOPLE[L if act is Act.SCORE_MANAGER else T]
    assert may(writer, act, one).refusal == sentence
    alone = Thing("KR1", AGREED, SCORING, "2026-Q4", sides(team_present=False), not_by=7)
    assert not may(PEOPLE[L], act, alone)


@pytest.mark.parametrize(("proposed_by", "others"), [(L, "Sales"), (T, "the leads of Sales")])
def test_the_side_that_proposed_does_not_confirm(proposed_by, others):
    one = Thing("KR1", AGREED, SCORING, "2026-Q4", sides(), not_side=proposed_by)
    refused = may(PEOPLE[proposed_by], Act.CONFIRM, one)
    assert f"somebody of the other side ({others}) confirms it" in refused.refusal
    assert may(PEOPLE[T if proposed_by is L else L], Act.CONFIRM, one)


def test_where_the_other_side_has_nobody_the_side_that_proposed_confirms_alone():
    one = Thing("KR1", AGREED, SCORING, "2026-Q4", sides(leadership_present=False), not_side=T)
    leave = may(PEOPLE[T], Act.CONFIRM, one)
    assert leave
    assert leave.alone


def test_a_reader_is_always_waited_for():
    nobody = sides(leadership_present=False, team_present=False)
    assert [is_waited_for(side, nobody) for side in Side] == [False, False, True]


posts = st.lists(
    st.builds(post, st.sampled_from(list(CHAINS)), st.sampled_from(Role), st.none() | st.just(3)), max_size=3
).map(tuple)
actors = st.builds(
    Actor,
    person_id=st.none() | st.integers(1, 9),
    handle=st.just("kim"),
    name=st.just("Kim Lee"),
    admin=st.booleans(),
    posts=posts,
)
some_sides = st.builds(
    lambda leading, invited, person, lead_here, team_here: Sides(
        CHAINS[leading],
        NAMES[leading],
        CHAINS[invited] if invited else (),
        NAMES[invited] if invited else "",
        person,
        lead_here,
        team_here,
    ),
    st.sampled_from(list(CHAINS)),
    st.none() | st.sampled_from(list(CHAINS)),
    st.none() | st.integers(1, 9),
    st.booleans(),
    st.booleans(),
)
things = st.builds(
    Thing,
    ref=st.just("KR1"),
    state=st.sampled_from([*ObjectiveState, *InvitationState, *KeyResultState]),
    phase=st.sampled_from(Phase),
    cycle=st.just("2026-Q4"),
    sides=some_sides,
    not_by=st.none() | st.integers(1, 9),
    not_side=st.none() | st.sampled_from([L, T]),
)


@given(actors, st.sampled_from(Act), things)
def test_may_always_answers(person, act, one):
    leave = may(person, act, one)
    stands = standing(person, one.sides).side
    allowed, states, phases = METHOD[act]
    assert leave.side is stands
    if leave:
        assert one.phase in phases
        assert not states or one.state in states
        assert person.person_id is not None
        assert one.not_by != person.person_id
        assert stands in allowed or leave.alone
    else:
        assert leave.refusal.endswith(".")
        assert "  " not in leave.refusal
        assert "None" not in leave.refusal
        assert INSTEAD.search(leave.refusal) or "carry it" in leave.refusal, leave.refusal
        with pytest.raises(NotAllowed):
            must(person, act, one)


@given(actors, st.sampled_from(Act), things)
def test_alone_is_only_who_stands_with_a_side_where_the_owning_one_has_nobody(person, act, one):
    leave = may(person, act, one)
    if not leave.alone:
        return
    owning = METHOD[act][0] - {one.not_side}
    assert leave.side is not R
    assert leave.side not in owning
    assert not any(is_waited_for(side, one.sides) for side in owning)


# Every state by the acts that lead to it, and the side each is of; only a closing cycle leads to those without one.
WAYS = {
    ObjectiveState: {
        O_DRAFT: {Act.OBJECTIVE_ADD: {L}},
        O_OUT: {Act.OBJECTIVE_PUBLISH: {L}},
        O_GONE: {Act.OBJECTIVE_WITHDRAW: {L}},
    },
    InvitationState: {
        OPEN: {Act.TAKE_BACK: {T}},
        ACCEPTED: {Act.ACCEPT: {T}},
        PUSHED: {Act.PUSH_BACK: {T}},
        RELEASED: {Act.RELEASE: {L}},
        InvitationState.UNANSWERED: {},
    },
    KeyResultState: {
        IDEA: {Act.KR_ADD: {T}, Act.KR_IMPORT: {L, T, R}, Act.KR_IDEA: {T}},
        DRAFT: {Act.KR_START: {T}, Act.KR_TAKE_BACK: {T}, Act.KR_RETURN: {L}},
        PROPOSED: {Act.KR_PROPOSE: {T}},
        AGREED: {Act.KR_AGREE: {L}},
        PARKED: {Act.KR_PARK: {T}},
        KeyResultState.DROPPED: {Act.KR_DROP: {T}},
        KeyResultState.NOT_AGREED: {},
    },
}


@pytest.mark.parametrize("states", WAYS)
def test_every_state_is_reached_by_its_acts_and_sides_alone(states):
    for state in states:
        found = {act: rule.by for act, rule in RULES.items() if rule.leads_to is state}
        assert found == WAYS[states][state], state
