"""The shapes of a question about a call, and of its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import LinesField
from fund.models import PublicQuestion


class AskForm(forms.Form):
    """What somebody wants to know about a call."""

    question = LinesField(
        label=_("Your question"), max_length=2000,
        help_text=_("We answer in public, without your name. Do not describe your project in it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your question first.")},
    )  # fmt: skip
    use_required_attribute = False


class AnswerForm(forms.Form):
    """A question in the words of the public page, and its answer, or why there is none."""

    question = LinesField(
        label=_("Question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In words that help everyone and name nobody."),
    )  # fmt: skip
    answer = forms.CharField(label=_("Answer"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    reason = forms.CharField(
        label=_("Or why it is not answered"), required=False, max_length=300, help_text=_("Only who asked reads it.")
    )
    mark_optional = False
    use_required_attribute = False

    def __init__(self, data: Any = None, *, question: PublicQuestion | None = None) -> None:
        first = {"question": question.question, "answer": question.answer} if question else None
        super().__init__(data, initial=first, prefix=f"q{question.pk}" if question else "new")
        self.row = question
        if question is None or question.answer or question.asked_by_id is None:
            del self.fields["reason"]
