"""Ordering documents that are made on request."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.models import Application
from core.web.limits import rate_limited
from core.web.requests import SignedInRequest
from fund.models import Call
from reports import sheets
from reports.books import ask_for_book, ask_for_books
from reports.exports import ask_for_export, questions_of
from reports.minutes import ask_for_minutes
from reports.rankings import ask_for_ranking_report
from reports.review_exports import ask_for_reviews
from reports.submitted import ask_for_copy
from reports.summaries import ask_for_summaries
from reviews.access import SEE, call_for
from reviews.listing import Listing
from reviews.models import Meeting
from reviews.views.staff.call import show


@login_required
@rate_limited("export", per="user")
@require_POST
def order_summary(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Order one's own copy of the summary of one application."""
    visible = Application.objects.visible_to_fund(request.user).filter(call__slug=slug)
    application = get_object_or_404(visible, reference=reference)
    batch = ask_for_summaries(applications=[application], by=request.user)
    messages.success(
        request,
        _("The summary of %(reference)s is being made. It is listed here when it is ready.") % {"reference": reference},
    )
    return redirect(batch)


@login_required
@rate_limited("export", per="user")
@require_POST
def order_copy(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Order one's own copy of a submitted application, for its team and for those who read it for the fund."""
    visible = Application.objects.visible_to(request.user).filter(call__slug=slug, current__isnull=False)
    batch = ask_for_copy(application=get_object_or_404(visible, reference=reference), by=request.user)
    messages.success(
        request,
        _("The copy of %(reference)s is being made. It is listed here when it is ready.") % {"reference": reference},
    )
    return redirect(batch)


@login_required
@rate_limited("export", per="user")
@require_POST
def order_summaries(request: SignedInRequest, slug: str) -> HttpResponse:
    """Order one's own copies of the summaries of all applications under review that one may read."""
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    visible = Application.objects.visible_to_fund(request.user).filter(call=call).under_review()
    applications = list(visible.order_by("reference"))
    if not applications:
        raise PermissionDenied(_("No application of this call is open to you, so there is nothing to summarise."))
    return redirect(ask_for_summaries(applications=applications, by=request.user))


@login_required
@rate_limited("export", per="user")
@require_POST
def order_book(request: SignedInRequest, slug: str) -> HttpResponse:
    """Order one's own copy of the panel book of a call."""
    batch = ask_for_book(call=get_object_or_404(Call.objects.visible_to(request.user), slug=slug), by=request.user)
    messages.success(request, _("The book is being made. It is listed here when it is ready."))
    return redirect(batch)


@login_required
@rate_limited("export", per="user")
@require_POST
def order_books(request: SignedInRequest, slug: str) -> HttpResponse:
    """Order a copy of the panel book for each member, which they find among their documents."""
    batch = ask_for_books(call=call_for(request, slug), by=request.user)
    messages.success(request, _("The books are being made. Each member finds their own among their documents."))
    return redirect(batch)


@login_required
@rate_limited("export", per="user")
@require_POST
def order_ranking(request: SignedInRequest, slug: str) -> HttpResponse:
    """Order one's own copy of the ranking of a call."""
    batch = ask_for_ranking_report(call=call_for(request, slug, to_post=SEE), by=request.user)
    messages.success(request, _("The report is being made. It is listed here when it is ready."))
    return redirect(batch)


@login_required
@rate_limited("export", per="user")
@require_POST
def order_minutes(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Order one's own copy of the minutes of a meeting."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), call__slug=slug, pk=pk)
    batch = ask_for_minutes(meeting=meeting, by=request.user)
    messages.success(request, _("The minutes are being made. They are listed here when they are ready."))
    return redirect(batch)


@login_required
@rate_limited("export", per="user")
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose the kind of file and the answers in it, and order what an address of the list finds."""
    call = call_for(request, slug, to_post=SEE)
    asked = QueryDict(request.POST["address"]) if "address" in request.POST else request.GET
    listing, error = Listing(call, request.user, asked), ""
    chosen = request.POST.getlist("answers")
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        try:
            batch = ask_for_export(call=call, address=listing.address, kind=kind, answers=chosen, by=request.user)
        except ValidationError as fault:
            error = " ".join(fault.messages)
        else:
            messages.success(request, _("The file is being made. It is listed here when it is ready."))
            return redirect(batch)
    context = {
        "listing": listing, "number": len(listing.keys()), "questions": questions_of(call), "chosen": chosen,
        "kinds": [kind.upper() for kind in sheets.KINDS], "error": error,
    }  # fmt: skip
    return show(request, "reports/export.html", call, context, status=422 if error else 200)


@login_required
@rate_limited("export", per="user")
@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose the kind of file and whether reviewers are named, and order the reviews of a call."""
    call, error = call_for(request, slug, to_post=SEE), ""
    if request.method == "POST":
        given = {"kind": request.POST.get("kind", ""), "is_named": request.POST.get("who") == "named"}
        try:
            batch = ask_for_reviews(call=call, by=request.user, **given)
        except ValidationError as fault:
            error = " ".join(fault.messages)
        else:
            messages.success(request, _("The file is being made. It is listed here when it is ready."))
            return redirect(batch)
    context = {"kinds": [kind.upper() for kind in sheets.KINDS], "error": error}
    return show(request, "reports/reviews.html", call, context, status=422 if error else 200)
