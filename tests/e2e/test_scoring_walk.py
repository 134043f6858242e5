"""From a running quarter to the next one, in real terminals, by the keys that the screen offers and nothing else."""

from __future__ import annotations

import pytest
from terminal import Terminal, command

from okrtui.service import checkins, cycles, defences, invitations, key_results, objectives, show

SIZES = pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 36)])
STATEMENTS = ("First answer falls", "Nights are answered", "Complaints fall")
WHOLE = {
    "kind": "decrease",
    "unit": "hours",
    "baseline": 26,
    "target": 8,
    "control": "ours",
    "week_nine": "Yes: silence is why we lose",
}


class Walker:
    """Somebody who presses the key that is offered."""

    def __init__(self, company, path, handle, columns, rows):
        env = {"OKRTUI_NOW": company.now.strftime("%Y-%m-%dT%H:%M")}
        self.terminal = Terminal(*command(path, handle), env=env, columns=columns, rows=rows)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.terminal.__exit__(*error)

    def offered(self, words):
        """The next step says these words, as far as the line is wide, beside its key."""
        self.terminal.until(lambda text: any(words in line and "Next  ]" in line for line in text.splitlines()))

    def step(self, words, opens):
        """Take the step that is offered, and wait for what it opens."""
        self.offered(words)
        self.terminal.press("]")
        self.terminal.until(opens)

    def agree(self, words, question):
        """Take a step that asks, and say yes with Enter."""
        self.step(words, question)
        self.terminal.press("enter")
        self.terminal.until(lambda text: question not in text)

    def form(self, words, title, *keys):
        """Take a step that opens a form, and fill it in: what is typed ahead waits for its field."""
        self.step(words, f"─ {title}")
        self.terminal.press(*keys)
        self.gone(title)

    def rest(self):
        """Wait until nothing more is drawn."""
        drawn = -1
        while drawn != len(self.terminal.raw):
            drawn = len(self.terminal.raw)
            self.terminal.pump(0.3)

    def gone(self, title):
        """Wait for the end of a form."""
        self.terminal.until(lambda text: f"─ {title}" not in text)


def quarter(company, owner, lead, *, team, objective_by):
    """A running quarter in its last week: three agreed key results, defended, and checked in this week."""
    ref = objectives.add(company.as_(objective_by), team=team, cycle=None, fields={"title": "Same day answers"})
    objectives.publish(company.as_(objective_by), ref)
    objectives.invite(company.as_(objective_by), ref, [team])
    invitations.accept(company.as_(owner), ref, team, "One queue")
    for statement in STATEMENTS:
        fields = {**WHOLE, "statement": statement, "owner": owner}
        kr = key_results.add(company.as_(owner), ref, team, fields, draft=True)
        if not key_results.propose(company.as_(owner), kr):
            key_results.agree(company.as_(lead), kr)
    cycles.advance(company.operator, "2026-Q4")
    company.at("2026-12-29")
    for number in (1, 2, 3):
        defences.defend(company.as_(owner), f"KR{number}", "keep", "Still")
        fields = {"value": 19, "confidence": 7, "context": "Weekends covered"}
        checkins.check_in(company.as_(owner), f"KR{number}", fields)


@SIZES
def test_one_person_alone(empty, path, columns, rows):
    cycles.add(empty.operator, {"name": "2026-Q4", "starts": "2026-10-01", "ends": "2026-12-31"})
    quarter(empty, "olga", "olga", team="acme", objective_by="olga")
    with Walker(empty, path, "olga", columns, rows) as olga:
        olga.agree("Move 2026-Q4 on to scoring", "Move 2026-Q4 on")
        for number, score in ((1, "4"), (2, "7"), (3, "0")):
            write(olga, number, "manager", score)
        open_all(olga)
        for number in (1, 2, 3):
            olga.form(f"Propose the agreed score of KR{number}", "Propose the agreed score", "5", "ctrl+s")
        decide_and_learn(olga, olga)
        close(olga)
        olga.form("Add the cycle that comes after 2026-Q4", "Add a cycle", "ctrl+s")
        start_again(olga, olga, "Acme", alone=True)
        propose(olga, 4)
        olga.agree("Agree to or return KR4", "Agree to KR4?")
        propose(olga, 5)
        olga.agree("Agree to or return KR5", "Agree to KR5?")
        olga.agree("Start 2027-Q1", "Move 2027-Q1 on")
        olga.terminal.until("2027-Q1 is running now")
    carried_over(empty, "olga")


