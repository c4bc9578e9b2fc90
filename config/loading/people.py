"""The people and organisations of the sample, and the fund with its money."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

from allauth.account.models import EmailAddress

from config.sample import people as sample
from config.sample.shapes import Organisation as SampleOrganisation
from config.sample.shapes import Person
from core import clock
from core.people import actions
from core.people.models import Organisation, Role, User
from fund.actions import ledger
from fund.models import Fund

KINDS = {
    "university": "university", "institute": "institute", "ngo": "nonprofit", "trust": "nonprofit",
    "hotline": "hotline", "government": "government", "police": "police", "company": "company",
}  # fmt: skip
FOUNDED = datetime(2021, 1, 11, 9, tzinfo=UTC)
"""When the money came in: before the first call."""
STAFF_ROLES = {"administrator": Role.ADMINISTRATOR, "finance": Role.FINANCE, "auditor": Role.AUDITOR}
CONTRIBUTORS = (
    ("Tidewater Messaging", "IE", 900_000), ("Lumen Photo", "US", 800_000), ("Quayside Games", "SE", 700_000),
    ("Halyard Cloud", "US", 700_000), ("Pine & Pixel", "CA", 500_000), ("Voxline", "DE", 400_000),
)  # fmt: skip


LETTERS_IN = {
    **dict.fromkeys(("AR", "CL", "CO", "ES", "MX", "PE"), "es"), **dict.fromkeys(("FR", "SN"), "fr"),
    **dict.fromkeys(("EG", "JO", "MA"), "ar"),
}  # fmt: skip
"""In which language people of a country want their letters, where that is not English."""


@cache
def organisation(raw: SampleOrganisation) -> Organisation:
    """Return the stored organisation, made at its first use."""
    return Organisation.objects.create(
        name=raw.name, ror=raw.ror or None, country=raw.country, kind=KINDS.get(raw.kind, "other"),
        address=raw.address, email_domain=raw.domain,
    )  # fmt: skip


@cache
def user(person: Person) -> User:
    """Return the stored person, made at their first use; nobody can sign in by password until one is set."""
    made = User.objects.create_user(
        person.email, name=person.name, organisation=organisation(person.organisation),
        language=LETTERS_IN.get(person.organisation.country, ""),
    )  # fmt: skip
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def fresh(person: Person) -> User:
    """Return the person as stored now, with the roles that they have by now."""
    return User.objects.get(pk=user(person).pk)


def make_staff() -> None:
    """Make the personas, and a second administrator: nobody approves what they prepared."""
    for persona in sample.PERSONAS:
        someone = user(persona.person)
        if role := STAFF_ROLES.get(persona.role):
            actions.give_role(user=someone, role=role, reason="Founding of the fund", by=None)
    actions.give_role(user=user(SECOND), role=Role.ADMINISTRATOR, reason="Director of the fund", by=None)


def person_of(role: str) -> Person:
    """Return a persona as the sample has it."""
    return next(each.person for each in sample.PERSONAS if each.role == role)


SECOND = Person(
    "paulo-teixeira",
    "Paulo Teixeira",
    "Paulo Teixeira",
    "paulo.teixeira@fund.example",
    person_of("administrator").organisation,
)
"""A second administrator: nobody approves what they prepared."""


def persona(role: str) -> User:
    """Return a persona as stored now."""
    return fresh(person_of(role))


def make_fund() -> Fund:
    """Make the fund, and record what its contributors pledged and paid."""
    fund = Fund.objects.create(
        name="Safe Online Research Fund", slug="sorf", currency="USD", signatory=SECOND.name,
        signatory_role="Director",
        about="Research that helps technology companies and policy makers understand and stop online child sexual "
        "exploitation and abuse, paid for by technology companies.",
    )  # fmt: skip
    finance = persona("finance")
    with clock.at(FOUNDED):
        for name, country, amount in CONTRIBUTORS:
            giver = Organisation.objects.create(name=name, country=country, kind=Organisation.Kind.COMPANY)
            pledge = ledger.pledge(fund=fund, organisation=giver, amount=Decimal(amount), by=finance)
            ledger.receive(contribution=pledge, amount=Decimal(amount), by=finance, note="First payment")
    return fund
