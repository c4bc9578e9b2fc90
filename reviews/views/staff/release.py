"""Making decisions known: a check of what will happen, the release, and what came of it."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.documents.models import Document, IssuedLetter
from core.jobs.models import Job
from core.language import counted, lazy
from core.states import WrongState
from core.web.forms import take_errors
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from reviews import standing, tally
from reviews.access import DECIDE, has_right
from reviews.actions import deciding
from reviews.lacking import lacks_of
from reviews.models import Decision, Release
from reviews.staff_forms import VisibleForm
from reviews.tally import OUTCOME_ORDER, decisions_of, released_of
from reviews.views.staff.call import show
from reviews.views.staff.decisions import chosen_of, decision_call

State = Decision.State
STATES: dict[str, tuple[str, str]] = {
    Job.State.WAITING: (lazy("Waits its turn"), ""),
    Job.State.RUNNING: (lazy("Being made"), "moving"),
    Job.State.CANCELLED: (lazy("Cancelled"), "stopped"),
}
READY, NOT_ORDERED = (lazy("Ready"), "done"), (lazy("Not ordered"), "stopped")


class Letter(NamedTuple):
    """One decision's letter: the file once it is there, else where the work is."""

    decision: Decision
    document: Document | None
    state: tuple[str, str]
    reason: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release_check(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what a release will do, and do it."""
    call = decision_call(request, slug, to_see=DECIDE)
    found = chosen_of(request, decisions_of(call, request.user).filter(state=State.APPROVED))
    form = VisibleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = len(set(request.POST.getlist("decision")))
        try:
            if asked != len(found):
                raise WrongState(
                    _(
                        "One of these decisions is not approved any more, or was released already. Nothing was released; "
                        "look through what is left."
                    )
                )
            made = deciding.release(
                call=call, decisions=found, visible_at=form.cleaned_data["visible_at"], by=request.user
            )
        except ValidationError as error:
            take_errors(form, error)
        except (WrongState, PermissionDenied) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                counted(
                    "%(number)s decision is released. Its letter is being made.",
                    "%(number)s decisions are released. Their letters are being made.",
                    len(found),
                ),
            )
            return redirect("jobs:batch", made.batch_id) if made.batch_id else redirect("manage:release", slug, made.pk)
        found = chosen_of(request, decisions_of(call, request.user).filter(state=State.APPROVED))
    context = {
        "rows": found, "sums": tally.sums_of(found), "form": form, "tally": tally.tally_of(call, request.user),
        "lacks": lacks_of(found),
    }  # fmt: skip
    return show(request, "reviews/staff/release_check.html", call, context)


@login_required
@require_safe
def release(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show a past release: what was released, and each letter with where it is."""
    call = decision_call(request, slug)
    released = released_of(call, request.user).filter(release=pk)
    made = get_object_or_404(
        Release.objects.visible_to(request.user).filter(call=call, pk__in=released.values("release")).select_related(
            "released_by", "batch"
        )
    )  # fmt: skip
    everything = list(
        released.order_by(OUTCOME_ORDER, "application__reference").only("pk", "outcome", "amount", "award")
    )
    work, entered = tally.jobs_of(everything), tally.entered_of(everything)
    held = [each for each in everything if _is_held(entered.get(each.pk), work.get(each.pk))]
    only_held = request.GET.get("letters") == "held"
    chosen = [each.pk for each in (held if only_held else everything)]
    rows = released.filter(pk__in=chosen).select_related("application", "award", "prepared_by", "approved_by")
    page = paginate(request, rows.order_by(OUTCOME_ORDER, "application__reference"))
    letters = tally.letters_of(page, request.user)
    done = sum(_is_made(entered.get(each.pk), work.get(each.pk)) for each in everything)
    context = {
        "release": made, "page": page, "letters": [_letter(each, letters, entered, work) for each in page],
        "sums": tally.sums_of(everything), "outcomes": _outcomes(released), "total": len(everything), "done": done,
        "held": len(held), "left": len(everything) - done - len(held), "only_held": only_held,
        "may_decide": has_right(request.user, DECIDE, call),
        # The batch counts all letters, also those of applications from which the reader is recused.
        "shows_batch": made.batch_id is not None and not standing.is_limited(call, request.user),
    }  # fmt: skip
    return show(request, "reviews/staff/release.html", call, context)


def _outcomes(released: Any) -> dict[str, int]:
    tally = dict(released.order_by().values_list("outcome").annotate(Count("pk")))
    return {str(outcome.label): tally.get(outcome, 0) for outcome in Decision.Outcome}


def _is_made(letter: IssuedLetter | None, job: Job | None) -> bool:
    """Whether a letter is out; one from before there was a register is known by its job."""
    if letter is None:
        return job is not None and job.state == Job.State.DONE
    return letter.state in IssuedLetter.OUT


def _is_held(letter: IssuedLetter | None, job: Job | None) -> bool:
    """Whether a letter waits for a person: for what it says, or because it could not be made at all."""
    if letter is not None and letter.state != IssuedLetter.State.WAITING:
        return letter.state == IssuedLetter.State.HELD
    return job is not None and job.state == Job.State.FAILED


def _letter(
    decision: Decision, documents: dict[int, Document], entered: dict[int, IssuedLetter], work: dict[int, Job]
) -> Letter:
    document, letter, job = (each.get(decision.pk) for each in (documents, entered, work))
    if document is not None:
        return Letter(decision, document, READY, "")
    if letter is not None and letter.state == IssuedLetter.State.HELD:
        return Letter(decision, None, (_("Held"), "yours"), letter.reason)
    if job is None:
        return Letter(decision, None, NOT_ORDERED, "")
    if _is_held(letter, job):
        return Letter(decision, None, (_("Held"), "yours"), job.error.partition(": ")[2] or job.error)
    return Letter(decision, None, STATES.get(job.state, (_("Being made"), "moving")), "")
