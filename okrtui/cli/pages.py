"""What people read: one thing in full, a room, the tree, the scores, in lines of text."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from okrtui.cli import needs_text
from okrtui.cli.output import number, one_line, paint, percent, plain, table
from okrtui.core.model import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from okrtui.service.cards import InvitationCard, KeyResultCard, ObjectiveCard, PushbackCard
    from okrtui.service.commitments import CommitmentLine
    from okrtui.service.initiative_lines import InitiativeLine
    from okrtui.service.mine import Me, OwnObjective, SaidThisWeek
    from okrtui.service.rooms import Place, Room
    from okrtui.service.scoreboard import ScoreLine, SideScore
    from okrtui.service.show import CheckinLine, KeyResultPage, ObjectivePage, ThreadLine
    from okrtui.service.suggestions import SuggestionLine
    from okrtui.service.trees import Node


def key_result(page: KeyResultPage) -> str:
    """A key result in full."""
    return "\n".join(_key_result(page))


def _key_result(page: KeyResultPage) -> Iterator[str]:
    card, fields = page.card, page.fields
    yield _heading(card.ref, card.statement)
    yield f"{page.place.text} ▸ {card.objective} {one_line(page.objective_title)}"
    rows: list[tuple[str, object]] = [
        ("state", _state(card)),
        ("measured as", card.kind or "not said yet"),
        ("numbers", _numbers(card)),
        ("now", _now(card)),
        ("weight", number(card.weight)),
        ("owner", card.owner or "nobody yet"),
        ("control", _control(card, str(fields["shared_team"] or ""))),
        ("week nine", fields["week_nine"]),
        ("done means", fields["done_means"]),
        ("measure", fields["measure"]),
        ("baseline by", fields["baseline_due"]),
        ("written by", card.author),
        ("linked to", ", ".join(f"{one['parent']} ({one['kind']})" for one in page.links)),
        ("asks for a link to", ", ".join(one["parent"] for one in page.asked_links)),
        ("imported by", _import(page)),
        ("dots", f"{card.dots}, of them yours {card.my_dots}" if card.dots else ""),
        ("goes on from", _origin(page)),
        ("at closing", _closing(page)),
        ("goes on as", ", ".join(f"{one.ref} in {one.cycle}" for one in page.goes_on)),
    ]
    yield from _facts(rows)
    yield from _guidance(page.guidance)
    if page.original and card.amendment:
        yield f"Agreed as: {one_line(page.original.statement)}"
    yield from _section(
        "Missing before it is proposed", page.missing.values() if card.state in {"idea", "draft"} else ()
    )
    yield from _section("Asked by the writing checks", (f"{one.text} ({one.rule})" for one in page.check.questions))
    known = (f"{rule}: we know, because {one_line(because)}" for rule, because in page.quieted.items())
    yield from _section("Known", known)
    yield from _section("Would you still argue for it?", _defence(page))
    yield from _section("Initiatives", map(_own_initiative, page.initiatives))
    yield from _section("Promised", (f"@{one.person}: {_promise(one)}" for one in page.contributions))
    yield from _section("Check-ins", map(_checkin, page.checkins))
    yield from _section("Suggestions", map(_suggestion, page.suggestions))
    yield from _section("Thread", map(_said, page.thread))


def _import(page: KeyResultPage) -> str:
    if page.imported_by is None:
        return ""
    return (
        f"{page.imported_by}, adopted by {page.adopted_by}" if page.adopted_by else f"{page.imported_by}, not adopted"
    )


def _origin(page: KeyResultPage) -> str:
    """Where it comes from, how that one ended, and what was decided of it."""
    if (one := page.origin) is None:
        return ""
    ended = f"ended at {number(one.value)} {one.unit}".strip() if one.value is not None else "no data"
    score = "no agreed score" if one.score is None else f"agreed score {one.score}"
    decided = f"decided: {one.decision}" if one.decision else ""
    told = ", ".join(filter(None, (f"{one.ref} of {one.cycle}", ended, percent(one.progress), score, decided)))
    return f"{told}: {one_line(one.words)}" if one.words else told


def _closing(page: KeyResultPage) -> str:
    if (one := page.closing) is None:
        return ""
    return f"{one.decision}{f': {one_line(one.words)}' if one.words else ''} ({one.author})"


def _defence(page: KeyResultPage) -> Iterator[str]:
    if one := page.defence:
        yield f"{one.decision} ({one.author}, {one.at})\n{indent(plain(one.argument), '  ')}"
    if page.defence_due:
        yield f"Two thirds are through: answer with `okrtui kr defend {page.card.ref}`."


def _suggestion(one: SuggestionLine) -> str:
    moved = ", which says something else by now" if one.moved and one.state == "open" else ""
    change = f"{one.field}: {one_line(one.before) or '–'} → {one_line(one.proposed) or '–'}"
    lines = [f"{one.ref}  {one.author}, {one.at}: {change}{moved}"]
    if one.words:
        lines.append(indent(plain(one.words), "  "))
    if one.state != "open":
        lines.append(f"  {one.state} by {one.decided_by}: {one_line(one.reason)}".rstrip(": "))
    return "\n".join(lines)


def _heading(ref: str, words: str) -> str:
    return paint(f"{ref}  {one_line(words)}", "bold")


def _facts(rows: Sequence[tuple[str, object]]) -> list[str]:
    return table([(name, value) for name, value in rows if value], indent="  ")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    if found := list(lines):
        yield ""
        yield paint(title, "bold")
        yield from (indent(line, "  ") for line in found)


def _state(card: KeyResultCard) -> str:
    words = spoken(card.state)
    if card.amendment:
        words += f", amended ({card.amendment})"
    return f"{words}: {card.reason}" if card.reason else words


def _numbers(card: KeyResultCard) -> str:
    unit = f" {card.unit}" if card.unit else ""
    if card.kind == "maintain":
        return f"between {number(card.low)} and {number(card.high)}{unit}"
    if card.kind in {"increase", "decrease"}:
        return f"{number(card.baseline)} → {number(card.target)}{unit}"
    return ""


def _now(card: KeyResultCard) -> str:
    if card.checked_week is None:
        return "no data"
    value = (
        ""
        if card.value is None or card.kind in {"milestone", "binary"}
        else f"{number(card.value)} {card.unit}".strip()
    )
    parts = [value, percent(card.progress), card.pace or "", f"confidence {card.confidence}"]
    marks = [word for word, holds in (("fell", card.fell), ("silent", card.silent)) if holds]
    return ", ".join(part for part in (*parts, *marks) if part)


def _control(card: KeyResultCard, shared: str) -> str:
    if card.control is None:
        return "not said yet"
    words = card.control.replace("_", " ")
    return f"{words} with {shared}" if shared else words


def _guidance(found: dict[str, str]) -> Iterator[str]:
    marks = (("0.3", "low"), ("0.7", "middle"), ("1.0", "high"))
    yield from _section("Guidance", (f"{mark}: {one_line(found[name])}" for mark, name in marks if found[name]))


def _checkin(one: CheckinLine) -> str:
    late = ", late" if one.late else ""
    value = f"{number(one.value)}, " if one.value is not None else ""
    lines = [f"week {one.week}: {value}confidence {one.confidence} ({one.author}{late})"]
    for word, said in (("", one.context), ("blocked: ", one.blocker), ("next: ", one.next)):
        if said:
            lines.append(indent(f"{word}{plain(said)}", "  "))
    return "\n".join(lines)


def _said(one: ThreadLine) -> str:
    topic = "" if one.topic == "comment" else f" {one.topic}"
    struck = " (struck through)" if one.struck else ""
    quoted = f"\n  > {one_line(one.quoted)}" if one.quoted else ""
    body = "\n" + indent(plain(one.body), "  ") if one.body else ""
    return f"{one.ref}  {one.author}{topic}, {one.at}{struck}{quoted}{body}"


def objective(page: ObjectivePage) -> str:
    """An objective in full."""
    return "\n".join(_objective(page))


def _objective(page: ObjectivePage) -> Iterator[str]:
    yield _heading(page.ref, page.title)
    yield page.place.text
    rows = [
        ("state", f"{page.state}: {page.reason}" if page.reason else page.state),
        ("ambition", page.ambition),
        ("written by", page.author),
        ("contributes to", ", ".join(link["parent"] for link in page.parents)),
        ("asks to contribute to", ", ".join(link["parent"] for link in page.asked_parents)),
        ("asked to stand below", ", ".join(f"{one.child} → {one.parent}" for one in page.asked_below)),
        ("goes on from", " of ".join(page.origin or ())),
        ("goes on as", ", ".join(f"{ref} in {cycle}" for ref, cycle in page.goes_on)),
        ("learnt", page.learning),
    ]
    yield from _facts(rows)
    yield from _section("Why", [plain(page.why)] if page.why else [])
    yield from _section("Answers", (_answer(one) for one in page.invitations))
    yield from _section("Key results", table(map(_key_result_row, page.key_results)))
    texts = (f"{one.at} by {one.author}  {one_line(one.statement)}" for one in page.texts[:-1])
    yield from _section("Earlier texts", texts)
    yield from _section("Stood in", (f"{one.at} {one.person} ({one.text}): {one.verb}" for one in page.stood_in))
    yield from _section("Suggestions", map(_suggestion, page.suggestions))
    yield from _section("Thread", map(_said, page.thread))


def _answer(one: InvitationCard) -> str:
    who = one.team or one.team_name
    lines = [f"{who}: {one.state.replace('_', ' ')}" + (", reworded since it accepted" if one.reworded else "")]
    if one.need:
        lines.append(f"  {spoken(one.need)}: {one_line(one.need_words)}")
    if one.straight_line:
        lines.append(indent(plain(one.straight_line), "  "))
    return "\n".join([*lines, *(line for each in one.rounds for line in _round(each))])


def _round(one: PushbackCard) -> Iterator[str]:
    yield f"  pushback {one.round} by {one.author}, {spoken(one.reason)}: {one_line(one.words)}"
    if one.answer:
        into = f" into {', '.join(one.into)}" if one.into else ""
        yield f"  {one.answer}{into} by {one.answered_by}: {one_line(one.answer_words)}".rstrip(": ")
    elif one.state == "taken_back":
        yield "  taken back"


def _key_result_row(card: KeyResultCard) -> tuple[object, ...]:
    return card.ref, card.team, spoken(card.state), percent(card.progress), card.statement


def room(found: Room) -> str:
    """A team's room."""
    return "\n".join(_room(found))


