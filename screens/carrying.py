"""Carrying a key result over from the cycle closed last, where it did not come along by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.service import closing
from screens.dialogs.pick import Pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.service.cards import ObjectiveCard
    from okrtui.service.closing import Waiting
    from screens.page import Page


async def carry(page: Page, team: str, cards: Sequence[ObjectiveCard], under: str) -> str | None:
    """Ask which key result goes on, and under which of these objectives; the ref of the draft."""
    waiting = await page.read(lambda session: closing.waiting_of(session, team))
    if not waiting:
        return None
    chosen = await page.app.push_screen_wait(Pick("Carry over", [(one.ref, _told(one)) for one in waiting]))
    if not chosen:
        return None
    asked = next(one.asked for one in waiting if one.ref == chosen)
    fitting = [card for card in cards if card.invitation is not None and card.invitation.team == asked]
    if not fitting:
        page.say(
            f"No objective of this cycle was put to {asked} yet, and {chosen} goes on under one.", severity="warning"
        )
        return None
    objective = await _objective(page, chosen, fitting, under)
    if not objective:
        return None
    return await page.save(
        lambda session: closing.carry(session, chosen, objective),
        f"{chosen} goes on, as a draft: fill it in (e) and propose it (p).",
    )


async def _objective(page: Page, ref: str, cards: Sequence[ObjectiveCard], under: str) -> str | None:
    """The only objective there is, or one that is picked."""
    if len(cards) == 1:
        return cards[0].ref
    choices = [(card.ref, f"{card.ref} {card.title}") for card in cards]
    return await page.app.push_screen_wait(Pick(f"Carry {ref} under which objective?", choices, under))


def _told(one: Waiting) -> str:
    return f"{one.ref} {one.statement} ({one.decision}{f': {one.words}' if one.words else ''})"
