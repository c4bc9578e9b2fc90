"""What the search finds: the same words in any script, on SQLite and on PostgreSQL, and no hidden name."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.actions import submission
from applications.models import Application, SearchText
from applications.search.folding import fold
from applications.search.keys import CONDITIONS, KEYS, Scope, conditions
from applications.search.language import parse
from core.people.models import User
from fund.models import Call
from tests import factories
from tests.reviews import panels

pytestmark = pytest.mark.django_db
TITLES = {
    "polish": "Łódź: grooming in e-mail and voice chat",
    "chinese": "网络儿童保护 evaluation",
    "japanese": "オンラインの安全",
    "thai": "การคุ้มครองเด็กออนไลน์",
    "arabic": "حِمَايَة الأطفال",
    "greek": "Παιδιά ΑΣΦΑΛΕΙΑ",
    "vietnamese": "Lời cảnh báo trẻ hiểu được",
}
FOUND = [
    ("groom", "polish"),
    ("rooming", ""),
    ('"groom"', ""),
    ('"voice chat"', "polish"),
    ('"chat voice"', ""),
    ("chat voice", "polish"),
    ("lodz ŁÓDŹ łódź", "polish"),
    ("e-mail", "polish"),
    ("e-m", "polish"),
    ("-grooming", "arabic chinese greek japanese thai vietnamese"),
    ("儿童", "chinese"),
    ("童保护", "chinese"),
    ("护", "chinese"),
    ("护儿", ""),
    ("儿童 EVAL", "chinese"),
    ("安全", "japanese"),
    ("ｵﾝﾗｲﾝ", "japanese"),
    ("คุ้มครอง", "thai"),
    ("เด็ก", "thai"),
    ("حماية", "arabic"),
    ("παιδια ασφάλεια", "greek"),
    ("canh bao", "vietnamese"),
    ("title:cảnh", "vietnamese"),
    ("pi:éva", "arabic chinese greek japanese polish thai vietnamese"),
    ("eva -host:northmere", ""),
    ("reference:00 groom", "polish"),
    ("prevention-first-001", "polish"),
    ("% _ ' \\ \" :* & |", "arabic chinese greek japanese polish thai vietnamese"),
]


@pytest.fixture
def call(eva: User) -> Call:
    call = factories.make_call(most_per_pi=20)
    for title in TITLES.values():
        factories.make_submitted(call, eva, answers={"title": title})
    return call


@pytest.fixture
def eva() -> User:
    return factories.make_user("Éva Nagy", email="eva@example.org")


def find(typed: str, user: User, call: Call) -> str:
    found = Application.objects.visible_to_fund(user).filter(*conditions(parse(typed, KEYS), Scope(user, call)))
    names = {title: name for name, title in TITLES.items()}
    return " ".join(sorted(names[title] for title in found.values_list("title", flat=True)))


def test_words_are_found_in_every_script_alike_on_both_databases(call: Call, helena: User) -> None:
    assert [(typed, find(typed, helena, call)) for typed, _ in FOUND] == FOUND


def test_answers_team_and_files_are_searched_and_a_correction_replaces_them(
    helena: User, ada: User, rewrite: Callable[[Application, str], None]
) -> None:
    call = factories.make_call()
    first = factories.make_submitted(call, ada, answers={"risks": "Disclosure to a teacher"})

    def finds(typed: str) -> bool:
        return Application.objects.filter(*conditions(parse(typed, KEYS), Scope(helena, call))).exists()

    assert [finds(word) for word in ("disclosure", "ada", "northmere", "prevention")] == [True] * 4
    rewrite(first, "Disclosure to a nurse")
    assert (finds("teacher"), finds("nurse")) == (False, True)
    assert SearchText.objects.count() == 1


@pytest.fixture
def rewrite(ada: User) -> Callable[[Application, str], None]:
    def again(application: Application, risks: str) -> None:
        Application.objects.filter(pk=application.pk).update(state="returned")
        application.answers.filter(key="risks").update(value=risks)
        submission.submit(application=application, by=ada, at=application.submitted_at)

    return again


def test_a_hidden_name_cannot_be_found_by_any_key_nor_by_leaving_it_out(ruth: User) -> None:
    call = panels.make_call_in_review(applications=1, applicants_hidden=True)
    [application] = call.applications.all()
    panels.assign(application, panels.make_member(call, ruth))
    name = application.investigator_name.split()[0]

    def finds(typed: str) -> bool:
        found = Application.objects.visible_to_fund(ruth).filter(*conditions(parse(typed, KEYS), Scope(ruth, call)))
        return found.exists()

    hidden = [name, f"pi:{name}", "host:host", "country:NO", f'"{application.host_name}"']
    assert [finds(typed) for typed in hidden] == [False] * 5
    assert [finds(f"-{typed}") for typed in hidden] == [True] * 5
    assert finds("title:study")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from([*(f"{key}:" for key in CONDITIONS if key), ">", "..", '"', " ", "-", "9" * 18, "2999", "\0", "%"]),
            max_size=8,
        ).map("".join),
    )
)  # fmt: skip
def test_no_question_breaks_the_database(helena: User, typed: str) -> None:
    with transaction.atomic():
        list(Application.objects.filter(*conditions(parse(typed, KEYS), Scope(helena))).values("pk"))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.postgres
def test_postgresql_finds_words_by_its_index(call: Call, helena: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    for typed, index in (("groom", "search_open_words"), ("儿童保护", "search_open_words")):
        rows = Application.objects.filter(*conditions(parse(typed, KEYS), Scope(helena, call)))
        assert index in rows.explain()
