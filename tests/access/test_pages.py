"""What the world's people find on pages: documents, jobs, home and the trail; where links lead; a file too large."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.models import Application
from config import urls
from core import clock, documents
from core.documents.models import Document
from core.documents.registry import kinds
from core.files.field import UploadField
from fund.models import Award
from reports.models import PrintedApplication
from reviews.models import Meeting
from tests.access.links import dead_ends
from tests.access.table import ROWS
from tests.access.test_table import address, undone
from tests.access.world import PERSONAS, World

pytestmark = pytest.mark.django_db

STAFF = "manage_core:audit none"
"""Open to those who read all for the fund."""
APPLICATION = (("review:desk assignment",), ("manage:application submitted",))
READABLE = {
    # kind: who may download it, of the one that is about Ada's application or award
    "receipt": {"ada", "helena", "audrey"},
    "letter": {"ada", "helena", "felix", "audrey"},
    "summary": {"ruth"},
}


@pytest.mark.parametrize("kind", READABLE)
def test_a_document_opens_to_whom_its_page_is_open(world, kind):
    code = world.subjects[kind]["code"]
    found = set()
    for name in world.sessions:
        response = world.browser(name).get(f"/documents/{code}/")
        if response.status_code == 200:
            found.add(name)
            assert response["Content-Disposition"].startswith("attachment")
            assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert found == READABLE[kind]


PAGES: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    # kind: what it is about, and the pages of the table that it prints: all of one line, or all of another
    "award-letter": ("fund.award", (("awards:detail award",), ("manage_fund:award award",))),
    "outcome-letter": ("decided", (("decided:decision decided application",), ("manage:basis released",))),
    "application-receipt": (
        "applications.applicationversion", (("apply:receipt submitted",), ("manage:application submitted", STAFF)),
    ),
    "application-summary": ("applications.application", APPLICATION),
    "application-copy": ("applications.applicationversion", (("apply:read submitted",), *APPLICATION)),
    "panel-book": ("fund.call", APPLICATION),
    "applications-export": ("fund.call", (("reports:export call in review",),)),
    "ranking-report": ("fund.call", (("manage:ranking call in review",),)),
    "reviews-export": ("fund.call", (("reports:reviews call in review",),)),
    "meeting-minutes": ("reviews.meeting", (("review:meeting meeting",), ("manage:meeting meeting",))),
    "payment-schedule": ("fund.award", (("awards:detail award",), ("manage_fund:award award",))),
    "review-feedback": ("decided", (("decided:decision decided application",),)),
    "own-reviews": ("fund.call", (("review:queue none",),)),
    "programme-report": ("fund.call", (("manage:overview call in review", STAFF),)),
    "award-register": ("fund.fund", (("home none",),)),
    "call-questions-pdf": ("fund.call", ()),
    "call-questions-docx": ("fund.call", ()),
}  # fmt: skip
"""What is public is handed out on a public page and on no route of documents; the register is a copy of one's own."""
FOR_ALL = {"award-letter", "outcome-letter", "application-receipt"}
"""What has no recipient: the same for all who may read it."""


def test_every_kind_names_the_page_that_it_prints():
    assert {each.code for each in kinds() if not each.code.startswith("test-")} == PAGES.keys()


def test_a_document_of_each_kind_is_open_to_whom_its_page_is_open(world):
    """Every person has a copy of their own, made now, of what each kind is about; what has no recipient is one for all.

    The route asks nothing but this queryset, as the tests above show.
    """
    made = {kind: file_for_all(world, kind) for kind in PAGES}
    found = {kind: set() for kind in PAGES}
    for name, person in world.people.items():
        keys = [copies[name].pk for copies in made.values() if name in copies]
        for kind in Document.objects.visible_to(person).filter(pk__in=keys).values_list("kind", flat=True):
            found[kind].add(name)

    assert found == {
        kind: {name for line in lines for name in set.intersection(*map(shown_to, line))}
        for kind, (_, lines) in PAGES.items()
    }


