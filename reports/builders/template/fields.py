"""What a template may name: the fields and blocks that a kind of letter declares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

type Look = Literal["words", "block", "yes-no", "choice"]
"""Words within a sentence; a block that stands alone on its line; what can only be asked in a condition."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a template may name."""

    name: str
    label: str
    look: Look = "words"
    may_be_missing: bool = False
    is_needed: bool = False
    choices: Sequence[str] = ()

    @property
    def is_placed(self) -> bool:
        """Whether it can stand in the text, not only in a condition."""
        return self.look in ("words", "block")


@dataclass(frozen=True)
class Kind:
    """One kind of letter: its code, its name and what its templates may name."""

    code: str
    label: str
    fields: Mapping[str, Field]


def kind_of(code: str, label: str, *fields: Field) -> Kind:
    """Declare a kind of letter."""
    return Kind(code, label, {field.name: field for field in fields})
