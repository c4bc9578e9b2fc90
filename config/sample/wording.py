"""Choose words by a seed: the same seed gives the same text on every machine and Python."""

import hashlib
import json
import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

ALTERNATIVES = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
SENTENCE_END = re.compile(r"(?<=[.?!;:] )")
SLOT = re.compile(r"\{(\w+)\}")
ARTICLE_BEFORE_VOWEL = re.compile(r"\b([Aa]) (?=[aeiou8])(?!(?:one|once|uni|use|usa|usu|eu))", re.IGNORECASE)

ARTICLE_BEFORE_CONSONANT = re.compile(r"\b([Aa])n (?=[bcdfgjklmnpqrstvwz])")


@cache
def corpus(name: str) -> Any:
    """Read one file of the corpus. Do not change what it returns: it is shared."""
    return json.loads(resources.files("config.sample").joinpath("corpus", f"{name}.json").read_text(encoding="utf-8"))


class Chooser:
    """Draw from a stream that depends on nothing but the given names."""

    def __init__(self, *names: object) -> None:
        self.names = names
        digest = hashlib.sha256("\x1f".join(map(str, names)).encode()).digest()
        self.source = random.Random(int.from_bytes(digest, "big"))

    def aside(self, name: str) -> "Chooser":
        """Return another stream, so that what it draws changes nothing of what this one draws."""
        return Chooser(*self.names, name)

    def fraction(self) -> float:
        return self.source.random()

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self.fraction() * (high - low + 1))

    def one[T](self, options: Sequence[T]) -> T:
        return options[int(self.fraction() * len(options))]

    def some[T](self, options: Sequence[T], count: int) -> list[T]:
        """Return `count` different options (fewer if there are not as many), in random order."""
        return self.shuffled(options)[:count]

    def shuffled[T](self, options: Sequence[T]) -> list[T]:
        order = list(options)
        for last in range(len(order) - 1, 0, -1):
            other = int(self.fraction() * (last + 1))
            order[last], order[other] = order[other], order[last]
        return order

    def bell(self) -> float:
        """Return a value from about a standard normal distribution, within ±3."""
        return max(-3.0, min(3.0, sum(self.fraction() for _ in range(12)) - 6))

    def chance(self, probability: float) -> bool:
        return self.fraction() < probability


def compose(text: str, *, by: Chooser, slots: Mapping[str, object]) -> str:
    """Settle the alternatives `[a|b]` and fill the slots `{name}` of a text.

    Within a sentence all alternatives with the same number of options take the same turn, so that a subject and its
    verb agree: "[A child|Children] [tells|tell]". An alternative may hold slots, and a slot's value alternatives.
    An unknown slot is an error.
    """
    for _ in range(4):
        if not (ALTERNATIVES.search(text) or SLOT.search(text)):
            break
        text = "".join(settle_sentence(sentence, by) for sentence in SENTENCE_END.split(text))
        text = SLOT.sub(lambda found: str(slots[found[1]]), text)
    return tidy(text)


def settle_sentence(sentence: str, by: Chooser) -> str:
    turns: dict[int, int] = {}

    def settle(found: re.Match[str]) -> str:
        options = found[1].split("|")
        turn = turns.setdefault(len(options), by.whole(0, len(options) - 1))
        return options[turn]

    return ALTERNATIVES.sub(settle, sentence)


def tidy(text: str) -> str:
    """Mend what joining leaves: double spaces, "a" before a vowel, small letters after a stop."""
    text = re.sub(r" {2,}", " ", text).replace(" ,", ",").replace(" .", ".").strip()
    text = ARTICLE_BEFORE_VOWEL.sub(r"\1n ", text)
    text = ARTICLE_BEFORE_CONSONANT.sub(r"\1 ", text)
    return re.sub(r"((?:^|[.?!] |\n)[“(]?)([a-z])", lambda found: found[1] + found[2].upper(), text)


def phrase(text: str) -> str:
    """Return the text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]
