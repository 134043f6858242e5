"""The report of a cycle: what is in it, and that what people typed stays as they typed it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from okrtui.cli import reports
from okrtui.report.markdown import literal


@pytest.fixture
def scored(scoring):
    """A quarter with an agreed score, a pushback, learning; a second key result, dropped; a team that was asked nothing."""
    scoring("cycle", "back", "2026-Q4", "-m", "One more")
    scoring(
        "--as", "ben", "invitation", "push-back", "O1", "--reason", "cannot_measure", "-m", "Nights are not in the log"
    )
    scoring("--as", "lea", "invitation", "answer", "O1", "--with", "explained", "-m", "The desk logs them now")
    scoring("--as", "ana", "kr", "add", "O1", "Nights | covered", "--kind", "binary", "--done-means", "A desk at night")
    scoring("--as", "ana", "kr", "drop", "KR2", "-m", "Moved to January")
    scoring("cycle", "advance", "2026-Q4")
    scoring("--as", "ana", "score", "KR1", "--side", "self", "--value", "0.6", "-m", "Weekends")
    scoring("--as", "lea", "score", "KR1", "--side", "manager", "--value", "0.3", "-m", "Nights")
    scoring("--as", "ana", "reveal", "KR1")
    scoring("--as", "ana", "calibrate", "KR1", "--value", "0.4", "-m", "Nights were in the why")
    scoring("--as", "lea", "confirm", "KR1")
    scoring("--as", "lea", "objective", "learn", "O1", "-m", "Nights need people, not tools")
    return scoring


def test_as_text(scored):
    said = scored("report")
    for words in (
        "Acme: 2026-Q4",
        "2026-10-01 to 2026-12-31, scoring, week 14 of 14. As of 2026-12-29T10:00:00Z.",
        "Sales (sales)\n  O1  Buyers get their answer the same day (aspirational, set by Sales)",
        "33%, 1 of 1 reporting",
        "Score 0.40",
        "accepted: We answer every inbound request from one queue",
        "26 → 20 → 8 hours",
        "0.4: short of the aim of 0.7, what would have taken it there? Nights were in the why",
        "dropped at no data: Moved to January",
        "Pushback 1, we cannot measure it: Nights are not in the log — explained: The desk logs them now",
        "Learnt: Nights need people, not tools",
        "Support (support)\n  No objective was put to it.",
    ):
        assert words in said


def test_as_json(scored):
    found = scored.json("report")
    assert scored("report", "--format", "json") == scored("report", "--json")
    assert [team["team"] for team in found["teams"]] == ["acme", "sales", "support"]
    (objective,) = found["teams"][1]["objectives"]
    assert objective["progress"] == pytest.approx(1 / 3)
    assert objective["reporting"] == {"reporting": 1, "of": 1}
    assert (objective["score"], objective["unscored"]) == (0.4, [])
    assert [one["ref"] for one in objective["key_results"]] == ["KR1", "KR2"]
    assert objective["key_results"][0]["agreed_score"] == 0.4
    assert objective["pushbacks"][0]["answer"] == "explained"


def test_of_a_team_with_all_below_it(scored):
    scored("team", "add", "nights", "--under", "sales")
    assert [team["team"] for team in scored.json("report", "--team", "sales")["teams"]] == ["sales", "nights"]


def test_a_steady_team_that_was_asked_nothing_is_left_out(scored):
    scored("team", "steady", "support")
    assert [team["team"] for team in scored.json("report")["teams"]] == ["acme", "sales"]


def test_of_a_cycle_named(scored):
    scored("cycle", "add", "2027-Q1", "--starts", "2027-01-01", "--ends", "2027-03-31")
    assert scored.json("report", "--cycle", "2027-q1")["phase"] == "drafting"
    assert scored.json("report")["cycle"] == "2026-Q4"


def test_no_person_stands_beside_a_number(scored):
    for form in ("text", "md", "html", "json"):
        said = scored("report", "--format", form)
        assert not re.search(r"\b(ana|ben|lea|olga)\b", said.lower())


def test_into_a_file(scored, tmp_path):
    target = tmp_path / "quarter.md"
    assert scored("report", "--format", "md", "-o", str(target)) == ""
    assert target.read_text("utf-8").strip() == scored("report", "--format", "md")
    sentence = scored.refused("report", "-o", str(tmp_path / "no" / "quarter.md"), status=2)
    assert "cannot be written (No such file or directory)" in sentence


def test_a_page_that_asks_nothing_of_the_network(scored, tmp_path):
    scored("cycle", "back", "2026-Q4", "-m", "More")
    scored("--as", "ana", "kr", "add", "O1", "<script>alert('x')</script>", "--kind", "binary")
    scored("--as", "ana", "kr", "drop", "KR3", "-m", "<img src=http://example.org/x onerror=alert(1)>")
    target = tmp_path / "quarter.html"
    assert scored("report", "--format", "html", "-o", str(target)) == ""
    page = target.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>\n<html")
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in page
    assert not re.search(r"<script|<img|<link|<iframe|src=[\"']|href=[\"'](?!#)|url\(", page)
    assert "Nights need people, not tools" in page


def test_signals_and_scores_look_back_over_cycles(scored):
    scored("cycle", "add", "2027-Q1", "--starts", "2027-01-01", "--ends", "2027-03-31")
    found = scored.json("report", "--cycle", "2027-Q1")
    assert found["cycles"] == ["2026-Q4", "2027-Q1"]
    assert [one["score"] for one in found["scores"]] == [0.4, None]
    gap = next(one for one in found["signals"] if one["signal"] == "gap")
    assert [one["gap"] for one in gap["cycles"]] == [pytest.approx(0.3), None]
    assert scored.json("report", "--cycle", "2027-Q1", "--cycles", "1")["cycles"] == ["2027-Q1"]
    assert "0" in scored.refused("report", "--cycles", "0", status=2)


def test_the_signals_of_a_team_say_what_was_done(scored):
    found = {one["signal"]: one for one in scored.json("report", "--team", "sales")["signals"]}
    assert found["pushbacks"]["cycles"][0]["raised"] == 1
    assert found["first_typed"]["cycles"][0]["share"] == 1.0
    assert found["gap"]["cycles"][0]["text"] == "0.30 apart over 1 key result, the team higher by 0.30"
    said = scored("report", "--team", "sales")
    assert "Where do the two sides mean different things by the same words?" in said


def test_into_what_is_no_file(scored, tmp_path):
    link = tmp_path / "link.md"
    link.symlink_to(tmp_path / "there.md")
    scored("report", "-o", str(link))
    assert link.is_symlink()
    assert "Acme: 2026-Q4" in (tmp_path / "there.md").read_text("utf-8")
    scored("report", "-o", "/dev/null")
    assert Path("/dev/null").is_char_device()
    assert "Is a directory" in scored.refused("report", "-o", str(tmp_path), status=2)


def test_what_was_there_keeps_its_rights(scored, tmp_path):
    target = tmp_path / "quarter.txt"
    target.write_text("before")
    target.chmod(0o600)
    scored("report", "-o", str(target))
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("where", ["okrtui.report.history.count", "pathlib.Path.replace", "okrtui.report.html.render"])
def test_stopped_it_leaves_what_was_there(scored, tmp_path, monkeypatch, where):
    def stop(*_):
        raise KeyboardInterrupt

    target = tmp_path / "out" / "quarter.html"
    target.parent.mkdir()
    target.write_text("before")
    monkeypatch.setattr(where, stop)
    if "html" in where:
        monkeypatch.setitem(reports._RENDER, "html", stop)
    assert scored.call("report", "--format", "html", "-o", str(target)).status == 130
    assert [path.name for path in target.parent.iterdir()] == ["quarter.html"]
    assert target.read_text() == "before"


def test_a_long_reading_says_how_far_it_is_and_takes_its_line_away(scored, monkeypatch):
    scored("cycle", "add", "2027-Q1", "--starts", "2027-01-01", "--ends", "2027-03-31")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert scored.call("report", "--cycle", "2027-Q1").err == ""
    monkeypatch.setattr(reports, "_QUIET_SECONDS", 0.0)
    lines = scored.call("report", "--cycle", "2027-Q1").err.split("\r")
    assert lines[1:3] == ["Read   1 of 2 cycles. ctrl+c stops.", "Read   2 of 2 cycles. ctrl+c stops."]
    assert not "".join(lines[3:]).strip()


HOSTILE = (
    "a | b",
    "`code` and ``more``",
    "*bold* __too__ ~~gone~~",
    "[link](http://example.org) ![image](x.png) <http://example.org>",
    "http://example.org www.example.org",
    "<script>alert(1)</script> &amp; &#64;",
    "# heading",
    "- list",
    "+ list",
    "1. list",
    "2) list",
    "> quote",
    "---",
    "===",
    "```",
    "\\ back \\| slash",
    "[^1] [x]: y",
    "$x$ @ana #12",
    "    indented",
    "trailing\\",
)


def shown(markdown):
    """The words that a renderer shows of Markdown, and the kinds of things it found in them."""
    tokens = MarkdownIt("gfm-like").parse(markdown)
    inline = [child for token in tokens if token.type == "inline" for child in token.children]
    text = "".join("\n" if child.content == "<br>" else child.content for child in inline)
    return text, {token.type for token in tokens} | {child.type for child in inline if child.content != "<br>"}


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_what_was_typed(text):
    words, kinds = shown(literal(text))
    assert words == text.strip()
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}


def test_markdown_keeps_line_breaks():
    assert shown(literal("one\n- two\n\n# three"))[0] == "one\n- two\n\n# three"


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_of_a_whole_report_keeps_its_shape(scored, text):
    scored("cycle", "back", "2026-Q4", "-m", "More")
    scored("--as", "lea", "objective", "reword", "O1", "--title", text, "--why", f"{text}\n{text}")
    scored("--as", "ana", "kr", "amend", "KR1", "--statement", text, "--unit", text[:40], "-m", "So")
    tokens = MarkdownIt("gfm-like").parse(scored("report", "--format", "md"))
    kinds = [token.type for token in tokens]
    assert kinds.count("heading_open") == 7
    assert kinds.count("table_open") == 1
    assert kinds.count("tr_open") == 3
    assert kinds.count("td_open") == 10
    assert not {"fence", "code_block", "html_block", "blockquote_open", "ordered_list_open", "hr"} & set(kinds)
    words = [token.content for token in tokens if token.type == "inline"]
    assert any(shown(word)[0].startswith(f"O1 {text.strip()}") for word in words)


def test_an_empty_cycle(shell):
    assert "No objective was put to it." in shell("report")
    assert json.loads(shell("report", "--json"))["teams"][0]["objectives"] == []
