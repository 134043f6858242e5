"""The weekly queue: everything one check-in form shows, for all the key results of one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.confidence import FIRST_OFFER, homework
from okrtui.core.model import KeyResultState, Phase
from okrtui.core.weeks import Week, due_day, weeks
from okrtui.service import find
from okrtui.service.cards import Calendar, KeyResultCard, Names, Told, key_result_card
from okrtui.store import checkins, cycles, invitations, key_results

if TYPE_CHECKING:
    from okrtui.service.find import Exchange
    from okrtui.service.session import Session, View
    from okrtui.store.checkins import Checkin
    from okrtui.store.key_results import KeyResult


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a key result in a week; ``steps`` names what is ticked of a milestone."""

    week: int
    value: float | None
    confidence: int
    context: str
    blocker: str
    next: str
    steps: tuple[str, ...]
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One key result in the week a check-in is due for.

    ``last`` is what was said before this week, ``now`` what was said this week already; ``refusal`` says why whoever looks may
    not check it in, empty when they may; ``homework`` that three weeks running said the same.
    """

    card: KeyResultCard
    objective_title: str
    team_name: str
    cycle: str
    week: int
    weeks: int
    due: str
    overdue: bool
    steps: tuple[str, ...]
    guidance: tuple[str, str, str]
    last: Said | None
    now: Said | None
    homework: bool
    refusal: str

    @property
    def offered(self) -> dict[str, object]:
        """What the form begins with: this week's words, else last week's numbers."""
        if self.now is not None:
            said = self.now
            words = {"context": said.context, "blocker": said.blocker, "next": said.next}
            return {"value": said.value, "confidence": said.confidence, **words, "steps": said.steps}
        last = self.last
        return {
            "value": last.value if last else None,
            "confidence": last.confidence if last else FIRST_OFFER,
            "context": "",
            "blocker": "",
            "next": "",
            "steps": last.steps if last else (),
        }


def queue(session: Session, *, also: str = "") -> list[Sheet]:
    """The key results whoever asks owns, in every cycle that takes check-ins, those not said first; ``also`` adds one more.

    Raises:
        NotFound: there is no key result of the ref in ``also``.
    """
    with session.reading() as view:
        names = Names(view)
        sheets = [sheet for cycle in cycles.in_order(view.connection) for sheet in _of_cycle(view, cycle.id, names)]
        if also and also not in {sheet.card.ref for sheet in sheets}:
            found, exchange = find.key_result(view, also)
            if found.state == KeyResultState.AGREED:
                sheets.append(_sheet(view, found, exchange, names))
        return sorted(sheets, key=lambda sheet: (sheet.now is not None, not sheet.overdue))


def _of_cycle(view: View, cycle_id: int, names: Names) -> list[Sheet]:
    calendar = Calendar.load(view, cycles.by_id(view.connection, cycle_id))
    if not calendar.reports or view.actor.person_id is None:
        return []
    return [
        _sheet(view, found, find.of_invitation(view, invitations.by_id(view.connection, found.invitation_id)), names)
        for found in key_results.owned(view.connection, cycle_id, view.actor.person_id)
    ]


def _sheet(view: View, found: KeyResult, exchange: Exchange, names: Names) -> Sheet:
    calendar = Calendar.load(view, exchange.cycle)
    numbered = weeks(exchange.cycle.starts, exchange.cycle.ends)
    week = _week(calendar, numbered)
    due = due_day(week, exchange.team.due_weekday if exchange.team else 4)
    history = checkins.history(view.connection, found.id)
    before = [one for one in history if one.week < week.number]
    now = next((one for one in history if one.week == week.number), None)
    leave = view.may(Act.CHECK_IN, exchange.on_key_result(view, found))
    return Sheet(
        card=key_result_card(view, found, exchange.objective.ref, exchange.team, names, calendar, Told()),
        objective_title=exchange.objective.title,
        team_name=exchange.team.name if exchange.team else exchange.leading.name,
        cycle=exchange.cycle.name,
        week=week.number,
        weeks=len(numbered),
        due=f"{due:%a} {due.day} {due:%b}",
        overdue=now is None and calendar.today > due,
        steps=tuple(step.name for step in key_results.steps(view.connection, found.id)),
        guidance=(found.guidance_low, found.guidance_middle, found.guidance_high),
        last=_said(before[-1], names) if before else None,
        now=_said(now, names) if now else None,
        homework=homework([(one.value, one.confidence, one.context) for one in history]),
        refusal=leave.refusal,
    )


def _week(calendar: Calendar, numbered: tuple[Week, ...]) -> Week:
    """The week the day lies in; the last one after the cycle's end, while it is scoring."""
    if calendar.week is None:
        return numbered[-1] if calendar.cycle.phase is Phase.SCORING else numbered[0]
    return numbered[calendar.week - 1]


def _said(found: Checkin, names: Names) -> Said:
    return Said(
        found.week,
        found.value,
        found.confidence,
        found.context,
        found.blocker,
        found.next,
        tuple(found.ticked),
        names.person(found.author_id) or "",
        found.at,
    )
