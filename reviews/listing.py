"""The list of a call's applications as an address asks for it: search, filters, order, columns.

The box and the filters beside it say the same: a filter that is changed is written into the box, and what is written
in the box shows in the filters. `was` tells which of the two somebody changed.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet, prefetch_related_objects
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.search import keys as base
from applications.search import language
from applications.search.language import Query, Term
from core import money
from core.web.pagination import FromNearerEnd
from fund.models import Call
from reviews.listing_form import ListingForm
from reviews.search_keys import CONDITIONS, KEYS, STANDINGS, PanelScope
from reviews.standing import Result, results_of

ORDERS = {
    "newest": ("-submitted_at", "-pk"),
    "reference": ("reference",),
    "title": ("title", "reference"),
    "amount": ("amount", "reference"),
}
LARGE = 500
"""Up to so many applications, disagreement is measured against the others of the call, beyond it each by itself; and
the keys of all that was found are read at once, beyond it counted and read by the page."""


class Column(NamedTuple):
    """One column of the table: its head, its kind, and the sorting that its head asks for."""

    label: str | Promise
    kind: str = ""
    sort: str = ""


COLUMNS: dict[str, Column] = {
    "people": Column(_("Principal investigator")),
    "country": Column(_("Country")),
    "theme": Column(_("Theme")),
    "amount": Column("", "is-number", "-amount"),
    "months": Column(_("Months"), "is-number"),
    "submitted": Column(_("Submitted"), "", "newest"),
    "labels": Column(_("Tags and flags")),
    "state": Column(_("State")),
    "reviews": Column(_("Reviews"), "is-number", "-missing"),
    "score": Column(_("Score"), "is-number", "-score"),
}
USUAL = ("people", "country", "theme", "amount", "state", "reviews", "score")


class Link(NamedTuple):
    """How a filter beside the box is written as a key, and read from one."""

    key: str
    shown: Callable[[list[Term], Call], Any]
    sign: str = ""


def readable(call: Call, viewer: Any) -> QuerySet[Application]:
    """Return what the viewer may see of a call, each with whether they may know who applies."""
    return Application.objects.visible_to_fund(viewer).filter(call=call).submitted().with_veil(viewer)


def _only(choices: Callable[[Call], Mapping[str, Any]]) -> Callable[[list[Term], Call], Any]:
    def shown(terms: list[Term], call: Call) -> Any:
        words = terms[0].choices if len(terms) == 1 else []
        if len(words) != 1:
            return ""
        known = choices(call)
        near = {value for name, value in known.items() if words[0] in name}
        return known.get(words[0]) or (near.pop() if len(near) == 1 else "")

    return shown


def _country_names() -> dict[str, str]:
    names = {name.replace(" ", "-"): code for code, name in base.countries().items()}
    return names | {code.lower(): code for code in base.countries()}


def _least(terms: list[Term], call: Call) -> Decimal | None:
    spans = [each.span for each in terms if each.span is not None and each.span.high is None]
    return spans[0].low if len(terms) == len(spans) == 1 else None


LINKS: dict[str, Link] = {
    "state": Link("state", _only(lambda call: base.STATES)),
    "theme": Link("theme", _only(lambda call: {each.slug: each.slug for each in call.themes.all()})),
    "country": Link("country", _only(lambda call: _country_names())),
    "least": Link("amount", _least, ">="),
    "score": Link("score", _least, ">="),
    "reviews": Link("reviews", _only(lambda call: {each: each for each in STANDINGS})),
}


class Listing:
    """What one person finds in a call by one address."""

    def __init__(self, call: Call, viewer: Any, asked: QueryDict) -> None:
        self.call, self.viewer = call, viewer
        prefetch_related_objects([call], "themes")
        self.everything = readable(call, viewer)
        self.form = ListingForm(self._first(asked), call=call, countries=self._countries, columns=COLUMNS)
        self.form.full_clean()
        self.given = self.form.cleaned_data
        self.query = language.parse(self._merged(asked), KEYS)
        self.scope = PanelScope(viewer, call)
        self.conditions = base.conditions(self.query, self.scope, CONDITIONS)
        self._show(asked)

    @property
    def total(self) -> int:
        """How many there are without any filter."""
        return sum(number for _, _, number in self._tally)

    @property
    def order(self) -> str:
        """The sorting that was asked for, or the newest first."""
        return str(self.given.get("sort") or "newest")

    @property
    def columns(self) -> list[str]:
        """The columns that were chosen, in the order of the table."""
        chosen = self.given.get("columns") or USUAL
        return [name for name in COLUMNS if name in chosen]

    @property
    def address(self) -> str:
        """The address that shows this list again: what is kept as a view, and exported."""
        kept = QueryDict(mutable=True)
        if self.query.typed:
            kept["q"] = self.query.typed
        if self.order != "newest":
            kept["sort"] = self.order
        if self.columns != list(USUAL):
            kept.setlist("columns", self.columns)
        return kept.urlencode()

    @property
    def found(self) -> QuerySet[Application]:
        """What was found, in no order."""
        return self.everything.filter(*self.conditions)

    def keys(self) -> Sequence[int] | FromNearerEnd:
        """Return the keys of what was found, sorted; what has no score or no reviews comes last either way."""
        name, is_down = self.order.removeprefix("-"), self.order.startswith("-")
        if name in ORDERS:
            columns = [turned(column) if is_down else column for column in ORDERS[name]]
            rows = self.found.order_by(*columns).values_list("pk", flat=True)
            return list(rows) if self.conditions and self.total <= LARGE else FromNearerEnd(rows, self._number)
        results = self.scope.results
        keys = list(self.found.order_by("reference").values_list("pk", flat=True))
        figures = {key: _figure(results[key], name) for key in keys if key in results}
        known = [key for key in keys if figures.get(key) is not None]
        rest = set(known)
        return sorted(known, key=lambda key: figures[key], reverse=is_down) + [key for key in keys if key not in rest]

    def results(self, rows: Collection[Application]) -> Mapping[int, Result]:
        """Return how some applications of the list stand."""
        if "results" in self.scope.__dict__:
            return self.scope.results
        found = results_of(self.call, self.viewer, rows=rows, is_part=self.total > LARGE)
        return {each.application.pk: each for each in found}

    @cached_property
    def _number(self) -> int:
        return self.found.count() if self.conditions else self.total

    @cached_property
    def _tally(self) -> list[tuple[str, bool, int]]:
        rows = self.everything.order_by().values_list("country", "is_veiled").annotate(Count("pk"))  # type: ignore[misc]
        return list(rows)

    @property
    def _countries(self) -> set[str]:
        return {code for code, is_veiled, _ in self._tally if code and not is_veiled}

    def _first(self, asked: QueryDict) -> dict[str, Any]:
        return {**asked.dict(), "columns": asked.getlist("columns")}

    def _merged(self, asked: QueryDict) -> str:
        """Return the text of the box, with the filters that were changed beside it written in."""
        text = asked.get("q", "")
        before = language.parse(asked.get("was", ""), KEYS)
        for name, link in LINKS.items():
            if name not in self.given or name not in asked:
                continue
            value = self.given[name] if self.given[name] != "" else None
            if value == self._offered(name, link.shown(before.of_key(link.key), self.call)):
                continue
            text = self._replaced(text, link, value)
        return text.strip()

    def _offered(self, name: str, value: Any) -> Any:
        """Return what a filter showed before, which is nothing where it has no such choice."""
        choices = getattr(self.form.fields[name], "choices", None)
        is_there = value not in ("", None) and (choices is None or value in dict(choices))
        return value if is_there else None

    def _replaced(self, text: str, link: Link, value: Any) -> str:
        typed = language.parse(text, KEYS)
        rest = typed.without(*typed.of_key(link.key))
        if value is None:
            return rest
        plain = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value).replace("_", "-")
        return f"{rest} {language.written(link.key, link.sign + plain)}"

    def _show(self, asked: QueryDict) -> None:
        """Fill the form with what holds now; what could not be read stays as it was typed."""
        shown = {name: link.shown(self.query.of_key(link.key), self.call) for name, link in LINKS.items()}
        for name, value in shown.items():
            if isinstance(value, Decimal):
                shown[name] = money.figures(value, self.call.currency) if name == "least" else f"{value.normalize():f}"
        faults = {name: list(self.form.errors[name]) for name in self.form.errors}
        typed = {name: asked.get(name, "") for name in faults}
        now = {**shown, "q": self.query.typed, "was": self.query.typed, "sort": self.order, "columns": self.columns}
        self.form.data = {**now, **typed}
        for fault in self.scope.faults:
            self.form.add_error("q", fault)


def _figure(result: Result, name: str) -> Any:
    return result.mean if name == "score" else result.missing


def turned(column: str) -> str:
    """Return the other direction of a sorting."""
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"


__all__ = ["COLUMNS", "Listing", "Query", "readable", "turned"]
