"""What an applicant may know of what happened."""

from datetime import timedelta

import pytest

from applications.models import Application
from applications.models.application import OUTCOME_WORDINGS
from applications.timeline import KNOWN, Event, timeline
from tests.factories import NOON


def events(*actions: str) -> list[Event]:
    return [Event(f"application:{action}", NOON + timedelta(days=day)) for day, action in enumerate(actions)]


def words(*actions: str, **more) -> list[str]:
    return [step.words for step in timeline(events(*actions), **more)]


def test_a_draft_has_only_its_start():
    assert words("start") == ["Draft started"]


def test_after_submitting_there_is_one_state_until_the_decision():
    steps = timeline(events("start", "submit"), expected_at=NOON)

    assert [(step.words, str(step.shape), step.is_current) for step in steps] == [
        ("Draft started", "done", False),
        ("Submitted", "done", False),
        ("We are reading your application", "moving", True),
        ("Decision", "to-come", False),
    ]


@pytest.mark.parametrize(
    "action", sorted(set(Application.TABLE.transitions) - {"submit", "return", "stand", "withdraw"})
)
def test_what_staff_and_panel_do_leaves_no_trace(action):
    assert timeline(events("start", "submit", action)) == timeline(events("start", "submit"))


def test_a_return_is_told_with_its_text_and_waits_for_the_applicant():
    steps = timeline(events("start", "submit", "return"), returns=["Shorten the title."])

    assert [(step.words, step.detail, step.is_current) for step in steps[2:]] == [
        ("Returned to you for correction", "Shorten the title.", False),
        ("Please correct and submit again", "", True),
        ("Decision", "", False),
    ]


def test_a_corrected_application_is_read_again():
    assert words("start", "submit", "return", "submit", returns=["Shorten."])[-3:] == [
        "Submitted again", "We are reading your application", "Decision",
    ]  # fmt: skip


def test_a_withdrawn_application_ends_there():
    assert words("start", "submit", "find_ineligible", "withdraw", expected_at=NOON) == [
        "Draft started", "Submitted", "Withdrawn by you",
    ]  # fmt: skip


def test_a_released_decision_ends_the_path():
    steps = timeline(events("start", "submit"), outcome=OUTCOME_WORDINGS["funded"], released_at=NOON)

    assert [(step.words, step.at) for step in steps[2:]] == [("Funded", NOON)]


def test_the_events_that_are_told_are_a_closed_list():
    assert sorted(KNOWN) == [
        "application:extend", "application:return", "application:stand", "application:start", "application:submit",
        "application:wish_withdrawal", "application:withdraw", "inquiry:answer", "inquiry:ask",
    ]  # fmt: skip
