"""Sending: marked in a committed transaction before the connection opens."""

from django.core.mail import EmailMessage

from core import clock, jobs
from core.jobs import Claim
from core.jobs.work import ATTEMPTS
from core.mail.models import Message


class NotSent(Exception):
    """The mail server did not take the message."""


@jobs.handles("mail-send")
def send(claim: Claim) -> None:
    """Send one queued message; one found *sending* was begun by a worker that died, and is left to staff."""
    pk = claim.payload["message"]
    if Message.objects.filter(pk=pk, state=Message.State.SENDING).update(state=Message.State.UNKNOWN):
        return
    if not Message.objects.filter(pk=pk, state=Message.State.QUEUED).update(state=Message.State.SENDING):
        return
    message = Message.objects.prefetch_related("documents").get(pk=pk)
    try:
        _mail(message).send()
    except Exception as error:
        again = claim.attempt < ATTEMPTS
        state = Message.State.QUEUED if again else Message.State.FAILED
        Message.objects.filter(pk=pk).update(state=state, error=type(error).__name__)
        raise NotSent(type(error).__name__) from error
    with claim.filing():
        Message.objects.filter(pk=pk).update(state=Message.State.SENT, sent_at=clock.now(), error="")


def _mail(message: Message) -> EmailMessage:
    mail = EmailMessage(message.subject, message.body, to=[message.address], headers={"Message-ID": message.message_id})
    for document in message.documents.all():
        mail.attach(document.name, document.read(), document.content_type)
    return mail
