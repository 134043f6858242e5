"""The quarter that runs: the company's objective about cancelled appointments, and what four teams count under it."""

from __future__ import annotations

from okrtui.demo.script import Ask, Check, Goal, Kr, fall, hold, rise, steps

_PRODUCT = Ask(
    "product",
    "hana",
    "Every week we watch ten cancellations from start to end, and remove whatever made somebody pick up a phone.",
    drafted="0 Tue 09:30",
    krs=(
        Kr(
            "refill-rate",
            "samir",
            "Cancelled slots filled the same day without a call",
            rise(22, 45, "%"),
            "Yes. It is the first number a clinic would look at if it wanted to leave us.",
            guide=(
                "Under 29 %: the list works where the front desk nurses it.",
                "38 %: in half our clinics nobody phones any more.",
                "45 %: the paper list is in the bin.",
            ),
            checks=(
                Check(1, 22, 5, "Only the pilot clinics count so far."),
                Check(2, 24, 6, "Offers now go to three patients at once instead of one after the other."),
                Check(
                    3, 26, 6, "Physio clinics climb, dentists do not: their slots are longer, and we match by length."
                ),
                Check(4, 27, 6, "Dentists still flat.", next="Match by treatment, for forty of them."),
                Check(5, 31, 7, "Matching by treatment is live for 40 dentists, and it shows."),
                Check(6, 33, 7, "Holds over a full week."),
                Check(7, 35, 7, "Best Tuesday so far: 41 %."),
                Check(
                    8,
                    36,
                    8,
                    "Slots that come free before nine fill at 52 %. After three in the afternoon, at 11 %.",
                    next="Go through ten late slots with Abena.",
                ),
            ),
        ),
        Kr(
            "refill-yes",
            "hana",
            "Patients who take the first offer they get",
            rise(31, 50, "%"),
            "Yes, though I would rather argue about the message than about the number.",
            guide=(
                "35 %: we made the message nicer.",
                "44 %: patients trust the offer enough to answer at work.",
                "50 %: every second offer ends the search.",
            ),
            checks=(
                Check(1, 31, 5),
                Check(2, 31, 5, "New wording, no effect."),
                Check(3, 32, 5, "Noise, I think."),
                Check(4, 31, 4, "We rewrote the message twice. Nobody noticed."),
                Check(5, 31, 4, "Eleven patients on the phone. Nine did not know for how long the slot was held."),
                Check(6, 33, 5, "The offer says until when it is held. The first thing that moved anything."),
                Check(7, 41, 7, "Naming the practitioner instead of the clinic: up eight points in four days."),
                Check(8, 44, 8, "No fluke, all clinics have it now and it stays."),
                Check(9, 44, 8),
            ),
        ),
        Kr(
            "refill-complaints",
            "elin",
            "Patients complain about offers no more than they do today",
            hold(0, 4, "per 10,000 offers", weight=0),
            "Yes: we can fill any slot by pestering people.",
            checks=(
                Check(1, 2.1, 8),
                Check(2, 2.4, 8),
                Check(3, 2.0, 8),
                Check(4, 3.1, 7, "Three offers at once means two people hear 'already gone'. Some of them write."),
                Check(5, 3.6, 6, "Close to the edge. The 'already gone' text is kinder from Thursday on."),
                Check(6, 3.3, 7),
                Check(7, 2.9, 8, "The kinder text did it."),
                Check(8, 3.0, 8),
                Check(9, 2.8, 8),
            ),
        ),
        Kr(
            "refill-late",
            "samir",
            "Slots that come free after three are still filled",
            rise(11, 30, "%"),
            "I think so. It is where the receptionists laugh at us.",
            until="proposed",
            drafted="7 Tue 10:20",
            proposed="7 Thu 11:05",
        ),
        Kr(
            "refill-reach",
            "hana",
            "Find out how patients want to be asked",
            {},
            until="idea",
            drafted="8 Mon 17:20",
        ),
    ),
)

