"""One cycle of the large company: everything its teams wrote, agreed, checked in, scored and promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.demo.large_key_results import KeyResults
from okrtui.demo.large_objectives import Objectives
from okrtui.demo.large_promises import Promises

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.demo.large_company import Unit
    from okrtui.demo.large_ledger import Ledger

EACH = 10  # key results a team and cycle


def write(ledger: Ledger, units: Sequence[Unit]) -> None:
    """Write every team's cycle, the company first; the last team is that of the demo's person."""
    known = units[-1]
    objectives, key_results, promises = Objectives(ledger, known), KeyResults(ledger), Promises(ledger)
    for unit in units:
        is_known = unit is known and not ledger.is_closed
        accepted = objectives.write(unit)
        written = [
            key_results.write(unit, accepted[place % len(accepted)], place, known=is_known) for place in range(EACH)
        ]
        promises.write(unit, [one.id for one in written if one is not None])
