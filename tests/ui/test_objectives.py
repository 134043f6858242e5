"""The objectives' screen: what it shows, what each side does there, and what it refuses."""

from __future__ import annotations

import pytest

from okrtui.service import invitations, needs, objectives, show, threads
from screens.dialogs.confirm import Confirm
from screens.dialogs.pick import Pick
from widgets.ticks import TickList


@pytest.fixture
def house(company):
    """Acme with Sales and, below it, Inside sales, where ``ines`` is; and Support, led by ``sam``."""
    company.team("inside", under="sales")
    company.team("support")
    company.person("ines", "inside")
    company.person("sam", leads=("support",))
    return company


def whole(company, ref):
    """An objective in full, as a reader sees it."""
    return show.objective(company.as_("rob"), ref)


async def test_leadership_writes_publishes_and_invites(house, open_app):
    async with open_app(house, "lea") as lea:
        await lea.press("2")
        await lea.on("objectives")
        assert "no objective" in lea.listed
        await lea.press("a")
        await lea.saved(title="Same day answers", why="Silence loses buyers", ambition="committed")
        await lea.until(lambda: lea.refs == ["O1"])
        assert "draft" in lea.full
        await lea.press("e")
        await lea.saved(title="Buyers get their answer the same day")
        await lea.press("p")
        await lea.dialog(Confirm)
        await lea.press("enter")
        await lea.closed()
        await lea.until(lambda: "Put to no team yet" in lea.full)
        await lea.press("i")
        await lea.dialog()
        assert isinstance(lea.field("teams"), TickList)
        await lea.press("ctrl+s")
        await lea.until(lambda: "at least one team" in lea.wrong("teams"))
        await lea.press("space", "down", "space", "enter")
        await lea.closed()
        await lea.until(lambda: "Inside" in lea.full)
    made = whole(house, "O1")
    assert (made.title, made.why, made.ambition) == (
        "Buyers get their answer the same day",
        "Silence loses buyers",
        "committed",
    )
    assert sorted(one.team for one in made.invitations) == ["inside", "sales"]


async def test_a_new_objective_is_chosen_once_it_is_written(house, open_app):
    house.objective()
    async with open_app(house, "lea") as lea:
        await lea.press("2")
        await lea.on("objectives")
        await lea.press("a")
        await lea.saved(title="Renewals close themselves")
        await lea.until(lambda: lea.page.chosen() == "O2" and "Renewals" in lea.full)


async def test_a_team_accepts_with_a_straight_line(house, open_app):
    house.objective()
    async with open_app(house, "ana") as ana:
        assert "O1 asks Sales" in ana.step
        await ana.press("2")
        await ana.on("objectives")
        await ana.press("A")
        await ana.dialog()
        await ana.press("ctrl+s")
        await ana.until(lambda: "is missing" in ana.wrong("straight_line"), "what is missing, beside the field")
        await ana.fill(straight_line="We answer from one queue")
        await ana.press("enter")
        await ana.closed()
        await ana.until(lambda: "“We answer from one queue”" in ana.full)
    (answer,) = whole(house, "O1").invitations
    assert (answer.state, answer.straight_line, answer.accepted_by) == ("accepted", "We answer from one queue", "ana")


async def test_pushing_back_is_answered_with_a_rewording(house, open_app):
    house.objective()
    async with open_app(house, "ana") as ana:
        await ana.press("2")
        await ana.on("objectives")
        await ana.until(lambda: "b push back" in ana.keys)
        await ana.press("b")
        await ana.saved(reason="cannot_measure", words="What is an answer?")
        await ana.until(lambda: "round 1: we cannot measure it" in ana.full and "What is an answer?" in ana.full)
        await ana.until(lambda: "b take back" in ana.keys)
        await ana.press("b")
        await ana.dialog(Confirm)
        await ana.press("escape")
        await ana.closed()
    house.now = house.at("2026-10-09").now
    async with open_app(house, "lea") as lea:
        assert "pushed back on O1" in lea.step
        await lea.press("2")
        await lea.on("objectives")
        assert "3 days ago" in lea.full
        await lea.press("r")
        await lea.dialog()
        await lea.select("answer", "reworded")
        await lea.press("ctrl+s")
        await lea.until(lambda: "was not reworded since" in lea.wrong("title"))
        await lea.press("escape")
        await lea.closed()
        await lea.press("e")
        await lea.saved(title="Buyers get a person's answer the same day")
        await lea.press("r")
        await lea.saved(answer="reworded", words="A person's, now")
        await lea.until(lambda: "reworded by @lea: A person's, now" in lea.full)
        assert "1 earlier text" in lea.full
    (answer,) = whole(house, "O1").invitations
    assert answer.state == "open"
    assert answer.pushback.answer == "reworded"


async def test_which_pushback_is_answered_is_asked_where_several_wait(house, open_app):
    ref = objectives.add(house.as_("olga"), team="acme", cycle=None, fields={"title": "Nobody waits"})
    objectives.publish(house.as_("olga"), ref)
    objectives.invite(house.as_("olga"), ref, ["sales", "support"])
    invitations.push_back(house.as_("lea"), ref, "sales", "does_not_apply", "We sell")
    invitations.push_back(house.as_("sam"), ref, "support", "wrong_altitude", "Too high")
    async with open_app(house, "olga") as olga:
        await olga.press("2")
        await olga.on("objectives")
        assert "2 pushed back" in olga.listed
        olga.page.choose(ref)
        await olga.settled()
        await olga.press("r")
        await olga.dialog(Pick)
        await olga.write("supp")
        await olga.press("enter")
        await olga.saved(answer="explained", words="It is about you first of all")
    answers = {one.team: one for one in whole(house, ref).invitations}
    assert answers["support"].pushback.answer == "explained"
    assert answers["sales"].state == "pushed_back"


