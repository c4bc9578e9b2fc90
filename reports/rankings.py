"""Ranking reports: one copy per recipient, over what they may see, made in the background."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, jobs
from core.jobs import Claim
from core.jobs.models import Batch
from core.language import lazy
from core.people.models import User
from fund.models import Call
from reports.builders.ranking_report import build_ranking_report
from reports.personal import next_copy, reader_of
from reports.terms.ranking import ranking_terms
from reports.unset import set_quietly

KIND = "ranking-report"


@transaction.atomic
def ask_for_ranking_report(*, call: Call, by: User) -> Batch:
    """Order one's own copy of the ranking of a call."""
    if not by.has_perm("reviews.see_panel", call):
        raise PermissionDenied(_("Only who may open the ranking has a report of it."))
    batch = jobs.open_batch(title=_("Ranking of %(call)s") % {"call": call.title}, by=by)
    audit.record("ranking:report", by=by, subject=call)
    jobs.put(KIND, batch=batch, priority=jobs.Priority.NORMAL, call=call.pk, person=by.pk)
    return batch


@jobs.handles(KIND, lazy("Ranking report"))
def make_ranking_report(claim: Claim) -> None:
    """Make one person's copy with the rights that they have now."""
    call = Call.objects.select_related("fund", "rubric").get(pk=claim.payload["call"])
    person = reader_of(claim)
    if not person.has_perm("reviews.see_panel", call):
        return
    copy = next_copy(KIND, call, person)
    content = set_quietly(build_ranking_report, ranking_terms(call, recipient=person, copy=copy.number))
    title, name = _("Ranking of %(call)s") % {"call": call.title}, f"ranking-{call.slug}-copy-{copy.number}.pdf"
    with claim.filing():
        copy.file(claim, content, title=title, name=name)
