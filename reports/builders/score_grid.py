"""Scores as a grid: criterion by reviewer, with what they add up to. All figures are given, none computed here."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.pdf.blocks import Block, heading, paragraph
from core.pdf.styles import CAPTION, TABLE
from core.pdf.tables import Column, Table
from core.pdf.words import Span, Text, value

NONE_GIVEN = "–"
_HEADS_IN_FULL = 4


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One column of the grid: the name or label that the recipient may see, and the stakeholder group."""

    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class CriterionScores:
    """One row: a score per reviewer, in their order; ``None`` where none was given."""

    criterion: str
    weight: Decimal
    scores: tuple[Decimal | None, ...]
    mean: Decimal | None = None
    spread: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GroupMean:
    """What one stakeholder group gave on average, and how many of them scored."""

    group: str
    reviewers: int
    mean: Decimal | None


@dataclass(frozen=True, slots=True)
class ScoreGrid:
    """All scores of one application that the recipient may see."""

    scale: str
    reviewers: tuple[Reviewer, ...]
    criteria: tuple[CriterionScores, ...]
    totals: tuple[Decimal | None, ...] = ()
    mean: Decimal | None = None
    spread: Decimal | None = None
    groups: tuple[GroupMean, ...] = ()


def score_blocks(grid: ScoreGrid) -> Iterator[Block]:
    """Return the grid under its heading."""
    yield heading("Scores")
    yield paragraph(f"Scale: {grid.scale}. {NONE_GIVEN} where no score was given.", CAPTION)
    heads = [_reviewer(reviewer) for reviewer in grid.reviewers]
    if len(heads) > _HEADS_IN_FULL:
        yield paragraph(_legend(grid.reviewers), CAPTION)
        heads = [f"{number}" for number in range(1, len(heads) + 1)]
    columns = [
        Column("Criterion", share=4),
        Column("Weight", fits=True, is_number=True),
        *(Column(head, is_number=True) for head in heads),
        Column("Mean", fits=True, is_number=True),
        Column("Spread", fits=True, is_number=True),
    ]
    cells: list[list[Text]] = [
        [
            value(row.criterion),
            f"{row.weight.normalize():f}",
            *map(_score, row.scores),
            rounded(row.mean),
            rounded(row.spread),
        ]
        for row in grid.criteria
    ]
    totals = [rounded(total) for total in grid.totals] or [""] * len(grid.reviewers)
    foot: list[Text] = ["Weighted score", "", *totals, rounded(grid.mean), rounded(grid.spread)]
    yield Table(columns, cells, foot=[foot], style=TABLE, gutter=9, before=2)


def _reviewer(reviewer: Reviewer) -> Text:
    return [value(reviewer.label), "\n", value(reviewer.group)] if reviewer.group else value(reviewer.label)


def _legend(reviewers: tuple[Reviewer, ...]) -> Text:
    """Name the reviewers by number, where their names do not fit above the columns."""
    spans: list[str | Span] = []
    for number, reviewer in enumerate(reviewers, start=1):
        spans += [f"{' · ' if spans else ''}{number}\u00a0", value(reviewer.label)]
        if reviewer.group:
            spans += [", ", value(reviewer.group)]
    return spans


def _score(score: Decimal | None) -> str:
    return NONE_GIVEN if score is None else f"{score.normalize():f}"


def rounded(figure: Decimal | None) -> str:
    """Write a mean or a spread with two decimals, rounded once, here."""
    return NONE_GIVEN if figure is None else f"{figure.quantize(Decimal('0.01'), ROUND_HALF_UP)}"


def group_blocks(groups: tuple[GroupMean, ...]) -> list[Block]:
    """Return the means of the stakeholder groups."""
    if not groups:
        return []
    columns = [
        Column("Group"),
        Column("Reviewers", fits=True, is_number=True),
        Column("Mean", fits=True, is_number=True),
    ]
    cells: list[list[Text]] = [[value(each.group), f"{each.reviewers:,}", rounded(each.mean)] for each in groups]
    return [heading("Means by stakeholder group"), Table(columns, cells, before=2)]
