"""Give the texts of the four sample calls and of their form, and answers in the form's own keys."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from config.sample.shapes import Proposal
from config.sample.wording import corpus

CALL_KEYS = ("2021", "closed", "decided", "open")

THEMES: dict[str, tuple[str, str]] = {slug: tuple(words) for slug, words in corpus("calls")["themes"].items()}
"""Slug to label and description."""

FORM: dict[str, Any] = corpus("form")
"""Title, version and sections, each with its questions: key, kind, label, help, limit, required, shown_if."""

GUIDANCE: dict[str, list[str]] = corpus("calls")["guidance"]

SAMPLE_NOTE: str = corpus("calls")["sample_note"]

PLAIN = ("title", "theme", "summary", "local_summary", "background", "question", "impact", "method", "workplan")
PLAIN_AFTER = ("data_management", "team_statement", "duration_months")

ETHICS = {
    "children": "children",
    "decision": "decision",
    "consent": "consent",
    "disclosure": "disclosure_plan",
    "referral": "referral_service",
    "illegal_material": "illegal_material",
    "offender_data": "offender_data",
    "wellbeing": "researcher_wellbeing",
    "data": "data_protection",
    "lead": "safeguarding_lead",
    "committee": "committee_name",
    "status": "committee_status",
    "reference": "committee_reference",
    "harms": "harms",
    "benefits": "benefits",
}
"""Topic of the form's block on ethics to the sample's name of the same."""
GO = ("needed", "help_at_hand", "outweighs")
"""What has to be answered with yes where children take part."""


def call_text(key: str) -> dict[str, Any]:
    """Return one call's texts, sums and dates (`opens` and `closes`, or days from today in `opens_in`, `closes_in`)."""
    return next(call for call in corpus("calls")["calls"] if call["key"] == key)


def answers_of(proposal: Proposal, *, closes_on: date) -> dict[str, Any]:
    """Return the answers by question key, in values that JSON can hold; team, partners and files not included."""
    answers = {key: getattr(proposal, key) for key in (*PLAIN, *PLAIN_AFTER)}
    answers |= {
        "keywords": ", ".join(proposal.keywords),
        "start_on": (closes_on + timedelta(days=proposal.start_on_offset)).isoformat(),
        "content_note": proposal.content_note or "",
        "budget": [asdict(line) for line in proposal.budget],
        "attestation": True,
    }
    return answers | {f"ethics-{topic}": answer for topic, answer in _ethics(proposal, closes_on).items()}


def _ethics(proposal: Proposal, closes_on: date) -> dict[str, Any]:
    ethics = proposal.ethics
    answers: dict[str, Any] = {topic: getattr(ethics, name) for topic, name in ETHICS.items()}
    answers["ages"] = list(ethics.age_bands)
    if ethics.children != "none":
        answers |= dict.fromkeys(GO, "yes")
    if ethics.committee_decided is not None and ethics.committee_expires is not None:
        answers["decided_on"] = (closes_on - timedelta(days=ethics.committee_decided)).isoformat()
        lasts = proposal.start_on_offset + ethics.committee_expires
        answers["expires_on"] = (closes_on + timedelta(days=lasts)).isoformat()
    return answers
