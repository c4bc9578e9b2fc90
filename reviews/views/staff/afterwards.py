"""What goes to the applicant with and after a decision: feedback, and answers to what they ask or complain about."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Application
from core.states import WrongState
from core.web.forms import take_errors
from core.web.requests import SignedInRequest, row_keys
from reviews.access import DECIDE, application_of, has_right
from reviews.actions import answering, feedback
from reviews.afterwards_forms import FeedbackForm, ReplyForm
from reviews.complaints import answerers_of
from reviews.models import Decision, DecisionInquiry, Feedback
from reviews.rules import owes_no_review
from reviews.views.staff.call import show
from reviews.views.staff.decisions import decision_call

COMPLAINT = DecisionInquiry.Kind.COMPLAINT


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def afterwards(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show the feedback to one applicant and what they asked; a POST composes, edits, approves or answers."""
    call = decision_call(request, slug)
    application = application_of(call=call, viewer=request.user, reference=reference)
    written = _feedback_on(application, request.user)
    step, form = _read(request, written) if request.method == "POST" else ("", None)
    if form is not None and _take(request, application, written, (step, form)):
        return redirect("manage:afterwards", slug, reference)
    owes = not owes_no_review(request.user, application)
    may_write = has_right(request.user, DECIDE, call) and not owes
    context = {
        "application": application, "owes": owes, "may_write": may_write, "refused": form, "feedback": written,
        "may_approve": may_write and written is not None and written.edited_by_id != request.user.pk,
        "is_released": Decision.objects.filter(application=application, state=Decision.State.RELEASED).exists(),
        "form": form if step == "edit" else FeedbackForm(parts=written.parts if written else ()),
        "reply": form if step == "answer" else ReplyForm(),
    }  # fmt: skip
    context |= _asked(application, request.user, may_write=may_write)
    is_refused = form is not None and bool(form.errors)
    return show(request, "reviews/staff/afterwards.html", call, context, status=422 if is_refused else 200)


def _feedback_on(application: Application, user: Any) -> Feedback | None:
    written = Feedback.objects.visible_to(user).filter(application=application)
    return written.select_related("edited_by", "approved_by").first()


def _asked(application: Application, user: Any, *, may_write: bool) -> dict[str, Any]:
    """Return what the applicants asked, and whether this person may answer what is open of it."""
    asked = DecisionInquiry.objects.visible_to(user).filter(application=application)
    inquiries = list(asked.select_related("asked_by", "answered_by"))
    complaint = next((each for each in inquiries if each.kind == COMPLAINT and not each.answered_at), None)
    answerers = answerers_of(complaint) if complaint else []
    return {
        "inquiries": inquiries, "answerers": ", ".join(each.name for each in answerers),
        "may_answer": may_write and (complaint is None or user in answerers),
    }  # fmt: skip


def _read(request: SignedInRequest, written: Feedback | None) -> tuple[str, forms.Form]:
    step = request.POST.get("step", "")
    if step == "edit" and written is not None:
        return step, FeedbackForm(request.POST, parts=written.parts)
    if step == "answer":
        return step, ReplyForm(request.POST)
    if step == "compose" or (step == "approve" and written is not None):
        return step, forms.Form(request.POST)
    raise Http404


def _take(
    request: SignedInRequest, application: Application, written: Feedback | None, read: tuple[str, forms.Form]
) -> bool:
    """Take the step that was read, and say whether the page may be left; what is refused stands on it."""
    step, form = read
    if not form.is_valid():
        return False
    try:
        message = _done(request, application, written, step, form)
    except (ValidationError, WrongState) as refusal:
        take_errors(form, refusal)
        return False
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, message)
    return True


def _done(
    request: SignedInRequest, application: Application, written: Feedback | None, step: str, form: forms.Form
) -> str:
    if step == "answer":
        rows = DecisionInquiry.objects.visible_to(request.user).filter(application=application)
        inquiry = get_object_or_404(rows, pk__in=row_keys([request.POST.get("inquiry", "")]))
        answering.answer(inquiry=inquiry, text=form.cleaned_data["answer"], by=request.user)
        return _("The answer is sent.")
    if step == "compose":
        feedback.compose(application=application, by=request.user)
        return _("The feedback begins with the comments. Edit it, and somebody else approves it.")
    assert written is not None  # noqa: S101 - read for these steps only where there is one
    if step == "edit":
        assert isinstance(form, FeedbackForm)  # noqa: S101
        feedback.edit(feedback=written, texts=form.texts, seen=request.POST.get("seen"), by=request.user)
        return _("The feedback is kept. Somebody else approves it.")
    feedback.approve(feedback=written, seen=request.POST.get("seen"), by=request.user)
    return _("The feedback is approved. It goes out with the decision.")