def _room(found: Room) -> Iterator[str]:
    yield paint(found.place.text, "bold")
    if found.steady:
        yield "A steady team: no OKRs are asked of it."
    yield from (f"! {one}" for one in found.warnings)
    if not found.objectives and found.place.cycle:
        yield "No objective is put to it yet."
    for one in found.objectives:
        yield ""
        yield from _objective_card(one)
    yield from _section("Needs you", [needs_text.lines(found.needs_you, named=False)] if found.needs_you else [])


def _objective_card(one: ObjectiveCard) -> Iterator[str]:
    yield _heading(one.ref, one.title)
    weakest = f", weakest {one.progress.weakest}" if one.progress.weakest else ""
    yield f"  {percent(one.progress.share)}, {one.progress.text}{weakest} ({one.ambition}, set by {one.team})"
    if one.invitation is None:
        yield f"  {one.state}"
    else:
        yield indent(_answer(one.invitation), "  ")
    rows = [
        (card.ref, spoken(card.state), percent(card.progress), _confidence(card), card.pace or "", card.statement)
        for card in one.key_results
    ]
    yield from table(rows, indent="  ")


def _confidence(card: KeyResultCard) -> str:
    return "" if card.confidence is None else f"confidence {card.confidence}"


def tree(place: Place, roots: Sequence[Node], *, care: bool = False) -> str:
    """The alignment tree, or, with ``care``, what of it needs care."""
    lines = [paint(place.text, "bold")]
    for root in roots:
        lines.extend(_node(root, 0))
    if not roots:
        lines.append("Nothing needs care." if care else "No objective is published yet.")
    return "\n".join(lines)


