"""What teams and people take on in the quarter that runs: initiatives, commitments, and one OKR of one person's own."""

from __future__ import annotations

from okrtui.demo.script import Act, rise


def _work(when: str, by: str, key: str, title: str, team: str, *moves: str, **fields: str) -> Act:
    return Act(when, by, "initiative", key, title, team, {"moves": moves, "status": "doing", **fields})


def _promise(when: str, by: str, key: str, kind: str, words: str, to: str = "") -> Act:
    return Act(when, by, "promise", key, words, fields={"kind": kind, "to": to})


_INITIATIVES = (
    _work(
        "1 Tue 11:10",
        "hana",
        "short-list",
        "Ask the three who live nearest first",
        "product",
        "refill-yes",
        owner="samir",
    ),
    _work(
        "1 Wed 15:20",
        "abena",
        "queue",
        "One queue for offers instead of five",
        "engineering",
        "offer-delay",
        owner="abena",
    ),
    _work(
        "2 Mon 10:00",
        "nadia",
        "films",
        "Film the four steps everybody asks about",
        "operations",
        "no-visit",
        owner="joao",
    ),
    _work("2 Tue 09:40", "felix", "letters", "Ask happy clinics for a letter", "marketing", "trials", owner="felix"),
    _work(
        "3 Thu 14:05",
        "henrik",
        "macros",
        "Rewrite the twenty answers we send most",
        "support",
        "first-time",
        owner="zofia",
    ),
    _work("4 Fri 11:30", "carla", "tidy", "Tidy the wiki", "engineering", owner="carla", status="planned"),
)

_PROMISES = (
    _promise(
        "1 Thu 09:15",
        "samir",
        "ring",
        "contribution",
        "I ring two clinics a week that switched offers off.",
        "refill-rate",
    ),
    _promise("1 Thu 09:25", "samir", "sql", "development", "Write my own queries, so that I need nobody for a number."),
    _promise(
        "2 Mon 10:30",
        "samir",
        "across",
        "stretch",
        "Run the trial of the shorter list with Support by myself.",
        "short-list",
    ),
    _promise("2 Tue 16:00", "zofia", "write", "development", "Write an answer that nobody has to ask back about."),
    _promise(
        "2 Wed 10:10",
        "yuki",
        "calls",
        "contribution",
        "One call a week with a customer in the room.",
        "reference-calls",
    ),
    _promise("3 Mon 09:50", "joao", "camera", "stretch", "Cut the films, too.", "films"),
    Act("6 Fri 15:00", "joao", "kept", "camera"),
)

_ELINS = (
    Act(
        "1 Mon 14:00", "hana", "selective", team="product", words="What patients say of us is in no key result of ours."
    ),
    Act(
        "1 Mon 14:20",
        "hana",
        "objective",
        "patients-heard",
        team="product",
        fields={
            "title": "A patient's sentence stands in every decision",
            "why": "We count slots. Elin hears patients. Winning is that one changes what the other does.",
            "ambition": "aspirational",
            "parent": "refill-yes",
        },
    ),
    Act("1 Mon 14:40", "hana", "publish", "patients-heard"),
    Act(
        "1 Mon 14:45",
        "hana",
        "ask person",
        "patients-heard",
        "Nobody else talks with patients, and a contribution would be gone with the quarter.",
        fields={"person": "elin", "need": "role_not_covered"},
    ),
    Act("1 Tue 09:20", "elin", "see", "patients-heard", team="@elin"),
    Act("1 Tue 09:30", "elin", "accept", "patients-heard", "I bring two calls to every Monday.", "@elin"),
    Act(
        "1 Tue 10:00",
        "elin",
        "kr",
        "decisions-quoted",
        team="@elin",
        fields={
            "statement": "Decisions of Product that quote a patient",
            **rise(5, 50, "%"),
            "owner": "elin",
            "control": "ours",
            "shared_team": "",
            "week_nine": "Yes. It is why I am here.",
            "objective": "patients-heard",
            "draft": True,
        },
    ),
    Act("1 Tue 10:20", "elin", "propose", "decisions-quoted"),
    Act("1 Wed 11:00", "hana", "agree", "decisions-quoted"),
    *(
        Act(
            f"{week} Fri 10:{week:02}",
            "elin",
            "checkin",
            "decisions-quoted",
            fields={
                "value": value,
                "confidence": confidence,
                "context": words,
                "blocker": "",
                "next": "",
                "week": week,
                "done": 0,
            },
        )
        for week, value, confidence, words in (
            (2, 8, 6, "One of twelve. It was read aloud."),
            (4, 17, 6, "Two of twelve, both by Samir."),
            (6, 25, 7, "Three. Hana asked for one before I offered it."),
            (8, 33, 7, "Four of twelve."),
        )
    ),
)

OWN_WORK = (*_INITIATIVES, *_PROMISES, *_ELINS)
