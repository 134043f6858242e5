"""Me: what somebody owns and promised, and how each reaches the company."""

from __future__ import annotations

import pytest

from okrtui.service import commitments, individuals, initiative_lines, initiatives, objectives, show
from okrtui.service.presence import Spot
from screens.commands import PAGES
from screens.dialogs.form import FormDialog
from widgets.listing import Listing
from widgets.reading import Reading

SIZES = [(80, 24), (120, 36)]
GOAL = "Wombat whispering without notes"
HOSTILE = "[b]B[/b][/x][50%] [@click=app.quit]q[/] $text [red :smile:"


@pytest.fixture
def quarter(company):
    """Ana's agreed key result in a running week, her promises of every kind, an initiative, and an objective of her own."""
    ref, ana, lea = company.agreed(), company.as_("ana"), company.as_("lea")
    commitments.add(ana, {"kind": "contribution", "words": "The weekend queue", "about": ref})
    commitments.add(ana, {"kind": "development", "words": GOAL})
    rota = initiatives.add(ana, {"title": "A rota", "owner": "ana"}, team="sales", key_results=[ref])
    commitments.add(ana, {"kind": "stretch", "words": "Write it with the others", "about": rota})
    individuals.set_mode(lea, "sales", "selective", "The analyst's work")
    own = objectives.add(lea, team="sales", cycle=None, fields={"title": "Numbers can be trusted"})
    objectives.publish(lea, own)
    why = {"need": "accountability", "words": "Data is nobody's"}
    individuals.put_to_person(lea, own, "ana", why, parent=ref, alternatives_seen=True)
    return company.running().at("2026-10-13")


async def mine(seat):
    await seat.press("7")
    await seat.on("me")


async def on(seat, ref):
    assert seat.page.choose(ref)
    await seat.until(lambda: seat.page.query_one(Reading).of == ref, ref)
    await seat.settled()


@pytest.mark.parametrize("size", SIZES)
async def test_everything_of_mine_is_listed_with_its_way_up(quarter, open_app, size):
    async with open_app(quarter, "ana", size=size) as ana:
        await mine(ana)
        assert ana.refs == ["KR1", "O2", "I1", "P1", "P3", "P2"]
        assert "Mine: 0 of 1 checked in, week 3" in str(ana.things.border_title)
        assert (
            "– not said this week  ↑ O1 Buyers get their answer the same day ▸ ✕ O1 contributes to nothing"
            in ana.listed
        )
        assert "A rota  for KR1" in ana.listed
        await on(ana, "P2")
        assert GOAL in ana.full
        assert "read by its owner and the leads of their teams alone" in ana.full
        quarter.checked_in("KR1")
        await ana.until(lambda: "✓ said this week" in ana.listed)
        assert "Mine: 1 of 1 checked in" in str(ana.things.border_title)


async def test_a_new_person_hears_what_to_do(quarter, open_app):
    async with open_app(quarter, "rob") as rob:
        await mine(rob)
        assert "You own nothing in 2026-Q4 yet. a writes down" in rob.listed


@pytest.mark.parametrize(
    ("kind", "more", "made"),
    [
        ("contribution", {"key_result": "KR1"}, ("contribution", "KR1")),
        ("development", {}, ("development", "")),
        ("stretch", {"on": "I1"}, ("stretch", "I1")),
    ],
)
async def test_a_promise_is_written_down(quarter, open_app, kind, more, made):
    async with open_app(quarter, "ben", size=(80, 24)) as ben:
        await mine(ben)
        await ben.press("a")
        await ben.saved(kind=kind, words="Something new", **more)
        await ben.until(lambda: ben.refs == ["P4"])
        one = commitments.shown(quarter.as_("ben"), "P4")
        assert (one.kind, one.about) == made


async def test_an_initiative_is_written_down(quarter, open_app):
    async with open_app(quarter, "ben") as ben:
        await mine(ben)
        await ben.press("a")
        await ben.dialog()
        await ben.fill(kind="initiative", words="Answers from a macro")
        ben.go_to(ben.field("moves"))
        await ben.press("space", "ctrl+s")
        await ben.closed()
        await ben.until(lambda: ben.refs == ["I2"])
        one = initiative_lines.shown(quarter.as_("rob"), "I2")
        assert (one.owner, one.moves) == ("ben", (("KR1", "Median first answer falls"),))


