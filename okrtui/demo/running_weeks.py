"""The quarter that runs, week by week: what teams put first on Monday, and what they were glad of on Friday."""

from __future__ import annotations

from okrtui.demo.script import Act


def _first(when: str, by: str, team: str, *lines: tuple[str, str]) -> tuple[Act, ...]:
    """The priorities somebody sets for their team, each with its rank."""
    return tuple(Act(when, by, "priority", words=words, team=team, fields={"rank": rank}) for rank, words in lines)


def _won(when: str, by: str, team: str, *lines: str) -> tuple[Act, ...]:
    return tuple(Act(when, by, "win", words=words, team=team) for words in lines)


WEEKS = (
    *_first(
        "8 Mon 09:05",
        "hana",
        "product",
        ("P1", "Late slots: find out why offers after four go unanswered"),
        ("P1", "One change of opening hours reaches every clinic of a group"),
        ("P2", "Two receptionists watched for a whole morning each"),
    ),
    *_first(
        "8 Mon 09:20",
        "priya",
        "support",
        ("P1", "No ticket older than two days by Thursday"),
        ("P2", "The five answers that clinics ask for most, rewritten"),
    ),
    *_first("8 Mon 09:35", "wen", "engineering", ("P1", "The second carrier answers in test"), ("P2", "Quiet nights")),
    *_won("8 Fri 15:40", "samir", "product", "A clinic in Leeds filled eleven slots without one call"),
    *_won("8 Fri 15:45", "hana", "product", "We know now: it is the clinics' own lines that go quiet at five"),
    *_won("8 Fri 15:50", "tom", "support", "Not one ticket older than two days, for the first time since spring"),
    *_first(
        "9 Mon 09:05",
        "hana",
        "product",
        ("P1", "Go through ten late slots with engineering, and decide"),
        ("P1", "The group's office adds a clinic by itself, in the test group"),
        ("P2", "Say which drafts of next quarter we would argue for in its week nine"),
    ),
    *_first(
        "9 Mon 09:20",
        "priya",
        "support",
        ("P1", "Answers after five: who is on, until when"),
        ("P2", "Henrik shows the rewritten answers to three clinics"),
    ),
    *_first("9 Mon 09:35", "wen", "engineering", ("P1", "A date from the second carrier, or another carrier")),
    *_won("9 Wed 16:10", "samir", "product", "The test group's office changed its hours for four clinics at once"),
)
