"""Asking a team about an objective, and asking it no more, each as part of a deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.errors import NotAllowed
from okrtui.core.model import InvitationState
from okrtui.service import closing, find
from okrtui.store import individuals, invitations

if TYPE_CHECKING:
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed
    from okrtui.store.invitations import Invitation
    from okrtui.store.rows import Value
    from okrtui.store.teams import Team


def put_to(deed: Deed, exchange: Exchange, team: Team) -> int:
    """Put an objective to one more team; the invitation's id. A team that was released from it is asked anew.

    Raises:
        NotAllowed: by anybody but leadership; not published; a team beside or above; or invited already.
    """
    leave = deed.must(Act.INVITE, exchange.on_objective(deed))
    if individuals.of_objective(deed.connection, exchange.objective.id) is not None:
        ref = exchange.objective.ref
        raise NotAllowed(
            f"{ref} is one person's own and is put to no team: write another objective for {team.name} (a)."
        )
    earlier = invitations.of_team(deed.connection, exchange.objective.id, team.id)
    _must_fit(exchange, team, earlier)
    before: dict[str, object] = {}
    if earlier is None:
        number = invitations.add(deed.connection, exchange.objective.id, team.id, deed.person_id, deed.at)
    else:
        number, before = earlier.id, {"state": earlier.state}
        anew: dict[str, Value] = {"state": str(InvitationState.OPEN), "accepted_text": None}
        invitations.change(deed.connection, number, {**anew, "accepted_by": None, "accepted_at": None, "at": deed.at})
    deed.record(
        Act.INVITE,
        exchange.objective.ref,
        leave=leave,
        cycle_id=exchange.cycle.id,
        team_id=team.id,
        before=before,
        after={"team": team.slug},
    )
    closing.carry_along(deed, find.of_invitation(deed, invitations.by_id(deed.connection, number)))
    return number


def _must_fit(exchange: Exchange, team: Team, earlier: Invitation | None) -> None:
    if team.archived:
        raise NotAllowed(f"{team.name} is archived: choose a team that is not.")
    if exchange.leading.id not in team.chain:
        raise NotAllowed(
            f"{team.name} is not {exchange.leading.name} or below it: an objective is put to its own team or to teams below. "
            "Ask their leads to take it up with an objective of their own."
        )
    if earlier is not None and earlier.state != InvitationState.RELEASED:
        raise NotAllowed(
            f"{exchange.objective.ref} was put to {team.name} already: see its answer with `okrtui objective show`."
        )


def take_away(deed: Deed, exchange: Exchange) -> None:
    """Take an invitation back before anything stands under it.

    Raises:
        NotAllowed: by anybody but leadership, or the team has answered or written under it: release it instead.
    """
    assert exchange.invitation is not None  # noqa: S101  # find.invitation gives none without
    leave = deed.must(Act.UNINVITE, exchange.on_invitation(deed))
    if not invitations.is_bare(deed.connection, exchange.invitation.id):
        raise NotAllowed(
            "The team has written under this invitation: release it instead, so that its words stay on record."
        )
    invitations.remove(deed.connection, exchange.invitation.id)
    before = {"team": exchange.asked, "state": exchange.invitation.state}
    deed.record(
        Act.UNINVITE,
        exchange.objective.ref,
        leave=leave,
        cycle_id=exchange.cycle.id,
        team_id=exchange.team_id,
        before=before,
    )
