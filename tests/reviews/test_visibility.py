"""Who sees which reviews, assignments, applications and decisions: lists, object permissions and figures agree."""

from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from applications.models import Application, Attachment
from applications.models.tied import SUBJECT
from core import clock
from core.interests.models import Declaration
from core.people.models import Role, User
from fund.models import Call
from reviews.actions import conflicts, deciding, reviewing
from reviews.models import Assignment, Decision, MatchingRun, PanelMember, Recommendation, Release, Review
from reviews.standing import is_limited, results_of
from tests import factories
from tests.reviews import panels

pytestmark = pytest.mark.django_db
ALL_ROLES = [Role.PANEL, Role.CHAIR, Role.ADMINISTRATOR, Role.FINANCE, Role.AUDITOR]


@dataclass
class World:
    """One application with two submitted reviews, a draft and a proposal, another one without, and the people."""

    call: Call
    first: Application
    second: Application
    done: Assignment
    other: Assignment
    draft: Assignment
    proposal: Assignment


@pytest.fixture(scope="module")
def made(shared: None) -> tuple[World, User]:
    """Make the call once, and its chair."""
    chair = factories.make_user("Chandra", Role.PANEL, Role.CHAIR)
    call = panels.make_call_in_review(applications=2)
    first, second = call.applications.order_by("pk")
    panels.make_member(call, chair, is_chair=True)
    one, two, three, four = panels.make_panel(call, 4)
    done, other, draft = (panels.assign(first, each) for each in (one, two, three))
    panels.submit(done, value=5, private_comment="Between us.")
    panels.submit(other, value=2)
    panels.write(draft, value=6, private_comment="Unfinished.")
    proposal = Assignment.objects.create(application=first, member=four)
    return World(call, first, second, *map(panels.fresh, (done, other, draft, proposal))), chair


@pytest.fixture
def world(made: tuple[World, User], db: None) -> World:
    return deepcopy(made[0])


@pytest.fixture
def chandra(made: tuple[World, User], db: None) -> User:
    """The chair of the call's panel."""
    return deepcopy(made[1])


def reviews_seen(user: User) -> set[int]:
    return set(Review.objects.visible_to(user).values_list("assignment", flat=True))


def with_fresh_roles(user: User) -> User:
    return User.objects.get(pk=user.pk)


def give_all_roles(user: User) -> User:
    factories.people.give_role(user=user, role=Role.ADMINISTRATOR, reason="Test", by=None)
    for role in ALL_ROLES:
        factories.people.give_role(user=user, role=role, reason="Test", by=None)
    return with_fresh_roles(user)


def test_reviews_are_seen_by_role_and_drafts_by_their_writer_only(
    world: World, helena: User, audrey: User, felix: User, chandra: User, ada: User
) -> None:
    submitted = {world.done.pk, world.other.pk}

    assert {person.name: reviews_seen(person) for person in (helena, audrey, chandra, felix, ada)} == {
        "Helena": submitted, "Audrey": submitted, "Chandra": submitted, "Felix": set(), "Ada": set(),
    }  # fmt: skip
    assert reviews_seen(AnonymousUser()) == set()
    assert reviews_seen(User.objects.get(teams__application=world.first)) == set()


def test_a_reviewer_sees_the_others_only_after_their_own(world: World) -> None:
    drafting, done = world.draft.member.person, world.done.member.person

    assert reviews_seen(drafting) == {world.draft.pk}
    assert reviews_seen(done) == {world.done.pk, world.other.pk}
    reviewing.submit(assignment=world.draft, by=drafting)
    assert reviews_seen(drafting) == {world.done.pk, world.other.pk, world.draft.pk}


@pytest.mark.parametrize("state", ["released", "accepted", "in_progress", "proposed"])
def test_no_other_role_opens_the_others_before_ones_own(world: World, state: str) -> None:
    person = give_all_roles(world.draft.member.person)
    PanelMember.objects.filter(person=person).update(is_chair=True)
    Assignment.objects.filter(pk=world.draft.pk).update(state=state)

    seen = reviews_seen(person)
    assert seen <= {world.draft.pk}
    assert world.first.pk not in {each.application.pk for each in results_of(world.call, person) if each.mean}


def test_figures_of_who_owes_a_review_leave_that_application_out(world: World, helena: User) -> None:
    third = panels.make_application(factories.make_call("third"), 900)
    Application.objects.filter(pk=third.pk).update(call=world.call)
    member = panels.make_member(world.call, helena)
    panels.assign(Application.objects.get(pk=world.first.pk), member)

    by_application = {each.application.pk: each for each in results_of(world.call, helena)}
    assert (by_application[world.first.pk].mean, by_application[world.first.pk].reviews) == (None, ())


def test_assignments_are_seen_by_who_runs_the_call_and_by_their_own_people(
    world: World, helena: User, audrey: User, felix: User, chandra: User, ada: User
) -> None:
    every = set(Assignment.objects.values_list("pk", flat=True))

    def seen(user: User) -> set[int]:
        return set(Assignment.objects.visible_to(user).values_list("pk", flat=True))

    assert [seen(each) for each in (helena, audrey, chandra, felix, ada)] == [every, every, every, set(), set()]
    assert seen(world.draft.member.person) == {world.draft.pk}
    assert seen(world.proposal.member.person) == set()


