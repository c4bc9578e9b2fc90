"""Every refusal is a page with a sentence that helps, or JSON where a program asks."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework import exceptions

from core.states import WrongState
from core.web import api

pytestmark = [pytest.mark.urls("tests.core.web.addresses"), pytest.mark.django_db]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/wrong-state/", 409, "This application is at “Submitted” now."),
        ("/too-many/", 429, "You can go on in 12 seconds."),
        ("/too-large/", 413, "This is more than one request may carry."),
        ("/forbidden/", 403, "You cannot approve what you prepared."),
        ("/nothing-here/", 404, "There is nothing at this address."),
        ("/broken/%00/", 404, "There is nothing at this address."),
        ("/broken/", 500, "Nothing that was saved before is lost."),
    ],
)
def test_a_refusal_is_a_page_that_says_what_to_do(visitor: Client, address: str, status: int, sentence: str) -> None:
    response = visitor.get(address)

    assert response.status_code == status
    assert sentence in response.content.decode()
    assert "<title>" in response.content.decode()


@pytest.mark.parametrize("address", ["/wrong-state/", "/too-many/", "/forbidden/", "/nothing-here/", "/broken/"])
def test_a_refusal_is_json_where_a_program_asks(visitor: Client, address: str) -> None:
    response = visitor.get(address, headers={"accept": "application/json"})

    assert sorted(json.loads(response.content)) == ["detail", "message"]


def test_an_unknown_address_of_the_interface_is_json_whatever_is_accepted(visitor: Client) -> None:
    response = visitor.get("/api/v1/nothing/", headers={"accept": "text/html"})

    assert (response.status_code, response["Content-Type"]) == (404, "application/json")


def test_a_limit_says_when_to_come_back(visitor: Client) -> None:
    assert visitor.get("/too-many/")["Retry-After"] == "12"


def test_a_form_without_its_token_gets_a_page_that_says_how_to_keep_the_text(visitor: Client) -> None:
    response = visitor.post("/form/", {"text": "long"})

    assert response.status_code == 403
    assert "what you typed is still there" in response.content.decode()


def test_more_fields_than_allowed_are_too_large(visitor: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    visitor.cookies["csrftoken"] = "a" * 32

    response = visitor.post("/form/", {"a": 1, "b": 2, "c": 3})

    assert response.status_code == 413


def test_the_page_of_a_broken_server_asks_nothing_of_the_database(
    visitor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        visitor.get("/broken/")


@pytest.mark.parametrize(
    ("exception", "status", "detail"),
    [
        (WrongState("Too late."), 409, {"detail": "Too late."}),
        (ValidationError({"amount": ["Too much."]}), 400, {"amount": ["Too much."]}),
        (ValidationError("Too much."), 400, {"non_field_errors": ["Too much."]}),
        (
            exceptions.ParseError("JSON parse error - Expecting value: line 1 column 1 (char 0)"),
            400,
            {
                "detail": "The body is not valid JSON: Expecting value: line 1 column 1 (char 0). "
                "Send one object in UTF-8, with double quotes round names and texts."
            },
        ),
    ],
)
def test_the_interface_answers_in_sentences(exception: Exception, status: int, detail: dict) -> None:
    response = api.answer_exception(exception, {})

    assert response is not None
    assert (response.status_code, response.data) == (status, detail)


def test_what_nobody_foresaw_is_left_to_the_server() -> None:
    assert api.answer_exception(RuntimeError(), {}) is None