def _node(one: Node, depth: int) -> Iterator[str]:
    marks = f" [{', '.join(one.marks)}]" if one.marks else ""
    told = ", ".join(_figures(one))
    yield f"{'  ' * depth}{one.ref}  {one_line(one.text)}{f' ({told})' if told else ''}{marks}"
    for child in one.children:
        yield from _node(child, depth + 1)


def _figures(one: Node) -> Iterator[str]:
    """Whose it is, how far it is, and, as a figure of its own, how far what contributes to it is."""
    if one.kind == "team":
        return
    yield from filter(None, (one.team, one.owner if one.kind in {"initiative", "commitment"} else ""))
    if one.kind in {"objective", "key_result"}:
        yield percent(one.progress)
    if one.confidence is not None:
        yield f"confidence {one.confidence}"
    if one.aligned is not None:
        yield f"aligned below {percent(one.aligned.share)} of {one.aligned.of}"


def scores(found: Sequence[ScoreLine]) -> str:
    """The scores of a cycle."""
    if not found:
        return "No key result is agreed yet, so there is nothing to score."
    return "\n".join(line for one in found for line in _score(one))


def _score(one: ScoreLine) -> Iterator[str]:
    yield _heading(one.ref, one.statement)
    original = "" if one.computed_original is None else f", {percent(one.computed_original)} of what was agreed first"
    yield f"  computed {percent(one.computed)}{original} ({one.team})"
    yield f"  self     {_side(one.self_score)}"
    yield f"  manager  {_side(one.manager)}"
    if one.gap is not None:
        yield f"  gap      {one.gap}"
    if last := one.agreed:
        value = "no score" if last.value is None else last.value
        settled = last.state == "confirmed"
        who = f"confirmed by {last.confirmed_by}" if settled else f"proposed by {last.proposed_by}, not confirmed yet"
        reason = f": {one_line(last.reason)}" if last.reason else ""
        yield f"  agreed   {value}, {who}{reason}"
        if last.reading:
            yield f"           {last.reading}"
    if one.decision:
        yield f"  closing  {one.decision}"


