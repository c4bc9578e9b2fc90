"""The forms that applicants fill in. They draw and read; the actions save."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

import pycountry
from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import TeamMember
from applications.table_form import TableInput, rows_of
from core.forms import tables
from core.forms.answers import Problem
from core.forms.definition import OWN_TABLE, Kind, Question, Section
from core.language import lazy
from core.people.models import country_name
from core.web.forms import DateInput, LinesField, MoneyInput
from core.web.requests import number_in

REVISION = "-revision"
MOST_RADIOS = 8
CHARACTERS_PER_LINE = 66


class YesBox(forms.CheckboxInput):
    """A box whose ticked value is “yes”, as declarations are stored."""

    def __init__(self) -> None:
        super().__init__(check_test=lambda value: value == "yes")

    def format_value(self, value: Any) -> str:
        """Send “yes” when it is ticked."""
        return "yes"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what is stored, or nothing."""
        return str(data.get(name) or "")


class AnswersForm(forms.Form):
    """The questions of one section with the answers as they were typed, and what is to be mended in them.

    It refuses nothing: its errors are the problems that it is given. `more` is the table that gets empty rows.
    """

    use_required_attribute = False

    def __init__(
        self, section: Section, call: Any, *, values: Mapping[str, Any], revisions: Mapping[str, int],
        problems: Iterable[Problem] = (), more: str = "",
    ) -> None:  # fmt: skip
        self.section = section
        self.problems = list(problems)
        asked = [question for question in section.questions if question.kind not in OWN_TABLE]
        seen = {f"{question.key}{REVISION}": str(revisions.get(question.key, 0)) for question in asked}
        super().__init__(data={**values, **seen})
        for question in asked:
            revision = seen[f"{question.key}{REVISION}"]
            self.fields[question.key] = _field(question, call, values.get(question.key), revision)
            self.fields[f"{question.key}{REVISION}"] = forms.CharField(widget=forms.HiddenInput, required=False)
        if more in self.fields and isinstance(widget := self.fields[more].widget, TableInput):
            widget.has_room = True

    def full_clean(self) -> None:
        """Take the problems as errors; what was typed stays what it is."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for problem in self.problems:
            if problem.question in self.fields:
                errors = self._errors.setdefault(problem.question, self.error_class(renderer=self.renderer))
                errors.append(short(problem))


def short(problem: Problem) -> str:
    """Return a problem's message without the question's label, for where that stands beside it."""
    told = problem.message.removesuffix(f": {problem.label}")
    return problem.message if told == problem.message else f"{told}."


def _field(question: Question, call: Any, value: Any, revision: str) -> forms.Field:
    widget = _WIDGETS.get(question.kind, _text)(question, call, value)
    widget.attrs["data-revision"] = revision
    if question.max_words:
        widget.attrs["data-limit-words"] = question.max_words
    elif question.max_chars:
        widget.attrs["data-limit-chars"] = question.max_chars
    return forms.Field(label=question.label, help_text=question.help, required=question.required, widget=widget)


def _text(question: Question, call: Any, value: Any) -> forms.Widget:
    return forms.TextInput(attrs={"autocomplete": "off"})


def _long_text(question: Question, call: Any, value: Any) -> forms.Widget:
    """Make the box tall enough for what stands in it, and for a good part of what may come."""
    room = question.max_words or (question.max_chars or 600) // 6
    lines = sum(1 + len(line) // CHARACTERS_PER_LINE for line in str(value or "").splitlines())
    return forms.Textarea(attrs={"class": "is-reading", "rows": min(24, max(4, room // 25, lines + 1))})


def _figures(question: Question, call: Any, value: Any) -> forms.Widget:
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "is-short", "dir": "ltr"})


def _amount(question: Question, call: Any, value: Any) -> forms.Widget:
    return MoneyInput(currency=call.currency)


def _date(question: Question, call: Any, value: Any) -> forms.Widget:
    """Draw the browser's date control, but a text one for what that control could not show."""
    with suppress(ValueError):
        if value:
            date.fromisoformat(str(value))
        return DateInput()
    return forms.TextInput(attrs={"class": "is-short"})


def _choice(question: Question, call: Any, value: Any) -> forms.Widget:
    if len(question.choices) > MOST_RADIOS:
        return forms.Select(choices=[("", _("Choose one")), *question.choices])
    return forms.RadioSelect(choices=question.choices)


def _choices(question: Question, call: Any, value: Any) -> forms.Widget:
    return forms.CheckboxSelectMultiple(choices=question.choices)


