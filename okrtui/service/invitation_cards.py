"""What teams have said to the objectives they were asked about, as screens and commands show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.model import PushbackAnswer
from okrtui.store import invitations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.service.cards import Names
    from okrtui.service.session import View
    from okrtui.store.invitations import Invitation, Pushback
    from okrtui.store.objectives import Objective


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """What a team has said to an objective, with its rounds of pushing back, the first first.

    ``team`` is its slug, or the @handle of the one person who is asked, with the ``need`` for it and its words. It accepted the
    text of number ``accepted_text``; ``reworded`` says that there is another since.
    """

    id: int
    team: str
    team_name: str
    state: str
    straight_line: str
    accepted_by: str | None
    accepted_at: str | None
    accepted_text: int | None
    reworded: bool
    asked_at: str
    rounds: tuple[PushbackCard, ...]
    seen_by: tuple[str, ...] = ()
    need: str = ""
    need_words: str = ""

    @property
    def is_to_person(self) -> bool:
        """Whether one person is asked instead of a team: an individual OKR."""
        return self.team.startswith("@")

    @property
    def pushback(self) -> PushbackCard | None:
        """The last round, open or not."""
        return self.rounds[-1] if self.rounds else None


@dataclass(frozen=True, slots=True)
class PushbackCard:
    """A round of pushing back, with its answer once there is one; ``into`` are the refs it was split into."""

    round: int
    state: str
    reason: str
    words: str
    author: str
    at: str
    answer: str | None
    answer_words: str
    answered_by: str | None
    answered_at: str | None
    into: tuple[str, ...] = ()


def invitation_cards(
    view: View, asked: Sequence[Invitation], objectives_by_id: Mapping[int, Objective], names: Names
) -> dict[int, InvitationCard]:
    """What teams have said to objectives, by invitation, in as many queries whatever their number."""
    numbers = [one.id for one in asked]
    pushed = invitations.pushbacks(view.connection, numbers)
    seen = invitations.seen_by(view.connection, numbers)
    into = invitations.splits(
        view.connection,
        [one.id for rounds in pushed.values() for one in rounds if one.answer == PushbackAnswer.SPLIT],
    )
    return {
        one.id: _invitation_card(
            one,
            objectives_by_id[one.objective_id],
            names,
            tuple(_round(each, into.get(each.id, ()), names) for each in pushed.get(one.id, ())),
            tuple(seen.get(one.id, ())),
        )
        for one in asked
    }


def _invitation_card(
    found: Invitation, objective: Objective, names: Names, rounds: tuple[PushbackCard, ...], seen_by: tuple[str, ...]
) -> InvitationCard:
    return InvitationCard(
        id=found.id,
        team=names.slug(found.team_id) or f"@{names.person(found.person_id)}",
        team_name=names.name(found.team_id) or f"@{names.person(found.person_id)}",
        state=found.state,
        straight_line=found.straight_line,
        accepted_by=names.person(found.accepted_by),
        accepted_at=found.accepted_at,
        accepted_text=found.accepted_text,
        reworded=found.accepted_text is not None and found.accepted_text != objective.text_number,
        asked_at=found.at,
        rounds=rounds,
        seen_by=seen_by,
        need=found.need,
        need_words=found.need_words,
    )


def _round(found: Pushback, into: Sequence[int], names: Names) -> PushbackCard:
    return PushbackCard(
        round=found.round,
        state=found.state,
        reason=found.reason,
        words=found.words,
        author=names.person(found.author_id) or "",
        at=found.at,
        answer=found.answer,
        answer_words=found.answer_words,
        answered_by=names.person(found.answered_by),
        answered_at=found.answered_at,
        into=tuple(f"O{number}" for number in into),
    )
