"""Search: what people wrote, by its words, kept in step with what is stored, and nothing that is not everybody's."""

from __future__ import annotations

import pytest

from okrtui.core.errors import Invalid, NotFound
from okrtui.core.model import ScoreSide
from okrtui.service import (
    commitments,
    initiatives,
    invitations,
    key_results,
    objectives,
    restore,
    scores,
    setup,
    threads,
    transfer,
)
from okrtui.service.search import search
from okrtui.store import search as index
from okrtui.store.doctor import examine
from okrtui.store.file import Store


def found(company, typed, who="rob", **how):
    """Kind and ref of each hit, in their order."""
    return [(one.kind, one.ref) for one in search(company.as_(who), typed, **how).found]


@pytest.fixture
def told(company):
    """O1 with KR1 under it, agreed and checked in, a comment, an initiative and a contribution."""
    objectives.reword(company.as_("lea"), company.objective(), {"why": "We lose crème deals to silence"})
    invitations.accept(company.as_("ana"), "O1", "sales", "We answer every request from one queue")
    company.agreed("O1")
    company.running().at("2026-10-09")
    company.checked_in("KR1", context="Weekend zebra covered")
    threads.comment(company.as_("ben"), "KR1", "Is the zebra ours?")
    initiatives.add(company.as_("ana"), {"title": "Zebra rota"}, team="sales", key_results=["KR1"])
    commitments.add(company.as_("ben"), {"kind": "contribution", "words": "I keep the zebra", "about": "KR1"})
    return company


@pytest.mark.parametrize(
    ("typed", "kind", "ref"),
    [
        ("buyers", "objective", "O1"),
        ("silence deals", "objective", "O1"),
        ("median", "key_result", "KR1"),
        ("we lose", "key_result", "KR1"),
        ("queue", "straight_line", "O1"),
        ("zebra weekend", "checkin", "KR1 w2"),
        ("zebra ours", "comment", "C3"),
        ("rota", "initiative", "I1"),
        ("keep zebra", "commitment", "P1"),
    ],
)
def test_each_kind_of_words_is_found(told, typed, kind, ref):
    assert (kind, ref) in found(told, typed)


@pytest.mark.parametrize("typed", ["BUYERS", "buy", "creme", "CRÈME", "crè"])
def test_case_accents_and_the_rest_of_the_last_word_do_not_matter(told, typed):
    assert ("objective", "O1") in found(told, typed)


@pytest.mark.parametrize(
    ("words", "typed", "other"),
    [
        ("今年は東京の売上を伸ばす", "東京", "京東"),
        ("KPI達成率が上がる", "達成", "成達"),
        ("서울에서 매출이 늘어난다", "매출", "출매"),
        ("ลูกค้าได้คำตอบในวันเดียว", "ค้า", "บตอ"),
        ("Wir grüßen Straße für Straße", "strasse", "strase"),
        ("Zespół z Łodzi", "zespol lodzi", "zespul"),
    ],
)
def test_words_of_other_scripts_are_found_within_a_sentence(told, words, typed, other):
    """Also once they were changed, and once the index was built anew."""
    ref = told.draft("O1", statement="Nothing of it")
    key_results.edit(told.as_("ana"), ref, {"statement": words})
    assert found(told, typed) == [("key_result", ref)]
    assert found(told, other) == []
    (one,) = search(told.as_("rob"), typed, ranked=True).found
    assert one.title_marks
    key_results.edit(told.as_("ana"), ref, {"statement": "Nothing of it again"})
    assert found(told, typed) == []
    with told.store.writing() as connection:
        index.rebuild(connection)
        assert list(index.problems(connection)) == []


def test_all_words_are_asked_for(told):
    assert found(told, "median zebra") == []
    assert found(told, '"one queue"') == [("straight_line", "O1")]
    assert found(told, '"queue one"') == []


def test_the_newest_comes_first_and_on_request_the_best(told):
    told.at("2026-10-12")
    threads.comment(told.as_("ben"), "O1", "Same day, said somebody of the many who were there on that day")
    assert found(told, "day")[0][0] == "comment"
    assert found(told, "day", ranked=True)[0] == ("objective", "O1")


