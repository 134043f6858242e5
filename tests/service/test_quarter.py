"""A quarter, from the empty file to the closed cycle, by the services."""

from __future__ import annotations

import pytest

from okrtui.core.errors import NotAllowed
from okrtui.core.model import ScoreSide
from okrtui.service import activity, checkins, cycles, invitations, key_results, needs, objectives, rooms, scores, trees


def test_two_sides_get_through_a_quarter(company):
    objective = company.objective()
    invitations.accept(company.as_("ana"), objective, "sales", "We answer from one queue")
    kr = company.draft(objective)
    assert key_results.propose(company.as_("ana"), kr) is False
    assert [need.kind for need in needs.due(company.as_("lea"))] == ["proposal"]
    key_results.agree(company.as_("lea"), kr)
    company.running().at("2026-11-27")
    assert [need.kind for need in needs.due(company.as_("ana"))] == ["checkin"]
    saved = checkins.check_in(company.as_("ana"), kr, {"value": 20, "confidence": 6, "context": "Weekends covered"})
    assert saved.progress == pytest.approx(1 / 3)
    with pytest.raises(NotAllowed, match=r"Check-ins are the team's\. You lead Sales: read it and comment"):
        checkins.check_in(company.as_("lea"), kr, {"value": 9, "confidence": 9})
    company.scoring()
    scores.write(company.as_("ana"), kr, ScoreSide.SELF, 0.4, "Nights not solved")
    with pytest.raises(NotAllowed, match="the manager score is not"):
        scores.reveal(company.as_("ana"), [kr])
    scores.write(company.as_("lea"), kr, ScoreSide.MANAGER, 0.3, "Nights were the point")
    assert [need.kind for need in needs.due(company.as_("ana"))] == ["open"]
    assert scores.reveal(company.as_("ana"), [kr]) == [kr]
    assert scores.calibrate(company.as_("ana"), kr, 0.3, "Agreed") is False
    with pytest.raises(NotAllowed, match="Your side proposed it"):
        scores.confirm(company.as_("ben"), kr)
    assert scores.confirm(company.as_("lea"), kr) == pytest.approx(0.3)
    assert cycles.advance(company.operator, "2026-Q4") == "closed"
    room = rooms.room(company.as_("ana"), "sales")
    assert room.objectives[0].key_results[0].progress == pytest.approx(1 / 3)
    assert room.needs_you == ()
    _, roots = trees.tree(company.as_("rob"))
    assert [(node.ref, [child.ref for child in node.children]) for node in roots] == [(objective, [kr])]
    assert len(activity.log(company.as_("rob"))) > 15


def test_a_person_alone_gets_through_a_quarter(empty):
    cycles.add(empty.operator, {"name": "2026-Q4", "starts": "2026-10-01", "ends": "2026-12-31"})
    olga = empty.as_("olga")
    ref = objectives.add(olga, team="acme", cycle=None, fields={"title": "We live from our product"})
    objectives.publish(olga, ref)
    objectives.invite(olga, ref, ["acme"])
    assert [need.kind for need in needs.due(olga)] == ["invitation"]
    invitations.accept(olga, ref, None, "I build and sell it every week")
    kr = key_results.add(
        olga,
        ref,
        None,
        {
            "statement": "Paying customers",
            "kind": "increase",
            "baseline": 0,
            "target": 10,
            "owner": "olga",
            "control": "ours",
            "week_nine": "Yes",
        },
    )
    key_results.propose(olga, kr)
    key_results.agree(olga, kr)
    empty.running()
    checkins.check_in(olga, kr, {"value": 3, "confidence": 6, "context": "Three signed"})
    empty.scoring()
    assert [need.kind for need in needs.due(olga)][-1] == "score"
    scores.write(olga, kr, ScoreSide.SELF, 0.3, "Three of ten")
    with pytest.raises(NotAllowed, match="You wrote the self score"):
        scores.write(olga, kr, ScoreSide.MANAGER, 0.3, "Three of ten")
    assert scores.reveal(olga, [kr]) == [kr]
    assert scores.calibrate(olga, kr, 0.3) is True
    cycles.advance(olga, "2026-Q4")
    alone = {line.verb for line in activity.log(olga) if line.alone}
    assert {"invitation.accept", "kr.add", "kr.propose", "kr.checkin", "score.self", "score.reveal"} <= alone
    assert "kr.agree" not in alone
