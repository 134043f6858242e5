"""What waits for somebody, over all open cycles: each thing one key, or one command, from the place to do it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from okrtui.core.model import InvitationState, KeyResultState, Phase, ScoreSide, Side, spoken
from okrtui.core.weeks import FRIDAY, due_day, weeks
from okrtui.service import find
from okrtui.service.asked import Asked, Ground, asked_of, leading_for
from okrtui.service.cards import Calendar
from okrtui.service.owing import waits_for
from okrtui.service.seals import all_waited_for
from okrtui.store import closing, comments, defences, links, needs, objectives, people, scores

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from okrtui.core.sides import Actor
    from okrtui.service.session import Session, View
    from okrtui.store.comments import Comment
    from okrtui.store.defences import Defence
    from okrtui.store.needs import Suggested, Waiting
    from okrtui.store.people import Person
    from okrtui.store.scores import Calibration, Seal

# In the order they are offered: first what somebody else waits for.
ORDER = (
    "pushback",
    "invitation",
    "proposal",
    "amendment",
    "question",
    "suggestion",
    "link",
    "mention",
    "workshop",
    "adopt",
    "checkin",
    "defence",
    "score",
    "open",
    "agree",
    "owner",
    "decide",
    "learn",
    "carry",
    "draft",
)
_RANK = {kind: place for place, kind in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for one person.

    ``kind`` is one of `ORDER`; ``command`` says how to do it from a shell. ``met`` is the page and the command of the screens
    where it is done, where that is not the same for all of its kind.
    """

    person: str
    kind: str
    ref: str
    team: str
    cycle: str
    text: str
    command: str
    overdue: bool = False
    met: tuple[str, str] | None = None


AMENDING = ("board", "board.amend")
ANSWERING = ("board", "board.answer")
CONFIRMING = ("scoring", "scoring.confirm")

_TAKES_DRAFTS = frozenset({InvitationState.OPEN, InvitationState.ACCEPTED, InvitationState.PUSHED_BACK})


@dataclass(slots=True)
class _Looking:
    """One person's look for what waits for them."""

    ground: Ground
    actor: Actor
    found: list[Need] = field(default_factory=list)

    @property
    def view(self) -> View:
        return self.ground.view

    def add(
        self,
        kind: str,
        ref: str,
        asked: Asked,
        text: str,
        command: str,
        *,
        overdue: bool = False,
        met: tuple[str, str] | None = None,
    ) -> None:
        slug, cycle = asked.slug, asked.exchange.cycle.name
        self.found.append(Need(self.actor.handle, kind, ref, slug, cycle, text, command, overdue, met))

    def put(
        self, kind: str, ref: str, team: str, cycle: str, text: str, command: str, met: tuple[str, str] | None = None
    ) -> None:
        self.found.append(Need(self.actor.handle, kind, ref, team, cycle, text, command, met=met))


def due(session: Session, *, team: str | None = None, person: str | None = None) -> list[Need]:
    """What waits for whom: for a person, for everybody of a team, or for whoever asks (everybody, for the operator).

    Raises:
        NotFound: there is no such team or person.
    """
    with session.reading() as view:
        if person is not None:
            return _of_people(view, [find.person(view, person)])
        if team is not None:
            meant = find.team(view, team)
            asked = people.by_ids(view.connection, needs.askable(view.connection, meant.chain, view.today))
            return [need for need in _of_people(view, asked) if need.team == meant.slug]
        if view.actor.person_id is None:
            return _of_people(view, people.everybody(view.connection))
        return of_person(view, view.actor.person_id)


def of_person(view: View, person_id: int) -> list[Need]:
    """What waits for one person, in the order it is offered: in a handful of queries, however much it is."""
    return _of_people(view, people.by_ids(view.connection, [person_id]))


def _of_people(view: View, asked: Iterable[Person]) -> list[Need]:
    """What waits for each of these; what several are asked about is read once."""
    ground = Ground(view)
    return [need for one in asked if one.active for need in _look(_Looking(ground, _acting(view, one)))]


