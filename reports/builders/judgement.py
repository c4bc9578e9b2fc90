"""How an application was judged, as one recipient may know it: scores, counts, what stands out, what is left to ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.pdf.blocks import Block, Columns, Hanging, heading, paragraph, prose
from core.pdf.styles import CAPTION, COMPACT, LABEL
from core.pdf.tables import Column, Table
from core.pdf.words import Span, Text, strong, value
from reports.builders.score_grid import Reviewer, ScoreGrid, group_blocks, rounded, score_blocks


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one reviewer wrote, as far as the recipient may read it; the comments by criterion."""

    reviewer: Reviewer
    comments: tuple[tuple[str, str], ...] = ()
    for_applicant: str = ""
    for_panel: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of one reviewer, word for word."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """A criterion that stands out, for better or worse: its mean, and what was written of it."""

    criterion: str
    mean: Decimal
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that a recipient may know of how others judge an application.

    `merits` counts reviewers by the overall merit that they gave, `votes` the members by how they voted in the
    meeting; `advice` is what the panel recommends. `divided` says where the scores are far apart.
    """

    scores: ScoreGrid | None = None
    merits: tuple[tuple[str, int], ...] = ()
    votes: tuple[tuple[str, int], ...] = ()
    advice: str = ""
    strengths: tuple[Point, ...] = ()
    weaknesses: tuple[Point, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    divided: tuple[str, ...] = ()
    questions: tuple[Quote, ...] = ()


def judgement_blocks(judged: Judgement) -> Iterator[Block]:
    """Return the scores, the counts, what stands out, every reviewer's words, and the questions that are left."""
    if judged.scores:
        yield from score_blocks(judged.scores)
    yield from _beside(group_blocks(judged.scores.groups) if judged.scores else [], _merits(judged.merits))
    yield from _beside(_votes(judged.votes), _advice(judged.advice))
    yield from _points("Strengths", judged.strengths)
    yield from _points("Weaknesses", judged.weaknesses)
    yield from _opinions(judged.opinions)
    yield from _questions(judged)


def _beside(left: list[Block], right: list[Block]) -> Iterator[Block]:
    """Set two parts side by side; what is there begins at the left."""
    if left or right:
        yield Columns([left, right] if left else [right, []], before=12)


def _merits(merits: tuple[tuple[str, int], ...]) -> list[Block]:
    return _counts("Reviewers by overall merit", ("Overall merit", "Reviewers"), merits)


def _votes(votes: tuple[tuple[str, int], ...]) -> list[Block]:
    return _counts("How the panel voted", ("Vote", "Members"), votes)


def _counts(name: str, heads: tuple[str, str], counts: tuple[tuple[str, int], ...]) -> list[Block]:
    if not counts:
        return []
    columns = [Column(heads[0]), Column(heads[1], fits=True, is_number=True)]
    return [heading(name), Table(columns, [[value(each), f"{count:,}"] for each, count in counts], before=2)]


def _advice(advice: str) -> list[Block]:
    return [heading("The panel recommends"), paragraph(advice, COMPACT)] if advice else []


def _points(name: str, points: tuple[Point, ...]) -> Iterator[Block]:
    if points:
        yield heading(name)
    for point in points:
        text: list[str | Span] = [strong(point.criterion), f", mean {rounded(point.mean)}"]
        for quote in point.quotes:
            text += ["\n", *_quoted(quote)]
        yield Hanging("–", text, COMPACT, indent=12)


def _quoted(quote: Quote) -> list[str | Span]:
    return ["“", value(quote.text), "” ", value(quote.who)]


def _opinions(opinions: tuple[Opinion, ...]) -> Iterator[Block]:
    if opinions:
        yield heading("What the reviewers wrote")
    for opinion in opinions:
        who = opinion.reviewer
        yield paragraph([value(who.label), ", ", value(who.group)] if who.group else value(who.label), LABEL)
        for criterion, text in opinion.comments:
            yield paragraph([strong(f"{criterion}. "), value(text)], COMPACT)
        yield from prose(opinion.for_applicant, COMPACT)
        if opinion.for_panel:
            yield paragraph("For the panel only", CAPTION)
            yield from prose(opinion.for_panel, COMPACT)


def _questions(judged: Judgement) -> Iterator[Block]:
    texts: list[Text] = [*judged.divided, *map(_quoted, judged.questions)]
    if texts:
        yield heading("Questions for the panel")
    for text in texts:
        yield Hanging("–", text, COMPACT, indent=12)
