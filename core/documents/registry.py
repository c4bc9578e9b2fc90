"""Who may read which kind of document: said by the app that prints the page."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q


@dataclass(frozen=True)
class Kind:
    """One kind of document: its name in words, and for a person the condition that finds what they may read."""

    code: str
    label: str
    readable: Callable[[Any], Q]
    is_letter: bool = False
    """Whether it is issued under a number of the register; its rule then asks of nothing but the subject."""


_kinds: dict[str, Kind] = {}


def register(code: str, *, label: str, readable: Callable[[Any], Q], is_letter: bool = False) -> None:
    """Register a kind; `readable(user)` returns the condition on Document rows that the user may read."""
    _kinds[code] = Kind(code, label, readable, is_letter)


def kinds() -> list[Kind]:
    """Return all registered kinds."""
    return list(_kinds.values())


def label_of(code: str) -> str:
    """Return a kind's name in words."""
    return _kinds[code].label if code in _kinds else code


def readable_by(user: Any, *, letters_only: bool = False) -> Q:
    """Return the condition on documents, or on rows of the register, that finds all that a person may read."""
    ruled: dict[Callable[[Any], Q], list[str]] = defaultdict(list)
    for kind in _kinds.values():
        if kind.is_letter or not letters_only:
            ruled[kind.readable].append(kind.code)
    condition = Q(pk__in=[])
    for readable, codes in ruled.items():
        condition |= Q(kind__in=codes) & readable(user)
    return condition
