"""What a reviewer's copy of their own reviews of a call says."""

from core import clock
from core.people.models import User
from fund.models import Call
from reports.builders.application_summary import Copy
from reports.builders.own_reviews import OwnReview, OwnReviewsTerms, ScoreGiven
from reports.terms.issuing import issue_of
from reviews.models import Review
from reviews.standing import WITH_SCORES


def own_reviews_terms(call: Call, *, reviewer: User, copy: int) -> OwnReviewsTerms:
    """Gather what the reviewer sent and may still see: nothing of what they are recused from by now."""
    sent = Review.objects.visible_to(reviewer).counted()
    own = sent.filter(assignment__member__person=reviewer, assignment__application__call=call)
    rows = own.select_related("assignment__application", "version").prefetch_related(WITH_SCORES)
    return OwnReviewsTerms(
        issue=issue_of(call.fund), copy=Copy(copy, reviewer.name, clock.now()), call=call.title,
        scale=f"{call.rubric.least} to {call.rubric.most}",
        reviews=tuple(_review(each) for each in rows.order_by("assignment__application__reference")),
    )  # fmt: skip


def _review(review: Review) -> OwnReview:
    application = review.assignment.application
    scores = sorted(review.scores.all(), key=lambda score: score.criterion.position)
    return OwnReview(
        reference=str(application.reference), title=application.title,
        sent_at=review.submitted_at or review.saved_at, version=review.version.number,
        scores=tuple(ScoreGiven(each.criterion.label, each.word, each.comment) for each in scores),
        overall="" if review.overall is None else str(review.overall),
        to_applicant=review.public_comment, to_panel=review.private_comment,
    )  # fmt: skip
