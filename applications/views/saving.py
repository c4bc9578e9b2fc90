"""What a page of a draft asks for while it stays open: saving one answer, and what others of the team saved."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.views.decorators.http import require_POST, require_safe

from applications.actions import drafts
from applications.actions.drafts import StaleAnswer
from applications.forms import sent
from applications.views.pages import open_draft
from applications.views.sections import find_section
from core.forms.answers import as_text
from core.states import WrongState
from core.web.limits import rate_limited
from core.web.requests import SignedInRequest, number_in

STAYS = timedelta(seconds=15)
"""Who has looked within this time counts as being there."""


@login_required
@require_POST
@rate_limited("autosave", per="user")
def autosave(request: SignedInRequest, pk: int) -> JsonResponse:
    """Save one answer while it is typed."""
    draft = open_draft(request, pk, whole=False)
    key = request.POST.get("key", "")
    question = draft.application.form.definition.question(key)
    try:
        answer = drafts.save_answer(
            application=draft.application, key=key, value=sent(question, request.POST.getlist("value")),
            revision=number_in(request.POST.get("revision", "")) or 0, by=draft.user, at=request.arrived_at,
        )  # fmt: skip
    except StaleAnswer as conflict:
        theirs = {"revision": conflict.revision, "value": _shown_value(conflict.theirs), "message": conflict.message}
        return JsonResponse(theirs, status=409)
    except WrongState as refusal:
        return JsonResponse({"message": refusal.message}, status=409)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=400)
    return JsonResponse({"revision": answer.revision, "saved_at": answer.saved_at.isoformat()})


@login_required
@require_safe
def watch(request: SignedInRequest, pk: int, key: str) -> JsonResponse:
    """Tell a page that stays open what stands in its section now, and who else of the team looks at the draft."""
    draft = open_draft(request, pk)
    asked = {question.key for question in find_section(draft, key).questions}
    answers = {
        answer.key: {"revision": answer.revision, "value": _shown_value(answer.value)}
        for answer in draft.application.answers.all()
        if answer.key in asked
    }
    lately = request.arrived_at - STAYS
    here = [
        member.name
        for member in draft.application.team.all()
        if member.user_id not in (None, draft.user.pk) and member.seen_at and member.seen_at > lately
    ]
    return JsonResponse({"answers": answers, "here": here})


def _shown_value(value: Any) -> Any:
    """Return an answer as the page's control holds it: a table is one text there."""
    is_table = isinstance(value, list) and any(isinstance(each, list) for each in value)
    return as_text(value) if is_table else value
