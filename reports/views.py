"""Ordering documents that are made on request."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.models import Application
from core.web.limits import rate_limited
from core.web.requests import SignedInRequest
from fund.models import Call
from reports.summaries import ask_for_summaries


@login_required
@rate_limited("export", per="user")
@require_POST
def order_summary(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Order one's own copy of the summary of one application."""
    visible = Application.objects.visible_to_fund(request.user).filter(call__slug=slug)
    application = get_object_or_404(visible, reference=reference)
    batch = ask_for_summaries(applications=[application], by=request.user)
    messages.success(
        request,
        _("The summary of %(reference)s is being made. It is listed here when it is ready.") % {"reference": reference},
    )
    return redirect(batch)


@login_required
@rate_limited("export", per="user")
@require_POST
def order_summaries(request: SignedInRequest, slug: str) -> HttpResponse:
    """Order one's own copies of the summaries of all applications under review that one may read."""
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    visible = Application.objects.visible_to_fund(request.user).filter(call=call).under_review()
    applications = list(visible.order_by("reference"))
    if not applications:
        raise PermissionDenied(_("No application of this call is open to you, so there is nothing to summarise."))
    return redirect(ask_for_summaries(applications=applications, by=request.user))
