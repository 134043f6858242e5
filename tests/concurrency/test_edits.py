"""Two people at one form, two thousand times: what each changed is stored, or reported to them, and never lost."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from okrtui.core.errors import Conflict
from okrtui.service import checkins, key_results, show
from okrtui.store.file import Store

if TYPE_CHECKING:
    from conftest import Company

PAIRS = 750
"""Of each kind of form, over two connections of one process."""
EACH = 50
"""Of them, on one key result."""
BETWEEN = 250
"""Of each kind, between two processes."""
KEY_RESULT = {
    "statement": ("Median first answer falls", "First answers come sooner", "Buyers hear from us the same day"),
    "unit": ("hours", "days", "minutes"),
    "baseline": (26.0, 30.5, 28.0),
    "target": (8.0, 4.0, 2.5),
    "owner": ("ana", "ben", ""),
    "week_nine": ("Yes", "Yes: silence is why we lose", "Only with weekends"),
    "weight": (1.0, 2.0, 0.5),
}
CHECKIN = {
    "value": (20.0, 21.0, 22.5),
    "confidence": (3, 6, 9),
    "context": ("", "Weekends covered", "Nights too"),
    "blocker": ("", "No on-call", "Holidays"),
    "next": ("", "Hire", "Ask Support"),
}


@pytest.fixture
def second(company: Company):
    """Another connection to the same file, as another process has."""
    with Store.open(company.store.path) as store:
        for connection in (store.connection, company.store.connection):
            connection.execute(
                "PRAGMA synchronous = OFF"
            )  # what two people write is the question, not what a power cut takes
        yield store


OTHER = """
import json, sys
from datetime import datetime
from okrtui.core.errors import Conflict
from okrtui.service import checkins, key_results
from okrtui.service.session import Session
from okrtui.store.file import Store

with Store.open(sys.argv[1]) as store:
    session = Session(store, int(sys.argv[2]), "as", clock=lambda: datetime.fromisoformat(sys.argv[3]))
    for line in sys.stdin:
        what, ref, fields, began = json.loads(line)
        try:
            if what == "edit":
                key_results.edit(session, ref, fields, began)
            else:
                checkins.check_in(session, ref, fields, began_from=began)
            answer = None
        except Conflict as conflict:
            answer = str(conflict), conflict.fields, conflict.version
        print(json.dumps(answer), flush=True)
"""


class Other:
    """Ben, in a process of his own."""

    def __init__(self, company: Company) -> None:
        ben = company.as_("ben").person_id
        call = [sys.executable, "-c", OTHER, str(company.store.path), str(ben), company.now.isoformat()]
        self.process = subprocess.Popen(call, stdin=-1, stdout=-1, text=True)

    def save(self, what, ref, fields, began):
        self.process.stdin.write(json.dumps([what, ref, fields, began]) + "\n")
        self.process.stdin.flush()
        if answer := json.loads(self.process.stdout.readline()):
            sentence, told, version = answer
            raise Conflict(sentence, {name: tuple(both) for name, both in told.items()}, version)


@pytest.fixture
def other_process(company: Company):
    """How Ben's process is begun, once the day is set."""
    begun = []

    def begin():
        begun.append(Other(company))
        return begun[-1]

    yield begin
    for one in begun:
        one.process.stdin.close()
        assert one.process.wait(30) == 0
        one.process.stdout.close()


def session_of(company, handle, store):
    session = company.as_(handle)
    return type(session)(store, session.person_id, session.way, session.clock)


def changes(chance, choices, began):
    """What somebody changes in a form that began with this; sometimes nothing."""
    names = chance.sample(sorted(choices), chance.randint(0, len(choices)))
    return {name: value for name in names if (value := chance.choice(choices[name])) != began[name]}


def saved_by_both(chance, read, save, choices):
    """Let both open the form, change it, and save one after the other; what must hold of every field."""
    began = read()
    sides = [changes(chance, choices, began) for _ in range(2)]
    order = chance.sample(range(2), 2)
    reported: set[str] = set()
    for place in order:
        before = read()
        try:
            save(place, {**began, **sides[place]}, began)
        except Conflict as conflict:
            assert read() == before, "a refused save changed something"
            reported = set(conflict.fields)
            for name, (was, mine, theirs) in conflict.fields.items():
                assert (was, mine, theirs) == (began[name], sides[place][name], before[name])
            # As the screen does: theirs was seen, so saving again keeps mine.
            save(place, {**began, **sides[place]}, {**began, **{name: before[name] for name in reported}})
    first, last = (sides[place] for place in order)
    stored = read()
    both = {name for name in first.keys() & last.keys() if first[name] != last[name]}
    assert reported == both
    assert stored == {**began, **first, **last}
    return bool(both)


