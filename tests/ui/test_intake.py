"""What a terminal sends becomes messages, whatever bytes it sends."""

from __future__ import annotations

import random

import pytest
from textual import events

from okrtui.terminal.intake import CUT_AFTER, LONGEST_PASTE, Intake


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def said(messages):
    """Messages in a word each: keys by name, pastes by their text."""
    return [
        one.key if isinstance(one, events.Key) else ("paste", one.text) if isinstance(one, events.Paste) else type(one)
        for one in messages
    ]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def intake(clock):
    return Intake(clock)


def later(intake, clock, seconds=0.5):
    clock.now += seconds
    return said(intake.tick())


def test_keys_are_keys(intake):
    assert said(intake.feed(b"ab\r\x1b[A\x1bOP")) == ["a", "b", "enter", "up", "f1"]


def test_a_lone_escape_is_the_key(intake, clock):
    assert said(intake.feed(b"\x1b")) == []
    assert later(intake, clock, 0.05) == []
    assert later(intake, clock, 0.1) == ["escape"]
    assert said(intake.feed(b"q")) == ["q"]


def test_a_sequence_cut_between_two_reads_is_whole(intake):
    assert said(intake.feed(b"\x1b")) == []
    assert said(intake.feed(b"[")) == []
    assert said(intake.feed(b"A")) == ["up"]


def test_a_character_cut_between_two_reads_is_whole(intake):
    assert intake.feed("é".encode()[:1]) == []
    assert [one.character for one in intake.feed("é".encode()[1:])] == ["é"]


@pytest.mark.parametrize(("data", "characters"), [(b"caf\xe9 ", "café "), (b"\xff\xfea", "ÿþa"), (b"\x80\x9bq", "q")])
def test_what_is_no_utf8_is_latin_or_nothing(intake, data, characters):
    assert "".join(one.character for one in intake.feed(data)) == characters


def test_a_latin_character_at_the_end_waits_no_longer_than_an_escape(intake, clock):
    assert intake.feed(b"\xe9") == []
    clock.now += 0.2
    assert [one.character for one in intake.tick()] == ["é"]


@pytest.mark.parametrize(
    "report",
    [
        "\x1b[99999999999u",
        "\x1b[55296u",
        "\x1b[1;0:999999999999u",
        "\x1b[<999999999999;1;1M",
        "\x1b[<1;-5;-5M",
        "\x1b[<;;M",
        "\x1b[48;0;0;0;0t",
        "\x1b[48;1:a;2:b;3;4t",
        "\x1b[?2026;9$y",
        "\x1b[::::::;;;;u",
        "\x1b[999;999R",
        "\x1b[?1;2c",
        "\x1b[?q",
        "\x1b[1;2;3;q",
        "\x1b[1;2;",
        "\x1bO1;",
        "\x1b]52;c;cXF4\x07",
        "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
        "\x1bP>|tmux 3.4q\x1b\\",
        "\x1b]52;c;qqq",
        f"\x1b[{'1;' * 200}q",
    ],
)
def test_a_malformed_report_is_dropped_and_input_goes_on(intake, clock, report):
    keys = [one for one in intake.feed(report.encode()) if isinstance(one, events.Key)]
    assert len(keys) <= 1
    assert later(intake, clock) == []
    assert said(intake.feed(b"q")) == ["q"]


def test_alt_and_a_letter_are_a_key(intake, clock):
    intake.feed(b"\x1ba")
    assert later(intake, clock) == ["alt+a"]
    assert said(intake.feed(b"\x1b[97;3u")) == ["alt+a"]


def test_a_report_of_a_size_is_not_believed(intake):
    assert said(intake.feed(b"\x1b[48;99999;99999;1;1t")) == []


def test_a_flood_is_one_paste(intake):
    assert said(intake.feed(b"gqdgqdgqdgqd")) == [("paste", "gqdgqdgqdgqd")]
    assert said(intake.feed("Grüße an alle".encode())) == [("paste", "Grüße an alle")]