@SIZES
def test_a_member_and_the_leads(company, path, columns, rows):
    quarter(company, "ana", "lea", team="sales", objective_by="lea")
    with (
        Walker(company, path, "olga", columns, rows) as olga,
        Walker(company, path, "lea", columns, rows) as lea,
        Walker(company, path, "ana", columns, rows) as ana,
    ):
        olga.agree("Move 2026-Q4 on to scoring", "Move 2026-Q4 on")
        for number, score in ((1, "4"), (2, "7"), (3, "0")):
            write(ana, number, "self", score)
            write(lea, number, "manager", score)
        open_all(ana)
        for number in (1, 2, 3):
            lea.form(f"Propose the agreed score of KR{number}", "Propose the agreed score", "5", "ctrl+s")
            ana.agree(f"Confirm or counter the agreed score of KR{number}", f"agreed score of KR{number}?")
        decide_and_learn(ana, lea)
        close(olga)
        olga.form("Add the cycle that comes after 2026-Q4", "Add a cycle", "ctrl+s")
        for one in (ana, lea):
            one.offered("2026-Q4 is closed: go on to 2027-Q1")
            one.terminal.press("]")
            one.terminal.until("▸ 2027-Q1")
        start_again(lea, ana, "Sales")
        for number in (4, 5):
            propose(ana, number)
            lea.agree(f"Agree to or return KR{number}", f"Agree to KR{number}?")
        olga.agree("Start 2027-Q1", "Move 2027-Q1 on")  # her own team's first objective may come later
        olga.terminal.until("2027-Q1 is running now")
    carried_over(company, "ana")


def write(person, number, side, score):
    words = ("Nights were half of it", "ctrl+s")
    person.form(f"Write the {side} score of KR{number}", f"The {side} score of KR{number}", score, "enter", *words)


def open_all(person):
    person.offered("Open the scores of KR1")
    person.rest()
    person.terminal.until("3 need you")  # the last of the other side is in
    person.step("Open the scores of KR1", "─ Open together")
    person.terminal.press("down")
    person.terminal.press("enter")
    person.terminal.until("Open the scores of 3 key results together?")
    person.terminal.press("enter")


def decide_and_learn(team, lead):
    """The first is kept, the second changed, the third ends here."""
    team.form("What becomes of KR1", "When the cycle closes: KR1", "enter", "ctrl+s")
    team.form("What becomes of KR2", "When the cycle closes: KR2", "down", "enter", "Count weekends too", "ctrl+s")
    team.form("What becomes of KR3", "When the cycle closes: KR3", "down", "down", "enter", "ctrl+s")
    lead.form("what was learnt of O1", "What was learnt of O1", "Nights need people", "ctrl+s")


def close(person):
    person.step("Close 2026-Q4", "Nothing is missing")
    person.terminal.press("ctrl+s")
    person.terminal.until("Close 2026-Q4? It stays as it is then")
    person.terminal.press("enter")
    person.terminal.until("2026-Q4 is closed")


def start_again(lead, member, name, *, alone=False):
    """O2 goes on from O1, and is put to the same team, which accepts it."""
    lead.step("Start from O1 of 2026-Q4", "─ Go on from which objective?")
    lead.terminal.press("enter")
    lead.terminal.until("─ Go on from O1")
    lead.terminal.press("ctrl+s")
    lead.agree("Publish O2", "Publish O2?")
    if alone:
        lead.step("Add somebody you work with", "─ Add a person")
        lead.terminal.press("esc")
        lead.gone("Add a person")
    lead.form("Invite a team to O2", "Put O2 to", "ctrl+s")
    member.form(f"O2 asks {name}", "Accept O2", "One queue, nights too", "ctrl+s")


def propose(person, number):
    """What was carried has all it needs but an answer for the new quarter's week nine, where the cursor stands."""
    title = f"Fill in KR{number} and propose it"
    person.form(title, title, "Yes: silence is why we lose still", "ctrl+s")


def carried_over(company, handle):
    first, second = (show.key_result(company.as_(handle), ref) for ref in ("KR4", "KR5"))
    assert [(one.origin.ref, one.origin.cycle, one.origin.score) for one in (first, second)] == [
        ("KR1", "2026-Q4", 0.5),
        ("KR2", "2026-Q4", 0.5),
    ]
    assert (first.card.state, first.card.progress, first.checkins) == ("agreed", None, ())
    assert second.origin.words == "Count weekends too"
    ended = show.key_result(company.as_(handle), "KR1")
    assert [(one.ref, one.cycle) for one in ended.goes_on] == [("KR4", "2027-Q1")]
    assert show.key_result(company.as_(handle), "KR3").goes_on == ()
    assert show.objective(company.as_(handle), "O1").learning == "Nights need people"
