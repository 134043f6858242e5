"""From the empty file to an agreed key result and its first check-in, by the keys that are offered and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from textual.widgets import Input, TextArea

from okrtui.service import invitations, key_results, objectives, show
from screens.dialogs.confirm import Confirm
from widgets.choice_list import ChoiceList
from widgets.ticks import TickList


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_from_the_empty_file_to_the_first_check_in(empty, open_app, size):
    empty.now = datetime.now(UTC)  # the quarter that is offered is this one
    async with open_app(empty, "olga", size=size) as olga:
        await take_step(olga, "Add the first cycle")
        await through_the_form(olga)
        await take_step(olga, "Write the first objective")
        await through_the_form(olga, title="We live", why="Or not")
        await take_step(olga, "Publish O1")
        await agree(olga)
        await take_step(olga, "Add somebody you work with")
        await olga.press("escape")
        await olga.closed()
        await take_step(olga, "Invite a team to O1")
        await through_the_form(olga)
        await take_step(olga, "O1 asks Acme")
        await through_the_form(olga, straight_line="We ship")
        await take_step(olga, "the first key result for O1")
        await through_the_form(olga, statement="Ten pay")
        await take_step(olga, "Fill in KR1 and propose it")
        await through_the_form(
            olga,
            kind="increase",
            unit="teams",
            baseline="0",
            target="10",
            owner="olga",
            control="ours",
            week_nine="Yes",
        )
        await take_step(olga, "Agree to or return KR1")
        await agree(olga)
        await take_step(olga, "check-ins begin once it runs")
        await agree(olga)
        await olga.until(lambda: "Check in KR1" in olga.step)
        await olga.press("right_square_bracket")
        await olga.on("checkin")
        assert olga.page.in_field
        await olga.press("3", "enter", "7", "enter")
        await olga.write("Three signed")
        await olga.press("ctrl+s")
        await olga.until(lambda: show.key_result(empty.as_("olga"), "KR1").checkins, "the check-in")
    (checkin,) = show.key_result(empty.as_("olga"), "KR1").checkins
    assert (checkin.value, checkin.confidence, checkin.context) == (3, 7, "Three signed")


async def take_step(person, words):
    """The offered step says these words; the offered key begins it."""
    await person.until(lambda: words in person.step, f"the step {words!r}")
    assert "]" in person.step
    await person.press("right_square_bracket")
    await person.until(lambda: len(person.app.screen_stack) == 2 and person.screen.focused, "what the step opens")


async def agree(person):
    """Enter is offered for yes."""
    assert isinstance(person.screen, Confirm)
    await person.press("enter")
    await person.closed()


async def through_the_form(person, **answers):
    """Enter goes from field to field and saves after the last one; words are typed, choices taken with the arrows."""
    form = person.screen
    while person.screen is form:
        field = form.focused
        name = field.id.removeprefix("in-")
        if name in answers and isinstance(field, ChoiceList):
            await person.select(name, answers.pop(name))
        elif name in answers and isinstance(field, Input | TextArea):
            await person.write(answers.pop(name))
        assert isinstance(field, Input | TextArea | ChoiceList | TickList)
        await person.press("enter")
        await person.until(lambda field=field: person.screen is not form or person.screen.focused is not field)
        said = [place.content for place in form.query(".wrong.-said")]
        assert person.screen is not form or answers or not said, said
    assert not answers, answers
    await person.closed()


async def test_the_key_goes_on_to_the_next_thing_where_the_first_is_left(company, open_app):
    first, second = company.objective(), company.objective()
    async with open_app(company, "ana") as ana:
        await take_step(ana, f"{first} asks Sales")
        assert f"Accept {first}" in ana.picture()
        await ana.press("escape")
        await ana.closed()
        await take_step(ana, f"{second} asks Sales")
        assert f"Accept {second}" in ana.picture()
        await ana.press("escape")
        await ana.closed()
        await ana.press("left_square_bracket")
        await ana.dialog()
        assert f"Accept {first}" in ana.picture()


async def test_what_waits_elsewhere_is_offered_after_what_there_is_to_do_here(company, open_app):
    ref = objectives.add(company.as_("olga"), team="acme", cycle=None, fields={"title": "Nobody waits"})
    objectives.publish(company.as_("olga"), ref)
    objectives.invite(company.as_("olga"), ref, ["sales"])
    invitations.accept(company.as_("ana"), ref, "sales", "We answer")
    kr = company.draft(ref)
    key_results.propose(company.as_("ana"), kr)
    async with open_app(company, "olga") as olga:
        assert olga.app.desk.where.team == "acme"
        await take_step(olga, f"Agree to or return {kr}")
        assert olga.app.desk.where.team == "sales"
        await agree(olga)
        assert olga.page.chosen() == kr
    assert show.key_result(company.as_("rob"), kr).card.state == "agreed"


async def test_a_reader_is_told_who_can_begin(empty, open_app):
    empty.person("rob")
    async with open_app(empty, "rob") as rob:
        assert "ask an admin to add one (Olga)" in rob.step
        await rob.press("right_square_bracket")
        await rob.until(lambda: "ask an admin to add one (Olga)" in rob.said[-1])


@pytest.mark.parametrize("page", ["objectives", "board", "checkin"])
async def test_every_page_of_an_empty_file_names_the_next_act(empty, open_app, page):
    async with open_app(empty, "olga", size=(80, 24)) as olga:
        olga.app.action_go(page)
        await olga.on(page)
        if page != "checkin":
            assert "Add the first cycle" in olga.listed
            await olga.press("enter")
            await olga.dialog()
            await olga.press("escape")
            await olga.closed()
        olga.app.desk.taken = None
        await take_step(olga, "Add the first cycle")
        assert olga.page.PAGE == "room"
