"""What Textual is told before it is imported: its constants are frozen then."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

QUIET = {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_SMOOTH_SCROLL": "0"}
"""No animation, and no mouse positions in parts of a cell: both are bytes that say nothing."""

FRAMES_OVER_SSH = "30"
"""Frames a second over SSH: half of what a terminal of this machine gets."""

_SIGNS_OF_SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "SSH_ORIGINAL_COMMAND")


def is_remote(environ: Mapping[str, str]) -> bool:
    """Whether somebody sits at the other end of an SSH connection."""
    return any(environ.get(name) for name in _SIGNS_OF_SSH)


def settle(environ: MutableMapping[str, str], *, serves: bool = False) -> None:
    """Set what Textual reads when it is imported; what a person has set for themselves stays.

    ``serves`` says that those who are drawn for sit elsewhere.
    """
    for name, value in QUIET.items():
        environ.setdefault(name, value)
    if serves or is_remote(environ):
        environ.setdefault("TEXTUAL_FPS", FRAMES_OVER_SSH)
