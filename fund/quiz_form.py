"""The eligibility quiz as the person types it who sets up a call: questions with answers, what each does and says."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.keys import keyed
from fund.models import Call
from fund.quiz import Effect, QuizAnswer, QuizQuestion, check_quiz

EFFECTS = [
    (str(Effect.PASS), gettext_lazy("May go on")),
    (str(Effect.WARN), gettext_lazy("May go on, and is warned")),
    (str(Effect.STOP), gettext_lazy("Cannot apply")),
]
MOST_QUESTIONS, MOST_ANSWERS, SPARE_ANSWERS = 20, 8, 1
YES, NO = gettext_lazy("Yes"), gettext_lazy("No")


class QuizForm(forms.Form):
    """All questions, and an empty one. A question or an answer without words is left out."""

    template_name = "fund/parts/quiz_form.html"
    mark_optional = False
    use_required_attribute = False

    def __init__(self, data: Any = None, *, instance: Call) -> None:
        super().__init__(data)
        self.old = instance.eligibility_quiz.questions
        self.sizes = _sizes_in(data) if data else [max(2, len(each.answers) + SPARE_ANSWERS) for each in self.old] + [3]
        for number, size in enumerate(self.sizes):
            old = self.old[number] if number < len(self.old) else QuizQuestion("", "", answers=_usual())
            self._add_question(number, old, size)

    def _add_question(self, number: int, old: QuizQuestion, size: int) -> None:
        named = {"number": number + 1}
        self.fields[f"q{number}-question"] = forms.CharField(
            label=_("Question %(number)d") % named, required=False, max_length=300, initial=old.question
        )
        self.fields[f"q{number}-help"] = forms.CharField(
            label=_("Help"), required=False, max_length=500, initial=old.help
        )
        for place in range(size):
            answer = old.answers[place] if place < len(old.answers) else QuizAnswer("", "")
            self._add_answer(f"q{number}-a{place}", {**named, "answer": place + 1}, answer)

    def _add_answer(self, name: str, named: dict[str, int], old: QuizAnswer) -> None:
        words = {
            "label": _("Question %(number)d, answer %(answer)d") % named,
            "effect": _("Question %(number)d, what answer %(answer)d does") % named,
            "message": _("Question %(number)d, what is said to answer %(answer)d") % named,
        }
        text = {"class": "is-text", "autocomplete": "off"}
        self.fields[f"{name}-label"] = forms.CharField(
            label=words["label"], required=False, max_length=200, initial=old.label,
            widget=forms.TextInput(attrs={**text, "aria-label": words["label"]}),
        )  # fmt: skip
        self.fields[f"{name}-effect"] = forms.ChoiceField(
            label=words["effect"], choices=EFFECTS, required=False, initial=str(old.effect),
            widget=forms.Select(attrs={"aria-label": words["effect"]}),
        )  # fmt: skip
        self.fields[f"{name}-message"] = forms.CharField(
            label=words["message"], required=False, max_length=500, initial=old.message,
            widget=forms.TextInput(attrs={**text, "aria-label": words["message"]}),
        )  # fmt: skip

    def groups(self) -> Iterator[dict[str, Any]]:
        """Yield the questions as the page shows them."""
        for number, size in enumerate(self.sizes):
            yield {
                "number": number + 1, "question": self[f"q{number}-question"], "help": self[f"q{number}-help"],
                "answers": [
                    [self[f"q{number}-a{place}-{name}"] for name in ("label", "effect", "message")]
                    for place in range(size)
                ],
            }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Return the quiz as the call stores it, if it can be asked."""
        kept = {each.question: each.key for each in self.old}
        numbers = [number for number in range(len(self.sizes)) if self.cleaned_data.get(f"q{number}-question")]
        words = [self.cleaned_data[f"q{number}-question"] for number in numbers]
        keys = [key for key, _label in keyed(words, kept, most=40)]
        quiz = [self._question(number, key) for number, key in zip(numbers, keys, strict=True)]
        check_quiz(quiz)
        return {"quiz": quiz}

    def _question(self, number: int, key: str) -> dict[str, Any]:
        given, prefix = self.cleaned_data, f"q{number}-a"
        old = next((each for each in self.old if each.key == key), None)
        kept = {each.label: each.value for each in old.answers} if old else {}
        rows = [place for place in range(self.sizes[number]) if given.get(f"{prefix}{place}-label")]
        values = keyed([given[f"{prefix}{place}-label"] for place in rows], kept, most=40)
        return {
            "key": key, "question": given[f"q{number}-question"], "help": given[f"q{number}-help"],
            "answers": [
                {
                    "value": value, "label": label, "effect": given[f"{prefix}{place}-effect"] or str(Effect.PASS),
                    "message": given[f"{prefix}{place}-message"],
                }
                for place, (value, label) in zip(rows, values, strict=True)
            ],
        }  # fmt: skip


def _usual() -> tuple[QuizAnswer, ...]:
    return QuizAnswer("yes", str(YES)), QuizAnswer("no", str(NO), Effect.STOP)


def _sizes_in(data: Any) -> list[int]:
    """Return how many answers each question of a sent form has."""
    sizes: dict[int, int] = {}
    for name in data:
        if found := re.fullmatch(r"q(\d{1,2})-a(\d)-label", name):
            number, place = int(found[1]), int(found[2])
            sizes[number] = max(sizes.get(number, 0), place + 1)
    return [
        min(sizes.get(number, 0), MOST_ANSWERS) for number in range(min(max(sizes, default=-1) + 1, MOST_QUESTIONS))
    ]
