"""Notes under prompts that several people write at once: each line is its author's, and yours is typed below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea
from textual.widgets.option_list import Option

from okrtui.core.workshops import QUESTIONS, Prompt
from widgets.listing import Listing
from widgets.notes import NoteArea
from widgets.text import joined, words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from okrtui.service.minutes import NoteLine, WorkshopPage


class SharedNotes(Vertical):
    """The prompt that is asked, the notes, and a field for one's own.

    What others write is added without moving the field, its cursor or its text. The notes of the prompt that is asked come
    first; unless the cursor was moved up among them, the newest is in view.
    """

    DEFAULT_CSS = """
    SharedNotes {
        height: 1fr;
        #prompt { height: auto; max-height: 2; padding: 0 1; }
        #notes { height: 1fr; text-wrap: wrap; }
        #note { height: 3; border: none; padding: 0 1; background: $boost; }
        #note:focus { background: $primary 25%; }
        #wrong { height: auto; color: $text-error; padding: 0 1; display: none; }
        #wrong.-said { display: block; }
    }
    """

    class Written(Message):
        """Enter was pressed on words: they are to be kept as a note."""

        def __init__(self, note: str) -> None:
            super().__init__()
            self.note = note

    class Typed(Message):
        """The words of the field have changed."""

        def __init__(self, note: str) -> None:
            super().__init__()
            self.note = note

    _newest: str | None = None
    """The last note of the prompt that is asked."""

    def compose(self) -> ComposeResult:
        """The prompt, the notes, the field."""
        yield Static("", id="prompt", markup=False)
        yield Listing(id="notes", title="Notes")
        field = NoteArea(id="note")
        field.placeholder = "Your note; Enter adds it for everybody."
        yield field
        yield Static("", id="wrong", markup=False)

    def show(self, page: WorkshopPage) -> None:
        """Show what was read; the field stays as it is."""
        number = list(Prompt).index(page.prompt) + 1
        self.query_one("#prompt", Static).update(
            joined(
                (f"Prompt {number} of {len(Prompt)}  ", "$foreground-muted"), (QUESTIONS[page.prompt], "bold $accent")
            )
        )
        listing = self.query_one("#notes", Listing)
        follows = not listing.has_focus or listing.chosen in {None, self._newest}
        listing.show(_options(page), "")
        self._newest = next((one.ref for one in reversed(page.notes) if one.prompt == page.prompt), None)
        if follows and self._newest is not None:
            self.call_after_refresh(listing.choose, self._newest)

    @property
    def field(self) -> NoteArea:
        """Where one's own words are typed."""
        return self.query_one("#note", NoteArea)

    def put(self, words_: str) -> None:
        """Put words into the field, in front of what is typed there."""
        typed = self.field.text
        self.field.text = f"{words_}\n{typed}" if typed else words_
        self.field.move_cursor(self.field.document.end)

    def say_wrong(self, sentence: str) -> None:
        """Say below the field what is wrong with it; nothing where the sentence is empty."""
        place = self.query_one("#wrong", Static)
        place.update(words(sentence))
        place.set_class(bool(sentence), "-said")

    def submit(self) -> None:
        """Hand over the words of the field, which is empty then; nothing where there are none."""
        if note := self.field.text.strip():
            self.field.text = ""
            self.post_message(self.Written(note))
        else:
            self.say_wrong("Type your note first; Enter adds it for everybody.")

    @on(NoteArea.Submitted)
    def _submitted(self, event: NoteArea.Submitted) -> None:
        event.stop()
        self.submit()

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.say_wrong("")
        self.post_message(self.Typed(self.field.text))


def _options(page: WorkshopPage) -> list[Option]:
    """The prompt that is asked first, then the other with what was said to it."""
    order = [page.prompt, *(one for one in Prompt if one != page.prompt)]
    options: list[Option] = []
    for prompt in order:
        under = [one for one in page.notes if one.prompt == prompt]
        if prompt != page.prompt:
            options.append(_told(QUESTIONS[prompt]))
        elif not under:
            options.append(_told(page.no_writing or "Nothing yet: write the first note (i)."))
        options += [Option(_row(one, page.me), id=one.ref) for one in under]
    return options


def _told(sentence: str) -> Option:
    return Option(words(sentence, "$foreground-muted"), disabled=True)


def _row(note: NoteLine, me: str) -> Content:
    author = (f"@{note.author} ", "bold $accent" if note.author == me else "bold")
    return joined("· ", author, words(note.body, lines=True))
