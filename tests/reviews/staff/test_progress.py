"""How the reviews come in: who is late, who is reminded, and a review that is given back to its writer."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from core import clock
from core.audit.models import AuditEvent
from core.mail.models import Message
from core.people.models import User
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
