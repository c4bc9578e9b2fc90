"""Receipts, made in the background after a submission: what confirms it leaves whatever becomes of the document."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from applications import likeness
from applications.models import Application, ApplicationVersion
from core import documents, jobs, mail
from core.documents.models import Document
from core.jobs import Claim, LostLease
from core.language import lazy
from reports.builders.receipt import build_receipt
from reports.terms.receipt import receipt_terms
from reports.unset import CannotBeSet, set_quietly


@jobs.handles("application-receipt", lazy("Application receipt"))
def make_receipt(claim: Claim) -> None:
    """Make the receipt of one submitted version, file it, and mail it to whoever submitted.

    If it cannot be made the mail leaves without it, once: a submission is confirmed whatever characters stand in it.
    """
    rows = ApplicationVersion.objects.select_related("application__call__fund", "submitted_by")
    version = rows.get(pk=claim.payload["version"])
    try:
        _file(claim, version)
    except LostLease:
        raise
    except Exception as error:
        if claim.ends_with(error):
            _confirm_without(claim, version, error)
        raise


def _file(claim: Claim, version: ApplicationVersion) -> None:
    application = version.application
    content = set_quietly(build_receipt, receipt_terms(version))
    with claim.filing() as result:
        document = documents.file(
            "application-receipt", content, subject=version, asked_by=version.submitted_by,
            template="application-receipt/1",
            title=f"Receipt for {application.reference}, version {version.number}",
            name=f"receipt-{application.reference}-v{version.number}.pdf",
        )  # fmt: skip
        _confirm(version, documents=[document])
        result["document"] = document.pk


def _confirm_without(claim: Claim, version: ApplicationVersion, error: Exception) -> None:
    with transaction.atomic():
        if claim.first("confirmed"):
            _confirm(version, missing=error.character if isinstance(error, CannotBeSet) else "")


def _confirm(version: ApplicationVersion, *, documents: Iterable[Document] = (), missing: str = "") -> None:
    """Mail that a version arrived, with its receipt or with a sentence about what kept it from being made."""
    if version.submitted_by is None:
        return
    application = version.application
    mail.queue(
        "reports/mail/receipt.txt", to=version.submitted_by, documents=documents, is_attached=bool(documents),
        missing=missing, application=application, version=version,
        link=settings.SITE_URL + application.get_absolute_url(),
    )  # fmt: skip


def _versions(user: Any) -> QuerySet[ApplicationVersion]:
    readable = Application.objects.visible_to_fund(user).values("pk")
    return ApplicationVersion.objects.filter(application__in=readable).select_related("application__call")


def _page(version: ApplicationVersion) -> str:
    return reverse("manage:application", args=[version.application.call.slug, version.application.reference])


jobs.concerns("application-receipt", "version", _versions, page=_page)
jobs.concerns(likeness.KIND, "version", _versions, page=_page)
