"""What is wrong in the JSON of a form, all at once, in sentences for the person who sets the form up."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.forms.choice_faults import choice_faults, condition_faults, table_faults
from core.forms.definition import expanded
from core.forms.kinds import KEY, NAMES, NAMES_OF, ONCE, ROLES, Kind
from core.forms.limit_faults import limit_faults, range_faults
from core.forms.reading import is_storable

TAKEN = frozenset({"back", "more", "drop", "csrfmiddlewaretoken"})
"""Names that the page of a section uses itself; and no key ends as the names of its revisions do."""
SECTION_NAMES = frozenset({"key", "title", "intro", "questions"})
_NOTHING: dict[str, Any] = {"choices": [], "columns": [], "least": "", "most": ""}
"""What stands, besides null, where nothing is said."""
ALWAYS_ASKED = frozenset({Kind.TEAM, Kind.BUDGET})
MOST_QUESTIONS = 300
MOST_TABLES = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend in a form: where (numbers from 1; 0 is the form or section itself), and what to do.

    `name` is the property, as `label` or `choices`, beside which a page shows the sentence.
    """

    section: int
    question: int
    name: str
    message: str
    words: str = ""

    def __str__(self) -> str:
        if not self.section:
            return self.message
        if self.question:
            place = _("Section %(section)d, question %(question)d (“%(words)s”): %(message)s")
        else:
            place = _("Section %(section)d (“%(words)s”): %(message)s")
        return place % {
            "section": self.section, "question": self.question, "words": self.words or "…", "message": self.message,
        }  # fmt: skip


@dataclass
class _Seen:
    """What stood before in the form."""

    sections: set[str] = field(default_factory=set)
    kinds: set[Kind] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    questions: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    later: frozenset[str] = frozenset()


type Found = Iterator[tuple[str, str]]
"""The name of a property, and the sentence."""


