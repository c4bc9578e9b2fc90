"""Assigning anew what was released and not begun, and what a change by hand costs."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from applications.models import Application
from core.audit.models import AuditEvent
from core.jobs import work
from core.mail.models import Message
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews import costs
from reviews.actions import assigning, conflicts, reassigning, reviewing
from reviews.models import Assignment, PanelMember
from tests.reviews import panels
from tests.reviews.staff.conftest import recuse

pytestmark = pytest.mark.django_db
State = Assignment.State


@pytest.fixture
def call() -> Call:
    """Two applications of two themes with one place each; whoever knows the one holds the other, for now."""
    call = panels.make_call_in_review(applications=2, reviews_each=1, least_groups=1)
    for application, theme, member in zip(_applications(call), call.themes.all(), ("Ola", "Una"), strict=False):
        Application.objects.filter(pk=application.pk).update(theme=theme)
        panels.make_member(call, member, themes=[theme], most_load=1)
    one, other = PanelMember.objects.filter(call=call).order_by("pk")
    first, second = _applications(call)
    for application, member in ((first, other), (second, one)):
        panels.assign(application, member, declared=False)
    Assignment.objects.update(is_kept=False)
    return call


def _applications(call: Call) -> list[Application]:
    return list(call.applications.order_by("pk"))


def held() -> set[tuple[str, str]]:
    rows = Assignment.objects.exclude(state=State.DECLINED)
    return set(rows.values_list("member__person__name", "state"))


def test_what_would_change_is_shown_before_it_is_stored(call: Call, client: Client, helena: User) -> None:
    client.force_login(helena)
    page = reverse("manage:reassign", args=[call.slug])
    assert client.get(page).context["movable"] == 2
    assert client.post(page, {"price": "1001"}).status_code == 422
    client.post(page, {"price": "100"})
    work.run_all()
    before = held()
    plan = client.get(page).context["plan"]
    shown = client.get(reverse("manage:plan", args=[call.slug, plan.pk])).context

    assert before == held() == {("Ola", State.RELEASED), ("Una", State.RELEASED)}
    assert [[move.member.person.name for move in (*row.leaves, *row.comes)] for row in shown["changes"]] == [
        ["Una", "Ola"], ["Ola", "Una"],
    ]  # fmt: skip
    assert (shown["taken_back"], shown["gain"]) == (2, sum(row.gain for row in shown["changes"]))
    assert shown["gain"] > 200

    Message.objects.all().delete()
    client.post(reverse("manage:plan", args=[call.slug, plan.pk]))

    assert held() == {("Ola", State.PROPOSED), ("Una", State.PROPOSED)}
    assert set(Message.objects.values_list("person__name", flat=True)) == {"Ola", "Una"}
    assert AuditEvent.objects.filter(code="assignment:take_back", actor=helena.pk).count() == 2
    assert client.get(page).context["plan"] is None
    with pytest.raises(WrongState, match="stored already"):
        reassigning.store(plan=plan, by=helena)


def test_nothing_moves_for_less_than_its_price_nor_once_it_is_begun(call: Call, helena: User) -> None:
    assert reassigning.plan(call=call, price=1000, by=helena).removed == []
    plan = reassigning.plan(call=call, price=0, by=helena)
    assert len(plan.removed) == 2

    begun = Assignment.objects.order_by("pk")[0]
    conflicts.declare(assignment=begun, has_interest=False, by=begun.member.person)
    reviewing.open(assignment=panels.fresh(begun), by=begun.member.person)

    with pytest.raises(WrongState, match="Have it worked out again"):
        reassigning.store(plan=plan, by=helena)
    assert reassigning.plan(call=call, price=0, by=helena).removed == []


def test_what_one_is_recused_from_neither_moves_nor_shows(call: Call, helena: User, chandra: User) -> None:
    first, __ = _applications(call)
    recuse(helena, first)
    assert reassigning.plan(call=call, price=0, by=helena).removed == []
    with pytest.raises(PermissionDenied):
        reassigning.plan(call=call, price=0, by=chandra)


def test_a_plan_is_stored_by_who_sees_all_of_it_and_while_it_can_be_solved(
    call: Call, client: Client, helena: User, oluchi: User
) -> None:
    first, __ = _applications(call)
    plan = reassigning.plan(call=call, price=0, by=helena)
    recuse(oluchi, first)
    with pytest.raises(WrongState, match="may see more"):
        reassigning.store(plan=plan, by=oluchi)

    Assignment.objects.update(is_kept=True)
    other = PanelMember.objects.exclude(assignments__application=first).get(call=call)
    Assignment.objects.create(application=first, member=other, is_kept=True)
    Call.objects.filter(pk=call.pk).update(reviews_each=3, least_groups=3)
    client.force_login(helena)
    answer = client.post(reverse("manage:plan", args=[call.slug, plan.pk]), follow=True)
    assert "Have it worked out again" in answer.content.decode()
    assert held() == {("Ola", State.RELEASED), ("Una", State.RELEASED), (other.person.name, State.PROPOSED)}


def test_the_cost_of_a_change_is_the_difference_of_the_optimum(call: Call, client: Client, helena: User) -> None:
    """Ola fits the first, Una the second; a third fits neither, so that having them costs what the first loses."""
    first, second = _applications(call)
    Assignment.objects.all().delete()
    third = panels.make_member(call, "Third", themes=list(call.themes.all())[2:3], most_load=1)
    ola = PanelMember.objects.get(person__name="Ola")

    cost = costs.of_adding(call, helena, first, third)
    assert cost is not None
    best = {tuple(pair) for pair in cost.without.assignments}
    assert best == {(first.reference, "Ola"), (second.reference, "Una")}
    assert cost.points == cost.without.objective - cost.with_it.objective > 300
    assert (cost.more_open, cost.is_proved) == (0, True)
    nothing = costs.of_adding(call, helena, first, ola)
    assert nothing is not None
    assert nothing.points == 0

    assigning.add(application=first, member=ola, by=helena)
    client.force_login(helena)
    page = reverse("manage:assign_one", args=[call.slug, first.reference])
    row = Assignment.objects.get()
    answer = client.post(page, {"step": "cost_of_removing", "assignment": row.pk})
    removing = costs.of_removing(call, helena, first, ola)
    assert removing is not None
    assert answer.context["price"].cost.points == removing.points > 300
    assert f"fits {removing.points} points less" in answer.content.decode()
    assert Assignment.objects.get() == row
    recuse(helena, second)
    alone = costs.of_removing(call, helena, first, ola)
    assert alone is not None
    assert [pair[0] for pair in alone.without.assignments] == [first.reference]
