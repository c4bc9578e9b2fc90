"""All calls, with what is going on in each."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.web.requests import SignedInRequest
from fund.models import Call


@login_required
@require_safe
def calls(request: SignedInRequest) -> HttpResponse:
    """List the calls that the person runs or reads."""
    if not request.user.reads_all:
        raise Http404
    return render(request, "reviews/staff/calls.html", {"calls": Call.objects.all()})
