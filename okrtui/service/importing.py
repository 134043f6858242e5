"""Key results that were written elsewhere, brought in as ideas that nobody owns until their team adopts them.

All of them or none: each row that will not do gets its sentence, and then nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from okrtui.checks import check_key_result
from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.errors import Invalid, NotAllowed, OkrtuiError
from okrtui.core.inputs import KeyResultEntry
from okrtui.core.model import KeyResultState
from okrtui.service import find, wording
from okrtui.store import key_results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from okrtui.checks import Reading
    from okrtui.core.ideas import Row, Sheet
    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.rows import Value

SIDE = "import"
"""The side that an imported text is kept with: neither typed it here."""
_OFTEN = 200  # rows between two words about how far it is


@dataclass(frozen=True, slots=True)
class Idea:
    """What became of one row, and what the writing checks make of it; ``ref`` is empty where nothing was to be written."""

    place: int
    ref: str
    objective: str
    team: str
    statement: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Report:
    """What was, or would be, imported; with any ``problems`` (place, sentence) that is nothing."""

    ideas: tuple[Idea, ...]
    problems: tuple[tuple[int, str], ...]


class _Said(NamedTuple):
    """A row whose words and numbers will do."""

    row: Row
    entry: KeyResultEntry
    reading: Reading


class _Ready(NamedTuple):
    """A row that can be written."""

    said: _Said
    exchange: Exchange
    leave: Leave
    columns: dict[str, Value]


def bring_in(
    session: Session,
    sheet: Sheet,
    *,
    under: str = "",
    team: str = "",
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Write every row of a sheet as an idea *imported by* whoever calls, of whichever side; ``dry_run`` only looks.

    ``under`` and ``team`` name the objective and the invited team of all rows, whatever they say themselves. ``progress``
    is told now and then how many rows are written.

    Raises:
        NotAllowed: by the operator of the file, who is nobody in it.
    """
    problems = list(sheet.problems)
    said = list(_said(sheet.rows, problems))
    if dry_run:
        with session.reading() as view:
            ready = _ready(view, said, under, team, problems)
        ideas = [_idea(one, "") for one in ready]
    else:
        with session.writing() as deed:
            ready = _ready(deed, said, under, team, problems)
            ideas = [] if problems else list(_written(deed, ready, progress))
    return Report(() if problems else tuple(ideas), tuple(sorted(problems)))


def _said(rows: Iterable[Row], problems: list[tuple[int, str]]) -> Iterator[_Said]:
    for row in rows:
        try:
            entry = entered(KeyResultEntry, dict(row.fields))
        except Invalid as wrong:
            problems.append((row.place, str(wrong)))
        else:
            yield _Said(row, entry, check_key_result(entry.statement, entry))


def _ready(view: View, said: Iterable[_Said], under: str, team: str, problems: list[tuple[int, str]]) -> list[_Ready]:
    """What can be written; nothing of it is yet. Whom and what the rows name is looked up once each."""
    assert view.person_id  # noqa: S101 - so that the operator is refused once, and not for each row

    @cache
    def standing(objective: str, slug: str) -> tuple[Exchange, Leave]:
        if not objective:
            raise Invalid("Say under which objective: fill the column objective (O12), or give --under O12.")
        exchange = find.invitation(view, objective, slug or None)
        leave = view.may(Act.KR_IMPORT, exchange.on_invitation(view))
        if not leave:
            raise NotAllowed(leave.refusal)
        return exchange, leave

    @cache
    def must_own(objective: str, slug: str, handle: str) -> None:
        wording.must_own(view, standing(objective, slug)[0], handle)

    ready = []
    for one in said:
        place = under or one.row.objective, team or one.row.team
        try:
            exchange, leave = standing(*place)
            must_own(*place, one.entry.owner)
            ready.append(_Ready(one, exchange, leave, wording.columns(view, one.entry)))
        except OkrtuiError as refused:
            problems.append((one.row.place, str(refused)))
    return ready


def _written(deed: Deed, ready: Iterable[_Ready], progress: Callable[[int], None] | None) -> Iterator[Idea]:
    for done, one in enumerate(ready, 1):
        yield _idea(one, _write(deed, one))
        if progress is not None and done % _OFTEN == 0:
            progress(done)


def _write(deed: Deed, one: _Ready) -> str:
    """Write one idea, with its text and its event."""
    invitation, entry = one.exchange.invitation, one.said.entry
    assert invitation is not None  # noqa: S101 - it was found by its invitation
    whose: dict[str, Value] = {
        "invitation_id": invitation.id,
        "state": str(KeyResultState.IDEA),
        "author_id": deed.person_id,
        "imported_by": deed.person_id,
        "at": deed.at,
    }
    number = key_results.add(deed.connection, {**whose, **one.columns})
    if entry.steps:
        key_results.set_steps(deed.connection, number, [(step.name, step.weight) for step in entry.steps])
    wording.keep(deed, number, SIDE)
    after = {**entry.model_dump(mode="json", exclude_defaults=True), "state": str(KeyResultState.IDEA)}
    deed.record(
        Act.KR_IMPORT,
        f"KR{number}",
        leave=one.leave,
        cycle_id=one.exchange.cycle.id,
        team_id=one.exchange.team_id,
        after=after,
    )
    return f"KR{number}"


def _idea(one: _Ready, ref: str) -> Idea:
    team = one.exchange.team
    return Idea(
        place=one.said.row.place,
        ref=ref,
        objective=one.exchange.objective.ref,
        team=team.slug if team else "",
        statement=one.said.entry.statement,
        reading=one.said.reading,
    )
