"""What is known about the key results somebody may be asked about, each kind of it read at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from okrtui.core.model import KeyResultState, Phase, ScoreSide
from okrtui.service.cards import Calendar
from okrtui.service.seals import all_waited_for
from okrtui.store import closing, comments, defences, objectives, scores

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from okrtui.service.asked import Asked
    from okrtui.service.looking import Looking
    from okrtui.store.comments import Comment
    from okrtui.store.defences import Defence
    from okrtui.store.needs import Waiting
    from okrtui.store.scores import Calibration, Seal


@dataclass(slots=True)
class Facts:
    """What is known about the key results somebody may be asked about, each kind of it read at once."""

    calendars: dict[int, Calendar]
    questions: dict[str, Comment] = field(default_factory=dict)
    defences: dict[int, Defence] = field(default_factory=dict)
    settling: dict[int, Calibration] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)
    decided: Collection[int] = ()
    learnt: Collection[int] = ()
    seals: dict[int, list[Seal]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[int, set[ScoreSide]] = field(default_factory=dict)


def read(looking: Looking, asked: dict[int, Asked], found: Sequence[Waiting]) -> Facts:
    """Read what is to be known of these key results, under what somebody is asked about, by the invitations."""
    connection = looking.view.connection
    open_cycles = {one.exchange.cycle.id: one.exchange.cycle for one in asked.values()}
    facts = Facts({number: Calendar.load(looking.view, cycle) for number, cycle in open_cycles.items()})
    if asks := [one.ref for one in found if _came_back(one) and _is_mine(looking, one)]:
        facts.questions = comments.open_questions(connection, asks)
    agreed = [one for one in found if one.state == KeyResultState.AGREED]
    running = [one.id for one in agreed if asked[one.invitation_id].exchange.cycle.phase is Phase.RUNNING]
    if running:
        facts.defences = defences.of_key_results(connection, running)
    scored = {
        one.id: asked[one.invitation_id].exchange
        for one in agreed
        if asked[one.invitation_id].exchange.cycle.phase is Phase.SCORING
    }
    if scored:
        facts.settling = {one.key_result_id: one for one in scores.calibrations(connection, scored)}
        facts.opened = {one.key_result_id for one in scores.opened(connection, scored)}
        seals = scores.seals(connection, scored)
        for seal in seals:
            facts.seals[seal.key_result_id].append(seal)
        facts.waiting = all_waited_for(looking.view, seals, scored)
        facts.decided = closing.decisions(connection, scored)
        facts.learnt = objectives.learnt(connection, {one.objective.id for one in scored.values()})
    return facts


def _came_back(found: Waiting) -> bool:
    return found.state == KeyResultState.DRAFT or found.amendment == "questioned"


def _is_mine(looking: Looking, found: Waiting) -> bool:
    return looking.actor.person_id in {found.owner_id, found.author_id}
