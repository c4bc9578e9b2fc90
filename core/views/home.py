"""Everyone's home, and the development page of sent mail."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.mail.models import Message
from core.waiting import lately, waiting_for
from core.web.pagination import paginate
from core.web.requests import SignedInRequest

MOST_SHOWN = 40


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Show what waits for the person, and their places."""
    messages = Message.objects.visible_to(request.user).order_by("-queued_at")[:5]
    waiting = waiting_for(request.user)
    coming = (each for each in waiting if each.due_at and each.due_at >= request.arrived_at)
    context = {
        "waiting": waiting, "shown": waiting[:MOST_SHOWN], "left": max(0, len(waiting) - MOST_SHOWN),
        "next": next(coming, None), "lately": lately(request.user), "mail": messages,
    }  # fmt: skip
    return render(request, "core/home/home.html", context)


@login_required
@require_safe
def mail(request: SignedInRequest) -> HttpResponse:
    """List the mails that the person got from the fund."""
    page = paginate(request, Message.objects.visible_to(request.user).order_by("-queued_at"))
    return render(request, "core/home/mail.html", {"page": page})


@login_required
@require_safe
def message(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one mail that the person got."""
    found = get_object_or_404(Message.objects.visible_to(request.user).prefetch_related("documents"), pk=pk)
    return render(request, "core/home/message.html", {"message": found})


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """List all mail of this machine; on a machine of one's own only, where no mail leaves."""
    if not settings.EMBEDDED:
        raise Http404
    page = paginate(request, Message.objects.order_by("-queued_at").prefetch_related("documents"), per_page=20)
    return render(request, "core/home/outbox.html", {"page": page})
