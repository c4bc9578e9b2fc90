"""The page on which the fund's own people order reports, and say what documents are printed on and who signs them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.documents.models import Document
from core.web.forms import take_errors
from core.web.limits import rate_limited
from core.web.requests import SignedInRequest
from fund.actions.paper import choose_paper
from fund.actions.signing import name_signatory
from fund.models import Call, Fund
from fund.signing_forms import SignatoryForm
from reports.boards import PROGRAMME, REGISTER, ask_for_programme, ask_for_register
from reports.copy_views import ordered

LATEST = 10


def _fund(request: SignedInRequest) -> Fund:
    if not request.user.is_insider:
        raise Http404
    fund = Fund.objects.order_by("pk").first()
    if fund is None:
        raise Http404
    return fund


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Offer the reports, and list one's latest."""
    return _show(request, _fund(request))


def _show(request: SignedInRequest, fund: Fund, form: SignatoryForm | None = None) -> HttpResponse:
    user = request.user
    made = Document.objects.visible_to(user).current().filter(kind__in=[PROGRAMME, REGISTER], recipient=user)
    context = {
        "fund": fund, "papers": Fund.Paper.choices, "may_choose": user.has_perm("fund.run_call"),
        "form": form or SignatoryForm(initial={"signatory": fund.signatory, "role": fund.signatory_role}),
        "documents": made.order_by("-made_at")[:LATEST],
        "calls": Call.objects.visible_to(user).filter(fund=fund).exclude(state=Call.State.DRAFT).order_by("-opens_at"),
    }  # fmt: skip
    return render(request, "reports/index.html", context, status=422 if form else 200)


@login_required
@rate_limited("export", per="user")
@require_POST
def order_programme(request: SignedInRequest) -> HttpResponse:
    """Order the report on the chosen call, or on all."""
    fund, slug = _fund(request), request.POST.get("call", "")
    of = get_object_or_404(Call.objects.visible_to(request.user), fund=fund, slug=slug) if slug else fund
    return ordered(request, ask_for_programme(of=of, by=request.user))


@login_required
@rate_limited("export", per="user")
@require_POST
def order_register(request: SignedInRequest) -> HttpResponse:
    """Order the register of awards."""
    return ordered(request, ask_for_register(fund=_fund(request), by=request.user))


@login_required
@require_POST
def paper(request: SignedInRequest) -> HttpResponse:
    """Set what documents are printed on."""
    fund = _fund(request)
    if not request.user.has_perm("fund.run_call"):
        raise PermissionDenied(_("Only a fund administrator chooses the paper."))
    try:
        choose_paper(fund=fund, paper=request.POST.get("paper", ""), by=request.user)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, _("All documents that are made from now on are set for this paper."))
    return redirect("reports:index")


@login_required
@require_POST
def signatory(request: SignedInRequest) -> HttpResponse:
    """Say who signs for the fund."""
    fund, form = _fund(request), SignatoryForm(request.POST)
    if not request.user.has_perm("fund.run_call"):
        raise PermissionDenied(_("Only a fund administrator says who signs for the fund."))
    if form.is_valid():
        try:
            name_signatory(fund=fund, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("All letters that are made from now on name who signs for the fund."))
            return redirect("reports:index")
    return _show(request, fund, form)
