"""Who stands where: the two sides of an invitation (method, "Two sides")."""

from __future__ import annotations

from dataclasses import dataclass

from okrtui.core.model import Role, Side

Chain = tuple[int, ...]
"""Ids of teams from the company's root down to the one meant."""


@dataclass(frozen=True, slots=True)
class Post:
    """A person's place in a team, their own or, as a deputy, a lead's."""

    team_id: int
    team_name: str
    chain: Chain
    role: Role
    deputy_for: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a person with their posts as they are now, or the operator of the file (``person_id`` None)."""

    person_id: int | None
    handle: str
    name: str
    admin: bool = False
    posts: tuple[Post, ...] = ()
    way: str = "local"

    @property
    def is_operator(self) -> bool:
        """True of the file's owner without a person of their own: set-up, and no pen of the method's."""
        return self.person_id is None

    def leads(self, chain: Chain) -> Post | None:
        """The post by which the actor leads one of these teams, their own before a deputy's."""
        posts = [post for post in self.posts if post.role is Role.LEAD and post.team_id in chain]
        return min(posts, key=lambda post: post.deputy_for is not None, default=None)

    def belongs_below(self, team_id: int) -> Post | None:
        """The post by which the actor is in this team or any below it."""
        posts = [post for post in self.posts if team_id in post.chain]
        return min(posts, key=lambda post: post.deputy_for is not None, default=None)


@dataclass(frozen=True, slots=True)
class Sides:
    """What an objective and one invitation of it say about who stands where.

    ``team_chain`` ends at the invited team; it is empty while nobody is invited. ``leadership_present`` and
    ``team_present`` say whether each side has anybody active in it: one that has not is not waited for.
    """

    objective_chain: Chain
    objective_team: str
    team_chain: Chain = ()
    team: str = ""
    person_id: int | None = None
    leadership_present: bool = True
    team_present: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor's side, and the lead they act for where it is a deputy's."""

    side: Side
    deputy_for: int | None = None
    team_name: str = ""


def standing(actor: Actor, sides: Sides) -> Standing:
    """The first side that matches: the person invited, leadership, team, reader."""
    if sides.person_id is not None and sides.person_id == actor.person_id:
        return Standing(Side.TEAM)
    if post := actor.leads(sides.objective_chain):
        return Standing(Side.LEADERSHIP, post.deputy_for, post.team_name)
    if sides.team_chain and (post := actor.belongs_below(sides.team_chain[-1])):
        return Standing(Side.TEAM, post.deputy_for, post.team_name)
    return Standing(Side.READER)
