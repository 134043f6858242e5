"""What waits for somebody, over all open cycles: each thing one key, or one command, from the place to do it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from okrtui.core.model import InvitationState, KeyResultState, ObjectiveState, Phase, ScoreSide, Side, spoken
from okrtui.core.sides import standing
from okrtui.core.weeks import due_day, weeks
from okrtui.service import find
from okrtui.service.cards import Calendar, Names
from okrtui.service.seals import waited_for
from okrtui.service.session import View
from okrtui.store import comments, cycles, invitations, key_results, needs, people, scores

if TYPE_CHECKING:
    from okrtui.core.sides import Standing
    from okrtui.service.find import Exchange
    from okrtui.service.session import Session
    from okrtui.store.cycles import Cycle
    from okrtui.store.key_results import KeyResult
    from okrtui.store.people import Person

# In the order they are offered: first what somebody else waits for.
ORDER = (
    "pushback",
    "invitation",
    "proposal",
    "amendment",
    "question",
    "mention",
    "checkin",
    "score",
    "open",
    "agree",
    "owner",
)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for one person. ``kind`` is one of `ORDER`; ``command`` says how to do it from a shell."""

    person: str
    kind: str
    ref: str
    team: str
    cycle: str
    text: str
    command: str
    overdue: bool = False


@dataclass(slots=True)
class _Looking:
    """One person's look for what waits for them."""

    view: View
    person: Person
    names: Names
    found: list[Need] = field(default_factory=list)

    def add(self, kind: str, ref: str, exchange: Exchange, text: str, command: str, *, overdue: bool = False) -> None:
        team = exchange.team.slug if exchange.team else exchange.leading.slug
        self.found.append(Need(self.person.handle, kind, ref, team, exchange.cycle.name, text, command, overdue))


def due(session: Session, *, team: str | None = None, person: str | None = None) -> list[Need]:
    """What waits for whom: for a person, for everybody of a team, or for whoever asks (everybody, for the operator).

    Raises:
        NotFound: there is no such team or person.
    """
    with session.reading() as view:
        if person is not None:
            found = of_person(view, find.person(view, person).id)
        elif team is not None or view.actor.person_id is None:
            found = [
                need for one in people.everybody(view.connection) if one.active for need in of_person(view, one.id)
            ]
        else:
            found = of_person(view, view.actor.person_id)
        if team is not None:
            slug = find.team(view, team).slug
            found = [need for need in found if need.team == slug]
        return found


def of_person(view: View, person_id: int) -> list[Need]:
    """What waits for one person, in the order it is offered."""
    person = people.by_id(view.connection, person_id)
    if person is None or not person.active:
        return []
    looking = _Looking(View(view.connection, find.acting(view, person), view.now), person, Names(view))
    for cycle in cycles.in_order(view.connection):
        if cycle.phase is not Phase.CLOSED:
            _in_cycle(looking, cycle)
    _mentions(looking)
    rank = {kind: place for place, kind in enumerate(ORDER)}
    return sorted(looking.found, key=lambda need: (rank[need.kind], not need.overdue))


def _in_cycle(looking: _Looking, cycle: Cycle) -> None:
    view, actor = looking.view, looking.view.actor
    mine = {post.team_id for post in actor.posts}
    leading = _leading_for(looking)
    calendar = Calendar.load(view, cycle)
    for found in needs.invitations_of(view.connection, cycle.id, mine, leading, looking.person.id):
        exchange = find.of_invitation(view, found)
        if exchange.objective.state != ObjectiveState.PUBLISHED:
            continue
        sides = exchange.sides(view)
        stands = standing(actor, sides)
        acts_for = _acts_for(stands, exchange, looking, leading, team_present=sides.team_present)
        _exchange(looking, exchange, acts_for)
        for key_result in key_results.of_invitations(view.connection, [found.id]):
            _key_result(looking, exchange, key_result, acts_for, calendar)


def _leading_for(looking: _Looking) -> set[int]:
    """Teams whose leadership this person is asked as: those they lead, and those below without an active lead of their own."""
    led = {post.team_id for post in looking.view.actor.posts if post.role == "lead"}
    if not led:
        return led
    chains = [post.chain for post in looking.view.actor.posts if post.team_id in led]
    without = {chain[-1]: chain for chain in needs.chains_without_lead(looking.view.connection, chains)}
    inherited = {
        number
        for number, chain in without.items()
        if next((one for one in reversed(chain) if one not in without or one in led), None) in led
    }
    return led | inherited


