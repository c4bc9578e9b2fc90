"""The eligibility quiz of a call: a few questions before the form, whose answers stop, warn, or let pass.

Pure: it reads the JSON of `Call.quiz`, and says what a set of answers means.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Effect(StrEnum):
    """What an answer does."""

    PASS = "pass"  # noqa: S105 - not a secret, but what an answer does
    WARN = "warn"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class QuizAnswer:
    """One answer that can be chosen; `message` is read by who chose it."""

    value: str
    label: str
    effect: Effect = Effect.PASS
    message: str = ""

    @classmethod
    def load(cls, raw: Mapping[str, Any]) -> Self:
        """Read one answer; unknown names and effects are errors."""
        return cls(**{**raw, "effect": Effect(raw.get("effect", Effect.PASS))})


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """One question with the answers to choose from."""

    key: str
    question: str
    help: str = ""
    answers: tuple[QuizAnswer, ...] = ()

    @classmethod
    def load(cls, raw: Mapping[str, Any]) -> Self:
        """Read one question."""
        return cls(**{**raw, "answers": tuple(QuizAnswer.load(each) for each in raw.get("answers", ()))})

    def answer(self, value: Any) -> QuizAnswer | None:
        """Return the answer of a value."""
        return next((each for each in self.answers if each.value == value), None)


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody who answered so reads."""

    key: str
    question: str
    answer: str
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a set of answers means: who is stopped may not start, who is warned may, who left some out is asked again."""

    stops: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    missing: tuple[QuizQuestion, ...] = ()

    @property
    def may_start(self) -> bool:
        """Whether an application may be started with these answers."""
        return not self.stops and not self.missing


@dataclass(frozen=True, slots=True)
class Quiz:
    """All questions of a call's quiz; empty where a call has none."""

    questions: tuple[QuizQuestion, ...] = ()

    @classmethod
    def load(cls, raw: Iterable[Mapping[str, Any]]) -> Self:
        """Read a quiz from its JSON."""
        return cls(tuple(QuizQuestion.load(each) for each in raw))

    def __bool__(self) -> bool:
        return bool(self.questions)

    def verdict(self, given: Mapping[str, Any]) -> Verdict:
        """Say what the chosen values mean; a value that is not offered counts as no answer."""
        chosen = [(question, question.answer(given.get(question.key))) for question in self.questions]
        remarks = {effect: tuple(_remarks(chosen, effect)) for effect in (Effect.STOP, Effect.WARN)}
        missing = tuple(question for question, answer in chosen if answer is None)
        return Verdict(remarks[Effect.STOP], remarks[Effect.WARN], missing)


def _remarks(chosen: Iterable[tuple[QuizQuestion, QuizAnswer | None]], effect: Effect) -> Iterable[Remark]:
    for question, answer in chosen:
        if answer is not None and answer.effect == effect:
            yield Remark(question.key, question.question, answer.label, answer.message)


def check_quiz(raw: Any) -> None:
    """Refuse JSON that is not a quiz: double keys, less than two answers, a stop or a warning that says nothing."""
    try:
        quiz = Quiz.load(raw)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValidationError(_("This is not a quiz that can be used: %(error)s.") % {"error": error}) from error
    if len({each.key for each in quiz.questions}) < len(quiz.questions):
        raise ValidationError(_("Two questions of the quiz have the same key. Give each its own."))
    if errors := [error for question in quiz.questions for error in _errors(question)]:
        raise ValidationError(errors)


def _errors(question: QuizQuestion) -> Iterable[str]:
    named = {"question": question.question}
    if not question.question.strip():
        yield _("A question of the quiz has no words. Write it, or remove it.")
    if len({each.value for each in question.answers}) < max(2, len(question.answers)):
        yield _("“%(question)s” needs two different answers or more.") % named
    if any(not each.label.strip() for each in question.answers):
        yield _("An answer to “%(question)s” has no words. Write it, or remove it.") % named
    if any(each.effect != Effect.PASS and not each.message.strip() for each in question.answers):
        yield _("An answer to “%(question)s” stops or warns. Say why: who chooses it reads that.") % named
