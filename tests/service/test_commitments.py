from __future__ import annotations

import pytest

from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.service import activity, commitments, cycles, initiatives, mine, setup, undo

GOAL = "Speak up in reviews"


@pytest.fixture
def kr(company):
    return company.agreed()


@pytest.fixture
def goal(company, kr):
    return commitments.add(company.as_("ana"), {"kind": "development", "words": GOAL})


def seen_by(company, handle):
    return [one.words for one in commitments.listed(company.as_(handle))]


def test_a_contribution_is_for_everybody_to_read(company, kr):
    ref = commitments.add(
        company.as_("ben"), {"kind": "contribution", "words": "The weekend queue", "about": kr.lower()}
    )
    one = commitments.shown(company.as_("rob"), ref)
    assert (one.ref, one.person, one.about, one.about_words) == ("P1", "ben", kr, "Median first answer falls")
    assert (one.state, one.mine) == ("open", False)
    told = [line.text for line in activity.log(company.as_("rob"), ref="p1")]
    assert told == ["promised P1, a contribution to KR1: The weekend queue"]


def test_a_stretch_is_on_an_initiative(company):
    rota = initiatives.add(company.as_("ana"), {"title": "A rota"}, team="sales")
    ref = commitments.add(company.as_("ben"), {"kind": "stretch", "words": "Lead it", "about": rota})
    assert commitments.shown(company.as_("rob"), ref).about_words == "A rota"
    initiatives.set_status(company.as_("ana"), rota, "stopped")
    with pytest.raises(NotAllowed, match="I1 is stopped: promise something to one that stands"):
        commitments.add(company.as_("ana"), {"kind": "stretch", "words": "Lead it", "about": rota})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "contribution", "words": "x"}, "A contribution is to a key result of a team"),
        ({"kind": "stretch", "words": "x"}, "A stretch is an assignment on an initiative"),
        ({"kind": "development", "words": "x", "about": "KR1"}, "about its owner alone"),
        ({"kind": "contribution", "words": "", "about": "KR1"}, "words are missing"),
        ({"kind": "wish", "words": "x"}, "is one of"),
    ],
)
def test_what_will_not_do(company, fields, said):
    with pytest.raises(Invalid, match=said):
        commitments.add(company.as_("ana"), fields)


def test_its_owner_alone_changes_it(company, kr):
    ref = commitments.add(company.as_("ben"), {"kind": "contribution", "words": "The weekend queue", "about": kr})
    for act in (
        lambda at: commitments.edit(at, ref, {"words": "x"}),
        lambda at: commitments.done(at, ref),
        lambda at: commitments.let_go(at, ref),
    ):
        for handle in ("ana", "lea", "olga", "rob"):
            with pytest.raises(NotAllowed, match="P1 is its owner's alone to change: talk with them"):
                act(company.as_(handle))
    with pytest.raises(NotAllowed, match="You are the operator"):
        commitments.add(company.operator, {"kind": "development", "words": "x"})


def test_kept_let_go_and_taken_back(company, kr):
    ben = company.as_("ben")
    ref = commitments.add(ben, {"kind": "contribution", "words": "The weekend queue", "about": kr})
    commitments.edit(ben, ref, {"words": "The weekend queue, and teach it"})
    commitments.done(ben, ref)
    with pytest.raises(NotAllowed, match="P1 is done already: promise something new"):
        commitments.let_go(ben, ref)
    assert undo.undo(ben) == "P1 is open again."
    commitments.let_go(ben, ref)
    assert commitments.shown(ben, ref).state == "let_go"


def test_a_closed_cycle_takes_no_promise(company, goal):
    with company.store.writing() as connection:
        connection.execute("UPDATE cycle SET phase = 'closed'")
    with pytest.raises(NotAllowed, match=r"2026-Q4 is closed.*promise it anew in the next cycle"):
        commitments.done(company.as_("ana"), goal)
    with pytest.raises(NotAllowed, match="2026-Q4 is closed"):
        commitments.add(company.as_("ana"), {"kind": "development", "words": "x"}, cycle="2026-Q4")


