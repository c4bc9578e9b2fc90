"""A person's place on a panel: the invitation with its answer, and what they do not want to read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.states import WrongState
from core.web.requests import SignedInRequest, number_in
from reviews.actions import panel
from reviews.models import PanelMember
from reviews.panel_forms import DelegateForm, WishForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an invitation to the person invited, and take their answer; to who accepted it, their wishes."""
    member = _own_place(request, pk)
    step = request.POST.get("answer", "")
    wishes = WishForm(request.POST if step == "wish" else None, member=member)
    delegate = DelegateForm(request.POST if step == "decline" else None, initial={"country": member.country})
    if request.method == "POST" and step != "wish" and (step == "accept" or delegate.is_valid()):
        return _answer(request, member, None if step == "accept" else delegate)
    if request.method == "POST" and wishes.is_valid():
        panel.wish(member=member, by=request.user, **wishes.cleaned_data)
        messages.success(request, _("Your wishes are kept. They hold for what is assigned from now on."))
        return redirect("review:invitation", pk)
    context = {"member": member, "call": member.call, "wishes": wishes, "delegate": delegate}
    return render(
        request, "reviews/reviewer/invitation.html", context, status=422 if wishes.errors or delegate.errors else 200
    )


def _own_place(request: SignedInRequest, pk: int) -> PanelMember:
    rows = PanelMember.objects.visible_to(request.user).select_related("call", "person")
    member = get_object_or_404(rows.prefetch_related("themes", "avoids", "call__themes"), pk=pk)
    if member.person_id != request.user.pk:
        raise PermissionDenied(_("This invitation is for somebody else."))
    return member


def _answer(request: SignedInRequest, member: PanelMember, delegate: DelegateForm | None) -> HttpResponse:
    """Accept where no delegate is asked for, else decline, and name whom they suggest."""
    accepts = delegate is None
    terms = number_in(request.POST.get("version", "")) or 0
    try:
        with transaction.atomic():
            panel.answer(member=member, accepts=accepts, terms=terms, by=request.user)
            if delegate is not None and delegate.is_given:
                panel.suggest(member=member, by=request.user, **delegate.cleaned_data)
    except WrongState as refusal:
        messages.error(request, str(refusal))
        return redirect("review:invitation", member.pk)
    messages.success(request, _("Thank you for joining.") if accepts else _("Thank you for telling us."))
    return redirect("review:queue" if accepts else "home")
