"""Whom an objective is put to: one form in which the ticked teams are asked, and the others are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid
from okrtui.service import addressing, invitations, listing, objectives
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Pick
from widgets.in_full import age

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from okrtui.service.addressing import Addressed
    from okrtui.service.invitation_cards import InvitationCard
    from okrtui.service.session import Session
    from okrtui.service.show import ObjectivePage
    from okrtui.store.teams import Team
    from screens.page import Page

_SAID = {"open": "unanswered", "pushed_back": "pushed back", "accepted": "accepted", "released": "released before"}


async def invite(page: Page, found: ObjectivePage, now: datetime) -> None:
    """Ask which teams it is put to; one that is no longer ticked is let go."""
    teams = await page.read(lambda session: listing.teams_below(session, found.ref))
    if not teams:
        return
    asked = {one.team: one for one in found.invitations if one.state != "released"}
    fields = _fields(teams, {one.team: one for one in found.invitations}, now)
    first = {"teams": list(asked) or ([teams[0].slug] if len(teams) == 1 else []), "words": ""}

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"Put {found.ref} to teams"
        return FormDialog(title, fields, values or first, errors, intro=found.title, save_label="Put to them")

    def save(session: Session, values: dict[str, object]) -> Addressed:
        ticked = _ticked(values)
        ask, leave = [slug for slug in ticked if slug not in asked], [slug for slug in asked if slug not in ticked]
        if not ask and not leave:
            raise Invalid("Mark a team.", {"teams": "Mark at least one team with space, or unmark one to let it go."})
        return addressing.address(session, found.ref, ask=ask, leave=leave, words=str(values.get("words", "")))

    await page.ask(form, save, lambda done: _done(found.ref, done))


def _ticked(held: Mapping[str, object]) -> list[str]:
    slugs = held.get("teams")
    return [str(one) for one in slugs] if isinstance(slugs, list) else []


def _fields(teams: Sequence[Team], answers: Mapping[str, InvitationCard], now: datetime) -> list[Field]:
    top = min(team.depth for team in teams)
    choices = [
        (team.slug, f"{'  ' * (team.depth - top)}{team.name}{_answer(answers.get(team.slug), now)}") for team in teams
    ]
    answered = {slug for slug, one in answers.items() if one.state in {"accepted", "pushed_back", "unanswered"}}
    hint = "space marks one, letters narrow the list"
    return [
        Field("teams", "Teams that are asked", "several", hint=hint, choices=choices),
        Field(
            "words",
            "Why are those released that you unmarked?",
            "note",
            hint="they read it; what they wrote stays on record",
            only_for=lambda held: bool(answered - set(_ticked(held))),
        ),
    ]


def _answer(card: InvitationCard | None, now: datetime) -> str:
    """What a team has said, after its name."""
    if card is None:
        return ""
    since = card.pushback.at if card.state == "pushed_back" and card.pushback else card.asked_at
    waits = f", {age(since, now)}" if card.state in {"open", "pushed_back"} else ""
    return f" · {_SAID.get(card.state, card.state)}{waits}"


def _done(ref: str, done: Addressed) -> str:
    told = [
        f"put {ref} to {_teams(done.asked)}" if done.asked else "",
        f"took the invitation of {_teams(done.taken_back)} back" if done.taken_back else "",
        f"released {_teams(done.released)}" if done.released else "",
    ]
    sentence = ", ".join(part for part in told if part)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _teams(slugs: Sequence[str]) -> str:
    return slugs[0] if len(slugs) == 1 else f"{len(slugs)} teams"


async def let_go(page: Page, found: ObjectivePage, asked: str) -> None:
    """Ask which team is no longer asked, unless one is chosen, and why."""
    standing = [one for one in found.invitations if one.state not in {"released", "unanswered"}]
    if not standing:
        page.say(f"{found.ref} asks no team: invite those it is for (i).")
        return
    one = next((one for one in standing if one.team == asked), None) or await _picked(
        page, standing, "Release which team?"
    )
    if one is None:
        return
    field = Field("words", "Why", "note", hint="the team reads it")
    said = _SAID.get(one.state, one.state)
    intro = f"{one.team_name} ({said}) is no longer asked. What it has said and written stays on record."

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"Release {one.team_name} from {found.ref}"
        return FormDialog(title, [field], values, errors, intro=intro, save_label="Release")

    def save(session: Session, values: dict[str, object]) -> None:
        invitations.release(session, found.ref, one.team, str(values["words"]))

    await page.ask(form, save, f"Released {one.team_name} from {found.ref}.")


async def _picked(page: Page, standing: Sequence[InvitationCard], title: str) -> InvitationCard | None:
    choices = [(one.team, f"{one.team_name} · {_SAID.get(one.state, one.state)}") for one in standing]
    slug = await page.app.push_screen_wait(Pick(title, choices))
    return next((one for one in standing if one.team == slug), None)


async def take_away(page: Page, found: ObjectivePage, asked: str) -> None:
    """Take an invitation back that nobody answered; which one is asked, unless it is chosen."""
    bare = [one for one in found.invitations if one.state == "open"]
    if not bare:
        page.say(f"No invitation of {found.ref} is unanswered: release a team instead.")
        return
    one = next((one for one in bare if one.team == asked), None) or await _picked(
        page, bare, "Take which invitation back?"
    )
    if one is None:
        return
    question = f"Take the invitation of {one.team_name} to {found.ref} back, as if it was never asked?"
    if await page.confirmed(question, "Take it back"):
        said = f"{one.team_name} is no longer asked."
        await page.save(lambda session: objectives.uninvite(session, found.ref, one.team), said)


async def pick_answer(page: Page, found: ObjectivePage, now: datetime) -> str | None:
    """Ask which team's answer to go to; its slug."""
    if not found.invitations:
        page.say(f"{found.ref} was put to no team yet: invite those it is for (i).")
        return None
    choices = [(one.team, f"{one.team_name}{_answer(one, now)}") for one in found.invitations]
    picked: str | None = await page.app.push_screen_wait(Pick(f"Which team's answer to {found.ref}?", choices))
    return picked
