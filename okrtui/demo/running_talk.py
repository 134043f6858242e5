"""The quarter that runs: pushbacks and their answers, questions, amendments, who came and went, and what was said."""

from __future__ import annotations

from okrtui.demo.script import Act

_PUSHBACKS = (
    Act(
        "-1 Tue 15:10",
        "noor",
        "push back",
        "refill",
        "'The leader in filled appointments' is a slogan. We could write ten posts and call it done. Which clinics, which "
        "appointments, and what would a receptionist notice?",
        "marketing",
        {"reason": "wrong_altitude"},
    ),
    Act(
        "-1 Wed 09:20",
        "ingrid",
        "reword",
        "refill",
        fields={
            "title": "A cancelled appointment is filled the same day",
            "why": "Clinics lose one slot in nine to late cancellations. Last quarter the waiting list showed that it can "
            "give half of them back; now it has to do so without anybody lifting a phone. We have won when a receptionist "
            "tells us she no longer keeps a paper list.",
        },
    ),
    Act(
        "-1 Wed 09:35",
        "ingrid",
        "answer",
        "refill",
        "Fair. It now says what a receptionist would notice.",
        "marketing",
        {"answer": "reworded"},
    ),
    Act(
        "-1 Wed 11:30",
        "wen",
        "push back",
        "groups",
        "We cannot tell a go-live that failed for our reasons from one that failed because the group's records were a mess. "
        "There is nothing here for us to count.",
        "engineering",
        {"reason": "cannot_measure"},
    ),
    Act(
        "-1 Fri 10:15",
        "ingrid",
        "answer",
        "groups",
        "Then count what you own: the hours of your people booked on a go-live. João has logged them since spring, ask him "
        "for the sheet. If that is too crude by week three, I split this.",
        "engineering",
        {"answer": "explained"},
    ),
    Act(
        "-1 Wed 15:05",
        "nadia",
        "push back",
        "own",
        "We neither sell nor price. Every euro we could save sits in hosting, and that contract runs another year.",
        "operations",
        {"reason": "does_not_apply"},
    ),
    Act(
        "-1 Thu 09:15",
        "kofi",
        "comment",
        "own",
        "@nadia the contract is for the machines, not for how full we leave them. Would you look at last month's bill with "
        "Gwen before we argue?",
    ),
    Act("-1 Thu 10:50", "nadia", "seen", "own"),
    Act(
        "-1 Fri 13:40",
        "nadia",
        "comment",
        "own",
        "Looked. A third of it is backups of clinics that left. I take it back.",
    ),
    Act("-1 Fri 13:45", "nadia", "take back", "own", team="operations"),
    Act("6 Thu 09:30", "noor", "see", "own", team="marketing"),
    Act(
        "7 Mon 09:50",
        "noor",
        "push back",
        "own",
        "What a clinic pays is decided in Sales, and what it costs in Operations. We bring trials, and we count those "
        "already. Give us the part that is ours, or leave us out of this one.",
        "marketing",
        {"reason": "not_ours_to_move"},
    ),
)

_CHANGES = (
    Act("3 Tue 10:30", "anselm", "withdraw", "languages", "Every group we talk to works in a language we have."),
    Act(
        "3 Wed 15:00", "wen", "comment", "go-live-hours", "Crude, but it found the calendar import. I can live with it."
    ),
    Act("3 Wed 16:20", "ingrid", "comment", "go-live-hours", "Then I will not split it. Thank you for trying."),
    Act(
        "4 Tue 11:15",
        "joao",
        "amend",
        "weeks-live",
        "The groups that signed bring their own records system. Moving those out takes a week that no effort of ours removes.",
        fields={"target": 6},
    ),
    Act("4 Wed 09:10", "kofi", "return", "weeks-live", "Is it a week for every group, or for the two we know?"),
    Act(
        "4 Wed 14:20",
        "joao",
        "comment",
        "weeks-live",
        "For seven of the nine in Mateus's list. I rang them. The other two keep paper.",
    ),
    Act("4 Thu 09:05", "kofi", "agree", "weeks-live"),
    Act("5 Mon 10:40", "felix", "establish", "trials", fields={"baseline": 18, "target": 30}),
    Act(
        "5 Tue 15:30",
        "carla",
        "drop",
        "one-login",
        "Both new groups sign in through a directory of their own. Nobody would use ours.",
    ),
    Act(
        "8 Tue 14:05",
        "mateus",
        "amend",
        "groups-signed",
        "Two of the five in talks must pass a data-protection audit first, and the auditor's next free day is after the "
        "quarter. Six is what is still in our hands.",
        fields={"target": 6},
    ),
    Act(
        "8 Mon 10:15",
        "ingrid",
        "return",
        "refill-late",
        "Half of our clinics close at five. Filled by when, and for whom: is a slot at 16:45 worth a patient's taxi?",
    ),
    Act(
        "2 Thu 15:10",
        "samir",
        "kr",
        "refill-sms",
        team="product",
        fields={
            "statement": "Patients choose how we reach them",
            "objective": "refill",
            "draft": False,
        },
    ),
    Act("4 Mon 11:00", "hana", "park", "refill-sms"),
)

