"""Reads amounts as spreadsheets of many countries write them, and refuses what could mean two amounts."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import money

_SPACES = re.compile("[\\s\u00a0\u2007\u2009\u202f'\u2019]")
_GROUPS = {
    ",": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+"),
    ".": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})*,\d{3}"),
}
"""Whole numbers in groups, by the mark that stands before the decimals where people group so; India groups by two."""
_TWO_READINGS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""One thousand five hundred in one country, one and a half in another. With a comma it is what our own pages write."""
_SIGN = "[$\u00a3\u00a5\u20a0-\u20cf]"
_AMOUNT = re.compile(rf"(?:[A-Z]{{3}}|[A-Z]{{0,2}}{_SIGN})?([0-9.,]+)(?:[A-Z]{{3}}|{_SIGN})?")
"""What of a table's texts is an amount: descriptions have points and commas, too, that say nothing of amounts."""
NOTHING = frozenset({"", "-", "\u2013", "\u2014"})


def decimal_mark(texts: Iterable[str]) -> str:
    """Return the mark before the decimals, if the amounts of one table tell it without contradiction, else nothing."""
    amounts = (match[1] for text in texts if (match := _AMOUNT.fullmatch(_cleaned(text))))
    found = {mark for amount in amounts if (mark := _told(amount))}
    return found.pop() if len(found) == 1 else ""


def read(text: str, currency: str, mark: str = "") -> Decimal | None:
    """Read an amount, None where nothing stands; `mark` is what stands before the decimals if that is known.

    ValidationError says what cannot be read, or what could be two amounts.
    """
    cleaned = _cleaned(_without_currency(text, currency))
    if cleaned in NOTHING:
        return None
    if cleaned.startswith(("-", "\u2212", "(")):
        raise ValidationError(_("“%(text)s” is negative. Write amounts without a minus sign.") % {"text": text.strip()})
    told = mark or _told(cleaned)
    if not told and money.minor_units(currency) < 3 and _TWO_READINGS.fullmatch(cleaned):
        raise ValidationError(_ambiguous(text, cleaned))
    amount = Decimal(_plain(cleaned, text, told))
    money.check_amount(amount, currency)
    return amount


def _plain(cleaned: str, text: str, mark: str) -> str:
    """Return the digits with a full stop before the decimals."""
    for decimal in (mark,) if mark else (".", ","):
        other = "," if decimal == "." else "."
        if _GROUPS[decimal].fullmatch(cleaned):
            return cleaned.replace(other, "")
        if re.fullmatch(rf"\d+|\d*{re.escape(decimal)}\d+|\d+{re.escape(decimal)}", cleaned):
            return cleaned.replace(decimal, ".")
        if re.fullmatch(rf"(?:{_GROUPS[decimal].pattern}){re.escape(decimal)}\d+", cleaned):
            return cleaned.replace(other, "").replace(decimal, ".")
    raise ValidationError(
        _("“%(text)s” is not an amount. Write it in figures, such as 12,500.") % {"text": text.strip()[:40]}
    )


def _ambiguous(text: str, cleaned: str) -> str:
    whole, part = cleaned.split(".")
    return _("“%(text)s” can be %(large)s or %(small)s. Write it without the point, or with two decimals.") % {
        "text": text.strip(), "large": f"{int(whole + part):,}", "small": f"{int(whole)}.{part.rstrip('0') or '0'}",
    }  # fmt: skip


def _told(cleaned: str) -> str:
    """Return the mark before the decimals if this amount alone tells it: the last of two kinds, or one with few digits."""
    marks = [each for each in cleaned if each in ".,"]
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return marks[-1] if marks.count(marks[-1]) == 1 and cleaned.rfind(marks[-1]) > cleaned.rfind(marks[0]) else ""
    if len(marks) > 1:
        return "." if marks[0] == "," else ","
    return marks[0] if len(cleaned.rpartition(marks[0])[2]) in (1, 2) else ""


def _without_currency(text: str, currency: str) -> str:
    letters = "".join(each for each in text if each.isalpha() or unicodedata.category(each) == "Sc")
    if letters and letters.upper() not in {currency, *_SIGNS.get(currency, ())}:
        raise ValidationError(
            _("“%(text)s” is not an amount in %(currency)s. Write it in figures, such as 12,500.")
            % {"text": text.strip()[:40], "currency": currency}
        )
    return "".join(each for each in text if each not in letters)


_SIGNS = {"USD": ("$", "US$"), "EUR": ("€",), "GBP": ("£",), "JPY": ("¥",), "INR": ("₹",), "NGN": ("₦",), "KRW": ("₩",)}


def _cleaned(text: str) -> str:
    """Return the amount without spaces, with European digits and marks."""
    digits = (str(unicodedata.decimal(each, each)) for each in _SPACES.sub("", text))
    return "".join(digits).replace("\u066b", ".").replace("\u066c", ",")
