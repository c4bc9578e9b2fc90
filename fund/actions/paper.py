"""What the fund's documents are printed on."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.people.models import User
from fund.models import Fund


@transaction.atomic
def choose_paper(*, fund: Fund, paper: str, by: User) -> Fund:
    """Set the paper of all documents that are made from now on; what is filed stays as it is."""
    if paper not in Fund.Paper.values:
        raise ValidationError(_("Choose A4 or US Letter."))
    fund = Fund.objects.select_for_update().get(pk=fund.pk)
    if fund.paper != paper:
        audit.record("fund:paper", by=by, subject=fund, before=fund.paper, after=paper)
        fund.paper = paper
        fund.save(update_fields=["paper"])
    return fund
