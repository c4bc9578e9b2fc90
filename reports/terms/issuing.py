"""Who issues documents and who signs them."""

from core import clock
from fund.models import Fund
from reports.builders.issue import Issue, Signatory


def issue_of(fund: Fund, number: str = "") -> Issue:
    """Return the issuer of a document with a number."""
    return Issue(fund=fund.name, number=number)


def signatory_of(fund: Fund) -> Signatory:
    """Return who signs for the fund."""
    return Signatory(fund.signatory or fund.name, fund.signatory_role)


def lines_of(address: str) -> tuple[str, ...]:
    """Return the lines of a postal address."""
    return tuple(line.strip() for line in address.splitlines() if line.strip())


today = clock.today
