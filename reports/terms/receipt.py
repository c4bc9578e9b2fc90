"""What a receipt says."""

from decimal import Decimal

from applications.models import ApplicationVersion, Incident
from reports.builders.receipt import Attachment, ReceiptTerms
from reports.builders.submitted import Answer, BudgetLine, Section, TeamMember
from reports.terms.issuing import issue_of

NEXT_STEPS = (
    "We check that the application meets the rules of the call.",
    "A panel without conflicts of interest reads and scores it.",
    "You hear the outcome with the panel’s reasons. Until then your page says that we are reading it.",
)


def receipt_terms(version: ApplicationVersion) -> ReceiptTerms:
    """Gather the proof and the frozen content of one version."""
    application, content = version.application, version.content
    declared = content.get("declaration", {})
    return ReceiptTerms(
        issue=issue_of(application.call.fund),
        reference=application.reference or "",
        title=content["columns"]["title"],
        call=application.call.title,
        received_at=version.submitted_at,
        version=version.number,
        version_hash=version.sha256,
        next_steps=NEXT_STEPS,
        submitted_by=version.submitted_by.name if version.submitted_by else "",
        declared_by=f"{declared['name']}, {declared['capacity']}" if declared else "",
        declaration=declared.get("text", ""),
        sections=tuple(_section(each) for each in content["sections"] if each["answers"]),
        currency=content["budget"]["currency"],
        budget=tuple(
            BudgetLine(each["category_label"], each["description"], Decimal(each["amount"]))
            for each in content["budget"]["lines"]
        ),
        team=tuple(TeamMember(each["name"], each["part_label"], each["organisation"]) for each in content["team"]),
        attachments=_attachments(content["attachments"]),
    )


def _section(section: dict) -> Section:
    return Section(section["title"], tuple(Answer(each["label"], each["words"]) for each in section["answers"]))


def _attachments(files: list[dict]) -> tuple[Attachment, ...]:
    """Name the files, but none of a content that is in quarantine by now."""
    shut = set(
        Incident.objects.standing()
        .filter(sha256__in=[each["sha256"] for each in files])
        .values_list("sha256", flat=True)
    )
    return tuple(Attachment(each["name"], each["sha256"], each["size"]) for each in files if each["sha256"] not in shut)
