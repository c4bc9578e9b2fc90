"""The payment schedule of an award: what is paid when, what has to be met before, and what is left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.money import exact
from core.pdf.blocks import Block, heading, paragraph, title
from core.pdf.captions import captioned
from core.pdf.document import make_document
from core.pdf.items import Items
from core.pdf.tables import Column, Table, facts
from core.pdf.words import Text, strong, value
from reports.builders.issue import Issue
from reports.builders.wording import day, moment, money, period, sentence


@dataclass(frozen=True, slots=True)
class Payment:
    """One instalment: its number, when it is due, how much, what must be met before, and where it is."""

    number: int
    due: date
    amount: Decimal
    paid_once: str
    state: str
    is_paid: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleTerms:
    """Everything that a payment schedule says."""

    issue: Issue
    award_number: str
    title: str
    grantee: str
    principal_investigator: str
    state: str
    amount: Decimal
    currency: str
    starts_on: date
    ends_on: date
    made_at: datetime
    payments: tuple[Payment, ...]
    conditions: tuple[str, ...] = ()


def build_payment_schedule(terms: ScheduleTerms) -> bytes:
    """Set the schedule and return the PDF."""
    imprint = terms.issue.imprint(
        kind="Payment schedule", dated=terms.made_at, reference=terms.award_number,
        title=f"Payment schedule of award {terms.award_number}: {terms.title}",
    )  # fmt: skip
    dated = f"As it stood on {moment(terms.made_at)}. The fund’s own page of the award holds."
    return make_document(imprint, captioned(_blocks(terms), dated))


def _blocks(terms: ScheduleTerms) -> Iterator[Block]:
    yield title("Payment schedule")
    yield paragraph(value(terms.title))
    pairs: list[tuple[Text, Text]] = [
        ("Award", strong(terms.award_number)),
        ("Grantee", value(terms.grantee)),
        ("Led by", value(terms.principal_investigator)),
        ("Period", period(terms.starts_on, terms.ends_on)),
        ("Amount", strong(money(terms.amount, terms.currency))),
        ("State", terms.state),
    ]
    yield facts(pairs)
    yield heading("Payments")
    yield _payments(terms) if terms.payments else paragraph("No payment is planned yet.")
    if terms.conditions:
        yield heading("Open conditions")
        yield Items([sentence(condition) for condition in terms.conditions], indent=12)


def _payments(terms: ScheduleTerms) -> Table:
    columns = [
        Column("", fits=True),
        Column("Due", fits=True),
        Column("Paid once"),
        Column("State", fits=True),
        Column(terms.currency, fits=True, is_number=True),
    ]
    cells = [
        [f"{each.number}.", day(each.due), each.paid_once, each.state, exact(each.amount, terms.currency)]
        for each in terms.payments
    ]
    return Table(columns, cells, foot=list(_sums(terms)), before=2)


def _sums(terms: ScheduleTerms) -> Iterator[list[Text]]:
    planned = [each for each in terms.payments if not each.is_cancelled]
    paid = sum((each.amount for each in planned if each.is_paid), Decimal())
    total = sum((each.amount for each in planned), Decimal())
    yield ["", "Planned", "", "", exact(total, terms.currency)]
    yield ["", "Paid so far", "", "", exact(paid, terms.currency)]
    yield ["", "Still to come", "", "", exact(total - paid, terms.currency)]
