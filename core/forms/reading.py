"""Reads one text as a person typed it: a number, a date, an identifier. Strict, so that nothing is read wrongly."""

import re
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.people.identifiers import check_orcid, check_ror, ror_in
from core.words import with_known_signs

# Commas and spaces stand between thousands only (also 1,20,000): “12,5” would else be read as 125.
_NUMBER = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}([, \u00a0\u202f][0-9]{2,3})*[, \u00a0\u202f][0-9]{3})(\.[0-9]+)?")
_BETWEEN_THOUSANDS = re.compile(r"[, \u00a0\u202f]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ORCID_ADDRESS = re.compile(r"(https?://)?(www\.)?orcid\.org/", re.IGNORECASE)
LONGEST_NUMBER = 40


def storable(text: str) -> str:
    """Return a text without what no database keeps, and with signs that others can read, too."""
    return with_known_signs(_kept(text))


def _kept(text: str) -> str:
    """Leave out what no database keeps: the null character, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def is_storable(text: str) -> bool:
    """Whether every character of a text can be kept."""
    return _kept(text) == text


def read_number(text: str) -> Decimal:
    """Read a number in figures, with a point before decimals."""
    found = text.strip()
    if not _NUMBER.fullmatch(found) or len(found) > LONGEST_NUMBER:
        raise ValidationError(_("Write a number in figures, such as 12."))
    number = Decimal(_BETWEEN_THOUSANDS.sub("", found))
    if abs(number) >= 10**15:
        raise ValidationError(_("Write a number in figures, such as 12."))
    return number


def read_date(text: str) -> date:
    """Read a date as year-month-day."""
    found = text.strip()
    try:
        if _DATE.fullmatch(found):
            return date.fromisoformat(found)
    except ValueError:
        pass
    raise ValidationError(_("Write a date as year-month-day, such as 2027-06-01."))


def read_orcid(text: str) -> str:
    """Read an ORCID iD, or its address, and return the iD."""
    found = _ORCID_ADDRESS.sub("", text.strip(), count=1).upper()
    check_orcid(found)
    return found


def read_organisation(text: str) -> str:
    """Return the name of an organisation, or its ROR id where that is what it looks like."""
    ror = ror_in(text)
    if ror is None:
        return text.strip()
    check_ror(ror)
    return ror
