"""A section of a call's form as applicants will see it, for those who set it up. Nothing here can be saved."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods

from applications.models import Application, TeamMember
from applications.views.pages import Draft
from applications.views.sections import context_of
from core.forms.definition import FormDefinition, Section
from core.forms.faults import faults_in
from core.forms.models import FormVersion
from core.web.requests import SignedInRequest
from fund.access import see_calls
from fund.actions.forms import form_in_work
from fund.building import edits
from fund.models import Call
from fund.question_forms import QuestionForm

IN_A_FRAME = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}


@login_required
@see_calls
@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
@csp_override(IN_A_FRAME)
def section(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Show a section, or one of its questions, with what is typed in the builder at this moment."""
    calls = Call.objects.select_related("fund", "form", "next_form").prefetch_related("themes")
    call = get_object_or_404(calls, slug=slug)
    content = form_in_work(call).content
    asked = request.GET.get("question", "")
    if asked and request.method == "POST":
        content = _with_typed(content, asked, request.POST)
    found = FormDefinition.load(content).section(key)
    if found is None:
        raise Http404
    draft = _draft(call, content, request)
    shown = _only(found, asked) if asked else found
    context = context_of(request, draft, shown) | {"bare": "bare" in request.GET, "one": asked}
    return render(request, "applications/preview.html", context)


def _with_typed(content: edits.Content, key: str, typed: Any) -> edits.Content:
    """Return the form with a question as it stands in the builder, or as it is stored while that cannot be used."""
    try:
        shape = QuestionForm(content, edits.question_of(content, key), typed)
    except edits.Gone as gone:
        raise Http404 from gone
    if not shape.is_valid():
        return content
    changed = edits.change_question(content, key, shape.question())
    return content if any(faults_in(changed)) else changed


def _only(found: Section, key: str) -> Section:
    """Return the section with one question, or with all that a block stands for."""
    kept = tuple(each for each in found.questions if each.key == key or each.key.startswith(f"{key}-"))
    return Section(found.key, found.title, "", kept)


def _draft(call: Call, content: edits.Content, request: SignedInRequest) -> Draft:
    """Return a draft that nobody has: its key is that of no row, so that nothing is found and nothing can be saved."""
    user = request.user
    call.form = FormVersion(title=call.title, content=content)
    application = Application(pk=0, call=call, investigator_name=user.name)
    lead = TeamMember(application=application, name=user.name, part=TeamMember.Part.INVESTIGATOR, access="owner", pk=0)
    empty: list[Any] = []
    application._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "answers": empty, "budget_lines": empty, "attachments": empty, "team": [lead],
    }  # fmt: skip
    draft = Draft(application, user, TeamMember.Access.OWNER, request.arrived_at)
    draft.problems = []
    return draft