def test_what_is_no_word_is_the_beginning_of_one_where_it_is_ranked(told):
    answer = search(told.as_("rob"), "zeb", ranked=True)
    assert {one.kind for one in answer.found} == {"checkin", "comment", "initiative", "commitment"}
    assert answer.is_ranked
    assert search(told.as_("rob"), "zebra", ranked=True).is_ranked
    assert not search(told.as_("rob"), "ze", ranked=True).is_ranked


def test_the_match_is_marked(told):
    (one,) = search(told.as_("rob"), "zebra weekend").found
    assert [one.text[start:end] for start, end in one.text_marks] == ["Weekend", "zebra"]
    assert (one.title, one.title_marks) == ("Median first answer falls", ())
    assert (one.team, one.cycle, one.author, one.goes_to) == ("sales", "2026-Q4", "ana", "KR1")


class TestFilters:
    @pytest.mark.parametrize(
        ("typed", "kinds"),
        [
            ("zebra team:sales", {"checkin", "comment", "initiative", "commitment"}),
            ("zebra team:acme", set()),
            ("zebra team:acme team:sales", {"checkin", "comment", "initiative", "commitment"}),
            ("zebra owner:ben", {"comment", "commitment"}),
            ("zebra owner:@ana", {"checkin"}),
            ("zebra owner:rob", set()),
            ("zebra cycle:2026-Q4", {"checkin", "comment", "initiative", "commitment"}),
            ("zebra state:agreed", {"checkin", "comment"}),
            ("zebra STATE:Open team:sales", {"commitment"}),
            ("we state:accepted", {"straight_line"}),
            ("zebra state:agreed owner:ana team:sales cycle:2026-Q4", {"checkin"}),
        ],
    )
    def test_they_narrow_it_down(self, told, typed, kinds):
        assert {kind for kind, _ in found(told, typed)} == kinds

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("zebra team:nowhere", "No team is called 'nowhere'"),
            ("zebra owner:nobody", "Nobody here is called 'nobody'"),
            ("zebra cycle:never", "No cycle is called 'never'"),
        ],
    )
    def test_what_is_not_there_is_said(self, told, typed, sentence):
        with pytest.raises(NotFound, match=sentence):
            search(told.as_("rob"), typed)

    def test_a_state_that_is_none(self, told):
        with pytest.raises(Invalid, match=r"No state is called 'odd': it is one of draft, published"):
            search(told.as_("rob"), "zebra state:odd")


HOSTILE = ["it's", "AND", "OR", "NOT x", '"', '""', "'", "*", "🎉", "👩‍💻 zebra", "(", "zebra)", "NEAR(zebra, 2)", "zebra:", "^zebra",
           "-zebra", "zebra +", "{body}:x", "body:zebra", "%", "_", "\\", "\x00zebra", "\ud800", "--", ";DROP TABLE comment", "t1", "team : t1",
           "zebra " * 19, "é" * 300, "zebra\nours", "\u202ezebra"]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("ranked", [False, True])
def test_whatever_is_typed_is_words(told, typed, ranked):
    """Beside a word, so that there is one; without any, that is what is said."""
    assert search(told.as_("rob"), f"{typed} nobodywrotethis", ranked=ranked).found == ()
    if not any(one.isalnum() for one in typed):
        with pytest.raises(Invalid, match="Give a word to search for"):
            search(told.as_("rob"), typed, ranked=ranked)


def test_the_team_of_a_check_in_is_no_word_of_it(told):
    assert found(told, "t2") == []


class TestInStep:
    """The index says what the tables say, whatever is done to them."""

    @pytest.fixture(autouse=True)
    def _whole(self, told):
        yield
        with told.store.reading() as connection:
            assert list(index.problems(connection)) == []

    def test_what_was_reworded_is_found_by_its_new_words_alone(self, told):
        objectives.reword(told.as_("lea"), "O1", {"title": "Patients are answered"})
        assert found(told, "patients") == [("objective", "O1")]
        assert found(told, "buyers") == []

    def test_a_check_in_that_was_revised(self, told):
        told.checked_in("KR1", context="Giraffe instead")
        assert found(told, "giraffe") == [("checkin", "KR1 w2")]
        assert "checkin" not in {kind for kind, _ in found(told, "zebra")}

    def test_a_comment_that_was_struck_through_is_not_found(self, told):
        threads.strike(told.as_("ben"), "C3")
        assert "comment" not in {kind for kind, _ in found(told, "zebra")}

    def test_what_was_edited_or_dropped(self, told):
        company = told
        ref = company.draft("O1", statement="Walrus calls fall")
        key_results.edit(company.as_("ana"), ref, {"statement": "Seal calls fall"})
        assert found(company, "walrus") == []
        key_results.drop(company.as_("ana"), ref, "Not ours")
        (one,) = search(company.as_("rob"), "seal calls").found
        assert (one.ref, one.state) == (ref, "dropped")


