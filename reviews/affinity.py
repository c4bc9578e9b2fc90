"""How well each person on a panel fits each application, and why.

Affinity in thousandths = 1000 · (0.6 · T + 0.4 · Q), moved by the person's own word:

* T, the share of the application's topics that the person claims, a rare topic weighing more. Without topics
  on either side it is the pool's mean: who filled in nothing is neither favoured nor left out.
* Q, the percentile among the panel of how alike the texts are (cosine of TF-IDF). Without a text it is one half.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any

import numpy as np
from scipy.sparse import csr_array, diags_array

TOPIC_SHARE, TEXT_SHARE = 0.6, 0.4
NEUTRAL = 0.5  # of what is not known
SHARED_WORDS = 6  # that a reason names
COMMON = 0.5  # a word in more than this share of all texts explains nothing
# Scripts that put no space between words: pairs of characters stand in for words.
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "BOPOMOFO", "TIBETAN")


class OwnWord(StrEnum):
    """What the person said about reviewing it."""

    CAN = "can"
    NOT_MY_FIELD = "not_my_field"


MOVES = {OwnWord.CAN: 150, OwnWord.NOT_MY_FIELD: -300}


@dataclass(frozen=True)
class Paper:
    """An application as it is matched: its topics, and its title and summary as one text."""

    id: str
    topics: frozenset[str] = frozenset()
    text: str = ""


@dataclass(frozen=True)
class Person:
    """A panel member: topics, statement and past reviewed work as one text, own words by application id."""

    id: str
    topics: frozenset[str] = frozenset()
    text: str = ""
    words: Mapping[str, OwnWord] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """Why a person fits an application: what they share, and the two parts in per cent where known."""

    topics: tuple[str, ...]
    words: tuple[str, ...]
    own_word: OwnWord | None
    topic_share: int | None
    text_percentile: int | None

    def plain(self) -> dict[str, Any]:
        """Give the reason as values that JSON can hold."""
        return {
            "topics": list(self.topics),
            "words": list(self.words),
            "own_word": None if self.own_word is None else str(self.own_word),
            "topic_share": self.topic_share,
            "text_percentile": self.text_percentile,
        }


@dataclass(frozen=True, eq=False)
class Affinities:
    """The affinity of every pair (a row per paper, a column per person), and the reason for each."""

    papers: tuple[Paper, ...]
    people: tuple[Person, ...]
    values: np.ndarray
    shares: np.ndarray
    percentiles: np.ndarray
    texts: "Texts"

    def match(self, paper: str, person: str) -> Match:
        """Say why a person fits an application."""
        row, column = self._rows[paper], self._columns[person]
        one, other = self.papers[row], self.people[column]
        share, percentile = self.shares[row, column], self.percentiles[row, column]
        return Match(
            topics=tuple(sorted(one.topics & other.topics)),
            words=self.texts.shared(row, len(self.papers) + column),
            own_word=other.words.get(one.id),
            topic_share=None if np.isnan(share) else round(100 * share),
            text_percentile=None if np.isnan(percentile) else round(100 * percentile),
        )

    def why(self, paper: str, person: str) -> dict[str, Any]:
        """Say why a person fits an application, as values that JSON can hold."""
        return self.match(paper, person).plain()

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {paper.id: row for row, paper in enumerate(self.papers)}

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {person.id: column for column, person in enumerate(self.people)}


@dataclass(frozen=True, eq=False)
class Texts:
    """The words of some texts, weighted by TF-IDF and scaled to length 1."""

    vocabulary: tuple[str, ...]
    weights: csr_array
    common: np.ndarray

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Texts":
        """Count the words of each text; a word in every text weighs nothing."""
        counts = [Counter(words(text)) for text in texts]
        vocabulary = sorted(set().union(*counts)) if counts else []
        number = {word: at for at, word in enumerate(vocabulary)}
        entries = [(row, number[word], count) for row, found in enumerate(counts) for word, count in found.items()]
        rows, columns, values = (np.array(part) for part in zip(*entries, strict=True)) if entries else ([], [], [])
        shape = len(texts), len(vocabulary)
        tally = csr_array((1 + np.log(np.array(values, dtype=float)), (rows, columns)), shape=shape)
        spread = np.bincount(np.array(columns, dtype=np.int64), minlength=shape[1])
        weighted = tally @ diags_array(np.log((1 + shape[0]) / (1 + spread)) + 1e-9)
        length = np.sqrt(weighted.multiply(weighted).sum(axis=1))
        scale = np.divide(1, length, out=np.zeros(shape[0]), where=length > 0)
        return cls(tuple(vocabulary), csr_array(diags_array(scale) @ weighted), spread > max(COMMON * shape[0], 2))

    def alike(self, first: int) -> np.ndarray:
        """Compare each of the first texts with each of the others: the cosine, 0 to 1."""
        return (self.weights[:first] @ self.weights[first:].T).toarray()

    def shared(self, one: int, other: int) -> tuple[str, ...]:
        """Name the words that make two texts alike, the weightiest first."""
        product = np.asarray((self.weights[[one]] * self.weights[[other]]).toarray()).ravel()
        product[self.common] = 0
        best = np.argsort(-product, kind="stable")[:SHARED_WORDS]
        return tuple(self.vocabulary[at] for at in best if product[at] > 0)


def affinities(papers: Iterable[Paper], people: Iterable[Person]) -> Affinities:
    """Value every pair of an application and a panel member in thousandths."""
    papers, people = tuple(papers), tuple(people)
    shares = _topic_shares(papers, people)
    texts = Texts.of([*(paper.text for paper in papers), *(person.text for person in people)])
    percentiles = _percentiles(texts, papers, people)
    values = 1000 * (TOPIC_SHARE * _with_means(shares) + TEXT_SHARE * np.nan_to_num(percentiles, nan=NEUTRAL))
    moved = np.rint(values).astype(np.int64) + _own_words(papers, people)
    return Affinities(papers, people, np.clip(moved, 0, 1000), shares, percentiles, texts)


def words(text: str) -> Iterator[str]:
    """Split a text into comparable words; where a script has no spaces, into pairs of characters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for kind, letters in groupby(folded, _kind):
        run = "".join(letters)
        if kind == "unspaced":
            yield from (run[at : at + 2] for at in range(max(len(run) - 1, 1)))
        elif kind == "spaced" and len(run) > 1:
            yield run


