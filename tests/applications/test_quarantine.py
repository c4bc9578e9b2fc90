"""Quarantine: who closes a file, what stays closed, and what is written down about it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage

from applications import file_jobs
from applications.actions import drafts, quarantine
from applications.actions.files import put_pages
from applications.content import content_of
from applications.models import Application, Attachment, AttachmentPage, Incident
from core import clock, waiting
from core.audit.models import AuditEvent
from core.jobs.work import run_all
from core.mail.models import Message
from core.people.models import Role
from reports.terms.receipt import receipt_terms
from tests import factories
from tests.access.world import recuse


@pytest.fixture
def helena(db):
    return factories.make_user("Helena", Role.ADMINISTRATOR)


def attach(draft, by, content=None, name="letter.pdf"):
    return drafts.attach(
        application=draft, question="letter", name=name, content=content or factories.make_pdf(2), attested=True,
        by=by, at=clock.now(),
    )  # fmt: skip


def handed_in(draft, ada, **more):
    attach(draft, ada, **more)
    Application.objects.filter(pk=draft.pk).update(submitted_at=clock.now())
    return draft.attachments.get()


def test_a_report_closes_the_file_everywhere_at_once_and_tells_the_administrators(draft, ada, helena, client):
    file = handed_in(draft, ada)
    run_all()
    drawn = AttachmentPage.objects.get(number=1)
    was = file.path

    incident = quarantine.report(attachment=file, seen="A picture on page two.", by=helena)

    file.refresh_from_db()
    assert (file.state, file.incident, file.path) == ("quarantined", incident, was.replace("uploads/", "quarantine/"))
    assert not AttachmentPage.objects.exists()
    client.force_login(helena)
    assert client.get(file.get_absolute_url()).status_code == 404
    assert client.get(drawn.get_absolute_url()).status_code == 404
    assert Message.objects.get(person=helena).subject == f"A file was closed (incident {incident.pk})"
    assert [each.url for each in waiting.waiting_for(helena)] == [incident.get_absolute_url()]
    codes = ["application:quarantine", "incident:open"]
    assert list(AuditEvent.objects.filter(code__in=codes).values_list("code", "actor")) == [
        (code, helena.pk) for code in codes
    ]


@pytest.mark.django_db(transaction=True)
def test_its_content_and_its_pictures_leave_their_places_once_it_is_committed(draft, ada, helena):
    file = handed_in(draft, ada)
    run_all()
    drawn = AttachmentPage.objects.first().path
    quarantine.report(attachment=file, seen="A picture.", by=helena)

    assert not default_storage.exists(file.path)
    assert not default_storage.exists(drawn)
    file.refresh_from_db()
    with default_storage.open(file.path) as kept:
        assert kept.read() == factories.make_pdf(2)

    quarantine.release(incident=file.incident, because="It was a diagram.", by=helena)
    assert not default_storage.exists(file.path)
    run_all()
    assert (Attachment.objects.get().state, AttachmentPage.objects.count()) == ("cleared", 2)


def test_pictures_that_another_file_of_the_same_content_shows_stay_when_one_is_removed_meanwhile(
    draft, ada, monkeypatch, django_capture_on_commit_callbacks
):
    theirs = attach(draft, ada, factories.make_pdf())
    run_all()
    same = {name: getattr(theirs, name) for name in ("application", "question", "name", "path", "sha256", "size")}
    file = Attachment.objects.create(**same, attested=True)
    put_pages(file)
    drawn = file_jobs.pictures_of

    def drawn_while_it_is_removed(content):
        yield from drawn(content)
        drafts.detach(attachment=file, by=ada, at=clock.now())

    monkeypatch.setattr(file_jobs, "pictures_of", drawn_while_it_is_removed)
    with django_capture_on_commit_callbacks(execute=True):
        run_all()

    assert list(Attachment.objects.all()) == [theirs]
    assert default_storage.exists(theirs.pictures.get().path)


def test_the_same_content_is_closed_in_every_application_and_when_it_comes_again(draft, ada, amir, helena):
    file = handed_in(draft, ada)
    other = factories.make_draft(draft.call, amir)
    theirs = attach(other, amir)

    incident = quarantine.report(attachment=file, seen="A picture.", by=helena)
    again = attach(other, amir, name="another name.pdf")

    assert [each.incident for each in Attachment.objects.filter(pk__in=[theirs.pk, again.pk])] == [incident] * 2
    assert not Attachment.objects.open().exists()
    assert Incident.objects.count() == 1


def test_a_closed_file_is_in_no_version_no_receipt_and_counts_as_no_answer(draft, ada, helena):
    file = attach(draft, ada)
    named = content_of(Application.objects.get(pk=draft.pk))
    assert [each["name"] for each in named["attachments"]] == ["letter.pdf"]
    submitted = factories.make_submitted(factories.make_call("other"), ada)
    version = submitted.current
    version.content["attachments"] = named["attachments"]
    assert [each.name for each in receipt_terms(version).attachments] == ["letter.pdf"]
    quarantine.report(attachment=file, seen="A picture.", by=None)

    assert content_of(Application.objects.get(pk=draft.pk))["attachments"] == []
    assert receipt_terms(version).attachments == ()


def test_the_applicant_reads_a_calm_sentence_and_cannot_take_the_file_away(as_ada, draft, ada):
    file = attach(draft, ada)
    quarantine.report(attachment=file, seen="A picture.", by=None)

    page = as_ada.get(f"/apply/{draft.pk}/sections/files/").content.decode()
    answer = as_ada.post(f"/apply/{draft.pk}/files/{file.pk}/remove/")

    assert "This file is closed while the fund looks into it." in page
    assert (answer.status_code, Attachment.objects.count()) == (409, 1)


def test_who_applies_reports_nothing_and_a_report_says_what_was_seen(draft, ada, helena):
    file = handed_in(draft, ada)

    with pytest.raises(PermissionDenied):
        quarantine.report(attachment=file, seen="A picture.", by=ada)
    with pytest.raises(ValidationError, match="Say in a sentence what you saw"):
        quarantine.report(attachment=file, seen=" ", by=helena)


def test_the_record_says_to_whom_it_was_handed_and_how_it_ended(draft, ada, helena, client):
    incident = quarantine.report(attachment=handed_in(draft, ada), seen="A picture.", by=helena)
    client.force_login(helena)
    page = incident.get_absolute_url()

    late = clock.today() + timedelta(days=1)
    refused = client.post(f"{page}handover/", {"recipient": "The hotline", "handed_on": late.isoformat()})
    assert (refused.status_code, "This day is still to come" in refused.content.decode()) == (422, True)
    given = {"recipient": "The hotline", "handed_on": clock.today().isoformat(), "reference": "H-17"}
    assert client.post(f"{page}handover/", given).status_code == 302
    assert client.post(f"{page}settle/", {"because": ""}).status_code == 422
    assert client.post(f"{page}settle/", {"because": "They took it over.", "close": "1"}).status_code == 302

    shown = client.get(page).content.decode()
    for words in ("The hotline", "H-17", "They took it over.", "Closed, the file stays locked", "A picture."):
        assert words in shown
    assert "<h1>Incident" in shown
    assert waiting.waiting_for(helena) == []
    assert client.post(f"{page}settle/", {"because": "A mistake.", "release": "1"}).status_code == 409


def test_who_is_recused_reads_of_no_incident(draft, ada, helena):
    ragna = factories.make_user("Ragna", Role.ADMINISTRATOR)
    recuse(ragna, draft)
    incident = quarantine.report(attachment=handed_in(draft, ada), seen="A picture.", by=helena)

    assert not Incident.objects.visible_to(ragna).exists()
    assert not Message.objects.filter(person=ragna).exists()
    with pytest.raises(PermissionDenied):
        quarantine.release(incident=incident, because="It is fine.", by=ragna)
