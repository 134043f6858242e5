"""A field that two people changed: mine, theirs and what stood before, in words beside it."""

from __future__ import annotations

from dataclasses import dataclass

_SHORT = 66  # cells that fit one line of the narrowest form


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody else wrote into a field meanwhile, and what stood there before, both as the field holds them; ``who`` wrote it, where that is known."""

    theirs: object
    before: object
    who: str = ""

    def text(self, mine: object) -> str:
        """All three, and what can be done: on one line where they are short."""
        said = (
            f"{f'{self.who} wrote' if self.who else 'Theirs'}: {said_as(self.theirs)}",
            f"before: {said_as(self.before)}",
            f"yours: {said_as(mine)}",
        )
        row = " · ".join(said)
        told = row if len(row) <= _SHORT and "\n" not in row else "\n".join(said)
        return f"{told}\nctrl+t takes theirs, saving keeps yours."


def said_as(value: object) -> str:
    """A value in words: "nothing" where there is none."""
    if value is None or value in ("", [], ()):
        return "nothing"
    if isinstance(value, list | tuple):
        return ", ".join(str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in value)
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
