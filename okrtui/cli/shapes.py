"""What ``--json`` answers: names that stay, over what the services show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.cli.needs_text import shape as need

if TYPE_CHECKING:
    from okrtui.core.progress import ObjectiveProgress
    from okrtui.service.cards import InvitationCard, KeyResultCard, ObjectiveCard
    from okrtui.service.rooms import Room
    from okrtui.service.show import (
        AgreedScore,
        CheckinLine,
        KeyResultPage,
        Me,
        ObjectivePage,
        ScoreLine,
        SideScore,
        TextVersion,
        ThreadLine,
    )
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
        "version": one.version,
    }


def key_result(page: KeyResultPage) -> Shape:
    """A key result in full."""
    fields = page.fields
    return {
        **card(page.card),
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
    }


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
    last = one.pushback
    return {
        "team": one.team,
        "state": one.state,
        "straight_line": one.straight_line,
        "accepted_by": one.accepted_by,
        "accepted_at": one.accepted_at,
        "reworded": one.reworded,
        "asked_at": one.asked_at,
        "seen_by": list(one.seen_by),
        "pushback": None
        if last is None
        else {
            "round": last.round,
            "state": last.state,
            "reason": last.reason,
            "words": last.words,
            "author": last.author,
            "at": last.at,
            "answer": last.answer,
            "answer_words": last.answer_words,
            "answered_by": last.answered_by,
            "answered_at": last.answered_at,
        },
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
            {"number": one.number, "title": one.statement, "why": one.why, "author": one.author, "at": one.at}
            for one in page.texts
        ],
        "thread": [said(one) for one in page.thread],
        "links": list(page.parents),
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
        "self": _side(one.self_score),
        "manager": _side(one.manager),
        "gap": one.gap,
        "agreed": _agreed(last) if last and settled else None,
        "proposed": _agreed(last) if last and not settled else None,
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
    return {
        "handle": found.handle,
        "name": found.name,
        "admin": found.admin,
        "teams": [{"slug": slug, "name": name} for slug, name in found.teams],
        "cycle": found.cycle,
        "week": found.week,
        "key_results": [card(one) for one in found.key_results],
        "needs_you": [need(one) for one in found.needs_you],
    }
