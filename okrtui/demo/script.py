"""The words the demo's story is written in: plain data, which `okrtui.demo.plan` turns into acts in their order.

Moments are written "8 Thu 14:20": a week of the quarter, counted from 1, a day and a time. Week 0 is the week before the
quarter, week 14 the one after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY = 24 * 60


def minute_of(moment: str) -> int:
    """Minutes from the Monday of week 1, at midnight, to a moment; one without a time is its day's beginning."""
    week, day, *time = moment.split()
    hours, minutes = time[0].split(":") if time else ("0", "0")
    return ((int(week) - 1) * 7 + _DAYS.index(day)) * DAY + int(hours) * 60 + int(minutes)


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something to a thing; ``on`` is the thing's key in the story. ``by`` empty is the file's operator."""

    when: str
    by: str
    verb: str
    on: str = ""
    words: str = ""
    team: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """A check-in of a week, at its owner's usual time unless ``when``; ``done`` counts the steps of a milestone."""

    week: int
    value: float | None
    confidence: int
    words: str = ""
    blocker: str = ""
    next: str = ""
    done: int = 0
    by: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Both sides' scores and what they agreed on; the team proposes that, or the ``lead_proposes``.

    Without ``own`` there is no score, for the reason in ``why``. Not ``confirmed``: the cycle was closed over it.
    """

    own: float | None
    own_words: str
    lead: float
    lead_words: str
    agreed: float
    why: str = ""
    lead_proposes: bool = False
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Kr:
    """A key result: ``numbers`` are the fields of its kind, ``nine`` the answer for week nine, ``until`` its last stage.

    ``guide`` is what 0.3, 0.7 and 1.0 would look like. Moments left empty are those of its invitation.
    """

    key: str
    owner: str
    statement: str
    numbers: Mapping[str, object]
    nine: str = ""
    author: str = ""
    shared: str = ""
    control: str = "ours"
    guide: tuple[str, str, str] | None = None
    until: str = "agreed"
    drafted: str = ""
    proposed: str = ""
    agreed: str = ""
    checks: tuple[Check, ...] = ()
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """An objective put to a team: accepted by somebody with a straight line, and the key results under it.

    ``lead`` agrees and writes the manager scores, the objective's author unless named.
    """

    team: str
    by: str = ""
    line: str = ""
    krs: tuple[Kr, ...] = ()
    lead: str = ""
    asked: str = ""
    accepted: str = "-1 Thu 10:00"
    drafted: str = "0 Tue 09:30"
    proposed: str = "0 Thu 10:30"
    agreed: str = "1 Mon 11:00"


@dataclass(frozen=True, slots=True)
class Goal:
    """An objective; ``parent`` is the key of what it contributes to, ``learnt`` who wrote which line at the end."""

    key: str
    by: str
    team: str
    title: str
    why: str
    asks: tuple[Ask, ...] = ()
    ambition: str = "aspirational"
    parent: str = ""
    when: str = "-1 Mon 10:00"
    published: bool = True
    learnt: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Quarter:
    """Thirteen weeks; ``closed`` says how it ended, "" while it runs, "over" where something was left open."""

    goals: tuple[Goal, ...]
    acts: tuple[Act, ...] = ()
    added: str = "-2 Fri 11:00"
    closed: str = "whole"


def rise(baseline: float, target: float, unit: str) -> dict[str, object]:
    """The numbers of an increase."""
    return {"kind": "increase", "baseline": baseline, "target": target, "unit": unit}


def fall(baseline: float, target: float, unit: str) -> dict[str, object]:
    """The numbers of a decrease."""
    return {"kind": "decrease", "baseline": baseline, "target": target, "unit": unit}


def hold(low: float, high: float, unit: str, *, weight: float = 1) -> dict[str, object]:
    """The numbers of what stays in its band; of weight 0 a guardrail."""
    return {"kind": "maintain", "low": low, "high": high, "unit": unit, "weight": weight}


def steps(*names: str) -> dict[str, object]:
    """The steps of a milestone."""
    return {"kind": "milestone", "steps": [{"name": name} for name in names]}


def done(means: str) -> dict[str, object]:
    """What is done or not."""
    return {"kind": "binary", "done_means": means}


def unknown(measure: str, due: str, unit: str) -> dict[str, object]:
    """What is to be measured first, its baseline known by a day such as "5 Fri"."""
    return {"kind": "establish", "measure": measure, "baseline_due": due, "unit": unit}