async def test_splitting_names_the_new_objectives(house, open_app):
    first = house.objective()
    second = objectives.add(house.as_("lea"), team="sales", cycle=None, fields={"title": "Answers by phone"})
    objectives.publish(house.as_("lea"), second)
    invitations.push_back(house.as_("ana"), first, "sales", "wrong_altitude", "Two things in one")
    async with open_app(house, "lea") as lea:
        await lea.press("2")
        await lea.on("objectives")
        lea.page.choose(first)
        await lea.settled()
        await lea.press("r")
        await lea.dialog()
        assert not lea.screen.query_one("#field-into").display
        await lea.select("answer", "split")
        await lea.until(lambda: lea.screen.query_one("#field-into").display)
        await lea.fill(into=second)
        await lea.press("ctrl+s")
        await lea.closed()
    assert whole(house, first).invitations[0].pushback.answer == "split"


async def test_what_is_not_mine_is_dimmed_and_says_what_to_do_instead(house, open_app):
    house.objective()
    async with open_app(house, "rob", size=(200, 40)) as rob:
        rob.app.desk.where.team = "sales"
        rob.page.reload()
        await rob.settled()
        await rob.press("2")
        await rob.on("objectives")
        for key, words in {
            "a": "Objectives are leadership's to write",
            "e": "Objectives are leadership's to write",
            "i": "leadership's to decide",
            "A": "are the invited team's",
            "b": "are the invited team's",
        }.items():
            await rob.press(key)
            await rob.until(lambda words=words: words in rob.said[-1], words)
        assert all("comment" in sentence or "suggest" in sentence for sentence in rob.said)
        assert len(rob.app.screen_stack) == 1


async def test_looking_at_an_invitation_marks_it_seen_once(house, open_app):
    house.objective()
    before = needs.due(house.as_("rob"))
    async with open_app(house, "ana") as ana:
        await ana.press("2")
        await ana.on("objectives")
        await ana.until(lambda: "seen by @ana" in ana.full)
    async with open_app(house, "rob") as rob:
        rob.app.desk.where.team = "sales"
        rob.page.reload()
        await rob.press("2")
        await rob.on("objectives")
        await rob.until(lambda: "seen by @ana" in rob.full)
    assert whole(house, "O1").invitations[0].seen_by == ("ana",)
    assert needs.due(house.as_("rob")) == before


async def test_two_people_in_one_form_lose_no_words(house, open_app):
    house.objective()
    async with open_app(house, "lea") as lea:
        await lea.press("2")
        await lea.on("objectives")
        await lea.press("e")
        await lea.dialog()
        objectives.reword(house.as_("olga"), "O1", {"title": "Theirs", "why": "Olga's why"})
        await lea.fill(title="Mine")
        await lea.press("ctrl+s")
        await lea.until(
            lambda: lea.wrong("title").startswith("Theirs: Theirs\nbefore: Buyers get"), "their words beside mine"
        )
        assert lea.field("title").value == "Mine"
        await lea.press("ctrl+s")
        await lea.closed()
    assert (whole(house, "O1").title, whole(house, "O1").why) == ("Mine", "Olga's why")


async def test_news_comes_in_without_moving_the_cursor(house, open_app):
    first, second = house.objective(), house.objective()
    async with open_app(house, "ana") as ana:
        await ana.press("2")
        await ana.on("objectives")
        await ana.press("down")
        await ana.until(lambda: ana.page.chosen() == second)
        objectives.reword(house.as_("lea"), second, {"title": "Said otherwise"})
        third = house.objective()
        await ana.until(lambda: ana.refs == [first, second, third] and "Said otherwise" in ana.full)
        assert ana.page.chosen() == second


async def test_a_comment_tells_whom_it_mentions_and_reading_it_is_enough(house, open_app):
    house.accepted()
    async with open_app(house, "lea") as lea:
        await lea.press("2")
        await lea.on("objectives")
        await lea.press("c")
        await lea.saved(body="@ben is this yours?")
        await lea.until(lambda: "@ben is this yours?" in lea.full)
    assert [need.kind for need in needs.due(house.as_("ben"))] == ["mention"]
    async with open_app(house, "ben") as ben:
        assert "lea mentioned you on O1" in ben.step
        await ben.press("2")
        await ben.on("objectives")
        await ben.until(lambda: "mentioned you" not in ben.step)
    assert needs.due(house.as_("ben")) == []


async def test_a_narrow_screen_gives_all_its_room_to_what_is_read(house, open_app):
    ref = house.accepted()
    threads.comment(house.as_("rob"), ref, "The last word")
    async with open_app(house, "ana", size=(80, 24)) as ana:
        await ana.press("2")
        await ana.on("objectives")
        await ana.press("enter")
        await ana.until(lambda: not ana.things.display and "The last word" in ana.picture())
        await ana.press("escape")
        await ana.until(lambda: ana.things.display and ana.things.has_focus)


async def test_withdrawn_objectives_come_last(house, open_app):
    first, second = house.objective(), house.objective()
    objectives.withdraw(house.as_("lea"), first, "No longer true")
    async with open_app(house, "ana") as ana:
        await ana.press("2")
        await ana.on("objectives")
        assert ana.refs == [second, first]
        assert "Withdrawn" in ana.listed
