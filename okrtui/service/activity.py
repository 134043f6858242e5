"""What happened, in sentences: the log and the activity feed, told from the events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid
from okrtui.core.model import spoken
from okrtui.service import find
from okrtui.service.session import stamp
from okrtui.store import events, people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from okrtui.service.session import Session, View
    from okrtui.store.events import Event


@dataclass(frozen=True, slots=True)
class Line:
    """One event, told: who did what to what, when, and as whom."""

    id: int
    at: str
    who: str
    verb: str
    ref: str
    text: str
    side: str
    deputy_for: str | None
    alone: bool
    way: str


def _moved(words: str) -> Callable[[Mapping[str, object], str], str]:
    return lambda _after, ref: f"{words} {ref}"


def _checked_in(after: Mapping[str, object], ref: str) -> str:
    value = after.get("value")
    number = f"{value:g}, " if isinstance(value, int | float) else ""
    said = f": {after['context']}" if after.get("context") else ""
    blocked = f" (blocked: {after['blocker']})" if after.get("blocker") else ""
    return f"checked in {ref}, week {after.get('week')}: {number}confidence {after.get('confidence')}{said}{blocked}"


def _pushed_back(after: Mapping[str, object], ref: str) -> str:
    return f"pushed back on {ref} ({spoken(str(after.get('reason', '')))}): {after.get('words', '')}"


def _with_words(words: str, key: str) -> Callable[[Mapping[str, object], str], str]:
    return lambda after, ref: f"{words} {ref}: {after[key]}" if after.get(key) else f"{words} {ref}"


def _calibrated(after: Mapping[str, object], ref: str) -> str:
    value = after.get("value")
    if value is None:
        return f"left {ref} without a score: {after.get('reason', '')}"
    reason = f": {after['reason']}" if after.get("reason") else ""
    return f"proposed {value} as the agreed score of {ref}{reason}"


def _revealed(after: Mapping[str, object], ref: str) -> str:
    sides = [f"{side} {told['value']}" for side, told in after.items() if isinstance(told, dict)]
    return f"opened the scores of {ref}: {', '.join(sides)}"


def _scored(side: str) -> Callable[[Mapping[str, object], str], str]:
    def tell(after: Mapping[str, object], ref: str) -> str:
        if after.get("opened"):
            return f"changed the {side} score of {ref} after the opening to {after.get('value')}"
        return f"wrote the {side} score of {ref}" + (", which is in" if after.get("in") else "")

    return tell


def _paused(after: Mapping[str, object], ref: str) -> str:
    if after.get("left"):
        return f"found the clock of the workshop {ref} left by @{after['left']}, and paused it then"
    return f"paused the workshop {ref}"


def _attended(after: Mapping[str, object], ref: str) -> str:
    ticked, unticked = after.get("ticked"), after.get("unticked")
    told = []
    if isinstance(ticked, list) and ticked:
        told.append(f"ticked {', '.join(f'@{one}' for one in ticked)}")
    if isinstance(unticked, list) and unticked:
        told.append(f"took the tick off {', '.join(f'@{one}' for one in unticked)}")
    return f"{' and '.join(told)} in the workshop {ref}" if told else f"came to the workshop {ref}"


def _put_to(after: Mapping[str, object], ref: str) -> str:
    why = f" ({spoken(str(after['need']))}): {after.get('words')}" if after.get("need") else ""
    return f"put {ref} to {after.get('team')}{why}"


def _suggested(after: Mapping[str, object], ref: str) -> str:
    return f"suggested {_suggestion(after, ref)}" + (f": {after['words']}" if after.get("words") else "")


def _decided(verb: str) -> Callable[[Mapping[str, object], str], str]:
    def tell(after: Mapping[str, object], ref: str) -> str:
        reason = f": {after['reason']}" if after.get("reason") else ""
        return f"{verb} {_suggestion(after, ref)}, by @{after.get('suggested_by')}{reason}"

    return tell


def _suggestion(after: Mapping[str, object], ref: str) -> str:
    field = str(after.get("field", "")).replace("_", " ")
    return f"{after.get('suggestion')} on {ref}, {field} {after.get('proposed') or '–'}"


def _closed(after: Mapping[str, object], ref: str) -> str:
    said = f": {after['remark']}" if after.get("remark") else ""
    return f"closed the workshop {ref} after {after.get('length')}{said}"


def _linked(after: Mapping[str, object], ref: str) -> str:
    did = "linked" if after.get("consented") else "asked to link"
    return f"{did} {ref} to {after.get('parent')} ({after.get('kind')})"


# What each verb says. One that is not here is told by its name, so that no event is ever left out.
_TOLD: dict[str, Callable[[Mapping[str, object], str], str]] = {
    "person.add": _moved("added"),
    "person.edit": _moved("changed"),
    "person.deactivate": _moved("switched off"),
    "person.activate": _moved("switched on"),
    "key.add": _with_words("let in a key as", "key"),
    "key.invite": _moved("made a code that lets in a key as"),
    "key.uninvite": _moved("closed the code of"),
    "key.redeem": _with_words("let in, by a code, a key as", "key"),
    "key.remove": _moved("switched off a key of"),
    "session.kick": _with_words("ended a session of", "reason"),
    "maintenance.begin": lambda after, _: f"began maintenance: {after.get('reason')}",
    "maintenance.end": lambda _after, _ref: "ended maintenance",
    "file.restore": lambda after, _: (
        f"put a backup back: {after.get('from')}, in which the last event is {after.get('last')}"
    ),
    "text.redact": lambda after, ref: f"blanked {after.get('what') or ref}: {after.get('reason')}",
    "team.add": _moved("added the team"),
    "team.edit": _moved("changed the team"),
    "team.move": _with_words("moved the team", "under"),
    "team.archive": _moved("archived the team"),
    "team.join": lambda after, ref: f"put @{after.get('person')} into {ref} as {after.get('role')}",
    "team.leave": _moved("took somebody out of"),
    "team.deputy": lambda after, ref: (
        f"let @{after.get('deputy')} stand in for @{after.get('for')} in {ref} until {after.get('until')}"
    ),
    "team.individual": lambda after, ref: (
        f"switched individual OKRs of {ref} to {after.get('mode')}"
        + (f": {after['reason']}" if after.get("reason") else "")
    ),
    "team.steady": lambda after, ref: f"marked {ref} as {'steady' if after.get('steady') else 'not steady'}",
    "cycle.add": _moved("added the cycle"),
    "cycle.edit": _moved("changed the cycle"),
    "cycle.advance": _with_words("moved on the cycle", "phase"),
    "cycle.back": lambda after, ref: f"moved {ref} back to {after.get('phase')}: {after.get('reason')}",
    "cycle.left_open": _moved("closed the cycle over"),
    "objective.add": _with_words("wrote", "title"),
    "objective.edit": _moved("edited"),
    "objective.publish": _moved("published"),
    "objective.reword": _with_words("reworded", "title"),
    "objective.withdraw": _with_words("withdrew", "reason"),
    "objective.learn": _with_words("wrote what was learnt from", "learning"),
    "invitation.invite": _put_to,
    "invitation.uninvite": _moved("took back an invitation to"),
    "invitation.release": _moved("released the team from"),
    "invitation.accept": _with_words("accepted", "straight_line"),
    "invitation.push_back": _pushed_back,
    "invitation.take_back": _moved("took back the pushback on"),
    "invitation.answer": lambda after, ref: (
        f"answered the pushback on {ref}: {after.get('answer')}" + (f", {after['words']}" if after.get("words") else "")
    ),
    "kr.add": _with_words("wrote", "statement"),
    "kr.edit": _moved("edited"),
    "kr.own": _with_words("gave an owner to", "owner"),
    "kr.start": _moved("began to draft"),
    "kr.idea": _moved("put back among the ideas"),
    "kr.guide": _moved("wrote the guidance of"),
    "kr.propose": _moved("proposed"),
    "kr.take_back": _moved("took back the proposal of"),
    "kr.agree": _moved("agreed to"),
    "kr.return": _moved("returned, with a question,"),
    "kr.park": _moved("parked"),
    "kr.unpark": _moved("took up again"),
    "kr.drop": _with_words("dropped", "reason"),
    "kr.amend": _with_words("amended", "reason"),
    "kr.establish": _moved("set the baseline of"),
    "kr.move": lambda after, ref: f"moved {ref} under {after.get('objective')}",
    "amendment.agree": _moved("agreed to the amendment of"),
    "amendment.question": _moved("questioned the amendment of"),
    "amendment.answer": _moved("answered the question about the amendment of"),
    "amendment.take_back": _moved("took back the amendment of"),
    "objective.suggest": _suggested,
    "objective.take": _decided("took"),
    "objective.decline": _decided("declined"),
    "kr.suggest": _suggested,
    "kr.take": _decided("took"),
    "kr.decline": _decided("declined"),
    "kr.import": _with_words("imported the idea", "statement"),
    "kr.adopt": lambda after, ref: f"made {ref} the team's own, which @{after.get('imported_by')} had imported",
    "kr.quiet": lambda after, ref: f"answered a writing check on {ref} ({after.get('rule')}): {after.get('because')}",
    "kr.defend": lambda after, ref: f"defended {ref} ({after.get('decision')}): {after.get('argument')}",
    "kr.not_agreed": lambda after, ref: f"left {ref} not agreed, by closing {after.get('cycle')}",
    "invitation.unanswered": lambda after, ref: (
        f"left {ref} without the answer of {after.get('team')}, by closing {after.get('cycle')}"
    ),
    "kr.checkin": _checked_in,
    "priority.set": _with_words("set the priority", "words"),
    "priority.edit": _with_words("changed the priority", "words"),
    "priority.drop": _moved("dropped the priority"),
    "win.add": _with_words("wrote down the win", "words"),
    "win.edit": _with_words("changed the win", "words"),
    "win.drop": _moved("took back the win"),
    "initiative.add": _with_words("wrote the initiative", "title"),
    "initiative.edit": _moved("changed the initiative"),
    "initiative.status": lambda after, ref: f"marked the initiative {ref} as {spoken(str(after.get('status', '')))}",
    "initiative.link": _with_words("said what the initiative should move,", "key_result"),
    "initiative.unlink": _moved("said what no longer is to be moved by the initiative"),
    "initiative.drop": _moved("dropped the initiative"),
    "commitment.add": lambda after, ref: (
        f"promised {ref}, a {after.get('kind')} to {after.get('about')}: {after.get('words')}"
    ),
    "commitment.edit": _with_words("changed the promise", "words"),
    "commitment.done": _moved("kept the promise"),
    "commitment.let_go": _moved("let go of the promise"),
    "commitment.reopen": _moved("took up again the promise"),
    "round.start": _moved("began a confidence round in"),
    "round.vote": lambda after, ref: (
        f"{'gave numbers' if after.get('in') else 'takes part'} in the confidence round of {ref}"
    ),
    "round.open": lambda after, ref: f"opened the confidence round of {ref}, of {after.get('people')} people",
    "round.abandon": _moved("ended, unopened, the confidence round of"),
    "kr.close": lambda after, ref: (
        f"decided of {ref}: {after.get('decision')}" + (f", {after['words']}" if after.get("words") else "")
    ),
    "kr.carry": lambda after, ref: f"carried {after.get('origin')} on as {ref}, under {after.get('objective')}",
    "workshop.start": _moved("started the clock of the workshop"),
    "workshop.pause": _paused,
    "workshop.prompt": _moved("went on to the next prompt of the workshop"),
    "workshop.box": lambda after, ref: (
        f"gave the workshop {ref} {after['minutes']} minutes"
        if after.get("minutes")
        else f"took the time box off the workshop {ref}"
    ),
    "workshop.hand_over": lambda after, ref: f"gave the workshop {ref} to @{after.get('keeper')} to keep",
    "workshop.close": _closed,
    "workshop.attend": _attended,
    "workshop.note": _with_words("wrote the note", "note"),
    "workshop.reword": _with_words("reworded the note", "note"),
    "score.self": _scored("self"),
    "score.manager": _scored("manager"),
    "score.reveal": _revealed,
    "score.calibrate": _calibrated,
    "score.confirm": lambda after, ref: f"confirmed {after.get('value')} as the agreed score of {ref}",
    "comment.add": _with_words("commented on", "body"),
    "comment.strike": _moved("struck a comment through on"),
    "objective.link": _linked,
    "kr.link": _linked,
    "link.consent": lambda after, ref: f"consented to the link of {ref} to {after.get('parent')}",
    "link.decline": lambda after, ref: (
        f"declined the link of {ref} to {after.get('parent')}" + (f": {after['words']}" if after.get("words") else "")
    ),
    "link.remove": lambda after, ref: f"took the link of {ref} to {after.get('parent')} away",
}


def tell(event: Event, handles: Mapping[int, str]) -> Line:
    """An event as a line of the feed; "(blanked)" where its words were redacted."""
    told = _TOLD.get(event.verb)
    text = told(event.after, event.ref) if told else f"{event.verb} {event.ref}"
    if "undoes" in event.after:
        text += ", to undo"
    if event.redacted:
        text = f"{event.verb.replace('.', ' ')} {event.ref} (blanked)"
    return Line(
        id=event.id,
        at=event.at,
        who=handles.get(event.person_id, "operator") if event.person_id is not None else "operator",
        verb=event.verb,
        ref=event.ref,
        text=text,
        side=event.side,
        deputy_for=handles.get(event.deputy_for) if event.deputy_for is not None else None,
        alone=event.alone,
        way=event.way,
    )


def tell_all(view: View, found: Sequence[Event]) -> list[Line]:
    """Events as lines, in their order."""
    handles = people.handles(view.connection, {one for event in found for one in (event.person_id, event.deputy_for)})
    return [tell(event, handles) for event in found if not event.private]


def recent(view: View, team_ids: Sequence[int] | None, limit: int) -> list[Line]:
    """The newest events of these teams, the newest first."""
    return tell_all(view, events.recent(view.connection, team_ids, limit))


NEWEST = 10_000
"""How many events the log goes back when it is asked for everything."""


def log(session: Session, *, ref: str | None = None, since: datetime | None = None, after: int = 0) -> list[Line]:
    """Who did what, when, the oldest first: of one thing, since a time, or after an event's id; else the newest 10,000.

    Raises:
        Invalid: the ref is longer than any could be.
    """
    if ref is not None and len(ref) > 60:
        raise Invalid("That is no ref: give one such as O12, KR34, a team's slug or a cycle's name.")
    with session.reading() as view:
        if ref is not None:
            found = events.of_ref(view.connection, _spelled(view, ref))
        elif after:
            found = events.after_id(view.connection, after, 100_000)
        elif since is not None:
            found = events.since(view.connection, stamp(since))
        else:
            found = events.latest(view.connection, NEWEST)
        kept = [event for event in found if event.id > after and (since is None or event.at >= stamp(since))]
        return tell_all(view, kept)


def _spelled(view: View, ref: str) -> str:
    """A ref as events spell it: O12, KR34, @ana, sales, 2026-Q4."""
    text = ref.strip()
    if (
        text[:1] == "@"
        or not text[-1:].isdigit()
        or text.rstrip("0123456789").upper() not in {"O", "KR", "C", "S", "I", "P", "PR", "W", "WS", "N"}
    ):
        return text
    return find.spelled(view, text)
