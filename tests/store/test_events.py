from __future__ import annotations

from dataclasses import replace

import pytest

from okrtui.store import events, sqlite


@pytest.fixture
def five(store, record):
    """A file with the events 1 to 5."""
    with store.writing() as connection:
        for number in range(1, 6):
            record(connection, ref=f"KR{number}", before={"value": number - 1}, after={"value": number})
    return store


def tamper(store, *statements):
    """Change rows past the triggers, as somebody with the sqlite3 shell could."""
    with store.writing() as connection:
        for trigger in ("event_is_kept", "event_is_final"):
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for statement in statements:
            connection.execute(statement)


def verdict(store):
    with store.reading() as connection:
        return list(events.verify(connection))


class TestAppend:
    def test_what_is_recorded_comes_back(self, store, record):
        with store.writing() as connection:
            connection.execute("INSERT INTO person (id, handle, name, login, at) VALUES (7, 'ana', 'Ana', 'ana', 'x')")
            number = record(
                connection,
                verb="objective.reword",
                person_id=7,
                deputy_for=7,
                alone=True,
                side="leadership",
                way="tui",
                ref="O1",
                team_id=None,
                cycle_id=None,
                private=True,
                before={"title": "Größe"},
                after={"title": "Höhe 🏔", "numbers": [1, 2.5, None]},
            )
        (found,) = events.after_id(store.connection, 0, 10)
        assert found.id == number == 1
        assert (found.person_id, found.deputy_for, found.alone, found.private) == (7, 7, True, True)
        assert (found.side, found.way, found.verb, found.ref) == ("leadership", "tui", "objective.reword", "O1")
        assert (found.team_id, found.cycle_id) == (None, None)
        assert found.before == {"title": "Größe"}
        assert found.after == {"title": "Höhe 🏔", "numbers": [1, 2.5, None]}

    def test_the_payload_is_canonical(self, store, record):
        with store.writing() as connection:
            record(connection, before={"b": 1, "a": "é"})
        assert events.after_id(store.connection, 0, 1)[0].payload == '{"after":{},"before":{"a":"é","b":1}}'

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), object()])
    def test_what_json_cannot_hold_is_a_mistake(self, store, record, value):
        with pytest.raises((ValueError, TypeError)), store.writing() as connection:
            record(connection, after={"value": value})
        assert events.latest_id(store.connection) == 0

    def test_an_undone_event_takes_no_number(self, five, record):
        def fail():
            with five.writing() as connection:
                record(connection)
                raise LookupError

        with pytest.raises(LookupError):
            fail()
        with five.writing() as connection:
            assert record(connection) == 6
        assert verdict(five) == []

    def test_the_same_twice_has_two_digests(self, store, record):
        with store.writing() as connection:
            record(connection)
            record(connection)
        (number,) = store.connection.execute("SELECT count(DISTINCT digest) FROM event").fetchone()
        assert number == 2

    def test_it_goes_on_without_the_note_of_the_last_one(self, five, record):
        with five.writing() as connection:
            connection.execute("DELETE FROM setting WHERE name = 'event_head'")
            record(connection)
        assert verdict(five) == []


class TestReading:
    def test_after(self, five):
        assert [event.id for event in events.after_id(five.connection, 2, 2)] == [3, 4]

    def test_latest(self, store, record):
        assert events.latest_id(store.connection) == 0
        with store.writing() as connection:
            record(connection)
            record(connection)
        assert events.latest_id(store.connection) == 2

    def test_of_one_thing(self, five, record):
        with five.writing() as connection:
            record(connection, ref="KR2", verb="kr.drop")
        assert [event.id for event in events.of_ref(five.connection, "KR2")] == [2, 6]

    def test_recent(self, store, record):
        with store.writing() as connection:
            for team in (1, 2, 3, 1, 2, None):
                record(connection, team_id=team)

        def found(*args):
            return [event.id for event in events.recent(store.connection, *args)]

        assert found(None, 3) == [6, 5, 4]
        assert found(None, 3, 5) == [4, 3, 2]
        assert found([1, 3], 10) == [4, 3, 1]
        assert found([1, 2], 2) == [5, 4]
        assert found([1, 2], 2, 5) == [4, 2]
        assert found([1, 1], 10) == [4, 1]
        assert found([], 10) == []

    def test_recent_uses_the_team_s_index(self, store):
        plan = store.connection.execute(f"EXPLAIN QUERY PLAN {events._OF_TEAMS}", ("[1]", 9, 2, 2)).fetchall()
        assert not [row for row in plan if "SCAN event" in row[3] or "SCAN newest" in row[3]]


