"""The pages on which a draft is written: one for each section of the form."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.actions import drafts
from applications.actions.drafts import StaleAnswer
from applications.budget_form import BudgetForm
from applications.checks import answers_of
from applications.content import canonical, in_words
from applications.forms import REVISION, AnswersForm, MemberForm, typed
from applications.models import Application
from applications.upload_form import UploadForm
from applications.views.pages import Draft, budget_form, next_after, open_draft
from core.forms.answers import as_text
from core.forms.definition import OWN_TABLE, Condition, Kind, Question, Section
from core.language import counted
from core.states import WrongState
from core.web.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Show one section to be filled in, and save it as a whole."""
    draft = open_draft(request, pk)
    found = find_section(draft, key)
    if request.method == "POST":
        return _save(request, draft, found)
    if not draft.can_write:
        return redirect("apply:read", pk)
    return show(request, draft, found)


def find_section(draft: Draft, key: str) -> Section:
    """Return the section of a key, or 404."""
    found = draft.application.form.definition.section(key)
    if found is None:
        raise Http404
    return found


def _save(request: SignedInRequest, draft: Draft, found: Section) -> HttpResponse:
    values, revisions = typed(found, request.POST)
    try:
        conflicts = drafts.save_answers(
            application=draft.application, values=values, revisions=revisions, by=draft.user,
            at=request.arrived_at,
        )  # fmt: skip
    except WrongState as refusal:
        return keep(request, draft, found.title, spoken(found, values), refusal)
    if conflicts:
        return show(request, open_draft(request, draft.application.pk), found, conflicts=conflicts, mine=values)
    return _go_on(request, draft, found)


def _go_on(request: SignedInRequest, draft: Draft, found: Section) -> HttpResponse:
    draft = open_draft(request, draft.application.pk)
    if table := request.POST.get("more") or request.POST.get("drop", "").partition(".")[0]:
        address = reverse("apply:section", args=[draft.application.pk, found.key])
        return redirect(f"{address}?{urlencode({'more': request.POST.get('more', '')})}#q-{quote(table)}")
    if "back" in request.POST:
        messages.success(request, _("Saved: %(found)s.") % {"found": found.title})
        return redirect("apply:detail", draft.application.pk)
    if any(_is_wrong(draft, problem.question) for problem in draft.problems if problem.section == found.key):
        return redirect(reverse("apply:section", args=[draft.application.pk, found.key]) + "?check=1")
    return redirect(next_after(draft, found.key))


def _is_wrong(draft: Draft, question: str) -> bool:
    """Whether something was typed that cannot stay; what is only missing holds nobody up."""
    return bool(answers_of(draft.application).get(question))


