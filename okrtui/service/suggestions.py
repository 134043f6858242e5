"""Suggestions: words or numbers proposed by anybody, taken or declined by the side whose pen it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered, said, spoken_field
from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.core.inputs import KeyResultEntry, ObjectiveEntry, SuggestionEntry
from okrtui.core.model import KeyResultState
from okrtui.core.names import parse_ref
from okrtui.service import amendments, find, leaves, objectives, threads, wording
from okrtui.store import key_results, people, suggestions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from okrtui.core.inputs import Entry
    from okrtui.core.leave import Leave
    from okrtui.service.cards import Names
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.key_results import KeyResult
    from okrtui.store.rows import Value
    from okrtui.store.suggestions import Suggestion

FIELDS_OF_OBJECTIVE = ("title", "why")
FIELDS_OF_KEY_RESULT = ("statement", *key_results.NUMBERS)


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """A suggestion with what became of it; ``moved`` says that the field says something else by now than ``before``."""

    ref: str
    field: str
    before: str
    proposed: str
    words: str
    state: str
    author: str
    at: str
    decided_by: str | None
    decided_at: str | None
    reason: str
    moved: bool


def lines(found: Iterable[Suggestion], stands: Mapping[str, object], names: Names) -> tuple[SuggestionLine, ...]:
    """Suggestions as a page shows them; ``stands`` holds the fields of their thing as they are now."""
    return tuple(
        SuggestionLine(
            ref=one.ref,
            field=one.field,
            before=one.before,
            proposed=one.proposed,
            words=one.words,
            state=one.state,
            author=names.person(one.author_id) or "",
            at=one.at,
            decided_by=names.person(one.decided_by),
            decided_at=one.decided_at,
            reason=one.reason,
            moved=_as_text(stands[one.field]) != one.before,
        )
        for one in found
    )


def _as_text(value: object) -> str:
    """A field's value as it is typed: 8, not 8.0; nothing for none."""
    return f"{value:.15g}" if isinstance(value, float) else "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a suggestion is for: an objective, or a key result."""

    exchange: Exchange
    key_result: KeyResult | None = None

    @classmethod
    def find(cls, view: View, ref: str) -> _Subject:
        if parse_ref(ref, "O", "KR").letters == "O":
            return cls(find.objective(view, ref))
        key_result, exchange = find.key_result(view, ref)
        return cls(exchange, key_result)

    @property
    def ref(self) -> str:
        return self.key_result.ref if self.key_result else self.exchange.objective.ref

    @property
    def fields(self) -> Sequence[str]:
        return FIELDS_OF_KEY_RESULT if self.key_result else FIELDS_OF_OBJECTIVE

    @property
    def form(self) -> type[Entry]:
        return KeyResultEntry if self.key_result else ObjectiveEntry

    @property
    def columns(self) -> dict[str, Value]:
        """Where a suggestion for it belongs."""
        if self.key_result:
            return {"key_result_id": self.key_result.id}
        return {"objective_id": self.exchange.objective.id}

    def stands(self, view: View) -> dict[str, object]:
        """The fields of its form as they are."""
        if self.key_result:
            return wording.as_entered(view, self.key_result)
        return objectives.texts_of(self.exchange.objective)

    def act(self, of_objective: Act, of_key_result: Act) -> Act:
        return of_key_result if self.key_result else of_objective

    def must(self, deed: Deed, of_objective: Act, of_key_result: Act) -> Leave:
        if self.key_result:
            return leaves.must(deed, of_key_result, self.key_result, self.exchange)
        return deed.must(of_objective, self.exchange.on_objective(deed))

    def record(
        self, deed: Deed, act: Act, leave: Leave, before: Mapping[str, object], after: Mapping[str, object]
    ) -> None:
        team_id = self.exchange.team_id if self.key_result else self.exchange.leading.id
        cycle_id = self.exchange.cycle.id
        deed.record(act, self.ref, leave=leave, cycle_id=cycle_id, team_id=team_id, before=before, after=after)


def suggest(session: Session, ref: str, field: str, proposed: str, words: str = "") -> str:
    """Suggest other words, or another number, for one field of an objective or a key result; those mentioned are told.

    Returns:
        The suggestion's ref.

    Raises:
        NotAllowed: by the operator, or nothing of the thing changes any more.
        NotFound: no such thing.
        Invalid: the field takes no suggestion, would not take this one, or says so already.
    """
    entry = entered(SuggestionEntry, {"proposed": proposed, "words": words})
    with session.writing() as deed:
        subject = _Subject.find(deed, ref)
        leave = subject.must(deed, Act.OBJECTIVE_SUGGEST, Act.KR_SUGGEST)
        before, meant = _change(deed, subject, field, entry.proposed)
        values: dict[str, Value] = {
            **subject.columns,
            "field": field,
            "before": before,
            "proposed": meant,
            "words": entry.words,
            "side": str(leave.side),
            "author_id": deed.person_id,
            "at": deed.at,
        }
        made = f"S{suggestions.add(deed.connection, values)}"
        told = {"suggestion": made, "field": field, "proposed": meant, "words": entry.words}
        subject.record(deed, subject.act(Act.OBJECTIVE_SUGGEST, Act.KR_SUGGEST), leave, {field: before}, told)
        threads.quote(deed, subject.ref, "suggestion", entry.words, _round(made, field, before, meant))
    return made


