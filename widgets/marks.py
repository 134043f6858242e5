"""Small drawings in a line: bars, sparklines and glyphs, each with a word or a number beside its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from okrtui.core.confidence import band
from okrtui.report.bars import blocks
from widgets.text import joined, plain, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.service.cards import KeyResultCard, ObjectiveCard

_SPARKS = "▁▂▃▄▅▆▇█"

STATE_GLYPHS = {
    "idea": "◌",
    "draft": "○",
    "proposed": "◐",
    "agreed": "●",
    "parked": "▫",
    "dropped": "✕",
    "not_agreed": "✕",
}

_BAND_STYLES = {"low": "$text-error", "middle": "$text-warning", "high": "$text-success"}
_PACE_STYLES = {"behind": "$text-error", "ahead": "$text-success", "on": "$text-success"}


def number(value: float | None) -> str:
    """A number as people write it: 20, 0.35, 1,200; a dash for none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:,.4g}"


def bar(share: float | None, width: int = 8) -> Content:
    """A progress bar with its figure; dots and "no data" where there is none, never an empty bar."""
    if share is None:
        return Content.styled("·" * width + " no data", "$foreground-muted")
    return joined((blocks(share, width), "$primary on $surface-lighten-2"), f" {share:>4.0%}")


def spark(values: Sequence[float | None], width: int = 8) -> str:
    """The last values as a line of blocks; a space for a week without."""
    last = list(values)[-width:]
    known = [value for value in last if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    scale = (high - low) or 1.0
    return "".join(
        " " if value is None else _SPARKS[min(7, int((value - low) / scale * 7.999))] if high > low else "▄"
        for value in last
    )


def confidence(value: int | None, *, fell: bool) -> Content:
    """Confidence with its band's glyph, and an arrow and a word where it fell."""
    if value is None:
        return Content.styled("conf –", "$foreground-muted")
    held = band(value)
    glyph = {"low": "▼", "middle": "◆", "high": "▲"}[held]
    shown = Content.styled(f"conf {value} {glyph}", _BAND_STYLES[held])
    return joined(shown, (" fell", "bold $text-error")) if fell else shown


def pace(text: str | None) -> Content:
    """Pace in its words, coloured."""
    if not text:
        return Content("")
    return Content.styled(text, _PACE_STYLES.get(text.split()[0], ""))


def measured(card: KeyResultCard) -> str:
    """A key result's numbers: "26 → 20 → 8 hours", "within 2 to 4 %", or what its kind has instead."""
    unit = f" {plain(card.unit)}" if card.unit else ""
    match card.kind:
        case "increase" | "decrease":
            now = f" → {number(card.value)}" if card.checked_week is not None else ""
            return f"{number(card.baseline)}{now} → {number(card.target)}{unit}"
        case "maintain":
            now = f"{number(card.value)} " if card.checked_week is not None else ""
            return f"{now}within {number(card.low)} to {number(card.high)}{unit}"
        case "milestone":
            return "milestone"
        case "binary":
            return "done or not"
        case "establish":
            return f"to be established{f' ({number(card.value)}{unit})' if card.value is not None else ''}"
        case _:
            return "no numbers yet"


def key_result_row(card: KeyResultCard, *, indent: str = "  ", under: str = "") -> Content:
    """A key result in two lines: its words, then what it says of itself; ``under`` is said in place of its state."""
    glyph = STATE_GLYPHS.get(card.state, "○")
    first = joined(f"{indent}{glyph} ", (card.ref, "bold"), " ", words(card.statement))
    parts: list[Content] = [words(under, "$foreground-muted")] if under else []
    parts.append(words(measured(card)))
    agreed = card.state == "agreed"
    if agreed:
        parts += [bar(card.progress), confidence(card.confidence, fell=card.fell)]
    elif not under:
        parts.append(Content.styled(card.state.replace("_", " "), "italic"))
    parts += [Content.styled(mark, "$text-warning") for mark in marks(card)]
    parts.append(words(f"@{card.owner}") if card.owner else Content.styled("no owner", "$text-warning"))
    if agreed:
        parts += [Content(line)] if (line := spark([value for _, value, _ in card.trend])) else []
        parts += [pace(card.pace)] if card.pace else []
    second = Content("  ").join(parts)
    return joined(first, "\n", f"{indent}  ", second)


def marks(card: KeyResultCard) -> list[str]:
    """Words worth a look: silent, amended, owner away, comments."""
    found = []
    if card.silent:
        found.append("silent")
    if card.amendment is not None:
        found.append({"asked": "amendment asked", "questioned": "amendment questioned"}.get(card.amendment, "amended"))
    if card.owner is not None and not card.owner_active:
        found.append("owner inactive")
    if card.weight == 0:
        found.append("guardrail")
    if card.comments:
        found.append(f"{card.comments}✎")
    return found


def objective_row(card: ObjectiveCard) -> Content:
    """An objective in two lines: its title, then how far it is."""
    ambition = "committed" if card.ambition == "committed" else "aspirational"
    first = joined(("◎ ", "$accent"), (card.ref, "bold $accent"), " ", words(card.title, "bold"))
    parts: list[Content] = [Content.styled(ambition, "$foreground-muted")]
    if card.state != "published":
        parts.append(Content.styled(card.state, "italic $text-warning"))
    if card.invitation is not None:
        parts.append(answer(card))
    progress = card.progress
    if progress.of:
        parts += [bar(progress.share) if progress.counted else Content("not counted"), Content(progress.text)]
        if progress.weakest:
            parts.append(joined("weakest ", progress.weakest, " ", _share(progress.weakest_share)))
    if not card.linked:
        parts.append(Content.styled("no way up", "$text-warning"))
    return joined(first, "\n  ", Content("  ").join(parts))


def _share(share: float | None) -> str:
    return "no data" if share is None else f"{share:.0%}"


def answer(card: ObjectiveCard) -> Content:
    """What the team has said to an objective."""
    invitation = card.invitation
    if invitation is None:
        return Content("")
    if invitation.state == "accepted" and invitation.reworded:
        return Content.styled("reworded since accepted", "$text-warning")
    styles = {"pushed_back": "$text-error", "open": "$text-warning", "accepted": "$text-success"}
    return Content.styled(invitation.state.replace("_", " "), styles.get(invitation.state, ""))