def _yes_no(question: Question, call: Any, value: Any) -> forms.Widget:
    return forms.RadioSelect(choices=[("yes", _("Yes")), ("no", _("No"))])


def _theme(question: Question, call: Any, value: Any) -> forms.Widget:
    return forms.RadioSelect(choices=[(theme.slug, theme.name) for theme in call.themes.all()])


def _country(question: Question, call: Any, value: Any) -> forms.Widget:
    names = sorted((country_name(each.alpha_2), each.alpha_2) for each in pycountry.countries)
    return forms.Select(
        attrs={"autocomplete": "off"},
        choices=[("", _("Choose a country")), *((code, name) for name, code in names)],
    )  # fmt: skip


_WIDGETS: dict[Kind, Callable[[Question, Any, Any], forms.Widget]] = {
    Kind.LONG_TEXT: _long_text,
    Kind.NUMBER: _figures,
    Kind.MONEY: _amount,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
    Kind.THEME: _theme,
    Kind.COUNTRY: _country,
    Kind.DECLARATION: lambda question, call, value: YesBox(),
    Kind.TABLE: lambda question, call, value: TableInput(question, call.currency),
}


def typed(section: Section, data: Any) -> tuple[dict[str, Any], dict[str, int]]:
    """Read what a person typed in a section, and the revisions that they saw; only questions that were on the page."""
    values: dict[str, Any] = {}
    revisions: dict[str, int] = {}
    for question in section.questions:
        revision = data.get(f"{question.key}{REVISION}")
        if question.kind in OWN_TABLE or revision is None:
            continue
        revisions[question.key] = number_in(revision) or 0
        if question.kind == Kind.TABLE:
            values[question.key] = rows_of(question, data)
        else:
            many = question.kind == Kind.CHOICES
            values[question.key] = data.getlist(question.key) if many else data.get(question.key, "")
    return values, revisions


def sent(question: Question | None, values: list[str]) -> Any:
    """Read what was sent of one answer while it was typed; a table comes as lines of cells between tabs."""
    if question is not None and question.kind == Kind.CHOICES:
        return values
    text = "".join(values[:1])
    return tables.from_text(text) if question is not None and question.kind == Kind.TABLE else text


class MemberForm(forms.Form):
    """A person of the team. An owner may invite them to the draft."""

    name = forms.CharField(
        label=lazy("Name"), max_length=200, help_text=lazy("As the person writes it, in any script.")
    )
    part = forms.ChoiceField(label=lazy("Part in the project"), choices=TeamMember.Part.choices)
    organisation_name = forms.CharField(
        label=lazy("Organisation"), max_length=300, required=False, help_text=lazy("Its name, or its ROR id.")
    )
    orcid = forms.CharField(
        label="ORCID iD",
        max_length=19,
        required=False,
        help_text=lazy("Four groups of four, such as 0000-0002-1825-0097."),
    )
    email = forms.EmailField(
        label=lazy("E-mail address"),
        required=False,
        help_text=lazy("Needed for an invitation. Not shown to reviewers."),
    )
    access = forms.ChoiceField(
        label=lazy("In this draft the person is"),
        choices=[each for each in TeamMember.Access.choices if each[0] != TeamMember.Access.OWNER],
        initial=TeamMember.Access.NONE, widget=forms.RadioSelect, required=False,
        help_text=lazy("Editors, viewers and signatories get an invitation by mail, and see the draft once they accept."),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, invites: bool = True, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "member_%s"} | kwargs)
        self.fields["part"].initial = TeamMember.Part.CO_INVESTIGATOR
        if not invites:
            del self.fields["access"]
        if not is_new:
            for name in {"email", "access"} & set(self.fields):
                del self.fields[name]

    def clean_access(self) -> str:
        """Take no answer as “named only”."""
        return str(self.cleaned_data["access"] or TeamMember.Access.NONE)


class WithdrawForm(forms.Form):
    """Why an application is taken back."""

    reason = LinesField(
        label=lazy("Why do you withdraw?"), max_length=2000, help_text=lazy("A sentence is enough. Only the fund reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": lazy("Say in a sentence why you withdraw. Only the fund reads it.")},
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not is_draft


class AnswerForm(forms.Form):
    """The one answer to a question of the fund."""

    answer = LinesField(
        label=gettext_lazy("Your answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8, "data-limit-chars": 4000}),
        help_text=gettext_lazy(
            "It is sent once and cannot be changed. The fund’s staff read it, and may show it to the panel."
        ),
        error_messages={"required": gettext_lazy("Write your answer first.")},
    )  # fmt: skip
    use_required_attribute = False
