"""From the text of a template to its tree, with everything that is wrong in it told by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

MOST_CHARACTERS = 60_000
MOST_DEPTH = 8
MOST_WAYS = 20

_BEFORE_END = r"((?:(?!\{\{|\}\}).)*)"
"""What may stand within a tag: no other one begins in it, so that a line of opened ones is read once and not anew for each."""
TAG = re.compile(rf"\{{\{{{_BEFORE_END}\}}\}}")
_TAG = re.compile(rf"(?<!\\){TAG.pattern}")
_OPEN = re.compile(r"(?<!\\)\{\{")
_IF = re.compile(r"(?P<else>else\s+)?if\s+(?P<not>not\s+)?(?P<name>[\w-]+)(?:\s+is\s+(?P<value>[\w-]+))?$")
_NAME = re.compile(r"[\w-]+$")
_STEERING = ("if ", "else", "end")


class Fault(NamedTuple):
    """One thing that is wrong in a template, and the line on which it stands."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Words:
    """Text as it was typed."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Insert:
    """A field or a block."""

    name: str
    line: int
    is_alone: bool


@dataclass(frozen=True, slots=True)
class Test:
    """What a condition asks: whether a field is there, or whether it has a value."""

    name: str
    line: int
    is_not: bool = False
    value: str = ""


@dataclass(slots=True)
class Condition:
    """Two ways to go on."""

    test: Test
    then: "list[Node]" = field(default_factory=list)
    otherwise: "list[Node]" = field(default_factory=list)


type Node = Words | Insert | Condition


@dataclass(slots=True)
class _Open:
    """A condition whose end is not reached, and how many ends it takes: each “else if” opens one more."""

    condition: Condition
    ends: int = 1
    has_else: bool = False


class _Token(NamedTuple):
    text: str
    line: int
    is_tag: bool
    is_alone: bool


@dataclass(slots=True)
class Tree:
    """A template that was read: what it says, and what is wrong in it."""

    nodes: list[Node]
    faults: list[Fault]


@lru_cache(maxsize=32)
def read(text: str) -> Tree:
    """Read a template; a tree with faults is not to be rendered."""
    if len(text) > MOST_CHARACTERS:
        return Tree(
            [], [Fault(1, _("The text is longer than %(most)s characters.") % {"most": f"{MOST_CHARACTERS:,}"})]
        )
    return _Reader().read(text)


def _tokens(text: str) -> Iterator[_Token]:
    """Cut a text into words and tags; a line on which nothing but a condition stands leaves no line behind."""
    for number, line in enumerate(text.splitlines(), start=1):
        found = _TAG.findall(line)
        is_alone = len(found) == 1 and not _TAG.sub("", line).strip()
        if is_alone and found[0].strip().startswith(_STEERING):
            yield _Token(found[0].strip(), number, is_tag=True, is_alone=True)
            continue
        for index, piece in enumerate(_TAG.split(line)):
            if index % 2 or piece:
                yield _Token(piece.strip() if index % 2 else piece, number, is_tag=bool(index % 2), is_alone=is_alone)
        yield _Token("\n", number, is_tag=False, is_alone=False)


class _TooDeep(Exception):
    """What follows is not read: nothing that goes through a tree is to go deeper."""


class _Reader:
    """Puts tokens together and collects what is wrong."""

    def __init__(self) -> None:
        self.root: list[Node] = []
        self.here = self.root
        self.open: list[_Open] = []
        self.outer: list[list[Node]] = []
        self.faults: list[Fault] = []

    def read(self, text: str) -> Tree:
        try:
            self._take_all(text)
        except _TooDeep:
            return Tree(self.root, self.faults)
        for each in self.open:
            self._fault(each.condition.test.line, _("This condition has no “{{ end }}”."))
        return Tree(self.root, self.faults)

    def _take_all(self, text: str) -> None:
        for token in _tokens(text):
            if token.is_tag:
                self._take_tag(token)
                continue
            if _OPEN.search(token.text):
                self._fault(token.line, _("“{{” without “}}” on the same line."))
            self.here.append(Words(token.text, token.line))

    def _fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(line, message))

    def _take_tag(self, token: _Token) -> None:
        if match := _IF.match(token.text):
            test = Test(match["name"], token.line, bool(match["not"]), match["value"] or "")
            self._take_else_if(test) if match["else"] else self._begin(test)
        elif token.text == "else":
            self._take_else(token.line)
        elif token.text == "end":
            self._end(token.line)
        elif _NAME.match(token.text):
            self.here.append(Insert(token.text, token.line, token.is_alone))
        else:
            self._fault(token.line, _("“%(tag)s” is neither a field nor a condition.") % {"tag": token.text[:60]})

    def _begin(self, test: Test) -> None:
        if len(self.open) == MOST_DEPTH:
            self._fault(test.line, _("Conditions stand in one another more than %(most)s deep.") % {"most": MOST_DEPTH})
            raise _TooDeep
        self._enter(test)
        self.open.append(_Open(self.here_condition))

    @property
    def here_condition(self) -> Condition:
        """The condition that was entered last."""
        last = self.outer[-1][-1]
        assert isinstance(last, Condition)  # noqa: S101
        return last

    def _enter(self, test: Test) -> None:
        condition = Condition(test)
        self.here.append(condition)
        self.outer.append(self.here)
        self.here = condition.then

    def _take_else(self, line: int) -> bool:
        if not self.open or self.open[-1].has_else:
            self._fault(line, _("“{{ else }}” outside of a condition, or a second one in it."))
            return False
        self.open[-1].has_else = True
        self.here = self.open[-1].condition.otherwise
        return True

    def _take_else_if(self, test: Test) -> None:
        if not self._take_else(test.line):
            return
        if self.open[-1].ends == MOST_WAYS:
            self._fault(test.line, _("A condition has more than %(most)s ways to go on.") % {"most": MOST_WAYS})
            raise _TooDeep
        self._enter(test)
        self.open[-1] = _Open(self.here_condition, self.open[-1].ends + 1)

    def _end(self, line: int) -> None:
        if not self.open:
            self._fault(line, _("“{{ end }}” without a condition before it."))
            return
        for __ in range(self.open.pop().ends):
            self.here = self.outer.pop()
