"""Blanking words that must go: from every row, quote, event and draft, and from every byte; all else stays whole."""

from __future__ import annotations

import json

import pytest
from command_line import WHOLE
from reading_commands import everything

from okrtui.service import drafts
from okrtui.service.session import Session
from okrtui.store import people, sqlite
from okrtui.store.file import Store

GOSSIP = "Zanzibar of Quillfeather, said her doctor"
WORDS = (b"zanzibar", b"quillfeather")  # as the search keeps them; no case is looked at
WHY = "Health of a customer"
OTHER = (*WHOLE[:-1], "Yes: nobody sleeps")
KR = ("kr", "add", "O1", GOSSIP, "--team", "sales")


# What is written, by whom, at the end of a running quarter that has O1 and KR1; and the ref by which its words are blanked.
SAID = {
    "an objective": ("O2", [("lea", "objective", "add", "--team", "sales", "--title", GOSSIP, "--why", GOSSIP)]),
    "an objective's earlier title, in events alone": (
        "O2",
        [
            ("lea", "objective", "add", "--team", "sales", "--title", GOSSIP),
            ("lea", "objective", "edit", "O2", "--title", "Nights"),
        ],
    ),
    "an objective's earlier text": (
        "O1",
        [
            ("lea", "objective", "reword", "O1", "--why", GOSSIP),
            ("lea", "objective", "reword", "O1", "--why", "Nights"),
        ],
    ),
    "an objective's why that was taken away": (
        "O2",
        [
            ("lea", "objective", "add", "--team", "sales", "--title", "Nights", "--why", GOSSIP),
            ("lea", "objective", "edit", "O2", "--why", ""),
        ],
    ),
    "a withdrawal": ("O1", [("lea", "objective", "withdraw", "O1", "-m", GOSSIP)]),
    "a straight line": ("O1 sales", [("ana", "invitation", "accept", "O1", "-m", GOSSIP)]),
    "a straight line that another followed": (
        "O1 sales",
        [("ana", "invitation", "accept", "O1", "-m", GOSSIP), ("ana", "invitation", "accept", "O1", "-m", "Nights")],
    ),
    "a pushback": (
        "o1 Sales",
        [("ana", "invitation", "push-back", "O1", "--reason", "cannot_measure", "-m", GOSSIP)],
    ),
    "an answer": (
        "O1 sales",
        [
            ("ana", "invitation", "push-back", "O1", "--reason", "cannot_measure", "-m", "How"),
            ("lea", "invitation", "answer", "O1", "--team", "sales", "--with", "explained", "-m", GOSSIP),
        ],
    ),
    "a statement": ("KR2", [("ana", *KR)]),
    "a statement that was reworded": (
        "kr2",
        [
            ("ana", *KR, *OTHER),
            ("ana", "kr", "propose", "KR2"),
            ("ana", "kr", "take-back", "KR2"),
            ("ana", "kr", "edit", "KR2", "--statement", "Nights"),
        ],
    ),
    "a statement that a comment quotes": (
        "KR2",
        [("ana", *KR), ("ben", "comment", "KR2", f"I know who: {GOSSIP}!"), ("rob", "comment", "KR2", "Who?")],
    ),
    "a statement that a suggestion would change": (
        "KR2",
        [("ana", *KR), ("lea", "suggest", "KR2", "--field", "statement", "Nights")],
    ),
    "what done means": (
        "KR2",
        [("ana", "kr", "add", "O1", "Done", "--kind", "binary", "--done-means", GOSSIP, "--draft")],
    ),
    "what done meant, in an earlier text": (
        "KR2",
        [
            ("ana", "kr", "add", "O1", "Done", "--kind", "binary", "--done-means", GOSSIP, *OTHER[8:]),
            ("ana", "kr", "propose", "KR2"),
            ("lea", "kr", "agree", "KR2"),
            ("ana", "kr", "amend", "KR2", "--done-means", "Nights", "-m", "Later"),
        ],
    ),
    "a step": (
        "KR2",
        [
            ("ana", "kr", "add", "O1", "Steps", "--kind", "milestone", "--step", GOSSIP, "--step", "Two", *OTHER[6:]),
            ("ana", "kr", "propose", "KR2"),
            ("lea", "kr", "agree", "KR2"),
            ("ana", "checkin", "KR2", "--step", GOSSIP, "--confidence", "5", "-m", "One"),
        ],
    ),
    "guidance": ("KR1", [("ana", "kr", "guide", "KR1", "--high", GOSSIP, "-m", "Later")]),
    "what is known": ("KR1", [("ana", "kr", "quiet", "KR1", "--rule", "counter-measure", "-m", GOSSIP)]),
    "a defence": ("KR1", [("ana", "kr", "defend", "KR1", "--decision", "keep", "-m", GOSSIP)]),
    "an amendment": ("KR1", [("ana", "kr", "amend", "KR1", "--target", "10", "-m", GOSSIP)]),
    "a drop": ("KR1", [("ana", "kr", "drop", "KR1", "-m", GOSSIP)]),
    "a check-in": (
        "KR1 w9",
        [("ana", "checkin", "KR1", "--value", "20", "--confidence", "6", "-m", GOSSIP, "--blocker", GOSSIP)],
    ),
    "a check-in that was revised": (
        "KR1 W9",
        [
            ("ana", "checkin", "KR1", "--value", "20", "--confidence", "6", "-m", GOSSIP),
            ("ana", "checkin", "KR1", "--value", "20", "--confidence", "6", "-m", "Nights"),
        ],
    ),
    "a comment": ("C{}", [("rob", "comment", "KR1", f"@ana, {GOSSIP}")]),
    "a suggestion": ("S1", [("lea", "suggest", "KR1", "--field", "statement", GOSSIP)]),
    "a suggestion that was declined": (
        "S1",
        [("lea", "suggest", "KR1", "--field", "statement", GOSSIP), ("ana", "decline", "S1", "-m", f"No {GOSSIP}")],
    ),
    "a note": (
        "N1",
        [("ana", "workshop", "start", "--team", "sales"), ("ana", "workshop", "note", "-m", GOSSIP)],
    ),
    "a closing remark": (
        "WS1",
        [("ana", "workshop", "start", "--team", "sales"), ("ana", "workshop", "close", "-m", GOSSIP)],
    ),
    "a priority": (
        "PR1",
        [
            ("ana", "priority", "add", GOSSIP, "--team", "sales"),
            ("ana", "priority", "edit", "PR1", "--words", "Nights"),
        ],
    ),
    "a priority that was dropped, in events alone": (
        "PR1",
        [("ana", "priority", "add", GOSSIP, "--team", "sales"), ("ana", "priority", "drop", "PR1")],
    ),
    "a win": ("W1", [("ana", "win", "add", GOSSIP, "--team", "sales")]),
    "an initiative": ("I1", [("ana", "initiative", "add", GOSSIP, "--team", "sales", "--kr", "KR1")]),
    "a promise": ("P1", [("ana", "commitment", "add", "development", GOSSIP)]),
    "a person's name": (
        "@zoe",
        [
            ("ada", "person", "add", "zoe", "--name", GOSSIP),
            ("ada", "person", "edit", "zoe", "--name", f"Dr {GOSSIP}"),
        ],
    ),
    "a team's name": ("nights", [("ada", "team", "add", "nights", "--name", GOSSIP)]),
}


