"""The feedback to an applicant: put together from what the reviewers wrote for them, or as it was edited and approved."""

from collections import defaultdict

from applications.models import Application
from reviews.models import Feedback, Review, Score

OVERALL = "Overall"


def composed(application: Application) -> list[list[str]]:
    """Gather the public comments per criterion, without who wrote them; the overall ones come last."""
    counted = Review.objects.counted().filter(assignment__application=application).order_by("assignment")
    texts: dict[str, list[str]] = defaultdict(list)
    rows = Score.objects.filter(review__in=counted).exclude(comment="")
    for label, comment in rows.order_by("criterion__position", "review").values_list("criterion__label", "comment"):
        texts[label].append(comment.strip())
    overall = [each.public_comment.strip() for each in counted if each.public_comment.strip()]
    if overall:
        texts[OVERALL] = overall
    return [[label, "\n\n".join(comments)] for label, comments in texts.items()]


def told(application: Application) -> list[list[str]]:
    """Return what the applicant is told: the approved feedback, or the comments as they are if nobody edited them."""
    feedback = Feedback.objects.filter(application=application).first()
    if feedback is None:
        return composed(application)
    return [[label, text] for label, text in feedback.parts if text.strip()] if feedback.approved_at else []
