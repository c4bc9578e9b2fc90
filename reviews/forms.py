"""The reviewer's forms. They draw and read; the actions save."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.interests.models import Declaration
from core.language import lazy
from core.web.forms import LinesField, ScaleSelect
from fund.models import Criterion, Rubric
from reviews.actions.reviewing import PUBLIC_WORDS
from reviews.models import CalibrationScore, Review
from reviews.scale import NOT_APPLICABLE, Value

SCORE, COMMENT = "score-", "comment-"


def _not_applicable() -> str:
    return format_html('<abbr title="{}">{}</abbr>', _("Not applicable"), _("n/a"))


class Judged(NamedTuple):
    """One criterion with its score, and why where that is asked."""

    criterion: Criterion
    score: forms.BoundField
    comment: forms.BoundField | None = None


class ScoreForm(forms.Form):
    """Scores by a rubric: one for each criterion, and overall merit. A draft may be incomplete."""

    use_required_attribute = False
    mark_optional = False

    overall = forms.TypedChoiceField(
        label=lazy("Overall merit"), coerce=int, empty_value=None, required=False, widget=ScaleSelect,
        help_text=lazy("Your judgement as a whole."),
    )  # fmt: skip
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rubric: Rubric, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        scores = [(str(value), str(value)) for value in rubric.scale]
        self.fields["overall"].choices = scores  # type: ignore[attr-defined]
        for criterion in self.criteria:
            self.fields[SCORE + criterion.key] = forms.ChoiceField(
                label=criterion.label, choices=[*scores, (NOT_APPLICABLE, _not_applicable())], required=False, widget=ScaleSelect,
                help_text=criterion.question,
            )  # fmt: skip

    def judged(self) -> Iterator[Judged]:
        """Yield the criteria with their fields, in the rubric's order."""
        for criterion in self.criteria:
            yield Judged(criterion, self[SCORE + criterion.key])

    @property
    def scores(self) -> dict[str, Value]:
        """What was chosen, by the keys of the criteria."""
        return {each.key: self.cleaned_data[SCORE + each.key] or None for each in self.criteria}

    def take_problems(self, problems: Mapping[str, Iterable[str]]) -> None:
        """Show what the action found at the fields that it is about."""
        for name, messages in problems.items():
            field = name if name in self.fields else SCORE + name
            for message in messages:
                self.add_error(field if field in self.fields else None, message)


class ReviewForm(ScoreForm):
    """A review: scores, a reason for each, and three texts."""

    public_comment = forms.CharField(
        label=lazy("What the applicant will read"), required=False, strip=False,
        help_text=lazy("What is good, what is missing, what would help them."),
        widget=forms.Textarea(attrs={"rows": 5, "class": "is-reading", "data-limit-words": PUBLIC_WORDS}),
    )  # fmt: skip
    private_comment = forms.CharField(
        label=lazy("For the panel only"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    notes = forms.CharField(
        label=lazy("Your own notes"), required=False, strip=False, help_text=lazy("Nobody else reads these."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in self.criteria:
            self.fields[COMMENT + criterion.key] = forms.CharField(
                label=_("Why, for %(lower)s") % {"lower": criterion.label.lower()}, required=False, strip=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        self.order_fields([*(name + each.key for each in self.criteria for name in (SCORE, COMMENT))])

    def judged(self) -> Iterator[Judged]:
        """Yield the criteria with their two fields each, in the rubric's order."""
        for each in super().judged():
            yield each._replace(comment=self[COMMENT + each.criterion.key])

    @property
    def saved_values(self) -> dict[str, Any]:
        """What a whole form says, as `reviewing.save` takes it."""
        data = self.cleaned_data
        texts = {name: data[name] for name in ("overall", "public_comment", "private_comment", "notes")}
        comments = {each.key: data[COMMENT + each.key] for each in self.criteria}
        return texts | {"scores": self.scores, "comments": comments}


class CalibrationForm(ScoreForm):
    """The scores of a sample case, and why."""

    comment = forms.CharField(
        label=lazy("Why, in a few sentences"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("Those who run the panel read it with your name, once you have submitted. Nobody else does."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(SCORE + each.key for each in self.criteria), "overall"])


def values_of(review: Review | None) -> dict[str, Any]:
    """Return a stored review as the form shows it."""
    if review is None:
        return {"revision": 0}
    values: dict[str, Any] = {
        name: getattr(review, name) for name in ("overall", "public_comment", "private_comment", "notes", "revision")
    }
    for score in review.scores.all():
        values[SCORE + score.criterion.key] = NOT_APPLICABLE if score.is_not_applicable else score.value
        values[COMMENT + score.criterion.key] = score.comment
    return values


def one_value(key: str, value: str) -> dict[str, Any] | None:
    """Read one saved-as-you-go answer as `reviewing.save` takes it, or nothing for a name that the form has not."""
    if key in ("public_comment", "private_comment", "notes"):
        return {key: value}
    if key == "overall":
        return {"overall": int(value[:9]) if value.isdecimal() else None}
    if key.startswith(SCORE):
        scores: dict[str, Value] = {key.removeprefix(SCORE): value or None}
        return {"scores": scores}
    return {"comments": {key.removeprefix(COMMENT): value}} if key.startswith(COMMENT) else None


def given_values(given: CalibrationScore | None) -> dict[str, Any]:
    """Return stored scores of a sample case as the form shows them."""
    if given is None:
        return {"revision": 0}
    texts = {"overall": given.overall, "comment": given.comment, "revision": given.revision}
    return texts | {SCORE + key: value for key, value in given.scores.items()}


def one_given(key: str, value: str) -> dict[str, Any] | None:
    """Read one saved-as-you-go answer to a sample case, or nothing for a name that the form has not."""
    if key == "comment":
        return {"comment": value}
    return one_value(key, value) if key == "overall" or key.startswith(SCORE) else None


class TieForm(forms.Form):
    """A tie that is found after the first declaration."""

    mark_optional = False

    kinds = forms.MultipleChoiceField(
        label=lazy("What is the tie?"), choices=Declaration.Kind, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Choose all that apply."),
    )  # fmt: skip
    note = LinesField(
        label=lazy("In a sentence"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("The administrator and the chair read this, nobody else."),
    )  # fmt: skip


class DeclarationForm(TieForm):
    """Say whether there is a tie. Nothing is chosen beforehand."""

    has_interest = forms.ChoiceField(
        label=lazy("Do you have a conflict of interest?"), choices=[("no", lazy("No, I have none")), ("yes", lazy("Yes, or perhaps"))],
        widget=forms.RadioSelect, error_messages={"required": lazy("Say whether you have a conflict of interest.")},
    )  # fmt: skip

    field_order = ("has_interest", "kinds", "note")


class HandBackForm(forms.Form):
    """Give a review back."""

    mark_optional = False

    reason = LinesField(
        label=lazy("Why do you hand it back?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("One sentence is enough, such as “not my field”. It goes to the fund, not to the panel."),
    )  # fmt: skip
