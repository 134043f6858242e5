"""Scores: a key result in a row of figures, and its two sides beside each other."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

from okrtui.core.model import CloseDecision, ScoreSide
from okrtui.core.scores import band
from widgets.marks import bar, number
from widgets.plot import weeks_plot
from widgets.text import joined, plain, words
from widgets.went import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okrtui.service.scoreboard import AgreedScore, ScoreLine, SideScore
    from okrtui.service.scoring import ScoringPage
    from okrtui.service.show import CheckinLine, ThreadLine

_FIGURES = 6  # cells of a figure, with the space before it
_THREE = 108  # cells in which the two sides and what is between them stand side by side
_BETWEEN = "  "
_GUIDANCE = {"low": "0.3", "middle": "0.7", "high": "1.0"}
_BANDS = {"low": "$text-error", "middle": "$text-warning", "high": "$text-success"}


# A row


def score_heads(width: int) -> Content:
    """The heads of the columns, for a list of this many cells."""
    figures = "".join(head.rjust(_FIGURES) for head in ("prog", "self", "mgr", "gap", "agr"))
    return Content.styled("KR".ljust(max(width - len(figures), 2)) + figures, "$foreground-muted")


def score_row(line: ScoreLine, width: int, mark: str = "") -> Content:
    """A key result in one line: a mark, its words, then its figures, each also a word or a sign."""
    figures = (
        words(_share(line.computed).rjust(_FIGURES)),
        _side_figure(line.self_score, opened=line.opened),
        _side_figure(line.manager, opened=line.opened),
        _gap_figure(line.gap),
        _agreed_figure(line.agreed),
    )
    room = max(width - _FIGURES * len(figures) - 1, 8)
    said = joined((mark, "$accent"), (line.ref, "bold"), " ", words(line.statement)).truncate(room, ellipsis=True)
    return joined(said.pad_right(room + 1 - said.cell_length), *figures)


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _side_figure(side: SideScore, *, opened: bool) -> Content:
    """An opened score; one's own under the seal in brackets, with a question mark while it is a draft; "in"; a dash."""
    if side.value is None:
        return Content("in".rjust(_FIGURES)) if side.is_in else Content.styled("–".rjust(_FIGURES), "$foreground-muted")
    if opened:
        return Content.styled(f"{side.value:.1f}".rjust(_FIGURES), _BANDS[band(side.value)])
    return Content(f"({side.value:.1f}){'' if side.is_in else '?'}".rjust(_FIGURES))


def _gap_figure(gap: float | None) -> Content:
    if gap is None:
        return Content.styled("–".rjust(_FIGURES), "$foreground-muted")
    wide = gap >= 0.2
    return Content.styled(f"{'!' if wide else ''}{gap:.1f}".rjust(_FIGURES), "bold $text-warning" if wide else "")


def _agreed_figure(agreed: AgreedScore | None) -> Content:
    if agreed is None:
        return Content.styled("–".rjust(_FIGURES), "$foreground-muted")
    value = "none" if agreed.value is None else f"{agreed.value:.1f}"
    settled = agreed.state == "confirmed"
    return Content.styled(f"{value}{'✓' if settled else '?'}".rjust(_FIGURES), "" if settled else "$text-warning")


# In full


def scoring_in_full(page: ScoringPage, width: int) -> Content:
    """Everything of one key result that is being scored, in ``width`` cells."""
    line = page.line
    rows = [
        words(line.statement, "bold"),
        words(f"{line.ambition}, under {line.objective} {line.objective_title}", "$foreground-muted"),
        *_grades(line),
        *_agreement(page),
        Content(""),
        *_sides(page, width),
        *_decision(page),
        *_learning(page),
        *_said(page.thread),
    ]
    return Content("\n").join(rows)


def _grades(line: ScoreLine) -> list[Content]:
    if line.computed_original is None:
        return [joined("progress  ", bar(line.computed))]
    return [
        joined("progress  ", bar(line.computed), "  against the numbers that stand"),
        joined("          ", bar(line.computed_original), "  against those it was agreed with"),
    ]


def _agreement(page: ScoringPage) -> list[Content]:
    last = page.line.agreed
    if last is None:
        return []
    value = "no score" if last.value is None else f"{last.value:.1f}"
    if last.state != "confirmed":
        other = "leadership" if last.side == "team" else "the team"
        said = f"@{last.proposed_by} proposes {value}: {other} confirms (y) or counters (n)."
        return [words(f"agreed    {said}", "$text-warning"), *_reason(last)]
    names = (
        last.proposed_by
        if last.confirmed_by in {None, last.proposed_by}
        else f"{last.proposed_by} and {last.confirmed_by}"
    )
    read = f"  {last.reading}" if last.reading else ""
    return [joined("agreed    ", (f"{value} ✓", "bold $text-success"), words(f"  by {names}.{read}")), *_reason(last)]


