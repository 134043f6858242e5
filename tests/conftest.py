"""What every layer's tests stand on: a real file, a clock that is set, and people who act."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from okrtui.service import checkins, cycles, invitations, key_results, objectives, setup
from okrtui.service.session import Session, stamp
from okrtui.store import people
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# A loaded machine is no failure; a slow rule is what benchmarks are for.
settings.register_profile("okrtui", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("okrtui")

LONGEST_NAME = 200


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a test by the beginning of a long text: a name of a megabyte goes to every process that runs tests."""
    if isinstance(val, str | bytes) and len(val) > LONGEST_NAME:
        return f"{val[:40]!r}... of {len(val)}".encode("ascii", "backslashreplace").decode()
    return None


QUARTER = {"name": "2026-Q4", "starts": "2026-10-01", "ends": "2026-12-31"}


@dataclass
class Company:
    """A file with people in it, each acting through their own session at the time that is set."""

    store: Store
    now: datetime = field(default_factory=lambda: datetime(2026, 10, 6, 10, tzinfo=UTC))

    def at(self, day: str) -> Company:
        """Set the clock to ten in the morning of a day."""
        self.now = datetime.fromisoformat(f"{day}T10:00:00+00:00")
        return self

    def as_(self, handle: str) -> Session:
        """The session of a person."""
        with self.store.reading() as connection:
            person = people.by_handle(connection, handle)
        assert person is not None, handle
        return Session(self.store, person.id, "as", clock=lambda: self.now)

    @property
    def operator(self) -> Session:
        """The session of the file's owner, who is nobody in it."""
        return Session(self.store, None, clock=lambda: self.now)

    def person(self, handle: str, *teams: str, leads: tuple[str, ...] = ()) -> None:
        """Add a person to teams."""
        setup.add_person(self.operator, {"handle": handle, "name": handle.title()})
        for team in teams:
            setup.join_team(self.operator, team, handle, lead=False)
        for team in leads:
            setup.join_team(self.operator, team, handle, lead=True)

    def team(self, slug: str, under: str = "acme") -> None:
        """Add a team."""
        setup.add_team(self.operator, {"slug": slug, "name": slug.title(), "under": under})

    def objective(self, by: str = "lea", team: str = "sales", invited: str = "sales") -> str:
        """An objective, published and put to a team."""
        ref = objectives.add(
            self.as_(by), team=team, cycle=None, fields={"title": "Buyers get their answer the same day"}
        )
        objectives.publish(self.as_(by), ref)
        objectives.invite(self.as_(by), ref, [invited])
        return ref

    def accepted(self, by: str = "ana") -> str:
        """An objective that Sales accepted."""
        ref = self.objective()
        invitations.accept(self.as_(by), ref, "sales", "We answer every request from one queue")
        return ref

    def draft(self, objective: str | None = None, by: str = "ana", **fields: object) -> str:
        """A draft key result with everything a proposal needs."""
        objective = objective or self.accepted()
        whole = {
            "statement": "Median first answer falls",
            "kind": "decrease",
            "unit": "hours",
            "baseline": 26,
            "target": 8,
            "owner": by,
            "control": "ours",
            "week_nine": "Yes: silence is why we lose",
        }
        return key_results.add(self.as_(by), objective, "sales", {**whole, **fields}, draft=True)

    def agreed(self, objective: str | None = None, **fields: object) -> str:
        """An agreed key result."""
        ref = self.draft(objective, **fields)
        key_results.propose(self.as_("ana"), ref)
        key_results.agree(self.as_("lea"), ref)
        return ref

    def running(self) -> Company:
        """Move the cycle on to running."""
        cycles.advance(self.operator, "2026-Q4")
        return self

    def scoring(self) -> Company:
        """Move a running cycle on to scoring."""
        cycles.advance(self.operator, "2026-Q4")
        return self

    def checked_in(self, ref: str, value: float = 20, confidence: int = 6, context: str = "Weekends covered") -> None:
        """A check-in by Ana."""
        fields = {"value": value, "confidence": confidence, "context": context}
        checkins.check_in(self.as_("ana"), ref, fields)


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """Which of two sizes a test has: the one that fits here, or the whole that ``make faults`` runs."""
    whole = request.config.pluginmanager.has_plugin("whole")
    return lambda fits, all_of_it: all_of_it if whole else fits


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file of a test stands."""
    return tmp_path / "okr.db"


@pytest.fixture
def empty(path: Path) -> Iterator[Company]:
    """A company that was set up and nothing more: its founder, ``olga``, is admin and leads it."""
    now = datetime(2026, 10, 6, 10, tzinfo=UTC)
    with Store.create(path, rehearsal=True, now=stamp(now)) as store:
        company = Company(store, now)
        setup.found_company(company.operator, company="Acme", handle="olga", login="olga", name="Olga", lead=None)
        yield company


@pytest.fixture
def company(empty: Company) -> Company:
    """Acme, with Sales led by ``lea``, of which ``ana`` and ``ben`` are members; ``rob``, a reader; a drafting quarter."""
    empty.team("sales")
    empty.person("lea", leads=("sales",))
    empty.person("ana", "sales")
    empty.person("ben", "sales")
    empty.person("rob")
    cycles.add(empty.operator, dict(QUARTER))
    return empty
