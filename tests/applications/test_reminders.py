"""Reminders before a deadline: to whom, when, how often, and what they say."""

from datetime import timedelta

import pytest

from applications import reminders
from applications.actions import readiness, submission
from applications.models import Application, Reminder
from core import clock
from core.mail.models import Message
from fund.actions import calls
from fund.models import Call
from tests import factories

DAY = timedelta(days=1)


@pytest.fixture
def long_draft(open_call, ada) -> Application:
    """A draft that was started long before its deadline."""
    return started_long_ago(factories.make_draft(open_call, ada))


def started_long_ago(draft: Application) -> Application:
    Application.objects.filter(pk=draft.pk).update(started_at=clock.now() - 40 * DAY)
    Call.objects.filter(pk=draft.call_id).update(opens_at=clock.now() - 50 * DAY)
    return draft


def run_before(deadline, **left: float) -> list[str]:
    """Run the daily job some time before a deadline and return whom it wrote to."""
    Message.objects.all().delete()
    with clock.at(deadline - timedelta(**left)):
        reminders.remind_owners()
    return sorted(Message.objects.values_list("person__name", flat=True))


def test_the_owner_hears_at_14_3_and_1_days_once_each(long_draft, open_call):
    told = {
        hours: run_before(open_call.closes_at, hours=hours) for hours in (15 * 24, 14 * 24, 13 * 24, 72, 71, 24, 23, 1)
    }

    assert told == {360: [], 336: ["Ada"], 312: [], 72: ["Ada"], 71: [], 24: ["Ada"], 23: [], 1: []}
    assert sorted(Reminder.objects.values_list("days", flat=True)) == [1, 3, 14]


def test_what_was_missed_is_not_sent_in_a_heap(long_draft, open_call):
    assert run_before(open_call.closes_at, hours=12) == ["Ada"]
    assert Reminder.objects.get().days == 1


def test_an_extension_counts_and_moves_the_reminders(long_draft, open_call):
    until = open_call.closes_at + 5 * DAY
    run_before(open_call.closes_at, days=14)
    submission.extend(application=long_draft, until=until, reason="Power cut", by=None)

    assert run_before(until, days=14) == ["Ada"]
    assert run_before(open_call.closes_at, days=1) == []
    assert run_before(until, days=3) == ["Ada"]


def test_who_started_or_got_more_time_within_the_days_is_not_reminded_of_them(open_call, ada, helena):
    factories.make_draft(open_call, ada)
    Call.objects.filter(pk=open_call.pk).update(closes_at=clock.now() + 10 * DAY)
    open_call.refresh_from_db()
    assert run_before(open_call.closes_at, days=9) == []

    calls.move_deadline(call=open_call, new=clock.now() + 12 * DAY, reason="A holiday", by=helena)
    assert run_before(clock.now() + 12 * DAY, days=11) == []


def test_never_to_those_who_submitted_or_withdrew(open_call, ada, amir):
    started_long_ago(factories.make_submitted(open_call, ada))
    withdrawn = started_long_ago(factories.make_draft(open_call, amir))
    submission.withdraw(application=withdrawn, reason="", by=amir)

    assert run_before(open_call.closes_at, days=3) == []


def test_it_says_what_is_missing_and_when_it_closes_in_both_zones(open_call, ada):
    ada.time_zone = "Asia/Bangkok"
    ada.save()
    draft = started_long_ago(factories.make_draft(open_call, ada, answers={"title": ""}, lines=[]))
    run_before(open_call.closes_at, days=3)

    body = Message.objects.get().body
    assert "Title: " in body
    assert "Budget: Write the budget" in body
    assert " UTC (" in body
    assert f"/apply/{draft.pk}/check/" in body


def test_a_ready_draft_is_only_to_be_submitted(long_draft, open_call, ada):
    readiness.mark_ready(application=long_draft, by=ada, at=clock.now())
    run_before(open_call.closes_at, days=1)

    assert "It is marked as ready." in Message.objects.get().body
