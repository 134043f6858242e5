"""What is exchanged on the boards of the quarter that runs: suggestions, dots, an answer to a check, a defence."""

from __future__ import annotations

from okrtui.demo.script import Act

BOARD = (
    Act(
        "2 Mon 09:40",
        "samir",
        "know",
        "refill-rate",
        "its numbers stand right below it, and support counts them every Monday",
        fields={"rule": "number"},
    ),
    Act(
        "8 Mon 09:05",
        "ingrid",
        "suggest",
        "refill-late",
        "Then we both know what 'still' means.",
        fields={"field": "statement", "proposed": "Slots that come free after three are filled by closing time"},
    ),
    Act(
        "8 Mon 13:15",
        "hana",
        "suggest",
        "refill-late",
        "Thirty would be every second one that somebody could still reach.",
        fields={"field": "target", "proposed": "25"},
    ),
    Act("8 Mon 13:16", "hana", "dot", "refill-late"),
    Act("8 Mon 13:17", "hana", "dot", "refill-late"),
    Act("8 Tue 10:05", "elin", "dot", "refill-late"),
    Act("8 Tue 10:07", "elin", "dot", "refill-reach"),
    Act("8 Tue 15:30", "samir", "dot", "refill-reach"),
    Act(
        "9 Tue 09:50",
        "hana",
        "defend",
        "refill-yes",
        "Yes. Six clinics answered us with what they did with the hour, and nobody asked for the phone back.",
        fields={"decision": "keep"},
    ),
)
