"""Acts that were done for somebody else, or by one side alone: they say so wherever they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.store import events

if TYPE_CHECKING:
    from okrtui.service.cards import Names
    from okrtui.service.session import View


@dataclass(frozen=True, slots=True)
class StoodIn:
    """An act by a deputy (``deputy_for`` is whom they stood in for), or by a side that did another's for want of anybody there."""

    verb: str
    person: str
    at: str
    deputy_for: str | None
    alone: bool

    @property
    def text(self) -> str:
        """As it is said after the name: "for @lea", "alone"."""
        parts = [f"for @{self.deputy_for}" if self.deputy_for else "", "alone" if self.alone else ""]
        return ", ".join(part for part in parts if part)


def stood_in(view: View, ref: str, names: Names) -> tuple[StoodIn, ...]:
    """The acts on a thing that were done as a deputy or alone, the first first."""
    return tuple(
        StoodIn(one.verb, names.person(one.person_id) or "", one.at, names.person(one.deputy_for), one.alone)
        for one in events.stood_in(view.connection, ref)
    )
