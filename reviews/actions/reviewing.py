"""A reviewer's work on one application: drafting, submitting, handing back."""

from collections.abc import Mapping
from types import EllipsisType
from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, clock
from core.language import counted
from core.people.models import User
from core.states import WrongState
from core.words import count_words
from fund.models import Call
from reviews import scale
from reviews.actions import leaving
from reviews.models import Assignment, Review, Score
from reviews.scale import NOT_APPLICABLE, Value

PUBLIC_WORDS = 300
"""How long the text for the applicant may be; our own choice."""


class StaleReview(Exception):
    """The draft was saved from elsewhere in between; `theirs` is what is stored now."""

    def __init__(self, theirs: Review) -> None:
        super().__init__(_("This review was saved from another window. Both versions are here; choose what to keep."))
        self.theirs = theirs


@transaction.atomic
def open(*, assignment: Assignment, by: User) -> Review:  # noqa: A001 - reads as reviewing.open(…)
    """Return the draft of one's review, made at first of the version that the application has now."""
    assignment = _lock(assignment, by)
    _must_be_open(assignment)
    review = Review.objects.filter(assignment=assignment).first()
    if review is None:
        application = assignment.application
        now = clock.now()
        review = Review.objects.create(
            assignment=assignment, version_id=cast(int, application.current_id), rubric_id=application.call.rubric_id,
            started_at=now, saved_at=now,
        )  # fmt: skip
    if assignment.state == Assignment.State.ACCEPTED:
        assignment.take("begin", by=by)
    return review


@transaction.atomic
def take_version(*, assignment: Assignment, version: int, by: User) -> Review:
    """Tie one's draft to the present version of the application, by the number that was read; scores and texts stay."""
    assignment = _lock(assignment, by)
    _must_be_open(assignment)
    present = assignment.application.current
    if present is None or present.number != version:
        raise WrongState(_("There is a newer version still. Look what changed, then go on with it."))
    review = Review.objects.select_for_update(of=("self",), no_key=True).get(assignment=assignment)
    if review.version_id != present.pk:
        review.version = present
        review.save(update_fields=["version"])
        audit.record("assignment:take_version", by=by, subject=assignment, version=review.version_id)
    return review


@transaction.atomic
def save(
    *,
    review: Review,
    scores: Mapping[str, Value] | None = None,
    overall: int | EllipsisType | None = ...,
    comments: Mapping[str, str] | None = None,
    public_comment: str | None = None,
    private_comment: str | None = None,
    notes: str | None = None,
    revision: int | None,
    by: User,
) -> Review:
    """Save what is given of a draft, however incomplete, and leave the rest as it is.

    `revision` is the one that was shown: an older one raises StaleReview, and `None` overrules it.
    """
    assignment = _lock(review.assignment, by)
    _must_be_open(assignment)
    review = Review.objects.select_for_update(of=("self",), no_key=True).select_related("rubric").get(pk=review.pk)
    if revision is not None and revision != review.revision:
        raise StaleReview(review)
    if overall is not ...:
        review.overall = scale.checked_overall(overall, review.rubric)
    texts = {"public_comment": public_comment, "private_comment": private_comment, "notes": notes}
    for name, text in texts.items():
        if text is not None:
            setattr(review, name, text)
    _save_scores(review, scores or {}, comments or {})
    review.saved_at, review.revision = clock.now(), review.revision + 1
    review.save(update_fields=["overall", *texts, "saved_at", "revision"])
    return review


def _save_scores(review: Review, scores: Mapping[str, Value], comments: Mapping[str, str]) -> None:
    if not scores and not comments:
        return
    criteria = {each.key: each for each in review.rubric.criteria.all()}
    scale.must_be_asked(scores.keys() | comments.keys(), criteria)
    before = {each.criterion_id: each for each in review.scores.all()}
    rows, gone = [], []
    for key in scores.keys() | comments.keys():
        row = before.get(criteria[key].pk) or Score(review=review, criterion=criteria[key])
        if key in scores:
            _fill(row, scores[key], review, key)
        row.comment = comments.get(key, row.comment)
        if row.value is None and not row.is_not_applicable and not row.comment.strip():
            gone.append(criteria[key].pk)
        else:
            rows.append(row)
    review.scores.filter(criterion__in=gone).delete()
    Score.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["review", "criterion"],
        update_fields=["value", "is_not_applicable", "comment"],
    )  # fmt: skip


def _fill(row: Score, value: Value, review: Review, key: str) -> None:
    row.is_not_applicable = value == NOT_APPLICABLE
    row.value = None if value in (NOT_APPLICABLE, None, "") else scale.whole(value, review.rubric, key)


