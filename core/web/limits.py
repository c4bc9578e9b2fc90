"""Rate limits, counted in the database's cache table, so that they hold across processes and without Redis."""

import hashlib
import math
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from core import clock

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Rate(NamedTuple):
    """So many requests in so many seconds."""

    most: int
    seconds: int


# The product's own limits on what a page does, by scope. Sign-in and sign-up have allauth's besides.
RATES = {
    "sign-in": Rate(20, 300),
    "upload": Rate(60, 600),
    "autosave": Rate(1200, 600),
    "ask": Rate(10, 3600),
    "export": Rate(30, 600),
    "preview": Rate(120, 600),
    "verify": Rate(60, 600),
    "token": Rate(20, 3600),
}


class TooMany(Exception):
    """Too many requests of one kind; `seconds` says how long until the next is welcome."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many requests. Try again in {seconds} seconds.")
        self.seconds = seconds


def limit(scope: str, key: str, most: int, seconds: int) -> None:
    """Count one request in the present window, and raise TooMany beyond `most`.

    Two requests in the same instant may count as one: this keeps floods out, it does not count money.
    """
    moment = clock.now().timestamp()
    window = math.floor(moment / seconds)
    left = max(1, math.ceil((window + 1) * seconds - moment))
    name = f"limit:{scope}:{hashlib.sha256(key.encode()).hexdigest()[:32]}:{window}"
    so_far = cache.get(name, 0)
    if so_far >= most:
        raise TooMany(left)
    cache.set(name, so_far + 1, timeout=left + 1)


def rate_limited(
    scope: str, *, per: str = "ip", methods: tuple[str, ...] = ("POST",), rate: Rate | None = None
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Limit a view `per="ip"` or `per="user"` by the rate of its scope; only the given methods count."""
    chosen = rate or RATES[scope]

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in methods:
                limit(scope, who(request, per), *chosen)
            return view(request, *args, **kwargs)

        return limited

    return decorate


def who(request: HttpRequest | Request, per: str = "user") -> str:
    """Return whom to count a request for: the account if it is asked for and there is one, else the address."""
    user = getattr(request, "user", None)
    if per == "user" and user is not None and user.is_authenticated:
        return f"user:{user.pk}"
    return f"ip:{address(request)}"


def address(request: HttpRequest | Request) -> str:
    """Return the visitor's address: from the reverse proxy's header in production, else of the connection."""
    header = settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER
    forwarded = request.META.get("HTTP_" + header.upper().replace("-", "_")) if header else None
    return str(forwarded or request.META.get("REMOTE_ADDR", ""))


def read_rate(text: str) -> Rate:
    """Read a rate such as `600/min`."""
    most, _, period = text.partition("/")
    return Rate(int(most), _SECONDS[period[0]])


class ApiThrottle(BaseThrottle):
    """One limit for the whole interface, per account or, without one, per address."""

    scope = "api"

    def __init__(self) -> None:
        self._left: int | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request, and refuse it beyond the rate."""
        try:
            limit(self.scope, who(request), *read_rate(str(api_settings.DEFAULT_THROTTLE_RATES[self.scope])))
        except TooMany as refusal:
            self._left = refusal.seconds
            return False
        return True

    def wait(self) -> float | None:
        """Return the seconds until the next request is welcome."""
        return self._left
