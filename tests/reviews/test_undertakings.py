"""Terms before the queue, interests once a year, the certificate at the end, and somebody in one's place."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from applications.models import Application, TeamMember
from core import clock
from core.interests.models import Declaration
from core.mail.models import Message
from core.people.models import Organisation, User
from core.states import WrongState
from core.waiting import waiting_for
from fund.actions import calls
from fund.models import Call
from reviews import standing
from reviews.actions import interests, reviewing, undertaking
from reviews.actions.interests import Named
from reviews.models import Assignment, InterestDeclaration, PanelMember, PanelSuggestion, Undertaking
from reviews.queue import queue_of
from tests import factories
from tests.reviews import panels

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return panels.make_call_in_review(applications=2)


def reviews_in(call: Call, viewer: User) -> dict[int, int]:
    return {each.application.pk: each.reviews_in for each in standing.results_of(call, viewer)}


def whats(user: User) -> list[str]:
    return [each.what for each in waiting_for(User.objects.get(pk=user.pk))]


def test_changed_terms_close_queue_and_text_until_they_are_accepted(
    call: Call, ruth: User, client: Client, helena: User
) -> None:
    assignment = panels.assign(call.applications.first(), panels.make_member(call, ruth))
    assert list(Undertaking.objects.values_list("kind", "version", "text")) == [("terms", 1, call.panel_terms)]
    calls.edit(call=call, panel_terms="Say nothing, keep nothing.", by=helena)
    client.force_login(ruth)
    desk, page = reverse("review:desk", args=[assignment.pk]), reverse("review:terms", args=[assignment.member_id])

    assert client.get(reverse("review:queue")).url == page
    assert client.get(desk).status_code == 404
    assert client.get(reverse("api:assignment-detail", args=[assignment.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        reviewing.open(assignment=panels.fresh(assignment), by=ruth)
    assert queue_of(ruth).places == ()
    assert not Application.objects.visible_to_fund(ruth).exists()
    assert "Terms of the panel to accept" in whats(ruth)
    assert "Say nothing, keep nothing." in client.get(page).content.decode()
    assert client.post(page, {"version": "1"}).url == page
    assert client.post(page, {"version": "2"}).url == reverse("review:queue")

    assert client.get(desk).status_code == 200
    assert len(queue_of(ruth).places) == 1
    assert list(Undertaking.objects.order_by("version").values_list("version", "text")) == [
        (1, call.panel_terms), (2, "Say nothing, keep nothing."),
    ]  # fmt: skip
    assert client.post(page, {"version": "9" * 5000}).url == page
    with pytest.raises(PermissionDenied):
        undertaking.accept_terms(member=assignment.member, version=2, by=helena)


def test_who_accepts_undertakes_the_terms_that_they_read(open_call: Call, ruth: User, client: Client) -> None:
    member = panels.panel.invite(call=open_call, person=ruth, group="police", country="NO", by=None)
    client.force_login(ruth)
    page = reverse("review:invitation", args=[member.pk])
    read = client.get(page).context["call"].panel_terms_version
    calls.edit(call=open_call, panel_terms="Say nothing, keep nothing.", by=None)

    answer = client.post(page, {"answer": "accept", "version": read}, follow=True)
    assert "The terms changed while you read them." in answer.content.decode()
    assert PanelMember.objects.get().state == "invited"
    assert not Undertaking.objects.exists()
    client.post(page, {"answer": "accept", "version": read + 1})
    assert list(Undertaking.objects.values_list("text", flat=True)) == ["Say nothing, keep nothing."]


def test_a_declared_interest_ties_and_takes_a_submitted_review_out_of_the_figures(
    call: Call, ruth: User, client: Client, helena: User
) -> None:
    first, second = call.applications.order_by("pk")
    member = panels.make_member(call, ruth)
    panels.submit(panels.assign(first, member))
    panels.submit(panels.assign(second, panels.make_member(call, "Omar")))
    assert reviews_in(call, helena) == {first.pk: 1, second.pk: 1}
    client.force_login(ruth)
    page = reverse("review:interests")
    form = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": f" {first.host.name.upper()} "}

    assert client.post(page, form).status_code == 422
    answer = client.post(page, form | {"form-0-kind": "money", "nothing": "on"})
    assert "Take one of the two back." in answer.content.decode()
    assert InterestDeclaration.objects.count() == 0
    client.post(page, form | {"form-0-kind": "money"})

    tie = Declaration.objects.get(person=ruth, has_interest=True)
    assert (tie.subject, tie.kinds, tie.by_system) == (first.pk, ["financial"], True)
    assert Assignment.objects.get(member=member).state == Assignment.State.RECUSED
    assert reviews_in(call, helena) == {first.pk: 0, second.pk: 1}
    assert "Your interests, declared once a year" not in whats(ruth)
    with clock.at(clock.now() + timedelta(days=366)):
        assert "Your interests, declared once a year" in whats(ruth)


def test_only_the_last_declaration_counts(call: Call, ruth: User, helena: User) -> None:
    host = call.applications.first().host.name
    interests.declare_interests(person=ruth, interests=[Named(host, "office")], by=ruth)
    interests.declare_interests(person=ruth, interests=[], by=ruth)
    panels.assign(call.applications.first(), panels.make_member(call, ruth))

    assert not Declaration.objects.filter(person=ruth, has_interest=True).exists()
    with pytest.raises(PermissionDenied):
        interests.declare_interests(person=ruth, interests=[], by=helena)
    assert [InterestDeclaration.objects.visible_to(each).count() for each in (ruth, helena)] == [2, 2]


def test_who_works_for_what_belongs_to_a_contributor_is_tied_where_that_takes_part(call: Call, ruth: User) -> None:
    """By any organisation above, and by a name that was typed, where a comparison of neighbours finds nothing."""
    payer = factories.make_organisation("Payer", kind="company")
    middle = Organisation.objects.create(name="Payer Europe", country="IE", kind="company", parent=payer)
    below = Organisation.objects.create(name="Payer Labs", country="IE", kind="company", parent=middle)
    User.objects.filter(pk=ruth.pk).update(organisation=below)
    first = call.applications.first()
    TeamMember.objects.create(application=first, name="P", part="partner", organisation_name="payer")
    panels.make_member(call, User.objects.get(pk=ruth.pk))
    panels.conflicts.raise_by_system(call=call)
    assert not Declaration.objects.filter(person=ruth).exists()

    call.fund.contributions.create(organisation=payer, pledged=1000, pledged_at=call.opens_at)
    panels.conflicts.raise_by_system(call=call)

    tie = Declaration.objects.get(person=ruth)
    assert (tie.subject, tie.kinds) == (first.pk, ["employer"])
    assert tie.note == "Works for a contributor to the fund that takes part in the project."


def test_the_certificate_is_given_once_and_only_when_all_is_in(
    call: Call, ruth: User, client: Client, helena: User
) -> None:
    interests.declare_interests(person=ruth, interests=[], by=ruth)
    member = panels.make_member(call, ruth)
    first, second = (panels.assign(each, member) for each in call.applications.order_by("pk"))
    panels.submit(first)
    client.force_login(ruth)
    page = reverse("review:closing", args=[member.pk])
    with pytest.raises(WrongState, match="when all your reviews are in"):
        undertaking.certify(member=member, by=ruth)
    panels.submit(second)
    assert whats(ruth) == ["Closing certificate to give"]
    for __ in range(2):
        client.post(page)

    assert Undertaking.objects.filter(kind="closing").count() == 1
    assert whats(ruth) == []
    assert [each.pk for each in client.get(page).context["reviews"]] == [first.pk, second.pk]
    client.force_login(helena)
    seats = client.get(reverse("manage:panel", args=[call.slug])).context["seats"]
    assert [seat.certified_at is not None for seat in seats] == [True]


def test_who_declines_may_name_somebody_who_is_invited_in_one_step(
    open_call: Call, ruth: User, client: Client, helena: User
) -> None:
    member = panels.panel.invite(call=open_call, person=ruth, group="police", country="NO", most_load=7, by=None)
    client.force_login(ruth)
    page = reverse("review:invitation", args=[member.pk])
    answer = client.post(page, {"answer": "decline", "name": "Nadia Osei"})
    assert (answer.status_code, "Nadia Osei" in answer.content.decode()) == (422, True)
    long = {"email": f"nadia@{'x.' * 125}example", "country": "KE"}
    assert client.post(page, {"answer": "decline", "name": "Nadia Osei"} | long).status_code == 422
    client.post(page, {"answer": "decline", "name": "Nadia Osei", "email": "Nadia@osei.example", "country": "KE"})
    assert PanelMember.objects.get().state == "declined"

    client.force_login(helena)
    staff = reverse("manage:panel", args=[open_call.slug])
    [named] = client.get(staff).context["suggestions"]
    client.post(reverse("manage:suggestion", args=[open_call.slug, named.pk]), {"step": "invite"})

    invited = PanelMember.objects.get(person__email="nadia@osei.example")
    assert (invited.group, invited.country, invited.most_load, invited.state) == ("police", "KE", 7, "invited")
    assert not PanelSuggestion.objects.exists()
    assert Message.objects.filter(person=invited.person, subject__startswith="Invitation to the panel").exists()
