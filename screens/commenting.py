"""Commenting on an objective, a key result, an initiative or a promise, from any page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okrtui.core.inputs import CommentEntry
from okrtui.service import show, threads
from screens.dialogs.checks import check_of
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.session import Session
    from screens.asking import Asking


_HAS_A_THREAD = re.compile(r"(O|KR|I|P)\d+")


async def comment(page: Asking, ref: str) -> None:
    """Ask for the words and put them into the thread of a thing."""
    if not _HAS_A_THREAD.fullmatch(ref):
        page.say("Choose an objective, a key result, an initiative or a promise first, then comment.")
        return
    intro = await page.read(lambda session: _last_words(session, ref))
    if intro is None:
        return
    await page.save(lambda session: threads.see(session, ref))
    fields = [Field("body", "Your words", "note", hint="@handle tells that person; alt+enter a new line")]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"Comment on {ref}", fields, values, errors, check=check_of(CommentEntry), intro=intro)

    def save(session: Session, values: dict[str, object]) -> str:
        return threads.comment(session, ref, str(values["body"]))

    await page.ask(form, save, f"Commented on {ref}.")


def _last_words(session: Session, ref: str) -> str:
    """The newest words of a thread, to be answered."""
    if ref[0] in "IP":
        thread = show.thread(session, ref)
    else:
        thread = (show.key_result if ref[0] == "K" else show.objective)(session, ref).thread
    said = [line for line in thread if line.body and not line.struck]
    return f"{said[-1].author} wrote: {said[-1].body}" if said else "The first words of its thread."
