"""A review is of the version that was read; a newer one is compared with it before the review is of that."""

from copy import deepcopy

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application, ApplicationVersion
from core.audit.models import AuditEvent
from reviews.models import Assignment, Review
from tests.reviews import panels

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment() -> Assignment:
    """Ruth's draft review of version 1, of which there is a second since."""
    call = panels.make_call_in_review(applications=1)
    assignment = panels.assign(call.applications.get(), panels.make_member(call, "Ruth Reader"))
    panels.write(assignment)
    first = assignment.application.current
    content = deepcopy(first.content)
    answer = next(each for part in content["sections"] for each in part["answers"] if each["key"] == "summary")
    answer["words"] += " Since corrected."
    second = ApplicationVersion.objects.create(
        application=assignment.application, number=2, form=first.form, content=content, sha256="2" * 64,
        submitted_at=first.submitted_at, submitted_by=first.submitted_by,
    )  # fmt: skip
    Application.objects.update(current=second)
    return panels.fresh(assignment)


def test_the_desk_says_so_shows_what_changed_and_goes_on_with_the_newer_one(assignment: Assignment) -> None:
    browser, desk = Client(), reverse("review:desk", args=[assignment.pk])
    browser.force_login(assignment.member.person)
    address = reverse("review:changes", args=[assignment.pk])
    page = browser.get(desk).content.decode()
    assert "There is a newer version, 2" in page
    assert "Since corrected." not in page
    shown = browser.get(address).context["changes"]
    assert [[piece.text for piece in change.pieces if piece.sign != "same"] for change in shown] == [
        [" Since corrected."]
    ]
    scores = list(Review.objects.get().scores.values_list("criterion", "value"))

    refused = browser.post(address, {"version": "1"}, follow=True)
    assert "There is a newer version still." in refused.content.decode()
    assert Review.objects.get().version.number == 1
    assert browser.post(address, {"version": "2"}).url == desk
    review = Review.objects.get()
    assert (review.version.number, list(review.scores.values_list("criterion", "value"))) == (2, scores)
    page = browser.get(desk).content.decode()
    assert "Since corrected." in page
    assert "There is a newer version" not in page
    assert browser.get(address).url == browser.post(address).url == desk
    event = AuditEvent.objects.get(code="assignment:take_version")
    assert (event.root, event.data) == (assignment.application_id, {"version": review.version_id})


def test_a_review_handed_in_stays_of_the_version_that_was_read(assignment: Assignment) -> None:
    panels.submit(assignment)
    browser = Client()
    browser.force_login(assignment.member.person)
    browser.post(reverse("review:changes", args=[assignment.pk]))

    assert Review.objects.get().version.number == 1