def file_for_all(world, kind):
    """File a document of a kind for each person, or the same for all, in the place of those that are there."""
    subject = subject_of(world, PAGES[kind][0])
    Document.objects.about(subject).filter(kind=kind).update(superseded_at=clock.now())
    given = {"subject": subject, "title": "A copy", "name": "copy.pdf"}
    if kind in FOR_ALL:
        return dict.fromkeys(PERSONAS, documents.file(kind, b"%PDF-1.7", **given))
    copies = {name: documents.file(kind, b"%PDF-1.7", recipient=world.people.get(name), **given) for name in PERSONAS}
    if kind == "panel-book":
        about = {"application_id": world.subjects["submitted"]["pk"], "names_applicants": True, "shows_others": False}
        for copy in copies.values():
            PrintedApplication.objects.create(document=copy, **about)
    return copies


def subject_of(world, about):
    submitted = Application.objects.get(pk=world.subjects["submitted"]["pk"])
    return {
        "applications.application": submitted,
        "applications.applicationversion": submitted.current,
        "decided": Application.objects.get(pk=world.subjects["decided application"]["pk"]),
        "fund.award": Award.objects.get(pk=world.subjects["award"]["pk"]),
        "fund.call": submitted.call,
        "fund.fund": submitted.call.fund,
        "reviews.meeting": Meeting.objects.get(pk=world.subjects["meeting"]["pk"]),
    }[about]


def shown_to(page):
    """Return who gets a page, as the table of answers has it."""
    route, _, subject = page.partition(" ")
    (row,) = [each for each in ROWS if (each.route, each.subject, each.method) == (route, subject, "GET")]
    signed_in = zip(PERSONAS[1:], row.answers[1:], strict=True)
    return {name for name, answer in signed_in if answer == 200}


@pytest.mark.parametrize("kind", READABLE)
def test_a_document_is_listed_to_whoever_may_open_it(world, kind):
    code = world.subjects[kind]["code"]
    names = [name for name in world.sessions if name != "anonymous"]
    listed = {name for name in names if code in world.browser(name).get("/documents/").content.decode()}
    assert listed == READABLE[kind]


def names_in(response) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert archive.testzip() is None
        return sorted(archive.namelist())


def test_the_zip_of_a_batch_opens_to_nobody_who_is_recused_from_a_part_of_it(world):
    address = f"/documents/batch/{world.subjects['batch']['pk']}.zip"
    letters = [world.subjects[each]["number"] for each in ("award", "accepted award")]
    assert names_in(world.browser("helena").get(address)) == sorted(f"award-letter-{number}.pdf" for number in letters)
    assert world.browser("ragna").get(address).status_code == 404


def test_the_list_of_batches_leaves_out_what_tells_of_a_recusal(world):
    address = f"/jobs/{world.subjects['batch']['pk']}/"
    assert address in world.browser("helena").get("/jobs/").content.decode()
    assert address not in world.browser("ragna").get("/jobs/").content.decode()


def test_the_zip_of_a_batch_holds_only_what_the_person_may_read(world):
    letters = f"/documents/batch/{world.subjects['batch']['pk']}.zip"
    numbers = [world.subjects[each]["number"] for each in ("award", "accepted award")]
    assert names_in(world.browser("helena").get(letters)) == sorted(f"award-letter-{number}.pdf" for number in numbers)
    summaries = f"/documents/batch/{world.subjects['summaries']['pk']}.zip"
    reference = world.subjects["submitted"]["reference"]
    assert names_in(world.browser("ruth").get(summaries)) == [f"summary-{reference}-copy-1.pdf"]
    assert names_in(world.browser("helena").get(summaries)) == []


def test_the_progress_page_lists_only_what_the_person_may_read(world):
    page = f"/jobs/{world.subjects['summaries']['pk']}/"
    code = world.subjects["summary"]["code"]
    assert code in world.browser("ruth").get(page).content.decode()
    assert code not in world.browser("helena").get(page).content.decode()


