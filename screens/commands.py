"""The one table of commands: each binding's id, key, footer text, tooltip, palette entry and line of help.

The bindings of every screen, the footer, the help, the palette and docs/keys.md come from here; a test holds that no screen
has two commands on one key. A person may rebind a command by its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Page = Literal["everywhere", "room", "objectives", "board", "checkin"]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a key does. ``keys`` are Textual's names, the first one is shown; ``label`` is for the footer, if it is there."""

    id: str
    page: Page
    keys: str
    action: str
    name: str
    help: str
    label: str = ""
    in_fields: bool = False

    @property
    def key(self) -> str:
        """The key that is shown."""
        return self.keys.split(",")[0]

    @property
    def written(self) -> str:
        """The key as people write it."""
        return written(self.key)


_WRITTEN = {
    "question_mark": "?",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "full_stop": ".",
    "enter": "Enter",
    "escape": "Esc",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}


def written(key: str) -> str:
    """A key as people write it: ``ctrl+p`` stays, ``question_mark`` is ``?``, ``f1`` is ``F1``."""
    return _WRITTEN.get(key, key.upper() if key[:1] == "f" and key[1:].isdigit() else key)


PAGES: dict[Page, tuple[str, str, str]] = {
    "room": ("Room", "1", "f1"),
    "objectives": ("Objectives", "2", "f2"),
    "board": ("Board", "3", "f3"),
    "checkin": ("Check-in", "4", "f4"),
}

