"""Addresses for the tests of the page kit: its own pages, the account's, and one view for each refusal."""

from typing import NoReturn

from django import forms
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from core.states import WrongState
from core.web.limits import Rate, TooMany, rate_limited


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def wrong_state(request: HttpRequest) -> NoReturn:
    raise WrongState("This application is at “Submitted” now.")


def too_many(request: HttpRequest) -> NoReturn:
    raise TooMany(12)


def too_large(request: HttpRequest) -> NoReturn:
    raise RequestDataTooBig


def forbidden(request: HttpRequest) -> NoReturn:
    raise PermissionDenied("You cannot approve what you prepared.")


def broken(request: HttpRequest, name: str = "") -> NoReturn:
    raise RuntimeError


@csrf_protect
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(forms.Form()))


@rate_limited("test", rate=Rate(2, 60))
def limited(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [
    path("", hello, name="home"),
    path("", include("core.web.urls")),
    path("account/", include("allauth.account.urls")),
    path("wrong-state/", wrong_state),
    path("too-many/", too_many),
    path("too-large/", too_large),
    path("forbidden/", forbidden),
    path("broken/", broken),
    path("broken/<str:name>/", broken),
    path("form/", form),
    path("limited/", limited),
    path("reports/", hello, name="reports"),
    path("reports/late/", hello, name="late-reports"),
]
handler400 = "core.web.errors.bad_request"
handler403 = "core.web.errors.permission_denied"
handler404 = "core.web.errors.page_not_found"
handler500 = "core.web.errors.server_error"
handler429 = "core.web.errors.too_many_requests"
