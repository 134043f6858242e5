"""The way in for what people enter: what pydantic says becomes one sentence a person can act on, and one for each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core.core_schema import ErrorType

from okrtui.core.errors import Invalid
from okrtui.core.inputs import NOTE_LENGTH, Entry
from okrtui.core.text import clean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

EntryT = TypeVar("EntryT", bound=Entry)

# A field's name as a sentence says it, where the name alone would not do.
_SPOKEN_FIELDS = {
    "done_means": "what done means",
    "baseline_due": "the day the baseline will be known",
    "shared_team": "the team it is shared with",
    "week_nine": "the answer for week nine",
    "straight_line": "the straight line",
    "starts": "the first day",
    "ends": "the last day",
    "high": "the high end",
    "low": "the low end",
    "why": "the why",
    "body": "the comment",
    "context": "what changed",
    "next": "what is next",
    "minutes": "the number of minutes",
    "words": "the words",
    "because": "what you know",
    "proposed": "what you suggest",
    "into": "the list of new objectives",
    "about": "what it is about",
    "need": "the reason",
    "under": "the team above",
    "admin": "the admin mark",
    "due_weekday": "the due day",
}


def spoken_field(name: str) -> str:
    """A field's name as a sentence says it: ``week_nine`` is "the answer for week nine"."""
    return _SPOKEN_FIELDS.get(name, f"the {name.replace('_', ' ')}")


def entered(model: type[EntryT], fields: dict[str, object]) -> EntryT:
    """The entry these fields make.

    Raises:
        Invalid: with a sentence for the first field that will not do, and one for each.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        wrong: dict[str, str] = {}
        for details in error.errors(include_url=False):
            wrong.setdefault(_place(details), _sentence(details))
        raise Invalid(next(iter(wrong.values())), wrong) from None


def said(value: str, field: str, missing: str = "", *, beside: str = "Say why.") -> str:
    """Words that an act asks for, cleaned; without ``missing`` there may be none.

    Raises:
        Invalid: with the sentence ``missing``, ``beside`` the field, where there are none; or they are too long to keep.
    """
    words = clean(value)
    if missing and not words:
        raise Invalid(missing, {field: beside})
    if len(words) > NOTE_LENGTH:
        sentence = _too_long(_spoken_first(field), NOTE_LENGTH)
        raise Invalid(sentence, {field: sentence})
    return words


def _spoken_first(name: str) -> str:
    spoken = spoken_field(name)
    return spoken[0].upper() + spoken[1:]


def _too_long(first: str, most: int) -> str:
    verb, what = ("are", "them") if first == "The words" else ("is", "it")
    return f"{first} {verb} longer than {most:,} characters: shorten {what}."


def _place(details: ErrorDetails) -> str:
    if details["loc"]:
        return str(details["loc"][0])
    return details["type"]


def _sentence(details: ErrorDetails) -> str:
    if _place(details) == "steps" and len(details["loc"]) > 1:
        return _sentence_of_a_step(details)
    return _sentence_of(details, _spoken_first(_place(details)))


def _sentence_of_a_step(details: ErrorDetails) -> str:
    number = int(details["loc"][1]) + 1
    weighs = details["loc"][-1] == "weight"
    return _sentence_of(details, f"The weight of step {number}" if weighs else f"Step {number}")


def _sentence_of(details: ErrorDetails, first: str) -> str:
    context = details.get("ctx", {})
    match details["type"]:
        case "missing" | "string_too_short" | "too_short":
            return f"{first} {_verb(details)} missing."
        case "string_too_long" | "too_long":
            return _too_long(first, context["max_length"])
        case "greater_than_equal" | "less_than_equal":
            return _out_of_range(details, first)
        case "enum":
            return f"{first} is one of {context['expected'].replace(chr(39), '')}."
        case "extra_forbidden":
            return f"{first} is no field of this."
        case "value_error":
            return str(context["error"])
        case kind if kind not in _KNOWN_TO_PYDANTIC:
            return details["msg"]
        case kind:
            return f"{first} takes {_wanted(kind)}."


_KNOWN_TO_PYDANTIC = frozenset(get_args(ErrorType))

# By the beginning of what pydantic calls the error.
_WANTED = {
    "float": "a number, such as 12.5",
    "finite": "a number, such as 12.5",
    "int": "a whole number",
    "date": "a day such as 2026-11-27",
    "bool": "yes or no",
    "tuple": "a list",
}


def _wanted(kind: str) -> str:
    return _WANTED.get(kind.partition("_")[0], "words")


def _verb(details: ErrorDetails) -> str:
    return "are" if details["loc"][-1:] in {("words",), ("steps",)} else "is"


def _out_of_range(details: ErrorDetails, first: str) -> str:
    if _place(details) == "confidence":
        return "Confidence is a whole number from 0 to 10."
    context = details.get("ctx", {})
    return f"{first} is {context['ge']:g} or more." if "ge" in context else f"{first} is {context['le']:g} at most."
