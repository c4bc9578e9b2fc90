"""What an outcome letter says."""

from django.conf import settings

from applications.models import Application, TeamMember
from core import clock
from core.documents.models import IssuedLetter
from fund.models import Call
from reports.builders.outcome_letter import CriterionFeedback, NextCall, Outcome, OutcomeLetterTerms
from reports.terms.issuing import dated, issue_of_letter, lines_of, signatory_of
from reviews.feedback import told
from reviews.models import Decision


def outcome_letter_terms(decision: Decision, letter: IssuedLetter, *, language: str = "en") -> OutcomeLetterTerms:
    """Gather the outcome, the panel's reasons and what the reviewers wrote for the applicant."""
    application, call = decision.application, decision.application.call
    owner = application.team.filter(access=TeamMember.Access.OWNER).first()
    applied, funded = _field(decision)
    return OutcomeLetterTerms(
        issue=issue_of_letter(call.fund, letter, language=language),
        reference=application.reference or "",
        written_on=dated(letter, application.outcome_released_at or letter.entered_at),
        decided_on=(decision.approved_at or decision.prepared_at).date(),
        recipient=application.investigator_name or (owner.name if owner else ""),
        address=(application.host_name, *lines_of(application.host.address if application.host else "")),
        title=application.title,
        call=call.title,
        outcome=_outcome(decision),
        rationale=decision.rationale,
        signatory=signatory_of(call.fund),
        criteria=tuple(CriterionFeedback(label, text) for label, text in told(application)),
        applied=applied,
        funded=funded,
        next_call=_next_call(call),
        questions_to=settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">"),
    )


def _outcome(decision: Decision) -> Outcome:
    if decision.application.outcome == "ineligible":
        return "ineligible"
    return "reserve" if decision.outcome == Decision.Outcome.RESERVE else "decline"


def _field(decision: Decision) -> tuple[int, int]:
    """Count what was submitted and what is funded by the decisions that are known when the letter is."""
    call = decision.application.call
    submitted = Application.objects.filter(call=call).submitted().exclude(state=Application.State.WITHDRAWN).count()
    funded = Decision.objects.filter(
        application__call=call, outcome=Decision.Outcome.FUND, state=Decision.State.RELEASED,
        release__visible_at__lte=decision.release.visible_at if decision.release else clock.now(),
    ).count()  # fmt: skip
    return submitted, funded


def _next_call(call: Call) -> NextCall | None:
    coming = Call.objects.public().filter(fund=call.fund, closes_at__gt=clock.now()).exclude(pk=call.pk)
    found = coming.order_by("closes_at").first()
    if found is None:
        return None
    return NextCall(found.title, found.opens_at.date(), settings.SITE_URL + found.get_absolute_url())
