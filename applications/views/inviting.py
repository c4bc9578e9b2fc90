"""Invitations to a call: staff's list, inviting with a preview, withdrawing; and the invited person's answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions import inviting
from applications.actions.inviting import INVITABLE, Guest
from applications.models import Application, CallInvitation
from applications.submission_forms import InviteForm
from core.states import WrongState
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.access import run_calls, see_calls
from fund.models import Call

MOST_AT_ONCE = 200


@login_required
@see_calls
@require_safe
def invitations(request: SignedInRequest, slug: str) -> HttpResponse:
    """List who is invited to a call, and how far each is."""
    call = get_object_or_404(Call.objects.select_related("follows"), slug=slug)
    found = CallInvitation.objects.visible_to(request.user).filter(call=call)
    page = paginate(request, found.with_progress().select_related("application").order_by("-invited_at", "-pk"))
    may_invite = request.user.has_perm("fund.run_call") and call.is_open(request.arrived_at)
    context = {
        "call": call,
        "page": page,
        "may_invite": may_invite,
        "standing": found.filter(withdrawn_at=None).count(),
    }
    return render(request, "applications/staff/invitations.html", context)


@login_required
@run_calls
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose whom to invite, by address or from the expressions of interest; show who gets a mail; send."""
    call = get_object_or_404(Call.objects.select_related("follows"), slug=slug)
    form = InviteForm(request.POST or None, choices=_choices(request, call))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "applications/staff/invite.html", {"call": call, "form": form}, status=status)
    guests = _guests(request, call, form)
    if "send" not in request.POST:
        fit, skipped = inviting.preview(call, guests, request.user)
        context = {"call": call, "form": form, "fit": fit, "skipped": skipped}
        return render(request, "applications/staff/invite_preview.html", context)
    return _send(request, call, guests)


def _send(request: SignedInRequest, call: Call, guests: list[Guest]) -> HttpResponse:
    try:
        sent = inviting.invite(call=call, guests=guests, by=request.user)
    except WrongState as refusal:
        messages.error(request, refusal.message)
        return redirect("manage_apply:invitations", call.slug)
    number = len(sent)
    words = ngettext("%(number)s person is invited.", "%(number)s people are invited.", number)
    messages.success(request, words % {"number": number})
    return redirect("manage_apply:invitations", call.slug)


def _invitable(request: SignedInRequest, call: Call) -> Any:
    """Return the expressions of interest that the person may take on and that nobody was invited from."""
    if call.follows_id is None:
        return Application.objects.none()
    found = Application.objects.visible_to_fund(request.user).filter(call=call.follows_id, state__in=INVITABLE)
    taken = call.invitations.filter(withdrawn_at=None, application__isnull=False).values("application")
    return found.exclude(pk__in=taken).order_by("reference")


def _choices(request: SignedInRequest, call: Call) -> list[tuple[int, str]]:
    found = _invitable(request, call)[:MOST_AT_ONCE]
    return [(each.pk, f"{each.reference} {each.title} · {each.wording.staff}") for each in found]


def _guests(request: SignedInRequest, call: Call, form: InviteForm) -> list[Guest]:
    chosen = _invitable(request, call).filter(pk__in=form.cleaned_data["applications"])
    return [*inviting.owners_of(chosen), *inviting.typed_guests(form.cleaned_data["people"])][:MOST_AT_ONCE]


@login_required
@run_calls
@require_POST
def withdraw_invitation(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back that was not used."""
    rows = CallInvitation.objects.visible_to(request.user).select_related("call")
    invitation = get_object_or_404(rows, call__slug=slug, pk=pk)
    try:
        inviting.withdraw(invitation=invitation, by=request.user)
    except WrongState as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("The invitation is withdrawn, and the person is being told."))
    return redirect("manage_apply:invitations", slug)


@login_required
@require_POST
def decline_call(request: SignedInRequest, pk: int) -> HttpResponse:
    """Turn an invitation to a call down."""
    invitation = get_object_or_404(CallInvitation.objects.of(request.user), pk=pk)
    inviting.decline(invitation=invitation, by=request.user)
    messages.success(request, _("You declined. As long as the call is open you can still start an application."))
    return redirect("apply:home")
