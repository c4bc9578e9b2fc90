"""The pages of those who hold an award: the offer, its answer, the way of the grant."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.documents.models import Document
from core.states import WrongState
from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from fund import steps
from fund.actions import awards as actions
from fund.forms import AcceptForm, DeclineForm
from fund.models import Award


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """List the awards that the person holds."""
    held = Award.objects.held_by(request.user).select_related("call").order_by("-offered_at", "-pk")
    return render(request, "fund/holder/awards.html", {"awards": held})


@login_required
@require_safe
def detail(request: SignedInRequest, number: str) -> HttpResponse:
    """Show an award: what to do next, its way, its money, its documents."""
    award = _award(request, number)
    context = {
        "award": award,
        "steps": steps.of_award(award, "applicant"),
        "documents": Document.objects.visible_to(request.user).about(award).current().order_by("-made_at"),
        "can_answer": award.can("accept", request.user) and not award.has_lapsed,
        "conditions": [each for each in award.conditions.all() if each.state == each.State.OPEN],
    }
    return render(request, "fund/holder/award.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def accept(request: SignedInRequest, number: str) -> HttpResponse:
    """Ask who signs, show all once more, and accept."""
    award = _open_offer(request, number)
    form = AcceptForm(request.POST or None, initial={"signatory": award.signatory})
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            return render(request, "fund/holder/accept_check.html", {"award": award, "form": form})
        try:
            actions.accept(award=award, by=request.user, at=request.arrived_at, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("You accepted the offer. The agreement follows."))
            return redirect("awards:detail", number)
    return render(request, "fund/holder/accept.html", {"award": award, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def decline(request: SignedInRequest, number: str) -> HttpResponse:
    """Ask for the reason, and turn the offer down."""
    award = _open_offer(request, number)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.decline(award=award, reason=reason, by=request.user, at=request.arrived_at)
        messages.success(request, _("You declined the offer. Its money goes back to the fund."))
        return redirect("awards:detail", number)
    return render(request, "fund/holder/decline.html", {"award": award, "form": form})


def _award(request: SignedInRequest, number: str) -> Award:
    held = Award.objects.held_by(request.user).select_related("call", "grantee")
    return get_object_or_404(held.prefetch_related("instalments", "progress_reports", "conditions"), number=number)


def _open_offer(request: SignedInRequest, number: str) -> Award:
    award = _award(request, number)
    if award.state != Award.State.OFFERED:
        raise WrongState(_("This offer was answered already. Open the award to see where it is."))
    if request.arrived_at > award.answer_by:
        raise WrongState(_("The time to answer this offer is over. Write to the fund if something kept you from it."))
    return award
