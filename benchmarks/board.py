"""What a key costs on the board, with ten cards and with two hundred: from the key to the frame, and the bytes it sends.

    python -m benchmarks.board [--keys 40]

Prints JSON: for two boards, side by side at 120 by 36, and for an application with one OptionList, the median milliseconds and
bytes of moving the cursor down and up without a rest, and of letting it rest until the card is shown in full. All take turns.
The bars: a board of two hundred takes at most twice a board of ten; at most 1 KB a key, and 1.5 times the plain list.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks.keys import PLAIN, Terminal
from okrtui.service import cycles, invitations, key_results, objectives, setup
from okrtui.service.session import Session, stamp
from okrtui.store import people
from okrtui.store.file import Store

SIZE = (120, 36)
FEW, MANY = 10, 200


def make(path: Path, cards: int) -> None:
    """A file of one team, whose leader wrote this many key results: a third ideas, the others drafts."""
    now = datetime.now(UTC)
    with Store.create(path, rehearsal=True, now=stamp(now)) as store:
        operator = Session(store, None)
        setup.found_company(operator, company="Acme", handle="olga", login="olga", name="Olga", lead=None)
        cycles.add(operator, {"name": "Now", "starts": now.date(), "ends": now.date().replace(year=now.year + 1)})
        founder = people.by_handle(store.connection, "olga")
        olga = Session(store, founder.id if founder else None)
        ref = objectives.add(olga, team="acme", cycle=None, fields={"title": "Buyers get their answer the same day"})
        objectives.publish(olga, ref)
        objectives.invite(olga, ref, ["acme"])
        invitations.accept(olga, ref, "acme", "We answer every request from one queue")
        numbers = {"kind": "decrease", "unit": "hours", "baseline": 26, "target": 8, "owner": "olga"}
        for at in range(cards):
            fields = {"statement": f"Median first answer number {at} falls, on weekends too", **numbers}
            key_results.add(olga, ref, "acme", fields, draft=at % 3 > 0)


def measure(few: Path, many: Path, keys: int) -> dict[str, object]:
    """Medians of each program, and the ratios."""
    own = [sys.executable, "-m", "okrtui", "--as", "olga", "--db"]
    found: dict[str, list[tuple[float, int]]] = {}
    with (
        Terminal([sys.executable, "-c", PLAIN], SIZE) as plain,
        Terminal([*own, str(few)], SIZE) as ten,
        Terminal([*own, str(many)], SIZE) as hundreds,
    ):
        each = {"plain list": plain, f"board of {FEW}": ten, f"board of {MANY}": hundreds}
        plain.until(b"READY")
        for board in (ten, hundreds):
            board.until(b"Median")
            board.send(b"3")
            board.until(b"KR1")
        for turn in range(keys):
            for name, terminal in each.items():
                found.setdefault(name, []).append(terminal.press(b"\x1b[A" if turn % 2 else b"\x1b[B"))
                time.sleep(0.2)  # the card that it rests on is read and drawn
                found.setdefault(f"{name}, at rest", []).append((0.0, terminal.drain()))
    milliseconds = {name: statistics.median(one[0] for one in all_) * 1000 for name, all_ in found.items()}
    sent = {name: statistics.median(one[1] for one in all_) for name, all_ in found.items()}
    return {
        "milliseconds": {name: round(milliseconds[name], 2) for name in each},
        "bytes": sent,
        "ratios": {
            f"{MANY} cards / {FEW} cards": round(milliseconds[f"board of {MANY}"] / milliseconds[f"board of {FEW}"], 2),
            f"{MANY} cards / plain list": round(milliseconds[f"board of {MANY}"] / milliseconds["plain list"], 2),
        },
    }


@click.command()
@click.option("--keys", default=40, show_default=True, help="How many keys each program is sent.")
def main(keys: int) -> None:
    """Measure a key on the board."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.db", Path(folder) / "many.db"
        make(few, FEW)
        make(many, MANY)
        click.echo(json.dumps(measure(few, many, keys), indent=2))


if __name__ == "__main__":
    main()
