"""What is wrong in a template of a kind of letter: told when it is saved, never found in a letter that left."""

import difflib
import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from reports.builders.template.fields import Field, Kind
from reports.builders.template.tree import MOST_CHARACTERS, TAG, Condition, Fault, Insert, Node, Test, read

_UNESCAPED_STARS = re.compile(r"(?<!\\)\*\*?")
MOST_GUESSES = 20
"""For how many unknown fields the nearest name is looked for; a page tells no more of them."""


def faults_of(text: str, kind: Kind) -> list[Fault]:
    """Return everything that is wrong in a template, by line."""
    tree = read(text)
    if len(text) > MOST_CHARACTERS:
        return tree.faults
    checker = _Checker(kind)
    checker.look_at(tree.nodes, frozenset())
    found = [*tree.faults, *checker.faults, *_stars(text)]
    if not found:
        found = [
            Fault(1, _needed(each))
            for each in kind.fields.values()
            if each.is_needed and each.name not in checker.always
        ]
    return sorted(set(found))


def _needed(field: Field) -> str:
    return _("Every letter of this kind has {{ %(name)s }} (%(label)s). Put it in, without another condition.") % {
        "name": field.name, "label": field.label,
    }  # fmt: skip


class _Checker:
    """Walks through a tree, knowing which fields are there."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.faults: list[Fault] = []
        self.always: set[str] = set()
        self.guesses = 0

    def look_at(self, nodes: Iterable[Node], sure: frozenset[str]) -> None:
        """Check nodes that are reached only if some fields are there; “” stands for another condition."""
        for node in nodes:
            if isinstance(node, Insert):
                self._look_at_insert(node, sure)
            elif isinstance(node, Condition):
                self._look_at_condition(node, sure)

    def _fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(line, message))

    def _known(self, name: str, line: int) -> Field | None:
        found = self.kind.fields.get(name)
        if found is None:
            near = self._nearest(name)
            self._fault(
                line,
                _("There is no field “%(name)s”. Did you mean “%(near)s”?") % {"name": name, "near": near[0]}
                if near
                else _("There is no field “%(name)s”.") % {"name": name},
            )
        return found

    def _nearest(self, name: str) -> list[str]:
        self.guesses += 1
        return difflib.get_close_matches(name, self.kind.fields, 1, 0.5) if self.guesses <= MOST_GUESSES else []

    def _look_at_insert(self, node: Insert, sure: frozenset[str]) -> None:
        field = self._known(node.name, node.line)
        if field is None:
            return
        named = {"name": field.name}
        if not field.is_placed:
            self._fault(node.line, _("“%(name)s” can only be asked in a condition: {{ if %(name)s }}.") % named)
        if field.look == "block" and not node.is_alone:
            self._fault(node.line, _("{{ %(name)s }} is a block: put it on a line of its own.") % named)
        if field.may_be_missing and field.name not in sure:
            self._fault(
                node.line,
                _("“%(name)s” is not in every letter. Put it between {{ if %(name)s }} and {{ end }}.") % named,
            )
        if sure <= {field.name}:
            self.always.add(field.name)

    def _look_at_condition(self, node: Condition, sure: frozenset[str]) -> None:
        self._look_at_test(node.test)
        there = frozenset({node.test.name if not node.test.value else ""})
        other = frozenset({""})
        self.look_at(node.then, sure | (other if node.test.is_not else there))
        self.look_at(node.otherwise, sure | (there if node.test.is_not else other))

    def _look_at_test(self, test: Test) -> None:
        field = self._known(test.name, test.line)
        if field is None:
            return
        asked = {"name": field.name, "choices": ", ".join(field.choices), "value": test.value}
        if field.choices and test.value not in field.choices:
            self._fault(test.line, _("“%(name)s” is one of: %(choices)s. Ask {{ if %(name)s is … }}.") % asked)
        elif test.value and not field.choices:
            self._fault(
                test.line, _("Whether “%(name)s” is “%(value)s” cannot be asked, only whether it is there.") % asked
            )
        elif not field.choices and not field.may_be_missing and field.look != "yes-no":
            self._fault(test.line, _("“%(name)s” is in every letter, so there is nothing to ask.") % asked)


def _stars(text: str) -> Iterator[Fault]:
    """Find stars that are opened and not closed within their paragraph."""
    for line, paragraph in _paragraphs(text):
        marks = _UNESCAPED_STARS.findall(TAG.sub("x", paragraph))
        if marks.count("*") % 2 or marks.count("**") % 2:
            yield Fault(line, _("A star that sets words apart is not closed. Write \\* for a star that is one."))


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    begun, lines = 1, list[str]()
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            begun = begun if lines else number
            lines.append(line)
        elif lines:
            yield begun, "\n".join(lines)
            lines = []
