"""The quarter that runs: what the leads of Market, Marketing, Support and Sales set."""

from __future__ import annotations

from okrtui.demo.script import Ask, Check, Goal, Kr, fall, rise, unknown

WORD = Goal(
    "word",
    "leila",
    "market",
    "Clinics hear of us from other clinics",
    "Advertising brings us people who compare prices. A call from the practice down the road brings people who have made up "
    "their minds. We win when somebody asks for 'what the Brandts have'.",
    asks=(
        Ask(
            "marketing",
            "noor",
            "We give every clinic that likes us one easy way to say so, and we thank it within a day.",
            accepted="0 Mon 15:30",
            krs=(
                Kr(
                    "trials",
                    "felix",
                    "Trials that began with another clinic's word",
                    unknown(
                        "Share of new trials that name the clinic that sent them, asked in the first call", "4 Fri", "%"
                    ),
                    "Yes, once we know where we stand.",
                    checks=(
                        Check(2, None, 5, "Everybody asks now. Too early to count."),
                        Check(4, 18, 5, "43 trials, 8 named somebody. So: 18 %."),
                        Check(6, 21, 6),
                        Check(7, 23, 7, "Kasimir alone sent three."),
                        Check(8, 22, 7),
                        Check(9, 24, 7),
                    ),
                ),
                Kr(
                    "stories",
                    "felix",
                    "Clinics that let us print their name and their numbers",
                    rise(3, 12, "clinics"),
                    "Yes. Without names it is only us talking.",
                    until="proposed",
                    drafted="7 Thu 14:30",
                    proposed="8 Mon 09:35",
                    checks=(Check(8, 4, 7, "Dr Amsel said yes. Two more are asking their partners."),),
                ),
            ),
            lead="leila",
        ),
        Ask(
            "sales",
            "mateus",
            "In every serious talk with a group we offer a call with a group that has been through it.",
            accepted="0 Mon 16:00",
            krs=(
                Kr(
                    "reference-calls",
                    "yuki",
                    "Calls in which a customer tells a prospect how it was",
                    rise(3, 15, "a month"),
                    "I would. It is the only pitch they believe.",
                    checks=(
                        Check(1, 3, 6),
                        Check(3, 5, 6, "Customers say yes more often than we dare to ask."),
                        Check(5, 8, 7),
                        Check(7, 9, 7, "Limit: four customers do all of it."),
                        Check(9, 10, 7, "A fifth one. She offered."),
                    ),
                ),
            ),
        ),
    ),
    parent="own",
    when="-1 Tue 11:00",
)


NAME = Goal(
    "name",
    "noor",
    "marketing",
    "The person at the front desk knows our name",
    "Owners sign and receptionists decide. Ask one what she books with and she says 'the calendar'.",
    asks=(
        Ask(
            "marketing",
            "felix",
            "Everything we send out is addressed to the front desk, and one of them reads it before it goes.",
            accepted="0 Wed 11:30",
            drafted="0 Wed 14:00",
            proposed="0 Fri 10:30",
            agreed="1 Tue 13:00",
            krs=(
                Kr(
                    "name-known",
                    "elin",
                    "Receptionists who name us when nobody prompts them",
                    unknown("Share of 100 receptionists in a phone round who name us first", "11 Fri", "%"),
                    "Yes, even if the first number hurts.",
                    checks=(
                        Check(1, None, 5),
                        Check(3, None, 5, "Found a call agency that reaches front desks, not owners."),
                        Check(
                            5,
                            None,
                            6,
                            "Questions tried on eight. 'What do you book with' works, 'which brand' does not.",
                        ),
                        Check(8, None, 6, "Round runs in week ten."),
                    ),
                ),
            ),
        ),
    ),
    when="0 Tue 15:00",
)


