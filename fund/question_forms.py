"""The shape in which one question of a form is typed by the person who sets up a call."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.definition import expanded
from core.forms.faults import ALWAYS_ASKED
from core.forms.kinds import CONDITIONS, RANGES, TEXTS, WITH_CHOICES, Kind
from core.web.forms import DateInput, LinesField
from fund.building import edits
from fund.building.columns import as_lines, from_lines
from fund.building.kinds import KINDS, roles_for
from fund.building.lines import as_choices, question

VALUES = "values-"
BLOCKS = frozenset({Kind.TEAM, Kind.BUDGET, Kind.ETHICS})
NOTED = frozenset({*TEXTS, Kind.TABLE, Kind.FILE, Kind.ETHICS})
ANSWERS_OF = {Kind.YES_NO: [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
              Kind.DECLARATION: [("yes", gettext_lazy("Confirmed"))]}  # fmt: skip


class QuestionForm(forms.Form):
    """One question, with the fields that its kind has. `question()` gives it as the form's JSON has it."""

    label = forms.CharField(label=gettext_lazy("Question"), max_length=300)
    help = LinesField(
        label=gettext_lazy("Help"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Shown under the question."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[(str(kind), words) for kind, words in KINDS.items()])
    required = forms.BooleanField(label=gettext_lazy("An answer is needed"), required=False)
    content_note = forms.BooleanField(
        label=gettext_lazy("Reviewers see the answer closed, behind a content note"), required=False
    )

    mark_optional = False
    use_required_attribute = False

    def __init__(self, content: edits.Content, raw: edits.Raw, data: Any = None) -> None:
        self.raw, self.was = raw, Kind(raw["kind"])
        self.earlier = list(_earlier(content, raw["key"]))
        super().__init__(data, initial=_initial(raw))
        for name, field in _fields_of(self.was).items():
            self.fields[name] = field
        self._add_condition()
        if self.was in BLOCKS:
            del self.fields["required"]
        if self.was not in NOTED:
            del self.fields["content_note"]

    def _add_condition(self) -> None:
        if self.was in ALWAYS_ASKED or not self.earlier:
            return
        choices = [("", _("Always")), *((each["key"], _after(each)) for each in self.earlier)]
        self.fields["after"] = forms.ChoiceField(
            label=_("Shown"), choices=choices, required=False, widget=forms.Select(attrs={"data-chooses": VALUES})
        )
        for each in self.earlier:
            self.fields[VALUES + each["key"]] = forms.MultipleChoiceField(
                label=_("… “%(question)s” is one of") % {"question": each["label"]}, choices=_answers_of(each),
                required=False, widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the answers that show the question."""
        after = self.cleaned_data.get("after")
        if after and not self.cleaned_data.get(VALUES + after):
            self.add_error(VALUES + after, _("Choose the answers with which this question is shown."))
        return self.cleaned_data

    def question(self) -> edits.Raw:
        """Return the question as the form's JSON has it; another kind takes only what both have."""
        given = self.cleaned_data
        kind = Kind(given["kind"])
        raw: edits.Raw = {"kind": str(kind), "label": given["label"], "help": given["help"]}
        raw |= {name: bool(given[name]) for name in ("required", "content_note") if given.get(name)}
        if kind != self.was:
            raw |= _begun(kind)
        else:
            raw |= dict(self._of_kind())
        if after := given.get("after"):
            raw["shown_if"] = {"question": after, "values": given[VALUES + after]}
        return raw

    def _of_kind(self) -> Iterator[tuple[str, Any]]:
        for name in _fields_of(self.was):
            value = self.cleaned_data.get(name)
            if value in (None, ""):
                continue
            if name == "choices":
                yield name, as_choices(_lines(value), _kept_keys(self.raw, _lines(value)))
            elif name == "columns":
                yield name, from_lines(_lines(value), self.raw.get("columns") or [])
            else:
                yield name, str(value) if name in {"least", "most"} else value

    def put_faults(self, faults: list[Any]) -> None:
        """Put what makes the form unusable beside the fields that it concerns."""
        for fault in faults:
            name = "after" if fault.name == "shown_if" else fault.name
            self.add_error(name if name in self.fields else None, fault.message)


def _initial(raw: edits.Raw) -> dict[str, Any]:
    shown = raw.get("shown_if") or {}
    return {
        **raw,
        "choices": "\n".join(label for _value, label in raw.get("choices") or ()),
        "columns": "\n".join(as_lines(raw.get("columns") or ())),
        "after": shown.get("question", ""),
        **({VALUES + shown["question"]: shown["values"]} if shown else {}),
    }


def _fields_of(kind: Kind) -> dict[str, forms.Field]:
    """Return the fields that only some kinds have, in their order."""
    found: dict[str, forms.Field] = {}
    if kind in WITH_CHOICES:
        found["choices"] = _area(_("Answers to choose from"), _("One a line."))
    if kind == Kind.TABLE:
        found["columns"] = _area(
            _("Columns"), _("One a line, with what it takes in brackets: Amount (money), Since (date, optional).")
        )
        found |= {"least_rows": _whole(_("Fewest rows")), "most_rows": _whole(_("Most rows"))}
    if kind in TEXTS | {Kind.ETHICS}:
        found |= {"max_words": _whole(_("Most words")), "max_chars": _whole(_("Most characters, instead of words"))}
    if kind in RANGES:
        found |= {"least": _end(_("Least"), kind), "most": _end(_("Most"), kind)}
    if roles := roles_for(kind):
        found["role"] = forms.ChoiceField(
            label=_("The answer is used as"), required=False, choices=[("", _("Nothing else")), *roles]
        )
    return found


def _area(label: str, help_text: str) -> forms.Field:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 5})
    )


def _whole(label: str) -> forms.Field:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=1_000_000)


def _end(label: str, kind: Kind) -> forms.Field:
    widget = DateInput() if kind == Kind.DATE else forms.TextInput(attrs={"class": "is-short", "inputmode": "decimal"})
    return forms.CharField(label=label, required=False, max_length=30, widget=widget)


def _earlier(content: edits.Content, key: str) -> Iterator[edits.Raw]:
    """Yield the questions before one on whose answers it may depend."""
    for each in edits.questions_in(content):
        if each["key"] == key:
            return
        yield from (dict(one) for one in expanded([each]) if one["kind"] in CONDITIONS and one["kind"] != Kind.THEME)


def _after(asked: edits.Raw) -> str:
    return _("Only if the answer to “%(question)s” …") % {"question": asked["label"]}


def _answers_of(asked: edits.Raw) -> list[Any]:
    return ANSWERS_OF.get(Kind(asked["kind"])) or [tuple(each) for each in asked.get("choices") or ()]


def _kept_keys(raw: edits.Raw, labels: list[str]) -> dict[str, str]:
    """Keep the values of answers that stay, and of those that only got other words in their place."""
    old = [(value, label) for value, label in raw.get("choices") or ()]
    kept = {label: value for value, label in old if label in labels}
    for (value, label), new in zip(old, labels, strict=False):
        if label not in labels and new not in kept:
            kept[new] = value
    return kept


def _begun(kind: Kind) -> edits.Raw:
    """Return what a question has that has just become one of this kind."""
    new = question("…", kind)
    return {name: value for name, value in new.items() if name not in {"kind", "label", "required"}}


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(re.sub(r"\s+", " ", line).strip()[:200] for line in text.splitlines() if line.strip()))
