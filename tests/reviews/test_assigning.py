"""Who reviews what: proposed, adjusted by hand, released."""

from collections import Counter
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import Application
from applications.models.tied import SUBJECT
from core import clock
from core.audit.models import AuditEvent
from core.interests.models import Declaration
from core.jobs import work
from core.mail.models import Message
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.actions import assigning, conflicts, panel, reviewing
from reviews.models import Assignment, MatchingRun, PanelMember
from reviews.places import runs_in
from tests import factories
from tests.reviews import panels

State = Assignment.State
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared: None) -> Call:
    """Make the call once."""
    return panels.make_call_in_review(applications=4)


@pytest.fixture
def call(made: Call, db: None) -> Call:
    return deepcopy(made)


def due() -> object:
    return clock.now() + timedelta(days=14)


def pairs() -> set[tuple[int, int]]:
    return set(Assignment.objects.values_list("application", "member"))


def test_a_proposal_fills_every_place_from_two_groups_and_balances_the_loads(call: Call, helena: User) -> None:
    panels.make_panel(call, 6)
    run = assigning.propose(call=call, by=helena)

    loads = Counter(Assignment.objects.values_list("member", flat=True))
    assert (run.is_proved, run.unfilled, sum(loads.values()), max(loads.values())) == (True, [], 12, 3)
    for application in call.applications.all():
        assert len(set(application.assignments.values_list("member__group", flat=True))) >= 2
    assert AuditEvent.objects.filter(code="call:propose_reviewers", actor=helena.pk).count() == 1


def test_each_proposal_says_why(call: Call) -> None:
    prevention = call.themes.get(slug="prevention")
    panels.make_member(call, "Ruth", themes=[prevention], statement="messages before a harmful search")
    panels.make_member(call, "Omar", "ngo")
    panels.make_member(call, "Pia", "police")
    assigning.propose(call=call, by=None)

    ruths = Assignment.objects.filter(member__person__name="Ruth").first()
    assert ruths.why["topics"] == ["Prevention"]
    assert ruths.affinity > 500


def test_a_tie_is_never_crossed(call: Call) -> None:
    members = panels.make_panel(call, 4)
    first = call.applications.order_by("pk")[0]
    Declaration.objects.create(
        person=members[0].person, subject_type=SUBJECT, subject=first.pk, has_interest=True, declared_at=clock.now()
    )
    User.objects.filter(pk=members[1].person_id).update(email=f"x@{first.host.email_domain}")

    run = assigning.propose(call=call, by=None)

    assert {(first.pk, members[0].pk), (first.pk, members[1].pk)}.isdisjoint(pairs())
    assert [place["proposal"] for place in run.unfilled] == [first.reference]


def test_what_was_released_or_kept_stays_and_the_rest_is_replaced(call: Call, helena: User) -> None:
    members = panels.make_panel(call, 5)
    first, second = call.applications.order_by("pk")[:2]
    released = panels.assign(first, members[4])
    kept = assigning.add(application=second, member=members[4], by=helena)
    assigning.propose(call=call, by=helena)
    before = set(Assignment.objects.filter(is_kept=False, state=State.PROPOSED).values_list("pk", flat=True))
    assigning.propose(call=call, by=helena)

    assert Assignment.objects.filter(pk__in=[released.pk, kept.pk]).count() == 2
    assert not before & set(Assignment.objects.values_list("pk", flat=True))
    assert (Assignment.objects.count(), MatchingRun.objects.count()) == (12, 2)


def test_what_was_given_back_is_not_proposed_again(call: Call) -> None:
    members = panels.make_panel(call, 4)
    first = call.applications.order_by("pk")[0]
    assignment = panels.assign(first, members[0])
    reviewing.hand_back(assignment=assignment, reason="Not my field.", by=members[0].person)

    assigning.propose(call=call, by=None)

    states = Assignment.objects.filter(application=first).values_list("member", "state")
    assert dict(states) == {members[0].pk: State.DECLINED} | {each.pk: State.PROPOSED for each in members[1:]}


def test_an_application_whose_places_are_taken_is_left_as_it_is(call: Call) -> None:
    members = panels.make_panel(call, 4)
    first = call.applications.order_by("pk")[0]
    for member in members[:3]:
        panels.assign(first, member)
    assigning.propose(call=call, by=None)

    assert first.assignments.count() == 3