def last_comment(shell):
    with Store.open(shell.path) as store, store.reading() as connection:
        return connection.execute("SELECT max(id) FROM comment").fetchone()[0]


def files_with_words(shell):
    """The names of the files, the log among them, in which the words stand anywhere."""
    return {one.name for one in shell.path.parent.iterdir() if any(word in one.read_bytes().lower() for word in WORDS)}


def is_whole(shell):
    return {one["level"] for one in shell.json("doctor")} == {"ok"}


def blanked(shell, ref, *more):
    """Blank while somebody else has the file open, so that its log stays."""
    another = sqlite.connect(shell.path)
    another.execute("SELECT count(*) FROM event").fetchone()
    try:
        done = shell.json("redact", ref, "-m", WHY, *more)
        assert shell.path.with_name("okr.db-wal").exists()
        return done, files_with_words(shell)
    finally:
        another.close()


@pytest.mark.parametrize("what", SAID)
def test_words_are_gone_from_every_byte(running, what):
    ref, said = SAID[what]
    for who, *command in said:
        running("--as", who, *command)
    ref = ref.format(last_comment(running))
    assert files_with_words(running)
    done, left = blanked(running, ref)
    assert left == set()
    assert done["texts"] + done["events"] > 0
    assert done["elsewhere"] == []
    for command, told in everything(running, ("--as", "ana")):
        # The search answers with the word it was asked for.
        assert command[0] == "search" or not any(word.decode() in told.lower() for word in WORDS), command
    assert not any(word.decode() in running("export").lower() for word in WORDS)
    assert is_whole(running)
    line = running.json("log")[-1]
    assert line["text"].endswith(f": {WHY}")
    assert (line["verb"], line["who"]) == ("text.redact", running.json("me")["handle"])


