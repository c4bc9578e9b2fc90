"""The definition of a form: sections of questions, read from JSON. `faults` says what is wrong in one before that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from core.forms import ethics
from core.forms.kinds import OWN_TABLE, Kind

__all__ = ["OWN_TABLE", "Column", "Condition", "FormDefinition", "Kind", "Question", "Section"]

type Earlier = dict[str, "Question"]
"""The questions before one, by their keys."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Shown only if an earlier question is shown and its answer is one of these values."""

    question: str
    values: tuple[str, ...]
    asked: "Question | None" = field(default=None, compare=False, repr=False)

    @classmethod
    def load(cls, raw: Mapping[str, Any], earlier: Earlier) -> Self:
        """Read a condition on one of the earlier questions."""
        key = str(raw["question"])
        return cls(key, tuple(map(str, raw["values"])), earlier.get(key))

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers so far show the question; an answer that is not asked for shows nothing."""
        if self.asked is not None and not self.asked.is_shown(answers):
            return False
        answer = answers.get(self.question, "")
        given = answer if isinstance(answer, list) else [answer]
        return any(value in self.values for value in given)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its cells are answers of a simple kind."""

    key: str
    kind: Kind
    label: str
    required: bool = False

    @classmethod
    def load(cls, raw: Mapping[str, Any]) -> Self:
        """Read one column; unknown names and kinds are errors."""
        return cls(**{**raw, "kind": Kind(raw["kind"]), "required": bool(raw.get("required"))})


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `role` names the column of the application that repeats its answer: title, theme, summary …

    `heading` stands above it where a group of questions begins; `stops` are the answers with which nobody can go on,
    each with the sentence that says why. Both come from the blocks that expand into ordinary questions.
    """

    key: str
    kind: Kind
    label: str
    help: str = ""
    required: bool = False
    max_words: int | None = None
    max_chars: int | None = None
    least: str | None = None
    most: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    least_rows: int | None = None
    most_rows: int | None = None
    shown_if: Condition | None = None
    content_note: bool = False
    role: str = ""
    heading: str = ""
    stops: tuple[tuple[str, str], ...] = ()

    @classmethod
    def load(cls, raw: Mapping[str, Any], earlier: Earlier | None = None) -> Self:
        """Read one question; unknown names and kinds are errors, and what is null is left out."""
        fields = {name: value for name, value in raw.items() if value is not None}
        fields["kind"] = Kind(fields["kind"])
        fields["choices"] = tuple((str(value), label) for value, label in fields.get("choices", ()))
        fields["columns"] = tuple(Column.load(each) for each in fields.get("columns", ()))
        if shown := fields.pop("shown_if", None):
            fields["shown_if"] = Condition.load(shown, earlier or {})
        return cls(**fields)

    def is_shown(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers so far show the question."""
        return self.shown_if is None or self.shown_if.holds(answers)


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form."""

    key: str
    title: str
    intro: str = ""
    questions: tuple[Question, ...] = ()

    @classmethod
    def load(cls, raw: Mapping[str, Any], earlier: Earlier) -> Self:
        """Read one section with its questions, blocks expanded; each may depend on all before it."""
        questions = []
        for each in expanded(raw.get("questions", ())):
            questions.append(Question.load(each, earlier))
            earlier.setdefault(questions[-1].key, questions[-1])
        return cls(raw["key"], raw["title"], raw.get("intro") or "", tuple(questions))


def expanded(questions: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the questions with each block in its place as the ordinary questions that it stands for."""
    for each in questions:
        if each["kind"] == Kind.ETHICS:
            yield from ethics.questions_of(each)
        else:
            yield each


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A whole form."""

    sections: tuple[Section, ...]
    _by_key: dict[str, Question] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for question in self.questions():
            if question.key in self._by_key:
                raise ValueError(f"Two questions have the key “{question.key}”.")
            self._by_key[question.key] = question

    @classmethod
    def load(cls, raw: Mapping[str, Any]) -> Self:
        """Read a form from its JSON."""
        earlier: Earlier = {}
        return cls(tuple(Section.load(each, earlier) for each in raw["sections"]))

    def questions(self) -> Iterator[Question]:
        """Yield all questions in their order."""
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question | None:
        """Return the question of a key."""
        return self._by_key.get(key)

    def section(self, key: str) -> Section | None:
        """Return the section of a key."""
        return next((section for section in self.sections if section.key == key), None)

    def with_role(self, role: str) -> Question | None:
        """Return the question whose answer fills a column of the application."""
        return next((question for question in self.questions() if question.role == role), None)
