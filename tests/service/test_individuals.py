from __future__ import annotations

from collections import Counter

import pytest

from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.individuals import Individual, early, warnings
from okrtui.service import (
    answers,
    checkins,
    individuals,
    invitations,
    key_results,
    links,
    listing,
    mine,
    needs,
    objectives,
    rooms,
    scoreboard,
    scores,
    show,
    sight,
)

WHY = {"need": "role_not_covered", "words": "Data is in no key result"}


@pytest.fixture
def kr(company):
    return company.agreed()


@pytest.fixture
def selective(company, kr):
    individuals.set_mode(company.as_("lea"), "sales", "selective", "The analyst's work is in no key result")
    return company


def written(company, title="Numbers can be trusted", by="lea"):
    ref = objectives.add(company.as_(by), team="sales", cycle=None, fields={"title": title})
    objectives.publish(company.as_(by), ref)
    return ref


def ask(company, ref, handle="ana", parent="KR1", **rest):
    individuals.put_to_person(
        company.as_("lea"), ref, handle, WHY, parent=parent, **{"alternatives_seen": True, **rest}
    )


class TestTheSwitch:
    def test_is_a_leads_with_a_reason(self, company):
        for handle in ("ana", "rob"):
            with pytest.raises(NotAllowed, match="Switching individual OKRs is done by a lead of Sales"):
                individuals.set_mode(company.as_(handle), "sales", "selective", "x")
        with pytest.raises(Invalid, match="need a reason"):
            individuals.set_mode(company.as_("lea"), "sales", "selective", " ")
        with pytest.raises(Invalid, match="off or selective"):
            individuals.set_mode(company.as_("lea"), "sales", "all", "x")

    def test_says_why_it_is_early(self, company):
        said = individuals.set_mode(company.as_("lea"), "sales", "selective", "x")
        assert said.startswith("This is early: no cycle is closed yet.")
        assert individuals.set_mode(company.as_("lea"), "sales", "off") == ""

    @pytest.mark.parametrize(("closed", "said"), [(0, "no cycle"), (1, "one cycle alone"), (2, ""), (9, "")])
    def test_is_early_before_two_closed_cycles(self, closed, said):
        assert said in early(closed)
        assert bool(early(closed)) is bool(said)


class TestAsking:
    def test_shows_the_alternatives_first(self, selective):
        with pytest.raises(
            NotAllowed, match=r"a contribution: .* a development goal: .* a stretch assignment: .*--anyway"
        ):
            ask(selective, written(selective), alternatives_seen=False)

    @pytest.mark.usefixtures("kr")
    def test_is_off_until_the_team_is_selective(self, company):
        with pytest.raises(NotAllowed, match=r"Individual OKRs are off in Sales.*okrtui team individual sales"):
            ask(company, written(company))

    def test_is_leaderships_alone(self, selective):
        ref = written(selective)
        for handle in ("ana", "rob"):
            with pytest.raises(NotAllowed, match="leadership's to decide"):
                individuals.put_to_person(selective.as_(handle), ref, "ana", WHY, parent="KR1", alternatives_seen=True)

    def test_needs_its_reason_and_its_link(self, selective):
        ref = written(selective)
        with pytest.raises(Invalid, match="reason is one of"):
            individuals.put_to_person(
                selective.as_("lea"), ref, "ana", {**WHY, "need": "fun"}, parent="KR1", alternatives_seen=True
            )
        with pytest.raises(NotAllowed, match="contributes to no key result of a team"):
            ask(selective, ref, parent=None)
        links.add(selective.as_("lea"), ref, "KR1")
        ask(selective, ref, parent=None)

    def test_is_of_somebody_of_the_team_itself(self, selective):
        ref = written(selective)
        for handle in ("rob", "olga"):
            with pytest.raises(NotAllowed, match="is not in Sales itself"):
                ask(selective, ref, handle)

    def test_is_one_persons(self, selective):
        ref = written(selective)
        ask(selective, ref)
        with pytest.raises(NotAllowed, match="was put to Ana already"):
            ask(selective, ref)
        with pytest.raises(NotAllowed, match="was put to somebody else already: write another objective for Ben"):
            ask(selective, ref, "ben", parent=None)
        with pytest.raises(NotAllowed, match="is one person's own and is put to no team"):
            objectives.invite(selective.as_("lea"), ref, ["sales"])
        mine_too = key_results.add(selective.as_("ana"), ref, None, {"statement": "Mine"})
        another = written(selective, "Another")
        with pytest.raises(NotAllowed, match="is one person's own: an individual OKR contributes to"):
            ask(selective, another, parent=mine_too)

    def test_after_a_release_it_is_asked_anew(self, selective):
        ref = written(selective)
        ask(selective, ref)
        invitations.release(selective.as_("lea"), ref, None, "Not this quarter")
        ask(selective, ref, parent=None)
        (card,) = show.objective(selective.as_("rob"), ref).invitations
        assert (card.team, card.state, card.need) == ("@ana", "open", "role_not_covered")


