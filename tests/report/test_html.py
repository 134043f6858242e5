"""The page: valid, whole in itself, and nothing that people typed does anything in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from okrtui.cli import output
from okrtui.report import html, plots
from okrtui.report.history import CycleScore, ObjectiveMark

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closing": "</style></script></main><img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "entities": "&lt;b&gt; &#x26; &amp;amp; ]]> <!-- -- >",
    "style": "}} body { background: url(http://example.org/x) } @import 'x';",
    "url": "http://example.org/ javascript:alert(1) data:text/html,x",
    "bidi": "\u202eevil\u202c \u2066x\u2069 \u200f",
    "escapes": "\x1b[31mred\x1b]52;c;eA==\x07\x00",
    "hebrew": "שלום 12 %",
    "lines": "one\ntwo\n\nthree",
}
FETCHING = {
    "src",
    "srcset",
    "href",
    "xlink:href",
    "action",
    "formaction",
    "poster",
    "data",
    "background",
    "ping",
    "cite",
}
ACTIVE = {"script", "iframe", "object", "embed", "link", "base", "form", "img", "image", "use", "a", "foreignobject"}


class Seen(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.styles, self.words = [], [], [], []
        self._inside = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._inside.append(tag)

    def handle_endtag(self, tag):
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self._inside.pop()

    def handle_data(self, data):
        (self.styles if "style" in self._inside[-1:] else self.words).append(data)


def page_of(report):
    """The page as the command writes it."""
    return output.plain(html.render(report))


def said_everywhere(report, words):
    """A report in which all that people typed is these words."""
    teams = []
    for team in report.teams[:2]:
        objectives = []
        for one in team.objectives:
            results = tuple(
                replace(kr, statement=words, unit=words, remark=words, reason=words) for kr in one.key_results
            )
            objectives.append(
                replace(
                    one,
                    title=words,
                    why=words,
                    set_by=words,
                    straight_line=words,
                    learning=words,
                    pushbacks=tuple(replace(back, words=words, answer_words=words) for back in one.pushbacks),
                    key_results=results,
                )
            )
        teams.append(replace(team, name=words, objectives=tuple(objectives)))
    signals = tuple(
        replace(one, sightings=tuple(replace(see, team=words, text=words) for see in one.sightings))
        for one in report.signals
    )
    scores = tuple(
        replace(one, cycle=words, objectives=tuple(replace(mark, title=words) for mark in one.objectives))
        for one in report.scores
    )
    return replace(
        report, company=words, cycle=words, about=words, cycles=(words, words), teams=tuple(teams), signals=signals, scores=scores
    )  # fmt: skip


def well_formed(page):
    assert page.startswith("<!DOCTYPE html>\n")
    return ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>"))  # noqa: S314  # our own page


def nothing_is_fetched(page):
    seen = Seen(page)
    assert not set(seen.tags) & (ACTIVE - {"a"})
    for tag, name, value in seen.attributes:
        assert not name.startswith("on"), (tag, name)
        if name in FETCHING:
            assert (tag, name) == ("a", "href"), (tag, name, value)
            assert re.fullmatch(r"#team-[\w-]+", value), value
        assert "url(" not in value, (tag, name, value)
    assert not re.search(r"url\(|@import|expression|image-set", "".join(seen.styles))
    return seen


def test_a_page_is_whole_in_itself(report):
    seen = nothing_is_fetched(page_of(report))
    policy = {value for tag, name, value in seen.attributes if tag == "meta" and name == "content"}
    assert "default-src 'none'; style-src 'unsafe-inline'" in policy
    assert {"prefers-color-scheme: dark", "@media print"} <= set(
        re.findall(r"prefers-color-scheme: dark|@media print", "".join(seen.styles))
    )


def test_a_page_is_well_formed_and_its_ids_are_one_of_a_kind(report):
    root = well_formed(page_of(report))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in root.iter("a"):
        assert element.get("href", "").removeprefix("#") in ids
    for element in root.iter():
        for name in (element.get("aria-labelledby") or "").split():
            assert name in ids


def test_every_plot_says_in_words_what_it_shows(report):
    root = well_formed(page_of(report))
    found = list(root.iter("svg"))
    assert bool(found) == (len(report.cycles) > 1)
    for svg in found:
        assert svg.get("role") == "img"
        told = svg.get("aria-label") or " ".join(str(svg.findtext(name)) for name in ("title", "desc"))
        assert all(cycle in told for cycle in report.cycles)


def test_headings_go_down_a_step_at_a_time(report):
    levels = [int(tag[1]) for tag in Seen(page_of(report)).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", HOSTILE)
def test_what_people_typed_is_text(report, name):
    page = page_of(said_everywhere(report, HOSTILE[name]))
    well_formed(page)
    seen = nothing_is_fetched(page)
    assert "script" not in seen.tags
    shown = output.plain(HOSTILE[name]).split("\n")[0].strip()
    assert shown in "".join(seen.words)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]", page)


def test_line_breaks_stay():
    assert html.typed("one\ntwo") == "<bdi>one<br />two</bdi>"


def test_a_plot_shows_every_score_where_it_is():
    marks = (ObjectiveMark("O1", "A", 0.5), ObjectiveMark("O2", "B", 1.0))
    drawn = plots.scores(
        [CycleScore("Q1", 0.75, marks), CycleScore("Q2", None, ()), CycleScore("Q3", 0.0, (ObjectiveMark("O3", "C", 0.0),))],
        "scores",
        "Sales & <friends>",
    )  # fmt: skip
    root = ElementTree.fromstring(drawn)  # noqa: S314  # our own
    heights = {text.text: float(text.get("y")) for text in root.iter("text") if text.get("class") == "axis"}
    assert heights["1.0"] < heights["0.7"] < heights["0.4"] < heights["0.0"]
    means = [circle for circle in root.iter("circle") if circle.get("class") == "mean"]
    assert len(means) == 2
    assert float(means[0].get("cy")) < float(means[1].get("cy"))
    assert len([circle for circle in root.iter("circle") if circle.get("class") == "objective"]) == 3
    assert root.findtext("title") == "Scores of Sales & <friends> across cycles"
    assert "Q2: nothing agreed" in root.findtext("desc")


def test_a_row_of_columns_is_as_high_as_its_highest():
    root = ElementTree.fromstring(plots.spark([0.0, None, 2.0, 4.0], "told"))  # noqa: S314  # our own
    assert [float(rect.get("height")) for rect in root.iter("rect")] == [1.0, 12.0, 24.0]
    assert root.get("aria-label") == "told"
    assert plots.spark([None, None], "told") == ""
    assert plots.spark([0.0], "told").count("<rect") == 1