def _change(view: View, subject: _Subject, field: str, proposed: str) -> tuple[str, str]:
    """What the field says and what it would say, as its form has it."""
    if field not in subject.fields:
        raise Invalid(
            f"A suggestion is for one of {', '.join(subject.fields)}: say which.", {"field": "Choose a field."}
        )
    stands = subject.stands(view)
    try:
        meant = entered(subject.form, {**stands, field: proposed})
    except Invalid as error:
        raise Invalid(str(error), {"proposed": str(error)}) from None
    before, after = _as_text(stands[field]), _as_text(meant.model_dump(mode="json")[field])
    if before == after:
        sentence = f"{subject.ref} says that already: suggest something else, or comment (c)."
        raise Invalid(sentence, {"proposed": sentence})
    return before, after


def _round(ref: str, field: str, before: str, proposed: str) -> str:
    """A suggestion as the thread quotes it."""
    return f"{ref} {spoken_field(field).removeprefix('the ')}: {before or '–'} → {proposed or '–'}"


def take(session: Session, ref: str, reason: str = "") -> str:
    """Take a suggestion: its field is changed as by an edit, and what is agreed amended, for which ``reason`` or its own words stand.

    Returns:
        The ref of what it was for.

    Raises:
        NotAllowed: by anybody but the side whose pen it is; it is decided already; nothing of the thing changes any more.
        NotFound: there is no such suggestion.
        Invalid: what the thing says by now does not take it; or taking it amends, and nobody said why.
    """
    words = said(reason, "reason")
    with session.writing() as deed:
        found, subject = _open(deed, ref)
        leave = subject.must(deed, Act.OBJECTIVE_TAKE, Act.KR_TAKE)
        if subject.key_result is None:
            before, after = objectives.save(deed, subject.exchange, {found.field: found.proposed})
        else:
            before, after = _into_key_result(deed, subject.key_result, subject.exchange, found, words)
        # The proposal of an amendment says why already.
        amended = subject.key_result is not None and subject.key_result.state == KeyResultState.AGREED
        told = {**after, **_decide(deed, subject, found, "taken", words, body="" if amended else words)}
        subject.record(deed, subject.act(Act.OBJECTIVE_TAKE, Act.KR_TAKE), leave, before, told)
        return subject.ref


def _into_key_result(
    deed: Deed, key_result: KeyResult, exchange: Exchange, found: Suggestion, reason: str
) -> tuple[dict[str, object], dict[str, object]]:
    """Put it into the text, which keeps the side of whoever typed it."""
    changes = {found.field: found.proposed}
    if key_result.state == KeyResultState.AGREED:
        why = reason or found.words
        if not why:
            raise Invalid(
                f"{key_result.ref} is agreed, so taking {found.ref} amends it: give a reason (-m).",
                {"reason": "Say why."},
            )
        return amendments.amend(deed, key_result, exchange, changes, why, side=found.side)
    before, after = wording.rewrite(deed, key_result, exchange, changes)
    if after:
        wording.keep(deed, key_result.id, found.side)
    if after and key_result.state == KeyResultState.PROPOSED:
        wording.must_be_whole(deed, key_result.id)
        threads.quote(deed, key_result.ref, "proposal", "", wording.again(deed, key_result.id).statement)
    return before, after


def decline(session: Session, ref: str, reason: str = "") -> str:
    """Decline a suggestion; it stays on record.

    Returns:
        The ref of what it was for.

    Raises:
        NotAllowed: by anybody but the side whose pen it is; it is decided already; nothing of the thing changes any more.
        NotFound: there is no such suggestion.
    """
    words = said(reason, "reason")
    with session.writing() as deed:
        found, subject = _open(deed, ref)
        leave = subject.must(deed, Act.OBJECTIVE_DECLINE, Act.KR_DECLINE)
        told = _decide(deed, subject, found, "declined", words, body=words)
        subject.record(deed, subject.act(Act.OBJECTIVE_DECLINE, Act.KR_DECLINE), leave, {}, told)
        return subject.ref


def _open(deed: Deed, ref: str) -> tuple[Suggestion, _Subject]:
    named = parse_ref(ref, "S")
    found = suggestions.by_id(deed.connection, named.number)
    if found is None:
        raise NotFound(
            f"There is no suggestion {named}: `okrtui kr show` and `okrtui objective show` tell what is suggested."
        )
    if found.state != "open":
        who = people.by_id(deed.connection, found.decided_by or 0)
        by = f" by {who.handle}" if who else ""
        raise NotAllowed(f"{found.ref} was {found.state}{by} already: suggest anew (s), or comment (c).")
    return found, _Subject.find(deed, found.subject)


def _decide(
    deed: Deed, subject: _Subject, found: Suggestion, state: str, reason: str, *, body: str
) -> dict[str, object]:
    """Note it on the suggestion and in the thread; what the event says of it."""
    suggestions.decide(deed.connection, found.id, state=state, by=deed.person_id, at=deed.at, reason=reason)
    threads.quote(deed, subject.ref, state, body, _round(found.ref, found.field, found.before, found.proposed))
    author = people.by_id(deed.connection, found.author_id)
    return {
        "suggestion": found.ref,
        "field": found.field,
        "proposed": found.proposed,
        "suggested_by": author.handle if author else "",
        "reason": reason,
    }
