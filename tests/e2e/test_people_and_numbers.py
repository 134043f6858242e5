"""No output lists two people with a number each: every reading command and every page, of a company with all there is."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from command_line import Shell
from people_and_numbers import lined_up_in_json, lined_up_in_text
from reading_commands import READING
from seat import Seat, app_of

from okrtui.demo import build
from screens.commands import PAGES
from screens.page import Go

DEMO = {"ana": "samir", "@ana": "@samir", "lea": "hana", "@lea": "@hana", "acme": "calder", "sales": "product"}
"""Who and what stands in the demo where a reading command names somebody."""

MORE = {
    "scores": [("--cycle", "{closed}")],
    "report": [("--cycle", "{closed}"), ("--cycle", "{closed}", "--format", "json")],
    "kr": [("show", f"KR{number}") for number in range(2, 82, 4)],
    "objective": [("show", f"O{number}") for number in range(2, 33, 3)],
    "workshop": [("show", "--team", "support")],
}

LINED_UP = {
    "counts": "ana  3 check-ins\nben  5 check-ins",
    "a line": "Dots: @ana 3, @ben 2",
    "averages": "Confidence by person\n  ana: 6.5 on average\n  lea: 40%",
    "before": "0.4 ana\n0.7 ben",
    "votes": "KR1 Median first answer falls\n  ana 3\n  ben 7",
}
NOT_LINED_UP = {
    "owners": "KR1  ana  40%  Median first answer falls\nKR2  ben  60%  Nights",
    "owners below": "KR1 Median\n  26 → 8 hours 61% @ana\nKR2 Nights\n  4 → 8 hours 20% @ben",
    "the log": "2026-11-20T10:44:00Z  ana checked in KR4, week 9: 10\n2026-11-20T10:45:00Z  ben checked in KR5, week 9: 2",
    "two sides of one": "KR1 Median\n  self     0.4 ana: Nights\n  manager  0.3 lea: Nights",
    "one person": "ana  3 check-ins",
    "people": "ana  Ana Ruiz  sales (member)\nben  Ben  sales (member)",
    "a round": "@ana, @ben took part\nweek 3: 3 7 middle 5",
}
OBJECTS = {
    "by handle": ({"ana": 3, "ben": {"dots": 2}}, True),
    "rows": ([{"person": "@ana", "dots": 3}, {"person": "@ben", "dots": 2}], True),
    "votes": ({"ref": "KR1", "votes": [{"author": "ana", "confidence": 3}, {"author": "ben", "confidence": 7}]}, True),
    "an export": (
        [{"person_id": 3, "key_result_id": 1, "count": 2}, {"person_id": 4, "key_result_id": 1, "count": 1}],
        True,
    ),
    "key results": (
        [{"ref": "KR1", "owner": "ana", "progress": 0.4}, {"ref": "KR2", "owner": "ben", "progress": 1}],
        False,
    ),
    "check-ins": ([{"week": 1, "value": 3, "author": "ana"}, {"week": 2, "value": 4, "author": "ben"}], False),
    "two sides": ({"self": {"value": 0.4, "author": "ana"}, "manager": {"value": 0.3, "author": "lea"}}, False),
    "people": ([{"handle": "ana", "admin": True, "id": 1}, {"handle": "ben", "admin": False, "id": 2}], False),
}
PEOPLE = ("ana", "ben", "lea")


@pytest.mark.parametrize("name", LINED_UP)
def test_it_would_be_found(name):
    assert lined_up_in_text(LINED_UP[name], PEOPLE)


@pytest.mark.parametrize("name", NOT_LINED_UP)
def test_it_is_the_number_of_a_thing(name):
    assert not lined_up_in_text(NOT_LINED_UP[name], PEOPLE)


@pytest.mark.parametrize("name", OBJECTS)
def test_objects(name):
    value, is_lined_up = OBJECTS[name]
    assert bool(lined_up_in_json(value, PEOPLE)) is is_lined_up


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    path = tmp_path_factory.mktemp("people") / "demo.db"
    build(path, datetime.now(UTC))
    return path


@pytest.fixture
def demo(built, monkeypatch, capsys):
    """The demo, with dots of three people and an opened confidence round of theirs beside all that it has."""
    shell = Shell(built, monkeypatch, capsys)
    monkeypatch.delenv("OKRTUI_NOW")
    standing = shell.json("round", "show", "--team", "product")
    if not any(one["rounds"] for one in standing["key_results"]):
        idea = next(
            one["ref"] for one in shell.json("kr", "list", "--team", "product") if one["state"] in {"idea", "draft"}
        )
        agreed = [one["ref"] for one in standing["key_results"]]
        shell("--as", "samir", "round", "start", "--team", "product")
        for who, number in (("samir", "3"), ("elin", "7"), ("hana", "9")):
            shell.call("--as", who, "dot", idea)
            shell("--as", who, "round", "vote", "--team", "product", *(f"{ref}={number}" for ref in agreed))
        shell("--as", "samir", "round", "open", "--team", "product")
    return shell


@pytest.fixture
def handles(demo):
    """Everybody's."""
    return [one["handle"] for one in demo.json("person", "list")]


def everything(shell):
    """What every reading command tells, in text and as JSON."""
    cycles = shell.json("cycle", "list")
    closed = [one["name"] for one in cycles if one["phase"] == "closed"][-1]
    for name, endings in READING.items():
        for ending in [*endings, *MORE.get(name, [])]:
            meant = [DEMO.get(word, word).format(closed=closed) for word in ending]
            for form in ((), ("--json",)):
                answer = shell.call("--as", "samir", name, *meant, *form)
                assert answer.status == 0, (name, meant, answer)
                yield (name, *meant, *form), answer.out


def test_no_command_lines_people_up_with_numbers(demo, handles):
    for command, said in everything(demo):
        if said.startswith(("[", "{")):
            found = lined_up_in_json(json.loads(said), handles)
        else:
            found = lined_up_in_text(said, handles)
        assert not found, (command, found)


@pytest.mark.parametrize("who", ["samir", "hana"])
async def test_no_page_lines_people_up_with_numbers(demo, handles, who):
    app = app_of(demo.path, who, lambda: datetime.now(UTC))
    # As narrow as it gets everything stands one below the other, and all of it is on the screen of one so high.
    async with app.run_test(size=(80, 200)) as pilot:
        seat = Seat(app, pilot)
        await seat.on("room")
        app.desk.where.team = "product"
        seen = set()
        for page in PAGES:
            seat.page.post_message(Go(page))
            await seat.on(page)
            for key in ("j", "j", "enter", "escape", "v"):
                told = seat.picture()
                seen.add(page)
                assert not lined_up_in_text(told, handles), (page, told)
                await seat.press(key)
                await seat.settled()
                if len(app.screen_stack) > 1:
                    await seat.press("escape")
                    await seat.closed()
        assert seen == set(PAGES)
