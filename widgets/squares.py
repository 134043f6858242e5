"""The four squares: priorities with the wins, confidence, what is coming, guardrails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container
from textual.content import Content
from textual.widgets.option_list import Option

from widgets.listing import Listing
from widgets.marks import confidence, measured, spark
from widgets.text import joined, words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from okrtui.service.cards import KeyResultCard
    from okrtui.service.squares import Coming, Guardrail, Said, Squares


class FourSquares(Container):
    """Two by two where there is room; else one below the other, the one with the focus the tallest.

    The ids of its options hold the ref of what they are about, behind a number and a space where it may be there twice.
    """

    DEFAULT_CSS = """
    FourSquares {
        layout: grid;
        grid-size: 2 2;
        height: 1fr;
        & > Listing { height: 1fr; text-wrap: wrap; }
    }
    """

    def compose(self) -> ComposeResult:
        """Four lists."""
        yield Listing(id="priorities", title="Priorities")
        yield Listing(id="confidence", title="Confidence, the lowest first")
        yield Listing(id="coming", title="Coming in four weeks")
        yield Listing(id="guardrails", title="Guardrails")

    def show(self, found: Squares) -> None:
        """Show what was read, each list keeping its cursor."""
        week = f" of week {found.week}" if found.week is not None else ""
        listing = self.query_one("#priorities", Listing)
        listing.border_title = Content(f"Priorities{week}")
        listing.show(_week_options(found), _no_priorities(found))
        sure = [Option(_confidence_row(card), id=card.ref) for card in found.confidence]
        self.query_one("#confidence", Listing).show(sure, "No key result is agreed yet.")
        ahead = [Option(_coming_row(one), id=f"{place} {one.ref}") for place, one in enumerate(found.coming)]
        self.query_one("#coming", Listing).show(ahead, "Nothing is dated in the next four weeks.")
        held = [Option(_guardrail_row(one), id=one.card.ref) for one in found.guardrails]
        self.query_one("#guardrails", Listing).show(
            held, "None yet: a key result of kind maintain and weight 0 is one, so that no gain is paid for elsewhere."
        )

    def choose(self, ref: str) -> bool:
        """Put the cursor on a priority, a win or a key result; False where it is not here."""
        return any(listing.choose(ref) for listing in self.query(Listing))


def _week_options(found: Squares) -> list[Option]:
    """The priorities; below them the wins, where there are any or it is the day for them."""
    options = [Option(_priority_row(one), id=one.ref) for one in found.priorities]
    if not found.wins and not (found.asks_for_wins and found.week is not None):
        return options
    if not options:
        options.append(Option(words(_no_priorities(found), "$foreground-muted"), disabled=True))
    options.append(Option(Content("Wins"), disabled=True))
    options += [Option(_win_row(one), id=one.ref) for one in found.wins]
    if not found.wins:
        options.append(
            Option(words("What went well this week? Write it down (a).", "$foreground-muted"), disabled=True)
        )
    return options


def _no_priorities(found: Squares) -> str:
    if not found.place.cycle:
        return "There is no cycle yet."
    if found.week is None:
        return f"{found.place.cycle} begins on {found.place.starts}: its weeks have priorities then."
    return "No priorities yet: what comes first this week? Write it down (a)."


def _by(one: Said) -> Content:
    return words(f"  @{one.author}", "$foreground-muted")


def _priority_row(one: Said) -> Content:
    style = "bold $accent" if one.rank == "P1" else "bold"
    return joined((one.rank, style), " ", words(one.words), _by(one))


def _win_row(one: Said) -> Content:
    return joined(("★ ", "$text-success"), words(one.words), _by(one))


def _confidence_row(card: KeyResultCard) -> Content:
    before = f" from {card.trend[-2][2]}" if card.fell and len(card.trend) > 1 else ""
    parts = [joined(confidence(card.confidence, fell=card.fell), before)]
    if line := spark([value for _, _, value in card.trend]):
        parts.append(Content(line))
    if card.silent:
        parts.append(Content.styled("silent", "$text-warning"))
    parts.append(joined((card.ref, "bold"), " ", words(card.statement)))
    return Content("  ").join(parts)


def _coming_row(one: Coming) -> Content:
    parts: list[str | Content | tuple[str, str]] = []
    if one.overdue:
        parts.append(("! late ", "bold $text-error"))
    if one.day is not None:
        parts.append((f"{one.day:%a %d %b} ", "$accent"))
    if one.ref:
        parts += [(one.ref, "bold"), " "]
    return joined(*parts, words(one.text))


def _guardrail_row(one: Guardrail) -> Content:
    told = {
        True: ("✓ inside ", "$text-success"),
        False: ("✕ outside", "bold $text-error"),
        None: ("· no data", "$foreground-muted"),
    }[one.inside]
    return joined(told, " ", (one.card.ref, "bold"), " ", words(one.card.statement), "  ", words(measured(one.card)))
