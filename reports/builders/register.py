"""The register of awards on paper: every accepted grant, as its public page says it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from core.money import exact
from core.pdf.blocks import Block, heading, paragraph, title
from core.pdf.captions import captioned
from core.pdf.document import make_document
from core.pdf.styles import TABLE
from core.pdf.tables import Column, Table, facts
from core.pdf.words import Span, Text, value
from reports.builders.issue import Issue
from reports.builders.wording import counted, day, moment, money

_DENSE = replace(TABLE, size=8, leading=11)


@dataclass(frozen=True, slots=True)
class RegisteredAward:
    """One accepted award; of a withheld one only its number, date, amount and reason."""

    number: str
    decided_on: date
    amount: Decimal
    title: str = ""
    grantee: str = ""
    country: str = ""
    theme: str = ""
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class RegisterTerms:
    """Everything that the register says."""

    issue: Issue
    made_at: datetime
    currency: str
    awards: tuple[RegisteredAward, ...]
    countries: int
    address: str = ""


def build_register(terms: RegisterTerms) -> bytes:
    """Set the register and return the PDF."""
    imprint = terms.issue.imprint(
        kind="Award register", dated=terms.made_at, reference=counted(len(terms.awards), "award"),
        title=f"Register of awards: {terms.issue.fund}", foot=terms.address,
    )  # fmt: skip
    dated = f"Every grant that was offered by the fund and accepted, as of {moment(terms.made_at)}."
    return make_document(imprint, captioned(_blocks(terms), dated))


def _blocks(terms: RegisterTerms) -> Iterator[Block]:
    yield title("Register of awards")
    total = sum((each.amount for each in terms.awards), Decimal())
    withheld = sum(1 for each in terms.awards if each.withheld)
    pairs: list[tuple[Text, Text]] = [
        ("Awarded", money(total, terms.currency)),
        ("Grants", f"{len(terms.awards):,}" + (f", {withheld:,} of them withheld" if withheld else "")),
        ("Countries", f"{terms.countries:,}"),
    ]
    yield facts(pairs)
    for year, found in groupby(terms.awards, key=lambda each: each.decided_on.year):
        yield heading(f"Decided in {year}")
        yield _table(list(found), terms.currency)
    if not terms.awards:
        yield paragraph("No grant was accepted yet.")


def _table(awards: Sequence[RegisteredAward], currency: str) -> Table:
    columns = [
        Column("Award", fits=True),
        Column("Project", 4),
        Column("Grantee", 3),
        Column("Decided", fits=True),
        Column(currency, fits=True, is_number=True),
    ]
    cells = [
        [each.number, _project(each), _grantee(each), day(each.decided_on), exact(each.amount, currency)]
        for each in awards
    ]
    foot: list[Text] = ["", "Total", "", "", exact(sum((each.amount for each in awards), Decimal()), currency)]
    return Table(columns, cells, foot=[foot], style=_DENSE, gutter=9, before=2)


def _project(each: RegisteredAward) -> Text:
    if each.withheld:
        return f"Withheld: {each.withheld}"
    theme: list[str | Span] = [" · ", value(each.theme)] if each.theme else []
    return [value(each.title), *theme]


def _grantee(each: RegisteredAward) -> Text:
    return [value(each.grantee), ", ", value(each.country)] if each.country else value(each.grantee)
