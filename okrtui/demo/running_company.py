"""The quarter that runs: the company's objectives about clinic groups and about living from our own revenue."""

from __future__ import annotations

from okrtui.demo.script import Ask, Check, Goal, Kr, done, fall, hold, rise, steps

GROUPS = Goal(
    "groups",
    "ingrid",
    "calder",
    "A clinic group goes live without us in the room",
    "Eleven groups asked for us in a year, and each took two of us on site for a fortnight. We can sell to as many as we "
    "like and still install four a quarter. Winning is a group that signs on a Monday and books patients three weeks "
    "later, having met nobody but Dara's people and a good manual.",
    asks=(
        Ask(
            "operations",
            "joao",
            "Every go-live leaves one page behind: what we did by hand, and who makes that unnecessary.",
            lead="kofi",
            krs=(
                Kr(
                    "weeks-live",
                    "joao",
                    "Weeks from signature to the first real booking",
                    fall(9, 5, "weeks"),
                    "Yes. A group that waits nine weeks spends seven of them doubting.",
                    checks=(
                        Check(1, 9, 7),
                        Check(2, 9, 7, "Nobody went live this week, so nothing to count."),
                        Check(3, 8.5, 7, "Brandt went live in eight and a half."),
                        Check(4, 8, 7, "Import by the group's own office, one evening. First time."),
                        Check(5, 8, 7),
                        Check(6, 7.5, 7, "Two more under eight."),
                        Check(7, 7.5, 6, "Next group keeps its records in a program from 2004."),
                        Check(8, 7.5, 5, "The 2004 program again: we are typing. Six will be a stretch."),
                    ),
                ),
                Kr(
                    "no-visit",
                    "nadia",
                    "Go-lives done without a visit",
                    rise(10, 60, "%"),
                    "Yes, it is the objective in one number.",
                    guide=(
                        "25 %: the easy ones.",
                        "45 %: we travel only where the records are a mess.",
                        "60 %: a visit is something the group pays for.",
                    ),
                    checks=(
                        Check(1, 10, 5),
                        Check(2, 10, 5),
                        Check(3, 17, 5, "First one by phone. It took four calls, the next will take two."),
                        Check(4, 25, 6, "The checklist is short enough that people finish it."),
                        Check(5, 25, 6),
                        Check(6, 33, 6, "Kasimir did it between patients."),
                        Check(7, 40, 7),
                        Check(8, 43, 7, "Six of fourteen.", next="Film the four steps everybody asks about."),
                        Check(9, 44, 7, "Films are up. A minute each."),
                    ),
                ),
            ),
        ),
        Ask(
            "sales",
            "dara",
            "We promise no date that Operations has not given us, and we say no to groups that need us on site.",
            krs=(
                Kr(
                    "groups-signed",
                    "mateus",
                    "Groups of five clinics or more that have signed",
                    rise(2, 8, "groups"),
                    "Yes. The rest of this objective is practice for these.",
                    guide=("4: those who knew us.", "6: some who did not.", "8: one of them from the competition."),
                    checks=(
                        Check(1, 2, 6, "Five in talks."),
                        Check(2, 2, 6),
                        Check(3, 3, 7, "Brandt signed, seven clinics."),
                        Check(4, 3, 7),
                        Check(5, 4, 7, "Kasimir, nine clinics, after one call with Brandt."),
                        Check(6, 4, 6, "Two ask for a data-protection audit first."),
                        Check(7, 4, 5, "The audits take six weeks. Both land after the quarter."),
                        Check(8, 4, 5, "Asked to amend, see the thread."),
                    ),
                ),
                Kr(
                    "groups-pilot",
                    "yuki",
                    "Groups that sign without asking for a pilot",
                    rise(20, 60, "%"),
                    "Yes. A pilot is how a group says it does not believe us.",
                    until="proposed",
                    drafted="8 Tue 09:25",
                    proposed="8 Wed 16:10",
                ),
            ),
        ),
        Ask(
            "product",
            "hana",
            "We build what a group's office has to see, and nothing its clinics would have to learn.",
            krs=(
                Kr(
                    "group-admin",
                    "samir",
                    "A group's office runs its clinics from one place",
                    steps(
                        "Two groups have walked through it on paper",
                        "The office sees the day of every clinic",
                        "One change of opening hours reaches them all",
                        "The office adds a clinic by itself",
                    ),
                    "Yes. Without it each clinic of a group is one more customer to train.",
                    checks=(
                        Check(1, None, 5, "Brandt and Kasimir have a date each for the paper version."),
                        Check(2, None, 6, "Brandt tore it apart, politely. Worth the trip.", done=1),
                        Check(4, None, 6, "Building.", done=1),
                        Check(5, None, 7, "Brandt's office looks at its seven days every morning.", done=2),
                        Check(7, None, 6, "Opening hours: holidays differ by region, which nobody had drawn.", done=2),
                        Check(8, None, 6, "Regions done, public holidays not.", done=2),
                    ),
                ),
            ),
        ),
        Ask(
            "engineering",
            "wen",
            "When one of us is needed at a go-live, what we did there becomes a button before the next.",
            accepted="0 Mon 09:40",
            krs=(
                Kr(
                    "go-live-hours",
                    "wen",
                    "Engineers' hours booked on a go-live",
                    fall(46, 12, "hours"),
                    "Yes, for want of a better one. It is crude and it is ours.",
                    checks=(
                        Check(1, 46, 6, "From João's sheet."),
                        Check(2, 44, 6),
                        Check(3, 41, 6, "Half of it is importing calendars."),
                        Check(4, 33, 7, "The calendar import is a button."),
                        Check(5, 30, 7),
                        Check(6, 28, 7),
                        Check(7, 27, 7, "User accounts next: four hours each time, all of it typing."),
                        Check(8, 24, 7),
                        Check(9, 23, 7),
                    ),
                ),
                Kr(
                    "one-login",
                    "carla",
                    "A group's people sign in once for all their clinics",
                    done("Staff of two groups have signed in once a day for a week, and nobody rang"),
                    "Probably.",
                    checks=(Check(1, 0, 6), Check(2, 0, 6), Check(4, 0, 4, "Neither group wants it, they say.")),
                ),
            ),
        ),
    ),
    when="-1 Mon 11:30",
)

