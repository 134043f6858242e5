"""Who sets up people, teams and cycles: admins, with a few acts for leads (method, "The nouns")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import NotAllowed
from okrtui.core.leave import Leave
from okrtui.core.model import PHASES, Phase, Side

if TYPE_CHECKING:
    from okrtui.core.sides import Actor, Chain


def must_administer(actor: Actor, what: str) -> None:
    """Let an admin or the file's operator pass.

    Raises:
        NotAllowed: for anybody else; ``what`` is a plural that begins the sentence, such as "People".
    """
    if not (actor.admin or actor.is_operator):
        raise NotAllowed(f"{what} are set up by an admin: ask one of them (`okrtui person list` shows who they are).")


def must_lead_or_administer(actor: Actor, chain: Chain, team: str, what: str) -> Leave | None:
    """Let a lead of the team or of one above pass, as whom it says, and an admin or the operator, as nobody's side.

    Raises:
        NotAllowed: for anybody else; ``what`` says what only they do.
    """
    if post := actor.leads(chain):
        return Leave(Side.LEADERSHIP, post.deputy_for)
    if not (actor.admin or actor.is_operator):
        raise NotAllowed(f"{what} is done by a lead of {team} or an admin: ask one of them.")
    return None


def next_phase(phase: Phase) -> Phase | None:
    """The phase after this one; none after closed."""
    place = PHASES.index(phase) + 1
    return PHASES[place] if place < len(PHASES) else None


def phase_to_advance_to(cycle: str, now: Phase, wanted: Phase | None) -> Phase:
    """The phase a cycle may be moved on to: the next, which ``wanted`` may name.

    Raises:
        NotAllowed: the cycle is closed, or ``wanted`` is not the next phase.
    """
    following = next_phase(now)
    if following is None:
        raise NotAllowed(f"{cycle} is closed and stays as it was: add the next cycle with `okrtui cycle add`.")
    if wanted not in {None, following}:
        raise NotAllowed(f"{cycle} is {now}, and the next phase is {following}: move it there first.")
    return following


def phase_to_go_back_to(cycle: str, now: Phase) -> Phase:
    """The phase before this one.

    Raises:
        NotAllowed: the cycle is drafting already, or closed, from which there is no way back.
    """
    if now is Phase.CLOSED:
        raise NotAllowed(f"{cycle} is closed and stays as it was: what is to go on belongs into the next cycle.")
    if now is Phase.DRAFTING:
        raise NotAllowed(f"{cycle} is drafting: there is no phase before that.")
    return PHASES[PHASES.index(now) - 1]
