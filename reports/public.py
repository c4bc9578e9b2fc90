"""The public pages of the papers: all questions of a call, without an account."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.web.limits import rate_limited
from fund.models import Call
from reports.questions import FORMATS, are_asked_for, ask_for_papers, papers_of


def _call(request: HttpRequest, slug: str) -> Call:
    rows = Call.objects.visible_to(request.user).select_related("fund", "form", "rubric")
    return get_object_or_404(rows.prefetch_related("themes", "rubric__criteria"), slug=slug)


@require_safe
def papers(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer all questions of a call as PDF, as DOCX and as plain text."""
    call = _call(request, slug)
    found = papers_of(call)
    is_made = len(found) == len(FORMATS)
    context = {
        "call": call, "papers": [(each, found.get(each)) for each in FORMATS], "is_made": is_made,
        "is_asked": not is_made and are_asked_for(call),
    }  # fmt: skip
    return render(request, "reports/papers.html", context)


@require_safe
def paper(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """Hand one paper over, or lead to where it can be made."""
    call = _call(request, slug)
    if extension not in FORMATS:
        raise Http404
    found = papers_of(call).get(extension)
    if found is None:
        return redirect("papers:index", slug)
    return FileResponse(
        default_storage.open(found.path), as_attachment=True, filename=found.name, content_type=found.content_type
    )


@rate_limited("export")
@require_POST
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the papers made now."""
    ask_for_papers(_call(request, slug))
    messages.success(request, _("The questions are being put on paper. It takes a few seconds."))
    return redirect("papers:index", slug)
