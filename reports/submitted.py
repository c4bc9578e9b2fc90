"""An application as it was submitted, with what was attached, as PDF: a copy for whoever orders one."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application, ApplicationVersion
from applications.models.application import veiled_from
from core import audit, clock, jobs
from core.files.joined import joined
from core.jobs import Claim
from core.jobs.models import Batch
from core.language import lazy
from core.people.models import User
from reports.builders.application_copy import ApplicationCopyTerms, build_application_copy
from reports.builders.application_summary import Copy
from reports.models import PrintedApplication
from reports.models.printed import note_files
from reports.personal import next_copy, reader_of
from reports.terms.application_copy import Attached, application_copy_terms, attached_to
from reports.unset import set_quietly
from reviews.models import Review

KIND = "application-copy"


@transaction.atomic
def ask_for_copy(*, application: Application, by: User) -> Batch:
    """Order one's own copy of an application that one may open."""
    if not Application.objects.visible_to(by).filter(pk=application.pk, current__isnull=False).exists():
        raise PermissionDenied(_("This application is not open to you, or was never submitted."))
    batch = jobs.open_batch(title=_("Application as submitted, for %(name)s") % {"name": by.name}, by=by)
    audit.record("copy:order", by=by, subject=application)
    jobs.put(KIND, batch=batch, priority=jobs.Priority.NORMAL, application=application.pk, person=by.pk)
    return batch


@jobs.handles(KIND, lazy("Application as submitted"))
def make_copy(claim: Claim) -> None:
    """Make one person's copy with the rights that they have now, unless it was closed to them in the meantime."""
    person = reader_of(claim)
    version = _version_for(person, claim.payload["application"])
    if version is None:
        return
    is_hidden = _is_hidden(version, person)
    own = next_copy(KIND, version, person)
    copy = Copy(own.number, person.name, clock.now())
    attached = attached_to(version, is_hidden=is_hidden)
    terms = application_copy_terms(version, copy=copy, is_hidden=is_hidden, attached=attached)
    reference = version.application.reference
    with _whole(terms, attached) as content, claim.filing():
        document = own.file(
            claim, content, title=_("Application %(reference)s as submitted") % {"reference": reference},
            name=f"application-{reference}-v{version.number}-copy-{own.number}.pdf",
        )  # fmt: skip
        # What was shut to the person, or closed, since it was read is shut with these rows.
        PrintedApplication.objects.create(
            document=document, application=version.application, names_applicants=not is_hidden, shows_others=False
        )
        note_files(document, (each.sha256 for each in attached if each.path))


def _version_for(person: User, application: int) -> ApplicationVersion | None:
    """Return the version that the person reads: a reviewer the one that they judge, all others the last one."""
    if not Application.objects.visible_to(person).filter(pk=application).exists():
        return None
    rows = ApplicationVersion.objects.select_related("application__call__fund", "form")
    judged = Review.objects.filter(assignment__application=application, assignment__member__person=person)
    return (
        rows.filter(pk__in=judged.values("version")).first()
        or rows.filter(pk__in=Application.objects.filter(pk=application).values("current")).first()
    )


def _is_hidden(version: ApplicationVersion, person: User) -> bool:
    return Application.objects.filter(veiled_from(person), pk=version.application_id).exists()


@contextmanager
def _whole(terms: ApplicationCopyTerms, attached: list[Attached]) -> Iterator[File]:
    """Open our pages with those of the attachments behind the pages with their names."""
    ours = set_quietly(build_application_copy, terms)
    if not any(each.path for each in attached):
        yield ContentFile(ours)
        return
    with joined(ours, [each.path for each in attached]) as file:
        yield File(file)
