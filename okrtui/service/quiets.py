"""Questions of the writing checks that a team answers with "We know, because ...", so that they ask no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.checks import RULES, check_key_result
from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.errors import Invalid
from okrtui.core.inputs import KnownEntry
from okrtui.service import find, leaves, threads
from okrtui.store import quiets

if TYPE_CHECKING:
    from okrtui.service.session import Session


def quiet(session: Session, ref: str, rule: str, because: str) -> None:
    """Answer what a rule asks about a key result, so that it asks no more; the answer stays on record.

    Raises:
        NotAllowed: by anybody but the team; nothing is asked about it any more.
        Invalid: there is no such rule, or no answer.
    """
    entry = entered(KnownEntry, {"because": because})
    if rule not in RULES:
        raise Invalid(f"A question is named by its rule, one of {', '.join(RULES)}.", {"rule": "Choose a rule."})
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = leaves.must(deed, Act.KR_QUIET, key_result, exchange)
        earlier = quiets.of_key_results(deed.connection, [key_result.id]).get(key_result.id, {}).get(rule)
        quiets.save(deed.connection, key_result.id, rule, entry.because, author_id=deed.person_id, at=deed.at)
        deed.record(
            Act.KR_QUIET,
            key_result.ref,
            leave=leave,
            cycle_id=exchange.cycle.id,
            team_id=exchange.team_id,
            before={"because": earlier} if earlier else {},
            after={"rule": rule, "because": entry.because},
        )
        asked = (one.text for one in check_key_result(key_result.statement, key_result).questions if one.rule == rule)
        threads.quote(deed, key_result.ref, "known", entry.because, next(asked, rule))
