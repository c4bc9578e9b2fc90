"""The award letter: what is offered, on which terms, and until when it can be accepted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.money import exact
from core.pdf.blocks import Block, Columns, Gap, Hanging, Together, heading, paragraph, part, prose, title
from core.pdf.document import make_document
from core.pdf.styles import AMOUNT, BODY, CLAUSE, NOTE, PLAIN
from core.pdf.tables import Column, Table
from core.pdf.words import Span, Text, emphasised, strong, value
from reports.builders.clauses import Clause
from reports.builders.issue import SIGNING_ROOM, InconsistentTerms, Issue, Signatory, proof, signature
from reports.builders.wording import amount_in_words, day, listed, money, period, sentence, weekday_moment


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment: what it is called, when it falls due, how much, and what must be done first."""

    name: str
    due: date
    amount: Decimal
    paid_once: str = ""


@dataclass(frozen=True, slots=True)
class ReportDue:
    """One report that the grantee owes."""

    name: str
    due: date
    covers: str = ""


@dataclass(frozen=True, slots=True)
class AwardLetterTerms:
    """Everything that an award letter says."""

    issue: Issue
    award_number: str
    written_on: date
    decided_on: date
    grantee: str
    address: tuple[str, ...]
    grantee_signatory: Signatory
    principal_investigator: str
    title: str
    purpose: str
    amount: Decimal
    currency: str
    starts_on: date
    ends_on: date
    instalments: tuple[Instalment, ...]
    reports: tuple[ReportDue, ...]
    accept_by: datetime
    fund_signatory: Signatory
    clauses: tuple[Clause, ...]
    conditions: tuple[str, ...] = ()
    is_advised_by_panel: bool = True
    panel_view: str = ""
    accept_address: str = ""


def build_award_letter(terms: AwardLetterTerms) -> bytes:
    """Set the letter and return the PDF, or raise InconsistentTerms where the sums do not agree."""
    _check(terms)
    imprint = terms.issue.imprint(
        kind="Award letter",
        reference=terms.award_number,
        dated=terms.written_on,
        title=f"Award letter {terms.award_number}: {terms.title}",
    )
    return make_document(imprint, _blocks(terms))


def _check(terms: AwardLetterTerms) -> None:
    total = sum((each.amount for each in terms.instalments), Decimal())
    if terms.instalments and total != terms.amount:
        raise InconsistentTerms(
            f"The instalments add up to {money(total, terms.currency)}, but the award is "
            f"{money(terms.amount, terms.currency)}. Mend the payment schedule."
        )


def _blocks(terms: AwardLetterTerms) -> Iterator[Block]:
    yield _addresses(terms)
    yield title("We are glad to offer you a grant")
    yield paragraph(_opening(terms))
    yield _offer(terms)
    yield from _payments(terms)
    yield heading("Purpose")
    yield from prose(terms.purpose)
    yield from _reports(terms)
    yield from _conditions(terms)
    yield _acceptance(terms)
    yield from _clauses(terms)


def _addresses(terms: AwardLetterTerms) -> Columns:
    to = [terms.grantee, *terms.address]
    attention: Text = ["For the attention of ", value(terms.grantee_signatory.name)]
    about: list[Text] = [
        day(terms.written_on),
        f"Decision of {day(terms.decided_on)}",
        ["Principal investigator: ", value(terms.principal_investigator)],
    ]
    return Columns(
        [
            [paragraph(value(line), PLAIN) for line in to] + [paragraph(attention, PLAIN)],
            [paragraph(line, PLAIN) for line in about],
        ],
        after=6,
    )


def _opening(terms: AwardLetterTerms) -> Text:
    decided = "On the advice of its panel, the fund has" if terms.is_advised_by_panel else "The fund has"
    opening: list[str | Span] = [f"{decided} decided to support ", emphasised(terms.title), "."]
    return [*opening, f" {sentence(terms.panel_view)}"] if terms.panel_view else opening


def _offer(terms: AwardLetterTerms) -> Columns:
    amount = [
        heading("Amount"),
        paragraph(money(terms.amount, terms.currency), AMOUNT),
        paragraph(amount_in_words(terms.amount, terms.currency), PLAIN),
    ]
    deadline: Text = [strong(f"{weekday_moment(terms.accept_by)}."), " After this the offer lapses."]
    dates = [
        heading("Period"),
        paragraph(period(terms.starts_on, terms.ends_on), PLAIN),
        heading("Please accept by"),
        paragraph(deadline, PLAIN),
    ]
    return Columns([amount, dates], before=14, after=12)


def _payments(terms: AwardLetterTerms) -> Iterator[Block]:
    if not terms.instalments:
        return
    columns = [
        Column("Instalment", fits=True),
        Column("When", fits=True),
        Column("Paid once"),
        Column(terms.currency, fits=True, is_number=True),
    ]
    cells = [
        [each.name, day(each.due), each.paid_once, exact(each.amount, terms.currency)] for each in terms.instalments
    ]
    yield Table(columns, cells, foot=[["Award", "", "", exact(terms.amount, terms.currency)]])


def _reports(terms: AwardLetterTerms) -> Iterator[Block]:
    if not terms.reports:
        return
    yield heading("Reports")
    columns = [Column("Report", fits=True), Column("Due", fits=True), Column("Covers")]
    rows = [[each.name, day(each.due), each.covers] for each in terms.reports]
    if not any(each.covers for each in terms.reports):
        columns, rows = [Column("Report"), Column("Due", fits=True)], [row[:2] for row in rows]
    yield Table(columns, rows, before=2)


def _conditions(terms: AwardLetterTerms) -> Iterator[Block]:
    if not terms.conditions:
        return
    yield heading("Special conditions")
    for number, condition in enumerate(terms.conditions, start=1):
        yield Hanging(f"{number}.", sentence(condition), BODY)


def _acceptance(terms: AwardLetterTerms) -> Together:
    grantee = terms.grantee_signatory
    return Together(
        [
            heading("Acceptance"),
            paragraph(_how_to_accept(terms)),
            Gap(SIGNING_ROOM),
            Columns(
                [
                    signature(terms.fund_signatory, ["for the ", value(terms.issue.fund)]),
                    signature(grantee, ["accepted for ", value(terms.grantee), ", date"]),
                ]
            ),
            *proof(terms.issue),
        ]
    )


def _how_to_accept(terms: AwardLetterTerms) -> Text:
    bound = [
        *(["special conditions"] if terms.conditions else []),
        *(["standard clauses"] if terms.clauses else []),
    ]
    part_of_it = f"The {listed(bound)} are part of this offer. " if bound else ""
    where = f" You can accept at {terms.accept_address}." if terms.accept_address else ""
    return (
        f"{part_of_it}The offer becomes an award when an authorised signatory of the grantee accepts it by "
        f"{weekday_moment(terms.accept_by)}.{where} Thank you for doing this work."
    )


def _clauses(terms: AwardLetterTerms) -> Iterator[Block]:
    if not terms.clauses:
        return
    yield part("Standard clauses")
    yield paragraph(["These clauses are part of award ", value(terms.award_number), "."], NOTE)
    for number, clause in enumerate(terms.clauses, start=1):
        yield Hanging(f"{number}.", [strong(f"{clause.title}."), f" {clause.text}"], CLAUSE, indent=20)
