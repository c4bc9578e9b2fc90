"""The page on which members say what they could review."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.language import counted
from core.states import WrongState
from core.web.forms import take_errors
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews import bids
from reviews.access import own_place
from reviews.actions import bidding
from reviews.forms import TieForm
from reviews.models import Bid, PanelMember

PER_PAGE = 20
WORD, TIE = "word-", "tie"


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
    words = dict(Bid.objects.visible_to(request.user).filter(member=member).values_list("application", "word"))
    context = {
        "member": member, "call": member.call, "page": page, "is_open": member.call.state in Call.UNDER_WAY,
        "rows": [(each, words.get(each.pk, "")) for each in page], "said": len(words),
        "choices": [*Bid.Word.choices, (TIE, _("I have a tie")), ("", _("No word"))],
    }  # fmt: skip
    return render(request, "reviews/reviewer/bids.html", context)


def _keep(request: SignedInRequest, member: PanelMember) -> HttpResponse:
    page, said = request.GET.urlencode(), _words(request.POST)
    tied = [key for key, word in said.items() if word == TIE]
    words = {key: word for key, word in said.items() if word != TIE}
    try:
        new = bidding.say(call=member.call, words=words, by=request.user)
    except (ValidationError, WrongState) as refusal:
        told = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        messages.error(request, told)
        return redirect(f"{request.path}?{page}" if page else request.path)
    if new:
        messages.success(request, counted("%(number)s word is kept.", "%(number)s words are kept.", new))
    elif not tied:
        messages.success(request, _("Nothing has changed."))
    if tied:
        found = bids.open_to(member).filter(pk__in=tied).order_by("reference").values_list("reference", flat=True)
        return _next_tie(member, list(found))
    return redirect(f"{request.path}?{page}" if page else request.path)


def _next_tie(member: PanelMember, references: Iterable[str]) -> HttpResponse:
    """Lead to the page that asks what the first tie is, which leads on to the others; at last back to the list."""
    slug, left = member.call.slug, list(references)
    if not left:
        return redirect("review:bids", slug)
    more = urlencode([("then", each) for each in left[1:]])
    url = reverse("review:bid_tie", args=[slug, left[0]])
    return redirect(f"{url}?{more}" if more else url)


def _words(posted: Any) -> dict[int, str]:
    """Read what a form says, by the keys of the applications."""
    names = [name.removeprefix(WORD) for name in posted if name.startswith(WORD)]
    return {int(key): posted[WORD + key] for key in names if key.isdecimal() and len(key) < 19}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tie(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Ask what ties the member to an application that they were shown; it is then out of their list."""
    member = own_place(request, slug)
    if not member.has_agreed:
        return redirect("review:terms", member.pk)
    application = get_object_or_404(bids.open_to(member), reference=reference)
    form = TieForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            bidding.declare_tie(application=application, by=request.user, **form.cleaned_data)
        except (ValidationError, WrongState) as refusal:
            take_errors(form, refusal)
        else:
            told = _("Thank you. %(reference)s is out of your list until the fund has ruled on it.")
            messages.success(request, told % {"reference": reference})
            left = bids.open_to(member).filter(reference__in=request.GET.getlist("then")[:PER_PAGE])
            return _next_tie(member, left.order_by("reference").values_list("reference", flat=True))
    context = {"call": member.call, "application": application, "form": form}
    return render(request, "reviews/reviewer/tie.html", context, status=422 if form.errors else 200)
