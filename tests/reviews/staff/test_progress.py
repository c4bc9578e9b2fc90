"""How the reviews come in: who is late, who is reminded, and a review that is given back to its writer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from core import clock
from core.audit.models import AuditEvent
from core.mail.models import Message
from core.people.models import User
from core.states import WrongState
from reviews.actions import moving
from reviews.models import Assignment, PanelMember, Review
from tests.reviews.staff.conftest import World, recuse

Browser = Callable[[User], Client]
SUBJECT = "1 review is still with you"


def owed(world: World) -> Assignment:
    """Return the one review that is not in yet."""
    return Assignment.objects.get(application=world.warnings, member=world.police)


def test_each_reviewer_is_shown_with_what_is_done_owed_and_late(world: World, sign_in: Browser, helena: User) -> None:
    Assignment.objects.filter(pk=owed(world).pk).update(due_at=clock.now() - timedelta(days=2, hours=1))
    found = sign_in(helena).get(world.address("progress")).context

    assert [(row.member, row.done, row.owed, row.days_late) for row in found["page"]] == [
        (world.police, 2, 1, 3), (world.ngo, 3, 0, 0),
    ]  # fmt: skip
    assert [(group.label, group.done, group.total) for group in found["groups"]] == [
        ("NGOs, hotlines", 3, 3), ("Law enforcement", 2, 3),
    ]  # fmt: skip
    assert [(row["application"], row["done"], row["wanted"]) for row in found["missing"]] == [(world.warnings, 1, 2)]


def test_the_chosen_are_reminded_once_within_a_day(world: World, sign_in: Browser, chandra: User) -> None:
    browser = sign_in(chandra)
    answer = browser.post(world.address("progress"), {"member": [world.police.pk, world.ngo.pk]}, follow=True)

    assert "1 reviewer is reminded by mail." in answer.content.decode()
    message = Message.objects.get(subject=SUBJECT)
    assert message.person == world.police.person
    assert world.warnings.reference in message.body
    assert AuditEvent.objects.filter(code="call:remind_reviewers").get().data == {"members": [world.police.pk]}
    again = browser.post(world.address("progress"), {"member": [world.police.pk]}, follow=True)
    assert "was reminded within the last day" in again.content.decode()
    PanelMember.objects.update(reminded_at=clock.now() - timedelta(hours=25))
    browser.post(world.address("progress"), {"member": [world.police.pk]})
    assert Message.objects.filter(subject=SUBJECT).count() == 2


def test_nobody_chosen_is_told(world: World, sign_in: Browser, helena: User) -> None:
    answer = sign_in(helena).post(world.address("progress"), {"member": ["x"]}, follow=True)

    assert "Choose at least one reviewer to remind." in answer.content.decode()


def test_a_reminder_tells_a_recused_administrator_nothing(world: World, sign_in: Browser, helena: User) -> None:
    recuse(helena, world.warnings)
    answer = sign_in(helena).post(world.address("progress"), {"member": [world.police.pk]}, follow=True)

    assert "owes nothing" in answer.content.decode()
    assert not Message.objects.filter(subject=SUBJECT).exists()


def test_a_submitted_review_is_reopened(world: World, sign_in: Browser, helena: User) -> None:
    submitted = Assignment.objects.get(application=world.voices, member=world.ngo)
    browser, address = sign_in(helena), world.address("reviewer", world.ngo.pk)
    answer = browser.post(address, {"reopen": submitted.pk})

    assert (answer.status_code, answer.url) == (302, address)
    submitted.refresh_from_db()
    assert submitted.state == "in_progress"
    assert Review.objects.get(assignment=submitted).submitted_at is None
    late = browser.post(address, {"reopen": submitted.pk}, follow=True)
    assert "Reload the page." in late.content.decode()
    assert browser.post(address, {"reopen": "x"}).status_code == 404


def test_a_reviewer_gets_another_date_and_is_told(world: World, sign_in: Browser, helena: User) -> None:
    before, day = owed(world).due_at, clock.now() + timedelta(days=30)
    answer = sign_in(helena).post(
        world.address("reviewer", world.police.pk), {"due_at": f"{day:%Y-%m-%d} 17:00"}, follow=True
    )

    assert "1 review has another date now." in answer.content.decode()
    after = owed(world)
    assert (f"{after.due_at:%Y-%m-%d %H:%M}", after.due_at > before) == (f"{day:%Y-%m-%d} 17:00", True)
    done = Assignment.objects.filter(member=world.police).exclude(pk=after.pk)
    assert {each.due_moved_at for each in done} == {None}
    message = Message.objects.get(person=world.police.person, subject__startswith="Another date")
    assert world.warnings.reference in message.body
    event = AuditEvent.objects.get(code="assignment:move_due")
    assert (event.actor, event.root) == (helena.pk, world.warnings.pk)


def test_a_date_that_has_passed_moves_nothing(world: World, sign_in: Browser, helena: User) -> None:
    before = owed(world).due_at
    answer = sign_in(helena).post(world.address("reviewer", world.police.pk), {"due_at": "2020-01-01 17:00"})

    assert "This date has passed." in answer.content.decode()
    assert owed(world).due_at == before


def test_what_an_administrator_is_recused_from_keeps_its_date(world: World, sign_in: Browser, helena: User) -> None:
    recuse(helena, world.warnings)
    day = clock.now() + timedelta(days=30)
    before = owed(world).due_at
    answer = sign_in(helena).post(world.address("reviewer", world.police.pk), {"due_at": f"{day:%Y-%m-%d} 17:00"})

    assert "Nothing is owed here any more" in answer.content.decode()
    with pytest.raises(WrongState):
        moving.move_due(call=world.call, assignments=[owed(world)], due_at=day, by=helena)
    assert owed(world).due_at == before


def test_a_chair_reminds_without_learning_who_pauses(world: World, sign_in: Browser, chandra: User) -> None:
    PanelMember.objects.filter(pk=world.police.pk).update(paused_at=clock.now())
    answer = sign_in(chandra).post(world.address("progress"), {"member": [world.police.pk]}, follow=True)

    assert "1 reviewer is reminded by mail." in answer.content.decode()
    assert not Message.objects.filter(subject=SUBJECT).exists()
