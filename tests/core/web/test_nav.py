"""The navigation shows what a person may see, in order, and marks where they are."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from core.web import nav

pytestmark = pytest.mark.urls("tests.core.web.addresses")


@pytest.fixture(autouse=True)
def no_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nav, "_items", [])


def request_for(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return request


def test_places_stand_in_the_order_of_their_sections() -> None:
    nav.register("Late reports", "late-reports", section="manage")
    nav.register("Start", "home", section="public")

    assert [link.label for link in nav.links_for(request_for("/"))] == ["Start", "Late reports"]


def test_a_place_that_is_not_for_this_person_is_not_shown() -> None:
    nav.register("Reports", "reports", shown=lambda user: user.is_authenticated)

    assert nav.links_for(request_for("/")) == []


def test_a_place_without_a_route_is_not_shown() -> None:
    nav.register("Nowhere", "no-such-route")

    assert nav.links_for(request_for("/")) == []


def test_the_longest_address_that_holds_the_page_is_the_present_one() -> None:
    for label, name in (("Start", "home"), ("Reports", "reports"), ("Late", "late-reports")):
        nav.register(label, name)

    marks = {path: [link.current for link in nav.links_for(request_for(path))] for path in ("/", "/reports/late/7/")}

    assert marks == {"/": ["page", "", ""], "/reports/late/7/": ["", "", "true"]}


def test_account_places_stand_by_themselves() -> None:
    nav.register("Pause", "reports", section="account")

    assert nav.links_for(request_for("/")) == []
    assert [link.label for link in nav.links_for(request_for("/"), account=True)] == ["Pause"]


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(ValueError, match="no section of the navigation"):
        nav.register("Start", "home", section="middle")
