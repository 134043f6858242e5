"""The errors okrtui raises: each carries one sentence that tells the person what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class OkrtuiError(Exception):
    """Base of every error a person may be shown; ``str(error)`` is the sentence."""

    ends_session = False
    """Whether nothing more can be done at the file, so that whoever is at it has to leave."""


class NotAllowed(OkrtuiError):
    """A rule of the method refuses the act; the sentence says what the person can do instead."""


class NotFound(OkrtuiError):
    """Nothing goes by the name or ref that was given."""


class Ambiguous(OkrtuiError):
    """The name or the words given fit several things; the sentence lists them."""


class Invalid(OkrtuiError, ValueError):
    """What was entered means nothing as it stands.

    ``fields`` maps the name of each offending field to its own sentence, so that a form can show it beside the field.
    A `ValueError` too, so that a validator may raise it.
    """

    def __init__(self, sentence: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.fields: dict[str, str] = dict(fields or {})


class Conflict(OkrtuiError):
    """Somebody else changed the same field since the form was opened.

    ``fields`` maps each field changed on both sides to ``(before, mine, theirs)``; ``version`` is the stored version to
    save over once the person has chosen.
    """

    def __init__(self, sentence: str, fields: Mapping[str, tuple[object, object, object]], version: int) -> None:
        super().__init__(sentence)
        self.fields = dict(fields)
        self.version = version


class StoreError(OkrtuiError):
    """The file cannot serve: missing, locked beyond the wait, full, damaged, read-only, or not one of ours."""

    ends_session = True


class Unsaved(StoreError):
    """Nothing was saved, and the same may be saved later: no room, an error of the disk, somebody else who holds the file."""

    ends_session = False


class AccessEnded(NotAllowed, StoreError):
    """Whoever acts may act here no longer: their person or their key was switched off, or their session was ended.

    It ends the session, as it ends when the file can serve no longer.
    """
