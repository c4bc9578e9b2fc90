"""Sending: marked in a committed transaction before the connection opens."""

import smtplib
from typing import Any

from django.core.mail import EmailMessage, mailers
from django.db.models import Q

from core import clock, jobs
from core.jobs import Claim
from core.jobs.work import ATTEMPTS
from core.language import lazy
from core.mail.models import Message

State = Message.State
MOST_SAID = 200


class NotSent(Exception):
    """The mail server did not take the message; `lasting` if it never will."""

    def __init__(self, error: str, *, lasting: bool = False) -> None:
        super().__init__(error)
        self.lasting = lasting


class InDoubt(Exception):
    """The connection was lost after the message had begun to leave: nobody knows whether it arrived."""


@jobs.handles("mail-send", lazy("Mail"))
def send(claim: Claim) -> None:
    """Send one message that is due; one found *sending* was begun by a worker that died, and is left to staff.

    A job of an earlier round belongs to letters that were taken back since, and does nothing.
    """
    pk, now = claim.payload["message"], clock.now()
    found = Message.objects.filter(pk=pk, round=claim.payload.get("round", 0))
    if found.filter(state=State.SENDING).update(state=State.UNKNOWN):
        return
    due = found.filter(Q(due_at=None) | Q(due_at__lte=now)).exclude(not_before__gt=now)
    if not due.filter(state=State.QUEUED).update(state=State.SENDING):
        return
    message = Message.objects.prefetch_related("documents").get(pk=pk)
    if message.batch_id and any(each.superseded_at for each in message.documents.all()):
        found.update(state=State.LEFT_OUT)  # the letter was replaced or withdrawn while its mail waited
        return
    try:
        _hand_over(_built(message))
    except InDoubt as error:
        with claim.filing():
            Message.objects.filter(pk=pk).update(state=State.UNKNOWN, error=str(error))
        return
    except NotSent as error:
        again = claim.attempt < ATTEMPTS and not error.lasting
        state = State.QUEUED if again else State.FAILED
        Message.objects.filter(pk=pk).update(state=state, error=str(error)[:300])
        raise
    with claim.filing():
        Message.objects.filter(pk=pk).update(state=State.SENT, sent_at=clock.now(), error="")


def _built(message: Message) -> EmailMessage:
    try:
        return _mail(message)
    except Exception as error:
        raise NotSent(type(error).__name__) from error


def _mail(message: Message) -> EmailMessage:
    mail = EmailMessage(message.subject, message.body, to=[message.address], headers={"Message-ID": message.message_id})
    for document in message.documents.all():
        mail.attach(document.name, document.read(), document.content_type)
    return mail


def _hand_over(mail: EmailMessage) -> None:
    """Give the message to the mail server: until the connection is open nothing can have left."""
    server: Any = mailers.default
    try:
        server.open()
    except Exception as error:
        raise NotSent(type(error).__name__) from error
    try:
        server.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise NotSent(f"refused: {_said(code, said)}", lasting=_is_lasting(code)) from error
    except smtplib.SMTPResponseException as error:
        lasting = isinstance(error, smtplib.SMTPDataError) and _is_lasting(error.smtp_code)
        raise NotSent(f"rejected: {_said(error.smtp_code, error.smtp_error)}", lasting=lasting) from error
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        raise InDoubt(type(error).__name__) from error
    except Exception as error:
        raise NotSent(type(error).__name__) from error
    finally:
        _close(server)


def _close(server: Any) -> None:
    """Say goodbye; a server that does not answer to it took the message or not before."""
    try:
        server.close()
    except (smtplib.SMTPException, OSError):
        return


def _is_lasting(code: int) -> bool:
    return 500 <= code < 600


def _said(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return f"{code} {' '.join(text.split())}"[:MOST_SAID]
