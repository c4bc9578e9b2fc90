"""What staff do for drafts without reading them: who is writing, and more time for one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.actions import submission
from applications.models import Application
from applications.submission_forms import MoreTimeForm
from core.web.forms import take_errors
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.access import run_calls, see_calls
from fund.models import Call


@login_required
@see_calls
@require_safe
def drafts(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the drafts of a call: whose, how old, whether ready, until when. What they say stays their team's."""
    call = get_object_or_404(Call, slug=slug)
    found = Application.objects.unsubmitted_for(request.user).filter(call=call).with_deadlines().with_owner()
    page = paginate(request, found.order_by("-changed_at", "-pk"))
    may_extend = request.user.has_perm("fund.run_call")
    context = {"call": call, "page": page, "may_extend": may_extend, "ready": found.exclude(ready_at=None).count()}
    return render(request, "applications/staff/drafts.html", context)


@login_required
@run_calls
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Give one application more time, with the reason."""
    rows = Application.objects.unsubmitted_for(request.user).with_deadlines().with_owner()
    application = get_object_or_404(rows, call__slug=slug, pk=pk)
    if not request.user.has_perm("applications.extend_application", application):
        raise PermissionDenied(_("Only fund administrators who have no interest in an application give it more time."))
    form = MoreTimeForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid() and _given(request, application, form):
        return redirect("manage_apply:drafts", slug)
    context: dict[str, Any] = {
        "call": application.call, "application": application, "form": form,
        "extensions": application.extensions.select_related("given_by").order_by("given_at"),
    }  # fmt: skip
    return render(request, "applications/staff/extend.html", context, status=422 if form.errors else 200)


def _given(request: SignedInRequest, application: Application, form: MoreTimeForm) -> bool:
    try:
        submission.extend(application=application, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
        return False
    messages.success(request, _("The application has more time. Its owner is being told."))
    return True
