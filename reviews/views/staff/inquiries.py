"""Asking an applicant something, and what becomes of the answer."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions import asking
from applications.models import Inquiry
from core import clock
from core.web.forms import DateInput
from core.web.requests import SignedInRequest
from reviews.intake_forms import take_errors
from reviews.views.staff.application import application_of
from reviews.views.staff.call import DECIDE, call_for, has_right, show

TIME_TO_ANSWER = timedelta(days=7)


class InquiryForm(forms.Form):
    """What to ask, and until when."""

    use_required_attribute = False
    mark_optional = False

    question = forms.CharField(
        label=gettext_lazy("What do you want to know?"), max_length=asking.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The owner gets it by mail at once, and answers once. Reviewers do not see it."),
    )  # fmt: skip
    due_at = forms.DateField(label=gettext_lazy("Answer by"), widget=DateInput)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Write a question to the applicant."""
    call = call_for(request, slug, to_change=DECIDE)
    found = application_of(call, reference, request.user)
    if not has_right(request.user, DECIDE, call):
        raise PermissionDenied(_("Only fund administrators ask applicants."))
    form = InquiryForm(request.POST or None, initial={"due_at": clock.today() + TIME_TO_ANSWER})
    if request.method == "POST" and form.is_valid():
        due_at = datetime.combine(form.cleaned_data["due_at"], time(23, 59), ZoneInfo(call.zone))
        try:
            asking.ask(application=found, question=form.cleaned_data["question"], due_at=due_at, by=request.user)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The question is on its way. The answer will wait for you at home."))
            return redirect(_place(slug, reference))
    context = {"application": found, "form": form}
    return show(request, "reviews/staff/ask.html", call, context, status=422 if form.errors else 200)


STEPS = {"share": asking.share, "settle": asking.settle}


@login_required
@require_POST
def inquiry(request: SignedInRequest, slug: str, reference: str, inquiry_pk: int) -> HttpResponse:
    """Mark an answer as read, or show it to the panel."""
    call = call_for(request, slug, to_change=DECIDE)
    application = application_of(call, reference, request.user)
    found = get_object_or_404(Inquiry.objects.visible_to(request.user), pk=inquiry_pk, application=application)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    step(inquiry=found, by=request.user)
    return redirect(_place(slug, reference))


def _place(slug: str, reference: str) -> str:
    return reverse("manage:application", args=[slug, reference]) + "#questions"
