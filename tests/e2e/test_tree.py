"""The tree on the command line: what needs care, of each kind, and where a thing with several parents stands."""

from __future__ import annotations

import pytest
from command_line import Shell
from neglect import KINDS, STEADY, WELL, neglected

from okrtui.service import links


@pytest.fixture
def shell_of(company, path, monkeypatch, capsys):
    """A shell on the company's file."""

    def opened():
        shell = Shell(path, monkeypatch, capsys)
        shell.at(company.now.strftime("%Y-%m-%dT%H:%M"))
        return shell

    return opened


def walked(nodes):
    for node in nodes:
        yield node
        yield from walked(node["children"])


def test_what_needs_care_of_each_kind(company, shell_of):
    neglected(company)
    shell = shell_of()
    lines = shell("tree", "--care").splitlines()
    for ref, why in KINDS.items():
        (line,) = [line for line in lines if line.strip().startswith(f"{ref} ")]
        assert why in line
    told = {line.split()[0] for line in lines[1:]}
    assert not told & {*STEADY, *WELL}
    marks = {node["ref"]: node["marks"] for node in walked(shell.json("tree", "--care"))}
    assert all(KINDS[ref] in marks[ref] for ref in KINDS)
    assert marks.keys() >= told


def test_care_of_one_team(company, shell_of):
    neglected(company)
    told = {line.split()[0] for line in shell_of()("tree", "--care", "--team", "sales").splitlines()[1:]}
    assert told >= {"O2", "KR1", "I1", "O4"}
    assert "idle" not in told
    assert "O1" not in told


def test_nothing_needs_care_where_all_is_well(company, shell_of):
    company.store.connection.execute("UPDATE team SET steady = 1")
    assert shell_of()("tree", "--care").splitlines()[-1] == "Nothing needs care."


def test_a_thing_with_two_parents_stands_once_with_what_is_below_it(company, shell_of):
    neglected(company)
    for parent in ("O1", "O2"):
        links.add(company.as_("lea"), "O3", parent)
    links.consent(company.as_("olga"), "O3", "O1")
    lines = [line.strip() for line in shell_of()("tree").splitlines()]
    places = [at for at, line in enumerate(lines) if line.startswith("O3 ")]
    full, again = (lines[at] for at in places)
    assert "also under" in full
    assert lines[places[0] + 1].startswith("KR1 ")
    assert "see under" in again
    assert sum(line.startswith("KR1 ") for line in lines) == 1
