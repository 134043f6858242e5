"""A quarter that people of both sides play, and what has to hold whatever they try."""

from __future__ import annotations

import json
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from conftest import QUARTER, Company

from okrtui.core.acts import Act
from okrtui.core.errors import Conflict, Invalid, OkrtuiError
from okrtui.core.model import KeyResultState, Phase, ScoreSide, Side
from okrtui.core.rules import RULES
from okrtui.service import (
    checkins,
    closing,
    cycles,
    defences,
    dots,
    invitations,
    key_results,
    needs,
    objectives,
    quiets,
    rooms,
    rounds,
    scoreboard,
    scores,
    setup,
    show,
    suggestions,
    threads,
    trees,
    undo,
)
from okrtui.service.session import stamp
from okrtui.store import events
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from okrtui.service.session import Session

NEXT = {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"}

PEOPLE = ("olga", "lea", "ana", "ben", "eve", "rob")
LEADERSHIP, TEAM = {"olga", "lea"}, {"ana", "ben", "eve"}

ANYBODYS = {Act.COMMENT, Act.OBJECTIVE_SUGGEST}

# From each state of a key result to the next, by the verbs that lead there.
MOVES = {
    "kr.start": ({"idea"}, {"draft"}),
    "kr.idea": ({"draft"}, {"idea"}),
    "kr.propose": ({"idea", "draft"}, {"proposed"}),
    "kr.take_back": ({"proposed"}, {"draft"}),
    "kr.return": ({"proposed"}, {"draft"}),
    "kr.agree": ({"proposed"}, {"agreed"}),
    "kr.park": ({"idea", "draft", "proposed"}, {"parked"}),
    "kr.unpark": ({"parked"}, {"idea", "draft", "proposed"}),
    "kr.drop": ({"idea", "draft", "proposed", "agreed", "parked"}, {"dropped"}),
    "kr.move": ({"idea", "draft", "proposed", "parked"}, {"idea", "draft", "parked"}),
}
# The texts that a file keeps whatever comes after; a sealed score may be written anew before it is opened.
KEPT = (
    "SELECT title || why FROM objective_text UNION ALL SELECT statement FROM key_result_text "
    "UNION ALL SELECT body FROM comment UNION ALL SELECT words || answer_words FROM pushback "
    "UNION ALL SELECT context || blocker || next FROM checkin UNION ALL SELECT context || blocker || next FROM checkin_text "
    "UNION ALL SELECT reasoning FROM score UNION ALL SELECT reason FROM calibration UNION ALL SELECT payload FROM event"
)


class Quarter:
    """Five people and a reader, one objective after the other, and a clock that goes on."""

    def __init__(self, stage: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        now = datetime(2026, 10, 6, 10, tzinfo=UTC)
        store = Store.create(Path(self.folder.name) / "okr.db", rehearsal=True, now=stamp(now))
        self.company = Company(store, now)
        self.said: list[str] = []
        self.sealed: dict[str, str] = {}
        self.originals: dict[int, list[str]] = {}
        self.suggested: dict[int, list[str]] = {}
        self.numbers: dict[str, dict[str, int]] = {}
        self.spreads: dict[str, list[tuple[int, ...]]] = {}
        self.count = 0
        self.found(stage)

    def found(self, stage):
        company = self.company
        setup.found_company(company.operator, company="Acme", handle="olga", login="olga", name="Olga", lead=None)
        company.team("sales")
        company.team("east", under="sales")
        company.person("lea", leads=("sales",))
        company.person("ana", "sales")
        company.person("ben", "sales")
        company.person("eve", "east")
        company.person("rob")
        cycles.add(company.operator, dict(QUARTER))
        self.objective("lea")
        self.publish("lea", 1)
        self.invite("lea", 1, "sales")
        if stage != "invited":
            self.accept("ana", 1)
            self.key_result("ana", 1, "ana", whole=True)
        if stage in {"agreed", "running", "scoring", "in", "ending"}:
            self.exchange(1, "ana", "lea")
        if stage == "ending":
            self.key_result("ana", 1, "ben", whole=True)
            self.exchange(2, "ana", "lea")
        for later in ("running", "scoring"):
            if stage in {later, "scoring", "in", "ending"}:
                self.move_the_cycle("olga", back=False)
        if stage == "ending":
            self.end("ana", 1, "keep", why=True)
            self.end("lea", 2, "change", why=True)
            self.add_the_next_cycle("olga")
        if stage == "in":
            self.score("ana", 1, ScoreSide.SELF, 0.4, is_in=True)
            self.score("lea", 1, ScoreSide.MANAGER, 0.7, is_in=True)

    def __enter__(self) -> Quarter:
        return self

    def __exit__(self, *_: object) -> None:
        self.company.store.close()
        self.folder.cleanup()

    # What every try has in common ------------------------------------------------------------------------------------

    def words(self) -> str:
        self.count += 1
        return f"words{self.count}."

    def try_(self, by: str, do: Callable[[Session], object], words: str = "") -> bool:
        """Do it; a refusal is a sentence and leaves nothing behind, a deed leaves its events and its words."""
        before, states = self.newest(), self.states()
        refused = refusal_of(do, self.company.as_(by))
        if refused is not None:
            assert_a_sentence(refused)
            assert self.newest() == before, f"refused, and yet something was written: {refused}"
            assert self.states() == states
            return False
        told = self.events(before)
        if words and told:
            self.said.append(words)
        for event in told:
            self.check_author(by, event)
        self.check_moves(states, told)
        return True

    def newest(self) -> int:
        with self.company.store.reading() as connection:
            return events.latest_id(connection)

    def events(self, after: int) -> list[events.Event]:
        with self.company.store.reading() as connection:
            return events.after_id(connection, after, 100)

    def states(self) -> dict[str, str]:
        with self.company.store.reading() as connection:
            return {f"KR{number}": state for number, state in connection.execute("SELECT id, state FROM key_result")}

    def check_author(self, by: str, event: events.Event) -> None:
        side = "leadership" if by in LEADERSHIP else "team" if by in TEAM else "reader"
        if event.verb in set(Act):
            # Towards an objective that was not put to their team everybody but its leads is a reader.
            assert event.side == side or (event.verb in ANYBODYS and event.side == "reader"), event
            # Withdrawing an objective drops its key results, which is leadership's one way to end them.
            if not (event.verb == Act.KR_DROP and event.after["reason"] == "objective withdrawn"):
                assert Side(side) in RULES[Act(event.verb)].by, event
        assert not event.alone

    def check_moves(self, before: dict[str, str], told: list[events.Event]) -> None:
        after = self.states()
        verbs = {event.ref: event.verb for event in told}
        for ref, state in after.items():
            if ref not in before:
                assert verbs[ref] in {Act.KR_ADD, "kr.carry"}
                assert state in ({"draft"} if verbs[ref] == "kr.carry" else {"idea", "draft"})
                self.check_begins_empty(ref)
            elif state != before[ref] and not any(event.verb == "cycle.advance" for event in told):
                source, target = MOVES[verbs[ref]]
                assert before[ref] in source, (ref, verbs[ref])
                assert state in target, (ref, verbs[ref])
        assert set(before) <= set(after)

    def check_begins_empty(self, ref: str) -> None:
        """A key result begins with nothing of what another came to, also the one it goes on from."""
        page = show.key_result(self.company.as_("rob"), ref)
        assert (page.card.progress, page.card.value, page.card.confidence, page.checkins) == (None, None, None, ())
        assert not page.goes_on

    @property
    def is_scoring(self) -> bool:
        with self.company.store.reading() as connection:
            return bool(connection.execute("SELECT 1 FROM cycle WHERE phase = 'scoring'").fetchone())

    # What people try -------------------------------------------------------------------------------------------------

    def objective(self, by):
        words = self.words()
        fields = {"title": words, "why": "Because"}
        self.try_(by, lambda one: objectives.add(one, team="sales", cycle=None, fields=fields), words)

    def publish(self, by, number):
        self.try_(by, lambda one: objectives.publish(one, f"O{number}"))

    def invite(self, by, number, team):
        self.try_(by, lambda one: objectives.invite(one, f"O{number}", [team]))

    def reword(self, by, number, edit):
        words = self.words()
        use = objectives.edit if edit else objectives.reword
        self.try_(by, lambda one: use(one, f"O{number}", {"title": words}), words)

    def withdraw(self, by, number):
        words = self.words()
        self.try_(by, lambda one: objectives.withdraw(one, f"O{number}", words), words)

    def release(self, by, number, uninvite):
        if uninvite:
            self.try_(by, lambda one: objectives.uninvite(one, f"O{number}", "sales"))
        else:
            self.try_(by, lambda one: invitations.release(one, f"O{number}", "sales", "Released"))

    def accept(self, by, number):
        words = self.words()
        self.try_(by, lambda one: invitations.accept(one, f"O{number}", "sales", words), words)

    def push_back(self, by, number, back):
        words = self.words()
        if back:
            self.try_(by, lambda one: invitations.take_back(one, f"O{number}", None))
        else:
            do = invitations.push_back
            self.try_(by, lambda one: do(one, f"O{number}", "sales", "cannot_measure", words), words)

    def answer(self, by, number, answer, into):
        words = self.words()
        fields = {"answer": answer, "words": words, "into": [f"O{into}"] if answer == "split" else []}
        self.try_(by, lambda one: invitations.answer(one, f"O{number}", "sales", fields), words)

    def key_result(self, by, number, owner, whole):
        words = self.words()
        fields = {"statement": words, "owner": owner if owner in TEAM or not whole else "ana"}
        if whole:
            fields |= {"kind": "decrease", "baseline": 26, "target": 8, "control": "ours", "week_nine": "Yes"}
        self.try_(by, lambda one: key_results.add(one, f"O{number}", "sales", fields, draft=whole), words)

    def edit(self, by, number, goal):
        words = self.words()
        self.try_(by, lambda one: key_results.edit(one, f"KR{number}", {"statement": words, "target": goal}), words)

    def move(self, by, number, do):
        self.try_(by, lambda one: getattr(key_results, do)(one, f"KR{number}"))

    def exchange(self, number, by, lead):
        self.try_(by, lambda one: key_results.propose(one, f"KR{number}"))
        self.try_(lead, lambda one: key_results.agree(one, f"KR{number}"))

    def send_back(self, by, number):
        words = self.words()
        self.try_(by, lambda one: key_results.send_back(one, f"KR{number}", words), words)

    def amend(self, by, number, goal):
        words = self.words()
        self.try_(by, lambda one: key_results.amend(one, f"KR{number}", {"target": goal}, words), words)

    def drop(self, by, number):
        words = self.words()
        self.try_(by, lambda one: key_results.drop(one, f"KR{number}", words), words)

    def own(self, by, number, owner):
        self.try_(by, lambda one: key_results.edit(one, f"KR{number}", {"owner": owner}))

    def adopt(self, by, number):
        self.try_(by, lambda one: key_results.adopt(one, f"KR{number}"))

    def answer_question(self, by, number):
        words = self.words()
        self.try_(by, lambda one: key_results.answer(one, f"KR{number}", words), words)

    def suggest(self, by, number, noun, goal):
        words, ref = self.words(), f"{noun}{number}"
        field, proposed = ("title", words) if noun == "O" else ("target", str(goal)) if goal else ("statement", words)
        self.try_(by, lambda one: suggestions.suggest(one, ref, field, proposed, f"{words} @ana"), words)

    def decide(self, by, number, take, why):
        words = self.words() if why else ""
        do = suggestions.take if take else suggestions.decline
        self.try_(by, lambda one: do(one, f"S{number}", words), words)

    def dot(self, by, number, off):
        do = dots.take_off if off else dots.put
        self.try_(by, lambda one: do(one, f"KR{number}"))

    def quiet(self, by, number):
        words = self.words()
        self.try_(by, lambda one: quiets.quiet(one, f"KR{number}", "number", words), words)

    def defend(self, by, number, decision):
        words = self.words()
        self.try_(by, lambda one: defences.defend(one, f"KR{number}", decision, words), words)

    def undo(self, by):
        self.try_(by, undo.undo)

    def comment(self, by, number, noun):
        words = self.words()
        self.try_(by, lambda one: threads.comment(one, f"{noun}{number}", f"{words} @ana"), words)

    def check_in(self, by, number, value, confidence, week):
        words = self.words()
        fields = {"value": value, "confidence": confidence, "context": words}
        self.try_(by, lambda one: checkins.check_in(one, f"KR{number}", fields, week=week), words)

    def time_goes_on(self, days):
        self.company.now = min(self.company.now + timedelta(days=days), datetime(2027, 1, 10, tzinfo=UTC))

    def move_the_cycle(self, by, back):
        if back:
            words = self.words()
            self.try_(by, lambda one: cycles.back(one, "2026-Q4", words), words)
        elif self.count > 250 or not self.is_scoring:  # a closed cycle ends the play
            self.try_(by, lambda one: cycles.advance(one, "2026-Q4", over=True))

    def score(self, by, number, side, value, is_in):
        words, ref = self.words(), f"KR{number}"
        if self.try_(by, lambda one: scores.write(one, ref, side, value, words, is_in=is_in)) and not self.opened(ref):
            self.sealed[f"{ref} {side}"] = words

    def reveal(self, by, number):
        self.try_(by, lambda one: scores.reveal(one, [f"KR{number}"]))
        if self.opened(f"KR{number}"):
            self.said += [self.sealed.pop(key) for key in list(self.sealed) if key.startswith(f"KR{number} ")]

    def opened(self, ref: str) -> bool:
        return any(line.opened for line in scoreboard.scoreboard(self.company.as_("rob")) if line.ref == ref)

    def calibrate(self, by, number, value):
        words = self.words()
        if value is None:
            self.try_(by, lambda one: scores.leave_unscored(one, f"KR{number}", words), words)
        else:
            self.try_(by, lambda one: scores.calibrate(one, f"KR{number}", value, words), words)

    def confirm(self, by, number):
        self.try_(by, lambda one: scores.confirm(one, f"KR{number}"))

    def begin_a_round(self, by):
        if self.try_(by, lambda one: rounds.start(one, "sales")):
            self.numbers = {}

    def number(self, by, number, value):
        ref = f"KR{number}"
        if self.try_(by, lambda one: rounds.vote(one, {ref: value}, "sales")):
            self.numbers.setdefault(ref, {})[by] = value

    def end_the_round(self, by, opens):
        if self.try_(by, lambda one: (rounds.open_ if opens else rounds.abandon)(one, "sales")) and opens:
            for ref, given in self.numbers.items():
                self.spreads.setdefault(ref, []).append(tuple(sorted(given.values())))

    def end(self, by, number, decision, why):
        words = self.words() if why else ""
        self.try_(by, lambda one: closing.decide(one, f"KR{number}", decision, words), words)

    def learn(self, by, number):
        words = self.words()
        self.try_(by, lambda one: objectives.learn(one, f"O{number}", words), words)

    def add_the_next_cycle(self, by):
        self.try_(by, lambda one: cycles.add(one, dict(NEXT)))

    def start_the_next_cycle(self, by):
        self.try_(by, lambda one: cycles.advance(one, "2027-Q1", Phase.RUNNING))

    def close_the_cycle(self, by):
        if self.count > 40:  # some of it is decided by then
            self.try_(by, lambda one: cycles.advance(one, "2026-Q4", over=True))

    def go_on_from(self, by, number):
        origin = f"O{number}"
        self.try_(by, lambda one: objectives.add(one, team="sales", cycle="2027-Q1", fields={}, origin=origin))

    def carry(self, by, number, under):
        self.try_(by, lambda one: closing.carry(one, f"KR{number}", f"O{under}"))

    # What holds, whatever was tried ----------------------------------------------------------------------------------

    def check(self):
        self.no_words_are_lost()
        self.what_is_sealed_reaches_nobody_else()
        self.what_is_agreed_is_whole()
        self.every_open_pushback_has_its_invitation()
        self.the_original_stays()
        self.five_dots_a_person()
        self.what_was_suggested_stays()
        self.what_goes_on_is_linked_both_ways_and_once()
        self.sealed_numbers_reach_nobody_else()
        if self.count % 7 == 0:
            self.everything_can_be_looked_at()
            self.the_chain_holds()

    def no_words_are_lost(self):
        with self.company.store.reading() as connection:
            kept = "\n".join(text for (text,) in connection.execute(KEPT) if text)
        lost = [words for words in self.said if words not in kept]
        assert not lost

    def the_original_stays(self):
        sql = (
            "SELECT id, original.statement, numbers, key_result.statement, key_result.target, state, amendment FROM key_result "
            "JOIN key_result_text AS original ON key_result_id = id AND number = agreed_text"
        )
        with self.company.store.reading() as connection:
            found = connection.execute(sql).fetchall()
        for number, statement, numbers, now, target, state, amendment in found:
            assert self.originals.setdefault(number, [statement, numbers]) == [statement, numbers]
            if state == "agreed" and amendment is None:
                assert (now, target) == (statement, json.loads(numbers)["target"])

    def five_dots_a_person(self):
        sql = "SELECT sum(count) FROM dot JOIN key_result ON id = key_result_id WHERE state <> 'dropped' GROUP BY person_id"
        with self.company.store.reading() as connection:
            assert all(given <= dots.DOTS for (given,) in connection.execute(sql))

    def what_was_suggested_stays(self):
        with self.company.store.reading() as connection:
            found = connection.execute("SELECT id, proposed, words, state FROM suggestion").fetchall()
        now = {number: rest for number, *rest in found}
        for number, (proposed, words, state) in self.suggested.items():
            assert now[number][:2] == [proposed, words]
            assert state in {"open", now[number][2]}
        self.suggested = now

    def what_is_sealed_reaches_nobody_else(self):
        secrets = list(self.sealed.values())
        with self.company.store.reading() as connection:
            told = "".join(payload for (payload,) in connection.execute("SELECT payload FROM event"))
        assert not [words for words in secrets if words in told]
        for line in scoreboard.scoreboard(self.company.as_("rob")):
            if not line.opened:
                assert (line.self_score.value, line.manager.value, line.gap) == (None, None, None)

    def what_goes_on_is_linked_both_ways_and_once(self):
        sql = (
            "SELECT later.id, origin.id, decision, origin_asked.team_id, asked.team_id, origin_of.cycle_id, of.cycle_id "
            "FROM key_result AS later JOIN key_result AS origin ON origin.id = later.origin_id "
            "JOIN invitation AS asked ON asked.id = later.invitation_id JOIN objective AS of ON of.id = asked.objective_id "
            "JOIN invitation AS origin_asked ON origin_asked.id = origin.invitation_id "
            "JOIN objective AS origin_of ON origin_of.id = origin_asked.objective_id "
            "LEFT JOIN close_decision ON key_result_id = origin.id"
        )
        with self.company.store.reading() as connection:
            found = connection.execute(sql).fetchall()
        origins = [origin for _, origin, *_ in found]
        assert len(origins) == len(set(origins))
        rob = self.company.as_("rob")
        for number, origin, decision, old_team, new_team, old_cycle, new_cycle in found:
            assert decision in closing.GOES_ON
            assert old_team == new_team
            assert old_cycle != new_cycle
            assert show.key_result(rob, f"KR{number}").origin.ref == f"KR{origin}"
            assert [one.ref for one in show.key_result(rob, f"KR{origin}").goes_on] == [f"KR{number}"]

    def sealed_numbers_reach_nobody_else(self):
        with self.company.store.reading() as connection:
            under_way = connection.execute("SELECT count(*) FROM confidence_round WHERE state = 'sealed'").fetchone()[0]
            told = connection.execute("SELECT payload FROM event WHERE verb = ?", (Act.ROUND_VOTE,)).fetchall()
        assert under_way <= 1
        assert all(json.loads(payload)["after"].keys() <= {"week", "in"} for (payload,) in told)
        for by in ("rob", "ben"):
            page = rounds.page(self.company.as_(by), "sales", "2026-Q4")
            for one in page.key_results:
                assert one.mine in {None, self.numbers.get(one.ref, {}).get(by)}
                assert [spread.numbers for spread in one.earlier] == self.spreads.get(one.ref, [])

    def what_is_agreed_is_whole(self):
        with self.company.store.reading() as connection:
            rows = connection.execute(
                "SELECT kind, owner_id, control, week_nine, agreed_text, agreed_by FROM key_result WHERE state = 'agreed'"
            ).fetchall()
        assert all(all(row) for row in rows)

    def every_open_pushback_has_its_invitation(self):
        sql = (
            "SELECT (SELECT count(*) FROM pushback WHERE invitation_id = invitation.id AND state = 'open') "
            "= (invitation.state = 'pushed_back') FROM invitation"
        )
        with self.company.store.reading() as connection:
            assert all(fits for (fits,) in connection.execute(sql))

    def everything_can_be_looked_at(self):
        rob, handle = self.company.as_("rob"), PEOPLE[self.count % len(PEOPLE)]
        rooms.room(self.company.as_(handle), "sales")
        trees.tree(rob)
        assert all(need.text for need in needs.due(self.company.operator))
        for ref, state in self.states().items():
            assert show.key_result(rob, ref).card.state == KeyResultState(state)

    def the_chain_holds(self):
        with self.company.store.reading() as connection:
            assert list(events.verify(connection)) == []
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def refusal_of(do: Callable[[Session], object], session: Session) -> OkrtuiError | None:
    try:
        do(session)
    except OkrtuiError as error:
        return error
    return None


def assert_a_sentence(error: OkrtuiError) -> None:
    sentences = [str(error), *(error.fields.values() if isinstance(error, Invalid) else ())]
    for sentence in sentences:
        assert sentence.endswith((".", "?")), sentence
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] in "'\"", sentence
        assert not re.search(r"None|Traceback|<|Value error|Input should", sentence), sentence
    if isinstance(error, Conflict):
        assert error.fields
