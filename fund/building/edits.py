"""Changes to a form's JSON. Each takes the content and returns a new one; what is wrong in it is the action's to say."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.forms.faults import is_of_the_page
from core.forms.kinds import ONCE, ROLES, Kind

type Content = dict[str, Any]
type Raw = dict[str, Any]
LONGEST_KEY = 50
MOST_SECTIONS = 50
"""So many sections are added at a time."""
WORDS_OF_ROLES = {"months": "month", "starts_on": "start", "title": "title", "summary": "summary"}
"""A word of the label by which a question is taken for what only some of its kind are."""


class Gone(ValidationError):
    """The section or question is not in the form any more: somebody else has removed it."""

    def __init__(self) -> None:
        super().__init__(_("This part of the form is not there any more. Somebody else has changed it; look again."))


def section_of(content: Content, key: str) -> Raw:
    """Return a section by its key."""
    found = next((each for each in content["sections"] if each["key"] == key), None)
    if found is None:
        raise Gone
    return found


def place_of(content: Content, key: str) -> tuple[Raw, int]:
    """Return the section that holds a question, and its place there."""
    for section in content["sections"]:
        for number, each in enumerate(section.get("questions", [])):
            if each["key"] == key:
                return section, number
    raise Gone


def question_of(content: Content, key: str) -> Raw:
    """Return a question by its key."""
    section, number = place_of(content, key)
    return section["questions"][number]


def questions_in(content: Content) -> Iterator[Raw]:
    """Yield all questions in their order, blocks as one."""
    for section in content["sections"]:
        yield from section.get("questions", [])


def add_sections(content: Content, titles: Iterable[str]) -> Content:
    """Add empty sections at the end."""
    new, titles = deepcopy(content), list(titles)
    if len(titles) > MOST_SECTIONS:
        raise ValidationError(_("Add at most %(most)d sections at a time.") % {"most": MOST_SECTIONS})
    for title in titles:
        used = {each["key"] for each in new["sections"]}
        new["sections"].append({"key": _free(title, used), "title": title, "intro": "", "questions": []})
    return new


def change_section(content: Content, key: str, *, title: str, intro: str) -> Content:
    """Write a section's title and introduction."""
    new = deepcopy(content)
    section_of(new, key).update(title=title, intro=intro)
    return new


def move_section(content: Content, key: str, *, by: int) -> Content:
    """Move a section up (-1) or down (1); at the end it stays."""
    new = deepcopy(content)
    sections = new["sections"]
    old = sections.index(section_of(new, key))
    sections.insert(max(0, old + by), sections.pop(old))
    return new


def remove_section(content: Content, key: str) -> Content:
    """Take a section out with all its questions."""
    new = deepcopy(content)
    new["sections"].remove(section_of(new, key))
    return new


def add_questions(content: Content, section: str, questions: Iterable[Raw]) -> Content:
    """Add questions at a section's end, each with a key of its own and the role that its kind suggests."""
    new = deepcopy(content)
    for each in questions:
        used = {one["key"] for one in questions_in(new)}
        role = each.get("role") or _role_for(new, each)
        added = {**each, "key": _free(each.get("key") or each["label"], used)}
        section_of(new, section).setdefault("questions", []).append(added | ({"role": role} if role else {}))
    return new


def add_outline(content: Content, section: str, outline: Iterable[tuple[str, list[Raw]]]) -> Content:
    """Add questions to a section, then new sections with theirs at the end."""
    new = content
    for title, questions in outline:
        if title:
            new = add_sections(new, [title])
        new = add_questions(new, new["sections"][-1]["key"] if title else section, questions)
    return new


def change_question(content: Content, key: str, question: Raw) -> Content:
    """Write a question anew; its key stays."""
    new = deepcopy(content)
    section, number = place_of(new, key)
    section["questions"][number] = {**question, "key": key}
    return new


def move_question(content: Content, key: str, *, by: int) -> Content:
    """Move a question up (-1) or down (1), at the edge of its section into the next one."""
    new = deepcopy(content)
    section, number = place_of(new, key)
    target = number + by
    if 0 <= target < len(section["questions"]):
        section["questions"].insert(target, section["questions"].pop(number))
        return new
    at = new["sections"].index(section) + by
    if 0 <= at < len(new["sections"]):
        beside = new["sections"][at].setdefault("questions", [])
        beside.insert(len(beside) if by < 0 else 0, section["questions"].pop(number))
    return new


def place_question(content: Content, key: str, *, section: str, before: str = "") -> Content:
    """Put a question into a section, before another one or at the end."""
    new = deepcopy(content)
    old, number = place_of(new, key)
    if before == key:
        return new
    question = old["questions"].pop(number)
    row = section_of(new, section).setdefault("questions", [])
    keys = [each["key"] for each in row]
    row.insert(keys.index(before) if before in keys else len(row), question)
    return new


def copy_question(content: Content, key: str) -> Content:
    """Put a copy after a question; what stands only once in a form is not copied."""
    new = deepcopy(content)
    section, number = place_of(new, key)
    question = section["questions"][number]
    if Kind(question["kind"]) in ONCE:
        raise ValidationError(_("A form has one question of this kind at most, so it cannot be copied."))
    used = {each["key"] for each in questions_in(new)}
    twin = {name: value for name, value in deepcopy(question).items() if name != "role"}
    twin |= {"key": _free(question["key"], used), "label": _("Copy of %(label)s") % {"label": question["label"]}}
    section["questions"].insert(number + 1, twin)
    return new


def remove_question(content: Content, key: str) -> Content:
    """Take a question out, unless another is shown by its answer."""
    new = deepcopy(content)
    section, number = place_of(new, key)
    gone = section["questions"].pop(number)
    for each in questions_in(new):
        if (each.get("shown_if") or {}).get("question") == key:
            raise ValidationError(
                _("“%(other)s” is shown by the answer to “%(label)s”. Change that first.")
                % {"other": each["label"], "label": gone["label"]}
            )
    return new


def _role_for(content: Content, question: Mapping[str, Any]) -> str:
    """Return the role that only this kind can have, or whose word stands in the label, if it is still free."""
    taken = {each.get("role") for each in questions_in(content)}
    for role, kinds in ROLES.items():
        word = WORDS_OF_ROLES.get(role)
        fits = word in str(question["label"]).lower() if word else role in {"theme", "host", "country"}
        if question["kind"] in kinds and fits and role not in taken:
            return role
    return ""


def _free(label: str, used: set[str]) -> str:
    """Make a key from a label's words that no other has, nor the page itself."""
    stem = slugify(str(label))[:LONGEST_KEY].strip("-_") or "question"
    number, key = 2, stem
    while key in used or is_of_the_page(key):
        number, key = number + 1, f"{stem}-{number}"
    return key
