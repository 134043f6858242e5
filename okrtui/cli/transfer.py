"""The file as one JSON document, out and in; and key results as a sheet, out and in."""

from __future__ import annotations

import re
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from okrtui.cli import imported, output
from okrtui.cli.init import make_room
from okrtui.cli.verbs import Verb, example, team_option
from okrtui.core import ideas
from okrtui.core.errors import Invalid
from okrtui.report import sheet
from okrtui.service import importing, restore, sheets, transfer
from okrtui.service.session import stamp, utc_now
from okrtui.store.file import Store

if TYPE_CHECKING:
    from okrtui.cli.call import Call

_FORMAT = re.compile(rb'"format"\s*:\s*"okrtui export"')
_PARTIAL = re.compile(rb'"partial"\s*:\s*true')
_HEAD = 500  # bytes in which an export says what it is


@click.command(cls=Verb, epilog=example("export --format json > okr.json", "export --format csv > key-results.csv"))
@click.option(
    "--format", "format_", type=click.Choice(["json", "csv", "md"]), default="json", show_default=True, help="How."
)
@click.pass_obj
def export(call: Call, *, format_: str) -> None:
    """Print the file as one JSON document, or its key results as CSV or Markdown.

    The owner's JSON is whole: it holds everything, the scores still sealed too, and `okrtui import` puts it into a new file.
    Anybody else's is marked partial and lacks sealed scores, logins and what concerns others alone. CSV and Markdown hold
    the key results of all cycles and are the same for everybody.
    """
    if format_ == "json":
        with closing(transfer.export(call.session, whole=call.is_owner)) as pieces:
            output.write_pieces(map(output.escaped, pieces))
        return
    as_text = sheet.as_csv if format_ == "csv" else sheet.as_markdown
    with closing(sheets.rows(call.session)) as rows:
        output.write_pieces(map(output.plain, as_text(rows)))


@click.command(
    "import",
    cls=Verb,
    epilog=example(
        "import key-results.csv --dry-run",
        "import - --under O12 --team sales < ideas.txt",
        "--db new.db import okr.json",
    ),
)
@click.argument("file")
@click.option("--under", metavar="OBJECTIVE", default="", help="The objective of all of them, whatever a row says.")
@team_option("The invited team of all of them; may be left out where one is meant.")
@click.option("--dry-run", is_flag=True, help="Say what would be imported, and import nothing.")
@click.pass_context
def import_(context: click.Context, *, file: str, under: str, team: str | None, dry_run: bool) -> None:
    """Bring in key results as ideas; or put the owner's whole export into a new file.

    \b
    Anybody brings in ideas, from
    - CSV with a line of names: statement, objective, team, kind, unit, baseline, target, owner, ...
    - JSON: a list of objects with the same names, such as `okrtui kr list --json`, or an export in part
    - Markdown or plain text, a sentence a line; a heading with O12 in it names the objective

    They are nobody's until their team adopts them (`okrtui kr adopt`). All of them arrive or none, and the writing checks
    say what they make of each. The owner's whole export goes into a new file, authors and log included, for the owner.
    """  # noqa: D301 - click's mark for lines that stay as they are
    call: Call = context.obj
    if file != "-":
        call.must_name_no_file("import - reads the standard input")
    raw = _bytes(file)
    if not _is_whole(raw):
        found = ideas.read(raw)
        report = importing.bring_in(
            call.session,
            found,
            under=under,
            team=team or "",
            dry_run=dry_run,
            progress=imported.progress(found),
        )
        if not imported.tell(call, found, report, dry_run=dry_run):
            context.exit(imported.REFUSED)
    elif under or team:
        raise Invalid("A whole export says itself where everything belongs: leave --under and --team out.")
    else:
        _restore(call, raw, dry_run=dry_run)


def _is_whole(raw: bytes) -> bool:
    """Whether it is the owner's export: as far as its first lines say, so that a damaged one is refused as what it is."""
    head = raw[:_HEAD]
    return _FORMAT.search(head) is not None and _PARTIAL.search(head) is None


def _restore(call: Call, raw: bytes, *, dry_run: bool) -> None:
    call.must_own("The import of a whole file")
    document = restore.read(raw)
    if dry_run:
        with TemporaryDirectory() as folder:
            _put(Path(folder) / "okr.db", document)
    else:
        _put(call.path, document)
    counts = document.counts
    call.tell(
        lambda: _told(counts) if dry_run else str(call.path),
        lambda: {"path": str(call.path), "dry_run": dry_run, "rows": counts},
    )


def _told(counts: dict[str, int]) -> str:
    return "\n".join(["Would import:", *output.table(counts.items(), indent="  ")])


def _bytes(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise Invalid(
            f"{file[:200]} cannot be read ({error.strerror}): name the file that an export or a list was kept in."
        ) from error


def _put(path: Path, document: restore.Document) -> None:
    if path.exists():
        with Store.open(path) as store:
            restore.restore(store, document)
        return
    make_room(path)
    Store.create(
        path, rehearsal=False, now=stamp(utc_now()), fill=lambda store: restore.restore(store, document)
    ).close()
