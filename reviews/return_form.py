"""The form with which staff return an application: what to correct in which question, and until when."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.actions.returning import TIME_TO_CORRECT
from applications.models import Application
from applications.opening import parts_of
from core import clock
from core.web import moments
from core.web.forms import DateInput, LinesField, check_year

PREFIX = "ask-"
LONGEST = 1000


class ReturnForm(forms.Form):
    """A field for each question: one in which something is written is opened. Nothing is open beforehand."""

    use_required_attribute = False
    mark_optional = False

    text = LinesField(
        label=gettext_lazy("What is it about?"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The applicant reads this first. It may stay empty if the questions say it all."),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("To correct by"), required=False, widget=DateInput, validators=[check_year]
    )
    everything = forms.BooleanField(
        label=gettext_lazy("Open the whole application"), required=False,
        help_text=gettext_lazy("Only if it cannot be mended in single questions."),
    )  # fmt: skip

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        call = application.call
        self.fields["until"].help_text = _(
            "Until the end of that day, time zone %(zone)s. Left empty: a week from now, or the call’s deadline if "
            "that is later."
        ) % {"zone": call.zone}
        if application.closes_at() < clock.now() + TIME_TO_CORRECT:
            self.fields["until"].initial = clock.today() + TIME_TO_CORRECT
        for key, label in parts_of(application.form.definition).items():
            self.fields[PREFIX + key] = forms.CharField(
                label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
            )

    def clean(self) -> dict[str, Any]:
        """Ask for one question at least, unless everything is opened."""
        data = super().clean() or self.cleaned_data
        named = any(value for name, value in data.items() if name.startswith(PREFIX))
        if named and data.get("everything"):
            self.add_error(
                "everything",
                _("You wrote under single questions. Take this tick away, or move what you wrote into the text."),
            )
        if not self.errors and not named and not data.get("everything"):
            raise ValidationError(_("Write under a question what is to be corrected in it, or open everything."))
        if not self.errors and data.get("everything") and not data.get("text"):
            self.add_error("text", _("Say what is to be corrected. The applicant reads it at once."))
        return data

    def sections(self) -> Iterator[tuple[str, list[Any], bool]]:
        """Yield each section's title with its fields, and whether something stands in one."""
        form = self.application.form.definition
        placed = {question.key for question in form.questions()}
        for section in form.sections:
            fields = [self[PREFIX + question.key] for question in section.questions]
            yield section.title, fields, any(field.value() or field.errors for field in fields)
        loose = [self[PREFIX + key] for key in parts_of(form) if key not in placed]
        if loose:
            yield _("Other parts"), loose, any(field.value() for field in loose)

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the action takes it."""
        until, zone = self.cleaned_data["until"], self.application.call.zone
        asked = {name.removeprefix(PREFIX): text for name, text in self.cleaned_data.items() if name.startswith(PREFIX)}
        return {
            "text": self.cleaned_data["text"],
            "until": moments.end_of(until, zone) if until else None,
            "asked": {} if self.cleaned_data["everything"] else {key: text for key, text in asked.items() if text},
        }
