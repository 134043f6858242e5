"""The command ``okrtui``: its options, its commands, and the one place where errors become lines and exit statuses."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from okrtui import __version__
from okrtui.cli import output
from okrtui.cli.call import Call
from okrtui.cli.verbs import Lazy
from okrtui.core.errors import Ambiguous, Invalid, OkrtuiError, StoreError

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
    "win": ("okrtui.cli.priorities", "What a team was glad of in a week: add, drop, list."),
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
    "backup": ("okrtui.cli.files", "Copy the file, while people work."),
    "doctor": ("okrtui.cli.files", "Look whether the file is whole."),
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
    if len(acting_as) > 1:
        raise click.UsageError("--as is given twice: one person acts at a time.")
    context.obj = Call(db, acting_as[0] if acting_as else None, os.environ)
    if context.invoked_subcommand is None:
        from okrtui.cli.interface import opening, show  # noqa: PLC0415 - commands need no interface

        context.exit(show(opening(context.obj)))


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit status. What is wrong with it is one line on the standard error."""
    try:
        status = okrtui.main(list(arguments), prog_name="okrtui", standalone_mode=False)
    except click.UsageError as error:
        return _usage(error)
    except click.ClickException as error:
        return _refused(error.format_message(), WRONG_USAGE)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except output.ReaderLeft:
        return DONE
    except StoreError as error:
        return _refused(str(error), STORE)
    except (Invalid, Ambiguous) as error:
        return _refused(str(error), WRONG_USAGE)
    except OkrtuiError as error:
        return _refused(str(error), REFUSED)
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        return _refused(f"The system refused{place} ({error.strerror}): look at what is there.", STORE)
    return status if isinstance(status, int) else DONE


def _usage(error: click.UsageError) -> int:
    path = error.ctx.command_path if error.ctx else "okrtui"
    words = " ".join(error.format_message().split()).rstrip(".")
    return _refused(f"{words}. See `{path} --help`.", WRONG_USAGE)


def _refused(sentence: str, status: int) -> int:
    output.complain(sentence)
    return status
