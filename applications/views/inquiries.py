"""Answering what the fund asks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.actions import asking
from applications.forms import AnswerForm
from applications.views.pages import WRITERS, open_draft
from core.web.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def inquiry(request: SignedInRequest, pk: int, inquiry_pk: int) -> HttpResponse:
    """Show one question of the fund, and take its one answer."""
    draft = open_draft(request, pk)
    found = get_object_or_404(draft.application.inquiries, pk=inquiry_pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asking.answer(inquiry=found, text=form.cleaned_data["answer"], by=draft.user)
        except ValidationError as error:
            form.add_error("answer", error.messages)
        else:
            messages.success(request, _("Your answer is sent. The fund’s staff read it now."))
            return redirect("apply:detail", pk)
    may_answer = draft.access in WRITERS and found.answered_at is None
    context = draft.context(inquiry=found, form=form, may_answer=may_answer)
    return render(request, "applications/inquiry.html", context)
