"""Things by the names people give, and the exchange each stands in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from okrtui.core.errors import Ambiguous, NotFound
from okrtui.core.leave import Thing
from okrtui.core.model import InvitationState, KeyResultState, ObjectiveState, Side
from okrtui.core.names import parse_ref
from okrtui.core.sides import Actor, Sides
from okrtui.store import cycles, individuals, invitations, key_results, objectives, people, teams

if TYPE_CHECKING:
    from enum import StrEnum

    from okrtui.service.session import View
    from okrtui.store.cycles import Cycle
    from okrtui.store.invitations import Invitation
    from okrtui.store.key_results import KeyResult
    from okrtui.store.objectives import Objective
    from okrtui.store.people import Person
    from okrtui.store.teams import Team


def team(view: View, slug: str) -> Team:
    """The team of this slug.

    Raises:
        NotFound: there is none.
    """
    found = teams.by_slug(view.connection, slug.strip())
    if found is None:
        raise NotFound(f"No team is called {slug.strip()[:40]!r}: `okrtui team list` shows them all.")
    return found


def company(view: View) -> Team:
    """The root of the teams.

    Raises:
        NotFound: the file was never set up.
    """
    found = teams.root(view.connection)
    if found is None:
        raise NotFound("This file has no company yet: run `okrtui init`.")
    return found


def person(view: View, handle: str) -> Person:
    """The person of this handle, with or without its @.

    Raises:
        NotFound: there is none.
    """
    found = people.by_handle(view.connection, handle.strip().removeprefix("@"))
    if found is None:
        raise NotFound(f"Nobody here is called {handle.strip()[:40]!r}: `okrtui person list` shows everybody.")
    return found


def acting(view: View, somebody: Person) -> Actor:
    """A person as the rules see them, with the posts they hold now."""
    posts = people.posts(view.connection, somebody.id, view.today)
    return Actor(somebody.id, somebody.handle, somebody.name, bool(somebody.admin), posts, view.actor.way)


def cycle(view: View, name: str | None) -> Cycle:
    """The cycle of this name, or without one the current one.

    Raises:
        NotFound: there is none.
    """
    found = cycles.current(view.connection) if name is None else cycles.by_name(view.connection, name.strip())
    if found is None and name is None:
        raise NotFound(
            "There is no cycle yet: an admin adds one with `okrtui cycle add 2026-Q4 --starts DAY --ends DAY`."
        )
    if found is None:
        raise NotFound(f"No cycle is called {str(name).strip()[:40]!r}: `okrtui cycle list` shows them all.")
    return found


@dataclass(frozen=True, slots=True)
class Exchange:
    """An objective and, where one is meant, its invitation: everything the rules ask about who stands where."""

    objective: Objective
    cycle: Cycle
    leading: Team
    invitation: Invitation | None = None
    team: Team | None = None
    person: Person | None = None

    def sides(self, view: View, *, leadership_but: int | None = None) -> Sides:
        """Who stands where; with ``leadership_but`` that person does not count as present for leadership."""
        # Whoever is asked themselves stands with the team, also where they lead it.
        but = self.person.id if self.person is not None else leadership_but
        return sides_between(view, self.leading, self.team, self.person, leadership_but=but)

    def on_objective(self, view: View) -> Thing:
        """The objective, as the rules see it: whoever looks stands with a team of theirs that it was put to."""
        asked = invitations.of_objective(view.connection, self.objective.id)
        own = next((one for one in asked if _was_put_to(view.actor, one)), None)
        sides = self.sides(view) if own is None else _with(view, self, own).sides(view)
        state = ObjectiveState(self.objective.state)
        return Thing(self.objective.ref, state, self.cycle.phase, self.cycle.name, sides)

    def on_invitation(self, view: View) -> Thing:
        """The invitation, as the rules see it; with its objective withdrawn nothing is left of it to answer."""
        assert self.invitation is not None  # noqa: S101  # asked only of an exchange with an invitation
        name = self.team.name if self.team else self.person.name if self.person else ""
        ref = f"The invitation of {self.objective.ref} to {name}"
        state: StrEnum = InvitationState(self.invitation.state)
        if self.objective.state == ObjectiveState.WITHDRAWN:
            ref, state = self.objective.ref, ObjectiveState.WITHDRAWN
        return Thing(ref, state, self.cycle.phase, self.cycle.name, self.sides(view))

    def on_key_result(
        self,
        view: View,
        key_result: KeyResult,
        *,
        not_by: int | None = None,
        not_side: Side | None = None,
        leadership_but: int | None = None,
    ) -> Thing:
        """A key result under the invitation, as the rules see it."""
        sides = self.sides(view, leadership_but=leadership_but)
        state: StrEnum = KeyResultState(key_result.state)
        return Thing(key_result.ref, state, self.cycle.phase, self.cycle.name, sides, not_by, not_side)

    @property
    def asked(self) -> str:
        """Whom the invitation asks: the slug of a team, or @handle."""
        return self.team.slug if self.team else f"@{self.person.handle}" if self.person else ""

    @property
    def team_id(self) -> int:
        """The team whose room shows this: the invited one, else the objective's."""
        return self.team.id if self.team else self.leading.id


