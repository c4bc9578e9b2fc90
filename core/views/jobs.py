"""The progress of a batch, for the person who asked for it, and what failed without one, for administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core import jobs
from core.documents.models import Document
from core.jobs import failures
from core.jobs.models import Batch, Job
from core.mail.models import Message
from core.people.models import User
from core.web.requests import SignedInRequest, number_in


@login_required
@require_safe
def batches(request: SignedInRequest) -> HttpResponse:
    """List the batches that the person may see, the newest first, and what failed and waits for them."""
    found = Batch.objects.visible_to(request.user).with_progress().select_related("asked_by").order_by("-pk")[:50]
    context = {"batches": found, "failures": failures.failures_for(request.user)}
    return render(request, "core/jobs/batches.html", context)


@login_required
@permission_required("core.run_jobs", raise_exception=True)
@require_POST
def see_to(request: SignedInRequest, step: str) -> HttpResponse:
    """Put work that failed back in the queue, or let it be: the piece that is named, or all."""
    only = request.POST.get("job", "")
    messages.success(request, ENDS[step](request.user, number_in(only) or 0 if only else None))
    return redirect("jobs:batches")


def _put_back(user: User, only: int | None) -> str:
    return _waiting_again(failures.retry(by=user, only=only))


def _let_be(user: User, only: int | None) -> str:
    number = failures.let_be(by=user, only=only)
    return ngettext("%(number)s job is given up.", "%(number)s jobs are given up.", number) % {"number": number}


ENDS = {"retry": _put_back, "let_be": _let_be}


@login_required
@require_safe
def batch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far a batch is; the numbers are in the database, so a reload or a dead worker loses nothing."""
    visible = Batch.objects.visible_to(request.user).select_related("asked_by").with_progress()
    found = get_object_or_404(visible, pk=pk)
    documents = Document.objects.visible_to(request.user).filter(batch=found).order_by("name", "pk")
    context = {
        "batch": found,
        "failures": found.jobs.filter(state=Job.State.FAILED).order_by("pk")[:20],
        "told": jobs.told_of(found, request.user),
        "documents": documents[:60],
        "document_count": documents.count(),
        "may_act": _may_act(request.user, found),
        "mails": _mails(request.user, found),
    }
    return render(request, "core/jobs/batch.html", context)


def _mails(user: User, found: Batch) -> dict[str, int]:
    """Return how many mails of a batch the person may see, by their state."""
    if not user.has_perm("core.see_mail"):
        return {}
    return Message.objects.visible_to_staff(user).filter(batch=found).count_by_state()


@login_required
@require_POST
def act(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Retry the failed jobs of a batch, cancel the waiting ones, or take up the cancelled ones again."""
    found = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    if not _may_act(request.user, found):
        raise PermissionDenied(_("A batch is retried or cancelled by the person who asked for it."))
    messages.success(request, STEPS[step](found))
    return redirect("jobs:batch", pk)


def _retried(found: Batch) -> str:
    return _waiting_again(jobs.retry_failed(found))


def _resumed(found: Batch) -> str:
    return _waiting_again(jobs.resume(found))


def _waiting_again(number: int) -> str:
    return ngettext("%(number)s job is waiting again.", "%(number)s jobs are waiting again.", number) % {
        "number": number
    }


def _cancelled(found: Batch) -> str:
    number = jobs.cancel(found)
    return ngettext("%(number)s job is cancelled.", "%(number)s jobs are cancelled.", number) % {"number": number}


STEPS = {"retry": _retried, "cancel": _cancelled, "resume": _resumed}


def _may_act(user: User, found: Batch) -> bool:
    return user.is_administrator or found.asked_by_id == user.pk
