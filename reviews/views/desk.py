"""The desk: the application beside the score form."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.models import Attachment, AttachmentPage, Inquiry, Note
from core.forms.reading import storable
from core.states import WrongState
from core.web.limits import rate_limited
from core.web.requests import SignedInRequest, number_in
from fund.models import Rubric
from reviews.actions import reviewing
from reviews.actions.reviewing import StaleReview
from reviews.desk import notes_of
from reviews.forms import ReviewForm, one_value, values_of
from reviews.models import Assignment, Review
from reviews.queue import Place, queue_of
from reviews.reading import reading_of
from reviews.standing import scores_in_order

PAGES_BESIDE = 5
"""How many pages of each file stand beside the form as pictures; all of them are a step away."""


def own_assignment(request: SignedInRequest, pk: int) -> Assignment:
    """Return one's own assignment in hand: 404 where there is none, 403 where it is visibly somebody else's."""
    rows = Assignment.objects.visible_to(request.user).filter(state__in=Assignment.QUEUE)
    rows = rows.select_related(
        "member", "application__call__rubric", "application__call__fund", "application__theme",
        "application__host", "application__current__form",
    )  # fmt: skip
    assignment = get_object_or_404(rows, pk=pk)
    if assignment.member.person_id != request.user.pk:
        raise PermissionDenied(_("This review is somebody else’s."))
    if not request.user.has_perm("reviews.do_assignment", assignment):
        raise PermissionDenied(_("Accept the terms of the panel first. Your queue leads to them."))
    return assignment


@login_required
def desk(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an application to its reviewer, with their review; take the review's draft, or its submission."""
    assignment = own_assignment(request, pk)
    if assignment.state == Assignment.State.RELEASED:
        return redirect("review:declare", pk=pk)
    if reviewing.is_held_up(assignment):
        messages.info(request, reviewing.held_up())
        return redirect("review:calibration", assignment.application.call.slug)
    review = review_of(assignment)
    if request.method == "POST":
        return _take(request, assignment, review)
    return _show(request, assignment, review, _form(assignment, review))


def review_of(assignment: Assignment) -> Review | None:
    rows = Review.objects.filter(assignment=assignment).select_related("version__form", "rubric")
    return rows.prefetch_related(scores_in_order()).first()


def _form(assignment: Assignment, review: Review | None, data: Any = None) -> ReviewForm:
    rubric = review.rubric if review else assignment.application.call.rubric
    return ReviewForm(data, rubric=rubric, criteria=rubric.criteria.all(), initial=values_of(review))


def _take(request: SignedInRequest, assignment: Assignment, review: Review | None) -> HttpResponse:
    form = _form(assignment, review, request.POST)
    if not form.is_valid():
        return _show(request, assignment, review, form)
    try:
        review = reviewing.open(assignment=assignment, by=request.user)
        reviewing.save(review=review, **form.saved_values, revision=form.cleaned_data["revision"], by=request.user)
        if "submit" in request.POST:
            reviewing.submit(assignment=assignment, by=request.user)
    except StaleReview as stale:
        return _show(request, assignment, stale.theirs, form, theirs=stale.theirs)
    except ValidationError as error:
        form.take_problems(error.message_dict)
        assignment = own_assignment(request, assignment.pk)
        return _show(request, assignment, review_of(assignment), form)
    return _go_on(request, assignment)


def _go_on(request: SignedInRequest, assignment: Assignment) -> HttpResponse:
    """Say what was done, and open the next review if that was asked for."""
    reference = assignment.application.reference
    if "submit" in request.POST:
        messages.success(
            request,
            _("Your review of %(reference)s is submitted. The others’ reviews of it are open to you.")
            % {"reference": reference},
        )
    else:
        messages.success(request, _("Your draft for %(reference)s is saved.") % {"reference": reference})
    goes_on = request.POST.get("submit") == "next" or "next" in request.POST
    place = queue_of(request.user).after(assignment) if goes_on else None
    return redirect(place.url if place else reverse("review:desk", args=[assignment.pk]))


@dataclass(frozen=True)
class Difference:
    """One field of which two versions exist."""

    label: str
    stored: str


def _differences(form: ReviewForm, theirs: Review) -> list[Difference]:
    stored = values_of(theirs)
    found = []
    for field in form:
        saved, typed = stored.get(field.name), form.cleaned_data.get(field.name)
        if field.name != "revision" and str(saved or "") != str(typed or ""):
            found.append(Difference(str(field.label), str(saved or "(empty)")))
    return found


