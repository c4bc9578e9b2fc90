"""The keys of the search box that concern an application itself, and what each asks of the database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pycountry
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from applications.models import Application, Label, Labelling
from applications.models.application import veiled_from
from applications.search import texts
from applications.search.folding import fold, key_of
from applications.search.language import Key, Kind, Query, Span, Term
from core.people.models import country_name
from fund.models import Call

HIGHEST = Decimal(10) ** 14
STATES = {state.replace("_", "-"): state for state in Application.State.values if state != Application.State.DRAFT}
KEYS: dict[str, Key] = {
    "state": Key(Kind.CHOICE, "state:eligible"),
    "theme": Key(Kind.CHOICE, "theme:detection"),
    "country": Key(Kind.CHOICE, "country:KE"),
    "amount": Key(Kind.NUMBER, "amount:>100000"),
    "months": Key(Kind.NUMBER, "months:12..24"),
    "submitted": Key(Kind.DAY, "submitted:<2021-04-01"),
    "tag": Key(Kind.CHOICE, "tag:pilot"),
    "flag": Key(Kind.CHOICE, "flag:none"),
    "pi": Key(Kind.TEXT, "pi:kamande"),
    "host": Key(Kind.TEXT, "host:university"),
    "title": Key(Kind.TEXT, "title:grooming"),
    "reference": Key(Kind.TEXT, "reference:041"),
}


class Unfit(Exception):
    """A value that a key cannot have; the message says what to write."""


@dataclass
class Scope:
    """For whom and in which call is searched, and what was wrong with the question."""

    user: Any
    call: Call | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def unveiled(self) -> Q:
        """The condition that keeps a blinded name from being found by searching for it."""
        return ~veiled_from(self.user)


Condition = Callable[[Term, Scope], Q | None]


def conditions(query: Query, scope: Scope, readers: Mapping[str, Condition] | None = None) -> list[Q]:
    """Return what a query asks of applications; a value that fits nothing is left out, with a sentence in the scope."""
    known = CONDITIONS if readers is None else readers
    scope.faults += query.faults
    found: list[Q] = []
    for term in query.terms:
        try:
            asked = known[term.key](term, scope)
        except Unfit as unfit:
            scope.faults.append(str(unfit))
            continue
        if asked is not None:
            found.append(~asked if term.is_negated else asked)
    return found


def within(column: str, span: Span) -> Q:
    """Return the condition for a column between the ends of a span."""
    found = Q()
    if span.low is not None:
        found &= Q(**{f"{column}__{'gt' if span.above else 'gte'}": span.low})
    if span.high is not None:
        found &= Q(**{f"{column}__{'lt' if span.below else 'lte'}": span.high})
    return found


def chosen(term: Term, choices: Mapping[str, Any], plural: Any) -> list[Any]:
    """Return what the words of a term stand for: by the exact word, else by its beginning or any part of it."""
    found: list[Any] = []
    for word in term.choices:
        near = [value for name, value in choices.items() if word in name]
        if word not in choices and not near:
            listed = ", ".join(list(choices)[:12]) or _("none")
            raise Unfit(
                _("“%(typed)s” was left out: it is not among the %(plural)s. There are: %(choices)s.")
                % {"typed": f"{term.key}:{word}", "plural": plural, "choices": listed}
            )
        found += [choices[word]] if word in choices else near
    return found


def _text(term: Term, scope: Scope) -> Q | None:
    return texts.holding(term.text, is_exact=term.is_exact, user=scope.user)


def _state(term: Term, scope: Scope) -> Q:
    return Q(state__in=chosen(term, STATES, _("states")))


def _theme(term: Term, scope: Scope) -> Q:
    if scope.call is None:
        return Q(theme__slug__in=term.choices)
    return Q(theme__in=chosen(term, {each.slug: each.pk for each in scope.call.themes.all()}, _("themes")))


def _country(term: Term, scope: Scope) -> Q:
    codes: list[str] = []
    for word in term.choices:
        named = fold(word).strip()
        near = [code for code, name in countries().items() if named and name.startswith(named)]
        if word.upper() not in countries() and not near:
            raise Unfit(
                _("“%(typed)s” was left out. Write a country’s code of two letters or its name, such as %(example)s.")
                % {"typed": f"country:{word}", "example": KEYS["country"].example}
            )
        codes += [word.upper()] if word.upper() in countries() else near
    return Q(country__in=codes) & scope.unveiled


@cache
def countries() -> dict[str, str]:
    """Return the folded name of every country by its code."""
    return {each.alpha_2: fold(country_name(each.alpha_2)).strip() for each in pycountry.countries}


def _amount(term: Term, scope: Scope) -> Q | None:
    return within("amount", term.span.map(lambda each: round(min(each, HIGHEST), 3))) if term.span else None


def _months(term: Term, scope: Scope) -> Q | None:
    if term.span is None:
        return None
    return within("months", term.span.map(lambda each: min(int(each), 1000)))


def _submitted(term: Term, scope: Scope) -> Q | None:
    """Days begin and end in the call's zone."""
    if term.span is None:
        return None
    zone = ZoneInfo(scope.call.zone if scope.call else "UTC")
    span, found = term.span, Q()
    if span.low is not None:
        first = span.low + timedelta(days=1) if span.above else span.low
        found &= Q(submitted_at__gte=datetime.combine(first, time(), zone))
    if span.high is not None:
        after = span.high if span.below else span.high + timedelta(days=1)
        found &= Q(submitted_at__lt=datetime.combine(after, time(), zone))
    return found


def _named(column: str, *, names: bool = True) -> Condition:
    def read(term: Term, scope: Scope) -> Q | None:
        found = texts.named(column, term.text, is_exact=False)
        return found & scope.unveiled if found is not None and names else found

    return read


def _labelled(kind: str, plural: Any) -> Condition:
    """Read a tag or flag; `none` stands for applications without any."""

    def read(term: Term, scope: Scope) -> Q:
        put = Labelling.objects.filter(label__kind=kind)
        if term.choices == ["none"]:
            return ~Q(pk__in=put.values("application"))
        if scope.call is None:
            return Q(pk__in=put.filter(label__key__in=[key_of(each) for each in term.choices]).values("application"))
        words = Label.objects.of(scope.call).known_to(scope.user).filter(kind=kind).values_list("key", "pk")
        return Q(pk__in=put.filter(label__in=chosen(term, dict(words), plural)).values("application"))

    return read


def _reference(term: Term, scope: Scope) -> Q | None:
    plain = "".join(each for each in term.text if each.isascii() and (each.isalnum() or each == "-"))
    return Q(reference__icontains=plain) if plain else None


CONDITIONS: dict[str, Condition] = {
    "": _text,
    "state": _state,
    "theme": _theme,
    "country": _country,
    "amount": _amount,
    "months": _months,
    "submitted": _submitted,
    "tag": _labelled("tag", _l("tags")),
    "flag": _labelled("flag", _l("flags")),
    "pi": _named("investigator"),
    "host": _named("host"),
    "title": _named("title", names=False),
    "reference": _reference,
}
