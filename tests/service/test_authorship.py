"""Two pens: whatever is tried, leadership changes no word of a key result, the team none of an objective, a reader neither."""

from __future__ import annotations

import inspect
from contextlib import suppress
from datetime import date

import pytest

from okrtui.core import ideas
from okrtui.core.errors import NotAllowed, OkrtuiError
from okrtui.service import (
    closing,
    defences,
    dots,
    importing,
    invitations,
    key_results,
    objectives,
    quiets,
    restore,
    setup,
    suggestions,
    threads,
    transfer,
    undo,
)
from okrtui.store import events

LEADERSHIP, TEAM, READERS = ("cleo", "lea", "dee"), ("ana", "eve"), ("adam", "pia", "rob")

# The words of each pen, and nothing that the other side may move: agreeing, returning, releasing, withdrawing.
_OF_KEY_RESULTS = (
    "SELECT id, statement, kind, unit, baseline, target, low, high, done_means, measure, baseline_due, weight, control, "
    "shared_team_id, week_nine, owner_id, guidance_low, guidance_middle, guidance_high, established, author_id, "
    "imported_by, adopted_by FROM key_result",
    "SELECT * FROM key_result_step",
    "SELECT * FROM key_result_text",
    "SELECT * FROM key_result_quiet",
    "SELECT * FROM defence",
    "SELECT id, state, decided_by, reason FROM suggestion WHERE key_result_id IS NOT NULL AND id < 3",
)
_OF_OBJECTIVES = (
    "SELECT id, title, why, ambition, state, reason, author_id, published_at FROM objective",
    "SELECT * FROM objective_text",
    "SELECT id, state, decided_by, reason FROM suggestion WHERE objective_id IS NOT NULL AND id < 3",
)
_OF_BOTH = (
    *_OF_KEY_RESULTS,
    *_OF_OBJECTIVES,
    "SELECT id, state, amendment, invitation_id FROM key_result",
    "SELECT id, state, straight_line FROM invitation",
    "SELECT * FROM pushback",
    "SELECT * FROM dot",
)


def words(company, queries):
    with company.store.reading() as connection:
        return [connection.execute(query).fetchall() for query in queries]


@pytest.fixture
def people(company):
    company.team("east", under="sales")
    company.team("product")
    company.person("cleo", leads=("acme",))
    company.person("dee", "product")
    company.person("eve", "east")
    company.person("pia", leads=("product",))
    setup.add_person(company.operator, {"handle": "adam", "name": "Adam", "admin": True})
    setup.name_deputy(company.operator, "sales", "dee", until=date(2027, 1, 31), lead="lea")
    return company


# How far the exchange is when somebody of the wrong side tries everything.
def idea(company):
    return key_results.add(company.as_("ana"), company.accepted(), "sales", {"statement": "Answers are faster"})


def imported(company):
    sheet = ideas.read(b"statement,objective,team\nAnswers are faster,O1,sales\n")
    company.accepted()
    return importing.bring_in(company.as_("lea"), sheet).ideas[0].ref


def draft(company):
    return company.draft()


def proposed(company):
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    return ref


def returned(company):
    ref = proposed(company)
    key_results.send_back(company.as_("lea"), ref, "And nights?")
    return ref


def parked(company):
    ref = company.draft()
    key_results.park(company.as_("ana"), ref)
    return ref


def agreed(company):
    ref = company.agreed()
    company.running()
    return ref


def to_establish(company):
    fields = {"kind": "establish", "baseline": None, "target": None, "measure": "Minutes", "baseline_due": "2026-11-01"}
    return company.agreed(**fields)


def amended(company):
    ref = company.agreed()
    key_results.amend(company.as_("ana"), ref, {"target": 12}, "The tool came late")
    return ref


def questioned(company):
    ref = amended(company)
    key_results.send_back(company.as_("lea"), ref, "Why?")
    return ref


def pushed_back(company):
    ref = company.draft()
    invitations.push_back(company.as_("ana"), "O1", "sales", "cannot_measure", "Nobody counts")
    return ref


def dropped(company):
    ref = company.draft()
    key_results.drop(company.as_("ana"), ref, "Bought instead")
    return ref


STAGES = (
    *(idea, imported, draft, proposed, returned, parked, agreed, to_establish, amended, questioned, pushed_back),
    dropped,
)