class TestTheExchange:
    @pytest.fixture
    def own(self, selective):
        ref = written(selective)
        ask(selective, ref)
        return ref

    def test_waits_for_the_person_alone(self, selective, own):
        (need,) = needs.due(selective.as_("ana"), person="ana")
        assert (need.kind, need.ref, need.command) == (
            "invitation",
            own,
            f"okrtui invitation accept {own} --team @ana -m STRAIGHT_LINE",
        )
        assert not [one for one in needs.due(selective.as_("ben"), person="ben") if one.ref == own]

    @pytest.mark.parametrize("team", [None, "sales", "@ana"])
    def test_the_person_accepts_and_nobody_else(self, selective, own, team):
        for handle in ("ben", "lea", "rob"):
            with pytest.raises(NotAllowed, match="Accepting and pushing back are the invited team's"):
                invitations.accept(selective.as_(handle), own, team, "x")
        invitations.accept(selective.as_("ana"), own, team, "I check the numbers every Friday")
        assert mine.me(selective.as_("ana")).own.objectives[0].state == "accepted"

    def test_its_leads_see_that_it_is_unanswered(self, selective, own):
        def waiting(handle):
            return [
                (one.ref, one.team, one.team_name, one.state)
                for one in answers.unanswered(selective.as_(handle), "sales", None)
            ]

        assert waiting("lea") == [(own, "@ana", "Ana", "open")]
        assert waiting("ana") == []
        invitations.push_back(selective.as_("ana"), own, None, "wrong_altitude", "It is the company's")
        assert waiting("lea") == [(own, "@ana", "Ana", "pushed_back")]
        invitations.accept(selective.as_("ana"), own, "@ana", "I check the numbers every Friday")
        assert waiting("lea") == []

    def test_a_line_of_sight_names_the_person_where_it_is_broken(self, selective, own):
        invitations.accept(selective.as_("ana"), own, None, "I check the numbers every Friday")
        ref = key_results.add(selective.as_("ana"), own, None, {"statement": "Errors fall"})

        def gap():
            (one,) = sight.sight(selective.as_("rob"), ref).things
            return [(gap.text, gap.command) for way in one.ways for gap in way.gaps if gap.ref == own]

        assert gap() == []
        invitations.push_back(selective.as_("ana"), own, None, "wrong_altitude", "It is the company's")
        told = [(f"Ana pushed back on {own}", f"okrtui invitation answer {own} --team @ana")]
        assert gap() == told
        invitations.answer(selective.as_("lea"), own, "@ana", {"answer": "released", "words": "It is"})
        assert (f"Ana was released from {own}", f"okrtui objective invite {own} --person ana") in gap()

    def test_a_pushback_is_answered_but_not_split(self, selective, own):
        invitations.push_back(selective.as_("ana"), own, None, "wrong_altitude", "It is the company's")
        with pytest.raises(NotAllowed, match="is one person's own: reword it, explain it, or release them"):
            invitations.answer(selective.as_("lea"), own, "@ana", {"answer": "split", "words": "x", "new": ("A", "B")})
        invitations.answer(selective.as_("lea"), own, "@ana", {"answer": "explained", "words": "Here it is yours"})

    def test_goes_all_the_way_to_an_agreed_score(self, selective, own):
        ana, lea = selective.as_("ana"), selective.as_("lea")
        invitations.accept(ana, own, None, "I check the numbers every Friday")
        ref = selective.draft(own, statement="Numbers off by a tenth fall")
        with pytest.raises(NotAllowed, match=r"Key results are the team's to write.*you are not Ana and"):
            key_results.edit(selective.as_("ben"), ref, {"statement": "x"})
        with pytest.raises(NotAllowed, match="its key results are Ana's own: leave the owner to them"):
            key_results.edit(ana, ref, {"owner": "ben"})
        assert [one.handle for one in listing.owners(ana, own, "sales")] == ["ana"]
        key_results.propose(ana, ref)
        key_results.agree(lea, ref)
        selective.running().at("2026-10-13")
        checkins.check_in(ana, ref, {"value": 20, "confidence": 6, "context": "Half"})
        with pytest.raises(NotAllowed, match="Check-ins are the team's"):
            checkins.check_in(selective.as_("ben"), ref, {"value": 1, "confidence": 6, "context": "x"})
        selective.scoring()
        scores.write(ana, ref, "self", 0.4, "Half", is_in=True)
        scores.write(lea, ref, "manager", 0.5, "A good half", is_in=True)
        scores.reveal(ana, [ref])
        scores.calibrate(lea, ref, 0.4, "Half it is")
        scores.confirm(ana, ref)
        line = next(one for one in scoreboard.scoreboard(ana, team="sales") if one.ref == ref)
        assert line.agreed is not None
        assert (line.agreed.value, line.agreed.state) == (0.4, "confirmed")

    def test_the_teams_room_shows_it(self, selective, own):
        card = next(one for one in rooms.room(selective.as_("rob"), "sales").objectives if one.ref == own)
        assert card.invitation is not None
        assert (card.invitation.team, card.invitation.need_words) == ("@ana", "Data is in no key result")

    def test_a_lead_who_has_one_stands_with_the_team(self, selective):
        ref = written(selective, "Leads learn", by="olga")
        individuals.put_to_person(selective.as_("olga"), ref, "lea", WHY, parent="KR1", alternatives_seen=True)
        invitations.accept(selective.as_("lea"), ref, None, "Every week")
        fields = {"statement": "Talks", "kind": "binary", "done_means": "Held", "control": "ours", "week_nine": "Yes"}
        own = key_results.add(selective.as_("lea"), ref, None, {**fields, "owner": "lea"}, draft=True)
        key_results.propose(selective.as_("lea"), own)
        with pytest.raises(NotAllowed, match="Agreeing and returning are leadership's"):
            key_results.agree(selective.as_("lea"), own)
        key_results.agree(selective.as_("olga"), own)


