"""The owner's whole export, out of one file and into a new one; and every document that is none."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrtui.core.errors import Invalid, NotAllowed, OkrtuiError
from okrtui.core.model import ScoreSide
from okrtui.service import checkins, invitations, key_results, objectives, scores, setup, threads, transfer
from okrtui.service.restore import read, restore
from okrtui.store import events, tables
from okrtui.store.file import Store

NOW = "2026-12-29T10:00:00Z"


def document(company, *, whole=True, by=None):
    session = company.operator if by is None else company.as_(by)
    return json.loads("".join(transfer.export(session, whole=whole)))


def put(tmp_path, found, name="new.db"):
    """A new file made of a document."""
    raw = found if isinstance(found, bytes) else json.dumps(found).encode()
    parsed = read(raw)
    return Store.create(tmp_path / name, rehearsal=False, now=NOW, fill=lambda store: restore(store, parsed))


@pytest.fixture
def quarter(company):
    """A quarter with something of everything that the services write."""
    first = company.agreed()
    company.team("support")
    company.person("sam", leads=("support",))
    milestone = {"kind": "milestone", "steps": [{"name": "Night desk"}, {"name": "Weekend desk", "weight": 2}]}
    steps = company.agreed("O1", statement="Both desks are open", **milestone)
    key_results.guide(company.as_("ana"), first, {"low": "Weekends", "middle": "", "high": "Nights"}, "Asked for")
    invitations.push_back(company.as_("ben"), "O1", "sales", "cannot_measure", "Nights are not in the log")
    objectives.reword(company.as_("lea"), "O1", {"title": "Buyers get their answer within the hour"})
    invitations.answer(company.as_("lea"), "O1", "sales", {"answer": "reworded"})
    setup.name_deputy(company.as_("lea"), "sales", "ben", until=company.now.date())
    company.running().at("2026-11-27")
    company.checked_in(first)
    company.checked_in(first, 19, 7, 'Nights too 🌙 "quoted" \\ and\nlines')
    checkins.check_in(company.as_("ana"), steps, {"confidence": 8, "steps": ("Night desk",)})
    key_results.amend(company.as_("ana"), first, {"target": 10}, "Nights moved")
    threads.comment(company.as_("rob"), first, "Well done, @ana and @lea")
    company.scoring().at("2026-12-29")
    for ref in (first, steps):
        scores.write(company.as_("ana"), ref, ScoreSide.SELF, 0.4, "Weekends, not nights")
    scores.write(company.as_("lea"), first, ScoreSide.MANAGER, 0.3, "Nights were the point")
    scores.reveal(company.as_("ana"), [first])
    scores.calibrate(company.as_("ana"), first, 0.3, "Agreed")
    objectives.learn(company.as_("lea"), "O1", "Nights need people")
    return company


@pytest.fixture
def whole(quarter):
    return document(quarter)


def test_every_table_is_exported(empty):
    """But for those of the search, which whoever imports it builds anew."""
    found = empty.store.connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    )
    assert {name for (name,) in found if not name.startswith(("sqlite_", "_"))} == set(tables.TABLES)


def test_out_and_in_and_out_again_is_the_same(quarter, whole, tmp_path):
    filled = {name for name, rows in whole["tables"].items() if rows}
    assert {"sealed_score", "score", "calibration", "pushback", "checkin_text", "key_result_step", "mention"} <= filled
    with put(tmp_path, whole) as store:
        quarter.store = store
        assert document(quarter) == whole
        with store.reading() as connection:
            assert list(events.verify(connection)) == []
        # Life goes on in the new file, and its chain with it.
        scores.confirm(quarter.as_("lea"), "KR1")
        with store.reading() as connection:
            assert list(events.verify(connection)) == []


def test_the_same_file_gives_the_same_text(quarter):
    assert list(transfer.export(quarter.operator, whole=True)) == list(transfer.export(quarter.operator, whole=True))


def test_a_file_that_was_only_laid_out_takes_it(whole, tmp_path):
    with Store.create(tmp_path / "laid-out.db", rehearsal=False, now=NOW) as store:
        restore(store, read(json.dumps(whole).encode()))
        with store.reading() as connection:
            assert connection.execute("SELECT count(*) FROM person").fetchone() == (len(whole["tables"]["person"]),)


def test_a_file_that_holds_something_does_not(quarter, whole):
    before = document(quarter)
    with pytest.raises(NotAllowed, match="holds a company already: import into a new file"):
        restore(quarter.store, read(json.dumps(whole).encode()))
    assert document(quarter) == before


class TestInPart:
    def test_lacks_what_not_everybody_may_see(self, quarter):
        found = document(quarter, whole=False, by="rob")
        assert found["partial"] is True
        assert not {"setting", "sealed_score", "event"} & set(found["tables"])
        assert not any("login" in row for row in found["tables"]["person"])
        assert found["tables"]["mention"] == []
        assert len(document(quarter, whole=False, by="ana")["tables"]["mention"]) == 1
        assert any("checked in KR1" in line["text"] for line in found["log"])
        text = json.dumps(found)
        assert "salt" not in text
        assert "digest" not in text

    def test_lacks_the_growth_of_others(self, quarter):
        with quarter.store.writing() as connection:
            (ana,) = connection.execute("SELECT id FROM person WHERE handle = 'ana'").fetchone()
            row = (1, ana, "Speak up in reviews", NOW)
            sql = "INSERT INTO commitment (cycle_id, person_id, kind, words, at) VALUES (?, ?, 'development', ?, ?)"
            connection.execute(sql, row)
        for who, count in (("ana", 1), ("lea", 1), ("ben", 0), ("olga", 0), ("rob", 0)):
            assert len(document(quarter, whole=False, by=who)["tables"]["commitment"]) == count, who

    def test_is_not_taken(self, quarter, tmp_path):
        with pytest.raises(NotAllowed, match=r"That export is partial.*ask the file's owner for theirs"):
            put(tmp_path, document(quarter, whole=False, by="ana"))


# Each changes a whole document so that it is none any more.
def _set(table, column, value, row=0):
    def change(found):
        found["tables"][table][row][column] = value

    return change


def _drop(*path):
    def change(found):
        for key in path[:-1]:
            found = found[key]
        del found[path[-1]]

    return change


def _add(table, **row):
    return lambda found: found["tables"].setdefault(table, []).append(row)


def _again(table):
    return lambda found: found["tables"][table].append(found["tables"][table][0])


DAMAGED = {
    "another format": lambda found: found.update(format="a letter"),
    "no format": _drop("format"),
    "another version": lambda found: found.update(schema=99),
    "a version in words": lambda found: found.update(schema="1"),
    "something more": lambda found: found.update(more=1),
    "no tables": _drop("tables"),
    "tables that are a list": lambda found: found.update(tables=[]),
    "a table missing": _drop("tables", "checkin"),
    "a table of another": _add("users", id=1),
    "a table that is no list": lambda found: found["tables"].update(person={}),
    "a row that is no object": lambda found: found["tables"]["person"].append(1),
    "a column missing": _drop("tables", "person", 0, "login"),
    "a column of another": _set("person", "password", "x"),
    "a row twice": _again("person"),
    "two people of one login": lambda found: found["tables"]["person"][1].update(login="olga"),
    "a text for a number": _set("person", "active", "yes"),
    "a number for a text": _set("person", "name", 7),
    "a number in words": _set("person", "active", "1"),
    "a broken number for a whole one": _set("person", "active", 1.0),
    "a truth for a number": _set("person", "active", True),
    "a list for a text": _set("person", "name", ["Olga"]),
    "nothing where something must be": _set("person", "name", None),
    "a number beyond all columns": _set("person", "version", 2**70),
    "a title too long": _set("objective", "title", "x" * 201),
    "a note too long": _set("objective", "why", "x" * 10_001),
    "a state there is none of": _set("key_result", "state", "done"),
    "a confidence of 11": _set("checkin", "confidence", 11),
    "a score of 4": _set("score", "value", 40),
    "a person who is not there": _set("objective", "author_id", 99),
    "a team that is not there": _set("membership", "team_id", 99),
    "a team under another path": _set("team", "path", "/7/", row=1),
    "a team above itself": _set("team", "parent_id", 2, row=1),
    "two companies": _set("team", "parent_id", None, row=1),
    "no company's lead": lambda found: found["tables"].update(membership=[], deputy=[]),
    "no admin": lambda found: [row.update(admin=0) for row in found["tables"]["person"]],
    "a day that is none": _set("cycle", "starts", "2026-02-30"),
    "a time that is none": _set("key_result", "agreed_at", "soon"),
    "a trend that is none": _set("key_result", "trend", "[[1]]"),
    "steps that are none": _set("checkin", "steps", "{}"),
    "numbers that are none": _set("key_result_text", "numbers", "]"),
    "numbers nested without end": _set("key_result_text", "numbers", "[" * 100_000),
    "another number than was checked in": _set("key_result", "value", 3.0),
    "an event changed": lambda found: found["tables"]["event"][3].update(verb="team.archive"),
    "an event's words changed": lambda found: found["tables"]["event"][3].update(
        payload='{"before":{},"after":{"a":1}}'
    ),
    "an event that says nothing": lambda found: found["tables"]["event"][3].update(payload="[]"),
    "an event missing": _drop("tables", "event", 3),
    "the last event missing": _drop("tables", "event", -1),
    "no events": lambda found: found["tables"].update(event=[]),
}


@pytest.mark.parametrize("change", DAMAGED.values(), ids=DAMAGED)
def test_a_document_that_was_changed_is_refused_whole(whole, tmp_path, change):
    change(whole)
    with pytest.raises((Invalid, NotAllowed)) as refusal:
        put(tmp_path, whole)
    assert len(str(refusal.value)) < 500
    assert "\n" not in str(refusal.value)
    assert [found.name for found in tmp_path.iterdir() if "new" in found.name] in ([], ["new.db.lock"])


@pytest.mark.parametrize("change", DAMAGED.values(), ids=DAMAGED)
def test_nothing_of_it_stays_in_a_file_that_was_laid_out(whole, tmp_path, change):
    change(whole)
    with Store.create(tmp_path / "laid-out.db", rehearsal=False, now=NOW) as store:
        with pytest.raises((Invalid, NotAllowed)):
            restore(store, read(json.dumps(whole).encode()))
        with store.reading() as connection:
            assert tables.is_empty(connection)
            assert connection.execute("SELECT value FROM setting WHERE name = 'created'").fetchone() == (NOW,)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"7",
        b"{",
        b"A letter",
        b"\xff\xfe",
        b'{"format": "okrtui export", "schema": 1, "partial": false}',
        b'{"format": "okrtui export", "schema": 1, "partial": 0, "tables": {}}',
        b"[" * 100_000,
        "﻿{}".encode(),
    ],
)
def test_what_is_no_document(raw):
    with pytest.raises(Invalid) as refusal:
        read(raw)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    "literal", ["NaN", "Infinity", "-Infinity", "1e999", '"\\ud800"', "123456789012345678901234567890"]
)
def test_numbers_and_texts_that_no_file_holds(whole, tmp_path, literal):
    whole["tables"]["key_result"][0]["baseline"] = 4711.5
    raw = json.dumps(whole).replace("4711.5", literal).encode()
    with pytest.raises(Invalid):
        put(tmp_path, raw)


def test_cut_off_anywhere(whole, tmp_path):
    raw = json.dumps(whole).encode()
    for end in range(0, len(raw), len(raw) // 40):
        with pytest.raises(Invalid):
            put(tmp_path, raw[:end])


def test_what_a_terminal_obeys_is_taken_out(whole, tmp_path):
    whole["tables"]["objective"][0]["title"] = "Buyers\x1b]52;c;aGk=\x07 get\u202e it"
    with put(tmp_path, whole) as store, store.reading() as connection:
        assert connection.execute("SELECT title FROM objective").fetchone() == ("Buyers]52;c;aGk= get it",)


_VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just([]) | st.just({})


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_one_value_changed_is_refused_or_taken_and_then_whole(whole, tmp_path_factory, data):
    found = copy.deepcopy(whole)
    table = data.draw(st.sampled_from([name for name, rows in found["tables"].items() if rows]))
    row = data.draw(st.sampled_from(found["tables"][table]))
    row[data.draw(st.sampled_from(sorted(row)))] = data.draw(_VALUES)
    folder = tmp_path_factory.mktemp("one")
    try:
        store = put(folder, json.dumps(found).encode())
    except OkrtuiError:
        return
    with store, store.reading() as connection:
        assert list(events.verify(connection)) == []
        assert connection.execute("SELECT count(*) FROM pragma_foreign_key_check").fetchone() == (0,)
