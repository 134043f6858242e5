from __future__ import annotations

import pytest

from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.core.model import Phase, ScoreSide
from okrtui.service import activity, cycles, invitations, key_results, objectives, rooms, scores, setup, show
from okrtui.store import cycles as stored


def phase(company, name="2026-Q4"):
    return rooms.room(company.as_("rob"), "sales", name).place.phase


def missing(company):
    with company.operator.reading() as view:
        found = stored.by_name(view.connection, "2026-Q4")
        assert found is not None
        return [(gap.kind, gap.ref, gap.team) for gap in cycles.missing(view, found)]


def settle(company, ref, value=0.3):
    scores.write(company.as_("ana"), ref, ScoreSide.SELF, value, "So")
    scores.write(company.as_("lea"), ref, ScoreSide.MANAGER, value, "So")
    scores.reveal(company.as_("ana"), [ref])
    scores.calibrate(company.as_("ana"), ref, value)
    scores.confirm(company.as_("lea"), ref)


def test_a_cycle_has_its_name_and_days(company):
    with pytest.raises(Invalid, match="There is a cycle 2026-Q4 already"):
        cycles.add(company.operator, {"name": "2026-Q4", "starts": "2026-10-01", "ends": "2026-12-31"})
    with pytest.raises(Invalid, match="ends on or after the day it starts"):
        cycles.edit(company.operator, "2026-Q4", {"ends": "2026-09-01"})
    cycles.edit(company.operator, "2026-q4", {"ends": "2026-12-27", "zone": "Europe/Madrid"})
    assert rooms.room(company.as_("rob"), "sales").place.ends == "2026-12-27"
    company.running()
    with pytest.raises(NotAllowed, match="its days are fixed once it runs"):
        cycles.edit(company.operator, "2026-Q4", {"ends": "2026-12-31"})


def test_a_cycle_moves_one_phase_at_a_time(company):
    with pytest.raises(NotAllowed, match="2026-Q4 is drafting, and the next phase is running: move it there first"):
        cycles.advance(company.operator, "2026-Q4", Phase.SCORING)
    assert cycles.advance(company.operator, "2026-Q4", Phase.RUNNING) is Phase.RUNNING
    assert cycles.advance(company.operator, "2026-Q4") is Phase.SCORING
    assert cycles.advance(company.operator, "2026-Q4") is Phase.CLOSED
    with pytest.raises(NotAllowed, match="2026-Q4 is closed and stays as it was"):
        cycles.advance(company.operator, "2026-Q4")
    with pytest.raises(NotAllowed, match="what is to go on belongs into the next cycle"):
        cycles.back(company.operator, "2026-Q4", "Not yet")


def test_a_cycle_moves_back_with_a_reason(company):
    company.running()
    with pytest.raises(Invalid, match="needs a reason"):
        cycles.back(company.operator, "2026-Q4", " ")
    assert cycles.back(company.as_("olga"), "2026-Q4", "Two teams are late") is Phase.DRAFTING
    told = activity.log(company.as_("rob"), ref="2026-Q4")[-1]
    assert (told.text, told.side) == ("moved 2026-Q4 back to drafting: Two teams are late", "leadership")
    with pytest.raises(NotAllowed, match="there is no phase before that"):
        cycles.back(company.operator, "2026-Q4", "Further")


