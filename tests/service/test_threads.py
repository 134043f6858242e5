from __future__ import annotations

import pytest

from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.service import activity, commitments, initiatives, invitations, needs, objectives, setup, show, threads


def mentions(company, handle):
    return [need.text for need in needs.due(company.as_(handle)) if need.kind == "mention"]


@pytest.mark.parametrize(
    ("body", "handles"),
    [
        ("@ana", ["ana"]),
        ("ask @Ana, @ben. And @lea.p!", ["ana", "ben", "lea.p"]),
        ("(@ana)", ["ana"]),
        ("ana@ben.com @@lea", []),
        ("@", []),
        ("@-ana", []),
        ("@ana-", ["ana"]),
        ("[@click=app.quit]x[/]", ["click"]),
    ],
)
def test_whom_a_text_mentions(body, handles):
    assert threads.mentioned(body) == handles


def test_who_is_mentioned_is_told_until_they_look(company):
    company.objective()
    assert threads.comment(company.as_("rob"), "o1", "Why only @lea and @Ana, @nobody?") == "C1"
    assert mentions(company, "ana") == ["rob mentioned you on O1: Why only @lea and @Ana, @nobody?"]
    assert mentions(company, "ben") == []
    assert threads.see(company.as_("ana"), "o1") == 1
    assert threads.see(company.as_("ana"), "O1") == 0
    assert mentions(company, "ana") == []
    assert len(mentions(company, "lea")) == 1


def test_a_comment_says_where_its_author_stands(company):
    ref = company.draft()
    for handle in ("ana", "lea", "rob"):
        threads.comment(company.as_(handle), ref, "Why?")
    told = [line.side for line in activity.log(company.as_("rob"), ref=ref) if line.verb == "comment.add"]
    assert told == ["team", "leadership", "reader"]


def test_a_comment_has_words(company):
    company.objective()
    with pytest.raises(Invalid, match="The comment is missing"):
        threads.comment(company.as_("rob"), "O1", " \n\x1b")
    with pytest.raises(Invalid, match="longer than 10,000 characters"):
        threads.comment(company.as_("rob"), "O1", "x" * 10_001)
    with pytest.raises(NotFound, match="There is no KR7"):
        threads.comment(company.as_("rob"), "KR7", "Why?")
    with pytest.raises(NotFound, match="names nothing here: give O12"):
        threads.comment(company.as_("rob"), "C1", "Why?")


def test_comments_go_on_after_the_cycle_is_closed(company):
    company.objective()
    with company.operator.writing() as deed:
        deed.connection.execute("UPDATE cycle SET phase = 'closed'")
    assert threads.comment(company.as_("rob"), "O1", "Looking back") == "C1"


def test_ones_own_comment_is_struck_through_and_stays(company):
    company.objective()
    threads.comment(company.as_("rob"), "O1", "Nonsense, @ana")
    with pytest.raises(NotAllowed, match="Only its author strikes a comment through: answer it"):
        threads.strike(company.as_("lea"), "C1")
    threads.strike(company.as_("rob"), "C1")
    (line,) = show.objective(company.as_("ana"), "O1").thread
    assert (line.body, line.struck) == ("Nonsense, @ana", True)
    assert mentions(company, "ana") == []
    with pytest.raises(NotFound, match="There is no comment C9"):
        threads.strike(company.as_("rob"), "C9")


def test_somebody_switched_off_is_not_told(company):
    company.objective()
    setup.set_active(company.operator, "ben", active=False)
    threads.comment(company.as_("rob"), "O1", "@ben and @ana")
    assert mentions(company, "ana")
    setup.set_active(company.operator, "ben", active=True)
    assert mentions(company, "ben") == []


