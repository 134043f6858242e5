"""What a form says while it is typed: the same checks as on saving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid
from okrtui.core.inputs import Entry, entered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def check_of(model: type[Entry]) -> Callable[[Mapping[str, object]], Mapping[str, str]]:
    """A check that gives, by field, what saving would say."""

    def check(values: Mapping[str, object]) -> Mapping[str, str]:
        known = {name: value for name, value in values.items() if name in model.model_fields}
        try:
            entered(model, known)
        except Invalid as error:
            return error.fields
        return {}

    return check
