"""Setting a company up: people and teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.entering import entered
from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.inputs import PersonEntry, TeamEntry
from okrtui.core.model import Role
from okrtui.core.names import slugify
from okrtui.core.setup import must_administer, must_lead_or_administer
from okrtui.service import find
from okrtui.store import invitations, people, teams

if TYPE_CHECKING:
    from datetime import date

    from okrtui.service.session import Deed, Session
    from okrtui.store.people import Person
    from okrtui.store.rows import Value
    from okrtui.store.teams import Team


def found_company(session: Session, *, company: str, handle: str, login: str, name: str, lead: str | None) -> str:
    """Set up an empty file: the company as the root team, whoever calls as admin and, unless ``lead`` names another, its lead.

    Returns:
        The company's slug.

    Raises:
        NotAllowed: the file has a company already.
        Invalid: a name will not do.
    """
    slug = slugify(company) or "company"
    entry = entered(TeamEntry, {"slug": slug, "name": company, "under": ""})
    with session.writing() as deed:
        if teams.root(deed.connection) is not None:
            raise NotAllowed("This file has its company already: `okrtui team list` shows it.")
        caller = entered(PersonEntry, {"handle": handle, "name": name, "login": login, "admin": True})
        first = _add_person(deed, caller)
        leading = _first_lead(deed, lead, caller, first)
        number = teams.add(deed.connection, {"slug": slug, "name": entry.name, "at": deed.at}, None)
        deed.record("team.add", slug, team_id=number, after={"name": entry.name})
        _join(deed, number, slug, leading, Role.LEAD)
    return slug


def _first_lead(deed: Deed, lead: str | None, caller: PersonEntry, first: int) -> Person:
    if lead is not None and lead.strip().lower() != caller.handle:
        entry = entered(PersonEntry, {"handle": lead, "name": lead.strip()})
        first = _add_person(deed, entry)
    person = people.by_id(deed.connection, first)
    assert person is not None  # noqa: S101  # added just now
    return person


def add_person(session: Session, fields: dict[str, object]) -> str:
    """Add a person.

    Returns:
        Their handle.

    Raises:
        NotAllowed: by anybody but an admin or the operator.
        Invalid: the handle or the login is taken, or will not do.
    """
    entry = entered(PersonEntry, fields)
    with session.writing() as deed:
        must_administer(deed.actor, "People")
        _add_person(deed, entry)
    return entry.handle


def _add_person(deed: Deed, entry: PersonEntry) -> int:
    login = entry.login or entry.handle
    if people.by_handle(deed.connection, entry.handle):
        sentence = f"There is a {entry.handle} already: choose another handle."
        raise Invalid(sentence, {"handle": sentence})
    if holder := people.by_login(deed.connection, login):
        sentence = f"The login {login!r} is {holder.handle}'s: give another with --login."
        raise Invalid(sentence, {"login": sentence})
    number = people.add(
        deed.connection, handle=entry.handle, name=entry.name, login=login, admin=entry.admin, at=deed.at
    )
    deed.record("person.add", f"@{entry.handle}", after={"name": entry.name, "login": login, "admin": entry.admin})
    return number


def edit_person(session: Session, handle: str, *, name: str | None, login: str | None, admin: bool | None) -> None:
    """Change a person's name, login or admin mark; the file keeps an admin.

    Raises:
        NotAllowed: by anybody but an admin or the operator, or the last admin would go.
        Invalid: the login is another's, or a text will not do.
    """
    with session.writing() as deed:
        must_administer(deed.actor, "People")
        person = find.person(deed, handle)
        entry = entered(
            PersonEntry,
            {
                "handle": person.handle,
                "name": person.name if name is None else name,
                "login": person.login if login is None else login,
                "admin": bool(person.admin) if admin is None else admin,
            },
        )
        holder = people.by_login(deed.connection, entry.login or person.login)
        if holder is not None and holder.id != person.id:
            raise Invalid(f"The login {entry.login!r} is {holder.handle}'s: give another.", {"login": "taken"})
        if person.admin and not entry.admin:
            _must_not_be_the_last_admin(deed, person)
        after: dict[str, Value] = {
            "name": entry.name,
            "login": entry.login or person.login,
            "admin": int(entry.admin),
        }
        before = {name: getattr(person, name) for name in after}
        people.change(deed.connection, person.id, after)
        deed.record("person.edit", f"@{person.handle}", before=before, after=after)


def set_active(session: Session, handle: str, *, active: bool) -> None:
    """Switch a person off, which ends their sessions at the next write, or on again.

    Raises:
        NotAllowed: by anybody but an admin or the operator; the last admin, or the company's last lead.
    """
    with session.writing() as deed:
        must_administer(deed.actor, "People")
        person = find.person(deed, handle)
        if not active and person.active:
            if person.admin:
                _must_not_be_the_last_admin(deed, person)
            _must_leave_the_root_a_lead(deed, person)
        people.change(deed.connection, person.id, {"active": int(active)})
        verb = "person.activate" if active else "person.deactivate"
        deed.record(verb, f"@{person.handle}", before={"active": person.active}, after={"active": int(active)})


def _must_not_be_the_last_admin(deed: Deed, person: Person) -> None:
    others = [one for one in people.everybody(deed.connection) if one.admin and one.active and one.id != person.id]
    if not others:
        raise NotAllowed(
            f"{person.name} is the only admin: make somebody else one first (`okrtui person edit --admin`)."
        )


def _must_leave_the_root_a_lead(deed: Deed, person: Person) -> None:
    root = find.company(deed)
    leads = teams.active_leads(deed.connection, root.chain)
    if person.handle in leads and len(leads) == 1:
        raise NotAllowed(
            f"{person.name} is the only lead of {root.name}: name another first (`okrtui team join {root.slug} HANDLE --lead`)."
        )


def add_team(session: Session, fields: dict[str, object]) -> str:
    """Add a team under another.

    Returns:
        Its slug.

    Raises:
        NotAllowed: by anybody but an admin or the operator.
        NotFound: there is no such parent.
        Invalid: the slug is taken, or a text will not do.
    """
    entry = entered(TeamEntry, fields)
    with session.writing() as deed:
        must_administer(deed.actor, "Teams")
        parent = find.team(deed, entry.under) if entry.under else find.company(deed)
        _must_stand(parent)
        if teams.by_slug(deed.connection, entry.slug):
            sentence = f"There is a team {entry.slug} already: choose another short name."
            raise Invalid(sentence, {"slug": sentence})
        values: dict[str, Value] = {
            "slug": entry.slug,
            "name": entry.name,
            "function": entry.function,
            "due_weekday": entry.due_weekday,
            "at": deed.at,
        }
        number = teams.add(deed.connection, values, parent)
        deed.record("team.add", entry.slug, team_id=number, after={"name": entry.name, "under": parent.slug})
    return entry.slug


def _must_stand(team: Team) -> None:
    if team.archived:
        raise NotAllowed(f"{team.name} is archived: choose a team that is not.")


def edit_team(session: Session, slug: str, changes: dict[str, object]) -> None:
    """Change a team's name, function or due day.

    Raises:
        NotAllowed: by anybody but an admin or the operator.
        Invalid: a text will not do.
    """
    with session.writing() as deed:
        must_administer(deed.actor, "Teams")
        team = find.team(deed, slug)
        stands = {"name": team.name, "function": team.function, "due_weekday": team.due_weekday}
        entry = entered(TeamEntry, {"slug": team.slug, "under": "", **stands, **changes})
        after = {name: getattr(entry, name) for name in changes}
        teams.change(deed.connection, team.id, after)
        before = {name: getattr(team, name) for name in changes}
        deed.record("team.edit", team.slug, team_id=team.id, before=before, after=after)


def move_team(session: Session, slug: str, under: str) -> None:
    """Put a team, with all below it, under another parent.

    Raises:
        NotAllowed: by anybody but an admin or the operator; the company itself; or under itself.
    """
    with session.writing() as deed:
        must_administer(deed.actor, "Teams")
        team, parent = find.team(deed, slug), find.team(deed, under)
        _must_stand(parent)
        if team.parent_id is None:
            raise NotAllowed(f"{team.name} is the company: it stands at the top.")
        if team.id in parent.chain:
            raise NotAllowed(f"{parent.name} is {team.name} or below it: choose a parent outside of it.")
        teams.move(deed.connection, team, parent)
        deed.record("team.move", team.slug, team_id=team.id, after={"under": parent.slug})


def archive_team(session: Session, slug: str) -> None:
    """Put a team away; its past stays.

    Raises:
        NotAllowed: by anybody but an admin or the operator; the company, a team with teams below it, or one that is still asked
            for something in an open cycle: releasing it is leadership's.
    """
    with session.writing() as deed:
        must_administer(deed.actor, "Teams")
        team = find.team(deed, slug)
        if team.parent_id is None:
            raise NotAllowed(f"{team.name} is the company: it stays.")
        below = [one for one in teams.in_tree_order(deed.connection) if one.parent_id == team.id and not one.archived]
        if below:
            names = ", ".join(one.slug for one in below)
            raise NotAllowed(f"{team.name} has teams below it ({names}): move or archive them first.")
        if asked := invitations.live(deed.connection, team.id):
            refs = ", ".join(f"O{number}" for number in asked)
            raise NotAllowed(
                f"{team.name} is still asked for {refs}: have leadership release it first (`okrtui objective release`), or "
                "close the cycle."
            )
        teams.change(deed.connection, team.id, {"archived": 1})
        deed.record("team.archive", team.slug, team_id=team.id, after={"archived": 1})


def join_team(session: Session, slug: str, handle: str, *, lead: bool) -> None:
    """Put a person into a team, or change their role in it.

    Raises:
        NotAllowed: by anybody but an admin or the operator; or the company would lose its last lead.
    """
    with session.writing() as deed:
        must_administer(deed.actor, "Teams")
        team, person = find.team(deed, slug), find.person(deed, handle)
        _must_stand(team)
        if team.parent_id is None and not lead:
            _must_leave_the_root_a_lead(deed, person)
        _join(deed, team.id, team.slug, person, Role.LEAD if lead else Role.MEMBER)


def _join(deed: Deed, team_id: int, slug: str, person: Person, role: Role) -> None:
    teams.join(deed.connection, team_id, person.id, role, deed.at)
    deed.record("team.join", slug, team_id=team_id, after={"person": person.handle, "role": str(role)})


def leave_team(session: Session, slug: str, handle: str) -> None:
    """Take a person out of a team.

    Raises:
        NotAllowed: by anybody but an admin or the operator; not in it; or the company would lose its last lead.
    """
    with session.writing() as deed:
        must_administer(deed.actor, "Teams")
        team, person = find.team(deed, slug), find.person(deed, handle)
        if team.parent_id is None:
            _must_leave_the_root_a_lead(deed, person)
        if not teams.leave(deed.connection, team.id, person.id):
            raise NotAllowed(f"{person.name} is not in {team.name}: `okrtui team list` shows who is.")
        deed.record("team.leave", team.slug, team_id=team.id, before={"person": person.handle})


def name_deputy(session: Session, slug: str, handle: str, *, until: date, lead: str | None = None) -> None:
    """Let a person stand in for a lead of a team through a day; each act of theirs will say so.

    Raises:
        NotAllowed: by anybody but that lead, a lead above, or an admin; for somebody who does not lead the team.
    """
    with session.writing() as deed:
        team, person = find.team(deed, slug), find.person(deed, handle)
        leave = must_lead_or_administer(deed.actor, team.chain, team.name, "Naming a deputy")
        stood_for = find.person(deed, lead or deed.actor.handle)
        if stood_for.handle not in teams.active_leads(deed.connection, (team.id,)):
            raise NotAllowed(f"{stood_for.name} does not lead {team.name}: name a lead to stand in for with --for.")
        if stood_for.id == person.id:
            raise NotAllowed("Nobody stands in for themselves: name somebody else.")
        teams.set_deputy(deed.connection, team.id, stood_for.id, person.id, until.isoformat(), deed.at)
        after = {"deputy": person.handle, "for": stood_for.handle, "until": until.isoformat()}
        deed.record("team.deputy", team.slug, leave=leave, team_id=team.id, after=after)


def set_steady(session: Session, slug: str, *, steady: bool) -> None:
    """Mark a team as steady, which needs no OKRs and is left out of every "missing" list, or take the mark off.

    Raises:
        NotAllowed: by anybody but a lead of it or above, an admin or the operator.
    """
    with session.writing() as deed:
        team = find.team(deed, slug)
        leave = must_lead_or_administer(deed.actor, team.chain, team.name, "Marking a team as steady")
        teams.change(deed.connection, team.id, {"steady": int(steady)})
        before, after = {"steady": team.steady}, {"steady": int(steady)}
        deed.record("team.steady", team.slug, leave=leave, team_id=team.id, before=before, after=after)
