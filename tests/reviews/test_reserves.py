"""The next reserve: proposed when an award is not taken up, prepared in one step, and decided by two people as ever."""

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.models import Application
from core import clock
from core.audit.models import AuditEvent
from core.people.models import User
from core.states import WrongState
from fund.actions import awards
from fund.models import Award, Call
from reviews.actions import deciding
from reviews.models import Decision, Recommendation
from reviews.tally import tally_of
from tests.reviews import panels
from tests.reviews.staff.conftest import fill, recuse

pytestmark = pytest.mark.django_db
REASON = "Next on the list."


@pytest.fixture(scope="module")
def made(shared: None) -> Call:
    """Make a call with money for one award, and three applications."""
    call = panels.make_call_in_review(applications=3, budget=Decimal(110_000))
    fill(call.fund)
    return call


@pytest.fixture
def call(made: Call, helena: User, oluchi: User) -> Call:
    """The first is offered an award; the third is the first reserve, the second the next."""
    call = deepcopy(made)
    first, second, third = call.applications.order_by("pk")
    for application, rank in ((second, 2), (third, 1)):
        deciding.recommend(application=application, kind="reserve", rationale="Good.", rank=rank, by=None)
    found = [panels.approved(first, "fund", by=(helena, oluchi), amount=100_000)]
    found += [panels.approved(each, "reserve", by=(helena, oluchi)) for each in (second, third)]
    deciding.release(call=call, decisions=found, by=oluchi)
    return Call.objects.get(pk=call.pk)


@pytest.fixture
def third(call: Call) -> Application:
    return call.applications.order_by("pk")[2]


def holder_of(application: Application) -> User:
    return User.objects.get(teams__application=application)


def turn_down(call: Call) -> None:
    """Let the grantee decline."""
    award = call.awards.get(state="offered")
    awards.decline(award=award, by=award.holders.get())


def move_up(application: Application, by: User, **given: Any) -> Decision:
    fields = {"outcome": "fund", "amount": Decimal(90_000), "rationale": REASON} | given
    return deciding.prepare(application=application, by=by, **fields)


def home_of(person: User, client: Client) -> str:
    client.force_login(person)
    return client.get("/home/").content.decode()


@pytest.mark.parametrize("end", ["declined", "lapsed"])
def test_the_next_reserve_is_proposed_when_an_award_is_not_taken_up(
    call: Call, third: Application, helena: User, client: Client, end: str
) -> None:
    line = f"The next reserve is {third.reference}: prepare its decision"
    assert line not in home_of(helena, client)
    if end == "declined":
        turn_down(call)
    else:
        Award.objects.update(answer_by=clock.now() - timedelta(days=1), offered_at=clock.now() - timedelta(days=2))
        awards.lapse_overdue()
        awards.lapse_overdue()

    assert line in home_of(helena, client)
    assert "was not taken up" in client.get(f"/manage/calls/{call.slug}/decisions/").content.decode()
    assert tally_of(call, helena).left == 110_000


