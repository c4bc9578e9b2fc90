"""Returning an application for correction: what the applicant is to mend, question by question."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.actions import screening
from applications.models import Application
from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from reviews.access import DECIDE, application_of, call_for, has_right
from reviews.return_form import ReturnForm
from reviews.version_changes import changes_between
from reviews.views.staff.call import show


@login_required
@require_safe
def changes(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Compare the last version with the one before it, word by word."""
    call = call_for(request, slug)
    found = application_of(call=call, viewer=request.user, reference=reference, is_read=True)
    versions = list(found.versions.select_related("form").order_by("-number")[:2])
    if len(versions) < 2:
        raise Http404
    newer, older = versions
    context = {
        "application": found, "newer": newer, "older": older,
        "changes": changes_between(
            older.content, newer.content, newer.form.definition, is_blind=found.is_veiled
        ),
    }  # fmt: skip
    return show(request, "reviews/staff/changes.html", call, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def return_application(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Choose the questions that the applicant is to correct, with what to correct in each."""
    call = call_for(request, slug, to_post=DECIDE)
    found = application_of(call=call, viewer=request.user, reference=reference, is_read=True)
    if not has_right(request.user, DECIDE, call):
        raise PermissionDenied(_("Only fund administrators return an application for correction."))
    if request.method != "POST" and found.state != Application.State.SUBMITTED:
        return redirect("manage:application", slug, reference)
    form = ReturnForm(request.POST or None, application=found)
    if request.method == "POST" and form.is_valid():
        try:
            screening.screen(application=found, outcome="returned", by=request.user, **form.values)
        except ValidationError as error:
            take_errors(form, error)
        else:
            told = _("%(reference)s is returned. The applicant is being told what to correct.")
            messages.success(request, told % {"reference": reference})
            return redirect("manage:application", slug, reference)
    context = {"application": found, "form": form}
    return show(request, "reviews/staff/return.html", call, context, status=422 if form.errors else 200)