def _was_put_to(actor: Actor, asked: Invitation) -> bool:
    if asked.team_id is None:
        return asked.person_id == actor.person_id
    return actor.belongs_below(asked.team_id) is not None


def sides_between(
    view: View,
    leading: Team,
    invited: Team | None,
    invited_person: Person | None = None,
    *,
    leadership_but: int | None = None,
) -> Sides:
    """Who stands where between an objective's team and the team, or the person, it is put to."""
    if invited is not None:
        present = team_present(view, teams.TeamSide(invited.path, leading.chain))
    else:
        present = invited_person is not None and bool(invited_person.active)
    return Sides(
        objective_chain=leading.chain,
        objective_team=leading.name,
        team_chain=invited.chain if invited else (),
        team=invited.name if invited else invited_person.name if invited_person else "",
        person_id=invited_person.id if invited_person else None,
        leadership_present=leadership_present(view, teams.Leading(leading.chain, leadership_but)),
        team_present=present,
    )


def leadership_present(view: View, asked: teams.Leading) -> bool:
    """Whether a leading side has anybody active in it."""
    ask = partial(teams.leadership_present, view.connection, asked.chain, view.today, but=asked.but)
    return view.once(asked, ask)


def team_present(view: View, asked: teams.TeamSide) -> bool:
    """Whether a team's side has anybody active in it."""
    ask = partial(teams.team_present, view.connection, asked.path, asked.leading, view.today, but=asked.but)
    return view.once(asked, ask)


def _team_of(view: View, number: int) -> Team:
    found = teams.by_id(view.connection, number)
    assert found is not None, number  # noqa: S101  # a foreign key holds it
    return found


def own_team(view: View, slug: str | None) -> Team:
    """The team of this slug; without one the only team that whoever looks is in.

    Raises:
        NotFound: there is no such team, or they are in none.
        Ambiguous: they are in several.
    """
    if slug is not None:
        return team(view, slug)
    own = teams.of_person(view.connection, view.person_id)
    if not own:
        raise NotFound("You are in no team: say which one with --team.")
    if len(own) > 1:
        raise Ambiguous(f"You are in several teams: say which with --team ({', '.join(one.slug for one in own)}).")
    return own[0]


def team_in_cycle(view: View, meant: Team, cycle: Cycle) -> Thing:
    """What is a team's own in a cycle, as the rules see it: the leads above it are its leadership."""
    above = _team_of(view, meant.parent_id) if meant.parent_id is not None else None
    chain = above.chain if above else ()
    sides = Sides(
        objective_chain=chain,
        objective_team=above.name if above else meant.name,
        team_chain=meant.chain,
        team=meant.name,
        leadership_present=above is not None and leadership_present(view, teams.Leading(chain)),
        team_present=team_present(view, teams.TeamSide(meant.path, chain)),
    )
    return Thing(meant.name, ObjectiveState.PUBLISHED, cycle.phase, cycle.name, sides)


