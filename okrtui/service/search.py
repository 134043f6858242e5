"""Search: what people wrote, by its words, as far as whoever looks may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from okrtui.core.errors import Invalid
from okrtui.core.model import CommitmentState, InitiativeStatus, InvitationState, KeyResultState, ObjectiveState
from okrtui.core.searching import Marker, excerpt, parse
from okrtui.service import find
from okrtui.store import search as index

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.service.session import Session, View
    from okrtui.store.search import Hit

MOST = 50
MOST_TYPED = 20
"""Hits while somebody types, more than a screen shows: the next letter asks anew."""
WIDTH = 200
"""Characters of a text that are shown around what was found in it."""

Span = tuple[int, int]
STATES = tuple(
    dict.fromkeys(
        str(state)
        for states in (ObjectiveState, KeyResultState, InvitationState, InitiativeStatus, CommitmentState)
        for state in states
    )
)


class Found(NamedTuple):
    """Words that were found, on one line; ``title_marks`` and ``text_marks`` say where, from and to.

    ``kind`` is objective, key_result, straight_line, comment, checkin, initiative or commitment; ``ref`` is what was found and
    ``goes_to`` what is shown for it; ``author`` is whose it is; ``team`` is empty for what belongs to none.
    """

    kind: str
    ref: str
    goes_to: str
    title: str
    title_marks: tuple[Span, ...]
    text: str
    text_marks: tuple[Span, ...]
    author: str
    team: str
    cycle: str
    state: str
    at: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was found; ``is_ranked`` says that it is by how well it fits, else the newest comes first."""

    found: tuple[Found, ...]
    is_ranked: bool


def search(session: Session, typed: str, *, ranked: bool = False, most: int = MOST, width: int = WIDTH) -> Results:
    """What holds all of the words typed, the newest first, or ``ranked`` by how well they fit; up to ``most``.

    Each text is shown in ``width`` characters around what was found. The last word may be the beginning of one; ranked, where it
    is none by itself. Words in "double quotes" stand together; ``team:``, ``owner:``, ``cycle:`` and ``state:`` narrow it down,
    each may be given again for one more.

    Raises:
        Invalid: it has no word, or too many, or there is no such state.
        NotFound: there is no such team, person or cycle.
    """
    query = parse(typed)
    if not query.phrases:
        raise Invalid("Give a word to search for: letters or digits.")
    with session.reading() as view:
        asked = _narrowed(view, query.filters), view.actor.person_id, most
        hits = index.ranked(view.connection, query.whole, *asked) if ranked else []
        if ranked and not hits and query.begins_rarely:
            hits = index.ranked(view.connection, query.expression, *asked)
        is_ranked = bool(hits)
        hits = hits or index.newest(view.connection, query.expression, *asked)
        marker = Marker(query)
        return Results(tuple([_found(hit, marker, width) for hit in hits]), is_ranked)


def _narrowed(view: View, filters: Mapping[str, Sequence[str]]) -> index.Narrowed:
    return index.Narrowed(
        team=tuple(find.team(view, slug).id for slug in filters.get("team", ())),
        owner=tuple(find.person(view, handle).id for handle in filters.get("owner", ())),
        cycle=tuple(find.cycle(view, name).id for name in filters.get("cycle", ())),
        state=tuple(_state(name) for name in filters.get("state", ())),
    )


def _state(name: str) -> str:
    state = name.lower().replace("-", "_")
    if state not in STATES:
        raise Invalid(f"No state is called {name[:40]!r}: it is one of {', '.join(STATES)}.")
    return state


def _found(hit: Hit, marker: Marker, width: int) -> Found:
    kind, ref, goes_to, title, text, *whose = hit
    title, title_marks = excerpt(title, marker.spans(title), width)
    text = " ".join(text.split())
    marks = marker.spans(text)
    # Of what is found by its title, the text says nothing of why.
    text, marks = excerpt(text, marks, width) if marks or not title_marks else ("", marks)
    return Found(kind, ref, goes_to, title, tuple(title_marks), text, tuple(marks), *whose)
