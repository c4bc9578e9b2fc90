"""Exports of reviews: anonymised for whom may look on, named for whom runs the panel, and never what is shut."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.documents.models import Document
from core.jobs.work import run_all
from core.people.models import User
from reports.review_exports import ask_for_reviews
from reviews.models import Assignment, Score
from tests.reviews.staff.conftest import World, recuse

pytestmark = pytest.mark.django_db
NAMES = ("Nadia Osei", "Pavel Ruz")


def export(world: World, by: User, *, is_named: bool, kind: str = "csv") -> Document:
    ask_for_reviews(call=world.call, kind=kind, is_named=is_named, by=by)
    run_all()
    return Document.objects.get(kind="reviews-export", recipient=by, superseded_at=None)


def rows(document: Document) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(document.read().decode("utf-8-sig"))))


def test_without_names_reviewers_are_numbered_anew_and_nothing_tells_who_they_are(world: World, audrey: User) -> None:
    Score.objects.filter(criterion__key="quality").update(comment="=SUM(1)")
    document = export(world, audrey, is_named=False)
    found, text = rows(document), document.read().decode()

    assert [(row["Reference"][-3:], row["Reviewer"]) for row in found] == [
        ("001", "Reviewer 1"), ("001", "Reviewer 2"), ("002", "Reviewer 1"), ("002", "Reviewer 2"), ("003", "Reviewer 1"),
    ]  # fmt: skip
    assert [(row["Quality"], row["Weighted score"], row["Overall merit"]) for row in found[:1]] == [("6", "6.00", "6")]
    assert found[0]["Comment: Quality"] == "'=SUM(1)"
    assert not any(word in text for word in (*NAMES, "NGO", "Law enforcement", "For the panel.", "For the panel only"))
    with pytest.raises(PermissionDenied, match="names of reviewers"):
        ask_for_reviews(call=world.call, kind="csv", is_named=True, by=audrey)


def test_who_runs_the_panel_may_have_the_names(world: World, helena: User, chandra: User) -> None:
    for person in (helena, chandra):
        found = rows(export(world, person, is_named=True))
        assert [row["Reviewer"] for row in found] == [*NAMES, *NAMES, NAMES[0]]
        assert {row["Stakeholder group"] for row in found} == {"NGOs, hotlines", "Law enforcement"}
        assert {row["For the panel only"] for row in found} == {"For the panel."}


def test_it_leaves_out_what_is_shut_or_still_owed_and_says_which_kinds_there_are(
    world: World, helena: User, ruth: User
) -> None:
    recuse(helena, world.voices)
    Assignment.objects.filter(application=world.lines).update(state="recused")

    assert {row["Reference"] for row in rows(export(world, helena, is_named=True))} == {str(world.warnings.reference)}
    with pytest.raises(ValidationError, match="XLSX or CSV"):
        ask_for_reviews(call=world.call, kind="pdf", is_named=False, by=helena)
    with pytest.raises(PermissionDenied):
        ask_for_reviews(call=world.call, kind="csv", is_named=False, by=ruth)
