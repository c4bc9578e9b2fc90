"""Exports of the reviews of a call, with the reviewers named or not, by what the asking person may do."""

import hashlib
import tempfile
from collections.abc import Iterator
from itertools import groupby

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, jobs
from core.jobs import Claim
from core.jobs.models import Batch
from core.language import lazy
from core.people.models import User
from fund.models import Call, Criterion
from reports import sheets
from reports.personal import next_copy, reader_of
from reports.sheets import Cell
from reviews import scoring
from reviews.models import Review
from reviews.standing import WITH_SCORES, weigh

KIND = "reviews-export"
NAMED = "reviews.run_panel"
"""Who runs a panel may export who wrote what; who only looks on gets the reviews without."""


@transaction.atomic
def ask_for_reviews(*, call: Call, kind: str, is_named: bool, by: User) -> Batch:
    """Order the submitted reviews of a call that one may read, as a file of one's own."""
    if kind not in sheets.KINDS:
        raise ValidationError({"kind": _("Choose XLSX or CSV.")})
    if not by.has_perm("reviews.see_panel", call):
        raise PermissionDenied(_("Only who may open the ranking exports the reviews."))
    if is_named and not by.has_perm(NAMED, call):
        raise PermissionDenied(_("Only administrators and the chair export the names of reviewers."))
    batch = jobs.open_batch(title=_("Reviews of %(call)s") % {"call": call.title}, by=by)
    audit.record("reviews:export", by=by, subject=call, kind=kind, is_named=is_named)
    jobs.put(
        KIND, batch=batch, priority=jobs.Priority.NORMAL, call=call.pk, person=by.pk, suffix=kind, is_named=is_named
    )
    return batch


@jobs.handles(KIND, lazy("Export of reviews"))
def make_review_export(claim: Claim) -> None:
    """Write the file with the rights that the person has now, and file it for them alone."""
    call = Call.objects.select_related("fund", "rubric").get(pk=claim.payload["call"])
    person = reader_of(claim)
    kind, is_named = claim.payload["suffix"], claim.payload["is_named"]
    if not person.has_perm(NAMED if is_named else "reviews.see_panel", call):
        return
    with tempfile.TemporaryFile() as file:
        with sheets.sheet_in(file, kind) as sheet:
            for row in rows_of(call, person, is_named=is_named):
                sheet.add(row)
        file.seek(0)
        with claim.filing():
            next_copy(KIND, call, person).file(
                claim, File(file), content_type=sheets.KINDS[kind],
                title=_("Reviews of %(call)s") % {"call": call.title}, name=f"reviews-{call.slug}.{kind}",
            )  # fmt: skip


def rows_of(call: Call, viewer: User, *, is_named: bool) -> Iterator[list[Cell]]:
    """Yield the heads, then every submitted review that the viewer may read, by application.

    Without names there is no group, no private comment and no time either, and the reviewers of each application
    are numbered anew, in an order that says nothing: small panels are known by less.
    """
    criteria = list(call.rubric.criteria.all())
    yield _heads(criteria, is_named=is_named)
    mine = Application.objects.visible_to_fund(viewer).filter(call=call).values("pk")
    found = Review.objects.visible_to(viewer).counted().filter(assignment__application__in=mine)
    found = found.select_related("assignment__application", "assignment__member__person").prefetch_related(WITH_SCORES)
    rows = weigh(found.order_by("assignment__application__reference", "pk"))
    for __, together in groupby(rows, key=lambda each: each.assignment.application_id):
        reviews = list(together)
        if not is_named:
            reviews.sort(key=_lot)
        for number, review in enumerate(reviews, start=1):
            yield _row(review, criteria, number, is_named=is_named)


def _lot(review: Review) -> str:
    return hashlib.sha256(f"{review.pk}:{review.revision}".encode()).hexdigest()


def _heads(criteria: list[Criterion], *, is_named: bool) -> list[Cell]:
    named = [_("Reviewer"), _("Stakeholder group")] if is_named else [_("Reviewer")]
    private = [_("For the panel only"), _("Submitted")] if is_named else []
    comments = [_("Comment: %(criterion)s") % {"criterion": each.label} for each in criteria]
    return [
        _("Reference"), _("Title"), *named, *(each.label for each in criteria), _("Weighted score"), _("Overall merit"),
        *comments, _("For the applicant"), *private,
    ]  # fmt: skip


def _row(review: Review, criteria: list[Criterion], number: int, *, is_named: bool) -> list[Cell]:
    application, member = review.assignment.application, review.assignment.member
    given = {score.criterion.key: score for score in review.scores.all()}
    who: list[Cell] = [_("Reviewer %(number)s") % {"number": number}]
    private: list[Cell] = []
    if is_named:
        who = [member.person.name, member.get_group_display()]
        private = [review.private_comment, review.submitted_at]
    return [
        str(application.reference), application.title, *who,
        *(given[each.key].word if each.key in given else "" for each in criteria),
        scoring.shown(review.weighted), review.overall,  # type: ignore[attr-defined]
        *(given[each.key].comment if each.key in given else "" for each in criteria),
        review.public_comment, *private,
    ]  # fmt: skip
