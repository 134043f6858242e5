"""Who is here, sending them away, and keeping everybody out: for the owner of the file."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import click

from okrtui.cli import output
from okrtui.cli.verbs import Verb, example, message
from okrtui.core.errors import Invalid
from okrtui.service import sessions
from okrtui.service.session import stamp
from okrtui.store import maintenance as notes
from okrtui.store.live import Live
from okrtui.store.openers import Opener, openers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from okrtui.cli.call import Call
    from okrtui.service.sessions import Here
    from okrtui.store.maintenance import Maintenance

_LEAVING_SECONDS = 5.0
_LOOK_SECONDS = 0.1


@click.command(cls=Verb, epilog=example("who"))
@click.pass_obj
def who(call: Call) -> None:
    """Show who has a screen open, who is saving or waits to, and which processes have the file open. For the owner of the file.

    It reads the file itself not at all: it answers for one that is locked or damaged, too.
    """
    call.must_own("Who is here")
    path = call.path.resolve()
    here = _here(call)
    processes = [one for one in openers(path) if one.pid != os.getpid()]
    note = notes.of(path)
    call.tell(
        lambda: "\n".join(_lines(here, processes, note)),
        lambda: {
            "sessions": [_shape(one) for one in here],
            "processes": [one._asdict() for one in processes],
            "maintenance": note._asdict() if note else None,
        },
    )


def _here(call: Call) -> list[Here]:
    live = Live(call.path.resolve())
    try:
        return sessions.who(live)
    finally:
        live.close()


def _lines(here: Sequence[Here], processes: Sequence[Opener], note: Maintenance | None) -> Iterator[str]:
    yield from output.table(map(_row, here)) if here else ["Nobody has a screen open."]
    known = {one.pid for one in here}
    for one in processes:
        does = "is saving" if one.saves else "waits to save" if one.waits else "has the file open"
        if one.pid not in known or one.saves or one.waits:
            yield f"Process {one.pid} {does}: {output.one_line(one.command)[:200] or 'of another account'}"
    if note:
        yield f"In maintenance since {note.at} by {note.by}: {note.reason}"


def _row(one: Here) -> tuple[str, ...]:
    place = " ".join(filter(None, (one.page, one.team, one.cycle)))
    return (
        one.id[: sessions.SHORT],
        one.handle,
        f"{place}, in {one.form!r}" if one.form else place,
        one.way,
        f"process {one.pid}",
        f"since {_at(one.since)}",
    )


def _at(seconds: float) -> str:
    return stamp(datetime.fromtimestamp(seconds, UTC))


def _shape(one: Here) -> dict[str, object]:
    return {
        "session": one.id,
        "handle": one.handle,
        "page": one.page,
        "team": one.team,
        "cycle": one.cycle,
        "form": one.form,
        "way": one.way,
        "pid": one.pid,
        "since": _at(one.since),
        "heard": _at(one.heard),
    }


@click.command(cls=Verb, epilog=example('kick ana -m "The host goes down at noon"', "kick 5f3a9c"))
@click.argument("whom", metavar="PERSON|SESSION")
@message("Why; they read it.")
@click.pass_obj
def kick(call: Call, /, *, whom: str, message: str) -> None:
    """End a person's sessions, or one of those that `who` shows; what is typed is kept. For the owner of the file.

    They may come back at once: `okrtui person deactivate` ends that, and their sessions with it.
    """
    call.must_own("Ending a session")
    meant = sessions.kick(call.owners_session, whom, message)
    _wait_and_tell(call, meant, lambda: "\n".join(f"{one.id[: sessions.SHORT]} {one.handle}" for one in meant), {})


@click.command(cls=Verb, epilog=example('maintenance on -m "Upgrade until noon"', "maintenance off"))
@click.argument("state", type=click.Choice(["on", "off"]))
@message("Why; everybody who is kept out reads it.")
@click.pass_obj
def maintenance(call: Call, /, *, state: Literal["on", "off"], message: str) -> None:
    """Keep everybody but yourself out, or let them in again. For the owner of the file.

    Sessions end within a second, what is typed in them is kept; commands end with the reason and exit status 3. `backup`,
    `restore`, `doctor` and all else that the owner does as themselves goes on.
    """
    call.must_own("Maintenance")
    session = call.owners_session
    if state == "off":
        if message:
            raise Invalid("Nobody is kept out by the end of maintenance: leave -m out.")
        sessions.end_maintenance(session)
        call.made("maintenance", "off")
        return
    sessions.begin_maintenance(session, message)
    others = [one for one in _here(call) if one.handle != _own_handle(call)]
    _wait_and_tell(call, others, lambda: "on", {"maintenance": "on"})


def _own_handle(call: Call) -> str:
    """The handle by which the owner's own screens are here, which maintenance leaves open."""
    with call.owners_session.reading() as view:
        return view.actor.handle


def _wait_and_tell(call: Call, meant: Sequence[Here], told: Callable[[], str], shape: Mapping[str, object]) -> None:
    """Answer once the sessions have left, naming those that have not within a few seconds."""
    left = _gone(call, meant)
    lines = [f"{one.handle} has not left yet: {_hint(one, _here(call))}" for one in left]
    call.tell(
        lambda: "\n".join([told(), *lines]),
        lambda: {
            **shape,
            "sessions": [_shape(one) for one in meant],
            "still_here": [one.id for one in left],
        },
    )


def _hint(one: Here, here: Iterable[Here]) -> str:
    if sum(other.pid == one.pid for other in here) > 1:
        return f"process {one.pid} serves others, too, and may be slow."
    return f"`kill {one.pid}` ends their process, which keeps what they typed."


def _gone(call: Call, meant: Iterable[Here]) -> list[Here]:
    end = time.monotonic() + _LEAVING_SECONDS
    while (left := sessions.still_here(call.store.live, meant)) and time.monotonic() < end:
        time.sleep(_LOOK_SECONDS)
    return left
