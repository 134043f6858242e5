"""The owner's whole export, put into a file that holds nothing yet: looked at first, then all of it or nothing."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.text import clean
from okrtui.service.transfer import FORMAT
from okrtui.store import tables
from okrtui.store.doctor import examine
from okrtui.store.migrations import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from okrtui.store.file import Store
    from okrtui.store.rows import Value

_VERBATIM = frozenset({"setting", "event"})  # the chain of events is counted over their very text


class Header(BaseModel):
    """What a document says of itself."""

    model_config = ConfigDict(frozen=True, strict=True, defer_build=True)

    format: str
    version: int = Field(alias="schema")
    partial: bool


class Document(BaseModel):
    """A whole export; columns and their types are the tables' to check."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    format: str
    version: int = Field(alias="schema")
    partial: bool
    exported_at: str
    exported_by: str
    tables: dict[str, list[dict[str, str | int | Annotated[float, Field(allow_inf_nan=False)] | None]]]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each table has that has any."""
        return {name: len(found) for name, found in self.tables.items() if found}


def read(raw: bytes) -> Document:
    """The document a text holds.

    Raises:
        NotAllowed: it is an export in part.
        Invalid: it is no JSON, no export of ours, or of another version of the file.
    """
    try:
        _must_fit(Header.model_validate_json(raw))
        document = Document.model_validate_json(raw)
    except ValidationError as error:
        raise Invalid(_sentence(error)) from None
    odd = sorted(set(document.tables) ^ set(tables.TABLES))
    if odd:
        raise Invalid(f"The export has tables missing or unknown ({', '.join(odd)[:200]}): export the file anew.")
    return document


def _must_fit(header: Header) -> None:
    if header.format != FORMAT:
        raise Invalid("That is no export of okrtui: only what `okrtui export` wrote for the owner of a file is taken.")
    if header.partial:
        raise NotAllowed(
            "That export is partial, as whoever made it may not see all of the file: ask the file's owner for theirs."
        )
    if header.version != VERSION:
        raise Invalid(
            f"The export is of version {header.version} of the file, and this okrtui knows version {VERSION}: use the "
            "okrtui that wrote it, and update the file."
        )


def _sentence(error: ValidationError) -> str:
    details = error.errors(include_url=False, include_input=False)[0]
    if details["type"] == "json_invalid":
        return f"The export is no whole JSON document ({details['ctx']['error']}): it was cut off, or is another file."
    if details["loc"][:1] != ("tables",) or len(details["loc"]) < 2:
        return "That is no export of okrtui: only what `okrtui export` wrote for the owner of a file is taken."
    place = " ".join(str(part) for part in details["loc"][1:4])
    return f"The export holds something of the wrong type at {place[:100]}: it was changed after it was written."


def restore(store: Store, document: Document) -> None:
    """Put all of a document into an empty file, authors and events included.

    Raises:
        NotAllowed: the file holds something already.
        Invalid: the document does not make a whole file; nothing is written.
    """
    with store.writing() as connection:
        if not tables.is_empty(connection):
            raise NotAllowed(f"{store.path} holds a company already: import into a new file, named with --db.")
        tables.clear_settings(connection)
        try:
            for table in tables.TABLES:
                found = document.tables[table]
                tables.put(connection, table, [_checked(table, place, row) for place, row in enumerate(found, 1)])
        except tables.Misfit as misfit:
            raise Invalid(
                f"Row {misfit.place} of {misfit.table} does not fit ({misfit}): nothing was imported."
            ) from None
        _must_be_whole(store)


def _must_be_whole(store: Store) -> None:
    wrong = [finding.sentence for finding in examine(store) if finding.level == "error"]
    if wrong:
        raise Invalid(f"The export does not make a whole file, and nothing was imported. {wrong[0]}")


def _checked(table: str, place: int, row: Mapping[str, Value]) -> Mapping[str, Value]:
    """A row whose texts are what they should be, cleaned unless the chain of events is counted over them."""
    for column, value in row.items():
        check = _check_of(table, column)
        if check is not None and value is not None and not check(value):
            raise tables.Misfit(table, place, f"{column} holds {str(value)[:40]!r}")
    if table in _VERBATIM:
        return row
    return {column: clean(value) if isinstance(value, str) else value for column, value in row.items()}


def _check_of(table: str, column: str) -> Callable[[Value], bool] | None:
    if column == "at" or column.endswith("_at"):
        return _is_time
    if column in {"starts", "ends", "until", "baseline_due"}:
        return _is_day
    return _JSON.get((table, column))


def _is_time(value: Value) -> bool:
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _is_day(value: Value) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _is_trend(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(week, list) and len(week) == 3 for week in value)


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_payload(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(half), dict) for half in ("before", "after"))


def _holds(check: Callable[[object], bool]) -> Callable[[Value], bool]:
    def holds(value: Value) -> bool:
        try:
            return check(json.loads(str(value)))
        except (ValueError, RecursionError):
            return False

    return holds


_JSON: Mapping[tuple[str, str], Callable[[Value], bool]] = {
    ("key_result", "trend"): _holds(_is_trend),
    ("checkin", "steps"): _holds(_is_names),
    ("checkin_text", "steps"): _holds(_is_names),
    ("key_result_text", "numbers"): _holds(lambda value: isinstance(value, dict)),
    ("event", "payload"): _holds(_is_payload),
}