def _acting(view: View, person: Person) -> Actor:
    return view.actor if person.id == view.actor.person_id else find.acting(view, person)


def _look(looking: _Looking) -> list[Need]:
    leading = leading_for(looking.view, looking.actor)
    asked = asked_of(looking.ground, looking.actor, leading)
    _exchanges(looking, asked)
    _key_results(looking, {one.invitation.id: one for one in asked})
    _suggestions(looking, asked, leading)
    _links(looking, leading)
    _carrying(looking, asked)
    _mentions(looking)
    _workshops(looking)
    return sorted(looking.found, key=lambda need: (_RANK[need.kind], not need.overdue))


# Objectives


def _exchanges(looking: _Looking, found: Iterable[Asked]) -> None:
    pushed_back = [
        one for one in found if Side.LEADERSHIP in one.acts_for and one.invitation.state == InvitationState.PUSHED_BACK
    ]
    if pushed_back:
        reasons = needs.pushback_reasons(looking.view.connection, [one.invitation.id for one in pushed_back])
        for one in pushed_back:
            _pushback(looking, one, reasons.get(one.invitation.id, ""))
    for one in found:
        if Side.TEAM in one.acts_for:
            _invitation(looking, one)


def _pushback(looking: _Looking, asked: Asked, reason: str) -> None:
    ref, team = asked.exchange.objective.ref, asked.exchange.team
    text = f"{team.name if team else 'They'} pushed back on {ref} ({spoken(reason)}): answer it"
    looking.add("pushback", ref, asked, text, f"okrtui invitation answer {ref} --team {asked.exchange.asked}")


def _invitation(looking: _Looking, asked: Asked) -> None:
    objective, team = asked.exchange.objective, asked.exchange.team
    if asked.invitation.state == InvitationState.OPEN:
        text = f"{objective.ref} asks {team.name if team else 'you'}: accept it or push back: {objective.title}"
    elif asked.invitation.state == InvitationState.ACCEPTED and asked.invitation.accepted_text != objective.text_number:
        text = f"{objective.ref} was reworded since you accepted: accept the new text or push back: {objective.title}"
    else:
        return
    command = f"okrtui invitation accept {objective.ref} --team {asked.exchange.asked} -m STRAIGHT_LINE"
    looking.add("invitation", objective.ref, asked, text, command)


# Key results


