"""One application, with everything that the fund knows of it and this viewer may see."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applications.actions import screening
from applications.models import Application, ApplicationVersion, Attachment, Inquiry
from core.documents.models import Document
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews import scoring
from reviews.access import DECIDE, application_of, call_for, has_right
from reviews.history import history_of
from reviews.models import Assignment, Decision, DecisionBasis, Review, Score
from reviews.reading import reading_of
from reviews.standing import summed_up
from reviews.views.staff.call import show

SCREENABLE = (Application.State.SUBMITTED, Application.State.ELIGIBLE, Application.State.INELIGIBLE)


@login_required
@require_safe
def application(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show one application: its text, screening, reviews, advice, decision, documents and history."""
    call = call_for(request, slug)
    found = application_of(call=call, viewer=request.user, reference=reference, is_read=True)
    files = list(Attachment.objects.visible_to(request.user).filter(application=found))
    assignments, reviews = _assignments(found, request.user), _reviews(found, request.user)
    sum_up = summed_up(reviews)
    context = {
        "application": found, "version": found.current,
        "reading": reading_of(found.current, is_blind=found.is_veiled, files=len(files)), "files": files,
        "screenings": list(found.screenings.select_related("screened_by")),
        "assignments": assignments, "reviews": reviews, "mean": scoring.shown(sum_up.mean),
        "grid": _grid(reviews), "marks": _marks(reviews), "open_places": _open_places(call, found, assignments),
        "recommendation": getattr(found, "recommendation", None), "decisions": _decisions(found, request.user),
        "documents": _documents(found, request.user), "history": history_of(found, request.user),
        "may_screen": has_right(request.user, DECIDE, call) and found.state in SCREENABLE,
        "inquiries": list(
            Inquiry.objects.visible_to(request.user).filter(application=found).select_related("asked_by")
        ),
        "may_ask": has_right(request.user, DECIDE, call) and not found.has_outcome,
        "may_send": has_right(request.user, DECIDE, call) and _can_be_sent(call, found),
    }  # fmt: skip
    return show(request, "reviews/staff/application.html", call, context)


@login_required
@require_POST
def send_to_review(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Send one eligible application to the panel, once the review of its call has begun."""
    call = call_for(request, slug, to_post=DECIDE)
    found = application_of(call=call, viewer=request.user, reference=reference, is_read=True)
    screening.start_review(application=found, by=request.user)
    messages.success(request, _("%(reference)s is with the panel. It needs reviewers now.") % {"reference": reference})
    return redirect("manage:application", slug, reference)


def _can_be_sent(call: Call, found: Application) -> bool:
    return call.state == Call.State.IN_REVIEW and found.state == Application.State.ELIGIBLE


def _open_places(call: Call, found: Application, assignments: list[Assignment]) -> int:
    """Return how many reviews the call asks for that nobody is to write."""
    if found.state not in (Application.State.IN_REVIEW, Application.State.RECOMMENDED):
        return 0
    return max(call.reviews_each - sum(each.state in Assignment.ANY for each in assignments), 0)


def _assignments(found: Application, viewer: Any) -> list[Assignment]:
    rows = Assignment.objects.visible_to(viewer).filter(application=found)
    return list(rows.select_related("member__person").order_by("pk"))


def _reviews(found: Application, viewer: Any) -> list[Review]:
    """Return the submitted reviews that the viewer may read."""
    rows = Review.objects.visible_to(viewer).counted().filter(assignment__application=found)
    scores = Prefetch("scores", Score.objects.select_related("criterion").order_by("criterion__position"))
    return list(rows.select_related("assignment__member__person").prefetch_related(scores).order_by("pk"))


def _grid(reviews: list[Review]) -> list[tuple[Any, list[Score | None]]]:
    """Return each criterion with what each review gave it; criteria of an older rubric stand below."""
    criteria = {score.criterion_id: score.criterion for review in reviews for score in review.scores.all()}
    given = [{score.criterion_id: score for score in review.scores.all()} for review in reviews]
    return [(criterion, [row.get(key) for row in given]) for key, criterion in criteria.items()]


def _marks(reviews: list[Review]) -> list[tuple[Any, Any]]:
    """Return the weighted score and the overall merit of each review, as pages show them."""
    return [(scoring.shown(review.weighted), review.overall) for review in reviews]  # type: ignore[attr-defined]


def _decisions(found: Application, viewer: Any) -> list[Decision]:
    rows = Decision.objects.visible_to(viewer).filter(application=found).order_by("-pk")
    frozen = DecisionBasis.objects.visible_to(viewer).filter(decision=OuterRef("pk"))
    rows = rows.annotate(has_basis=Exists(frozen))
    return list(rows.select_related("prepared_by", "approved_by", "release", "award")) if viewer.reads_all else []


def _documents(found: Application, viewer: Any) -> list[Document]:
    """Return what was filed about the application, its versions and its award, as far as the viewer may read it."""
    versions = ApplicationVersion.objects.filter(application=found).values("pk")
    awards = Decision.objects.filter(application=found, award__isnull=False).values("award")
    about = Q(subject_type="applications.application", subject=found.pk)
    about |= Q(subject_type="applications.applicationversion", subject__in=versions)
    about |= Q(subject_type="fund.award", subject__in=awards)
    return list(Document.objects.visible_to(viewer).current().filter(about).order_by("-made_at"))
