"""Who issues documents and who signs them."""

from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.documents.models import IssuedLetter
from fund.models import Fund
from reports.builders.issue import InconsistentTerms, Issue, Signatory


def issue_of(fund: Fund, number: str = "") -> Issue:
    """Return the issuer of a document with a number."""
    return Issue(fund=fund.name, number=number, paper="Letter" if fund.paper == Fund.Paper.LETTER else "A4")


def issue_of_letter(fund: Fund, letter: IssuedLetter, *, language: str = "en") -> Issue:
    """Return the issuer of a letter, with its number and version and where it can be checked."""
    link = settings.SITE_URL + reverse("verify:letter", args=[letter.code]).removesuffix("/")
    return replace(
        issue_of(fund, letter.number),
        version=letter.version,
        verify_address=link.partition("://")[2],
        verify_link=link,
        language=language,
    )


def dated(letter: IssuedLetter, known_at: datetime) -> date:
    """Return the date of a letter: when its news is known, and of a later version when that was asked for."""
    return (known_at if letter.version == 1 else letter.entered_at).date()


def signatory_of(fund: Fund) -> Signatory:
    """Return who signs for the fund; without one a letter is held."""
    if not fund.signatory.strip():
        where = settings.SITE_URL + reverse("reports:index") + "#signatory"
        raise InconsistentTerms(_("Nobody signs for the fund. Say who does: %(where)s") % {"where": where})
    return Signatory(fund.signatory, fund.signatory_role)


def lines_of(address: str) -> tuple[str, ...]:
    """Return the lines of a postal address."""
    return tuple(line.strip() for line in address.splitlines() if line.strip())
