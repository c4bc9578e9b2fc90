"""Sentences out of what people wrote, word for word, in any script."""

import re

MOST = 200
ASKS = ("?", "？", "؟", "⸮", "՞")
_END = re.compile(r"(?<=[。！？])|(?<=[.!?…؟।])(?=\s+[^a-zß-ÿ\s])|\n+")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text: they end at a mark that no small letter follows, and at the end of a line."""
    return [found for each in _END.split(text) if (found := " ".join((each or "").split()))]


def opening(text: str) -> str:
    """Return the first sentence, cut after a whole word where it is long."""
    first = next(iter(sentences(text)), "")
    if len(first) <= MOST:
        return first
    return f"{first[:MOST].rsplit(' ', 1)[0]} …"


def questions_in(text: str) -> list[str]:
    """Return the sentences that ask something."""
    return [each for each in sentences(text) if each.endswith(ASKS)]
