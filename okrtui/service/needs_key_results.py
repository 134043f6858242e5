"""What waits for somebody of key results: proposals, questions, owners, check-ins, defences."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from okrtui.core.model import KeyResultState, Phase, Side
from okrtui.core.weeks import FRIDAY, due_day, weeks
from okrtui.service import needs_facts, needs_scores
from okrtui.service.owing import waits_for
from okrtui.store import needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.service.asked import Asked
    from okrtui.service.cards import Calendar
    from okrtui.service.looking import Looking
    from okrtui.service.needs_facts import Facts
    from okrtui.store.needs import Waiting

AMENDING = ("board", "board.amend")
ANSWERING = ("board", "board.answer")


def look(looking: Looking, asked: dict[int, Asked]) -> None:
    """What each key result waits for of somebody, under what they are asked about, by the invitations."""
    if not asked:
        return
    found = needs.key_results_of(looking.view.connection, asked.keys())
    facts = needs_facts.read(looking, asked, found)
    to_adopt: dict[int, list[Waiting]] = defaultdict(list)
    for one in found:
        of = asked[one.invitation_id]
        if one.state == KeyResultState.IDEA:
            to_adopt[one.invitation_id].append(one)
        elif one.state == KeyResultState.PROPOSED:
            _proposal(looking, of, one)
        elif one.state == KeyResultState.DRAFT:
            _question(looking, of, one, facts)
        else:
            _agreed(looking, of, one, facts)
    for number, ideas in to_adopt.items():
        _adopt(looking, asked[number], ideas)
    needs_scores.learning(looking, asked, found, facts)


def _proposal(looking: Looking, asked: Asked, found: Waiting) -> None:
    if Side.LEADERSHIP in asked.acts_for:
        text = f"Agree to or return {found.ref} {found.statement}"
        looking.add("proposal", found.ref, asked, text, f"okrtui kr agree {found.ref}")
    _owner(looking, asked, found)


def _agreed(looking: Looking, asked: Asked, found: Waiting, facts: Facts) -> None:
    if Side.LEADERSHIP in asked.acts_for and found.amendment == "asked":
        text = f"Agree to or question the amendment of {found.ref} {found.statement}"
        looking.add("amendment", found.ref, asked, text, f"okrtui kr agree {found.ref}")
    _question(looking, asked, found, facts)
    _owner(looking, asked, found)
    # An owner is asked whatever team they are in now; but not a lead, whose pen it is not.
    if found.owner_id == looking.actor.person_id and (Side.TEAM in asked.acts_for or not asked.acts_for):
        _checkin(looking, asked, found, facts.calendars[asked.exchange.cycle.id])
        _defence(looking, asked, found, facts)
    if asked.exchange.cycle.phase is Phase.SCORING:
        needs_scores.scoring(looking, asked, found, facts)


def _adopt(looking: Looking, asked: Asked, ideas: Sequence[Waiting]) -> None:
    """The ideas that came by an import under one objective, together: however many, they wait as one."""
    if Side.TEAM not in asked.acts_for:
        return
    first, objective = ideas[0], asked.exchange.objective
    text = f"{first.ref} {first.statement} was imported: adopt it or drop it"
    if len(ideas) > 1:
        text = f"{len(ideas)} ideas were imported for {objective.ref} {objective.title}: adopt them or drop them"
    looking.add("adopt", first.ref, asked, text, f"okrtui kr adopt {first.ref}")


def _owner(looking: Looking, asked: Asked, found: Waiting) -> None:
    if Side.TEAM in asked.acts_for and not found.owned:
        text = f"{found.ref} {found.statement} has no active owner: name one"
        looking.add("owner", found.ref, asked, text, f"okrtui kr edit {found.ref} --owner HANDLE")


def _question(looking: Looking, asked: Asked, found: Waiting, facts: Facts) -> None:
    question = facts.questions.get(found.ref)
    if question is None or Side.TEAM not in asked.acts_for:
        return
    is_amendment = found.state == KeyResultState.AGREED
    what = f"The amendment of {found.ref}" if is_amendment else found.ref
    command = f"okrtui kr answer {found.ref} -m WORDS" if is_amendment else f"okrtui kr show {found.ref}"
    text = f"{what} came back with a question: {question.body}"
    looking.add("question", found.ref, asked, text, command, met=ANSWERING if is_amendment else None)


def _checkin(looking: Looking, asked: Asked, found: Waiting, calendar: Calendar) -> None:
    if not calendar.reports:
        return
    cycle, team = calendar.cycle, asked.exchange.team
    numbered = weeks(cycle.starts, cycle.ends)
    week = numbered[(calendar.week or len(numbered)) - 1]
    if found.checked_week is not None and found.checked_week >= week.number:
        return
    day = due_day(week, team.due_weekday if team else FRIDAY)
    overdue = calendar.today > day
    when = f"was due {day:%a} {day.day} {day:%b}" if overdue else f"due {day:%a} {day.day} {day:%b}"
    text = f"Check in {found.ref} {found.statement} (week {week.number}, {when})"
    command = f"okrtui checkin {found.ref} --value V --confidence N -m CONTEXT"
    looking.add("checkin", found.ref, asked, text, command, overdue=overdue)


def _defence(looking: Looking, asked: Asked, found: Waiting, facts: Facts) -> None:
    owed = waits_for(looking.view, found, asked.exchange.cycle, facts.defences.get(found.id))
    if owed == "amend":
        text = f"You said that {found.ref} {found.statement} is to be amended: amend it, with the reason"
        command = f"okrtui kr amend {found.ref} --target T -m REASON"
        looking.add("defence", found.ref, asked, text, command, met=AMENDING)
    elif owed:
        text = f"Would you still argue for {found.ref} {found.statement}? Keep it, amend it or drop it"
        looking.add("defence", found.ref, asked, text, f"okrtui kr defend {found.ref} --decision keep -m ARGUMENT")
