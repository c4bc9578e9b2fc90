"""Mail: queued with the action, sent once, never again by itself after a crash."""

import pytest
from django.core import mail as outbox

from core import clock, mail
from core.jobs import work
from core.jobs.models import Job
from core.mail import send
from core.mail.models import Message
from tests import factories


@pytest.fixture
def ada(db):
    return factories.make_user("Ada")


def queue(ada):
    return mail.queue("core/mail/invitation.txt", to=ada, link="https://fund.example/x")


def test_a_message_is_sent_with_its_own_id(ada):
    message = queue(ada)
    work.run_all()
    message.refresh_from_db()
    (sent,) = outbox.outbox
    assert message.state == Message.State.SENT
    assert (sent.to, sent.extra_headers["Message-ID"]) == ([ada.email], message.message_id)
    assert sent.subject == "Your account at the Safe Online Research Fund"


def test_a_message_found_sending_after_a_crash_is_not_sent_again(ada):
    message = queue(ada)
    Message.objects.filter(pk=message.pk).update(state=Message.State.SENDING)
    work.run_all()
    message.refresh_from_db()
    assert (message.state, outbox.outbox) == (Message.State.UNKNOWN, [])


def test_a_mail_server_that_is_down_is_tried_again(ada, monkeypatch):
    class Down:
        def send(self):
            raise ConnectionRefusedError

    monkeypatch.setattr(send, "_mail", lambda message: Down())
    message = queue(ada)
    work.run_next()
    message.refresh_from_db()
    job = Job.objects.get(kind="mail-send")
    assert (message.state, message.error, job.state) == ("queued", "ConnectionRefusedError", "waiting")
    monkeypatch.undo()
    with clock.at(job.due_at):
        work.run_all()
    message.refresh_from_db()
    assert message.state == Message.State.SENT


def test_a_subject_cannot_carry_a_header(ada):
    ada.name = "Ada\r\nBcc: all@fund.example"
    message = mail.queue("core/mail/account/email_confirmation.txt", to=ada, activate_url="https://fund.example/x")
    work.run_all()
    assert "\n" not in message.subject
    assert outbox.outbox[0].recipients() == [ada.email]