def _side(one: SideScore) -> str:
    if one.value is None:
        return "in, sealed" if one.is_in else "not in"
    first = "" if one.first_value == one.value else f", at first {one.first_value}"
    state = "" if one.is_in else " (a draft)"
    return f"{one.value}{first}{state} by {one.author}: {one_line(one.reasoning)}"


def me(found: Me) -> str:
    """One's own page."""
    return "\n".join(_me(found))


def _me(found: Me) -> Iterator[str]:
    yield _heading(found.handle, found.name)
    own = found.own
    week = f", week {own.week}" if own.week else ""
    rows = [
        ("teams", ", ".join(slug for slug, _ in found.teams)),
        ("cycle", f"{own.cycle}{week}" if own.cycle else ""),
        ("marks", "admin" if found.admin else ""),
    ]
    yield from _facts(rows)
    yield from _section("Objectives of your own", map(_own_objective, own.objectives))
    yield from _section("Key results you own", table(map(_key_result_row, own.key_results)))
    yield from _section("Initiatives you own", (_own_initiative(one) for one in own.initiatives))
    public = [one for one in own.commitments if one.kind != "development"]
    yield from _section("What you promised", map(_promise, public))
    private = [one for one in own.commitments if one.kind == "development"]
    yield from _section("Development goals (read by you and the leads of your teams alone)", map(_promise, private))
    yield from _section(
        "Development goals in the teams you lead", (f"@{one.person}: {_promise(one)}" for one in own.growth)
    )
    yield from _section(
        "How each reaches the company", (one_line(way) for way in dict.fromkeys(own.ways.values()) if way)
    )
    yield from _section("Your check-ins this week", map(_said_this_week, own.checkins.values()))
    yield from _section("Needs you", [needs_text.lines(found.needs_you, named=False)])


def _own_objective(one: OwnObjective) -> str:
    return f"{one.ref}  {one_line(one.title)} ({spoken(one.state)}; {spoken(one.need)}: {one_line(one.need_words)})"


def _own_initiative(one: InitiativeLine) -> str:
    moves = ", ".join(ref for ref, _ in one.moves)
    return f"{one.ref}  {one_line(one.title)} ({one.status}, {f'for {moves}' if moves else 'moves nothing yet'})"


def _promise(one: CommitmentLine) -> str:
    to = f" to {one.about}" if one.about else ""
    return f"{one.ref}  {one_line(one.words)} ({one.kind}{to}, {spoken(one.state)})"


def _said_this_week(one: SaidThisWeek) -> str:
    value = f"{number(one.value)}, " if one.value is not None else ""
    return f"{one.ref}  {value}confidence {one.confidence}: {one_line(one.context)}".rstrip(": ")
