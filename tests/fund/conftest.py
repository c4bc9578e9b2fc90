"""The cast of the fund's tests: who works here, one call, one offer, and a clock that stands still."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from core import clock
from core.forms.models import FormVersion
from core.interests.models import Declaration
from core.people.models import Organisation, Role, RoleGrant, User
from fund.actions import awards, calls, ledger
from fund.actions.awards import AwardTerms
from fund.budget_plan import uncapped
from fund.models import Award, Call, Criterion, Fund, Rubric
from fund.models.funds import SOURCE

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FORM = {
    "sections": [
        {
            "key": "project",
            "title": "The project",
            "intro": "What you want to find out.",
            "questions": [
                {"key": "title", "kind": "short_text", "label": "Title", "max_chars": 140, "required": True, "role": "title"},
                {"key": "summary", "kind": "long_text", "label": "Summary for the public", "max_words": 200,
                 "help": "In words that a parent understands.", "role": "summary"},
                {"key": "theme", "kind": "theme", "label": "Theme", "required": True, "role": "theme"},
            ],
        },
        {"key": "money", "title": "Budget", "questions": [{"key": "budget", "kind": "budget", "label": "Budget"}]},
    ]
}  # fmt: skip
CRITERIA = (("usefulness", "Usefulness to practice", 60), ("quality", "Quality of the research", 40))


@pytest.fixture(autouse=True)
def _still_clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


def make_person(name: str, *roles: str) -> User:
    """Add a person with roles; nobody here signs in by password."""
    user = User(email=f"{name.lower()}@example.org", name=name)
    user.set_unusable_password()
    user.save()
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, given_at=NOW, reason="Cast")
    return user


@pytest.fixture
def helena(db: None) -> User:
    """Return the fund administrator."""
    return make_person("Helena", Role.ADMINISTRATOR)


@pytest.fixture
def felix(db: None) -> User:
    """Return the finance officer."""
    return make_person("Felix", Role.FINANCE)


@pytest.fixture
def audrey(db: None) -> User:
    """Return the auditor."""
    return make_person("Audrey", Role.AUDITOR)


@pytest.fixture
def ada(db: None) -> User:
    """Return an applicant who gets an offer."""
    return make_person("Ada")


@pytest.fixture
def amir(db: None) -> User:
    """Return an applicant who has nothing to do with it."""
    return make_person("Amir")


@pytest.fixture
def company(db: None) -> Organisation:
    """Return a member company."""
    return Organisation.objects.create(name="Lumen Social", kind=Organisation.Kind.COMPANY, country="IE")


@pytest.fixture
def university(db: None) -> Organisation:
    """Return the organisation that gets grants."""
    return Organisation.objects.create(
        name="Northmere University", kind=Organisation.Kind.UNIVERSITY, country="NO", address="4 Quay Street\nNorthmere"
    )


@pytest.fixture
def pot(company: Organisation) -> Fund:
    """Return a fund with a million dollars in it."""
    fund = Fund.objects.create(name="Safe Online Research Fund", slug="sorf", prefix="SORF", currency="USD")
    pledged = ledger.pledge(fund=fund, organisation=company, amount=Decimal(1_000_000), by=None)
    ledger.receive(contribution=pledged, amount=Decimal(1_000_000), by=None)
    return fund


@pytest.fixture
def form(db: None) -> FormVersion:
    """Return a small form."""
    return FormVersion.objects.create(title="Full application", content=FORM, made_at=NOW)


@pytest.fixture
def rubric(db: None) -> Rubric:
    """Return criteria whose weights make a hundred."""
    made = Rubric.objects.create(title="Standard rubric", anchors={"1": "Weak", "6": "Outstanding"})
    for position, (key, label, weight) in enumerate(CRITERIA, start=1):
        Criterion.objects.create(
            rubric=made, key=key, label=label, question="Who could act on it?", weight=weight, position=position
        )
    return made


@pytest.fixture
def draft_fields(pot: Fund, form: FormVersion, rubric: Rubric) -> dict[str, Any]:
    """Return all that a call needs to be published."""
    return {
        "fund": pot, "title": "Prevention First", "slug": "prevention-first", "prefix": "PF26", "form": form,
        "rubric": rubric, "themes": [("prevention", "Prevention"), ("response", "Response")],
        "summary": "What stops abuse before it starts?", "text": "Most of what is known is known afterwards.",
        "eligibility": "Universities and non-profit bodies.", "opens_at": NOW - timedelta(days=21),
        "closes_at": NOW + timedelta(days=29), "zone": "Europe/Oslo", "reviews_due_at": NOW + timedelta(days=90),
        "decision_at": NOW + timedelta(days=140), "budget": Decimal(1_000_000), "least_amount": Decimal(20_000),
        "most_amount": Decimal(250_000), "budget_categories": uncapped({"staff": "Staff", "travel": "Travel"}),
    }  # fmt: skip


@pytest.fixture
def draft(draft_fields: dict[str, Any]) -> Call:
    """Return a whole draft call."""
    return calls.create(**draft_fields, by=None)


@pytest.fixture
def call(draft: Call) -> Call:
    """Return a published, open call."""
    return calls.publish(call=draft, by=None)


@pytest.fixture
def terms(call: Call, university: Organisation, ada: User) -> AwardTerms:
    """Return the terms of one offer to Ada."""
    return AwardTerms(
        call=call, source_key=41, title="Bystanders on live streams", public_summary="Who reports, and what happens?",
        grantee=university, investigator=ada, holders=(ada,), amount=Decimal("132750.00"), decided_at=NOW,
        starts_on=date(2027, 6, 1), months=18, answer_by=NOW + timedelta(days=45),
    )  # fmt: skip


@pytest.fixture
def award(terms: AwardTerms) -> Award:
    """Return Ada's offer."""
    return awards.offer(terms=terms, by=None)


@pytest.fixture
def make_awards(terms: AwardTerms) -> Callable[..., list[Award]]:
    """Return a maker of many offers."""
    sources = count(1000)

    def make(number: int, **changes: Any) -> list[Award]:
        changes = {"amount": Decimal(20_000), **changes}
        return [awards.offer(terms=replace(terms, source_key=next(sources), **changes), by=None) for _ in range(number)]

    return make


@pytest.fixture
def recuse() -> Callable[[User, Award], Declaration]:
    """Return what shuts a person out of the application that an award comes from."""

    def shut_out(person: User, award: Award) -> Declaration:
        return Declaration.objects.create(
            person=person, subject_type=SOURCE, subject=award.source_key, has_interest=True, declared_at=clock.now()
        )

    return shut_out
