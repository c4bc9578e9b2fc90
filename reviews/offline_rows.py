"""Taking back a spreadsheet that was filled in without a connection, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.people.models import User
from core.states import WrongState
from core.web.requests import number_in
from fund.models import Call
from reviews import offline
from reviews.actions import reviewing
from reviews.actions.reviewing import StaleReview
from reviews.models import Assignment, Review


@dataclass(frozen=True)
class Line:
    """What became of one row: its number, its reference, whether it was taken, and words about it."""

    number: int
    reference: str
    state: str
    words: str

    @property
    def shape(self) -> str:
        """The mark before its state."""
        return {SAVED: "done", REFUSED: "stopped"}.get(self.state, "")


SAVED, SAME, REFUSED = "saved", "same", "refused"


def take_sheet(*, call: Call, rows: Sequence[Sequence[str]], by: User) -> list[Line]:
    """Save the drafts that a sheet says otherwise than they are stored, and say of each row what became of it.

    Each row is saved whole or not at all, apart from the others. Nothing is ever emptied by it, and nothing that was
    saved after the sheet was downloaded is overwritten.
    """
    rubric = call.rubric
    columns = offline.columns_of(list(rubric.criteria.all()), rubric.scale)
    if not rows or offline.REFERENCE not in offline.placed(rows[0], columns).values():
        raise ValidationError(
            {
                "file": _(
                    "The first row does not name its columns as in the file that you downloaded here. Download it again."
                )
            }
        )
    mine = _in_hand(call, by)
    return [_take(number, cells, mine, by) for number, cells in offline.lines_in(rows, columns)]


def _in_hand(call: Call, by: User) -> dict[str, Assignment]:
    rows = Assignment.objects.visible_to(by).of(by).filter(application__call=call)
    return {str(each.application.reference): each for each in rows.select_related("application", "member")}


def _take(number: int, cells: Mapping[str, str], mine: Mapping[str, Assignment], by: User) -> Line:
    reference = cells.get(offline.REFERENCE, "").strip()
    assignment = mine.get(reference)
    if assignment is None:
        return Line(number, reference, REFUSED, _("This is not in your queue. Nothing was taken from this row."))
    review = Review.objects.filter(assignment=assignment).prefetch_related("scores__criterion").first()
    try:
        changes = _changes(cells, review)
        if not changes:
            return Line(number, reference, SAME, _("As it is stored."))
        with transaction.atomic():
            review = reviewing.open(assignment=assignment, by=by)
            reviewing.save(review=review, revision=_revision(cells), by=by, **changes)
    except StaleReview:
        told = _("This review was saved after you downloaded the file. Nothing was taken: compare it at your desk.")
        return Line(number, reference, REFUSED, told)
    except ValidationError as error:
        return Line(number, reference, REFUSED, _in_words(error))
    except (WrongState, PermissionDenied) as refusal:
        return Line(number, reference, REFUSED, str(refusal))
    return Line(number, reference, SAVED, _("Saved in your draft."))


def _changes(cells: Mapping[str, str], review: Review | None) -> dict[str, Any]:
    changes = offline.changes_in(cells, review)
    if "overall" in changes:
        changes["overall"] = number_in(changes["overall"])
        if changes["overall"] is None:
            raise ValidationError({"overall": _("Write overall merit as a whole number.")})
    return changes


def _revision(cells: Mapping[str, str]) -> int:
    return number_in(cells.get(offline.REVISION, "").strip().removesuffix(".0")) or 0


def _in_words(error: ValidationError) -> str:
    """Say what is wrong with a row, naming the criteria by their keys."""
    told = [f"{key}: {' '.join(words)}" for key, words in error.message_dict.items()]
    return " ".join([*told, _("Nothing was taken from this row.")])
