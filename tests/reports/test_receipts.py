"""Receipts: a submission is confirmed whatever becomes of the document, and what failed waits for somebody."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from applications.actions import submission
from applications.models import Application
from core import clock, jobs, waiting
from core.audit.models import AuditEvent
from core.documents.models import Document
from core.jobs import work
from core.jobs.failures import failures_for
from core.jobs.models import Job
from core.mail.models import Message
from core.people.models import Role, User
from fund.models import Call
from tests import factories
from tests.access.world import recuse

pytestmark = pytest.mark.django_db
WORK = "/jobs/"


@pytest.fixture
def stuck(open_call: Call, ada: User) -> Application:
    """An application with a character that no typeface has, and what became of its receipt."""
    submitted = factories.make_submitted(open_call, ada, answers={"title": "Smiles 😀 at school"})
    work.run_all()
    return submitted


def job() -> Job:
    return Job.objects.get(kind="application-receipt")


def mails(to: User) -> list[Message]:
    return list(Message.objects.filter(person=to, subject__startswith="We have received").order_by("pk"))


def test_a_submission_is_confirmed_by_mail_though_its_receipt_cannot_be_set(stuck: Application, ada: User) -> None:
    (mail,) = mails(ada)

    assert (mail.state, list(mail.documents.all())) == ("sent", [])
    assert "because our typefaces cannot draw U+1F600 (😀), which stands in your text." in mail.body
    assert "what you submitted stands as it is" in mail.body
    assert str(stuck.current.sha256) in mail.body
    assert "attached" not in mail.body
    assert job().state == "failed"


def test_its_page_says_that_it_stands_and_that_the_receipt_could_not_be_made(
    stuck: Application, as_ada: Client
) -> None:
    page = as_ada.get(stuck.get_absolute_url()).content.decode()
    assert "Your application is submitted, but its receipt could not be made as a PDF." in page
    assert "mails you the receipt once it is made" in page
    assert "is being made" not in page

    Job.objects.filter(pk=job().pk).update(state="waiting")
    with clock.at(clock.now() + timedelta(hours=1)):
        assert "takes longer than it should" in as_ada.get(stuck.get_absolute_url()).content.decode()
    Job.objects.filter(pk=job().pk).update(state="cancelled")
    assert "The fund has been told" not in as_ada.get(stuck.get_absolute_url()).content.decode()


def test_it_waits_for_administrators_who_are_told_what_to_mend(
    stuck: Application, helena: User, client: Client
) -> None:
    waits = [each for each in waiting.waiting_for(helena) if each.what == "See to 1 piece of work that failed"]
    client.force_login(helena)
    page = client.get(waits[0].url.partition("#")[0]).content.decode()

    assert f"/manage/calls/{stuck.call.slug}/applications/{stuck.reference}/" in page
    assert "Application receipt" in page
    assert "No typeface can draw U+1F600 (😀)" in page


def test_nobody_who_is_recused_learns_of_it(stuck: Application, client: Client) -> None:
    ragna = factories.make_user("Ragna", Role.ADMINISTRATOR)
    recuse(ragna, stuck)
    client.force_login(ragna)

    assert failures_for(ragna) == []
    assert "U+1F600" not in client.get(WORK).content.decode()
    client.post(f"{WORK}failed/retry/", {"job": job().pk})
    assert job().state == "failed"


def test_trying_again_is_kept_in_the_audit_trail_and_confirms_nothing_twice(
    stuck: Application, ada: User, helena: User, client: Client
) -> None:
    client.force_login(helena)
    told = client.post(f"{WORK}failed/retry/", {"job": job().pk}, follow=True).content.decode()
    assert "1 job is waiting again." in told
    work.run_all()
    assert (job().state, len(mails(ada))) == ("failed", 1)
    event = AuditEvent.objects.get(code="job:retry")
    assert (event.actor, event.root_type, event.root) == (helena.pk, "applications.application", stuck.pk)


def test_the_receipt_follows_by_mail_once_it_can_be_set(
    stuck: Application, ada: User, helena: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.receipts.build_receipt", lambda terms: b"%PDF-1.7 of a typeface with smiles")
    client.force_login(helena)
    client.post(f"{WORK}failed/retry/")
    work.run_all()

    assert [each.documents.count() for each in mails(ada)] == [0, 1]
    assert "The receipt is attached" in mails(ada)[1].body
    assert (job().state, failures_for(helena)) == ("done", [])


def test_a_button_names_what_it_is_for_also_where_that_has_no_name(helena: User, client: Client) -> None:
    job = jobs.put("ranking", run=0)
    Job.objects.filter(pk=job.pk).update(state="failed", finished_at=clock.now())
    client.force_login(helena)
    page = client.get(WORK).content.decode()

    assert '<span class="visually-hidden">: Ranking</span>' in page


def test_what_nothing_can_mend_is_let_be(stuck: Application, helena: User, client: Client) -> None:
    client.force_login(helena)
    told = client.post(f"{WORK}failed/let-be/", {"job": job().pk}, follow=True).content.decode()

    assert "1 job is given up." in told
    assert (job().state, failures_for(helena)) == ("cancelled", [])
    assert AuditEvent.objects.get(code="job:let_be").root == stuck.pk


def test_a_full_disk_delays_the_receipt_and_at_its_last_try_the_mail_leaves_without_it(
    open_call: Call, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    submission.submit(application=factories.make_draft(open_call, ada), by=ada, at=clock.now())
    monkeypatch.setattr(default_storage, "save", full)
    for number in range(1, work.ATTEMPTS + 1):
        Job.objects.filter(kind="application-receipt").update(due_at=clock.now())
        assert mails(ada) == []
        work.run_all()
        assert job().attempt == number

    (mail,) = mails(ada)
    assert "Its receipt could not be made as a PDF. That changes nothing" in mail.body
    assert (job().state, Document.objects.count()) == ("failed", 0)
