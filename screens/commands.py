"""The one table of commands: each binding's id, key, footer text, tooltip, palette entry and line of help.

The bindings of every screen, the footer, the help, the palette and docs/keys.md come from here; a test holds that no screen
has two commands on one key. A person may rebind a command by its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Page = Literal[
    "everywhere", "room", "objectives", "board", "checkin", "workshop", "scoring", "tree", "me", "report", "round"
]


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
    "comma": ",",
    "minus": "-",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "plus": "+",
    "at": "@",
    "slash": "/",
    "asterisk": "*",
    "equals_sign": "=",
}


def written(key: str) -> str:
    """A key as people write it: ``ctrl+p`` stays, ``question_mark`` is ``?``, ``f1`` is ``F1``."""
    return _WRITTEN.get(key, key.upper() if key[:1] == "f" and key[1:].isdigit() else key)


PAGES: dict[Page, tuple[str, str, str]] = {
    "room": ("Room", "1", "f1"),
    "objectives": ("Objectives", "2", "f2"),
    "board": ("Board", "3", "f3"),
    "checkin": ("Check-in", "4", "f4"),
    "workshop": ("Workshop", "", ""),
    "scoring": ("Scoring", "5", "f5"),
    "round": ("Confidence round", "", ""),
    "tree": ("Tree", "6", "f6"),
    "me": ("Me", "7", "f7"),
    "report": ("Report", "8", "f8"),
}

COMMANDS: tuple[Command, ...] = (
    Command("page.room", "everywhere", "1,f1", "go('room')", "Room", "The team's objectives and key results at a glance."),
    Command("page.objectives", "everywhere", "2,f2", "go('objectives')", "Objectives", "Read, accept, push back; write and publish."),
    Command("page.board", "everywhere", "3,f3", "go('board')", "Board", "The key results: ideas, drafts, proposals, agreed ones."),
    Command("page.checkin", "everywhere", "4,f4", "go('checkin')", "Check-in", "The weekly form, a key result at a time."),
    Command("page.scoring", "everywhere", "5,f5", "go('scoring')", "Scoring", "Both sides' scores, opened together, and the one they agree on."),
    Command("page.round", "everywhere", "", "go('round')", "Confidence round", "The team's sealed numbers on its confidence."),
    Command("page.workshop", "everywhere", "", "go('workshop')", "Workshop", "The team's workshop: two prompts, shared notes, ideas, and the clock."),
    Command("page.me", "everywhere", "7,f7", "go('me')", "Me", "What you own and promised, and how each reaches the company."),
    Command("page.tree", "everywhere", "6,f6", "go('tree')", "Tree", "How everything hangs together, the whole company of a cycle."),
    Command("page.report", "everywhere", "8,f8", "go('report')", "Report", "Signals with their numbers and a question, scores across cycles, minutes."),
    Command("next", "everywhere", "right_square_bracket", "next_step", "Next step", "Go to the next thing that needs you.", "next"),
    Command("previous", "everywhere", "left_square_bracket", "previous_need", "Previous need", "Go to the previous thing that needs you."),
    Command("team", "everywhere", "T", "app.choose_team", "Choose a team", "Show another team.", "team"),
    Command("cycle", "everywhere", "Y", "app.choose_cycle", "Choose a cycle", "Show another cycle.", "cycle"),
    Command("follow", "everywhere", "at", "app.follow", "Follow somebody", "Your screen goes where theirs goes, until you press any key."),
    Command("comment", "everywhere", "c", "comment", "Comment", "Comment on the chosen thing; @handle tells that person.", "comment"),
    Command("suggest", "everywhere", "s", "suggest", "Suggest", "Suggest other words or another number for the chosen thing.", "suggest"),
    Command("search", "everywhere", "slash", "search", "Search", "Search what everybody wrote, by its words."),
    Command("sight", "everywhere", "L", "sight", "Line of sight", "Every way up from the chosen thing, or from all of yours, to the company."),
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
    Command("cycle.advance", "room", "", "advance_cycle", "Move the cycle on", "Move the cycle to its next phase; closing shows what is missing first."),
    Command("cycle.back", "room", "", "back_cycle", "Move the cycle back", "Move the cycle back to the phase before, with a reason."),
    Command("team.add", "room", "", "add_team", "Add a team", "Add a team under another."),
    Command("team.individual", "room", "", "switch_individual", "Individual OKRs", "Switch individual OKRs of this team to selective, with a reason, or off."),
    Command("person.add", "room", "", "add_person", "Add a person", "Add a person, to this team or to none."),
    Command("objective.add", "objectives", "a", "add", "Write an objective", "Write a draft objective of this team.", "add"),
    Command("objective.edit", "objectives", "e", "edit", "Edit or reword", "Edit a draft, or reword what is published: its earlier text is kept.", "edit"),
    Command("objective.publish", "objectives", "p", "publish", "Publish", "Let everybody read the objective.", "publish"),
    Command("objective.invite", "objectives", "i", "invite", "Invite teams", "Put the objective to its own team or to teams below, or let some go.", "invite"),
    Command("objective.accept", "objectives", "A", "accept", "Accept", "Accept with a straight line: what you do every week that moves this.", "accept"),
    Command("objective.push_back", "objectives", "b", "push_back", "Push back", "Say with one of four reasons why you cannot connect it to your work.", "push back"),
    Command("objective.answer", "objectives", "r", "answer", "Answer a pushback", "Reworded, split, explained or released.", "answer"),
    Command("objective.take", "objectives", "y", "take", "Take a suggestion", "Take a suggestion: the objective says then what it proposes."),
    Command("objective.decline", "objectives", "n", "decline", "Decline a suggestion", "Decline a suggestion, with a reason if you wish."),
    Command("objective.earlier", "objectives", "H", "earlier", "Earlier texts", "Every text it has had, each compared by its words with the one before.", "texts"),
    Command("objective.pick_answer", "objectives", "t", "pick_answer", "A team's answer", "Go to one team's answer to the chosen objective."),
    Command("objective.go_on", "objectives", "N", "go_on", "Start from last cycle's", "Write a draft that goes on from an objective of an earlier cycle."),
    Command("objective.learn", "objectives", "w", "learn", "What was learnt", "While the cycle is scoring: write the objective's line of learning."),
    Command("objective.link", "objectives", "equals_sign", "link", "Link to a parent", "Say what the objective contributes to, or supports; a lead above consents."),
    Command("objective.consent", "objectives", "g", "consent", "Consent to a link", "Let what asks for it stand below the objective or one of its key results."),
    Command("objective.refuse", "objectives", "x", "refuse", "Decline a link", "Decline a link that asks to stand below, with a word to whoever asked."),
    Command("objective.unlink", "objectives", "", "unlink", "Take a link away", "Take one of the objective's links away."),
    Command("objective.withdraw", "objectives", "W", "withdraw", "Withdraw", "Withdraw it with a reason; its key results are dropped with it."),
    Command("objective.individual", "objectives", "", "ask_person", "Ask one person", "Put the objective to one person of its team: an individual OKR, with its reason."),
    Command("objective.release", "objectives", "", "release", "Release a team", "Ask a team no longer; what it said and wrote stays on record."),
    Command("objective.uninvite", "objectives", "", "uninvite", "Take an invitation back", "Take an invitation back that its team has not answered."),
    Command("objective.read", "objectives", "enter", "read", "Read in full", "Go into the text of the chosen objective."),
    Command("objective.back", "objectives", "escape", "back", "Back to the list", "Leave the text, back to the list."),
    Command("board.add", "board", "a", "add", "Write an idea", "Write a key result under an objective.", "idea"),
    Command("board.edit", "board", "e", "edit", "Edit", "Fill in or change an idea or a draft.", "edit"),
    Command("board.read", "board", "enter,v", "read", "Open", "Go into the text and the thread of the chosen key result.", "open"),
    Command("board.take", "board", "y", "take", "Take or adopt", "Take a suggestion; adopt an imported idea.", "take"),
    Command("board.decline", "board", "n", "decline", "Decline", "Decline a suggestion.", "decline"),
    Command("board.right", "board", "greater_than_sign,shift+right", "move_right", "Into the drafts", "Make a draft of an idea."),
    Command("board.left", "board", "less_than_sign,shift+left", "move_left", "Back to the ideas", "Put a draft back among the ideas."),
    Command("board.propose", "board", "p", "propose", "Propose", "Put it to leadership.", "propose"),
    Command("board.agree", "board", "g", "agree", "Agree", "Agree to a proposal or an amendment.", "agree"),
    Command("board.return", "board", "x", "send_back", "Return with a question", "Return a proposal, or question an amendment.", "return"),
    Command("board.answer", "board", "r", "answer", "Answer a question", "Answer what was asked about an amendment.", "answer"),
    Command("board.take_back", "board", "t", "take_back", "Take back", "Take a proposal or an amendment back."),
    Command("board.park", "board", "z", "park", "Park or unpark", "Put it aside, or take it up again.", "park"),
    Command("board.defend", "board", "D", "defend", "Defend", "Week nine: keep it, amend it or drop it, with the argument.", "defend"),
    Command("board.amend", "board", "o", "amend", "Amend", "Change what is agreed, with a reason; the original stays.", "amend"),
    Command("board.dot", "board", "full_stop", "dot", "Dot", "Put one of your five dots on it.", "dot"),
    Command("board.undot", "board", "comma", "undot", "Take a dot off", "Take one of your dots off it."),
    Command("board.link", "board", "equals_sign", "link", "Link to a parent", "Say what the key result contributes to, or supports, beside its objective."),
    Command("board.unlink", "board", "", "unlink", "Take a link away", "Take one of the key result's links away."),
    Command("board.drop", "board", "d", "drop", "Drop", "Drop it, with a reason."),
    Command("board.guide", "board", "G", "guide", "Guidance", "Say what 0.3, 0.7 and 1.0 would look like."),
    Command("board.quiet", "board", "W", "quiet", "We know, because …", "Answer a question of the checks: it is quiet, the answer kept."),
    Command("board.carry", "board", "", "carry", "Carry over", "Carry a key result that goes on from the cycle closed last under an objective of this one."),
    Command("board.workshop", "board", "w", "app.go('workshop')", "Workshop", "The team's workshop: clock, prompts, notes, who is there."),
    Command("board.previous_column", "board", "left,h", "column(-1)", "Column to the left", "Go to the column on the left."),
    Command("board.next_column", "board", "right,l", "column(1)", "Column to the right", "Go to the column on the right."),
    Command("board.back", "board", "escape", "back", "Back to the board", "Leave the text, back to the cards."),
    Command("room.round", "room", "R", "app.go('round')", "Confidence round", "The team's sealed numbers on its confidence."),
    Command("checkin.round", "checkin", "R", "app.go('round')", "Confidence round", "The team's sealed numbers on its confidence."),
    Command("round.start", "round", "b", "start", "Begin a round", "Begin a round on the team's agreed key results.", "begin"),
    Command("round.open", "round", "r", "open_round", "Open the round", "Everybody's numbers appear at once, without names.", "open"),
    Command("round.abandon", "round", "d", "abandon", "End it unopened", "End the round; its numbers stay sealed for good."),
    Command("round.read", "round", "enter,v", "read", "Read in full", "Go into how the rounds of the chosen key result lay."),
    Command("round.back", "round", "escape", "back", "Back to the list", "Leave the text, back to the list."),
    Command("scoring.write", "scoring", "enter", "write", "Write my side", "Write your side's score and its reasoning, as a draft.", "write"),
    Command("scoring.in", "scoring", "i", "mark_in", "Mark it in", "Mark your side's draft in; where there is none, write it, and it is in.", "in"),
    Command("scoring.open", "scoring", "r", "open_together", "Open together", "Open both sides' scores at once, for good: of one, or of all in.", "open"),
    Command("scoring.propose", "scoring", "p", "propose", "Propose the agreed score", "Propose the score the two sides agree on.", "propose"),
    Command("scoring.confirm", "scoring", "y", "confirm", "Confirm", "Confirm the agreed score that the other side proposed.", "confirm"),
    Command("scoring.counter", "scoring", "n", "counter", "Counter", "Counter the agreed score that the other side proposed with another.", "counter"),
    Command("scoring.none", "scoring", "minus", "leave_unscored", "No score", "Leave it without a score, with a reason."),
    Command("scoring.close", "scoring", "C", "decide", "Close decision", "Keep, change, drop, defer or done: what becomes of it afterwards.", "closing"),
    Command("scoring.learn", "scoring", "w", "learn", "What was learnt", "Write the line of learning of the chosen key result's objective.", "learnt"),
    Command("scoring.order", "scoring", "o", "order", "Order", "By gap, the widest first; or by objective."),
    Command("scoring.keep", "scoring", "K", "keep", "Keep the review", "Keep a review of these scores; take it over; see what its keeper may do.", "review"),
    Command("scoring.next_item", "scoring", "greater_than_sign", "next_item", "Next in the review", "Go on to the next key result of the review, with those who follow you."),
    Command("scoring.previous_item", "scoring", "less_than_sign", "previous_item", "Back in the review", "Go back to the key result the review was at before."),
    Command("scoring.pause", "scoring", "t", "pause", "Pause the review", "Stop the review's clock for a break, or let it run again."),
    Command("scoring.box", "scoring", "b", "box", "Time box", "Give each key result of the review so many minutes."),
    Command("scoring.hand", "scoring", "H", "hand_over", "Hand the review over", "Let somebody who is here keep the review from now on."),
    Command("scoring.end", "scoring", "E", "end_review", "End the review", "End the review; what was said and scored stays."),
    Command("scoring.read", "scoring", "v", "read", "Read in full", "Go into the text of the chosen key result."),
    Command("scoring.back", "scoring", "escape", "back", "Back to the list", "Leave the text, back to the list."),
    Command("checkin.next", "checkin", "down,j", "next_key_result", "Next key result", "Go to the next key result in the queue."),
    Command("checkin.previous", "checkin", "up,k", "previous_key_result", "Previous key result", "Go to the one before."),
    Command("checkin.value", "checkin", "enter,i", "begin", "Fill in", "Begin with the first field.", "fill in"),
    Command("checkin.save", "checkin", "ctrl+s", "save", "Save", "Save this check-in.", "save", in_fields=True),
    Command("checkin.leave", "checkin", "escape", "leave", "Leave the field", "Back to navigation; what was typed stays.", in_fields=True),
    Command("workshop.clock", "workshop", "t", "clock", "Start or pause the clock", "Start the clock and keep the workshop, or stop it for a break.", "start/pause"),
    Command("workshop.write", "workshop", "i", "write", "Write a note", "Go into the field for notes; Enter adds what you typed for everybody.", "note"),
    Command("workshop.idea", "workshop", "a", "idea", "Write an idea", "Write a key result, straight to the board.", "idea"),
    Command("workshop.dot", "workshop", "full_stop", "dot", "Dot an idea", "Put one of your five dots on the chosen idea.", "dot"),
    Command("workshop.undot", "workshop", "comma", "undot", "Take a dot off", "Take one of your dots off the chosen idea."),
    Command("workshop.next", "workshop", "n", "ask_next", "Next prompt", "Go on to the next prompt, for everybody.", "next prompt"),
    Command("workshop.close", "workshop", "C", "close_workshop", "Close the workshop", "End it and keep its minutes, with a remark.", "close"),
    Command("workshop.box", "workshop", "b", "box", "Time box", "Give what comes now so many minutes.", "box"),
    Command("workshop.hand", "workshop", "K", "hand_over", "Keep or hand over", "Take over the keeping, or hand it to somebody.", "keep"),
    Command("workshop.people", "workshop", "p", "people", "Who is there", "Tick the names of those who are there without a screen of their own.", "people"),
    Command("workshop.edit", "workshop", "e", "edit", "Edit a note", "Change the words of the chosen note, where it is yours."),
    Command("workshop.minutes", "workshop", "v", "turn", "Minutes", "Turn to the minutes as they stand, and back."),
    Command("workshop.save", "workshop", "ctrl+s", "save", "Add the note", "Add what you typed for everybody.", in_fields=True),
    Command("workshop.back", "workshop", "escape", "back", "Back", "Out of the field; from there to the board.", in_fields=True),
    Command("me.open", "me", "enter", "open", "Open", "Open what is chosen: on its page, or its text.", "open"),
    Command("me.add", "me", "a", "add", "Write down", "A contribution, a development goal, a stretch, or an initiative.", "add"),
    Command("me.edit", "me", "e", "edit", "Edit", "Change the chosen promise or initiative.", "edit"),
    Command("me.done", "me", "t", "done", "Done", "Say that the chosen promise is kept, or the initiative done.", "done"),
    Command("me.let_go", "me", "z", "let_go", "Let go", "Let the chosen promise go, or stop the chosen initiative.", "let go"),
    Command("me.read", "me", "v", "read", "Read in full", "Go into the text of the chosen thing."),
    Command("me.back", "me", "escape", "back", "Back to the list", "Leave the text, back to the list."),
    Command("tree.open", "tree", "enter", "open", "Open", "Go to the chosen thing on its own page.", "open"),
    Command("tree.filter", "tree", "slash", "filter", "Filter", "Show only what has the words you type, and what that stands under.", "filter"),
    Command("tree.quick", "tree", "f", "quick", "Quick filters", "Mine, my team's, what needs care, or what is unaligned.", "quick"),
    Command("tree.fold", "tree", "space", "fold", "Fold or unfold", "Fold the chosen line, or unfold it; a double click does, too.", "fold"),
    Command("tree.unfold", "tree", "asterisk", "unfold_below", "Unfold all below", "Unfold the chosen line and all below it.", "unfold"),
    Command("tree.fold_all", "tree", "minus", "fold_all", "Fold all", "Fold everything; u undoes it.", "fold all"),
    Command("tree.mark", "tree", "m", "mark", "Mark", "Mark what others are to be linked to.", "mark"),
    Command("tree.link", "tree", "equals_sign", "link", "Link to the marked", "Say that the chosen thing contributes to the marked one, or supports it.", "link"),
    Command("tree.read", "tree", "v", "read", "Read in full", "Go into the text of the chosen thing."),
    Command("tree.back", "tree", "escape", "back", "Show all again", "Leave the text or the filter; from the tree, show all again.", in_fields=True),
    Command("report.read", "report", "enter", "read", "Read in full", "Go into the text of the chosen section."),
    Command("report.back", "report", "escape", "back", "Back to the list", "Stop a long reading, or leave the text."),
    Command("report.more", "report", "plus", "more", "More cycles", "Look four cycles further back.", "more cycles"),
    Command("report.fewer", "report", "minus", "fewer", "Fewer cycles", "Look four cycles less far back.", "fewer"),
    Command("report.again", "report", "r", "again", "Read again", "Read the report again, and on where it was stopped."),
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
