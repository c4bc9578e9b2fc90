"""On which applications a member may say whether they can review them: titles and summaries, never the text."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.models import Application
from applications.models.application import ApplicationQuerySet
from applications.models.tied import SUBJECT, tied_to
from core.interests.models import Declaration
from fund.models import Call
from reviews.models import Assignment, PanelMember
from reviews.problem import TO_REVIEW
from reviews.ties import ties_of


def places_of(user: Any) -> QuerySet[PanelMember]:
    """Return a person's places on panels whose calls have something to say a word on."""
    to_review = Application.objects.filter(call=OuterRef("call"), state__in=TO_REVIEW)
    return PanelMember.objects.serving().filter(Exists(to_review), person=user, call__state__in=Call.UNDER_WAY)


def open_to(member: PanelMember) -> ApplicationQuerySet:
    """Return what a member may say a word on: nothing that they are tied to, apply with, or have had already.

    Nothing is open before the terms of the panel are accepted. What the data shows as a tie is left out before anybody
    has looked for conflicts; a ruling that it needs no action opens it.
    """
    if not member.has_agreed:
        return Application.objects.none()
    person = member.person
    had = Assignment.objects.filter(member=member).exclude(state=Assignment.State.PROPOSED)
    cleared = Declaration.objects.of(person, SUBJECT).filter(ruling=Declaration.Ruling.NO_ACTION)
    tied = {tie.application for tie in ties_of(member.call, person=person.pk)}
    found = Application.objects.filter(~Q(pk__in=tied) | Q(pk__in=cleared.values("subject")))
    found = found.filter(call=member.call_id, state__in=TO_REVIEW)
    return found.exclude(tied_to(person)).exclude(pk__in=had.values("application"))
