"""The record of incidents, for administrators, and for auditors to read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Prefetch
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applications.actions import quarantine
from applications.incident_forms import HandoverForm, SettleForm
from applications.models import Attachment, Incident
from applications.models.incidents import KEEPS
from core.web.pagination import paginate
from core.web.requests import SignedInRequest


@login_required
@require_safe
def incidents(request: SignedInRequest) -> HttpResponse:
    """List the incidents, the latest first."""
    if not request.user.reads_all:
        raise PermissionDenied(_("Administrators and auditors read the record of incidents."))
    rows = Incident.objects.visible_to(request.user).select_related("opened_by").annotate(times=Count("handovers"))
    page = paginate(request, rows.order_by("-pk"))
    return render(request, "applications/incidents/list.html", {"page": page})


def _found(request: SignedInRequest, pk: int) -> Incident:
    rows = Incident.objects.visible_to(request.user).select_related("opened_by", "settled_by")
    files = Attachment.objects.select_related("application__call", "added_by")
    return get_object_or_404(rows.prefetch_related("handovers__recorded_by", Prefetch("files", files)), pk=pk)


@login_required
@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one incident: what was seen, where the file came from, to whom it was handed."""
    return _show(request, _found(request, pk))


def _show(
    request: SignedInRequest, found: Incident, handover: Form | None = None, settle: Form | None = None
) -> HttpResponse:
    context = {
        "incident": found, "may_keep": request.user.has_perm(KEEPS, found), "handover": handover or HandoverForm(),
        "settle": settle or SettleForm(), "bound": handover or settle,
    }  # fmt: skip
    status = 422 if handover or settle else 200
    return render(request, "applications/incidents/detail.html", context, status=status)


def _to_keep(request: SignedInRequest, pk: int) -> Incident:
    found = _found(request, pk)
    if not request.user.has_perm(KEEPS, found):
        raise PermissionDenied(_("Administrators keep the record of incidents; auditors read it."))
    return found


@login_required
@require_POST
def hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down to which hotline or authority the content was handed."""
    found = _to_keep(request, pk)
    form = HandoverForm(request.POST)
    if form.is_valid():
        try:
            quarantine.hand_over(incident=found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The handover is recorded."))
            return redirect(found)
    return _show(request, found, handover=form)


@login_required
@require_POST
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close an incident, or open its file again after a false alarm."""
    found = _to_keep(request, pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _show(request, found, settle=form)
    because = form.cleaned_data["because"]
    if "release" in request.POST:
        quarantine.release(incident=found, because=because, by=request.user)
        messages.success(request, _("The file is open again for those who may read the application."))
    else:
        quarantine.close(incident=found, because=because, by=request.user)
        messages.success(request, _("The incident is closed. The file stays locked for good."))
    return redirect(found)