COMMANDS: tuple[Command, ...] = (
    Command("page.room", "everywhere", "1,f1", "go('room')", "Room", "The team's objectives and key results at a glance."),
    Command("page.objectives", "everywhere", "2,f2", "go('objectives')", "Objectives", "Read, accept, push back; write and publish."),
    Command("page.board", "everywhere", "3,f3", "go('board')", "Board", "The key results: ideas, drafts, proposals, agreed ones."),
    Command("page.checkin", "everywhere", "4,f4", "go('checkin')", "Check-in", "The weekly form, a key result at a time."),
    Command("next", "everywhere", "right_square_bracket", "next_step", "Next step", "Go to the next thing that needs you.", "next"),
    Command("previous", "everywhere", "left_square_bracket", "previous_need", "Previous need", "Go to the previous thing that needs you."),
    Command("team", "everywhere", "T", "app.choose_team", "Choose a team", "Show another team.", "team"),
    Command("cycle", "everywhere", "Y", "app.choose_cycle", "Choose a cycle", "Show another cycle.", "cycle"),
    Command("comment", "everywhere", "c", "comment", "Comment", "Comment on the chosen thing; @handle tells that person.", "comment"),
    Command("undo", "everywhere", "u", "undo", "Undo", "Undo your last act of the hour, where nobody else was told of it."),
    Command("app.help", "everywhere", "question_mark", "app.help", "Help", "Every key of this screen.", "help"),
    Command("theme", "everywhere", "", "app.choose_theme", "Choose the colours", "Dark, light, high contrast, or the terminal's own; kept for you."),
    Command("palette", "everywhere", "ctrl+p", "app.command_palette", "Command palette", "Every act, objective, key result, person and team by name.", in_fields=True),
    Command("app.quit", "everywhere", "q", "app.quit", "Quit", "Leave okrtui."),
    Command("quit.anywhere", "everywhere", "ctrl+q", "app.quit", "Quit from anywhere", "Leave okrtui, also from a field.", in_fields=True),
    Command("down", "everywhere", "j", "cursor_down", "Down", "Move down, like the arrow."),
    Command("up", "everywhere", "k", "cursor_up", "Up", "Move up, like the arrow."),
    Command("room.open", "room", "enter", "open", "Open", "Open the chosen objective or key result, or do what needs you.", "open"),
    Command("room.squares", "room", "v", "turn", "Four squares", "Turn to the four squares and back: this week, confidence, what is coming.", "squares"),
    Command("room.add", "room", "a", "add", "Priority or win", "Write down a priority or a win of this week.", "add"),
    Command("room.drop", "room", "d", "drop", "Drop a priority", "Drop the chosen priority, or take the chosen win back.", "drop"),
    Command("cycle.add", "room", "", "add_cycle", "Add a cycle", "Add a quarter, or any other span of days."),
    Command("cycle.advance", "room", "", "advance_cycle", "Move the cycle on", "Move the cycle to its next phase."),
    Command("team.add", "room", "", "add_team", "Add a team", "Add a team under another."),
    Command("person.add", "room", "", "add_person", "Add a person", "Add a person, to this team or to none."),
    Command("objective.add", "objectives", "a", "add", "Write an objective", "Write a draft objective of this team.", "add"),
    Command("objective.edit", "objectives", "e", "edit", "Edit or reword", "Edit a draft, or reword what is published: its earlier text is kept.", "edit"),
    Command("objective.publish", "objectives", "p", "publish", "Publish", "Let everybody read the objective.", "publish"),
    Command("objective.invite", "objectives", "i", "invite", "Invite teams", "Put the objective to its own team or to teams below.", "invite"),
    Command("objective.accept", "objectives", "A", "accept", "Accept", "Accept with a straight line: what you do every week that moves this.", "accept"),
    Command("objective.push_back", "objectives", "b", "push_back", "Push back", "Say with one of four reasons why you cannot connect it to your work.", "push back"),
    Command("objective.answer", "objectives", "r", "answer", "Answer a pushback", "Reworded, split, explained or released.", "answer"),
    Command("objective.read", "objectives", "enter", "read", "Read in full", "Go into the text of the chosen objective."),
    Command("objective.back", "objectives", "escape", "back", "Back to the list", "Leave the text, back to the list."),
    Command("board.add", "board", "a", "add", "Write an idea", "Write a key result under an objective.", "idea"),
    Command("board.edit", "board", "e,enter", "edit", "Edit", "Fill in or change an idea or a draft.", "edit"),
    Command("board.right", "board", "greater_than_sign,shift+right", "move_right", "Into the drafts", "Make a draft of an idea."),
    Command("board.left", "board", "less_than_sign,shift+left", "move_left", "Back to the ideas", "Put a draft back among the ideas."),
    Command("board.propose", "board", "p", "propose", "Propose", "Put it to leadership.", "propose"),
    Command("board.agree", "board", "g", "agree", "Agree", "Agree to a proposal or an amendment.", "agree"),
    Command("board.return", "board", "x", "send_back", "Return with a question", "Return a proposal, or question an amendment.", "return"),
    Command("board.park", "board", "z", "park", "Park or unpark", "Put it aside, or take it up again.", "park"),
    Command("board.drop", "board", "d", "drop", "Drop", "Drop it, with a reason."),
    Command("board.read", "board", "v", "read", "Read in full", "Go into the text and the thread of the chosen key result."),
    Command("board.back", "board", "escape", "back", "Back to the list", "Leave the text, back to the list."),
    Command("checkin.next", "checkin", "down,j", "next_key_result", "Next key result", "Go to the next key result in the queue."),
    Command("checkin.previous", "checkin", "up,k", "previous_key_result", "Previous key result", "Go to the one before."),
    Command("checkin.value", "checkin", "enter,i", "begin", "Fill in", "Begin with the first field.", "fill in"),
    Command("checkin.save", "checkin", "ctrl+s", "save", "Save", "Save this check-in.", "save", in_fields=True),
    Command("checkin.leave", "checkin", "escape", "leave", "Leave the field", "Back to navigation; what was typed stays.", in_fields=True),
)  # fmt: skip


def of_page(page: str) -> list[Command]:
    """The commands of a screen, its own first, then those of everywhere that it does not have on the same key."""
    own = [command for command in COMMANDS if command.page == page]
    taken = {key for command in own for key in command.keys.split(",") if key}
    rest = [one for one in COMMANDS if one.page == "everywhere" and not set(one.keys.split(",")) & (taken - {""})]
    return own + rest


def bindings_of(page: str) -> list[Binding]:
    """A screen's bindings."""
    return [
        Binding(command.keys, command.action, command.name, id=command.id, tooltip=command.help)
        for command in of_page(page)
        if command.keys
    ]


def by_id(name: str) -> Command:
    """The command of this id.

    Raises:
        KeyError: there is none.
    """
    return _BY_ID[name]


_BY_ID = {command.id: command for command in COMMANDS}
