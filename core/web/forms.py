"""How forms are drawn: label, hint, error above the control, the control, and its counter, joined for all readers."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import money, words
from core.files.field import UploadField
from core.states import WrongState

_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
_REQUIRED = forms.Field.default_error_messages["required"]


class Limit(NamedTuple):
    """How long an answer may be, and how long it is."""

    most: int
    unit: str
    so_far: int

    @property
    def words(self) -> str:
        """Say it as the counter does: 27 of 300 words."""
        return self.pattern.format(so_far=f"{self.so_far:,}", most=f"{self.most:,}")

    @property
    def pattern(self) -> str:
        """The sentence with places for the numbers, for the script that counts along."""
        if self.unit == "words":
            return ngettext("{so_far} of {most} word", "{so_far} of {most} words", self.most)
        return ngettext("{so_far} of {most} character", "{so_far} of {most} characters", self.most)

    @property
    def is_passed(self) -> bool:
        """Whether the answer is too long."""
        return self.so_far > self.most


class DrawnField(forms.BoundField):
    """A field as the page shows it."""

    @property
    def kind(self) -> str:
        """Name the way of drawing it: choices, choice, scale, group or plain."""
        widget = self.field.widget
        if getattr(widget, "is_group", False):
            return "group"
        if isinstance(widget, ScaleSelect):
            return "scale"
        if isinstance(widget, _CHOICES):
            return "choices"
        return "choice" if isinstance(widget, forms.CheckboxInput) else "plain"

    @property
    def is_optional(self) -> bool:
        """Whether the label says that an answer is not needed."""
        return not self.field.required and self.kind != "choice" and getattr(self.form, "mark_optional", True)

    @property
    def limit(self) -> Limit | None:
        """Return the limit that the widget's `data-limit-words` or `data-limit-chars` sets."""
        attrs, text = self.field.widget.attrs, str(self.value() or "")
        if most := attrs.get("data-limit-words"):
            return Limit(int(most), "words", words.count_words(text))
        if most := attrs.get("data-limit-chars"):
            return Limit(int(most), "characters", words.count_characters(text))
        return None

    @property
    def faults(self) -> list[str]:
        """Return what is wrong, with words of what to do where Django only says that an answer is required."""
        return [self._missing() if str(each) == str(_REQUIRED) else str(each) for each in self.errors]

    def _missing(self) -> str:
        widget = self.field.widget
        if self.kind == "choice":
            return _("Tick this box to go on.")
        if isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
            return _("Choose an answer.")
        return _("Choose a file.") if isinstance(widget, forms.FileInput) else _("Fill this in.")

    @property
    def first_id(self) -> str:
        """Return the id that a link of the error summary leads to: the control, or the first of its choices."""
        return f"{self.auto_id}_0" if self.kind in ("choices", "scale") else self.auto_id

    @property
    def aria_describedby(self) -> str | None:
        """Join the hint, the error and the counter to the control."""
        joined = super().aria_describedby
        if joined is None or not self.auto_id or self.is_hidden or not self.limit:
            return joined
        return f"{joined} {self.auto_id}_count".strip()

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Let typed text decide its own direction, and do without placeholders."""
        attrs = super().build_widget_attrs(attrs, widget)
        chosen = widget or self.field.widget
        if isinstance(chosen, forms.Textarea) or type(chosen) is forms.TextInput:
            attrs.setdefault("dir", "auto")
        if "placeholder" in chosen.attrs:
            # The label says it already, and a placeholder is gone as soon as it would help.
            attrs["placeholder"] = False
        return attrs


class FormRenderer(TemplatesSetting):
    """Draws every Django form with our templates."""

    form_template_name = "core/forms/form.html"
    formset_template_name = "core/forms/formset.html"
    field_template_name = "core/forms/field.html"
    bound_field_class = DrawnField


class Fault(NamedTuple):
    """One line of the error summary."""

    target: str
    label: str
    message: str


def summary_of(*each: "forms.BaseForm | forms.BaseFormSet[Any]") -> list[Fault]:
    """Collect what is to be corrected, in the order of the pages' fields."""
    return [fault for form in _single(each) if form.is_bound for fault in _faults(form)]


def _single(each: Iterable[Any]) -> Iterable[forms.BaseForm]:
    for form in each:
        if isinstance(form, forms.BaseFormSet):
            yield from form.forms
        elif form is not None:
            yield form


def _faults(form: forms.BaseForm) -> Iterable[Fault]:
    for message in form.non_field_errors():
        yield Fault("", "", str(message))
    for field in form:
        target = field.first_id if isinstance(field, DrawnField) else field.id_for_label
        for message in field.faults if isinstance(field, DrawnField) else field.errors:
            label = str(field.label).rstrip(".?:")
            yield Fault("", "", str(message)) if field.is_hidden else Fault(target, label, str(message))


def take_errors(form: forms.BaseForm, refusal: ValidationError | WrongState, field: str | None = None) -> None:
    """Show what an action refused beside the fields that it names, the rest at one field or above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(field, refusal.messages)
        return
    for name, found in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, found)


class LinesField(forms.CharField):
    """A text of several lines, as long as the page counts it: a browser sends two characters for a line end."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Read each line end as one character, and Word's bullets as such."""
        return words.with_known_signs(words.normal(str(super().to_python(value))))


def check_year(day: date) -> None:
    """Refuse a year that nobody means: at the ends of the calendar a day has no time in another zone."""
    if not 1900 <= day.year < 2200:
        raise ValidationError(_("Write a year that is not as far away, such as 2027."))


class DateInput(forms.DateInput):
    """The browser's own date control."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own control for a date with a time; say the zone in the hint."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MoneyInput(forms.TextInput):
    """A text control with the digits' keyboard; shows thousands with commas."""

    template_name = "core/forms/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None, currency: str = "USD") -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"} | (attrs or {}))
        self.currency = currency

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the currency that stands before the control."""
        return super().get_context(name, value, attrs) | {"currency": self.currency}

    def format_value(self, value: Any) -> str | None:
        """Write a stored amount in figures; leave what was typed as it was typed."""
        return money.figures(value, self.currency) if isinstance(value, Decimal) else super().format_value(value)


class MoneyField(forms.Field):
    """An amount as people type it, such as 12,500 or USD 12 500.50."""

    def __init__(self, *, currency: str = "USD", **kwargs: Any) -> None:
        kwargs.setdefault("widget", MoneyInput(currency=currency))
        super().__init__(**kwargs)
        self.currency = currency

    def to_python(self, value: Any) -> Decimal | None:
        """Read the amount, or say what is wrong with it."""
        return None if value in self.empty_values else money.parse(str(value), self.currency)


class ScaleSelect(forms.RadioSelect):
    """Scores in one row: native radio buttons, so that the arrow keys work."""


class FilesInput(forms.FileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class FilesField(UploadField):
    """Several files at once; cleans to a list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", FilesInput())
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Check each file as a file field does."""
        if isinstance(data, list | tuple):
            return [super(FilesField, self).clean(each, initial) for each in data]
        single = super().clean(data, initial)
        return [single] if single else []
