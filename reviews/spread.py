"""The rules of a call over all reviewers of one application together, for those who have it already."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from applications.models import Application
from core.language import counted
from fund.models import Call
from reviews.matching.check import can_reach
from reviews.models import PanelMember


def leaves_groups(call: Call, members: Sequence[PanelMember]) -> bool:
    """Whether these reviewers, with anybody in the places still open, can speak for as many groups as are asked for."""
    least = min(call.least_groups, call.reviews_each)
    return can_reach([each.group for each in members], least, call.reviews_each)


def leaves_countries(call: Call, members: Sequence[PanelMember]) -> bool:
    """Whether these reviewers, with anybody in the places still open, can be of as many countries as are asked for."""
    least = min(call.least_countries, call.reviews_each)
    return can_reach([each.country for each in members], least, call.reviews_each)


def is_compatriot(call: Call, application: Application, member: PanelMember) -> bool:
    """Whether the call keeps a member from what comes from their country; an unknown country is nobody's own."""
    return bool(call.excludes_own_country and application.country and member.country == application.country)


def faults_of(call: Call, application: Application, members: Sequence[PanelMember]) -> list[str]:
    """Say which rules the reviewers of one application break, as a change of the rules or of the panel leaves them.

    Nobody is proposed or added against a rule; what was there before is for a person to mend.
    """
    faults = []
    if (more := len(members) - call.reviews_each) > 0:
        words = "%(number)s reviewer more than the call asks for.", "%(number)s reviewers more than the call asks for."
        faults.append(counted(*words, more))
    if not leaves_groups(call, members):
        faults.append(_("Fewer stakeholder groups than the call asks for."))
    if not leaves_countries(call, members):
        faults.append(_("Fewer countries than the call asks for."))
    organisations = Counter(each.person.organisation_id for each in members if each.person.organisation_id)
    if any(number > 1 for number in organisations.values()):
        faults.append(_("Two reviewers of one organisation."))
    if any(is_compatriot(call, application, each) for each in members):
        faults.append(_("A reviewer of the applicant’s own country."))
    return faults
