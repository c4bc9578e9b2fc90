"""Who may do what in an application: access, invitations sent again, whether editors submit, another owner."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions import drafts
from applications.models import Application, TeamMember
from applications.ownership_forms import NewOwnerForm
from applications.views.pages import Draft, open_draft, section_url
from core.forms.definition import Kind
from core.states import WrongState
from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from fund.access import run_calls


def _team_url(draft: Draft) -> str:
    return section_url(draft, draft.with_kind(Kind.TEAM) if draft.can_write else None)


def _member(draft: Draft, pk: int) -> TeamMember:
    if not draft.is_owner:
        raise PermissionDenied(_("Only the owner of an application says who may do what in it."))
    return get_object_or_404(TeamMember.objects.select_related("user"), pk=pk, application=draft.application)


@login_required
@require_POST
def access(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    """Let a person do more or less in the draft, or send their invitation again."""
    draft = open_draft(request, pk)
    found = _member(draft, member_pk)
    try:
        if "again" in request.POST:
            drafts.invite_again(member=found, by=draft.user)
            messages.success(request, _("An invitation went to %(email)s once more.") % {"email": found.email})
        else:
            changed = drafts.change_access(member=found, access=request.POST.get("access", ""), by=draft.user)
            words = {"name": changed.name, "access": changed.get_access_display()}
            messages.success(request, _("%(name)s is now: %(access)s.") % words)
    except (WrongState, ValidationError) as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(_team_url(draft))


@login_required
@require_POST
def editors(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say whether editors may submit."""
    draft = open_draft(request, pk)
    allowed = "allowed" in request.POST
    drafts.let_editors_submit(application=draft.application, allowed=allowed, by=draft.user)
    messages.success(request, _("Editors may submit now.") if allowed else _("Only you may submit now."))
    return redirect(_team_url(draft))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    """Ask once more, then make another member the owner."""
    draft = open_draft(request, pk)
    found = _member(draft, member_pk)
    if request.method == "POST":
        try:
            drafts.hand_over(member=found, by=draft.user)
        except WrongState as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("%(name)s owns the application now. You are an editor.") % {"name": found.name})
            return redirect("apply:detail", pk)
    return render(request, "applications/hand_over.html", draft.context(member=found, back=_team_url(draft)))


@login_required
@run_calls
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Give an application to another member of its team, at the fund's word."""
    rows = Application.objects.unsubmitted_for(request.user).with_owner().select_related("call__fund")
    application = get_object_or_404(rows, call__slug=slug, pk=pk)
    if not request.user.has_perm("applications.give_application", application):
        raise PermissionDenied(_("Only fund administrators who have no interest in an application change its owner."))
    form = NewOwnerForm(request.POST if request.method == "POST" else None, application=application)
    if request.method == "POST" and form.is_valid():
        try:
            owner = drafts.give_ownership(by=request.user, **form.cleaned_data)
        except (ValidationError, WrongState) as refusal:
            take_errors(form, refusal)
        else:
            messages.success(
                request, _("%(name)s owns the application now. Both are being told.") % {"name": owner.name}
            )
            return redirect(reverse("manage_apply:drafts", args=[slug]))
    context = {"call": application.call, "application": application, "form": form}
    return render(request, "applications/staff/give.html", context, status=422 if form.errors else 200)