def show(
    request: SignedInRequest, draft: Draft, found: Section, *, conflicts: list[StaleAnswer] | None = None,
    mine: Mapping[str, Any] | None = None, budget: BudgetForm | None = None, member: MemberForm | None = None,
    upload: UploadForm | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a section, with forms that were refused as they were typed."""
    tables = {"budget": budget, "member": member, "upload": upload}
    context = context_of(request, draft, found, conflicts=conflicts or [], mine=mine or {}, tables=tables)
    status = 409 if context["conflicts"] else 200
    return render(request, "applications/section.html", context, status=status)


def context_of(
    request: SignedInRequest, draft: Draft, found: Section, *, conflicts: Iterable[StaleAnswer] = (),
    mine: Mapping[str, Any] | None = None, tables: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return what the page of a section shows; `tables` are forms that were refused as they were typed."""
    tables = tables or dict.fromkeys(("budget", "member", "upload"))
    stored = {answer.key: answer for answer in draft.application.answers.all()}
    asked = replace(found, questions=tuple(each for each in found.questions if draft.is_open(each.key)))
    values = {key: answer.value for key, answer in stored.items()} | dict(mine or {})
    revisions = {key: answer.revision for key, answer in stored.items()}
    form = AnswersForm(
        asked,
        draft.application.call,
        values=values,
        revisions=revisions,
        problems=_shown(request, draft, found),
        more=request.GET.get("more", ""),
    )
    theirs = {conflict.key: conflict for conflict in conflicts}
    parts = [
        _part(draft, question, form, values, theirs, tables)
        if draft.is_open(question.key)
        else _closed_part(draft, question, values)
        for question in found.questions
        if draft.is_open(question.key) or question.is_shown(values)
    ]
    return draft.context(
        section=found, form=form, **_in_order(parts), **_kinds_of(parts, form), conflicts=theirs,
        bound=[each for each in tables.values() if each], wants_all="check" in request.GET,
        heading=_heading(len(form.errors)), limits=draft.limits(), last_saved=_last_saved(draft.application, found),
        next=next_after(draft, found.key),
    )  # fmt: skip


def _kinds_of(parts: list[dict[str, Any]], form: AnswersForm) -> dict[str, bool]:
    """Say what there is to be saved and counted on the page."""
    limited = (part["question"] for part in parts if part.get("field"))
    return {
        "has_answers": bool(form.fields),
        "has_limits": any(question.max_words or question.max_chars for question in limited),
        "has_budget": any("budget" in part for part in parts),
    }


def _in_order(parts: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Tell the fields from the tables, which are forms of their own and stand before or after all fields."""
    fields = [number for number, part in enumerate(parts) if "field" in part]
    first = fields[0] if fields else len(parts)
    tables = [(number, part) for number, part in enumerate(parts) if "field" not in part]
    return {
        "parts": [parts[number] for number in fields],
        "parts_before": [part for number, part in tables if number < first],
        "parts_after": [part for number, part in tables if number > first],
    }


def _heading(number: int) -> str:
    return counted(
        "%(number)s answer needs you before you can submit", "%(number)s answers need you before you can submit", number
    )


def _shown(request: SignedInRequest, draft: Draft, found: Section) -> list[Any]:
    """Return the problems to show: what is wrong always, what is missing once the person wants to know."""
    wants_all = "check" in request.GET
    own = [problem for problem in draft.problems if problem.section == found.key]
    return [problem for problem in own if wants_all or _is_wrong(draft, problem.question)]


def _last_saved(application: Application, found: Section) -> Any:
    keys = {question.key for question in found.questions}
    saved = [answer.saved_at for answer in application.answers.all() if answer.key in keys]
    return max(saved, default=None)


def _part(
    draft: Draft, question: Question, form: AnswersForm, values: Mapping[str, Any], theirs: Mapping[str, StaleAnswer],
    tables: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """Return one question as the template draws it: a field of the form, or a table of its own."""
    part: dict[str, Any] = {
        "question": question,
        "kind": str(question.kind),
        "template": f"applications/parts/{question.kind}.html",
        "problems": [problem.message for problem in draft.problems if problem.question == question.key],
    }
    if question.kind not in OWN_TABLE:
        conflict = theirs.get(question.key)
        return part | {
            "field": form[question.key],
            "revision": form[f"{question.key}-revision"],
            "seen": int(form.data[f"{question.key}{REVISION}"]),
            "condition": _condition(draft, question),
            "is_shown": question.is_shown(values),
            "conflict": conflict,
            "theirs": as_text(conflict.theirs) if conflict else "",
        }  # fmt: skip
    if question.kind == Kind.BUDGET:
        return part | {"budget": tables["budget"] or budget_form(draft)}
    if question.kind == Kind.TEAM:
        return part | {"member": tables["member"] or MemberForm(invites=draft.is_owner)}
    upload = tables["upload"]
    is_own = upload is not None and upload.question == question.key
    return part | {
        "upload": upload if is_own else UploadForm(question.key),
        "files": [each for each in draft.application.attachments.all() if each.question == question.key],
    }


def _condition(draft: Draft, question: Question) -> dict[str, Any] | None:
    """Return when a question is to be answered, in words and for the script that folds it away."""
    if question.shown_if is None:
        return None
    condition: Condition = question.shown_if
    asked = draft.application.form.definition.question(condition.question)
    if asked is None:
        return None
    labels = dict(asked.choices) or {"yes": _("Yes"), "no": _("No")}
    words = _either([_("“%(answer)s”") % {"answer": labels.get(value, value)} for value in condition.values])
    return {"key": condition.question, "values": json.dumps(condition.values), "label": asked.label, "words": words}


def _either(words: list[str]) -> str:
    """Write several as a choice: a or b or c."""
    return reduce(lambda first, last: _("%(first)s or %(last)s") % {"first": first, "last": last}, words)


def _closed_part(draft: Draft, question: Question, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question that is not open for correction: what was submitted, to be read."""
    part: dict[str, Any] = {
        "question": question, "kind": str(question.kind), "template": "applications/parts/closed.html",
    }  # fmt: skip
    if question.kind in OWN_TABLE:
        return part | {"is_table": True}
    themes = {theme.slug: theme.name for theme in draft.application.call.themes.all()}
    written = canonical(question, values.get(question.key, ""), draft.application.call.currency)
    return part | {"field": None, "words": in_words(question, written, themes)}


def spoken(found: Section, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was typed with its questions, to be shown where it could not be saved."""
    return [(question.label, as_text(value)) for question in found.questions if (value := values.get(question.key))]


def keep(
    request: SignedInRequest, draft: Draft, title: str, texts: list[tuple[str, str]], refusal: WrongState
) -> HttpResponse:
    """Show what was typed and could not be saved, so that nothing is lost."""
    context = draft.context(title=title, texts=texts, message=refusal.message)
    return render(request, "applications/kept.html", context, status=409)
