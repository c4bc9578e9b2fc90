"""What the ranking report of a call says to one recipient: nothing that their page would not show."""

from decimal import Decimal
from typing import Any

from core import clock
from core.people.models import User
from fund.models import Call
from reports.builders.application_summary import Copy
from reports.builders.ranking_report import RankingReportTerms, Standing
from reports.terms.issuing import issue_of
from reviews import order, scoring, standing
from reviews.order import Placed
from reviews.order_seen import seen_by
from reviews.rank_chart import rank_chart
from reviews.ranking_columns import groups_in
from reviews.sureness import sentences


def ranking_terms(call: Call, *, recipient: User, copy: int) -> RankingReportTerms:
    """Gather the report from the scores that the recipient may see."""
    seen = seen_by(call, recipient)
    found, run, ranking = seen.order, seen.run, seen.order.ranking
    groups = groups_in(found)
    return RankingReportTerms(
        issue=issue_of(call.fund),
        copy=Copy(copy, recipient.name, clock.now()),
        call=call.title,
        currency=call.currency,
        budget=call.budget,
        when_over=str(seen.rule.get_budget_display()),
        drawn=str(seen.rule.get_draw_display()),
        is_limited=standing.is_limited(call, recipient),
        rows=tuple(_standing(row, groups) for row in seen.drawn.rows),
        groups=tuple(str(group.label) for group in groups),
        sentences=tuple(sentences(order.agreement_of(seen.results), ranking)),
        chart=rank_chart(found) if ranking and ranking.applications else None,
        method=f"Model {ranking.version}, seed {run.seed}, scores {run.digest[:16]}." if ranking and run else "",
    )


def _standing(row: Placed, groups: list[Any]) -> Standing:
    result, place = row.result, row.ranked
    return Standing(
        rank="—" if result.rank is None else str(result.rank),
        reference=str(result.application.reference),
        title=result.application.title,
        mean=_shown(result.shown_mean),
        spread=_shown(result.shown_spread),
        merit=_shown(result.shown_overall),
        calibrated=f"{place.calibrated:.2f}" if place else "—",
        expected=f"{place.expected_rank:.1f}" if place else "—",
        interval=f"{place.interval[0]} to {place.interval[1]}" if place else "",
        amount=row.takes,
        asked=result.application.amount if row.is_cut else None,
        against=str(row.against_line[0]) if row.against_line else "—",
        groups=tuple(_shown(scoring.shown(result.groups.get(group))) for group in groups),
        disagree=result.disagree,
    )


def _shown(figure: Decimal | None) -> str:
    return "—" if figure is None else str(figure)