def test_who_when_and_why_stand_in_their_place(running):
    running("--as", "ana", "checkin", "KR1", "--value", "20", "--confidence", "6", "-m", GOSSIP, "--next", "Nights")
    assert running("redact", "KR1 w9", "-m", WHY, "--column", "context").startswith(
        "KR1 w9: blanked 1 text and 1 event."
    )
    (checkin,) = running.json("kr", "show", "KR1")["checkins"]
    me = running.json("me")["handle"]
    assert checkin["context"] == f"[blanked 2026-11-24 by {me}: {WHY}]"
    assert (checkin["next"], checkin["value"], checkin["author"]) == ("Nights", 20, "ana")
    assert [line["text"] for line in running.json("log", "KR1") if "blanked" in line["text"]] == [
        "kr checkin KR1 (blanked)",
        f"blanked KR1 w9: {WHY}",
    ]


def test_a_reason_that_is_long_is_cut_where_the_words_were_short(running):
    running("--as", "ana", "win", "add", GOSSIP, "--team", "sales")
    running("redact", "W1", "-m", "Because " * 300)
    (win,) = running.json("win", "list", "--team", "sales")
    assert len(win["words"]) <= 200
    assert win["words"].endswith("…]")


def test_the_steps_that_were_ticked_stay_ticked(running):
    for who, *command in SAID["a step"][1]:
        running("--as", who, *command)
    before = running.json("kr", "show", "KR2")["progress"]
    running("redact", "KR2", "--column", "name", "-m", WHY)
    running("--as", "ana", "checkin", "KR2", "--confidence", "6", "-m", "Still one")
    assert running.json("kr", "show", "KR2")["progress"] == before == 0.5


def test_the_same_words_elsewhere_are_named_and_stay(running):
    running("--as", "ana", *KR)
    running("--as", "lea", "objective", "reword", "O1", "--why", f"As in {GOSSIP}")
    done = running.json("redact", "KR2", "-m", WHY)
    assert done["elsewhere"] == ["O1"]
    assert running.json("objective", "show", "O1")["why"] == f"As in {GOSSIP}"
    assert blanked(running, "O1", "--column", "why")[1] == set()


def test_copies_beside_the_file_are_named(running, tmp_path):
    running("backup", str(tmp_path / "friday.db"))
    running("restore", str(tmp_path / "friday.db"))
    running("--as", "rob", "comment", "KR1", GOSSIP)
    done = running.json("redact", f"C{last_comment(running)}", "-m", WHY)
    assert done["copies"] == ["okr.db.before-restore"]
    assert "okr.db.before-restore" in running("redact", "C1", "-m", WHY)


