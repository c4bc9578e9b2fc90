"""The pages of an application's files, as pictures beside the score form."""

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Attachment, AttachmentPage
from reviews.models import Assignment
from reviews.views.desk import PAGES_BESIDE
from tests.reviews import panels

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment() -> Assignment:
    call = panels.make_call_in_review(applications=1, applicants_hidden=False)
    return panels.assign(call.applications.get(), panels.make_member(call, "Ruth Reader"))


def attach(assignment: Assignment, name: str, **fields: str) -> Attachment:
    """Let an application have a file of eight pages, drawn as pictures."""
    file = Attachment.objects.create(
        application=assignment.application, question="letter", name=name, path=name, sha256=f"{name:>064}", size=9, pages=8,
        attested=True, **fields,
    )  # fmt: skip
    AttachmentPage.objects.bulk_create(
        AttachmentPage(attachment=file, number=number, path=f"{name}-{number}", width=10, height=14)
        for number in range(1, 9)
    )
    return file


def test_the_first_pages_stand_beside_the_form_and_a_closed_file_does_not(assignment: Assignment) -> None:
    file, closed = attach(assignment, "plan.pdf"), attach(assignment, "other.pdf", state="checking")
    browser = Client()
    browser.force_login(assignment.member.person)
    page = browser.get(reverse("review:desk", args=[assignment.pk])).content.decode()

    shown = [reverse("apply:file-page", args=[file.code, number]) in page for number in range(1, 9)]
    assert shown == [number <= PAGES_BESIDE for number in range(1, 9)]
    assert file.reading_url in page
    assert closed.code not in page
