"""Calder: its teams and its people, as they were set up before the first quarter."""

from __future__ import annotations

from okrtui.demo.script import Act

# Slug, name, parent, function.
_TEAMS = (
    ("market", "Market", "calder", ""),
    ("build", "Build", "calder", ""),
    ("house", "House", "calder", ""),
    ("sales", "Sales", "market", "sales"),
    ("marketing", "Marketing", "market", "marketing"),
    ("support", "Support", "market", "support"),
    ("product", "Product", "build", "product"),
    ("engineering", "Engineering", "build", "engineering"),
    ("operations", "Operations", "house", "operations"),
    ("finance", "Finance", "house", "finance"),
    ("people", "People", "house", "people"),
)

# Handle, name, the teams they lead and those they are in. Ingrid and Marek come with the file.
_PEOPLE = (
    ("kofi", "Kofi Mensah", ("calder", "house"), ()),
    ("leila", "Leila Haddad", ("market",), ()),
    ("anselm", "Anselm Richter", ("build",), ()),
    ("dara", "Dara O'Connell", ("sales",), ()),
    ("mateus", "Mateus Figueiredo", (), ("sales",)),
    ("yuki", "Yuki Tanabe", (), ("sales",)),
    ("noor", "Noor van Dijk", ("marketing",), ()),
    ("felix", "Felix Adeyemi", (), ("marketing",)),
    ("priya", "Priya Raman", ("support",), ()),
    ("tom", "Tom Whitlock", (), ("support",)),
    ("henrik", "Henrik Dahl", (), ("support",)),
    ("hana", "Hana Kovářová", ("product",), ()),
    ("samir", "Samir Bensaïd", (), ("product", "support")),
    ("wen", "Wen Zhao", ("engineering",), ()),
    ("abena", "Abena Owusu", (), ("engineering",)),
    ("carla", "Carla Ruiz", (), ("engineering",)),
    ("joao", "João Teixeira", ("operations",), ()),
    ("nadia", "Nadia Petrova", (), ("operations",)),
    ("gwen", "Gwen Pritchard", ("finance",), ()),
    ("ibrahim", "Ibrahim Sesay", (), ("finance", "people")),
    ("rosa", "Rosa Lindqvist", ("people",), ()),
)


def set_up() -> tuple[Act, ...]:
    """The acts that set the company up, on the Monday three weeks before its first quarter."""
    found = (
        Act("", "", "found", words="Calder", fields={"handle": "marek", "name": "Marek Dvořák", "lead": "ingrid"}),
        Act("", "marek", "name", "ingrid", "Ingrid Solheim"),
    )
    teams = tuple(
        Act("", "marek", "team", slug, name, under, {"function": function}) for slug, name, under, function in _TEAMS
    )
    own = Act("", "marek", "join", "marek", "member", "engineering")
    people = tuple(act for person in _PEOPLE for act in joining("", *person))
    return tuple(
        Act(f"-3 Mon {9 + minute // 60:02}:{minute % 60:02}", act.by, act.verb, act.on, act.words, act.team, act.fields)
        for minute, act in enumerate((*found, *teams, own, *people))
    )


def joining(when: str, handle: str, name: str, leads: tuple[str, ...], member: tuple[str, ...]) -> tuple[Act, ...]:
    """The acts by which somebody joins the company."""
    return (
        Act(when, "marek", "person", handle, name),
        *(Act(when, "marek", "join", handle, "lead", team) for team in leads),
        *(Act(when, "marek", "join", handle, "member", team) for team in member),
    )


ELIN = joining("-1 Mon 09:05", "elin", "Elin Bergqvist", (), ("product", "marketing"))
ZOFIA = joining("-1 Mon 09:10", "zofia", "Zofia Nowak", (), ("support",))
