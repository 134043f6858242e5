"""What a process is given to read from and to print to."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def have_streams() -> None:
    """Give a process that was started without input or output empty ones; have what an encoding lacks printed as ``?``."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")


def leave_quietly() -> None:
    """Let the interpreter end without a word about an output that nobody reads any more."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