class TestWarnings:
    def test_nothing_where_it_is_done_selectively(self, selective):
        ask(selective, written(selective))
        assert rooms.room(selective.as_("rob"), "sales").warnings == ()

    def test_a_team_that_overdoes_it(self, selective):
        for handle in ("ana", "ana", "ben"):
            ask(selective, written(selective), handle)
        first, second = rooms.room(selective.as_("rob"), "sales").warnings
        assert first.startswith("Individual OKRs pass one a person")
        assert second.startswith("2 of 3 people have an individual OKR, more than a third")

    def test_one_that_lost_its_link(self, selective):
        ref = written(selective)
        ask(selective, ref)
        links.remove(selective.as_("lea"), ref, "KR1")
        (warning,) = rooms.room(selective.as_("rob"), "sales").warnings
        assert warning.startswith(f"{ref} contributes to no key result of a team")

    @pytest.mark.parametrize(("carried", "said"), [(3, False), (4, True)])
    def test_somebody_who_carries_more_than_three(self, carried, said):
        found = warnings(30, [Individual("O1", 7, is_linked=True)], Counter({7: carried}))
        assert any("more than three" in line for line in found) is said

    @pytest.mark.parametrize(("people", "said"), [(3, False), (2, True), (0, False)])
    def test_a_third_of_the_team(self, people, said):
        found = warnings(people, [Individual("O1", 7, is_linked=True)], Counter({7: 1}))
        assert any("a third" in line for line in found) is said

    def test_names_nobody(self, selective):
        for handle in ("ana", "ana", "ben"):
            ask(selective, written(selective), handle)
        told = " ".join(rooms.room(selective.as_("rob"), "sales").warnings).lower()
        assert not any(handle in told for handle in ("ana", "ben", "lea"))
