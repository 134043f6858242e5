"""Who did what, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from okrtui.cli import output
from okrtui.cli.verbs import Verb, example, moment
from okrtui.service import activity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from okrtui.cli.call import Call
    from okrtui.service.activity import Line

LOOK_SECONDS = 0.25


@click.command(cls=Verb, epilog=example("log KR1", "log --since 2026-11-01 --follow"))
@click.argument("ref", required=False)
@click.option("--since", type=moment, metavar="TIME", help="From this day or time on, such as 2026-11-27T10:00.")
@click.option("--follow", is_flag=True, help="Stay, and print what comes; with --json one object a line.")
@click.pass_obj
def log(call: Call, /, *, ref: str | None, since: datetime | None, follow: bool) -> None:
    """Show who did what, when, the oldest first: of one ref, team (sales) or person (@ana), or the newest 10,000 of all."""
    if follow:
        _follow(call, lambda last: activity.log(call.session, ref=ref, since=since, after=last))
    found = activity.log(call.session, ref=ref, since=since)
    call.tell(lambda: "\n".join(map(_told, found)), lambda: [_shape(one) for one in found])


def _follow(call: Call, lines_after: Callable[[int], list[Line]]) -> NoReturn:
    last = 0
    while True:
        version = call.store.data_version()  # before the lines: what is committed in between moves it again
        found = lines_after(last)
        _print_each(call, found)
        last = found[-1].id if found else last
        _wait_for_another(call, version)


def _wait_for_another(call: Call, version: int) -> None:
    """Wait until the file has moved on from a version, and is still the one that was opened; with a reader gone, no longer."""
    while call.store.data_version() == version:
        output.wait(LOOK_SECONDS)
        call.store.look()


def _print_each(call: Call, found: Sequence[Line]) -> None:
    for one in found:
        if call.json:
            output.write(output.as_json(_shape(one), indent=None))
        else:
            output.say(_told(one))


def _told(one: Line) -> str:
    how = [word for word in (f"for {one.deputy_for}" if one.deputy_for else "", "alone" if one.alone else "") if word]
    noted = f" ({', '.join(how)})" if how else ""
    return f"{one.at}  {one.who}{noted} {output.one_line(one.text)}"


def _shape(one: Line) -> dict[str, object]:
    return {
        "id": one.id,
        "at": one.at,
        "who": one.who,
        "verb": one.verb,
        "ref": one.ref,
        "text": one.text,
        "side": one.side,
        "deputy_for": one.deputy_for,
        "alone": one.alone,
        "way": one.way,
    }
