"""One thing done to many applications: first what will happen to each, then the doing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from applications.actions import asking, desk
from applications.models import Application, Label
from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews import bulk as work
from reviews.access import DECIDE, call_for
from reviews.intake_forms import InquiryForm
from reviews.listing import Listing
from reviews.views.staff.call import show


@login_required
@require_POST
def bulk(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what an action will do to each of the chosen applications; once that is confirmed, do it."""
    call = call_for(request, slug, to_post=DECIDE)
    action, word = request.POST.get("action", ""), request.POST.get("word", "").strip()
    if action not in dict(work.CHOICES):
        raise Http404
    listing = Listing(call, request.user, QueryDict(request.POST.get("address", "")))
    back = f"{reverse('manage:applications', args=[slug])}?{listing.address}"
    chosen = _chosen(request, call, listing)
    if not chosen:
        messages.error(request, _("Choose one application or more first."))
        return redirect(back)
    is_confirmed = "confirmed" in request.POST
    form = InquiryForm(request.POST if is_confirmed else None) if action == "ask" else None
    error = _fault(action, word) if is_confirmed else ""
    given = work.Given(word=word) if form is None else _asked(form, call)
    if is_confirmed and given is not None and not error:
        _tell(request, work.carry_out(action, chosen, by=request.user, given=given))
        return redirect(back)
    lines = work.preview(action, chosen, call=call, word=word)
    context: dict[str, Any] = {
        "action": action, "label": dict(work.CHOICES)[action], "word": word, "error": error, "lines": lines, "form": form,
        "needs_word": action in work.NEEDS_WORD, "address": listing.address, "back": back,
        "able": sum(not each.is_refused for each in lines),
        "left": listing.found.count() - work.MOST if "all" in request.POST else 0,
        "words": Label.objects.of(call).known_to(request.user).filter(kind=action).values_list("word", flat=True),
    }  # fmt: skip
    return show(request, "reviews/staff/bulk.html", call, context, status=422 if is_confirmed else 200)


def _chosen(request: SignedInRequest, call: Call, listing: Listing) -> list[Application]:
    """Return what was chosen of what the person may see: single ones, or all that the search finds."""
    rows = listing.found if "all" in request.POST else listing.everything
    if "all" not in request.POST:
        rows = rows.filter(reference__in=request.POST.getlist("chosen")[: work.MOST])
    rows = rows.order_by("reference").prefetch_related("labellings__label").defer("summary")
    found = list(rows[: work.MOST])
    for each in found:
        each.call = call
    return found


def _asked(form: InquiryForm, call: Call) -> work.Given | None:
    if not form.is_valid():
        return None
    given = form.given(call.zone)
    try:
        asking.check_question(**given)
    except ValidationError as error:
        take_errors(form, error)
        return None
    return work.Given(**given)


def _fault(action: str, word: str) -> str:
    if action not in work.NEEDS_WORD:
        return ""
    try:
        desk.check_label(action, word)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _tell(request: SignedInRequest, lines: list[work.Line]) -> None:
    refused = [each for each in lines if each.is_refused]
    done = len(lines) - len(refused)
    if done:
        text = ngettext("Done for %(number)d application.", "Done for %(number)d applications.", done)
        messages.success(request, text % {"number": done})
    for each in refused[:10]:
        messages.error(request, f"{each.application.reference}: {each.words}")
    if len(refused) > 10:
        messages.error(request, _("%(number)d more were refused.") % {"number": len(refused) - 10})
