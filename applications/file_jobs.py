"""What is done about an attached file in the background: asking the scanner, drawing the pages."""

from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from applications.actions import quarantine
from applications.actions.files import put_pages
from applications.models import Attachment, AttachmentPage
from core import audit, clock, jobs
from core.files import store
from core.files.drawing import Picture, pictures_of
from core.files.kinds import Kind
from core.files.scan import scan
from core.language import lazy

State = Attachment.State
LONG = timedelta(minutes=15)
"""After this a file that still waits for the scanner waits for a person, too."""


@jobs.handles("attachment-scan", lazy("Virus scan of a file"))
def scan_file(claim: jobs.Claim) -> None:
    """Ask the scanner about a file, which is closed until it has answered."""
    file = Attachment.objects.filter(pk=claim.payload["attachment"], state=State.CHECKING).first()
    if file is None:
        return
    found = None
    if settings.CLAMAV_SOCKET:
        with default_storage.open(file.path) as content:
            found = scan(content, address=settings.CLAMAV_SOCKET)
    with claim.filing():
        _file_result(file, found)


def _file_result(file: Attachment, found: str | None) -> None:
    """Put what was found in quarantine; open the rest. Without a scanner, which was taken away meanwhile, say so."""
    if found is not None:
        quarantine.report(
            attachment=file, seen=_("The virus scanner found “%(found)s”.") % {"found": found}, by=None
        )  # fmt: skip
        return
    result = State.CLEAN if settings.CLAMAV_SOCKET else State.KEPT
    # Somebody may have reported the same content meanwhile.
    if Attachment.objects.filter(pk=file.pk, state=State.CHECKING).update(state=result):
        audit.record("application:scan", by=None, subject=file.application, attachment=file.pk, result=result)
        put_pages(file)


@jobs.handles("attachment-pages", lazy("Pictures of a file’s pages"))
def draw_pages(claim: jobs.Claim) -> None:
    """Draw the pages of a PDF as pictures; a file in quarantine has none."""
    file = Attachment.objects.open().filter(pk=claim.payload["attachment"], pictured_at=None, kind=Kind.PDF).first()
    if file is None:
        return
    with default_storage.open(file.path) as content:
        rows = [_page(file, picture) for picture in pictures_of(content)]
    with claim.filing():
        if Attachment.objects.open().filter(pk=file.pk, pictured_at=None).update(pictured_at=clock.now()):
            AttachmentPage.objects.bulk_create(rows)
        elif not Attachment.objects.open().filter(sha256=file.sha256).exists():
            store.forget_after_commit(row.path for row in rows)


def _page(file: Attachment, picture: Picture) -> AttachmentPage:
    return AttachmentPage(
        attachment=file, number=picture.number, path=picture.keep(file.sha256), width=picture.width,
        height=picture.height, text=picture.text,
    )  # fmt: skip


@jobs.daily
def ask_again() -> None:
    """Ask the scanner again about what it left without an answer, once an hour."""
    now = clock.now()
    for file in Attachment.objects.filter(state=State.CHECKING, added_at__lt=now - LONG):
        jobs.put("attachment-scan", key=f"scan-{file.pk}-{now:%Y%m%d%H}", attachment=file.pk)