def test_key_results(company, second):
    people = [company.as_("ana"), session_of(company, "ben", second)]
    chance = random.Random(20261121)
    reader = company.as_("ana")

    def on(kr):
        def read():
            fields = show.key_result(reader, kr).fields
            return {name: fields[name] for name in KEY_RESULT}

        def save(side, fields, began):
            key_results.edit(people[side], kr, fields, began)

        return sum(saved_by_both(chance, read, save, KEY_RESULT) for _ in range(EACH))

    # On several, as each keeps every text it had, and all are read each time.
    clashed = sum(on(company.draft(weight=1.0, week_nine="Yes")) for _ in range(PAIRS // EACH))
    assert 100 < clashed < PAIRS


def test_check_ins(company, second):
    kr = company.agreed()
    company.running().at("2026-11-26").checked_in(kr, 20, 6, "")
    people = [company.as_("ana"), session_of(company, "ben", second)]
    chance = random.Random(20261122)
    reader = company.as_("ana")

    def read():
        said = show.key_result(reader, kr).checkins[0]
        return {name: getattr(said, name) for name in CHECKIN}

    def save(side, fields, began):
        checkins.check_in(people[side], kr, fields, began_from=began)

    clashed = sum(saved_by_both(chance, read, save, CHECKIN) for _ in range(PAIRS))
    assert 100 < clashed < PAIRS


def test_key_results_in_two_processes(company, other_process):
    kr = company.draft(weight=1.0, week_nine="Yes")
    ana, other, chance = company.as_("ana"), other_process(), random.Random(20261123)

    def read():
        fields = show.key_result(ana, kr).fields
        return {name: fields[name] for name in KEY_RESULT}

    def save(side, fields, began):
        if side:
            other.save("edit", kr, fields, began)
        else:
            key_results.edit(ana, kr, fields, began)

    clashed = sum(saved_by_both(chance, read, save, KEY_RESULT) for _ in range(BETWEEN))
    assert BETWEEN // 10 < clashed < BETWEEN


def test_check_ins_in_two_processes(company, other_process):
    kr = company.agreed()
    company.running().at("2026-11-26").checked_in(kr, 20, 6, "")
    ana, other, chance = company.as_("ana"), other_process(), random.Random(20261124)

    def read():
        said = show.key_result(ana, kr).checkins[0]
        return {name: getattr(said, name) for name in CHECKIN}

    def save(side, fields, began):
        if side:
            other.save("checkin", kr, fields, began)
        else:
            checkins.check_in(ana, kr, fields, began_from=began)

    clashed = sum(saved_by_both(chance, read, save, CHECKIN) for _ in range(BETWEEN))
    assert BETWEEN // 10 < clashed < BETWEEN


def test_the_first_check_in_of_a_week(company, second):
    """Both begin with last week's numbers, while nothing is said of this week."""
    kr = company.agreed()
    company.running().at("2026-11-19").checked_in(kr, 20, 6, "Last week")
    company.at("2026-11-26")
    began = {"value": 20.0, "confidence": 6, "context": "", "blocker": "", "next": ""}
    ana, ben = company.as_("ana"), session_of(company, "ben", second)
    checkins.check_in(ben, kr, {**began, "value": 18.0, "blocker": "No on-call"}, began_from=began)
    with pytest.raises(Conflict) as conflict:
        checkins.check_in(ana, kr, {**began, "value": 17.0, "next": "Hire"}, began_from=began)
    assert conflict.value.fields == {"value": (20.0, 17.0, 18.0)}
    checkins.check_in(ana, kr, {**began, "confidence": 7, "next": "Hire"}, began_from=began)
    said = show.key_result(ana, kr).checkins[-1]
    assert (said.value, said.confidence, said.blocker, said.next) == (18, 7, "No on-call", "Hire")
