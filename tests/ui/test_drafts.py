"""What is typed is kept and offered again; two in one form lose nothing; who else is here is seen."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest
from textual.widgets import Input

from okrtui.service import drafts, key_results, objectives, show, threads
from okrtui.service.guide import step_of_need
from okrtui.store.live import live_file
from screens.page import Go
from widgets.lines import HeaderLine

FALLS = "Median first answer falls"
STILL = "What you typed before is here still."


@pytest.fixture
def drafted(company):
    """A draft key result of Ana's."""
    return company, company.draft()


def waiting(company, handle="ana"):
    return {draft.form: draft.typed for draft in drafts.waiting(company.as_(handle))}


async def editing(seat, ref):
    seat.page.post_message(Go("board", ref, "board.edit"))
    return await seat.dialog()


def whole(seat):
    return str(seat.screen.query_one("#whole").content)


def header(seat):
    return str(seat.page.query_one(HeaderLine).content)


async def test_words_are_kept_while_they_are_typed_and_offered_after_a_crash(drafted, open_app):
    company, kr = drafted
    async with open_app(company, "ana") as ana:
        await editing(ana, kr)
        await ana.write(" by half")
        await ana.until(lambda: waiting(company) == {f"Edit {kr}": {"statement": "Median first answer falls by half"}})
        assert not show.key_result(company.as_("ana"), kr).card.statement.endswith("half")
        ana.app.desk._keepers.clear()  # as if the program had been killed: it keeps nothing at its end
    async with open_app(company, "ana") as ana:
        await ana.until(lambda: any(f"Edit {kr}" in said for said in ana.said), "the notice")
        await editing(ana, kr)
        assert STILL in whole(ana)
        assert ana.field("statement").value == "Median first answer falls by half"
        await ana.press("ctrl+s")
        await ana.closed()
        assert waiting(company) == {}
    assert show.key_result(company.as_("ana"), kr).card.statement == "Median first answer falls by half"


async def test_quitting_in_a_form_keeps_it(drafted, open_app):
    company, kr = drafted
    async with open_app(company, "ana") as ana:
        await editing(ana, kr)
        await ana.write("!")
        await ana.press("ctrl+q")
    assert waiting(company) == {f"Edit {kr}": {"statement": "Median first answer falls!"}}


async def test_leaving_keeps_and_says_so_and_beginning_again_forgets(company, open_app):
    async with open_app(company, "lea") as lea:
        lea.page.post_message(Go("objectives", "", "objective.add"))
        await lea.dialog()
        await lea.write("Winning")
        await lea.press("escape")
        await lea.closed()
        assert any("is kept" in said for said in lea.said)
        assert waiting(company, "lea") == {"Write an objective (sales, 2026-Q4)": {"title": "Winning"}}
        await lea.press("a")
        await lea.dialog()
        assert lea.field("title").value == "Winning"
        await lea.press("ctrl+r")
        await lea.until(lambda: lea.field("title").value == "", "the beginning")
        await lea.press("escape")
        await lea.closed()
        assert waiting(company, "lea") == {}


async def test_words_of_one_team_are_not_offered_in_another(company, open_app):
    company.team("support")
    company.person("sam", "sales", leads=("support", "sales"))
    async with open_app(company, "sam") as sam:
        for team, words in (("sales", "Winning"), ("support", "")):
            sam.app.desk.where.team = team
            sam.page.post_message(Go("objectives", "", "objective.add"))
            await sam.dialog()
            assert sam.field("title").value == ""
            await sam.write(words)
            await sam.press("escape")
            await sam.closed()
    assert list(waiting(company, "sam")) == ["Write an objective (sales, 2026-Q4)"]


async def test_an_unfinished_form_needs_its_person_and_one_key_opens_it_again(company, open_app):
    async with open_app(company, "lea") as lea:
        lea.page.post_message(Go("objectives", "", "objective.add"))
        await lea.dialog()
        await lea.write("Winning")
        await lea.press("escape")
        await lea.closed()
        await lea.press("1")
        await lea.on("room")
        began = "Go on with what you began: Write an objective (sales, 2026-Q4)"
        await lea.until(lambda: [need.text for need in lea.page.frame.needs] == [began], "the need")
        lea.page.take(step_of_need(lea.page.frame.needs[0]))
        await lea.dialog()
        assert lea.field("title").value == "Winning"
        await lea.press("ctrl+s")
        await lea.closed()
        await lea.until(lambda: not lea.page.frame.needs, "the end of the need")


HOLD = """
import sys
from pathlib import Path
from okrtui.store import queue
with queue.held(Path(sys.argv[1]), 10):
    print("held", flush=True)
    sys.stdin.read()
"""


async def test_words_are_kept_while_a_save_stands_in_line(drafted, open_app):
    company, kr = drafted
    async with open_app(company, "ana") as ana:
        await editing(ana, kr)
        call = [sys.executable, "-c", HOLD, str(company.store.path)]
        with await asyncio.to_thread(subprocess.Popen, call, stdin=-1, stdout=-1) as other:
            await asyncio.to_thread(other.stdout.readline)
            saving = asyncio.create_task(ana.app.desk.write(lambda session: threads.comment(session, kr, "Later")))
            await ana.write(" by half")
            await ana.until(lambda: waiting(company) == {f"Edit {kr}": {"statement": f"{FALLS} by half"}}, "the draft")
            assert not saving.done(), "the save did not stand in line"
            assert other.poll() is None
            other.stdin.close()
            await saving