def _reason(last: AgreedScore) -> list[Content]:
    return [words(f"          {last.reason}", lines=True)] if last.reason else []


def _sides(page: ScoringPage, width: int) -> list[Content]:
    """Self left, manager right, guidance and history between; one above the other where there is little room."""
    own, manager = (
        _side(name, side, page, score)
        for name, side, score in (
            ("Self", page.line.self_score, ScoreSide.SELF),
            ("Manager", page.line.manager, ScoreSide.MANAGER),
        )
    )
    if width < _THREE:
        between = [*own, Content(""), *manager, Content(""), *_between(page, width)]
        return [row for one in between for row in _wrapped(one, width)]
    each = (width - 2 * len(_BETWEEN)) // 3
    columns = [own, _between(page, each), manager]
    return list(_beside([[row for one in column for row in _wrapped(one, each)] for column in columns], each))


def _wrapped(row: Content, width: int) -> Sequence[Content]:
    return row.wrap(width) or [Content("")]


def _beside(columns: Sequence[Sequence[Content]], each: int) -> Iterable[Content]:
    for cells in zip_longest(*columns, fillvalue=Content("")):
        *padded, last = [*(cell.pad_right(max(each - cell.cell_length, 0)) for cell in cells[:-1]), cells[-1]]
        yield Content(_BETWEEN).join([*padded, last])


def _side(name: str, side: SideScore, page: ScoringPage, score: ScoreSide) -> list[Content]:
    mine = " (yours to write)" if page.mine is score and not page.line.opened else ""
    head = Content.styled(f"{name}{mine}", "bold $accent")
    if side.value is None:
        return [head, *_unseen(side, page, score)]
    first = "" if side.first_value in {None, side.value} else f" (at first {side.first_value:.1f})"
    state = "" if page.line.opened else ", sealed" if side.is_in else ", a draft: mark it in (i)"
    figure = joined((f"{side.value:.1f}{first}", f"bold {_BANDS[band(side.value)]}"), words(f"{state}  @{side.author}"))
    return [head, figure, *_lines(side.reasoning or "")]


def _unseen(side: SideScore, page: ScoringPage, score: ScoreSide) -> list[Content]:
    if page.line.opened:
        return [words("was not waited for", "$foreground-muted")]
    if side.is_in:
        return [words("✉ in, and sealed until the team opens both (r)")]
    waited = score in page.waiting
    return [words("· not in yet" if waited else "· not waited for: nobody is there to write it", "$foreground-muted")]


def _lines(text: str) -> list[Content]:
    return [words(one) for one in text.split("\n")]


def _between(page: ScoringPage, width: int) -> list[Content]:
    """What both are read against: guidance, the weeks as a plot, and the last words of the team."""
    rows: list[Content] = []
    if any(page.guidance.values()):
        rows.append(Content.styled("Guidance", "bold $accent"))
        rows += [joined((f"{_GUIDANCE[name]}  ", "bold"), words(text)) for name, text in page.guidance.items() if text]
    values = [(one.week, one.value) for one in page.checkins if one.value is not None]
    way = None if page.baseline is None or page.target is None else (page.baseline, page.target)
    drawn = weeks_plot(values, page.weeks, way=way, width=min(width, 60))
    if drawn:
        unit = f" ({plain(page.unit)})" if page.unit else ""
        rows += [Content.styled(f"By week{unit}", "bold $accent"), *drawn.split("\n")]
    return rows + [row for one in page.checkins[-2:] for row in _checkin(one)]


def _checkin(one: CheckinLine) -> list[Content]:
    value = "" if one.value is None else f"{number(one.value)}, "
    return [words(f"week {one.week}: {value}confidence {one.confidence}", "$foreground-muted"), *_lines(one.context)]


def _decision(page: ScoringPage) -> list[Content]:
    if page.line.decision is None:
        return []
    said = DECISIONS[CloseDecision(page.line.decision)]
    why = f": {page.decision_words}" if page.decision_words else ""
    return [Content(""), joined(("Closing  ", "bold $accent"), words(f"{said}{why}", lines=True))]


def _learning(page: ScoringPage) -> list[Content]:
    if page.learning is None:
        return []
    return [
        Content(""),
        joined((f"Learnt of {page.line.objective}  ", "bold $accent"), words(page.learning, lines=True)),
    ]


def _said(thread: Sequence[ThreadLine]) -> list[Content]:
    """The conversation, the newest last."""
    told = [one for one in thread if one.body]
    if not told:
        return []
    rows = [Content(""), Content.styled("Thread", "bold $accent")]
    for one in told:
        style = "strike $foreground-muted" if one.struck else ""
        rows.append(joined((f"@{plain(one.author)}  ", "bold"), words(one.body, style, lines=True)))
    return rows
