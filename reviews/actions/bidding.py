"""What a member says about reviewing an application: a word that the next proposal weighs, or a tie to it."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, clock
from core.interests.models import Declaration
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews import bids
from reviews.actions import conflicts
from reviews.models import Bid, PanelMember


@transaction.atomic
def declare_tie(*, application: Application, kinds: Iterable[str], note: str = "", by: User) -> Declaration:
    """Declare a tie to an application before anybody asks; it is out of the list at once, and one's word on it too."""
    found = Application.lock(application.pk)
    member = _own_place(found.call, by)
    if not bids.open_to(member).filter(pk=found.pk).exists():
        raise WrongState(_("This application is not open to you any more, so there is nothing to declare."))
    Bid.objects.filter(member=member, application=found).delete()
    return conflicts.record_tie(application=found.pk, kinds=kinds, note=note, by=by)


@transaction.atomic
def say(*, call: Call, words: Mapping[int, str], by: User) -> int:
    """Keep a member's word on applications by their keys, an empty one taking it back; return how many are new."""
    member = _own_place(call, by)
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


def _own_place(call: Call, by: User) -> PanelMember:
    """Lock the place of a person who may say something of the call's applications."""
    places = PanelMember.objects.select_for_update(of=("self",), no_key=True).serving().select_related("person", "call")
    member = places.filter(call=call, person=by).first()
    if member is None:
        raise PermissionDenied(_("Only members of the panel say what they can review."))
    if not member.has_agreed:
        raise PermissionDenied(_("Accept the terms of the panel first; summaries are confidential."))
    if member.call.state not in Call.UNDER_WAY:
        raise WrongState(_("Reviewers are not being chosen for this call any more."))
    return member


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
