from __future__ import annotations

import pytest

from okrtui.core.errors import Conflict, Invalid, NotAllowed, NotFound
from okrtui.service import activity, commitments, initiative_lines, initiatives, key_results, setup, show, undo
from okrtui.store import initiatives as rows


@pytest.fixture
def kr(company):
    return company.agreed()


@pytest.fixture
def rota(company, kr):
    fields = {"title": "A rota for the nights", "owner": "ben"}
    return initiatives.add(company.as_("ana"), fields, team="sales", key_results=[kr])


def bare_ones(company):
    """Ids of the key results without an initiative, and of the initiatives that move nothing."""
    with company.store.reading() as connection:
        return rows.key_results_without(connection, 1), rows.that_move_nothing(connection, 1)


def test_it_stands_with_what_it_should_move(company, kr, rota):
    one = initiative_lines.shown(company.as_("rob"), rota)
    assert (one.ref, one.title, one.team, one.owner, one.status) == (
        "I1",
        "A rota for the nights",
        "sales",
        "ben",
        "planned",
    )
    assert one.moves == ((kr, "Median first answer falls"),)
    assert [each.ref for each in initiative_lines.listed(company.as_("rob"), key_result=kr)] == [rota]
    assert [each.ref for each in show.key_result(company.as_("rob"), kr).initiatives] == [rota]
    assert "ana wrote the initiative I1: A rota for the nights" in [
        f"{line.who} {line.text}" for line in activity.log(company.as_("rob"), ref=rota)
    ]


def test_its_team_alone_writes_it(company, kr, rota):
    acts = (
        lambda at: initiatives.add(at, {"title": "Another"}, team="sales"),
        lambda at: initiatives.edit(at, rota, {"title": "Mine now"}),
        lambda at: initiatives.set_status(at, rota, "done"),
        lambda at: initiatives.link(at, rota, [kr]),
        lambda at: initiatives.unlink(at, rota, [kr]),
        lambda at: initiatives.drop(at, rota),
    )
    for who, said in (("olga", "You lead Acme: ask the team for one"), ("rob", "you are not in Sales")):
        for act in acts:
            with pytest.raises(
                NotAllowed, match=rf"Initiatives are the team's to write.*{said}.*comment on a key result"
            ):
                act(company.as_(who))
    initiatives.set_status(company.as_("lea"), rota, "doing")  # towards the company, its lead is of the team
    assert initiative_lines.shown(company.as_("rob"), rota).status == "doing"


def test_two_people_in_its_form(company, rota):
    began = {"title": "A rota for the nights", "owner": "ben", "status": "planned"}
    initiatives.edit(company.as_("ben"), rota, {**began, "status": "doing"}, began)
    initiatives.rewrite(company.as_("ana"), rota, {**began, "title": "A rota"}, began, [])
    one = initiative_lines.shown(company.as_("rob"), rota)
    assert (one.title, one.status, one.moves) == ("A rota", "doing", ())
    with pytest.raises(Conflict, match="Somebody else has changed the same"):
        initiatives.edit(company.as_("ben"), rota, {**began, "title": "Nights"}, began)


def test_an_owner_is_of_the_team(company, rota):
    with pytest.raises(NotAllowed, match="Rob is not in Sales: name somebody who is"):
        initiatives.edit(company.as_("ana"), rota, {"owner": "rob"})
    initiatives.edit(company.as_("ana"), rota, {"owner": ""})
    assert initiative_lines.shown(company.as_("ana"), rota).owner is None
    with pytest.raises(NotFound):
        initiatives.edit(company.as_("ana"), rota, {"owner": "nobody"})


def test_it_is_for_key_results_of_its_team_that_stand(company, kr, rota):
    company.team("support")
    company.person("sue", "support")
    other = initiatives.add(company.as_("sue"), {"title": "Macros"}, team="support")
    with pytest.raises(NotAllowed, match=r"KR1 is not of Support in 2026-Q4.*its own team"):
        initiatives.link(company.as_("sue"), other, [kr])
    gone = company.draft("O1", statement="Gone")
    key_results.drop(company.as_("ana"), gone, "No")
    with pytest.raises(NotAllowed, match=f"{gone} is dropped and moves no more: choose another"):
        initiatives.link(company.as_("ana"), rota, [gone])
    with pytest.raises(NotFound, match=f"I1 is not for {gone}"):
        initiatives.unlink(company.as_("ana"), rota, [gone])


def test_one_written_by_mistake_is_dropped_and_its_ref_stays(company, kr, rota):
    initiatives.drop(company.as_("ana"), rota)
    assert initiative_lines.listed(company.as_("rob")) == []
    assert show.key_result(company.as_("rob"), kr).initiatives == ()
    with pytest.raises(NotAllowed, match=r"I1 is dropped.*write another \(a\)"):
        initiatives.edit(company.as_("ana"), rota, {"title": "Back"})
    with pytest.raises(Invalid, match="planned, doing, done or stopped"):
        initiatives.add(company.as_("ana"), {"title": "x", "status": "dropped"}, team="sales")
    assert initiatives.add(company.as_("ana"), {"title": "Anew"}, team="sales") == "I2"


def test_one_with_a_stretch_on_it_is_stopped_instead(company, rota):
    commitments.add(company.as_("ben"), {"kind": "stretch", "words": "Lead it", "about": rota})
    with pytest.raises(NotAllowed, match=r"I1 has a stretch on it \(P1\): stop it instead"):
        initiatives.drop(company.as_("ana"), rota)
    assert initiative_lines.shown(company.as_("ana"), rota).stretched_by == ("ben",)


def test_a_status_is_undone(company, rota):
    initiatives.set_status(company.as_("ana"), rota, "done")
    assert undo.undo(company.as_("ana")) == "I1 is planned again."
    assert initiative_lines.shown(company.as_("ana"), rota).status == "planned"
    with pytest.raises(NotAllowed, match="What is written stays on record: edit I1"):
        undo.undo(company.as_("ana"))


def test_a_closed_cycle_stays_as_it_was(company, rota):
    with company.store.writing() as connection:
        connection.execute("UPDATE cycle SET phase = 'closed'")
    with pytest.raises(NotAllowed, match="2026-Q4 is closed and stays as it was"):
        initiatives.set_status(company.as_("ana"), rota, "done")


class TestWhatCareIsNeededFor:
    def test_key_results_without_an_initiative(self, company, kr):
        guardrail = company.agreed("O1", statement="Costs stay", weight=0)
        company.draft("O1", statement="Not agreed yet")
        assert bare_ones(company) == ([1], [])
        rota = initiatives.add(company.as_("ana"), {"title": "A rota"}, team="sales", key_results=[kr, guardrail])
        assert bare_ones(company) == ([], [])
        initiatives.set_status(company.as_("ana"), rota, "stopped")
        assert bare_ones(company) == ([1], [])

    def test_a_steady_team_needs_none(self, company, kr):
        setup.set_steady(company.as_("lea"), "sales", steady=True)
        assert (kr, bare_ones(company)) == ("KR1", ([], []))

    @pytest.mark.usefixtures("rota")
    def test_initiatives_that_move_nothing(self, company, kr):
        initiatives.add(company.as_("ana"), {"title": "Something"}, team="sales")
        initiatives.add(company.as_("ana"), {"title": "Over", "status": "done"}, team="sales")
        assert bare_ones(company) == ([], [2])
        key_results.drop(company.as_("ana"), kr, "Nobody argues for it")
        assert bare_ones(company) == ([], [1, 2])