class TestTriggers:
    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM event",
            "UPDATE event SET payload = '{}'",
            "UPDATE event SET payload = NULL, verb = 'x'",
            "UPDATE event SET id = 9 WHERE id = 5",
            "INSERT OR REPLACE INTO event (id, at, way, verb, ref, salt, digest, chain) VALUES (1,'','','','','','','')",
        ],
    )
    def test_events_stay_as_they_are(self, five, statement):
        with pytest.raises(sqlite.IntegrityError, match="events are never"), five.writing() as connection:
            connection.execute(statement)
        assert verdict(five) == []


class TestRedact:
    def test_the_text_goes_and_the_chain_holds(self, five):
        with five.writing() as connection:
            events.redact(connection, 3)
        found = events.after_id(five.connection, 2, 1)[0]
        assert found.redacted
        assert (found.before, found.after, found.payload) == ({}, {}, None)
        assert verdict(five) == []


@pytest.mark.parametrize("payload", ["{", '{"after":', '{"aftes": {}, "before": {}}', "\x00"])
def test_what_the_disk_has_changed_tells_nothing(five, payload):
    """One that cannot be read any more is as one that was redacted; the doctor names it."""
    found = replace(events.after_id(five.connection, 2, 1)[0], payload=payload)
    assert found.after == {}


class TestVerify:
    def test_nothing_to_say(self, five):
        assert verdict(five) == []

    def test_an_empty_log(self, store):
        assert verdict(store) == []

    @pytest.mark.parametrize(
        ("statement", "sentences"),
        [
            ("UPDATE event SET payload = '{}' WHERE id = 3", ["What event 3 says was changed."]),
            ("UPDATE event SET verb = 'kr.agree' WHERE id = 3", ["Event 3 was changed, or put in another's place."]),
            ("UPDATE event SET at = 'x' WHERE id = 5", ["Event 5 was changed, or put in another's place."]),
            ("UPDATE event SET private = 1 WHERE id = 1", ["Event 1 was changed, or put in another's place."]),
            ("DELETE FROM event WHERE id = 1", ["Event 1 was deleted."]),
            ("DELETE FROM event WHERE id = 3", ["Event 3 was deleted."]),
            ("DELETE FROM event WHERE id IN (2, 3)", ["Events 2 to 3 were deleted."]),
            ("DELETE FROM event WHERE id = 5", ["Event 5 was deleted."]),
            ("DELETE FROM event WHERE id > 2", ["Events 3 to 5 were deleted."]),
            ("DELETE FROM event", ["Events 1 to 5 were deleted."]),
        ],
    )
    def test_what_was_changed_is_named(self, five, statement, sentences):
        tamper(five, statement)
        assert verdict(five) == sentences

    def test_a_salt_is_part_of_the_text(self, five):
        tamper(five, "UPDATE event SET salt = 'x' WHERE id = 2")
        assert verdict(five) == ["What event 2 says was changed."]

    def test_a_deleted_event_is_missed_after_others_were_written(self, five, record):
        tamper(five, "DELETE FROM event WHERE id = 5")
        with five.writing() as connection:
            assert record(connection) == 6
        assert verdict(five) == ["Event 5 was deleted."]

    def test_renumbering_does_not_hide_a_gap(self, five):
        tamper(five, "DELETE FROM event WHERE id = 3", "UPDATE event SET id = id - 1 WHERE id > 3")
        assert verdict(five)[0] == "Event 3 was changed, or put in another's place."

    def test_an_event_of_somebody_else_s(self, five):
        tamper(
            five,
            "INSERT INTO event SELECT 6, at, person_id, side, deputy_for, alone, way, verb, ref, cycle_id, team_id,"
            " private, payload, salt, digest, chain FROM event WHERE id = 5",
        )
        assert "Event 6 was changed, or put in another's place." in verdict(five)
        assert any("events after 5" in sentence for sentence in verdict(five))

    def test_an_event_before_the_first(self, five):
        tamper(five, "UPDATE event SET id = -1 WHERE id = 1")
        assert "There is an event numbered -1, which okrtui never wrote." in verdict(five)

    def test_a_note_that_was_changed(self, five):
        tamper(five, "UPDATE setting SET value = '5 x' WHERE name = 'event_head'")
        assert verdict(five) == ["Event 5 is not the one okrtui wrote last."]

    @pytest.mark.parametrize("value", ["", "x", "x y z"])
    def test_a_note_that_is_nonsense(self, five, value):
        with five.writing() as connection:
            connection.execute("UPDATE setting SET value = ? WHERE name = 'event_head'", (value,))
        assert len(verdict(five)) == 1
