"""Award and outcome letters, made in the background after a release, under the number that the release gave them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application, TeamMember
from core import jobs, letters, mail
from core.documents.models import Document, IssuedLetter
from core.jobs import Claim, LostLease
from core.language import lazy
from core.letters.signing import CannotSign, signed
from core.pdf.shaping import MissingGlyph
from core.people.models import User
from reports.builders.award_letter import build_award_letter
from reports.builders.issue import InconsistentTerms
from reports.builders.outcome_letter import build_outcome_letter
from reports.models import in_force
from reports.terms.award_letter import award_letter_terms
from reports.terms.outcome_letter import outcome_letter_terms
from reviews.actions.lettering import letter_of
from reviews.models import Decision

log = logging.getLogger(__name__)

MOST_SAID = 300
HOLDING = (InconsistentTerms, MissingGlyph, CannotSign)
"""What is wrong with a letter, or with what it is signed with: a person has to mend it; no second try helps before."""

AGAIN = "reports/mail/new_version.txt"
"""The mail of a version that follows one that somebody may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A letter that was set: its bytes, how it is filed, and the mail that brings it."""

    content: bytes
    subject: models.Model
    title: str
    name: str
    template: str
    mail: str
    to: list[User]
    context: dict[str, Any]


@jobs.handles("award-letter", lazy("Award letter"))
def make_award_letter(claim: Claim) -> None:
    """Make the letter of one award."""
    _make(claim, _award_letter)


@jobs.handles("outcome-letter", lazy("Outcome letter"))
def make_outcome_letter(claim: Claim) -> None:
    """Make the outcome letter of one application."""
    _make(claim, _outcome_letter)


def _make(claim: Claim, set_letter: Callable[[Decision, IssuedLetter], Made]) -> None:
    """Set a letter, file it once, and write its mail as a draft; or hold it and say why.

    One that fails for good is held too: nobody could mend or withdraw what says that it is being made.
    """
    decision = _decision(claim.payload["decision"])
    letter = _letter(claim, decision)
    if letter.state != IssuedLetter.State.WAITING:
        return
    try:
        made = set_letter(decision, letter)
        _file(claim, decision, letter, made, *signed(made.content))
    except HOLDING as fault:
        _hold(claim, letter, str(fault))
    except LostLease:
        raise
    except Exception as error:
        if not claim.ends_with(error):
            raise
        log.exception("Letter %s is held.", letter.number)
        why = _("It could not be made (%(error)s). Once that is mended, let it be made again.")
        _hold(claim, letter, why % {"error": f"{type(error).__name__}: {error}"[:MOST_SAID]})


def _hold(claim: Claim, letter: IssuedLetter, because: str) -> None:
    with claim.filing() as result:
        letters.hold(letter, because=because)
        result["held"] = letter.number


def _file(claim: Claim, decision: Decision, letter: IssuedLetter, made: Made, content: bytes, is_signed: bool) -> None:
    with claim.filing() as result:
        document = letters.issue(
            letter, content, is_signed=is_signed, subject=made.subject, title=made.title, name=made.name,
            template=made.template, asked_by=letter.entered_by, batch_id=claim.batch,
        )  # fmt: skip
        _post(
            AGAIN if letter.was_out_before() else made.mail,
            decision,
            document,
            to=made.to,
            letter=letter,
            **made.context,
        )
        result["document"] = document.pk


def _decision(pk: int) -> Decision:
    rows = Decision.objects.select_related(
        "application__call__fund", "application__host", "award__fund", "award__grantee", "release__call__fund"
    )
    return rows.get(pk=pk)


def _letter(claim: Claim, decision: Decision) -> IssuedLetter:
    """Return the register's row; a job that was put before there was a register has none yet."""
    if "letter" not in claim.payload:
        return letter_of(decision)
    return IssuedLetter.objects.select_related("entered_by").get(pk=claim.payload["letter"])


def _award_letter(decision: Decision, letter: IssuedLetter) -> Made:
    award = decision.award
    if award is None:
        raise LookupError(f"Decision {decision.pk} has no award to write about.")
    address = settings.SITE_URL + reverse("awards:detail", args=[award.number])
    template = in_force("award-letter", decision.language)
    terms = award_letter_terms(award, letter, accept_address=address, language=decision.language)
    return Made(
        content=build_award_letter(terms, template.text),
        subject=award,
        title=f"Award letter {award.number}: {award.title}",
        name=_named(f"award-letter-{award.number}", letter),
        template=str(template),
        mail="reports/mail/award_letter.txt",
        to=list(award.holders.order_by("pk")),
        context={"award": award, "link": address},
    )


def _outcome_letter(decision: Decision, letter: IssuedLetter) -> Made:
    application = decision.application
    template = in_force("outcome-letter", decision.language)
    return Made(
        content=build_outcome_letter(outcome_letter_terms(decision, letter, language=decision.language), template.text),
        subject=application,
        title=f"Outcome of {application.reference}: {application.title}",
        name=_named(f"outcome-{application.reference}", letter),
        template=str(template),
        mail="reports/mail/outcome_letter.txt",
        to=_readers(application),
        context={"application": application, "link": settings.SITE_URL + application.get_absolute_url()},
    )


def _named(name: str, letter: IssuedLetter) -> str:
    return f"{name}.pdf" if letter.version == 1 else f"{name}-version-{letter.version}.pdf"


def _readers(application: Application) -> list[User]:
    """Return who gets the letter: everyone of the team who can open the application's page."""
    team = application.team.filter(user__isnull=False).exclude(access=TeamMember.Access.NONE)
    return [member.user for member in team.select_related("user") if member.user]


def _post(template: str, decision: Decision, document: Document, *, to: list[User], **context: object) -> None:
    """Write the mails of a letter as drafts, which somebody looks at before they leave."""
    release = decision.release
    batch = document.batch or jobs.open_batch(title=document.title, by=document.asked_by, subject=release)
    for person in to:
        mail.draft(
            template, to=person, documents=[document], batch=batch,
            not_before=release.visible_at if release else None, **context,
        )  # fmt: skip


for kind in ("award-letter", "outcome-letter"):
    jobs.concerns(kind, "letter", IssuedLetter.objects.visible_to_fund, page=IssuedLetter.get_absolute_url)
