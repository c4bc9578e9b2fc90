"""What letters say is written by administrators, version by version, with a preview on what they may see."""

import re
from copy import deepcopy
from decimal import Decimal
from html import unescape
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from core.audit.models import AuditEvent
from core.documents.models import Document
from core.jobs import work
from core.people.models import User
from core.states import WrongState
from fund.actions import ledger
from fund.models import Award, Call
from reports import previews, templating
from reports.builders.languages import CODES
from reports.builders.template.shipped import first_text
from reports.models import TemplateVersion, in_force, version_of
from reviews.actions import deciding
from reviews.models import Decision
from reviews.staff_forms import DecisionForm
from tests import factories
from tests.access.world import recuse
from tests.core.pdf.reading import words_of
from tests.reviews import panels

pytestmark = pytest.mark.django_db
AWARD, OUTCOME = "award-letter", "outcome-letter"
PAGE = "/manage/letter-templates/award-letter/en/"


@pytest.fixture(scope="module")
def released(shared: None) -> Call:
    """Release an award to somebody who wants French, and an outcome for which staff chose Arabic; make the letters."""
    call = panels.make_call_in_review(applications=2, budget=Decimal(150_000))
    company = factories.make_organisation("Member company", kind="company")
    pledge = ledger.pledge(fund=call.fund, organisation=company, amount=Decimal(400_000), by=None)
    ledger.receive(contribution=pledge, amount=Decimal(400_000), by=None)
    helena, oluchi = factories.make_user("Helena", "administrator"), factories.make_user("Oluchi", "administrator")
    funded, declined = call.applications.order_by("reference")
    User.objects.filter(teams__application=funded, teams__access="owner").update(language="fr")
    save(
        helena,
        text=in_force(AWARD, "fr").text.replace("Merci d’accomplir", "Merci beaucoup d’accomplir"),
        language="fr",
    )
    decisions = [
        panels.approved(funded, "fund", by=(helena, oluchi)),
        panels.approved(declined, "decline", by=(helena, oluchi), language="ar"),
    ]
    deciding.release(call=call, decisions=decisions, by=helena)
    work.run_all()
    return call


@pytest.fixture
def call(released: Call, db: None) -> Call:
    return deepcopy(released)


@pytest.fixture
def helena(call: Call) -> User:
    return User.objects.get(name="Helena")


@pytest.fixture
def browser(helena: User) -> Client:
    client = Client()
    client.force_login(helena)
    return client


def save(by: User, *, text: str, kind: str = AWARD, language: str = "en", seen: int = 1, note: str = "Kinder"):
    return templating.save(kind=kind, language=language, text=text, note=note, seen=seen, by=by)


def other(text: str = "this good work") -> str:
    return first_text(AWARD, "en").replace("this work", text)


# Letters.


def test_a_letter_is_in_the_applicants_language_by_the_version_in_force(call: Call) -> None:
    letter = Document.objects.get(kind=AWARD)
    text = words_of(letter.read())

    assert letter.template == "award-letter/fr/2"
    assert "Merci beaucoup d’accomplir ce travail." in text
    assert "Premier" in text
    assert "la convention est signée par les deux parties" in text
    assert "Thank you" not in text


def test_staff_choose_another_language_for_one_letter(call: Call) -> None:
    letter = Document.objects.get(kind=OUTCOME)

    assert letter.template == "outcome-letter/ar/1"
    assert "نأسف لأن الصندوق لا يستطيع دعم هذا المشروع" in words_of(letter.read())


def test_a_decision_begins_with_the_applicants_language(browser: Client, call: Call) -> None:
    released = Decision.objects.get(outcome="fund")
    page = f"/manage/calls/{call.slug}/decisions/of/{released.application.reference}/"

    assert released.language == "fr"
    form = DecisionForm(application=released.application)
    assert (form.fields["language"].initial, form["language"].value()) == ("fr", "fr")
    assert "Français" in browser.get(page.split("of/", maxsplit=1)[0]).content.decode()


# Versions.


def test_saving_makes_the_next_version_and_says_who_and_why(call: Call, helena: User) -> None:
    saved = save(helena, text=other())

    assert (str(saved), in_force(AWARD, "en"), saved.saved_by, saved.note) == (
        "award-letter/en/2", saved, helena, "Kinder",
    )  # fmt: skip
    assert (first := version_of(AWARD, "en", 1)) is not None
    assert "this work" in first.text
    assert AuditEvent.objects.filter(code="letter_template:save", actor=helena.pk).last().data == {
        "kind": AWARD, "language": "en", "number": 2,
    }  # fmt: skip


