"""How letters write money, dates and lists in English."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import pycountry
from num2words import num2words

from core.money import exact, minor_units

_CURRENCY_NAMES = {
    "USD": ("US dollar", "US dollars"),
    "EUR": ("euro", "euros"),
    "GBP": ("pound sterling", "pounds sterling"),
    "CHF": ("Swiss franc", "Swiss francs"),
    "JPY": ("yen", "yen"),
    "KWD": ("Kuwaiti dinar", "Kuwaiti dinars"),
    "CAD": ("Canadian dollar", "Canadian dollars"),
    "AUD": ("Australian dollar", "Australian dollars"),
}


def money(amount: Decimal, currency: str) -> str:
    """Write an amount with its currency and all minor units: ``USD 158,700.00``."""
    return f"{currency}\u00a0{exact(amount, currency)}"


def amount_in_words(amount: Decimal, currency: str) -> str:
    """Write an amount out, with minor units as a fraction, as on a cheque."""
    words = num2words(int(amount)).replace(" and ", " ").replace(",", "")
    fraction = fraction_of(amount, currency)
    between = f" and {fraction}" if fraction else ""
    return f"{words[0].upper()}{words[1:]}{between} {_currency_name(currency, amount)}"


def fraction_of(amount: Decimal, currency: str) -> str:
    """Write the minor units of an amount as a fraction; nothing where there are none."""
    rest, digits = amount % 1, minor_units(currency)
    return f"{int(rest.scaleb(digits)):0{digits}d}/{10**digits}" if rest else ""


def _currency_name(currency: str, amount: Decimal) -> str:
    if currency in _CURRENCY_NAMES:
        return _CURRENCY_NAMES[currency][amount != 1]
    found = pycountry.currencies.get(alpha_3=currency)
    return f"{currency} ({found.name})" if found else currency


def day(when: date) -> str:
    """Write a date: ``16 December 2026``."""
    return f"{when.day}\u00a0{when:%B %Y}"


def moment(when: datetime) -> str:
    """Write a time with its zone: ``16 December 2026, 09:14 UTC``."""
    if when.tzinfo is None:
        raise ValueError("A time in a document needs its zone. Pass an aware datetime.")
    return f"{day(when)}, {when:%H:%M}\u00a0{when.tzname()}"


def period(start: date, end: date) -> str:
    """Write a period, with its length where it is whole months."""
    months = whole_months(start, end)
    length = f", {counted(months, 'month')}" if months else ""
    return f"{day(start)} to {day(end)}{length}"


def whole_months(start: date, end: date) -> int:
    """Return the length of a period in months; 0 where it is not whole months."""
    after = date.fromordinal(end.toordinal() + 1)
    return (after.year - start.year) * 12 + after.month - start.month if after.day == start.day else 0


def counted(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun: ``1 month``, ``18 months``."""
    return f"{number:,}\u00a0{noun if number == 1 else plural or noun + 's'}"


def listed(items: Sequence[str]) -> str:
    """Join items as a sentence does: ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def sentence(text: str) -> str:
    """Return a text with a full stop at its end, unless it ends a sentence already."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…。؟।" else f"{text}."