def test_what_it_is_to_is_of_its_cycle(company, kr):
    cycles.add(company.operator, {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"})
    with pytest.raises(NotAllowed, match=r"KR1 is of 2026-Q4: promise it there \(--cycle 2026-Q4\)"):
        commitments.add(company.as_("ana"), {"kind": "contribution", "words": "x", "about": kr}, cycle="2027-Q1")


class TestADevelopmentGoal:
    @pytest.mark.usefixtures("goal")
    def test_is_read_by_its_owner_and_the_leads_of_their_teams_alone(self, company):
        readers = {handle: GOAL in seen_by(company, handle) for handle in ("ana", "lea", "ben", "olga", "rob")}
        assert readers == {"ana": True, "lea": True, "ben": False, "olga": False, "rob": False}
        assert commitments.listed(company.operator) == []

    def test_is_not_there_for_anybody_else(self, company, goal):
        for act in (
            lambda at: commitments.shown(at, goal),
            lambda at: commitments.edit(at, goal, {"words": "x"}),
            lambda at: commitments.done(at, goal),
        ):
            for handle in ("ben", "olga", "rob"):
                with pytest.raises(
                    NotFound, match=r"^There is no P1: `okrtui commitment list` shows the commitments\.$"
                ):
                    act(company.as_(handle))
        with pytest.raises(NotFound) as none:
            commitments.shown(company.as_("rob"), "P9")
        assert str(none.value) == "There is no P9: `okrtui commitment list` shows the commitments."

    def test_is_not_a_leads_to_change(self, company, goal):
        with pytest.raises(NotAllowed, match="P1 is its owner's alone to change"):
            commitments.done(company.as_("lea"), goal)

    @pytest.mark.usefixtures("goal")
    def test_follows_who_leads_now(self, company):
        setup.join_team(company.operator, "sales", "ben", lead=True)
        setup.join_team(company.operator, "sales", "lea", lead=False)
        assert (GOAL in seen_by(company, "ben"), GOAL in seen_by(company, "lea")) == (True, False)
        setup.leave_team(company.operator, "sales", "ana")
        assert (GOAL in seen_by(company, "ben"), GOAL in seen_by(company, "ana")) == (False, True)

    def test_of_a_lead_is_read_by_the_other_leads_of_the_team(self, company):
        commitments.add(company.as_("lea"), {"kind": "development", "words": "Delegate"})
        assert ("Delegate" in seen_by(company, "ana"), "Delegate" in seen_by(company, "olga")) == (False, False)
        company.person("lou", leads=("sales",))
        assert "Delegate" in seen_by(company, "lou")

    @pytest.mark.usefixtures("goal")
    def test_a_deputy_stands_in_for_the_pen_and_not_for_this(self, company):
        setup.name_deputy(company.as_("lea"), "sales", "ben", until=company.now.date())
        assert GOAL not in seen_by(company, "ben")

    def test_its_events_tell_nothing(self, company, goal):
        ana = company.as_("ana")
        commitments.edit(ana, goal, {"words": f"{GOAL}, twice"})
        commitments.done(ana, goal)
        undo.undo(ana)
        commitments.let_go(ana, goal)
        with company.store.reading() as connection:
            rows = connection.execute("SELECT payload, private, team_id FROM event WHERE ref = ?", (goal,)).fetchall()
        assert len(rows) == 5
        assert all(private and team is None and "reviews" not in payload for payload, private, team in rows)
        for handle in ("ana", "lea", "rob"):
            assert activity.log(company.as_(handle), ref=goal) == []
            assert not any(goal in line.text for line in activity.log(company.as_(handle)))

    def test_stands_on_the_page_of_its_owner_and_of_the_lead(self, company, goal):
        assert [one.ref for one in mine.me(company.as_("ana")).own.commitments] == [goal]
        assert [one.person for one in mine.me(company.as_("lea")).own.growth] == ["ana"]
        for handle in ("ben", "olga", "rob"):
            own = mine.me(company.as_(handle)).own
            assert (own.commitments, own.growth) == ((), ())
