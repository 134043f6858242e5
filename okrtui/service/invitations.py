"""The exchange on an objective: accepting with a straight line, pushing back, taking it back, answering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.errors import NotAllowed
from okrtui.core.inputs import AnswerEntry, PushbackEntry, StraightLineEntry, entered, said
from okrtui.core.model import InvitationState, PushbackAnswer
from okrtui.service import find
from okrtui.service.objectives import put_to
from okrtui.store import invitations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session
    from okrtui.store.invitations import Invitation
    from okrtui.store.rows import Value


def _invitation(exchange: Exchange) -> Invitation:
    assert exchange.invitation is not None  # noqa: S101  # find.invitation gives none without
    return exchange.invitation


def _record(
    deed: Deed, act: Act, exchange: Exchange, leave: Leave, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    deed.record(
        act,
        exchange.objective.ref,
        leave=leave,
        cycle_id=exchange.cycle.id,
        team_id=exchange.team_id,
        before=before,
        after=after,
    )


def accept(session: Session, ref: str, team: str | None, straight_line: str) -> None:
    """Accept an objective for a team with its straight line; an open pushback is taken back by it.

    Accepting again, after a rewording, takes the new text and the new line.

    Raises:
        NotAllowed: by anybody but the invited team.
        Invalid: the straight line is missing.
    """
    entry = entered(StraightLineEntry, {"straight_line": straight_line})
    with session.writing() as deed:
        exchange = find.invitation(deed, ref, team)
        invitation = _invitation(exchange)
        leave = deed.must(Act.ACCEPT, exchange.on_invitation(deed))
        _end_open_pushback(deed, invitation)
        after = {"state": str(InvitationState.ACCEPTED), "straight_line": entry.straight_line}
        changes: dict[str, Value] = {
            **after,
            "accepted_text": exchange.objective.text_number,
            "accepted_by": deed.person_id,
            "accepted_at": deed.at,
        }
        invitations.change(deed.connection, invitation.id, changes)
        before = {"state": invitation.state, "straight_line": invitation.straight_line}
        _record(deed, Act.ACCEPT, exchange, leave, before, after)


def _end_open_pushback(deed: Deed, invitation: Invitation) -> None:
    if pushback := invitations.open_pushback(deed.connection, invitation.id):
        invitations.end_pushback(deed.connection, pushback.id, {"state": "taken_back", "answered_at": deed.at})


def push_back(session: Session, ref: str, team: str | None, reason: str, words: str) -> int:
    """Push back on an objective, with one of four reasons and words; also after accepting it.

    Returns:
        The round.

    Raises:
        NotAllowed: by anybody but the invited team, or a pushback waits for its answer already.
        Invalid: the reason is none of the four, or the words are missing.
    """
    entry = entered(PushbackEntry, {"reason": reason, "words": words})
    with session.writing() as deed:
        exchange = find.invitation(deed, ref, team)
        invitation = _invitation(exchange)
        leave = deed.must(Act.PUSH_BACK, exchange.on_invitation(deed))
        pushback = invitations.push_back(
            deed.connection, invitation.id, str(entry.reason), entry.words, deed.person_id, deed.at
        )
        invitations.change(deed.connection, invitation.id, {"state": str(InvitationState.PUSHED_BACK)})
        after = {"state": "pushed_back", "reason": str(entry.reason), "words": entry.words, "round": pushback.round}
        _record(deed, Act.PUSH_BACK, exchange, leave, {"state": invitation.state}, after)
    return pushback.round


def take_back(session: Session, ref: str, team: str | None) -> None:
    """Take a pushback back; the invitation is as it was before it.

    Raises:
        NotAllowed: by anybody but the invited team, or there is none open.
    """
    with session.writing() as deed:
        exchange = find.invitation(deed, ref, team)
        invitation = _invitation(exchange)
        leave = deed.must(Act.TAKE_BACK, exchange.on_invitation(deed))
        _end_open_pushback(deed, invitation)
        state = _as_before(invitation)
        invitations.change(deed.connection, invitation.id, {"state": state})
        _record(deed, Act.TAKE_BACK, exchange, leave, {"state": invitation.state}, {"state": state})


def _as_before(invitation: Invitation) -> str:
    return str(InvitationState.ACCEPTED if invitation.accepted_at else InvitationState.OPEN)


def answer(session: Session, ref: str, team: str | None, fields: dict[str, object]) -> None:
    """Answer a pushback: reworded, split into other objectives, explained, or released.

    After "reworded", "split" and "explained" the invitation is as it was before, for the team to accept or push back
    anew; drafts under one that was split go to the first of the new objectives where the team is invited to it.

    Raises:
        NotAllowed: by anybody but leadership; there is no open pushback; "reworded" without a rewording since; the first of
            the new objectives cannot be put to the team.
        NotFound: an objective it was split into is not there.
        Invalid: the answer is none of the four, or lacks its words.
    """
    entry = entered(AnswerEntry, fields)
    with session.writing() as deed:
        exchange = find.invitation(deed, ref, team)
        invitation = _invitation(exchange)
        leave = deed.must(Act.ANSWER, exchange.on_invitation(deed))
        pushback = invitations.open_pushback(deed.connection, invitation.id)
        assert pushback is not None  # noqa: S101  # the state pushed_back says there is one
        if entry.answer is PushbackAnswer.REWORDED:
            _must_be_reworded_since(deed, exchange, pushback.at)
        news = _split(deed, exchange, pushback.id, entry.into)
        given: dict[str, Value] = {
            "state": "answered",
            "answer": str(entry.answer),
            "answer_words": entry.words,
            "answered_by": deed.person_id,
            "answered_at": deed.at,
        }
        invitations.end_pushback(deed.connection, pushback.id, given)
        released = entry.answer is PushbackAnswer.RELEASED
        state = str(InvitationState.RELEASED) if released else _as_before(invitation)
        invitations.change(deed.connection, invitation.id, {"state": state})
        if news:
            _move_drafts(deed, exchange, news[0], leave)
        after = {"state": state, "answer": str(entry.answer), "words": entry.words, "into": list(entry.into)}
        _record(deed, Act.ANSWER, exchange, leave, {"state": invitation.state}, after)


def _must_be_reworded_since(deed: Deed, exchange: Exchange, since: str) -> None:
    if not invitations.reworded_since(deed.connection, exchange.objective.id, since):
        raise NotAllowed(
            f"{exchange.objective.ref} was not reworded since the pushback: reword it first (e), or answer with an explanation."
        )


def _split(deed: Deed, exchange: Exchange, pushback_id: int, refs: Sequence[str]) -> list[Exchange]:
    """Note which objectives it was split into."""
    news = {one.objective.id: one for one in (find.objective(deed, ref) for ref in refs)}
    if exchange.objective.id in news:
        raise NotAllowed(f"{exchange.objective.ref} cannot be split into itself: name the new objectives.")
    for number in news:
        invitations.split_into(deed.connection, pushback_id, number)
    return list(news.values())


def _move_drafts(deed: Deed, exchange: Exchange, new: Exchange, leave: Leave) -> None:
    assert exchange.team is not None  # noqa: S101  # only teams push back on what can be split
    target = invitations.of_team(deed.connection, new.objective.id, exchange.team.id)
    number = put_to(deed, new, exchange.team) if target is None else target.id
    for moved in invitations.move_drafts(deed.connection, _invitation(exchange).id, number):
        deed.record(
            "kr.move",
            f"KR{moved}",
            leave=leave,
            cycle_id=new.cycle.id,
            team_id=exchange.team.id,
            before={"objective": exchange.objective.ref},
            after={"objective": new.objective.ref},
        )


def release(session: Session, ref: str, team: str | None, words: str = "") -> None:
    """Release a team from an objective; what it wrote stays on record.

    Raises:
        NotAllowed: by anybody but leadership.
        Invalid: the words are too long.
    """
    spoken = said(words, "words")
    with session.writing() as deed:
        exchange = find.invitation(deed, ref, team)
        invitation = _invitation(exchange)
        leave = deed.must(Act.RELEASE, exchange.on_invitation(deed))
        if pushback := invitations.open_pushback(deed.connection, invitation.id):
            given: dict[str, Value] = {
                "state": "answered",
                "answer": "released",
                "answer_words": spoken,
                "answered_by": deed.person_id,
                "answered_at": deed.at,
            }
            invitations.end_pushback(deed.connection, pushback.id, given)
        state = str(InvitationState.RELEASED)
        invitations.change(deed.connection, invitation.id, {"state": state})
        _record(deed, Act.RELEASE, exchange, leave, {"state": invitation.state}, {"state": state, "words": spoken})


def see(session: Session, invitation_ids: list[int]) -> None:
    """Note that whoever looks has seen these invitations."""
    with session.writing() as deed:
        for number in invitation_ids:
            invitations.see(deed.connection, number, deed.person_id, deed.at)
