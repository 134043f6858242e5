"""Line of sight: every way up to the company, in words, and what would mend one that is broken."""

from __future__ import annotations

import pytest

from okrtui.core.errors import NotFound
from okrtui.service import commitments, initiatives, invitations, key_results, links, objectives, sight
from okrtui.service.ways import MOST_WAYS


@pytest.fixture
def standing(company):
    """Acme's O1, taken up by Sales with KR1; Sales' own O2 with KR2; Marketing, led by ``mia``, and its O3."""
    company.team("marketing")
    company.person("mia", leads=("marketing",))
    company.objective("olga", "acme", "sales")
    invitations.accept(company.as_("ana"), "O1", "sales", "We answer every request from one queue")
    company.draft("O1")
    company.objective("lea", "sales", "sales")
    invitations.accept(company.as_("ana"), "O2", "sales", "Whoever rings speaks with a person")
    company.draft("O2")
    company.objective("mia", "marketing", "marketing")
    return company


def seen(company, about, who="rob"):
    (one,) = sight.sight(company.as_(who), about).things
    return one


def path(way):
    return [step.ref for step in way.steps]


def test_a_key_result_reaches_the_company_by_its_straight_line(standing):
    one = seen(standing, "kr1")
    (way,) = one.ways
    assert (path(way), way.is_whole, one.reaches) == (["KR1", "O1"], True, True)
    assert (way.steps[1].by, way.steps[1].straight_by) == ("stands under", "Sales")
    assert way.steps[1].straight_line == "We answer every request from one queue"


def test_what_contributes_to_nothing_is_broken_there(standing):
    (way,) = seen(standing, "KR2").ways
    assert path(way) == ["KR2", "O2"]
    (gap,) = way.gaps
    assert (gap.ref, gap.text) == ("O2", "O2 contributes to nothing above Sales")
    assert (gap.mend, gap.key, gap.command) == ("A lead links it (@lea)", "=", "okrtui link add O2 PARENT")


def test_the_mend_mends(standing):
    links.add(standing.as_("lea"), "O2", "KR1")
    (way,) = seen(standing, "KR2").ways
    assert path(way) == ["KR2", "O2", "KR1", "O1"]
    assert way.is_whole
    assert [step.by for step in way.steps] == ["", "stands under", "contributes to", "stands under"]


def test_a_link_that_waits_is_said_with_who_consents(standing):
    links.add(standing.as_("mia"), "O3", "KR1")
    (way,) = seen(standing, "O3").ways
    (gap,) = way.gaps
    assert gap.text == "O3 asks to contribute to KR1, and waits for consent"
    assert (gap.mend, gap.command) == ("A lead consents (@lea)", "okrtui link consent O3 KR1")
    links.consent(standing.as_("lea"), "O3", "KR1")
    assert seen(standing, "O3").reaches


def test_what_only_supports_does_not_count(standing):
    links.add(standing.as_("olga"), "O3", "O1", "supports")
    one = seen(standing, "O3")
    assert [gap.text for gap in one.ways[0].gaps] == ["O3 supports O1, which does not count as aligned"]
    assert not one.reaches


def test_every_way_is_told(standing):
    links.add(standing.as_("olga"), "O3", "KR1")
    links.add(standing.as_("olga"), "O3", "KR2")
    assert [(path(way), way.is_whole) for way in seen(standing, "O3").ways] == [
        (["O3", "KR1", "O1"], True),
        (["O3", "KR2", "O2"], False),
    ]


def test_a_straight_line_stands_where_the_team_was_asked_too(standing):
    links.add(standing.as_("olga"), "O2", "O1")
    step = seen(standing, "O2").ways[0].steps[1]
    assert (step.by, step.straight_by, step.straight_line) == (
        "contributes to",
        "Sales",
        "We answer every request from one queue",
    )


@pytest.mark.parametrize(
    ("do", "text", "mend"),
    [
        (
            lambda at: invitations.push_back(at("ana"), "O1", "sales", "wrong_altitude", "Too high"),
            "Sales pushed back on O1",
            "okrtui invitation answer O1 --team sales",
        ),
        (
            lambda at: invitations.release(at("olga"), "O1", "sales", "Not yours"),
            "Sales was released from O1",
            "okrtui objective invite O1 sales",
        ),
        (lambda at: key_results.drop(at("ana"), "KR1", "Not ours"), "KR1 is dropped", "Link what is below to another"),
        (lambda at: objectives.withdraw(at("olga"), "O1", "Over"), "O1 is withdrawn", "another objective"),
    ],
)
def test_where_it_is_broken_and_what_would_mend_it(standing, do, text, mend):
    links.add(standing.as_("lea"), "O2", "KR1")
    do(standing.as_)
    (way,) = seen(standing, "KR2").ways
    assert not way.is_whole
    gap = next(gap for gap in way.gaps if gap.text == text)
    assert mend in f"{gap.mend}: {gap.command}"


