"""From the empty file to three agreed key results: two people in two terminals, by the keys that are offered alone.

Both press what their screens name: the next step (`]`), Enter through a form, a key of the last line. Between them they
write an objective, push back and answer, hold a workshop and close it, and agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from command_line import process
from terminal import Terminal, command

from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Callable

KEY_RESULTS = {
    "KR1": ("Median first answer falls", "26", "8"),
    "KR2": ("Questions left open fall", "40", "10"),
    "KR3": ("Deals lost to silence fall", "12", "3"),
}

PATIENCE = 60.0
"""Seconds within which a screen comes to what is waited for, and stands still."""


class Seat(Terminal):
    """A person who presses nothing that their screen does not offer, and nothing before it stands still."""

    def until(self, wanted: str | Callable[[str], bool], *, seconds: float | None = None) -> float:
        """Wait until it holds of a whole frame: of one that nothing more is printed to."""
        holds = (lambda text: wanted in text) if isinstance(wanted, str) else wanted
        took, printed = 0.0, -1
        while len(self.raw) != printed or not holds(self.text):
            took += super().until(holds, seconds=seconds)
            assert took < PATIENCE, f"it never stands still\n{self.text}"
            printed = len(self.raw)
            self.pump(0.1)
            took += 0.1
        return took

    def takes(self, step: str) -> None:
        """Wait until this is the next step, and take it with the key that stands beside it."""
        self.until(lambda text: "Next  ] " in (line := text.split("\n")[-2]) and step in line)
        self.press("]")

    def presses(self, key: str, label: str) -> None:
        """Press a key of the last line."""
        self.until(lambda text: f" {key} {label}" in text.split("\n")[-1])
        self.press(key)

    def agrees(self, question: str) -> None:
        """Say yes to a question."""
        self.until(lambda text: question in text and "(Enter)" in text)
        self.press("enter")
        self.until(lambda text: "(Enter)" not in text)

    def leaves(self, form: str) -> None:
        """Leave a form by the key it names."""
        self.until(lambda _: self._lit(form))
        self.press("esc")
        self.until(lambda text: form not in text)

    def fills(self, form: str, answers: dict[str, str]) -> None:
        """Go through a form with Enter and answer by how labels begin; take from a choice with the arrows."""
        left = dict(answers)
        self.until(lambda _: self._lit(form))
        while lit := self._lit(form):
            label, _ = lit
            name = next((one for one in left if label.startswith(one)), "")
            if name:
                self._answers(form, left.pop(name), chooses="▾" in label)
            self.press("enter")
            self.until(lambda text, label=label: form not in text or (self._lit(form) or (label,))[0] != label)
        assert not left, f"{form!r} asks for no {list(left)}\n{self.text}"

    def _answers(self, form: str, answer: str, *, chooses: bool) -> None:
        while chooses and answer not in self._line(form):
            before = self._line(form)
            self.press("down")
            self.until(lambda _, before=before: self._line(form) != before)
        if not chooses:
            self.press(answer)
            self.until(lambda _: answer in self._line(form))

    def _line(self, form: str) -> str:
        return (self._lit(form) or ("", ""))[1]

    def _lit(self, form: str) -> tuple[str, str] | None:
        """The label and the line of the field that has the focus; None while there is none, as between two fields."""
        display = self.screen.display
        top = next((row for row, line in enumerate(display) if f"╭─ {form}" in line), None)
        if top is None:
            return None
        left = display[top].index(f"╭─ {form}")
        rows = range(top + 1, self.screen.lines)
        lit = next((row for row in rows if any(self._is_blue(row, left + at) for at in (3, 4, 5))), None)
        if lit is None:
            return None
        label = next((row for row in range(lit - 1, top, -1) if self.screen.buffer[row][left + 2].bold), None)
        if label is None:
            return None
        return display[label][left + 2 :].rstrip(" │╮"), display[lit][left + 2 :]

    def _is_blue(self, row: int, column: int) -> bool:
        colour = self.screen.buffer[row][column].bg
        if len(colour) != 6:
            return False
        red, _, blue = bytes.fromhex(colour)
        return blue > red + 16


@pytest.mark.parametrize("sizes", [((80, 24), (120, 36)), ((120, 36), (80, 24))], ids=["narrow-wide", "wide-narrow"])
def test_two_people_from_nothing_to_three_agreed_key_results(tmp_path, sizes):
    path = tmp_path / "acme.db"
    assert process("--db", str(path), "init", "--company", "Acme").status == 0
    (caller,) = process("--db", str(path), "person", "list", "--json").json
    (columns, rows), (her_columns, her_rows) = sizes
    with Seat(*command(path, caller["handle"]), columns=columns, rows=rows) as lea:
        sets_up(lea)
        with Seat(*command(path, "ana"), columns=her_columns, rows=her_rows) as ana:
            push_back_and_answer(ana, lea)
            hold_the_workshop(ana, lea)
            agree(ana, lea)
            for one in (ana, lea):
                one.press("q")
                assert one.ends() == 0
    with Store.open(path) as store, store.reading() as connection:

        def found(sql):
            return connection.execute(sql).fetchall()

        assert found("SELECT statement, baseline, target, state FROM key_result ORDER BY id") == [
            (statement, float(baseline), float(target), "agreed")
            for statement, baseline, target in KEY_RESULTS.values()
        ]
        assert found("SELECT reason, words, answer, answer_words FROM pushback") == [
            ("wrong_altitude", "Support has the nights", "reworded", "Nights come later")
        ]
        assert found("SELECT state, straight_line FROM invitation") == [("accepted", "One of us answers all day")]
        assert found("SELECT title FROM objective") == [("Buyers hear from us the same day on weekdays",)]
        assert found("SELECT state, remark FROM workshop") == [("closed", "No, we knew the numbers")]
        assert found("SELECT prompt, body FROM workshop_note ORDER BY id") == [
            ("day_to_day", "Reps answer from one inbox"),
            ("day_to_day", "Leads read it on Mondays"),
        ]
        assert found("SELECT count(*) FROM dot") == [(1,)]


def sets_up(lea):
    """A cycle, an objective, a colleague, an invitation."""
    lea.takes("Add the first cycle")
    lea.fills("Add a cycle", {})
    lea.takes("Write the first objective of Acme")
    lea.fills("Write an objective", {"Title": "Buyers hear from us the same day", "Why": "We lose deals to silence"})
    lea.takes("Publish O1")
    lea.agrees("Publish O1?")
    lea.takes("Add somebody you work with")
    lea.fills("Add a person", {"Name": "Ana Ruiz", "Handle": "ana"})
    lea.takes("Invite a team to O1")
    lea.fills("Put O1 to teams", {})


def push_back_and_answer(ana, lea):
    ana.takes("O1 asks Acme")
    ana.leaves("Accept O1 for Acme")
    ana.presses("b", "push back")
    ana.fills("Push back on O1", {"Reason": "wrong altitude", "In your words": "Support has the nights"})
    lea.takes("Acme pushed back on O1")
    answer = {"Answer": "reworded", "New title": " on weekdays", "In your words": "Nights come later"}
    lea.fills("Answer Acme on O1", answer)
    ana.takes("O1 asks Acme")
    ana.fills("Accept O1 for Acme", {"Straight line": "One of us answers all day"})


def hold_the_workshop(ana, lea):
    ana.takes("Write how everybody will know")
    ana.leaves("Write an idea")
    ana.takes("Hold the workshop of Acme")
    ana.until("kept by @ana")
    ana.presses("i", "note")
    writes_a_note(ana, "Reps answer from one inbox")
    lea.takes("Write a note in the workshop")
    writes_a_note(lea, "Leads read it on Mondays")
    ana.until("Leads read it on Mondays")
    ana.takes("Go on to the second prompt")
    ana.until("Prompt 2 of 2")
    for ref, (statement, _, _) in KEY_RESULTS.items():
        ana.presses("a", "idea")
        ana.fills("Write an idea", {"Statement": statement})
        ana.until(f"{ref} {statement}")
    ana.presses(".", "dot")
    ana.until("4 of your 5 dots left")
    ana.takes("Close the workshop of Acme")
    ana.fills("Close the workshop of Acme", {"Your answer": "No, we knew the numbers"})
    ana.until("Minutes of WS1")


def writes_a_note(person, note):
    """Type into the field, add it with Enter, and leave the field by the key that is offered in it."""
    person.until(lambda text: " Esc back" in text.split("\n")[-1])
    person.press(note)
    person.until(note)
    person.press("enter")
    person.until(f" {note}")
    person.press("esc")
    person.until("i note")


def agree(ana, lea):
    for ref, (_, baseline, target) in KEY_RESULTS.items():
        ana.takes(f"Fill in {ref} and propose it")
        measure = {"Kind": "decrease", "Unit": "hours", "Baseline": baseline, "Target": target}
        ana.fills(f"Fill in {ref}", {**measure, "Owner": "@ana", "Who": "ours", "Would you argue": "Yes"})
        ana.until(f"{ref} ")
        lea.takes(f"Agree to or return {ref}")
        lea.agrees(f"Agree to {ref}?")