def _acts_for(
    stands: Standing, exchange: Exchange, looking: _Looking, leading: set[int], *, team_present: bool
) -> frozenset[Side]:
    """The sides this person is asked as; both, where nobody is on the team's side."""
    if stands.side is Side.LEADERSHIP and exchange.leading.id in leading:
        return frozenset({Side.LEADERSHIP} if team_present else {Side.LEADERSHIP, Side.TEAM})
    in_it = exchange.team is not None and any(post.team_id == exchange.team.id for post in looking.view.actor.posts)
    if stands.side is Side.TEAM and (in_it or exchange.person is not None):
        return frozenset({Side.TEAM})
    return frozenset()


def _exchange(looking: _Looking, exchange: Exchange, acts_for: frozenset[Side]) -> None:
    invitation = exchange.invitation
    assert invitation is not None  # noqa: S101  # it was found by its invitation
    objective, team = exchange.objective, exchange.team.slug if exchange.team else ""
    if Side.TEAM in acts_for and invitation.state == InvitationState.OPEN:
        text = f"{objective.ref} asks {exchange.team.name if exchange.team else 'you'}: accept it or push back: {objective.title}"
        command = f"okrtui invitation accept {objective.ref} --team {team} -m STRAIGHT_LINE"
        looking.add("invitation", objective.ref, exchange, text, command)
    if Side.TEAM in acts_for and _was_reworded(exchange):
        text = f"{objective.ref} was reworded since you accepted: accept the new text or push back: {objective.title}"
        command = f"okrtui invitation accept {objective.ref} --team {team} -m STRAIGHT_LINE"
        looking.add("invitation", objective.ref, exchange, text, command)
    if Side.LEADERSHIP in acts_for and invitation.state == InvitationState.PUSHED_BACK:
        pushback = invitations.open_pushback(looking.view.connection, invitation.id)
        reason = spoken(pushback.reason) if pushback else ""
        text = f"{exchange.team.name if exchange.team else 'They'} pushed back on {objective.ref} ({reason}): answer it"
        looking.add(
            "pushback", objective.ref, exchange, text, f"okrtui invitation answer {objective.ref} --team {team}"
        )


def _was_reworded(exchange: Exchange) -> bool:
    invitation = exchange.invitation
    return (
        invitation is not None
        and invitation.state == InvitationState.ACCEPTED
        and invitation.accepted_text != exchange.objective.text_number
    )


def _key_result(
    looking: _Looking, exchange: Exchange, found: KeyResult, acts_for: frozenset[Side], calendar: Calendar
) -> None:
    words = f"{found.ref} {found.statement}"
    if Side.LEADERSHIP in acts_for and found.state == KeyResultState.PROPOSED:
        looking.add("proposal", found.ref, exchange, f"Agree to or return {words}", f"okrtui kr agree {found.ref}")
    if Side.LEADERSHIP in acts_for and found.state == KeyResultState.AGREED and found.amendment == "asked":
        looking.add(
            "amendment",
            found.ref,
            exchange,
            f"Agree to or question the amendment of {words}",
            f"okrtui kr agree {found.ref}",
        )
    if Side.TEAM in acts_for:
        _for_the_team(looking, exchange, found, words)
    if found.state == KeyResultState.AGREED and calendar.reports and _is_asked(looking, exchange, found, acts_for):
        _checkin(looking, exchange, found, calendar)
    if found.state == KeyResultState.AGREED and exchange.cycle.phase is Phase.SCORING:
        _scoring(looking, exchange, found, acts_for)


def _is_asked(looking: _Looking, exchange: Exchange, found: KeyResult, acts_for: frozenset[Side]) -> bool:
    """Whether the check-in of a key result is this person's: its owner's, whatever team they are in now."""
    del exchange
    return found.owner_id == looking.person.id and (Side.TEAM in acts_for or not acts_for)