def test_who_pauses_declined_or_only_is_invited_gets_nothing(call: Call) -> None:
    members = panels.make_panel(call, 5)
    panel.pause(person=members[0].person, by=members[0].person)
    PanelMember.objects.filter(pk=members[1].pk).update(state=PanelMember.State.INVITED)
    assigning.propose(call=call, by=None)

    assert {member for _, member in pairs()} == {each.pk for each in members[2:]}


def test_loads_go_up_to_what_was_agreed_only_where_a_place_stays_open_otherwise(call: Call) -> None:
    members = panels.make_panel(call, 3, most_load=4)
    run = assigning.propose(call=call, by=None)

    assert (run.unfilled, Counter(member for _, member in pairs())) == ([], dict.fromkeys([m.pk for m in members], 4))


def test_proposing_takes_the_same_queries_for_few_and_for_many(call: Call) -> None:
    panels.make_panel(call, 4)
    assigning.propose(call=call, by=None)
    with CaptureQueriesContext(connection) as few:
        assigning.propose(call=call, by=None)
    for number in range(400, 408):
        by_then = panels.make_application(factories.make_call(f"more-{number}"), number)
        Application.objects.filter(pk=by_then.pk).update(call=call)
    panels.make_member(call, "Zola", "police")

    with CaptureQueriesContext(connection) as many:
        assigning.propose(call=call, by=None)

    assert Assignment.objects.count() == 36
    assert len(many) == len(few)


def test_a_worker_proposes_and_the_batch_shows_it(call: Call, helena: User) -> None:
    panels.make_panel(call, 4)
    batch = assigning.ask_for_proposal(call=call, by=helena)
    work.run_all()

    job = batch.jobs.get()
    run = MatchingRun.objects.get()
    assert (job.state, job.result, run.made_by) == ("done", {"run": run.pk}, helena)


def test_only_who_runs_the_panel_proposes(call: Call, ruth: User, chandra: User) -> None:
    panels.make_panel(call, 4)
    panels.make_member(call, ruth)
    with pytest.raises(PermissionDenied):
        assigning.propose(call=call, by=ruth)
    with pytest.raises(PermissionDenied):
        assigning.propose(call=call, by=chandra)

    panels.make_member(call, chandra, is_chair=True)

    assert assigning.propose(call=call, by=chandra).unfilled == []


def test_reasons_for_open_places_name_no_application_that_one_is_recused_from(call: Call, helena: User) -> None:
    panels.make_panel(call, 2)
    first = call.applications.order_by("pk")[0]
    run = assigning.propose(call=call, by=None)
    Declaration.objects.create(
        person=helena, subject_type=SUBJECT, subject=first.pk, has_interest=True, declared_at=clock.now()
    )

    assert len(run.unfilled) == 4
    __, reasons = runs_in(call, helena, Application.objects.visible_to_fund(helena).filter(call=call))
    assert sorted(reasons) == sorted(call.applications.exclude(pk=first.pk).values_list("reference", flat=True))


# By hand.


def test_a_reviewer_added_by_hand_is_a_proposal_that_stays(call: Call, helena: User) -> None:
    member = panels.make_member(call, "Ruth")
    assignment = assigning.add(application=call.applications.first(), member=member, by=helena)

    assert (assignment.state, assignment.is_kept) == (State.PROPOSED, True)
    assert AuditEvent.objects.filter(code="assignment:add", subject=assignment.pk).count() == 1


def test_adding_by_hand_follows_the_same_rules(call: Call, helena: User) -> None:
    first, second = call.applications.order_by("pk")[:2]
    home = factories.make_organisation("Some centre", "KE")
    one = panels.make_member(call, factories.make_user("One", email="one@centre.example", organisation=home))
    colleague = panels.make_member(call, factories.make_user("Two", email="two@else.example", organisation=home))
    tied = panels.make_member(call, factories.make_user("Three", email=f"three@{first.host.email_domain}"))
    busy = panels.make_member(call, "Busy", most_load=1)
    away = panels.make_member(call, "Away")
    stranger = panels.make_member(panels.make_call_in_review("other"), "Stranger")
    panel.pause(person=away.person, by=away.person)
    assigning.add(application=first, member=one, by=helena)
    assigning.add(application=second, member=busy, by=helena)

    with pytest.raises(WrongState, match="already assigned"):
        assigning.add(application=first, member=one, by=helena)
    for member, words in [
        (colleague, "A colleague of Two"), (tied, "conflict of interest"), (busy, "all the applications"),
        (away, "no new reviews"), (stranger, "does not serve"),
    ]:  # fmt: skip
        with pytest.raises(ValidationError, match=words):
            assigning.add(application=first, member=member, by=helena)


