"""Two applications side by side: their long texts, with what stands in both marked."""

from dataclasses import dataclass

from applications import shingles
from applications.models import ApplicationVersion
from applications.search.folding import fold


@dataclass(frozen=True)
class Run:
    """A part of a text; `is_shared` where the other text says the same."""

    text: str
    is_shared: bool


@dataclass(frozen=True)
class Side:
    """One answer, cut where it agrees with the other application and where it does not."""

    label: str
    runs: tuple[Run, ...]


def sides_of(version: ApplicationVersion, other: ApplicationVersion) -> list[Side]:
    """Return the long answers of a version, with the runs of five words marked that the other one has too."""
    known = _runs_in("\n".join(text for _, text in _texts(other)))
    return [Side(label, tuple(_cut(text, known))) for label, text in _texts(version)]


def _texts(version: ApplicationVersion) -> list[tuple[str, str]]:
    answers = [each for section in version.content["sections"] for each in section["answers"]]
    return [(each["label"], str(each["words"])) for each in answers if each["kind"] == "long_text" and each["words"]]


def _runs_in(text: str) -> set[str]:
    words = _units(text)
    folded = [unit for _, unit in words]
    return {" ".join(folded[start : start + shingles.LENGTH]) for start in range(len(folded) - shingles.LENGTH + 1)}


def _units(text: str) -> list[tuple[str, str]]:
    """Return the words of a text as they stand, each with how it is compared."""
    return [(word, fold(word).strip()) for word in text.split()]


def _cut(text: str, known: set[str]) -> list[Run]:
    words = _units(text)
    shared = [False] * len(words)
    for start in range(len(words) - shingles.LENGTH + 1):
        if " ".join(unit for _, unit in words[start : start + shingles.LENGTH]) in known:
            shared[start : start + shingles.LENGTH] = [True] * shingles.LENGTH
    runs: list[Run] = []
    for (word, _), is_shared in zip(words, shared, strict=True):
        if runs and runs[-1].is_shared == is_shared:
            runs[-1] = Run(f"{runs[-1].text} {word}", is_shared)
        else:
            runs.append(Run(word, is_shared))
    return runs
