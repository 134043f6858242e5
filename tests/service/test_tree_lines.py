"""The lines of the tree: several parents, what is aligned below, what needs care, and whose is what."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.progress import share_of
from okrtui.service import invitations, links, objectives, setup, tree_filters, trees
from okrtui.service.tree_lines import AGAIN, Rows, TreeLines
from okrtui.store import commitments, initiatives

SAID = {"pushed": {}, "owed_by": {None: (0, ""), 1: (0, ""), 2: (0, "")}, "care": {}, "idle": ()}


def rows_of(objectives_, key_results, links_):
    """Rows of a made tree: objectives by number and team, key results by objective and progress, links as they are."""
    leaves = sorted(
        (f"KR{at}", under, 2, f"kr {at}", 1.0, share, 5, 0, None, None, None, "ana")
        for at, (under, share) in enumerate(key_results, 1)
    )
    leaves.sort(key=lambda leaf: leaf[1])
    stems = [(f"O{at}", at, team, f"o {at}") for at, team in enumerate(objectives_, 1)]
    return Rows(1, {1: "acme", 2: "sales"}, stems, leaves, (), (), links_, **SAID)


@st.composite
def made(draw):
    """A tree of any shape: links may even go in circles."""
    teams = draw(st.lists(st.sampled_from([1, 2]), min_size=1, max_size=8))
    refs = [f"O{at}" for at in range(1, len(teams) + 1)]
    shares = st.one_of(st.none(), st.floats(0, 1))
    key_results = draw(st.lists(st.tuples(st.integers(1, len(teams)), shares), max_size=10))
    refs += [f"KR{at}" for at in range(1, len(key_results) + 1)]
    pairs = st.tuples(st.sampled_from(refs), st.sampled_from(refs)).filter(lambda pair: pair[0] != pair[1])
    links_ = draw(st.lists(pairs, max_size=12, unique=True))
    kinds = draw(st.lists(st.sampled_from(["contributes", "supports"]), min_size=12, max_size=12))
    return rows_of(teams, key_results, [(*pair, kind) for pair, kind in zip(links_, kinds, strict=False)])


@given(made())
def test_everything_stands_once_in_full_and_once_more_for_each_other_parent(rows):
    tree = TreeLines.of(rows)
    assert len(set(tree.keys)) == len(tree.keys) == len(tree.depths) == len(tree.rows)
    full = [key for key in tree.keys if AGAIN not in key]
    assert sorted(full) == sorted([stem[0] for stem in rows.stems] + [leaf[0] for leaf in rows.leaves])
    assert tree.depths[0] == 0
    assert all(after <= before + 1 for before, after in zip(tree.depths, tree.depths[1:], strict=False))
    above = []
    tied = {(child, parent) for child, parent, _ in rows.links}
    own = {(leaf[0], f"O{leaf[1]}") for leaf in rows.leaves}
    stands = set()
    for at, (key, depth) in enumerate(zip(tree.keys, tree.depths, strict=True)):
        del above[depth:]
        if above:
            pair = (key.partition(AGAIN)[0], above[-1].partition(AGAIN)[0])
            assert pair in tied | own
            stands.add(pair)
        above.append(key)
        assert tree.line(at).ref == key.partition(AGAIN)[0]
    circled = {key for key, depth in zip(tree.keys, tree.depths, strict=True) if depth == 0}
    assert all(pair in stands or pair[0] in circled for pair in tied | own)


@given(made())
def test_what_is_aligned_below_is_that_of_a_naive_walk(rows):
    tree = TreeLines.of(rows)
    own = {}
    for leaf in rows.leaves:
        own.setdefault(f"O{leaf[1]}", []).append(leaf)
    shares = {leaf[0]: leaf[5] for leaf in rows.leaves}
    shares |= {stem[0]: share_of((leaf[5], leaf[4]) for leaf in own.get(stem[0], ())) for stem in rows.stems}

    def reached(ref, met):
        for child, parent, kind in rows.links:
            if kind == "contributes" and parent in {ref, *(leaf[0] for leaf in own.get(ref, ()))} and child not in met:
                met.add(child)
                reached(child, met)
        return met

    for ref, share in shares.items():
        assert tree.progress(ref) == share
        met = reached(ref, set()) - {ref}
        told = tree.aligned(ref)
        assert (told is None) == (not met)
        if told is not None:
            known = [shares[one] for one in met if shares[one] is not None]
            assert (told.reporting, told.of) == (len(known), len(met))
            assert told.share == (pytest.approx(fsum(known) / len(known)) if known else None)


def walked(company, **wanted):
    waiting, found = list(trees.tree(company.as_("rob"), **wanted)[1]), {}
    while waiting:
        node = waiting.pop()
        found.setdefault(node.ref, []).append(node)
        waiting.extend(node.children)
    return found


@pytest.fixture
def two_parents(company):
    """Two objectives of the company, the first with a key result of Sales, and one of Sales under both."""
    for title in ("Grow", "Stay"):
        ref = objectives.add(company.as_("olga"), team="acme", cycle=None, fields={"title": title})
        objectives.publish(company.as_("olga"), ref)
        objectives.invite(company.as_("olga"), ref, ["sales"])
    invitations.accept(company.as_("ana"), "O1", "sales", "We answer every request")
    company.agreed(company.accepted())
    for parent in ("O1", "O2"):
        links.add(company.as_("lea"), "O3", parent)
        links.consent(company.as_("olga"), "O3", parent)
    return company.running()


def test_a_thing_with_several_parents_stands_under_each_and_is_marked(two_parents):
    found = walked(two_parents)
    one, other = sorted(found["O3"], key=lambda node: not node.children)
    assert [child.ref for child in one.children] == ["KR1"]
    assert other.children == []
    assert "also under O2" in one.marks
    assert "see under O1" in other.marks
    assert [node.aligned.of for node in (*found["O1"], *found["O2"])] == [1, 1]
    assert found["O1"][0].progress is None


def test_what_needs_care(two_parents):
    company = two_parents
    company.team("idle")
    company.team("house")
    setup.set_steady(company.operator, "house", steady=True)
    company.objective(invited="sales")
    objectives.add(company.as_("lea"), team="sales", cycle=None, fields={"title": "Put to nobody"})
    objectives.publish(company.as_("lea"), "O5")
    invitations.push_back(company.as_("ana"), "O4", "sales", "does_not_apply", "Not ours")
    found = walked(company, care=True)
    marks = {ref: set(nodes[0].marks) for ref, nodes in found.items()}
    assert "no team took it up" in marks["O2"]
    assert "no team took it up" not in marks["O1"]
    assert "no team invited" in marks["O5"]
    assert "pushed back by sales" in marks["O4"]
    assert "no initiative" in marks["KR1"]
    assert marks["idle"] == {"no objectives"}
    assert "house" not in marks


def test_what_needs_none_is_left_out_and_what_it_stands_under_is_kept(two_parents):
    found = walked(two_parents, care=True)
    assert set(found) == {"O1", "O2", "O3", "KR1", "acme"} - {"acme"}
    with two_parents.store.writing() as connection:
        work = initiatives.add(connection, an_initiative(connection))
        initiatives.link(connection, work, 1)
    assert set(walked(two_parents, care=True)) == {"O2"}


def an_initiative(connection):
    ids = dict(connection.execute("SELECT slug, id FROM team"))
    return {"team_id": ids["sales"], "cycle_id": 1, "title": "One queue", "author_id": 1, "at": "2026-10-06T10:00:00Z"}


def test_initiatives_and_promises_stand_under_what_they_should_move(two_parents):
    company = two_parents
    with company.store.writing() as connection:
        work, idle = (initiatives.add(connection, an_initiative(connection)) for _ in range(2))
        initiatives.link(connection, work, 1)
        common = {"cycle_id": 1, "person_id": 3, "at": "2026-10-06T10:00:00Z"}
        commitments.add(connection, common | {"kind": "contribution", "words": "I take nights", "key_result_id": 1})
        commitments.add(connection, common | {"kind": "stretch", "words": "I lead it", "initiative_id": work})
        commitments.add(connection, common | {"kind": "development", "words": "Nobody's business"})
    found = walked(company)
    assert [child.ref for child in found["KR1"][0].children] == [f"I{work}", "P1"]
    assert [child.text for child in found[f"I{work}"][0].children] == ["I lead it"]
    assert "P3" not in found
    (care,) = walked(company, care=True)[f"I{idle}"]
    assert "moves nothing" in care.marks


def test_quick_filters(two_parents):
    company = two_parents
    company.objective()

    def kept(handle, name):
        session = company.as_(handle)
        found = trees.lines(session, care=name == tree_filters.CARE)
        flags = tree_filters.passing(session, found, name)
        return {key for key, flag in zip(found.keys, flags, strict=True) if flag}

    assert kept("ana", tree_filters.MINE) == {"KR1"}
    assert kept("lea", tree_filters.MINE) == set()
    assert kept("ana", tree_filters.TEAM) == {"KR1", "O3", f"O3{AGAIN}O2", "O4"}
    assert kept("rob", tree_filters.TEAM) == set()
    assert kept("ana", tree_filters.UNALIGNED) == {"O4"}
    assert {"O2", "KR1"} <= kept("ana", tree_filters.CARE)
    assert tree_filters.passing(company.as_("ana"), trees.lines(company.as_("ana")), "") is None


def test_a_filter_finds_a_line_by_its_ref_its_words_and_whose_it_is(two_parents):
    texts = dict(zip((found := trees.lines(two_parents.as_("ana"))).keys, found.texts(), strict=True))
    assert texts["KR1"] == "KR1 Median first answer falls ana sales"
    assert texts["O1"] == "O1 Grow  acme"


def test_without_a_cycle_there_is_nothing(empty):
    assert trees.lines(empty.as_("olga")).keys == []
