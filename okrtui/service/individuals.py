"""Individual OKRs, selectively: the switch, asking one person, and what a team is warned of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered, said
from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.individuals import ALTERNATIVES, early
from okrtui.core.inputs import IndividualEntry
from okrtui.core.model import NO_MORE, InvitationState, Phase
from okrtui.core.setup import must_lead_or_administer
from okrtui.service import closing, find, links
from okrtui.store import cycles, individuals, invitations, key_results, teams

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.invitations import Invitation
    from okrtui.store.people import Person
    from okrtui.store.rows import Value

MODES = ("off", "selective")


def set_mode(session: Session, slug: str, mode: str, reason: str = "") -> str:
    """Switch a team's individual OKRs to ``selective``, with the reason, or off again; those that stand stay.

    Returns:
        Why that is early, where fewer than two cycles are closed; else nothing.

    Raises:
        NotAllowed: by anybody but a lead of it or above, an admin or the operator.
        Invalid: no such mode, or ``selective`` without its reason.
    """
    if mode not in MODES:
        raise Invalid("Individual OKRs are off or selective.", {"mode": "Choose off or selective."})
    needed = "Individual OKRs need a reason: what do the team's own not cover? Say it with -m."
    words = said(reason, "reason", needed if mode == "selective" else "")
    with session.writing() as deed:
        team = find.team(deed, slug)
        leave = must_lead_or_administer(deed.actor, team.chain, team.name, "Switching individual OKRs")
        teams.change(deed.connection, team.id, {"individual": mode, "individual_reason": words})
        before = {"mode": team.individual, "reason": team.individual_reason}
        after = {"mode": mode, "reason": words}
        deed.record("team.individual", team.slug, leave=leave, team_id=team.id, before=before, after=after)
        return early(_closed(deed)) if mode == "selective" else ""


def _closed(view: View) -> int:
    return sum(one.phase == Phase.CLOSED for one in cycles.in_order(view.connection))


def put_to_person(
    session: Session,
    ref: str,
    handle: str,
    fields: Mapping[str, object],
    *,
    parent: str | None = None,
    alternatives_seen: bool = False,
) -> None:
    """Put an objective to one person of its team instead of a team; a person who was released is asked anew.

    ``parent`` is the key result of a team that it contributes to, where it is not linked to one yet.
    ``alternatives_seen``: whoever asks has looked at what serves most people better.

    Raises:
        NotAllowed: the alternatives were not seen; by anybody but leadership; not published; the team's individual OKRs are
            off; somebody not active in the team itself; it was put to somebody already; it contributes to no key result.
        NotFound: no such objective, person or key result.
        Invalid: the reason is none of the three, or says nothing.
    """
    if not alternatives_seen:
        listed = "; ".join(words for _, words in ALTERNATIVES)
        raise NotAllowed(f"Most people are served better by {listed}. Where none of them will do, ask with --anyway.")
    entry = entered(IndividualEntry, dict(fields))
    with session.writing() as deed:
        exchange, person = find.objective(deed, ref), find.person(deed, handle)
        leave = deed.must(Act.INVITE, exchange.on_objective(deed))
        earlier = individuals.of_objective(deed.connection, exchange.objective.id)
        _must_fit(deed, exchange, person)
        if parent:
            links.ask(deed, exchange.objective.ref, _team_key_result(deed, parent))
        if not individuals.is_linked(deed.connection, exchange.objective.id):
            raise NotAllowed(
                f"{exchange.objective.ref} contributes to no key result of a team, and an individual OKR does: say which one "
                "(--contributes-to KR)."
            )
        _put(deed, exchange, person, entry, earlier)
        deed.record(
            Act.INVITE,
            exchange.objective.ref,
            leave=leave,
            cycle_id=exchange.cycle.id,
            team_id=exchange.leading.id,
            before={"state": earlier.state} if earlier else {},
            after={"team": f"@{person.handle}", "need": str(entry.need), "words": entry.words},
        )
        closing.carry_along(deed, find.invitation(deed, exchange.objective.ref, f"@{person.handle}"))


def _put(deed: Deed, exchange: Exchange, person: Person, entry: IndividualEntry, earlier: Invitation | None) -> None:
    need = str(entry.need)
    if earlier is None:
        individuals.add(
            deed.connection,
            exchange.objective.id,
            person.id,
            need=need,
            words=entry.words,
            author_id=deed.person_id,
            at=deed.at,
        )
        return
    anew: dict[str, Value] = {"state": str(InvitationState.OPEN), "accepted_text": None, "accepted_by": None}
    told: dict[str, Value] = {"accepted_at": None, "at": deed.at, "need": need, "need_words": entry.words}
    invitations.change(deed.connection, earlier.id, {**anew, **told})


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom an objective can be put to as their own, and what it can contribute to: each with its words."""

    people: tuple[tuple[str, str], ...]
    parents: tuple[tuple[str, str], ...]
    is_linked: bool


def asking(session: Session, ref: str) -> Asking:
    """What the form that puts an objective to one person offers.

    Raises:
        NotFound: there is no such objective.
    """
    with session.reading() as view:
        exchange = find.objective(view, ref)
        chain, cycle = exchange.leading.chain, exchange.cycle
        members = [one for one in teams.members(view.connection, exchange.leading.id) if one.active]
        asked = [one.id for number in reversed(chain) for one in invitations.to_team(view.connection, cycle.id, number)]
        found = key_results.of_invitations(view.connection, asked) if asked else []
        return Asking(
            tuple((one.handle, f"{one.name} (@{one.handle})") for one in members),
            tuple((one.ref, f"{one.ref} {one.statement}") for one in found if one.state not in NO_MORE),
            individuals.is_linked(view.connection, exchange.objective.id),
        )


def mode_of(session: Session, slug: str) -> tuple[str, str, str]:
    """Whether a team's individual OKRs are off or selective, the reason, and why it would be early; empty where not.

    Raises:
        NotFound: there is no such team.
    """
    with session.reading() as view:
        team = find.team(view, slug)
        return team.individual, team.individual_reason, early(_closed(view))


def _must_fit(deed: Deed, exchange: Exchange, person: Person) -> None:
    team, ref = exchange.leading, exchange.objective.ref
    if team.individual != "selective":
        raise NotAllowed(
            f"Individual OKRs are off in {team.name}: a lead of it switches them to selective first, with a reason "
            f"(`okrtui team individual {team.slug} --mode selective -m REASON`)."
        )
    if not person.active or person.id not in {one.person_id for one in teams.members(deed.connection, team.id)}:
        raise NotAllowed(
            f"{person.name} is not in {team.name} itself: an individual OKR is put to somebody of its own team."
        )
    for asked in invitations.of_objective(deed.connection, exchange.objective.id):
        if asked.person_id != person.id:
            raise NotAllowed(f"{ref} was put to somebody else already: write another objective for {person.name} (a).")
        if asked.state != InvitationState.RELEASED:
            raise NotAllowed(
                f"{ref} was put to {person.name} already: see the answer with `okrtui objective show {ref}`."
            )


def _team_key_result(view: View, ref: str) -> str:
    found, exchange = find.key_result(view, ref)
    if exchange.team is None:
        raise NotAllowed(f"{found.ref} is one person's own: an individual OKR contributes to a key result of a team.")
    return found.ref
