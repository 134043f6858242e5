"""What ``--json`` answers: names that stay, over what the services show."""

from __future__ import annotations

Shape = dict[str, object]


def picked(one: object, names: str) -> Shape:
    """These fields of a thing, by their own names: those that are never renamed here."""
    return {name: getattr(one, name) for name in names.split()}
