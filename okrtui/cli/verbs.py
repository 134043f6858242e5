"""How our commands are declared: groups of verbs by noun, each with --json and an example."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from math import isfinite, nan
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from okrtui.cli.call import Call
from okrtui.core.errors import Invalid
from okrtui.remote.identity import read_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

F = TypeVar("F", bound="Callable[..., Any]")


def _answer_in_json(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it
    call = context.find_object(Call)
    if value and call is not None:
        call.json = True


_JSON = click.Option(
    ["--json"],
    is_flag=True,
    expose_value=False,
    callback=_answer_in_json,
    help="Answer with one JSON object or array.",
)


class Verb(click.Command):
    """A command that answers in text or in JSON, and never sees a text that UTF-8 cannot say."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*super().get_params(ctx), _JSON]

    def invoke(self, ctx: click.Context) -> object:
        ctx.params = {name: _sayable(value) for name, value in ctx.params.items()}
        return super().invoke(ctx)


def _sayable(value: object) -> object:
    """A text without the lone surrogates that bytes of another encoding become in an argument."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, tuple):
        return tuple(_sayable(one) for one in value)
    return value


class Noun(click.Group):
    """The commands of one noun."""

    command_class = Verb

    def __init__(self, **rest: Any) -> None:
        """Take what a group takes; without a command there is one line, as for any other wrong usage."""
        super().__init__(**rest | {"no_args_is_help": False})


class Lazy(click.Group):
    """Commands that are imported when they are asked for: ``places`` has for each its module and its line of help."""

    def __init__(self, *, places: Mapping[str, tuple[str, str]], **rest: Any) -> None:
        """Take what a group takes, and ``places``."""
        super().__init__(**rest)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's name for it
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's name
        if cmd_name not in self._places:
            return None
        module = import_module(self._places[cmd_name][0])
        # A command's function is called as its name is, unless Python or the module knows that word already.
        name = cmd_name.replace("-", "_")
        return cast("click.Command", getattr(module, f"{name}_", None) or getattr(module, name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in self._places.items()])


def example(*lines: str) -> str:
    """An example below a command's help, as it is typed."""
    return "\b\nExample:\n" + "\n".join(f"  okrtui {line}" for line in lines)


def given(context: click.Context) -> dict[str, object]:
    """What was typed of a command's arguments and options; what was not typed is left out."""
    typed = click.core.ParameterSource.COMMANDLINE
    return {name: value for name, value in context.params.items() if context.get_parameter_source(name) is typed}


def number(value: str) -> float | str:
    """A finite number; an empty text stays one, and takes away what was there.

    Raises:
        click.BadParameter: it is neither.
    """
    try:
        found = float(value) if value else 0.0
    except ValueError:
        found = nan
    if not isfinite(found):
        raise click.BadParameter(f"{value[:40]!r} is no number: give one such as 12.5.")
    return found if value else ""


def day(value: str) -> date:
    """A day.

    Raises:
        click.BadParameter: it is none.
    """
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise click.BadParameter(f"{value[:40]!r} is no day: give one such as 2026-11-27.") from error


def moment(value: str) -> datetime:
    """A time, in UTC unless it says its offset; a day is its midnight.

    Raises:
        click.BadParameter: it is none.
    """
    try:
        return read_moment(value)
    except Invalid as error:
        raise click.BadParameter(str(error)) from error


def spelled(name: str) -> str:
    """A handle or a slug as it is spelt everywhere."""
    return name.strip().removeprefix("@").lower()


FILE = click.Path(path_type=Path)


def message(help_: str, *, required: bool = False) -> Callable[[F], F]:
    """The option -m, with which words are given."""
    return click.option("-m", "--message", default="", required=required, metavar="WORDS", help=help_)


def team_option(help_: str) -> Callable[[F], F]:
    """The option --team."""
    return click.option("--team", metavar="SLUG", help=help_)


def cycle_option() -> Callable[[F], F]:
    """The option --cycle."""
    return click.option("--cycle", metavar="NAME", help="The cycle; else the current one.")


def week_option(text: str = "Of the cycle; else this week.") -> Callable[[F], F]:
    """The option --week, with its help."""
    return click.option("--week", type=int, metavar="N", help=text)
