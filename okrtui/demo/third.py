"""The third quarter: the waiting list meets its first clinics, and everybody learns what a clinic costs."""

from __future__ import annotations

from okrtui.demo.company import ZOFIA
from okrtui.demo.script import Act, Ask, Check, Goal, Kr, Quarter, Score, done, fall, rise, steps

_LIST = Goal(
    "first-slots",
    "ingrid",
    "calder",
    "The waiting list fills its first slots",
    "Patients want an earlier date, clinics have holes in their day, and a piece of paper stands between them. We have won "
    "when one clinic fills a hole and nobody there can say how.",
    asks=(
        Ask(
            "product",
            "hana",
            "We build for three clinics we can name, and sit in one of them every week.",
            krs=(
                Kr(
                    "pilot-fill",
                    "samir",
                    "Cancelled slots that the list fills in the pilot clinics",
                    rise(0, 20, "%"),
                    "Yes, it is the idea itself.",
                    guide=("6 %: it can happen.", "14 %: it happens on most days.", "20 %: they rely on it."),
                    checks=(
                        Check(2, 0, 5, "Nothing to fill with: eleven patients on the list."),
                        Check(4, 2, 5),
                        Check(6, 6, 6, "The receptionist asks at the counter now. The list has two hundred names."),
                        Check(8, 11, 7),
                        Check(10, 14, 7),
                        Check(13, 15, 7),
                    ),
                    score=Score(
                        0.8,
                        "15 %, on most days of the week.",
                        0.7,
                        "15 of 20, just what you said 0.7 would look like.",
                        0.7,
                    ),
                ),
                Kr(
                    "paper-gone",
                    "hana",
                    "Dr Lenz's practice throws its paper list away",
                    done("Two weeks without a name on paper"),
                    "Yes, even if it is one practice.",
                    checks=(
                        Check(3, 0, 6),
                        Check(6, 0, 7, "The paper holds only the children now."),
                        Check(9, 0, 3, "Dr Lenz has a broken hip. The practice is closed until further notice."),
                    ),
                    score=Score(
                        None,
                        "",
                        0,
                        "",
                        0,
                        "The practice has been closed since week nine. There is nobody who could throw the list away, and a "
                        "number would only be about a hip.",
                    ),
                ),
            ),
        ),
        Ask(
            "engineering",
            "wen",
            "The list may never book a patient twice; each Friday we try to make it.",
            krs=(
                Kr(
                    "double-booked",
                    "abena",
                    "Double bookings in a thousand offers",
                    fall(9, 0.5, "per 1,000"),
                    "Yes. One is enough to lose a clinic.",
                    checks=(
                        Check(2, 9, 5),
                        Check(5, 4, 6, "Lock on the slot, not on the day."),
                        Check(8, 2, 7),
                        Check(11, 1.5, 7),
                        Check(13, 1.5, 6),
                    ),
                    score=Score(
                        0.8, "From nine to one and a half.", 0.9, "You made the hard case safe; the rest is rare.", 0.9
                    ),
                ),
                Kr(
                    "list-scale",
                    "carla",
                    "The list holds for a thousand clinics",
                    steps("Measured with 50", "Measured with 300", "Measured with 1,000"),
                    "Yes, or next quarter will be the spring again.",
                    checks=(
                        Check(3, None, 6, done=1),
                        Check(
                            7,
                            None,
                            6,
                            "300 clinics, and the matching takes 40 seconds. One index, two seconds.",
                            done=2,
                        ),
                        Check(12, None, 7, done=2),
                    ),
                    score=Score(0.7, "Two of three, the third is booked for Monday.", 0.6, "Two of three.", 0.7),
                ),
            ),
        ),
        Ask(
            "operations",
            "joao",
            "We bring a pilot clinic live in a morning, and ask it every Friday whether it would miss us.",
            krs=(
                Kr(
                    "pilots",
                    "nadia",
                    "Clinics that use the list on most days",
                    rise(0, 12, "clinics"),
                    "Yes.",
                    checks=(
                        Check(2, 2, 6),
                        Check(4, 3, 6),
                        Check(7, 6, 7, "Two more asked by themselves."),
                        Check(10, 8, 7),
                        Check(13, 9, 8),
                    ),
                    score=Score(0.8, "Nine, without pushing anybody.", 0.7, "Nine of twelve.", 0.8),
                ),
            ),
        ),
    ),
    learnt=("samir", "The list was never the hard part. Getting names onto it was, and that happens at the counter."),
)