def test_the_pages_that_propose_it_keep_to_fifteen_queries(
    call: Call, third: Application, helena: User, client: Client
) -> None:
    turn_down(call)
    client.force_login(helena)
    decisions = f"/manage/calls/{call.slug}/decisions/"

    for page in ("/home/", decisions, f"{decisions}of/{third.reference}/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        assert (page, len(asked) <= 15) == (page, True)


def test_one_step_prepares_it_a_second_person_approves_and_the_release_replaces_the_reserve(
    call: Call, third: Application, helena: User, oluchi: User, client: Client
) -> None:
    turn_down(call)
    client.force_login(helena)
    page = f"/manage/calls/{call.slug}/decisions/of/{third.reference}/"
    begun = client.get(page).context["form"].initial
    assert (begun["outcome"], begun["amount"]) == ("fund", 110_000)
    client.post(page, begun | {"amount": "90000"})
    prepared = Decision.objects.get(application=third, state="draft")
    assert (prepared.amount, prepared.fills, prepared.prepared_by) == (90_000, Award.objects.get(), helena)
    assert AuditEvent.objects.filter(code="decision:move_up", actor=helena.pk, root=third.pk).count() == 1
    with pytest.raises(PermissionDenied):
        deciding.approve(decision=prepared, by=helena)
    with pytest.raises(WrongState):
        deciding.release(call=call, decisions=[prepared], by=helena)
    approved = deciding.approve(decision=prepared, by=oluchi)
    later = clock.now() + timedelta(days=1)
    with pytest.raises(ValidationError, match="known at once"):
        deciding.release(call=call, decisions=[approved], visible_at=later, by=oluchi)
    deciding.release(call=call, decisions=[approved], by=oluchi)

    assert list(Decision.objects.filter(application=third).order_by("pk").values_list("outcome", "state")) == [
        ("reserve", "superseded"), ("fund", "released"),
    ]  # fmt: skip
    page = client.get(f"/manage/calls/{call.slug}/decisions/releases/{call.releases.earliest('pk').pk}/")
    assert page.context["total"] == 3
    assert Application.objects.get(pk=third.pk).outcome == "funded"
    assert Award.objects.get(source_key=third.pk).offered_amount == 90_000


def test_the_reserve_learns_nothing_before_the_release(
    call: Call, third: Application, helena: User, oluchi: User, client: Client
) -> None:
    applicant = holder_of(third)
    client.force_login(applicant)
    addresses = [
        f"/my-decisions/{third.pk}/", f"/apply/{third.pk}/", "/home/", "/api/v1/my/applications/", "/api/v1/decisions/",
    ]  # fmt: skip

    def seen() -> list[Any]:
        return [client.get(address).content.decode().split("csrfmiddlewaretoken")[0] for address in addresses]

    before = seen()
    turn_down(call)
    deciding.approve(decision=move_up(third, helena), by=oluchi)

    assert seen() == before
    assert Decision.objects.visible_to(applicant).get().outcome == "reserve"


def test_preparing_twice_leaves_one_decision_and_no_second_place(
    call: Call, third: Application, helena: User, oluchi: User, client: Client
) -> None:
    turn_down(call)
    move_up(third, helena)
    again = move_up(third, oluchi, amount=Decimal(80_000))

    assert Decision.objects.get(application=third, state="draft") == again
    assert "The next reserve is" not in home_of(helena, client)
    second = call.applications.order_by("pk")[1]
    with pytest.raises(WrongState, match="released already"):
        move_up(second, helena)


def test_only_the_first_reserve_moves_up_and_only_to_be_funded(call: Call, third: Application, helena: User) -> None:
    second = call.applications.order_by("pk")[1]
    with pytest.raises(WrongState, match="released already"):
        move_up(third, helena)
    turn_down(call)
    with pytest.raises(WrongState, match="released already"):
        move_up(second, helena)
    with pytest.raises(ValidationError, match="Choose to fund it"):
        move_up(third, helena, outcome="decline", amount=None)
    Recommendation.objects.filter(application=third).update(rank=3)

    assert move_up(second, helena).fills == Award.objects.get()


def test_it_is_prepared_and_approved_only_as_far_as_the_budget_goes(
    call: Call, third: Application, helena: User, client: Client
) -> None:
    turn_down(call)
    Call.objects.filter(pk=call.pk).update(budget=50_000)
    client.force_login(helena)
    page = f"/manage/calls/{call.slug}/decisions/of/{third.reference}/"
    assert client.get(page).context["form"].initial["amount"] == 50_000
    answer = client.post(page, {"outcome": "fund", "amount": "60000", "rationale": REASON})

    assert "more than the call’s budget" in answer.content.decode()
    assert not Decision.objects.filter(state="draft").exists()


def test_who_is_next_is_told_only_where_every_application_is_open(
    call: Call, third: Application, helena: User, audrey: User, client: Client
) -> None:
    turn_down(call)
    recuse(helena, call.applications.order_by("pk")[1])

    assert "The next reserve is" not in home_of(helena, client)
    assert "The next reserve is" not in home_of(audrey, client)
    with pytest.raises(WrongState, match="released already"):
        move_up(third, helena)


def test_an_award_that_a_reserve_declines_proposes_the_one_after(
    call: Call, third: Application, helena: User, oluchi: User, client: Client
) -> None:
    turn_down(call)
    deciding.release(call=call, decisions=[deciding.approve(decision=move_up(third, helena), by=oluchi)], by=oluchi)
    turn_down(call)

    second = call.applications.order_by("pk")[1]
    assert f"The next reserve is {second.reference}" in home_of(oluchi, client)
