"""What staff write down while they screen: the checklist, notes, tags and flags; and two applications side by side."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions import desk as actions
from applications.models import Application, Label, Likeness, Tick
from core.web.requests import SignedInRequest, number_in
from reviews import beside
from reviews.access import DECIDE, SEE_DECISIONS, application_of, call_for, has_right
from reviews.desk import alike_of, checklist_of, labels_of, notes_of, why
from reviews.views.staff.call import show


def _write(request: SignedInRequest, slug: str, reference: str, done: str, act: Callable[[Application], Any]) -> Any:
    """Do one thing to an application and go back to the page that asked for it; what is wrong is said there."""
    call = call_for(request, slug, to_post=DECIDE)
    found = application_of(call=call, viewer=request.user, reference=reference, is_read=True)
    try:
        act(found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    if request.POST.get("back") == "screening":
        return redirect(f"{reverse('manage:screening', args=[slug])}?application={reference}")
    return redirect("manage:desk", slug, reference)


@login_required
@require_safe
def desk(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show what was written down about an application: checklist, notes, tags and flags, what is much alike."""
    call = call_for(request, slug)
    found = application_of(call=call, viewer=request.user, reference=reference, is_read=True)
    may_write = has_right(request.user, DECIDE, call)
    context = {
        "application": found, "notes": notes_of(found, request.user), "alike": alike_of(found, request.user),
        "labels": labels_of(found), "answers": Tick.Answer.choices, "may_screen": may_write, "may_label": may_write,
        "entries": checklist_of(found) if request.user.reads_all else [],
    }  # fmt: skip
    return show(request, "reviews/staff/desk.html", call, context)


@login_required
@require_POST
def tick(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Write down how the items of the checklist stand."""
    sent = {name.removeprefix("item-"): answer for name, answer in request.POST.items() if name.startswith("item-")}
    answers = {number_in(key) or 0: answer for key, answer in sent.items()}
    return _write(
        request, slug, reference, _("The checklist is saved."),
        lambda found: actions.tick(application=found, answers=answers, by=request.user),
    )  # fmt: skip


@login_required
@require_POST
def note(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Write a note for its audience."""
    given = {name: request.POST.get(name, "") for name in ("audience", "text")}
    return _write(
        request, slug, reference, _("The note is written."),
        lambda found: actions.note(application=found, **given, by=request.user),
    )  # fmt: skip


@login_required
@require_POST
def put_label(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Put a tag or flag on an application."""
    given = {name: request.POST.get(name, "") for name in ("kind", "word")}
    everywhere = "in_all_calls" in request.POST
    return _write(
        request, slug, reference, _("“%(word)s” is put on it.") % {"word": given["word"]},
        lambda found: actions.put_label(application=found, **given, in_all_calls=everywhere, by=request.user),
    )  # fmt: skip


@login_required
@require_POST
def take_label(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Take a tag or flag off an application."""
    label = Label.objects.filter(pk=number_in(request.POST.get("label", "")) or 0).first()
    return _write(
        request, slug, reference, _("It is taken off."),
        lambda found: actions.take_label(application=found, label=label, by=request.user) if label else None,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set the checklist of a call, one item a line."""
    call = call_for(request, slug, to_see=SEE_DECISIONS, to_post=DECIDE)
    typed, error = request.POST.get("items", ""), ""
    if request.method == "POST":
        try:
            actions.set_checklist(call=call, items=typed.splitlines(), by=request.user)
        except ValidationError as fault:
            error = " ".join(fault.messages)
        else:
            messages.success(request, _("The checklist is set."))
            return redirect("manage:screening", slug)
    else:
        typed = "\n".join(each.text for each in call.checklist.filter(is_retired=False))
    context = {"typed": typed, "error": error, "most": actions.MOST_ITEMS}
    return show(request, "reviews/staff/checklist.html", call, context, status=422 if error else 200)


@login_required
@require_safe
def side_by_side(request: SignedInRequest, slug: str, reference: str, other: str) -> HttpResponse:
    """Show two applications that are alike beside each other, what both say marked."""
    call = call_for(request, slug)
    found = application_of(call=call, viewer=request.user, reference=reference, is_read=True)
    pairs = Likeness.objects.visible_to(request.user).of(found)
    twin = get_object_or_404(
        Application.objects.visible_to_fund(request.user).select_related("call__fund", "current"), reference=other
    )
    pair = pairs.of(twin).first()
    if pair is None or twin == found:
        raise Http404
    context = {
        "application": found, "twin": twin, "why": why(pair),
        "columns": [
            (found, beside.sides_of(found.current, twin.current)), (twin, beside.sides_of(twin.current, found.current)),
        ],
    }  # fmt: skip
    return show(request, "reviews/staff/beside.html", call, context)
