"""What the panel advises on one application, written down by who runs the panel."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Application
from core.states import WrongState
from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from reviews.access import RUN, application_of, call_for
from reviews.actions import deciding
from reviews.models import Recommendation
from reviews.staff_forms import AdviceForm, advice_of
from reviews.standing import results_of
from reviews.views.staff.call import show

OPEN = (Application.State.IN_REVIEW, Application.State.RECOMMENDED)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Record what the panel advises on one application; recorded again, it replaces the advice before."""
    call = call_for(request, slug, to_see=RUN)
    application = application_of(call=call, viewer=request.user, reference=reference)
    if not request.user.has_perm("applications.recommend_application", application):
        raise PermissionDenied(
            _("Recommendations are recorded by administrators and the chair, free of ties themselves.")
        )
    before = Recommendation.objects.filter(application=application).first()
    form = AdviceForm(request.POST or None, initial=advice_of(before, application, call), application=application)
    if request.method == "POST" and form.is_valid() and _save(form, application, request):
        messages.success(request, _("The recommendation on %(reference)s is recorded.") % {"reference": reference})
        return redirect("manage:ranking", slug)
    context = {
        "application": application, "form": form, "before": before,
        "is_open": application.state in OPEN,
        "result": next((each for each in results_of(call, request.user) if each.application == application), None),
    }  # fmt: skip
    return show(request, "reviews/staff/recommendation.html", call, context)


def _save(form: AdviceForm, application: Application, request: SignedInRequest) -> bool:
    try:
        deciding.recommend(application=application, by=request.user, **form.cleaned_data)
    except (ValidationError, WrongState) as refusal:
        take_errors(form, refusal)
        return False
    return True
