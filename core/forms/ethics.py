"""The built-in block “ethics and safeguarding”, in the shape of ECPAT International's guidelines of 2019.

One question of the kind `ethics` stands for all of them, with keys `<its key>-<topic>`: stop or go, the seven topics,
harms and benefits.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WITH_CHILDREN = ["data", "direct"]

STOP_OR_GO: list[dict[str, Any]] = [
    {
        "key": "children", "kind": "choice", "label": _("Do children take part in the research?"),
        "heading": _("Stop or go"), "required": True,
        "help": _("Choose the closest. The questions that follow depend on it."),
        "choices": [
            ["none", _("No children, and no data about identifiable children")],
            ["data", _("Data only, that was collected for another purpose")],
            ["direct", _("Children take part directly")],
        ],
    },
    {
        "key": "needed", "kind": "yes_no", "required": True, "if": ("children", WITH_CHILDREN),
        "label": _("Is it impossible to answer the question without children?"),
        "help": _("With adults, with what is published, or with data that nobody can be identified by."),
        "stops": [["no", _(
            "Stop here: what can be learnt without children is learnt without them. "
            "Change the design, and answer above that no children take part."
        )]],
    },
    {
        "key": "help_at_hand", "kind": "yes_no", "required": True, "if": ("children", ["direct"]),
        "label": _("Can every child who takes part get help at once, near where they are?"),
        "stops": [["no", _(
            "Stop here: without help at hand, no child takes part. "
            "Find a service that agrees to help, or answer above that no children take part directly."
        )]],
    },
    {
        "key": "ages", "kind": "choices", "label": _("Ages of the children"), "required": True,
        "if": ("children", WITH_CHILDREN), "help": _("All that apply."),
        "choices": [
            ["under 10", _("Under 10")], ["10 to 12", _("10 to 12")],
            ["13 to 15", _("13 to 15")], ["16 to 17", _("16 to 17")],
        ],
    },
    {
        "key": "decision", "kind": "long_text", "label": _("Why you decided so"), "required": True, "max_words": 250,
        "help": _("An honest “we decided not to involve children, because …” is a good answer."),
    },
]  # fmt: skip

SEVEN_TOPICS: list[dict[str, Any]] = [
    {
        "key": "consent", "kind": "long_text", "label": _("Consent and assent"), "heading": _("Seven topics"),
        "required": True, "max_words": 150,
        "help": _("How do people agree, how does each child agree, and how can they stop?"),
    },
    {
        "key": "disclosure", "kind": "long_text", "label": _("If someone tells of abuse"), "required": True,
        "max_words": 150,
        "help": _("Who is told, within which time, by which law, and what participants are told beforehand."),
    },
    {
        "key": "referral", "kind": "short_text", "label": _("Referral service"), "required": True, "max_chars": 200,
        "help": _("Who gives help, and how soon."),
    },
    {
        "key": "illegal_material", "kind": "long_text", "label": _("Illegal material"), "required": True,
        "max_words": 100,
        "help": _("The default is that you do not handle any. Images and video must never be uploaded here."),
    },
    {
        "key": "offender_data", "kind": "long_text", "label": _("Data about people who offended"), "required": True,
        "max_words": 100, "help": _("What, from whom, by which permission. Write “None” if none."),
    },
    {
        "key": "wellbeing", "kind": "long_text", "label": _("Wellbeing of the team"), "required": True,
        "max_words": 100,
        "help": _("Limits of exposure, supervision, time off, also for translators and transcribers."),
    },
    {
        "key": "data", "kind": "long_text", "label": _("Where data are kept"), "required": True, "max_words": 100,
        "help": _("Country, encryption, who can open them, when they are erased."),
    },
    {
        "key": "lead", "kind": "short_text", "label": _("Safeguarding lead"), "required": True, "max_chars": 120,
        "help": _("A named person who is not the principal investigator."),
    },
    {
        "key": "committee", "kind": "short_text", "label": _("Ethics committee"), "required": True, "max_chars": 160,
        "help": _("Its full name."),
    },
    {
        "key": "status", "kind": "choice", "label": _("State of the approval"), "required": True,
        "role": "ethics_status", "help": _("An approval that comes later can be a condition of a payment."),
        "choices": [
            ["approved", _("Approved")], ["applied", _("Applied for")], ["planned", _("Not yet applied for")],
        ],
    },
    {
        "key": "reference", "kind": "short_text", "label": _("Reference of the approval"), "max_chars": 60,
        "if": ("status", ["approved", "applied"]),
    },
    {
        "key": "decided_on", "kind": "date", "label": _("Date of the approval"), "required": True,
        "if": ("status", ["approved"]),
    },
    {
        "key": "expires_on", "kind": "date", "label": _("Approval valid until"), "required": True,
        "if": ("status", ["approved"]), "help": _("It should last until the project ends."),
    },
]  # fmt: skip

HARMS_AND_BENEFITS: list[dict[str, Any]] = [
    {
        "key": "harms", "kind": "long_text", "label": _("Harms, and what you do against them"), "required": True,
        "heading": _("Harms and benefits"), "max_words": 200,
        "help": _("For those who take part, their families and communities, and for your team."),
    },
    {
        "key": "benefits", "kind": "long_text", "label": _("Benefits, and for whom"), "required": True,
        "max_words": 150,
    },
    {
        "key": "outweighs", "kind": "yes_no", "required": True, "if": ("children", WITH_CHILDREN),
        "label": _("Do the benefits for children outweigh the harm that is left?"),
        "stops": [["no", _(
            "Stop here: research whose harm is greater than its benefit is not done with children. "
            "Change the design, and answer above that no children take part."
        )]],
    },
]  # fmt: skip

QUESTIONS = (*STOP_OR_GO, *SEVEN_TOPICS, *HARMS_AND_BENEFITS)


def questions_of(block: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the ordinary questions that a block stands for; its own limit replaces that of each long text."""
    for each in map(_spoken, QUESTIONS):
        question = {**each, "key": f"{block['key']}-{each['key']}", **_limits(block, each)}
        if condition := question.pop("if", None):
            key, values = condition
            question["shown_if"] = {"question": f"{block['key']}-{key}", "values": values}
        if block.get("content_note") and each["kind"] == "long_text":
            question["content_note"] = True
        yield question


def keys_in(sections: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the keys of all questions for which blocks in the sections of a form stand."""
    blocks = [each["key"] for section in sections for each in section["questions"] if each["kind"] == "ethics"]
    return {f"{block}-{each['key']}" for block in blocks for each in QUESTIONS}


def _spoken(value: Any) -> Any:
    """Return a value with its words in the language of the moment."""
    if isinstance(value, dict):
        return {name: _spoken(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_spoken(each) for each in value]
    return str(value) if isinstance(value, Promise) else value


def _limits(block: Mapping[str, Any], question: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: block[name] for name in ("max_words", "max_chars") if block.get(name)}
    return {"max_words": None, **own} if own and question["kind"] == "long_text" else {}
