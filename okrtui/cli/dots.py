"""Dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli.verbs import Verb, example
from okrtui.service import dots

if TYPE_CHECKING:
    from okrtui.cli.call import Call


@click.command(cls=Verb, epilog=example("dot KR1", "dot KR1 --off"))
@click.argument("ref")
@click.option("--off", is_flag=True, help="Take one of your dots off it.")
@click.pass_obj
def dot(call: Call, /, *, ref: str, off: bool) -> None:
    """Put one of your five dots for a team and cycle on an idea or a draft."""
    left = dots.take_off(call.session, ref) if off else dots.put(call.session, ref)
    call.changed(ref, left=left)
