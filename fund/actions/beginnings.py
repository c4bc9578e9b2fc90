"""A call from nothing: with the standard parts of this field, or with the one question that every call asks."""

from copy import deepcopy
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.people.models import User
from fund import standard
from fund.actions import calls
from fund.actions.forms import next_version
from fund.models import Call, Criterion, Fund, Rubric


@transaction.atomic
def begin(
    *, fund: Fund, title: str, slug: str, prefix: str, opens_at: datetime, closes_at: datetime, by: User | None,
    is_standard: bool = True,
) -> Call:  # fmt: skip
    """Draft a call; its texts, dates and amounts are still to be written."""
    parts: dict[str, Any] = {}
    if is_standard:
        parts = {"budget_categories": deepcopy(standard.CATEGORIES), "quiz": deepcopy(standard.QUIZ)}
    return calls.create(
        fund=fund, title=title, slug=slug, prefix=prefix, opens_at=opens_at, closes_at=closes_at, by=by,
        form=next_version(title[:200], deepcopy(standard.FORM if is_standard else standard.EMPTY_FORM)),
        rubric=_rubric(is_standard),
        summary=_("This text is not written yet."), text=_("This text is not written yet."), budget=Decimal(0),
        least_amount=Decimal(0), most_amount=Decimal(0), **parts,
    )  # fmt: skip


def _rubric(is_standard: bool) -> Rubric:
    raw = standard.RUBRIC
    last = Rubric.objects.filter(title=raw["title"]).aggregate(last=Max("number"))["last"] or 0
    rubric = Rubric.objects.create(
        title=raw["title"], number=last + 1, least=raw["least"], most=raw["most"], anchors=raw["anchors"]
    )
    if is_standard:
        for position, each in enumerate(raw["criteria"], start=1):
            Criterion.objects.create(rubric=rubric, position=position, **each)
    return rubric
