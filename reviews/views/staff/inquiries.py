"""Asking an applicant something, and what becomes of the answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions import asking
from applications.models import Inquiry
from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from reviews.access import DECIDE, application_of, call_for, has_right
from reviews.intake_forms import InquiryForm
from reviews.views.staff.call import show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Write a question to the applicant."""
    call = call_for(request, slug, to_post=DECIDE)
    found = application_of(call=call, viewer=request.user, reference=reference, is_read=True)
    if not has_right(request.user, DECIDE, call):
        raise PermissionDenied(_("Only fund administrators ask applicants."))
    form = InquiryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asking.ask(application=found, **form.given(call.zone), by=request.user)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The question is on its way. The answer will wait for you at home."))
            return redirect(_place(slug, reference))
    context = {"application": found, "form": form}
    return show(request, "reviews/staff/ask.html", call, context, status=422 if form.errors else 200)


STEPS = {"share": asking.share, "settle": asking.settle}


@login_required
@require_POST
def inquiry(request: SignedInRequest, slug: str, reference: str, inquiry_pk: int) -> HttpResponse:
    """Mark an answer as read, or show it to the panel."""
    call = call_for(request, slug, to_post=DECIDE)
    application = application_of(call=call, viewer=request.user, reference=reference, is_read=True)
    found = get_object_or_404(Inquiry.objects.visible_to(request.user), pk=inquiry_pk, application=application)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    step(inquiry=found, by=request.user)
    return redirect(_place(slug, reference))


def _place(slug: str, reference: str) -> str:
    return reverse("manage:application", args=[slug, reference]) + "#questions"
