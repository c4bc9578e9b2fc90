"""Before a draft: the questions of the call's quiz, then the start."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from applications.actions import drafts
from applications.models import Application, CallInvitation
from applications.submission_forms import QuizForm
from core.states import WrongState
from core.web.requests import SignedInRequest
from fund.models import Call


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, slug: str) -> HttpResponse:
    """Start a draft, or go on with the one that there is. A GET asks first: it comes from signing in."""
    user = request.user
    call = get_object_or_404(Call.objects.visible_to(user).select_related("fund"), slug=slug)
    existing = Application.objects.filter(call=call, started_by=user, state=Application.State.DRAFT).first()
    if request.method != "POST":
        context = {"call": call, "is_open": call.is_open(request.arrived_at), "existing": existing} | _invited(
            call, user
        )
        return render(request, "applications/start.html", context)
    if existing is None and call.eligibility_quiz and call.is_open(request.arrived_at):
        return redirect("before:quiz", slug)
    return _start(request, call, {})


def _invited(call: Call, user: Any) -> dict[str, Any]:
    """Return the person's invitation, where one is needed."""
    if not call.invited_only:
        return {}
    return {"invitation": CallInvitation.objects.of(user).filter(call=call).select_related("application").first()}


def _start(request: Any, call: Call, answers: dict[str, str]) -> HttpResponse:
    try:
        application = drafts.start(call=call, by=request.user, at=request.arrived_at, quiz=answers)
    except WrongState as refusal:
        messages.error(request, refusal.message)
        return redirect("apply:start", call.slug)
    request.session.pop(_kept(call), None)
    return redirect(application)


def _kept(call: Call) -> str:
    return f"quiz-{call.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the questions that come before the form. Whoever is stopped can go back and change; nothing is made."""
    calls = Call.objects.visible_to(request.user).select_related("fund")
    call = get_object_or_404(calls, slug=slug)
    if not call.eligibility_quiz:
        raise Http404
    if request.method != "POST":
        form = QuizForm(None, quiz=call.eligibility_quiz, given=request.session.get(_kept(call), {}))
        return _ask(request, call, form)
    form = QuizForm(request.POST, quiz=call.eligibility_quiz)
    if not form.is_valid():
        return _ask(request, call, form, status=422)
    answers = form.answers
    request.session[_kept(call)] = answers
    verdict = call.eligibility_quiz.verdict(answers)
    if verdict.stops or (verdict.warnings and "knowingly" not in request.POST):
        return _ask(request, call, form, verdict=verdict)
    if not request.user.is_authenticated:
        here = reverse("before:quiz", args=[slug])
        return redirect(f"{reverse('account_login')}?{urlencode({'next': here})}")
    return _start(request, call, answers)


def _ask(request: HttpRequest, call: Call, form: QuizForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"call": call, "form": form, "is_open": call.is_open(request.arrived_at), **more}  # type: ignore[attr-defined]
    return render(request, "applications/quiz.html", context, status=status)
