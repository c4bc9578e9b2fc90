"""Application summaries for the panel: one copy per recipient, made in the background."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from applications.models.application import veiled_from
from core import audit, clock, jobs
from core.jobs import Claim
from core.jobs.models import Batch
from core.language import lazy
from core.people.models import User
from reports.builders.application_summary import Copy, build_application_summary
from reports.personal import next_copy, reader_of
from reports.terms.summary import rows_for_summaries, summaries
from reports.unset import set_quietly

KIND = "application-summary"


@transaction.atomic
def ask_for_summaries(*, applications: list[Application], by: User) -> Batch:
    """Order one's own copy of the summaries of applications that one may read."""
    allowed = set(Application.objects.visible_to_fund(by).values_list("pk", flat=True))
    if not allowed.issuperset(each.pk for each in applications):
        raise PermissionDenied(_("One of these applications is not open to you."))
    noun = "summary" if len(applications) == 1 else "summaries"
    batch = jobs.open_batch(title=f"{len(applications)} {noun} for {by.name}", by=by)
    audit.record("summaries:order", by=by, subject=batch, number=len(applications))
    for each in applications:
        jobs.put(KIND, batch=batch, priority=jobs.Priority.NORMAL, application=each.pk, person=by.pk)
    return batch


@jobs.handles(KIND, lazy("Application summary"))
def make_summary(claim: Claim) -> None:
    """Make one person's copy, unless the application was closed to them in the meantime."""
    person = reader_of(claim)
    visible = Application.objects.visible_to_fund(person).filter(pk=claim.payload["application"]).values("pk")
    application = rows_for_summaries().filter(pk__in=visible).first()
    if application is None:
        return
    own = next_copy(KIND, application, person)
    hidden = set(Application.objects.filter(veiled_from(person), pk=application.pk).values_list("pk", flat=True))
    copy = Copy(own.number, person.name, clock.now())
    [terms] = summaries([application], recipient=person, copy=copy, hidden=hidden)
    content = set_quietly(build_application_summary, terms)
    reference = application.reference
    title, name = f"Summary of {reference}: {application.title}", f"summary-{reference}-copy-{own.number}.pdf"
    with claim.filing():
        own.file(claim, content, title=title, name=name)