def test_what_is_typed_and_not_saved_goes_too(running):
    running("--as", "ana", *KR)
    with Store.open(running.path) as store:
        with store.reading() as connection:
            ana = people.by_handle(connection, "ana")
        session = Session(store, ana.id)
        drafts.keep(session, "Edit KR2", {"statement": f"{GOSSIP}.", "unit": "h"}, {"statement": GOSSIP, "unit": ""})
        drafts.keep(session, "Comment on KR2", {"body": f"See {GOSSIP}"}, {"body": ""})
        drafts.keep(session, "Comment on KR1", {"body": "Fine"}, {"body": ""})
        assert files_with_words(running) & {"okr.db.live", "okr.db.live-wal"}
        assert blanked(running, "KR2")[1] == set()
        left = {one.form: one.typed for one in drafts.waiting(session)}
    assert left == {"Edit KR2": {"unit": "h"}, "Comment on KR1": {"body": "Fine"}}


def test_what_others_said_of_it_stays(running):
    """Check-ins, comments and answers have refs of their own."""
    running("--as", "ana", "checkin", "KR1", "--value", "20", "--confidence", "6", "-m", "Weekends are covered")
    running("--as", "rob", "comment", "KR1", "Nights are not, are they?")
    running("redact", "KR1", "-m", WHY)
    running("redact", "O1", "-m", WHY)
    shown = running("kr", "show", "KR1") + running("objective", "show", "O1") + running("log")
    for words in (
        "Weekends are covered",
        "Nights are not, are they?",
        "We answer every inbound request from one queue",
    ):
        assert shown.count(words) >= 2, words
    assert "Median first answer falls" not in shown


def test_short_words_are_looked_for_in_their_own_place(running):
    for words in ("Hm", "Hm, hm"):
        running("--as", "rob", "comment", "KR1", words)
    number = last_comment(running)
    done = running.json("redact", f"C{number - 1}", "-m", WHY)
    assert (done["texts"], done["events"]) == (1, 1)
    assert "Hm, hm" in running("kr", "show", "KR1")


def test_a_sealed_reasoning_goes_and_the_scores_open_still(scoring):
    scoring("--as", "ana", "score", "KR1", "--side", "self", "--value", "0.4", "-m", GOSSIP)
    assert blanked(scoring, "KR1", "--column", "reasoning")[1] == set()
    scoring("--as", "lea", "score", "KR1", "--side", "manager", "--value", "0.5", "-m", "Half")
    scoring("--as", "ana", "reveal", "KR1")
    assert scoring.json("scores")[0]["self"]["reasoning"].startswith("[blanked ")
    assert is_whole(scoring)


def test_what_was_opened_and_calibrated_goes(scoring):
    scoring("--as", "ana", "score", "KR1", "--side", "self", "--value", "0.4", "-m", GOSSIP)
    scoring("--as", "lea", "score", "KR1", "--side", "manager", "--value", "0.5", "-m", "Half")
    scoring("--as", "ana", "reveal", "KR1")
    scoring("--as", "ana", "calibrate", "KR1", "--value", "0.4", "-m", GOSSIP)
    scoring("--as", "lea", "confirm", "KR1")
    scoring("--as", "ana", "kr", "close", "KR1", "--decision", "change", "-m", GOSSIP)
    assert blanked(scoring, "KR1")[1] == set()
    assert scoring.json("scores")[0]["agreed"]["value"] == 0.4
    assert is_whole(scoring)


def test_a_blanked_file_is_exported_and_imported_whole(running, tmp_path):
    running("--as", "rob", "comment", "KR1", GOSSIP)
    running("redact", f"C{last_comment(running)}", "-m", WHY)
    whole = tmp_path / "whole.json"
    whole.write_text(running("export"), "utf-8")
    running.options = ("--db", str(tmp_path / "new.db"))
    running("import", str(whole))
    assert is_whole(running)


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("KR99", "-m", WHY), 1, "No words go by 'KR99'"),
        (("KR1 w9", "-m", WHY), 1, "No words go by 'KR1 w9'"),
        (("'; DROP TABLE event --", "-m", WHY), 1, "No words go by"),
        (("KR1", "-m", WHY, "--column", "salt"), 2, "has no such words: there are statement"),
        (("KR1",), 2, "Say why it must go"),
        (("KR1", "-m", " "), 2, "Say why it must go"),
        (("KR1", "-m", "It said: Median first answer falls"), 2, "The reason repeats the words"),
    ],
)
def test_what_is_refused_changes_nothing(running, arguments, status, sentence):
    before = running("export")
    assert sentence in running.refused("redact", *arguments, status=status)
    stands, was = json.loads(running("export")), json.loads(before)
    assert stands["tables"] == was["tables"]


