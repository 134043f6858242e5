"""Blanking a text that must go, for the owner of the file: who did it, when and why stays in its place.

What was said goes from the rows, from what quotes it, from the events, from the search and from drafts, and then from the
file's bytes. Who did what, when, stays, and so does the chain of events. Backups, exports and copies still hold it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from okrtui.core.entering import said
from okrtui.core.errors import Invalid, NotFound
from okrtui.core.inputs import TITLE_LENGTH
from okrtui.core.names import NOUNS
from okrtui.store import drafts, events, people, redacting, search

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from okrtui.service.session import Deed, Session
    from okrtui.store.live import Live
    from okrtui.store.redacting import Words

OPERATOR = "operator"
_REF = re.compile(rf"({'|'.join(sorted(NOUNS, key=len, reverse=True))})([1-9][0-9]*)( .+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Redaction:
    """What was blanked: how many texts and events; and the refs of what still holds one of the texts."""

    ref: str
    texts: int
    events: int
    elsewhere: tuple[str, ...]


def redact(session: Session, ref: str, reason: str, columns: Collection[str] = ()) -> Redaction:
    """Blank the words that go by a ref, or those of some of its columns; again, it empties the file of them once more.

    Refs are those of everything ("KR3", "C12"), a check-in's ("KR3 w9"), what a team answered ("O1 sales"), a person's name
    ("@ana") and a team's ("sales").

    Raises:
        NotFound: nothing goes by the ref.
        Invalid: it has no words, or none of those columns; or the reason is missing, or repeats the words.
        StoreError: the file could not be emptied of the words, which are blanked already: again does the rest.
    """
    asked = "Say why it must go, with -m, without the words themselves: that stays in their place."
    why = " ".join(said(reason, "reason", asked).split())
    name = _spelled(ref)
    with session.writing() as deed:
        own = _own(deed, name, columns)
        subject = own[0].subject if own else name
        stands = _Tombstones(deed, {name.partition(" ")[0], subject})
        told = redacting.said_before(deed.connection, name, columns)
        texts = {text for text in {one.text for one in own} | told if text not in stands}
        if not (own or told):
            raise NotFound(_NOTHING.format(name=name[:60]))
        if any(text in why for text in texts):
            raise Invalid("The reason repeats the words that are to go: say why in others.")
        done = _blank(deed, name, subject, own, texts, why, stands) if texts else Redaction(name, 0, 0, ())
    _blank_drafts(session.store.live, texts)
    session.store.write_anew()
    return done


def _spelled(ref: str) -> str:
    """A ref as the file spells it."""
    text = " ".join(ref.split())
    match = _REF.fullmatch(text)
    return f"{match[1].upper()}{match[2]}{(match[3] or '').lower()}" if match else text.lower()


_NOTHING = (
    'No words go by {name!r}: give a ref such as KR3 or C12, a check-in\'s ("KR3 w9"), what a team answered '
    "(\"O1 sales\"), a person's (@ana) or a team's (sales)."
)


def _own(deed: Deed, name: str, columns: Collection[str]) -> list[Words]:
    """The texts that go by a ref; none for what was taken away, of which the events tell alone."""
    own = redacting.words_of(deed.connection, name)
    chosen = [one for one in own if not columns or one.column in columns]
    if own and not chosen:
        there = ", ".join(dict.fromkeys(one.column for one in own))
        raise Invalid(f"{name} has no such words: there are {there}.")
    return chosen


class _Tombstones:
    """What stands already where words of some things were blanked; that somebody begins theirs like one makes them none."""

    def __init__(self, deed: Deed, refs: Iterable[str]) -> None:
        told = [one for ref in refs for one in events.of_ref(deed.connection, ref) if one.verb == redacting.VERB]
        handles = people.handles(deed.connection, {one.person_id for one in told})
        self._found = {
            _tombstone(one.at[:10], handles.get(one.person_id or 0, OPERATOR), str(one.after.get("reason")))
            for one in told
        }

    def __contains__(self, text: str) -> bool:
        bare = re.sub(r"\] \d+$", "]", text)
        return any(bare in {one, _cut(one, "title")} for one in self._found)


def _tombstone(day: str, handle: str, why: str) -> str:
    return f"[blanked {day} by {handle}: {why}]"


def _blank(  # all of it is known to whoever asks, and of one deed
    deed: Deed,
    name: str,
    subject: str,
    own: Sequence[Words],
    texts: Collection[str],
    why: str,
    stands: _Tombstones,
) -> Redaction:
    connection = deed.connection
    found = [*own, *redacting.quotes(connection, subject, texts)]
    found = [one for one in dict.fromkeys(found) if one.text not in stands]
    tombstone = _tombstone(deed.today, deed.actor.handle, why)
    instead = _instead(found, tombstone)
    # A list may hold a text that no row has any more.
    listed = dict.fromkeys(texts, tombstone) | {one.text: words for one, words in instead.items()}
    redacting.blank_lists(connection, subject, listed)
    for one, words in instead.items():
        redacting.put_in_place(connection, one, words)
    told = list(redacting.events_with(connection, name, subject, texts))
    for number in told:
        events.redact(connection, number)
    after = {"what": name, "reason": why, "columns": sorted({one.column for one in own}), "events": len(told)}
    deed.record(redacting.VERB, name.partition(" ")[0], after=after)
    search.rebuild(connection)
    return Redaction(name, len(found), len(told), tuple(redacting.elsewhere(connection, texts)))


_SHORT = frozenset({"title", "statement", "name", "words", "comment"})
"""Columns that hold 200 letters at most, in some table."""


def _cut(tombstone: str, column: str) -> str:
    room = TITLE_LENGTH - 4 if column in _SHORT else 10_000
    return tombstone if len(tombstone) <= room else f"{tombstone[: room - 2]}…]"


def _instead(found: Iterable[Words], tombstone: str) -> dict[Words, str]:
    """What takes the place of each text."""
    cut = {one: _cut(tombstone, one.column) for one in found}
    return {
        one: f"{words} {place}" if one.place.numbered else words for place, (one, words) in enumerate(cut.items(), 1)
    }


def _blank_drafts(live: Live, texts: Collection[str]) -> None:
    """Take what holds one of the texts out of everybody's drafts."""
    if not live.path.exists():
        return
    for person_id, form, fields in live.read(drafts.everybodys) or ():
        left = _without(json.loads(fields), texts)
        if not left["typed"]:
            live.write(partial(drafts.forget, person_id=person_id, form=form))
        elif left != json.loads(fields):
            again = json.dumps(left, ensure_ascii=False)
            live.write(partial(drafts.rewrite, person_id=person_id, form=form, fields=again))
    live.write_anew()


def _without(fields: dict[str, dict[str, object]], texts: Collection[str]) -> dict[str, dict[str, object]]:
    """A draft without the fields in which one of the texts was typed, or stood before."""
    gone = {name for half in fields.values() for name, value in half.items() if _holds(value, texts)}
    return {half: {name: value for name, value in held.items() if name not in gone} for half, held in fields.items()}


def _holds(value: object, texts: Collection[str]) -> bool:
    whole = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return any(whole == text or (len(text) >= redacting.SHORTEST and text in whole) for text in texts)
