"""A draw that anybody can compute again: the pool and the seed, fixed and shown before, say the order.

The ticket of an application is HMAC-SHA256 with the seed as key and its reference as message, both in UTF-8, and
written in hexadecimal digits. The lowest ticket comes first.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Lot:
    """One application of the pool, and the money that it takes."""

    reference: str
    amount: Decimal


def ticket(seed: str, reference: str) -> str:
    """Give the ticket of an application."""
    return hmac.digest(seed.encode(), reference.encode(), hashlib.sha256).hex()


def draw_order(seed: str, references: Iterable[str]) -> tuple[str, ...]:
    """Put a pool in the order that the seed says, however it was written down."""
    return tuple(sorted(set(references), key=lambda reference: ticket(seed, reference)))


def fitting(lots: Iterable[Lot], money: Decimal, *, skips: bool) -> tuple[str, ...]:
    """Return who can be funded, in order, while the money lasts.

    The first that does not fit ends it, unless such ones are passed over (`skips`).
    """
    found, left = [], money
    for lot in lots:
        if lot.amount <= left:
            found.append(lot.reference)
            left -= lot.amount
        elif not skips:
            break
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw came to."""

    order: tuple[str, ...]
    funded: tuple[str, ...]


def draw(pool: Sequence[Lot], *, seed: str, money: Decimal, skips: bool) -> Drawn:
    """Draw the order of a pool, and fund in that order while the money lasts."""
    lots = {lot.reference: lot for lot in pool}
    order = draw_order(seed, lots)
    return Drawn(order, fitting((lots[reference] for reference in order), money, skips=skips))
