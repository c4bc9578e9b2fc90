"""Steps by hand keep the rules that the solver keeps over all reviewers of an application, or say what is broken."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from applications.models import Application
from core import clock
from core.people.models import User
from fund.models import Call
from reviews.actions import assigning
from reviews.matching import InstanceError
from reviews.models import Assignment, PanelMember
from reviews.places import possible_for
from reviews.problem import read_problem
from tests.reviews import panels

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    """One application with three places, of two groups and two countries."""
    return panels.make_call_in_review(applications=1, least_groups=2, least_countries=2)


@pytest.fixture
def members(call: Call) -> dict[str, PanelMember]:
    """Three of research in Norway, one of research in Kenya, one of industry in Norway, one of police in Ghana."""
    made = {name: panels.make_member(call, name) for name in ("Ruth", "Rana", "Rolf")}
    for name, group, country in (("Kito", "research", "KE"), ("Ivo", "industry", "NO"), ("Gita", "police", "GH")):
        made[name] = panels.make_member(call, name, group)
        PanelMember.objects.filter(pk=made[name].pk).update(country=country)
    return {name: PanelMember.objects.select_related("person").get(pk=each.pk) for name, each in made.items()}


def offered(call: Call) -> set[str]:
    rows = possible_for(call.applications.get(), Assignment.objects.held())
    return {each.member.person.name for each in rows}


@pytest.mark.parametrize(
    ("there", "free"),
    [
        ((), {"Ruth", "Rana", "Rolf", "Kito", "Ivo", "Gita"}),
        (("Ruth",), {"Rana", "Rolf", "Kito", "Ivo", "Gita"}),
        (("Ruth", "Rana"), {"Gita"}),
        (("Ruth", "Kito"), {"Ivo", "Gita"}),
        (("Ruth", "Ivo"), {"Kito", "Gita"}),
        (("Ruth", "Ivo", "Kito"), {"Rana", "Rolf", "Gita"}),
    ],
    ids=lambda names: "-".join(sorted(names)),
)
def test_who_is_offered_is_whom_the_solver_could_keep(
    call: Call, members: dict[str, PanelMember], there: tuple[str, ...], free: set[str]
) -> None:
    application = call.applications.get()
    for name in there:
        assigning.add(application=application, member=members[name], by=None)

    assert offered(call) == free
    for name in members.keys() - free - set(there):
        with pytest.raises(ValidationError, match=r"too few (stakeholder groups|countries) review this application"):
            assigning.add(application=application, member=members[name], by=None)
        Assignment.objects.create(application=application, member=members[name], is_kept=True)
        if len(there) < call.reviews_each - 1:
            with pytest.raises(InstanceError, match="leave no room"):
                read_problem(call)
        Assignment.objects.filter(member=members[name]).delete()


def test_what_breaks_a_rule_that_came_later_is_said_wherever_it_is_looked_at_and_released(
    call: Call, members: dict[str, PanelMember], client: Client, helena: User
) -> None:
    application = call.applications.get()
    for name in ("Ruth", "Rana", "Gita"):
        assigning.add(application=application, member=members[name], by=None)
    client.force_login(helena)
    pages = [
        reverse(f"manage:{page}", args=[call.slug, *more])
        for page, *more in (("assignment",), ("assign_one", application.reference), ("release_assignments",))
    ]
    words = ["Fewer stakeholder groups than the call asks for.", "A reviewer of the applicant’s own country."]
    assert [word for page in pages for word in words if word in client.get(page).content.decode()] == []
    Call.objects.filter(pk=call.pk).update(least_groups=3, excludes_own_country=True)
    Application.objects.update(country="GH")

    assert [(page, word) for page in pages for word in words if word not in client.get(page).content.decode()] == []


def test_one_reviewer_more_than_places_is_added_but_said(
    call: Call, members: dict[str, PanelMember], client: Client, helena: User
) -> None:
    application = call.applications.get()
    for name in ("Ruth", "Kito", "Ivo"):
        assigning.add(application=application, member=members[name], by=None)
    assigning.release(call=call, due_at=clock.now() + timedelta(days=9), by=None)
    client.force_login(helena)
    page = reverse("manage:assign_one", args=[call.slug, application.reference])
    answer = client.post(page, {"step": "add", "member": members["Rana"].pk}, follow=True)

    assert "1 reviewer more than the call asks for." in answer.content.decode()
