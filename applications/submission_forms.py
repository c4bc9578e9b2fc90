"""The forms around starting and submitting: quiz, invitations, more time, who declares. They never save."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from core.web.forms import LinesField
from fund.forms import LocalMoment, in_zone, on_wall
from fund.quiz import Quiz


class DeclarationForm(forms.Form):
    """Who declares what the call asks for, and in what capacity."""

    name = forms.CharField(
        label=_("Full name of the person who declares this"), max_length=200,
        error_messages={"required": _("Write the full name of the person who declares this.")},
    )  # fmt: skip
    capacity = forms.CharField(
        label=_("In what capacity"), max_length=200, help_text=_("Such as Head of research services."),
        error_messages={"required": _("Write in what capacity, such as Head of research services.")},
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("I have read this declaration and I make it."),
        error_messages={"required": _("Tick this box to make the declaration.")},
    )
    use_required_attribute = False


class MoreTimeForm(forms.Form):
    """A later deadline for one application, and why."""

    until = LocalMoment(label=_("New deadline of this application"))
    reason = LinesField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "data-limit-chars": 300}),
        help_text=_("Kept with the application, and the audit trail names it. The applicant does not read it."),
        error_messages={"required": _("Say why this application gets more time.")},
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = application.call.zone
        self.fields["until"].help_text = _now("In the zone of the call, %(zone)s.") % {"zone": self.zone}
        self.fields["until"].initial = on_wall(application.closes_at(), self.zone)

    def clean_until(self) -> datetime | None:
        """Read the time in the zone of the call."""
        return in_zone(self.cleaned_data["until"], self.zone)


class InviteForm(forms.Form):
    """Whom to invite: addresses as pasted, and expressions of interest to take on."""

    people = forms.CharField(
        label=_("By e-mail address"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line, alone or after the name: Nour Haddad <nour@example.org>."),
    )  # fmt: skip
    applications = forms.TypedMultipleChoiceField(
        label=_("From the expressions of interest"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("The owner of each gets the invitation. Those who are invited already are not listed."),
    )  # fmt: skip
    mark_optional = False
    use_required_attribute = False

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applications"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["applications"]

    def clean(self) -> dict[str, Any]:
        """Ask for somebody."""
        found = {"people": "", "applications": []} | self.cleaned_data
        if not self.errors and not found["people"].strip() and not found["applications"]:
            self.add_error("people", _now("Name at least one person to invite."))
        return found


class QuizForm(forms.Form):
    """The questions of a call's quiz, one answer each."""

    use_required_attribute = False

    def __init__(self, *args: Any, quiz: Quiz, given: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {f"quiz-{key}": value for key, value in (given or {}).items()}
        super().__init__(*args, **kwargs)
        self.quiz = quiz
        for each in quiz.questions:
            self.fields[f"quiz-{each.key}"] = forms.ChoiceField(
                label=each.question, help_text=each.help, widget=forms.RadioSelect,
                choices=[(answer.value, answer.label) for answer in each.answers],
                error_messages={"required": _now("Choose an answer."), "invalid_choice": _now("Choose an answer.")},
            )  # fmt: skip

    @property
    def answers(self) -> dict[str, str]:
        """Return what was chosen, by the questions' keys."""
        return {each.key: self.cleaned_data[f"quiz-{each.key}"] for each in self.quiz.questions}
