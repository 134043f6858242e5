"""Following somebody, and keeping a review: the screen goes where theirs goes, until the first key of one's own."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual import events
from textual.widgets import Input

from okrtui.core.model import ScoreSide
from okrtui.service import reviews, scores
from okrtui.store import presence
from okrtui.store import reviews as rows
from screens.commands import PAGES
from screens.dialogs.confirm import Confirm
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Pick
from widgets.lines import HeaderLine
from widgets.review_line import ReviewLine

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)])
LONG = "\n".join(f"Line {number} of what we saw" for number in range(60))


@pytest.fixture
def quarter(company):
    """A quarter that is scoring, with three agreed key results of Sales, their scores open, the widest gap last."""
    company.team("support")
    under = company.accepted()
    refs = [company.agreed(under, statement=f"Answer number {place} comes sooner") for place in range(3)]
    company.running().at("2026-12-18")
    company.scoring()
    for ref, value in zip(refs, (0.9, 0.5, 0.1), strict=True):
        scores.write(company.as_("ana"), ref, ScoreSide.SELF, 1.0, LONG)
        scores.write(company.as_("lea"), ref, ScoreSide.MANAGER, value, "As I saw it")
    scores.reveal(company.as_("ana"), refs)
    return company


@asynccontextmanager
async def seats(company, open_app, *handles, size=(80, 24), page="scoring"):
    """The interface for several people, on one page of Sales."""
    if not handles:
        yield []
        return
    async with (
        open_app(company, handles[0], size=size) as first,
        seats(company, open_app, *handles[1:], size=size, page=page) as rest,
    ):
        first.page.desk.where.team = "sales"
        first.app.action_go(page)
        await first.on(page)
        yield [first, *rest]


async def follow(person, handle):
    """Follow somebody who is here, by keys."""
    await person.until(lambda: any(one.handle == handle for one in person.page.desk.others), f"@{handle} here")
    await person.press("at")
    await person.until(
        lambda: isinstance(person.screen, Pick) or person.page.desk.follows is not None, "a picker, or the end"
    )
    if isinstance(person.screen, Pick):
        await person.until(lambda: person.screen.focused is not None)
        person.screen.query_one(Input).value = f"@{handle}"
        await person.pilot.pause()
        await person.press("enter")
    await person.until(lambda: f"following @{handle}" in header(person))


def header(person):
    return str(person.page.query_one(HeaderLine).content)


def line(person):
    return person.page.query_one(ReviewLine).text


async def goes_on(person, ref):
    await person.until(
        lambda: person.page.chosen() == ref and person.page.reading.of == ref, f"{ref} at the follower's"
    )


async def mouse(person, x, y, *kinds):
    """What a terminal sends of a mouse, as the driver hands it on."""
    for kind in kinds:
        person.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        await person.pilot.pause()


# Following


@SIZES
async def test_the_screen_goes_where_theirs_goes(quarter, open_app, size):
    async with seats(quarter, open_app, "ana", "ben", size=size) as (ana, ben):
        await follow(ben, "ana")
        await ana.until(lambda: "ben follows you" in header(ana))
        await ana.press("down")
        await goes_on(ben, "KR2")
        await ana.press("o")
        await ben.until(lambda: ben.refs == ["KR1", "KR2", "KR3"] == ana.refs, "the order")
        await ana.press("v", "end")
        await ben.until(lambda: ben.page.reading.has_focus and ben.page.reading.share == 1.0, "the end of the text")
        await ana.press("home", "escape")
        await ben.until(lambda: ben.page.things.has_focus and ben.page.reading.share == 0.0, "the list again")
        await ana.press("3")
        await ben.on("board")
        await ana.press("1", "v")
        await ben.on("room")
        await ben.until(lambda: "squares" in ben.page.view, "the four squares")
        ana.page.desk.where.team = "support"
        ana.page.reload()
        await ben.until(lambda: ben.page.frame.place.team == "support", "another team")
        assert ben.page.desk.where.cycle == "2026-Q4"


@pytest.mark.parametrize(
    "key", ["c", "q", "3", "f1", "down", "ctrl+p", "question_mark", "escape", "at", "greater_than_sign"]
)
async def test_the_first_key_of_ones_own_leaves_and_does_nothing_else(quarter, open_app, key):
    async with seats(quarter, open_app, "ana", "ben") as (ana, ben):
        await follow(ben, "ana")
        await goes_on(ben, "KR3")
        await ben.press(key)
        await ben.until(lambda: ben.page.desk.follows is None)
        await ben.until(lambda: any("yours again" in one for one in ben.said), "a word")
        assert (ben.page.PAGE, ben.page.chosen(), len(ben.app.screen_stack)) == ("scoring", "KR3", 1)
        assert "following" not in header(ben)
        await ana.press("down")
        await ana.until(lambda: "follow" not in header(ana), "nobody follows any more")
        assert ben.page.chosen() == "KR3"
        await ben.press("down")
        await goes_on(ben, "KR2")


async def test_a_click_and_the_wheel_leave_and_do_nothing_else(quarter, open_app):
    async with seats(quarter, open_app, "ana", "ben") as (_, ben):
        await follow(ben, "ana")
        await goes_on(ben, "KR3")
        text, things = ben.page.reading.region, ben.page.things.region
        await mouse(ben, text.x + 5, text.y + 2, events.MouseScrollDown)
        await ben.until(lambda: ben.page.desk.follows is None)
        assert ben.page.reading.share == 0.0
        await follow(ben, "ana")
        await mouse(ben, things.x + 5, things.y + 2, events.MouseDown, events.MouseUp)
        await ben.until(lambda: ben.page.desk.follows is None)
        assert ben.page.chosen() == "KR3"
        await mouse(ben, things.x + 5, things.y + 2, events.MouseDown, events.MouseUp)
        await ben.until(lambda: ben.page.chosen() == "KR2", "a click of its own")


@SIZES
async def test_who_is_in_a_form_is_not_moved_until_it_is_closed_and_loses_no_key(quarter, open_app, size):
    async with seats(quarter, open_app, "ana", "ben", size=size) as (ana, ben):
        await follow(ben, "ana")
        await goes_on(ben, "KR3")
        await ben.page.run_action("comment")  # as by a click in the palette that came before
        await ben.dialog()
        await ana.press("down", "3")
        await ana.on("board")
        await ana.until(lambda: ana.page.desk.others[0].spot.form.startswith("Comment on KR3"), "ben's form")
        await ben.write("Half a thought")
        assert isinstance(ben.screen, FormDialog)
        assert ben.field("body").text == "Half a thought"
        assert ben.page.PAGE == "scoring"
        await ben.press("ctrl+s")
        await ben.until(lambda: ben.page.PAGE == "board", "where ana is meanwhile")
        assert ben.page.desk.follows is not None


async def test_whoever_is_followed_leaves(quarter, open_app):
    async with open_app(quarter, "ben") as ben:
        async with seats(quarter, open_app, "ana") as (ana,):
            await follow(ben, "ana")
            await ben.on("scoring")
            await ana.press("ctrl+q")
        await ben.until(lambda: any("@ana has left" in one for one in ben.said), "a word")
        assert ben.page.desk.follows is None
        assert ben.page.PAGE == "scoring"


async def test_nobody_is_here_to_be_followed(quarter, open_app):
    async with open_app(quarter, "ben") as ben:
        await ben.press("at")
        await ben.until(lambda: any("Nobody else is here" in one for one in ben.said))


async def test_a_chain_goes_along_and_a_circle_is_refused(quarter, open_app):
    async with seats(quarter, open_app, "ana", "ben", "lea") as (ana, ben, lea):
        await follow(ben, "ana")
        await follow(lea, "ben")
        await ana.press("down")
        await goes_on(lea, "KR2")
        await ana.press("at")
        await ana.dialog(Pick)
        ana.screen.query_one(Input).value = "@lea"
        await ana.pilot.pause()
        await ana.press("enter")
        await ana.until(lambda: any("@lea goes where you go" in one for one in ana.said), "the refusal")
        assert ana.page.desk.follows is None


async def test_of_two_who_begin_at_the_same_moment_one_leads(quarter, open_app):
    async with seats(quarter, open_app, "ana", "ben") as (ana, ben):
        await ana.until(lambda: ana.page.desk.others and ben.page.desk.others)
        (to_ben,), (to_ana,) = ana.page.desk.others, ben.page.desk.others
        ana.app._following.follow(to_ben)
        ben.app._following.follow(to_ana)
        await ana.until(lambda: any("you lead" in one for one in ana.said), "the lead")
        assert ana.page.desk.follows is None
        assert ben.page.desk.follows is not None
        await ana.press("down")
        await goes_on(ben, "KR2")


async def test_the_palette_follows_too(quarter, open_app):
    async with seats(quarter, open_app, "ana", "ben") as (_, ben):
        await ben.until(lambda: ben.page.desk.others)
        await ben.press("ctrl+p")
        await ben.until(lambda: ben.screen.focused is not None and len(ben.app.screen_stack) == 2)
        ben.screen.query_one(Input).value = "Follow @ana"
        await ben.until(lambda: "Follow @ana, who is here" in ben.picture(), "ana in the palette")
        await ben.press("down", "enter") if ben.screen.query_one(
            "CommandList"
        ).highlighted is None else await ben.press("enter")
        await ben.until(lambda: "following @ana" in header(ben))


async def test_on_a_person_of_the_workshop_it_follows_that_person(quarter, open_app):
    async with seats(quarter, open_app, "ana", "lea", "ben", page="workshop") as (_, _, ben):
        await ben.until(lambda: {"ana", "lea"} <= {one.handle for one in ben.page.desk.others})
        people = ben.page.query_one("#people")
        await ben.until(lambda: people.choose("lea"))
        ben.go_to(people)
        await ben.press("at")
        await ben.until(lambda: "following @lea" in header(ben))


async def test_a_held_key_is_a_few_writes_a_second(quarter, open_app, monkeypatch):
    async with seats(quarter, open_app, "ana", "ben") as (ana, ben):
        await follow(ben, "ana")
        await ana.until(lambda: "ben follows you" in header(ana))
        written, put = [], presence.put
        monkeypatch.setattr(presence, "put", lambda *args: (written.append(args[1].handle), put(*args)))
        began = time.monotonic()
        for _ in range(30):
            await ana.press("down", "up")
        await goes_on(ben, ana.page.chosen())
        seconds = time.monotonic() - began
        assert written.count("ana") <= 5 * seconds + 3


async def test_nothing_of_it_is_recorded(quarter, open_app):
    async with seats(quarter, open_app, "ana", "ben") as (ana, ben):
        with quarter.store.reading() as connection:
            (before,) = connection.execute("SELECT count(*) FROM event").fetchone()
        await ana.press("K")
        await ana.until(lambda: "You keep the review" in line(ana))
        await follow(ben, "ana")
        await ana.press("greater_than_sign")
        await goes_on(ben, "KR2")
        with quarter.store.reading() as connection:
            assert connection.execute("SELECT count(*) FROM event").fetchone() == (before,)
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert not tables & {"presence", "review"}


# Names from another program


HOSTILE = "[b]\x1b[31m[@click=app.quit]x[/]\u202e" + "w" * 60


@SIZES
async def test_hostile_names_are_drawn_as_text(quarter, open_app, size):
    row = presence.Row(
        "z" * 16,
        99,
        HOSTILE,
        "scoring",
        HOSTILE,
        "2026-Q4",
        "sales",
        HOSTILE,
        HOSTILE,
        7.5,
        3,
        time.time(),
        time.time(),
        time.time(),
        1,
        HOSTILE,
    )
    review = reviews.Review(
        "sales", "2026-Q4", 99, HOSTILE, time.time(), (HOSTILE.replace(" ", ""),), 0, 5, 300.0, time.time()
    )
    async with seats(quarter, open_app, "ben", size=size) as (ben,):
        quarter.store.live.write(lambda connection: presence.put(connection, row._replace(follows=ben.page.desk.me)))
        quarter.store.live.write(lambda connection: rows.put(connection, review, kept_by=None, left_since=0))
        await ben.until(lambda: "follows you" in header(ben))
        await ben.until(lambda: "keeps the review" in line(ben))
        assert "\x1b[31m" not in ben.picture()
        quarter.store.live.write(lambda connection: presence.put(connection, row._replace(follows=None)))
        await ben.until(lambda: "follows you" not in header(ben))
        await ben.press("at")
        await ben.until(lambda: ben.page.desk.follows == 99)
        await ben.until(lambda: "(any key leaves)" in header(ben))
        assert {len(row) for row in ben.picture().split("\n")} == {size[0]}
        elsewhere = row._replace(page="nowhere", follows=None, moved=time.time())
        quarter.store.live.write(lambda connection: presence.put(connection, elsewhere))
        await ben.until(lambda: ben.page.desk.others[0].spot.page == "nowhere")
        assert ben.page.PAGE == "scoring"


# Keeping a review


@SIZES
async def test_a_review_goes_by_gap_from_one_to_the_next_and_ticks_what_is_settled(quarter, open_app, size):
    scores.calibrate(quarter.as_("ana"), "KR2", 0.5, "Half of it")
    scores.confirm(quarter.as_("lea"), "KR2")
    async with seats(quarter, open_app, "ana", "lea", size=size) as (ana, lea):
        await ana.press("K")
        await ana.until(lambda: "You keep the review: KR3, 5:00 left · 1 of 3 settled" in line(ana))
        await lea.until(lambda: "@ana keeps the review: KR3" in line(lea) and "@ follows" in line(lea))
        assert "▶ KR3" in ana.listed
        assert "✓ KR2" in ana.listed
        await lea.press("at")
        await lea.until(lambda: "following @ana" in header(lea))
        await ana.press("greater_than_sign")
        await goes_on(lea, "KR1")
        await ana.press("greater_than_sign")
        await goes_on(lea, "KR3")
        await ana.press("less_than_sign")
        await goes_on(lea, "KR1")
        await ana.press("t")
        await lea.until(lambda: "paused" in line(lea))
        await ana.press("t")
        await lea.until(lambda: "paused" not in line(lea))


async def test_the_time_box_is_of_1_to_60_minutes(quarter, open_app):
    async with seats(quarter, open_app, "ana") as (ana,):
        await ana.press("K")
        await ana.until(lambda: "You keep" in line(ana))
        await ana.press("b")
        await ana.dialog()
        assert ana.field("minutes").value == "5"
        for wrong in ("0", "61", "many"):
            await ana.fill(minutes=wrong)
            await ana.press("ctrl+s")
            await ana.until(lambda: ana.wrong("minutes"))
        await ana.saved(minutes="60")
        await ana.until(lambda: "60:00 left" in line(ana))
        await ana.press("greater_than_sign")
        await ana.until(lambda: "KR2, 60:00 left" in line(ana))


async def test_it_is_handed_over_taken_over_and_ended(quarter, open_app):
    async with seats(quarter, open_app, "ana", "ben") as (ana, ben):
        await ana.until(lambda: ana.page.desk.others)
        await ana.press("K")
        await ana.until(lambda: "You keep" in line(ana))
        await ben.until(lambda: "@ana keeps" in line(ben))
        await ben.press("greater_than_sign")
        await ben.until(lambda: any("follow (@), or take it over (K)" in one for one in ben.said))
        await ana.press("K")
        await ana.dialog(Pick)
        ana.screen.query_one(Input).value = "Hand"
        await ana.pilot.pause()
        await ana.press("enter")
        await ana.until(lambda: isinstance(ana.screen, Pick) and "from now on" in ana.picture())
        await ana.press("enter")
        await ben.until(lambda: any("You keep the review now" in one for one in ben.said))
        await ana.until(lambda: "@ben keeps" in line(ana))
        await ana.press("K")
        await ana.dialog(Confirm)
        await ana.press("enter")
        await ana.until(lambda: "You keep" in line(ana))
        await ana.press("E")
        await ana.dialog(Confirm)
        await ana.press("enter")
        await ana.until(lambda: any("is ended" in one for one in ana.said))
        await ben.until(lambda: not line(ben))
        await ben.press("greater_than_sign")
        await ben.until(lambda: any("Nobody keeps a review" in one for one in ben.said))


async def test_who_follows_the_keeper_goes_on_with_the_new_one_who_leads(quarter, open_app):
    async with seats(quarter, open_app, "ana", "ben", "lea") as (ana, ben, lea):
        await ana.press("K")
        await ana.until(lambda: "You keep" in line(ana))
        for person in (ben, lea):
            await person.until(lambda person=person: "@ana keeps" in line(person))
            await follow(person, "ana")
        team, cycle = "sales", "2026-Q4"
        reviews.hand_over(quarter.as_("ana"), "ben", team, cycle)
        await lea.until(lambda: "following @ben (any key leaves)" in header(lea), "the new keeper in the first line")
        await ben.until(lambda: "following" not in header(ben), "a keeper who leads")
        await ben.until(lambda: "lea follows you" in header(ben))
        await ana.until(lambda: "follow" not in header(ana))
        await ben.press("end")
        await goes_on(lea, ben.page.chosen())


async def test_who_follows_a_later_keeper_goes_on_with_the_one_after(quarter, open_app):
    async with seats(quarter, open_app, "ana", "ben", "lea") as (ana, _, lea):
        await ana.press("K")
        await lea.until(lambda: "@ana keeps" in line(lea))
        await follow(lea, "ana")
        reviews.hand_over(quarter.as_("ana"), "ben", "sales", "2026-Q4")
        await lea.until(lambda: "@ben keeps" in line(lea) and "following @ben" in header(lea), "the new keeper")
        reviews.hand_over(quarter.as_("ben"), "ana", "sales", "2026-Q4")
        await lea.until(lambda: "@ana keeps" in line(lea) and "following @ana" in header(lea), "the keeper again")


async def test_a_keeper_who_is_silent_for_a_minute_leaves_it_on_offer(quarter, open_app):
    ana = quarter.as_("ana")
    reviews.keep(ana, "sales", "2026-Q4", "KR3")
    quarter.store.live.write(
        lambda connection: connection.execute("UPDATE review SET heard = heard - 61, since = since - 100")
    )
    async with seats(quarter, open_app, "ben") as (ben,):
        await ben.until(lambda: "on offer since @ana left it: KR3, 4:21 left" in line(ben), line)
        await ben.press("K")
        await ben.until(lambda: "You keep the review: KR3" in line(ben))


async def test_no_review_where_nothing_is_scored(company, open_app):
    company.agreed()
    async with seats(company, open_app, "ana") as (ana,):
        await ana.press("K")
        await ana.until(lambda: any("this is done while a cycle is scoring" in one for one in ana.said))
        assert not line(ana)


async def test_its_clock_is_told_in_coarse_steps_and_not_to_a_terminal_that_is_behind(quarter, open_app):
    async with seats(quarter, open_app, "ana") as (ana,):
        await ana.press("K")
        await ana.until(lambda: "You keep" in line(ana))
        clock = ana.page.query_one(ReviewLine)
        began = ana.page.review.since

        def told(seconds):
            clock._clock = lambda: began + seconds
            clock._tick()
            return line(ana).partition(", ")[2].partition(" ·")[0]

        await ana.pilot.pause()
        ana.page.look_around = lambda: None  # the real time is not told any more
        assert [told(seconds) for seconds in (3, 9.9, 11, 19)] == ["5:00 left", "5:00 left", "4:50 left", "4:50 left"]
        clock._review = replace(clock._review, heard=began + 290)
        assert [told(seconds) for seconds in (241, 242, 299)] == ["0:59 left", "0:58 left", "0:01 left"]
        clock._is_behind = lambda: True
        assert told(295) == "0:01 left"
        clock._is_behind = lambda: False
        assert told(301) == told(302) == "time is up"
        await ana.until(lambda: any("time for KR3 is up" in one for one in ana.said))
        assert sum("time for KR3 is up" in one for one in ana.said) == 1


async def test_it_goes_to_every_page_and_to_what_is_chosen_there(quarter, open_app):
    async with seats(quarter, open_app, "ana", "ben") as (ana, ben):
        await follow(ben, "ana")
        for page in [*PAGES, *reversed(PAGES)]:
            ana.app.action_go(page)
            await ana.on(page)
            await ben.on(page)
            await ana.press("down")
            await ana.settled()
            if page != "me":  # each has their own there
                await ben.until(lambda: ben.page.chosen() == ana.page.chosen(), f"what is chosen on {ana.page.PAGE}")
            assert not ben.page.in_field
        assert ben.page.desk.follows is not None
