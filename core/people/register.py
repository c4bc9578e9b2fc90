"""Finding an organisation in our own register, by its ROR id or its name; nothing is asked of anybody else."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.people.identifiers import check_ror
from core.people.models import Organisation

ADDRESS = re.compile(r"^(?:https?://)?ror\.org/", re.IGNORECASE)
LOOKS_LIKE_ROR = re.compile(r"0[0-9a-z]{6}[0-9]{2}", re.IGNORECASE)
MOST_SUGGESTIONS = 10
LEAST_CHARACTERS = 2


def organisation_named(text: str) -> Organisation | None:
    """Return the organisation that a person names, by its ROR id or its exact name."""
    key = ADDRESS.sub("", text.strip()).lower()
    found = Organisation.objects.filter(ror=key).first() if len(key) == 9 else None
    return found or Organisation.objects.filter(name__iexact=text.strip()).order_by("pk").first()


def check_named(text: str) -> None:
    """Refuse a ROR id that is mistyped, or that our register does not have; any name is welcome."""
    key = ADDRESS.sub("", text.strip()).lower()
    if key == text.strip().lower() and not LOOKS_LIKE_ROR.fullmatch(key):
        return
    check_ror(key)
    if not Organisation.objects.filter(ror=key).exists():
        raise ValidationError(_("Our register does not have this ROR id yet. Write the organisation’s name instead."))


def suggestions(text: str) -> list[Organisation]:
    """Return organisations whose name or ROR id fits what was typed so far."""
    text = " ".join(text.split())
    if len(text) < LEAST_CHARACTERS:
        return []
    key = ADDRESS.sub("", text).lower()
    rows = Organisation.objects.filter(name__icontains=text) | Organisation.objects.filter(ror__startswith=key)
    return list(rows.order_by("name", "pk")[:MOST_SUGGESTIONS])
