"""The JSON Schema (2020-12) of a form's definition. It refuses nothing that `faults_in` accepts.

What it cannot say stands under `x-rules`, in sentences.
"""

from typing import Any

from core.forms.kinds import CELLS, ROLES, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_KEY = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$"}
_TEXT = {"type": ["string", "null"]}
_FLAG = {"type": ["boolean", "null"]}
_WHOLE = {"type": ["integer", "null"], "minimum": 0}

_QUESTION: dict[str, Any] = {
    "type": "object",
    "required": ["key", "kind", "label"],
    "additionalProperties": False,
    "properties": {
        "key": _KEY,
        "kind": {"enum": [str(kind) for kind in Kind]},
        "label": {"type": "string", "minLength": 1},
        "help": _TEXT,
        "required": _FLAG,
        "content_note": _FLAG,
        "role": {"enum": [*ROLES, "", None]},
        "max_words": _WHOLE,
        "max_chars": _WHOLE,
        "least": {**_TEXT, "description": "A number in figures, or a date as year-month-day."},
        "most": {**_TEXT, "description": "A number in figures, or a date as year-month-day."},
        "choices": {
            "type": ["array", "null"],
            "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "string", "minLength": 1}},
            "description": "Pairs of the value that is stored and the words that are shown.",
        },
        "columns": {"type": ["array", "null"], "items": {"$ref": "#/$defs/column"}},
        "least_rows": _WHOLE,
        "most_rows": _WHOLE,
        "shown_if": {
            "type": ["object", "null"],
            "required": ["question", "values"],
            "additionalProperties": False,
            "properties": {
                "question": _KEY,
                "values": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
            },
        },
    },
    "allOf": [
        {"if": {"properties": {"kind": {"enum": ["choice", "choices"]}}},
         "then": {"required": ["choices"], "properties": {"choices": {"type": "array", "minItems": 1}}}},
        {"if": {"properties": {"kind": {"const": "table"}}},
         "then": {"required": ["columns"], "properties": {"columns": {"type": "array", "minItems": 1}}}},
    ],
}  # fmt: skip

DEFINITION_SCHEMA: dict[str, Any] = {
    "$schema": DIALECT,
    "title": "Form of a call for applications",
    "type": "object",
    "required": ["sections"],
    "additionalProperties": False,
    "properties": {"sections": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/section"}}},
    "$defs": {
        "section": {
            "type": "object",
            "required": ["key", "title"],
            "additionalProperties": False,
            "properties": {
                "key": _KEY,
                "title": {"type": "string", "minLength": 1},
                "intro": _TEXT,
                "questions": {"type": "array", "items": {"$ref": "#/$defs/question"}},
            },
        },
        "question": _QUESTION,
        "column": {
            "type": "object",
            "required": ["key", "kind", "label"],
            "additionalProperties": False,
            "properties": {
                "key": _KEY,
                "kind": {"enum": sorted(str(kind) for kind in CELLS)},
                "label": {"type": "string", "minLength": 1},
                "required": _FLAG,
            },
        },
    },
    "x-rules": [
        "Keys stand once in a form; the block “ethics” also takes the keys “<its key>-<topic>”.",
        "A condition (shown_if) asks for an answer that an earlier question offers.",
        "max_words and max_chars belong to short_text, long_text and ethics, and only one of them to a question.",
        "Questions in Thai, Lao, Khmer or Burmese limit characters, not words.",
        "least and most belong to number, money and date, and least is not more than most.",
        "choices belong to choice and choices; columns, least_rows and most_rows to table.",
        "team, budget and ethics stand at most once; team and budget without a condition.",
        "A role stands once, and suits the kind of its question.",
        "A section has at most five tables, a form at most 300 questions.",
        "Values of choices differ from each other.",
    ],
}
"""What `faults_in` accepts of a form, as far as a schema can say it."""
