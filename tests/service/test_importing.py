"""Key results from elsewhere: ideas that nobody owns, all of them or none, by anybody, under what was put to a team."""

from __future__ import annotations

import json
import time

import pytest

from okrtui.core.errors import NotAllowed
from okrtui.core.ideas import read
from okrtui.report import sheet
from okrtui.service import activity, importing, invitations, key_results, objectives, overviews, sheets, show, transfer
from okrtui.store import events

TWO = b"statement,kind,baseline,target,unit,owner\nCut refunds from 9% to 6%,decrease,9,6,%,ana\nLaunch it,,,,,\n"
PEOPLE = {"lea": "leadership", "olga": "leadership", "ana": "team", "rob": "reader"}


@pytest.fixture
def accepted(company):
    company.accepted()
    return company


def bring(company, by, raw, **rest):
    return importing.bring_in(company.as_(by), read(raw), **rest)


def stored(company):
    return overviews.all_key_results(company.operator)


def newest(company):
    with company.store.reading() as connection:
        return events.latest_id(connection)


@pytest.mark.parametrize(("by", "side"), PEOPLE.items())
def test_anybody_brings_in_ideas_that_are_the_teams_to_adopt(accepted, by, side):
    report = bring(accepted, by, TWO, under="O1", team="sales")
    assert [(one.place, one.ref, one.objective, one.team, one.reading.verdict) for one in report.ideas] == [
        (2, "KR1", "O1", "sales", "outcome"),
        (3, "KR2", "O1", "sales", "output"),
    ]
    assert [(one.state, one.imported_by, one.owner) for one in stored(accepted)] == [
        ("idea", by, "ana"),
        ("idea", by, None),
    ]
    page = show.key_result(accepted.as_("rob"), "KR1")
    assert [(text.side, text.author) for text in page.texts] == [("import", by)]
    with accepted.store.reading() as connection:
        (event,) = events.of_ref(connection, "KR1")
    assert (event.verb, event.side, event.after["statement"]) == ("kr.import", side, "Cut refunds from 9% to 6%")
    for other in ("lea", "rob"):
        with pytest.raises(NotAllowed):
            key_results.edit(accepted.as_(other), "KR1", {"statement": "Mine"})
        with pytest.raises(NotAllowed):
            key_results.adopt(accepted.as_(other), "KR1")
    with pytest.raises(NotAllowed, match="adopt it first"):
        key_results.edit(accepted.as_("ana"), "KR1", {"statement": "Ours"})
    key_results.adopt(accepted.as_("ana"), "KR1")
    key_results.edit(accepted.as_("ana"), "KR1", {"statement": "Ours"})


def test_the_log_tells_it(accepted):
    bring(accepted, "rob", TWO, under="O1")
    told = [line.text for line in activity.log(accepted.as_("ana"), ref="KR2")]
    assert told == ["imported the idea KR2: Launch it"]


def test_a_dry_run_writes_nothing(accepted):
    before = newest(accepted)
    report = bring(accepted, "rob", TWO, under="O1", dry_run=True)
    assert [one.ref for one in report.ideas] == ["", ""]
    assert [one.reading.verdict for one in report.ideas] == ["outcome", "output"]
    assert newest(accepted) == before
    assert stored(accepted) == []


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_row_that_will_not_do_keeps_all_of_them_out(accepted, dry_run):
    before = newest(accepted)
    raw = (
        b"statement,objective,team,owner,target,control,shared_team\n"
        b"Good,O1,sales,,,,\n"
        b"Where,,,,,,\n"
        b"Nowhere,O99,,,,,\n"
        b"Nothing,KR1,,,,,\n"
        b"Other team,O1,acme,,,,\n"
        b"No team,O1,nowhere,,,,\n"
        b",O1,,,,,\n"
        b"Words,O1,,,soon,,\n"
        b"Not theirs,O1,,lea,,,\n"
        b"Nobody,O1,,nemo,,,\n"
        b"Nobody's,O1,,,,shared,nowhere\n" + b"L" * 300 + b",O1,,,,,\n"
    )
    report = bring(accepted, "ana", raw, dry_run=dry_run)
    assert report.ideas == ()
    sentences = dict(report.problems)
    assert list(sentences) == list(range(3, 14))
    for place, part in {
        3: "--under O12",
        4: "There is no O99",
        5: "KR1",
        6: "was not put to Acme",
        7: "No team is called",
        8: "The statement is missing",
        9: "takes a number",
        10: "the team's to own",
        11: "Nobody here is called",
        12: "No team is called",
        13: "200",
    }.items():
        assert part in sentences[place]
    assert all("\n" not in sentence and len(sentence) < 300 for sentence in sentences.values())
    assert newest(accepted) == before
    assert stored(accepted) == []


def test_what_could_not_be_read_keeps_all_of_them_out(accepted):
    report = bring(accepted, "ana", b'["Good", 7]', under="O1")
    assert report == importing.Report((), ((2, "It is neither an object nor a sentence."),))
    assert stored(accepted) == []


def test_under_goes_before_what_a_row_says(accepted):
    accepted.objective()
    report = bring(accepted, "ana", b"statement,objective,team\nOne,O99,acme\n", under="o2", team="sales")
    assert [(one.objective, one.team) for one in report.ideas] == [("O2", "sales")]


