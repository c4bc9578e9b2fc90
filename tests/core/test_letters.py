"""Letters leave as drafts that somebody looked at: let go together, taken back within a minute, never too early."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.exceptions import PermissionDenied

from core import clock, documents, jobs, mail, waiting
from core.audit.models import AuditEvent
from core.jobs import work
from core.jobs.models import Job
from core.mail import letters, settling
from core.mail.models import Message
from core.people.models import Role, User
from core.states import WrongState
from tests import factories

pytestmark = pytest.mark.django_db
ALMOST, SOON, LATER = timedelta(seconds=59), timedelta(seconds=61), timedelta(days=3)


@pytest.fixture
def helena():
    return factories.make_user("Helena", Role.ADMINISTRATOR)


@pytest.fixture
def batch(helena):
    return jobs.open_batch(title="Letters of 3 decisions", by=helena)


@pytest.fixture
def drafts(batch):
    return [write(batch, number) for number in range(3)]


def write(batch, number, not_before=None):
    person = User.objects.filter(email=f"pi{number}@host.example").first()
    person = person or factories.make_user(f"Applicant {number}", email=f"pi{number}@host.example")
    letter = documents.file(
        "award-letter",
        f"%PDF {number} {batch.pk}".encode(),
        subject=person,
        title=f"Letter {number}",
        name=f"{number}.pdf",
    )
    return mail.draft(
        "core/mail/invitation.txt", to=person, documents=[letter], batch=batch, not_before=not_before, link="x"
    )


def states(batch):
    return list(Message.objects.filter(batch=batch).order_by("pk").values_list("state", flat=True))


def send(batch, by):
    return letters.send(batch=batch, upto=Message.objects.latest("pk").pk, by=by)


def at(moment):
    return clock.at(clock.now() + moment)


def test_a_draft_leaves_only_once_somebody_let_it_go_and_a_minute_is_over(batch, drafts, helena):
    work.run_all()
    assert (states(batch), outbox.outbox) == (["draft"] * 3, [])
    mailing = send(batch, helena)
    with clock.at(mailing.sent_at + ALMOST):
        work.run_all()
    assert (states(batch), outbox.outbox) == (["queued"] * 3, [])
    with at(SOON):
        work.run_all()
    assert states(batch) == ["sent"] * 3
    assert [(each.to, each.attachments[0].filename) for each in outbox.outbox] == [
        ([f"pi{number}@host.example"], f"{number}.pdf") for number in range(3)
    ]


def test_none_leaves_before_its_outcome_is_known(helena, batch):
    write(batch, 1, not_before=clock.now() + LATER)
    send(batch, helena)
    with at(LATER - SOON):
        work.run_all()
        assert outbox.outbox == []
    Job.objects.update(due_at=clock.now())  # whatever the dates of the job and of the mail say
    Message.objects.update(due_at=None)
    work.run_all()
    assert (states(batch), outbox.outbox) == (["queued"], [])


def test_what_is_taken_back_waits_again_and_leaves_once_when_it_is_let_go_again(batch, drafts, helena):
    first = send(batch, helena)
    assert letters.take_back(mailing=first, by=helena) == 3
    assert states(batch) == ["draft"] * 3
    assert not Job.objects.filter(state=Job.State.WAITING).exists()
    with at(SOON):
        work.run_all()
        assert outbox.outbox == []
        send(batch, helena)
    with at(2 * SOON):
        work.run_all()
        work.run_all()
    assert (states(batch), len(outbox.outbox)) == (["sent"] * 3, 3)
    assert list(AuditEvent.objects.filter(code__startswith="mailing:").order_by("pk").values_list("code", "data")) == [
        ("mailing:send", {"letters": 3}), ("mailing:take_back", {"letters": 3}), ("mailing:send", {"letters": 3}),
    ]  # fmt: skip


def test_a_job_of_letters_that_were_taken_back_sends_nothing_even_if_it_runs(batch, drafts, helena):
    letters.take_back(mailing=send(batch, helena), by=helena)
    Job.objects.filter(kind="mail-send").update(state=Job.State.WAITING)  # as if a worker had had it already
    send(batch, helena)
    Message.objects.filter(pk=drafts[0].pk).update(state=Message.State.SENDING)
    Job.objects.filter(kind="mail-send", payload__round=2).update(due_at=clock.now() + LATER)
    with at(SOON):
        assert work.run_all() == 3
    assert (states(batch), outbox.outbox) == (["sending", "queued", "queued"], [])


def test_letters_that_are_due_cannot_be_taken_back(batch, drafts, helena):
    mailing = send(batch, helena)
    with at(SOON), pytest.raises(WrongState, match="leaving already"):
        letters.take_back(mailing=mailing, by=helena)
    with clock.at(mailing.sent_at + ALMOST):
        letters.take_back(mailing=mailing, by=helena)
    with pytest.raises(WrongState, match="taken back already"):
        letters.take_back(mailing=mailing, by=helena)


def test_sending_twice_sends_once(batch, drafts, helena):
    send(batch, helena)
    with pytest.raises(WrongState, match="No letter waits"):
        send(batch, helena)
    with at(SOON):
        work.run_all()
    assert len(outbox.outbox) == 3


def test_one_that_is_left_out_or_that_nobody_saw_stays(batch, drafts, helena):
    settling.leave_out(message=drafts[1], by=helena)
    late = write(batch, 7)
    letters.send(batch=batch, upto=drafts[-1].pk, by=helena)
    with at(SOON):
        work.run_all()
    assert states(batch) == ["sent", "left_out", "sent", "draft"]
    settling.put_back(message=drafts[1], by=helena)
    assert letters.send(batch=batch, upto=late.pk, by=helena).messages.count() == 2


def test_an_auditor_reads_and_sends_nothing(batch, drafts):
    audrey = factories.make_user("Audrey", Role.AUDITOR)
    assert Message.objects.visible_to_staff(audrey).count() == 3
    for act in (lambda: send(batch, audrey), lambda: settling.leave_out(message=drafts[0], by=audrey)):
        with pytest.raises(PermissionDenied):
            act()
    assert states(batch) == ["draft"] * 3


def test_drafts_wait_for_administrators_until_they_are_let_go(batch, drafts, helena):
    (found,) = waiting.waiting_for(helena)
    assert (found.what, found.where) == ("Look at 3 letters and send them", "Letters of 3 decisions")
    send(batch, helena)
    assert waiting.waiting_for(helena) == []


def test_a_receipt_does_not_wait_behind_five_thousand_letters(batch, helena):
    """Neither behind letters that are made, nor behind their mails."""
    write(batch, 1)
    send(batch, helena)
    now = clock.now()
    jobs.put_all(Job(kind="award-letter", due_at=now, priority=jobs.Priority.BULK) for _ in range(5_000))
    with at(SOON):
        Job.objects.update(due_at=clock.now())
        receipt = mail.queue("core/mail/invitation.txt", to=helena, link="x")
        claim = work.claim_next()
    assert claim is not None
    assert claim.payload["message"] == receipt.pk


def test_a_letter_is_its_recipients_only_once_it_was_sent(batch, drafts, helena):
    person = drafts[0].person
    assert list(Message.objects.visible_to(person)) == []
    send(batch, helena)
    assert list(Message.objects.visible_to(person)) == []
    with at(SOON):
        work.run_all()
    assert list(Message.objects.visible_to(person)) == [drafts[0]]
