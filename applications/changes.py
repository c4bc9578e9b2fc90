"""What changed between two texts of an answer or two submitted versions, without a database."""

from collections.abc import Mapping
from typing import Any

from applications.content import in_words
from core.forms.definition import Kind, Question


def text_of(question: Question, value: Any, themes: Mapping[str, str]) -> str:
    """Return an answer as it was typed as people read it: texts as they are, choices by their labels, a line each."""
    if isinstance(value, list):
        labels = dict(question.choices)
        return "\n".join(
            " | ".join(map(str, each)) if isinstance(each, list) else labels.get(str(each), str(each)) for each in value
        )
    if question.kind in {Kind.CHOICE, Kind.YES_NO, Kind.DECLARATION, Kind.THEME, Kind.COUNTRY, Kind.DATE}:
        return in_words(question, str(value), dict(themes))
    return str(value)