_WORTH = Goal(
    "worth",
    "kofi",
    "calder",
    "We know what a clinic brings and what it costs",
    "We price by practitioner, and pay by clinic, by call and by gigabyte. Some of our favourite customers may cost us money. "
    "I want to know which, before the bank asks.",
    ambition="committed",
    asks=(
        Ask(
            "finance",
            "ibrahim",
            "Every bill is split by clinic on the day it is booked.",
            krs=(
                Kr(
                    "margin-sheet",
                    "gwen",
                    "Each clinic's margin stands in one sheet that renews itself",
                    done("Two months in a row without a hand in it"),
                    "Yes.",
                    checks=(
                        Check(3, 0, 6),
                        Check(7, 0, 7, "First month ran by itself."),
                        Check(11, 1, 9),
                        Check(13, 1, 9),
                    ),
                    score=Score(1.0, "Two months, no hands.", 0.9, "Two months. Hosting is an estimate.", 0.9),
                ),
            ),
        ),
        Ask(
            "sales",
            "dara",
            "No renewal is signed without its margin on the same page.",
            krs=(
                Kr(
                    "margin-seen",
                    "mateus",
                    "Renewals signed with the margin known",
                    rise(0, 90, "%"),
                    "Yes.",
                    checks=(
                        Check(4, 0, 5, "No sheet, no margin."),
                        Check(8, 45, 6),
                        Check(11, 62, 7),
                        Check(13, 66, 7, "Two we would have signed at a loss."),
                    ),
                    score=Score(
                        0.7, "Two in three, from a standing start.", 0.6, "66 of 90, held up by the sheet.", 0.7
                    ),
                ),
            ),
        ),
    ),
    learnt=("kofi", "Eleven clinics cost us money. Nine of them by one setting that nobody had asked them to change."),
)

_READ = Goal(
    "read",
    "noor",
    "marketing",
    "Front desks read what we write",
    "We write for owners. Owners forward nothing.",
    asks=(
        Ask(
            "marketing",
            "felix",
            "One page a week, written for whoever answers the phone.",
            accepted="0 Mon 13:30",
            krs=(
                Kr(
                    "letter",
                    "felix",
                    "Receptionists who subscribe to the letter",
                    rise(200, 300, "readers"),
                    "Yes.",
                    checks=(Check(2, 228, 9), Check(5, 281, 9), Check(8, 330, 10), Check(13, 412, 10)),
                    score=Score(
                        1.0,
                        "412 of 300.",
                        1.0,
                        "412 of 300. Next time write a number that frightens you a little.",
                        1.0,
                    ),
                ),
                Kr(
                    "opened",
                    "elin",
                    "Letters opened on the day they arrive",
                    rise(30, 35, "%"),
                    "Yes.",
                    checks=(Check(2, 33, 9), Check(6, 37, 10), Check(13, 39, 10)),
                    score=Score(1.0, "39 %.", 1.0, "39 %, past it by week six.", 1.0),
                ),
            ),
        ),
    ),
    learnt=("noor", "We were past both by the middle. That is a compliment to the letter, and not to our aim."),
)

_REPLY = Goal(
    "reply",
    "priya",
    "support",
    "Nobody waits over night for us",
    "A mail at four is answered the next morning, when the patient has gone elsewhere.",
    asks=(
        Ask(
            "support",
            "tom",
            "Whoever goes home last leaves no clinic without a word.",
            accepted="0 Mon 14:30",
            krs=(
                Kr(
                    "over-night",
                    "tom",
                    "Mails still unanswered at night",
                    fall(31, 5, "a day"),
                    "Yes.",
                    checks=(
                        Check(1, 31, 6),
                        Check(4, 22, 6),
                        Check(7, 16, 7, "Zofia's late shift. She asked for it."),
                        Check(10, 13, 7),
                        Check(13, 12, 7),
                    ),
                    score=Score(0.7, "Nineteen fewer.", 0.7, "19 of 26.", 0.7),
                ),
            ),
        ),
    ),
    learnt=("tom", "An honest 'tomorrow at nine' counts as an answer. Most people only want to know."),
)

_FAIR = Goal(
    "fair",
    "rosa",
    "people",
    "Everybody can say what they are paid for",
    "Three colleagues in the same job, three contracts, no reason anybody remembers.",
    asks=(
        Ask(
            "people",
            "ibrahim",
            "We describe two posts a week with the people who hold them.",
            accepted="0 Mon 16:00",
            krs=(
                Kr(
                    "bands",
                    "ibrahim",
                    "Colleagues whose pay lies in a band they have read",
                    rise(0, 100, "%"),
                    "Yes.",
                    checks=(Check(4, 20, 6), Check(8, 44, 6), Check(13, 60, 6, "Sales is the hard one: commission.")),
                    score=Score(0.6, "60 %.", 0.6, "60 %.", 0.6),
                ),
            ),
        ),
    ),
    learnt=("rosa", "Describing a post with its holder takes an hour and ends three years of wondering."),
)

_ACTS = (
    Act(
        "9 Tue 09:50",
        "hana",
        "comment",
        "paper-gone",
        "Flowers are on their way. I would not drop this, only stop counting.",
    ),
    Act("9 Tue 11:15", "ingrid", "comment", "paper-gone", "Agreed. Say so at the end, in a sentence."),
    Act(
        "14 Thu 14:15",
        "kofi",
        "comment",
        "letter",
        "Glad about the letter. 1.0 twice on one objective: would you have argued for 600?",
    ),
)

THIRD = Quarter((_LIST, _WORTH, _READ, _REPLY, _FAIR), (*ZOFIA, *_ACTS))
