"""The table of transitions, and the two wordings of each state."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class WrongState(Exception):
    """The row is in a state from which the action cannot be taken; `message` is for the reader of the screen."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.messages = [message]
        """As those of a `ValidationError`, so that whoever tells of a refusal need not ask which it is."""


class Shape(StrEnum):
    """The mark that stands before a state's word."""

    TO_COME = "to-come"
    MOVING = "moving"
    DONE = "done"
    YOURS = "yours"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a state is called: to staff, and to the person whom it concerns."""

    staff: str
    applicant: str
    shape: Shape = Shape.TO_COME
    applicant_shape: Shape | None = None

    def word(self, audience: str) -> str:
        """Return the word for `staff` or `applicant`."""
        return self.staff if audience == "staff" else self.applicant

    def mark(self, audience: str) -> Shape:
        """Return the shape for `staff` or `applicant`."""
        if audience == "staff" or self.applicant_shape is None:
            return self.shape
        return self.applicant_shape


@dataclass(frozen=True, slots=True)
class Transition:
    """One action: the states it starts from, the state it ends in, the permission it needs, its button's words."""

    sources: frozenset[str]
    target: str
    permission: str
    label: str = ""
    system_only: bool = False


def transition(*sources: str, to: str, permission: str, label: str = "", system_only: bool = False) -> Transition:
    """Write a transition as a sentence: `transition(DRAFT, to=SUBMITTED, permission="…")`."""
    return Transition(frozenset(map(str, sources)), str(to), permission, label, system_only)


@dataclass(frozen=True, slots=True)
class StateTable:
    """All actions and wordings of one model."""

    transitions: Mapping[str, Transition]
    wordings: Mapping[str, Wording]

    def __post_init__(self) -> None:
        named = {state for each in self.transitions.values() for state in (*each.sources, each.target)}
        if unnamed := named - set(map(str, self.wordings)):
            raise ValueError(f"States without a wording: {', '.join(sorted(unnamed))}")

    def actions_from(self, state: str) -> list[str]:
        """Return the names of the actions that start in a state, in the table's order."""
        return [name for name, each in self.transitions.items() if state in each.sources]
