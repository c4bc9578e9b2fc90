"""The fund's outbox: who sees which mail, whose words are shown, and what is known of nobody's business."""

import tracemalloc
from types import SimpleNamespace

import pytest
from django.core import mail as outbox
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from applications.models import Application
from core import clock, documents, jobs, mail
from core.documents.models import Document
from core.jobs import work
from core.mail import doors, letters, settling
from core.mail.models import Message
from core.people.models import Role
from core.states import WrongState
from core.web.zipped import zip_of
from tests import factories
from tests.access.world import recuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def helena():
    return factories.make_user("Helena", Role.ADMINISTRATOR)


@pytest.fixture
def ada():
    return factories.make_user("Ada", email="ada@host.example", organisation=factories.make_organisation())


@pytest.fixture
def applied(ada):
    return factories.make_submitted(factories.make_call(), ada)


def test_a_mail_belongs_to_the_one_application_that_its_template_is_given(applied, ada):
    other = Application(pk=applied.pk + 1)
    theirs = ("applications.application", applied.pk)
    assert doors.root_of([ada, applied, applied.call, "text", None]) == theirs
    assert doors.root_of([SimpleNamespace(), [applied, applied]]) == theirs
    assert doors.root_of([[applied, other]]) is None
    assert doors.root_of([ada, applied.call, Application()]) is None


def test_whoever_is_recused_from_an_application_finds_no_mail_of_it_nor_one_that_may_be_of_it(applied, ada, helena):
    ragna = factories.make_user("Ragna", Role.ADMINISTRATOR)
    about_it = mail.queue("applications/mail/withdrawn.txt", to=ada, application=applied)
    of_unknown = mail.queue("core/mail/invitation.txt", to=ada, link="x")
    mine = {about_it.pk, of_unknown.pk}
    assert mine <= set(Message.objects.visible_to_staff(ragna).values_list("pk", flat=True))
    recuse(ragna, applied)
    assert list(Message.objects.visible_to_staff(ragna)) == []
    assert mine <= set(Message.objects.visible_to_staff(helena).values_list("pk", flat=True))
    assert list(Message.objects.visible_to_staff(ada)) == []


def test_the_words_of_a_letter_are_shown_and_those_of_no_other_mail(ada, helena, client):
    client.force_login(helena)
    link = "https://fund.example/a-secret-link"
    other = mail.queue("core/mail/invitation.txt", to=ada, link=link)
    letter = mail.draft(
        "core/mail/invitation.txt", to=ada, documents=[], batch=jobs.open_batch(title="Letters", by=helena), link=link
    )
    assert "a-secret-link" not in client.get(f"/manage/outbox/{other.pk}/").content.decode()
    assert "a-secret-link" in client.get(f"/manage/outbox/{letter.pk}/").content.decode()


def test_the_page_of_letters_lets_them_go_and_takes_them_back(ada, helena, client):
    client.force_login(helena)
    batch = jobs.open_batch(title="Letters of 1 decision", by=helena)
    letter = mail.draft("core/mail/invitation.txt", to=ada, documents=[], batch=batch, link="x")
    page = f"/manage/outbox/letters/{batch.pk}/"
    assert "Send 1 letter" in client.get(page).content.decode()
    for upto in ("x", "9" * 5000):
        nothing = client.post(f"{page}send/", {"upto": upto}, follow=True).content.decode()
        assert "No letter waits here any more" in nothing
    huge = client.post("/api/v1/mailings/", {"batch": 10**30, "upto": 10**30}, content_type="application/json")
    assert (huge.status_code, set(huge.json())) == (400, {"batch", "upto"})
    sent = client.post(f"{page}send/", {"upto": letter.pk}, follow=True).content.decode()
    assert ("1 letter is about to leave" in sent, "data-poll" in sent) == (True, True)
    back = client.post(f"{page}mailings/{batch.mailings.get().pk}/take-back/", follow=True).content.decode()
    assert ("1 letter was taken back." in back, "data-poll" in back) == (True, False)


def test_a_letter_that_was_withdrawn_while_it_waited_is_not_let_go(ada, helena):
    batch = jobs.open_batch(title="Letters", by=helena)
    paper = documents.file("award-letter", b"%PDF", subject=ada, title="Letter", name="letter.pdf")
    message = mail.draft("core/mail/invitation.txt", to=ada, documents=[paper], batch=batch, link="x")
    letters.recall(paper)
    Document.objects.filter(pk=paper.pk).update(superseded_at=clock.now())
    assert not Message.objects.drafts().exists()
    settling.put_back(message=message, by=helena)
    assert not Message.objects.drafts().exists()
    with pytest.raises(WrongState, match="No letter waits"):
        letters.send(batch=batch, upto=message.pk, by=helena)


def test_a_mail_that_failed_leaves_no_more_once_its_letter_is_void(ada, helena):
    batch = jobs.open_batch(title="Letters", by=helena)
    paper = documents.file("award-letter", b"%PDF", subject=ada, title="Letter", name="letter.pdf")
    message = mail.draft("core/mail/invitation.txt", to=ada, documents=[paper], batch=batch, link="x")
    Message.objects.filter(pk=message.pk).update(state=Message.State.FAILED)
    Document.objects.filter(pk=paper.pk).update(superseded_at=clock.now())
    settling.send_again(message=message, by=helena)
    work.run_all()
    assert (Message.objects.get(pk=message.pk).state, outbox.outbox) == ("left_out", [])


def test_who_has_a_tie_to_one_letter_of_many_lets_the_others_go(applied, ada):
    ragna = factories.make_user("Ragna", Role.ADMINISTRATOR)
    batch = jobs.open_batch(title="Letters", by=ragna)
    given = {"to": ada, "documents": [], "batch": batch}
    of_it = mail.draft("applications/mail/withdrawn.txt", application=applied, **given)
    other = factories.make_submitted(applied.call, factories.make_user("Ben", email="ben@host.example"))
    last = mail.draft("applications/mail/withdrawn.txt", application=other, **given)
    recuse(ragna, applied)
    assert list(letters.send(batch=batch, upto=last.pk, by=ragna).messages.all()) == [last]
    assert Message.objects.get(pk=of_it.pk).state == "draft"


def test_a_zip_of_many_files_is_sent_without_being_held():
    default_storage.save("zip/one", ContentFile(b"x" * 300_000))
    tracemalloc.start()
    try:
        sent = sum(map(len, zip_of(((f"{n}.pdf", "zip/one") for n in range(200)), name="all.zip").streaming_content))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sent > 60_000_000
    assert peak < 2_000_000
