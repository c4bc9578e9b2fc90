"""The applicant's pages: what they show, to whom, and at what cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications import waiting
from applications.actions import drafts, screening, submission
from applications.models import Application, Attachment, TeamMember
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
    with django_assert_num_queries(13):
        as_ada.get(reverse("apply:home"))
    fill(3, 30)
    with django_assert_num_queries(13):
        response = as_ada.get(reverse("apply:home"))
    assert len(response.content) < 60_000


def test_a_section_costs_the_same_with_three_rows_and_with_thirty(as_ada, draft, ada, django_assert_num_queries):
    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            drafts.add_member(application=draft, name=f"Person {number}", by=ada)
            Attachment.objects.create(
                application=draft, question="letter", name=f"{number}.pdf", path="none", sha256="0" * 64, size=9,
                pages=1, attested=True,
            )  # fmt: skip
        lines = [factories.LINES[0] | {"description": f"Line {number}", "amount": 1000} for number in range(last)]
        drafts.save_budget(application=draft, lines=lines, by=ada, at=clock.now())

    fill(0, 3)
    costs = {}
    for key in ("team", "budget", "files"):
        with CaptureQueriesContext(connection) as few:
            as_ada.get(reverse("apply:section", args=[draft.pk, key]))
        costs[key] = len(few)
    fill(3, 28)
    for key, cost in costs.items():
        with django_assert_num_queries(cost):
            as_ada.get(reverse("apply:section", args=[draft.pk, key]))


ROUTES = [
    ("get", "detail", []), ("get", "read", []), ("get", "check", []), ("get", "submit", []), ("post", "submit", []),
    ("get", "withdraw", []), ("post", "withdraw", []), ("post", "autosave", []), ("post", "budget", []),
    ("post", "team", []), ("get", "section", ["project"]), ("post", "section", ["project"]),
    ("post", "attach", ["letter"]),
]  # fmt: skip


@pytest.mark.parametrize(("method", "name", "arguments"), ROUTES)
def test_the_draft_of_another_person_is_not_there(client, draft, amir, method, name, arguments):
    client.force_login(amir)

    assert getattr(client, method)(reverse(f"apply:{name}", args=[draft.pk, *arguments])).status_code == 404


@pytest.mark.parametrize(("method", "name", "arguments"), ROUTES)
def test_an_administrator_finds_no_draft_and_is_refused_the_pages_of_a_submitted_one(
    client, draft, helena, ada, method, name, arguments
):
    client.force_login(helena)
    url = reverse(f"apply:{name}", args=[draft.pk, *arguments])
    assert getattr(client, method)(url).status_code == 404

    submission.submit(application=draft, by=ada, at=clock.now())
    assert getattr(client, method)(url).status_code == 403


@pytest.mark.parametrize(("method", "name", "arguments"), ROUTES)
def test_who_is_not_signed_in_is_asked_to(client, draft, method, name, arguments):
    response = getattr(client, method)(reverse(f"apply:{name}", args=[draft.pk, *arguments]))

    assert (response.status_code, response.headers["location"].startswith("/account/login/")) == (302, True)


def test_an_unknown_section_is_not_there(as_ada, draft):
    assert as_ada.get(reverse("apply:section", args=[draft.pk, "nothing"])).status_code == 404


@pytest.fixture
def viewer(draft, ada, amir):
    """Amir, who may read Ada's draft."""
    member = drafts.add_member(application=draft, name="Amir", email=amir.email, access="viewer", by=ada)
    drafts.join(member=member, by=amir)
    return amir


def test_a_viewer_reads_and_changes_nothing(client, draft, viewer):
    client.force_login(viewer)

    assert client.get(reverse("apply:detail", args=[draft.pk])).status_code == 200
    assert client.get(reverse("apply:section", args=[draft.pk, "project"])).headers["location"].endswith("/read/")
    posts = [("section", ["project"]), ("autosave", []), ("budget", []), ("submit", []), ("withdraw", [])]
    for name, arguments in posts:
        data = {"title": "Mine", "title-revision": "1", "key": "title", "value": "Mine", "reason": "None"}
        assert client.post(reverse(f"apply:{name}", args=[draft.pk, *arguments]), data).status_code == 403


def test_an_editor_writes_and_leaves_the_submitting_to_the_owner(client, draft, viewer):
    TeamMember.objects.filter(user=viewer).update(access="editor")
    client.force_login(viewer)

    assert client.get(reverse("apply:section", args=[draft.pk, "project"])).status_code == 200
    assert "Tell Ada that it is ready." in client.get(reverse("apply:check", args=[draft.pk])).content.decode()
    assert client.post(reverse("apply:submit", args=[draft.pk])).status_code == 403


def test_the_applicant_sees_one_state_whatever_staff_decide(as_ada, submitted):
    page = reverse("apply:detail", args=[submitted.pk])
    seen = set()
    for state in ("submitted", "eligible", "ineligible", "in_review", "recommended", "decided"):
        Application.objects.filter(pk=submitted.pk).update(state=state)
        seen.add((without_token(as_ada.get(page)), without_token(as_ada.get(reverse("apply:home")))))

    assert len(seen) == 1


def test_the_outcome_shows_from_its_release_on(as_ada, submitted):
    page = reverse("apply:detail", args=[submitted.pk])
    released_at = clock.now() + timedelta(hours=1)
    Application.objects.filter(pk=submitted.pk).update(
        state="decided", outcome="declined", outcome_released_at=released_at
    )
    assert "Not funded" not in as_ada.get(page).content.decode()

    with clock.at(released_at):
        assert "Not funded" in as_ada.get(page).content.decode()


def without_token(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_starting_from_a_call_leads_to_the_draft_and_a_second_time_to_the_same(as_ada, open_call):
    url = reverse("apply:start", args=[open_call.slug])
    assert as_ada.get(url).status_code == 200
    first, second = as_ada.post(url), as_ada.post(url)

    assert first.headers["location"] == second.headers["location"]
    assert Application.objects.count() == 1


def test_starting_too_late_says_why(as_ada, open_call):
    factories.close(open_call)
    page = as_ada.post(reverse("apply:start", args=[open_call.slug]), follow=True).content.decode()

    assert "This call closed on" in page
    assert not Application.objects.exists()


def test_what_waits_is_the_draft_the_return_and_the_invitation(draft, open_call, ada, amir, viewer):
    TeamMember.objects.filter(user=viewer).update(access="editor")
    assert [(each.what, each.due_at) for each in waiting.drafts(amir)] == [("Finish your draft", open_call.closes_at)]

    submitted = submission.submit(application=draft, by=ada, at=clock.now())
    assert list(waiting.drafts(ada)) == []
    screening.screen(application=submitted, outcome="returned", text="Shorten it.", by=None)
    assert [each.what for each in waiting.drafts(ada)] == ["Correct your application and submit it again"]

    factories.close(open_call)
    assert list(waiting.drafts(ada)) == []


def test_what_waits_costs_the_same_for_three_drafts_and_for_thirty(ada, amir, django_assert_num_queries):
    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            draft = drafts.start(call=factories.make_call(f"open-{number}"), by=ada, at=clock.now())
            drafts.add_member(application=draft, name="Amir", email=amir.email, access="viewer", by=ada)

    for first, last in ((0, 3), (3, 30)):
        fill(first, last)
        again = type(ada).objects.get(pk=ada.pk)  # what is remembered of a person is of one request
        with django_assert_num_queries(3):
            found = len(list(waiting.drafts(again))), len(list(waiting.invitations(amir)))
        assert found == (last, last)
