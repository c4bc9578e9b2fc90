"""The sample form and rubric, in the shapes that the product stores."""

from collections.abc import Container
from typing import Any

from config.sample import calls, reviews
from core import clock
from core.forms.definition import expanded
from core.forms.models import FormVersion
from fund.models import Criterion, Rubric

KINDS = {
    "text": "short_text", "longtext": "long_text", "multichoice": "choices", "confirm": "declaration",
    "files": "file",
}  # fmt: skip
ROLES = {
    "title": "title",
    "theme": "theme",
    "summary": "summary",
    "duration_months": "months",
    "start_on": "starts_on",
}
HOST = (
    {
        "key": "host", "kind": "organisation", "label": "Host organisation", "role": "host", "required": True,
        "help": "Its name or ROR id. It signs the agreement and receives the money.",
    },
    {"key": "country", "kind": "country", "label": "Country of the host", "role": "country", "required": True},
)  # fmt: skip
NOTED = {
    "background": "background",
    "method": "method",
    "ethics": "ethics-harms",
    "illegal_material": "ethics-illegal_material",
    "offender_data": "ethics-offender_data",
}
"""What the sample sets a content note on, and the question that asks for it."""
NOTES = {
    "key": "content_notes", "kind": "choices", "role": "content_notes",
    "label": "Which answers describe abuse or how offenders act?",
    "help": "Reviewers see these answers closed until they open them. Choose none if no answer does.",
}  # fmt: skip
ANCHORS = {
    "1": "Poor: cannot answer its question, or harms", "2": "Weak: serious flaws", "3": "Fair: flaws that can be mended",
    "4": "Good: sound, with open points", "5": "Very good: strong throughout", "6": "Outstanding: could not be better",
}  # fmt: skip


def make_form(title: str = calls.FORM["title"], sections: Container[str] | None = None) -> FormVersion:
    """Store the sample form, or a form of some of its sections."""
    content = form_content()
    if sections is not None:
        content["sections"] = [each for each in content["sections"] if each["key"] in sections]
    form = FormVersion(title=title, number=calls.FORM["version"], content=content, made_at=clock.now())
    form.full_clean()
    form.save()
    return form


def form_content() -> dict[str, Any]:
    """Return the sample form as the product stores it."""
    return {"sections": [_section(each) for each in calls.FORM["sections"]]}


def make_rubric() -> Rubric:
    """Store the sample rubric."""
    rubric = Rubric.objects.create(title="Rubric of research grants", least=1, most=6, anchors=ANCHORS)
    for position, each in enumerate(reviews.CRITERIA):
        Criterion.objects.create(rubric=rubric, position=position, **each)
    return rubric


def _section(raw: dict[str, Any]) -> dict[str, Any]:
    questions = [_question(each) for each in raw["questions"]]
    if raw["key"] == "team":
        questions[:0] = HOST
    if raw["key"] == "ethics":
        asked = [each for part in calls.FORM["sections"] for each in expanded(part["questions"])]
        labels = {each["key"]: str(each["label"]) for each in asked}
        questions.append(NOTES | {"choices": [[key, labels[key]] for key in NOTED.values()]})
    return {"key": raw["key"], "title": raw["title"], "intro": raw["intro"], "questions": questions}


def _question(raw: dict[str, Any]) -> dict[str, Any]:
    limit = raw.get("limit", {})
    question = {
        "key": raw["key"], "kind": KINDS.get(raw["kind"], raw["kind"]), "label": raw["label"],
        "help": raw.get("help", ""), "required": raw["required"] and raw["kind"] not in {"team", "budget", "files"},
        "role": ROLES.get(raw["key"], ""), "max_words": limit.get("words"), "max_chars": limit.get("characters"),
        "least": _text(raw.get("least")), "most": _text(raw.get("most")) if raw["kind"] == "number" else None,
    }  # fmt: skip
    question |= {name: raw[name] for name in ("columns", "most_rows") if name in raw}
    if raw.get("choices") == "themes":
        question["kind"] = "theme"
    elif "choices" in raw:
        question["choices"] = raw["choices"]
    if "shown_if" in raw:
        ((key, values),) = raw["shown_if"].items()
        question["shown_if"] = {"question": key, "values": values}
    return question


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
