"""The narrative CV: the four modules of UKRI's Résumé for Research and Innovation, instead of lists and metrics.

The modules are UKRI's. How long each may be is our own choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.language import lazy
from core.words import count_words

MOST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Module:
    """One of the four questions."""

    key: str
    label: Any
    help: Any


MODULES = (
    Module(
        "knowledge", lazy("New ideas, tools, methods or knowledge"),
        lazy("How have you contributed to them? Tell of a few outputs, of any kind, and why they matter."),
    ),
    Module(
        "people", lazy("The development of others, and good working relationships"),
        lazy("Whom have you taught, led or supported, in your team and beyond?"),
    ),
    Module(
        "community", lazy("The wider research and innovation community"),
        lazy("Reviewing, organising, opening up data or code, making research better for all."),
    ),
    Module(
        "society", lazy("Users and audiences, and society"),
        lazy("Work with the public, companies, charities or governments, and what came of it."),
    ),
)  # fmt: skip


def cleaned(cv: Mapping[str, str]) -> dict[str, str]:
    """Return the modules in which something stands, in their order; one that is too long is refused."""
    errors = {}
    found = {}
    for module in MODULES:
        text = cv.get(module.key, "").strip()
        if (words := count_words(text)) > MOST_WORDS:
            limits = {"words": words, "most": MOST_WORDS, "over": words - MOST_WORDS}
            errors[f"cv_{module.key}"] = (
                _("This has %(words)s words; %(most)s are the most. Shorten it by %(over)s.") % limits
            )
        if text:
            found[module.key] = text
    if errors:
        raise ValidationError(errors)
    return found


def in_words(cv: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the modules in which something stands, with their titles."""
    return [{"label": str(each.label), "words": cv[each.key]} for each in MODULES if cv.get(each.key)]
