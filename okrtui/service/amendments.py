"""What an amendment does within a deed: the text that was agreed stays, and leadership agrees to the other or questions it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from okrtui.core.errors import NotAllowed
from okrtui.core.leave import is_waited_for
from okrtui.core.model import Kind, Side
from okrtui.service import threads, wording
from okrtui.store import key_results

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed
    from okrtui.store.key_results import KeyResult, KeyResultText
    from okrtui.store.rows import Value

OPEN = frozenset({"asked", "questioned"})


def amend(
    deed: Deed,
    key_result: KeyResult,
    exchange: Exchange,
    changes: Mapping[str, object],
    reason: str,
    *,
    side: str,
    began_from: Mapping[str, object] | None = None,
) -> tuple[dict[str, object], dict[str, object]]:
    """Change what is agreed and ask leadership; before and after of the fields that changed, nothing where none did.

    ``side`` is that of whoever typed the words. The caller has leave, and records the event.

    Raises:
        Conflict: somebody changed the same field since ``began_from``.
        Invalid: a text or a number will not do.
    """
    before, after = wording.rewrite(deed, key_result, exchange, changes, began_from)
    if not after:
        return before, after
    wording.must_be_whole(deed, key_result.id)
    wording.keep(deed, key_result.id, side, reason)
    waits = is_waited_for(Side.LEADERSHIP, exchange.sides(deed))
    # A second amendment before leadership answered the first goes back, if it does, to what stood before both.
    stood = key_result.amended_from if key_result.amendment in OPEN else key_result.text_number
    state: dict[str, Value] = {"amendment": "asked" if waits else "agreed", "amended_from": stood if waits else None}
    key_results.change(deed.connection, key_result.id, state)
    threads.quote(deed, key_result.ref, "proposal", reason, wording.again(deed, key_result.id).statement)
    wording.recount(deed, key_result.id)
    return before, after


def take_back(deed: Deed, key_result: KeyResult, exchange: Exchange) -> tuple[dict[str, object], dict[str, object]]:
    """Have the text that stood before an open amendment stand again; before and after of what changed by it.

    Raises:
        NotAllowed: its baseline was set since, which would be lost.
    """
    texts = {text.number: text for text in key_results.texts(deed.connection, key_result.id)}
    stood = texts[key_result.amended_from or key_result.agreed_text or 1]
    fields = fields_of(stood)
    if fields["kind"] == Kind.ESTABLISH != key_result.kind:
        raise NotAllowed(
            f"The baseline of {key_result.ref} was set since it was amended, and would be lost: amend it once more (o)."
        )
    before, after = wording.rewrite(deed, key_result, exchange, fields)
    if after:
        wording.keep(deed, key_result.id, stood.side)
    is_original = fields == fields_of(texts[key_result.agreed_text or 1])
    state: dict[str, Value] = {"amendment": None if is_original else "agreed", "amended_from": None}
    key_results.change(deed.connection, key_result.id, state)
    wording.recount(deed, key_result.id)
    return before, after


def fields_of(text: KeyResultText) -> dict[str, object]:
    """An earlier text in the fields of the form."""
    numbers: dict[str, object] = json.loads(text.numbers)
    steps = [{"name": name, "weight": weight} for name, weight in json.loads(text.numbers)["steps"]]
    return {"statement": text.statement, **numbers, "steps": steps}
