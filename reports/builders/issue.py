"""What every issued document carries besides its content: its number, and who signs it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from core.pdf.blocks import Block, Columns, Gap, Rule, paragraph
from core.pdf.codes import QrCode
from core.pdf.document import Imprint
from core.pdf.styles import INK, MM, PLAIN, REFERENCE
from core.pdf.words import Text, value
from reports.builders.languages import ENGLISH, Speech

SIGNING_ROOM = 17 * MM
_CODE = 18 * MM
_PROOF = REFERENCE


@dataclass(frozen=True, slots=True)
class Issue:
    """Who issues a document, under which number, and where it can be checked."""

    fund: str
    number: str = ""
    version: int = 1
    verify_address: str = ""
    verify_link: str = ""
    paper: Literal["A4", "Letter"] = "A4"
    language: str = "en"

    def imprint(
        self,
        *,
        kind: str,
        reference: str,
        title: str,
        dated: date,
        notice: Text = "",
        foot: str = "",
        speech: Speech = ENGLISH,
    ) -> Imprint:
        """Return what stands at the head and foot of each page, in the language in which the document speaks."""
        words = speech.words
        is_letter = kind in (words.award_letter, words.outcome_letter)
        noun = words.letter if is_letter else f"{kind.rpartition(' ')[2].capitalize()} {{number}}, version {{version}}"
        numbered = speech.fill(noun, number=self.number, version=self.version) if self.number else ""
        check = speech.fill(words.check, address=self.verify_address) if self.verify_address else ""
        return Imprint(
            title=title,
            fund=self.fund,
            kind=kind,
            reference=reference,
            foot=" · ".join(part for part in (numbered, check, foot) if part),
            notice=notice,
            language=self.language,
            paper=self.paper,
            dated=dated,
            is_mirrored=speech.is_rtl,
            page_words=words.page,
        )


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, in which role."""

    name: str
    role: str = ""


def signature(signatory: Signatory, capacity: Text, name_and_position: str = "") -> list[Block]:
    """Set a line to sign on, with who signs and in which capacity; where nobody is named yet, a line for the name."""
    line = Rule(0.75, INK, after=3)
    if not signatory.name:
        return [line, paragraph(capacity, PLAIN), Gap(SIGNING_ROOM), line, paragraph(name_and_position, PLAIN)]
    who: Text = [value(signatory.name), f", {signatory.role}"] if signatory.role else value(signatory.name)
    return [line, paragraph(who, PLAIN), paragraph(capacity, PLAIN)]


def proof(issue: Issue) -> list[Block]:
    """Set the code by which a telephone opens the page that says whether a letter is valid, beside its number."""
    if not issue.verify_link:
        return []
    beside: list[Block] = [
        Gap(_CODE / 2 - 8),
        paragraph(value(issue.number), _PROOF),
        paragraph(value(issue.verify_address), _PROOF),
    ]
    return [Columns([[QrCode(issue.verify_link, _CODE)], beside], gap=12, shares=(_CODE, 440 - _CODE), before=16)]


class InconsistentTerms(ValueError):
    """Terms that contradict each other; the document is held until they are mended."""
