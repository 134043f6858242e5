"""What a file that was written elsewhere is read as: CSV, JSON, Markdown, plain text, and what is none of them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core import ideas
from okrtui.core.errors import Invalid
from okrtui.core.ideas import quoted, read


def rows(text):
    sheet = read(text.encode() if isinstance(text, str) else text)
    assert not sheet.problems
    return [(row.place, row.fields.get("statement"), row.objective, row.team) for row in sheet.rows]


def problems(text):
    return list(read(text.encode()).problems)


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_by_its_line_of_names(self, delimiter):
        text = "Statement,Objective,TEAM\nCut refunds,O1,sales\n\n,O1,\n".replace(",", delimiter)
        assert rows(text) == [(2, "Cut refunds", "O1", "sales"), (4, None, "O1", "")]

    def test_of_one_column(self):
        assert rows('statement\n"Cut refunds, all"\nKeep\n') == [(2, "Cut refunds, all", "", ""), (3, "Keep", "", "")]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_a_cell_of_several_lines_counts_them(self, end):
        text = 'statement,done_means\nOne,"a\nb\nc"\nTwo,\n'.replace("\n", end)
        assert [place for place, *_ in rows(text)] == [2, 5]

    def test_fields_and_steps(self):
        (row,) = read(b"statement,kind,Shared With,steps\nMove,milestone,ops,Pilot; Roll-out: 2\n").rows
        steps = [{"name": "Pilot"}, {"name": "Roll-out", "weight": "2"}]
        assert row.fields == {"statement": "Move", "kind": "milestone", "shared_team": "ops", "steps": steps}

    def test_what_an_idea_has_no_place_for_is_left_out(self):
        sheet = read(b"statement,colour\nCut refunds,red\n")
        assert sheet.left_out == ("colour",)
        assert sheet.rows[0].fields == {"statement": "Cut refunds"}

    def test_what_is_over_stays_where_it_is(self):
        sheet = read(b"statement,state\nOne,dropped\nTwo,agreed\nThree,not_agreed\n")
        assert [row.fields["statement"] for row in sheet.rows] == ["Two"]
        assert sheet.over == 2

    def test_too_many_cells(self):
        assert problems("statement,unit\nOne,%,more\nTwo,%,\n") == [
            (2, "It has 3 cells, and the line of names has 2."),
        ]

    @pytest.mark.parametrize("text", ['statement\n"open', 'statement,unit\n"a"b,c\n', "statement\n" + "x" * 200_000])
    def test_what_is_none(self, text):
        assert len(problems(text)) == 1

    def test_names_without_a_statement(self):
        with pytest.raises(Invalid, match='no "statement"'):
            read(b"objective,unit,target\nO1,%,3\n")

    @pytest.mark.parametrize(
        "statement", ["=1+1", "+5% revenue", "-5 days", "@ana", "'=1", "''", "'tis", "a = b", "-5"]
    )
    def test_what_was_quoted_is_read_back(self, statement):
        cell = quoted(statement)
        assert cell[:1] not in "=+@"
        assert rows(f'statement,unit\n"{cell}",\n') == [(2, statement, "", "")]

    @given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
    def test_anything_that_was_quoted_is_read_back(self, statement):
        line = io.StringIO()
        csv.writer(line).writerow([quoted(statement), "x"])
        assert rows("statement,unit\n" + line.getvalue()) == [(2, statement, "", "")]


class TestJson:
    def test_objects_and_sentences(self):
        text = json.dumps([{"statement": "One", "objective": "O1", "team": "sales", "unit": None}, "Two"])
        assert rows(text) == [(1, "One", "O1", "sales"), (2, "Two", "", "")]

    def test_one_object(self):
        assert rows('{"statement": "One"}') == [(1, "One", "", "")]

    def test_what_is_neither(self):
        sheet = read(b'["One", 3, null, [1]]')
        assert (sheet.noun, [place for place, _ in sheet.problems]) == ("Item", [2, 3, 4])

    @pytest.mark.parametrize("text", ["[", "{]", "[" * 100_000, '[{"statement": "One"}', "[1e", f"[{'9' * 5000}]"])
    def test_what_is_cut_off(self, text):
        with pytest.raises(Invalid, match="no whole JSON"):
            read(text.encode())

    @pytest.mark.parametrize(
        "tables", [1, [], {}, {"key_result": [1]}, {"key_result": [{}], "invitation": [], "team": [], "person": []}]
    )
    def test_an_export_of_the_wrong_shape(self, tables):
        with pytest.raises(Invalid, match="export the file anew"):
            read(json.dumps({"tables": tables}).encode())


class TestAList:
    @pytest.mark.parametrize(
        "line",
        [
            *("Cut refunds", "- Cut refunds", "* Cut refunds", "3. Cut refunds", "2) Cut refunds", "• Cut refunds"),
            *(
                "- [ ] Cut refunds",
                "[x] Cut refunds",
                "- KR3: Cut refunds",
                "KR 1.2 - Cut refunds",
                "- **Cut refunds**",
            ),
            *("  - Cut refunds  ", "- KR12: _Cut refunds_"),
        ],
    )
    def test_a_sentence_a_line(self, line):
        assert rows(f"\n{line}\n") == [(2, "Cut refunds", "", "")]

    def test_a_heading_names_the_objective(self):
        text = "Zero\n# Plan of 2027\nOne\n## O12 Win the north\n- Two\n### More\n- Three\n## O3, sales: Win\n- Four\n"
        assert [(statement, under, team) for _, statement, under, team in rows(text)] == [
            ("Zero", "", ""),
            ("One", "", ""),
            ("Two", "O12", ""),
            ("Three", "O12", ""),
            ("Four", "O3", "sales"),
        ]

    def test_what_is_indented_below_a_sentence_is_left_out(self):
        assert [row[1] for row in rows("- One\n  from 3 to 5\n- Two\n\nThree\n  Four\n")] == [
            "One",
            "Two",
            "Three",
            "Four",
        ]

    def test_rules_and_code_are_no_sentences(self):
        assert [row[1] for row in rows("One\n---\n***\n```\ncode\n```\nTwo\n")] == ["One", "Two"]

    def test_what_was_escaped_reads_as_it_was_meant(self):
        assert rows(r"- Cut \*all\* refunds") == [(1, "Cut *all* refunds", "", "")]

    def test_a_table(self):
        assert problems("| One | 3 |\n") == [(1, "It is a row of a table: save the table as CSV.")]


@pytest.mark.parametrize("raw", [b"", b" \n\n", b"# Only a heading\n", b"---\n", b"[]", b"statement\n", "﻿".encode()])
def test_nothing(raw):
    with pytest.raises(Invalid, match="sentence a line"):
        read(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding):
    assert rows("Größe\nstärken\n".encode(encoding)) == [(1, "Größe", "", ""), (2, "stärken", "", "")]


@pytest.mark.parametrize("raw", [b"\xff\xfeo", "Größe".encode("latin-1"), b"\x89PNG\r\n\x1a\n\x00"])
def test_what_is_no_text(raw):
    with pytest.raises(Invalid, match="no text in UTF-8"):
        read(raw)


def test_too_much(monkeypatch):
    monkeypatch.setattr(ideas, "MOST_ROWS", 3)
    assert len(read(b"1x\n2x\n3x\n").rows) == 3
    with pytest.raises(Invalid, match="more than 3 key results"):
        read(b"1x\n2x\n3x\n4x\n")
    monkeypatch.setattr(ideas, "MOST_BYTES", 10)
    with pytest.raises(Invalid, match="in parts"):
        read(b"x" * 11)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_sentence(raw):
    try:
        sheet = read(raw)
    except Invalid:
        return
    assert sheet.rows or sheet.problems or sheet.over