@transaction.atomic
def submit(*, assignment: Assignment, by: User) -> Review:
    """Hand in a complete review; from then on the others' reviews of this application are open to its writer."""
    assignment = _lock(assignment, by)
    review = Review.objects.select_for_update(of=("self",), no_key=True).filter(assignment=assignment).first()
    if assignment.state in Assignment.OWED:
        _must_be_open(assignment)
        if problems := problems_of(review, assignment):
            raise ValidationError(problems)
    assignment.take("submit", by=by)
    assert review is not None  # noqa: S101 - a submitted state has passed problems_of
    review.submitted_at = clock.now()
    review.save(update_fields=["submitted_at"])
    return review


def problems_of(review: Review | None, assignment: Assignment) -> dict[str, list[str]]:
    """Return what is missing before the review can be submitted, by field; criteria by their key."""
    rubric = review.rubric if review else assignment.application.call.rubric
    criteria = list(rubric.criteria.all())
    rows = {each.criterion_id: each for each in review.scores.all()} if review else {}
    given: dict[str, Value] = {
        each.key: NOT_APPLICABLE if rows[each.pk].is_not_applicable else rows[each.pk].value
        for each in criteria if each.pk in rows
    }  # fmt: skip
    problems = scale.missing(criteria, given, review.overall if review else None)
    if review is None or not review.public_comment.strip():
        problems["public_comment"] = [_("Write what the applicant will read: one or two sentences are enough.")]
    elif (over := count_words(review.public_comment) - PUBLIC_WORDS) > 0:
        problems["public_comment"] = [
            counted("Shorten this text by %(number)s word.", "Shorten this text by %(number)s words.", over)
        ]
    return problems


@transaction.atomic
def hand_back(*, assignment: Assignment, reason: str, by: User) -> Assignment:
    """Give an owed review back with its reason, and have a worker propose somebody else for it."""
    if by.has_perm("reviews.do_assignment", assignment) and not reason.strip():
        raise ValidationError(
            {"reason": _("Say in a sentence why you hand it back; the fund then looks for somebody else.")}
        )
    assignment = Assignment.lock(assignment.pk)
    leaving.leave(assignment=assignment, step="decline", by=by)
    assignment.decline_reason = reason.strip()[:300]
    assignment.save(update_fields=["decline_reason"])
    return assignment


@transaction.atomic
def reopen(*, assignment: Assignment, by: User) -> Assignment:
    """Give a submitted review back to its writer as a draft; it leaves every figure until it is submitted again."""
    Application.lock(assignment.application_id)
    assignment = Assignment.lock(assignment.pk)
    assignment.take("reopen", by=by)
    Review.objects.filter(assignment=assignment).update(submitted_at=None)
    return assignment


@transaction.atomic
def lock_all(*, call: Call, by: User) -> int:
    """Close the submitted reviews of a call to changes, but those from which one is recused; return how many."""
    if not by.has_perm("reviews.run_panel", call):
        raise PermissionDenied(_("Reviews are locked by an administrator or the chair."))
    found = Assignment.objects.visible_to(by).filter(application__call=call, state=Assignment.State.SUBMITTED)
    # Locked, so that one reopened meanwhile is not closed as a draft.
    locked = found.select_for_update(of=("self",), no_key=True).order_by("pk")
    keys = [assignment.pk for assignment in locked]
    Assignment.objects.filter(pk__in=keys).update(state=Assignment.State.LOCKED)
    audit.record("call:lock_reviews", by=by, subject=call, assignments=keys)
    return len(keys)


def _lock(assignment: Assignment, by: User) -> Assignment:
    """Lock an assignment that is the person's own and declared free of ties."""
    if not by.has_perm("reviews.do_assignment", assignment):
        raise PermissionDenied(_("A review is written by the person who was assigned."))
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True)
    assignment = rows.select_related("application__call__rubric", "member").get(pk=assignment.pk)
    if not by.has_perm("reviews.read_assigned", assignment):
        raise PermissionDenied(_("You are recused from this application, so you cannot read or score it."))
    return assignment


def _must_be_open(assignment: Assignment) -> None:
    if assignment.state == Assignment.State.RELEASED:
        raise WrongState(_("Say first whether you have a conflict of interest; the application opens then."))
    if assignment.state not in Assignment.OWED:
        raise WrongState(_("This review is no longer a draft, so it cannot be changed. Reload the page."))
    if assignment.application.call.state != Call.State.IN_REVIEW:
        raise WrongState(_("The review of this call is over, so nothing can be changed any more."))
    if assignment.application.state not in {Application.State.IN_REVIEW, Application.State.RECOMMENDED}:
        raise WrongState(_("This application is not in review any more. There is nothing left to do for you here."))
    if is_held_up(assignment):
        raise WrongState(held_up())


def is_held_up(assignment: Assignment) -> bool:
    """Whether an application is not open yet because its reviewer still owes the calibration exercise."""
    is_new = assignment.state == Assignment.State.ACCEPTED
    return is_new and not Assignment.objects.filter(pk=assignment.pk).calibrated().exists()


def held_up() -> str:
    """Say why a queue's applications are not open yet."""
    return _("Score the sample applications of this panel first; the applications of your queue open after that.")