def test_nobody_assigns_where_they_are_tied_themselves(call: Call, helena: User) -> None:
    member = panels.make_member(call, "Ruth")
    first, second = call.applications.order_by("pk")[:2]
    Declaration.objects.create(
        person=helena, subject_type=SUBJECT, subject=first.pk, has_interest=True, declared_at=clock.now()
    )

    with pytest.raises(PermissionDenied):
        assigning.add(application=first, member=member, by=helena)
    assigning.add(application=second, member=member, by=helena)


def test_a_proposal_taken_off_is_gone_and_an_owed_review_is_taken_back(call: Call, helena: User) -> None:
    members = panels.make_panel(call, 2)
    first = call.applications.order_by("pk")[0]
    owed = panels.assign(first, members[0])
    proposal = assigning.add(application=first, member=members[1], by=helena)

    assigning.remove(assignment=proposal, by=helena)
    assigning.remove(assignment=owed, by=helena)

    assert list(Assignment.objects.values_list("pk", "state", "decline_reason")) == [
        (owed.pk, State.DECLINED, "Given to somebody else by the fund")
    ]
    with pytest.raises(WrongState):
        assigning.remove(assignment=owed, by=helena)


# The release.


def test_proposals_are_invisible_before_the_release_and_one_mail_each_follows(call: Call, helena: User) -> None:
    members = panels.make_panel(call, 4)
    assigning.propose(call=call, by=helena)
    assert [Assignment.objects.visible_to(each.person).count() for each in members] == [0] * 4
    Message.objects.all().delete()

    moment = due()
    released = assigning.release(call=call, due_at=moment, by=helena)

    assert len(released) == 12
    assert set(Assignment.objects.values_list("state", "due_at")) == {(State.RELEASED, moment)}
    assert Message.objects.count() == len({each.member_id for each in released})
    for message in Message.objects.select_related("person"):
        mine = Assignment.objects.visible_to(message.person)
        assert message.subject.startswith(f"{mine.count()} applications to review by ")
        listed = {each for each in call.applications.values_list("reference", flat=True) if each in message.body}
        assert listed == set(mine.values_list("application__reference", flat=True))


def test_nothing_is_released_twice_late_or_before_the_review_starts(call: Call, helena: User) -> None:
    panels.make_panel(call, 4)
    with pytest.raises(WrongState, match="nothing to release"):
        assigning.release(call=call, due_at=due(), by=helena)
    assigning.propose(call=call, by=helena)
    with pytest.raises(ValidationError, match="has passed"):
        assigning.release(call=call, due_at=clock.now(), by=helena)
    Call.objects.filter(pk=call.pk).update(state=Call.State.PUBLISHED)
    with pytest.raises(WrongState, match="Start the review"):
        assigning.release(call=call, due_at=due(), by=helena)


def test_what_one_is_recused_from_stays_for_somebody_else_to_release(call: Call, helena: User, oluchi: User) -> None:
    panels.make_panel(call, 4)
    assigning.propose(call=call, by=None)
    first = call.applications.order_by("pk")[0]
    Declaration.objects.create(
        person=helena, subject_type=SUBJECT, subject=first.pk, has_interest=True, declared_at=clock.now()
    )

    assert len(assigning.release(call=call, due_at=due(), by=helena)) == 9
    assert set(first.assignments.values_list("state", flat=True)) == {State.PROPOSED}
    assert len(assigning.release(call=call, due_at=due(), by=oluchi)) == 3


def test_the_release_sends_eligible_applications_to_the_panel(call: Call, helena: User) -> None:
    Application.objects.update(state=Application.State.ELIGIBLE)
    panels.make_panel(call, 4)
    assigning.propose(call=call, by=helena)
    assigning.release(call=call, due_at=due(), by=helena)

    assert set(call.applications.values_list("state", flat=True)) == {Application.State.IN_REVIEW}


def test_a_tie_declared_after_the_release_leaves_the_others_in_peace(call: Call) -> None:
    members = panels.make_panel(call, 4)
    first = call.applications.order_by("pk")[0]
    mine, theirs = (panels.assign(first, each, declared=False) for each in members[:2])

    conflicts.declare(assignment=mine, has_interest=True, kinds=["personal"], by=members[0].person)

    assert [panels.fresh(each).state for each in (mine, theirs)] == [State.RECUSED, State.RELEASED]
