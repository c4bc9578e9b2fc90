"""States as data: one table per model says who may move a row from where to where, and what each state is called."""

from core.states.model import Stateful
from core.states.table import Shape, StateTable, Transition, Wording, WrongState, transition

__all__ = ["Shape", "StateTable", "Stateful", "Transition", "Wording", "WrongState", "transition"]
