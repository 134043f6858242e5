"""From the story to its acts: every objective, key result, check-in and score, each at its moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from okrtui.core.scores import WELL_AIMED
from okrtui.demo.script import Act, minute_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.demo.script import Ask, Check, Goal, Kr, Quarter


@dataclass(frozen=True, slots=True)
class Cue:
    """An act, and the minute of its quarter at which it is done."""

    minute: int
    act: Act


def cues(quarter: Quarter) -> Iterator[Cue]:
    """Every act of a quarter, in no order."""
    yield _at(quarter.added, Act("", "marek", "cycle"))
    yield _at("1 Mon 08:50", Act("", "kofi", "advance"))
    for goal in quarter.goals:
        yield from _of_goal(goal)
    for act in quarter.acts:
        yield _at(act.when, act)
    if quarter.closed:
        yield _at("13 Fri 16:50", Act("", "kofi", "advance"))
        yield _at("14 Fri 16:10", Act("", "ingrid", "advance", words=quarter.closed))


def _at(moment: str, act: Act, minutes: int = 0) -> Cue:
    return Cue(minute_of(moment) + minutes, act)


def _spread(text: str, within: int) -> int:
    """A number that keeps two teams, or two owners, from doing everything at the same minute."""
    return sum(place * ord(letter) for place, letter in enumerate(text, 1)) % within


def _of_goal(goal: Goal) -> Iterator[Cue]:
    shift = _spread(goal.key, 40)
    fields = {"title": goal.title, "why": goal.why, "ambition": goal.ambition, "parent": goal.parent}
    yield _at(goal.when, Act("", goal.by, "objective", goal.key, team=goal.team, fields=fields), shift)
    if not goal.published:
        return
    yield _at(goal.when, Act("", goal.by, "publish", goal.key), shift + 25)
    for ask in goal.asks:
        invited = Act("", goal.by, "invite", goal.key, team=ask.team)
        yield _at(ask.asked, invited) if ask.asked else _at(goal.when, invited, shift + 32)
        yield from _of_ask(goal, replace(ask, lead=ask.lead or goal.by))
    if goal.learnt:
        by, words = goal.learnt
        yield _at("14 Thu 11:00", Act("", by, "learn", goal.key, words), shift)


def _of_ask(goal: Goal, ask: Ask) -> Iterator[Cue]:
    shift = _spread(ask.team + goal.key, 45)
    if ask.line:
        yield _at(ask.accepted, Act("", ask.by, "see", goal.key, team=ask.team), shift)
        yield _at(ask.accepted, Act("", ask.by, "accept", goal.key, ask.line, ask.team), shift + 9)
    for place, kr in enumerate(ask.krs):
        yield from _drafting(goal, ask, kr, _spread(goal.key + ask.team, 200) + 13 * place)
        for check in kr.checks:
            yield _checking(kr, check)
    yield from _scoring(ask, shift)


def _drafting(goal: Goal, ask: Ask, kr: Kr, shift: int) -> Iterator[Cue]:
    author = kr.author or kr.owner
    fields = {
        "statement": kr.statement,
        **kr.numbers,
        "owner": kr.owner,
        "control": kr.control,
        "shared_team": kr.shared,
        "week_nine": kr.nine,
        "objective": goal.key,
        "draft": kr.until != "idea",
    }
    written = Act("", author, "kr", kr.key, team=ask.team, fields=fields)
    yield _at(kr.drafted or ask.drafted, written, 0 if kr.drafted else shift)
    if kr.guide:
        low, middle, high = kr.guide
        guide = Act("", author, "guide", kr.key, fields={"low": low, "middle": middle, "high": high})
        yield _at(kr.drafted or ask.drafted, guide, 6 if kr.drafted else shift + 6)
    if kr.until in {"proposed", "agreed"}:
        yield _at(kr.proposed or ask.proposed, Act("", kr.owner, "propose", kr.key), 0 if kr.proposed else shift)
    if kr.until == "agreed":
        yield _at(kr.agreed or ask.agreed, Act("", ask.lead, "agree", kr.key), 0 if kr.agreed else shift)


def _checking(kr: Kr, check: Check) -> Cue:
    said = {"value": check.value, "confidence": check.confidence, "context": check.words}
    fields = {**said, "blocker": check.blocker, "next": check.next, "week": check.week, "done": check.done}
    act = Act("", check.by or kr.owner, "checkin", kr.key, fields=fields)
    if check.when:
        return _at(check.when, act)
    habit = _spread(kr.key, 400)
    day = "Thu" if habit % 3 == 0 else "Fri"
    return _at(f"{check.week} {day} 09:10", act, (habit + 53 * check.week) % 400)


def _scoring(ask: Ask, shift: int) -> Iterator[Cue]:
    scored = [kr for kr in ask.krs if kr.score and kr.score.own is not None]
    for place, kr in enumerate(ask.krs):
        yield from _score(ask, kr, shift + 16 * place)
    if scored:
        refs = {"keys": tuple(kr.key for kr in scored)}
        yield _at("14 Wed 10:00", Act("", ask.by, "reveal", fields=refs), shift)


def _score(ask: Ask, kr: Kr, shift: int) -> Iterator[Cue]:
    score = kr.score
    if score is None:
        return
    if score.own is None:
        yield _at("14 Wed 11:00", Act("", kr.owner, "unscored", kr.key, score.why), shift)
        return
    own = {"side": "self", "value": score.own}
    lead = {"side": "manager", "value": score.lead}
    agreed = {"value": score.agreed}
    sides = (ask.lead, kr.owner) if score.lead_proposes else (kr.owner, ask.lead)
    yield _at("14 Mon 13:10", Act("", kr.owner, "score", kr.key, score.own_words, fields=own), shift)
    yield _at("14 Tue 09:30", Act("", ask.lead, "score", kr.key, score.lead_words, fields=lead), shift)
    yield _at("14 Wed 11:00", Act("", sides[0], "calibrate", kr.key, score.why, fields=agreed), shift)
    if score.confirmed:
        yield _at("14 Wed 11:00", Act("", sides[1], "confirm", kr.key), shift + 6)
        decided = {"decision": "done" if score.agreed >= WELL_AIMED / 10 else "drop"}
        yield _at("14 Wed 11:00", Act("", kr.owner, "decide", kr.key, fields=decided), shift + 9)
