"""Amounts of money: Decimal, one currency each, in that currency's minor units (ISO 4217)."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

import pycountry
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

__all__ = ["CurrencyField", "MoneyField", "check_amount", "exact", "figures", "minor_units", "parse"]

_THOUSANDS = re.compile(r"(?<=[0-9]),(?=([0-9]{2},)*[0-9]{3}(?![0-9]))")

# ISO 4217 minor units that differ from two; the codes themselves come from pycountry.
_ZERO = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
_THREE = frozenset("BHD IQD JOD KWD LYD OMR TND".split())


def minor_units(currency: str) -> int:
    """Return how many decimals the currency has: 2 for USD, 0 for JPY, 3 for KWD."""
    if currency in _ZERO:
        return 0
    return 3 if currency in _THREE else 2


def exact(amount: Decimal, currency: str) -> str:
    """Write an amount with thousands separators and all its minor units: 158,700.00."""
    return f"{amount.quantize(_unit(currency), ROUND_HALF_UP):,}"


def plain(amount: Decimal, currency: str) -> str:
    """Write an amount for programs: all its minor units, no separators: 158700.00."""
    return f"{amount.quantize(_unit(currency), ROUND_HALF_UP):f}"


def figures(amount: Decimal, currency: str) -> str:
    """Write an amount with its minor units only where it has some: 158,700 or 158,700.50."""
    if amount == amount.to_integral_value():
        return f"{int(amount):,}"
    return exact(amount, currency)


def parse(text: str, currency: str) -> Decimal:
    """Read an amount that a person typed, or raise ValidationError with the way to mend it."""
    cleaned = text.strip().removeprefix(currency).replace(" ", "").replace("\u202f", "").replace("\xa0", "")
    try:
        # A comma before other than three digits is a decimal one somewhere: “12,5” is not 125.
        amount = Decimal(_THOUSANDS.sub("", cleaned))
    except InvalidOperation:
        raise ValidationError(
            _("“%(text)s” is not an amount. Write it in figures, such as 12,500.") % {"text": text}
        ) from None
    check_amount(amount, currency)
    return amount


def check_amount(amount: Decimal, currency: str) -> None:
    """Refuse an amount that is negative, not finite, too long or finer than the currency's minor unit."""
    if not amount.is_finite() or abs(amount) >= 10**14:
        raise ValidationError(_("This is not an amount that can be paid. Write it in figures, such as 12,500."))
    if amount < 0:
        raise ValidationError(_("An amount cannot be negative. Write it without the minus sign."))
    if amount != amount.quantize(_unit(currency)):
        raise ValidationError(
            _("%(currency)s has %(minor_units)s decimals. Shorten the amount to fit.")
            % {"currency": currency, "minor_units": minor_units(currency)}
        )


def _unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-minor_units(currency))


def _check_currency(code: str) -> None:
    if pycountry.currencies.get(alpha_3=code) is None:
        raise ValidationError(_("“%(code)s” is not a currency code of ISO 4217, such as USD.") % {"code": code})


class MoneyField(models.DecimalField):
    """An amount with room for every currency's minor units."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 3)
        super().__init__(*args, **kwargs)


class CurrencyField(models.CharField):
    """A currency code of ISO 4217."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 3)
        kwargs.setdefault("default", "USD")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, _check_currency]
