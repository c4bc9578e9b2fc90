"""The kinds of question, and what may be said of each."""

import re
from enum import StrEnum

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
"""What the key of a section, question or column looks like."""


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
    TABLE = "table"
    TEAM = "team"
    BUDGET = "budget"
    ETHICS = "ethics"


OWN_TABLE = frozenset({Kind.FILE, Kind.TEAM, Kind.BUDGET})
"""Questions whose answers are rows of their own in the database, not an answer that is kept as typed."""

TEXTS = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})
RANGES = frozenset({Kind.NUMBER, Kind.MONEY, Kind.DATE})
WITH_CHOICES = frozenset({Kind.CHOICE, Kind.CHOICES})
CONDITIONS = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.THEME, Kind.DECLARATION})
"""Kinds on whose answers a later question may depend."""
CELLS = frozenset({Kind.SHORT_TEXT, Kind.NUMBER, Kind.MONEY, Kind.DATE})
"""Kinds of a table's columns."""
ONCE = frozenset({Kind.TEAM, Kind.BUDGET, Kind.ETHICS})
"""Built-in questions: at most one of each in a form."""

NAMES = frozenset({"key", "kind", "label", "help", "required", "shown_if", "content_note", "role"})
"""What any question may say of itself."""
NAMES_OF: dict[str, frozenset[Kind]] = {
    "max_words": TEXTS | {Kind.ETHICS},
    "max_chars": TEXTS | {Kind.ETHICS},
    "least": RANGES,
    "most": RANGES,
    "choices": WITH_CHOICES,
    "columns": frozenset({Kind.TABLE}),
    "least_rows": frozenset({Kind.TABLE}),
    "most_rows": frozenset({Kind.TABLE}),
}
"""What only some kinds may say."""

ROLES: dict[str, frozenset[Kind]] = {
    "title": frozenset({Kind.SHORT_TEXT}),
    "summary": TEXTS,
    "theme": frozenset({Kind.THEME}),
    "host": frozenset({Kind.ORGANISATION}),
    "country": frozenset({Kind.COUNTRY}),
    "months": frozenset({Kind.NUMBER}),
    "starts_on": frozenset({Kind.DATE}),
    "ethics_status": frozenset({Kind.CHOICE}),
    "content_notes": frozenset({Kind.CHOICES}),
}
"""What an answer is used for besides reading, and the kinds that can serve."""
