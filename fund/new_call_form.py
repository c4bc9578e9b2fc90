"""The shape of a new call, of which only the title must be typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from core import clock
from fund.models import Call, Fund

MOST_CALLS = 30


class NewCallForm(forms.Form):
    """A new call: a copy of an earlier one, or one from nothing. Only a title is needed."""

    title = forms.CharField(label=_lazy("Title"), max_length=200)
    start = forms.ChoiceField(
        label=_lazy("Start from"),
        help_text=_lazy("Texts, themes, criteria, form, quiz and limits are copied; dates start anew. You can change all."),
    )  # fmt: skip
    slug = forms.SlugField(
        label=_lazy("Address"), max_length=50, required=False,
        help_text=_lazy("The end of its public address: small letters, digits and hyphens. Left empty: from the title."),
    )  # fmt: skip
    prefix = forms.CharField(  # type: ignore[assignment]
        label=_lazy("Start of its reference numbers"), max_length=20, required=False,
        help_text=_lazy("Such as SORF-2027; the numbers follow it. Left empty: from the fund and the year."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = [  # type: ignore[attr-defined]
            *((str(call.pk), call.title) for call in Call.objects.order_by("-made_at", "-pk")[:MOST_CALLS]),
            ("standard", _("The standard set: form, criteria, budget and quiz")),
            ("empty", _("Nothing")),
        ]

    def clean(self) -> dict[str, Any]:
        """Make up what was left empty, so that nobody has it."""
        given, fund = self.cleaned_data, Fund.objects.order_by("pk").first()
        if fund is None:
            raise ValidationError(_("There is no fund yet. The command “manage.py start_fund” makes one."))
        given["slug"] = given.get("slug") or _free("slug", slugify(given.get("title", ""))[:46] or "call")
        given["prefix"] = given.get("prefix") or _free("prefix", f"{fund.prefix[:12]}-{clock.now().year}")
        return given | {"fund": fund}


def _free(name: str, text: str) -> str:
    """Return a text that no call has, with a number if need be."""
    number, free = 2, text
    while Call.objects.filter(**{name: free}).exists():
        number, free = number + 1, f"{text}-{number}"
    return free
