"""What a form says while it is typed: the same checks as on saving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.entering import entered
from okrtui.core.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from okrtui.core.inputs import Entry


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
