"""What staff asked to be corrected, question by question, and what was done about it."""

from dataclasses import dataclass
from typing import Any

from applications.content import content_of
from applications.models import Application, Screening
from applications.opening import part_of
from core.forms.definition import FormDefinition, Kind


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that is to be corrected; `section` is the key of the page on which it stands, if any."""

    key: str
    label: str
    words: str
    section: str
    is_changed: bool = False


def last_return(application: Application) -> Screening | None:
    """Return what was asked last, while the application is open for it."""
    if application.state != Application.State.RETURNED:
        return None
    return application.screenings.filter(outcome="returned").order_by("-pk").first()


def asked_of(application: Application, screening: Screening) -> list[Asked]:
    """Return the questions of a return and whether each says something new since."""
    form = application.form.definition
    places = {question.key: section.key for section in form.sections for question in section.questions}
    before = _by_part(application.current.content, form) if application.current else {}
    now = _by_part(content_of(application), form)
    return [
        Asked(key := row["key"], row["label"], row["words"], places.get(key, ""), now.get(key) != before.get(key))
        for row in screening.asked
    ]


def _by_part(content: dict[str, Any], form: FormDefinition) -> dict[str, Any]:
    """Return a version's content by the keys under which questions are opened."""
    found = {each["key"]: each["value"] for part in content["sections"] for each in part["answers"]}
    for each in content["attachments"]:
        found.setdefault(each["question"], []).append(each["sha256"])
    return found | {
        part_of(form, Kind.TEAM): content["team"],
        part_of(form, Kind.BUDGET): content["budget"]["lines"],
    }