def faults_in(raw: Any) -> Iterator[Fault]:
    """Yield everything that is wrong in a form, in its order; nothing means that `FormDefinition.load` takes it."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("sections"), list):
        yield Fault(0, 0, "", _("This is not a form. A form is one object with a list of “sections”."))
        return
    if not all(map(is_storable, _texts_in(raw))):
        yield Fault(0, 0, "", _("The form holds a character that cannot be stored. Write its texts again."))
    for name in sorted(set(raw) - {"sections"}):
        yield Fault(0, 0, name, _unknown(name))
    if not raw["sections"]:
        yield Fault(0, 0, "sections", _("Add a section: a form needs at least one."))
    seen = _Seen(later=frozenset(_keys_of(raw["sections"])))
    for number, section in enumerate(raw["sections"], start=1):
        yield from _in_section(section, number, seen)
    if len(seen.questions) > MOST_QUESTIONS:
        message = _("A form has at most %(most)d questions. Take some out.") % {"most": MOST_QUESTIONS}
        yield Fault(0, 0, "sections", message)


def _texts_in(raw: Any) -> Iterator[str]:
    if isinstance(raw, Mapping):
        yield from (text for name, each in raw.items() for text in (name, *_texts_in(each)))
    elif isinstance(raw, list | tuple):
        yield from (text for each in raw for text in _texts_in(each))
    elif isinstance(raw, str):
        yield raw


def _keys_of(sections: list[Any]) -> Iterator[str]:
    """Yield the keys of all questions, as far as they can be read."""
    for section in sections:
        with suppress(KeyError, TypeError, AttributeError):
            yield from (str(each["key"]) for each in expanded(section["questions"]))


def _in_section(raw: Any, number: int, seen: _Seen) -> Iterator[Fault]:
    if not isinstance(raw, Mapping):
        yield Fault(number, 0, "", _("This is not a section. A section is an object with a title and questions."))
        return
    words = text if isinstance(text := raw.get("title"), str) else ""
    for name, message in _of_section(raw, seen):
        yield Fault(number, 0, name, message, words)
    questions = raw.get("questions")
    for place, each in enumerate(questions if isinstance(questions, list) else [], start=1):
        told = each.get("key") if isinstance(each, Mapping) else ""
        for name, message in _of_question(each, seen):
            yield Fault(number, place, name, message, told if isinstance(told, str) else "")


def _of_section(raw: Mapping[str, Any], seen: _Seen) -> Found:
    for name in sorted(set(raw) - SECTION_NAMES):
        yield name, _unknown(name)
    yield from _key_faults(raw.get("key"), seen.sections)
    if isinstance(raw.get("key"), str):
        seen.sections.add(raw["key"])
    if not _is_text(raw.get("title")):
        yield "title", _("Give this section a title.")
    if not isinstance(raw.get("intro"), str | None):
        yield "intro", _("Write the introduction as a text.")
    questions = raw.get("questions", [])
    if not isinstance(questions, list):
        yield "questions", _("Write the questions as a list.")
    elif sum(isinstance(each, Mapping) and each.get("kind") == Kind.TABLE for each in questions) > MOST_TABLES:
        message = _("A section has at most %(most)d tables. Put some of them in a section of their own.")
        yield "questions", message % {"most": MOST_TABLES}


def _of_question(raw: Any, seen: _Seen) -> Found:
    """Yield what is wrong with one question, then count it among those that later ones may depend on."""
    if not isinstance(raw, Mapping):
        yield "", _("This is not a question. A question is an object with a key, a kind and a label.")
        return
    yield from _key_faults(raw.get("key"), seen.questions)
    try:
        kind = Kind(raw.get("kind", ""))
    except ValueError:
        message = _("“%(kind)s” is no kind of question. Choose one of: %(kinds)s.")
        yield "kind", message % {"kind": raw.get("kind", ""), "kinds": ", ".join(Kind)}
        return
    for check in _CHECKS:
        yield from check(raw, kind, seen)
    if isinstance(raw.get("key"), str):
        yield from _count(raw, kind, seen)


def _count(raw: Mapping[str, Any], kind: Kind, seen: _Seen) -> Found:
    seen.kinds.add(kind)
    if isinstance(raw.get("role"), str):
        seen.roles.add(raw["role"])
    for each in expanded([raw]):
        if kind == Kind.ETHICS:
            yield from _key_faults(each["key"], seen.questions)
        seen.roles.add(each.get("role") or "")
        seen.questions.setdefault(each["key"], each)


def _key_faults(key: Any, taken: Any) -> Found:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        yield "key", _("Give it a key of at most 60 letters from a to z, digits, “-” and “_”.")
    elif key in taken:
        yield "key", _("The key “%(key)s” is taken. Each key stands once in a form.") % {"key": key}
    elif is_of_the_page(key):
        yield "key", _("The page uses the key “%(key)s” itself. Choose another.") % {"key": key}


def is_of_the_page(key: str) -> bool:
    """Whether the page of a section uses a key itself."""
    return key in TAKEN or key.endswith("-revision")


def _name_faults(raw: Mapping[str, Any], kind: Kind, seen: _Seen) -> Found:
    for name, value in raw.items():
        if name not in NAMES and name not in NAMES_OF:
            yield name, _unknown(name)
        elif value is not None and value != _NOTHING.get(name) and kind not in NAMES_OF.get(name, {kind}):
            yield name, _("A question of the kind “%(kind)s” has no “%(name)s”.") % {"kind": kind, "name": name}


def _text_faults(raw: Mapping[str, Any], kind: Kind, seen: _Seen) -> Found:
    if not _is_text(raw.get("label")):
        yield "label", _("Write the question.")
    if not isinstance(raw.get("help"), str | None):
        yield "help", _("Write the help as a text.")
    for name in ("required", "content_note"):
        if not isinstance(raw.get(name), bool | None):
            yield name, _("Write true or false.")


def _role_faults(raw: Mapping[str, Any], kind: Kind, seen: _Seen) -> Found:
    role = raw.get("role")
    if role in (None, ""):
        return
    if not isinstance(role, str) or role not in ROLES:
        message = _("“%(role)s” is no use that an answer can have. Choose one of: %(roles)s.")
        yield "role", message % {"role": role, "roles": ", ".join(ROLES)}
    elif kind not in ROLES[role]:
        message = _("An answer of the kind “%(kind)s” cannot serve as “%(role)s”.")
        yield "role", message % {"kind": kind, "role": role}
    elif role in seen.roles:
        yield "role", _("Another question serves as “%(role)s” already.") % {"role": role}


def _once_faults(raw: Mapping[str, Any], kind: Kind, seen: _Seen) -> Found:
    if kind in ONCE and kind in seen.kinds:
        yield "kind", _("The form has a question of the kind “%(kind)s” already.") % {"kind": kind}
    if raw.get("shown_if") and kind in ALWAYS_ASKED:
        yield "shown_if", _("The team and the budget are always asked for. Take the condition away.")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _unknown(name: str) -> str:
    return _("Nothing here is called “%(name)s”. Take it out, or correct the name.") % {"name": name}


_CHECKS: tuple[Callable[[Mapping[str, Any], Kind, _Seen], Found], ...] = (
    _name_faults,
    _text_faults,
    _once_faults,
    lambda raw, kind, seen: limit_faults(raw),
    lambda raw, kind, seen: range_faults(raw, kind),
    lambda raw, kind, seen: choice_faults(raw, kind),
    lambda raw, kind, seen: table_faults(raw, kind),
    lambda raw, kind, seen: condition_faults(raw.get("shown_if"), seen.questions, seen.later),
    _role_faults,
)
