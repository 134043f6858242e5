from __future__ import annotations

from itertools import pairwise

import pytest

from okrtui.core.errors import NotAllowed
from okrtui.core.model import PHASES, Phase, Role, Side
from okrtui.core.setup import (
    must_administer,
    must_lead_or_administer,
    next_phase,
    phase_to_advance_to,
    phase_to_go_back_to,
)
from okrtui.core.sides import Actor, Post

ADMIN = Actor(1, "olga", "Olga", admin=True)
OPERATOR = Actor(None, "operator", "The operator")
LEAD = Actor(2, "lea", "Lea", posts=(Post(2, "Sales", (1, 2), Role.LEAD),))
DEPUTY = Actor(3, "dan", "Dan", posts=(Post(2, "Sales", (1, 2), Role.LEAD, deputy_for=2),))
MEMBER = Actor(4, "ana", "Ana", posts=(Post(2, "Sales", (1, 2), Role.MEMBER),))


def test_admins_and_the_operator_set_up():
    must_administer(ADMIN, "Teams")
    must_administer(OPERATOR, "Teams")
    for other in (LEAD, DEPUTY, MEMBER):
        with pytest.raises(NotAllowed, match=r"^Teams are set up by an admin: ask one of them"):
            must_administer(other, "Teams")


def test_leads_do_for_their_team_and_below_what_admins_do():
    below = (1, 2, 3)
    assert must_lead_or_administer(ADMIN, below, "East", "This") is None
    assert must_lead_or_administer(OPERATOR, below, "East", "This") is None
    by_lead = must_lead_or_administer(LEAD, below, "East", "This")
    by_deputy = must_lead_or_administer(DEPUTY, below, "East", "This")
    assert by_lead is not None
    assert (by_lead.side, by_lead.deputy_for) == (Side.LEADERSHIP, None)
    assert by_deputy is not None
    assert by_deputy.deputy_for == 2
    with pytest.raises(NotAllowed, match=r"^This is done by a lead of East or an admin: ask one of them\.$"):
        must_lead_or_administer(MEMBER, below, "East", "This")
    with pytest.raises(NotAllowed):
        must_lead_or_administer(LEAD, (1,), "Acme", "This")


def test_a_cycle_moves_on_one_phase_at_a_time():
    assert [next_phase(phase) for phase in PHASES] == [*PHASES[1:], None]
    for now, then in pairwise(PHASES):
        assert phase_to_advance_to("Q4", now, None) is then
        assert phase_to_advance_to("Q4", now, then) is then
    with pytest.raises(NotAllowed, match="Q4 is drafting, and the next phase is running"):
        phase_to_advance_to("Q4", Phase.DRAFTING, Phase.SCORING)
    with pytest.raises(NotAllowed, match="the next phase is scoring"):
        phase_to_advance_to("Q4", Phase.RUNNING, Phase.RUNNING)
    with pytest.raises(NotAllowed, match="Q4 is closed and stays as it was"):
        phase_to_advance_to("Q4", Phase.CLOSED, None)


def test_a_cycle_moves_back_one_phase_but_never_from_closed():
    assert phase_to_go_back_to("Q4", Phase.RUNNING) is Phase.DRAFTING
    assert phase_to_go_back_to("Q4", Phase.SCORING) is Phase.RUNNING
    with pytest.raises(NotAllowed, match="no phase before that"):
        phase_to_go_back_to("Q4", Phase.DRAFTING)
    with pytest.raises(NotAllowed, match="stays as it was"):
        phase_to_go_back_to("Q4", Phase.CLOSED)