def test_an_invitation_that_takes_nothing_more(accepted):
    objectives.withdraw(accepted.as_("lea"), "O1", "Another year")
    report = bring(accepted, "rob", b"One\nTwo\n", under="O1")
    assert [sentence for _, sentence in report.problems] == [
        "O1 is withdrawn: ideas stand under an invitation that is open or accepted; ask leadership for one (c)."
    ] * 2


def test_a_released_team_and_a_closed_cycle(accepted):
    invitations.release(accepted.as_("lea"), "O1", "sales", "Not this quarter")
    assert "is released" in bring(accepted, "ana", b"One\n", under="O1").problems[0][1]
    accepted.objective()
    accepted.running().scoring()
    assert "2026-Q4 is scoring" in bring(accepted, "ana", b"One\n", under="O2").problems[0][1]


def test_the_operator_has_no_pen(accepted):
    with pytest.raises(NotAllowed, match="no person in it"):
        importing.bring_in(accepted.operator, read(b"One\nTwo\n"), under="O1")


def test_hostile_words_are_cleaned(accepted):
    raw = json.dumps([{"statement": "Cut\x1b]52;c;aGk=\x07 \u202erefunds\n now", "unit": "h\x00"}]).encode()
    (idea,) = bring(accepted, "rob", raw, under="O1").ideas
    assert idea.statement == "Cut]52;c;aGk= refunds now"
    assert [(one.statement, one.unit) for one in stored(accepted)] == [(idea.statement, "h")]


def test_steps_and_shared_control_come_along(accepted):
    raw = b"statement,kind,steps,control,shared_team\nMove,milestone,Pilot; Roll-out: 2,shared,acme\n"
    bring(accepted, "ana", raw, under="O1")
    fields = show.key_result(accepted.as_("ana"), "KR1").fields
    assert fields["steps"] == [{"name": "Pilot", "weight": 1.0}, {"name": "Roll-out", "weight": 2.0}]
    assert (fields["control"], fields["shared_team"]) == ("shared", "acme")


def test_what_stops_it_midway_leaves_nothing(accepted):
    before = newest(accepted)

    def interrupted(done):
        raise KeyboardInterrupt

    raw = "\n".join(f"Sentence {number}" for number in range(500)).encode()
    with pytest.raises(KeyboardInterrupt):
        bring(accepted, "ana", raw, under="O1", progress=interrupted)
    assert newest(accepted) == before
    assert stored(accepted) == []


def test_thousands_take_seconds(accepted):
    told = []
    raw = "\n".join(f"Cut refunds in shop {number} from 9% to 6%" for number in range(5_000)).encode()
    began = time.process_time()
    report = bring(accepted, "ana", raw, under="O1", progress=told.append)
    assert len(report.ideas) == 5_000
    assert told == list(range(200, 5_001, 200))
    assert time.process_time() - began < 10


# Round trips: what one file gives, another takes.

FIELDS = {
    "increase": {"statement": "=Grow 'it'", "kind": "increase", "baseline": 1.5, "target": 12, "unit": "%"},
    "milestone": {"statement": '-Move, "all" *now*', "kind": "milestone", "steps": [{"name": "A", "weight": 2.5}]},
    "maintain": {"statement": "+Keep", "kind": "maintain", "low": -3, "high": 0.1, "weight": 0},
    "binary": {"statement": "@Sign", "kind": "binary", "done_means": "One\nTwo", "week_nine": 'Yes, "we" would'},
    "establish": {"statement": "Learn", "kind": "establish", "measure": "NPS", "baseline_due": "2026-11-01"},
    "shared": {"statement": "Share [it](x)", "control": "shared", "shared_team": "acme", "owner": "ana"},
}


@pytest.fixture
def whole(accepted):
    for fields in FIELDS.values():
        key_results.add(accepted.as_("ana"), "O1", "sales", dict(fields))
    return accepted


def fields_of(company, first, last):
    return [show.key_result(company.as_("ana"), f"KR{number}").fields for number in range(first, last + 1)]


@pytest.mark.parametrize("way", ["csv", "export"])
def test_what_goes_out_comes_in_as_it_was(whole, way):
    if way == "csv":
        raw = "".join(sheet.as_csv(sheets.rows(whole.as_("rob")))).encode()
    else:
        raw = "".join(transfer.export(whole.as_("rob"), whole=False)).encode()
    report = bring(whole, "rob", raw)
    assert report.problems == ()
    assert [one.ref for one in report.ideas] == [f"KR{number}" for number in range(7, 13)]
    assert fields_of(whole, 1, 6) == fields_of(whole, 7, 12)


def test_sentences_come_back_from_markdown(whole):
    raw = "".join(sheet.as_markdown(sheets.rows(whole.as_("rob")))).encode()
    report = bring(whole, "rob", raw)
    assert [(one.statement, one.objective, one.team) for one in report.ideas] == [
        (fields["statement"], "O1", "sales") for fields in FIELDS.values()
    ]


def test_no_cell_is_a_formula(whole):
    lines = "".join(sheet.as_csv(sheets.rows(whole.as_("rob"))))
    assert {"'=Grow", "'+Keep", "'@Sign"} <= {part.split(" ")[0] for part in lines.split(",")}