def test_the_current_cycle(company):
    def current():
        return rooms.room(company.as_("rob"), "sales").place.cycle

    cycles.add(company.operator, {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"})
    cycles.add(company.operator, {"name": "2026-H2", "starts": "2026-07-01", "ends": "2026-12-30"})
    assert current() == "2026-H2"
    cycles.advance(company.operator, "2027-Q1")
    assert current() == "2027-Q1"
    company.running()
    assert current() == "2026-Q4"
    company.scoring()
    assert current() == "2026-Q4"
    cycles.advance(company.operator, "2026-Q4")
    assert current() == "2027-Q1"
    with pytest.raises(NotFound, match="No cycle is called 'Q9'"):
        rooms.room(company.as_("rob"), "sales", "Q9")


def test_closing_says_what_is_missing(company):
    ref = company.agreed()
    company.objective()
    company.objective()
    invitations.push_back(company.as_("ana"), "O3", "sales", "cannot_measure", "Nobody counts")
    company.running().scoring()
    assert missing(company) == [("invitation", "O2", "sales"), ("pushback", "O3", "sales"), ("score", ref, "sales")]
    with pytest.raises(NotAllowed) as refused:
        cycles.advance(company.operator, "2026-Q4")
    assert str(refused.value) == (
        "2026-Q4 still waits for 3 things (sales: O2 waits for the team's answer; sales: O3 waits for leadership's answer to a "
        "pushback; sales: KR1 has no agreed score): do them, or let a lead of the company close over them with --over."
    )
    assert phase(company) is Phase.SCORING
    scores.write(company.as_("ana"), ref, ScoreSide.SELF, 0.3, "So")
    scores.write(company.as_("lea"), ref, ScoreSide.MANAGER, 0.3, "So")
    scores.reveal(company.as_("ana"), [ref])
    scores.calibrate(company.as_("ana"), ref, 0.3)
    assert ("calibration", ref, "sales") in missing(company)
    scores.confirm(company.as_("lea"), ref)
    assert missing(company) == [("invitation", "O2", "sales"), ("pushback", "O3", "sales")]


def test_a_steady_team_is_missed_nowhere(company):
    company.agreed()
    company.objective()
    setup.set_steady(company.as_("lea"), "sales", steady=True)
    company.running().scoring()
    assert missing(company) == []


def test_what_was_withdrawn_or_dropped_is_missed_nowhere(company):
    company.objective()
    objectives.withdraw(company.as_("lea"), "O1", "Bought instead")
    ref = company.agreed()
    key_results.drop(company.as_("ana"), ref, "Nobody needs it")
    company.running().scoring()
    assert missing(company) == []


def test_only_a_lead_of_the_company_closes_over_the_rest(company):
    agreed = company.agreed()
    idea = key_results.add(company.as_("ana"), "O1", "sales", {"statement": "Faster"})
    parked = company.draft("O1")
    key_results.park(company.as_("ana"), parked)
    company.objective()
    company.objective()
    invitations.push_back(company.as_("ana"), "O3", "sales", "cannot_measure", "Nobody counts")
    setup.add_person(company.operator, {"handle": "adam", "name": "Adam", "admin": True})
    company.running().scoring()
    for session in (company.as_("adam"), company.operator):
        with pytest.raises(NotAllowed, match="Only a lead of Acme closes a cycle over what is missing: ask one"):
            cycles.advance(session, "2026-Q4", over=True)
    with pytest.raises(NotAllowed, match="Moving a cycle on or back is done by a lead of Acme or an admin"):
        cycles.advance(company.as_("lea"), "2026-Q4", over=True)
    assert cycles.advance(company.as_("olga"), "2026-Q4", over=True) is Phase.CLOSED
    with company.store.reading() as connection:
        left = connection.execute("SELECT kind, ref, author_id, at FROM left_open ORDER BY id").fetchall()
    assert [(kind, ref) for kind, ref, _, _ in left] == [("invitation", "O2"), ("pushback", "O3"), ("score", agreed)]
    assert {(author, at) for _, _, author, at in left} == {(1, company.now.strftime("%Y-%m-%dT%H:%M:%SZ"))}
    answers = {one: show.objective(company.as_("rob"), one).invitations[0] for one in ("O1", "O2", "O3")}
    assert [answers[one].state for one in answers] == ["accepted", "unanswered", "unanswered"]
    pushback = answers["O3"].pushback
    assert pushback is not None
    assert pushback.state == "unanswered"
    states = [show.key_result(company.as_("rob"), one).card.state for one in (agreed, idea, parked)]
    assert states == ["agreed", "not_agreed", "not_agreed"]


def test_what_is_closed_stays_as_it_was(company):
    ref = company.agreed()
    company.running().scoring()
    settle(company, ref)
    cycles.advance(company.operator, "2026-Q4")
    ana, lea = company.as_("ana"), company.as_("lea")
    for act in (
        lambda: key_results.edit(ana, ref, {"owner": "ben"}),
        lambda: key_results.amend(ana, ref, {"target": 9}, "Late"),
        lambda: scores.calibrate(lea, ref, 0.9),
        lambda: scores.leave_unscored(ana, ref, "Never"),
        lambda: objectives.add(lea, team="sales", cycle=None, fields={"title": "More"}),
        lambda: objectives.learn(lea, "O1", "Late"),
        lambda: invitations.accept(ana, "O1", "sales", "We answer"),
    ):
        with pytest.raises(NotAllowed, match=r"2026-Q4 is closed and stays as it was: comment \(c\), or carry it"):
            act()


def test_closing_leaves_an_event_on_everything_it_ends(company):
    agreed = company.agreed()
    idea = key_results.add(company.as_("ana"), "O1", "sales", {"statement": "Faster"})
    waiting, pushed = company.objective(), company.objective()
    invitations.push_back(company.as_("ana"), pushed, "sales", "cannot_measure", "Nobody counts")
    company.running().scoring()
    cycles.advance(company.as_("olga"), "2026-Q4", over=True)

    def last(ref):
        line = activity.log(company.as_("rob"), ref=ref)[-1]
        return line.verb, line.who, line.text

    assert last(idea) == ("kr.not_agreed", "olga", "left KR2 not agreed, by closing 2026-Q4")
    for ref in (waiting, pushed):
        text = f"left {ref} without the answer of sales, by closing 2026-Q4"
        assert last(ref) == ("invitation.unanswered", "olga", text)
    assert "kr.not_agreed" not in [line.verb for line in activity.log(company.as_("rob"), ref=agreed)]
    states = {card.ref: card.state for card in show.objective(company.as_("rob"), "O1").key_results}
    assert states == {agreed: "agreed", idea: "not_agreed"}
