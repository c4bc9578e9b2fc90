"""What an applicant handed in, as blocks: answers under their questions, the team, the budget."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.money import exact
from core.pdf.blocks import Block, heading, paragraph, prose
from core.pdf.styles import CAPTION, LABEL, NOTE
from core.pdf.tables import Column, Table
from core.pdf.words import Text, value


@dataclass(frozen=True, slots=True)
class Answer:
    """A question as it stood in the form, and the answer as it was submitted."""

    question: str
    answer: str
    has_content_note: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the form."""

    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of the budget as submitted."""

    category: str
    item: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One person of the team as submitted."""

    name: str
    role: str
    organisation: str = ""
    cv: tuple[tuple[str, str], ...] = ()


def answer_blocks(sections: tuple[Section, ...]) -> Iterator[Block]:
    """Set each answer under its question, section by section."""
    for section in sections:
        yield heading(value(section.title))
        for answer in section.answers:
            yield paragraph(value(answer.question), LABEL)
            if answer.has_content_note:
                yield paragraph("With a content note: you may want to be prepared before you read this.", CAPTION)
            if answer.answer.strip():
                yield from prose(answer.answer)
            else:
                yield paragraph("No answer", NOTE)


def team_blocks(team: tuple[TeamMember, ...]) -> Iterator[Block]:
    """Set who does the work, and below what each says of themselves."""
    if not team:
        return
    yield heading("Team")
    columns = [Column("Name", 3), Column("Role", 2), Column("Organisation", 3)]
    yield Table(columns, [[value(each.name), value(each.role), value(each.organisation)] for each in team], before=2)
    for each in team:
        for question, words in each.cv:
            yield paragraph([value(each.name), ": ", value(question)], LABEL)
            yield from prose(words)


def budget_blocks(budget: tuple[BudgetLine, ...], currency: str) -> Iterator[Block]:
    """Set the lines of the budget and their sum."""
    if not budget:
        return
    yield heading("Budget")
    columns = [Column("Category", 2), Column("For", 3), Column(currency, fits=True, is_number=True)]
    cells: list[list[Text]] = [
        [value(line.category), value(line.item), exact(line.amount, currency)] for line in budget
    ]
    total = sum((line.amount for line in budget), Decimal())
    yield Table(columns, cells, foot=[["Total", "", exact(total, currency)]], before=2)
