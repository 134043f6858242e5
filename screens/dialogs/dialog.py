"""What all dialogs share: each is answered once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from screens.beneath import Beneath

if TYPE_CHECKING:
    from textual.widget import Widget

ResultT = TypeVar("ResultT")


def is_on_top(screen: Widget) -> bool:
    """Whether a screen is the one that is shown."""
    return screen.app.screen_stack[-1:] == [screen]


def unanswered() -> AwaitComplete:
    """What an answer that comes too late gives its caller to await: nothing."""
    nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call]  # Textual's own, without types
    return nothing


class Dialog(ModalScreen[ResultT], Beneath[ResultT]):
    """A question over the screen. Of two answers in quick succession the second is nobody's.

    Textual's own would close whatever is on top by then: a second Esc would take the screen below, or end the program.
    """

    @property
    def is_going(self) -> bool:
        """Whether it was answered, and is being taken down: what is still on its way to it finds nothing of it any more."""
        return self._pruning or self._closing or not self.is_attached or not self.app.is_running

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key that comes after the answer do nothing."""
        return not self.is_going and super().check_action(action, parameters)

    def dismiss(self, result: ResultT | None = None) -> AwaitComplete:
        """Answer, unless it was answered already."""
        return super().dismiss(result) if is_on_top(self) else unanswered()