@dataclass(slots=True)
class _Facts:
    """What is known about the key results somebody may be asked about, each kind of it read at once."""

    calendars: dict[int, Calendar]
    questions: dict[str, Comment] = field(default_factory=dict)
    defences: dict[int, Defence] = field(default_factory=dict)
    settling: dict[int, Calibration] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)
    decided: Collection[int] = ()
    learnt: Collection[int] = ()
    seals: dict[int, list[Seal]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[int, set[ScoreSide]] = field(default_factory=dict)


def _key_results(looking: _Looking, asked: dict[int, Asked]) -> None:
    if not asked:
        return
    found = needs.key_results_of(looking.view.connection, asked.keys())
    facts = _facts(looking, asked, found)
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
    _learning(looking, asked, found, facts)


def _facts(looking: _Looking, asked: dict[int, Asked], found: Sequence[Waiting]) -> _Facts:
    connection = looking.view.connection
    open_cycles = {one.exchange.cycle.id: one.exchange.cycle for one in asked.values()}
    facts = _Facts({number: Calendar.load(looking.view, cycle) for number, cycle in open_cycles.items()})
    if asks := [one.ref for one in found if _came_back(one) and _is_mine(looking, one)]:
        facts.questions = comments.open_questions(connection, asks)
    agreed = [one for one in found if one.state == KeyResultState.AGREED]
    running = [one.id for one in agreed if asked[one.invitation_id].exchange.cycle.phase is Phase.RUNNING]
    if running:
        facts.defences = defences.of_key_results(connection, running)
    scored = {
        one.id: asked[one.invitation_id].exchange
        for one in agreed
        if asked[one.invitation_id].exchange.cycle.phase is Phase.SCORING
    }
    if scored:
        facts.settling = {one.key_result_id: one for one in scores.calibrations(connection, scored)}
        facts.opened = {one.key_result_id for one in scores.opened(connection, scored)}
        seals = scores.seals(connection, scored)
        for seal in seals:
            facts.seals[seal.key_result_id].append(seal)
        facts.waiting = all_waited_for(looking.view, seals, scored)
        facts.decided = closing.decisions(connection, scored)
        facts.learnt = objectives.learnt(connection, {one.objective.id for one in scored.values()})
    return facts


def _came_back(found: Waiting) -> bool:
    return found.state == KeyResultState.DRAFT or found.amendment == "questioned"


def _is_mine(looking: _Looking, found: Waiting) -> bool:
    return looking.actor.person_id in {found.owner_id, found.author_id}


def _proposal(looking: _Looking, asked: Asked, found: Waiting) -> None:
    if Side.LEADERSHIP in asked.acts_for:
        text = f"Agree to or return {found.ref} {found.statement}"
        looking.add("proposal", found.ref, asked, text, f"okrtui kr agree {found.ref}")
    _owner(looking, asked, found)


def _agreed(looking: _Looking, asked: Asked, found: Waiting, facts: _Facts) -> None:
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
        _scoring(looking, asked, found, facts)


def _adopt(looking: _Looking, asked: Asked, ideas: Sequence[Waiting]) -> None:
    """The ideas that came by an import under one objective, together: however many, they wait as one."""
    if Side.TEAM not in asked.acts_for:
        return
    first, objective = ideas[0], asked.exchange.objective
    text = f"{first.ref} {first.statement} was imported: adopt it or drop it"
    if len(ideas) > 1:
        text = f"{len(ideas)} ideas were imported for {objective.ref} {objective.title}: adopt them or drop them"
    looking.add("adopt", first.ref, asked, text, f"okrtui kr adopt {first.ref}")


def _owner(looking: _Looking, asked: Asked, found: Waiting) -> None:
    if Side.TEAM in asked.acts_for and not found.owned:
        text = f"{found.ref} {found.statement} has no active owner: name one"
        looking.add("owner", found.ref, asked, text, f"okrtui kr edit {found.ref} --owner HANDLE")


def _question(looking: _Looking, asked: Asked, found: Waiting, facts: _Facts) -> None:
    question = facts.questions.get(found.ref)
    if question is None or Side.TEAM not in asked.acts_for:
        return
    is_amendment = found.state == KeyResultState.AGREED
    what = f"The amendment of {found.ref}" if is_amendment else found.ref
    command = f"okrtui kr answer {found.ref} -m WORDS" if is_amendment else f"okrtui kr show {found.ref}"
    text = f"{what} came back with a question: {question.body}"
    looking.add("question", found.ref, asked, text, command, met=ANSWERING if is_amendment else None)


def _checkin(looking: _Looking, asked: Asked, found: Waiting, calendar: Calendar) -> None:
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


def _defence(looking: _Looking, asked: Asked, found: Waiting, facts: _Facts) -> None:
    owed = waits_for(looking.view, found, asked.exchange.cycle, facts.defences.get(found.id))
    if owed == "amend":
        text = f"You said that {found.ref} {found.statement} is to be amended: amend it, with the reason"
        command = f"okrtui kr amend {found.ref} --target T -m REASON"
        looking.add("defence", found.ref, asked, text, command, met=AMENDING)
    elif owed:
        text = f"Would you still argue for {found.ref} {found.statement}? Keep it, amend it or drop it"
        looking.add("defence", found.ref, asked, text, f"okrtui kr defend {found.ref} --decision keep -m ARGUMENT")


# Scores


def _scoring(looking: _Looking, asked: Asked, found: Waiting, facts: _Facts) -> None:
    last = facts.settling.get(found.id)
    if last is not None and last.state == "confirmed":
        _deciding(looking, asked, found, facts)
        return
    if found.id in facts.opened:
        _agreeing(looking, asked, found, last)
        return
    for side in ScoreSide:
        if side in facts.waiting[found.id] and _writes(looking, asked, found, side, facts.seals[found.id]):
            text = f"Write the {side} score of {found.ref} {found.statement}"
            command = f"okrtui score {found.ref} --side {side} --value V -m REASON"
            looking.add("score", found.ref, asked, text, command)
    written = any(seal.is_in for seal in facts.seals[found.id])
    if Side.TEAM in asked.acts_for and not facts.waiting[found.id] and written:
        text = f"Open the scores of {found.ref} {found.statement} together"
        looking.add("open", found.ref, asked, text, f"okrtui reveal {found.ref}")


def _writes(looking: _Looking, asked: Asked, found: Waiting, side: ScoreSide, seals: Collection[Seal]) -> bool:
    """Whether a side's score is this person's to write: the self score its owner's, the manager score no self score's author."""
    me = looking.actor.person_id
    if side is ScoreSide.SELF:
        return _answers_for(looking, asked, found)
    wrote_self = any(seal.side == ScoreSide.SELF and seal.author_id == me for seal in seals)
    return Side.LEADERSHIP in asked.acts_for and not wrote_self


def _answers_for(looking: _Looking, asked: Asked, found: Waiting) -> bool:
    """Whether somebody is asked for what the team says of it: its owner, anybody of the team while it has none."""
    owns = found.owner_id == looking.actor.person_id or not found.owned
    return Side.TEAM in asked.acts_for and (owns or Side.LEADERSHIP in asked.acts_for)


def _agreeing(looking: _Looking, asked: Asked, found: Waiting, last: Calibration | None) -> None:
    words = f"{found.ref} {found.statement}"
    if not asked.acts_for:
        return
    if last is None:
        command = f"okrtui calibrate {found.ref} --value V"
        looking.add("agree", found.ref, asked, f"Propose the agreed score of {words}", command)
    elif Side(last.side) not in asked.acts_for or len(asked.acts_for) > 1:
        text = f"Confirm or counter the agreed score of {words}"
        looking.add("agree", found.ref, asked, text, f"okrtui confirm {found.ref}", met=CONFIRMING)


# Closing: gently, once the scores are settled


def _deciding(looking: _Looking, asked: Asked, found: Waiting, facts: _Facts) -> None:
    if found.id not in facts.decided and _answers_for(looking, asked, found):
        text = f"What becomes of {found.ref} {found.statement} when {asked.exchange.cycle.name} closes?"
        looking.add("decide", found.ref, asked, text, f"okrtui kr close {found.ref} --decision DECISION")


def _learning(looking: _Looking, asked: dict[int, Asked], found: Sequence[Waiting], facts: _Facts) -> None:
    """A line of learning for each objective whose scores are settled, of those who set it."""
    settled: dict[int, bool] = {}
    first: dict[int, Asked] = {}
    for one in found:
        of = asked[one.invitation_id]
        if one.state == KeyResultState.AGREED and of.exchange.cycle.phase is Phase.SCORING:
            number, last = of.exchange.objective.id, facts.settling.get(one.id)
            settled[number] = settled.get(number, True) and last is not None and last.state == "confirmed"
            if Side.LEADERSHIP in of.acts_for:
                first.setdefault(number, of)
    for number, of in first.items():
        if settled[number] and number not in facts.learnt:
            objective = of.exchange.objective
            text = f"Write down what was learnt of {objective.ref} {objective.title}"
            looking.add("learn", objective.ref, of, text, f"okrtui objective learn {objective.ref} -m WORDS")


def _carrying(looking: _Looking, asked: Iterable[Asked]) -> None:
    """What goes on from the cycle closed last and stands nowhere yet, for each team that has where to carry it."""
    closed = looking.ground.closed
    to: dict[int, Asked] = {}
    for one in asked:
        drafts = one.exchange.cycle.phase is Phase.DRAFTING and one.invitation.state in _TAKES_DRAFTS
        if drafts and Side.TEAM in one.acts_for and one.exchange.team is not None:
            to.setdefault(one.exchange.team.id, one)
    if closed is None or not to:
        return
    for team, count in closing.waiting_by_team(looking.view.connection, closed.id, to).items():
        ref, cycle = to[team].exchange.objective.ref, to[team].exchange.cycle.name
        what = "key result goes on and stands" if count == 1 else "key results go on and stand"
        text = f"{count} {what} nowhere yet since {closed.name} closed: carry over into {cycle}"
        looking.add("carry", ref, to[team], text, f"okrtui kr carry KR --under {ref}")


# Words


def _suggestions(looking: _Looking, asked: Iterable[Asked], leading: Collection[int]) -> None:
    """What is suggested: on a key result to its owner, else its author, else its team; on an objective to its leads."""
    connection, ground = looking.view.connection, looking.ground
    as_team = {one.invitation.id: one for one in asked if Side.TEAM in one.acts_for}
    if as_team:
        for one in needs.suggested_to_teams(connection, as_team):
            if one.asked in {looking.actor.person_id, None}:
                of = as_team[one.place]
                _suggestion(looking, one, of.slug, of.exchange.cycle.name)
    if leading and ground.cycles:
        for one, team_id, cycle_id in needs.suggested_to_leaders(connection, ground.cycles, leading):
            _suggestion(looking, one, ground.team(team_id).slug, ground.cycles[cycle_id].name)


def _suggestion(looking: _Looking, one: Suggested, team: str, cycle: str) -> None:
    what = f"{one.thing} ({spoken(one.field)})"
    text = f"{one.author} suggests for {what}: {one.proposed}: take it or decline it"
    met = ("objectives", "objective.take") if one.thing.startswith("O") else None
    looking.put("suggestion", one.thing, team, cycle, text, f"okrtui take S{one.id}", met)


def _links(looking: _Looking, leading: Collection[int]) -> None:
    """What others ask to stand below the work of the teams somebody leads."""
    ground = looking.ground
    if not leading or not ground.cycles:
        return
    for one in links.waiting(looking.view.connection, ground.cycles, leading):
        team, cycle = ground.team(one.team_id).slug, ground.cycles[one.cycle_id].name
        text = f"{one.author} asks that {one.child} {one.words} {one.kind} to {one.parent}: consent or decline"
        command = f"okrtui link consent {one.child} {one.parent}"
        looking.put("link", f"O{one.objective_id}", team, cycle, text, command)


def _mentions(looking: _Looking) -> None:
    for one in needs.mentions_of(looking.view.connection, looking.actor.person_id or 0):
        is_of_key_result = one.subject.startswith("KR")
        noun, met = ("kr", None) if is_of_key_result else ("objective", ("objectives", "comment"))
        text = f"{one.author} mentioned you on {one.subject}: {one.body}"
        looking.put("mention", one.subject, one.team, one.cycle, text, f"okrtui {noun} show {one.subject}", met)


def _workshops(looking: _Looking) -> None:
    ground, mine = looking.ground, {post.team_id for post in looking.actor.posts}
    if not mine or not ground.cycles:
        return
    for ref, team_id, cycle_id in needs.workshops_on_offer(
        looking.view.connection, ground.cycles, mine, looking.actor.person_id or 0
    ):
        team = ground.team(team_id)
        text = f"The workshop of {team.name} has nobody who keeps it: its clock stands until somebody goes on with it"
        command = f"okrtui workshop start --team {team.slug}"
        looking.put("workshop", ref, team.slug, ground.cycles[cycle_id].name, text, command)
