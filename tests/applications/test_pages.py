"""The applicant's pages: what they show, to whom, and at what cost."""

import pytest
from django.urls import reverse

from applications.actions import drafts
from core import clock
from tests import factories

PAGES_OF_A_DRAFT = [
    ("detail", []), ("read", []), ("check", []), ("submit", []), ("withdraw", []),
    ("section", ["project"]), ("section", ["safety"]), ("section", ["team"]), ("section", ["budget"]),
    ("section", ["files"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments"), PAGES_OF_A_DRAFT)
def test_every_page_of_a_draft_opens_within_the_limits(as_ada, draft, django_assert_max_num_queries, name, arguments):
    with django_assert_max_num_queries(15):
        response = as_ada.get(reverse(f"apply:{name}", args=[draft.pk, *arguments]))

    assert response.status_code == 200
    assert len(response.content) < 60_000


@pytest.mark.parametrize("name", ["detail", "read", "withdraw"])
def test_every_page_of_a_submitted_application_opens_within_the_limits(
    as_ada, submitted, django_assert_max_num_queries, name
):
    with django_assert_max_num_queries(15):
        response = as_ada.get(reverse(f"apply:{name}", args=[submitted.pk]))

    assert response.status_code == 200


def test_the_home_costs_the_same_for_three_applications_and_for_thirty(as_ada, ada, django_assert_num_queries):
    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            factories.make_submitted(factories.make_call(f"call-{number}", most_per_pi=99), ada)
            call = factories.make_call(f"open-{number}")
            drafts.start(call=call, by=ada, at=clock.now())

    fill(0, 3)
    with django_assert_num_queries(9):
        as_ada.get(reverse("apply:home"))
    fill(3, 30)
    with django_assert_num_queries(9):
        response = as_ada.get(reverse("apply:home"))
    assert len(response.content) < 60_000
