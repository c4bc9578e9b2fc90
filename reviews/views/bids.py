"""The page on which members say what they could review."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.language import counted
from core.states import WrongState
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews import bids
from reviews.actions import bidding
from reviews.models import Bid, PanelMember

PER_PAGE = 20
WORD = "word-"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show titles and summaries of a call, and keep what the member says of each."""
    member = own_place(request, slug)
    if not member.has_agreed:
        return redirect("review:terms", member.pk)
    if request.method == "POST":
        return _keep(request, member)
    rows = bids.open_to(member).select_related("theme").order_by("reference")
    page = paginate(request, rows.only("pk", "reference", "title", "summary", "theme__name"), PER_PAGE)
    words = dict(Bid.objects.filter(member=member).values_list("application", "word"))
    context = {
        "member": member, "call": member.call, "page": page, "is_open": member.call.state in Call.UNDER_WAY,
        "rows": [(each, words.get(each.pk, "")) for each in page], "said": len(words),
        "choices": [*Bid.Word.choices, ("", _("No word"))],
    }  # fmt: skip
    return render(request, "reviews/reviewer/bids.html", context)


def own_place(request: SignedInRequest, slug: str) -> PanelMember:
    """Return the person's own place on a panel: 403 for the fund's own people without one, 404 for all others."""
    places = PanelMember.objects.serving().select_related("call", "person")
    member = places.filter(call__slug=slug, person=request.user).first()
    if member is not None:
        return member
    if request.user.is_insider:
        raise PermissionDenied(_("This page is for members of the panel."))
    raise Http404


def _keep(request: SignedInRequest, member: PanelMember) -> HttpResponse:
    page = request.GET.urlencode()
    try:
        new = bidding.say(call=member.call, words=_words(request.POST), by=request.user)
    except (ValidationError, WrongState) as refusal:
        told = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        messages.error(request, told)
    else:
        messages.success(
            request,
            counted("%(number)s word is kept.", "%(number)s words are kept.", new)
            if new
            else _("Nothing has changed."),
        )
    return redirect(f"{request.path}?{page}" if page else request.path)


def _words(posted: Any) -> dict[int, str]:
    """Read what a form says, by the keys of the applications."""
    names = [name.removeprefix(WORD) for name in posted if name.startswith(WORD)]
    return {int(key): posted[WORD + key] for key in names if key.isdecimal() and len(key) < 19}
