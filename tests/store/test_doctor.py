from __future__ import annotations

import os

import pytest

from okrtui.store import doctor, sqlite
from okrtui.store.file import Store

SET_UP = """
INSERT INTO person (id, handle, name, login, admin, at) VALUES (1, 'ana', 'Ana', 'ana', 1, 'x');
INSERT INTO team (id, slug, name, parent_id, path, at) VALUES
    (1, 'acme', 'Acme', NULL, '/1/', 'x'), (2, 'sales', 'Sales', 1, '/1/2/', 'x'), (3, 'inside', 'Inside', 2, '/1/2/3/', 'x');
INSERT INTO membership VALUES (1, 1, 'lead', 'x');
INSERT INTO cycle (id, name, starts, ends, at) VALUES (1, '2026-Q4', '2026-10-01', '2026-12-31', 'x');
INSERT INTO objective (id, cycle_id, team_id, title, author_id, at) VALUES (1, 1, 1, 'Buyers are answered', 1, 'x');
INSERT INTO invitation (id, objective_id, team_id, author_id, at) VALUES (1, 1, 2, 1, 'x');
INSERT INTO key_result (id, invitation_id, statement, author_id, at, value, confidence, checked_week) VALUES
    (1, 1, 'First answer falls', 1, 'x', 20, 6, 2), (2, 1, 'Nothing said yet', 1, 'x', NULL, NULL, NULL);
INSERT INTO checkin (key_result_id, week, value, confidence, author_id, at) VALUES (1, 1, 26, 5, 1, 'x'), (1, 2, 20, 6, 1, 'x');
"""


@pytest.fixture(autouse=True)
def _a_sqlite_that_is_mended(monkeypatch):
    monkeypatch.setattr(sqlite, "sqlite_version_info", (3, 53, 0))


@pytest.fixture
def company(store, record):
    """A file with a company, a key result and an event."""
    with store.writing() as connection:
        for statement in SET_UP.strip().split(";\n"):
            connection.execute(statement)
        record(connection)
    return store


def problems(store) -> list[str]:
    return [finding.sentence for finding in doctor.examine(store) if finding.level != "ok"]


def change(store, *statements: str) -> None:
    with store.writing() as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_healthy_file(company):
    assert problems(company) == []
    sentences = [finding.sentence for finding in doctor.examine(company)]
    assert f"SQLite {sqlite.sqlite_version}." in sentences
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_file_without_a_company(store):
    assert {"company has no", "file has no ac"} == {sentence[4:18] for sentence in problems(store)}


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 37, 0), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_which_sqlite_is_affected(company, monkeypatch, version, affected):
    assert doctor.affected_by_wal_reset(version) is affected
    monkeypatch.setattr(sqlite, "sqlite_version_info", version)
    assert any("at the same moment" in sentence for sentence in problems(company)) is affected


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE team SET path = '/1/9/' WHERE id = 2", "The team sales is kept under another path"),
        ("UPDATE team SET path = '/7/' WHERE id = 1", "The team acme is kept under another path"),
        ("UPDATE membership SET role = 'member'", "no active lead"),
        ("UPDATE person SET active = 0", "no active lead"),
        ("UPDATE person SET admin = 0", "no active admin"),
        ("UPDATE key_result SET value = 26 WHERE id = 1", "KR1 shows other numbers"),
        ("UPDATE key_result SET checked_week = 1 WHERE id = 1", "KR1 shows other numbers"),
        ("UPDATE key_result SET confidence = 3 WHERE id = 2", "KR2 shows other numbers"),
        ("CREATE TABLE loose (a)", "The table loose takes values of any type"),
        ("UPDATE setting SET value = '1 x' WHERE name = 'event_head'", "Event 1 is not the one"),
    ],
)
def test_what_is_wrong_is_named(company, statement, sentence):
    change(company, statement)
    assert any(sentence in found for found in problems(company))


def test_a_reference_that_leads_nowhere(company):
    company.connection.execute("PRAGMA foreign_keys = OFF")
    change(company, "UPDATE invitation SET team_id = 99")
    assert any("names a team that is not there" in sentence for sentence in problems(company))


def test_a_table_that_is_gone(company):
    company.connection.execute("PRAGMA foreign_keys = OFF")
    change(company, "DROP TABLE membership")
    assert any("Looking at the roles ended early" in sentence for sentence in problems(company))


def test_a_file_others_may_open(company, path):
    path.chmod(0o644)
    assert any(f"chmod 600 {path}" in sentence for sentence in problems(company))


def test_a_file_of_somebody_else_s(company, path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert any("you are user 12345" in sentence for sentence in problems(company))


def test_a_file_with_two_names(company, path, tmp_path):
    (tmp_path / "second").hardlink_to(path)
    assert any("second name" in sentence for sentence in problems(company))


def test_loose_settings(company):
    company.connection.execute("PRAGMA synchronous = OFF")
    assert any("not waited for" in sentence for sentence in problems(company))


def test_many_of_a_kind_are_counted(company):
    change(company, *(f"CREATE TABLE loose{number} (a)" for number in range(30)))
    assert len(problems(company)) == 21
    assert "… and 10 more of this kind." in problems(company)


def test_it_says_who_is_saving(company):
    with company.writing():
        sentences = [finding.sentence for finding in doctor.examine(company)]
    assert f"Process {os.getpid()} is saving just now." in sentences


def test_text_that_is_none_does_not_end_the_look(company):
    change(company, "UPDATE team SET name = CAST(x'ff41' AS TEXT), path = '/' || CAST(x'ff' AS TEXT) WHERE id = 3")
    assert any("The team inside" in sentence for sentence in problems(company))
    assert any("Words in the table team are no text" in sentence for sentence in problems(company))
    assert company.connection.text_factory is str


@pytest.mark.parametrize("part", [0.2, 0.4, 0.6, 0.8])
def test_damage_is_a_finding(company, path, part):
    company.close()
    content = bytearray(path.read_bytes())
    start = max(4096, int(len(content) * part))
    content[start : start + 20000] = os.urandom(20000)
    path.write_bytes(content)
    found = doctor.examine_file(path)
    assert any(finding.level == "error" for finding in found)


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path):
    (found,) = doctor.examine_file(tmp_path / "okr.db")
    assert (found.level, "There is no file" in found.sentence) == ("error", True)


def test_a_file_at_a_path(path):
    assert len(doctor.examine_file(path)) > 5
    with Store.open(path, wait=0.01) as store, store.writing():
        pass
