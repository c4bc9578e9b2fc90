"""The keys of the search box that ask about reviews: only of what the person may see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from applications.search import keys as base
from applications.search.folding import fold
from applications.search.language import Key, Kind, Term
from reviews.models import Assignment, PanelMember
from reviews.standing import Result, results_of

KEYS: dict[str, Key] = base.KEYS | {
    "score": Key(Kind.NUMBER, "score:>4"),
    "reviewer": Key(Kind.TEXT, "reviewer:@me"),
    "reviews": Key(Kind.CHOICE, "reviews:missing"),
}
STANDINGS: dict[str, Callable[[Result], bool]] = {
    "missing": lambda each: each.missing > 0,
    "complete": lambda each: each.missing == 0,
    "disagree": lambda each: each.disagree,
}


@dataclass
class PanelScope(base.Scope):
    """A call, and how its applications stand for the person; worked out only where a key asks for it."""

    @cached_property
    def results(self) -> Mapping[int, Result]:
        """How the applications under review stand, by their keys."""
        if self.call is None:
            return {}
        return {each.application.pk: each for each in results_of(self.call, self.user)}


def _score(term: Term, scope: Any) -> Q | None:
    """Compare the mean as it is shown; what has none is in no span."""
    span = term.span
    if span is None:
        return None
    means = {key: each.shown_mean for key, each in scope.results.items() if each.shown_mean is not None}
    return Q(pk__in=[key for key, mean in means.items() if span.holds(mean)])


def _reviews(term: Term, scope: Any) -> Q:
    kept = base.chosen(term, STANDINGS, _("standings of reviews"))
    return Q(pk__in=[key for key, each in scope.results.items() if any(is_so(each) for is_so in kept)])


def _reviewer(term: Term, scope: Any) -> Q:
    held = Assignment.objects.visible_to(scope.user).held().filter(application__call=scope.call)
    if term.text.lower() == "@me":
        return Q(pk__in=held.filter(member__person=scope.user).values("application"))
    asked = fold(term.text)
    members = PanelMember.objects.filter(call=scope.call).values_list("pk", "person__name")
    named = [key for key, name in members if asked.strip() and asked.rstrip() in fold(name)]
    if not named:
        raise base.Unfit(
            _("“%(typed)s” was left out: nobody on the panel is called so. Write a part of a name, or @me.")
            % {"typed": f"reviewer:{term.text}"}
        )
    return Q(pk__in=held.filter(member__in=named).values("application"))


CONDITIONS: dict[str, base.Condition] = base.CONDITIONS | {"score": _score, "reviews": _reviews, "reviewer": _reviewer}
