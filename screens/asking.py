"""Saying, asking and saving on a screen: forms that keep what was typed, whatever happens meanwhile."""

from __future__ import annotations

import re
from abc import abstractmethod
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.worker import NoActiveWorker, get_current_worker

from okrtui.core.errors import Conflict, Invalid, OkrtuiError, StoreError
from okrtui.service import drafts
from okrtui.service.drafts import Opened
from screens.beneath import Beneath
from screens.commands import of_page
from widgets.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from okrtui.service.desk import Desk
    from okrtui.service.drafts import Draft
    from okrtui.service.guide import Frame
    from okrtui.service.keeping import Keeper
    from okrtui.service.session import Session
    from screens.dialogs.form import FormDialog
    from widgets.clash import Clash

T = TypeVar("T")

REFS = re.compile(r"\b(?:O|KR|S|C|I|N|P|PR|W|WS)[1-9]\d*\b")
STILL_HERE = "What you typed before is here still. ctrl+r begins again."


class Asking(Beneath[None]):
    """A screen that reads and saves through the desk, and asks with forms."""

    PAGE: ClassVar[str] = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.frame: Frame | None = None
        """What stands around it, once it was read."""
        self._asking: FormDialog | None = None
        """The form that is open."""

    # What a screen says of itself

    def chosen(self) -> str:
        """The ref of what the cursor is on; empty where there is none."""
        return ""

    @abstractmethod
    def read_again(self) -> None:
        """Read what is shown once more, whether or not news came."""

    @abstractmethod
    def look_around(self) -> object:
        """Say where this person is, and see who else is here."""

    # Saying, asking and saving

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """Tell the person something, as text."""
        kind = {"error": "error", "warning": "warning"}.get(severity, "information")
        self.notify(plain(sentence), severity=kind, markup=False, timeout=4 if kind == "information" else 8)  # type: ignore[arg-type]  # one of the three

    @property
    def is_going(self) -> bool:
        """Whether the page is being taken down: what was read for it meanwhile has no place any more."""
        return self._pruning or self._closing or not self.is_attached or not self.app.is_running

    async def read(self, use_case: Callable[[Session], T]) -> T | None:
        """Run a use case that only looks; a refusal is said in its sentence. None where it was refused, or the page is going."""
        try:
            found = await self.desk.read(use_case)
        except StoreError:
            raise
        except OkrtuiError as error:
            self.say(str(error), severity="warning")
            return None
        return None if self.is_going else found

    async def save(self, use_case: Callable[[Session], T], done: str = "") -> T | None:
        """Run a use case that needs no form; a refusal is said in its sentence. None where it was refused."""
        try:
            result = await self.desk.write(use_case)
        except OkrtuiError as error:
            if error.ends_session:
                raise
            self.say(str(error), severity="warning")
            return None
        if done:
            self.say(done)
        return result

    async def ask(
        self,
        form: Callable[[Mapping[str, object], Mapping[str, str]], FormDialog],
        use_case: Callable[[Session, dict[str, object]], T],
        done: Callable[[T], str] | str = "",
        *,
        shown: Callable[[Mapping[str, object]], Mapping[str, object]] | None = None,
    ) -> T | None:
        """Ask with a form until it is saved or left; what was typed comes back with what was wrong.

        ``form`` makes the dialog from the values typed so far and the sentences beside the fields. ``shown`` is given
        where the form shows what is stored, which somebody else may change meanwhile: it makes of stored fields what the
        form holds of them.
        """
        opened = form({}, {})
        about, first = self._named(opened.name_of_form), opened.offered
        kept = await self.desk.aside(lambda session, live: drafts.find(session, about, live=live))
        values, clashes = _again(kept, first, merges=shown is not None) if kept else ({}, {})
        errors: Mapping[str, str] = {"": STILL_HERE} if values else {}
        keeper = self.desk.keeper(about)
        keeper.opened = self._place_of_form()
        self.desk.form = about
        try:
            while True:
                dialog = form(values, errors).keeping(lambda held: keeper.typed(held, first), first, clashes)
                self._asking = dialog
                self.look_around()
                answer = await self.app.push_screen_wait(dialog)
                if answer is None:
                    await self._keep_left(keeper, dialog.unsaved, first)
                    return None
                values = answer
                try:
                    result = await self._save_form(keeper, use_case, dict(answer))
                except OkrtuiError as error:
                    if error.ends_session:
                        raise
                    errors, clashes = _refused(error, shown)
                    keeper.typed(answer, first)
                    continue
                self.say(done(result) if callable(done) else done)
                return result
        finally:
            self.desk.form, self._asking = "", None

    def note_form(self) -> None:
        """Have noted what stands in the form that is open."""
        if self._asking is not None:
            self._asking.note()

    def _named(self, form: str) -> str:
        """A form's name, by which its words are kept: with the place, where it names nothing that stands in one already."""
        if REFS.search(form):
            return form
        return f"{form} ({', '.join(filter(None, (self.desk.where.team, self.desk.where.cycle)))})"

    def _place_of_form(self) -> Opened:
        """Where a form is opened now, by the command whose worker asks."""
        with suppress(NoActiveWorker):
            action = get_current_worker().name.removeprefix("action_")
            command = next((one.id for one in of_page(self.PAGE) if one.action == action), "")
            return Opened(self.PAGE, command, self.chosen(), self.desk.where.team, self.desk.where.cycle or "")
        return Opened()

    async def _save_form(
        self, keeper: Keeper, use_case: Callable[[Session, dict[str, object]], T], typed: dict[str, object]
    ) -> T:
        """Save, and forget what was kept of the form in the same turn."""

        def save(session: Session) -> T:
            result = use_case(session, typed)
            drafts.forget(session, keeper.form)
            return result

        await keeper.keep()  # a save may stand in line for seconds, and the line may drop meanwhile
        keeper.drop()
        return await self.desk.write(save)

    async def _keep_left(self, keeper: Keeper, unsaved: dict[str, object], first: Mapping[str, object]) -> None:
        """Keep what was typed in a form that was left, until it is opened again."""
        keeper.typed(unsaved, first)
        await keeper.keep()
        self.read_again()  # what needs this person has one more, or one less
        if unsaved != first:
            self.say("What you typed is kept: it is there when you open this form again.")

    async def confirmed(self, question: str, yes: str) -> bool:
        """Ask before what the others are told."""
        from screens.dialogs.confirm import Confirm  # noqa: PLC0415  # loaded when asked for

        answer: bool = await self.app.push_screen_wait(Confirm(question, yes=yes))
        return answer

    def wait_for(self, asking: Coroutine[None, None, object]) -> None:
        """Run something that asks and saves, without holding up the screen."""
        self.run_worker(asking, group="asking", exit_on_error=True)


