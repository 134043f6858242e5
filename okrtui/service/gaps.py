"""Where a way up is broken, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.model import InvitationState
from okrtui.store import teams

if TYPE_CHECKING:
    from okrtui.service.find import Exchange
    from okrtui.service.link_ends import End
    from okrtui.service.session import View


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a way is broken, at which thing, and what would mend it: in words, by a key of its page, and as a command.

    ``key`` and ``command`` are empty where neither does.
    """

    ref: str
    text: str
    mend: str
    key: str = ""
    command: str = ""


def is_growing(ref: str) -> Gap:
    """A development goal has no way up, and needs none."""
    return Gap(ref, f"{ref} is a development goal, which is for growing", "It needs no way up.")


def moves_nothing(ref: str) -> Gap:
    """An initiative that is for no key result."""
    mend = "Say which key result it moves"
    return Gap(ref, f"{ref} moves no key result", mend, "e", f"okrtui initiative link {ref} KR")


def is_over(end: End) -> Gap:
    """Something that nothing can stand below any more."""
    state = end.state.replace("_", " ")
    another = "key result" if end.key_result else "objective"
    return Gap(end.ref, f"{end.ref} is {state}", f"Link what is below to another {another}", "=")


def only_supports(ref: str, parent: str) -> Gap:
    """A link that does not count."""
    text = f"{ref} supports {parent}, which does not count as aligned"
    return Gap(ref, text, "Link it to what it contributes to", "=", f"okrtui link add {ref} PARENT")


def waits(view: View, ref: str, above: End) -> Gap:
    """A link that was asked for, and that nobody consented to yet."""
    text = f"{ref} asks to contribute to {above.ref}, and waits for consent"
    mend = f"A lead consents ({_leads(view, above)})"
    return Gap(ref, text, mend, "g", f"okrtui link consent {ref} {above.ref}")


def stands_alone(view: View, end: End) -> Gap:
    """An objective that is not the company's and contributes to nothing."""
    text = f"{end.ref} contributes to nothing above {end.team.name}"
    return Gap(end.ref, text, f"A lead links it ({_leads(view, end)})", "=", f"okrtui link add {end.ref} PARENT")


def leads_back(ref: str, back: str) -> Gap:
    """A way that an older or another program let lead back to itself."""
    return Gap(ref, f"{ref} leads back to {back}", "Take the link away", command=f"okrtui link remove {ref} {back}")


def _leads(view: View, end: End) -> str:
    """Who leads a thing's team, else the nearest team above it that anybody leads."""
    for team_id in reversed(end.team.chain):
        if found := teams.active_leads(view.connection, (team_id,)):
            return ", ".join(f"@{handle}" for handle in found)
    return "nobody leads it yet"


def unanswered(exchange: Exchange) -> tuple[Gap, ...]:
    """What breaks the way from a key result to its objective: that those asked have not accepted it."""
    asked, ref = exchange.invitation, exchange.objective.ref
    assert asked is not None  # noqa: S101  # a key result stands under one
    name = invited(exchange)
    match InvitationState(asked.state):
        case InvitationState.ACCEPTED:
            return ()
        case InvitationState.PUSHED_BACK:
            command = f"okrtui invitation answer {ref} --team {exchange.asked}"
            return (Gap(ref, f"{name} pushed back on {ref}", "Its leads answer", "r", command),)
        case InvitationState.RELEASED:
            whom = exchange.asked if exchange.team else f"--person {exchange.asked.removeprefix('@')}"
            command = f"okrtui objective invite {ref} {whom}"
            return (Gap(ref, f"{name} was released from {ref}", "Its leads invite anew", "i", command),)
        case _:
            command = f"okrtui invitation accept {ref} --team {exchange.asked} -m STRAIGHT_LINE"
            return (Gap(ref, f"{name} has not accepted {ref}", f"{name} accepts it", "A", command),)


def invited(exchange: Exchange) -> str:
    """The name of the team, or the person, that an invitation asks."""
    return exchange.team.name if exchange.team else exchange.person.name if exchange.person else ""