def test_again_it_only_empties_the_file(running):
    running("--as", "rob", "comment", "KR1", GOSSIP)
    ref = f"C{last_comment(running)}"
    running("redact", ref, "-m", WHY)
    events = len(running.json("log"))
    assert running.json("redact", ref, "-m", "Once more") == {
        "ref": ref,
        "texts": 0,
        "events": 0,
        "elsewhere": [],
        "copies": [],
    }
    assert len(running.json("log")) == events


def test_words_that_begin_like_what_is_left_are_words(running):
    me = running.json("me")["handle"]
    running("--as", "rob", "comment", "KR1", f"[blanked 2026-11-24 by {me}: {WHY}] {GOSSIP}")
    ref = f"C{last_comment(running)}"
    assert running.json("redact", ref, "-m", WHY)["texts"] == 1
    assert files_with_words(running) == set()


def test_a_key_s_comment_goes_with_its_person_s_name(running):
    with Store.open(running.path) as store, store.writing() as connection:
        connection.execute(
            "INSERT INTO ssh_key (person_id, type, blob, fingerprint, comment, at) VALUES"
            " ((SELECT id FROM person WHERE handle = 'ana'), 'ssh-ed25519', 'AAAA', ?, ?, '2026-11-24T10:00:00Z')",
            (f"SHA256:{'x' * 43}", GOSSIP),
        )
    assert running.json("redact", "@ana", "-m", WHY)["texts"] == 2
    assert files_with_words(running) == set()


def test_nobody_but_the_owner_as_themselves(running):
    for who in ("ada", "lea"):
        assert "is for the owner of" in running.refused("--as", who, "redact", "KR1", "-m", WHY)


def test_somebody_who_reads_on_is_told_of(running, monkeypatch):
    monkeypatch.setattr("okrtui.store.opening.BUSY_SECONDS", 0.05)
    running("--as", "rob", "comment", "KR1", GOSSIP)
    reader = sqlite.connect(running.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM comment").fetchone()
    ref = f"C{last_comment(running)}"
    assert "is being read" in running.refused("redact", ref, "-m", WHY, status=3)
    assert GOSSIP not in running("kr", "show", "KR1")
    reader.close()
    running("redact", ref, "-m", WHY)
    assert files_with_words(running) == set()


def test_everything_of_a_demo_can_be_blanked(tmp_path, bare, monkeypatch):
    """Whatever is blanked, every command still answers."""
    path = tmp_path / "demo.db"
    bare.options = ("--db", str(path))
    monkeypatch.delenv("OKRTUI_NOW")
    bare("demo", "--keep", str(path))
    with Store.open(path) as store, store.reading() as connection:
        found = {
            letters: [number for (number,) in connection.execute(f"SELECT id FROM {table}")]  # noqa: S608
            for letters, table in {"O": "objective", "KR": "key_result", "C": "comment", "S": "suggestion"}.items()
        }
        weeks = connection.execute("SELECT 'KR' || key_result_id || ' w' || week FROM checkin LIMIT 5").fetchall()
    refs = [f"{letters}{number}" for letters, numbers in found.items() for number in numbers[::9]]
    for ref in (*refs, *(ref for (ref,) in weeks), "WS1", "N1", "PR1", "W1", "I1", "P1"):
        answer = bare.call("redact", ref, "-m", WHY)
        assert answer.status == 0 or "No words go by" in answer.err, answer
    for who in ("samir", "nadia"):
        for command, _ in everything(bare, ("--as", who)):
            assert command
    for ref in found["KR"][::9]:
        bare("kr", "show", f"KR{ref}")
    for ref in found["O"][::3]:
        bare("objective", "show", f"O{ref}")
    assert {one["level"] for one in bare.json("doctor")} == {"ok"}
