"""The team of a draft: naming its members, changing and removing them, and answering an invitation to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions import drafts, profiles
from applications.forms import MemberForm
from applications.models import TeamMember
from applications.views.pages import Draft, open_draft, section_url
from applications.views.sections import show
from core.forms.definition import Kind, Section
from core.web.forms import take_errors
from core.web.requests import SignedInRequest


def home_of(draft: Draft, kind: Kind) -> Section:
    found = draft.with_kind(kind)
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def add_member(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name a person in the team, and invite them if the owner says so."""
    draft = open_draft(request, pk)
    home = home_of(draft, Kind.TEAM)
    form = MemberForm(request.POST, invites=draft.is_owner)
    if form.is_valid():
        try:
            member = drafts.add_member(application=draft.application, by=draft.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            words = _("%(member)s is in the team.") % {"member": member.name}
            if member.is_invited:
                words += " " + _("An invitation went to %(email)s.") % {"email": member.email}
            messages.success(request, words)
            return redirect(section_url(draft, home))
    return show(request, draft, home, member=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    """Change what is said of a person of the team."""
    draft = open_draft(request, pk)
    home = home_of(draft, Kind.TEAM)
    found = get_object_or_404(TeamMember, pk=member_pk, application=draft.application)
    if not draft.can_write:
        return redirect("apply:read", pk)
    given = {name: getattr(found, name) for name in ("name", "part", "organisation_name", "orcid")}
    form = MemberForm(request.POST or None, initial=given, is_new=False)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.change_member(member=found, by=draft.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Saved: %(found)s.") % {"found": found.name})
            return redirect(section_url(draft, home))
    accesses = [each for each in TeamMember.Access.choices if each[0] != TeamMember.Access.OWNER]
    context = draft.context(form=form, member=found, section=home, accesses=accesses)
    return render(request, "applications/member.html", context)


@login_required
@require_POST
def from_profile(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take over in the team what the person's own profile says now."""
    draft = open_draft(request, pk)
    home = home_of(draft, Kind.TEAM)
    profiles.refresh(application=draft.application, by=draft.user)
    messages.success(request, _("The team says of you what your profile says now."))
    return redirect(section_url(draft, home) if draft.can_write else reverse("apply:detail", args=[pk]))


@login_required
@require_POST
def remove_member(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    """Take a person out of the team."""
    draft = open_draft(request, pk)
    home = home_of(draft, Kind.TEAM)
    found = get_object_or_404(TeamMember, pk=member_pk, application=draft.application)
    drafts.remove_member(application=draft.application, member=found, by=draft.user)
    if found.user_id == draft.user.pk:
        messages.success(request, _("You left the team."))
        return redirect("apply:home")
    messages.success(request, _("%(found)s is no longer in the team.") % {"found": found.name})
    return redirect(section_url(draft, home))


@login_required
@require_POST
def answer_invitation(request: SignedInRequest, member_pk: int) -> HttpResponse:
    """Join a team, or decline."""
    user = request.user
    found = get_object_or_404(TeamMember.objects.invitations_of(user), pk=member_pk)
    if "decline" in request.POST:
        drafts.decline(member=found, by=user)
        messages.success(request, _("You declined. Your name is taken out of that draft."))
        return redirect("apply:home")
    drafts.join(member=found, by=user)
    messages.success(request, _("You are in the team now."))
    return redirect("apply:detail", found.application_id)
