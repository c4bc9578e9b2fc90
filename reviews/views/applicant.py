"""The decision on one's own application: the outcome, the reasons, the feedback, and asking about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Application
from core.states import WrongState
from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from reviews.actions import answering
from reviews.afterwards_forms import AskForm
from reviews.models import Decision, DecisionInquiry, Feedback


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the decision once it is known; a POST asks about it, or complains."""
    rows = Application.objects.of_team(request.user).select_related("call__fund")
    application = get_object_or_404(rows, pk=pk)
    released = Decision.objects.visible_to(request.user).filter(application=application, state=Decision.State.RELEASED)
    found = released.order_by("-pk").first()
    access = application.access_of(request.user)
    if found is None or not application.has_outcome or access == "none":
        raise Http404
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _ask(request, application, form):
        return redirect("decided:decision", pk)
    inquiries = list(DecisionInquiry.objects.visible_to(request.user).filter(application=application))
    context = {
        "application": application, "call": application.call, "decision": found, "inquiries": inquiries,
        "feedback": Feedback.objects.visible_to(request.user).filter(application=application).first(), "form": form,
        "may_ask": access in answering.SPEAKS and all(each.answered_at for each in inquiries),
    }  # fmt: skip
    return render(request, "reviews/applicant/decision.html", context, status=422 if form.errors else 200)


def _ask(request: SignedInRequest, application: Application, form: AskForm) -> bool:
    try:
        answering.ask(application=application, by=request.user, **form.cleaned_data)
    except (ValidationError, WrongState) as refusal:
        take_errors(form, refusal)
    else:
        messages.success(request, _("It is sent. The answer will stand here, and a mail tells you of it."))
        return True
    return False
