"""A reviewer's work: drafting, submitting, handing back."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from applications.models import Application
from core import clock
from core.audit.models import AuditEvent
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.actions import conflicts, reviewing
from reviews.actions.reviewing import StaleReview
from reviews.models import Assignment, Review
from tests.reviews import panels

State = Assignment.State
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared: None) -> Assignment:
    """Make the assignment once."""
    call = panels.make_call_in_review(applications=1)
    return panels.assign(call.applications.get(), panels.make_member(call, "Ruth Reader"))


@pytest.fixture
def assignment(made: Assignment, db: None) -> Assignment:
    """Ruth's assignment, declared free of ties."""
    return deepcopy(made)


@pytest.fixture
def reader(assignment: Assignment) -> User:
    return assignment.member.person


def save(assignment: Assignment, revision: int | None = None, **given: Any) -> Review:
    by = assignment.member.person
    review = reviewing.open(assignment=assignment, by=by)
    return reviewing.save(review=review, revision=revision, by=by, **given)


def scores(review: Review) -> dict[str, str]:
    return {each.criterion.key: each.word for each in review.scores.select_related("criterion")}


def test_opening_makes_one_draft_of_the_version_that_is_read(assignment: Assignment, reader: User) -> None:
    review = reviewing.open(assignment=assignment, by=reader)

    assert review.version_id == assignment.application.current_id
    assert reviewing.open(assignment=assignment, by=reader).pk == review.pk
    assert panels.fresh(assignment).state == State.IN_PROGRESS


def test_a_draft_may_be_incomplete_and_each_saving_leaves_the_rest(assignment: Assignment) -> None:
    save(assignment, scores={"quality": 5}, public_comment="Good.")
    save(assignment, scores={"usefulness": "na"}, comments={"quality": "Sharp."}, overall=4)
    review = save(assignment, notes="Ask about consent.")

    assert scores(review) == {"quality": "5", "usefulness": "n/a"}
    assert (review.overall, review.public_comment, review.notes) == (4, "Good.", "Ask about consent.")
    assert review.scores.get(criterion__key="quality").comment == "Sharp."
    assert review.revision == 3


def test_a_score_can_be_changed_and_taken_back(assignment: Assignment) -> None:
    save(assignment, scores={"quality": 5, "usefulness": 2}, overall=3)
    review = save(assignment, scores={"quality": None, "usefulness": "6"}, overall=None)

    assert (scores(review), review.overall) == ({"usefulness": "6"}, None)


def test_saving_is_no_entry_of_the_audit_trail(assignment: Assignment) -> None:
    save(assignment, notes="a")
    before = AuditEvent.objects.count()
    save(assignment, notes="b")

    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scores": {"quality": 7}}, "quality"),
        ({"scores": {"quality": 0}}, "quality"),
        ({"scores": {"quality": "many"}}, "quality"),
        ({"scores": {"quality": 3.5}}, "quality"),
        ({"scores": {"no-such": 3}}, "scores"),
        ({"overall": 9}, "overall"),
    ],
)
def test_what_is_off_the_scale_is_refused_in_words(assignment: Assignment, given: Any, field: str) -> None:
    with pytest.raises(ValidationError) as error:
        save(assignment, **given)

    assert list(error.value.message_dict) == [field]


def test_a_stale_form_overwrites_nothing_and_shows_what_is_stored(assignment: Assignment, reader: User) -> None:
    review = save(assignment, revision=0, public_comment="From one window.")

    with pytest.raises(StaleReview) as stale:
        reviewing.save(review=review, public_comment="From the other.", revision=0, by=reader)
    assert stale.value.theirs.public_comment == "From one window."
    assert Review.objects.get().public_comment == "From one window."

    reviewing.save(review=review, public_comment="From the other.", revision=None, by=reader)
    assert Review.objects.get().public_comment == "From the other."


