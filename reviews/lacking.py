"""What letters to be released will be held for, told before they are."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reviews.models import Decision


def lacks_of(decisions: Sequence[Decision]) -> list[str]:
    """Return a sentence for each thing that letters lack, with the references.

    Such a letter is held with its number until somebody writes down what it lacks.
    """
    funded = [each.application for each in decisions if each.outcome == Decision.Outcome.FUND]
    found = []
    if any(not each.application.call.fund.signatory.strip() for each in decisions):
        found.append(_("Nobody signs for the fund, so no letter can be made."))
    if unaddressed := [str(each.reference) for each in funded if each.host and not each.host.address.strip()]:
        found.append(_("No address of the grantee: %(references)s.") % {"references": ", ".join(unaddressed)})
    return found
