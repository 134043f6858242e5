# ruff: noqa: SIM905  # two hundred names are read as words, not as two hundred strings
"""The words of the large company: what its teams are called, what they aim for, and what they say week by week."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_NAMES = (
    "Ada Aisha Alba Amara Anouk Anton Arjun Astrid Bao Beatriz Bjorn Bruno Carmen Cem Chiara Clara Daan Dalia Daniel Delia "
    "Dina Dmitri Ebba Edith Elena Elif Emil Enzo Esther Eva Fadi Farah Femke Filip Flora Franz Gael Gemma Goran Greta "
    "Hamza Hanne Hector Helga Hiro Hugo Ida Ines Ioana Irene Isak Ivan Jana Jasper Jelena Joel Juna Kaja Karim Kasia "
    "Kenji Klara Lars Laura Lea Leon Lina Lucas Luz Maja Malik Mara Mateo Mei Milan Mina Nabil Nadine Nils Nora "
    "Olek Olga Oscar Pablo Paula Petra Rafael Rania Renata Rui Sana Sara Silas Sofia Tara Theo Uma Vera Viktor Zara"
).split()
LAST_NAMES = (
    "Abara Ahlberg Akbari Alvarez Amsel Andersson Arslan Bakker Balogh Barros Bauer Becker Benali Berger Bianchi Borg Bosch "
    "Brandt Brodsky Cabral Carlsen Castro Cerny Chandra Chen Conti Costa Dahl Danso Demir Diallo Dimov Dubois Ekman Eriksen "
    "Fabre Falk Farkas Ferrari Fischer Fonseca Fournier Frank Garcia Gomes Gruber Haas Hansen Hassan Hoffman Holm Horvat "
    "Ibarra Ito Ivanov Jansen Jimenez Jung Kaplan Keller Khan Kim Klein Kovacs Kruger Lang Larsen Lehmann Lindgren Lopez "
    "Lund Maier Marin Mbeki Mendes Meyer Moreau Moretti Nagy Nakamura Nasser Novak Nowak Okafor Olsen Ortega Osei Pereira "
    "Petrov Popa Ramos Reyes Ricci Rossi Saito Santos Schmidt Silva Tanaka Weber Yilmaz Zhang"
).split()

FUNCTIONS = ("sales", "support", "product", "engineering", "operations", "finance")
REGIONS = ("Nordics", "Iberia", "Alps", "Benelux", "Baltics", "Balkans")
CITIES = (
    ("Oslo", "Bergen", "Malmo", "Aarhus", "Turku", "Uppsala"),
    ("Porto", "Bilbao", "Seville", "Braga", "Valencia", "Coimbra"),
    ("Graz", "Basel", "Bolzano", "Linz", "Lausanne", "Innsbruck"),
    ("Ghent", "Utrecht", "Liege", "Leiden", "Bruges", "Arnhem"),
    ("Riga", "Tartu", "Kaunas", "Vilnius", "Tallinn", "Liepaja"),
    ("Zagreb", "Varna", "Skopje", "Split", "Novi Sad", "Plovdiv"),
)
FOCUSES = ("hospitals", "dentists", "pharmacies", "laboratories", "care homes", "clinics")


@dataclass(frozen=True, slots=True)
class Metric:
    """Something a team counts: where it stands and where it goes, each between two numbers."""

    statement: str
    unit: str
    start: tuple[float, float]
    goal: tuple[float, float]

    @property
    def kind(self) -> str:
        """Whether it is to rise or to fall."""
        return "increase" if self.goal[0] > self.start[0] else "decrease"


METRICS = {
    "sales": (
        Metric("Offers answered within two days for {where} rise", "percent", (31, 48), (70, 90)),
        Metric("Days from first call to signature with {where} fall", "days", (60, 95), (30, 45)),
        Metric("Renewals of {where} without a discount rise", "percent", (52, 64), (75, 88)),
        Metric("Lost deals of {where} with a known reason rise", "percent", (20, 40), (80, 95)),
        Metric("Accounts of {where} that book in their first week rise", "accounts", (12, 30), (45, 80)),
    ),
    "support": (
        Metric("Median time to a first answer for {where} falls", "hours", (18, 30), (4, 9)),
        Metric("Requests of {where} solved at the first contact rise", "percent", (40, 55), (70, 85)),
        Metric("Reopened requests of {where} fall", "a week", (40, 75), (10, 20)),
        Metric("Weekend requests of {where} answered on the day rise", "percent", (10, 25), (60, 80)),
        Metric("Escalations from {where} fall", "a month", (18, 30), (5, 9)),
    ),
    "product": (
        Metric("People at {where} who use refills weekly rise", "people", (200, 420), (800, 1400)),
        Metric("Steps to a first booking at {where} fall", "steps", (11, 16), (4, 7)),
        Metric("Interviews with {where} before a decision rise", "a month", (1, 3), (8, 14)),
        Metric("Bookings at {where} given up half-way fall", "percent", (34, 48), (12, 20)),
        Metric("Settings that {where} never touched fall", "settings", (60, 90), (20, 35)),
    ),
    "engineering": (
        Metric("Time from merge to release for {where} falls", "hours", (40, 72), (4, 12)),
        Metric("Releases for {where} rolled back fall", "a quarter", (7, 12), (1, 3)),
        Metric("Slow pages seen by {where} fall", "percent", (14, 22), (2, 6)),
        Metric("Alerts at night about {where} fall", "a week", (15, 28), (2, 6)),
        Metric("Tests of {where} that run in a minute rise", "percent", (30, 50), (80, 95)),
    ),
    "operations": (
        Metric("Days to open a new site for {where} fall", "days", (40, 60), (14, 24)),
        Metric("Deliveries to {where} that arrive on the day rise", "percent", (66, 78), (90, 97)),
        Metric("Returned devices of {where} fall", "a month", (30, 55), (8, 15)),
        Metric("Stock of {where} counted without a difference rises", "percent", (70, 82), (95, 99)),
        Metric("Hours of overtime for {where} fall", "hours", (120, 200), (30, 60)),
    ),
    "finance": (
        Metric("Days to close the month for {where} fall", "days", (9, 14), (3, 5)),
        Metric("Invoices of {where} paid in time rise", "percent", (58, 70), (85, 95)),
        Metric("Invoices of {where} sent back fall", "a month", (22, 40), (4, 9)),
        Metric("Forecasts for {where} within five percent rise", "percent", (35, 50), (75, 90)),
        Metric("Costs of {where} without an owner fall", "percent", (18, 30), (2, 6)),
    ),
}
TITLES = {
    "sales": (
        "{where} buy from us because they trust our word",
        "{where} know within a week whether we fit",
        "{where} stay with us and say why",
        "Nobody at {where} waits for an offer",
    ),
    "support": (
        "{where} get help before they have to ask twice",
        "{where} solve the simple things themselves",
        "Weekends feel like any other day at {where}",
        "Every complaint of {where} changes something",
    ),
    "product": (
        "{where} book without thinking about us",
        "We know what {where} need before we build it",
        "{where} find what they came for",
        "A new desk at {where} is ready in an hour",
    ),
    "engineering": (
        "{where} never notice a release",
        "What we build for {where} stays fast",
        "{where} can rely on us at night",
        "Changing a thing for {where} is safe and boring",
    ),
    "operations": (
        "{where} have what they need where they need it",
        "Opening a site for {where} is routine",
        "Nothing for {where} is thrown away",
        "The week at {where} can be planned on Monday",
    ),
    "finance": (
        "Everybody at {where} can read our numbers",
        "{where} pay gladly and in time",
        "We decide about {where} on numbers of this week",
        "No cost of {where} surprises us",
    ),
}
WHYS = (
    "Two of three who left last year named it first.",
    "It is what people here argue about most, and nobody has changed it yet.",
    "If we do nothing it costs us more each quarter.",
    "The groups that tried it early do not want to go back.",
)
STRAIGHT_LINES = (
    "We own the first contact, and that is where it is won or lost",
    "Half of what goes wrong here begins at our desk",
    "Our week decides whether the others can keep their promise",
    "We see the numbers first and can move them within days",
)
PUSHBACKS = {
    "does_not_apply": "We have none of these customers, and will have none this year.",
    "wrong_altitude": "This is one task of ours, said as if it were a direction.",
    "not_ours_to_move": "The number moves with prices, and those are set elsewhere.",
    "cannot_measure": "Nothing we could count would tell us whether this came true.",
}
STEPS = (
    ("Agree on the plan", "Try it with one desk", "Roll it out", "Hand it over"),
    ("Interview ten people", "Draw it", "Build the first half", "Measure it"),
    ("Name an owner", "Move the data", "Switch the old one off"),
)
DID = (
    "Moved the queue to one list",
    "Called the ten that waited longest",
    "Took the form down to four fields",
    "Tried the new script on Tuesday",
    "Wrote the answers we give most",
    "Sat with two desks for a morning",
    "Changed who is called first",
    "Cleaned up what nobody owned",
    "Put the numbers on the wall",
    "Paired the newcomers",
    "Dropped the second approval",
    "Counted again, by hand",
)
FOUND = (
    "and it shows in the numbers",
    "but it is too early to tell",
    "and two more desks want it",
    "and the rest is habit now",
    "but a holiday week hides it",
    "and complaints went down",
    "but it moved less than we hoped",
    "and nobody asked for the old way",
    "but the data came late",
    "and we keep it",
)
BLOCKERS = (
    "We wait for access to the new system",
    "Two people are ill and nobody stands in",
    "The supplier has not answered for ten days",
    "Legal has not looked at the text yet",
)
NEXT = (
    "Try it at one more desk",
    "Ask the five who said no",
    "Measure it on Friday",
    "Write down what works",
    "Train the late shift",
)
WEEK_NINE = "Yes: without it the objective is only words"
REASONS = (
    "The last four weeks carried it",
    "We came close and know why",
    "It stood still after week six",
    "Better than we promised",
)
INITIATIVES = (
    "A rota that covers nights for {where}",
    "One list of what waits for {where}",
    "A morning a month beside {where}",
    "The old form for {where} is switched off",
    "A page that answers what {where} ask most",
    "Two newcomers trained for {where}",
)
CONTRIBUTIONS = (
    "I call three of the longest waiting each week",
    "I keep the count and put it on the wall on Fridays",
    "I take the late shift until somebody is trained",
    "I rewrite the answer we give most",
)
GOALS = (
    "Lead a review on my own",
    "Read a contract without asking twice",
    "Say no earlier, and in writing",
    "Learn to write the queries I ask others for",
)
STRETCHES = (
    "I plan it and speak for it in the review",
    "I train the first two desks",
    "I find out what the other site does, and write it down",
)
LEARNT = (
    "What we measured late we also fixed late.",
    "One desk that does it right teaches more than a plan.",
    "We promised a number that was not ours to move.",
)
