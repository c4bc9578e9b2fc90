"""Questions about a call: asked by anyone who is signed in, held until the fund answers them in public or declines."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock, mail
from core.people.models import User
from core.states import WrongState
from fund.models import Call, PublicQuestion

MOST_WAITING = 5
"""Questions of one person about one call that wait for an answer."""
LONGEST = 2000


@transaction.atomic
def ask(*, call: Call, question: str, by: User) -> PublicQuestion:
    """Keep a question until it is answered, once; nobody but the fund and who asked sees it before."""
    if not by.is_active:
        raise PermissionDenied(_("This account is closed."))
    call = Call.lock(call.pk)
    if call.state != Call.State.PUBLISHED or call.has_closed:
        raise WrongState(_("This call is closed, so no more questions are answered about it."))
    text, own = _text(question), call.questions.waiting().filter(asked_by=by)
    if before := own.filter(question=text).first():
        return before
    if own.count() >= MOST_WAITING:
        raise ValidationError(
            {"question": _("Your last %(number)d questions still wait for an answer.") % {"number": MOST_WAITING}}
        )
    asked = PublicQuestion.objects.create(call=call, question=text, asked_at=clock.now(), asked_by=by)
    audit.record("call:ask", by=by, subject=call, question=asked.pk)
    return asked


@transaction.atomic
def add(*, call: Call, question: str, answer: str, by: User | None) -> PublicQuestion:
    """Publish a question that the fund itself thought of, with its answer, once."""
    _must_run_calls(by)
    call = Call.lock(call.pk)
    now, words = clock.now(), {"question": _text(question), "answer": _answer(answer)}
    if before := call.questions.answered().filter(**words).first():
        return before
    added = PublicQuestion.objects.create(call=call, **words, asked_at=now, answered_at=now, answered_by=by)
    audit.record("call:answer", by=by, subject=call, question=added.pk)
    return added


@transaction.atomic
def answer(*, question: PublicQuestion, words: str, answer: str, by: User | None) -> PublicQuestion:
    """Answer in public, with the question in words that name nobody; who asked is told the first time."""
    found = _locked(question, by)
    is_first = not found.answer
    found.question, found.answer = _text(words), _answer(answer)
    if is_first:
        found.answered_at, found.answered_by = clock.now(), by
        found.declined_at, found.reason = None, ""
    found.save()
    audit.record("call:answer", by=by, subject=found.call, question=found.pk)
    if is_first:
        _tell(found, "fund/mail/question-answered.txt")
    return found


@transaction.atomic
def decline(*, question: PublicQuestion, reason: str, by: User | None) -> PublicQuestion:
    """Leave a question without a public answer, and tell who asked why."""
    found = _locked(question, by)
    if found.answer:
        raise WrongState(_("This question has a public answer already. Reload the page."))
    if found.declined_at is not None:
        raise WrongState(_("This question was declined already. Reload the page."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: who asked reads it.")})
    found.declined_at, found.reason = clock.now(), reason.strip()[:300]
    found.save()
    audit.record("call:decline-question", by=by, subject=found.call, question=found.pk)
    _tell(found, "fund/mail/question-declined.txt")
    return found


@transaction.atomic
def remove(*, question: PublicQuestion, by: User | None) -> None:
    """Take a question and its answer off the public page."""
    found = _locked(question, by)
    audit.record("call:remove-question", by=by, subject=found.call, question=found.pk)
    found.delete()


def _locked(question: PublicQuestion, by: User | None) -> PublicQuestion:
    _must_run_calls(by)
    Call.lock(question.call_id)
    return PublicQuestion.objects.select_related("call", "asked_by").get(pk=question.pk)


def _text(question: str) -> str:
    text = question.strip()
    if not text:
        raise ValidationError({"question": _("Write the question.")})
    if len(text) > LONGEST:
        raise ValidationError({"question": _("Write at most %(number)d characters.") % {"number": LONGEST}})
    return text


def _answer(answer: str) -> str:
    if not answer.strip():
        raise ValidationError({"answer": _("Write the answer: the question is public once it has one.")})
    return answer.strip()


def _tell(question: PublicQuestion, template: str) -> None:
    if question.asked_by is not None and question.asked_by.is_active:
        mail.queue(template, to=question.asked_by, question=question, call=question.call)


def _must_run_calls(by: User | None) -> None:
    if by is not None and not by.has_perm("fund.run_call"):
        raise PermissionDenied(_("Only fund administrators answer questions about calls."))
