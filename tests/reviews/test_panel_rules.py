"""How applications are shared out among the panel may change after publication, until reviewers have theirs."""

from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from core.audit.models import AuditEvent
from core.people.models import User
from core.states import WrongState
from fund.actions import calls
from fund.models import Call
from reviews.actions import assigning
from tests.reviews import panels

pytestmark = pytest.mark.django_db
NEW = {
    "reviews_each": 2, "least_groups": 1, "least_countries": 2, "excludes_own_country": True, "most_content_notes": 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def made(shared: None) -> Call:
    """Make a call with one application and one member."""
    call = panels.make_call_in_review(applications=1)
    panels.make_member(call, "Rita")
    return call


@pytest.fixture
def call(made: Call, db: None) -> Call:
    return deepcopy(made)


def share_out(call: Call, *, released: bool) -> None:
    application, member = call.applications.get(), call.panel.get()
    if released:
        panels.assign(application, member)
    else:
        assigning.add(application=application, member=member, by=None)


@pytest.mark.parametrize("state", ["published", "in_review"])
def test_they_change_until_reviewers_have_their_applications(call: Call, helena: User, state: str) -> None:
    share_out(call, released=False)
    Call.objects.filter(pk=call.pk).update(state=state)
    saved = calls.edit(call=call, by=helena, **NEW)

    assert {name: getattr(saved, name) for name in NEW} == NEW
    event = AuditEvent.objects.get(code="call:edit")
    assert (event.actor, event.data) == (helena.pk, {"changed": sorted(NEW)})


def test_then_they_stay_and_a_sentence_says_why(call: Call, helena: User, client: Client) -> None:
    share_out(call, released=True)
    with pytest.raises(WrongState, match="Reviewers have their applications already"):
        calls.edit(call=call, by=helena, least_countries=2)
    client.force_login(helena)
    place = f"/manage/calls/{call.slug}/setup/"

    assert f"{place}review/" not in client.get(place).content.decode()
    for answer in (client.get(f"{place}review/", follow=True), client.post(f"{place}review/", NEW, follow=True)):
        assert "Reviewers have their applications already" in answer.content.decode()
    assert Call.objects.get(pk=call.pk).least_countries == 1


@pytest.mark.parametrize("state", ["decided", "archived", "cancelled"])
def test_they_stay_when_the_review_is_over(call: Call, helena: User, state: str) -> None:
    Call.objects.filter(pk=call.pk).update(state=state)

    with pytest.raises(WrongState, match="can no longer change"):
        calls.edit(call=call, by=helena, least_groups=1)


def test_what_applicants_and_reviewers_were_promised_stays(call: Call, helena: User, felix: User) -> None:
    for field in ("applicants_hidden", "reviewers_see_names"):
        with pytest.raises(WrongState, match="can no longer change"):
            calls.edit(call=call, by=helena, **{field: not getattr(call, field)})
    with pytest.raises(PermissionDenied):
        calls.edit(call=call, by=felix, least_groups=1)


def test_the_page_changes_them_and_leaves_the_promises(call: Call, helena: User, client: Client) -> None:
    client.force_login(helena)
    place = f"/manage/calls/{call.slug}/setup/review/"
    assert client.get(place).context["form"].fields["applicants_hidden"].disabled
    answer = client.post(place, NEW | {"applicants_hidden": "on"}, follow=True).content.decode()

    assert "propose it anew" in answer
    found = Call.objects.get(pk=call.pk)
    assert (found.least_countries, found.applicants_hidden) == (2, False)
