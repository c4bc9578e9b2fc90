"""What a member says about reviewing an application; the next proposal weighs it."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews import bids
from reviews.models import Bid, PanelMember


@transaction.atomic
def say(*, call: Call, words: Mapping[int, str], by: User) -> int:
    """Keep a member's word on applications by their keys, an empty one taking it back; return how many are new."""
    places = PanelMember.objects.select_for_update(of=("self",), no_key=True).serving().select_related("person", "call")
    member = places.filter(call=call, person=by).first()
    if member is None:
        raise PermissionDenied(_("Only members of the panel say what they can review."))
    if not member.has_agreed:
        raise PermissionDenied(_("Accept the terms of the panel first; summaries are confidential."))
    if member.call.state not in Call.UNDER_WAY:
        raise WrongState(_("Reviewers are not being chosen for this call any more."))
    if not set(words.values()) <= {"", *Bid.Word.values}:
        raise ValidationError({"word": _("Choose “I can review it”, “Not my field”, or nothing.")})
    wanted = dict.fromkeys(bids.open_to(member).filter(pk__in=list(words)).values_list("pk", flat=True), "")
    if missing := words.keys() - wanted.keys():
        raise ValidationError(
            {
                "application": _("%(number)s of these applications are not open to you any more. Reload the page.")
                % {"number": len(missing)}
            }
        )
    before = {bid.application_id: bid for bid in Bid.objects.filter(member=member, application__in=list(words))}
    return sum(_say(member, pk, words[pk], before.get(pk), by) for pk in sorted(wanted))


def _say(member: PanelMember, application: int, word: str, before: Bid | None, by: User) -> bool:
    if word == (before.word if before else ""):
        return False
    bid = before or Bid(member=member, application_id=application)
    if not word:
        audit.record("bid:take_back", by=by, subject=bid)
        bid.delete()
        return True
    bid.word, bid.said_at = word, clock.now()
    bid.save()
    audit.record("bid:say", by=by, subject=bid, word=word)
    return True