def objective(view: View, ref: str) -> Exchange:
    """The objective of this ref, without an invitation.

    Raises:
        NotFound: there is none.
    """
    named = parse_ref(ref, "O")
    found = objectives.by_id(view.connection, named.number)
    if found is None:
        raise NotFound(f"There is no {named}: `okrtui objective list` shows the objectives.")
    return Exchange(found, cycles.by_id(view.connection, found.cycle_id), _team_of(view, found.team_id))


def _with(view: View, bare: Exchange, invitation: Invitation) -> Exchange:
    invited = _team_of(view, invitation.team_id) if invitation.team_id is not None else None
    somebody = people.by_id(view.connection, invitation.person_id) if invitation.person_id is not None else None
    return Exchange(bare.objective, bare.cycle, bare.leading, invitation, invited, somebody)


def invitation(view: View, ref: str, slug: str | None) -> Exchange:
    """An objective's invitation to a team; without a slug the only one there is, or the actor's own team's.

    One that was put to a person is that person's, whatever team is named; ``@handle`` names them.

    Raises:
        NotFound: the objective, the team or the invitation is not there.
        Ambiguous: several teams are invited and none was named.
    """
    bare = objective(view, ref)
    own = individuals.of_objective(view.connection, bare.objective.id)
    if own is not None and (slug is None or not slug.startswith("@") or person(view, slug).id == own.person_id):
        return _with(view, bare, own)
    if slug is not None and slug.startswith("@"):
        raise NotFound(
            f"{bare.objective.ref} was not put to {person(view, slug).name}: `okrtui objective show` says to whom."
        )
    if slug is not None:
        named = team(view, slug)
        found = invitations.of_team(view.connection, bare.objective.id, named.id)
        if found is None:
            raise NotFound(
                f"{bare.objective.ref} was not put to {named.name}: its leads invite with `okrtui objective invite`."
            )
        return _with(view, bare, found)
    return _with(view, bare, _only_invitation(view, bare))


def _only_invitation(view: View, bare: Exchange) -> Invitation:
    found = invitations.of_objective(view.connection, bare.objective.id)
    if not found:
        raise NotFound(
            f"{bare.objective.ref} was not put to any team yet: its leads invite with `okrtui objective invite`."
        )
    own = [one for one in found if one.team_id in {post.team_id for post in view.actor.posts}]
    for fitting in (found, own):
        if len(fitting) == 1:
            return fitting[0]
    slugs = ", ".join(_team_of(view, one.team_id).slug for one in found if one.team_id is not None)
    raise Ambiguous(f"{bare.objective.ref} was put to several teams: say which with --team ({slugs}).")


def of_invitation(view: View, found: Invitation) -> Exchange:
    """The exchange an invitation stands in."""
    return _with(view, objective(view, f"O{found.objective_id}"), found)


def key_result(view: View, ref: str) -> tuple[KeyResult, Exchange]:
    """The key result of this ref, and the exchange it stands in.

    Raises:
        NotFound: there is none.
    """
    named = parse_ref(ref, "KR")
    found = key_results.by_id(view.connection, named.number)
    if found is None:
        raise NotFound(f"There is no {named}: `okrtui kr list` shows the key results.")
    return found, of_invitation(view, invitations.by_id(view.connection, found.invitation_id))


def spelled(view: View, ref: str) -> str:
    """A ref as it is spelt everywhere, of something that is there.

    Raises:
        NotFound: it is not.
    """
    named = parse_ref(ref)
    if named.letters == "O":
        return objective(view, ref).objective.ref
    if named.letters == "KR":
        return key_result(view, ref)[0].ref
    return str(named)
