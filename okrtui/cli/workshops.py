"""A team's workshop in a cycle: its clock, notes, people, closing and minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.verbs import Noun, cycle_option, example, message, spelled, team_option
from okrtui.core.workshops import QUESTIONS, Prompt, length, meant_minutes
from okrtui.service import minutes, rooms, watch, workshop_trend, workshops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.cli.call import Call
    from okrtui.service.minutes import WorkshopPage
    from okrtui.service.workshop_trend import Past
    from okrtui.service.workshops import Made

_WHOSE = "The team; may be left out by who is in one."


@click.group(cls=Noun)
def workshop() -> None:
    """The working conversation of a team in a cycle: two prompts, notes, ideas, and a clock.

    Anybody may keep it, one person at a time: keeping gives no pen. Sittings add up, and a break stops the clock.
    """


@workshop.command(epilog=example("workshop start --team sales"))
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def start(call: Call, /, *, team: str | None, cycle: str | None) -> None:
    """Start the clock and keep it: the workshop's first sitting, a further one, or one after it was closed."""
    _tell(call, workshops.start(call.session, team=team, cycle=cycle))


@workshop.command(epilog=example("workshop pause --team sales"))
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def pause(call: Call, /, *, team: str | None, cycle: str | None) -> None:
    """Stop the clock for a break."""
    _tell(call, workshops.pause(call.session, team=team, cycle=cycle))


@workshop.command("next", epilog=example("workshop next --team sales"))
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def ask_next(call: Call, /, *, team: str | None, cycle: str | None) -> None:
    """Go on to the next prompt, for everybody."""
    asked = workshops.ask_next(call.session, team=team, cycle=cycle)
    call.tell(lambda: QUESTIONS[asked], lambda: {"prompt": asked, "question": QUESTIONS[asked]})


@workshop.command(epilog=example("workshop box 15 --team sales"))
@click.argument("minutes_", metavar="MINUTES", type=int)
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def box(call: Call, /, *, minutes_: int, team: str | None, cycle: str | None) -> None:
    """Give what comes now so many minutes of working time; 0 takes the time box away."""
    _tell(call, workshops.box(call.session, minutes_, team=team, cycle=cycle))


@workshop.command("hand-over", epilog=example("workshop hand-over ben --team sales"))
@click.argument("handle")
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def hand_over(call: Call, /, *, handle: str, team: str | None, cycle: str | None) -> None:
    """Let somebody keep it from now on; with your own handle, take it over from whoever keeps it."""
    _tell(call, workshops.hand_over(call.session, spelled(handle), team=team, cycle=cycle))


@workshop.command(epilog=example('workshop note -m "We call back in the morning" --prompt day-to-day --team sales'))
@click.option(
    "--prompt",
    type=click.Choice([one.replace("_", "-") for one in Prompt]),
    help="Under which prompt; else the one that is asked now.",
)
@message("The note, in your words.", required=True)
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def note(call: Call, /, *, prompt: str | None, message: str, team: str | None, cycle: str | None) -> None:
    """Write a note under a prompt: a line of your own, whoever else writes."""
    under = prompt.replace("-", "_") if prompt else None
    call.changed(workshops.note(call.session, message, prompt=under, team=team, cycle=cycle))


@workshop.command("edit-note", epilog=example('workshop edit-note N3 -m "We call back before nine"'))
@click.argument("ref")
@message("The note as it should be.", required=True)
@click.pass_obj
def edit_note(call: Call, /, *, ref: str, message: str) -> None:
    """Change the words of a note of yours."""
    workshops.edit_note(call.session, ref, message)
    call.changed(ref)


@workshop.command(epilog=example("workshop attend ana ben --team sales"))
@click.argument("handles", nargs=-1, required=True, metavar="HANDLE...")
@click.option("--off", is_flag=True, help="Take their ticks back instead.")
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def attend(call: Call, /, *, handles: tuple[str, ...], off: bool, team: str | None, cycle: str | None) -> None:
    """Tick the names of those who were there; who has its screen open while the clock runs is there by themselves."""
    meant = [spelled(one) for one in handles]
    there, away = ([], meant) if off else (meant, [])
    _tell(call, workshops.attend(call.session, there, away=away, team=team, cycle=cycle))


@workshop.command(epilog=example('workshop close --team sales -m "The second prompt needs the support team"'))
@message("A remark, or the answer to what its length asks.")
@team_option(_WHOSE)
@cycle_option()
@click.pass_obj
def close(call: Call, /, *, message: str, team: str | None, cycle: str | None) -> None:
    """End it and keep its minutes. A short one asks whether a template was filled in; a long one says to push back."""
    made = workshops.close(call.session, message, team=team, cycle=cycle)
    ended = minutes.workshop(call.session, made.team, made.cycle)
    answer = {"ref": made.ref, "team": made.team, "cycle": made.cycle, "seconds": ended.seconds, "asked": ended.asked}
    call.tell(f"{made.ref}\n{ended.asked}".strip, lambda: answer)


