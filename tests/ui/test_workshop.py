"""The workshop's screen: clock, prompts, notes of several, ideas, people, closing and minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okrtui.service import cycles, drafts, key_results, minutes, workshops
from screens.dialogs.confirm import Confirm
from screens.dialogs.pick import Pick
from widgets.clock import ClockLine
from widgets.listing import Listing
from widgets.reading import Reading
from widgets.shared_notes import SharedNotes

SIZES = [(80, 24), (120, 36)]
FORM = "Workshop note, sales, 2026-Q4"


def listing(seat, name):
    return seat.page.query_one(f"#{name}", Listing)


def said_in(seat, name):
    return "\n".join(str(option.prompt) for option in listing(seat, name).options)


def clock(seat):
    return seat.page.query_one(ClockLine).text


def field(seat):
    return seat.page.query_one(SharedNotes).field


def stored(company, cycle=None):
    return minutes.workshop(company.as_("rob"), "sales", cycle)


async def at_workshop(seat):
    await seat.press("3")
    await seat.on("board")
    await seat.press("w")
    await seat.on("workshop")
    await seat.until(lambda: clock(seat), "the clock")


async def started(seat):
    await at_workshop(seat)
    await seat.press("t")
    await seat.until(lambda: "running" in clock(seat), "a running clock")
    await seat.settled()


async def writes(seat, words):
    await seat.press("i")
    await seat.until(lambda: field(seat).has_focus)
    await seat.write(words)
    await seat.press("enter")
    await seat.until(lambda: f" {words}" in said_in(seat, "notes"), "the note")


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_held_by_keys_alone(company, open_app, size):
    company.accepted()
    async with open_app(company, "ana", size=size) as ana:
        await started(ana)
        assert "first one: 90 to 120 min" in clock(ana)
        await writes(ana, "We call back at nine")
        assert field(ana).has_focus
        assert field(ana).text == ""
        await ana.press("escape", "n")
        await ana.until(lambda: "Prompt 2 of 2" in ana.picture())
        await writes(ana, "Hours until an answer")
        await ana.press("escape", "a")
        await ana.saved(statement="Median first answer falls")
        await ana.until(lambda: "KR1 Median first answer falls  @ana" in said_in(ana, "ideas"))
        await ana.until(lambda: listing(ana, "ideas").has_focus, "the cursor on the idea")
        await ana.press("full_stop")
        await ana.until(lambda: said_in(ana, "ideas").startswith("● KR1"), "its dot")
        await ana.until(lambda: "4 of your 5 dots left" in ana.picture())
        await ana.press("comma")
        await ana.until(lambda: "5 of your 5 dots left" in ana.picture())
        company.now += timedelta(minutes=40)
        await ana.press("C")
        await ana.dialog()
        await ana.until(lambda: "Was this a template being filled in?" in ana.picture())
        await ana.saved(remark="We knew our work")
        await ana.until(lambda: "closed" in clock(ana))
        assert "We knew our work" in ana.page.query_one(Reading).text
    shown = stored(company)
    assert (shown.is_closed, shown.remark, shown.seconds) == (True, "We knew our work", 40 * 60)
    assert [(one.prompt, one.body) for one in shown.notes] == [
        ("day_to_day", "We call back at nine"),
        ("measure", "Hours until an answer"),
    ]


@pytest.mark.parametrize("size", SIZES)
async def test_everything_is_on_the_screen_and_in_reach(company, open_app, size):
    objective = company.accepted()
    for number in range(12):
        key_results.add(company.as_("ana"), objective, "sales", {"statement": f"Idea {number}"})
    workshops.start(company.as_("ana"), team="sales")
    for number in range(15):
        workshops.note(company.as_("ben"), f"Note {number} " + "long " * 20, team="sales")
    workshops.note(company.as_("ben"), "The other prompt's", prompt="measure", team="sales")
    async with open_app(company, "ana", size=size) as ana:
        await at_workshop(ana)
        parts = [listing(ana, "notes"), field(ana), listing(ana, "ideas"), listing(ana, "people")]
        assert all(ana.page.region.contains_region(part.region) and part.region.height for part in parts)
        assert (parts[2].region.y == parts[0].region.y - 1) == (size[0] >= 110)
        await ana.until(lambda: "Note 14" in ana.picture(), "the newest note in view")
        for part in parts:
            await ana.until(lambda part=part: part.has_focus, part.id)
            if isinstance(part, Listing):
                await ana.press("end")
                assert part.highlighted == part.option_count - 1
            await ana.press("tab")
        ana.go_to(listing(ana, "ideas"))
        await ana.press("end")
        await ana.until(lambda: "Idea 11" in ana.picture())


async def test_another_writes_while_one_types(company, open_app):
    async with open_app(company, "ana") as ana, open_app(company, "ben") as ben:
        await started(ana)
        await at_workshop(ben)
        await ben.press("i")
        await ben.write("Half a thou")
        await writes(ana, "We call back")
        await ben.until(lambda: "@ana We call back" in said_in(ben, "notes"))
        assert field(ben).text == "Half a thou"
        assert field(ben).has_focus
        assert field(ben).cursor_location == (0, 11)
        await ben.write("ght")
        await ben.press("enter")
        await ana.until(lambda: "@ben Half a thought" in said_in(ana, "notes"))
        await ana.until(lambda: "@ben" in said_in(ana, "people"), "Ben among the people")
    assert [one.body for one in stored(company).notes] == ["We call back", "Half a thought"]


async def test_the_clock_ticks_from_what_was_read(company, open_app):
    async with open_app(company, "ana") as ana:
        await started(ana)
        company.now += timedelta(minutes=42, seconds=7)
        await ana.until(lambda: "0:42:07" in clock(ana))
        company.now += timedelta(minutes=60)
        await ana.until(lambda: "Long enough to close." in clock(ana))
        company.now += timedelta(minutes=90)
        await ana.until(lambda: "push back instead of adding key results" in clock(ana))
        await ana.press("t")
        await ana.until(lambda: "paused, kept by @ana" in clock(ana))
        before = clock(ana)
        company.now += timedelta(minutes=5)
        ana.page.reload()
        await ana.settled()
        assert clock(ana) == before


async def test_a_time_box_ends_with_a_word(company, open_app):
    async with open_app(company, "ana") as ana:
        await started(ana)
        await ana.press("b")
        await ana.saved(minutes="5")
        await ana.until(lambda: "box 5:00 left" in clock(ana))
        company.now += timedelta(minutes=5)
        await ana.until(lambda: "time box over" in clock(ana))
        await ana.until(lambda: "The time box is over." in ana.said)


async def test_bad_minutes_are_said_beside_the_field_and_kept(company, open_app):
    async with open_app(company, "ana") as ana:
        await started(ana)
        await ana.press("b")
        await ana.dialog()
        await ana.fill(minutes="soon")
        await ana.press("ctrl+s")
        await ana.until(lambda: "takes a whole number" in ana.wrong("minutes"))
        assert ana.field("minutes").value == "soon"


async def test_it_is_taken_over_and_handed_on(company, open_app):
    workshops.start(company.as_("ben"), team="sales")
    async with open_app(company, "ana") as ana:
        await at_workshop(ana)
        await ana.press("n")
        await ana.until(lambda: any("Ben keeps this workshop: take it over first (K" in one for one in ana.said))
        await ana.press("K")
        await ana.until(lambda: "kept by @ana" in clock(ana))
        await ana.press("K")
        await ana.dialog(Pick)
        await ana.write("lea")
        await ana.press("enter")
        await ana.until(lambda: "kept by @lea" in clock(ana))
    assert stored(company).keeper == "lea"


async def test_leadership_writes_notes_and_no_idea(company, open_app):
    company.accepted()
    async with open_app(company, "lea") as lea:
        await started(lea)
        await writes(lea, "What would a buyer notice?")
        await lea.press("escape", "a")
        await lea.until(lambda: any("Key results are the team's to write." in one for one in lea.said))
        assert any("suggest a wording (s)" in one for one in lea.said)
        assert len(lea.app.screen_stack) == 1


async def test_names_are_ticked(company, open_app):
    async with open_app(company, "ana") as ana:
        await started(ana)
        await ana.press("p")
        await ana.dialog()
        ana.go_to(ana.field("people"))
        await ana.press("space", "ctrl+s")
        await ana.closed()
        await ana.until(lambda: "@ben ticked" in said_in(ana, "people"))
        await ana.press("p")
        await ana.dialog()
        await ana.press("space", "ctrl+s")
        await ana.closed()
        await ana.until(lambda: "@ben" not in said_in(ana, "people"))


async def test_ones_own_note_is_changed_and_nobody_elses(company, open_app):
    workshops.start(company.as_("ana"), team="sales")
    workshops.note(company.as_("ben"), "Theirs", team="sales")
    workshops.note(company.as_("ana"), "Mine", team="sales")
    async with open_app(company, "ana") as ana:
        await at_workshop(ana)
        listing(ana, "notes").choose("N1")
        await ana.press("e")
        await ana.until(lambda: any("N1 is @ben's to change" in one for one in ana.said))
        listing(ana, "notes").choose("N2")
        await ana.press("e")
        await ana.saved(note="Mine, and better")
        await ana.until(lambda: "Mine, and better" in said_in(ana, "notes"))


async def test_two_windows_of_one_person_see_mine_theirs_and_before(company, open_app):
    workshops.start(company.as_("ana"), team="sales")
    ref = workshops.note(company.as_("ana"), "We call back", team="sales")
    async with open_app(company, "ana", size=(120, 40)) as ana:
        await at_workshop(ana)
        listing(ana, "notes").choose(ref)
        await ana.press("e")
        await ana.dialog()
        await ana.fill(note="We call back at ten")
        workshops.edit_note(company.as_("ana"), ref, "We call back at nine")
        await ana.press("ctrl+s")
        await ana.until(lambda: "Theirs: We call back at nine" in ana.picture())
        assert "before: We call back" in ana.picture()
        assert ana.field("note").text == "We call back at ten"
        await ana.press("ctrl+s")
        await ana.closed()
    assert stored(company).notes[0].body == "We call back at ten"


async def test_what_is_typed_and_not_added_is_there_again(company, open_app):
    workshops.start(company.as_("ana"), team="sales")
    async with open_app(company, "ana") as ana:
        await at_workshop(ana)
        await ana.press("i")
        await ana.write("Half a thought")
        await ana.until(lambda: drafts.find(company.as_("ana"), FORM), "the draft")
    async with open_app(company, "ana") as ana:
        await at_workshop(ana)
        await ana.until(lambda: field(ana).text == "Half a thought", "the words again")
        await ana.press("i", "enter")
        await ana.until(lambda: "@ana Half a thought" in said_in(ana, "notes"))
        await ana.until(lambda: drafts.find(company.as_("ana"), FORM) is None, "no draft")


async def test_a_note_that_is_refused_is_in_the_field_still(company, open_app):
    workshops.start(company.as_("ana"), team="sales")
    async with open_app(company, "ana") as ana:
        await at_workshop(ana)
        await ana.press("i")
        await ana.put("x" * 10_001)
        await ana.press("enter")
        await ana.until(lambda: "longer than 10,000 characters: shorten it" in ana.picture())
        assert field(ana).text == "x" * 10_001
    assert stored(company).notes == ()


async def test_an_empty_note_says_what_to_do(company, open_app):
    workshops.start(company.as_("ana"), team="sales")
    async with open_app(company, "ana") as ana:
        await at_workshop(ana)
        await ana.press("i", "enter")
        await ana.until(lambda: "Type your note first" in ana.picture())


async def test_letters_and_digits_are_text_in_the_field_and_esc_leads_out(company, open_app):
    workshops.start(company.as_("ana"), team="sales")
    async with open_app(company, "ana") as ana:
        await at_workshop(ana)
        await ana.press("i")
        await ana.write("1 n t C ?")
        assert field(ana).text == "1 n t C ?"
        await ana.press("escape")
        assert listing(ana, "notes").has_focus
        await ana.press("escape")
        await ana.on("board")
        await ana.press("w")
        await ana.on("workshop")
        assert field(ana).text == "1 n t C ?"
        await ana.press("1")
        await ana.on("room")


async def test_minutes_of_an_earlier_cycle_are_read(company, open_app):
    workshops.start(company.as_("ana"), team="sales")
    workshops.note(company.as_("ben"), "We call back", team="sales")
    company.now += timedelta(minutes=95)
    workshops.close(company.as_("ana"), "Good", team="sales")
    cycles.add(company.operator, {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"})
    async with open_app(company, "ana", size=(80, 24)) as ana:
        ana.app.desk.where.cycle = "2027-Q1"
        await at_workshop(ana)
        assert "not begun" in clock(ana)
        assert "later one: 60 to 75 min" in clock(ana)
        ana.app.desk.where.cycle = "2026-Q4"
        ana.page.reload()
        await ana.until(lambda: "closed" in clock(ana))
        text = ana.page.query_one(Reading).text
        for words in ("1:35:00", "@ben We call back", "Good", "Ana  @ana"):
            assert words in text, words
        assert "1:35:00" in ana.picture()


async def test_a_closed_one_is_gone_on_with(company, open_app):
    workshops.start(company.as_("ana"), team="sales")
    workshops.close(company.as_("ana"), team="sales")
    async with open_app(company, "ben") as ben:
        await at_workshop(ben)
        await ben.press("i")
        await ben.until(lambda: any("its minutes stay as they are: start the clock" in one for one in ben.said))
        await ben.press("a")
        await ben.until(lambda: any("Do it on the board (3)" in one for one in ben.said))
        await ben.press("t")
        await ben.dialog(Confirm)
        await ben.press("escape")
        await ben.closed()
        assert stored(company).is_closed
        await ben.press("t")
        await ben.dialog(Confirm)
        await ben.press("enter")
        await ben.until(lambda: "running, kept by @ben" in clock(ben))
        assert listing(ben, "notes").has_focus
        await ben.press("v")
        await ben.until(lambda: ben.page.query_one(Reading).has_focus)
        await ben.press("v")
        await ben.until(lambda: listing(ben, "notes").has_focus)


async def test_before_it_begins_every_key_says_what_comes_first(company, open_app):
    async with open_app(company, "ana") as ana:
        await at_workshop(ana)
        assert "start its clock (t)" in said_in(ana, "notes")
        for key in ("n", "b", "C", "i", "K", "p", "e", "v"):
            count = len(ana.said)
            await ana.press(key)
            await ana.until(lambda count=count: len(ana.said) > count, key)
            assert "start its clock (t)" in ana.said[-1], key


async def test_without_a_cycle_it_says_so(empty, open_app):
    async with open_app(empty, "olga") as olga:
        olga.app.action_go("workshop")
        await olga.on("workshop")
        assert "There is no cycle yet" in clock(olga)
        await olga.press("t")
        await olga.until(lambda: any("There is no cycle yet" in one for one in olga.said))


async def test_the_guide_offers_it_beside_what_comes_first(company, open_app):
    company.accepted()
    async with open_app(company, "ana") as ana:
        assert "the first key result" in ana.step
        texts = [step.text for step in ana.page.frame.steps]
        assert texts[1] == "Hold the workshop of Sales: two prompts, ideas and a clock"
        await ana.press("right_square_bracket")
        await ana.dialog()
        await ana.press("escape")
        await ana.closed()
        await ana.press("right_square_bracket")
        await ana.until(lambda: stored(company).clock.runs, "the clock, by the offered key")
        await ana.on("workshop")


async def test_hostile_words_are_words(company, open_app):
    hostile = "[red]x[/] [@click=app.quit]y[/] [50%]"
    workshops.start(company.as_("ana"), team="sales")
    workshops.note(company.as_("ben"), hostile, team="sales")
    company.now += timedelta(minutes=70)
    async with open_app(company, "ana") as ana:
        await at_workshop(ana)
        await ana.until(lambda: hostile in said_in(ana, "notes"))
        workshops.close(company.as_("ana"), hostile, team="sales")
        await ana.until(lambda: ana.page.query_one(Reading).text.count(hostile) == 2)
