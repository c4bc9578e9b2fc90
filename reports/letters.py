"""Award and outcome letters, made in the background after a release."""

from django.conf import settings
from django.urls import reverse

from applications.models import Application, TeamMember
from core import documents, jobs, mail
from core.documents.models import Document
from core.jobs import Claim
from core.people.models import User
from reports.builders.award_letter import build_award_letter
from reports.builders.outcome_letter import build_outcome_letter
from reports.terms.award_letter import award_letter_terms
from reports.terms.outcome_letter import outcome_letter_terms
from reviews.models import Decision

TEMPLATES = {"award-letter": "award-letter/1", "outcome-letter": "outcome-letter/1"}


def _decision(pk: int) -> Decision:
    rows = Decision.objects.select_related(
        "application__call__fund", "application__host", "award__fund", "award__grantee", "release"
    )
    return rows.get(pk=pk)


def _readers(application: Application) -> list[User]:
    """Return who gets the letter: everyone of the team who can open the application's page."""
    team = application.team.filter(user__isnull=False).exclude(access=TeamMember.Access.NONE)
    return [member.user for member in team.select_related("user") if member.user]


@jobs.handles("award-letter")
def make_award_letter(claim: Claim) -> None:
    """Make the letter of one award, file it, and queue the mail for the moment at which the release is known."""
    decision = _decision(claim.payload["decision"])
    award = decision.award
    if award is None:
        raise LookupError(f"Decision {decision.pk} has no award to write about.")
    address = settings.SITE_URL + reverse("awards:detail", args=[award.number])
    content = build_award_letter(award_letter_terms(award, accept_address=address))
    with claim.filing() as result:
        document = documents.file(
            "award-letter", content, subject=award, number=award.number, template=TEMPLATES["award-letter"],
            title=f"Award letter {award.number}: {award.title}", name=f"award-letter-{award.number}.pdf",
            asked_by=decision.release.released_by if decision.release else None, batch_id=claim.batch,
        )  # fmt: skip
        people = list(award.holders.order_by("pk"))
        _post("reports/mail/award_letter.txt", decision, document, to=people, award=award, link=address)
        result["document"] = document.pk


@jobs.handles("outcome-letter")
def make_outcome_letter(claim: Claim) -> None:
    """Make the outcome letter of one application, file it, and queue the mail for the moment of the release."""
    decision = _decision(claim.payload["decision"])
    application = decision.application
    content = build_outcome_letter(outcome_letter_terms(decision))
    with claim.filing() as result:
        document = documents.file(
            "outcome-letter", content, subject=application, number=application.reference,
            template=TEMPLATES["outcome-letter"], title=f"Outcome of {application.reference}: {application.title}",
            name=f"outcome-{application.reference}.pdf",
            asked_by=decision.release.released_by if decision.release else None, batch_id=claim.batch,
        )  # fmt: skip
        link = settings.SITE_URL + application.get_absolute_url()
        people = _readers(application)
        _post("reports/mail/outcome_letter.txt", decision, document, to=people, application=application, link=link)
        result["document"] = document.pk


def _post(template: str, decision: Decision, document: Document, *, to: list[User], **context: object) -> None:
    due_at = decision.release.visible_at if decision.release else None
    for person in to:
        mail.queue(template, to=person, documents=[document], due_at=due_at, **context)
