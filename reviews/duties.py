"""What a panel member still has to say about themselves: the answer, the terms, their interests, the certificate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.language import counted
from fund.models import Call
from reviews.calibration import cases_left
from reviews.models import Assignment, InterestDeclaration, PanelMember, Undertaking
from reviews.models.interest import HOLDS

State = PanelMember.State
CLOSES = (Call.State.IN_REVIEW, Call.State.DECIDED)


@dataclass(frozen=True)
class Duty:
    """One thing to say: what, for which panel, and where."""

    what: str
    where: str
    url: str
    button: str
    due_at: datetime | None = None


def duties_of(user: Any) -> list[Duty]:
    """Return what a person has to say about themselves on their panels, in one query."""
    places = list(_places(user))
    found = [duty for place in places if (duty := _duty(place)) is not None]
    serving = [place for place in places if place.state == State.ACCEPTED and place.call.state in Call.UNDER_WAY]
    if serving and not _holds(serving[0].declared_at):  # type: ignore[attr-defined]
        what = _("Your interests, declared once a year")
        found.append(Duty(what, _("All panels"), reverse("review:interests"), _("Declare")))
    return found


def serves(user: Any) -> bool:
    """Whether a person serves on a panel."""
    return PanelMember.objects.serving().filter(person=user).exists()


def must_serve(user: Any) -> None:
    """Refuse whoever serves on no panel."""
    if not serves(user):
        raise PermissionDenied(_("Interests are declared by people who serve on a panel."))


def terms_to_accept(user: Any) -> PanelMember | None:
    """Return the person's place whose terms they have to accept before the queue opens, if there is one."""
    places = PanelMember.objects.serving().filter(person=user, call__state__in=Call.UNDER_WAY).select_related("call")
    return next((place for place in places.order_by("pk") if not place.has_agreed), None)


def _places(user: Any) -> QuerySet[PanelMember]:
    """Read the person's places that are not declined and not paused, with what their duties follow from."""
    declared = InterestDeclaration.objects.filter(person=OuterRef("person")).order_by("-declared_at")
    closing = Undertaking.objects.filter(member=OuterRef("pk"), kind=Undertaking.Kind.CLOSING)
    rows = PanelMember.objects.filter(person=user, paused_at=None).exclude(state=State.DECLINED)
    return rows.select_related("call").annotate(
        owed=Count("assignments", filter=Q(assignments__state__in=Assignment.OWED)),
        done=Count("assignments", filter=Q(assignments__state__in=Assignment.COUNTED)),
        declared_at=Subquery(declared.values("declared_at")[:1]),
        has_certified=Exists(closing),
        cases_left=cases_left(),
        exercise_due_at=F("call__calibration__due_at"),
    ).order_by("pk")  # fmt: skip


def _duty(place: Any) -> Duty | None:
    call = place.call
    if place.state == State.INVITED:
        url = reverse("review:invitation", args=[place.pk])
        return Duty(_("Panel invitation to answer"), call.title, url, _("Answer"))
    if call.state in Call.UNDER_WAY and not place.has_agreed:
        return Duty(_("Terms of the panel to accept"), call.title, reverse("review:terms", args=[place.pk]), _("Read"))
    if place.done and not place.owed and not place.has_certified and call.state in CLOSES:
        url = reverse("review:closing", args=[place.pk])
        return Duty(_("Closing certificate to give"), call.title, url, _("Give"))
    if call.state in Call.UNDER_WAY and place.cases_left and (place.owed or not place.done):
        what = counted(
            "%(number)s sample application to score", "%(number)s sample applications to score", place.cases_left
        )
        url = reverse("review:calibration", args=[call.slug])
        return Duty(what, call.title, url, _("Score"), place.exercise_due_at)
    return None


def _holds(declared_at: datetime | None) -> bool:
    return declared_at is not None and declared_at > clock.now() - HOLDS
