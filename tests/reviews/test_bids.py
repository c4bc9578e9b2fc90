"""What members say they can review: what they are shown for it, and what the next proposal makes of it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from core.audit.models import AuditEvent
from core.interests.models import Declaration
from core.people.models import User
from core.states import WrongState
from core.waiting import waiting_for
from fund.models import Call
from reviews import bids
from reviews.actions import assigning, bidding
from reviews.models import Assignment, Bid, PanelMember
from reviews.places import why_matched
from reviews.problem import read_problem
from tests import factories
from tests.reviews import panels
from tests.reviews.staff.conftest import recuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return panels.make_call_in_review(applications=4, reviews_each=1, least_groups=1)


@pytest.fixture
def member(call: Call, ruth: User) -> PanelMember:
    return panels.make_member(call, ruth)


def opened(member: PanelMember) -> list[int]:
    return sorted(bids.open_to(member).values_list("pk", flat=True))


def test_nobody_is_shown_what_they_are_tied_to_or_had(call: Call, member: PanelMember) -> None:
    assigned, recused, host, free = call.applications.order_by("pk")
    panels.assign(assigned, member, declared=False)
    recuse(member.person, recused)
    User.objects.filter(pk=member.person_id).update(organisation=factories.make_organisation("Host 102"))
    host.team.update(organisation_name="Host 102")

    assert opened(PanelMember.objects.get(pk=member.pk)) == [free.pk]


def test_a_proposal_that_nobody_knows_of_hides_nothing(call: Call, member: PanelMember) -> None:
    assigning.add(application=call.applications.first(), member=member, by=None)

    assert len(opened(member)) == 4


def test_a_word_moves_the_fit_and_is_given_as_a_reason(call: Call, member: PanelMember, helena: User) -> None:
    mine, other, *__ = call.applications.order_by("pk")
    before = read_problem(call).instance.affinity.copy()
    assert bidding.say(call=call, words={mine.pk: "can", other.pk: "not_my_field"}, by=member.person) == 2
    moved = read_problem(call).instance.affinity - before

    assert [int(each) for each in moved[:, 0]] == [150, -300, 0, 0]
    assigning.propose(call=call, by=helena)
    assert why_matched(Assignment.objects.get(application=mine))[0] == "They said that they can review it."
    assert [(event.root, event.data) for event in AuditEvent.objects.filter(code="bid:say")] == [
        (mine.pk, {"word": "can"}), (other.pk, {"word": "not_my_field"}),
    ]  # fmt: skip


def test_a_word_is_said_once_changed_and_taken_back(call: Call, member: PanelMember) -> None:
    key = call.applications.first().pk
    said = [
        bidding.say(call=call, words={key: word}, by=member.person) for word in ("can", "can", "not_my_field", "", "")
    ]

    assert said == [1, 0, 1, 1, 0]
    assert not Bid.objects.exists()


def test_what_is_not_open_is_refused_and_keeps_nothing(call: Call, member: PanelMember, helena: User) -> None:
    first, second, *__ = call.applications.order_by("pk")
    recuse(member.person, second)

    with pytest.raises(ValidationError, match="not open to you any more"):
        bidding.say(call=call, words={first.pk: "can", second.pk: "can"}, by=member.person)
    with pytest.raises(ValidationError, match="Choose"):
        bidding.say(call=call, words={first.pk: "surely"}, by=member.person)
    with pytest.raises(PermissionDenied):
        bidding.say(call=call, words={first.pk: "can"}, by=helena)
    Call.objects.update(state=Call.State.DECIDED)
    with pytest.raises(WrongState):
        bidding.say(call=call, words={first.pk: "can"}, by=member.person)
    assert not Bid.objects.exists()


def test_a_word_is_seen_by_who_runs_the_panel_but_not_where_they_are_recused(
    call: Call, member: PanelMember, helena: User, oluchi: User, ada: User
) -> None:
    first, second, *__ = call.applications.order_by("pk")
    bidding.say(call=call, words={first.pk: "can", second.pk: "can"}, by=member.person)
    recuse(oluchi, first)

    seen = [Bid.objects.visible_to(each).count() for each in (member.person, helena, oluchi, ada)]
    assert seen == [2, 2, 1, 0]


def test_the_page_shows_summaries_and_keeps_what_is_chosen(call: Call, member: PanelMember) -> None:
    browser, address = Client(), reverse("review:bids", args=[call.slug])
    browser.force_login(member.person)
    first, second, *__ = call.applications.order_by("pk")
    assert address in browser.get(reverse("review:queue")).content.decode()
    page = browser.get(address).content.decode()
    assert first.title in page
    assert first.investigator_name not in page
    answer = browser.post(address, {f"word-{first.pk}": "can", f"word-{second.pk}": ""}, follow=True)

    assert "1 word is kept." in answer.content.decode()
    assert Bid.objects.get().application == first


def test_the_terms_of_the_panel_come_first(call: Call, member: PanelMember) -> None:
    PanelMember.objects.filter(pk=member.pk).update(terms_version=call.panel_terms_version - 1)
    browser, address = Client(), reverse("review:bids", args=[call.slug])
    browser.force_login(member.person)

    assert browser.get(address).url == reverse("review:terms", args=[member.pk])
    with pytest.raises(PermissionDenied, match="Accept the terms"):
        bidding.say(call=call, words={call.applications.first().pk: "can"}, by=member.person)


def test_a_tie_takes_an_application_out_of_the_list_and_of_the_counts(
    call: Call, member: PanelMember, helena: User
) -> None:
    first, second, third, __ = call.applications.order_by("pk")
    bidding.say(call=call, words={first.pk: "can"}, by=member.person)
    proposed = assigning.add(application=first, member=member, by=None)
    browser, address = Client(), reverse("review:bids", args=[call.slug])
    browser.force_login(member.person)
    assert browser.get(address).context["said"] == 1
    page = browser.post(address, {f"word-{first.pk}": "tie", f"word-{second.pk}": "can", f"word-{third.pk}": "tie"}).url
    assert "Choose what the tie is" in browser.post(page, {"kinds": []}).content.decode()
    assert first.investigator_name not in browser.get(page).content.decode()
    page = browser.post(page, {"kinds": ["personal"], "note": "We met."}).url
    assert browser.get(page).context["application"] == third
    assert browser.post(page, {"kinds": ["other"], "note": "We spoke."}).url == address

    assert opened(member) == sorted(each.pk for each in call.applications.exclude(pk__in=[first.pk, third.pk]))
    assert list(Bid.objects.values_list("application", "word")) == [(second.pk, "can")]
    assert browser.get(address).context["said"] == 1
    assert not Assignment.objects.filter(pk=proposed.pk).exists()
    tie = Declaration.objects.get(subject=first.pk)
    assert (tie.person, tie.kinds, tie.note, tie.by_system, tie.is_recusing) == (
        member.person, ["personal"], "We met.", False, True,
    )  # fmt: skip
    assert "2 conflicts to rule on" in [each.what for each in waiting_for(helena)]
    assert browser.post(page, {"kinds": ["other"], "note": "Again."}).status_code == 404
    with pytest.raises(WrongState):
        bidding.declare_tie(application=first, kinds=["financial"], by=member.person)


def test_a_tie_that_was_declared_unasked_brings_no_name_to_light(call: Call, member: PanelMember) -> None:
    Call.objects.update(applicants_hidden=False)
    first = call.applications.first()
    bidding.declare_tie(application=first, kinds=["personal"], by=member.person)
    browser = Client()
    browser.force_login(member.person)
    page = browser.get(reverse("review:conflicts")).content.decode()

    assert first.title in page
    assert [name for name in (first.investigator_name, first.host_name) if name in page] == []