@lru_cache(maxsize=20_000)
def _kind(letter: str) -> str:
    """Tell the letters (with their marks) of the two kinds of script from all else."""
    if unicodedata.category(letter)[0] not in "LNM":
        return "other"
    return "unspaced" if unicodedata.name(letter, "").startswith(UNSPACED) else "spaced"


def _topic_shares(papers: Sequence[Paper], people: Sequence[Person]) -> np.ndarray:
    """Give the share of a paper's topics that a person claims, not a number where either names none."""
    spread = Counter(topic for paper in papers for topic in paper.topics)
    weight = {topic: float(np.log((1 + len(papers)) / (1 + count))) + 1 for topic, count in spread.items()}
    number = {topic: at for at, topic in enumerate(sorted(spread))}
    wanted, claimed = np.zeros((len(papers), len(number))), np.zeros((len(people), len(number)))
    for row, paper in enumerate(papers):
        for topic in paper.topics:
            wanted[row, number[topic]] = weight[topic]
    for row, person in enumerate(people):
        claimed[row, [number[topic] for topic in person.topics if topic in number]] = 1
    whole = wanted.sum(axis=1, keepdims=True)
    shares = np.divide(wanted @ claimed.T, whole, out=np.full((len(papers), len(people)), np.nan), where=whole > 0)
    shares[:, [not person.topics for person in people]] = np.nan
    return shares


def _with_means(shares: np.ndarray) -> np.ndarray:
    """Put the pool's mean where no share is known: that of the paper, else that of all, else one half."""
    known = ~np.isnan(shares)
    sums, counts = np.where(known, shares, 0).sum(axis=1), known.sum(axis=1)
    overall = sums.sum() / counts.sum() if counts.sum() else NEUTRAL
    means = np.divide(sums, counts, out=np.full(len(shares), overall), where=counts > 0)
    return np.where(known, shares, means[:, None])


def _percentiles(texts: Texts, papers: Sequence[Paper], people: Sequence[Person]) -> np.ndarray:
    """Rank the people with a text by how alike it is to a paper's; ties share the middle of their ranks."""
    percentiles = np.full((len(papers), len(people)), np.nan)
    readable = [row for row, paper in enumerate(papers) if any(words(paper.text))]
    known = [column for column, person in enumerate(people) if any(words(person.text))]
    if readable and known:
        # Rounded, so that equal texts tie whatever the order of the sums.
        alike = np.round(texts.alike(len(papers))[np.ix_(readable, known)], 12)
        percentiles[np.ix_(readable, known)] = (np.apply_along_axis(_ranks, 1, alike) - 0.5) / len(known)
    return percentiles


def _ranks(values: np.ndarray) -> np.ndarray:
    """Rank values from 1; equal ones share the middle. SciPy's own takes a second to import, in every process."""
    _, place, ties = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(ties) - (ties - 1) / 2)[place]


def _own_words(papers: Sequence[Paper], people: Sequence[Person]) -> np.ndarray:
    moves = np.zeros((len(papers), len(people)), dtype=np.int64)
    row = {paper.id: at for at, paper in enumerate(papers)}
    for column, person in enumerate(people):
        for paper, word in person.words.items():
            if paper in row:
                moves[row[paper], column] = MOVES[word]
    return moves
