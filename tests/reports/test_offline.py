"""Scoring without a connection: the spreadsheet as it is sent, and what a filled one does."""

from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import clock
from core.files import check
from core.interests.models import Declaration
from fund.models import Rubric
from reviews.models import Assignment, Review
from tests.reviews import panels

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed() -> list[Assignment]:
    """Ruth's three reviews: one begun, one declared, one not declared."""
    call = panels.make_call_in_review(applications=3)
    member = panels.make_member(call, "Ruth Reader")
    found = [panels.assign(each, member, declared=n < 2) for n, each in enumerate(call.applications.order_by("pk"))]
    panels.write(found[0], 4, 5, public_comment="=Clear.\r\nGood <b>work</b>.")
    return found


@pytest.fixture
def ruth(owed: list[Assignment]) -> Client:
    client = Client()
    client.force_login(owed[0].member.person)
    return client


def address(owed: list[Assignment], name: str = "offline") -> str:
    return reverse(f"reports:{name}", args=[owed[0].application.call.slug])


def downloaded(ruth: Client, owed: list[Assignment]) -> list[list[str]]:
    answer = ruth.get(address(owed, "offline_sheet"))
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    return check.cells(BytesIO(answer.content))


def upload(ruth: Client, owed: list[Assignment], rows: list[list[Any]]) -> Any:
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_number(number, column, cell) if isinstance(cell, int) else sheet.write_string(
                number, column, cell
            )
    book.close()
    return ruth.post(address(owed), {"file": SimpleUploadedFile("mine.xlsx", file.getvalue())})


def report(answer: Any) -> list[tuple[int, str, str]]:
    return [(line.number, line.reference, line.state) for line in answer.context["lines"]]


def test_the_sheet_has_a_row_for_each_review_that_is_open_with_what_is_in_it(
    ruth: Client, owed: list[Assignment]
) -> None:
    head, *rows = downloaded(ruth, owed)

    assert [row[0] for row in rows] == [each.application.reference for each in owed[:2]]
    first = dict(zip(head, rows[0], strict=False))
    assert [words for label, words in first.items() if "n/a" in label] == ["4", "4", "4"]
    assert first["What the applicant will read"].startswith("'=Clear.")


def test_what_was_downloaded_and_not_touched_changes_nothing(ruth: Client, owed: list[Assignment]) -> None:
    Rubric.objects.update(least=0)
    before = panels.write(panels.fresh(owed[0]), 0, 0, public_comment="=Clear.\r\nGood <b>work</b>.").revision
    answer = upload(ruth, owed, downloaded(ruth, owed))

    assert [state for *_, state in report(answer)] == ["same", "same"]
    assert (Review.objects.count(), Review.objects.get().revision) == (1, before)


def test_each_row_is_taken_whole_or_not_at_all_and_every_row_is_told_of(ruth: Client, owed: list[Assignment]) -> None:
    head, first, second = downloaded(ruth, owed)
    second += [""] * (len(head) - len(second))
    places = [at for at, label in enumerate(head) if "n/a" in label]
    first[places[0]], first[places[1]] = "6", "9"
    for at, value in zip(places, (5, "n/a", "2.0"), strict=True):
        second[at] = value
    second[head.index("Your own notes")] = "Ask about consent."
    stranger = ["SORF-0", "Not mine"]
    undeclared = [owed[2].application.reference, "", "0", "3"]
    endless = [second[0], *[""] * (len(head) - 1)]
    endless[next(at for at, label in enumerate(head) if label.startswith("Overall merit"))] = "9" * 5000
    answer = upload(ruth, owed, [head, first, second, [], stranger, undeclared, endless])

    assert report(answer) == [
        (2, first[0], "refused"), (3, second[0], "saved"), (5, "SORF-0", "refused"), (6, undeclared[0], "refused"),
        (7, second[0], "refused"),
    ]  # fmt: skip
    page = answer.content.decode()
    assert "Choose a whole score from 1 to 6." in page
    assert "Write overall merit as a whole number." in page
    assert "conflict of interest" in page
    kept = Review.objects.get(assignment=owed[0])
    assert {score.word for score in kept.scores.all()} == {"4"}
    saved = Review.objects.get(assignment=owed[1])
    assert ([score.word for score in saved.scores.order_by("criterion__position")], saved.notes) == (
        ["5", "n/a", "2"], "Ask about consent.",
    )  # fmt: skip
    assert not Review.objects.filter(assignment=owed[2]).exists()


def test_what_was_saved_since_is_not_overwritten_and_an_empty_cell_empties_nothing(
    ruth: Client, owed: list[Assignment]
) -> None:
    head, first, __ = downloaded(ruth, owed)
    panels.write(panels.fresh(owed[0]), 2, 5, public_comment="Since then.")
    place = head.index("What the applicant will read")
    first[place] = "From the train."
    assert report(upload(ruth, owed, [head, first])) == [(2, first[0], "refused")]
    assert Review.objects.get().public_comment == "Since then."

    head, first, __ = downloaded(ruth, owed)
    first[place] = ""
    assert report(upload(ruth, owed, [head, first])) == [(2, first[0], "same")]
    assert Review.objects.get().public_comment == "Since then."


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"a,b\n1,2\n", "not a spreadsheet of the kind XLSX"), (b"PK\x03\x04x", "cut off|damaged|incomplete")],
)
def test_another_file_is_refused_in_words(ruth: Client, owed: list[Assignment], content: bytes, words: str) -> None:
    answer = ruth.post(address(owed), {"file": SimpleUploadedFile("mine.xlsx", content)})

    assert answer.status_code == 422
    assert any(each in answer.content.decode() for each in words.split("|"))


def test_a_sheet_without_its_columns_is_refused_and_recusal_leaves_nothing_in_it(
    ruth: Client, owed: list[Assignment]
) -> None:
    answer = upload(ruth, owed, [["Something", "else"], ["1", "2"]])
    assert (answer.status_code, "Download it again" in answer.content.decode()) == (422, True)
    Declaration.objects.filter(subject=owed[0].application_id).update(
        has_interest=True, ruling="recused", ruled_at=clock.now()
    )

    assert [row[0] for row in downloaded(ruth, owed)[1:]] == [owed[1].application.reference]