def staged(company, stage):
    """A key result that far, its objective, a draft objective beside it, and a suggestion for each."""
    ref = stage(company)
    objectives.add(company.as_("lea"), team="sales", cycle=None, fields={"title": "Another, still a draft"})
    suggestions.suggest(company.as_("rob"), "O1", "title", "Buyers get their answer in an hour", "Why not")
    if stage is not dropped:
        suggestions.suggest(company.as_("rob"), ref, "statement", "Other words", "Why not")
    return ref


MINE = {
    "statement": "Mine",
    "kind": "decrease",
    "baseline": 30,
    "target": 2,
    "owner": "ana",
    "control": "shared",
    "week_nine": "Mine",
}

# Everything that a screen or a command can do to a key result or to an objective, by module and function.
TRIES = {
    "key_results.edit": lambda one, ref: key_results.edit(one, ref, MINE),
    "key_results.edit an owner": lambda one, ref: key_results.edit(one, ref, {"owner": "eve"}),
    "key_results.guide": lambda one, ref: key_results.guide(one, ref, {"low": "Mine"}, "Mine"),
    "key_results.start": key_results.start,
    "key_results.back_to_idea": key_results.back_to_idea,
    "key_results.adopt": key_results.adopt,
    "key_results.propose": key_results.propose,
    "key_results.answer": lambda one, ref: key_results.answer(one, ref, "Mine"),
    "key_results.take_back": key_results.take_back,
    "key_results.park": key_results.park,
    "key_results.unpark": key_results.unpark,
    "key_results.amend": lambda one, ref: key_results.amend(one, ref, {"statement": "Mine", "target": 2}, "Mine"),
    "key_results.establish": lambda one, ref: key_results.establish(one, ref, 30, 2),
    "key_results.send_back": lambda one, ref: key_results.send_back(one, ref, "Mine?"),
    "key_results.agree": key_results.agree,
    "suggestions.suggest": lambda one, ref: suggestions.suggest(one, ref, "statement", "Mine"),
    "suggestions.take": lambda one, _: suggestions.take(one, "S2", "Mine"),
    "suggestions.decline": lambda one, _: suggestions.decline(one, "S2"),
    "suggestions.take an objective's": lambda one, _: suggestions.take(one, "S1", "Mine"),
    "suggestions.decline an objective's": lambda one, _: suggestions.decline(one, "S1"),
    "quiets.quiet": lambda one, ref: quiets.quiet(one, ref, "number", "Mine"),
    "defences.defend": lambda one, ref: defences.defend(one, ref, "keep", "Mine"),
    "dots.put": dots.put,
    "dots.take_off": dots.take_off,
    "objectives.edit": lambda one, _: objectives.edit(one, "O2", {"title": "Mine"}),
    "objectives.publish": lambda one, _: objectives.publish(one, "O2"),
    "objectives.reword": lambda one, _: objectives.reword(one, "O1", {"title": "Mine", "ambition": "committed"}),
    "objectives.learn": lambda one, _: objectives.learn(one, "O1", "Mine"),
    "objectives.add": lambda one, _: objectives.add(one, team="sales", cycle=None, fields={"title": "Mine"}),
    "objectives.invite": lambda one, _: objectives.invite(one, "O1", ["east"]),
    "objectives.uninvite": lambda one, _: objectives.uninvite(one, "O1", "sales"),
    "invitations.accept": lambda one, _: invitations.accept(one, "O1", "sales", "Mine"),
    "invitations.push_back": lambda one, _: invitations.push_back(one, "O1", "sales", "cannot_measure", "Mine"),
    "invitations.take_back": lambda one, _: invitations.take_back(one, "O1", "sales"),
    "invitations.answer": lambda one, _: invitations.answer(
        one, "O1", "sales", {"answer": "split", "into": ["O2"], "words": "Mine"}
    ),
    "threads.comment": lambda one, ref: threads.comment(one, ref, "Mine"),
    "threads.strike": lambda one, _: threads.strike(one, "C1"),
    "closing.decide": lambda one, ref: closing.decide(one, ref, "change", "Mine"),
    "closing.carry": lambda one, ref: closing.carry(one, ref, "O2"),
    "undo.undo": lambda one, _: undo.undo(one),
    "invitations.release": lambda one, _: invitations.release(one, "O1", "sales", "Mine"),
    "key_results.drop": lambda one, ref: key_results.drop(one, ref, "Mine"),
    "defences.defend by dropping": lambda one, ref: defences.defend(one, ref, "drop", "Mine"),
    "objectives.withdraw": lambda one, _: objectives.withdraw(one, "O1", "Mine"),
}
# These write what is new and change nothing that is there, or note only who has seen it.
# These write words of their own side, note what was seen, or only look.
_APART = {"key_results.add", "invitations.see", "threads.see", "closing.waiting_of", "closing.count_waiting"}


