"""A team's week: priorities, wins, and the four squares."""

from __future__ import annotations

from datetime import date

import pytest

from okrtui.core.errors import Ambiguous, Conflict, Invalid, NotAllowed, NotFound
from okrtui.service import activity, checkins, cycles, priorities, squares
from okrtui.service.cycles import advance


def add(company, words="Nights", by="ana", rank="P1", **place):
    return priorities.add(company.as_(by), {"rank": rank, "words": words}, **{"team": "sales", **place}).ref


def shown(company, by="ana", **place):
    return squares.squares(company.as_(by), "sales", **place)


def words(found):
    return [(one.rank, one.words) for one in found]


class TestWhoWrites:
    @pytest.mark.parametrize("by", ["ana", "ben", "lea"])
    def test_the_team_and_its_own_lead(self, company, by):
        assert add(company, by=by) == "PR1"
        assert priorities.add_win(company.as_(by), "A rota", team="sales").ref == "W1"

    @pytest.mark.parametrize(
        ("by", "instead"), [("olga", "You lead Acme: read them"), ("rob", "read them, and comment")]
    )
    def test_nobody_else(self, company, by, instead):
        ref = add(company)
        win = priorities.add_win(company.as_("ana"), "A rota", team="sales").ref
        for act in (
            lambda session: priorities.add(session, {"words": "Mine"}, team="sales"),
            lambda session: priorities.edit(session, ref, {"words": "Mine"}),
            lambda session: priorities.drop(session, ref),
            lambda session: priorities.add_win(session, "Mine", team="sales"),
            lambda session: priorities.drop_win(session, win),
        ):
            with pytest.raises(NotAllowed, match=instead):
                act(company.as_(by))
        assert words(shown(company).priorities) == [("P1", "Nights")]

    def test_not_the_operator(self, company):
        with pytest.raises(NotAllowed, match="operator"):
            priorities.add(company.operator, {"words": "Mine"}, team="sales")

    def test_the_company_has_its_own_by_anybody_in_it(self, company):
        assert add(company, by="olga", team="acme") == "PR1"

    def test_a_team_of_nobody_is_not_waited_for(self, company):
        company.team("support")
        assert add(company, by="olga", team="support") == "PR1"
        with company.store.reading() as connection:
            assert connection.execute("SELECT alone FROM event WHERE ref = 'PR1'").fetchone()[0] == 1

    def test_in_a_closed_cycle_everything_stays(self, company):
        ref = add(company)
        for _ in range(3):
            advance(company.operator, "2026-Q4")
        with pytest.raises(NotAllowed, match="is closed and stays"):
            priorities.drop(company.as_("ana"), ref)


class TestAWeek:
    def test_has_four_at_most(self, company):
        for number in range(4):
            add(company, f"Thing {number}")
        with pytest.raises(
            NotAllowed, match=r"Four priorities .* week 2 of Sales .*PR1, PR2, PR3, PR4.* drop one first"
        ):
            add(company, "Fifth")
        add(company, "Fifth", week=3)
        priorities.drop(company.as_("ben"), "PR4")
        assert add(company, "Fifth") == "PR6"

    def test_shows_p1_before_p2(self, company):
        add(company, "Then", rank="P2")
        add(company, "First")
        assert words(shown(company).priorities) == [("P1", "First"), ("P2", "Then")]

    def test_is_this_one_unless_named(self, company):
        add(company, week=5)
        assert shown(company).week == 2
        assert not shown(company).priorities
        assert words(shown(company, week=5).priorities) == [("P1", "Nights")]

    @pytest.mark.parametrize("week", [0, -1, 15, 10**20])
    def test_is_one_of_the_cycle(self, company, week):
        with pytest.raises(NotAllowed, match=r"has weeks 1 to \d+, and no week"):
            add(company, week=week)
        with pytest.raises(NotAllowed, match=r"has weeks 1 to \d+, and no week"):
            shown(company, week=week)

    def test_before_the_cycle_needs_its_number(self, company):
        company.at("2026-09-20")
        with pytest.raises(NotAllowed, match="begins on 2026-10-01"):
            add(company)
        assert add(company, week=1) == "PR1"
        assert shown(company).week is None

    def test_after_the_cycle_is_the_last(self, company):
        company.at("2027-01-05")
        add(company)
        assert words(shown(company).priorities) == [("P1", "Nights")]

    def test_to_come_has_no_wins_yet(self, company):
        with pytest.raises(NotAllowed, match="has not begun: make it a priority"):
            priorities.add_win(company.as_("ana"), "Soon", team="sales", week=3)

    def test_has_as_many_wins_as_there_are(self, company):
        for number in range(6):
            priorities.add_win(company.as_("ana"), f"Win {number}", team="sales")
        assert len(shown(company).wins) == 6

    @pytest.mark.parametrize(("day", "asks"), [("2026-10-08", False), ("2026-10-09", True), ("2026-10-11", True)])
    def test_asks_for_wins_from_friday_on(self, company, day, asks):
        assert shown(company.at(day)).asks_for_wins is asks


