"""The words of the method: every state, kind and reason that a record may have."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a team."""

    LEAD = "lead"
    MEMBER = "member"


class Side(StrEnum):
    """Where a person stands towards one invitation (method, "Two sides")."""

    LEADERSHIP = "leadership"
    TEAM = "team"
    READER = "reader"


class Phase(StrEnum):
    """Where a cycle is; it moves one step at a time."""

    DRAFTING = "drafting"
    RUNNING = "running"
    SCORING = "scoring"
    CLOSED = "closed"


PHASES = tuple(Phase)


class Ambition(StrEnum):
    """How an objective's scores are read: against 1.0 or against 0.7."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"


class ObjectiveState(StrEnum):
    """Where an objective is."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class InvitationState(StrEnum):
    """What a team has said to an objective put to it."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PUSHED_BACK = "pushed_back"
    RELEASED = "released"
    UNANSWERED = "unanswered"


class PushbackReason(StrEnum):
    """Why a team cannot connect an objective to its work."""

    DOES_NOT_APPLY = "does_not_apply"
    WRONG_ALTITUDE = "wrong_altitude"
    NOT_OURS_TO_MOVE = "not_ours_to_move"
    CANNOT_MEASURE = "cannot_measure"


class PushbackAnswer(StrEnum):
    """What leadership did about a pushback."""

    REWORDED = "reworded"
    SPLIT = "split"
    EXPLAINED = "explained"
    RELEASED = "released"


class KeyResultState(StrEnum):
    """Where a key result is."""

    IDEA = "idea"
    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    PARKED = "parked"
    DROPPED = "dropped"
    NOT_AGREED = "not_agreed"


NO_MORE = frozenset({KeyResultState.DROPPED, KeyResultState.NOT_AGREED})
"""The states of a key result that stands no more."""


class Kind(StrEnum):
    """How a key result is measured."""

    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"
    MILESTONE = "milestone"
    BINARY = "binary"
    ESTABLISH = "establish"


class Control(StrEnum):
    """Whether the team can move the number itself."""

    OURS = "ours"
    SHARED = "shared"
    NOT_OURS = "not_ours"


class Stand(StrEnum):
    """What a team decides when it is asked, two thirds through, whether it would still argue for a key result."""

    KEEP = "keep"
    AMEND = "amend"
    DROP = "drop"


class LinkKind(StrEnum):
    """What a link means: what contributes counts as aligned below its parent, what supports does not."""

    CONTRIBUTES = "contributes"
    SUPPORTS = "supports"


class ScoreSide(StrEnum):
    """Whose score: the team's own, or leadership's."""

    SELF = "self"
    MANAGER = "manager"


class CloseDecision(StrEnum):
    """What becomes of a key result when its cycle closes."""

    KEEP = "keep"
    CHANGE = "change"
    DROP = "drop"
    DEFER = "defer"
    DONE = "done"


class Rank(StrEnum):
    """How much a week's priority matters: P1 is done before P2."""

    P1 = "P1"
    P2 = "P2"


class InitiativeStatus(StrEnum):
    """Where a team's piece of work is; a dropped one was written by mistake and is listed no more."""

    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    STOPPED = "stopped"
    DROPPED = "dropped"


class CommitmentKind(StrEnum):
    """What one person promises: to a team's key result, to themselves, or on an initiative beyond their work so far."""

    CONTRIBUTION = "contribution"
    DEVELOPMENT = "development"
    STRETCH = "stretch"


class CommitmentState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    DONE = "done"
    LET_GO = "let_go"


class IndividualNeed(StrEnum):
    """Why somebody has an OKR of their own beside the team's."""

    ROLE_NOT_COVERED = "role_not_covered"
    ACCOUNTABILITY = "accountability"
    GROWTH_AND_OUTCOME = "growth_and_outcome"


# In words, for screens and reports: the names with their underscores are for files and the command line.
SPOKEN = {
    PushbackReason.DOES_NOT_APPLY: "does not apply to us",
    PushbackReason.WRONG_ALTITUDE: "wrong altitude",
    PushbackReason.NOT_OURS_TO_MOVE: "not ours to move",
    PushbackReason.CANNOT_MEASURE: "we cannot measure it",
    InvitationState.PUSHED_BACK: "pushed back",
    KeyResultState.NOT_AGREED: "not agreed",
    Control.NOT_OURS: "not ours",
}


def spoken(word: StrEnum | str) -> str:
    """The word as a person says it: ``not_ours`` is "not ours"."""
    if isinstance(word, StrEnum) and word in SPOKEN:
        return SPOKEN[word]
    return str(word).replace("_", " ")
