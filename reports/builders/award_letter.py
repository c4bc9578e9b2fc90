"""The award letter: what is offered, on which terms, and until when it can be accepted."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.pdf.blocks import Block, Columns, Hanging, heading, paragraph, prose
from core.pdf.document import make_document
from core.pdf.styles import AMOUNT, BODY, PLAIN
from core.pdf.tables import Column, Table
from core.pdf.words import Text, strong, value
from reports.builders.composing import Blocks, compose
from reports.builders.issue import InconsistentTerms, Issue, Signatory, proof, signature
from reports.builders.languages import Speech, speech_of
from reports.builders.languages.speech import around
from reports.builders.template.kinds import AWARD_LETTER
from reports.builders.template.setting import Values, must_be_there, parts_of
from reports.builders.template.shipped import first_text
from reports.builders.wording import sentence


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
    governing_law: str
    courts: str
    conditions: tuple[str, ...] = ()
    is_advised_by_panel: bool = True
    panel_view: str = ""
    accept_address: str = ""


def build_award_letter(terms: AwardLetterTerms, template: str = "") -> bytes:
    """Set the letter in its language and return the PDF, or raise InconsistentTerms where the terms do not agree.

    Without a template it is the first one of the language.
    """
    speech = speech_of(terms.issue.language)
    _check(terms, speech)
    blocks = _blocks(terms, speech)
    text = template or first_text(AWARD_LETTER.code, terms.issue.language)
    values = _values(terms, speech, blocks)
    must_be_there(AWARD_LETTER, values, "grantee", "investigator")
    parts = parts_of(text, AWARD_LETTER, values)
    imprint = terms.issue.imprint(
        kind=speech.words.award_letter,
        reference=terms.award_number,
        dated=terms.written_on,
        speech=speech,
        title=speech.words.award_title.format(number=terms.award_number, title=terms.title),
    )
    return make_document(imprint, compose(parts, blocks))


def _check(terms: AwardLetterTerms, speech: Speech) -> None:
    total = sum((each.amount for each in terms.instalments), Decimal())
    if terms.instalments and total != terms.amount:
        raise InconsistentTerms(
            f"The instalments add up to {speech.money(total, terms.currency)}, but the award is "
            f"{speech.money(terms.amount, terms.currency)}. Mend the payment schedule."
        )


def _values(terms: AwardLetterTerms, speech: Speech, blocks: Blocks) -> Values:
    return {
        **{name: bool(found) for name, found in blocks.items()},
        "fund": value(terms.issue.fund),
        "project_title": value(terms.title),
        "written_on": speech.day(terms.written_on),
        "decided_on": speech.day(terms.decided_on),
        "award_number": value(terms.award_number),
        "grantee": value(terms.grantee),
        "grantee_signatory": value(terms.grantee_signatory.name),
        "investigator": value(terms.principal_investigator),
        "amount": speech.money(terms.amount, terms.currency),
        "amount_in_words": speech.write_amount(terms.amount, terms.currency),
        "period": speech.period(terms.starts_on, terms.ends_on),
        "starts_on": speech.day(terms.starts_on),
        "ends_on": speech.day(terms.ends_on),
        "accept_by": speech.weekday_moment(terms.accept_by),
        "accept_address": terms.accept_address,
        "governing_law": speech.say(terms.governing_law),
        "courts": speech.say(terms.courts),
        "advised_by_panel": terms.is_advised_by_panel,
        "panel_view": sentence(terms.panel_view),
    }


def _blocks(terms: AwardLetterTerms, speech: Speech) -> Blocks:
    return {
        "addresses": [_addresses(terms, speech)],
        "offer": [_offer(terms, speech)],
        "payments": _payments(terms, speech),
        "purpose": prose(terms.purpose),
        "reports": _reports(terms, speech),
        "conditions": [
            Hanging(f"{number}.", sentence(speech.say(condition)), BODY)
            for number, condition in enumerate(terms.conditions, start=1)
        ],
        "signatures": [_signatures(terms, speech), *proof(terms.issue)],
    }


def _addresses(terms: AwardLetterTerms, speech: Speech) -> Columns:
    words = speech.words
    to: list[Text] = [value(line) for line in (terms.grantee, *terms.address)]
    about: list[Text] = [
        speech.day(terms.written_on),
        words.decision_of.format(day=speech.day(terms.decided_on)),
        around(words.investigator, name=value(terms.principal_investigator)),
    ]
    attention = around(words.attention, name=value(terms.grantee_signatory.name or terms.principal_investigator))
    return Columns([[paragraph(line, PLAIN) for line in lines] for lines in ([*to, attention], about)], after=6)


def _offer(terms: AwardLetterTerms, speech: Speech) -> Columns:
    words = speech.words
    amount = [
        heading(words.amount),
        paragraph(speech.money(terms.amount, terms.currency), AMOUNT),
        paragraph(speech.write_amount(terms.amount, terms.currency), PLAIN),
    ]
    deadline: Text = [strong(f"{speech.weekday_moment(terms.accept_by)}."), f" {words.lapses}"]
    dates = [
        heading(words.period),
        paragraph(speech.period(terms.starts_on, terms.ends_on), PLAIN),
        heading(words.accept_by),
        paragraph(deadline, PLAIN),
    ]
    return Columns([amount, dates], before=14, after=12)


def _payments(terms: AwardLetterTerms, speech: Speech) -> list[Block]:
    if not terms.instalments:
        return []
    words = speech.words
    columns = [
        Column(words.instalment, fits=True),
        Column(words.when, fits=True),
        Column(words.paid_once),
        Column(terms.currency, fits=True, is_number=True),
    ]
    cells = [
        [each.name, speech.day(each.due), speech.say(each.paid_once), speech.exact(each.amount, terms.currency)]
        for each in terms.instalments
    ]
    return [Table(columns, cells, foot=[[words.award, "", "", speech.exact(terms.amount, terms.currency)]])]


def _reports(terms: AwardLetterTerms, speech: Speech) -> list[Block]:
    if not terms.reports:
        return []
    words = speech.words
    columns = [Column(words.report, fits=True), Column(words.due, fits=True), Column(words.covers)]
    rows = [[speech.say(each.name), speech.day(each.due), each.covers] for each in terms.reports]
    if not any(each.covers for each in terms.reports):
        columns, rows = [Column(words.report), Column(words.due, fits=True)], [row[:2] for row in rows]
    return [Table(columns, rows, before=2)]


def _signatures(terms: AwardLetterTerms, speech: Speech) -> Columns:
    words = speech.words
    return Columns(
        [
            signature(terms.fund_signatory, around(words.signs_for, fund=value(terms.issue.fund))),
            signature(
                terms.grantee_signatory,
                around(words.accepts_for, grantee=value(terms.grantee)),
                words.name_and_position,
            ),
        ]
    )
