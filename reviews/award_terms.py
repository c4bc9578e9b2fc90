"""What an award is made of, copied from the application and the decision to fund it."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications.content import answer_in_role
from applications.models import Application, TeamMember
from core import clock
from fund.actions.awards import AwardTerms
from reviews.models import Decision, Release

DAYS_TO_ANSWER = 28
"""How long a grantee has to accept an offer; our own choice."""
ANSWERS = (TeamMember.Access.OWNER, TeamMember.Access.EDITOR)
"""Who of the team answers for an award: whoever may only read an application does not turn its grant down."""


def people_of(decisions: list[Decision]) -> dict[int, list[TeamMember]]:
    """Return the teams of the applications that are funded, in one query."""
    funded = [each.application_id for each in decisions if each.outcome == Decision.Outcome.FUND]
    found: dict[int, list[TeamMember]] = {key: [] for key in funded}
    for member in TeamMember.objects.filter(application__in=funded).select_related("user"):
        found[member.application_id].append(member)
    return found


def language_of(application: Application) -> str:
    """Return the language in which the applicant wants letters: what the owner of the application said, else English."""
    owner = application.team.filter(access=TeamMember.Access.OWNER).select_related("user").first()
    return (owner.user.language if owner and owner.user else "") or "en"


def terms_of(decision: Decision, made: Release, team: list[TeamMember]) -> AwardTerms:
    """Copy what the award is made of from the application and its decision."""
    application = decision.application
    host = application.host
    if host is None or decision.amount is None or decision.approved_at is None:
        raise ValidationError(
            _("%(reference)s has no host organisation in the register. Add it there first.")
            % {"reference": application.reference}
        )
    return AwardTerms(
        **_parties(team),
        source_key=application.pk,
        call=application.call,
        theme=application.theme,
        title=application.title,
        public_summary=application.summary,
        grantee=host,
        grantee_name=application.host_name or host.name,
        grantee_address=host.address,
        investigator_name=application.investigator_name,
        amount=decision.amount,
        decided_at=decision.approved_at,
        offered_at=made.visible_at,
        answer_by=made.visible_at + clock.days(DAYS_TO_ANSWER),
        starts_on=max(application.starts_on or date.min, _first_start(made.visible_at)),
        months=application.months or application.call.least_months,
        special_conditions=decision.special_conditions,
        needs_ethics_approval=_lacks_ethics_approval(application),
    )


def _parties(team: list[TeamMember]) -> dict[str, Any]:
    """Return who leads the project, who signs for its host, and who may answer the offer."""
    by_part = {member.part: member for member in team}
    lead = by_part.get(TeamMember.Part.INVESTIGATOR)
    signatory = by_part.get(TeamMember.Part.SIGNATORY)
    return {
        "investigator": lead.user if lead else None,
        "signatory": signatory.name if signatory else "",
        "holders": tuple(each.user for each in team if each.user and each.access in ANSWERS),
    }


def _lacks_ethics_approval(application: Application) -> bool:
    """Whether the form asks for an ethics committee's approval and the application does not have it yet."""
    status = answer_in_role(application.current, "ethics_status") if application.current else None
    return status is not None and status != "approved"


def _first_start(visible_at: datetime) -> date:
    """Return the first day of the month after the time to answer is over: no award starts before its agreement."""
    over = (visible_at + clock.days(DAYS_TO_ANSWER)).date()
    return date(over.year + over.month // 12, over.month % 12 + 1, 1)