def test_the_first_versions_are_there_without_a_row(call: Call, helena: User) -> None:
    TemplateVersion.objects.all().delete()
    assert str(in_force(OUTCOME, "es")) == "outcome-letter/es/1"

    save(helena, text=other())
    assert list(TemplateVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_new_database_begins_with_the_texts_that_come_with_the_product(db: None) -> None:
    TemplateVersion.objects.all().delete()
    import_module("reports.migrations.0002_letter_templates").store_first(apps, None)

    assert {(each.kind, each.language): (each.number, each.text) for each in TemplateVersion.objects.all()} == {
        (kind, language): (1, first_text(kind, language)) for kind in (AWARD, OUTCOME) for language in CODES
    }


def test_a_text_saved_twice_is_one_version_and_nobody_writes_over_what_they_did_not_see(
    call: Call, helena: User
) -> None:
    saved = save(helena, text=other())

    assert save(helena, text=other(), seen=1) == saved
    with pytest.raises(WrongState, match="since you opened this page"):
        save(helena, text=other("this fine work"), seen=1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "{{ grante }}"}, "Line 1: There is no field “grante”. Did you mean “grantee”?"),
        ({"text": "Dear all"}, "Line 1: Every letter of this kind has {{ addresses }}"),
        ({"note": " "}, "Say what changed and why"),
    ],
)
def test_a_text_with_a_fault_is_not_saved(call: Call, helena: User, changes: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        save(helena, **({"text": other()} | changes))
    assert not TemplateVersion.objects.of(AWARD, "en").filter(number__gt=1).exists()


def test_only_administrators_write(call: Call) -> None:
    with pytest.raises(PermissionDenied):
        save(factories.make_user("Audrey", "auditor"), text=other())


# Pages.


def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(browser: Client) -> None:
    page = browser.post(PAGE, {"text": "Mine, {{ grante }}", "note": "", "seen": "1"})

    assert page.status_code == 422
    assert "Mine, {{ grante }}" in unescape(page.content.decode())
    assert set(page.context["form"].errors) == {"note"}
    page = browser.post(PAGE, {"text": "Mine, {{ grante }}", "note": "Mine", "seen": "1"})
    assert page.context["form"].errors["text"][0].startswith("Line 1: There is no field “grante”")


def test_a_version_is_compared_with_the_one_before_and_can_be_begun_from(browser: Client) -> None:
    browser.post(PAGE, {"text": other(), "note": "Kinder", "seen": "1"})
    page = browser.get(PAGE + "versions/2/").content.decode()

    assert re.search(r"<ins>.*good.*</ins>", page)
    assert "Saved by Helena" in re.sub("<[^>]+>", "", page)
    assert browser.get(PAGE + "?from=1").context["form"].initial == {
        "text": version_of(AWARD, "en", 1).text, "seen": 2,
    }  # fmt: skip


def test_auditors_read_the_text_and_change_nothing(call: Call) -> None:
    client = Client()
    client.force_login(factories.make_user("Audrey", "auditor"))
    page = client.get(PAGE).content.decode()

    assert "Standard clauses" in page
    assert "<textarea" not in page
    assert client.post(PAGE, {"text": other(), "note": "Mine", "seen": "1"}).status_code == 403


# Preview.


def test_the_preview_shows_the_pages_of_a_real_letter_as_it_is_typed(browser: Client, call: Call) -> None:
    award = Award.objects.get()
    page = browser.post(PAGE + "preview/", {"text": other("such work"), "record": award.number}).content.decode()
    pictures = re.findall(r'src="(/manage/letter-templates/preview/[^"]+)"', page)

    assert award.title in page
    assert "Thank you for doing such work." in page
    assert len(pictures) >= 2
    answer = browser.get(pictures[0])
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    assert not TemplateVersion.objects.of(AWARD, "en").filter(number__gt=1).exists()
    client = Client()
    client.force_login(User.objects.get(name="Oluchi"))
    assert client.get(pictures[0]).status_code == 404


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_outcome_letter_is_previewed_too(helena: User, call: Call, language: str) -> None:
    made = previews.make(OUTCOME, language, in_force(OUTCOME, language).text, "", helena)

    assert (made.problems, made.record) == ((), call.applications.get(outcome="declined").reference)


def test_a_missing_value_is_told_in_the_preview(browser: Client, call: Call) -> None:
    Award.objects.update(public_summary="")

    assert "“purpose, as it was summarised for the public”" in browser.get(PAGE + "preview/").content.decode()


def test_the_preview_of_what_is_shut_is_as_of_what_is_not_there(helena: User, call: Call) -> None:
    award, declined = Award.objects.get(), Decision.objects.get(outcome="decline").application
    funded = call.applications.exclude(pk=declined.pk).get()
    text = in_force(AWARD, "en").text
    made = previews.make(AWARD, "en", text, award.number, helena)
    recuse(helena, funded)
    helena = User.objects.get(pk=helena.pk)

    assert previews.make(AWARD, "en", text, award.number, helena) == previews.make(AWARD, "en", text, "X-1", helena)
    assert previews.page_of(made.code, 1, helena) is None
    # An outcome letter counts the call's applications, of which one is shut now.
    shown = " ".join(previews.make(OUTCOME, "en", in_force(OUTCOME, "en").text, "", helena).pages)
    assert (str(declined.reference) in shown, "The call drew" in shown) == (True, False)
