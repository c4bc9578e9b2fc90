"""The pages of those who run awards and keep the ledger."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.documents.models import Document
from core.interests import shut_out
from core.language import lazy
from core.people.models import User
from core.web.forms import take_errors
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund import balance, register, steps
from fund.actions import awards as actions
from fund.actions import ledger
from fund.filters import AwardFilter
from fund.forms import PledgeForm, ReasonForm, ReceiptForm, SignedForm
from fund.models import Award, AwardCondition, Contribution, Fund, LedgerEntry

see_awards = permission_required("fund.see_awards", raise_exception=True)
keep_ledger = permission_required("fund.keep_ledger", raise_exception=True)
SIMPLE = {
    "activate": (lazy("Start the award"), lazy("The first instalment becomes due."), lazy("The award has started.")),
    "suspend": (
        lazy("Suspend the award"),
        lazy("Nothing is paid and no report is expected until it goes on."),
        lazy("It is suspended."),
    ),
    "resume": (
        lazy("Let the award go on"),
        lazy("Payments and reports follow their plan again."),
        lazy("The award goes on."),
    ),
    "publish": (
        lazy("Show it on the register"),
        lazy("Title, grantee and summary are public again."),
        lazy("The register shows it."),
    ),
}


@login_required
@see_awards
@require_safe
def awards(request: HttpRequest) -> HttpResponse:
    """List the awards, filtered and sorted, with totals of what is shown."""
    visible = Award.objects.visible_to_fund(request.user).order_by("-number")
    filters = AwardFilter(request.GET, queryset=visible)
    page = paginate(request, filters.qs.select_related("grantee"))
    context = {
        "filters": filters,
        "page": page,
        "totals": register.totals_of(filters.qs),
        "sort": request.GET.get("sort", ""),
        "columns": SORTABLE,
    }
    return render(request, "fund/staff/awards.html", context)


SORTABLE = (
    ("number", lazy("Award"), ""), ("title", lazy("Project"), ""), ("grantee", lazy("Grantee"), ""), ("state", lazy("State"), ""),
    ("answer", lazy("Answer by"), ""), ("ends", lazy("Ends"), ""), ("amount", lazy("Amount"), "is-number"),
)  # fmt: skip


@login_required
@see_awards
@require_safe
def award(request: HttpRequest, number: str) -> HttpResponse:
    """Show an award: what to do next, its way, money, conditions and documents."""
    found = _award(request, number)
    allowed = found.actions_for(request.user)
    context = {
        "award": found,
        "steps": steps.of_award(found),
        "documents": Document.objects.visible_to(request.user).about(found).current().order_by("-made_at"),
        "entries": LedgerEntry.objects.visible_to(request.user).filter(award=found).order_by("entered_at", "pk"),
        "allowed": allowed,
        "runs": request.user.has_perm("fund.run_award", found),
        "open_conditions": [each for each in found.conditions.all() if each.state == AwardCondition.State.OPEN],
    }
    return render(request, "fund/staff/award.html", context)


@login_required
@see_awards
@require_http_methods(["GET", "POST"])
def award_step(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Show what a step does, and take it."""
    found = _award(request, number)
    if action not in {"sign", "withhold", *SIMPLE}:
        raise Http404
    if not request.user.has_perm("fund.run_award", found):
        raise PermissionDenied(_("You are not allowed to run this award."))
    form = _step_form(action, request)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            message = _take(found, action, request.user, form.cleaned_data if form else {})
        except ValidationError as error:
            if form is None:
                raise
            take_errors(form, error)
        else:
            messages.success(request, message)
            return redirect("manage_fund:award", number)
    label, effect, __ = SIMPLE.get(action) or OTHERS[action]
    context = {"award": found, "action": action, "label": label, "effect": effect, "form": form}
    return render(request, "fund/staff/award_step.html", context)


OTHERS = {
    "sign": (
        lazy("Record the signed agreement"),
        lazy("The grantee is told that both sides have signed."),
        lazy("The agreement is recorded."),
    ),
    "withhold": (
        lazy("Withhold it from the register"),
        lazy("The register shows the number, the amount and your reason; not the title, the grantee or the summary."),
        lazy("The register no longer shows it."),
    ),
}


