"""A review whose application has a newer version than the one that was read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.states import WrongState
from core.web.requests import SignedInRequest, number_in
from reviews.actions import reviewing
from reviews.models import Assignment
from reviews.version_changes import changes_between
from reviews.views.desk import own_assignment, review_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Compare the version that one's review is of with the newer one; a POST goes on with the newer one."""
    assignment = own_assignment(request, pk)
    review = review_of(assignment)
    newer = assignment.application.current
    if review is None or newer is None or assignment.state not in Assignment.OWED or review.version_id == newer.pk:
        return redirect("review:desk", pk=pk)
    if request.method == "POST":
        number = number_in(request.POST.get("version", "")) or 0
        try:
            reviewing.take_version(assignment=assignment, version=number, by=request.user)
        except WrongState as refusal:
            messages.error(request, str(refusal))
            return redirect("review:changes", pk=pk)
        messages.success(
            request,
            _("Your review is of version %(number)s now. Look whether your scores still hold.") % {"number": number},
        )
        return redirect("review:desk", pk=pk)
    found = changes_between(
        review.version.content, newer.content, newer.form.definition,
        is_blind=assignment.application.call.applicants_hidden,
    )  # fmt: skip
    context = {"assignment": assignment, "older": review.version, "newer": newer, "changes": found}
    return render(request, "reviews/reviewer/changes.html", context)
