"""What a terminal sends, bytes in and messages out, whatever bytes they are."""

from __future__ import annotations

import codecs
import re
from time import monotonic
from typing import TYPE_CHECKING

from textual import constants, events
from textual._xterm_parser import XTermParser

from okrtui.core.text import without_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual.message import Message

FLOOD = 8
"""Printable characters of one read that nobody has typed one by one."""

LONGEST_SEQUENCE = 30
"""Characters of a sequence that is waited for; what is longer is none."""

LONGEST_PASTE = 1_000_000
"""Characters of one paste that are kept; no field takes more than a hundredth of them."""

CUT_AFTER = 2.0
"""Seconds without a byte after which a paste whose end did not come has ended."""

_BEGIN, _END = "\x1b[200~", "\x1b[201~"
_BEGINNINGS = tuple(_BEGIN[:length] for length in range(len(_BEGIN) - 1, 0, -1))
_ESC = "\x1b"
_STRINGS = ("\x1b]", "\x1bP", "\x1b^", "\x1b_", "\x1bX")  # answers of a terminal in words, up to a bell or an end
_STRING_END = "\x1b\\"
_CUT = ("\x1b[", "\x1bO")
_CONTROL = re.compile(r"\x1b\[(?![M\[])[0-?]*[ -/]*[@-~]")  # but the old mouse's, and the Linux console's F keys
_JOINERS = "\u200c\u200d"


