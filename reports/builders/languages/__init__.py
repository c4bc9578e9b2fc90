"""How letters speak: the words that stand in every letter, and money, dates and counts, in each of their languages."""

from reports.builders.languages.arabic import ARABIC
from reports.builders.languages.english import ENGLISH
from reports.builders.languages.french import FRENCH
from reports.builders.languages.spanish import SPANISH
from reports.builders.languages.speech import Speech, Words

__all__ = ["CODES", "ENGLISH", "Speech", "Words", "speech_of"]

_SPEECHES = {speech.code: speech for speech in (ENGLISH, FRENCH, SPANISH, ARABIC)}
CODES = tuple(_SPEECHES)


def speech_of(language: str) -> Speech:
    """Return how letters speak in a language, such as `fr` or `en-GB`."""
    return _SPEECHES[language.partition("-")[0]]
