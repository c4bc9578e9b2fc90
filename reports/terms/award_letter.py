"""What an award letter says."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.documents.models import IssuedLetter
from fund.models import Award
from reports.builders.award_letter import AwardLetterTerms, Instalment, ReportDue
from reports.builders.issue import InconsistentTerms, Signatory
from reports.builders.languages import Speech, speech_of
from reports.terms.issuing import dated, issue_of_letter, lines_of, signatory_of


def award_letter_terms(
    award: Award, letter: IssuedLetter, *, accept_address: str = "", language: str = "en"
) -> AwardLetterTerms:
    """Gather the terms of the offer: the award's own copy of them, not the application's."""
    fund, speech = award.fund, speech_of(language)
    _must_be_complete(award)
    return AwardLetterTerms(
        issue=issue_of_letter(fund, letter, language=language),
        award_number=award.number,
        written_on=dated(letter, award.offered_at),
        decided_on=award.decided_at.date(),
        grantee=award.grantee_name,
        address=lines_of(award.grantee_address),
        grantee_signatory=Signatory(award.signatory),
        principal_investigator=award.investigator_name,
        title=award.title,
        purpose=award.public_summary,
        amount=award.offered_amount,
        currency=award.currency,
        starts_on=award.starts_on,
        ends_on=award.ends_on,
        instalments=_instalments(award, speech),
        reports=tuple(ReportDue(each.title, each.due_on) for each in award.progress_reports.all()),
        accept_by=award.answer_by,
        fund_signatory=signatory_of(fund),
        governing_law=fund.governing_law,
        courts=fund.courts,
        conditions=_conditions(award),
        accept_address=accept_address,
    )


def _must_be_complete(award: Award) -> None:
    """Hold the letter of an award that lacks what every award letter says, and tell where that is written down."""
    grantee = settings.SITE_URL + reverse("manage_fund:grantee", args=[award.number])
    told = []
    if not award.grantee_address.strip():
        told.append(_("The award has no address of the grantee. Write it down: %(where)s") % {"where": grantee})
    if not award.instalments.all():
        award_page = settings.SITE_URL + reverse("manage_fund:award", args=[award.number])
        told.append(_("The award has no payment schedule: %(where)s") % {"where": award_page})
    if told:
        raise InconsistentTerms("\n\n".join(told))


def _instalments(award: Award, speech: Speech) -> tuple[Instalment, ...]:
    rows = award.instalments.all()
    last = len(rows)
    return tuple(
        Instalment(speech.ordinal(each.number, last), each.due_on, each.amount, each.condition) for each in rows
    )


def _conditions(award: Award) -> tuple[str, ...]:
    special = [line.strip() for line in award.special_conditions.splitlines() if line.strip()]
    return (*special, *(each.text for each in award.conditions.all() if each.text not in special))