def test_home_shows_a_reviewer_what_is_due(world):
    waiting = world.browser("ruth").get("/home/").context["waiting"]
    assert "Answer" in {each.button for each in waiting}
    assert any(each.url.startswith("/review/") for each in waiting)


def test_home_shows_nothing_of_others(world):
    waiting = world.browser("rosa").get("/home/").context["waiting"]
    assert [each.what for each in waiting] == ["Your interests, declared once a year"]


def test_an_offer_waits_for_its_holder_until_it_is_answered(world):
    waiting = [each.url for each in world.browser("ada").get("/home/").context["waiting"]]
    assert any(world.subjects["award"]["number"] in url for url in waiting)


def test_the_trail_leaves_out_what_concerns_an_application_one_is_recused_from(world):
    mine = world.subjects["submitted"]["pk"]

    def events(name):
        rows = world.browser(name).get(f"/manage/audit/?subject={mine}").context["page"].object_list
        return [event for event in rows if event.root == mine and event.root_type == "applications.application"]

    assert events("ragna") == []
    assert events("helena") != []


@pytest.mark.more
def test_no_link_that_the_auditor_is_shown_leads_to_a_refusal(world: World) -> None:
    assert dead_ends("audrey", world) == {}


@pytest.mark.more
@pytest.mark.parametrize("name", ["felix", "chandra", "ragna", "ruth", "ada"])
def test_nor_does_any_that_others_are_shown(name: str, world: World) -> None:
    assert dead_ends(name, world) == {}


@pytest.mark.more
@pytest.mark.parametrize("name", ["amir", "felix", "audrey"])
def test_nor_does_any_on_the_pages_that_are_everybodys(name: str, world: World) -> None:
    assert dead_ends(name, world, everybodys=True) == {}


MEGABYTE = 2**20
FORMS = {
    "verify:check": "anonymous",
    "apply:attach": "ada",
    "reports:offline": "ruth",
    "manage:import_panel": "helena",
    "manage_fund:form_start": "helena",
    "api:offline-upload": "ruth",
}
"""The addresses that take a file, and who sends one there."""


NOTHING_CHOSEN = (
    "Choose a file.",
    "Choose a file first",
    "Choose the spreadsheet",
    "Paste the list, or",
    "put its text into",
    "No file was",
)
"""What such a form says of a file that did not come; here one came."""


def fields_of(form: type[forms.BaseForm] = forms.BaseForm) -> Iterator[tuple[type, forms.Field]]:
    """Yield every field of the product's forms."""
    for kind in form.__subclasses__():
        if not kind.__module__.startswith("django."):
            yield from ((kind, field) for field in getattr(kind, "base_fields", {}).values())
        yield from fields_of(kind)


def test_every_field_for_a_file_is_one_that_knows_its_limit() -> None:
    assert urls.urlpatterns
    found = [(form, field) for form, field in fields_of() if isinstance(field, forms.FileField)]

    assert len(found) >= len(FORMS) - 1
    assert [form for form, field in found if not isinstance(field, UploadField)] == []


@pytest.mark.parametrize("route", FORMS)
def test_a_file_that_is_too_large_is_refused_with_the_limit(route: str, world: World, settings) -> None:
    settings.UPLOAD_LIMIT = MEGABYTE
    row = next(row for row in ROWS if (row.route, row.method) == (route, "POST"))
    file = SimpleUploadedFile("large.pdf", b"%PDF-1.7\n" + bytes(3 * MEGABYTE), "application/pdf")
    with undone():
        answer = world.browser(FORMS[route]).post(address(row, world), {"file": file, "attested": "on"})
    said = answer.content.decode()

    assert answer.status_code in (200, 400, 422)
    assert "limit is 1 MB" in said or "larger than 1 MB" in said
    assert not any(sentence in said for sentence in NOTHING_CHOSEN)
