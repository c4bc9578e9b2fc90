"""The tables of a draft: budget, team, files."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions import drafts
from applications.forms import MemberForm
from applications.models import TeamMember
from applications.views.pages import Draft, next_after, open_draft, section_url, take_errors
from applications.views.sections import budget_form, keep, show
from core.forms.definition import Kind, Section
from core.states import WrongState
from core.web.requests import SignedInRequest


def _home_of(draft: Draft, kind: Kind) -> Section:
    found = draft.with_kind(kind)
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def budget(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save the budget's table, or, while it is typed, only add it up."""
    draft = open_draft(request, pk)
    home = _home_of(draft, Kind.BUDGET)
    form = budget_form(draft, request.POST)
    if request.htmx:
        stand = form.budget()
        context = draft.context(table=form, budget=stand, limits=draft.limits(stand))
        return render(request, "applications/parts/sums.html", context)
    if not form.is_valid():
        return show(request, draft, home, budget=form)
    try:
        drafts.save_budget(application=draft.application, lines=form.lines(), by=draft.user, at=request.arrived_at)
    except WrongState as refusal:
        return keep(request, draft, home.title, _typed_lines(form), refusal)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return show(request, draft, home, budget=form)
    return redirect(_after_budget(request, draft, home))


def _after_budget(request: SignedInRequest, draft: Draft, home: Section) -> str:
    if "stay" in request.POST:
        return section_url(draft, home, "#q-budget-table")
    if "back" in request.POST:
        messages.success(request, f"Saved: {home.title}.")
        return reverse("apply:detail", args=[draft.application.pk])
    return next_after(draft, home.key)


def _typed_lines(form: Any) -> list[tuple[str, str]]:
    return [
        (f"{form.categories[line['category']]}, year {line['year']}", f"{line['description']}: {line['amount']}")
        for line in form.lines()
    ]


@login_required
@require_POST
def add_member(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name a person in the team, and invite them if the owner says so."""
    draft = open_draft(request, pk)
    home = _home_of(draft, Kind.TEAM)
    form = MemberForm(request.POST, invites=draft.is_owner)
    if form.is_valid():
        try:
            member = drafts.add_member(application=draft.application, by=draft.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            sent = f" An invitation went to {member.email}." if member.is_invited else ""
            messages.success(request, f"{member.name} is in the team.{sent}")
            return redirect(section_url(draft, home))
    return show(request, draft, home, member=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    """Change what is said of a person of the team."""
    draft = open_draft(request, pk)
    home = _home_of(draft, Kind.TEAM)
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
            messages.success(request, f"Saved: {found.name}.")
            return redirect(section_url(draft, home))
    return render(request, "applications/member.html", draft.context(form=form, member=found, section=home))


@login_required
@require_POST
def remove_member(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    """Take a person out of the team."""
    draft = open_draft(request, pk)
    home = _home_of(draft, Kind.TEAM)
    found = get_object_or_404(TeamMember, pk=member_pk, application=draft.application)
    drafts.remove_member(application=draft.application, member=found, by=draft.user)
    if found.user_id == draft.user.pk:
        messages.success(request, "You left the team.")
        return redirect("apply:home")
    messages.success(request, f"{found.name} is no longer in the team.")
    return redirect(section_url(draft, home))


@login_required
@require_POST
def answer_invitation(request: SignedInRequest, member_pk: int) -> HttpResponse:
    """Join a team, or decline."""
    user = request.user
    found = get_object_or_404(TeamMember.objects.invitations_of(user), pk=member_pk)
    if "decline" in request.POST:
        drafts.decline(member=found, by=user)
        messages.success(request, "You declined. Your name is taken out of that draft.")
        return redirect("apply:home")
    drafts.join(member=found, by=user)
    messages.success(request, "You are in the team now.")
    return redirect("apply:detail", found.application_id)
