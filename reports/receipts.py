"""Receipts, made in the background after a submission."""

from django.conf import settings

from applications.models import ApplicationVersion
from core import documents, jobs, mail
from core.jobs import Claim
from reports.builders.receipt import build_receipt
from reports.terms.receipt import receipt_terms
from reports.unset import set_quietly


@jobs.handles("application-receipt")
def make_receipt(claim: Claim) -> None:
    """Make the receipt of one submitted version, file it, and mail it to whoever submitted."""
    rows = ApplicationVersion.objects.select_related("application__call__fund", "submitted_by")
    version = rows.get(pk=claim.payload["version"])
    application = version.application
    content = set_quietly(build_receipt, receipt_terms(version))
    with claim.filing() as result:
        document = documents.file(
            "application-receipt", content, subject=version, asked_by=version.submitted_by,
            template="application-receipt/1",
            title=f"Receipt for {application.reference}, version {version.number}",
            name=f"receipt-{application.reference}-v{version.number}.pdf",
        )  # fmt: skip
        if version.submitted_by:
            link = settings.SITE_URL + application.get_absolute_url()
            mail.queue(
                "reports/mail/receipt.txt", to=version.submitted_by, documents=[document],
                application=application, version=version, link=link,
            )  # fmt: skip
        result["document"] = document.pk