def test_lists_of_assignments_agree_with_what_a_person_may_do(world: World, helena: User, chandra: User) -> None:
    rows = list(Assignment.objects.select_related("member", "application__call"))
    rights = ("reviews.run_assignment", "reviews.read_assigned")

    def may(person: User) -> set[int]:
        return {row.pk for row in rows if any(person.has_perm(right, row) for right in rights)}

    for person in (helena, chandra, *(each.person for each in PanelMember.objects.select_related("person"))):
        assert may(person) == set(Assignment.objects.visible_to(person).values_list("pk", flat=True))
    assert may(helena) == may(chandra) == {row.pk for row in rows}
    assert [may(each.member.person) for each in (world.done, world.draft, world.proposal)] == [
        {world.done.pk}, {world.draft.pk}, set(),
    ]  # fmt: skip


def test_applications_open_to_reviewers_once_declared_and_to_the_chair(
    world: World, chandra: User, ruth: User, felix: User
) -> None:
    def seen(user: User) -> set[int]:
        return set(Application.objects.visible_to(user).values_list("pk", flat=True))

    both = {world.first.pk, world.second.pk}
    assert [seen(chandra), seen(ruth), seen(felix)] == [both, set(), set()]
    assert seen(world.draft.member.person) == {world.first.pk}
    assert seen(world.proposal.member.person) == set()
    Assignment.objects.filter(pk=world.draft.pk).update(state="released")
    assert seen(world.draft.member.person) == set()
    Assignment.objects.filter(pk=world.draft.pk).update(state="declined")
    assert seen(world.draft.member.person) == set()


def test_undeclared_shuts_the_text_whatever_other_role_one_holds(world: World) -> None:
    person = give_all_roles(world.draft.member.person)
    Assignment.objects.filter(pk=world.draft.pk).update(state="released")

    assert set(Application.objects.visible_to(person)) == {world.second}


def test_recusal_shuts_everything_of_an_application(world: World, helena: User, chandra: User, oluchi: User) -> None:
    deciding.recommend(application=world.first, kind="fund", rationale="x", amount=Decimal(9), by=oluchi)
    deciding.prepare(application=world.first, outcome="decline", rationale="x", by=oluchi)
    for person in (helena, chandra):
        Declaration.objects.create(
            person=person, subject_type=SUBJECT, subject=world.first.pk, has_interest=True, declared_at=clock.now()
        )

        assert set(Application.objects.visible_to(person)) == {world.second}
        assert not Assignment.objects.visible_to(person).filter(application=world.first).exists()
        assert not Recommendation.objects.visible_to(person).exists()
        assert not Decision.objects.visible_to(person).exists()
        assert reviews_seen(person) == set()
        assert [each.application for each in results_of(world.call, person)] == [world.second]
        assert is_limited(world.call, person)
        for assignment in Assignment.objects.filter(application=world.first):
            assert not person.has_perm("reviews.run_assignment", assignment)
    assert not is_limited(world.call, oluchi)


def test_a_recused_reviewer_sees_not_even_their_own_review(world: World) -> None:
    person = world.done.member.person
    conflicts.declare(assignment=world.done, has_interest=True, kinds=["personal"], by=person)

    assert reviews_seen(person) == set()
    assert not Assignment.objects.visible_to(person).exists()
    assert not Application.objects.visible_to(person).exists()


def test_a_tie_on_record_shuts_the_reviews_even_before_the_assignment_is_dropped(world: World) -> None:
    person = world.done.member.person
    Declaration.objects.filter(person=person).update(has_interest=True)

    assert reviews_seen(person) == set()


def test_a_recused_review_is_in_nobodys_figures(world: World, helena: User) -> None:
    before = results_of(world.call, helena)[0]
    conflicts.declare(assignment=world.done, has_interest=True, kinds=["personal"], by=world.done.member.person)
    after = results_of(world.call, helena)[0]

    assert (before.mean, before.reviews_in, before.expected) == (Decimal("3.5"), 2, 3)
    assert (after.mean, after.reviews_in, after.expected) == (Decimal(2), 1, 2)


def test_an_applicant_who_also_serves_sees_nothing_of_their_own(world: World) -> None:
    person = give_all_roles(User.objects.get(teams__application=world.first))
    panels.make_member(world.call, person, is_chair=True)

    assert set(Application.objects.visible_to_fund(person)) == {world.second}
    assert not Assignment.objects.visible_to(person).filter(application=world.first).exists()
    assert not Review.objects.visible_to(person).filter(assignment__application=world.first).exists()


def test_what_runs_the_panel_is_for_those_who_run_it(
    world: World, helena: User, audrey: User, chandra: User, ruth: User, felix: User
) -> None:
    MatchingRun.objects.create(call=world.call, objective=1, is_proved=True, made_at=clock.now())
    Release.objects.create(call=world.call, visible_at=clock.now(), released_at=clock.now())
    members = PanelMember.objects.filter(call=world.call).count()

    people = (helena, audrey, chandra, ruth, felix)
    assert [MatchingRun.objects.visible_to(each).count() for each in people] == [1, 1, 1, 0, 0]
    assert [Release.objects.visible_to(each).count() for each in people] == [1, 1, 0, 0, 0]
    assert [PanelMember.objects.visible_to(each).count() for each in people] == [members, members, members, 0, 0]
    assert PanelMember.objects.visible_to(world.done.member.person).count() == 1


def test_files_stay_shut_while_the_applicants_are_hidden(world: World) -> None:
    Attachment.objects.create(
        application=world.first, question="letter", name="letter of Applicant 100.pdf", path="x", sha256="x", size=1,
        pages=1, attested=True,
    )  # fmt: skip
    reader, done = world.draft.member.person, world.done.member.person
    assert Attachment.objects.visible_to(reader).count() == 1

    Call.objects.filter(pk=world.call.pk).update(applicants_hidden=True)
    assert Attachment.objects.visible_to(reader).count() == 0
    assert Attachment.objects.visible_to(done).count() == 1
