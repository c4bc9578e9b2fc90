"""Mail: queued with the action, sent once, never again by itself after a crash."""

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from core import clock, mail
from core.audit.models import AuditEvent
from core.jobs import work
from core.jobs.models import Job
from core.mail import settling
from core.mail.models import Message
from core.people.models import Role
from core.states import WrongState
from tests import factories, services, smtp


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


class Onlooker(EmailBackend):
    """A connection to a mail server that looks around when it is opened."""

    def open(self):
        """Note in which state the message is, and in how many transactions we are."""
        Onlooker.seen = Message.objects.get().state, len(connection.savepoint_ids)


def test_a_message_is_marked_before_the_connection_opens(ada, settings):
    """What dies from here on is found marked, and is not sent a second time."""
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Onlooker"}}
    queue(ada)
    work.run_all()
    assert Onlooker.seen == ("sending", len(connection.savepoint_ids))
    assert Message.objects.get().state == "sent"


@pytest.fixture
def server(settings):
    with smtp.running() as running:
        settings.MAILERS = running.mailers
        yield running


def after_one_try(message):
    work.run_next()
    message.refresh_from_db()
    return message, Job.objects.get(key=message.job_key)


def test_a_mail_server_that_is_down_is_tried_again(ada, server, settings):
    settings.MAILERS = smtp.Server(services.free_port()).mailers
    message, job = after_one_try(queue(ada))
    assert (message.state, message.error, job.state) == ("queued", "ConnectionRefusedError", "waiting")
    settings.MAILERS = server.mailers
    with clock.at(job.due_at):
        work.run_all()
    message.refresh_from_db()
    assert (message.state, len(server.taken)) == (Message.State.SENT, 1)


@pytest.mark.parametrize(
    ("step", "answer", "state", "job_state", "reason"),
    [
        (
            "RCPT",
            "550 5.1.1 no such person",
            "failed",
            "failed",
            "server refused this address: 550 5.1.1 no such person",
        ),
        ("RCPT", "451 4.7.1 come back later", "queued", "waiting", "refused this address: 451 4.7.1 come back later"),
        ("END", "554 5.6.0 too large", "failed", "failed", "did not take the message: 554 5.6.0 too large"),
        ("MAIL", "451 busy", "queued", "waiting", "did not take the message: 451 busy"),
        ("END", smtp.HANG_UP, "unknown", "done", "SMTPServerDisconnected"),
    ],
)
def test_what_the_mail_server_says_decides_whether_it_is_asked_again(
    ada, server, step, answer, state, job_state, reason
):
    server.answers[step] = answer
    message, job = after_one_try(queue(ada))
    assert (message.state, job.state, server.taken) == (state, job_state, [])
    assert reason in message.reason


def test_a_mail_that_nobody_knows_of_is_not_sent_again_by_itself_and_staff_decide(ada, server):
    helena = factories.make_user("Helena", Role.ADMINISTRATOR)
    lost, arrived = queue(ada), queue(ada)
    server.answers["END"] = smtp.HANG_UP
    work.run_all()
    server.answers.clear()
    work.run_all()
    assert server.taken == []

    settling.was_sent(message=arrived, by=helena)
    ada.email = "ada@new.example"
    ada.save()
    settling.send_again(message=lost, by=helena)
    for _ in range(2):
        with pytest.raises(WrongState):
            settling.send_again(message=lost, by=helena)
    work.run_all()

    assert dict(Message.objects.values_list("pk", "state")) == {lost.pk: "sent", arrived.pk: "sent"}
    (text,) = server.taken
    assert f"Message-ID: {lost.message_id}" in text
    assert "To: ada@new.example" in text
    assert list(
        AuditEvent.objects.filter(code__startswith="message:").order_by("pk").values_list("code", "actor", "data")
    ) == [
        ("message:was_sent", helena.pk, {"before": "unknown", "after": "sent"}),
        ("message:send_again", helena.pk, {"before": "unknown", "after": "queued"}),
    ]


def test_a_subject_cannot_carry_a_header(ada):
    ada.name = "Ada\r\nBcc: all@fund.example"
    message = mail.queue("core/mail/account/email_confirmation.txt", to=ada, activate_url="https://fund.example/x")
    work.run_all()
    assert "\n" not in message.subject
    assert outbox.outbox[0].recipients() == [ada.email]
