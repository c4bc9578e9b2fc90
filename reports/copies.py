"""Copies that a person orders of what their own pages show: the schedule of an award, feedback, one's own reviews."""

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, jobs
from core.jobs import Claim
from core.jobs.models import Batch
from core.language import lazy
from core.people.models import User
from fund.models import Award, Call
from reports.builders.feedback import build_feedback
from reports.builders.own_reviews import build_own_reviews
from reports.builders.payment_schedule import build_payment_schedule
from reports.personal import next_copy, reader_of
from reports.terms.feedback import feedback_terms
from reports.terms.own_reviews import own_reviews_terms
from reports.terms.payment_schedule import schedule_terms
from reports.unset import set_quietly
from reviews.models import Assignment, Decision, Review

SCHEDULE = "payment-schedule"
FEEDBACK = "review-feedback"
OWN_REVIEWS = "own-reviews"


@transaction.atomic
def order(kind: str, *, title: str, of: models.Model, by: User) -> Batch:
    """Order one's own copy of a kind about one row."""
    batch = jobs.open_batch(title=title, by=by)
    audit.record(f"{kind}:order", by=by, subject=of)
    jobs.put(kind, batch=batch, priority=jobs.Priority.NORMAL, of=of.pk, of_type=of._meta.label_lower, person=by.pk)
    return batch


def ask_for_schedule(*, award: Award, by: User) -> Batch:
    """Order one's own copy of the payment schedule of an award that one may open."""
    return order(SCHEDULE, title=_("Payment schedule of %(award)s") % {"award": award.number}, of=award, by=by)


@jobs.handles(SCHEDULE, lazy("Payment schedule"))
def make_schedule(claim: Claim) -> None:
    """Make the schedule, if its reader may still open the award."""
    person = reader_of(claim)
    rows = Award.objects.visible_to(person).select_related("fund").prefetch_related("instalments", "conditions")
    award = rows.filter(pk=claim.payload["of"]).first()
    if award is None:
        return
    copy = next_copy(SCHEDULE, award, person)
    content = set_quietly(build_payment_schedule, schedule_terms(award))
    title, name = f"Payment schedule of {award.number}: {award.title}", f"schedule-{award.number}-{copy.number}.pdf"
    with claim.filing():
        copy.file(claim, content, title=title, name=name)


def decision_told(application: Application, person: User) -> Decision | None:
    """Return the decision on one's own application, once one may know it."""
    if not application.has_outcome or application.access_of(person) == "none":
        return None
    rows = Decision.objects.visible_to(person).filter(application=application, state=Decision.State.RELEASED)
    return rows.select_related("application__call__fund").order_by("-pk").first()


def ask_for_feedback(*, application: Application, by: User) -> Batch:
    """Order one's own copy of the feedback on an application of one's own."""
    if decision_told(application, by) is None:
        raise PermissionDenied(_("There is no decision on this application yet."))
    title = _("Feedback on %(reference)s") % {"reference": application.reference}
    return order(FEEDBACK, title=title, of=application, by=by)


@jobs.handles(FEEDBACK, lazy("Review feedback"))
def make_feedback(claim: Claim) -> None:
    """Make the feedback, if its reader is still of the team and the decision is still known."""
    person = reader_of(claim)
    application = Application.objects.of_team(person).filter(pk=claim.payload["of"]).first()
    decision = decision_told(application, person) if application else None
    if application is None or decision is None:
        return
    copy = next_copy(FEEDBACK, application, person)
    content = set_quietly(build_feedback, feedback_terms(decision))
    reference = application.reference
    title, name = f"Feedback on {reference}: {application.title}", f"feedback-{reference}-{copy.number}.pdf"
    with claim.filing():
        copy.file(claim, content, title=title, name=name)


def ask_for_own_reviews(*, call: Call, by: User) -> Batch:
    """Order one's own copy of the reviews that one sent in a call."""
    if not sent_by(by, call).exists():
        raise PermissionDenied(_("You have sent no review in this call yet."))
    return order(OWN_REVIEWS, title=_("Your reviews of %(call)s") % {"call": call.title}, of=call, by=by)


def sent_by(person: User, call: Call) -> models.QuerySet[Review]:
    """Return the reviews of a call that a person sent and may still see."""
    own = Review.objects.visible_to(person).filter(assignment__member__person=person)
    return own.filter(assignment__application__call=call, assignment__state__in=Assignment.COUNTED)


@jobs.handles(OWN_REVIEWS, lazy("One’s own reviews"))
def make_own_reviews(claim: Claim) -> None:
    """Make a reviewer's copy of their reviews with what they may see now."""
    person = reader_of(claim)
    call = Call.objects.select_related("fund", "rubric").get(pk=claim.payload["of"])
    if not sent_by(person, call).exists():
        return
    copy = next_copy(OWN_REVIEWS, call, person)
    content = set_quietly(build_own_reviews, own_reviews_terms(call, reviewer=person, copy=copy.number))
    with claim.filing():
        copy.file(
            claim, content, title=f"Your reviews of {call.title}", name=f"reviews-{call.slug}-copy-{copy.number}.pdf"
        )
