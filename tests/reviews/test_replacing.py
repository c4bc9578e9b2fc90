"""Somebody else for a review that was handed back or lost to a tie: proposed by the rules of the whole call."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from applications.models import Application
from core import clock
from core.audit.models import AuditEvent
from core.interests.models import Declaration
from core.jobs import work
from core.people.models import User
from core.waiting import waiting_for
from fund.models import Call
from reviews.actions import assigning, conflicts, replacing, reviewing
from reviews.models import Assignment, MatchingRun, PanelMember
from reviews.places import runs_in
from tests import factories
from tests.reviews import panels
from tests.reviews.staff.conftest import recuse

State = Assignment.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return panels.make_call_in_review(applications=2, reviews_each=2, least_groups=2)


@pytest.fixture
def members(call: Call) -> list[PanelMember]:
    """Four of four groups, with room for two, and one for one."""
    return [
        panels.make_member(call, name, group, most_load=most)
        for name, group, most in (
            ("Ruth", "research", 2),
            ("Rana", "government", 2),
            ("Ivo", "industry", 1),
            ("Nia", "ngo", 2),
        )
    ]


def hand_back(assignment: Assignment) -> None:
    reviewing.hand_back(assignment=assignment, reason="Not my field.", by=assignment.member.person)
    work.run_all()


def reasons(call: Call, viewer: User) -> dict[str, str]:
    return runs_in(call, viewer, Application.objects.visible_to_fund(viewer).filter(call=call))[1]


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
    why = reasons(call, helena)[first.reference]
    assert why.startswith("Of 3 other reviewers 1 cannot because of a conflict, 2 because they have all")
    recuse(oluchi, first)
    assert (whats(oluchi), reasons(call, oluchi)) == ([], {})


def test_looking_twice_proposes_nobody_twice(call: Call, members: list[PanelMember], helena: User) -> None:
    first = call.applications.order_by("pk").first()
    gone = panels.assign(first, members[0])
    hand_back(gone)
    count = Assignment.objects.count()

    assert replacing.propose(application=first) == []
    assert Assignment.objects.count() == count
    assert reasons(call, helena) == {}


def test_nothing_is_proposed_once_the_review_is_over(call: Call, members: list[PanelMember]) -> None:
    gone = panels.assign(call.applications.first(), members[0])
    reviewing.hand_back(assignment=gone, reason="Not my field.", by=members[0].person)
    Call.objects.update(state=Call.State.DECIDED)
    work.run_all()

    assert not Assignment.objects.filter(state=State.PROPOSED).exists()


def declare(assignment: Assignment) -> None:
    by = assignment.member.person
    conflicts.declare(assignment=assignment, has_interest=True, kinds=["personal"], by=by)


def find(assignment: Assignment) -> None:
    """Let the data show a tie."""
    assignment.application.team.update(organisation=None, organisation_name="Quiet works")
    person = assignment.member.person
    person.organisation = factories.make_organisation("Quiet works")
    person.save()
    conflicts.raise_by_system(call=assignment.application.call)


def rule(assignment: Assignment) -> None:
    """Rule on a tie that had been cleared."""
    tie = Declaration.objects.get(person=assignment.member.person, subject=assignment.application_id)
    Declaration.objects.update(has_interest=True, ruling="no_action", ruled_at=clock.now())
    conflicts.rule(declaration=tie, ruling="recused", by=None)


@pytest.mark.parametrize(("tie", "is_done"), [(declare, False), (find, False), (rule, True)])
def test_a_tie_has_somebody_proposed_as_handing_back_has(
    call: Call, members: list[PanelMember], helena: User, tie: Callable[[Assignment], None], is_done: bool
) -> None:
    first = call.applications.order_by("pk").first()
    mine, stays = panels.assign(first, members[0]), panels.assign(first, members[1])
    if is_done:
        panels.submit(mine)
    tie(panels.fresh(mine))
    work.run_all()

    assert (panels.fresh(mine).state, panels.fresh(stays).state) == (State.RECUSED, State.ACCEPTED)
    assert Assignment.objects.get(state=State.PROPOSED).member in members[2:]
    assert "1 replacement to release" in whats(helena)


def test_a_tie_to_what_is_only_proposed_has_somebody_else_proposed(call: Call, members: list[PanelMember]) -> None:
    first = call.applications.order_by("pk").first()
    panels.assign(first, members[1])
    proposed = assigning.add(application=first, member=members[2], by=None)
    find(proposed)
    work.run_all()

    assert Assignment.objects.get(state=State.PROPOSED).member in (members[0], members[3])


def test_who_comes_back_takes_the_place_again_but_nothing_from_who_knows_of_theirs(
    call: Call, members: list[PanelMember]
) -> None:
    first, second = call.applications.order_by("pk")
    for application in (first, second):
        declare(panels.assign(application, members[0]))
        panels.assign(application, members[1])
    work.run_all()
    here, there = Assignment.objects.filter(state=State.PROPOSED).order_by("application")
    there.take("release", by=None)
    for tie in Declaration.objects.filter(person=members[0].person, has_interest=True):
        conflicts.rule(declaration=tie, ruling="no_action", by=None)
    work.run_all()

    assert not Assignment.objects.filter(pk=here.pk).exists()
    assert panels.fresh(there).state == State.RELEASED
    assert first.assignments.held().count() == 2


def test_what_was_worked_out_for_one_application_is_no_run_over_the_call(
    call: Call, members: list[PanelMember], helena: User
) -> None:
    whole = assigning.propose(call=call, by=helena)
    assigning.release(call=call, due_at=clock.now() + timedelta(days=9), by=None)
    hand_back(panels.fresh(Assignment.objects.filter(state=State.RELEASED).order_by("pk").first()))

    assert MatchingRun.objects.count() == 2
    assert runs_in(call, helena, [])[0] == whole
