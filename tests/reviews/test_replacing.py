"""Somebody else for a review that was handed back: proposed by the rules of the whole call, and nothing else moved."""

import pytest

from core.audit.models import AuditEvent
from core.jobs import work
from core.people.models import User
from core.waiting import waiting_for
from fund.models import Call
from reviews.actions import assigning, replacing, reviewing
from reviews.models import Assignment, PanelMember
from tests.reviews import panels
from tests.reviews.staff.conftest import recuse

State = Assignment.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return panels.make_call_in_review(applications=2, reviews_each=2, least_groups=2)


@pytest.fixture
def members(call: Call) -> list[PanelMember]:
    """Two of research, one of industry, with room for one more each."""
    return [
        panels.make_member(call, name, group, most_load=most)
        for name, group, most in (
            ("Ruth", "research", 2),
            ("Rana", "research", 2),
            ("Ivo", "industry", 1),
            ("Nia", "ngo", 2),
        )
    ]


def hand_back(assignment: Assignment) -> None:
    reviewing.hand_back(assignment=assignment, reason="Not my field.", by=assignment.member.person)
    work.run_all()


def whats(user: User) -> list[str]:
    return [each.what for each in waiting_for(User.objects.get(pk=user.pk))]


def test_handing_back_has_somebody_proposed_who_fits_and_moves_nothing_else(
    call: Call, members: list[PanelMember], helena: User
) -> None:
    first, second = call.applications.order_by("pk")
    ruth, rana, ivo, nia = members
    gone, stays = panels.assign(first, ruth), panels.assign(first, rana)
    elsewhere = assigning.add(application=second, member=ivo, by=None)  # whose load is full by this proposal
    Assignment.objects.filter(pk=elsewhere.pk).update(is_kept=False)
    hand_back(gone)

    found = Assignment.objects.get(state=State.PROPOSED, application=first)
    assert (found.member, found.is_kept, found.affinity is not None, bool(found.why)) == (nia, False, True, True)
    assert panels.fresh(stays).state == State.ACCEPTED
    assert Assignment.objects.filter(pk=elsewhere.pk, state=State.PROPOSED).exists()
    event = AuditEvent.objects.get(code="assignment:replace")
    assert (event.root, event.actor, event.data) == (first.pk, None, {"application": first.pk, "member": nia.pk})
    assert whats(helena) == ["1 replacement to release"]


def test_where_the_rules_leave_nobody_the_place_stays_open_and_is_said(
    call: Call, members: list[PanelMember], helena: User, oluchi: User
) -> None:
    first = call.applications.order_by("pk").first()
    gone = panels.assign(first, members[0])
    panels.assign(first, members[1])
    PanelMember.objects.filter(group__in=["industry", "ngo"]).update(most_load=0)
    hand_back(gone)

    assert not Assignment.objects.filter(state=State.PROPOSED).exists()
    assert whats(helena) == ["1 place to fill"]
    recuse(oluchi, first)
    assert whats(oluchi) == []


def test_looking_twice_proposes_nobody_twice(call: Call, members: list[PanelMember]) -> None:
    first = call.applications.order_by("pk").first()
    gone = panels.assign(first, members[0])
    hand_back(gone)
    count = Assignment.objects.count()

    assert replacing.propose(application=first) == []
    assert Assignment.objects.count() == count


def test_nothing_is_proposed_once_the_review_is_over(call: Call, members: list[PanelMember]) -> None:
    gone = panels.assign(call.applications.first(), members[0])
    reviewing.hand_back(assignment=gone, reason="Not my field.", by=members[0].person)
    Call.objects.update(state=Call.State.DECIDED)
    work.run_all()

    assert not Assignment.objects.filter(state=State.PROPOSED).exists()
