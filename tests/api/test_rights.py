"""The interface shows what the pages show: every list is the `visible_to` of its rows, for everybody."""

from datetime import timedelta
from typing import Any

import pytest

from applications.models import Application
from config import apidocs
from core import clock
from core.documents.models import Document
from core.jobs.models import Batch, Job
from core.people.models import Role, User
from fund.models import Award, Call
from reviews.models import Assignment, Decision, DecisionInquiry, Review
from tests import factories
from tests.access.world import PERSONAS, World
from tests.api.filters import ELSEWHERE, FILTERS, WHOSE

pytestmark = pytest.mark.django_db

SAMPLE = ("ada", "ruth", "helena", "audrey")
"""An applicant, a reviewer, an administrator and an auditor."""
LISTS = {
    "calls": ("slug", Call.objects.visible_to),
    "my/applications": ("id", Application.objects.of_team),
    "applications": ("id", Application.objects.visible_to_fund),
    "assignments": ("id", Assignment.objects.visible_to),
    "reviews": ("id", Review.objects.visible_to),
    "decisions": ("id", Decision.objects.visible_to),
    "awards": ("number", Award.objects.visible_to),
    "documents": ("code", lambda user: Document.objects.visible_to(user).current()),
    "batches": ("id", Batch.objects.visible_to),
    "jobs": ("id", Job.objects.visible_to),
}


@pytest.mark.parametrize("name", [name for name in PERSONAS if name != "anonymous"])
@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_what_the_person_may_see(world: World, path: str, name: str) -> None:
    key, visible_to = LISTS[path]
    answer = world.browser(name).get(f"/api/v1/{path}/?page_size=200").json()
    field = "pk" if key == "id" else key
    expected = list(visible_to(User.objects.get(pk=world.people[name].pk)).values_list(field, flat=True))
    assert sorted(row[key] for row in answer["results"]) == sorted(expected)
    assert answer["count"] == len(expected)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in SAMPLE else pytest.mark.more) for name in PERSONAS[1:]]
)
def test_what_a_list_shows_opens_and_what_it_does_not_show_is_404(world: World, name: str) -> None:
    browser = world.browser(name)
    for path, (key, _) in LISTS.items():
        shown = {row[key] for row in browser.get(f"/api/v1/{path}/?page_size=200").json()["results"]}
        model = _model(path)
        everything = model.objects.values_list("pk" if key == "id" else key, flat=True)
        for each in list(everything)[:12]:
            status = browser.get(f"/api/v1/{path}/{each}/").status_code
            assert (path, each, status) == (path, each, 200 if each in shown else 404)


def _model(path: str) -> type:
    models = {"calls": Call, "my/applications": Application, "applications": Application, "assignments": Assignment,
              "reviews": Review, "decisions": Decision, "awards": Award, "documents": Document, "batches": Batch,
              "jobs": Job}  # fmt: skip
    return models[path]


def test_an_offer_that_is_not_known_yet_is_not_told_to_its_holder_whatever_role_they_have(world: World) -> None:
    award = Award.objects.get(number=world.subjects["award"]["number"])
    auditor = factories.make_user("Ines", Role.AUDITOR)
    award.holders.add(auditor)
    Award.objects.filter(pk=award.pk).update(offered_at=clock.now() + timedelta(days=2))
    assert award not in Award.objects.visible_to(auditor)
    Award.objects.filter(pk=award.pk).update(offered_at=clock.now())
    assert award in Award.objects.visible_to(auditor)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [("jobs", "batch=abc"), ("applications", "state=nonsense"), ("applications", "least=-1"), ("awards", "state=king")],
)
def test_a_filter_that_makes_no_sense_gets_a_sentence(world: World, path: str, wrong: str) -> None:
    answer = world.browser("helena").get(f"/api/v1/{path}/?{wrong}")
    assert answer.status_code == 400
    assert list(answer.json()) == [wrong.partition("=")[0]]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [("", 7), ("state=in_review", 2), ("state=in_review&state=submitted", 4), ("q=quiet", 1), ("q=quiet+loud", 0),
     ("country=no", 7), ("country=KE", 0), ("theme=prevention", 7), ("theme=nothing", 0), ("least=110000", 7), ("least=110001", 0),
     ("most=1", 0)],
)  # fmt: skip
def test_applications_are_filtered_as_on_the_page(world: World, filters: str, expected: int) -> None:
    assert world.browser("helena").get(f"/api/v1/applications/?{filters}").json()["count"] == expected


@pytest.mark.parametrize(
    ("path", "column", "query", "kept"),
    [(path, column, query, kept) for (path, column), each in FILTERS.items() for query, kept in each.items()],
)
def test_a_filter_keeps_what_it_says(world: World, path: str, column: str, query: str, kept: list[Any]) -> None:
    keys = {name: world.subjects[name]["pk"] for name in ("submitted", "returned", "batch")}
    keys["decided"] = DecisionInquiry.objects.get(pk=world.subjects["decision inquiry"]["pk"]).application_id
    address = f"/api/v1/{path}/?page_size=200&{query.format_map(keys)}"
    answer = world.browser(WHOSE.get(path, "helena")).get(address).json()
    assert sorted(row[column] for row in answer["results"]) == kept


def test_no_filter_is_left_out() -> None:
    tested = {(path, query.partition("=")[0]) for (path, _), each in FILTERS.items() for query in each}
    offered = {
        (operation.path.removeprefix(apidocs.ROOT).strip("/"), field.name)
        for about in apidocs._resources().values()
        for operation in about.operations
        for field in operation.fields
        if operation.method == "GET" and field.place == "query" and field.name not in ("page", "page_size")
    }
    assert sorted(each for each in offered - tested if each[0] not in ELSEWHERE) == []


def test_a_list_comes_in_pages(world: World) -> None:
    browser = world.browser("helena")
    first = browser.get("/api/v1/applications/?page_size=2").json()
    assert (len(first["results"]), first["count"], first["previous"]) == (2, 7, None)
    seen = {row["id"] for row in first["results"]}
    while first["next"]:
        first = browser.get(first["next"]).json()
        seen |= {row["id"] for row in first["results"]}
    assert len(seen) == 7
    assert browser.get("/api/v1/applications/?page=99").status_code == 404
    assert len(browser.get("/api/v1/applications/?page_size=100000").json()["results"]) == 7
