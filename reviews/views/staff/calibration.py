"""The calibration exercise for those who run the panel: its cases, who has done it, and how they scored."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.states import WrongState
from core.web.forms import take_errors
from core.web.pagination import paginate
from core.web.requests import SignedInRequest, number_in
from fund.models import Call
from reviews.access import call_for
from reviews.actions import calibrating
from reviews.calibration import may_compare, parts_of, seen_by, who_has_done
from reviews.calibration_forms import CaseForm, ExerciseForm, RemarksForm
from reviews.models import Calibration, CalibrationCase, CalibrationScore, PanelMember
from reviews.scale import NOT_APPLICABLE
from reviews.views.staff.call import show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calibration(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the cases and who has scored them; write, remove and open them."""
    call = call_for(request, slug)
    exercise = Calibration.objects.filter(call=call).first()
    step = request.POST.get("step", "")
    case_form = CaseForm(request.POST if step == "add" else None)
    terms = ExerciseForm(request.POST if step == "settle" else None, initial=_settled(exercise))
    if request.method == "POST" and (answer := _step(request, call, step, case_form, terms)):
        return answer
    cases = list(exercise.cases.all()) if exercise else []
    members = PanelMember.objects.serving().filter(call=call).select_related("person").order_by("person__name", "pk")
    page = paginate(request, members)
    context = {
        "exercise": exercise, "cases": cases, "case_form": case_form, "terms": terms, "page": page,
        "rows": who_has_done(cases, page), "is_full": len(cases) >= calibrating.MOST_CASES,
        "counts": _counts(cases), "serving": page.paginator.count,
    }  # fmt: skip
    is_bad = bool(case_form.errors or terms.errors)
    return show(request, "reviews/staff/calibration.html", call, context, status=422 if is_bad else 200)


def _settled(exercise: Calibration | None) -> dict[str, Any]:
    return {"is_required": exercise.is_required, "due_at": exercise.due_at} if exercise else {"is_required": True}


def _counts(cases: list[CalibrationCase]) -> list[tuple[CalibrationCase, int]]:
    sent = list(CalibrationScore.objects.submitted().filter(case__in=cases).values_list("case", flat=True))
    return [(case, sent.count(case.pk)) for case in cases]


def _step(
    request: SignedInRequest, call: Call, step: str, case_form: CaseForm, terms: ExerciseForm
) -> HttpResponse | None:  # fmt: skip
    """Take one step; None where the page is shown again with what is wrong."""
    form: Form = case_form if step == "add" else terms
    if step in ("add", "settle") and not form.is_valid():
        return None
    try:
        messages.success(request, _done(request, call, step, form))
    except ValidationError as error:
        take_errors(form, error)
        return None
    except WrongState as refusal:
        messages.error(request, str(refusal))
    return redirect("manage:calibration", call.slug)


def _done(request: SignedInRequest, call: Call, step: str, form: Form) -> str:
    if step == "add":
        calibrating.write_case(call=call, **form.cleaned_data, by=request.user)
        return _("The case is kept. The panel sees nothing of it yet.")
    if step == "remove":
        calibrating.remove_case(call=call, case=number_in(request.POST.get("case", "")) or 0, by=request.user)
        return _("The case is removed.")
    if step == "settle":
        calibrating.settle(call=call, **form.cleaned_data, by=request.user)
        return _("The settings are kept.")
    if step == "open":
        calibrating.open_exercise(call=call, by=request.user)
        return _("The exercise is open. The members of the panel are told by mail.")
    raise WrongState(_("This page did not understand what to do. Choose again."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show one case: to change before it is open, with the panel's scores and the remarks after."""
    call = call_for(request, slug)
    rows = CalibrationCase.objects.visible_to(request.user).filter(calibration__call=call)
    found = get_object_or_404(rows.select_related("calibration"), pk=pk)
    found.calibration.call = call
    is_open = found.calibration.opened_at is not None
    form = _case_form(found, request.POST if request.method == "POST" else None, is_open=is_open)
    if request.method == "POST" and form.is_valid() and _kept(request, found, form, is_open=is_open):
        return redirect("manage:calibration_case", slug, pk)
    compares = is_open and may_compare(found, request.user)
    seen = seen_by(found, request.user) if compares else None
    page = paginate(request, seen.given if seen else ())
    context = {
        "case": found, "exercise": found.calibration, "form": form, "parts": parts_of(found.text), "seen": seen,
        "page": page, "rows": [(each, _scores_of(each, seen)) for each in page], "compares": compares,
        "reasons": [each for each in page if each.comment.strip()],
        "sent": CalibrationScore.objects.submitted().filter(case=found).count() if is_open else 0,
    }  # fmt: skip
    return show(request, "reviews/staff/calibration_case.html", call, context, status=422 if form.errors else 200)


def _case_form(case: CalibrationCase, data: Any, *, is_open: bool) -> Form:
    if is_open:
        return RemarksForm(data, initial={"remarks": case.remarks})
    return CaseForm(data, initial={"title": case.title, "text": case.text})


def _kept(request: SignedInRequest, case: CalibrationCase, form: Form, *, is_open: bool) -> bool:
    try:
        if is_open:
            calibrating.remark(case=case, text=form.cleaned_data["remarks"], by=request.user)
        else:
            calibrating.write_case(call=case.calibration.call, case=case, **form.cleaned_data, by=request.user)
    except (ValidationError, WrongState) as refusal:
        take_errors(form, refusal)
        return False
    messages.success(request, _("The remarks are kept.") if is_open else _("The case is kept."))
    return True


def _scores_of(given: CalibrationScore, seen: Any) -> list[str]:
    """Return one member's scores in the order of the lines, as the page shows them."""
    keys = [line.key for line in seen.lines[:-1]]
    found = [given.scores.get(key) for key in keys]
    return [_("n/a") if each == NOT_APPLICABLE else str(each) for each in (*found, given.overall)]