def _show(
    request: SignedInRequest,
    assignment: Assignment,
    review: Review | None,
    form: ReviewForm,
    theirs: Review | None = None,
) -> HttpResponse:
    """Draw the desk; with a stale form, what was typed stays in it and what is stored stands beside it."""
    application = assignment.application
    is_done = assignment.state in Assignment.COUNTED
    is_blind = application.call.applicants_hidden and not is_done
    files = list(Attachment.objects.visible_to(request.user).filter(application=application))
    newer = application.current if review and review.version_id != application.current_id and not is_done else None
    queue = queue_of(request.user)
    version = review.version if review else application.current
    revision = review.revision if review else 0
    rubric = review.rubric if review else application.call.rubric
    if form.is_bound:
        form.data = {**form.data.dict(), "revision": str(revision)}  # type: ignore[attr-defined]
    context = {
        "assignment": assignment, "application": application, "call": application.call, "review": review,
        "version": version, "form": form, "revision": revision, "is_done": is_done, "is_blind": is_blind,
        "reading": reading_of(version, is_blind=is_blind, files=len(files)), "files": files,
        "position": queue.index(assignment) + 1, "queue": queue, "previous": queue.before(assignment),
        "next": queue.after(assignment), "missing": _missing(queue, assignment),
        "differences": _differences(form, theirs) if theirs else (), "is_stale": theirs is not None,
        **anchors_of(rubric), "pictured": _pictured(files), "newer": newer,
        "notes": [each for each in notes_of(application, request.user) if each.audience == Note.Audience.PANEL],
        "others": _others(request, assignment) if is_done else (),
        "inquiries": Inquiry.objects.visible_to(request.user).filter(application=application),
    }  # fmt: skip
    return render(request, "reviews/reviewer/desk.html", context, status=409 if theirs else 200)


def _pictured(files: list[Attachment]) -> list[tuple[Attachment, list[AttachmentPage]]]:
    """Return the files whose pages are drawn, with the first pages of each."""
    drawn: dict[int, list[AttachmentPage]] = {}
    rows = AttachmentPage.objects.filter(attachment__in=files, number__lte=PAGES_BESIDE).defer("text")
    for page in rows.order_by("attachment", "number"):
        drawn.setdefault(page.attachment_id, []).append(page)
    return [(file, drawn[file.pk]) for file in files if file.pk in drawn]


def anchors_of(rubric: Rubric) -> dict[str, Any]:
    """Return what a score form says of its scale."""
    return {
        "rubric": rubric, "anchors": sorted(rubric.anchors.items(), key=lambda anchor: int(anchor[0])),
        "least_word": rubric.anchors.get(str(rubric.least), ""), "most_word": rubric.anchors.get(str(rubric.most), ""),
    }  # fmt: skip


def _missing(queue: Any, assignment: Assignment) -> int:
    place: Place = queue.places[queue.index(assignment)]
    return place.asked - place.given


def _others(request: SignedInRequest, assignment: Assignment) -> list[Review]:
    """Return the others' submitted reviews, which are open once one's own is in."""
    found = Review.objects.visible_to(request.user).counted().exclude(assignment=assignment)
    found = found.filter(assignment__application=assignment.application_id)
    return list(found.select_related("assignment__member__person").prefetch_related(scores_in_order()).order_by("pk"))


@login_required
@require_POST
@rate_limited("autosave", per="user")
def autosave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save one answer as it is typed."""
    assignment = own_assignment(request, pk)
    key, value = storable(request.POST.get("key", "")), storable(request.POST.get("value", ""))
    change = one_value(key, value)
    revision = number_in(request.POST.get("revision", ""))
    if change is None or revision is None:
        return JsonResponse({"message": _("This page has changed. Reload it and try again.")}, status=400)
    try:
        review = reviewing.open(assignment=assignment, by=request.user)
        review = reviewing.save(review=review, **change, revision=revision, by=request.user)
    except StaleReview as stale:
        return _stale(stale, key, value)
    except WrongState as refusal:
        return _closed(refusal, assignment, key, value)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=400)
    return _saved(review)


def _saved(review: Review) -> JsonResponse:
    return JsonResponse({"revision": review.revision, "saved_at": review.saved_at.isoformat()})


def _closed(refusal: WrongState, assignment: Assignment, key: str, value: str) -> JsonResponse:
    """Answer that nothing can be saved any more; words that went in with the submission are not lost."""
    review = review_of(assignment)
    if review and str(values_of(review).get(key) or "") == value:
        return _saved(review)
    return JsonResponse({"message": refusal.message}, status=409)


def _stale(stale: StaleReview, key: str, value: str) -> JsonResponse:
    """Answer that another window saved in between; the same words twice are no conflict."""
    stored = str(values_of(stale.theirs).get(key) or "")
    if stored == value:
        return _saved(stale.theirs)
    answer = {"revision": stale.theirs.revision, "saved_at": stale.theirs.saved_at.isoformat()}
    return JsonResponse(answer | {"value": stored, "message": str(stale)}, status=409)