async def test_leaving_what_nobody_typed_into_keeps_nothing(drafted, open_app):
    company, kr = drafted
    async with open_app(company, "ana") as ana:
        await editing(ana, kr)
        await ana.press("escape")
        await ana.closed()
        assert ana.said == []
    assert waiting(company) == {}


async def test_a_draft_leaves_alone_what_only_others_changed_and_shows_what_both_did(drafted, open_app):
    company, kr = drafted
    drafts.keep(company.as_("ana"), f"Edit {kr}", {"statement": "Mine"}, {"statement": "Median first answer falls"})
    began = show.key_result(company.as_("ben"), kr).fields
    key_results.edit(company.as_("ben"), kr, {"statement": "Theirs", "unit": "days"}, began)
    async with open_app(company, "ana", size=(80, 24)) as ana:
        await editing(ana, kr)
        assert ana.field("statement").value == "Mine"
        assert ana.field("unit").value == "days"
        for words in ("Theirs: Theirs", "before: Median first answer falls", "yours: Mine"):
            assert words in ana.wrong("statement")
        await ana.press("ctrl+s")
        await ana.closed()
    fields = show.key_result(company.as_("ana"), kr).fields
    assert (fields["statement"], fields["unit"]) == ("Mine", "days")


@pytest.mark.parametrize("takes", [False, True])
async def test_two_in_one_form_see_mine_theirs_and_before(drafted, open_app, takes):
    company, kr = drafted
    async with open_app(company, "ana") as ana, open_app(company, "ben") as ben:
        await editing(ana, kr)
        await editing(ben, kr)
        await ana.fill(target="9", unit="hours of day", week_nine="Yes")
        await ben.fill(target="7.5", statement="First answer falls")
        await ben.press("ctrl+s")
        await ben.closed()
        await ana.press("ctrl+s")
        await ana.until(lambda: "Saving again keeps yours" in whole(ana), "the conflict")
        said = ana.wrong("target")
        for words in ("Theirs: 7.5", "before: 8", "yours: 9", "ctrl+t takes theirs"):
            assert words in said
        if takes:
            assert ana.screen.focused is ana.field("target")
            await ana.press("ctrl+t")
            await ana.until(lambda: ana.field("target").value == "7.5", "theirs")
            assert ana.wrong("target") == ""
        await ana.press("ctrl+s")
        await ana.closed()
    fields = show.key_result(company.as_("ana"), kr).fields
    assert fields["target"] == (7.5 if takes else 9)
    assert (fields["unit"], fields["week_nine"], fields["statement"]) == ("hours of day", "Yes", "First answer falls")


async def test_who_is_here_and_where_stands_in_the_header(company, open_app):
    async with open_app(company, "ana") as ana:
        assert "here" not in header(ana)
        async with open_app(company, "ben") as ben:
            await ana.until(lambda: "here: ben (room)" in header(ana), "ben")
            await ben.press("3")
            await ana.until(lambda: "here: ben (board)" in header(ana), "ben at the board")
            await ben.until(lambda: "here: ana (room)" in header(ben), "ana")
        await ana.until(lambda: "here" not in header(ana), "ben's end")


async def test_who_is_in_the_same_form_is_said_in_it(drafted, open_app):
    company, kr = drafted
    async with open_app(company, "ana") as ana, open_app(company, "ben") as ben:
        await editing(ana, kr)
        await editing(ben, kr)
        others = ana.screen.query_one("#others")
        await ana.until(lambda: "ben is in this form too" in str(others.content) and others.display, "ben")
        await ben.press("escape")
        await ben.closed()
        await ana.until(lambda: not others.display, "ben's leaving")


async def test_a_second_file_that_cannot_serve_is_said_once_and_ends_nothing(drafted, open_app):
    company, kr = drafted
    company.store.live.close()
    live_file(company.store.path).unlink(missing_ok=True)
    live_file(company.store.path).mkdir()
    async with open_app(company, "ana") as ana:
        await ana.until(lambda: any("not kept aside" in said for said in ana.said), "the notice")
        await editing(ana, kr)
        await ana.write("!")
        await ana.press("ctrl+s")
        await ana.closed()
        assert sum("not kept aside" in said for said in ana.said) == 1
    assert show.key_result(company.as_("ana"), kr).card.statement.endswith("!")


async def test_a_reworded_objective_shows_both_texts(company, open_app):
    ref = company.objective()
    async with open_app(company, "lea") as lea:
        lea.page.post_message(Go("objectives", ref, "objective.edit"))
        await lea.dialog()
        await lea.fill(why="Because of me")
        objectives.reword(company.as_("lea"), ref, {"why": "Because of them"})
        await lea.press("ctrl+s")
        await lea.until(lambda: "Theirs: Because of them" in lea.wrong("why"), "the conflict")
        assert "before: nothing" in lea.wrong("why")
        assert isinstance(lea.field("title"), Input)
