"""The fund's outbox: what was sent and what was not, for administrators; auditors read."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.documents.models import Document
from core.jobs.models import Batch
from core.language import lazy
from core.mail import letters as sending
from core.mail import settling
from core.mail.filters import MessageFilter
from core.mail.models import Mailing, Message
from core.people.models import User
from core.states import WrongState
from core.waiting.letters import batches_open_to
from core.web.pagination import paginate
from core.web.requests import SignedInRequest, number_in

see_mail = permission_required("core.see_mail", raise_exception=True)
send_mail = permission_required("core.send_mail", raise_exception=True)
State = Message.State
STEPS: dict[str, tuple[Callable[..., Message], str]] = {
    "leave_out": (settling.leave_out, lazy("The letter is left out: no mail of it is sent.")),
    "put_back": (settling.put_back, lazy("The letter waits with the others again.")),
    "send_again": (settling.send_again, lazy("The mail is in the queue again.")),
    "was_sent": (settling.was_sent, lazy("The mail stands as sent.")),
}


@login_required
@see_mail
@require_safe
def outbox(request: SignedInRequest) -> HttpResponse:
    """List the fund's mail by state, the newest first, and the letters that wait for a look."""
    visible = Message.objects.visible_to_staff(request.user)
    found = MessageFilter(request.GET, visible.order_by("-queued_at", "-pk"))
    drafts = visible.drafts().filter(batch__in=batches_open_to(request.user)).order_by()
    waiting = drafts.values("batch", "batch__title").annotate(number=Count("pk")).order_by("-batch")
    context = {
        "filter": found, "page": paginate(request, found.qs), "waiting": waiting[:10],
        "for_staff": visible.filter(state__in=Message.FOR_STAFF).count(),
    }  # fmt: skip
    return render(request, "core/outbox/outbox.html", context)


@login_required
@see_mail
@require_safe
def message(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one mail; its words only if it is a letter, for others may hold links that are their recipient's alone."""
    found = get_object_or_404(Message.objects.visible_to_staff(request.user), pk=pk)
    context = {
        "message": found, "steps": _steps(found, request.user),
        "batch": Batch.objects.visible_to(request.user).filter(messages=found).first(),
        "documents": Document.objects.visible_to(request.user).filter(pk__in=found.documents.values("pk")),
    }  # fmt: skip
    return render(request, "core/outbox/message.html", context)


def _steps(found: Message, user: User) -> list[dict[str, str]]:
    table = Message.TABLE.transitions
    return [
        {"label": table[name].label, "url": reverse(f"manage_core:{name}", args=[found.pk])}
        for name in found.actions_for(user)
    ]


@login_required
@require_POST
def settle(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Decide on one mail: send it again, say that it was sent, leave it out or put it back."""
    found = get_object_or_404(Message.objects.visible_to_staff(request.user), pk=pk)
    act, said = STEPS[step]
    try:
        act(message=found, by=request.user)
    except WrongState as error:
        messages.error(request, error.message)
    else:
        messages.success(request, str(said))
    if step in ("leave_out", "put_back"):
        return redirect("manage_core:letters", found.batch_id)
    return redirect(found.staff_url())


@login_required
@see_mail
@require_safe
def letters(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the letters of one batch, to be looked at before they leave, and what became of those that left."""
    batch = get_object_or_404(Batch.objects.visible_to(request.user).with_progress(), pk=pk)
    rows = Message.objects.visible_to_staff(request.user).filter(batch=batch)
    counts = rows.count_by_state()
    shown = rows.filter(state=request.GET["state"]) if request.GET.get("state") in State.values else rows
    drafts = rows.drafts()
    last = drafts.order_by("-pk").only("pk", "not_before").first()
    context = {
        "batch": batch, "page": paginate(request, shown.prefetch_related("documents").order_by("pk")),
        "counts": [(State(state), number) for state, number in sorted(counts.items())], "total": sum(counts.values()),
        "drafts": drafts.count(), "last": last, "under_way": _can_be_undone(batch),
        "is_known_later": bool(last and last.not_before and last.not_before > clock.now()),
        "may_send": request.user.has_perm("core.send_mail"),
    }  # fmt: skip
    return render(request, "core/outbox/letters.html", context)


def _can_be_undone(batch: Batch) -> list[Mailing]:
    rows = batch.mailings.filter(undone_at=None, due_at__gt=clock.now()).annotate(number=Count("messages"))
    return list(rows.select_related("sent_by").order_by("pk"))


@login_required
@require_POST
def send_letters(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the letters go that wait; they leave in a minute."""
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    try:
        mailing = sending.send(batch=batch, upto=number_in(request.POST.get("upto", "")) or 0, by=request.user)
    except WrongState as error:
        messages.error(request, error.message)
    else:
        number = mailing.messages.count()
        said = ngettext("%(number)s letter is on its way.", "%(number)s letters are on their way.", number)
        messages.success(request, said % {"number": number})
    return redirect("manage_core:letters", pk)


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int, mailing: int) -> HttpResponse:
    """Make drafts again of letters that were let go, as long as none has left."""
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    found = get_object_or_404(Mailing, pk=mailing, batch=batch)
    try:
        number = sending.take_back(mailing=found, by=request.user)
    except WrongState as error:
        messages.error(request, error.message)
    else:
        said = ngettext("%(number)s letter was taken back.", "%(number)s letters were taken back.", number)
        messages.success(request, said % {"number": number})
    return redirect("manage_core:letters", pk)
