"""Identifiers and their checks: ROR, ORCID, names of time zones."""

import re
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_ROR = re.compile(rf"0[{CROCKFORD}]{{6}}[0-9]{{2}}")
_ROR_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?ror\.org/", re.IGNORECASE)
_ROR_LIKE = re.compile(r"0[0-9a-z]{6}[0-9]{2}")
_ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")


def ror_digits(first_seven: str) -> str:
    """Return the two check digits of a ROR id: 98 − ((n·100) mod 97), n the value of its first seven characters."""
    value = 0
    for character in first_seven:
        value = value * 32 + CROCKFORD.index(character)
    return f"{98 - (value * 100) % 97:02d}"


def check_ror(ror: str) -> None:
    """Refuse a text that is not a ROR id of nine characters with right check digits."""
    if not _ROR.fullmatch(ror) or ror_digits(ror[:7]) != ror[7:]:
        raise ValidationError(
            _("“%(ror)s” is not a ROR id. Copy the nine characters after ror.org/, such as 03yrm5c26.") % {"ror": ror}
        )


def ror_in(text: str) -> str | None:
    """Return the ROR id that a text means, right or mistyped, by its address or by its look; None where it is a name."""
    typed = text.strip().lower()
    bare = _ROR_ADDRESS.sub("", typed)
    return bare if bare != typed or _ROR_LIKE.fullmatch(bare) else None


def orcid_digit(first_fifteen: str) -> str:
    """Return the check character of an ORCID iD (ISO 7064 MOD 11-2)."""
    total = 0
    for digit in first_fifteen:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def check_orcid(orcid: str) -> None:
    """Refuse a text that is not an ORCID iD with a right check character."""
    digits = orcid.replace("-", "")
    if not _ORCID.fullmatch(orcid) or orcid_digit(digits[:15]) != digits[15]:
        raise ValidationError(
            _("“%(orcid)s” is not an ORCID iD. It has four groups of four, such as 0000-0002-1825-0097.")
            % {"orcid": orcid}
        )


def check_zone(name: str) -> None:
    """Refuse a text that is not the name of a time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(
            _("“%(name)s” is not a time zone. Write one such as Europe/Oslo or UTC.") % {"name": name}
        ) from error
