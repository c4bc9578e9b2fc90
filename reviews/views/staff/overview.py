"""How a call stands."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core.web.requests import SignedInRequest
from reviews.views.staff.call import call_for, show


@login_required
@require_safe
def overview(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show how a call stands."""
    call = call_for(request, slug)
    return show(request, "reviews/staff/overview.html", call, {})
