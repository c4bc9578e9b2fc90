"""Puts names of our choice wherever terms of a document name somebody or something."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from core.charts import Chart

PLACES = {
    "fund", "call", "theme", "host", "grantee", "organisation", "principal_investigator", "recipient", "submitted_by",
    "approved_by", "declared_by", "present", "partners", "name", "label", "group", "place", "country",
}  # fmt: skip
"""The fields of terms in which the name of a person, a host, the fund, a call, a theme or the like stands."""


class Named:
    """Takes another name for each field; ``used`` says which field has which."""

    def __init__(self, names: Iterable[str]) -> None:
        self.left = iter(names)
        self.used: dict[str, str] = {}

    def into(self, terms: Any) -> Any:
        """Return terms of which every field that holds a name holds one of ours."""
        if isinstance(terms, tuple):
            return tuple(map(self.into, terms))
        if not is_dataclass(terms) or isinstance(terms, (type, Chart)):
            return terms
        return replace(terms, **{each.name: self._one(each.name, getattr(terms, each.name)) for each in fields(terms)})

    def _one(self, field: str, value: Any) -> Any:
        if field not in PLACES or not value:
            return self.into(value)
        if isinstance(value, str):
            return self._name_of(field)
        if isinstance(value, tuple) and isinstance(value[0], str):
            return (self._name_of(field), *value[1:])
        return self.into(value)

    def _name_of(self, field: str) -> str:
        if field not in self.used:
            self.used[field] = next(self.left)
        return self.used[field]
