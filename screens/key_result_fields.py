"""The fields of a key result's forms: what they show of what is stored, and what was meant by what is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.entering import entered
from okrtui.core.errors import Invalid
from okrtui.core.inputs import KeyResultEntry
from okrtui.core.model import Control, Kind, spoken
from okrtui.service import listing
from screens.dialogs.field import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from okrtui.service.session import Session

_KINDS = (
    ("", "not chosen yet"),
    (Kind.INCREASE, "increase: a number goes up"),
    (Kind.DECREASE, "decrease: a number goes down"),
    (Kind.MAINTAIN, "maintain: a number stays within a band"),
    (Kind.MILESTONE, "milestone: steps are ticked"),
    (Kind.BINARY, "binary: done or not"),
    (Kind.ESTABLISH, "establish: the baseline is still to be found"),
)
_CONTROLS = (("", "not said yet"), *((control, spoken(control)) for control in Control))


def _of_kind(*kinds: Kind) -> Callable[[Mapping[str, object]], bool]:
    return lambda held: held.get("kind") in kinds


STATEMENT = Field("statement", "Statement", hint="what will have changed, and how everybody will know")
MEASURES = (
    Field("kind", "Kind", "choice", choices=_KINDS),
    Field("unit", "Unit", only_for=_of_kind(Kind.INCREASE, Kind.DECREASE, Kind.MAINTAIN, Kind.ESTABLISH)),
    Field("baseline", "Baseline", hint="where it stands now", only_for=_of_kind(Kind.INCREASE, Kind.DECREASE)),
    Field("target", "Target", hint="where it should be", only_for=_of_kind(Kind.INCREASE, Kind.DECREASE)),
    Field("low", "Low end", only_for=_of_kind(Kind.MAINTAIN)),
    Field("high", "High end", only_for=_of_kind(Kind.MAINTAIN)),
    Field(
        "steps",
        "Steps",
        "note",
        hint="one a line: name, or name : weight (alt+enter)",
        only_for=_of_kind(Kind.MILESTONE),
    ),
    Field("done_means", "Done means", "note", only_for=_of_kind(Kind.BINARY)),
    Field("measure", "Measure", "note", hint="what will be measured", only_for=_of_kind(Kind.ESTABLISH)),
    Field("baseline_due", "Baseline known by", hint="a day such as 2026-11-27", only_for=_of_kind(Kind.ESTABLISH)),
)
WEIGHT = Field("weight", "Weight", hint="1 unless it counts more or less; 0 is a guardrail")
_WEEK_NINE = Field("week_nine", "Would you argue for this in week nine?", "note")


@dataclass(frozen=True, slots=True)
class Around:
    """What a form offers to choose from: owners and teams to share with, each a value and its words."""

    owners: Sequence[tuple[str, str]]
    teams: Sequence[tuple[str, str]]


def read_around(session: Session, objective: str, team: str) -> Around:
    """Whom a team's key result under an objective may belong to, and whom it may be shared with."""
    owners = [(one.handle, f"@{one.handle}  {one.name}") for one in listing.owners(session, objective, team)]
    others = [(one.slug, one.name) for one in listing.teams(session) if one.slug != team and not one.archived]
    return Around([("", "nobody yet"), *owners], [("", "not said yet"), *others])


def whole(around: Around, owner: str) -> list[Field]:
    """Every field; an owner who is not of the team any more stays a choice."""
    owners = list(around.owners)
    if owner and owner not in dict(owners):
        owners.append((owner, f"@{owner}"))
    shared = Field(
        "shared_team",
        "Shared with",
        "choice",
        choices=around.teams,
        only_for=lambda held: held.get("control") == "shared",
    )
    return [
        STATEMENT,
        *MEASURES,
        Field("owner", "Owner", "choice", choices=owners),
        Field("control", "Who can move it?", "choice", choices=_CONTROLS),
        shared,
        WEIGHT,
        _WEEK_NINE,
    ]


# What a form shows, and what it means


def as_typed(fields: Mapping[str, object]) -> dict[str, object]:
    """A stored key result as its form first shows it."""
    return {name: _text(name, value) for name, value in fields.items()}


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if name == "steps" and isinstance(value, list | tuple):
        return "\n".join(_step_text(one) for one in value)
    return _number(value) if isinstance(value, int | float) else str(value)


def _number(value: float) -> str:
    """A number as it is typed again, with nothing of it lost."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _step_text(step: Mapping[str, object]) -> str:
    weight = step.get("weight", 1.0)
    is_plain = weight == 1.0 and ":" not in str(step["name"])
    return str(step["name"]) if is_plain else f"{step['name']} : {_number(float(str(weight)))}"


def read_steps(text: str) -> list[dict[str, object]]:
    """Steps, one a line, each a name or a name and a weight; without a number after its last colon a line is a name."""
    return [_step(line) for line in text.split("\n") if line.strip()]


def _step(line: str) -> dict[str, object]:
    name, _, weight = line.rpartition(":")
    try:
        return {"name": name.strip(), "weight": float(weight)} if name.strip() else {"name": line.strip()}
    except ValueError:
        return {"name": line.strip()}


def meant(values: Mapping[str, object]) -> dict[str, object]:
    """What was typed, as fields of a key result; what was not asked of this kind is left out."""
    fields = dict(values)
    if "steps" in fields:
        fields["steps"] = read_steps(str(fields["steps"]))
    if "control" in fields and fields["control"] != Control.SHARED:
        fields["shared_team"] = ""
    if str(fields.get("weight", "1")).strip() == "":
        fields["weight"] = 1.0
    return fields


def check(values: Mapping[str, object]) -> Mapping[str, str]:
    """What saving would say, by field."""
    known = {name: value for name, value in meant(values).items() if name in KeyResultEntry.model_fields}
    try:
        entered(KeyResultEntry, known)
    except Invalid as error:
        return error.fields
    return {}


def changed(values: Mapping[str, object], began: Mapping[str, object]) -> dict[str, object]:
    """The fields of a form that say something else than they began with, as the file keeps them.

    Raises:
        Invalid: a text or a number will not do.
    """
    typed = meant(values)
    entry = entered(KeyResultEntry, {**began, **typed}).model_dump(mode="json")
    return {name: entry[name] for name in typed if entry[name] != began.get(name)}