class TestWhatIsWritten:
    def test_a_change_merges_with_anothers(self, company):
        ref = add(company)
        began = {"rank": "P1", "words": "Nights"}
        priorities.edit(company.as_("ben"), ref, {"rank": "P2", "words": "Nights"}, began)
        priorities.edit(company.as_("ana"), ref, {"rank": "P1", "words": "Days"}, began)
        assert words(shown(company).priorities) == [("P2", "Days")]
        with pytest.raises(Conflict):
            priorities.edit(company.as_("ben"), ref, {"words": "Evenings"}, began)

    def test_so_does_one_of_a_wins_words(self, company):
        ref = priorities.add_win(company.as_("ana"), "A rota", team="sales").ref
        priorities.edit_win(company.as_("ben"), ref, "Two rotas", "A rota")
        priorities.edit_win(company.as_("ana"), ref, "A rota", "A rota")
        assert words(shown(company).wins) == [("", "Two rotas")]
        with pytest.raises(Conflict):
            priorities.edit_win(company.as_("ana"), ref, "Three rotas", "A rota")
        with pytest.raises(Invalid):
            priorities.edit_win(company.as_("ana"), ref, "")
        with pytest.raises(NotAllowed, match="the team's to write down"):
            priorities.edit_win(company.as_("rob"), ref, "Mine")

    @pytest.mark.parametrize("fields", [{"words": ""}, {"words": "x" * 201}, {"words": "Nights", "rank": "P3"}])
    def test_what_will_not_do(self, company, fields):
        with pytest.raises(Invalid):
            priorities.add(company.as_("ana"), fields, team="sales")

    def test_it_is_one_line_of_text(self, company):
        add(company, "Nights\n[b]and\x1b[2J days")
        assert "\n" not in shown(company).priorities[0].words
        assert "\x1b" not in shown(company).priorities[0].words

    def test_the_log_tells_and_no_ref_is_given_twice(self, company):
        add(company)
        priorities.edit(company.as_("ana"), "PR1", {"words": "Days"})
        priorities.drop(company.as_("ana"), "pr1")
        priorities.add_win(company.as_("ana"), "A rota", team="sales")
        priorities.edit_win(company.as_("ana"), "w1", "Two rotas")
        priorities.drop_win(company.as_("ana"), "W1")
        told = [line.text for line in activity.log(company.as_("rob"))][-6:]
        assert told == [
            "set the priority PR1: Nights",
            "changed the priority PR1: Days",
            "dropped the priority PR1",
            "wrote down the win W1: A rota",
            "changed the win W1: Two rotas",
            "took back the win W1",
        ]
        assert add(company) == "PR2"
        assert priorities.add_win(company.as_("ana"), "A rota", team="sales").ref == "W2"
        assert [line.verb for line in activity.log(company.as_("rob"), ref="pr1")][-1] == "priority.drop"

    def test_one_that_is_gone_is_not_found(self, company):
        for act in (priorities.drop, priorities.drop_win):
            with pytest.raises(NotFound):
                act(company.as_("ana"), "PR9" if act is priorities.drop else "W9")
        with pytest.raises(NotFound):
            squares.priority(company.as_("ana"), "PR9")
        with pytest.raises(NotFound):
            squares.win(company.as_("ana"), "W9")

    def test_whose_team_is_asked_only_where_it_is_clear(self, company):
        assert priorities.add(company.as_("ana"), {"words": "Nights"}, team=None).team == "sales"
        with pytest.raises(NotFound, match="in no team"):
            priorities.add(company.as_("rob"), {"words": "Nights"}, team=None)
        company.team("support")
        company.person("pat", "sales", "support")
        with pytest.raises(Ambiguous, match=r"--team \(sales, support\)"):
            priorities.add(company.as_("pat"), {"words": "Nights"}, team=None)


