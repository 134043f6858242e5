"""The exchange on an objective: accepting with a straight line, pushing back, taking it back, answering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered, said
from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.inputs import AnswerEntry, PushbackEntry, StraightLineEntry
from okrtui.core.model import InvitationState, PushbackAnswer
from okrtui.service import find, splitting, threads
from okrtui.service.objectives import rewrite
from okrtui.store import invitations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session
    from okrtui.store.invitations import Invitation, Pushback
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


def _tell(deed: Deed, exchange: Exchange, words: str) -> None:
    threads.tell(deed, exchange.objective.ref, "round", words, exchange.objective.title)


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
        _tell(deed, exchange, entry.straight_line)


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
        _tell(deed, exchange, entry.words)
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


def answer(
    session: Session,
    ref: str,
    team: str | None,
    fields: Mapping[str, object],
    *,
    rewording: Mapping[str, object] | None = None,
    began_from: Mapping[str, object] | None = None,
) -> None:
    """Answer a pushback: reworded, split into other objectives, explained, or released.

    After "reworded", "split" and "explained" the invitation is as it was before, for the team to accept or push back
    anew. ``rewording`` holds the new text where the answer itself rewords, ``began_from`` the text its form first showed. A
    split's new objectives may be named, or written here by their titles: these are published and put to the team at once.
    The team's drafts go to the first of the new ones, unless they are kept where they are.

    Raises:
        NotAllowed: by anybody but leadership; there is no open pushback; "reworded" without a rewording since; the first of
            the new objectives cannot be put to the team.
        NotFound: an objective it was split into is not there.
        Conflict: somebody else reworded it since ``began_from``.
        Invalid: the answer is none of the four, lacks its words, or rewords nothing.
    """
    entry = entered(AnswerEntry, dict(fields))
    with session.writing() as deed:
        exchange = find.invitation(deed, ref, team)
        invitation = _invitation(exchange)
        leave = deed.must(Act.ANSWER, exchange.on_invitation(deed))
        pushback = invitations.open_pushback(deed.connection, invitation.id)
        assert pushback is not None  # noqa: S101  # the state pushed_back says there is one
        if entry.answer is PushbackAnswer.REWORDED:
            if rewording is not None:
                rewrite(deed, find.objective(deed, ref), rewording, began_from, Act.OBJECTIVE_REWORD)
            _must_be_reworded_since(deed, exchange, pushback.at, here=rewording is not None)
        into = splitting.split(deed, exchange, pushback.id, entry, leave)
        _end_with_answer(deed, pushback, str(entry.answer), entry.words)
        released = entry.answer is PushbackAnswer.RELEASED
        state = str(InvitationState.RELEASED) if released else _as_before(invitation)
        invitations.change(deed.connection, invitation.id, {"state": state})
        after = {"state": state, "answer": str(entry.answer), "words": entry.words, "into": into}
        _record(deed, Act.ANSWER, exchange, leave, {"state": invitation.state}, after)
        _tell(deed, exchange, entry.words)


def _end_with_answer(deed: Deed, pushback: Pushback, given: str, words: str) -> None:
    told: dict[str, Value] = {
        "state": "answered",
        "answer": given,
        "answer_words": words,
        "answered_by": deed.person_id,
        "answered_at": deed.at,
    }
    invitations.end_pushback(deed.connection, pushback.id, told)


def _must_be_reworded_since(deed: Deed, exchange: Exchange, since: str, *, here: bool) -> None:
    """``here`` says that the answer itself holds the new text: then it is that text which says nothing new."""
    if invitations.reworded_since(deed.connection, exchange.objective.id, since):
        return
    sentence = f"{exchange.objective.ref} was not reworded since the pushback: "
    if here:
        sentence += "change its title, why or ambition, or answer with an explanation."
        raise Invalid(sentence, {"title": sentence})
    raise NotAllowed(f"{sentence}reword it first (e), or answer with an explanation.")


def release(session: Session, ref: str, team: str | None, words: str = "") -> None:
    """Release a team from an objective; what it wrote stays on record.

    Raises:
        NotAllowed: by anybody but leadership.
        Invalid: the words are too long.
    """
    spoken = said(words, "words")
    with session.writing() as deed:
        let_go(deed, find.invitation(deed, ref, team), spoken)


def let_go(deed: Deed, exchange: Exchange, words: str) -> None:
    """Release a team as part of another deed; an open pushback is answered by it.

    Raises:
        NotAllowed: by anybody but leadership.
    """
    invitation = _invitation(exchange)
    leave = deed.must(Act.RELEASE, exchange.on_invitation(deed))
    if pushback := invitations.open_pushback(deed.connection, invitation.id):
        _end_with_answer(deed, pushback, str(PushbackAnswer.RELEASED), words)
    state = str(InvitationState.RELEASED)
    invitations.change(deed.connection, invitation.id, {"state": state})
    _record(deed, Act.RELEASE, exchange, leave, {"state": invitation.state}, {"state": state, "words": words})
    _tell(deed, exchange, words)


def see(session: Session, invitation_ids: list[int]) -> None:
    """Note that whoever looks has seen these invitations."""
    with session.writing() as deed:
        for number in invitation_ids:
            invitations.see(deed.connection, number, deed.person_id, deed.at)
