"""The key reference in the docs, from the one table: ``python -m screens.reference > docs/keys.md``."""

from __future__ import annotations

import sys

from screens.commands import COMMANDS, PAGES, written


def as_markdown() -> str:
    """Every key of every screen, as the docs have it."""
    lines = [
        "# Keys",
        "",
        "Everything works without a mouse, and with one. There are two kinds of focus: in *navigation* single letters",
        "act; in a *field* letters are text, Esc goes back to navigation, and F-keys and ctrl-keys still work.",
        "",
        "In a form Enter goes to the next field and from the last one saves, alt+enter begins a new line, ctrl+s saves,",
        "Esc leaves and keeps what was typed, ctrl+r begins anew. Where somebody else changed the same field, ctrl+t takes",
        "theirs and saving keeps yours. The ids are for rebinding. This page is made from the program's own table.",
    ]
    titles = {"everywhere": "Everywhere", **{page: title for page, (title, _, _) in PAGES.items()}}
    for page, title in titles.items():
        lines += ["", f"## {title}", "", "| keys | what it does | id |", "| --- | --- | --- |"]
        for command in COMMANDS:
            if command.page == page:
                keys = ", ".join(f"`{written(key)}`" for key in command.keys.split(",") if key) or "palette"
                lines.append(f"| {keys} | {command.help} | `{command.id}` |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
