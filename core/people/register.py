"""Finding an organisation in our own register, by its ROR id or its name; nothing is asked of anybody else."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.people.identifiers import check_ror, ror_in
from core.people.models import Organisation

MOST_SUGGESTIONS = 10
LEAST_CHARACTERS = 2


def organisation_named(text: str) -> Organisation | None:
    """Return the organisation that a person names, by its ROR id or its exact name."""
    ror = ror_in(text)
    found = Organisation.objects.filter(ror=ror).first() if ror else None
    return found or Organisation.objects.filter(name__iexact=text.strip()).order_by("pk").first()


def check_named(text: str) -> None:
    """Refuse a ROR id that is mistyped, or that our register does not have; any name is welcome."""
    ror = ror_in(text)
    if ror is None:
        return
    check_ror(ror)
    if not Organisation.objects.filter(ror=ror).exists():
        raise ValidationError(_("Our register does not have this ROR id yet. Write the organisation’s name instead."))


def suggestions(text: str) -> list[Organisation]:
    """Return organisations whose name or ROR id fits what was typed so far."""
    text = " ".join(text.replace("\x00", " ").split())
    if len(text) < LEAST_CHARACTERS:
        return []
    key = ror_in(text) or text.lower()
    rows = Organisation.objects.filter(name__icontains=text) | Organisation.objects.filter(ror__startswith=key)
    return list(rows.order_by("name", "pk")[:MOST_SUGGESTIONS])
