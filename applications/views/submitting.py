"""The last pages of a draft: checking it, marking it ready, the signatory's declaration, submitting, the receipt."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions import readiness, submission
from applications.actions.submission import TooLate
from applications.checks import Incomplete
from applications.forms import short
from applications.models import TeamMember
from applications.submission_forms import DeclarationForm
from applications.views.pages import Draft, documents_of, open_draft, receipt_stage
from core.states import WrongState
from core.web.forms import take_errors
from core.web.requests import SignedInRequest, number_in


@login_required
@require_safe
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show all that is missing at once, each with a link to its place."""
    draft = open_draft(request, pk)
    if not draft.application.is_draft:
        return redirect("apply:detail", pk)
    sections = {section.key: section for section in draft.sections}
    groups = [
        (section, [(problem, short(problem)) for problem in draft.problems if problem.section == section.key])
        for section in sections.values()
    ]
    others = [problem for problem in draft.problems if problem.section not in sections]
    context = draft.context(groups=groups, others=others, owner=_owner(draft), signature=_signature(draft))
    return render(request, "applications/check.html", context)


def _owner(draft: Draft) -> TeamMember:
    return next(each for each in draft.application.team.all() if each.access == TeamMember.Access.OWNER)


def _signature(draft: Draft) -> Any:
    """Return the host's signature that stands, of a call that needs one."""
    application = draft.application
    return application.signatures.filter(voided_at=None).first() if application.call.needs_signatory else None


@login_required
@require_POST
def ready(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark the draft as ready to submit, or take that back."""
    draft = open_draft(request, pk)
    is_undone = "undo" in request.POST
    act = readiness.unmark_ready if is_undone else readiness.mark_ready
    try:
        act(application=draft.application, by=draft.user, at=request.arrived_at)
    except Incomplete:
        messages.error(request, _("It is not ready yet: something is still to mend."))
    except WrongState as refusal:
        messages.warning(request, refusal.message)
    else:
        done = (
            _("The draft is no longer marked as ready.") if is_undone else _("The draft is marked as ready to submit.")
        )
        messages.success(request, done)
    return redirect("apply:check", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more, with the declaration, then hand the application in."""
    draft = open_draft(request, pk, whole=request.method != "POST")
    if request.method == "POST" and _is_second_click(request, draft):
        return redirect("apply:receipt", pk)
    if not draft.may_submit:
        raise PermissionDenied(_("Only who may submit an application does. Tell its owner that it is ready."))
    if not draft.application.is_draft and request.method != "POST":
        return redirect("apply:detail", pk)
    if request.method != "POST" and draft.problems:
        return redirect("apply:check", pk)
    form = _declaration(request, draft)
    if request.method == "POST" and (form is None or form.is_valid()):
        return _submit(request, draft, form)
    return _ask(request, draft, form, status=422 if form and form.errors else 200)


def _is_second_click(request: SignedInRequest, draft: Draft) -> bool:
    """Whether the same page was sent before and has made its version: the answer is its receipt, not a refusal."""
    seen = number_in(request.POST.get("versions", ""))
    if seen is None or draft.application.is_draft or not draft.may_submit:
        return False
    return draft.application.versions.count() == seen + 1


def _declaration(request: SignedInRequest, draft: Draft) -> DeclarationForm | None:
    """Return the form of who declares, where the submitter does."""
    call = draft.application.call
    if not call.declaration or call.needs_signatory:
        return None
    return DeclarationForm(request.POST or None, initial={"name": draft.user.name})


def _ask(
    request: SignedInRequest, draft: Draft, form: DeclarationForm | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = draft.context(
        budget=draft.budget, form=form, signature=_signature(draft), versions=draft.application.versions.count(), **more
    )
    return render(request, "applications/submit.html", context, status=status)


def _submit(request: SignedInRequest, draft: Draft, form: DeclarationForm | None) -> HttpResponse:
    pk = draft.application.pk
    who = {name: form.cleaned_data[name] for name in ("name", "capacity")} if form else {}
    try:
        submitted = submission.submit(application=draft.application, by=draft.user, at=request.arrived_at, **who)
    except Incomplete as refusal:
        lead = _("It was not submitted: something is still to mend.")
        messages.error(request, " ".join([lead, *_outside(refusal)]))
        return redirect("apply:check", pk)
    except ValidationError as error:
        return _declined(request, draft, form, error)
    except TooLate as refusal:
        return _ask(request, draft, None, message=refusal.message, late=True, status=409)
    except WrongState as refusal:
        messages.warning(request, refusal.message)
        return redirect("apply:detail", pk)
    words = _("Your application is submitted as %(reference)s. A receipt follows by mail.")
    messages.success(request, words % {"reference": submitted.reference})
    return redirect("apply:receipt", pk)


def _declined(
    request: SignedInRequest, draft: Draft, form: DeclarationForm | None, error: ValidationError
) -> HttpResponse:
    """Show what is wrong with the declaration: at its fields, or that the signatory is still to sign."""
    if form is None:
        messages.error(request, " ".join(error.messages))
        return redirect("apply:check", draft.application.pk)
    take_errors(form, error)
    return _ask(request, draft, form, status=422)


def _outside(refusal: Incomplete) -> list[str]:
    return [problem.message for problem in refusal.problems if not problem.section]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the signatory of the host read the declaration and make it."""
    draft = open_draft(request, pk)
    if not draft.is_signatory:
        raise PermissionDenied(_("Only the signatory of the host organisation signs here."))
    if not draft.application.call.needs_signatory:
        raise Http404
    form = DeclarationForm(request.POST or None, initial={"name": draft.user.name})
    if request.method == "POST" and form.is_valid() and _signed(request, draft, form):
        return redirect("apply:sign", pk)
    context = draft.context(form=form, signature=_signature(draft), budget=draft.budget, owner=_owner(draft))
    return render(request, "applications/sign.html", context, status=422 if form.errors else 200)


def _signed(request: SignedInRequest, draft: Draft, form: DeclarationForm) -> bool:
    who = {name: form.cleaned_data[name] for name in ("name", "capacity")}
    try:
        readiness.sign(application=draft.application, by=draft.user, at=request.arrived_at, **who)
    except (ValidationError, WrongState) as refusal:
        take_errors(form, refusal)
        return False
    messages.success(request, _("You have signed. The owner of the application can submit it now."))
    return True


@login_required
@require_safe
def receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the receipt of what was submitted last: when it came, who declared what, and the hash of the whole text."""
    draft = open_draft(request, pk)
    application = draft.application
    if application.current is None:
        return redirect("apply:detail", pk)
    documents = documents_of(draft)
    context = draft.context(
        version=application.current, declaration=application.current.content.get("declaration"), documents=documents,
        receipt=receipt_stage(application, documents),
    )  # fmt: skip
    return render(request, "applications/receipt.html", context)
