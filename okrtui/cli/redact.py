"""Blanking a text that must go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli.verbs import Verb, example, message
from okrtui.service import redacting

if TYPE_CHECKING:
    from pathlib import Path

    from okrtui.cli.call import Call
    from okrtui.service.redacting import Redaction

_NO_COPIES = (".lock", ".live", ".live-wal", ".live-shm", ".maintenance")


@click.command(
    cls=Verb,
    epilog=example(
        'redact C12 -m "A customer\'s name"',
        'redact "KR3 w9" -m "Health of a colleague"',
        "redact KR3 --column reason -m Why",
    ),
)
@click.argument("ref")
@click.option("--column", "columns", multiple=True, metavar="NAME", help="Of its words those of this column alone.")
@message("Why, without the words themselves: it stays in their place.", required=True)
@click.pass_obj
def redact(call: Call, /, *, ref: str, columns: tuple[str, ...], message: str) -> None:
    """Blank the words of a thing for good; who did it, when and why stands in their place. For the owner of the file.

    \b
    REF is
    - a ref, such as O1, KR3, C12 or S4: what was written under it, and what quotes that
    - a check-in, "KR3 w9", or what a team answered to an objective, "O1 sales"
    - a person's name, @ana, or a team's, sales

    The words go from the file, its events, its search and from drafts. Backups, exports and copies still hold them.
    """  # noqa: D301 - click's mark for lines that stay as they are
    call.must_own("Blanking words")
    done = redacting.redact(call.owners_session, ref, message, columns)
    copies = _copies(call.path.resolve())
    call.tell(
        lambda: "\n".join(_told(done, copies)),
        lambda: {
            "ref": done.ref,
            "texts": done.texts,
            "events": done.events,
            "elsewhere": list(done.elsewhere),
            "copies": copies,
        },
    )


def _told(done: Redaction, copies: list[str]) -> list[str]:
    counted = (
        f"{done.texts} text{'' if done.texts == 1 else 's'} and {done.events} event{'' if done.events == 1 else 's'}"
    )
    lines = [f"{done.ref}: blanked {counted}. Backups, exports and replicas still hold them."]
    if done.elsewhere:
        lines.append(f"The same words stand in {', '.join(done.elsewhere)}, too: blank them there as well.")
    if copies:
        lines.append(f"Copies beside the file still hold them: {', '.join(copies)}.")
    return lines


def _copies(path: Path) -> list[str]:
    """The names of the copies that upgrades and restorings left beside the file."""
    found = (one.name for one in path.parent.glob(f"{path.name}.*"))
    return sorted(name for name in found if name.removeprefix(path.name) not in _NO_COPIES)