@login_required
@see_awards
@require_POST
def condition(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record a condition as met, or waive it with a reason."""
    found = _award(request, number)
    row = get_object_or_404(found.conditions, pk=pk)
    met, reason = request.POST.get("outcome") != "waived", request.POST.get("reason", "")
    try:
        actions.settle_condition(condition=row, met=met, reason=reason, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The condition is met.") if met else _("The condition is waived."))
    return redirect("manage_fund:award", number)


@login_required
@see_awards
@require_safe
def finance(request: SignedInRequest) -> HttpResponse:
    """Show what came in, what is promised and what is left, with every entry."""
    entries = LedgerEntry.objects.visible_to(request.user)
    rows = entries.select_related("award", "contribution__organisation", "entered_by").order_by("-entered_at", "-pk")
    context = {
        "balance": balance.of(entries),
        # Not whether an entry is left out: that one is there would tell of an award before its release.
        "is_partial": User.objects.filter(shut_out.of_anything(request.user), pk=request.user.pk).exists(),
        "page": paginate(request, rows),
        "contributions": balance.contributions(),
        "keeps": request.user.has_perm("fund.keep_ledger"),
        "currency": Fund.objects.values_list("currency", flat=True).first() or "USD",
    }
    return render(request, "fund/staff/finance.html", context)


@login_required
@keep_ledger
@require_http_methods(["GET", "POST"])
def pledge(request: HttpRequest) -> HttpResponse:
    """Record what a company promises to pay in."""
    form = PledgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ledger.pledge(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The pledge is recorded."))
            return redirect("manage_fund:finance")
    return render(request, "fund/staff/ledger_form.html", {"form": form, "label": _("Record a pledge")})


@login_required
@keep_ledger
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Record money that arrived for a pledge."""
    contribution = get_object_or_404(Contribution.objects.select_related("fund", "organisation"), pk=pk)
    form = ReceiptForm(request.POST or None, currency=contribution.fund.currency)
    if request.method == "POST" and form.is_valid():
        try:
            ledger.receive(contribution=contribution, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The receipt is recorded."))
            return redirect("manage_fund:finance")
    context = {
        "form": form,
        "label": _("Record money from %(organisation)s") % {"organisation": contribution.organisation},
    }
    return render(request, "fund/staff/ledger_form.html", context)


@login_required
@keep_ledger
@require_http_methods(["GET", "POST"])
def reversal(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a mistaken entry by its opposite."""
    entry = get_object_or_404(LedgerEntry.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None, hint=_("What was wrong with this entry?"))
    if request.method == "POST" and form.is_valid():
        ledger.reverse(entry=entry, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The entry is reversed. Both stay in the ledger."))
        return redirect("manage_fund:finance")
    context = {"form": form, "label": _("Reverse an entry"), "entry": entry}
    return render(request, "fund/staff/ledger_form.html", context)


def _step_form(action: str, request: HttpRequest) -> SignedForm | ReasonForm | None:
    if action == "sign":
        return SignedForm(request.POST or None)
    if action == "withhold":
        return ReasonForm(request.POST or None, hint=_("The register shows it."))
    return None


def _take(award: Award, action: str, by: Any, fields: dict[str, Any]) -> str:
    take: dict[str, Callable[..., Award]] = {
        "sign": actions.sign,
        "activate": actions.activate,
        "suspend": actions.suspend,
        "resume": actions.resume,
        "withhold": actions.withhold,
        "publish": actions.publish,
    }
    take[action](award=award, by=by, **fields)
    return (SIMPLE.get(action) or OTHERS[action])[2]


def _award(request: HttpRequest, number: str) -> Award:
    visible = Award.objects.visible_to_fund(request.user).select_related("grantee", "call", "theme", "investigator")
    return get_object_or_404(visible.prefetch_related("instalments", "progress_reports", "conditions"), number=number)
