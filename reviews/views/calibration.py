"""A member's pages of the calibration exercise: the cases, scoring one, and the panel's scores after one's own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.forms.reading import storable
from core.states import WrongState
from core.web.limits import rate_limited
from core.web.requests import SignedInRequest, number_in
from fund.models import Call
from reviews.access import own_place
from reviews.actions import calibrating
from reviews.actions.calibrating import StaleScores
from reviews.calibration import parts_of, seen_by
from reviews.forms import CalibrationForm, given_values, one_given
from reviews.models import CalibrationCase, CalibrationScore, PanelMember
from reviews.views.desk import anchors_of


@login_required
@require_safe
def exercise(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a member the cases of the exercise, and which of them they have scored."""
    member = own_place(request, slug)
    if not member.has_agreed:
        return redirect("review:terms", member.pk)
    cases = list(
        CalibrationCase.objects.opened().filter(calibration__call=member.call_id).select_related("calibration")
    )
    if not cases:
        raise Http404
    given = {each.case_id: each for each in CalibrationScore.objects.filter(member=member)}
    rows = [(case, given.get(case.pk)) for case in cases]
    left = [case for case, mine in rows if mine is None or mine.submitted_at is None]
    context = {"call": member.call, "exercise": cases[0].calibration, "rows": rows, "left": left}
    return render(request, "reviews/reviewer/calibration.html", context)


def _own_case(request: SignedInRequest, pk: int) -> tuple[CalibrationCase, PanelMember]:
    """Return an open case with one's place: 404 where the case is not to be seen, 403 where one does not serve."""
    rows = CalibrationCase.objects.visible_to(request.user).opened()
    case = get_object_or_404(rows.select_related("calibration__call__rubric"), pk=pk)
    places = PanelMember.objects.serving().filter(call=case.calibration.call_id, person=request.user)
    member = places.select_related("call", "person").first()
    if member is None or not member.has_agreed:
        raise PermissionDenied(_("The sample applications are scored by the members of the panel."))
    return case, member


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a sample application beside the form for its scores, and the panel's scores once one's own are in."""
    found, member = _own_case(request, pk)
    given = CalibrationScore.objects.filter(case=found, member=member).first()
    if given is not None and given.submitted_at is not None:
        return redirect("review:calibration_case", pk) if request.method == "POST" else _compare(request, found, given)
    if request.method == "POST":
        return _take(request, found, given)
    return _show(request, found, given, _form(found, given))


def _form(case: CalibrationCase, given: CalibrationScore | None, data: Any = None) -> CalibrationForm:
    rubric = case.calibration.call.rubric
    return CalibrationForm(data, rubric=rubric, criteria=rubric.criteria.all(), initial=given_values(given))


def _take(request: SignedInRequest, case: CalibrationCase, given: CalibrationScore | None) -> HttpResponse:
    form = _form(case, given, request.POST)
    if not form.is_valid():
        return _show(request, case, given, form)
    texts = {name: form.cleaned_data[name] for name in ("overall", "comment", "revision")}
    try:
        given = calibrating.save(case=case, scores=form.scores, **texts, by=request.user)
        if "submit" in request.POST:
            calibrating.submit(case=case, by=request.user)
    except StaleScores as stale:
        form.add_error(
            None,
            _(
                "These scores were saved from another window meanwhile. What you see is what you typed; save again to keep it."
            ),
        )
        return _show(request, case, stale.theirs, form, status=409)
    except WrongState as refusal:
        messages.error(request, str(refusal))
        return redirect("review:calibration_case", case.pk)
    except ValidationError as error:
        form.take_problems(error.message_dict)
        return _show(request, case, given, form)
    done = _("Your scores are in. This is how the panel scored it so far.")
    messages.success(request, done if "submit" in request.POST else _("Your draft is saved."))
    return redirect("review:calibration_case", case.pk)


def _around(case: CalibrationCase) -> dict[str, Any]:
    """Return what every page of a case shows of it and of its neighbours."""
    cases = list(case.calibration.cases.only("pk", "title", "calibration"))
    at = next(place for place, each in enumerate(cases) if each.pk == case.pk)
    return {
        "case": case, "call": case.calibration.call, "exercise": case.calibration, "parts": parts_of(case.text),
        "position": at + 1, "cases": cases, "next": cases[at + 1] if at + 1 < len(cases) else None,
        "previous": cases[at - 1] if at else None,
    }  # fmt: skip


def _show(
    request: SignedInRequest,
    case: CalibrationCase,
    given: CalibrationScore | None,
    form: CalibrationForm,
    status: int = 200,
) -> HttpResponse:
    rubric = case.calibration.call.rubric
    revision = given.revision if given else 0
    if form.is_bound:
        form.data = {**form.data.dict(), "revision": str(revision)}  # type: ignore[attr-defined]
    is_open = case.calibration.call.state in Call.UNDER_WAY
    context = (
        _around(case) | anchors_of(rubric) | {"form": form, "given": given, "revision": revision, "is_open": is_open}
    )
    return render(request, "reviews/reviewer/calibration_case.html", context, status=status)


def _compare(request: SignedInRequest, case: CalibrationCase, given: CalibrationScore) -> HttpResponse:
    left = CalibrationCase.objects.left_for(given.member_id).filter(calibration=case.calibration_id)
    context = _around(case) | {"given": given, "seen": seen_by(case, request.user), "left": left.first()}
    return render(request, "reviews/reviewer/calibration_seen.html", context)


@login_required
@require_POST
@rate_limited("autosave", per="user")
def autosave(request: SignedInRequest, pk: int) -> JsonResponse:
    """Save one answer as it is typed."""
    found, member = _own_case(request, pk)
    key, value = storable(request.POST.get("key", "")), storable(request.POST.get("value", ""))
    change, revision = one_given(key, value), number_in(request.POST.get("revision", ""))
    if change is None or revision is None:
        return JsonResponse({"message": _("This page has changed. Reload it and try again.")}, status=400)
    try:
        given = calibrating.save(case=found, **change, revision=revision, by=request.user)
    except StaleScores as stale:
        stored = _saved(stale.theirs) | {"value": _stored(stale.theirs, key), "message": str(stale)}
        return _unless_same(stale.theirs, key, value, stored)
    except WrongState as refusal:
        mine = CalibrationScore.objects.filter(case=found, member=member).first()
        return _unless_same(mine, key, value, {"message": refusal.message})
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=400)
    return JsonResponse(_saved(given))


def _saved(given: CalibrationScore) -> dict[str, Any]:
    return {"revision": given.revision, "saved_at": given.saved_at.isoformat()}


def _stored(given: CalibrationScore, key: str) -> str:
    return str(given_values(given).get(key) or "")


def _unless_same(given: CalibrationScore | None, key: str, value: str, refusal: dict[str, Any]) -> JsonResponse:
    """Answer that this cannot be saved, unless what is stored is the same already: from another window, or submitted."""
    if given is not None and _stored(given, key) == value:
        return JsonResponse(_saved(given))
    return JsonResponse(refusal, status=409)
