"""Where the acts are done: each by its person, through the services, at its time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from okrtui.core.model import ScoreSide
from okrtui.demo.script import DAY, minute_of
from okrtui.service import (
    checkins,
    closing,
    commitments,
    cycles,
    defences,
    dots,
    find,
    individuals,
    initiatives,
    invitations,
    key_results,
    objectives,
    priorities,
    quiets,
    scores,
    setup,
    suggestions,
    threads,
    workshops,
)
from okrtui.service.session import Session
from okrtui.store import people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from okrtui.demo.script import Act
    from okrtui.store.file import Store

_KEY = re.compile(r"\{([a-z-]+)\}")


@dataclass(slots=True)
class Stage:
    """The file, the time and the quarter of the act that is being done, and the refs of what the story names by keys."""

    store: Store
    now: datetime
    cycle: str = ""
    starts: date = date.min
    refs: dict[str, str] = field(default_factory=dict)
    steps: dict[str, list[str]] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)

    def as_(self, handle: str) -> Session:
        """The session of a person; of the file's operator without a handle."""
        if handle not in self.sessions:
            person = people.by_handle(self.store.connection, handle)
            if handle and person is None:
                raise KeyError(handle)
            self.sessions[handle] = Session(self.store, person.id if person else None, clock=lambda: self.now)
        return self.sessions[handle]

    def called(self, key: str, ref: str) -> None:
        """Remember the ref of a thing; a key names one thing in the whole story."""
        if key in self.refs:
            raise KeyError(f"{key} is there twice")
        self.refs[key] = ref

    def ref(self, act: Act) -> str:
        """The ref of what an act is done to."""
        return self.refs[act.on]

    def told(self, words: str) -> str:
        """Words with ``{key}`` replaced by the ref of that thing."""
        return _KEY.sub(lambda found: self.refs[found[1]], words)

    def day(self, moment: object) -> date:
        """The date of a moment of the quarter."""
        return self.starts + timedelta(days=minute_of(str(moment)) // DAY)

    def perform(self, act: Act) -> None:
        """Do an act."""
        _VERBS[act.verb](self, act)


def _found(stage: Stage, act: Act) -> None:
    names = {name: str(value) for name, value in act.fields.items()}
    setup.found_company(stage.as_(""), company=act.words, login=names["handle"], **names)


def _person(stage: Stage, act: Act) -> None:
    setup.add_person(stage.as_(act.by), {"handle": act.on, "name": act.words})


def _name(stage: Stage, act: Act) -> None:
    setup.edit_person(stage.as_(act.by), act.on, name=act.words, login=None, admin=None)


def _team(stage: Stage, act: Act) -> None:
    setup.add_team(stage.as_(act.by), {"slug": act.on, "name": act.words, "under": act.team, **act.fields})


def _join(stage: Stage, act: Act) -> None:
    setup.join_team(stage.as_(act.by), act.team, act.on, lead=act.words == "lead")


def _deputy(stage: Stage, act: Act) -> None:
    setup.name_deputy(stage.as_(act.by), act.team, act.on, until=stage.day(act.words))


def _cycle(stage: Stage, act: Act) -> None:
    ends = stage.starts + timedelta(days=13 * 7 - 1)
    cycles.add(stage.as_(act.by), {"name": stage.cycle, "starts": stage.starts, "ends": ends, "zone": "UTC"})


def _objective(stage: Stage, act: Act) -> None:
    fields = dict(act.fields)
    above = str(fields.pop("parent"))
    parent = stage.refs[above] if above else None
    ref = objectives.add(stage.as_(act.by), team=act.team, cycle=stage.cycle, fields=fields, parent=parent)
    stage.called(act.on, ref)


def _see(stage: Stage, act: Act) -> None:
    session = stage.as_(act.by)
    with session.reading() as view:
        invitation = find.invitation(view, stage.ref(act), act.team).invitation
    assert invitation is not None  # noqa: S101  # found by its team
    invitations.see(session, [invitation.id])


def _push_back(stage: Stage, act: Act) -> None:
    invitations.push_back(stage.as_(act.by), stage.ref(act), act.team, str(act.fields["reason"]), act.words)


def _answer(stage: Stage, act: Act) -> None:
    invitations.answer(stage.as_(act.by), stage.ref(act), act.team, {**act.fields, "words": act.words})


def _dated(stage: Stage, fields: Mapping[str, object]) -> dict[str, object]:
    if "baseline_due" not in fields:
        return dict(fields)
    return {**fields, "baseline_due": stage.day(fields["baseline_due"])}


def _kr(stage: Stage, act: Act) -> None:
    fields = _dated(stage, act.fields)
    objective, draft = stage.refs[str(fields.pop("objective"))], bool(fields.pop("draft"))
    stage.called(act.on, key_results.add(stage.as_(act.by), objective, act.team, fields, draft=draft))
    named = fields.get("steps")
    if isinstance(named, list):
        stage.steps[act.on] = [step["name"] for step in named]


def _checkin(stage: Stage, act: Act) -> None:
    fields = dict(act.fields)
    week, count = int(str(fields.pop("week"))), int(str(fields.pop("done")))
    fields["steps"] = tuple(stage.steps.get(act.on, [])[:count])
    checkins.check_in(stage.as_(act.by), stage.ref(act), fields, week=week)


def _establish(stage: Stage, act: Act) -> None:
    key_results.establish(stage.as_(act.by), stage.ref(act), act.fields["baseline"], act.fields["target"])


def _score(stage: Stage, act: Act) -> None:
    side = ScoreSide(str(act.fields["side"]))
    scores.write(stage.as_(act.by), stage.ref(act), side, _number(act), act.words)


def _number(act: Act) -> float:
    return float(str(act.fields["value"]))


def _reveal(stage: Stage, act: Act) -> None:
    keys = act.fields["keys"]
    assert isinstance(keys, tuple)  # noqa: S101  # as the plan writes it
    scores.reveal(stage.as_(act.by), [stage.refs[key] for key in keys])


def _priority(stage: Stage, act: Act) -> None:
    priorities.add(stage.as_(act.by), {**act.fields, "words": act.words}, team=act.team, cycle=stage.cycle)


def _win(stage: Stage, act: Act) -> None:
    priorities.add_win(stage.as_(act.by), act.words, team=act.team, cycle=stage.cycle)


def _note(stage: Stage, act: Act) -> None:
    workshops.note(stage.as_(act.by), act.words, prompt=str(act.fields["prompt"]), team=act.team, cycle=stage.cycle)


def _tick(stage: Stage, act: Act) -> None:
    there = act.fields["people"]
    assert isinstance(there, tuple)  # noqa: S101  # as the story writes it
    workshops.attend(stage.as_(act.by), there, team=act.team, cycle=stage.cycle)


def _suggest(stage: Stage, act: Act) -> None:
    field, proposed = str(act.fields["field"]), str(act.fields["proposed"])
    suggestions.suggest(stage.as_(act.by), stage.ref(act), field, proposed, act.words)


def _initiative(stage: Stage, act: Act) -> None:
    fields = dict(act.fields)
    moves = fields.pop("moves")
    refs = [stage.refs[str(key)] for key in (moves if isinstance(moves, tuple) else ())]
    made = {"title": act.words, **fields}
    ref = initiatives.add(stage.as_(act.by), made, team=act.team, cycle=stage.cycle, key_results=refs)
    stage.called(act.on, ref)


def _promise(stage: Stage, act: Act) -> None:
    to = str(act.fields["to"])
    fields = {"kind": act.fields["kind"], "words": act.words, "about": stage.refs[to] if to else ""}
    stage.called(act.on, commitments.add(stage.as_(act.by), fields, cycle=stage.cycle))


def _ask_person(stage: Stage, act: Act) -> None:
    fields = {"need": act.fields["need"], "words": act.words}
    session, person = stage.as_(act.by), str(act.fields["person"])
    individuals.put_to_person(session, stage.ref(act), person, fields, alternatives_seen=True)


def _told(service: Callable[[Session, str, str], object], stage: Stage, act: Act) -> None:
    service(stage.as_(act.by), stage.ref(act), stage.told(act.words))


def _on(service: Callable[[Session, str], object], stage: Stage, act: Act) -> None:
    service(stage.as_(act.by), stage.ref(act))


_VERBS: dict[str, Callable[[Stage, Act], object]] = {
    "found": _found,
    "person": _person,
    "name": _name,
    "team": _team,
    "join": _join,
    "deputy": _deputy,
    "leave": lambda stage, act: setup.set_active(stage.as_(act.by), act.on, active=False),
    "steady": lambda stage, act: setup.set_steady(stage.as_(act.by), act.team, steady=True),
    "cycle": _cycle,
    "advance": lambda stage, act: cycles.advance(stage.as_(act.by), stage.cycle, over=act.words == "over") and None,
    "objective": _objective,
    "publish": partial(_on, objectives.publish),
    "reword": lambda stage, act: objectives.reword(stage.as_(act.by), stage.ref(act), act.fields),
    "withdraw": partial(_told, objectives.withdraw),
    "learn": partial(_told, objectives.learn),
    "decide": lambda stage, act: closing.decide(stage.as_(act.by), stage.ref(act), str(act.fields["decision"])),
    "invite": lambda stage, act: objectives.invite(stage.as_(act.by), stage.ref(act), [act.team]),
    "see": _see,
    "accept": lambda stage, act: invitations.accept(stage.as_(act.by), stage.ref(act), act.team, act.words),
    "push back": _push_back,
    "take back": lambda stage, act: invitations.take_back(stage.as_(act.by), stage.ref(act), act.team),
    "answer": _answer,
    "kr": _kr,
    "guide": lambda stage, act: key_results.guide(stage.as_(act.by), stage.ref(act), dict(act.fields)),
    "propose": partial(_on, key_results.propose),
    "agree": partial(_on, key_results.agree),
    "return": partial(_told, key_results.send_back),
    "park": partial(_on, key_results.park),
    "drop": partial(_told, key_results.drop),
    "amend": lambda stage, act: key_results.amend(stage.as_(act.by), stage.ref(act), act.fields, act.words),
    "establish": _establish,
    "comment": partial(_told, threads.comment),
    "suggest": _suggest,
    "dot": partial(_on, dots.put),
    "know": lambda stage, act: quiets.quiet(stage.as_(act.by), stage.ref(act), str(act.fields["rule"]), act.words),
    "defend": lambda stage, act: defences.defend(
        stage.as_(act.by), stage.ref(act), str(act.fields["decision"]), act.words
    ),
    "seen": partial(_on, threads.see),
    "checkin": _checkin,
    "priority": _priority,
    "win": _win,
    "sit": lambda stage, act: workshops.start(stage.as_(act.by), team=act.team, cycle=stage.cycle),
    "break": lambda stage, act: workshops.pause(stage.as_(act.by), team=act.team, cycle=stage.cycle),
    "prompt": lambda stage, act: workshops.ask_next(stage.as_(act.by), team=act.team, cycle=stage.cycle),
    "note": _note,
    "tick": _tick,
    "end": lambda stage, act: workshops.close(stage.as_(act.by), act.words, team=act.team, cycle=stage.cycle),
    "initiative": _initiative,
    "promise": _promise,
    "kept": partial(_on, commitments.done),
    "selective": lambda stage, act: individuals.set_mode(stage.as_(act.by), act.team, "selective", act.words) and None,
    "ask person": _ask_person,
    "score": _score,
    "reveal": _reveal,
    "calibrate": lambda stage, act: scores.calibrate(stage.as_(act.by), stage.ref(act), _number(act), act.words),
    "unscored": partial(_told, scores.leave_unscored),
    "confirm": partial(_on, scores.confirm),
}
