"""Finds the parts of a text that are in another script, so that they can be marked with a language and a direction."""

import re
from typing import NamedTuple

# The language named for a script is a guess for the reader's voice and fonts; marks of single languages refine it.
_RANGES = {
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "ru": "\u0400-\u052f",
    "hy": "\u0530-\u058f",
    "he": "\u0590-\u05ff\ufb1d-\ufb4f",
    "ar": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "pa": "\u0a00-\u0a7f",
    "gu": "\u0a80-\u0aff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "bo": "\u0f00-\u0fff",
    "my": "\u1000-\u109f",
    "ka": "\u10a0-\u10ff\u1c90-\u1cbf",
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "am": "\u1200-\u137f",
    "km": "\u1780-\u17ff",
    "mn": "\u1800-\u18af",
    "zh": "\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
}
_REFINED = (
    ("zh", "ja", re.compile("[\u3040-\u30ff]")),
    ("ru", "uk", re.compile("[ґєії]", re.IGNORECASE)),
    ("ar", "ur", re.compile("[ٹڈڑںے]")),
    ("ar", "fa", re.compile("[پچژگی]")),
)
_JOINING = r"[\s\d.,:;!?'\"()\u2010-\u201f\u3000-\u3002\uff00-\uff0f-]*"
_RUNS = re.compile("|".join(f"(?P<{lang}>[{each}](?:{_JOINING}[{each}])*)" for lang, each in _RANGES.items()))
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he"})


class Run(NamedTuple):
    """A part of a text; `language` is empty where the page's own language will do."""

    text: str
    language: str


def runs(text: str) -> list[Run]:
    """Split a text into the parts that need a language of their own and the rest."""
    found, end = [], 0
    for match in _RUNS.finditer(text):
        if match.start() > end:
            found.append(Run(text[end : match.start()], ""))
        found.append(Run(match.group(), _refine(str(match.lastgroup), match.group())))
        end = match.end()
    if end < len(text):
        found.append(Run(text[end:], ""))
    return found


def main_language(text: str) -> str:
    """Return the language that most of the text is in by its script, or nothing for Latin script."""
    lengths: dict[str, int] = {}
    for run in runs(text):
        lengths[run.language] = lengths.get(run.language, 0) + len(run.text.strip())
    return max(lengths, key=lambda each: lengths[each], default="")


def _refine(language: str, text: str) -> str:
    return next((finer for coarse, finer, sign in _REFINED if coarse == language and sign.search(text)), language)
