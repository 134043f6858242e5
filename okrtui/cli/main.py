"""The command ``okrtui``: its options, its commands, and the one place where errors become lines and exit statuses."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from okrtui import __version__
from okrtui.cli import output
from okrtui.cli.call import Call
from okrtui.cli.verbs import Lazy
from okrtui.core.errors import AccessEnded, Ambiguous, Invalid, NotAllowed, OkrtuiError, StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, REFUSED, WRONG_USAGE, STORE, INTERRUPTED = 0, 1, 2, 3, 130

PLACES = {
    "init": ("okrtui.cli.init", "Make a file: the company, with you as its admin and lead."),
    "demo": ("okrtui.cli.demo", "Open the interface on a made-up company, in a file that is thrown away."),
    "person": ("okrtui.cli.people", "People: add, edit, list, deactivate, activate."),
    "team": ("okrtui.cli.teams", "Teams: add, edit, move, archive, list, join, leave, deputy, steady."),
    "cycle": ("okrtui.cli.cycles", "Cycles: add, edit, list, advance, back."),
    "objective": ("okrtui.cli.objectives", "Objectives, leadership's: add, publish, invite, reword, show and more."),
    "invitation": (
        "okrtui.cli.invitations",
        "A team's answer to an objective: accept, push-back, take-back, answer, list.",
    ),
    "kr": ("okrtui.cli.key_results", "Key results, the team's: add, propose, agree, return, amend, show and more."),
    "suggest": ("okrtui.cli.suggestions", "Suggest other words, or another number, for one of both."),
    "take": ("okrtui.cli.suggestions", "Take a suggestion."),
    "decline": ("okrtui.cli.suggestions", "Decline a suggestion."),
    "dot": ("okrtui.cli.dots", "Put one of your five dots on an idea or a draft."),
    "comment": ("okrtui.cli.threads", "Comment on an objective or a key result."),
    "checkin": ("okrtui.cli.checkins", "Check a key result in for a week."),
    "round": ("okrtui.cli.rounds", "A team's sealed numbers on its confidence: start, vote, open, abandon, show."),
    "priority": ("okrtui.cli.priorities", "What a team puts first in a week: add, edit, drop, list."),
    "win": ("okrtui.cli.priorities", "What a team was glad of in a week: add, edit, drop, list."),
    "initiative": (
        "okrtui.cli.initiatives",
        "What a team does for its key results: add, edit, status, link, unlink, drop, list, show.",
    ),
    "commitment": ("okrtui.cli.commitments", "What one person promises: add, edit, done, let-go, list."),
    "workshop": (
        "okrtui.cli.workshops",
        "A team's workshop: start, pause, next, box, hand-over, note, attend, close, show, list.",
    ),
    "check": ("okrtui.cli.check", "Ask of a sentence whether it is an outcome, and what it leaves open."),
    "due": ("okrtui.cli.due", "What is waiting for whom."),
    "score": ("okrtui.cli.scores", "Write one side's score of a key result, under its seal."),
    "reveal": ("okrtui.cli.scores", "Open the two scores of key results together."),
    "calibrate": ("okrtui.cli.scores", "Propose the agreed score, or counter one."),
    "confirm": ("okrtui.cli.scores", "Confirm the agreed score that the other side proposed."),
    "scores": ("okrtui.cli.scores", "The scores of a cycle, as far as they are open to you."),
    "link": ("okrtui.cli.links", "What contributes to what: add, consent, decline, remove, list."),
    "tree": ("okrtui.cli.views", "The alignment tree of a cycle."),
    "room": ("okrtui.cli.views", "A team's objectives and key results at a glance."),
    "sight": ("okrtui.cli.sight", "Every way up from a thing, or from all of a person's, to the company."),
    "search": ("okrtui.cli.search", "Find words in objectives, key results, straight lines, comments and check-ins."),
    "me": ("okrtui.cli.me", "What you own and promised, how each reaches the company, and what waits for you."),
    "report": (
        "okrtui.cli.reports",
        "A report of a cycle: objectives, scores, signals; as text, Markdown, HTML or JSON.",
    ),
    "log": ("okrtui.cli.log", "Who did what, when."),
    "export": ("okrtui.cli.transfer", "What you may see, as JSON; its key results as CSV or Markdown."),
    "import": ("okrtui.cli.transfer", "Bring in key results as ideas, or a whole export into a new file."),
    "keys": ("okrtui.cli.keys", "Access over SSH: add, invite, list, remove, authorized."),
    "serve": ("okrtui.cli.serve", "Serve everybody over SSH, from one process."),
    "backup": ("okrtui.cli.files", "Copy the file, while people work."),
    "restore": ("okrtui.cli.restore", "Put a backup back."),
    "doctor": ("okrtui.cli.files", "Look whether the file is whole."),
    "redact": ("okrtui.cli.redact", "Blank a text that must go, leaving a note of who did it, when and why."),
    "who": ("okrtui.cli.sessions", "Who is here, who is saving, and which processes have the file open."),
    "kick": ("okrtui.cli.sessions", "End somebody's session."),
    "maintenance": ("okrtui.cli.sessions", "Keep everybody out for a while, with the reason: on, off."),
}


@click.command(
    cls=Lazy,
    places=PLACES,
    invoke_without_command=True,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 done; 1 refused by a rule, or not found; 2 wrong usage; 3 the file cannot serve.",
)
@click.option("--db", metavar="FILE", help="The file; else OKRTUI_DB, else okr.db in your folder for data.")
@click.option("--as", "acting_as", metavar="HANDLE", multiple=True, help="Act as somebody: for the file's owner.")
@click.version_option(__version__, prog_name="okrtui", message="%(prog)s %(version)s")
@click.pass_context
def okrtui(context: click.Context, db: str | None, acting_as: tuple[str, ...]) -> None:
    """OKRs for teams: direction from the top, evidence from the bottom. Without a command, the interface opens."""
    if isinstance(context.obj, Call):
        _must_be_remote(context, named=db is not None or bool(acting_as))
        return
    if len(acting_as) > 1:
        raise click.UsageError("--as is given twice: one person acts at a time.")
    context.obj = Call(db, acting_as[0] if acting_as else None, os.environ)
    if context.invoked_subcommand is None:
        from okrtui.cli.interface import opening, show  # noqa: PLC0415 - commands need no interface

        context.exit(show(opening(context.obj)))


def _must_be_remote(context: click.Context, *, named: bool) -> None:
    """Let a command pass that is also run for somebody who came over SSH.

    Raises:
        NotAllowed: any other, and whoever names a file or a person.
        click.UsageError: no command is named.
    """
    from okrtui.cli.over_ssh import REMOTE  # noqa: PLC0415 - for who comes over SSH alone

    if named:
        raise NotAllowed("Who comes over SSH works as themselves, in the file of their key: leave --db and --as out.")
    if context.invoked_subcommand is None:
        raise click.UsageError("Name a command, such as `due`, or none at all for the interface.")
    if context.invoked_subcommand not in REMOTE:
        raise NotAllowed(
            f"`{context.invoked_subcommand}` is for the host of the file, and is not run over SSH: ask whoever keeps it."
        )


def run(arguments: Sequence[str], call: Call | None = None) -> int:
    """Run one command line; its exit status. What is wrong with it is one line on the standard error.

    ``call`` is given for somebody who came over SSH: their file and who they are is fixed.
    """
    try:
        status = okrtui.main(list(arguments), prog_name="okrtui", standalone_mode=False, obj=call)
    except click.UsageError as error:
        return _usage(error)
    except click.ClickException as error:
        return _refused(error.format_message(), WRONG_USAGE)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except output.ReaderLeft:
        return DONE
    except (OkrtuiError, OSError) as error:
        return refusal(error)
    return status if isinstance(status, int) else DONE


def refusal(error: OkrtuiError | OSError) -> int:
    """Print the sentence of an error; the exit status that goes with it."""
    if isinstance(error, OSError):
        place = f" {error.filename}" if error.filename else ""
        return _refused(f"The system refused{place} ({error.strerror}): look at what is there.", STORE)
    if isinstance(error, StoreError) and not isinstance(error, AccessEnded):
        return _refused(str(error), STORE)
    return _refused(str(error), WRONG_USAGE if isinstance(error, Invalid | Ambiguous) else REFUSED)


def _usage(error: click.UsageError) -> int:
    path = error.ctx.command_path if error.ctx else "okrtui"
    words = " ".join(error.format_message().split()).rstrip(".")
    return _refused(f"{words}. See `{path} --help`.", WRONG_USAGE)


def _refused(sentence: str, status: int) -> int:
    output.complain(sentence)
    return status
