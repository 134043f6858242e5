"""What people enter, cleaned and checked: one frozen model for each form and each writing command.

`core.entering` is the way in.
"""

from __future__ import annotations

from datetime import date  # pydantic reads the annotations at run time
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from okrtui.core.model import (
    Ambition,
    CloseDecision,
    CommitmentKind,
    Control,
    IndividualNeed,
    InitiativeStatus,
    Kind,
    PushbackAnswer,
    PushbackReason,
    Rank,
    Stand,
)
from okrtui.core.names import check_cycle_name, check_name
from okrtui.core.scores import tenths
from okrtui.core.text import clean, one_line
from okrtui.core.workshops import Prompt

TITLE_LENGTH = 200
NOTE_LENGTH = 10_000


def _cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _one_line(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def _nothing_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Title = Annotated[str, BeforeValidator(_one_line), Field(min_length=1, max_length=TITLE_LENGTH)]
Line = Annotated[str, BeforeValidator(_one_line), Field(max_length=TITLE_LENGTH)]
Note = Annotated[str, BeforeValidator(_cleaned), Field(max_length=NOTE_LENGTH)]
Words = Annotated[str, BeforeValidator(_cleaned), Field(min_length=1, max_length=NOTE_LENGTH)]
Number = Annotated[float, Field(allow_inf_nan=False)]
MaybeNumber = Annotated[Number | None, BeforeValidator(_nothing_is_none)]


def _named(what: str) -> AfterValidator:
    return AfterValidator(lambda value: check_name(value, what))


Handle = Annotated[str, _named("handle")]
Slug = Annotated[str, _named("team's short name")]


class Entry(BaseModel):
    """Base of everything entered: nothing unknown, nothing changed after."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class PersonEntry(Entry):
    """A person to be."""

    handle: Handle
    name: Title
    login: Annotated[str, BeforeValidator(_one_line), Field(max_length=64)] = ""
    admin: bool = False


class TeamEntry(Entry):
    """A team to be; ``under`` is the slug of its parent."""

    slug: Slug
    name: Title
    under: str
    function: Annotated[str, BeforeValidator(_one_line), Field(max_length=40)] = ""
    due_weekday: Annotated[int, Field(ge=0, le=6)] = 4


class CycleEntry(Entry):
    """A cycle to be: first and last day, both in it, in a time zone."""

    name: Annotated[str, AfterValidator(check_cycle_name)]
    starts: date
    ends: date
    zone: str = "UTC"

    @field_validator("zone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise PydanticCustomError(
                "zone", "No time zone goes by that name: give one such as Europe/Berlin."
            ) from error
        return value

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends < self.starts:
            raise PydanticCustomError("ends", "A cycle ends on or after the day it starts.")
        if (self.ends - self.starts).days > 366 * 2:
            raise PydanticCustomError("ends", "A cycle lasts two years at most: give an earlier last day.")
        return self


class ObjectiveEntry(Entry):
    """What leadership writes."""

    title: Title
    why: Note = ""
    ambition: Ambition = Ambition.ASPIRATIONAL


class StraightLineEntry(Entry):
    """The sentence or two with which a team accepts: what it does every week that moves the objective."""

    straight_line: Words


class PushbackEntry(Entry):
    """Why a team cannot connect an objective to its work, in its own words."""

    reason: PushbackReason
    words: Words


class AnswerEntry(Entry):
    """What leadership did about a pushback.

    ``into`` names the objectives it was split into, ``new`` the titles of those to be written for it; with ``keep_drafts`` the
    team's drafts stay where they are.
    """

    answer: PushbackAnswer
    words: Note = ""
    into: tuple[str, ...] = ()
    new: tuple[Title, ...] = ()
    keep_drafts: bool = False

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        if self.answer is PushbackAnswer.EXPLAINED and not self.words:
            raise PydanticCustomError("words", "An explanation needs its words.")
        if self.answer is PushbackAnswer.SPLIT and not (self.into or self.new):
            raise PydanticCustomError("into", "A split names the new objectives.")
        if self.answer is not PushbackAnswer.SPLIT and (self.into or self.new or self.keep_drafts):
            raise PydanticCustomError("into", "Only a split names new objectives: leave them out.")
        return self


class Guidance(Entry):
    """What 0.3, 0.7 and 1.0 would look like."""

    low: Note = ""
    middle: Note = ""
    high: Note = ""


class Step(Entry):
    """One step of a milestone."""

    name: Title
    weight: Annotated[Number, Field(ge=0)] = 1.0


class KeyResultEntry(Entry):
    """A key result as its team writes it: an idea needs its statement alone.

    Numbers may be left out until it is proposed; what is given must make sense together.
    """

    statement: Title
    kind: Annotated[Kind | None, BeforeValidator(_nothing_is_none)] = None
    unit: Annotated[str, BeforeValidator(_one_line), Field(max_length=40)] = ""
    baseline: MaybeNumber = None
    target: MaybeNumber = None
    low: MaybeNumber = None
    high: MaybeNumber = None
    done_means: Note = ""
    measure: Note = ""
    baseline_due: Annotated[date | None, BeforeValidator(_nothing_is_none)] = None
    steps: tuple[Step, ...] = ()
    weight: Annotated[Number, Field(ge=0, le=1000)] = 1.0
    control: Annotated[Control | None, BeforeValidator(_nothing_is_none)] = None
    shared_team: Annotated[str, BeforeValidator(_one_line)] = ""
    week_nine: Note = ""
    owner: Annotated[str, BeforeValidator(_one_line)] = ""

    @model_validator(mode="after")
    def _numbers_make_sense(self) -> Self:
        match self.kind:
            case Kind.INCREASE | Kind.DECREASE:
                self._check_ends(self.kind)
            case Kind.MAINTAIN:
                if self.low is not None and self.high is not None and self.low > self.high:
                    raise PydanticCustomError("high", "A band runs from its low to its high: the high is the larger.")
            case Kind.MILESTONE:
                if len({step.name.casefold() for step in self.steps}) < len(self.steps):
                    raise PydanticCustomError("steps", "Two steps have the same name: tell them apart.")
        if self.control is not Control.SHARED and self.shared_team:
            raise PydanticCustomError("shared_team", "Only shared control names another team.")
        return self

    def _check_ends(self, kind: Kind) -> None:
        if self.baseline is None or self.target is None:
            return
        if self.baseline == self.target:
            raise PydanticCustomError("target", "The target equals the baseline: say what should change.")
        if (self.target > self.baseline) is not (kind is Kind.INCREASE):
            ends = "above" if kind is Kind.INCREASE else "below"
            raise PydanticCustomError("target", f"A target of kind {kind} lies {ends} its baseline.")


class SuggestionEntry(Entry):
    """Other words, or another number, for one field; the field itself says whether they will do."""

    proposed: Note
    words: Note = ""


class DefenceEntry(Entry):
    """Whether a team would still argue for a key result, and the argument."""

    decision: Stand
    argument: Words


class KnownEntry(Entry):
    """Why a question of the writing checks need not be asked: "We know, because ..."."""

    because: Words


class CheckinEntry(Entry):
    """What the team says of one key result in one week."""

    value: MaybeNumber = None
    confidence: Annotated[int, Field(ge=0, le=10)]
    context: Note = ""
    blocker: Note = ""
    next: Note = ""
    steps: tuple[Annotated[str, BeforeValidator(_one_line)], ...] = ()


class PriorityEntry(Entry):
    """What a team puts first in a week, on one line."""

    rank: Rank = Rank.P1
    words: Title


class WinEntry(Entry):
    """What a team is glad of in a week, on one line."""

    words: Title


class InitiativeEntry(Entry):
    """A team's piece of work; ``owner`` is a handle, or nobody yet."""

    title: Title
    owner: Annotated[str, BeforeValidator(_one_line)] = ""
    status: InitiativeStatus = InitiativeStatus.PLANNED


_ABOUT = {
    CommitmentKind.CONTRIBUTION: "A contribution is to a key result of a team: say which, such as KR3.",
    CommitmentKind.STRETCH: "A stretch is an assignment on an initiative: say which, such as I2.",
}


class CommitmentEntry(Entry):
    """One person's promise; ``about`` is the key result of a contribution or the initiative of a stretch."""

    kind: CommitmentKind
    words: Words
    about: Annotated[str, BeforeValidator(_one_line)] = ""

    @model_validator(mode="after")
    def _says_what_it_is_about(self) -> Self:
        if self.kind is CommitmentKind.DEVELOPMENT and self.about:
            raise PydanticCustomError("about", "A development goal is about its owner alone: leave the ref out.")
        if self.kind in _ABOUT and not self.about:
            raise PydanticCustomError("about", _ABOUT[self.kind])
        return self


class IndividualEntry(Entry):
    """Why one person gets an OKR of their own: which of the three reasons, and the words for it."""

    need: IndividualNeed
    words: Words


class CloseEntry(Entry):
    """What becomes of a key result in the next cycle; a change says what changes."""

    decision: CloseDecision
    words: Note = ""

    @model_validator(mode="after")
    def _says_what_changes(self) -> Self:
        if self.decision is CloseDecision.CHANGE and not self.words:
            raise PydanticCustomError("words", "A change says what is to change: give it with -m.")
        return self


class RoundEntry(Entry):
    """One person's confidence in key results, by their refs, in a sealed round."""

    numbers: Annotated[dict[str, int], Field(min_length=1)]

    @field_validator("numbers", mode="before")
    @classmethod
    def _are_confidences(cls, value: object) -> object:
        """Say of which key result a number will not do; anything but a mapping is refused as one."""
        return {ref: _confidence(str(ref), given) for ref, given in value.items()} if isinstance(value, dict) else value


def _confidence(ref: str, given: object) -> int:
    if not isinstance(given, bool) and str(given).strip() in {str(one) for one in range(11)}:
        return int(str(given))
    raise PydanticCustomError(
        "numbers", "Confidence in {ref} is a whole number from 0 to 10.", {"ref": one_line(ref)[:20]}
    )


class CommentEntry(Entry):
    """Words in a thread."""

    body: Words


class NoteEntry(Entry):
    """A line of a workshop, under the prompt that is asked unless another is named."""

    note: Words
    prompt: Prompt | None = None


class BoxEntry(Entry):
    """A time box of a workshop, in minutes; 0 is none."""

    minutes: Annotated[int, Field(ge=0, le=600)]


class ReviewBoxEntry(Entry):
    """A time box of a review, in minutes for each key result."""

    minutes: Annotated[int, Field(ge=1, le=60)]


class RemarkEntry(Entry):
    """What is said when a workshop closes."""

    remark: Note = ""


class ScoreEntry(Entry):
    """One side's score in tenths, with its reasoning."""

    value: float
    reasoning: Words

    @field_validator("value")
    @classmethod
    def _is_a_tenth(cls, value: float) -> float:
        return tenths(value) / 10


class CalibrationEntry(Entry):
    """An agreed score that one side proposes; no value is "no score", which needs its reason."""

    value: float | None
    reason: Note = ""

    @field_validator("value")
    @classmethod
    def _is_a_tenth(cls, value: float | None) -> float | None:
        return None if value is None else tenths(value) / 10

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.value is None and not self.reason:
            raise PydanticCustomError("reason", "No score is an answer when it comes with its reason.")
        return self