def test_few_keys_and_a_key_held_down_are_no_flood(intake):
    assert said(intake.feed(b"gqdgqd")) == list("gqdgqd")
    assert said(intake.feed(b"j" * 40)) == ["j"] * 40


def test_a_character_made_of_several_comes_whole(intake):
    assert said(intake.feed("👩\u200d💻".encode())) == [("paste", "👩\u200d💻")]


def test_a_paste_is_text_whatever_it_holds(intake):
    """Textual's own takes what follows an escape within a paste for keys: ``q`` would end the program."""
    hostile = "a\x1b[31mq\x1bq\x1b[200~\x9b\u202eg\x00\tb\rc"
    assert said(intake.feed(f"\x1b[200~{hostile}\x1b[201~x".encode())) == [("paste", "a[31mqq[200~g b\nc"), "x"]


@pytest.mark.parametrize("cut", range(1, 20))
def test_a_paste_may_be_cut_anywhere(clock, cut):
    whole = b"\x1b[200~ab\xc3\xa9cd\x1b[201~q"
    intake = Intake(clock)
    assert said([*intake.feed(whole[:cut]), *intake.feed(whole[cut:])]) == [("paste", "abécd"), "q"]


def test_a_paste_whose_end_never_comes_ends_by_itself(intake, clock):
    assert said(intake.feed(b"\x1b[200~abc")) == []
    assert later(intake, clock, CUT_AFTER / 2) == []
    assert later(intake, clock, CUT_AFTER) == [("paste", "abc")]
    assert said(intake.feed(b"q")) == ["q"]


def test_a_long_paste_comes_whole_and_a_huge_one_in_part(intake):
    long = "x[b]é" * 2000
    assert said(intake.feed(f"\x1b[200~{long}\x1b[201~".encode())) == [("paste", long)]
    intake.feed(b"\x1b[200~")
    for _ in range(70):
        intake.feed(b"y" * 16384)
    (paste,) = intake.feed(b"\x1b[201~")
    assert LONGEST_PASTE <= len(paste.text) < LONGEST_PASTE + 1000


PIECES = [
    b"\x1b[200~", b"\x1b[201~", b"\x1b[<0;1;1M", b"\x1b[<64;9;9M", b"\x1b[1;5A", b"\x1b[97;5u", b"\x1b[M\x20\xff\xff",
    b"\x1b", b"[", b"O", b"\x9b", b"\xe9", b"\xf0\x9f", "👩\u200d💻".encode(), b"\x1b]52;c;cm0=\x07", b"\x1bP", b"\x1b[?2026;2$y",
    b"\x1b[48;2;2;2;2t", b";", b"9" * 12, b":", b"u", b"M", b"~", b"q", b"\r", b"\x00", b"\x7f", b"\x1b[12;3R",
]  # fmt: skip


@pytest.mark.fault
@pytest.mark.parametrize("seed", range(8))
def test_any_bytes_leave_it_reading(clock, seed, times, record_property):
    """Random bytes and random pieces of what terminals send, cut anywhere: afterwards a key is a key again."""
    chance = random.Random(seed)
    intake = Intake(clock)
    strings = times(500, 12_500)
    for _ in range(strings):
        data = chance.randbytes(chance.randrange(1, 40))
        data += b"".join(chance.choice(PIECES) for _ in range(chance.randrange(12)))
        cut = chance.randrange(len(data))
        for one in (data[:cut], data[cut:]):
            for message in intake.feed(one):
                assert not isinstance(message, events.Resize)
                if isinstance(message, events.Paste):
                    assert not set(message.text) & {"\x1b", "\x9b", "\u202e", "\x00"}
        clock.now += chance.choice([0, 0.05, 0.2, 3])
        intake.tick()
    intake.feed(b"\x1b[201~")
    clock.now += 10
    intake.tick()
    clock.now += 10
    intake.tick()
    assert said(intake.feed(b"q")) == ["q"]
    record_property(
        f"byte strings to the intake, seed {seed}", {"strings": strings, "errors": 0, "controls in a paste": 0}
    )
