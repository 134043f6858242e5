"""What ``--json`` answers: names that stay, over what the services show."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from okrtui.cli import promises_text
from okrtui.cli.needs_text import shape as need

if TYPE_CHECKING:
    from okrtui.checks import Reading
    from okrtui.core.progress import ObjectiveProgress
    from okrtui.service.cards import InvitationCard, KeyResultCard, ObjectiveCard, PushbackCard
    from okrtui.service.defences import DefenceLine
    from okrtui.service.mine import Me
    from okrtui.service.rooms import Room
    from okrtui.service.scoreboard import AgreedScore, ScoreLine, SideScore
    from okrtui.service.show import (
        CheckinLine,
        KeyResultPage,
        ObjectivePage,
        TextVersion,
        ThreadLine,
    )
    from okrtui.service.suggestions import SuggestionLine
    from okrtui.service.trees import Node

Shape = dict[str, object]


def card(one: KeyResultCard) -> Shape:
    """A key result at a glance."""
    return {
        "ref": one.ref,
        "objective": one.objective,
        "team": one.team,
        "statement": one.statement,
        "state": one.state,
        "kind": one.kind,
        "unit": one.unit,
        "baseline": one.baseline,
        "target": one.target,
        "low": one.low,
        "high": one.high,
        "weight": one.weight,
        "owner": one.owner,
        "author": one.author,
        "control": one.control,
        "value": one.value,
        "progress": one.progress,
        "pace": one.pace,
        "confidence": one.confidence,
        "fell": one.fell,
        "silent": one.silent,
        "checked_week": one.checked_week,
        "amendment": one.amendment,
        "reason": one.reason,
        "dots": one.dots,
        "my_dots": one.my_dots,
        "imported_by": one.imported_by,
        "version": one.version,
    }


def key_result(page: KeyResultPage) -> Shape:
    """A key result in full."""
    fields = page.fields
    return {
        **card(page.card),
        "imported_by": page.imported_by,
        "adopted_by": page.adopted_by,
        "done_means": fields["done_means"],
        "measure": fields["measure"],
        "baseline_due": fields["baseline_due"],
        "steps": fields["steps"],
        "shared_with": fields["shared_team"] or None,
        "week_nine": fields["week_nine"],
        "checkins": [checkin(one) for one in page.checkins],
        "original": text(page.original) if page.original else None,
        "guidance": page.guidance,
        "links": list(page.links),
        "texts": [text(one) for one in page.texts],
        "thread": [said(one) for one in page.thread],
        "missing": page.missing,
        "suggestions": [suggestion(one) for one in page.suggestions],
        "check": reading(page.check),
        "quieted": page.quieted,
        "defence": defence(page.defence) if page.defence else None,
        "defence_due": page.defence_due,
        "initiatives": [promises_text.shape(one) for one in page.initiatives],
        "contributions": [promises_text.promise_shape(one) for one in page.contributions],
        "origin": asdict(page.origin) if page.origin else None,
        "goes_on": [asdict(one) for one in page.goes_on],
        "closing": asdict(page.closing) if page.closing else None,
    }


def suggestion(one: SuggestionLine) -> Shape:
    """A suggestion with what became of it; ``moved``: the field says something else by now than ``before``."""
    return {
        "ref": one.ref,
        "field": one.field,
        "before": one.before,
        "proposed": one.proposed,
        "words": one.words,
        "state": one.state,
        "author": one.author,
        "at": one.at,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at,
        "reason": one.reason,
        "moved": one.moved,
    }


def reading(one: Reading) -> Shape:
    """What the writing checks make of a sentence."""
    return {
        "verdict": one.verdict,
        "questions": [{"rule": asked.rule, "text": asked.text} for asked in one.questions],
        "example": one.example,
    }


def defence(one: DefenceLine) -> Shape:
    """A team's answer to "would you still argue for this?"."""
    return {"decision": one.decision, "argument": one.argument, "author": one.author, "at": one.at}


def checkin(one: CheckinLine) -> Shape:
    """A check-in."""
    return {
        "week": one.week,
        "value": one.value,
        "confidence": one.confidence,
        "context": one.context,
        "blocker": one.blocker,
        "next": one.next,
        "steps": list(one.steps),
        "author": one.author,
        "at": one.at,
        "late": one.late,
    }


def text(one: TextVersion) -> Shape:
    """A text a key result has, or once had."""
    return {
        "number": one.number,
        "statement": one.statement,
        **one.numbers,
        "author": one.author,
        "side": one.side,
        "reason": one.reason,
        "at": one.at,
    }


def said(one: ThreadLine) -> Shape:
    """Words in a thread."""
    return {
        "ref": one.ref,
        "topic": one.topic,
        "body": one.body,
        "quoted": one.quoted,
        "author": one.author,
        "at": one.at,
        "struck": one.struck,
    }


def invitation(one: InvitationCard) -> Shape:
    """A team's answer to an objective; ``pushback`` is the last round."""
    rounds = [_round(each) for each in one.rounds]
    return {
        "team": one.team,
        "need": one.need or None,
        "need_words": one.need_words or None,
        "state": one.state,
        "straight_line": one.straight_line,
        "accepted_by": one.accepted_by,
        "accepted_at": one.accepted_at,
        "accepted_text": one.accepted_text,
        "reworded": one.reworded,
        "asked_at": one.asked_at,
        "seen_by": list(one.seen_by),
        "pushback": rounds[-1] if rounds else None,
        "rounds": rounds,
    }