def _again(kept: Draft, first: Mapping[str, object], *, merges: bool) -> tuple[dict[str, object], dict[str, Clash]]:
    """A form with what was typed before, and where somebody else changed the same meanwhile; nothing where all is saved."""
    from widgets.clash import Clash  # noqa: PLC0415  # loaded with a form: the first frame does without

    typed = {name: value for name, value in kept.typed.items() if name in first and value != first[name]}
    if not typed:
        return {}, {}
    moved = [name for name in typed if kept.began.get(name) != first[name]] if merges else []
    return {**first, **typed}, {name: Clash(first[name], kept.began.get(name)) for name in moved}


def _refused(
    error: OkrtuiError, shown: Callable[[Mapping[str, object]], Mapping[str, object]] | None
) -> tuple[dict[str, str], dict[str, Clash]]:
    """What is said in a form and beside its fields where saving was refused."""
    from widgets.clash import Clash  # noqa: PLC0415  # as above

    if isinstance(error, Invalid):
        return error.fields or {"": str(error)}, {}
    if not isinstance(error, Conflict):
        return {"": str(error)}, {}
    as_held = shown or dict
    before = as_held({name: both[0] for name, both in error.fields.items()})
    theirs = as_held({name: both[2] for name, both in error.fields.items()})
    clashes = {name: Clash(theirs[name], before[name]) for name in error.fields}
    return {"": f"{error} Saving again keeps yours."}, clashes
