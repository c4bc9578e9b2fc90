"""What a panel member says about themselves: the terms, their interests, the closing certificate."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.states import WrongState
from core.web.requests import SignedInRequest, number_in
from reviews import ties_shown
from reviews.actions import interests as declaring
from reviews.actions import undertaking as actions
from reviews.duties import must_serve
from reviews.models import Assignment, InterestDeclaration, PanelMember, Undertaking
from reviews.panel_forms import InterestFormSet, NothingForm, first_rows


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the terms of a panel to its member, and take their acceptance."""
    member = _own_place(request, pk)
    if request.method == "POST":
        version = number_in(request.POST.get("version", "")) or 0
        try:
            actions.accept_terms(member=member, version=version, by=request.user)
        except WrongState as refusal:
            messages.error(request, str(refusal))
            return redirect("review:terms", pk)
        messages.success(request, _("Thank you. Your queue is open."))
        return redirect("review:queue")
    return render(request, "reviews/reviewer/terms.html", {"member": member, "call": member.call})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what the closing certificate says and of what, and take it."""
    member = _own_place(request, pk)
    if request.method == "POST":
        actions.certify(member=member, by=request.user)
        messages.success(request, _("Thank you. Your certificate is on record."))
        return redirect("review:closing", pk)
    mine = Assignment.objects.visible_to(request.user).of(request.user).filter(member=member)
    given = Undertaking.objects.visible_to(request.user).filter(member=member, kind=Undertaking.Kind.CLOSING).first()
    context = {
        "member": member, "call": member.call, "given": given, "text": given.text if given else _(actions.CERTIFICATE),
        "reviews": list(mine.counted().select_related("application").order_by("application__reference")),
        "owed": mine.in_hand().count(), "ties": [tie for tie in ties_shown.of(request.user) if tie.call == member.call_id],
    }  # fmt: skip
    return render(request, "reviews/reviewer/closing.html", context)


def _own_place(request: SignedInRequest, pk: int) -> PanelMember:
    """Return one's own place on a panel; somebody else's that one may see is refused."""
    member = get_object_or_404(PanelMember.objects.visible_to(request.user).select_related("call", "person"), pk=pk)
    if member.person_id != request.user.pk:
        raise PermissionDenied(_("This is for the member of the panel themselves."))
    return member


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: SignedInRequest) -> HttpResponse:
    """Show a person's declaration of interests, and take the next."""
    must_serve(request.user)
    rows = InterestDeclaration.objects.filter(person=request.user).prefetch_related("interests")
    last = rows.order_by("-declared_at", "-pk").first()
    given: Any = request.POST if request.method == "POST" else None
    forms, nothing = InterestFormSet(given, initial=first_rows(last)), NothingForm(given)
    if request.method == "POST" and _declare(request, forms, nothing):
        messages.success(request, _("Thank you. We ask again in a year; tell us before if something changes."))
        return redirect("review:interests")
    is_bad = request.method == "POST"
    context = {"forms": forms, "nothing": nothing, "last": last}
    return render(request, "reviews/reviewer/interests.html", context, status=422 if is_bad else 200)


def _declare(request: SignedInRequest, forms: BaseFormSet, nothing: NothingForm) -> bool:
    """Keep what was declared, or say beside the fields why it cannot be."""
    if not (forms.is_valid() & nothing.is_valid()):
        return False
    named = [declaring.Named(row["name"], row["kind"]) for row in forms.cleaned_data if row.get("name")]
    if bool(named) == nothing.cleaned_data["nothing"]:
        problem = (
            _("You named an organisation and said that there is none. Take one of the two back.") if named
            else _("Name at least one organisation, or say that there is none.")
        )  # fmt: skip
        nothing.add_error("nothing", problem)
        return False
    try:
        declaring.declare_interests(person=request.user, interests=named, by=request.user)
    except ValidationError as error:
        nothing.add_error("nothing", error.messages)
        return False
    return True
