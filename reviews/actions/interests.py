"""The yearly declaration of interests: what ties a person to organisations, whatever they review."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.people.models import Organisation, User
from fund.models import Call
from reviews.actions import conflicts
from reviews.models import Interest, InterestDeclaration, PanelMember

MOST = 30


class Named(NamedTuple):
    """One organisation as it was typed, and what the tie is."""

    name: str
    kind: str


@transaction.atomic
def declare_interests(*, person: User, interests: Iterable[Named], by: User | None) -> InterestDeclaration:
    """Keep all interests of a person as of now, and raise the ties that follow from them in what is under way.

    An earlier declaration stays on record and no longer counts. A tie that was raised stays until it is ruled upon.
    """
    if by is not None and by.pk != person.pk:
        raise PermissionDenied(_("Interests are declared by the person who has them."))
    given = [Named(" ".join(each.name.split())[:300], each.kind) for each in interests]
    _check(given)
    declaration = InterestDeclaration.objects.create(person=person, declared_at=clock.now())
    known = _on_record([each.name for each in given])
    Interest.objects.bulk_create(
        Interest(declaration=declaration, name=each.name, kind=each.kind, organisation=known.get(each.name.casefold()))
        for each in given
    )
    audit.record("interestdeclaration:declare", by=by, subject=declaration, interests=len(given))
    if given:
        places = PanelMember.objects.serving().filter(person=person, call__state__in=Call.UNDER_WAY)
        for call in Call.objects.filter(pk__in=places.values("call")).order_by("pk"):
            conflicts.raise_by_system(call=Call.lock(call.pk))
    return declaration


def _check(given: list[Named]) -> None:
    if len(given) > MOST:
        raise ValidationError(_("Name at most 30 organisations: those with which a tie is possible here."))
    for each in given:
        if not each.name:
            raise ValidationError(_("Write the name of each organisation."))
        if each.kind not in Interest.Kind.values:
            raise ValidationError(_("Choose for each organisation what the tie is."))


def _on_record(names: list[str]) -> dict[str, Organisation]:
    """Find the organisations of these names; of two of one name the first, since either is one to look at."""
    found: dict[str, Organisation] = {}
    for name in names:
        if row := Organisation.objects.filter(name__iexact=name).order_by("pk").first():
            found[name.casefold()] = row
    return found
