"""What a call of this field usually has, to start from: a form, criteria with a scale, a budget, a quiz."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


FORM: dict[str, Any] = _read("form")
RUBRIC: dict[str, Any] = _read("rubric")
CATEGORIES: list[dict[str, str]] = _read("categories")
QUIZ: list[dict[str, Any]] = _read("quiz")
EMPTY_FORM: dict[str, Any] = {
    "sections": [
        {
            "key": "project", "title": "The project", "intro": "",
            "questions": [
                {"key": "title", "kind": "short_text", "label": "Title", "required": True, "max_chars": 140, "role": "title"}
            ],
        }
    ]
}  # fmt: skip
"""A form with the one question that every call asks."""
