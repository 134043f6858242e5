"""What is typed into a check-in, beside what it began from and what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.checkin_form import as_typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.weekly import Sheet


def form_of(sheet: Sheet) -> str:
    """The name of a key result's form in its week."""
    return f"Check in {sheet.card.ref}, week {sheet.week}"


def typed_of(offered: Mapping[str, object]) -> dict[str, object]:
    """What a form holds that offers this."""
    return {name: plain_value(value) for name, value in offered.items()}


def plain_value(value: object) -> object:
    """A value as a field holds it."""
    return list(value) if isinstance(value, list | tuple) else as_typed(value)


def all_as_typed(values: dict[str, object]) -> dict[str, str]:
    """Each value as it would be typed, so that two that say the same are the same."""
    return {name: _shown_value(value) for name, value in values.items()}


def same(one: object, other: object) -> bool:
    """Whether two values say the same, however they are kept."""
    return _shown_value(one) == _shown_value(other)


def _shown_value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ", ".join(str(one) for one in value)
    return f"{float(value):g}" if isinstance(value, int | float) else _number_or_words(str(value))


def _number_or_words(value: str) -> str:
    try:
        return f"{float(value):g}"
    except ValueError:
        return value.strip()
