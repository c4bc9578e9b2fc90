"""What a panel book says to one recipient: the applications that their pages show, and nothing that leads to another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import batched
from typing import Any

from django.conf import settings
from django.utils import translation

from applications.models import Application
from applications.models.application import veiled_from
from core.people.models import User
from core.web import moments
from fund.models import Call
from reports.builders.application_summary import Copy, SummaryTerms
from reports.builders.panel_book import PanelBookTerms, RankedSummary
from reports.terms.issuing import issue_of
from reports.terms.summary import rows_for_summaries, summaries
from reviews import scoring
from reviews.models import Assignment, Meeting
from reviews.models.assignment import reviews_owed_by
from reviews.standing import is_limited, results_of

TOGETHER = 50
"""So many applications are in memory at a time."""


@dataclass(frozen=True)
class Rights:
    """What a person may read of a call at one moment: which applications, and what of them stays hidden."""

    readable: frozenset[int]
    veiled: frozenset[int]
    owed: frozenset[int]


def rights_to(call: Call, person: User) -> Rights:
    """Ask for what a person may read of a call now."""
    readable = Application.objects.visible_to_fund(person).filter(call=call).under_review()
    veiled = Application.objects.filter(veiled_from(person), call=call)
    owed = Assignment.objects.filter(application__in=reviews_owed_by(person), application__call=call)
    return Rights(
        frozenset(readable.values_list("pk", flat=True)),
        frozenset(veiled.values_list("pk", flat=True)),
        frozenset(owed.values_list("application", flat=True)),
    )


@dataclass(frozen=True, slots=True)
class _Result:
    """How one application stands, without the reviews that it was worked out from."""

    key: int
    reference: str
    title: str
    mean: Decimal | None
    spread: str
    merit: str
    reviews: str
    amount: Decimal | None


@translation.override(settings.LANGUAGE_CODE)
def panel_book_terms(call: Call, *, recipient: User, copy: Copy, rights: Rights) -> PanelBookTerms:
    """Gather the book of what the recipient may read; the summaries come one by one."""
    results = list(_results(call, recipient, sorted(rights.readable)))
    ranks = scoring.ranks({each.key: each.mean for each in results})
    results.sort(key=lambda each: (ranks[each.key] is None, ranks[each.key], each.reference))
    meeting = _meeting(call, recipient)
    keys = _in_order([each.key for each in results], meeting)
    return PanelBookTerms(
        issue=issue_of(call.fund),
        copy=copy,
        call=call.title,
        currency=call.currency,
        order="the agenda of the meeting" if meeting else "the ranking",
        is_limited=is_limited(call, recipient) or not recipient.has_perm("reviews.see_panel", call),
        standings=tuple(_standing(each, ranks[each.key]) for each in results),
        summaries=_summaries(keys, recipient, copy, rights),
        meets=_when_and_where(meeting, call) if meeting else "",
    )


def _results(call: Call, recipient: User, keys: Sequence[int]) -> Iterator[_Result]:
    for some in batched(keys, TOGETHER):
        rows = Application.objects.filter(pk__in=some).defer("summary", "withdrawal_reason")
        for each in results_of(call, recipient, rows=rows, is_part=True):
            application = each.application
            yield _Result(
                application.pk, str(application.reference), application.title, each.mean, _shown(each.shown_spread),
                _shown(each.shown_overall), f"{len(each.reviews)} of {each.wanted}", application.amount,
            )  # fmt: skip


def _standing(result: _Result, rank: int | None) -> RankedSummary:
    return RankedSummary(
        rank=_shown(rank), reference=result.reference, title=result.title, mean=_shown(scoring.shown(result.mean)),
        spread=result.spread, merit=result.merit, reviews=result.reviews, amount=result.amount,
    )  # fmt: skip


def _shown(figure: Any) -> str:
    return "—" if figure is None else str(figure)


def _meeting(call: Call, recipient: User) -> Meeting | None:
    """Return the meeting that is to come or on, else the last one."""
    rows = Meeting.objects.visible_to(recipient).filter(call=call)
    to_come = rows.exclude(state=Meeting.State.CLOSED).order_by("starts_at", "pk").first()
    return to_come or rows.order_by("-starts_at", "-pk").first()


def _in_order(keys: list[int], meeting: Meeting | None) -> list[int]:
    """Put what is on the agenda first, in its order; the rest stays in the order of the ranking."""
    places = dict(meeting.items.values_list("application", "position")) if meeting else {}
    return sorted(keys, key=lambda key: places.get(key, len(places) + 1))


def _when_and_where(meeting: Meeting, call: Call) -> str:
    when = moments.full(meeting.starts_at, call.zone)
    return f"{when}, {meeting.place}" if meeting.place else when


def _summaries(keys: Sequence[int], recipient: User, copy: Copy, rights: Rights) -> Iterator[SummaryTerms]:
    for some in batched(keys, TOGETHER):
        found = rows_for_summaries().in_bulk(some)
        yield from summaries([found[key] for key in some], recipient=recipient, copy=copy, hidden=rights.veiled)