def _round(one: PushbackCard) -> Shape:
    return {
        "round": one.round,
        "state": one.state,
        "reason": one.reason,
        "words": one.words,
        "author": one.author,
        "at": one.at,
        "answer": one.answer,
        "answer_words": one.answer_words,
        "answered_by": one.answered_by,
        "answered_at": one.answered_at,
        "into": list(one.into),
    }


def objective(page: ObjectivePage) -> Shape:
    """An objective in full."""
    return {
        "ref": page.ref,
        "team": page.team,
        "cycle": page.place.cycle,
        "title": page.title,
        "why": page.why,
        "ambition": page.ambition,
        "state": page.state,
        "reason": page.reason,
        "author": page.author,
        "published_at": page.published_at,
        "invitations": [invitation(one) for one in page.invitations],
        "key_results": [card(one) for one in page.key_results],
        "texts": [
            {
                "number": one.number,
                "title": one.statement,
                "why": one.why,
                **one.numbers,
                "author": one.author,
                "at": one.at,
            }
            for one in page.texts
        ],
        "suggestions": [suggestion(one) for one in page.suggestions],
        "thread": [said(one) for one in page.thread],
        "links": list(page.parents),
        "links_asked": list(page.asked_parents),
        "origin": page.origin[0] if page.origin else None,
        "goes_on": [ref for ref, _ in page.goes_on],
        "stood_in": [
            {"verb": one.verb, "person": one.person, "at": one.at, "deputy_for": one.deputy_for, "alone": one.alone}
            for one in page.stood_in
        ],
        "learning": page.learning,
    }


def _rolled_up(one: ObjectiveProgress) -> Shape:
    return {
        "progress": one.share,
        "reporting": {"reporting": one.reporting, "of": one.of},
        "weakest": one.weakest,
        "weakest_progress": one.weakest_share,
    }


def _objective_card(one: ObjectiveCard) -> Shape:
    return {
        "ref": one.ref,
        "title": one.title,
        "why": one.why,
        "ambition": one.ambition,
        "state": one.state,
        "team": one.team,
        **_rolled_up(one.progress),
        "invitation": invitation(one.invitation) if one.invitation else None,
        "key_results": [card(found) for found in one.key_results],
    }


def room(found: Room) -> Shape:
    """A team's room."""
    return {
        "team": found.place.team,
        "cycle": found.place.cycle or None,
        "week": found.place.week,
        "phase": str(found.place.phase) if found.place.phase else None,
        "warnings": list(found.warnings),
        "objectives": [_objective_card(one) for one in found.objectives],
        "needs_you": [need(one) for one in found.needs_you],
    }


def _side(one: SideScore) -> Shape:
    if one.value is None:
        return {"in": one.is_in}
    shape: Shape = {
        "in": one.is_in,
        "value": one.value,
        "reasoning": one.reasoning,
        "author": one.author,
        "at": one.at,
    }
    return shape if one.first_value == one.value else {**shape, "first_value": one.first_value}


def _agreed(one: AgreedScore) -> Shape:
    return {
        "value": one.value,
        "reason": one.reason,
        "state": one.state,
        "proposed_by": one.proposed_by,
        "confirmed_by": one.confirmed_by,
        "at": one.at,
        "reading": one.reading,
    }


def score_line(one: ScoreLine) -> Shape:
    """A key result's scores; ``proposed`` is an agreed score that waits to be confirmed."""
    last = one.agreed
    settled = last is not None and last.state == "confirmed"
    return {
        "ref": one.ref,
        "statement": one.statement,
        "team": one.team,
        "computed": one.computed,
        "computed_original": one.computed_original,
        "self": _side(one.self_score),
        "manager": _side(one.manager),
        "gap": one.gap,
        "agreed": _agreed(last) if last and settled else None,
        "proposed": _agreed(last) if last and not settled else None,
        "decision": one.decision,
    }


def node(one: Node) -> Shape:
    """A line of the tree with what is below it."""
    return {
        "ref": one.ref,
        "kind": one.kind,
        "text": one.text,
        "team": one.team,
        "progress": one.progress,
        "confidence": one.confidence,
        "marks": list(one.marks),
        "children": [node(child) for child in one.children],
    }


def me(found: Me) -> Shape:
    """One's own page."""
    own = found.own
    return {
        "handle": found.handle,
        "name": found.name,
        "admin": found.admin,
        "teams": [{"slug": slug, "name": name} for slug, name in found.teams],
        "cycle": own.cycle,
        "week": own.week,
        "key_results": [card(one) | {"way_up": own.ways[one.ref]} for one in own.key_results],
        "objectives": [
            {
                "ref": one.ref,
                "title": one.title,
                "team": one.team,
                "state": one.state,
                "need": one.need,
                "need_words": one.need_words,
                "way_up": own.ways[one.ref],
            }
            for one in own.objectives
        ],
        "initiatives": [promises_text.shape(one) | {"way_up": own.ways[one.ref]} for one in own.initiatives],
        "commitments": [
            promises_text.promise_shape(one) | {"way_up": own.ways.get(one.ref)} for one in own.commitments
        ],
        "growth": [promises_text.promise_shape(one) for one in own.growth],
        "checkins": [
            {"ref": one.ref, "value": one.value, "confidence": one.confidence, "context": one.context}
            for one in own.checkins.values()
        ],
        "needs_you": [need(one) for one in found.needs_you],
    }
