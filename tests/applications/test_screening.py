"""The eligibility check: staff write it down, the applicant hears only of a return."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from applications.actions import screening, submission
from applications.models import Application, Screening
from core import clock
from core.interests.models import Declaration
from core.mail.models import Message
from core.states import WrongState
from tests import factories


def screen(application, by, outcome, **more):
    return screening.screen(application=application, outcome=outcome, by=by, **more)


def state_of(application) -> str:
    return Application.objects.get(pk=application.pk).state


def test_eligible_and_not_eligible_are_told_to_nobody(submitted, helena):
    screen(submitted, helena, "ineligible", reason="scope", text="It is about another field.")
    assert state_of(submitted) == "ineligible"
    screen(submitted, helena, "eligible")

    assert state_of(submitted) == "eligible"
    assert Screening.objects.count() == 2
    assert not Message.objects.exists()
    assert Application.objects.get().applicant_wording.applicant == "We are reading your application"


@pytest.mark.parametrize(
    ("outcome", "more", "missing"),
    [
        ("ineligible", {}, ["reason", "text"]),
        ("ineligible", {"reason": "scope"}, ["text"]),
        ("ineligible", {"reason": "mood", "text": "No."}, ["reason"]),
        ("returned", {}, ["text"]),
        ("perhaps", {}, ["outcome"]),
    ],
)
def test_an_outcome_needs_its_reason(submitted, helena, outcome, more, missing):
    with pytest.raises(ValidationError) as refusal:
        screen(submitted, helena, outcome, **more)

    assert sorted(refusal.value.message_dict) == missing
    assert state_of(submitted) == "submitted"


def test_a_return_opens_the_draft_until_a_date_and_tells_the_owner_why(open_call, ada, helena):
    submitted = factories.make_submitted(open_call, ada)
    factories.close(open_call)
    until = clock.now() + timedelta(days=3)

    screen(submitted, helena, "returned", text="The budget has a yacht.", until=until)

    returned = Application.objects.get()
    assert (returned.state, returned.closes_at()) == ("returned", until)
    message = Message.objects.get(person=ada)
    assert "The budget has a yacht." in message.body
    assert message.subject == "Please correct PREVENTION-FIRST-001 and submit it again"
    with pytest.raises(WrongState):
        submission.submit(application=returned, by=ada, at=until + timedelta(seconds=1))
    assert submission.submit(application=returned, by=ada, at=until).state == "submitted"


def test_a_return_after_the_close_gives_a_week_by_itself(open_call, ada, helena):
    submitted = factories.make_submitted(open_call, ada)
    factories.close(open_call)
    with clock.at(clock.now()):
        screen(submitted, helena, "returned", text="Shorten it.")

        assert Application.objects.get().closes_at() == clock.now() + timedelta(days=7)


def test_who_has_an_interest_or_is_no_administrator_screens_nothing(submitted, helena, ruth, felix, audrey):
    Declaration.objects.create(
        person=helena, subject_type="applications.application", subject=submitted.pk, has_interest=True,
        declared_at=clock.now(),
    )  # fmt: skip

    for person in (helena, ruth, felix, audrey):
        with pytest.raises(PermissionDenied):
            screen(submitted, person, "eligible")


def test_the_review_starts_from_eligible_only(submitted, helena):
    with pytest.raises(WrongState):
        screening.start_review(application=submitted, by=helena)
    screen(submitted, helena, "eligible")

    assert screening.start_review(application=submitted, by=helena).state == "in_review"
    with pytest.raises(WrongState, match="in review already"):
        screening.start_review(application=submitted, by=helena)
