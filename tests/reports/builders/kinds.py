"""Every kind of document that we set, under the name by which it is registered, with terms to change."""

import hashlib
from collections.abc import Callable
from typing import Any

from reports.builders.application_copy import build_application_copy
from reports.builders.application_summary import build_application_summary
from reports.builders.award_letter import build_award_letter
from reports.builders.feedback import build_feedback
from reports.builders.minutes import build_minutes
from reports.builders.outcome_letter import build_outcome_letter
from reports.builders.own_reviews import build_own_reviews
from reports.builders.panel_book import build_panel_book
from reports.builders.payment_schedule import build_payment_schedule
from reports.builders.programme import build_programme
from reports.builders.questions import build_questions_pdf
from reports.builders.ranking_report import build_ranking_report
from reports.builders.receipt import build_receipt
from reports.builders.register import build_register
from tests.reports.builders import terms

type Build = Callable[[Any], bytes]
type Terms = Callable[..., Any]

KINDS: dict[str, tuple[Build, Terms]] = {
    "award-letter": (build_award_letter, terms.award),
    "outcome-letter": (build_outcome_letter, terms.outcome),
    "application-summary": (build_application_summary, terms.summary),
    "application-copy": (build_application_copy, terms.application),
    "panel-book": (build_panel_book, terms.book),
    "application-receipt": (build_receipt, terms.receipt),
    "meeting-minutes": (build_minutes, terms.minutes),
    "ranking-report": (build_ranking_report, terms.ranking),
    "payment-schedule": (build_payment_schedule, terms.schedule),
    "review-feedback": (build_feedback, terms.feedback),
    "own-reviews": (build_own_reviews, terms.own_reviews),
    "programme-report": (build_programme, terms.programme),
    "award-register": (build_register, terms.register),
    "call-questions-pdf": (build_questions_pdf, terms.questions),
}
NOT_SET = {"call-questions-docx", "applications-export", "reviews-export"}
"""Kinds that are no pages of ours: tables and texts to work on."""


def digests_of(codes: list[str]) -> list[str]:
    """Set some kinds, and return what tells their bytes from any others."""
    found = []
    for build, made_up in map(KINDS.__getitem__, codes):
        found.append(hashlib.sha256(build(made_up(title=f"{terms.TITLE} حماية 保護"))).hexdigest())
    return found
