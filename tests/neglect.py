"""A company in which something of every kind needs care, and a steady team in which the same is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.service import initiatives, invitations, key_results, objectives, setup

if TYPE_CHECKING:
    from conftest import Company

KINDS = {
    "idle": "no objectives",
    "O1": "no team took it up",
    "O2": "no team invited",
    "KR1": "no initiative",
    "I1": "moves nothing",
    "O4": "pushed back by sales",
}
"""What needs care, and the words that say why."""
STEADY = ("house", "O5", "O6", "KR2", "I2")
"""The same of a steady team."""
WELL = ("O7", "KR3", "I3")
"""What is as it should be."""


def neglected(company: Company) -> Company:
    """Let everything of `KINDS` need care; the cycle is running."""
    company.team("idle")
    company.team("house", under="sales")
    company.person("hal", "house")
    _published(company, "olga", "acme", invited="sales")
    _published(company, "lea", "sales")
    _agreed(company, "sales", "ana")
    pushed = _published(company, "lea", "sales", invited="sales")
    invitations.push_back(company.as_("ana"), pushed, "sales", "does_not_apply", "Not ours")
    initiatives.add(company.as_("ana"), {"title": "Tidy up"}, team="sales")
    setup.join_team(company.operator, "house", "lea", lead=True)
    _published(company, "lea", "house")
    _agreed(company, "house", "hal")
    initiatives.add(company.as_("hal"), {"title": "Keep the house"}, team="house")
    setup.set_steady(company.operator, "house", steady=True)
    well = _agreed(company, "sales", "ana")
    initiatives.add(company.as_("ana"), {"title": "One queue"}, team="sales", key_results=[well])
    return company.running()


def _published(company: Company, by: str, team: str, invited: str = "") -> str:
    ref = objectives.add(company.as_(by), team=team, cycle=None, fields={"title": f"Better {team}"})
    objectives.publish(company.as_(by), ref)
    if invited:
        objectives.invite(company.as_(by), ref, [invited])
    return ref


def _agreed(company: Company, team: str, by: str) -> str:
    objective = _published(company, "lea", team, invited=team)
    invitations.accept(company.as_(by), objective, team, "We answer from one queue")
    fields = {
        "statement": f"Fewer wait for {team}",
        "kind": "decrease",
        "unit": "hours",
        "baseline": 26,
        "target": 8,
        "owner": by,
        "control": "ours",
        "week_nine": "Yes",
    }
    ref = key_results.add(company.as_(by), objective, team, fields, draft=True)
    key_results.propose(company.as_(by), ref)
    key_results.agree(company.as_("lea"), ref)
    return ref
