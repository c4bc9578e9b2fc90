"""Who may answer a complaint about a decision: nobody judges again what they prepared or approved themselves."""

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from applications.ties import people_tied_to
from core.people.models import Role, User
from reviews.models import Assignment, Decision, DecisionInquiry
from reviews.models.afterwards import DecisionInquiryQuerySet

STUCK = "stuck"


def answerers_of(inquiry: DecisionInquiry) -> list[User]:
    """Return the administrators who may answer a complaint, by name."""
    return list(_free_administrators(inquiry.application_id, inquiry.asked_at).order_by("name", "pk"))


def is_decided_by(inquiry: DecisionInquiry, user: User) -> bool:
    """Whether the person prepared or approved what it is about."""
    return _decided(inquiry.application_id, inquiry.asked_at).filter(_by(user.pk)).exists()


def waiting_for(user: Any, inquiries: DecisionInquiryQuerySet) -> QuerySet:
    """Keep what waits for this person, with `how`: a question, a complaint, or one that nobody may answer."""
    mine = _decided(OuterRef("application"), OuterRef("asked_at")).filter(_by(user.pk))
    others = _free_administrators(OuterRef(OuterRef("application")), OuterRef(OuterRef("asked_at")))
    is_barred = Q(kind=DecisionInquiry.Kind.COMPLAINT) & Q(Exists(mine))
    how = Case(When(is_barred, then=Value(STUCK)), default="kind", output_field=CharField())
    return inquiries.annotate(how=how).exclude(is_barred & Q(Exists(others)))


def _decided(application: Any, asked_at: Any) -> QuerySet:
    """Return the decisions that the applicant knew when they wrote, also those replaced since."""
    return Decision.objects.filter(application=application, release__visible_at__lte=asked_at)


def _by(user: Any) -> Q:
    return Q(prepared_by=user) | Q(approved_by=user)


def _free_administrators(application: Any, asked_at: Any) -> QuerySet[User]:
    """Return the administrators who neither decided nor are tied to the application, nor owe a review of it."""
    decided = _decided(application, asked_at)
    owed = Assignment.objects.filter(
        application=application, state__in=[Assignment.State.PROPOSED, *Assignment.OWED]
    ).values("member__person")
    grants = {"grants__role": Role.ADMINISTRATOR, "grants__ended_at": None}
    return (
        User.objects.filter(is_active=True, **grants)
        .exclude(pk__in=decided.filter(prepared_by__isnull=False).values("prepared_by"))
        .exclude(pk__in=decided.filter(approved_by__isnull=False).values("approved_by"))
        .exclude(people_tied_to(application) | Q(pk__in=owed))
        .distinct()
    )
