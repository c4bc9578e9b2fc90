"""The applicant's own pages: all applications, one application, what was submitted, withdrawing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import stages
from applications.actions import submission
from applications.content import content_of
from applications.form_changes import news_of, no_longer_asked
from applications.forms import WithdrawForm
from applications.lately import events_of
from applications.models import Application, CallInvitation, Inquiry, Screening, TeamMember
from applications.timeline import KNOWN, Event, timeline
from applications.views.pages import Draft, documents_of, open_draft, receipt_stage
from applications.waiting import questions_to_answer
from core.audit.models import AuditEvent
from core.language import lazy
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.models import Award, Call

LOOSE_TABLES = [{"kind": "team", "label": lazy("Team")}, {"kind": "budget", "label": lazy("Budget")}]
"""What is shown at the end where the form has no place for it."""
MOST_DRAFTS, MOST_INVITATIONS = 40, 20
"""More at once would make the page too large; the rest follows as these are answered."""


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """List the person's applications: drafts first, then what was submitted; invitations above."""
    user = request.user
    mine = Application.objects.of_team(user).with_deadlines().order_by("-changed_at", "-pk")
    writing = mine.filter(state__in=[Application.State.DRAFT, Application.State.RETURNED])
    page = paginate(request, mine.exclude(pk__in=writing.values("pk")).select_related("call__fund"))
    context = {
        "drafts": writing.select_related("call__fund")[:MOST_DRAFTS],
        "page": page,
        "invitations": TeamMember.objects.invitations_of(user).select_related("application__call")[:MOST_INVITATIONS],
        "call_invitations": CallInvitation.objects.to_answer(user).select_related("call", "application")[
            :MOST_INVITATIONS
        ],
        "open_calls": Call.objects.open(request.arrived_at).order_by("closes_at")[:5],
        "questions": list(questions_to_answer(user)),
        "lately": events_of(user),
    }
    return render(request, "applications/home.html", context)


@login_required
@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the task list of a draft, or what happened since it was submitted."""
    draft = open_draft(request, pk, news=True)
    application = draft.application
    documents = documents_of(draft)
    form_news = news_of(application) if application.is_draft else []
    events = [] if application.is_draft else _events(application)
    context = draft.context(
        steps=[] if application.is_draft else _steps(application, draft.user, events),
        inquiries=_inquiries(application, events),
        award=_award(draft),
        documents=documents,
        form_news=form_news,
        new_answers=application.new_answers if application.is_draft else 0,  # type: ignore[attr-defined]
        old_answers=list(no_longer_asked(application, form_news)),
        receipt=receipt_stage(application, documents),
        can_withdraw=draft.is_owner and application.withdrawable,
    )
    return render(request, "applications/draft.html" if application.is_draft else "applications/detail.html", context)


def _events(application: Application) -> list[Event]:
    rows = AuditEvent.objects.filter(root_type="applications.application", root=application.pk).order_by("pk")
    return [Event(code, at) for code, at in rows.filter(code__in=KNOWN).values_list("code", "at")]


def _steps(application: Application, user: Any, events: list[Event]) -> list[Any]:
    was_returned = any(event.code == "application:return" for event in events)
    returns = [_spoken(each) for each in application.screenings.filter(outcome="returned")] if was_returned else []
    wording = application.applicant_wording if application.has_outcome else None
    path = timeline(
        events, returns=returns, outcome=wording, released_at=application.outcome_released_at,
        expected_at=application.call.decision_at,
    )  # fmt: skip
    return [*path, *stages.next_stage(application, user)]


def _inquiries(application: Application, events: list[Event]) -> list[Inquiry]:
    """Return what staff asked; a draft has no events, and before a submission nothing is asked."""
    asked = application.submitted_at if application.is_draft else any(each.code == "inquiry:ask" for each in events)
    return list(application.inquiries.all()) if asked else []


def _spoken(screening: Screening) -> str:
    """Return what a return asked for, in one text."""
    named = [f"{row['label']}: {row['words']}".removesuffix(": ") for row in screening.asked]
    return "\n\n".join(filter(None, [screening.text, *named]))


def _award(draft: Draft) -> Award | None:
    """Return the award that the application became, once the person may know of it."""
    if not draft.application.has_outcome:
        return None
    return Award.objects.held_by(draft.user).filter(source_key=draft.application.pk).first()


@login_required
@require_safe
def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the whole application as text: what was submitted last, or the draft as it is."""
    draft = open_draft(request, pk)
    application = draft.application
    version = None if application.is_draft else application.current
    content = version.content if version else content_of(application)
    files = {each.sha256: each for each in application.attachments.all()}
    attached = [each | {"file": files.get(each["sha256"])} for each in content["attachments"]]
    placed = {table["kind"] for section in content["sections"] for table in section["tables"]}
    loose = [table for table in LOOSE_TABLES if table["kind"] not in placed]
    context = draft.context(content=content, version=version, attached=attached, loose=loose)
    return render(request, "applications/read.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the application back, with a reason once it was submitted."""
    draft = open_draft(request, pk)
    application = draft.application
    if not draft.is_owner:
        raise PermissionDenied(_("Only the owner of an application withdraws it."))
    if not application.withdrawable:
        messages.warning(request, _("This application cannot be withdrawn any more."))
        return redirect("apply:detail", pk)
    form = WithdrawForm(request.POST or None, is_draft=application.submitted_at is None)
    if request.method == "POST" and form.is_valid():
        submission.withdraw(application=application, reason=form.cleaned_data["reason"], by=draft.user)
        messages.success(request, _withdrawn(application))
        return redirect("apply:home")
    return render(request, "applications/withdraw.html", draft.context(form=form))


def _withdrawn(application: Application) -> str:
    if application.reference:
        return _("%(reference)s is withdrawn. A confirmation follows by mail.") % {"reference": application.reference}
    return _("Your draft for “%(call)s” is discarded.") % {"call": application.call.title}
