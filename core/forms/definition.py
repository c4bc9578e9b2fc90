"""The definition of a form: sections of questions, read from JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """What sort of answer a question takes."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    COUNTRY = "country"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    ORCID = "orcid"
    ORGANISATION = "organisation"
    THEME = "theme"
    DECLARATION = "declaration"
    FILE = "file"
    TEAM = "team"
    BUDGET = "budget"


OWN_TABLE = frozenset({Kind.FILE, Kind.TEAM, Kind.BUDGET})
"""Questions whose answers are rows of their own, not one text."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Shown only if an earlier answer is one of these values."""

    question: str
    values: tuple[str, ...]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers so far show the question."""
        answer = answers.get(self.question, "")
        given = answer if isinstance(answer, list) else [answer]
        return any(value in self.values for value in given)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `role` names the column of the application that repeats its answer: title, theme, summary …"""

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
    shown_if: Condition | None = None
    content_note: bool = False
    role: str = ""

    @classmethod
    def load(cls, raw: Mapping[str, Any]) -> Self:
        """Read one question; unknown names and kinds are errors."""
        fields = dict(raw)
        fields["kind"] = Kind(fields["kind"])
        fields["choices"] = tuple((str(value), str(label)) for value, label in fields.get("choices", ()))
        if shown := fields.get("shown_if"):
            fields["shown_if"] = Condition(shown["question"], tuple(map(str, shown["values"])))
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
    def load(cls, raw: Mapping[str, Any]) -> Self:
        """Read one section with its questions."""
        questions = tuple(Question.load(each) for each in raw.get("questions", ()))
        return cls(raw["key"], raw["title"], raw.get("intro", ""), questions)


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
        return cls(tuple(Section.load(each) for each in raw["sections"]))

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
