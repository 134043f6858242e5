"""What is counted of a team in a cycle, so that signals can be told of it (design/1-method.md, "Signals").

Tallies add up: those of a team and of the teams below it to one of them all.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrtui.core.easing import Easing


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one cycle, of what was put to teams and never of what was put to a person.

    ``asked`` are the invitations to the team, ``agreed`` the key results that
    stand agreed. ``words`` are those of the agreed statements, ``own_words`` those among them that the team's side typed first.
    ``raised`` pushbacks were ``answered``, ``taken_back``, ``unanswered`` by a closing cycle, or are ``waiting``;
    ``answer_days`` adds up the days the answered ones took, ``oldest_days`` is the age of the oldest that waits.
    ``minutes`` add up the ``sittings`` of the ``workshops``. ``due`` are the weeks in which agreed key results owed a
    check-in, ``on_time`` and ``late`` those that got one. ``wordless`` of the ``checkins`` say nothing but numbers;
    ``falls`` are those at which confidence fell. Opened ``rounds`` of confidence ``laid`` the numbers of key results side by
    side, lowest and highest ``apart`` in all; of those that are ``followed`` from a first to a last round the mean has
    ``moved`` so far in all. ``pairs`` are key results whose two scores were opened, ``gap`` and
    ``higher`` add up tenths between them, whoever and the team wrote more; ``equal`` are pairs without a gap. ``scored``
    are key results of a weight with an agreed score, ``top`` those at 1.0; ``weighted`` / ``weight`` is their mean.
    ``late_top`` are the refs of those agreed in the last three weeks and closed at 1.0.
    """

    asked: int = 0
    agreed: int = 0
    words: int = 0
    own_words: int = 0
    raised: int = 0
    answered: int = 0
    taken_back: int = 0
    unanswered: int = 0
    waiting: int = 0
    answer_days: float = 0.0
    oldest_days: float = 0.0
    workshops: int = 0
    sittings: int = 0
    minutes: float = 0.0
    due: int = 0
    on_time: int = 0
    late: int = 0
    checkins: int = 0
    wordless: int = 0
    falls: int = 0
    rounds: int = 0
    laid: int = 0
    apart: int = 0
    followed: int = 0
    moved: float = 0.0
    pairs: int = 0
    equal: int = 0
    gap: int = 0
    higher: int = 0
    scored: int = 0
    top: int = 0
    weight: float = 0.0
    weighted: float = 0.0
    eased: tuple[Easing, ...] = ()
    late_top: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        """Return what both counted; the older of the two ages."""
        ages = {"oldest_days": max(self.oldest_days, other.oldest_days)}
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in _NAMES} | ages)

    @property
    def score(self) -> float | None:
        """The weighted mean of the agreed scores, 0.0 to 1.0; None without any."""
        return mean(self.weighted, self.weight)


_NAMES = tuple(field.name for field in fields(Tally))


def mean(weighted: float, weight: float) -> float | None:
    """Return a weighted mean from its two sums; None without a weight, or where the floats cannot hold them."""
    found = weighted / weight if weight > 0 else None
    return found if found is not None and isfinite(found) else None