class TestTheOtherSquares:
    def test_confidence_is_of_all_agreed_the_lowest_first(self, company):
        objective = company.accepted()
        sure, unsure, silent = (company.agreed(objective, statement=one) for one in ("Sure", "Unsure", "Silent"))
        company.draft(objective, statement="A draft")
        company.running().checked_in(sure, confidence=8)
        company.checked_in(unsure, confidence=6)
        company.at("2026-10-13").checked_in(unsure, confidence=3)
        found = shown(company).confidence
        assert [card.ref for card in found] == [silent, unsure, sure]
        assert [card.fell for card in found] == [False, True, False]

    def test_what_is_coming(self, company):
        objective = company.accepted()
        company.agreed(
            objective,
            statement="Answers that hold",
            kind="establish",
            measure="Asked again",
            unit="%",
            baseline_due="2026-11-02",
        )
        steps = [{"name": "Signed"}, {"name": "Live"}]
        milestone = company.agreed(objective, statement="The desk is live", kind="milestone", steps=steps)
        far = company.agreed(
            objective, statement="Far", kind="establish", measure="Later", unit="%", baseline_due="2026-12-20"
        )
        company.running().at("2026-10-12")
        fields = {"confidence": 6, "context": "Signed", "next": "Train the desk", "steps": ("Signed",)}
        checkins.check_in(company.as_("ana"), milestone, fields)
        found = shown(company).coming
        assert [(one.day, one.ref) for one in found] == [
            (date(2026, 10, 16), ""),
            (date(2026, 11, 2), "KR1"),
            (None, milestone),
            (None, milestone),
        ]
        assert [one.text for one in found[2:]] == ["1 step to go: Live", "next: Train the desk"]
        assert far not in {one.ref for one in found}
        late = shown(company.at("2026-11-30")).coming
        assert [(one.day, one.overdue) for one in late if one.ref == "KR1"] == [(date(2026, 11, 2), True)]

    def test_the_cycles_own_days(self, company):
        cycles.add(company.operator, {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"})
        company.running().at("2026-12-10")
        texts = [one.text for one in shown(company).coming]
        assert texts == [
            "check-ins of week 11 are due",
            "2026-Q4 ends, then both sides score",
            "2027-Q1 begins",
        ]
        assert "two thirds through" in " ".join(one.text for one in shown(company.at("2026-11-20")).coming)

    @pytest.mark.parametrize(("value", "inside"), [(3, True), (2, True), (4.5, False), (1.9, False), (None, None)])
    def test_a_guardrail_is_inside_its_band_or_not(self, company, value, inside):
        band = {"kind": "maintain", "low": 2, "high": 4, "unit": "%", "baseline": None, "target": None}
        objective = company.accepted()
        ref = company.agreed(objective, statement="Returns stay", weight=0, **band)
        company.agreed(objective, statement="It counts", **band)
        company.running()
        if value is not None:
            company.checked_in(ref, value)
        assert [(one.card.ref, one.inside) for one in shown(company).guardrails] == [(ref, inside)]

    def test_before_there_is_a_cycle(self, empty):
        found = squares.squares(empty.as_("olga"), "acme")
        assert (found.week, found.priorities, found.coming) == (None, (), ())