def test_nothing_that_changes_something_is_left_out():
    modules = (*(key_results, suggestions, dots, defences, quiets, undo, objectives, invitations, threads, closing),)
    use_cases = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules
        for name, found in vars(module).items()
        if inspect.isfunction(found)
        and found.__module__ == module.__name__
        and not name.startswith("_")
        and next(iter(inspect.signature(found).parameters), "") == "session"
    }
    assert use_cases == {name.partition(" ")[0] for name in TRIES} | _APART


def try_all(company, handle, ref, queries):
    """Whatever is refused is refused; and what the other pen wrote stays, after each."""
    before = words(company, queries)
    for name, do in TRIES.items():
        with suppress(OkrtuiError):
            do(company.as_(handle), ref)
        assert words(company, queries) == before, f"{handle}: {name}"


@pytest.mark.parametrize("handle", LEADERSHIP)
@pytest.mark.parametrize("stage", STAGES)
def test_leadership_changes_no_word_of_a_key_result(people, stage, handle):
    try_all(people, handle, staged(people, stage), _OF_KEY_RESULTS)


@pytest.mark.parametrize("handle", TEAM)
@pytest.mark.parametrize("stage", STAGES)
def test_the_team_changes_no_word_of_an_objective(people, stage, handle):
    try_all(people, handle, staged(people, stage), _OF_OBJECTIVES)


@pytest.mark.parametrize("handle", READERS)
@pytest.mark.parametrize("stage", STAGES)
def test_a_reader_changes_neither(people, stage, handle):
    try_all(people, handle, staged(people, stage), _OF_BOTH)


def test_the_operator_changes_nothing(people):
    ref = staged(people, draft)
    before = words(people, _OF_BOTH)
    for do in TRIES.values():
        with pytest.raises(OkrtuiError):
            do(people.operator, ref)
    assert words(people, _OF_BOTH) == before


@pytest.mark.parametrize(("handle", "queries"), [("ana", _OF_KEY_RESULTS), ("lea", _OF_OBJECTIVES)])
def test_whose_pen_it_is_changes_them_by_the_same_ways(people, handle, queries):
    """So that the others are refused for whose it is, and not because the tries do nothing."""
    ref = staged(people, draft)
    with pytest.raises(AssertionError):
        try_all(people, handle, ref, queries)


def test_a_whole_export_goes_into_an_empty_file_alone(people):
    ref = staged(people, agreed)
    before = words(people, _OF_BOTH)
    text = "".join(transfer.export(people.operator, whole=True)).replace("Median first answer falls", "Mine")
    with pytest.raises(NotAllowed, match="holds a company already: import into a new file"):
        restore.restore(people.store, restore.read(text.encode()))
    assert words(people, _OF_BOTH) == before
    assert ref == "KR1"


@pytest.mark.parametrize("stage", [returned, amended, questioned])
def test_a_deputy_acts_in_the_open(people, stage):
    """Whatever a deputy brings about says for whom, in the log too."""
    ref = staged(people, stage)
    with people.store.reading() as connection:
        before = events.latest_id(connection)
    for do in TRIES.values():
        with suppress(OkrtuiError):
            do(people.as_("dee"), ref)
    with people.store.reading() as connection:
        told = [event for event in events.after_id(connection, before, 100) if event.side == "leadership"]
        (lea,) = connection.execute("SELECT id FROM person WHERE handle = 'lea'").fetchone()
    assert {event.verb for event in told} >= {"objective.reword", "objective.take", "invitation.release"}
    assert {event.deputy_for for event in told} == {lea}
