"""Keys and codes: who a key is, when it is no longer, and what the history says of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okrtui.core.errors import AccessEnded, Ambiguous, Invalid, NotAllowed, NotFound
from okrtui.core.public_keys import PublicKey
from okrtui.service import activity, keys, setup, threads, transfer


def key(letter="a"):
    """A key, the same for the same letter."""
    blob = b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + letter.encode() * 32
    return PublicKey("ssh-ed25519", blob, f"{letter} at home")


def told(company):
    return [
        (line.who, line.verb, line.ref, line.text) for line in activity.log(company.operator) if "key." in line.verb
    ]


class TestAKey:
    def test_is_its_persons(self, company):
        assert keys.add(company.operator, "ana", [key("a"), key("b")]) == [key("a").fingerprint, key("b").fingerprint]
        found = keys.holder(company.store, key("a").blob)
        assert (found.handle, found.fingerprint) == ("ana", key("a").fingerprint)
        assert keys.person_of(company.store, key("b").blob) == "ana"
        assert keys.person_of(company.store, key("c").blob) is None

    def test_is_one_persons(self, company):
        keys.add(company.operator, "ana", [key()])
        for handle in ("ana", "lea"):
            with pytest.raises(Invalid, match="is ana's already"):
                keys.add(company.operator, handle, [key("b"), key()])
        assert keys.holder(company.store, key("b").blob) is None, "all of them or none"

    def test_that_was_switched_off_may_be_let_in_again_as_another(self, company):
        keys.add(company.operator, "ana", [key()])
        keys.remove(company.operator, key().fingerprint)
        keys.add(company.operator, "lea", [key()])
        assert keys.person_of(company.store, key().blob) == "lea"

    def test_of_nobody_or_of_somebody_switched_off_is_not_let_in(self, company):
        with pytest.raises(NotFound):
            keys.add(company.operator, "eve", [key()])
        setup.set_active(company.operator, "ana", active=False)
        with pytest.raises(NotAllowed, match="switch them on first"):
            keys.add(company.operator, "ana", [key()])

    def test_lets_nobody_in_while_its_person_is_switched_off(self, company):
        keys.add(company.operator, "ana", [key()])
        setup.set_active(company.operator, "ana", active=False)
        assert keys.holder(company.store, key().blob) is None
        assert keys.letting_in(company.store) == []
        setup.set_active(company.operator, "ana", active=True)
        assert [(handle, found) for handle, found in keys.letting_in(company.store)] == [("ana", key())]

    def test_is_in_the_history(self, company):
        keys.add(company.operator, "ana", [key()])
        keys.remove(company.as_("olga"), key().fingerprint)
        assert told(company) == [
            ("operator", "key.add", "@ana", f"let in a key as @ana: {key().fingerprint}"),
            ("olga", "key.remove", "@ana", "switched off a key of @ana"),
        ]

    def test_is_listed_with_when_it_was_used(self, company):
        keys.add(company.as_("olga"), "ana", [key("a"), key("b")])
        keys.session(company.store, key("a").fingerprint, lambda: company.now)
        keys.remove(company.operator, key("b").fingerprint)
        (first, second), codes = keys.listed(company.operator)
        assert (first.person, first.comment, first.added_by) == ("ana", "a at home", "olga")
        assert (first.used_at, first.off_at) == ("2026-10-06T10:00:00Z", None)
        assert (second.used_at, second.off_at) == (None, "2026-10-06T10:00:00Z")
        assert codes == []


class TestASession:
    @pytest.fixture
    def session(self, company):
        keys.add(company.operator, "ana", [key()])
        return keys.session(company.store, key().fingerprint, lambda: company.now)

    def test_acts_as_its_person_by_ssh(self, company, session):
        objective = company.accepted()
        threads.comment(session, objective, "Hello")
        line = activity.log(company.operator, ref=objective)[-1]
        assert (line.who, line.way) == ("ana", "ssh")

    @pytest.mark.parametrize("by", ["key", "all", "person", "another"])
    def test_ends_at_the_next_reading_or_writing(self, company, session, by):
        objective = company.accepted()
        if by == "key":
            keys.remove(company.operator, key().fingerprint)
        elif by == "all":
            keys.remove(company.operator, "@ana")
        elif by == "person":
            setup.set_active(company.operator, "ana", active=False)
        else:
            keys.remove(company.operator, key().fingerprint)
            keys.add(company.operator, "ana", [key("b")])
        before = activity.log(company.operator, ref=objective)
        with pytest.raises(AccessEnded, match="was switched off"):
            threads.comment(session, objective, "Too late")
        with pytest.raises(AccessEnded), session.reading():
            pass
        assert activity.log(company.operator, ref=objective) == before

    def test_of_another_key_goes_on(self, company, session):
        keys.add(company.operator, "ana", [key("b")])
        keys.remove(company.operator, key("b").fingerprint)
        with session.writing():
            pass

    def test_of_an_unknown_key_begins_not(self, company):
        for said in (key("z").fingerprint, "", "SHA256:", "' OR 1"):
            with pytest.raises(AccessEnded, match="lets nobody in here any more"):
                keys.session(company.store, said)


class TestTakingAway:
    @pytest.fixture
    def three(self, company):
        keys.add(company.operator, "ana", [key("a"), key("b")])
        keys.add(company.operator, "lea", [key("c")])
        return company

    def test_by_the_beginning_of_a_fingerprint(self, three):
        whole = key("a").fingerprint
        assert keys.remove(three.operator, whole.removeprefix("SHA256:")[:8]) == [whole]

    @pytest.mark.parametrize("named", ["", "SHA256:", "abcde", "SHA256:zzzzzzzz", "%", "ana"])
    def test_by_what_names_none(self, three, named):
        with pytest.raises(NotFound):
            keys.remove(three.operator, named)
        assert len(keys.letting_in(three.store)) == 3

    def test_by_what_names_several(self, three, monkeypatch):
        monkeypatch.setattr(keys, "_SHORTEST", len("SHA256:"))
        with pytest.raises(Ambiguous, match="Several keys begin with SHA256:: "):
            keys.remove(three.operator, "SHA256:")

    def test_of_all_of_a_person(self, three):
        code, _ = keys.invite(three.operator, "ana")
        assert keys.remove(three.operator, "@ana") == [key("a").fingerprint, key("b").fingerprint]
        with pytest.raises(NotAllowed):
            keys.redeem(three.store, code, key("d"))
        with pytest.raises(NotFound, match="No key and no code of ana is on"):
            keys.remove(three.operator, "@ana")
        assert keys.person_of(three.store, key("c").blob) == "lea"


class TestACode:
    def test_lets_in_the_key_that_comes_with_it(self, company):
        code, expires = keys.invite(company.operator, "ana")
        assert expires == "2026-10-09T10:00:00Z"
        assert keys.redeem(company.store, code.upper(), key(), lambda: company.now) == "ana"
        assert keys.person_of(company.store, key().blob) == "ana"
        assert [(who, verb) for who, verb, _, _ in told(company)] == [
            ("operator", "key.invite"),
            ("ana", "key.redeem"),
        ]

    def test_once(self, company):
        code, _ = keys.invite(company.operator, "ana")
        keys.redeem(company.store, code, key(), lambda: company.now)
        with pytest.raises(NotAllowed, match="No such code is open"):
            keys.redeem(company.store, code, key("b"), lambda: company.now)

    def test_until_it_expires(self, company):
        code, _ = keys.invite(company.operator, "ana", hours=2)
        assert keys.codes_are_open(company.store, company.now + timedelta(hours=1, minutes=59))
        assert not keys.codes_are_open(company.store, company.now + timedelta(hours=2))
        with pytest.raises(NotAllowed):
            keys.redeem(company.store, code, key(), lambda: company.now + timedelta(hours=2))

    def test_is_used_by_no_key_that_is_somebodys(self, company):
        keys.add(company.operator, "lea", [key()])
        code, _ = keys.invite(company.operator, "ana")
        with pytest.raises(Invalid, match="is lea's already"):
            keys.redeem(company.store, code, key(), lambda: company.now)
        assert keys.redeem(company.store, code, key("b"), lambda: company.now) == "ana"

    def test_is_closed_by_the_next(self, company):
        first, _ = keys.invite(company.operator, "ana")
        second, _ = keys.invite(company.operator, "ana")
        with pytest.raises(NotAllowed):
            keys.redeem(company.store, first, key(), lambda: company.now)
        assert keys.redeem(company.store, second, key(), lambda: company.now) == "ana"

    def test_of_somebody_switched_off_is_closed(self, company):
        code, _ = keys.invite(company.operator, "ana")
        setup.set_active(company.operator, "ana", active=False)
        assert not keys.codes_are_open(company.store, company.now)
        with pytest.raises(NotAllowed):
            keys.redeem(company.store, code, key(), lambda: company.now)

    def test_is_kept_as_a_digest_alone(self, company):
        code, _ = keys.invite(company.operator, "ana")
        found = "".join(transfer.export(company.operator, whole=True))
        assert '"ssh_code": [\n{' in found
        assert code not in found
        assert code.replace("-", "") not in found

    def test_and_keys_are_in_nobody_elses_export(self, company):
        keys.add(company.operator, "ana", [key()])
        keys.invite(company.operator, "ana")
        found = "".join(transfer.export(company.as_("ana"), whole=False))
        assert "ssh_" not in found
        assert key().base64 not in found

    def test_is_listed_without_itself(self, company):
        keys.invite(company.operator, "ana")
        assert keys.listed(company.operator)[1] == [keys.CodeLine("ana", "2026-10-09T10:00:00Z", "operator")]
