"""Requests with what our middleware adds to them, for the annotations of views."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from core.people.models import User


class SignedInRequest(HttpRequest):
    """The request of a person who is signed in, as views behind `login_required` get it."""

    user: User
    arrived_at: datetime
    htmx: HtmxDetails


LARGEST_KEY = 2**63 - 1
"""The largest key that a database keeps."""


def number_in(typed: str) -> int | None:
    """Return the whole number that was sent, or None; one too long to be kept is none."""
    is_one = typed.isascii() and typed.isdigit() and len(typed) < len(str(LARGEST_KEY))
    return int(typed) if is_one else None


def row_keys(typed: Iterable[str]) -> list[int]:
    """Return the keys among what a form sent; what cannot be one is left out."""
    return [int(each) for each in typed if each.isdecimal() and len(each) < len(str(LARGEST_KEY))]
