"""Week nine: would the team still argue for this? Keep, amend or drop, and the argument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.inputs import DefenceEntry
from okrtui.core.model import Stand
from okrtui.service import find, leaves, threads
from okrtui.service.key_results import drop_it
from okrtui.store import defences
from okrtui.store.defences import Defence

if TYPE_CHECKING:
    from okrtui.service.session import Session


@dataclass(frozen=True, slots=True)
class DefenceLine:
    """A team's last answer."""

    decision: str
    argument: str
    author: str
    at: str


def defend(session: Session, ref: str, decision: str, argument: str) -> None:
    """Answer whether an agreed key result is still worth arguing for; an answer given again takes the place of the first.

    ``drop`` drops it, with the argument as its reason; ``amend`` asks for the amendment next.

    Raises:
        NotAllowed: by anybody but the team; it is not agreed, or its cycle does not run.
        Invalid: the decision is none of the three, or there is no argument.
    """
    entry = entered(DefenceEntry, {"decision": decision, "argument": argument})
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = leaves.must(deed, Act.KR_DEFEND, key_result, exchange)
        earlier = defences.of_key_results(deed.connection, [key_result.id]).get(key_result.id)
        told = str(entry.decision), entry.argument
        defence = Defence(key_result.id, *told, key_result.text_number, deed.person_id, deed.at)
        defences.save(deed.connection, defence)
        before = {"decision": earlier.decision, "argument": earlier.argument} if earlier else {}
        after = {"decision": defence.decision, "argument": defence.argument}
        deed.record(
            Act.KR_DEFEND,
            key_result.ref,
            leave=leave,
            cycle_id=exchange.cycle.id,
            team_id=exchange.team_id,
            before=before,
            after=after,
        )
        threads.quote(deed, key_result.ref, "defence", entry.argument, key_result.statement)
        if entry.decision is Stand.DROP:
            drop_it(deed, key_result, exchange, entry.argument)
