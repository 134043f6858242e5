"""Leave to do something to a key result: the table of acts, and what the key result itself asks for beside its state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.errors import NotAllowed
from okrtui.core.model import InvitationState, Kind

if TYPE_CHECKING:
    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import View
    from okrtui.store.key_results import KeyResult

# What makes words the team's own, and so waits until it has adopted what was imported.
_NEEDS_ADOPTION = frozenset(
    {Act.KR_EDIT, Act.KR_START, Act.KR_PROPOSE, Act.KR_OWN, Act.KR_GUIDE, Act.KR_TAKE, Act.KR_QUIET}
)
_OF_AN_AMENDMENT = {
    Act.AMENDMENT_AGREE: frozenset({"asked", "questioned"}),
    Act.AMENDMENT_QUESTION: frozenset({"asked"}),
    Act.AMENDMENT_ANSWER: frozenset({"questioned"}),
    Act.AMENDMENT_TAKE_BACK: frozenset({"asked", "questioned"}),
}


def for_key_result(view: View, act: Act, key_result: KeyResult, exchange: Exchange) -> Leave:
    """Whether whoever looks may do this to a key result; the refusal where not."""
    leave = view.may(act, exchange.on_key_result(view, key_result))
    refusal = _refusal(act, key_result, exchange) if leave else ""
    return replace(leave, refusal=refusal) if refusal else leave


def must(view: View, act: Act, key_result: KeyResult, exchange: Exchange) -> Leave:
    """`for_key_result`, for a deed.

    Raises:
        NotAllowed: with the sentence of the refusal.
    """
    leave = for_key_result(view, act, key_result, exchange)
    if not leave:
        raise NotAllowed(leave.refusal)
    return leave


def _refusal(act: Act, key_result: KeyResult, exchange: Exchange) -> str:
    if act in _NEEDS_ADOPTION and key_result.waits_for_adoption:
        return f"{key_result.ref} was imported and is not the team's own yet: adopt it first (y)."
    match act:
        case Act.KR_ADOPT if not key_result.waits_for_adoption:
            return f"{key_result.ref} is the team's own already: edit it (e)."
        case Act.KR_ESTABLISH if key_result.kind != Kind.ESTABLISH:
            return f"{key_result.ref} has its baseline: amend it, with a reason (o)."
        case Act.KR_PROPOSE:
            return not_accepted_yet(exchange)
        case Act.KR_AGREE:
            return _not_accepted_any_more(exchange)
        case _ if key_result.amendment not in _OF_AN_AMENDMENT.get(act, {key_result.amendment}):
            return _no_such_amendment(act, key_result)
        case _:
            return ""


def not_accepted_yet(exchange: Exchange) -> str:
    """Why nothing under an invitation can be proposed: empty where it is accepted."""
    invitation = exchange.invitation
    if invitation is None or invitation.state == InvitationState.ACCEPTED:
        return ""
    return f"{exchange.objective.ref} is not accepted by {_invited(exchange)} yet: accept it with a straight line (A)."


def _not_accepted_any_more(exchange: Exchange) -> str:
    """Why what was proposed before the invitation changed cannot be agreed to: empty where it is accepted."""
    invitation, ref, invited = exchange.invitation, exchange.objective.ref, _invited(exchange)
    match invitation.state if invitation else InvitationState.ACCEPTED:
        case InvitationState.ACCEPTED:
            return ""
        case InvitationState.PUSHED_BACK:
            return f"{invited} pushed back on {ref}: answer that first (r), and agree once {invited} has accepted it again."
        case InvitationState.RELEASED:
            return f"{invited} was released from {ref}: invite it anew (i), and agree once it has accepted."
        case _:
            return f"{ref} waits for {invited} to accept it: ask for that (c), and agree then."


def _invited(exchange: Exchange) -> str:
    return exchange.team.name if exchange.team else exchange.person.name if exchange.person else "its team"


def _no_such_amendment(act: Act, key_result: KeyResult) -> str:
    ref = key_result.ref
    if act is Act.AMENDMENT_QUESTION and key_result.amendment == "questioned":
        return f"The amendment of {ref} has its question: wait for the team's answer, or comment (c)."
    if act is Act.AMENDMENT_ANSWER and key_result.amendment == "asked":
        return f"Nobody asked about the amendment of {ref}: it waits for leadership to agree or to question it."
    return f"No amendment of {ref} waits: comment (c)."
