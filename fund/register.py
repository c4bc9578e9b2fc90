"""The public register: what it says of each award, and its totals."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import ExtractYear

from core.money import figures, plain
from core.people.models import country_name
from fund.models import Award
from fund.models.awards import AwardQuerySet

COLUMNS = (
    "Award", "Title", "Summary", "Grantee", "Country", "Principal investigator", "Call", "Theme", "Currency", "Amount",
    "Decided", "Starts", "Ends", "Note",
)  # fmt: skip

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Totals:
    """What all awards of a list come to; withheld ones count in number and money, and in no country."""

    grants: int
    amount: Decimal
    countries: int
    withheld: int
    since: int | None
    currency: str

    @property
    def is_shortened(self) -> bool:
        """Whether the short figure leaves something out."""
        return self.amount >= MILLION

    @property
    def in_short(self) -> str:
        """The money in few figures: USD 2.3 m."""
        if not self.is_shortened:
            return f"{self.currency}\xa0{figures(self.amount, self.currency)}"
        return f"{self.currency}\xa0{(self.amount / MILLION).quantize(Decimal('0.1')).normalize():f}\xa0m"


def totals_of(awards: AwardQuerySet) -> Totals:
    """Add up a list of awards, which are all in one currency."""
    sums = awards.order_by().aggregate(
        grants=Count("pk"),
        amount=Sum("amount", default=Decimal(0)),
        countries=Count("grantee__country", distinct=True, filter=Q(is_withheld=False)),
        withheld=Count("pk", filter=Q(is_withheld=True)),
        since=Min(ExtractYear("decided_at")),
        currency=Min("currency"),
    )
    return Totals(**(sums | {"currency": sums["currency"] or "USD"}))


def as_csv(awards: AwardQuerySet) -> str:
    """Write the register for a spreadsheet; a withheld award keeps its number, amount and reason only."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for award in awards:
        writer.writerow([_safe(cell) for cell in _cells(award)])
    return "\ufeff" + buffer.getvalue()


def _cells(award: Award) -> list[str]:
    amount = [award.currency, plain(award.amount, award.currency), f"{award.decided_at:%Y-%m-%d}"]
    if award.is_withheld:
        return [award.number, *[""] * 7, *amount, "", "", f"Withheld: {award.withheld_reason}"]
    return [
        award.number, award.title, award.public_summary, award.grantee_name, country_name(award.grantee.country),
        award.investigator_name, award.call.title if award.call else "", award.theme.name if award.theme else "",
        *amount, award.starts_on.isoformat(), award.ends_on.isoformat(), "",
    ]  # fmt: skip


def _safe(cell: str) -> str:
    # A spreadsheet takes a cell that starts like this for a formula.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell
