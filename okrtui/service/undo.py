"""Undo: one's own last act, where nobody else was told of it, read from the events."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.errors import NotAllowed
from okrtui.core.model import KeyResultState
from okrtui.core.names import parse_ref
from okrtui.service import activity, commitments, dots, find, initiatives, key_results, links, priorities
from okrtui.service.session import stamp
from okrtui.store import events
from okrtui.store.priorities import Priority

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.service.session import Deed, Session, View
    from okrtui.store.events import Event

WITHIN = timedelta(hours=1)
"""How long an act can be undone: what lies further back would be a surprise."""

_LOOKED_AT = 200

_OPPOSITE = {
    Act.KR_START: Act.KR_IDEA,
    Act.KR_IDEA: Act.KR_START,
    Act.KR_PARK: Act.KR_UNPARK,
    Act.KR_UNPARK: Act.KR_PARK,
}

# Why an act stays, and what to do instead; the ref takes the place of {ref}.
_STAYS: dict[str, str] = {
    Act.KR_PROPOSE: "The other side was told of {ref}: take the proposal back instead (e on the board).",
    Act.KR_TAKE_BACK: "The other side was told: propose {ref} again instead (p).",
    Act.KR_AGREE: "The team was told that {ref} is agreed: ask it to amend or to drop it instead (c).",
    Act.KR_RETURN: "The team was told that {ref} came back: ask it to propose it again instead (c).",
    Act.KR_DROP: "The other side was told that {ref} is dropped: write it again as an idea instead (a).",
    Act.KR_ADD: "What is written stays on record: edit {ref} (e), or drop it with a reason (d).",
    Act.KR_EDIT: "Words are changed back by editing {ref} once more (e).",
    Act.KR_OWN: "The new owner was told: name another of {ref} instead (e).",
    Act.KR_AMEND: "The other side was told: amend {ref} once more instead.",
    Act.KR_SUGGEST: "The team was told what you suggest for {ref}: say so in a comment if it no longer holds (c).",
    Act.KR_TAKE: "Others read that it was taken: edit {ref} once more instead (e).",
    Act.KR_DECLINE: "Others read that it was declined: suggest it for {ref} yourself instead (s).",
    Act.KR_IMPORT: "Imported ideas are the team's to adopt (y) or to drop: leave {ref} to it, or comment (c).",
    Act.KR_ADOPT: "{ref} is the team's own now: park it (z), or drop it with a reason (d).",
    Act.KR_QUIET: "The answer stays on record: give another for {ref} instead.",
    Act.KR_DEFEND: "The other side was told: defend {ref} once more instead (D).",
    Act.AMENDMENT_AGREE: "The team was told: ask it to amend {ref} once more instead (c).",
    Act.AMENDMENT_QUESTION: "The team was told: agree to the amendment of {ref} instead (g), or comment (c).",
    Act.AMENDMENT_ANSWER: "The other side was told: answer again in a comment on {ref} (c).",
    Act.AMENDMENT_TAKE_BACK: "The other side was told: amend {ref} once more instead (o).",
    Act.OBJECTIVE_SUGGEST: "Its leads were told what you suggest for {ref}: say so in a comment if it no longer holds (c).",
    Act.OBJECTIVE_TAKE: "Others read that it was taken: reword {ref} once more instead (e).",
    Act.OBJECTIVE_DECLINE: "Others read that it was declined: suggest it for {ref} yourself instead (s).",
    Act.CHECK_IN: "The check-in was read by others already: check {ref} in again to revise it (4).",
    Act.COMMENT: "The comment was read by others already: answer it with another on {ref} (c).",
    Act.ACCEPT: "The other side was told: push back on {ref} instead (b).",
    Act.PUSH_BACK: "The other side was told: take the pushback on {ref} back instead.",
    Act.INITIATIVE_ADD: "What is written stays on record: edit {ref} (e on your page), or drop it.",
    Act.INITIATIVE_EDIT: "Words are changed back by editing {ref} once more (e on your page).",
    "commitment.add": "What is promised stays on record: edit {ref} (e), or let it go (z), on your page (7).",
    "commitment.edit": "Words are changed back by editing {ref} once more (e on your page, 7).",
    Act.WORKSHOP_NOTE: "What is written stays: change the words of {ref} in the workshop (e).",
    Act.OBJECTIVE_LINK: "A lead above was asked: take the link of {ref} away instead (`okrtui link remove`).",
    Act.KR_LINK: "A lead above was asked: take the link of {ref} away instead (`okrtui link remove`).",
    Act.LINK_CONSENT: "Whoever asked was told: take the link of {ref} away instead (`okrtui link remove`).",
    Act.LINK_DECLINE: "Whoever asked was told: ask them to link {ref} once more instead (c).",
    "link.remove": "Others read that it is gone: link {ref} once more instead (=).",
    "workshop.start": "The clock runs for everybody: pause it in the workshop (t).",
    "workshop.pause": "The clock stands for everybody: start it in the workshop (t).",
    "workshop.close": "The workshop is closed for everybody: start its clock for a further sitting (t).",
    Act.OBJECTIVE_PUBLISH: "Everybody was told of {ref}: reword it instead (e).",
}


def undo(session: Session) -> str:
    """Undo one's own last act of the last hour; acts that were undone, and the undoing of them, are passed over.

    Returns:
        What is so again, as a sentence.

    Raises:
        NotAllowed: there is none, others were told, or somebody did something to the same thing since.
    """
    with session.writing() as deed:
        mine = events.newest_of(deed.connection, deed.person_id, stamp(deed.now - WITHIN), _LOOKED_AT)
        standing = net(mine)
        if not standing:
            raise NotAllowed("You did nothing in the last hour that could be undone: nothing is changed.")
        _must_be_untouched(deed, standing[0])
        return _undo(deed, standing[0])


def net(found: Sequence[Event]) -> list[Event]:
    """Events without those that were undone and those that undid them, in their order."""
    gone = {undone for event in found if (undone := event.after.get("undoes")) is not None}
    return [event for event in found if event.id not in gone and "undoes" not in event.after]


def _must_be_untouched(view: View, last: Event) -> None:
    """Refuse where anybody, in another window too, did something to the same thing since; one's dots are nobody else's."""
    if last.verb == Act.KR_DOT:
        return
    later = [event for event in events.of_ref(view.connection, last.ref) if event.id > last.id]
    # Dots change nothing of a thing.
    if remaining := [event for event in net(later) if event.verb != Act.KR_DOT]:
        line = activity.tell_all(view, remaining[-1:])
        who = f"{line[0].who} {line[0].text}" if line else f"somebody worked on {last.ref}"
        raise NotAllowed(f"Nothing is undone, as {last.ref} moved on since: {who}. Open it and look (3).")


def _undo(deed: Deed, last: Event) -> str:
    match last.verb:
        case Act.KR_START | Act.KR_IDEA | Act.KR_PARK | Act.KR_UNPARK if not _was_proposed(last):
            key_results.move(deed, _OPPOSITE[Act(last.verb)], last.ref, undoes=last.id)
            state = find.key_result(deed, last.ref)[0].state
            return f"{last.ref} is {_AGAIN.get(state, state)} again."
        case Act.KR_DOT:
            dots.undo(deed, last.ref, int(str(last.before["dots"])), undoes=last.id)
            return f"{last.ref} has your dots as before."
        case Act.OBJECTIVE_LINK | Act.KR_LINK if last.after.get("consented"):
            parent = str(last.after["parent"])
            links.take_away(deed, last.ref, parent, undoes=last.id)
            return f"{last.ref} is linked to {parent} no more."
        case Act.INITIATIVE_STATUS if last.before:
            status = str(last.before["status"])
            initiatives.put_status_back(deed, last.ref, status, undoes=last.id)
            return f"{last.ref} is {status} again."
        case "commitment.done" | "commitment.let_go":
            commitments.reopen(deed, last.ref, undoes=last.id)
            return f"{last.ref} is open again."
        case _:
            return _undo_of_a_week(deed, last)


def _undo_of_a_week(deed: Deed, last: Event) -> str:
    """Undo what was done to a team's priorities and wins."""
    match last.verb:
        case Act.PRIORITY_SET:
            priorities.take_away(deed, last.ref, undoes=last.id)
            return f"{last.ref} is no priority any more: {last.after.get('words', '')}"
        case "priority.edit" if last.before:
            priorities.change(deed, last.ref, last.before, undoes=last.id)
            return f"{last.ref} says again what it said before."
        case Act.PRIORITY_DROP if last.before:
            priorities.put_back(deed, _dropped(last), undoes=last.id)
            return f"{last.ref} is a priority again: {last.before['words']}"
        case Act.WIN_ADD:
            priorities.take_win_away(deed, last.ref, undoes=last.id)
            return f"{last.ref} is no win any more: {last.after.get('words', '')}"
        case "win.edit" if last.before:
            priorities.reword_win(deed, last.ref, str(last.before["words"]), undoes=last.id)
            return f"{last.ref} says again what it said before."
        case _:
            raise NotAllowed(_why_it_stays(last))


_AGAIN: dict[str, str] = {KeyResultState.IDEA: "an idea", KeyResultState.DRAFT: "a draft"}


def _was_proposed(event: Event) -> bool:
    return KeyResultState.PROPOSED in {event.before.get("state"), event.after.get("state")}


def _dropped(event: Event) -> Priority:
    """The priority as it was when it was dropped."""
    told = event.before
    assert event.team_id is not None  # noqa: S101  # a priority is of a team
    assert event.cycle_id is not None  # noqa: S101  # and of a cycle
    return Priority(
        parse_ref(event.ref, "PR").number,
        event.team_id,
        event.cycle_id,
        int(str(told["week"])),
        str(told["rank"]),
        str(told["words"]),
        int(str(told["author"])),
        str(told["at"]),
        1,
    )


def _why_it_stays(last: Event) -> str:
    if last.verb in {Act.KR_PARK, Act.KR_UNPARK}:
        return f"The other side had {last.ref} as a proposal: press z on it instead."
    told = _STAYS.get(last.verb, "What you did last is on record and others were told: comment on it (c) instead.")
    return told.format(ref=last.ref)