def test_an_initiative_and_a_promise_reach_by_what_they_move(standing):
    initiatives.add(standing.as_("ana"), {"title": "One queue"}, team="sales", key_results=["KR1"])
    initiatives.add(standing.as_("ana"), {"title": "New chairs"}, team="sales")
    commitments.add(standing.as_("ben"), {"kind": "contribution", "words": "I keep the queue", "about": "KR1"})
    assert path(seen(standing, "I1").ways[0]) == ["I1", "KR1", "O1"]
    assert path(seen(standing, "P1").ways[0]) == ["P1", "KR1", "O1"]
    assert seen(standing, "I2").ways[0].gaps[0].text == "I2 moves no key result"


def test_of_a_person_all_of_theirs(standing):
    commitments.add(standing.as_("ana"), {"kind": "contribution", "words": "I keep the queue", "about": "KR2"})
    found = sight.sight(standing.as_("rob"), "@ana")
    assert (found.person, [one.ref for one in found.things]) == ("ana", ["KR1", "KR2", "P1"])
    assert sight.sight(standing.as_("rob"), "rob").things == ()


def test_what_was_let_go_is_in_nobodys_sight(standing):
    ref = commitments.add(standing.as_("ben"), {"kind": "contribution", "words": "I keep the queue", "about": "KR2"})
    commitments.let_go(standing.as_("ben"), ref)
    assert sight.sight(standing.as_("rob"), "@ben").things == ()


def test_ways_go_on_from_where_they_part(standing):
    links.add(standing.as_("olga"), "O2", "KR1")
    links.add(standing.as_("olga"), "O2", "O1")
    one = seen(standing, "KR2")
    assert [(path(way), common) for way, common in one.parting_ways] == [
        (["KR2", "O2", "KR1", "O1"], 0),
        (["KR2", "O2", "O1"], 1),
    ]
    assert one.in_a_line == "O2 Buyers get their answer the same day ▸ O1 Buyers get their answer the same day"


@pytest.mark.parametrize("who", ["ana", "rob", "olga", "mia"])
def test_a_development_goal_is_in_nobodys_sight(standing, who):
    commitments.add(standing.as_("ben"), {"kind": "development", "words": "I learn to speak up"})
    assert sight.sight(standing.as_(who), "@ben").things == ()
    with pytest.raises(NotFound, match="There is no P1"):
        sight.sight(standing.as_(who), "P1")


@pytest.mark.parametrize("about", ["O99", "KR99", "I99", "P99", "@nobody", "C1", "x", ""])
def test_what_is_not_there(standing, about):
    with pytest.raises(NotFound):
        sight.sight(standing.as_("rob"), about)


def test_a_circle_from_another_file_ends(standing):
    links.add(standing.as_("olga"), "O2", "O3")
    with standing.store.writing() as connection:
        connection.execute(
            "INSERT INTO link (child, parent, kind, author_id, at, consented_by, consented_at) "
            "VALUES ('O3', 'O2', 'contributes', 1, '2026-10-06T10:00:00Z', 1, '2026-10-06T10:00:00Z')"
        )
    (way,) = seen(standing, "O3").ways
    assert path(way) == ["O3", "O2"]
    assert [gap.text for gap in way.gaps] == ["O2 leads back to O3"]


def test_of_very_many_ways_the_first_are_told(standing):
    layer = ["O1"]
    with standing.store.writing():
        for _ in range(6):
            above, layer = layer, []
            for _ in range(2):
                ref = objectives.add(standing.as_("olga"), team="marketing", cycle=None, fields={"title": "More"})
                for parent in above:
                    links.add(standing.as_("olga"), ref, parent)
                layer.append(ref)
    one = seen(standing, layer[0])
    assert one.is_cut is False
    assert len(one.ways) == 32
    with standing.store.writing():
        last = objectives.add(standing.as_("olga"), team="marketing", cycle=None, fields={"title": "Last"})
        for parent in layer:
            links.add(standing.as_("olga"), last, parent)
    one = seen(standing, last)
    assert (one.is_cut, len(one.ways)) == (True, MOST_WAYS)