class TestPrivacy:
    @pytest.fixture
    def goal(self, told):
        commitments.add(told.as_("ben"), {"kind": "development", "words": "I learn to speak up, kumquat"})
        told.team("product")
        told.person("pia", leads=("product",))
        return told

    @pytest.mark.parametrize("who", ["ana", "rob", "olga", "pia"])
    def test_a_development_goal_is_not_found(self, goal, who):
        assert found(goal, "kumquat", who) == []
        assert found(goal, "kumquat", who, ranked=True) == []
        assert found(goal, "kumquat owner:ben state:open", who) == []

    def test_nor_by_the_operator(self, goal):
        assert search(goal.operator, "kumquat").found == ()

    @pytest.mark.parametrize("who", ["ben", "lea"])
    def test_but_by_its_owner_and_who_leads_a_team_of_theirs(self, goal, who):
        assert found(goal, "kumquat", who) == [("commitment", "P2")]

    def test_a_lead_no_longer_finds_it(self, goal):
        setup.join_team(goal.operator, "sales", "lea", lead=False)
        assert found(goal, "kumquat", "lea") == []

    def test_no_score_is_indexed_before_or_after_it_is_opened(self, told):
        told.at("2026-12-30").scoring()
        scores.write(told.as_("ana"), "KR1", ScoreSide.SELF, 0.4, "Platypus")
        scores.write(told.as_("lea"), "KR1", ScoreSide.MANAGER, 0.4, "Platypus")
        scores.reveal(told.as_("ana"), ["KR1"])
        for who in ("ana", "lea", "rob", "olga"):
            assert found(told, "platypus", who) == []
        with told.store.reading() as connection:
            assert "platypus" not in _terms(connection)


def _terms(connection):
    """Every word that stands in any index."""
    terms = set()
    for source in index.SOURCES:
        connection.execute(f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, {source.index}, row)")
        terms |= {term for (term,) in connection.execute("SELECT term FROM temp.seen")}
        connection.execute("DROP TABLE temp.seen")
    return terms


def test_blanked_words_leave_no_trace_in_the_file_once_it_is_built_anew(told):
    with told.store.writing() as connection:
        connection.execute("UPDATE comment SET body = '' WHERE id = 3")
        connection.execute("UPDATE checkin SET context = ''")
        connection.execute("UPDATE initiative SET title = '–'")
        connection.execute("UPDATE commitment SET words = '–'")
        index.rebuild(connection)
        assert "zebra" not in _terms(connection)
        for source in index.SOURCES:
            blocks = connection.execute(f"SELECT block FROM {source.index}_data").fetchall()  # noqa: S608
            assert not any(b"zebra" in block for (block,) in blocks)


def test_an_export_has_no_index_and_an_import_builds_it(told, tmp_path):
    written = "".join(transfer.export(told.operator, whole=True))
    assert "_search" not in written
    with Store.create(tmp_path / "again.db", rehearsal=True, now="2026-10-01T09:00:00Z") as again:
        restore.restore(again, restore.read(written.encode()))
        assert [one.sentence for one in examine(again) if one.level == "error"] == []
        hits = index.newest(again.connection, '"zebra"', index.Narrowed(), None, 50)
    assert {hit.kind for hit in hits} == {"checkin", "comment", "initiative", "commitment"}


@pytest.mark.parametrize("source", index.SOURCES, ids=lambda source: source.kind)
def test_the_doctor_finds_an_index_that_lost_step(told, source):
    with told.store.writing() as connection:
        connection.execute(f"INSERT INTO {source.index} ({source.index}) VALUES ('delete-all')")  # noqa: S608
    sentences = [one.sentence for one in examine(told.store) if one.level == "error"]
    assert any(f"The search of each {source.kind.replace('_', ' ')} does not fit" in one for one in sentences)
