"""What is wrong with the limits of a question: words, characters, least and most."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.forms.kinds import RANGES, Kind
from core.forms.reading import read_date, read_number

MOST_WORDS = 20_000
MOST_CHARACTERS = 200_000
# Thai, Lao, Burmese with its extensions, Khmer: scripts that write no space between words.
_UNSPACED = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f]")

type Found = Iterator[tuple[str, str]]


def limit_faults(raw: Mapping[str, Any]) -> Found:
    """Yield what is wrong with the limits of a text."""
    for name, most in (("max_words", MOST_WORDS), ("max_chars", MOST_CHARACTERS)):
        value = raw.get(name)
        if value is not None and not is_whole(value, 1, most):
            yield name, _("Write the limit as a whole number from 1 to %(most)d.") % {"most": most}
    if raw.get("max_words") and raw.get("max_chars"):
        yield "max_chars", _("Limit the words or the characters, not both.")
    elif raw.get("max_words") and _UNSPACED.search(f"{raw.get('label')} {raw.get('help')}"):
        yield (
            "max_words",
            _("Limit the characters: Thai, Lao, Khmer and Burmese have no spaces between words to count them by."),
        )


def is_whole(value: Any, least: int, most: int) -> bool:
    """Whether a value is a whole number in a range."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def range_faults(raw: Mapping[str, Any], kind: Kind) -> Found:
    """Yield what is wrong with the least and the most of a number, an amount or a date."""
    if kind not in RANGES:
        return
    ends = {}
    for name in ("least", "most"):
        value = raw.get(name)
        if value in (None, ""):
            continue
        try:
            ends[name] = _end(value, kind)
        except ValidationError as error:
            yield name, error.messages[0]
    if len(ends) == 2 and ends["least"] > ends["most"]:
        yield "most", _("The most is less than the least. Change one of them.")


def _end(value: Any, kind: Kind) -> Any:
    if not isinstance(value, str):
        raise ValidationError(_("Write it as a text, with quotes round it."))
    return read_date(value) if kind == Kind.DATE else read_number(value)
