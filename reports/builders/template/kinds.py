"""What the templates of each kind of letter may name."""

from core.language import lazy
from reports.builders.template.fields import Field, Kind, kind_of

_ADDRESSES = Field("addresses", lazy("addresses, dates and who it is about"), "block", is_needed=True)
_SIGNATURES = Field("signatures", lazy("lines to sign on"), "block", is_needed=True)
_COMMON = (
    _ADDRESSES,
    Field("fund", lazy("name of the fund")),
    Field("project_title", lazy("title of the project")),
    Field("written_on", lazy("date of the letter")),
    Field("decided_on", lazy("date of the decision")),
    _SIGNATURES,
)

AWARD_LETTER = kind_of(
    "award-letter",
    lazy("Award letter"),
    *_COMMON,
    Field("award_number", lazy("number of the award")),
    Field("grantee", lazy("name of the grantee")),
    Field("grantee_signatory", lazy("who signs for the grantee")),
    Field("investigator", lazy("principal investigator")),
    Field("amount", lazy("amount in figures")),
    Field("amount_in_words", lazy("amount in words")),
    Field("period", lazy("first and last day, and months")),
    Field("starts_on", lazy("first day")),
    Field("ends_on", lazy("last day")),
    Field("accept_by", lazy("until when the offer can be accepted")),
    Field("accept_address", lazy("address at which it is accepted"), may_be_missing=True),
    Field("governing_law", lazy("country or countries whose law governs it")),
    Field("courts", lazy("place whose courts decide")),
    Field("advised_by_panel", lazy("whether the panel advised it"), "yes-no"),
    Field("panel_view", lazy("what the panel said"), may_be_missing=True),
    Field("offer", lazy("amount, period and last day to accept, large"), "block", is_needed=True),
    Field("payments", lazy("table of payments"), "block", may_be_missing=True, is_needed=True),
    Field("purpose", lazy("purpose, as it was summarised for the public"), "block", is_needed=True),
    Field("reports", lazy("table of reports"), "block", may_be_missing=True, is_needed=True),
    Field("conditions", lazy("list of special conditions"), "block", may_be_missing=True, is_needed=True),
)

OUTCOME_LETTER = kind_of(
    "outcome-letter",
    lazy("Outcome letter"),
    *_COMMON,
    Field("reference", lazy("reference of the application")),
    Field("call", lazy("title of the call")),
    Field("recipient", lazy("who gets the letter")),
    Field("outcome", lazy("what was decided"), "choice", choices=("reserve", "decline", "ineligible")),
    Field("rationale", lazy("why"), "block", is_needed=True),
    Field("feedback", lazy("what was said by criterion"), "block", may_be_missing=True, is_needed=True),
    Field("applied", lazy("how many applications there were"), may_be_missing=True),
    Field("funded", lazy("how many are funded"), may_be_missing=True),
    Field("next_call", lazy("title of the next call"), may_be_missing=True),
    Field("next_call_opens", lazy("day on which the next call opens"), may_be_missing=True),
    Field("next_call_address", lazy("address of the next call"), may_be_missing=True),
    Field("questions_to", lazy("address for questions"), may_be_missing=True),
)

KINDS: dict[str, Kind] = {kind.code: kind for kind in (AWARD_LETTER, OUTCOME_LETTER)}
