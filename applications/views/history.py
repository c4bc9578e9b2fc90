"""What an answer was before: its earlier texts, what changed between two of them, and taking one back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applications.actions import drafts
from applications.changes import differences, text_of
from applications.models import AnswerRevision, Application
from applications.views.pages import Draft, open_draft
from core.comparison import Piece, compare
from core.forms.definition import OWN_TABLE, Question
from core.states import WrongState
from core.web.pagination import paginate
from core.web.requests import SignedInRequest, number_in

PER_PAGE = 20


@dataclass
class Shown:
    """One earlier text, or what changed from one to another."""

    newer: AnswerRevision
    older: AnswerRevision | None
    text: str
    pieces: list[Piece]


@login_required
@require_safe
def answer(request: SignedInRequest, pk: int, answer: str) -> HttpResponse:
    """List the texts that an answer had, and compare two of them word by word."""
    draft = open_draft(request, pk)
    question = _question(draft, answer)
    rows = draft.application.answer_revisions.filter(key=question.key).select_related("saved_by")
    page = paginate(request, rows, PER_PAGE)
    shown = _shown(request, draft, question, rows, list(page))
    texts = [(row, text_of(question, row.value, _themes(draft))) for row in page]
    section = next(each for each in draft.application.form.definition.sections if question in each.questions)
    stored = next((each.revision for each in draft.application.answers.all() if each.key == question.key), 0)
    context = draft.context(
        question=question, page=page, rows=texts, shown=shown, stored=stored, section=section,
        can_restore=draft.can_write and shown is not None and shown.newer.revision != stored,
    )  # fmt: skip
    return render(request, "applications/history.html", context)


def _question(draft: Draft, key: str) -> Question:
    question = draft.application.form.definition.question(key)
    if question is None or question.kind in OWN_TABLE:
        raise Http404
    return question


def _themes(draft: Draft) -> dict[str, str]:
    return {theme.slug: theme.name for theme in draft.application.call.themes.all()}


def _shown(
    request: SignedInRequest, draft: Draft, question: Question, rows: Any, listed: list[AnswerRevision]
) -> Shown | None:
    """Return what the address asks for: one text, or two compared; else the two latest of the page."""
    asked = {name: number for name in request.GET if (number := number_in(request.GET[name])) is not None}
    newer = _row(rows, listed, asked.get("to")) or next(iter(listed), None)
    if newer is None:
        return None
    older = _row(rows, listed, asked.get("from"))
    if "from" not in asked and "to" not in asked:
        older = next(iter(listed[1:]), None)
    if older and older.revision > newer.revision:
        older, newer = newer, older
    text = text_of(question, newer.value, _themes(draft))
    if older is None or older == newer:
        return Shown(newer, None, text, [])
    return Shown(newer, older, text, compare(text_of(question, older.value, _themes(draft)), text))


def _row(rows: Any, listed: list[AnswerRevision], number: int | None) -> AnswerRevision | None:
    if number is None:
        return None
    return next((row for row in listed if row.revision == number), None) or rows.filter(revision=number).first()


@login_required
@require_safe
def versions(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the team what changed between two of its submitted versions."""
    draft = open_draft(request, pk)
    return render(request, "applications/versions.html", draft.context(**changes_for(request, draft.application)))


def changes_for(request: SignedInRequest, application: Application) -> dict[str, Any]:
    """Return the two versions that the address names, else the last two, and what changed; 404 if there is one only."""
    found = {each.number: each for each in application.versions.defer("content")}
    if len(found) < 2:
        raise Http404
    asked = [number_in(request.GET.get(name, "")) for name in ("from", "to")]
    numbers = [each for each in asked if each is not None and each in found]
    older, newer = sorted(numbers) if len(numbers) == 2 else sorted(found)[-2:]
    parts = differences(found[older].content, found[newer].content)
    return {"versions": list(found.values()), "older": found[older], "newer": found[newer], "parts": parts}


@login_required
@require_POST
def restore(request: SignedInRequest, pk: int, answer: str) -> HttpResponse:
    """Take an earlier text back; the present one stays in the history."""
    draft = open_draft(request, pk)
    question = _question(draft, answer)
    number, revision = (number_in(request.POST.get(name, "")) for name in ("number", "revision"))
    if number is None or revision is None:
        return HttpResponseBadRequest()
    try:
        drafts.restore(
            application=draft.application, key=question.key, number=number, revision=revision, by=draft.user,
            at=request.arrived_at,
        )  # fmt: skip
    except (WrongState, ValidationError) as refusal:
        messages.error(request, getattr(refusal, "message", None) or " ".join(refusal.messages))
    else:
        messages.success(request, _("The earlier text is in place again. The other one is kept in this list."))
    return redirect(reverse("apply:history", args=[pk, question.key]))
