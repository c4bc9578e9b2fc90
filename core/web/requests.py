"""Requests with what our middleware adds to them, for the annotations of views."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from core.people.models import User


class SignedInRequest(HttpRequest):
    """The request of a person who is signed in, as views behind `login_required` get it."""

    user: User
    arrived_at: datetime
    htmx: HtmxDetails
