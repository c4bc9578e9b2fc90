"""Exports of a list: the same rights as the list, nothing that a spreadsheet would run, one row in memory."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application
from core import clock
from core.documents.models import Document
from core.interests.models import Declaration
from core.jobs.work import run_all
from core.people.models import RoleGrant, User
from core.web import limits
from fund.models import Call
from reports import sheets
from reports.exports import ask_for_export
from reports.summaries import ask_for_summaries
from tests.browser import new_browser
from tests.reviews import panels

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared: None) -> Call:
    """Make the call once."""
    call = panels.make_call_in_review(applications=3)
    [first, *_] = call.applications.order_by("pk")
    panels.submit(panels.assign(first, panels.make_member(call, "Nadia")), value=5)
    Application.objects.filter(pk=first.pk).update(title="=HYPERLINK(evil)")
    return call


@pytest.fixture
def call(made: Call, db: None) -> Call:
    return deepcopy(made)


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def browser(user: User) -> Client:
        client = new_browser()
        client.force_login(user)
        return client

    return browser


def export(call: Call, by: User, **parts: object) -> Document:
    given = {"address": "sort=reference", "kind": "csv", "answers": ["summary", "host", "unknown"]} | parts
    ask_for_export(call=call, by=by, **given)
    run_all()
    return Document.objects.get(kind="applications-export", recipient=by, superseded_at=None)


def answer_to(browser: Client, document: Document) -> int:
    response = browser.get(document.get_absolute_url())
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def rows(document: Document) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(document.read().decode("utf-8-sig"))))


def test_a_csv_has_what_the_list_finds_with_scores_and_chosen_answers(call: Call, helena: User) -> None:
    found = rows(export(call, helena))

    assert [row["Reference"] for row in found] == ["IN-REVIEW-001", "IN-REVIEW-002", "IN-REVIEW-003"]
    assert [row["Score"] for row in found] == ["5.00", "", ""]
    first = found[0]
    assert (first["State"], first["Theme"], first["Amount"], first["Currency"]) == (
        "In review", "Prevention", "110000.000", "USD",
    )  # fmt: skip
    assert first["Title"] == "'=HYPERLINK(evil)"
    assert first["Host organisation"].startswith("Host ")
    assert list(first)[-2:] == ["Summary for the public", "Host organisation"]
    assert [row["Reference"] for row in rows(export(call, helena, address="q=score:>4"))] == ["IN-REVIEW-001"]


def test_an_xlsx_holds_texts_and_no_formula(call: Call, helena: User) -> None:
    document = export(call, helena, kind="xlsx")
    book = zipfile.ZipFile(io.BytesIO(document.read()))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()

    assert document.name == "applications-in-review.xlsx"
    assert document.content_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert "<f>" not in sheet
    assert "'=HYPERLINK(evil)" in sheet.replace("&apos;", "'")
    assert re.search(r"<v>110000(\.0+)?</v>", sheet)


def test_the_recused_export_no_trace_and_lose_what_they_exported_before(
    call: Call, helena: User, sign_in: Callable[[User], Client]
) -> None:
    before = export(call, helena)
    shut = call.applications.order_by("pk").first()
    at = clock.now() + timedelta(seconds=1)
    with clock.at(at):
        Declaration.objects.create(
            person=helena, subject_type="applications.application", subject=shut.pk, has_interest=True, kinds=["other"],
            declared_at=at, ruling="recused", ruled_at=at,
        )  # fmt: skip
    assert answer_to(sign_in(helena), before) == 404
    with clock.at(at + timedelta(seconds=1)):
        after = export(call, helena)

    assert [row["Reference"] for row in rows(after)] == ["IN-REVIEW-002", "IN-REVIEW-003"]
    assert answer_to(sign_in(helena), after) == 200


def test_nobody_else_reads_it_and_who_lost_the_right_gets_none(
    call: Call, helena: User, oluchi: User, sign_in: Callable[[User], Client]
) -> None:
    document = export(call, helena)

    assert answer_to(sign_in(oluchi), document) == 404
    ask_for_export(call=call, address="", kind="csv", answers=[], by=oluchi)
    for person in (helena, oluchi):
        RoleGrant.objects.filter(user=person).delete()
    run_all()
    assert not Document.objects.filter(recipient=oluchi).exists()
    assert answer_to(sign_in(User.objects.get(pk=helena.pk)), document) == 404


def test_a_chair_reads_their_export_as_long_as_they_chair(
    call: Call, chandra: User, sign_in: Callable[[User], Client]
) -> None:
    panels.make_member(call, chandra, is_chair=True)
    document = export(call, chandra)
    assert answer_to(sign_in(chandra), document) == 200

    RoleGrant.objects.filter(user=chandra).update(ended_at=clock.now())

    assert answer_to(sign_in(chandra), document) == 404


def test_who_is_given_a_review_reads_no_earlier_export_or_summary_until_theirs_is_in(
    call: Call, chandra: User, sign_in: Callable[[User], Client]
) -> None:
    chair = panels.make_member(call, chandra, is_chair=True)
    first = call.applications.order_by("pk").first()
    ask_for_summaries(applications=[first], by=chandra)
    before = export(call, chandra), Document.objects.get(kind="application-summary", recipient=chandra)
    browser = sign_in(chandra)
    assert [answer_to(browser, each) for each in before] == [200, 200]

    own = panels.assign(first, chair)
    assert [answer_to(browser, each) for each in before] == [404, 404]
    assert (answer_to(browser, since := export(call, chandra)), rows(since)[0]["Score"]) == (200, "")
    panels.submit(own)
    assert [answer_to(browser, each) for each in before] == [200, 200]


def test_orders_of_programs_and_of_pages_count_together(
    call: Call, helena: User, sign_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.RATES, "export", limits.Rate(2, 600))
    browser = sign_in(helena)
    browser.post(reverse("reports:ranking", args=[call.slug]))

    answers = [browser.post("/api/v1/orders/ranking/", {"call": call.slug}, "application/json") for _ in range(2)]

    assert [each.status_code for each in answers] == [201, 429]


def test_the_page_says_how_many_and_orders_the_file(
    call: Call, helena: User, sign_in: Callable[[User], Client]
) -> None:
    browser, address = sign_in(helena), reverse("reports:export", args=[call.slug])
    page = browser.get(f"{address}?q=score:>4")

    assert "The file has 1 application," in page.content.decode()
    assert browser.post(address, {"kind": "exe", "address": ""}).status_code == 422
    assert browser.post(address, {"kind": "xlsx", "address": "q=score:>4"}).status_code == 302


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_what_begins_like_a_formula_is_made_harmless(text: str) -> None:
    assert sheets.harmless(text) == f"'{text}"
    assert sheets.harmless(f"a{text}") == f"a{text}"