@workshop.command(epilog=example("workshop show --team sales --cycle 2026-Q4"))
@team_option("Of this team; else yours.")
@cycle_option()
@click.pass_obj
def show(call: Call, /, *, team: str | None, cycle: str | None) -> None:
    """Show it as it stands; once it is closed, its minutes."""
    watch.settle(call.session)
    shown = minutes.workshop(call.session, team or rooms.home(call.session)[0], cycle)
    call.tell(lambda: "\n".join(_lines(shown)), lambda: _shape(shown))


@workshop.command("list", epilog=example("workshop list --team sales"))
@team_option("Of this team; else of all.")
@click.pass_obj
def list_workshops(call: Call, /, *, team: str | None) -> None:
    """Show how long the workshops were, cycle by cycle."""
    watch.settle(call.session)
    found = workshop_trend.trend(call.session, team=team)
    call.tell(lambda: _trend(found), lambda: [_past(one) for one in found])


def _tell(call: Call, made: Made) -> None:
    call.changed(made.ref, team=made.team, cycle=made.cycle)


def _lines(shown: WorkshopPage) -> Iterator[str]:
    name, cycle = shown.place.team_name, shown.place.cycle
    least, most = meant_minutes(is_first=shown.clock.is_first)
    meant = f"{'a first' if shown.clock.is_first else 'a later'} one is meant to take {least} to {most} minutes"
    if not shown.ref:
        yield f"{name} has no workshop in {cycle} yet; {meant}. Start it with `okrtui workshop start`."
        return
    standing = "closed" if shown.is_closed else "running" if shown.clock.runs else "paused"
    kept = f", kept by @{shown.keeper}" if shown.keeper else ""
    yield f"{shown.ref}  {output.one_line(name)}, {cycle}: {standing}{kept}, {length(shown.seconds)}; {meant}"
    for sitting in shown.sittings:
        yield f"  sitting  {sitting.starts} to {sitting.ends or 'now'}  {length(sitting.seconds)}"
    if shown.people:
        yield f"  people   {', '.join(f'@{one.handle}' + ('' if one.seen else ' (ticked)') for one in shown.people)}"
    for prompt, question in QUESTIONS.items():
        asked = " (asked now)" if prompt == shown.prompt and not shown.is_closed else ""
        yield f"{question}{asked}"
        yield from output.table(
            ((one.ref, f"@{one.author}", one.body) for one in shown.notes if one.prompt == prompt), indent="  "
        )
    during = [one for one in shown.ideas if one.during]
    if during:
        yield "Ideas written in it"
        yield from output.table(
            ((one.ref, f"@{one.author}", f"{one.dots} dots", one.state, one.statement) for one in during), indent="  "
        )
    if shown.is_closed and shown.asked:
        yield shown.asked
    if shown.remark:
        yield f"Remark: {output.one_line(shown.remark)}"


def _shape(shown: WorkshopPage) -> dict[str, object]:
    least, most = meant_minutes(is_first=shown.clock.is_first)
    return {
        "team": shown.place.team,
        "cycle": shown.place.cycle,
        "ref": shown.ref or None,
        "state": shown.state or None,
        "running": shown.clock.runs,
        "first": shown.clock.is_first,
        "meant_minutes": [least, most],
        "seconds": shown.seconds,
        "keeper": shown.keeper,
        "prompt": shown.prompt,
        "asked": shown.asked or None,
        "remark": shown.remark,
        "closed_at": shown.closed_at,
        "sittings": [{"starts": one.starts, "ends": one.ends, "seconds": one.seconds} for one in shown.sittings],
        "people": [{"handle": one.handle, "way": "present" if one.seen else "ticked"} for one in shown.people],
        "notes": [
            {"ref": one.ref, "prompt": one.prompt, "body": one.body, "author": one.author, "at": one.at}
            for one in shown.notes
        ],
        "ideas": [
            {
                "ref": one.ref,
                "objective": one.objective,
                "statement": one.statement,
                "state": one.state,
                "author": one.author,
                "dots": one.dots,
            }
            for one in shown.ideas
            if one.during
        ],
    }


def _trend(found: list[Past]) -> str:
    if not found:
        return "No workshop was held yet."
    return "\n".join(
        output.table(
            (
                one.team,
                one.cycle,
                length(one.seconds),
                "first" if one.is_first else "later",
                one.state,
                f"{one.people} people",
                f"{one.notes} notes",
                f"{one.ideas} ideas",
                one.remark,
            )
            for one in found
        )
    )


def _past(one: Past) -> dict[str, object]:
    return {
        "team": one.team,
        "cycle": one.cycle,
        "ref": one.ref,
        "state": one.state,
        "first": one.is_first,
        "seconds": one.seconds,
        "sittings": one.sittings,
        "people": one.people,
        "notes": one.notes,
        "ideas": one.ideas,
        "remark": one.remark,
    }
