"""Copies that a person orders of what their own pages show: the schedule of an award, feedback, one's own reviews."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, documents, jobs
from core.documents.models import Document
from core.jobs import Claim
from core.jobs.models import Batch
from core.people.models import User
from fund.models import Award, Call
from reports.builders.feedback import build_feedback
from reports.builders.own_reviews import build_own_reviews
from reports.builders.payment_schedule import build_payment_schedule
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


def before(kind: str, of: models.Model, person: User) -> tuple[int, Document | None]:
    """Return the number of a person's next copy, and the one whose place it takes."""
    rows = Document.objects.about(of).filter(kind=kind, recipient=person)
    return rows.count() + 1, rows.current().first()


def fields(claim: Claim, of: models.Model, person: User, former: Document | None) -> dict[str, Any]:
    """Return what a copy is filed with, whatever it says."""
    return {"subject": of, "recipient": person, "asked_by": person, "batch_id": claim.batch, "supersedes": former}


def _reader(claim: Claim) -> User:
    return User.objects.get(pk=claim.payload["person"])


def ask_for_schedule(*, award: Award, by: User) -> Batch:
    """Order one's own copy of the payment schedule of an award that one may open."""
    return order(SCHEDULE, title=_("Payment schedule of %(award)s") % {"award": award.number}, of=award, by=by)


@jobs.handles(SCHEDULE)
def make_schedule(claim: Claim) -> None:
    """Make the schedule, if its reader may still open the award."""
    person = _reader(claim)
    rows = Award.objects.visible_to(person).select_related("fund").prefetch_related("instalments", "conditions")
    award = rows.filter(pk=claim.payload["of"]).first()
    if award is None:
        return
    number, former = before(SCHEDULE, award, person)
    content = set_quietly(build_payment_schedule, schedule_terms(award))
    with claim.filing() as result:
        result["document"] = documents.file(
            SCHEDULE, content, template=f"{SCHEDULE}/1", title=f"Payment schedule of {award.number}: {award.title}",
            name=f"schedule-{award.number}-{number}.pdf", **fields(claim, award, person, former),
        ).pk  # fmt: skip


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


@jobs.handles(FEEDBACK)
def make_feedback(claim: Claim) -> None:
    """Make the feedback, if its reader is still of the team and the decision is still known."""
    person = _reader(claim)
    application = Application.objects.of_team(person).filter(pk=claim.payload["of"]).first()
    decision = decision_told(application, person) if application else None
    if application is None or decision is None:
        return
    number, former = before(FEEDBACK, application, person)
    content = set_quietly(build_feedback, feedback_terms(decision))
    with claim.filing() as result:
        result["document"] = documents.file(
            FEEDBACK, content, template=f"{FEEDBACK}/1",
            title=f"Feedback on {application.reference}: {application.title}",
            name=f"feedback-{application.reference}-{number}.pdf", **fields(claim, application, person, former),
        ).pk  # fmt: skip


def ask_for_own_reviews(*, call: Call, by: User) -> Batch:
    """Order one's own copy of the reviews that one sent in a call."""
    if not sent_by(by, call).exists():
        raise PermissionDenied(_("You have sent no review in this call yet."))
    return order(OWN_REVIEWS, title=_("Your reviews of %(call)s") % {"call": call.title}, of=call, by=by)


def sent_by(person: User, call: Call) -> models.QuerySet[Review]:
    """Return the reviews of a call that a person sent and may still see."""
    own = Review.objects.visible_to(person).filter(assignment__member__person=person)
    return own.filter(assignment__application__call=call, assignment__state__in=Assignment.COUNTED)


@jobs.handles(OWN_REVIEWS)
def make_own_reviews(claim: Claim) -> None:
    """Make a reviewer's copy of their reviews with what they may see now."""
    person = _reader(claim)
    call = Call.objects.select_related("fund", "rubric").get(pk=claim.payload["of"])
    if not sent_by(person, call).exists():
        return
    number, former = before(OWN_REVIEWS, call, person)
    content = set_quietly(build_own_reviews, own_reviews_terms(call, reviewer=person, copy=number))
    with claim.filing() as result:
        result["document"] = documents.file(
            OWN_REVIEWS, content, template=f"{OWN_REVIEWS}/1", title=f"Your reviews of {call.title}",
            name=f"reviews-{call.slug}-copy-{number}.pdf", **fields(claim, call, person, former),
        ).pk  # fmt: skip
