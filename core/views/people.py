"""People and their roles, for administrators; auditors read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.people import actions
from core.people.filters import PersonFilter
from core.people.forms import InviteForm, RoleForm
from core.people.models import Role, RoleGrant, User
from core.states import WrongState
from core.web.pagination import paginate
from core.web.requests import SignedInRequest

see_people = permission_required("core.see_people", raise_exception=True)
give_roles = permission_required("core.give_roles", raise_exception=True)


def _with_grants() -> Prefetch:
    return Prefetch("grants", RoleGrant.objects.filter(ended_at=None), to_attr="in_force")


@login_required
@see_people
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    """List people, by name, role and organisation."""
    found = PersonFilter(request.GET, User.objects.select_related("organisation").prefetch_related(_with_grants()))
    page = paginate(request, found.qs.order_by("name", "pk"))
    return render(request, "core/people/people.html", {"filter": found, "page": page})


@login_required
@see_people
@require_safe
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one person with the roles that they have and had."""
    return _person(request, pk)


def _person(request: SignedInRequest, pk: int, form: RoleForm | None = None) -> HttpResponse:
    found = get_object_or_404(User.objects.select_related("organisation"), pk=pk)
    grants = found.grants.select_related("given_by", "ended_by").order_by("-given_at")
    context = {"person": found, "grants": grants, "form": form or RoleForm(), "roles": Role.labels}
    return render(request, "core/people/person.html", context, status=422 if form else 200)


@login_required
@give_roles
@require_POST
def change_role(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Give or take a role, with its reason."""
    found = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _person(request, pk, form)
    act = actions.give_role if step == "give" else actions.take_role
    try:
        act(user=found, by=request.user, **form.cleaned_data)
    except (WrongState, ValidationError) as error:
        form.add_error(None, getattr(error, "message", "") or str(error))
        return _person(request, pk, form)
    messages.success(request, _("The roles of %(found)s are changed.") % {"found": found})
    return redirect("manage_core:person", pk)


@login_required
@give_roles
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    """Invite a person who gets a role."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invited = actions.invite(by=request.user, **form.cleaned_data)
        messages.success(
            request, _("%(invited)s is invited. The mail with the link is on its way.") % {"invited": invited}
        )
        return redirect("manage_core:person", invited.pk)
    return render(request, "core/people/invite.html", {"form": form})
