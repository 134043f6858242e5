from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.model import Role, Side
from okrtui.core.sides import Actor, Post, Sides, standing

# Acme (1) over Sales (2) over East (3); Product (4) beside Sales.
CHAINS = {1: (1,), 2: (1, 2), 3: (1, 2, 3), 4: (1, 4)}


def person(*posts, number=7):
    return Actor(number, "kim", "Kim", posts=posts)


def in_(team, role=Role.MEMBER, deputy_for=None):
    return Post(team, f"team {team}", CHAINS[team], role, deputy_for)


def lead(team, deputy_for=None):
    return in_(team, Role.LEAD, deputy_for)


def put(objective, invited=None, someone=None):
    return Sides(CHAINS[objective], "its team", CHAINS[invited] if invited else (), "invited", someone)


@pytest.mark.parametrize(
    ("posts", "sides", "side"),
    [
        ([lead(2)], put(2, 2), Side.LEADERSHIP),
        ([lead(1)], put(2, 2), Side.LEADERSHIP),
        ([lead(2)], put(1, 2), Side.TEAM),
        ([lead(3)], put(2, 2), Side.TEAM),
        ([in_(3)], put(1, 2), Side.TEAM),
        ([in_(1)], put(2, 2), Side.READER),
        ([in_(4)], put(2, 2), Side.READER),
        ([lead(4)], put(2, 2), Side.READER),
        ([in_(2)], put(2, 3), Side.READER),
        ([lead(2)], put(2, 3), Side.LEADERSHIP),
        ([in_(2), lead(1)], put(2, 2), Side.LEADERSHIP),
        ([in_(4), in_(2)], put(1, 2), Side.TEAM),
        ([in_(2)], put(2), Side.READER),
        ([lead(2)], put(2), Side.LEADERSHIP),
        ([in_(2), lead(2, deputy_for=3)], put(2, 2), Side.LEADERSHIP),
        ([], put(2, 2), Side.READER),
        ([lead(2)], put(2, someone=7), Side.TEAM),
        ([], put(2, someone=7), Side.TEAM),
        ([lead(2)], put(2, someone=8), Side.LEADERSHIP),
    ],
)
def test_the_first_side_that_matches(posts, sides, side):
    assert standing(person(*posts), sides).side is side


def test_a_lead_of_the_team_is_no_deputy_there():
    stands = standing(person(lead(2, deputy_for=3), lead(1)), put(2, 2))
    assert stands.deputy_for is None
    assert standing(person(lead(2, deputy_for=3)), put(2, 2)).deputy_for == 3


def test_the_operator_is_nobody_the_invitation_was_put_to():
    assert standing(Actor(None, "operator", "The operator"), put(2, 2)).side is Side.READER


@given(
    st.lists(st.builds(in_, st.sampled_from([1, 2, 3, 4]), st.sampled_from(Role)), max_size=4),
    st.sampled_from([1, 2, 3, 4]),
    st.sampled_from([1, 2, 3, 4]),
)
def test_leading_at_or_above_decides_before_belonging_below(posts, objective, invited):
    side = standing(person(*posts), put(objective, invited)).side
    leads = any(post.role is Role.LEAD and post.team_id in CHAINS[objective] for post in posts)
    belongs = any(invited in post.chain for post in posts)
    assert side is (Side.LEADERSHIP if leads else Side.TEAM if belongs else Side.READER)