def test_only_the_person_assigned_writes_whatever_role_another_has(assignment: Assignment, helena: User) -> None:
    review = save(assignment)

    for refused in (
        lambda: reviewing.open(assignment=assignment, by=helena),
        lambda: reviewing.save(review=review, notes="x", revision=None, by=helena),
        lambda: reviewing.submit(assignment=assignment, by=helena),
        lambda: reviewing.hand_back(assignment=assignment, reason="x", by=helena),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_undeclared_is_not_open_yet(assignment: Assignment, reader: User) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(state=State.RELEASED)

    with pytest.raises(WrongState, match="conflict of interest"):
        reviewing.open(assignment=panels.fresh(assignment), by=reader)


def test_recused_writes_nothing_more(assignment: Assignment, reader: User) -> None:
    review = save(assignment)
    conflicts.declare(assignment=panels.fresh(assignment), has_interest=True, kinds=["personal"], by=reader)

    with pytest.raises(PermissionDenied, match="recused"):
        reviewing.save(review=review, notes="x", revision=None, by=reader)
    with pytest.raises(PermissionDenied, match="recused"):
        reviewing.submit(assignment=panels.fresh(assignment), by=reader)


def test_a_complete_review_is_submitted_once_and_then_stands(assignment: Assignment, reader: User) -> None:
    review = panels.submit(assignment)

    assert (panels.fresh(assignment).state, review.submitted_at is not None) == (State.SUBMITTED, True)
    with pytest.raises(WrongState):
        reviewing.submit(assignment=assignment, by=reader)
    with pytest.raises(WrongState):
        reviewing.save(review=review, notes="x", revision=None, by=reader)


def test_submitting_says_all_that_is_missing_at_once_and_keeps_the_draft(assignment: Assignment, reader: User) -> None:
    save(assignment, scores={"quality": 5})

    with pytest.raises(ValidationError) as error:
        reviewing.submit(assignment=assignment, by=reader)
    assert sorted(error.value.message_dict) == ["overall", "public_comment", "safety", "usefulness"]
    assert panels.fresh(assignment).state == State.IN_PROGRESS
    assert scores(Review.objects.get()) == {"quality": "5"}


def test_all_at_not_applicable_is_no_review(assignment: Assignment) -> None:
    with pytest.raises(ValidationError, match="at least one criterion"):
        panels.submit(assignment, value="na")


def test_a_reason_without_a_score_is_not_an_answer(assignment: Assignment, reader: User) -> None:
    panels.write(assignment)
    save(assignment, scores={"quality": None}, comments={"quality": "I cannot say yet."})

    with pytest.raises(ValidationError) as error:
        reviewing.submit(assignment=assignment, by=reader)
    assert list(error.value.message_dict) == ["quality"]


def test_the_text_for_the_applicant_has_a_limit_that_the_message_counts(assignment: Assignment) -> None:
    with pytest.raises(ValidationError, match="Shorten this text by 1 word"):
        panels.submit(assignment, public_comment="word " * 301)


@pytest.mark.parametrize("over", ["call", "application"])
def test_nothing_is_written_once_the_review_is_over(assignment: Assignment, reader: User, over: str) -> None:
    panels.write(assignment)
    if over == "call":
        Call.objects.update(state=Call.State.DECIDED)
    else:
        Application.objects.update(state=Application.State.WITHDRAWN, withdrawn_at=clock.now())

    with pytest.raises(WrongState):
        reviewing.submit(assignment=panels.fresh(assignment), by=reader)
    with pytest.raises(WrongState):
        save(panels.fresh(assignment), notes="x")


def test_handing_back_needs_a_reason_and_ends_it(assignment: Assignment, reader: User) -> None:
    with pytest.raises(ValidationError, match="Say in a sentence"):
        reviewing.hand_back(assignment=assignment, reason=" ", by=reader)
    reviewing.hand_back(assignment=assignment, reason="Not my field.", by=reader)

    found = panels.fresh(assignment)
    assert (found.state, found.decline_reason) == (State.DECLINED, "Not my field.")
    assert not Application.objects.visible_to(reader).exists()
    assert "Not my field" not in str(AuditEvent.objects.latest("pk").data)


def test_a_submitted_review_is_not_handed_back(assignment: Assignment, reader: User) -> None:
    panels.submit(assignment)

    with pytest.raises(WrongState):
        reviewing.hand_back(assignment=panels.fresh(assignment), reason="x", by=reader)


def test_reopening_makes_it_a_draft_that_counts_for_nothing(assignment: Assignment, reader: User, helena: User) -> None:
    panels.submit(assignment)
    with pytest.raises(PermissionDenied):
        reviewing.reopen(assignment=assignment, by=reader)
    reviewing.reopen(assignment=assignment, by=helena)

    assert panels.fresh(assignment).state == State.IN_PROGRESS
    assert (Review.objects.counted().count(), Review.objects.get().submitted_at) == (0, None)


def test_locking_closes_submitted_reviews_and_leaves_drafts(assignment: Assignment, reader: User, helena: User) -> None:
    other = panels.assign(assignment.application, panels.make_member(assignment.application.call, "Omar"))
    panels.submit(assignment)
    with pytest.raises(PermissionDenied):
        reviewing.lock_all(call=assignment.application.call, by=reader)

    assert reviewing.lock_all(call=assignment.application.call, by=helena) == 1
    assert [panels.fresh(each).state for each in (assignment, other)] == [State.LOCKED, State.ACCEPTED]
