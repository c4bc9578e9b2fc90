"""What letters say: the pages on which administrators change it and auditors read it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from core.comparison import compare
from core.language import LETTER_LANGUAGES
from core.states import WrongState
from core.web.forms import take_errors
from core.web.limits import rate_limited
from core.web.pagination import paginate
from core.web.requests import SignedInRequest, number_in
from reports import previews, templating
from reports.builders.template.kinds import KINDS
from reports.models import TemplateVersion, first_version, in_force, version_of, versions_of
from reports.template_forms import TemplateForm

IN_A_FRAME = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}
LANGUAGES = dict(LETTER_LANGUAGES)
MOST_RECORDS = 30
see_templates = permission_required("reports.see_templates", raise_exception=True)


def _must_exist(kind: str, language: str) -> None:
    if kind not in KINDS or language not in LANGUAGES:
        raise Http404


@login_required
@see_templates
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """List the templates, with the version in force and who saved it."""
    stored = TemplateVersion.objects.visible_to(request.user).defer("text").select_related("saved_by")
    last = {(each.kind, each.language): each for each in stored.order_by("number")}
    rows = [
        (
            kind.label,
            [(name, last.get((kind.code, code)) or first_version(kind.code, code)) for code, name in LETTER_LANGUAGES],
        )
        for kind in KINDS.values()
    ]
    return render(request, "reports/letters/index.html", {"rows": rows})


@login_required
@see_templates
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: SignedInRequest, kind: str, language: str) -> HttpResponse:
    """Show a template beside the preview of a letter, and save a changed text as the next version."""
    _must_exist(kind, language)
    last = in_force(kind, language)
    form = _form(request, last)
    if request.method == "POST" and not request.user.has_perm("reports.write_templates"):
        raise PermissionDenied(_("Only administrators change what letters say."))
    if request.method == "POST" and form.is_valid() and _save(request, form, kind, language):
        return redirect("templates:template", kind, language)
    known = [(previews.number_of(each), _title_of(each)) for each in _records(kind, request)]
    context = {
        "form": form, "kind": KINDS[kind], "language": language, "language_name": LANGUAGES[language],
        "version": last, "page": paginate(request, versions_of(kind, language), per_page=20), "records": known,
    }  # fmt: skip
    return render(request, "reports/letters/template.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, last: TemplateVersion) -> TemplateForm:
    asked = number_in(request.GET.get("from", ""))
    begun = (version_of(last.kind, last.language, asked) if asked else None) or last
    initial = {"text": begun.text, "seen": last.number}
    return TemplateForm(request.POST if request.method == "POST" else None, initial=initial, language=last.language)


def _save(request: SignedInRequest, form: TemplateForm, kind: str, language: str) -> bool:
    given = {name: form.cleaned_data[name] for name in ("text", "note")}
    try:
        saved = templating.save(
            kind=kind, language=language, seen=form.cleaned_data["seen"] or 0, by=request.user, **given
        )
    except (ValidationError, WrongState) as refusal:
        take_errors(form, refusal)
        return False
    messages.success(
        request, _("Version %(number)s is in force. Letters are made by it from now on.") % {"number": saved.number}
    )
    return True


def _records(kind: str, request: SignedInRequest) -> list[Any]:
    return list(previews.records_for(kind, request.user)[:MOST_RECORDS])


def _title_of(record: Any) -> str:
    return str(getattr(record, "title", "") or record.application.title)


@login_required
@see_templates
@require_safe
def version(request: SignedInRequest, kind: str, language: str, number: int) -> HttpResponse:
    """Show one version, and what changed in it from the one before or from another."""
    _must_exist(kind, language)
    found = version_of(kind, language, number)
    if found is None:
        raise Http404
    before = version_of(kind, language, number_in(request.GET.get("with", "")) or number - 1)
    others = [each.number for each in versions_of(kind, language)]
    context = {
        "kind": KINDS[kind], "language": language, "language_name": LANGUAGES[language], "version": found,
        "before": before, "others": [each for each in others if each != number], "is_in_force": number == max(others),
        "pieces": compare(before.text, found.text) if before else None,
    }  # fmt: skip
    return render(request, "reports/letters/version.html", context)


@login_required
@permission_required("reports.write_templates", raise_exception=True)
@rate_limited("preview", per="user", methods=("GET", "POST"))
@require_http_methods(["GET", "POST"])
@xframe_options_sameorigin
@csp_override(IN_A_FRAME)
def preview(request: SignedInRequest, kind: str, language: str) -> HttpResponse:
    """Show the pages of a letter as the text that is typed at this moment makes it."""
    _must_exist(kind, language)
    given = request.POST if request.method == "POST" else request.GET
    text = given.get("text", "").replace("\r\n", "\n") or in_force(kind, language).text
    made = previews.make(kind, language, text, given.get("record", ""), request.user)
    context = {"preview": made, "language": language, "is_rtl": language == "ar"}
    return render(request, "reports/letters/preview.html", context)


@login_required
@permission_required("reports.write_templates", raise_exception=True)
@never_cache
@require_safe
def preview_page(request: SignedInRequest, code: str, page: int) -> HttpResponse:
    """Show one page of a preview to the person who asked for it."""
    drawn = previews.page_of(code, page, request.user)
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/png")
