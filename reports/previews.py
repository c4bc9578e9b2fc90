"""What a template makes of a real record, for whoever writes it: the letter's pages, and nothing that is kept."""

import json
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pypdfium2
from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core import clock
from core.documents.models import IssuedLetter
from core.pdf.shaping import MissingGlyph
from core.people.models import User
from fund.models import Award
from reports.builders.award_letter import build_award_letter
from reports.builders.issue import InconsistentTerms
from reports.builders.outcome_letter import build_outcome_letter
from reports.builders.template.check import faults_of
from reports.builders.template.kinds import AWARD_LETTER, KINDS
from reports.terms.award_letter import award_letter_terms
from reports.terms.outcome_letter import outcome_letter_terms
from reviews.models import Decision
from reviews.models.selection import calls_partly_shut_to

KEPT_SECONDS = 900
MOST_PAGES = 12
_SCALE = 1.6
HOLDING = (InconsistentTerms, MissingGlyph)
"""What stops a letter, and so its preview."""


@dataclass(frozen=True)
class Preview:
    """One letter that may be looked at page by page for a while, or why there is none."""

    code: str = ""
    pages: tuple[str, ...] = ()
    record: str = ""
    problems: tuple[str, ...] = ()
    is_held: bool = False
    """Whether it is the record that lacks something, not the text."""


def records_for(kind: str, viewer: User) -> QuerySet[Any]:
    """Return what a letter can be shown on: what the viewer may read the letter of, the newest first."""
    if kind == AWARD_LETTER.code:
        return Award.objects.visible_to_fund(viewer).select_related("fund").order_by("-pk")
    found = Decision.objects.visible_to(viewer).filter(state=Decision.State.RELEASED)
    found = found.exclude(outcome=Decision.Outcome.FUND).exclude(application__in=viewer.teams.values("application"))
    rows = found.select_related("application__call__fund", "application__host", "release")
    return rows.order_by("-pk")


def number_of(record: Any) -> str:
    """Return the number or reference by which a record is asked for."""
    return str(record.number if isinstance(record, Award) else record.application.reference)


def named(kind: str, number: str, viewer: User) -> Any | None:
    """Return the record of this number, or the newest if none is named; None where the viewer sees none such."""
    found = records_for(kind, viewer)
    if number:
        found = found.filter(**{"number" if kind == AWARD_LETTER.code else "application__reference": number.strip()})
    return found.first()


def make(kind: str, language: str, text: str, number: str, viewer: User) -> Preview:
    """Set the letter of a record, and keep for a while what it is made of, so that its pages can be drawn."""
    if faults := faults_of(text, KINDS[kind]):
        return Preview(problems=tuple(_("Line %(line)s: %(message)s") % fault._asdict() for fault in faults[:20]))
    record = named(kind, number, viewer)
    if record is None:
        missing = _("There is no such record, or it is not open to you.") if number else _("No letter was made yet.")
        return Preview(problems=(missing,))
    try:
        pdf = _set(kind, language, text, record, viewer)
    except HOLDING as held:
        return Preview(record=number_of(record), problems=(str(held),), is_held=True)
    kept = {"kind": kind, "language": language, "text": text, "number": number_of(record), "viewer": viewer.pk}
    code = salted_hmac("letter-preview", json.dumps(kept), algorithm="sha256").hexdigest()[:32]
    cache.set(f"letter-preview:{code}", kept, KEPT_SECONDS)
    return Preview(code, _texts_of(pdf), number_of(record))


def page_of(code: str, page: int, viewer: User) -> bytes | None:
    """Draw one page of a preview for the person who asked for it, if the record is still open to them."""
    kept = cache.get(f"letter-preview:{code}")
    if kept is None or kept["viewer"] != viewer.pk:
        return None
    record = named(kept["kind"], kept["number"], viewer)
    if record is None:
        return None
    try:
        pdf = _set(kept["kind"], kept["language"], kept["text"], record, viewer)
    except HOLDING:
        return None
    with pypdfium2.PdfDocument(pdf) as document:
        return _draw(document[page - 1]) if 0 < page <= min(len(document), MOST_PAGES) else None


def _set(kind: str, language: str, text: str, record: Any, viewer: User) -> bytes:
    """Set the letter, without the figures of a call of which something is shut to the viewer."""
    letter = IssuedLetter(series="PREVIEW", sequence=0, code="PREVIEW", entered_at=clock.now())
    if kind == AWARD_LETTER.code:
        address = settings.SITE_URL + reverse("awards:detail", args=[record.number])
        return build_award_letter(award_letter_terms(record, letter, accept_address=address, language=language), text)
    terms = outcome_letter_terms(record, letter, language=language)
    if calls_partly_shut_to(viewer).filter(call=record.application.call_id).exists():
        terms = replace(terms, applied=None, funded=None)
    return build_outcome_letter(terms, text)


def _draw(page: Any) -> bytes:
    out = BytesIO()
    page.render(scale=_SCALE).to_pil().convert("RGB").save(out, "PNG")
    return out.getvalue()


def _texts_of(pdf: bytes) -> tuple[str, ...]:
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(page.get_textpage().get_text_bounded() for page in list(document)[:MOST_PAGES])
