"""What reminds a reviewer by itself: when, how often, and whom not."""

from datetime import datetime, timedelta

import pytest

from applications.models import Application
from core import clock
from core.mail.models import Message
from core.people.models import User
from fund.models import Call
from reviews import reminders
from reviews.actions import moving, panel
from reviews.models import Assignment, PanelMember, ReviewReminder
from tests.reviews import panels

pytestmark = pytest.mark.django_db
SUBJECTS = {1: "1 review is still with you", 2: "2 reviews are still with you"}


@pytest.fixture
def owed() -> list[Assignment]:
    """Two reviews that Ruth owes, due in 14 days."""
    call = panels.make_call_in_review(applications=2)
    member = panels.make_member(call, "Ruth Reader")
    found = [panels.assign(each, member) for each in call.applications.order_by("pk")]
    Assignment.objects.update(due_at=found[0].due_at)
    return found


def run(at: datetime) -> list[str]:
    """Do the daily work at a time, and return the subjects of what was written."""
    before = set(Message.objects.values_list("pk", flat=True))
    with clock.at(at):
        reminders.remind_reviewers()
    return list(Message.objects.exclude(pk__in=before).values_list("subject", flat=True))


def test_one_mail_at_7_3_and_1_days_and_one_when_the_date_has_passed(owed: list[Assignment]) -> None:
    date = owed[0].due_at
    told = {days: run(date - timedelta(days=days)) for days in (8, 7, 6.5, 5, 3, 2, 1, 0.5, -0.1, -1, -5)}

    assert [days for days, subjects in told.items() if subjects] == [7, 3, 1, -0.1]
    assert all(subjects in ([], [SUBJECTS[2]]) for subjects in told.values())
    assert sorted(ReviewReminder.objects.values_list("assignment", "days")) == sorted(
        (each.pk, days) for each in owed for days in (0, 1, 3, 7)
    )


def test_what_was_missed_is_not_sent_in_a_heap_and_what_is_in_is_not_named(owed: list[Assignment]) -> None:
    panels.submit(owed[0])

    assert run(owed[1].due_at - timedelta(days=2)) == [SUBJECTS[1]]
    message = Message.objects.get(subject=SUBJECTS[1])
    assert owed[0].application.reference not in message.body
    assert ReviewReminder.objects.get().days == 3


def test_nothing_reminds_who_pauses_is_done_or_recused_or_a_call_that_is_over(owed: list[Assignment]) -> None:
    late = owed[0].due_at + timedelta(days=1)
    person = owed[0].member.person
    panel.pause(person=person, by=person)
    assert run(late) == []
    panel.resume(person=person, by=person)
    Call.objects.update(state=Call.State.DECIDED)
    assert run(late) == []
    Call.objects.update(state=Call.State.IN_REVIEW)
    Assignment.objects.filter(pk=owed[0].pk).update(state="recused")
    Application.objects.filter(pk=owed[1].application_id).update(state="withdrawn", withdrawn_at=clock.now())
    assert run(late) == []


def test_another_date_begins_anew_and_sends_nothing_for_what_lies_before_it(
    owed: list[Assignment], helena: User
) -> None:
    call, date = owed[0].application.call, owed[0].due_at
    assert run(date - timedelta(days=7)) == [SUBJECTS[2]]
    later = date + timedelta(days=2)
    with clock.at(date - timedelta(days=3)):
        moving.move_due(call=call, assignments=owed[:1], due_at=later, by=helena)
    Assignment.objects.filter(pk=owed[1].pk).update(state="declined")

    assert run(date - timedelta(days=2)) == []  # four days: the seventh passed before the date was known
    assert run(later - timedelta(days=3)) == [SUBJECTS[1]]


def test_a_reminder_by_itself_counts_as_one_of_the_day(owed: list[Assignment]) -> None:
    at = owed[0].due_at - timedelta(days=1)
    run(at)

    assert PanelMember.objects.get(pk=owed[0].member_id).reminded_at == at
