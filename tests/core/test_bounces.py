"""Mails that came back: read from the notices of mail servers, found by the number that they were sent with."""

import io
import mailbox
import sys
import time
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from core import mail
from core.audit.models import AuditEvent
from core.jobs import work
from core.mail import bounces, notices
from core.mail.models import Message
from tests import factories

NOTICE = """\
From: MAILER-DAEMON@host.example
To: fund@fund.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain

I am sorry to have to inform you that your message could not be delivered.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; host.example

Final-Recipient: rfc822; ada@host.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <ada@host.example>:
    user unknown

--edge
Content-Type: {kind}

Subject: Your account
Message-ID: {number}

--edge--
"""


def notice(number, action="failed", status="5.1.1", kind="text/rfc822-headers"):
    return NOTICE.format(number=number, action=action, status=status, kind=kind).encode()


@pytest.fixture
def sent(db):
    ada = factories.make_user("Ada", email="ada@host.example")
    message = mail.queue("core/mail/invitation.txt", to=ada, link="x")
    work.run_all()
    return message


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_notice_says_of_which_mail_it_is_and_what_became_of_it(kind):
    found = notices.read(notice("<1@fund.example>", kind=kind))
    assert found == notices.Notice(
        ("<1@fund.example>",), "failed", "5.1.1", "550 5.1.1 <ada@host.example>: user unknown"
    )  # fmt: skip


def test_a_mail_that_came_back_is_shown_as_such_and_taken_once(sent):
    for _ in range(2):
        assert bounces.take(notice(sent.message_id)) == sent
    sent.refresh_from_db()
    assert (sent.state, sent.reason) == (
        Message.State.BOUNCED, "The mail came back: 5.1.1 550 5.1.1 <ada@host.example>: user unknown",
    )  # fmt: skip
    assert list(AuditEvent.objects.filter(code="message:bounce").values_list("actor", "data")) == [
        (None, {"before": "sent", "after": "bounced", "status": "5.1.1"})
    ]
    assert list(Message.objects.visible_to(sent.person)) == [sent]


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "nonsense"])
def test_a_delay_or_a_delivery_changes_nothing(sent, action):
    assert bounces.take(notice(sent.message_id, action=action)) == sent
    sent.refresh_from_db()
    assert sent.state == Message.State.SENT


def test_one_of_which_nobody_knew_is_known_to_have_left_when_it_comes_back(sent):
    Message.objects.update(state=Message.State.UNKNOWN, sent_at=None)
    bounces.take(notice(sent.message_id))
    sent.refresh_from_db()
    assert (sent.state, sent.sent_at is not None) == (Message.State.BOUNCED, True)


def test_what_is_no_notice_or_of_no_mail_of_ours_is_left_alone(sent):
    answer = EmailMessage()
    answer["In-Reply-To"] = sent.message_id
    answer.set_content("I am on holiday.")
    broken = notice(sent.message_id).replace(b"message/delivery-status", b"text/plain")
    for content in (b"", b"\xff\x00", bytes(answer), notice("<other@fund.example>"), broken, notice("")):
        assert bounces.take(content) is None
    sent.refresh_from_db()
    assert sent.state == Message.State.SENT


def test_notices_are_taken_from_a_folder_and_what_is_not_ours_stays_new(sent, tmp_path, capsys):
    folder = mailbox.Maildir(tmp_path / "mail")
    mine, other = folder.add(notice(sent.message_id)), folder.add(b"Subject: Hello\n\nA letter to the fund.\n")
    for said in ("1 notices belong to our mails, 1 do not.", "0 notices belong to our mails, 1 do not."):
        call_command("take_bounces", maildir=str(tmp_path / "mail"))
        assert capsys.readouterr().out.strip() == said
    assert (folder[mine].get_flags(), folder[other].get_flags()) == ("S", "")
    with pytest.raises(CommandError, match="no maildir"):
        call_command("take_bounces", maildir=str(tmp_path / "none"))


NESTED = b"".join(
    b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (depth, depth + 1) for depth in range(3000)
)
FORWARDED = b"Content-Type: multipart/report; boundary=b\n\n--b\n" + b"Content-Type: message/rfc822\n\n" * 3000
HOSTILE = {
    "parts in one another": b"Content-Type: multipart/report; boundary=b0\n\n" + NESTED,
    "mails in one another": FORWARDED,
    "a sign that no database takes": notice("<1\0@fund.example>").replace(b"user unknown", b"user \0 unknown"),
    "very many numbers": notice("<1@fund.example>").replace(
        b"Subject: Und", b"References: " + b"".join(b"<%d@a>\n " % each for each in range(20_000)) + b"\nSubject: Und"
    ),
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_mail_that_somebody_made_to_stop_it_keeps_no_notice_from_being_taken(sent, tmp_path, capsys, content):
    folder = mailbox.Maildir(tmp_path / "mail")
    for each in (content, notice(sent.message_id), content):
        folder.add(each)

    call_command("take_bounces", maildir=str(tmp_path / "mail"))
    sent.refresh_from_db()
    assert (capsys.readouterr().out.strip(), sent.state) == (
        "1 notices belong to our mails, 2 do not.", Message.State.BOUNCED,
    )  # fmt: skip
    found = notices.read(content)
    assert found is None or (
        len(found.message_ids) <= notices.MOST_NUMBERS and "\0" not in "".join((*found.message_ids, found.words))
    )


def test_a_mail_of_many_parts_and_lines_is_put_aside_at_once():
    parts = NESTED.partition(b"--b400\n")[0]
    begun = time.process_time()
    assert notices.read(b"Content-Type: multipart/report; boundary=b0\n\n" + parts + b"x\n" * 120_000) is None
    assert time.process_time() - begun < 1


def test_one_notice_is_taken_from_the_standard_input(sent, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(notice(sent.message_id))))
    call_command("take_bounces")
    assert capsys.readouterr().out.strip() == "1 notices belong to our mails, 0 do not."
