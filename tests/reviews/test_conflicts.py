"""Conflicts of interest: declared, found by the system, ruled upon."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import Application, TeamMember
from core.interests.models import Declaration
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.actions import assigning, conflicts
from reviews.models import Assignment, Review
from reviews.problem import read_problem
from reviews.ties import ties_of
from tests import factories
from tests.reviews import panels

State = Assignment.State
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared: None) -> Call:
    """Make the call once."""
    return panels.make_call_in_review()


@pytest.fixture
def call(made: Call, db: None) -> Call:
    return deepcopy(made)


@pytest.fixture
def application(call: Call) -> Application:
    return call.applications.order_by("pk")[0]


def found(call: Call, person: User, application: Application) -> tuple[str, ...]:
    """Return the kinds of tie that the system finds between two."""
    return next(
        (tie.kinds for tie in ties_of(call) if (tie.person, tie.application) == (person.pk, application.pk)), ()
    )


# What the system finds.


def test_nothing_is_found_where_nothing_ties(call: Call) -> None:
    panels.make_panel(call, 3)

    assert ties_of(call) == []


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"email": "ruth@host100.example"}, ("institutional",)),
        ({"email": "ruth@mail.host100.example"}, ("institutional",)),
        ({"email": "ruth@nothost100.example"}, ()),
        ({"email": "ruth@gmail.com"}, ()),
    ],
)
def test_a_shared_address_ties_unless_its_domain_is_public(
    call: Call, application: Application, fields: dict[str, Any], kinds: tuple[str, ...]
) -> None:
    person = factories.make_user("Ruth", **fields)
    TeamMember.objects.create(application=application, name="A", email="someone@gmail.com")
    panels.make_member(call, person)

    assert found(call, person, application) == kinds


@pytest.mark.parametrize("relation", ["same", "parent", "child", "sibling", "typed name"])
def test_the_same_organisation_ties_by_its_parent_too(call: Call, application: Application, relation: str) -> None:
    host = application.host
    parent = factories.make_organisation("Parent", "KE")
    if relation in ("parent", "sibling"):
        type(host).objects.filter(pk=host.pk).update(parent=parent)
    own = {
        "same": lambda: host,
        "parent": lambda: parent,
        "child": lambda: factories.make_organisation("Child", "KE", parent=host),
        "sibling": lambda: factories.make_organisation("Sibling", "KE", parent=parent),
        "typed name": lambda: factories.make_organisation("A small centre", "KE"),
    }[relation]()
    TeamMember.objects.create(application=application, name="A", organisation_name="A SMALL centre ")
    person = factories.make_user("Ruth", email="ruth@elsewhere.example", organisation=own)
    panels.make_member(call, person)

    assert found(call, person, application) == ("institutional",)


def test_a_contributor_that_is_a_partner_ties_its_people(call: Call, application: Application) -> None:
    company = factories.make_organisation("Member company", kind="company")
    call.fund.contributions.create(organisation=company, pledged=1000, pledged_at=call.opens_at)
    TeamMember.objects.create(
        application=application, name="P", part=TeamMember.Part.PARTNER, organisation=company,
        organisation_name=company.name,
    )  # fmt: skip
    person = factories.make_user("Ruth", email="ruth@company.example", organisation=company)
    panels.make_member(call, person)

    assert found(call, person, application) == ("employer",)


def test_an_own_application_ties_to_its_own_team_and_competes_with_all_others(
    call: Call, application: Application
) -> None:
    person = User.objects.get(teams__application=application)
    panels.make_member(call, person)
    other = call.applications.order_by("pk")[1]

    assert found(call, person, application) == ("collaborator", "institutional")
    assert found(call, person, other) == ("competing",)


def test_who_applies_together_in_another_call_is_tied(call: Call, application: Application) -> None:
    elsewhere = factories.make_call("elsewhere")
    person = factories.make_user("Ruth", email="ruth@elsewhere.example")
    draft = factories.make_draft(elsewhere, person)
    lead = User.objects.get(teams__application=application)
    TeamMember.objects.create(application=draft, user=lead, name=lead.name)
    panels.make_member(call, person)

    assert found(call, person, application) == ("collaborator",)


def test_finding_ties_takes_the_same_queries_for_few_and_for_many(call: Call) -> None:
    panels.make_panel(call, 1)
    with CaptureQueriesContext(
        connection,
    ) as few:
        ties_of(call)
    panels.make_panel(panels.make_call_in_review("other"), 1)
    for number in range(300, 306):
        panels.make_application(factories.make_call(f"more-{number}"), number)
    Application.objects.update(call=call)
    for name in ("Xenia", "Yusuf", "Zola"):
        panels.make_member(call, name)

    with CaptureQueriesContext(connection) as many:
        ties_of(call)

    assert len(many) == len(few)


def test_what_the_system_raises_recuses_at_once_and_only_once(call: Call, application: Application) -> None:
    person = factories.make_user("Ruth", email="ruth@host100.example")
    panels.make_member(call, person)

    assert conflicts.raise_by_system(call=call) == 1
    assert conflicts.raise_by_system(call=call) == 0
    tie = Declaration.objects.get(person=person)
    assert (tie.by_system, tie.is_recusing, tie.subject) == (True, True, application.pk)
    assert "host100" not in tie.note


def test_a_ruling_outlives_the_next_search(call: Call, application: Application, helena: User) -> None:
    panels.make_member(call, factories.make_user("Ruth", email="ruth@host100.example"))
    conflicts.raise_by_system(call=call)
    conflicts.rule(declaration=Declaration.objects.get(), ruling="no_action", by=helena)
    conflicts.raise_by_system(call=call)

    assert Declaration.objects.get().is_recusing is False


def test_no_ruling_gives_an_application_to_its_own_team(call: Call, application: Application, helena: User) -> None:
    panels.make_panel(call, 3)
    own = panels.make_member(call, User.objects.get(teams__application=application))
    conflicts.raise_by_system(call=call)
    conflicts.rule(declaration=Declaration.objects.get(subject=application.pk), ruling="no_action", by=helena)

    problem = read_problem(call)

    shut = {(problem.applications[each], problem.members[member]) for each, member in problem.instance.conflicts}
    assert (application.pk, own.pk) in shut


def test_a_tie_found_late_drops_the_review_and_deletes_the_proposal(call: Call, application: Application) -> None:
    ruth = panels.make_member(call, "Ruth")
    other = panels.make_member(call, "Omar")
    panels.submit(panels.assign(application, ruth))
    assigning.add(application=application, member=other, by=None)
    User.objects.filter(pk__in=[ruth.person_id]).update(email="ruth@host100.example")
    User.objects.filter(pk__in=[other.person_id]).update(email="omar@host100.example")

    conflicts.raise_by_system(call=call)

    assert list(Assignment.objects.values_list("member", "state")) == [(ruth.pk, State.RECUSED)]
    assert Review.objects.counted().count() == 0


# What a person declares.


def test_no_tie_opens_the_text(call: Call, application: Application) -> None:
    member = panels.make_member(call, "Ruth")
    assignment = panels.assign(application, member, declared=False)
    assert not Application.objects.visible_to(member.person).exists()

    conflicts.declare(assignment=assignment, has_interest=False, by=member.person)

    assert panels.fresh(assignment).state == State.ACCEPTED
    assert list(Application.objects.visible_to(member.person)) == [application]


def test_a_declared_tie_recuses_until_it_is_ruled_upon(call: Call, application: Application, helena: User) -> None:
    member = panels.make_member(call, "Ruth")
    assignment = panels.assign(application, member, declared=False)

    tie = conflicts.declare(
        assignment=assignment, has_interest=True, kinds=["supervision"], note="My student.", by=member.person
    )

    assert panels.fresh(assignment).state == State.RECUSED
    assert not Application.objects.visible_to(member.person).exists()
    assert not Assignment.objects.visible_to(member.person).exists()

    conflicts.rule(declaration=tie, ruling="no_action", note="Ten years ago.", by=helena)
    assert panels.fresh(assignment).state == State.RELEASED
    conflicts.declare(assignment=panels.fresh(assignment), has_interest=False, by=member.person)
    assert list(Application.objects.visible_to(member.person)) == [application]


@pytest.mark.parametrize(
    ("kinds", "note", "field"), [([], "", "kinds"), (["no such"], "", "kinds"), (["other"], " ", "note")]
)
def test_a_tie_says_what_it_is(call: Call, application: Application, kinds: list[str], note: str, field: str) -> None:
    member = panels.make_member(call, "Ruth")
    assignment = panels.assign(application, member, declared=False)

    with pytest.raises(ValidationError) as error:
        conflicts.declare(assignment=assignment, has_interest=True, kinds=kinds, note=note, by=member.person)
    assert list(error.value.message_dict) == [field]


def test_nobody_declares_for_another(call: Call, application: Application, helena: User) -> None:
    assignment = panels.assign(application, panels.make_member(call, "Ruth"), declared=False)

    with pytest.raises(PermissionDenied):
        conflicts.declare(assignment=assignment, has_interest=False, by=helena)


def test_a_proposal_cannot_be_declared_upon(call: Call, application: Application) -> None:
    member = panels.make_member(call, "Ruth")
    proposal = assigning.add(application=application, member=member, by=None)

    with pytest.raises(PermissionDenied):
        conflicts.declare(assignment=proposal, has_interest=False, by=member.person)


def test_a_tie_on_record_is_not_declared_away(call: Call, application: Application) -> None:
    member = panels.make_member(call, "Ruth")
    assignment = panels.assign(application, member, declared=False)
    Declaration.objects.create(
        person=member.person, subject_type=conflicts.SUBJECT, subject=application.pk, has_interest=True,
        declared_at=call.opens_at, by_system=True,
    )  # fmt: skip

    with pytest.raises(WrongState, match="on record"):
        conflicts.declare(assignment=assignment, has_interest=False, by=member.person)


def test_a_late_tie_takes_a_submitted_review_out_of_the_figures(
    call: Call, application: Application, helena: User
) -> None:
    member = panels.make_member(call, "Ruth")
    assignment = panels.assign(application, member)
    panels.submit(assignment)

    tie = conflicts.declare(
        assignment=panels.fresh(assignment), has_interest=True, kinds=["financial"], by=member.person
    )
    assert Review.objects.counted().count() == 0

    conflicts.rule(declaration=tie, ruling="no_action", by=helena)
    review = Review.objects.get()
    assert (panels.fresh(assignment).state, review.submitted_at) == (State.RELEASED, None)


# Who rules.


def test_the_chair_rules_on_their_own_call_only(call: Call, application: Application, chandra: User) -> None:
    member = panels.make_member(call, "Ruth")
    tie = conflicts.declare(
        assignment=panels.assign(application, member, declared=False), has_interest=True, kinds=["personal"],
        by=member.person,
    )  # fmt: skip
    panels.make_member(panels.make_call_in_review("other"), chandra, is_chair=True)
    with pytest.raises(PermissionDenied):
        conflicts.rule(declaration=tie, ruling="recused", by=chandra)

    panels.make_member(call, chandra, is_chair=True)

    assert conflicts.rule(declaration=tie, ruling="recused", by=chandra).ruled_by == chandra


def test_nobody_rules_on_themselves_or_where_they_are_tied(call: Call, application: Application, helena: User) -> None:
    member = panels.make_member(call, helena)
    other = panels.make_member(call, "Ruth")
    own = conflicts.declare(
        assignment=panels.assign(application, member, declared=False), has_interest=True, kinds=["personal"], by=helena
    )
    theirs = conflicts.declare(
        assignment=panels.assign(application, other, declared=False), has_interest=True, kinds=["personal"],
        by=other.person,
    )  # fmt: skip

    for tie in (own, theirs):
        with pytest.raises(PermissionDenied):
            conflicts.rule(declaration=tie, ruling="no_action", by=helena)


@pytest.mark.parametrize("ruling", ["recused", "observe"])
def test_a_ruling_that_keeps_the_person_away_leaves_the_review_recused(
    call: Call, application: Application, helena: User, ruling: str
) -> None:
    member = panels.make_member(call, "Ruth")
    assignment = panels.assign(application, member, declared=False)
    tie = conflicts.declare(assignment=assignment, has_interest=True, kinds=["personal"], by=member.person)
    conflicts.rule(declaration=tie, ruling=ruling, by=helena)

    assert panels.fresh(assignment).state == State.RECUSED
    assert not Application.objects.visible_to(member.person).exists()


def test_an_unknown_ruling_is_refused_in_words(call: Call, application: Application, helena: User) -> None:
    member = panels.make_member(call, "Ruth")
    tie = conflicts.declare(
        assignment=panels.assign(application, member, declared=False), has_interest=True, kinds=["personal"],
        by=member.person,
    )  # fmt: skip

    with pytest.raises(ValidationError, match="Choose a ruling"):
        conflicts.rule(declaration=tie, ruling="maybe", by=helena)
