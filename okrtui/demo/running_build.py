"""The quarter that runs: what the leads of Build, Engineering, Operations and People set."""

from __future__ import annotations

from okrtui.demo.script import Ask, Check, Goal, Kr, done, fall, rise

FIX = Goal(
    "fix",
    "wen",
    "engineering",
    "A fix reaches every clinic the day it is ready",
    "We mend most things within hours and then let them lie for a week. The clinics see the week. Winning is a bug that a "
    "receptionist reports before lunch and cannot find after it.",
    asks=(
        Ask(
            "engineering",
            "carla",
            "Nobody starts something new on a day on which something finished has not gone out.",
            accepted="0 Wed 15:00",
            drafted="0 Thu 09:30",
            proposed="0 Fri 10:00",
            agreed="1 Tue 10:30",
            krs=(
                Kr(
                    "lead-time",
                    "carla",
                    "Days from merged to running in every clinic",
                    fall(6, 1, "days"),
                    "Yes. We are the only ones who can move it, so there is nobody to blame.",
                    guide=("4 days: we shortened the queue.", "2 days: we hardly notice it.", "1 day: there is none."),
                    checks=(
                        Check(1, 6, 5),
                        Check(2, 6, 5),
                        Check(3, 5, 6, "Two waves instead of four."),
                        Check(4, 5, 6),
                        Check(5, 3, 7, "Release notes write themselves now.", when="6 Tue 09:45"),
                        Check(6, 3, 7),
                        Check(7, 2, 8, "Twice this week within the day."),
                        Check(8, 2, 8),
                        Check(
                            9, 2, 8, "Same. The last day is the old tablets, which update at night.", when="9 Wed 15:20"
                        ),
                    ),
                ),
                Kr(
                    "rollback",
                    "marek",
                    "One command takes a bad release back",
                    done("Done twice for real, once by somebody who did not write it"),
                    "Yes, it is what makes the daily release thinkable.",
                    checks=(
                        Check(2, 0, 6, "Works on the test machines."),
                        Check(4, 0, 7, "First real one: my own release, my own fault. Six minutes."),
                        Check(6, 1, 9, "Abena took Thursday's back in four minutes. She had never read the script."),
                        Check(7, 1, 9),
                        Check(8, 1, 10, "Stays done."),
                    ),
                ),
            ),
        ),
    ),
    parent="offer-delay",
    when="0 Wed 10:00",
)


FAST = Goal(
    "fast",
    "anselm",
    "build",
    "The appointment book opens in a second on the oldest computer",
    "Three group offices have told me the same thing within a month: it is good, and it is slow on what they have. Nobody "
    "buys new computers for a calendar. I know it is late in the quarter; say so if it does not fit.",
    asks=(Ask("product", asked="8 Thu 16:25"),),
    parent="refill",
    when="8 Thu 14:00",
)


LANGUAGES = Goal(
    "languages",
    "anselm",
    "build",
    "A receptionist works in her own language",
    "Two prospects asked for Portuguese and one for Polish.",
    asks=(
        Ask(
            "product",
            "hana",
            "We write every new screen so that somebody else can translate it.",
            accepted="0 Fri 11:00",
        ),
    ),
    when="-1 Tue 15:00",
)


RECORDS = Goal(
    "records",
    "joao",
    "operations",
    "Every clinic's records arrive whole",
    "One wrong birthday and the practice stops trusting the other nine thousand. They check for months, by hand.",
    asks=(
        Ask(
            "operations",
            "nadia",
            "We import twice: once to find what breaks, once for real, and the clinic signs in between.",
            accepted="0 Thu 10:00",
            drafted="0 Thu 11:00",
            proposed="0 Fri 12:30",
            agreed="1 Tue 13:20",
            krs=(
                Kr(
                    "clean-records",
                    "nadia",
                    "Patient records that arrive without a correction",
                    rise(91, 99, "%"),
                    "Yes. 91 sounds fine until you say nine hundred wrong ones per clinic.",
                    checks=(
                        Check(1, 91, 6),
                        Check(2, 92, 6),
                        Check(3, 94, 7, "Dates with two-digit years: mended for good."),
                        Check(4, 94, 7),
                        Check(5, 95, 7),
                        Check(6, 96, 7, "Insurance numbers next."),
                        Check(7, 96, 7),
                        Check(8, 95, 6, "The 2004 program exports names in capitals. Down a point."),
                        Check(9, 96, 7, "Capitals solved."),
                    ),
                ),
            ),
        ),
    ),
    parent="weeks-live",
    when="0 Thu 08:40",
)


STARTERS = Goal(
    "starters",
    "rosa",
    "people",
    "A new colleague is useful in the first week",
    "Zofia spent her first three days waiting for a password. She told us so, nicely, half a year later.",
    asks=(
        Ask(
            "people",
            "ibrahim",
            "The Friday before somebody starts, we sit at their desk and log in as they will.",
            accepted="0 Thu 11:30",
            drafted="0 Thu 13:00",
            proposed="0 Fri 09:30",
            agreed="1 Tue 09:20",
            krs=(
                Kr(
                    "day-one",
                    "ibrahim",
                    "Starters with login, desk and signed contract on day one",
                    rise(40, 100, "%"),
                    "Yes. It costs nothing but attention.",
                    shared="engineering",
                    control="shared",
                    checks=(
                        Check(1, 40, 6),
                        Check(3, 60, 7, "Two started, one of them without a phone."),
                        Check(4, 60, 7),
                        Check(6, 80, 8, "Marek has a checklist of eleven accounts. It used to be in his head."),
                        Check(8, 80, 8, "Nobody started."),
                        Check(9, 80, 8, "Next starter is on the first."),
                    ),
                ),
            ),
        ),
    ),
    ambition="committed",
    parent="vacancy",
    when="0 Thu 09:40",
)

BUILD_AND_HOUSE = (FIX, FAST, LANGUAGES, RECORDS, STARTERS)