def test_words_of_the_exchange_on_an_objective_tell_those_whom_they_mention(company):
    ref = company.objective()
    lea, ana = company.as_("lea"), company.as_("ana")
    invitations.push_back(ana, ref, "sales", "wrong_altitude", "@rob has the nights")
    answer = {"answer": "explained", "words": "@rob, not before spring. Nor @nobody"}
    invitations.answer(lea, ref, "sales", answer)
    invitations.accept(ana, ref, "sales", "We answer, and @rob the nights")
    invitations.release(lea, ref, "sales", "Go on, @ana")
    objectives.withdraw(lea, ref, "The market left, @ben")
    assert mentions(company, "rob") == [
        f"ana mentioned you on {ref}: @rob has the nights",
        f"lea mentioned you on {ref}: @rob, not before spring. Nor @nobody",
        f"ana mentioned you on {ref}: We answer, and @rob the nights",
    ]
    assert mentions(company, "ana") == [f"lea mentioned you on {ref}: Go on, @ana"]
    assert mentions(company, "ben") == [f"lea mentioned you on {ref}: The market left, @ben"]
    assert threads.see(company.as_("rob"), ref) == 3
    assert mentions(company, "rob") == []


def test_words_of_the_exchange_that_mention_nobody_stand_with_the_invitation_alone(company):
    ref = company.objective()
    invitations.push_back(company.as_("ana"), ref, "sales", "cannot_measure", "Nobody counts")
    assert show.objective(company.as_("rob"), ref).thread == ()


class TestOnPromises:
    """Threads under initiatives and promises; a development goal's stays with those who may read it."""

    @pytest.fixture
    def promised(self, company):
        company.agreed()
        initiatives.add(company.as_("ana"), {"title": "A rota"}, team="sales", key_results=["KR1"])
        commitments.add(company.as_("ben"), {"kind": "contribution", "words": "I keep the queue", "about": "KR1"})
        commitments.add(company.as_("ben"), {"kind": "development", "words": "I learn to speak up"})
        return company

    def told(self, company, handle):
        return [(need.ref, need.met) for need in needs.due(company.as_(handle)) if need.kind == "mention"]

    def test_whoever_is_mentioned_is_told_and_sees_it_once(self, promised):
        ref = threads.comment(promised.as_("rob"), "i1", "Nights too, @ana?")
        assert [(one.ref, one.author) for one in show.thread(promised.as_("lea"), "I1")] == [(ref, "rob")]
        assert self.told(promised, "ana") == [("I1", ("tree", "comment"))]
        assert threads.see(promised.as_("ana"), "I1") == 1
        assert self.told(promised, "ana") == []

    def test_a_word_of_others_is_told_to_whose_promise_it_is(self, promised):
        threads.comment(promised.as_("ben"), "P1", "Mondays too")
        assert self.told(promised, "ben") == []
        threads.comment(promised.as_("rob"), "P1", "And Sundays")
        assert self.told(promised, "ben") == [("P1", ("me", "comment"))]

    def test_of_a_development_goal_only_those_are_told_who_may_read_it(self, promised):
        threads.comment(promised.as_("lea"), "P2", "Speak on Friday, @ana, @rob?")
        assert self.told(promised, "ben") == [("P2", ("me", "comment"))]
        assert self.told(promised, "ana") == self.told(promised, "rob") == []
        assert not any(need.ref == "P2" for need in needs.due(promised.as_("rob"), person="ben"))
        with pytest.raises(NotFound, match="There is no P2"):
            show.thread(promised.as_("rob"), "P2")

    def test_striking_one_tells_nobody_of_it(self, promised):
        ref = threads.comment(promised.as_("lea"), "P2", "Speak on Friday")
        threads.strike(promised.as_("lea"), ref)
        assert [one.struck for one in show.thread(promised.as_("ben"), "P2")] == [True]
        assert not [line for line in activity.log(promised.as_("rob")) if line.ref == "P2"]

    def test_the_operator_has_no_word(self, promised):
        for ref, refused in (("I1", NotAllowed), ("P1", NotAllowed), ("P2", NotFound)):
            with pytest.raises(refused):
                threads.comment(promised.operator, ref, "x")