def _for_the_team(looking: _Looking, exchange: Exchange, found: KeyResult, words: str) -> None:
    stands = found.state in {KeyResultState.PROPOSED, KeyResultState.AGREED}
    if stands and not looking.names.is_active(found.owner_id):
        text = f"{words} has no active owner: name one"
        looking.add("owner", found.ref, exchange, text, f"okrtui kr edit {found.ref} --owner HANDLE")
    returned = found.state == KeyResultState.DRAFT and found.proposed_at is not None
    questioned = found.state == KeyResultState.AGREED and found.amendment == "questioned"
    if not (returned or questioned) or looking.person.id not in {found.owner_id, found.author_id}:
        return
    thread = comments.thread(looking.view.connection, found.ref)
    if thread and thread[-1].topic == "question":
        text = f"{found.ref} came back with a question: {thread[-1].body}"
        looking.add("question", found.ref, exchange, text, f"okrtui kr show {found.ref}")


def _checkin(looking: _Looking, exchange: Exchange, found: KeyResult, calendar: Calendar) -> None:
    cycle = calendar.cycle
    numbered = weeks(cycle.starts, cycle.ends)
    week = numbered[(calendar.week or len(numbered)) - 1]
    if found.checked_week is not None and found.checked_week >= week.number:
        return
    day = due_day(week, exchange.team.due_weekday if exchange.team else 4)
    overdue = calendar.today > day
    when = f"was due {day:%a} {day.day} {day:%b}" if overdue else f"due {day:%a} {day.day} {day:%b}"
    text = f"Check in {found.ref} {found.statement} (week {week.number}, {when})"
    command = f"okrtui checkin {found.ref} --value V --confidence N -m CONTEXT"
    looking.add("checkin", found.ref, exchange, text, command, overdue=overdue)


def _scoring(looking: _Looking, exchange: Exchange, found: KeyResult, acts_for: frozenset[Side]) -> None:
    view = looking.view
    connection = view.connection
    settled = scores.calibrations(connection, [found.id])
    last = settled[-1] if settled else None
    if last is not None and last.state == "confirmed":
        return
    words = f"{found.ref} {found.statement}"
    if scores.opened(connection, [found.id]):
        _agreeing(looking, exchange, found, acts_for, last)
        return
    waiting = waited_for(view, found, exchange)
    owns = found.owner_id in {looking.person.id, None} or not looking.names.is_active(found.owner_id)
    if Side.TEAM in acts_for and ScoreSide.SELF in waiting and (owns or Side.LEADERSHIP in acts_for):
        looking.add(
            "score",
            found.ref,
            exchange,
            f"Write the self score of {words}",
            f"okrtui score {found.ref} --side self --value V -m REASON",
        )
    if Side.LEADERSHIP in acts_for and ScoreSide.MANAGER in waiting and not _wrote_self(looking, found):
        looking.add(
            "score",
            found.ref,
            exchange,
            f"Write the manager score of {words}",
            f"okrtui score {found.ref} --side manager --value V -m REASON",
        )
    written = any(seal.is_in for seal in scores.seals(connection, [found.id]))
    if Side.TEAM in acts_for and not waiting and written:
        looking.add("open", found.ref, exchange, f"Open the scores of {words} together", f"okrtui reveal {found.ref}")


def _wrote_self(looking: _Looking, found: KeyResult) -> bool:
    seals = scores.seals(looking.view.connection, [found.id])
    return any(seal.side == ScoreSide.SELF and seal.author_id == looking.person.id for seal in seals)


def _agreeing(
    looking: _Looking, exchange: Exchange, found: KeyResult, acts_for: frozenset[Side], last: scores.Calibration | None
) -> None:
    words = f"{found.ref} {found.statement}"
    if not acts_for:
        return
    if last is None:
        looking.add(
            "agree",
            found.ref,
            exchange,
            f"Propose the agreed score of {words}",
            f"okrtui calibrate {found.ref} --value V",
        )
    elif Side(last.side) not in acts_for or len(acts_for) > 1:
        looking.add(
            "agree",
            found.ref,
            exchange,
            f"Confirm or counter the agreed score of {words}",
            f"okrtui confirm {found.ref}",
        )


def _mentions(looking: _Looking) -> None:
    for comment in comments.unseen_mentions(looking.view.connection, looking.person.id):
        exchange = _exchange_of(looking.view, comment.subject)
        author = looking.names.person(comment.author_id) or "somebody"
        text = f"{author} mentioned you on {comment.subject}: {comment.body}"
        noun = "kr" if comment.subject.startswith("KR") else "objective"
        looking.add("mention", comment.subject, exchange, text, f"okrtui {noun} show {comment.subject}")


def _exchange_of(view: View, subject: str) -> Exchange:
    return find.key_result(view, subject)[1] if subject.startswith("KR") else find.objective(view, subject)