ANSWERS = Goal(
    "answers",
    "priya",
    "support",
    "A clinic gets its answer the first time it asks",
    "A receptionist who writes twice has two patients standing in front of her. We win when the second mail is a thank-you.",
    asks=(
        Ask(
            "support",
            "tom",
            "We end each day by reading three answers that did not help, and rewriting them together.",
            accepted="0 Wed 16:00",
            drafted="0 Thu 10:30",
            proposed="0 Fri 11:00",
            agreed="1 Tue 13:30",
            krs=(
                Kr(
                    "first-time",
                    "henrik",
                    "Questions closed with our first reply",
                    rise(58, 72, "%"),
                    "Yes.",
                    checks=(
                        Check(1, 58, 6),
                        Check(2, 60, 6, "Three bad answers a day is a humbling exercise."),
                        Check(3, 61, 6),
                        Check(4, 63, 7, "Half the second questions were about our own screenshots, which were old."),
                        Check(5, 64, 7),
                    ),
                ),
                Kr(
                    "first-hours",
                    "zofia",
                    "Hours until a clinic hears from a person",
                    fall(5.5, 2, "hours"),
                    "Yes, but ask me again when we are one fewer.",
                    guide=(
                        "4 hours: half a day.",
                        "3 hours: before lunch.",
                        "2 hours: while the patient is still there.",
                    ),
                    checks=(
                        Check(1, 5.5, 6),
                        Check(2, 5.2, 6, "Early shift starts at 7:30."),
                        Check(3, 4.9, 6),
                        Check(4, 4.8, 6, "Levelling off. The early shift empties the night, not the day."),
                        Check(5, 4.8, 5, "Mondays."),
                        Check(6, 5.1, 5, "Henrik gone, his mails on three desks."),
                        Check(
                            6,
                            4.9,
                            5,
                            "Henrik gone, his mails on three desks. I had counted two of them twice.",
                            when="6 Fri 17:05",
                        ),
                        Check(7, 4.8, 5, "Samir took the Friday desk. It would be worse without him."),
                        Check(8, 4.8, 4, "Stalled, and I do not know what else to try with four people."),
                        Check(9, 4.7, 4, "A quiet start.", when="9 Thu 16:30"),
                    ),
                ),
            ),
        ),
    ),
    parent="list-calls",
    when="0 Wed 10:40",
)


PRICE = Goal(
    "price",
    "dara",
    "sales",
    "A group hears one price and believes it",
    "We open at list and close at a quarter less, and by now every buyer knows. The discount has become the price.",
    asks=(
        Ask(
            "sales",
            "mateus",
            "We quote once, in writing, with what it includes; who wants less pays less for less.",
            accepted="0 Wed 14:30",
            drafted="0 Thu 10:00",
            proposed="0 Fri 13:00",
            agreed="1 Tue 11:40",
            krs=(
                Kr(
                    "discount",
                    "mateus",
                    "Discount on a signed group, median",
                    fall(23, 12, "%"),
                    "Yes, though I have been the worst offender.",
                    checks=(
                        Check(1, 23, 4),
                        Check(2, 23, 4),
                        Check(3, 19, 5, "Brandt paid 15 below list, the first under 20."),
                        Check(4, 19, 5),
                        Check(5, 16, 6, "Kasimir: 12. They asked once and we stayed put."),
                        Check(7, 16, 6),
                        Check(8, 16, 6, "Nothing signed, nothing to count."),
                    ),
                ),
                Kr(
                    "second-quotes",
                    "yuki",
                    "Quotes we send a second time with another price",
                    fall(9, 3, "a month"),
                    "Yes: it is where the discount is born.",
                    until="proposed",
                    drafted="7 Fri 11:20",
                    proposed="8 Thu 14:45",
                ),
            ),
        ),
    ),
    parent="revenue",
    when="0 Wed 09:10",
)


DENTISTS = Goal(
    "dentists",
    "leila",
    "market",
    "Dentists say we were made for them",
    "A third of our clinics, a tenth of our stories.",
    published=False,
    when="6 Tue 10:00",
)

MARKET = (WORD, NAME, ANSWERS, PRICE, DENTISTS)
