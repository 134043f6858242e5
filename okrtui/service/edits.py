"""Two people in one form: what each changed is put together, and what both changed goes back to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Mapping


def merged(
    stored: Mapping[str, object],
    changes: Mapping[str, object],
    began_from: Mapping[str, object] | None,
    *,
    version: int = 0,
) -> dict[str, object]:
    """The fields to save: the stored ones with the changes, of which those that equal ``began_from`` are none.

    A field that ``began_from`` lacks was empty then; without ``began_from`` the form is taken to have shown what is stored.

    Raises:
        Conflict: a field was changed here and, since ``began_from``, differently by somebody else.
    """
    began = dict(stored if began_from is None else began_from)
    mine = {name: value for name, value in changes.items() if name not in began or value != began[name]}
    both = {
        name: (began.get(name), value, stored[name])
        for name, value in mine.items()
        if name in stored and stored[name] not in (began.get(name), value) and (name in began or _says(stored[name]))
    }
    if both:
        listed = ", ".join(name.replace("_", " ") for name in both)
        sentence = (
            f"Somebody else has changed the same since you began ({listed}): choose between your words and theirs."
        )
        raise Conflict(sentence, both, version)
    return {**stored, **mine}


def _says(value: object) -> bool:
    """Whether a stored field holds anything that could be lost."""
    return value not in (None, "", (), [])
