"""What waits for the people of a panel, made and cleared by the work itself."""

from copy import deepcopy

import pytest

from core import clock
from core.people.models import User
from core.waiting import waiting_for
from fund.models import Call
from reviews.actions import conflicts, deciding, interests, panel, reviewing
from tests.reviews import panels

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared: None) -> Call:
    """Make the call once."""
    return panels.make_call_in_review(applications=3)


@pytest.fixture
def call(made: Call, db: None) -> Call:
    return deepcopy(made)


def without_interests(user: User) -> User:
    """Let somebody have declared that they have no interests."""
    interests.declare_interests(person=user, interests=[], by=user)
    return user


def whats(user: User) -> list[str]:
    return [each.what for each in waiting_for(User.objects.get(pk=user.pk))]


def test_a_reviewer_is_told_what_to_declare_and_what_is_due(call: Call, ruth: User) -> None:
    member = panel.invite(call=call, person=ruth, group="ngo", country="KE", by=None)
    assert whats(ruth) == ["Panel invitation to answer"]
    panel.answer(member=member, accepts=True, by=ruth)
    assert whats(ruth) == ["Your interests, declared once a year"]
    without_interests(ruth)
    assert whats(ruth) == []
    mine = [panels.assign(each, member, declared=False) for each in call.applications.order_by("pk")]
    due = mine[0].due_at
    type(mine[0]).objects.update(due_at=due)
    assert whats(ruth) == ["3 conflicts to declare"]

    conflicts.declare(assignment=mine[0], has_interest=False, by=ruth)
    reviewing.hand_back(assignment=panels.fresh(mine[1]), reason="x", by=ruth)
    assert whats(ruth) == [f"1 review due {due:%a} {due.day} {due:%b}", "1 conflict to declare"]
    panels.submit(panels.fresh(mine[0]))
    assert whats(ruth) == ["1 conflict to declare"]


def test_nothing_waits_while_one_pauses(call: Call, ruth: User) -> None:
    panels.assign(call.applications.first(), panels.make_member(call, without_interests(ruth)))
    assert len(whats(ruth)) == 1
    panel.pause(person=ruth, by=ruth)

    assert whats(ruth) == []


def test_ties_to_rule_on_wait_for_administrators_and_the_chair_but_not_for_who_is_tied(
    call: Call, helena: User, chandra: User, ruth: User
) -> None:
    panels.make_member(call, without_interests(chandra), is_chair=True)
    elsewhere = panels.make_member(panels.make_call_in_review("other"), without_interests(ruth), is_chair=True)
    member = panels.make_member(call, "Omar")
    without_interests(member.person)
    assignment = panels.assign(call.applications.first(), member, declared=False)
    tie = conflicts.declare(assignment=assignment, has_interest=True, kinds=["personal"], by=member.person)

    assert [whats(each) for each in (helena, chandra, elsewhere.person, member.person)] == [
        ["1 conflict to rule on", "3 places to fill"], ["1 conflict to rule on", "3 places to fill"], [], [],
    ]  # fmt: skip
    conflicts.rule(declaration=tie, ruling="recused", by=helena)
    assert [whats(each) for each in (helena, chandra)] == [["3 places to fill"], ["3 places to fill"]]


def test_decisions_wait_for_a_second_administrator(call: Call, helena: User, oluchi: User) -> None:
    decision = deciding.prepare(application=call.applications.first(), outcome="decline", rationale="x", by=helena)

    assert [whats(each) for each in (helena, oluchi)] == [[], ["1 decision to approve"]]
    deciding.approve(decision=decision, by=oluchi)
    assert whats(oluchi) == []


def test_what_is_late_stays_with_its_date(call: Call, ruth: User) -> None:
    assignment = panels.assign(call.applications.first(), panels.make_member(call, without_interests(ruth)))

    with clock.at(assignment.due_at + clock.days(3)):
        (late,) = waiting_for(User.objects.get(pk=ruth.pk))
        assert (late.due_words, late.due_at) == ("3 days late", assignment.due_at)
