"""What of awards waits for whom, read from their states."""

from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock, waiting
from core.waiting import Waiting
from fund.models import Award, Call, PublicQuestion


@waiting.provider
def awards_to_see_to(user: Any) -> Iterator[Waiting]:
    """Name the offers that the person has to answer; and the awards whose agreement is to be signed, or that are to start."""
    words: dict[str, str] = {
        Award.State.ACCEPTED: _("Get the agreement signed"),
        Award.State.SIGNED: _("Start the award"),
    }
    open_offers = Award.objects.held_by(user).filter(state=Award.State.OFFERED, answer_by__gte=clock.now())
    found = Q(pk__in=open_offers.values("pk"))
    if user.has_perm("fund.keep_ledger"):
        found |= Q(pk__in=Award.objects.visible_to_fund(user).filter(state__in=words).values("pk"))
    for award in Award.objects.filter(found).order_by("answer_by", "answered_at"):
        if award.state == Award.State.OFFERED:
            what = _("Answer the offer of a grant")
            yield Waiting(what, award.title, award.get_absolute_url(), award.answer_by, _("Read it"))
        else:
            url = reverse("manage_fund:award", args=[award.number])
            yield Waiting(words[award.state], f"{award.number} {award.title}", url)


@waiting.provider
def calls_to_see_to(user: Any) -> Iterator[Waiting]:
    """Name the calls about which somebody waits for an answer, and the closed ones whose review is to be started."""
    if not user.has_perm("fund.run_call"):
        return
    asked = PublicQuestion.objects.waiting().filter(asked_by__isnull=False, call=OuterRef("pk"))
    closed = Q(state=Call.State.PUBLISHED, closes_at__lt=clock.now())
    found = Call.objects.annotate(is_asked=Exists(asked), is_over=ExpressionWrapper(closed, BooleanField()))
    for call in found.filter(Q(is_asked=True) | Q(is_over=True)).order_by("closes_at"):
        if call.is_asked:
            url = reverse("manage_fund:call_answers", args=[call.slug])
            yield Waiting(_("Answer what was asked about a call"), call.title, url)
        if call.is_over and call.can_start_review:
            yield Waiting(_("Start the review"), call.title, reverse("manage_fund:call_edit", args=[call.slug]))
