"""What the fund's own people order for a board: the programme report, and the register of awards on paper."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core import jobs
from core.jobs import Claim
from core.jobs.models import Batch
from core.language import lazy
from core.people.models import User
from fund.models import Call, Fund
from reports.builders.programme import build_programme
from reports.builders.register import build_register
from reports.copies import order
from reports.personal import next_copy, reader_of
from reports.terms.programme import programme_terms
from reports.terms.register import register_terms
from reports.unset import set_quietly

PROGRAMME = "programme-report"
REGISTER = "award-register"


def ask_for_programme(*, of: Call | Fund, by: User) -> Batch:
    """Order one's own copy of the report on a call, or on all calls of a fund."""
    if not by.reads_all:
        raise PermissionDenied(_("The programme report is for fund administrators and auditors."))
    return order(PROGRAMME, title=_("Programme report: %(name)s") % {"name": str(of)}, of=of, by=by)


def ask_for_register(*, fund: Fund, by: User) -> Batch:
    """Order one's own copy of the register of awards."""
    if not by.is_insider:
        raise PermissionDenied(_("The register is on its public page."))
    return order(REGISTER, title=_("Register of awards: %(fund)s") % {"fund": fund.name}, of=fund, by=by)


def _subject(claim: Claim) -> Call | Fund:
    if claim.payload["of_type"] == Call._meta.label_lower:
        return Call.objects.select_related("fund").get(pk=claim.payload["of"])
    return Fund.objects.get(pk=claim.payload["of"])


@jobs.handles(PROGRAMME, lazy("Programme report"))
def make_programme(claim: Claim) -> None:
    """Make one person's copy with the rights that they have now."""
    person, of = reader_of(claim), _subject(claim)
    if not person.reads_all:
        return
    copy = next_copy(PROGRAMME, of, person)
    content = set_quietly(build_programme, programme_terms(of, recipient=person, copy=copy.number))
    title = _("Programme report: %(name)s") % {"name": str(of)}
    with claim.filing():
        copy.file(claim, content, title=title, name=f"programme-{of.slug}-copy-{copy.number}.pdf")


@jobs.handles(REGISTER, lazy("Register of awards"))
def make_register(claim: Claim) -> None:
    """Make one person's copy of what everybody may read."""
    fund = Fund.objects.get(pk=claim.payload["of"])
    copy = next_copy(REGISTER, fund, reader_of(claim))
    content = set_quietly(build_register, register_terms(fund))
    title = _("Register of awards: %(fund)s") % {"fund": fund.name}
    with claim.filing():
        copy.file(claim, content, title=title, name=f"register-{fund.slug}-{copy.number}.pdf")
