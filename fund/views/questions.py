"""Questions about a call: asked on its public page, answered or declined by those who run it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.states import WrongState
from core.web.forms import take_errors
from core.web.limits import rate_limited
from core.web.requests import SignedInRequest, number_in
from fund.access import run_calls
from fund.actions import questions as actions
from fund.models import Call, PublicQuestion
from fund.public_forms import AnswerForm, AskForm


@login_required
@require_http_methods(["GET", "POST"])
@rate_limited("ask", per="user")
def ask(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask a question about a call, and see what became of one's own."""
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(call=call, question=form.cleaned_data["question"], by=request.user)
        except ValidationError as error:
            take_errors(form, error)
        except WrongState as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("We have your question. You get a mail when it is answered."))
            return redirect(reverse("public:call", args=[slug]) + "#qa")
    own = call.questions.filter(asked_by=request.user)
    return render(request, "fund/public/ask.html", {"call": call, "form": form, "own": own})


@login_required
@run_calls
@require_http_methods(["GET", "POST"])
def answers(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the questions about a call, and answer, decline, change or remove one, or write a new one."""
    call = get_object_or_404(Call, slug=slug)
    refused: AnswerForm | None = None
    if request.method == "POST":
        refused = _step(request, call)
        if refused is None:
            return redirect("manage_fund:call_answers", slug)
    rows = list(call.questions.select_related("asked_by"))
    context = {
        "call": call, "refused": refused,
        "waiting": [_form(each, refused) for each in rows if not each.answer and each.declined_at is None],
        "answered": [_form(each, refused) for each in rows if each.answer],
        "declined": [each for each in rows if each.declined_at],
        "new": refused if refused is not None and refused.row is None else AnswerForm(),
    }  # fmt: skip
    return render(request, "fund/staff/call_answers.html", context)


def _form(row: PublicQuestion, refused: AnswerForm | None) -> AnswerForm:
    is_refused = refused is not None and refused.row is not None and refused.row.pk == row.pk
    return refused if is_refused and refused is not None else AnswerForm(question=row)


def _step(request: HttpRequest, call: Call) -> AnswerForm | None:
    """Do what a button asks for; return the form if it is refused."""
    name, _colon, key = request.POST.get("step", "").partition(":")
    row = get_object_or_404(call.questions, pk=number_in(key) or 0) if key else None
    form = AnswerForm(request.POST, question=row)
    if row is not None and name == "remove":
        actions.remove(question=row, by=request.user)
        messages.success(request, _("The question is removed."))
        return None
    if not form.is_valid():
        return form
    try:
        messages.success(request, _take(name, call, row, form.cleaned_data, request.user))
    except ValidationError as error:
        take_errors(form, error)
        return form
    except WrongState as refusal:
        messages.error(request, refusal.message)
    return None


def _take(name: str, call: Call, row: PublicQuestion | None, given: dict[str, Any], by: Any) -> str:
    if row is None:
        actions.add(call=call, question=given["question"], answer=given["answer"], by=by)
        return _("The answer is public.")
    if name == "decline":
        actions.decline(question=row, reason=given.get("reason", ""), by=by)
        return _("The question is declined, and who asked is told.")
    actions.answer(question=row, words=given["question"], answer=given["answer"], by=by)
    return _("The answer is public.")
