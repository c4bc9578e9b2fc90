"""Attached files: taking them, giving them out, showing their pages, reporting what must not be here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions import drafts, quarantine
from applications.incident_forms import ReportForm
from applications.models import Attachment, AttachmentPage
from applications.upload_form import UploadForm
from applications.views.pages import Draft, open_draft, section_url
from applications.views.sections import find_section, show
from core.files import kinds
from core.forms.definition import Kind
from core.web.forms import take_errors
from core.web.limits import rate_limited
from core.web.pagination import paginate
from core.web.requests import SignedInRequest

PICTURES_AT_ONCE = 10


@login_required
@require_POST
@rate_limited("upload", per="user")
def attach(request: SignedInRequest, pk: int, question: str) -> HttpResponse:
    """Take a file under a question; the script that shows how far it is asks for JSON and keeps its page."""
    draft = open_draft(request, pk)
    form_of_call = draft.application.form.definition
    asked = form_of_call.question(question)
    if asked is None or asked.kind != Kind.FILE:
        raise Http404
    home = next(each for each in form_of_call.sections if asked in each.questions)
    form = UploadForm(question, request.POST, request.FILES)
    wants_json = request.headers.get("Accept") == "application/json"
    if form.is_valid() and (kept := _keep_file(request, draft, form)):
        messages.success(request, _attached(kept))
        place = section_url(draft, find_section(draft, home.key), f"#q-{question}")
        return JsonResponse({"url": place}) if wants_json else redirect(place)
    if wants_json:
        return JsonResponse({"errors": {name: list(errors) for name, errors in form.errors.items()}}, status=422)
    return show(request, draft, home, upload=form)


def _keep_file(request: SignedInRequest, draft: Draft, form: UploadForm) -> Attachment | None:
    given = form.cleaned_data["file"]
    try:
        return drafts.attach(
            application=draft.application, question=form.question, name=given.name, content=given,
            attested=form.cleaned_data["attested"], by=draft.user, at=request.arrived_at,
        )  # fmt: skip
    except ValidationError as error:
        take_errors(form, error, field="file")
        return None


def _attached(kept: Attachment) -> str:
    if kept.state == Attachment.State.CHECKING:
        return _("%(name)s is attached. It opens once the virus scanner has looked at it.") % {"name": kept.name}
    return _("%(name)s is attached.") % {"name": kept.name}


@login_required
@require_POST
def detach(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take a file off the draft."""
    draft = open_draft(request, pk)
    found = get_object_or_404(Attachment, pk=file_pk, application=draft.application)
    drafts.detach(attachment=found, by=draft.user, at=request.arrived_at)
    messages.success(request, _("%(name)s is removed.") % {"name": found.name})
    questions = {question.key: section for section in draft.application.form.definition.sections
                 for question in section.questions}  # fmt: skip
    return redirect(section_url(draft, questions.get(found.question), f"#q-{found.question}"))


def _shut_in(response: FileResponse) -> FileResponse:
    """Let a browser do nothing with what it is sent."""
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _file(request: SignedInRequest, code: str) -> Attachment:
    return get_object_or_404(Attachment.objects.visible_to(request.user).select_related("application"), code=code)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def download(request: SignedInRequest, code: str) -> FileResponse:
    """Send an attached file to whoever may open its application; always as a download, never shown in the page."""
    found = _file(request, code)
    return _shut_in(
        FileResponse(
            default_storage.open(found.path),
            as_attachment=True, filename=found.name, content_type=kinds.Kind(found.kind).content_type,
        )
    )  # fmt: skip


@login_required
@require_safe
def pages(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the pages of a PDF as pictures, with their text."""
    found = _file(request, code)
    if found.kind != kinds.Kind.PDF:
        raise Http404
    drawn = found.pictures.all()
    page = paginate(request, drawn, PICTURES_AT_ONCE)
    context: dict[str, Any] = {
        "file": found, "page": page, "undrawn": found.pages - page.paginator.count if page.paginator.count else 0,
        "may_report": request.user.has_perm(quarantine.REPORTS, found),
    }  # fmt: skip
    return render(request, "applications/files/pages.html", context)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def picture(request: SignedInRequest, code: str, number: int) -> FileResponse:
    """Send the picture of one page to whoever may read the file."""
    found = get_object_or_404(AttachmentPage, attachment=_file(request, code), number=number)
    return _shut_in(FileResponse(default_storage.open(found.path), content_type="image/webp"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedInRequest, code: str) -> HttpResponse:
    """Close a file at once that must not be here, and tell the administrators."""
    found = _file(request, code)
    if not request.user.has_perm(quarantine.REPORTS, found):
        raise PermissionDenied(
            _("This file is your own application’s. Remove it from the draft, or write to the fund.")
        )
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        quarantine.report(attachment=found, seen=form.cleaned_data["seen"], by=request.user)
        messages.success(
            request, _("The file is closed for everybody, and the fund’s administrators are told. Thank you for saying so.")
        )  # fmt: skip
        return redirect("home")
    return render(request, "applications/files/report.html", {"file": found, "form": form})