def _as_latin(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are taken for Latin-1, as an older terminal sends it; its controls go."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(chr(byte) for byte in wrong if byte >= 0xA0), error.end


codecs.register_error("okrtui-latin", _as_latin)


class Flood(events.Paste):
    """Printable keys that came at once: a paste of a terminal that marks none, or what somebody typed while the line stalled.

    Whoever takes it decides; ``is_begun`` says that a key of it was taken as a command.
    """

    def __init__(self, keys: Sequence[events.Key], *, is_begun: bool = False) -> None:
        super().__init__("".join(key.character or "" for key in keys))
        self.keys = tuple(keys)
        self.is_begun = is_begun


class _Keys(XTermParser):
    """Textual's parser, one character at a time, of which nothing is left over when it is told so."""

    # Textual remembers what a sequence means for each parser, and so each parser, and whoever it reads for, long after they ended.
    _parse_extended_key = XTermParser._parse_extended_key.__wrapped__  # type: ignore[assignment]  # it is only ever called

    @property
    def is_pending(self) -> bool:
        """Whether a sequence was begun."""
        return self._timeout_time is not None

    def give_up(self) -> Iterable[Message]:
        """What a sequence that was begun means as it is."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
            yield from self.tick()


class Intake:
    """Bytes from a terminal become messages, and none of them ends the program.

    Stock Textual dies of invalid UTF-8 and of malformed reports, takes an escape sequence within a paste, and one that
    it does not know, for keys, and waits for ever for the end of a paste that was cut. Here what cannot be understood is dropped and input goes on; a
    paste is text from its begin to its end; and printable keys that arrive in one read are one paste.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._decoder = codecs.getincrementaldecoder("utf-8")("okrtui-latin")
        self._keys = _Keys()
        self._held = ""
        self._paste: str | None = None
        self._ended = False
        self._sequence = self._skips = ""
        self._heard = clock()

    @property
    def is_waiting(self) -> bool:
        """Whether something was begun that time alone may end."""
        return bool(self._held) or self._paste is not None

    @property
    def is_unfinished(self) -> bool:
        """Whether time may change what the bytes so far mean: also an escape that may be a key, and a character that was cut."""
        return self.is_waiting or self._keys.is_pending or bool(self._decoder.getstate()[0])

    def feed(self, data: bytes) -> list[Message]:
        """The messages that these bytes complete."""
        self._heard = self._clock()
        return list(_joined(self._read(self._decoder.decode(data))))

    def tick(self) -> list[Message]:
        """The messages that the time completes: call it when nothing came for a while."""
        silent = self._clock() - self._heard
        if silent < constants.ESCAPE_DELAY:
            return []
        found = list(self._read(self._decoder.decode(b"", final=True)))
        self._decoder.reset()
        if self._held:
            held, self._held = self._held, ""
            found += [*self._typed(held), *self._given_up()]
        if self._paste is not None and silent >= CUT_AFTER:
            found += self._pasted()
        found += self._given_up()
        return found

    def _read(self, text: str) -> Iterator[Message]:
        text, self._held = self._held + text, ""
        while text:
            if self._paste is not None:
                text = self._into_paste(text)
                if not self._ended:
                    return
                yield from self._pasted()
                continue
            before, begin, text = text.partition(_BEGIN)
            if begin:
                yield from self._typed(before)
                yield from self._given_up()
                self._paste, self._ended = "", False
                continue
            # The begin of a paste may be cut anywhere between two reads.
            self._held = next((start for start in _BEGINNINGS if before.endswith(start)), "")
            yield from self._typed(before[: len(before) - len(self._held)])

    def _into_paste(self, text: str) -> str:
        """Take text up to the end of the paste; what comes after it."""
        whole = (self._paste or "") + text
        self._paste, end, after = whole.partition(_END)
        self._ended = bool(end)
        if len(self._paste) > LONGEST_PASTE:
            self._paste = self._paste[:LONGEST_PASTE] + ("" if end else self._paste[-len(_END) :])
        return after

    def _pasted(self) -> Iterator[Message]:
        text, self._paste = without_controls(self._paste or ""), None
        if text:
            yield events.Paste(text)

    def _typed(self, text: str) -> Iterator[Message]:
        for character in text:
            if not self._is_skipped(character):
                yield from self._one(character)

    def _one(self, character: str) -> Iterable[Message]:
        """Give the parser a character, and drop the sequence where it is whole and was not understood."""
        if character == _ESC and len(self._sequence) > 1:
            self._drop()
        found = self._safely(lambda: self._keys.feed(character))
        self._sequence = (self._sequence + character if character != _ESC else _ESC) if self._keys.is_pending else ""
        if self._sequence in _STRINGS:
            self._drop("a string")
        elif self._sequence == _STRING_END or _CONTROL.fullmatch(self._sequence):
            self._drop()
        elif len(self._sequence) > LONGEST_SEQUENCE and self._sequence.startswith(_CUT):
            self._drop("a control")
        return found

    def _is_skipped(self, character: str) -> bool:
        """Whether a character is within a sequence that was given up already."""
        if not self._skips or character == _ESC:
            self._skips = ""
            return False
        if character == "\x07" if self._skips == "a string" else "@" <= character <= "~":
            self._skips = ""
        return True

    def _drop(self, skips: str = "") -> None:
        """Forget the sequence that was begun, and what is to come of it."""
        self._keys, self._sequence, self._skips = _Keys(), "", skips

    def _given_up(self) -> Iterable[Message]:
        """End the sequence that was begun: one that was cut is none, an escape alone is the key, before a letter it is alt."""
        self._skips = ""
        if len(self._sequence) > 2 and self._sequence.startswith(_CUT):
            self._drop()
        self._sequence = ""
        return self._safely(self._keys.give_up)

    def _safely(self, parse: Callable[[], Iterable[Message]]) -> Iterable[Message]:
        """What the parser makes of it; where it fails, the sequence is dropped and it begins anew."""
        try:
            return [message for message in parse() if _may_be_told(message)]
        except Exception:  # noqa: BLE001  # another's code on anybody's bytes: whatever it dies of, input goes on
            self._drop()
            return []


def _may_be_told(message: Message) -> bool:
    """Keys of real characters; no sizes, which the system tells, as a report of one may hold any number."""
    if isinstance(message, events.Resize):
        return False
    if isinstance(message, events.Key) and message.character is not None:
        return not any("\ud800" <= character <= "\udfff" for character in message.character)
    return True


def _joined(messages: Iterable[Message]) -> Iterator[Message]:
    """Messages in which what nobody typed key by key is a paste."""
    run: list[events.Key] = []
    for message in messages:
        if isinstance(message, events.Key) and _is_text(message):
            run.append(message)
            continue
        yield from _as_paste(run)
        run = []
        yield message
    yield from _as_paste(run)


def _is_text(key: events.Key) -> bool:
    return key.is_printable or key.character in {*_JOINERS}


def _as_paste(run: list[events.Key]) -> Iterable[Message]:
    """A run of characters as one flood where it is a flood, or one character made of several; a key held down is neither."""
    text = "".join(key.character or "" for key in run)
    is_flood = len(text) >= FLOOD and len(set(text)) > 1
    if is_flood or (len(text) > 1 and any(joiner in text for joiner in _JOINERS)):
        return [Flood(run)]
    return run