_ENGINEERING = Ask(
    "engineering",
    "wen",
    "We keep the way from a cancellation to a patient's phone short, and when it is not, we know before a clinic does.",
    krs=(
        Kr(
            "offer-delay",
            "abena",
            "Minutes from a cancellation to the first offer, slowest tenth",
            fall(14, 2, "min"),
            "Yes. After ten minutes the receptionist has started phoning.",
            guide=(
                "8 minutes: quick on a quiet day.",
                "4 minutes: quick on a Monday.",
                "2 minutes: nobody reaches for the phone.",
            ),
            checks=(
                Check(1, 14, 6, "Now measured from the tap on 'cancel', not from when our queue wakes up."),
                Check(2, 12, 6, "One queue per clinic. The big ones no longer hold up the small ones."),
                Check(3, 9, 7, "The nightly report was eating the morning. It runs at three now."),
                Check(4, 8, 7),
                Check(5, 7, 7, "Seven, in spite of forty more dentists."),
                Check(6, 5, 8, "Two polling loops gone."),
                Check(7, 5, 7, "Flat. What is left is the carrier."),
                Check(
                    8,
                    9,
                    4,
                    "Carrier slows us down on Monday mornings: whatever comes after 8:10 waits. Back at nine minutes.",
                    blocker="30 messages a second is all our carrier gives us until the second contract is signed.",
                    next="Send by priority: offers first, birthday greetings last.",
                ),
            ),
        ),
        Kr(
            "second-carrier",
            "carla",
            "Messages go out through a carrier we are free to leave",
            steps(
                "Two carriers tested side by side",
                "Contract with the second one signed",
                "A tenth of all messages on it",
                "Any clinic fails over within a minute",
            ),
            "Yes. Last spring we learnt what one carrier means.",
            checks=(
                Check(1, None, 5),
                Check(2, None, 6, "Both deliver. The cheap one loses 4 in 1,000 on prepaid numbers.", done=1),
                Check(4, None, 6, "Price agreed, paper to follow.", done=1),
                Check(6, None, 5, "Contract is with their lawyers.", done=1),
                Check(7, None, 5, "Still with their lawyers.", done=1),
                Check(
                    8,
                    None,
                    4,
                    "Code is ready and tested. We have nobody to send to.",
                    blocker="The contract has been with the carrier's lawyers for 17 days, and nobody answers our mails.",
                    next="Kofi calls their account manager on Tuesday.",
                    done=1,
                ),
            ),
        ),
        Kr(
            "uptime",
            "marek",
            "The booking page answers, every minute of the opening day",
            hold(99.9, 100, "% of minutes"),
            "Always. Nobody thanks us for it and everybody leaves without it.",
            checks=(
                Check(1, 99.97, 8),
                Check(2, 99.99, 9),
                Check(
                    3,
                    99.84,
                    6,
                    "26 minutes dark on Wednesday: a certificate that nobody owned. It has an owner and an alarm now.",
                ),
                Check(4, 99.98, 7),
                Check(5, 99.99, 8),
                Check(6, 99.98, 8),
                Check(7, 100, 9, "A whole week without a dropped minute."),
                Check(8, 99.95, 8, "Five minutes on Monday, the carrier's queue backing up into ours."),
                Check(9, 99.99, 8),
            ),
        ),
    ),
)

_SUPPORT = Ask(
    "support",
    "priya",
    "Whoever rings about the waiting list gets an answer, and Product gets the question the same day.",
    krs=(
        Kr(
            "list-calls",
            "tom",
            "Calls asking how the waiting list works",
            fall(64, 20, "a week"),
            "Yes: each of them is a screen that does not explain itself.",
            shared="product",
            control="shared",
            checks=(
                Check(1, 64, 5, "Counted by hand, on one tally sheet."),
                Check(2, 58, 6, "Two-minute film on the login page."),
                Check(3, 51, 6, "Most callers are new at the front desk."),
                Check(4, 47, 6),
                Check(5, 44, 6, "Mondays are half of it."),
                Check(6, 44, 6, "No change."),
                Check(7, 44, 6, "No change."),
                Check(8, 44, 6, "No change."),
            ),
        ),
        Kr(
            "list-alone",
            "zofia",
            "Clinics that set the list up without writing to us",
            {"kind": "increase", "unit": "%"},
            until="idea",
            drafted="3 Wed 14:15",
        ),
    ),
)

_MARKETING = Ask(
    "marketing",
    "noor",
    "Once a week a clinic tells the story of its own paper list, with numbers, in places receptionists read.",
    krs=(
        Kr(
            "list-on",
            "felix",
            "Clinics that have switched the waiting list on",
            rise(120, 210, "clinics"),
            "Yes. A list that is off fills nothing.",
            shared="product",
            control="shared",
            guide=(
                "145: those who read our mails.",
                "185: those who read each other's.",
                "210: every clinic with more than two practitioners.",
            ),
            checks=(
                Check(1, 124, 6),
                Check(2, 131, 6, "Dr Amsel's story brought seven. She wrote it herself, typos and all."),
                Check(3, 139, 7, "Second story, this one from a dentist."),
                Check(4, 146, 7),
                Check(5, 151, 6, "Slower: no story last week, the clinic got cold feet."),
                Check(6, 158, 7, "Webinar at 7 in the morning, before they open. 60 came."),
                Check(7, 166, 7, "Repeated it. 48."),
                Check(8, 171, 7, "What is left are single practitioners, who say they have nobody to put on a list."),
                Check(9, 174, 7, "Three from Monday's mail.", when="9 Tue 10:05"),
            ),
        ),
        Kr(
            "list-recommend",
            "elin",
            "Receptionists would recommend the list to the clinic next door",
            {},
            author="felix",
            until="draft",
            drafted="6 Thu 15:40",
        ),
    ),
)

REFILL = Goal(
    "refill",
    "ingrid",
    "calder",
    "We are the leader in filled appointments",
    "Cancellations cost our clinics one slot in nine. The waiting list should make us the name they think of.",
    asks=(_PRODUCT, _ENGINEERING, _SUPPORT, _MARKETING),
    when="-1 Mon 10:00",
)
