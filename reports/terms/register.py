"""What the register of awards says: what its public page does."""

from django.conf import settings
from django.urls import reverse

from core import clock
from fund import register
from fund.models import Award, Fund
from reports.builders.register import RegisteredAward, RegisterTerms
from reports.terms.issuing import issue_of


def register_terms(fund: Fund) -> RegisterTerms:
    """Gather the accepted awards of a fund, the newest first."""
    public = Award.objects.public().filter(fund=fund)
    rows = public.select_related("grantee", "theme").order_by("-decided_at", "-number")
    return RegisterTerms(
        issue=issue_of(fund), made_at=clock.now(), currency=fund.currency, awards=tuple(map(_award, rows)),
        countries=register.totals_of(public).countries, address=settings.SITE_URL + reverse("public:awards"),
    )  # fmt: skip


def _award(award: Award) -> RegisteredAward:
    if award.is_withheld:
        return RegisteredAward(award.number, award.decided_at.date(), award.amount, withheld=award.withheld_reason)
    return RegisteredAward(
        award.number, award.decided_at.date(), award.amount, award.title, award.grantee_name, award.country,
        award.theme.name if award.theme else "",
    )  # fmt: skip