OWN = Goal(
    "own",
    "kofi",
    "calder",
    "The clinics pay for everything we do",
    "The bank's line ends next year, and we will not ask for another. Two years ago one euro in four was borrowed, last "
    "quarter one in nine. Committed means: who sees in week four that it will not hold says so in week four.",
    ambition="committed",
    asks=(
        Ask(
            "sales",
            "dara",
            "Every renewal starts sixty days before its end, with the clinic's own numbers on the table.",
            krs=(
                Kr(
                    "revenue",
                    "yuki",
                    "Recurring revenue a month",
                    rise(418, 470, "k€"),
                    "Yes. If this one fails the others are a hobby.",
                    guide=("433: prices held.", "455: prices held and groups came.", "470: no bank needed."),
                    checks=(
                        Check(1, 419, 6),
                        Check(2, 421, 6),
                        Check(3, 426, 6, "Brandt is in."),
                        Check(4, 430, 7),
                        Check(5, 437, 7, "Kasimir is in, from the first of the month."),
                        Check(6, 441, 7, "Quiet week. Two small ones left, both closing down."),
                    ),
                ),
                Kr(
                    "renewals",
                    "mateus",
                    "Clinics up for renewal that stay",
                    hold(94, 100, "%"),
                    "Yes. It is cheaper than finding new ones.",
                    checks=(
                        Check(1, 95, 7),
                        Check(2, 95, 7),
                        Check(3, 96, 8),
                        Check(4, 93.5, 6, "Three left in one week, all of them after the certificate day."),
                        Check(5, 94.5, 7),
                        Check(6, 95, 7),
                        Check(7, 96, 8, "Nobody left."),
                        Check(8, 95.5, 8),
                        Check(9, 96, 8),
                    ),
                ),
            ),
        ),
        Ask(
            "operations",
            "joao",
            "We know to the cent what a clinic costs us to host, and ask about every cent above nine euros.",
            accepted="0 Mon 11:10",
            krs=(
                Kr(
                    "hosting",
                    "nadia",
                    "Hosting cost per clinic and month",
                    fall(11.4, 9, "€"),
                    "Yes, now that I have seen what the old backups cost.",
                    checks=(
                        Check(1, 11.4, 5),
                        Check(2, 11.4, 5, "Reading bills."),
                        Check(4, 11.1, 6, "Test machines sleep at night."),
                        Check(
                            5, 10.8, 6, "Backups of clinics that left two years ago: gone, after Gwen checked the law."
                        ),
                        Check(6, 10.6, 6),
                    ),
                ),
            ),
        ),
        Ask(
            "people",
            "rosa",
            "Once a month we put a price on every leaving and every empty post, together with Finance.",
            krs=(
                Kr(
                    "vacancy",
                    "rosa",
                    "Weeks that a post stands empty",
                    fall(13, 8, "weeks"),
                    "Yes. Every empty week in Support shows in the clinics' mails.",
                    checks=(
                        Check(1, 13, 6),
                        Check(2, 13, 6),
                        Check(3, 12, 6, "Interviews within five days of applying, or we say why not."),
                        Check(4, 12, 6),
                        Check(6, 10.5, 7, "The support post was filled in seven."),
                        Check(7, 10.5, 7),
                        Check(8, 10, 6, "And now Henrik's post is empty again."),
                        Check(9, 10, 6, "Two good letters for it already."),
                    ),
                ),
                Kr(
                    "sick-days",
                    "ibrahim",
                    "What a sick day in Support costs a clinic",
                    {},
                    until="idea",
                    drafted="5 Thu 11:40",
                ),
            ),
        ),
        Ask("marketing", asked="6 Wed 11:20"),
    ),
    when="-1 Mon 14:00",
)
