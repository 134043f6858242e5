"""Threads: comments on anything, and the rounds of a proposal with the text as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.errors import NotAllowed, NotFound
from okrtui.core.inputs import CommentEntry
from okrtui.core.names import parse_ref
from okrtui.service import find
from okrtui.service.cards import Names
from okrtui.service.commitments import find_commitment, team_of
from okrtui.service.initiatives import find_initiative
from okrtui.store import comments, commitments, people

if TYPE_CHECKING:
    from okrtui.core.leave import Thing
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.commitments import Commitment

_MENTION = re.compile(r"(?<![\w@])@([a-z0-9][a-z0-9._-]{0,39})", re.IGNORECASE)


def mentioned(body: str) -> list[str]:
    """The handles a text mentions, in lower case, without a full stop that ends a sentence."""
    return [found.lower().rstrip(".-_") for found in _MENTION.findall(body)]


def comment(session: Session, ref: str, body: str) -> str:
    """Comment on an objective, a key result, an initiative or a promise; those mentioned are told, and whose promise it is.

    Of a comment on a development goal nobody is told but who may read the goal.

    Returns:
        The comment's ref.

    Raises:
        NotAllowed: by the operator.
        NotFound: no such thing, as far as whoever looks may know.
        Invalid: it says nothing.
    """
    entry = entered(CommentEntry, {"body": body})
    with session.writing() as deed:
        if parse_ref(ref, "O", "KR", "I", "P").letters == "P":
            return _on_promise(deed, find_commitment(deed, ref), entry.body)
        subject, thing, cycle_id, team_id = _place(deed, ref)
        leave = deed.must(Act.COMMENT, thing)
        number = _add(deed, subject, "comment", entry.body, "")
        told = comments.mention(deed.connection, number, mentioned(entry.body))
        after = {"comment": f"C{number}", "body": entry.body, "mentions": told}
        deed.record(Act.COMMENT, subject, leave=leave, cycle_id=cycle_id, team_id=team_id, after=after)
    return f"C{number}"


def _place(deed: Deed, ref: str) -> tuple[str, Thing, int, int]:
    """The ref a thread stands under, the thing as the rules see it, its cycle and its team."""
    match parse_ref(ref).letters:
        case "O":
            exchange = find.objective(deed, ref)
            return exchange.objective.ref, exchange.on_objective(deed), exchange.cycle.id, exchange.leading.id
        case "I":
            found, team, cycle = find_initiative(deed, ref)
            return found.ref, find.team_in_cycle(deed, team, cycle), cycle.id, team.id
        case _:
            key_result, exchange = find.key_result(deed, ref)
            return key_result.ref, exchange.on_key_result(deed, key_result), exchange.cycle.id, exchange.team_id


def _on_promise(deed: Deed, found: Commitment, body: str) -> str:
    """Comment on what is somebody's alone: they are told by any word of others."""
    team_id = team_of(deed, found)
    leave = deed.must(Act.COMMENT, _place(deed, found.about)[1]) if team_id is not None else None
    number = _add(deed, found.ref, "comment", body, "")
    whose = Names(deed).person(found.person_id)
    handles = mentioned(body) + ([whose] if whose and found.person_id != deed.person_id else [])
    if found.is_private:
        handles = [one for one in handles if _may_read(deed, found, one)]
    told = comments.mention(deed.connection, number, handles)
    after: dict[str, object] = {"comment": f"C{number}", "body": body, "mentions": told}
    deed.record(
        Act.COMMENT,
        found.ref,
        leave=leave,
        cycle_id=found.cycle_id,
        team_id=team_id,
        after={} if found.is_private else after,
        private=found.is_private,
    )
    return f"C{number}"


def _may_read(view: View, found: Commitment, handle: str) -> bool:
    reader = people.by_handle(view.connection, handle)
    return reader is not None and commitments.by_id(view.connection, found.id, reader.id) is not None


def _add(deed: Deed, subject: str, topic: str, body: str, quoted: str) -> int:
    return comments.add(
        deed.connection, subject=subject, topic=topic, body=body, quoted=quoted, author_id=deed.person_id, at=deed.at
    )


def quote(deed: Deed, ref: str, topic: str, body: str, quoted: str) -> None:
    """Put a round into the thread of a thing, with its text as it was; part of another deed, whose event tells it."""
    number = _add(deed, ref, topic, body, quoted)
    if body:
        comments.mention(deed.connection, number, mentioned(body))


def tell(deed: Deed, ref: str, topic: str, body: str, quoted: str) -> None:
    """Tell those whom words mention that stand elsewhere, such as a pushback's: these stand in the thread of the thing too."""
    if mentioned(body):
        quote(deed, ref, topic, body, quoted)


def strike(session: Session, ref: str) -> None:
    """Strike one's own comment through; its words stay on record.

    Raises:
        NotAllowed: it is somebody else's.
        NotFound: there is no such comment, or what it is on is theirs to read no more.
    """
    with session.writing() as deed:
        named = parse_ref(ref, "C")
        found = comments.by_id(deed.connection, named.number)
        if found is None:
            raise NotFound(f"There is no comment {named}.")
        if found.author_id != deed.person_id:
            raise NotAllowed("Only its author strikes a comment through: answer it with one of your own (c).")
        comments.strike(deed.connection, found.id, deed.at)
        promise = parse_ref(found.subject).letters == "P" and find_commitment(deed, found.subject)
        private = bool(promise and promise.is_private)
        after = {} if private else {"comment": found.ref}
        deed.record("comment.strike", found.subject, after=after, private=private)


def see(session: Session, ref: str) -> int:
    """Note that whoever looks has seen what mentions them under a ref; how many mentions were new."""
    with session.writing() as deed:
        return comments.see_mentions(deed.connection, deed.person_id, find.spelled(deed, ref), deed.at)
