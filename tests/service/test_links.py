"""Links: asked by the child's side, consented to by the parent's, never a circle."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.service import activity, cycles, invitations, key_results, links, needs, objectives, setup, show, undo
from okrtui.store import links as rows


@pytest.fixture
def linked(company):
    """Acme's objective O1, taken up by Sales with KR1; Marketing, led by ``mia``, with ``max``, and its objective O2."""
    company.team("marketing")
    company.person("mia", leads=("marketing",))
    company.person("max", "marketing")
    assert company.objective("olga", "acme", "sales") == "O1"
    invitations.accept(company.as_("ana"), "O1", "sales", "We answer every request from one queue")
    assert company.draft("O1") == "KR1"
    assert company.objective("mia", "marketing", "marketing") == "O2"
    return company


def standing(company):
    with company.store.reading() as connection:
        return {(one.child, one.parent, one.kind, one.consented_by is not None) for one in rows.of_cycle(connection, 1)}


def asked_of(company, handle):
    return [need for need in needs.due(company.as_(handle)) if need.kind == "link"]


class TestAsking:
    def test_a_lead_of_the_child_asks_and_waits(self, linked):
        assert links.add(linked.as_("mia"), "O2", "KR1") is False
        assert standing(linked) == {("O2", "KR1", "contributes", False)}
        assert show.objective(linked.as_("rob"), "O2").asked_parents == ({"parent": "KR1", "kind": "contributes"},)
        assert show.objective(linked.as_("rob"), "O1").asked_below[0].child == "O2"

    def test_who_leads_the_parent_too_consents_by_asking(self, linked):
        assert links.add(linked.as_("olga"), "O2", "O1") is True
        assert standing(linked) == {("O2", "O1", "contributes", True)}

    def test_a_key_result_is_linked_by_its_team(self, linked):
        assert links.add(linked.as_("ana"), "KR1", "O2", "supports") is False
        assert standing(linked) == {("KR1", "O2", "supports", False)}

    @pytest.mark.parametrize(
        ("who", "child", "parent", "sentence"),
        [
            ("max", "O2", "O1", "What an objective stands under is leadership's to say. You are in Marketing"),
            ("rob", "O2", "O1", "Rob, you do not lead Marketing: comment"),
            ("olga", "KR1", "O2", "What a key result contributes to is the team's to say. You lead Acme"),
            ("mia", "O2", "O2", "cannot stand under itself"),
            ("ana", "KR1", "O1", "stands under O1 already, as its key result"),
        ],
    )
    def test_what_is_refused(self, linked, who, child, parent, sentence):
        with pytest.raises(NotAllowed, match=sentence):
            links.add(linked.as_(who), child, parent)
        assert standing(linked) == set()

    def test_a_word_that_is_no_kind(self, linked):
        with pytest.raises(Invalid, match="contributes or supports"):
            links.add(linked.as_("mia"), "O2", "O1", "causes")

    def test_twice_is_refused(self, linked):
        links.add(linked.as_("mia"), "O2", "O1")
        with pytest.raises(NotAllowed, match=r"asks for its link to O1 already \(contributes\)"):
            links.add(linked.as_("mia"), "O2", "O1", "supports")

    @pytest.mark.parametrize("parent", ["O9", "KR9"])
    def test_to_nothing(self, linked, parent):
        with pytest.raises(NotFound):
            links.add(linked.as_("mia"), "O2", parent)

    def test_nothing_stands_under_what_is_over(self, linked):
        key_results.drop(linked.as_("ana"), "KR1", "Not ours")
        with pytest.raises(NotAllowed, match="KR1 is dropped, and nothing stands under it"):
            links.add(linked.as_("mia"), "O2", "KR1")
        objectives.withdraw(linked.as_("olga"), "O1", "The market left")
        with pytest.raises(NotAllowed, match="O1 is withdrawn"):
            links.add(linked.as_("mia"), "O2", "O1")

    def test_nor_under_what_is_closed(self, linked):
        cycles.add(linked.operator, {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"})
        later = objectives.add(linked.as_("mia"), team="marketing", cycle="2027-Q1", fields={"title": "We are found"})
        linked.running().scoring()
        with linked.store.writing() as connection:
            connection.execute("UPDATE cycle SET phase = 'closed' WHERE name = '2026-Q4'")
        with pytest.raises(NotAllowed, match="2026-Q4, the cycle of O1, is closed"):
            links.add(linked.as_("mia"), later, "O1")

    def test_a_parent_named_when_the_objective_is_written(self, linked):
        made = objectives.add(
            linked.as_("mia"), team="marketing", cycle=None, fields={"title": "We are found"}, parent="KR1"
        )
        assert (made, "KR1", "contributes", False) in standing(linked)


class TestConsent:
    @pytest.fixture(autouse=True)
    def _asked(self, linked):
        links.add(linked.as_("mia"), "O2", "KR1")

    def test_it_waits_for_the_leads_of_the_parents_team_alone(self, linked):
        (need,) = asked_of(linked, "lea")
        assert (need.ref, need.team, need.cycle) == ("O1", "sales", "2026-Q4")
        assert need.text.startswith("mia asks that O2 Buyers get their answer the same day contributes to KR1")
        assert need.command == "okrtui link consent O2 KR1"
        for handle in ("ana", "mia", "olga", "rob"):
            assert asked_of(linked, handle) == []

    @pytest.mark.parametrize("who", ["lea", "olga"])
    def test_a_lead_of_the_team_or_above_consents(self, linked, who):
        links.consent(linked.as_(who), "o2", "kr1")
        assert standing(linked) == {("O2", "KR1", "contributes", True)}
        assert asked_of(linked, "lea") == []
        assert show.objective(linked.as_("rob"), "O2").linked

    @pytest.mark.parametrize("who", ["mia", "max", "ana", "rob"])
    @pytest.mark.parametrize("decide", [links.consent, links.decline])
    def test_nobody_else_decides(self, linked, who, decide):
        with pytest.raises(NotAllowed, match=r"for a lead of that team to consent to.*\(c\)"):
            decide(linked.as_(who), "O2", "KR1")
        assert standing(linked) == {("O2", "KR1", "contributes", False)}

    def test_declined_it_is_gone_and_who_asked_is_told(self, linked):
        links.decline(linked.as_("lea"), "O2", "KR1", "It moves KR2")
        assert standing(linked) == set()
        assert show.objective(linked.as_("rob"), "O2").thread[-1].body == "@mia It moves KR2"
        assert [need.kind for need in needs.due(linked.as_("mia")) if need.kind == "mention"] == ["mention"]

    def test_twice_is_refused(self, linked):
        links.consent(linked.as_("lea"), "O2", "KR1")
        with pytest.raises(NotAllowed, match="consented to already"):
            links.consent(linked.as_("lea"), "O2", "KR1")
        with pytest.raises(NotFound, match="has no link to O1"):
            links.consent(linked.as_("lea"), "O2", "O1")

    def test_a_withdrawn_child_waits_for_nobody(self, linked):
        objectives.withdraw(linked.as_("mia"), "O2", "No")
        assert asked_of(linked, "lea") == []

    @pytest.mark.parametrize("who", ["mia", "lea", "olga"])
    def test_either_side_takes_it_away(self, linked, who):
        links.consent(linked.as_("lea"), "O2", "KR1")
        links.remove(linked.as_(who), "O2", "KR1")
        assert standing(linked) == set()

    def test_nobody_else_takes_it_away(self, linked):
        for who in ("max", "ana", "rob"):
            with pytest.raises(NotAllowed):
                links.remove(linked.as_(who), "O2", "KR1")

    def test_each_is_told_in_a_sentence(self, linked):
        links.consent(linked.as_("lea"), "O2", "KR1")
        links.remove(linked.as_("mia"), "O2", "KR1")
        links.add(linked.as_("mia"), "O2", "KR1")
        links.decline(linked.as_("lea"), "O2", "KR1", "No")
        told = [line.text for line in activity.log(linked.as_("rob"), ref="O2")][-5:]
        assert told == [
            "asked to link O2 to KR1 (contributes)",
            "consented to the link of O2 to KR1",
            "took the link of O2 to KR1 away",
            "asked to link O2 to KR1 (contributes)",
            "declined the link of O2 to KR1: No",
        ]


def test_a_lead_who_is_nobody_any_more_is_not_waited_for(linked):
    """The link then waits for those above, who may consent; it is asked of them, too."""
    setup.set_active(linked.operator, "lea", active=False)
    links.add(linked.as_("mia"), "O2", "KR1")
    assert [need.ref for need in asked_of(linked, "olga")] == ["O1"]


def test_listing(linked):
    links.add(linked.as_("mia"), "O2", "KR1")
    links.add(linked.as_("olga"), "O2", "O1", "supports")
    listed = links.all_links(linked.as_("rob"))
    assert [(one.child, one.parent, one.kind, one.consented_by) for one in listed] == [
        ("O2", "KR1", "contributes", None),
        ("O2", "O1", "supports", "olga"),
    ]
    assert links.all_links(linked.as_("rob"), ref="kr1") == listed[:1]
    assert links.all_links(linked.as_("rob"), team="sales") == listed[:1]


class TestUndo:
    def test_what_nobody_waited_for_is_undone(self, linked):
        links.add(linked.as_("olga"), "O2", "O1")
        assert undo.undo(linked.as_("olga")) == "O2 is linked to O1 no more."
        assert standing(linked) == set()

    def test_what_a_lead_was_asked_stays(self, linked):
        links.add(linked.as_("mia"), "O2", "KR1")
        with pytest.raises(NotAllowed, match="A lead above was asked"):
            undo.undo(linked.as_("mia"))


def test_a_split_objective_hands_its_parents_on(linked):
    links.add(linked.as_("olga"), "O2", "O1")
    invitations.push_back(linked.as_("max"), "O2", "marketing", "wrong_altitude", "Two things")
    answer = {"answer": "split", "words": "Two", "new": ["We are found", "We are heard"]}
    invitations.answer(linked.as_("mia"), "O2", "marketing", answer)
    parents = {child: (parent, consented) for child, parent, _, consented in standing(linked)}
    assert parents == {"O2": ("O1", True), "O3": ("O1", False), "O4": ("O1", False)}


class TestCircles:
    def test_the_path_is_shown(self, linked):
        links.add(linked.as_("olga"), "O2", "KR1")
        with pytest.raises(NotAllowed, match=r"O1 would stand under itself \(O1 → O2 → KR1 → O1\)"):
            links.add(linked.as_("olga"), "O1", "O2")

    def test_what_still_waits_counts(self, linked):
        links.add(linked.as_("mia"), "O2", "O1")
        with pytest.raises(NotAllowed, match="O1 → O2 → O1"):
            links.add(linked.as_("olga"), "O1", "O2", "supports")


# Three teams and who leads them; the naive model beside them holds each link with whether somebody consented to it.

LED = {"olga": {"acme", "sales", "marketing"}, "lea": {"sales"}, "mia": {"marketing"}}
OF = {"O1": "acme", "O2": "sales", "O3": "sales", "O4": "marketing", "O5": "marketing"}


@pytest.fixture
def teams(company):
    """Five objectives of three teams."""
    company.team("marketing")
    company.person("mia", leads=("marketing",))
    for team in OF.values():
        objectives.add(company.as_("olga"), team=team, cycle=None, fields={"title": f"Of {team}"})
    return company


def tried(act, *given_):
    """Whether a use case was done."""
    try:
        act(*given_)
    except (NotAllowed, NotFound):
        return False
    return True


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from(("add", "add", "consent", "decline", "remove")),
            st.sampled_from(tuple(LED)),
            st.sampled_from(tuple(OF)),
            st.sampled_from(tuple(OF)),
            st.sampled_from(("contributes", "supports")),
        ),
        max_size=25,
    )
)
def test_consent_against_a_naive_model(teams, acts):
    """Who leads the child asks, who leads the parent consents; what waits keeps circles out as what stands does."""
    tied: dict[tuple[str, str], tuple[str, bool]] = {}
    with teams.store.writing() as connection:
        connection.execute("DELETE FROM link")
    for act, who, child, parent, kind in acts:
        both, has_child, has_parent = (child, parent), OF[child] in LED[who], OF[parent] in LED[who]
        waits = both in tied and not tied[both][1]
        match act:
            case "add":
                graph = {name: {above for below, above in tied if below == name} for name in OF}
                fits = has_child and both not in tied and not reaches(graph, parent, child)
                assert tried(links.add, teams.as_(who), child, parent, kind) is fits, (who, both)
                tied |= {both: (kind, has_parent)} if fits else {}
            case "consent":
                assert tried(links.consent, teams.as_(who), child, parent) is (waits and has_parent), (who, both)
                tied |= {both: (tied[both][0], True)} if waits and has_parent else {}
            case "decline":
                assert tried(links.decline, teams.as_(who), child, parent) is (waits and has_parent), (who, both)
                tied = {one: told for one, told in tied.items() if one != both or not (waits and has_parent)}
            case _:
                may = both in tied and (has_child or has_parent)
                assert tried(links.remove, teams.as_(who), child, parent) is may, (who, both)
                tied = {one: told for one, told in tied.items() if one != both or not may}
    assert standing(teams) == {(*both, *told) for both, told in tied.items()}
    with teams.store.reading() as connection:
        counted = {(child, parent) for child, parent, kind in rows.consented(connection, 1) if kind == "contributes"}
    assert counted == {both for both, told in tied.items() if told == ("contributes", True)}


