"""The form builder: one page with all sections and questions, and a page for each of them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.forms.kinds import WITH_CHOICES, Kind
from core.states import WrongState
from fund.access import run_calls
from fund.actions import forms as actions
from fund.builder_forms import NewQuestionsForm, SectionForm
from fund.building import edits, lines, outline
from fund.building.differences import between
from fund.models import Call
from fund.question_forms import QuestionForm

type Edit = Callable[..., edits.Content]
STEPS: dict[str, Edit] = {
    "section-up": partial(edits.move_section, by=-1),
    "section-down": partial(edits.move_section, by=1),
    "section-remove": edits.remove_section,
    "question-up": partial(edits.move_question, by=-1),
    "question-down": partial(edits.move_question, by=1),
    "question-copy": edits.copy_question,
    "question-remove": edits.remove_question,
}
NEEDS_MORE = frozenset({*WITH_CHOICES, Kind.TABLE})
"""Kinds of which a new question is opened at once, since its answers are still to be written."""


@login_required
@run_calls
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole form with what can be done to each part, and do one step."""
    call = call_in_work(slug)
    refused: NewQuestionsForm | None = None
    if request.method == "POST":
        name, _colon, key = request.POST.get("step", "").partition(":")
        if name == "add-questions":
            refused = NewQuestionsForm(request.POST, auto_id=f"{key}_%s")
            if refused.is_valid() and (answer := _add_questions(request, call, key, refused)):
                return answer
        else:
            return _step(request, call, name, key)
    return _show(request, call, refused)


def _show(request: HttpRequest, call: Call, refused: NewQuestionsForm | None) -> HttpResponse:
    version = actions.form_in_work(call)
    parts = outline.of(version.content)
    at = request.GET.get("at", "") or request.POST.get("step", "").partition(":")[2]
    rows = [
        (part, refused if refused and part.key == at else NewQuestionsForm(auto_id=f"{part.key}_%s")) for part in parts
    ]
    context = {
        "call": call, "version": version, "rows": rows, "at": at, "count": sum(len(part.rows) for part in parts),
        "shown": next((part.key for part in parts if part.key == at), parts[0].key if parts else ""),
        "is_published": call.state != Call.State.DRAFT,
        "has_changes": call.next_form is not None and bool(between(call.form.content, call.next_form.content)),
    }  # fmt: skip
    return render(request, "fund/staff/form.html", context)


def _step(request: HttpRequest, call: Call, name: str, key: str) -> HttpResponse:
    edit = _edit(request, name, key)
    if edit is None:
        raise Http404
    _do(request, call, edit, name)
    return _back(call, "" if name == "section-remove" else key or request.POST.get("section", ""))


def _edit(request: HttpRequest, name: str, key: str) -> Callable[[edits.Content], edits.Content] | None:
    """Return the edit that a button or a drop stands for."""
    if name == "add-sections":
        titles = [line.strip()[:120] for line in request.POST.get("titles", "").splitlines() if line.strip()]
        return partial(edits.add_sections, titles=titles)
    if name == "place":
        section, before = request.POST.get("section", ""), request.POST.get("before", "")
        return partial(edits.place_question, key=key, section=section, before=before)
    return partial(STEPS[name], key=key) if name in STEPS else None


def _do(request: HttpRequest, call: Call, edit: Callable[[edits.Content], edits.Content], step: str) -> Any:
    """Take an edit, or say why it cannot be taken."""
    try:
        return actions.change_form(call=call, edit=edit, step=step, by=request.user)
    except (ValidationError, WrongState) as refusal:
        messages.error(request, " ".join(refusal.messages))
        return None


def _add_questions(request: HttpRequest, call: Call, section: str, shape: NewQuestionsForm) -> HttpResponse | None:
    """Add what was typed; what is wrong with it is said at its field, where it still stands."""
    typed, kind = shape.cleaned_data["lines"], Kind(shape.cleaned_data["kind"])
    before = {each["key"] for each in edits.questions_in(actions.form_in_work(call).content)}
    edit = partial(edits.add_outline, section=section, outline=lines.read(typed, kind))
    try:
        version = actions.change_form(call=call, edit=edit, step="add-questions", by=request.user)
    except edits.Gone as gone:
        messages.error(request, " ".join(gone.messages))
        return _back(call, "")
    except ValidationError as refusal:
        shape.add_error("lines", refusal.messages)
        return None
    added = [each["key"] for each in edits.questions_in(version.content) if each["key"] not in before]
    if len(added) == 1 and kind in NEEDS_MORE and "|" not in typed:
        return redirect("manage_fund:form_question", call.slug, added[0])
    return _back(call, section)


def _back(call: Call, at: str) -> HttpResponse:
    """Return to the place in the builder where something changed."""
    content = actions.form_in_work(call_in_work(call.slug)).content
    homes = {each["key"]: part["key"] for part in content["sections"] for each in part.get("questions", [])}
    section = homes.get(at, at)
    query = f"?{urlencode({'at': section})}" if section else ""
    anchor = f"#q-{at}" if at in homes else f"#s-{at}" if at else ""
    return redirect(reverse("manage_fund:call_form", args=[call.slug]) + query + anchor)


@login_required
@run_calls
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write a section's title and introduction."""
    call = call_in_work(slug)
    try:
        raw = edits.section_of(actions.form_in_work(call).content, key)
    except edits.Gone as gone:
        raise Http404 from gone
    shape = SectionForm(request.POST or None, initial=raw)
    if request.method == "POST" and shape.is_valid():
        edit = partial(edits.change_section, key=key, **shape.cleaned_data)
        if _do(request, call, edit, "change-section"):
            return _back(call, key)
    return render(request, "fund/staff/form_section.html", {"call": call, "form": shape, "title": raw["title"]})


@login_required
@run_calls
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write one question: words, limits, choices, when it is shown."""
    call = call_in_work(slug)
    content = actions.form_in_work(call).content
    try:
        place, _number = edits.place_of(content, key)
    except edits.Gone as gone:
        raise Http404 from gone
    shape = QuestionForm(content, edits.question_of(content, key), request.POST or None)
    if request.method == "POST" and shape.is_valid():
        edit = partial(edits.change_question, key=key, question=shape.question())
        try:
            actions.change_form(call=call, edit=edit, step="change-question", by=request.user)
        except edits.Gone as gone:
            raise Http404 from gone
        except actions.FaultyForm as refusal:
            shape.put_faults(refusal.faults)
        else:
            return _after_saving(request, call, shape, key)
    context = {"call": call, "form": shape, "key": key, "section": place, "is_new_kind": "kind" in request.GET}
    return render(request, "fund/staff/form_question.html", context)


def _after_saving(request: HttpRequest, call: Call, shape: QuestionForm, key: str) -> HttpResponse:
    """Return to the builder; a question of another kind stays open, since it has other things to say."""
    if shape.cleaned_data["kind"] == shape.was:
        return _back(call, key)
    messages.success(request, _("Saved. This kind has its own settings: look through them."))
    return redirect("manage_fund:form_question", call.slug, key)


def call_in_work(slug: str) -> Call:
    """Return a call whose form can be worked on, or 404."""
    call = get_object_or_404(Call.objects.select_related("fund", "form", "next_form"), slug=slug)
    if not actions.can_edit_form(call):
        raise Http404
    return call
