"""What is done on the screen of the scores: each side writes its own, the team opens both, and they agree on one."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.widgets import OptionList

from okrtui.core.acts import Act
from okrtui.core.model import ScoreSide
from okrtui.service import scores, scoring
from screens.listed import ListedPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.service.permissions import Refusals
    from okrtui.service.rooms import Place
    from okrtui.service.scoreboard import ScoreLine, SideScore
    from okrtui.service.scoring import ScoringPage as Full
    from okrtui.service.session import Session


@dataclass(frozen=True, slots=True)
class Shown:
    """What is listed: the scores of a team's agreed key results; ``no_review`` is why no review of them may be kept."""

    place: Place
    lines: tuple[ScoreLine, ...]
    no_review: str


class ScoringActs(ListedPage[Shown, "Full"]):
    """The acts on scores, over whatever lists them."""

    ACTS: ClassVar[dict[str, Act]] = {
        "scoring.open": Act.REVEAL,
        "scoring.propose": Act.CALIBRATE,
        "scoring.confirm": Act.CONFIRM,
        "scoring.counter": Act.CALIBRATE,
        "scoring.none": Act.CALIBRATE,
        "scoring.close": Act.KR_CLOSE,
        "scoring.learn": Act.OBJECTIVE_LEARN,
    }

    @abstractmethod
    def ordered(self, shown: Shown) -> Sequence[ScoreLine]:
        """The scores in the order they are listed in."""

    # What may not be done

    def refusals_of(self, full: Full) -> Refusals:
        """What may not be done with the scores of the key result."""
        return full.refusals

    def refusals_here(self, shown: Shown) -> Refusals:
        """Nothing is begun here but on a key result."""
        del shown
        return {}

    def act_of(self, command: str, full: Full | None) -> Act | None:
        """Writing and marking in are of one's own side."""
        if command in {"scoring.write", "scoring.in"}:
            return scoring.SCORES[full.mine or ScoreSide.SELF] if full is not None else Act.SCORE_SELF
        return super().act_of(command, full)

    def lacking(self, command: str, full: Full) -> str:
        """What the rules allow and the scores are not ready for."""
        line, last = full.line, full.line.agreed
        waits = last is not None and last.state == "proposed"
        match command:
            case "scoring.in" if line.opened:
                return f"The scores of {line.ref} are open: there is no seal to mark anything in under."
            case "scoring.open" if line.opened:
                return f"The scores of {line.ref} are open already: propose the agreed score (p)."
            case "scoring.open" if full.waiting:
                return f"The scores of {line.ref} open when both are in: ask for the {' and the '.join(full.waiting)} score (c)."
            case "scoring.propose" | "scoring.counter" if not line.opened:
                return f"The scores of {line.ref} are not open yet: the team opens them when both are in (r)."
            case "scoring.confirm" | "scoring.counter" if not waits:
                return f"No agreed score of {line.ref} is proposed: propose one (p)."
            case _:
                return ""

    # Acts

    @on(OptionList.OptionSelected, "#things")
    def _selected(self) -> None:
        self.action_write()

    @work(group="asking")
    async def action_write(self) -> None:
        """Write one's own side, as a draft; in an empty list take the next step."""
        if not self.chosen():
            self.action_next_step()
        elif full := await self.granted("scoring.write"):
            await self._write(full, mark_in=False)

    async def _write(self, full: Full, *, mark_in: bool) -> None:
        from screens import score_forms as forms  # noqa: PLC0415  # loaded when asked for

        assert full.mine is not None  # noqa: S101  # granted says so
        if await forms.write(self, full, full.mine, mark_in=mark_in) and mark_in:
            self._go_on(full.line.ref, full.mine)

    def _go_on(self, ref: str, mine: ScoreSide) -> None:
        """From a key result to the next whose score of this side is not in; whoever went elsewhere meanwhile stays there."""
        if self.chosen() != ref:
            return
        lines = self.ordered(self._shown) if self._shown is not None else []
        refs = [line.ref for line in lines]
        here = refs.index(ref) if ref in refs else -1
        waiting = [line.ref for line in (*lines[here + 1 :], *lines[: max(here, 0)]) if _waits(line, mine)]
        if waiting:
            self.choose(waiting[0])

    @work(group="asking")
    async def action_mark_in(self) -> None:
        """Mark one's draft in; where there is none, write it, and it is in."""
        full = await self.granted("scoring.in")
        if full is None or full.mine is None:
            return
        ref, mine = full.line.ref, full.mine
        own = _of_side(full.line, mine)
        if own.value is None or own.is_in:
            await self._write(full, mark_in=True)
            return
        marked = await self.save(partial(_mark_in, ref=ref, side=mine))
        if marked:
            self.say(f"{ref} is in, and sealed.")
            self._go_on(ref, mine)

    @work(group="asking")
    async def action_open_together(self) -> None:
        """Open the scores: of this key result, or of all whose both sides are in."""
        full = await self.granted("scoring.open")
        if full is None:
            return
        refs = await self._to_open(full.line.ref)
        if not refs:
            return
        which = full.line.ref if len(refs) == 1 else f"{len(refs)} key results"
        question = f"Open the scores of {which} together? Both sides appear at once, for good."
        if await self.confirmed(question, "Open"):
            await self.save(lambda session: scores.reveal(session, refs), f"Opened the scores of {', '.join(refs)}.")

    async def _to_open(self, ref: str) -> list[str]:
        """The key result, or all that are ready where several are and the person chooses so."""
        shown = self._shown
        asked = {need.ref for need in (self.frame.needs if self.frame is not None else ()) if need.kind == "open"}
        ready = [line.ref for line in shown.lines if _is_ready(line) or line.ref in asked] if shown is not None else []
        if set(ready) <= {ref}:
            return [ref]
        from screens.dialogs.pick import Pick  # noqa: PLC0415  # loaded when asked for

        choices = [("one", f"{ref} alone"), ("all", f"All {len(ready)} that are in: {', '.join(ready)}")]
        picked = await self.app.push_screen_wait(Pick("Open together", choices))
        return {"one": [ref], "all": ready}.get(picked or "", [])

    @work(group="asking")
    async def action_propose(self) -> None:
        """Propose the agreed score."""
        await self._propose("scoring.propose")

    @work(group="asking")
    async def action_counter(self) -> None:
        """Counter the agreed score that is proposed with another."""
        await self._propose("scoring.counter")

    async def _propose(self, command: str) -> None:
        if full := await self.granted(command):
            from screens import score_forms as forms  # noqa: PLC0415  # as above

            await forms.propose(self, full)

    @work(group="asking")
    async def action_confirm(self) -> None:
        """Confirm the agreed score that the other side proposed."""
        full = await self.granted("scoring.confirm")
        if full is None or full.line.agreed is None:
            return
        ref, value = full.line.ref, full.line.agreed.value
        said = "no score" if value is None else f"{value:.1f}"
        if await self.confirmed(f"Confirm {said} as the agreed score of {ref}?\n\n{full.line.statement}", "Confirm"):
            await self.save(lambda session: scores.confirm(session, ref), f"{ref} is settled: {said}.")

    @work(group="asking")
    async def action_leave_unscored(self) -> None:
        """Leave it without a score, with a reason."""
        if full := await self.granted("scoring.none"):
            from screens import score_forms as forms  # noqa: PLC0415  # as above

            await forms.leave_unscored(self, full)

    @work(group="asking")
    async def action_decide(self) -> None:
        """Decide what becomes of it when the cycle closes."""
        if full := await self.granted("scoring.close"):
            from screens import score_forms as forms  # noqa: PLC0415  # as above

            await forms.decide(self, full)

    @work(group="asking")
    async def action_learn(self) -> None:
        """Write the line of learning of its objective."""
        if full := await self.granted("scoring.learn"):
            from screens import objective_forms as forms  # noqa: PLC0415  # as above

            await forms.learn(self, full.line.objective, full.line.objective_title, full.learning)


def _mark_in(session: Session, *, ref: str, side: ScoreSide) -> bool:
    scores.mark_in(session, ref, side)
    return True


def _of_side(line: ScoreLine, side: ScoreSide) -> SideScore:
    return line.self_score if side is ScoreSide.SELF else line.manager


def is_settled(line: ScoreLine) -> bool:
    """Whether both sides have agreed on a score."""
    return line.agreed is not None and line.agreed.state == "confirmed"


def _waits(line: ScoreLine, side: ScoreSide) -> bool:
    return not line.opened and not is_settled(line) and not _of_side(line, side).is_in


def _is_ready(line: ScoreLine) -> bool:
    return not line.opened and line.self_score.is_in and line.manager.is_in