# A company of one, who leads it all, so that every link stands at once; the naive graph beside it is a dict of sets.


def reaches(graph, start, end):
    seen, waiting = {start}, deque([start])
    while waiting:
        for above in graph.get(waiting.popleft(), ()):
            if above not in seen:
                seen.add(above)
                waiting.append(above)
    return end in seen


@pytest.fixture
def field(empty):
    """Five objectives of the company; the first two have a key result each."""
    cycles.add(empty.operator, {"name": "2026-Q4", "starts": "2026-10-01", "ends": "2026-12-31"})
    olga = empty.as_("olga")
    for number in range(5):
        objectives.add(olga, team="acme", cycle=None, fields={"title": f"Objective {number}"})
    for ref in ("O1", "O2"):
        objectives.publish(olga, ref)
        objectives.invite(olga, ref, ["acme"])
        invitations.accept(olga, ref, "acme", "Every week")
        key_results.add(olga, ref, "acme", {"statement": f"Under {ref}"})
    return empty


NAMES = ("O1", "O2", "O3", "O4", "O5", "KR1", "KR2")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(("add", "add", "add", "remove")),
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.sampled_from(("contributes", "supports")),
    ),
    max_size=25,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=ACTS)
def test_links_against_a_naive_graph(field, acts):
    olga, own = field.as_("olga"), {"KR1": {"O1"}, "KR2": {"O2"}}
    tied: dict[tuple[str, str], str] = {}
    with field.store.writing() as connection:
        connection.execute("DELETE FROM link")
    for act, child, parent, kind in acts:
        graph = {name: set(own.get(name, ())) for name in NAMES}
        for below, above in tied:
            graph[below].add(above)
        if act == "add":
            fits = (
                (child, parent) not in tied and parent not in own.get(child, ()) and not reaches(graph, parent, child)
            )
            try:
                links.add(olga, child, parent, kind)
            except NotAllowed:
                assert not fits, (child, parent)
            else:
                assert fits, (child, parent)
                tied[child, parent] = kind
        else:
            try:
                links.remove(olga, child, parent)
            except NotFound:
                assert (child, parent) not in tied
            else:
                del tied[child, parent]
    assert standing(field) == {(*both, kind, True) for both, kind in tied.items()}