_COMINGS_AND_GOINGS = (
    Act("6 Wed 17:00", "marek", "leave", "henrik"),
    Act("7 Mon 08:45", "leila", "deputy", "noor", "10 Fri", "market"),
    Act("8 Tue 10:10", "noor", "agree", "stories"),
)

_TALK = (
    Act(
        "1 Wed 11:05",
        "ingrid",
        "comment",
        "refill-rate",
        "Before you lock the number: does 'filled' mean booked, or does it mean the patient came?",
    ),
    Act(
        "1 Wed 13:20",
        "samir",
        "comment",
        "refill-rate",
        "Came. A booked slot that stays empty would be the worse cancellation.",
    ),
    Act(
        "3 Fri 16:10",
        "kofi",
        "comment",
        "uptime",
        "Thank you for writing 'nobody owned'. Which other certificates is that true of?",
    ),
    Act("3 Fri 16:40", "marek", "comment", "uptime", "Two. Both mine since lunch."),
    Act("4 Thu 10:30", "yuki", "comment", "renewals", "One of the three would come back if we wrote to her. Shall I?"),
    Act("4 Thu 10:55", "mateus", "comment", "renewals", "Please. Without a discount."),
    Act(
        "5 Wed 09:20",
        "tom",
        "comment",
        "list-calls",
        "@samir half of Monday's calls are about the greyed-out 'offer' button. It never says why it is grey.",
    ),
    Act("5 Wed 10:15", "samir", "seen", "list-calls"),
    Act("5 Wed 10:30", "samir", "comment", "list-calls", "It will from Thursday. Please keep counting that one apart."),
    Act(
        "6 Fri 16:05",
        "gwen",
        "comment",
        "hosting",
        "Checked with the lawyer: eight years for invoices, nothing for backups of calendars. Delete them.",
    ),
    Act(
        "6 Fri 16:45",
        "priya",
        "comment",
        "first-time",
        "Henrik's last week. Who takes this one? I would like to ask Zofia.",
    ),
    Act(
        "7 Tue 09:30",
        "zofia",
        "comment",
        "first-time",
        "I have {first-hours} already, and the two pull against each other. Not me, please.",
    ),
    Act(
        "7 Fri 16:20",
        "ingrid",
        "comment",
        "refill-yes",
        "Eight points for a name. What else do we call 'the clinic' where the patient thinks of a person?",
    ),
    Act(
        "8 Mon 11:40", "hana", "comment", "refill-yes", "The reminder, the bill and the birthday mail. List is coming."
    ),
    Act(
        "8 Mon 16:15",
        "leila",
        "comment",
        "own",
        "@kofi Noor has a point. If we want the share of trials that stay, let us say so.",
    ),
    Act(
        "8 Wed 10:05",
        "dara",
        "comment",
        "groups-signed",
        "I stand behind six. Eight was written before anybody had said 'audit' to us.",
    ),
    Act(
        "8 Fri 16:05",
        "kofi",
        "comment",
        "second-carrier",
        "I have their account manager at ten on Tuesday. If he cannot name a date I ask for the draft back and sign elsewhere.",
    ),
    Act(
        "9 Tue 11:20",
        "kofi",
        "comment",
        "second-carrier",
        "He had not known that it was lying there. Promised for Monday, in writing. I will believe it on Monday.",
    ),
    Act(
        "8 Fri 16:25",
        "abena",
        "comment",
        "refill-rate",
        "@samir about the late slots: the offers go out in time. It is the clinics' own lines that go quiet at five. Ten "
        "minutes on it before your next check-in?",
    ),
)

TALK = (*_PUSHBACKS, *_CHANGES, *_COMINGS_AND_GOINGS, *_TALK)