async def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(quarter, open_app):
    async with open_app(quarter, "ben") as ben:
        await mine(ben)
        await ben.press("a")
        await ben.dialog()
        await ben.fill(kind="development")
        await ben.press("ctrl+s")
        await ben.until(lambda: "words are missing" in ben.wrong("words"))
        await ben.fill(words="Half a though")
        await ben.press("escape")
        await ben.closed()
        await ben.press("a")
        await ben.dialog()
        assert ben.field("words").text == "Half a though"
        assert ben.field("kind").value == "development"


async def test_a_promise_is_edited_kept_taken_back_and_let_go(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await mine(ana)
        await on(ana, "P1")
        await ana.press("e")
        await ana.saved(words="The weekend queue, and teach it")
        assert commitments.shown(quarter.as_("ana"), "P1").words == "The weekend queue, and teach it"
        for key, state in (("t", "done"), ("u", "open"), ("z", "let_go")):
            await ana.press(key)
            await ana.until(lambda state=state: commitments.shown(quarter.as_("ana"), "P1").state == state)
            await ana.settled()
        await ana.until(lambda: ana.page.refusal("me.edit"))
        await ana.press("e")
        await ana.until(lambda: any("Promise something new (a)" in said for said in ana.said))


async def test_an_initiative_is_edited_done_and_stopped(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await mine(ana)
        await on(ana, "I1")
        await ana.press("e")
        await ana.saved(title="A rota for the nights", owner="ben", status="doing")
        await ana.until(lambda: "I1" not in ana.refs)  # it is Ben's now
        one = initiative_lines.shown(quarter.as_("rob"), "I1")
        assert (one.title, one.owner, one.status, len(one.moves)) == ("A rota for the nights", "ben", "doing", 1)
    async with open_app(quarter, "ben") as ben:
        await mine(ben)
        await on(ben, "I1")
        for key, status in (("t", "done"), ("z", "stopped")):
            await ben.press(key)
            await ben.until(lambda status=status: initiative_lines.shown(quarter.as_("ben"), "I1").status == status)
            await ben.settled()


async def test_what_is_worked_on_elsewhere_is_opened_there(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        for ref, page in (("KR1", "board"), ("O2", "objectives")):
            await mine(ana)
            await on(ana, ref)
            assert "Enter" in ana.page.refusal("me.done")
            await ana.press("t")
            await ana.until(lambda ref=ref: any(f"{ref} is worked on elsewhere" in said for said in ana.said))
            await ana.press("enter")
            await ana.on(page)
            await ana.until(lambda ref=ref: ana.page.chosen() == ref)


async def test_the_board_tells_what_should_move_a_key_result(quarter, open_app):
    async with open_app(quarter, "ben") as ben:
        ben.app.action_go("board")
        await ben.on("board")
        ben.page.choose("KR1")
        await ben.until(lambda: "I1 A rota  planned, @ana" in ben.full)
        assert "P1 @ana The weekend queue" in ben.full


async def test_a_lead_reads_the_growth_of_the_team_and_changes_none(quarter, open_app):
    async with open_app(quarter, "lea") as lea:
        await mine(lea)
        assert "Development goals in the teams I lead" in lea.listed
        await on(lea, "P2")
        assert GOAL in lea.full
        await lea.press("t")
        await lea.until(lambda: any("P2 is @ana's alone to change" in said for said in lea.said))
        assert commitments.shown(quarter.as_("lea"), "P2").state == "open"


@pytest.mark.parametrize("handle", ["ben", "olga", "rob"])
async def test_no_page_shows_it_to_anybody_else(quarter, open_app, handle):
    async with open_app(quarter, handle, size=(140, 45)) as other:
        other.page.desk.where.team = "sales"
        for page in PAGES:
            other.app.action_go(page)
            await other.on(page)
            told = [
                other.picture(),
                *(str(option.prompt) for one in other.page.query(Listing) for option in one.options),
            ]
            told += [one.text for one in other.page.query(Reading)]
            assert not any("ombat" in one or "P2" in one for one in told), page


async def test_nobody_sees_what_is_chosen_or_written_there(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await mine(ana)
        await on(ana, "P2")
        assert ana.page.spot == Spot("me", "sales", "2026-Q4")
        await ana.press("e")
        form = await ana.dialog()
        assert isinstance(form, FormDialog)
        assert ana.page.spot == Spot("me", "sales", "2026-Q4")


async def test_what_people_type_is_text(quarter, open_app):
    ana = quarter.as_("ana")
    commitments.edit(ana, "P1", {"words": HOSTILE})
    commitments.edit(ana, "P2", {"words": HOSTILE})
    initiatives.edit(ana, "I1", {"title": HOSTILE})
    async with open_app(quarter, "ana", size=(160, 45)) as seat:
        await mine(seat)
        assert seat.listed.count(HOSTILE) == 4  # the initiative once more, on the way up of its stretch
        for ref in ("P1", "P2", "I1"):
            await on(seat, ref)
            assert HOSTILE in seat.full
        assert HOSTILE in seat.picture()
        await seat.press("a")
        await seat.dialog()
        await seat.fill(kind="stretch")
        assert HOSTILE in seat.picture()


class TestIndividualOKRs:
    async def test_the_switch_says_why_it_is_early(self, company, open_app):
        async with open_app(company, "lea") as lea:
            await lea.page.run_action("switch_individual")
            await lea.dialog()
            assert "This is early: no cycle is closed yet." in lea.picture()
            await lea.fill(mode="selective")
            await lea.press("ctrl+s")
            await lea.until(lambda: "need a reason" in lea.picture() or lea.wrong("reason"))
            await lea.saved(reason="The analyst's work")
        assert individuals.mode_of(company.as_("rob"), "sales")[:2] == ("selective", "The analyst's work")

    async def test_the_alternatives_stand_before_asking(self, quarter, open_app):
        ref = objectives.add(quarter.as_("lea"), team="sales", cycle=None, fields={"title": "Another"})
        objectives.publish(quarter.as_("lea"), ref)
        async with open_app(quarter, "lea") as lea:
            await lea.press("2")
            await lea.on("objectives")
            await on(lea, ref)
            await lea.page.run_action("ask_person")
            await lea.dialog()
            await lea.until(
                lambda: "a development goal: what they want to learn" in lea.picture(), "what comes before it"
            )
            await lea.press("ctrl+s")
            await lea.until(lambda: "Choose one of the three with them" in lea.wrong("first"))
            await lea.saved(first="anyway", person="ben", need="accountability", words="Nobody else does it")
            await lea.until(lambda: "@ben" in lea.full)
        (asked,) = invitations_of(quarter, ref)
        assert (asked.team, asked.need) == ("@ben", "accountability")

    async def test_its_leads_see_that_it_is_unanswered(self, quarter, open_app):
        async with open_app(quarter, "lea") as lea:
            await lea.press("2")
            await lea.on("objectives")
            await lea.until(lambda: lea.things.choose("O2 @ana"))
            await lea.until(lambda: "unanswered" in lea.full)
            assert "Unanswered · 1" in lea.listed
            assert lea.page.asked == "@ana"

    async def test_its_person_accepts_it_on_their_screen(self, quarter, open_app):
        async with open_app(quarter, "ana") as ana:
            await ana.press("2")
            await ana.on("objectives")
            await on(ana, "O2")
            await ana.press("A")
            await ana.saved(straight_line="I check the numbers every Friday")
            await ana.until(lambda: "accepted" in ana.full)
        assert invitations_of(quarter, "O2")[0].state == "accepted"

    async def test_the_room_warns_a_team_that_overdoes_it(self, quarter, open_app):
        ref = objectives.add(quarter.as_("lea"), team="sales", cycle=None, fields={"title": "Another"})
        objectives.publish(quarter.as_("lea"), ref)
        why = {"need": "accountability", "words": "x"}
        individuals.put_to_person(quarter.as_("lea"), ref, "ana", why, parent="KR1", alternatives_seen=True)
        async with open_app(quarter, "rob") as rob:
            rob.page.desk.where.team = "sales"
            rob.page.reload()
            await rob.until(lambda: "Individual OKRs pass one a person" in rob.listed)


def invitations_of(company, ref):
    return show.objective(company.as_("rob"), ref).invitations
