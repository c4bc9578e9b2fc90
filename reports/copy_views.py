"""Ordering copies of what one's own pages show."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.models import Application
from core.jobs.models import Batch
from core.web.limits import rate_limited
from core.web.requests import SignedInRequest
from fund.models import Award, Call
from reports.copies import ask_for_feedback, ask_for_own_reviews, ask_for_schedule


@login_required
@rate_limited("export", per="user")
@require_POST
def order_schedule(request: SignedInRequest, number: str) -> HttpResponse:
    """Order the payment schedule of an award that one may open."""
    award = get_object_or_404(Award.objects.visible_to(request.user), number=number)
    return ordered(request, ask_for_schedule(award=award, by=request.user))


@login_required
@rate_limited("export", per="user")
@require_POST
def order_feedback(request: SignedInRequest, pk: int) -> HttpResponse:
    """Order the feedback on an application of one's own."""
    application = get_object_or_404(Application.objects.of_team(request.user), pk=pk)
    return ordered(request, ask_for_feedback(application=application, by=request.user))


@login_required
@rate_limited("export", per="user")
@require_POST
def order_own_reviews(request: SignedInRequest, slug: str) -> HttpResponse:
    """Order the reviews that one sent in a call."""
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    return ordered(request, ask_for_own_reviews(call=call, by=request.user))


def ordered(request: SignedInRequest, batch: Batch) -> HttpResponse:
    """Lead to the page on which what was ordered is listed once it is made."""
    messages.success(request, _("The document is being made. It is listed here when it is ready."))
    return redirect(batch)
