"""From which rows a person is shut out: the apps above say it, and the lists of core leave out all that tells of them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Q, QuerySet

Rule = Callable[[Any], QuerySet]
_rules: dict[str, Rule] = {}


def register(subject_type: str, rule: Rule) -> None:
    """Say for one kind of row, by a function from a person to keys, which ones they must learn nothing of."""
    _rules[subject_type] = rule


def about(user: Any, *, kind: str, key: str) -> Q:
    """Return the condition on rows whose columns `kind` and `key` name something that the person is shut out of."""
    found = Q(pk__in=[])
    for subject_type, rule in _rules.items():
        found |= Q(**{kind: subject_type, f"{key}__in": rule(user)})
    return found


def of_anything(user: Any) -> Q:
    """Return the condition that holds for all rows, or none: whether there is anything that the person is shut out of.

    For figures that do not say what they concern: they would tell by being there that something was done with it.
    """
    found = Q(Exists(user.declarations.recusing()))
    for rule in _rules.values():
        found |= Q(Exists(rule(user)))
    return found
