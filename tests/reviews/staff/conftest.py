"""A call in review as its staff see it, and browsers in which people are signed in."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application
from applications.models.tied import SUBJECT
from core import clock
from core.interests.models import Declaration
from core.people.models import Role, User
from fund.actions import ledger
from fund.models import Call, Fund
from reviews.models import PanelMember
from tests import factories
from tests.browser import new_browser
from tests.reviews import panels

TITLES = {
    "voices": "Grooming patterns in voice chat", "lines": "Offender self-help lines", "warnings": "Warnings that children understand",
}  # fmt: skip


@dataclass
class World:
    """A call with three applications: both reviews of two are in (scores 6, 6 and 3, 1), one of the third (4)."""

    call: Call
    voices: Application
    lines: Application
    warnings: Application
    ngo: PanelMember
    police: PanelMember

    def address(self, page: str, *more: object) -> str:
        """Return the address of a page of the call."""
        return reverse(f"manage:{page}", args=[self.call.slug, *more])


@pytest.fixture(scope="module")
def made(shared: None) -> tuple[World, User]:
    """Make the call and its chair once for a file of tests."""
    chair = factories.make_user("Chandra", Role.PANEL, Role.CHAIR)
    return make_world(chair), chair


def make_world(chair: User) -> World:
    """Make the call with its panel, assignments and reviews."""
    call = panels.make_call_in_review(applications=0, reviews_each=2)
    Call.objects.filter(pk=call.pk).update(state=Call.State.PUBLISHED, closes_at=clock.now().replace(year=2099))
    call.refresh_from_db()
    made = {
        key: panels.make_application(call, number, title=title) for number, (key, title) in enumerate(TITLES.items())
    }
    Call.objects.filter(pk=call.pk).update(state=Call.State.IN_REVIEW, closes_at=clock.now())
    call = Call.objects.get(pk=call.pk)
    panels.make_member(call, chair, "research", is_chair=True)
    ngo, police = panels.make_member(call, "Nadia Osei", "ngo"), panels.make_member(call, "Pavel Ruz", "police")
    for application, scores in (("voices", (6, 6)), ("lines", (3, 1)), ("warnings", (4,))):
        for member, score in zip((ngo, police), scores, strict=False):
            panels.submit(panels.assign(made[application], member), score, score)
    panels.assign(made["warnings"], police)
    fresh = {key: Application.objects.get(pk=each.pk) for key, each in made.items()}
    return World(call, **fresh, ngo=ngo, police=police)


@pytest.fixture
def world(made: tuple[World, User], db: None) -> World:
    """The call with its panel, assignments and reviews."""
    return deepcopy(made[0])


@pytest.fixture
def chandra(made: tuple[World, User], db: None) -> User:
    """The chair of the call's panel."""
    return deepcopy(made[1])


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """Return a maker of browsers in which somebody is signed in."""

    def browser(user: User) -> Client:
        client = new_browser()
        client.force_login(user)
        return client

    return browser


def fill(fund: Fund, amount: int = 1_000_000) -> None:
    """Let the fund have money."""
    company = factories.make_organisation("Member company", kind="company")
    money = ledger.pledge(fund=fund, organisation=company, amount=Decimal(amount), by=None)
    ledger.receive(contribution=money, amount=Decimal(amount), by=None)


def recuse(user: User, application: Application) -> Declaration:
    """Let a person have been recused from an application."""
    return Declaration.objects.create(
        person=user, subject_type=SUBJECT, subject=application.pk, has_interest=True, kinds=["personal"],
        declared_at=clock.now(), ruling="recused", ruled_at=clock.now(),
    )  # fmt: skip
