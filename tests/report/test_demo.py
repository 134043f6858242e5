"""What the reports of the small demo tell, and whom they leave out."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from made import signal

from okrtui.cli import output
from okrtui.report import contents, html, markdown, text
from okrtui.report.shape import shape
from okrtui.service import cycles
from okrtui.store import people

RENDER = {
    "text": text.render,
    "md": markdown.render,
    "html": html.render,
    "json": lambda report: output.as_json(shape(report)),
}
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
TAGS = re.compile(r"<[^>]*>")


def test_the_story_shows_in_the_signals(demo):
    report = contents.build(demo)
    assert report.cycles == ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
    gaps = [figure.main for figure in signal(report.signals, "gap").figures]
    assert gaps[:4] == sorted(gaps[:4], reverse=True)
    assert gaps[0] > 0.25
    assert gaps[4] is None
    seen = {one.definition.key: {see.team for see in one.sightings} for one in report.signals if one.sightings}
    assert {"Sales", "Marketing"} <= {team for teams in seen.values() for team in teams}
    assert seen["all_top"] == seen["always_equal"] == seen["added_late"] == {"Marketing"}
    assert "Sales" in seen["eased"]
    assert "25 % → 18 %" in "".join(one.text for one in signal(report.signals, "eased").sightings)
    rhythm = signal(report.signals, "rhythm").figures
    assert rhythm[4].main > 0.7 > rhythm[0].main
    assert [one.score is None for one in report.scores] == [False, False, False, False, True]


def test_of_one_team_it_says_everything_once(demo):
    report = contents.build(demo, team="marketing")
    assert report.about == "Marketing"
    assert [team.signals for team in report.teams] == [()]
    assert [team.scores for team in report.teams] == [()]
    assert signal(report.signals, "all_top").sightings


def typed_words(report):
    """What people typed, which may name anybody: put aside where numbers beside names are looked for."""
    silent = [
        replace(
            team,
            minutes=(),
            objectives=tuple(
                replace(
                    one,
                    title="Words",
                    why="",
                    straight_line="",
                    pushbacks=(),
                    learning=None,
                    key_results=tuple(replace(kr, statement="Words", remark="", reason="") for kr in one.key_results),
                )
                for one in team.objectives
            ),
        )
        for team in report.teams
    ]
    return replace(report, teams=tuple(silent))


@pytest.mark.parametrize("format_", RENDER)
def test_no_report_lists_people_with_numbers(demo, report, format_):
    """Not one handle or name stands in what the program says by itself, so that no two stand there with a number each."""
    everybody = people.everybody(demo.store.connection)
    names = {name for one in everybody for name in (one.handle, one.name)} - {"people"}
    said = RENDER[format_](typed_words(report))
    found = {name for name in names if re.search(rf"(?<!\w)@?{re.escape(name)}(?!\w)", said)}
    assert found == set()


@pytest.mark.parametrize("format_", ["text", "md", "html"])
def test_no_line_pairs_two_handles_with_a_number_each(demo, report, format_):
    """The same of everything that is in a report, the words of people too: no row is a list of people and numbers."""
    handles = {one.handle for one in people.everybody(demo.store.connection)}
    for line in RENDER[format_](report).split("\n"):
        plain = TAGS.sub(" ", line)
        assert len(re.findall(r"@(\w+)\W+" + NUMBER.pattern, plain)) < 2, line
        assert not (handles & set(re.findall(r"^\W*(\w+)\W+" + NUMBER.pattern + r"\W*$", plain))), line


@pytest.mark.parametrize("format_", RENDER)
def test_every_format_tells_every_signal(report, format_):
    said = RENDER[format_](report)
    for one in report.signals:
        for words in (one.definition.name, one.definition.question):
            assert words in said.replace("&#x27;", "'")
        if format_ == "json":
            continue
        for figure in one.figures:
            assert figure.text.split(",")[0] in said.replace("\\", "")


def test_json_is_one_object_with_stable_names(report):
    found = json.loads(RENDER["json"](report))
    assert set(found) == {
        "company", "cycle", "starts", "ends", "phase", "week", "weeks", "at", "about", "cycles", "signals", "scores", "teams",
    }  # fmt: skip
    for one in found["signals"]:
        assert set(one) == {"signal", "name", "counts", "question", "watched", "raised", "cycles", "seen"}
        assert [figure["cycle"] for figure in one["cycles"]] == found["cycles"]
    assert set(found["scores"][0]) == {"cycle", "score", "objectives"}


def test_what_a_cycle_was_closed_over_stands_with_its_team(company):
    """Which team left what open, and when; by whom is in the log: no report names anybody."""
    company.agreed()
    company.running().at("2026-12-28")
    company.scoring()
    cycles.advance(company.as_("olga"), "2026-Q4", over=True)
    report = contents.build(company.operator, "2026-Q4")
    (sales,) = [team for team in report.teams if team.slug == "sales"]
    assert [(one.ref, one.kind, one.day) for one in sales.left_open] == [("KR1", "score", "2026-12-28")]
    for format_ in ("text", "md", "html"):
        assert "Left open when the cycle was closed on 2026-12-28" in RENDER[format_](report).replace("\\", "")
        assert "KR1: no agreed score" in RENDER[format_](report)
        assert "olga" not in RENDER[format_](report)
    (told,) = [team for team in json.loads(RENDER["json"](report))["teams"] if team["team"] == "sales"]
    assert told["left_open"] == [{"ref": "KR1", "kind": "score", "day": "2026-12-28"}]
