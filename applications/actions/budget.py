"""Writing the budget of a draft: all of its lines at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions.writing import open_draft, take_back_ready
from applications.models import Application, ApplicationVersion, BudgetLine
from applications.opening import part_of
from core import money
from core.forms.definition import Kind
from core.people.models import User
from core.states import WrongState

MOST_LINES = 200


class StaleBudget(WrongState):
    """Somebody else saved the budget in between; `lines` are what they saved, `revision` its number."""

    def __init__(self, draft: Application) -> None:
        super().__init__(_("Somebody else saved this budget while you wrote. Yours is not saved yet."))
        self.lines = list(draft.budget_lines.all())
        self.revision = draft.budget_revision


@transaction.atomic
def save_budget(
    *, application: Application, lines: Iterable[Mapping[str, Any]], by: User | None, at: datetime,
    revision: int | None = None,
) -> Application:  # fmt: skip
    """Replace all budget lines (category, description, year, amount); the requested amount is their sum.

    An old `revision` raises StaleBudget, unless the same lines stand there already.
    """
    draft = open_draft(application, by=by, parts=[part_of(application.form.definition, Kind.BUDGET)], at=at)
    rows = [_line(draft, each) for each in lines]
    if len(rows) > MOST_LINES:
        raise ValidationError(_("A budget has at most %(most)s lines. Put small ones together.") % {"most": MOST_LINES})
    if _values(rows) == _values(draft.budget_lines.all()):
        return draft
    if revision is not None and revision != draft.budget_revision:
        raise StaleBudget(draft)
    take_back_ready(draft, by=by)
    _replace(draft, rows)
    draft.changed_at = at
    draft.save(update_fields=["amount", "budget_revision", "changed_at"])
    return draft


def put_back(draft: Application, version: ApplicationVersion) -> None:
    """Put the lines of a submitted version in the place of those of a locked draft, which its caller saves."""
    rows = [
        BudgetLine(
            application=draft, category=line["category"], description=line["description"], year=line["year"],
            amount=Decimal(line["amount"]),
        )
        for line in version.content["budget"]["lines"]
    ]  # fmt: skip
    if _values(rows) != _values(draft.budget_lines.all()):
        _replace(draft, rows)


def _replace(draft: Application, rows: list[BudgetLine]) -> None:
    draft.budget_lines.all().delete()
    BudgetLine.objects.bulk_create(rows)
    draft.amount = sum((row.amount for row in rows), Decimal(0)) if rows else None
    draft.budget_revision += 1


def _values(rows: Iterable[BudgetLine]) -> list[tuple[str, str, int, Decimal]]:
    """Return what the rows say, in the order in which they are stored and shown."""
    in_order = sorted(rows, key=lambda row: row.year)
    return [(row.category, row.description, row.year, row.amount) for row in in_order]


def _line(draft: Application, raw: Mapping[str, Any]) -> BudgetLine:
    currency = draft.call.currency
    amount = raw["amount"] if isinstance(raw["amount"], Decimal) else money.parse(str(raw["amount"]), currency)
    money.check_amount(amount, currency)
    line = BudgetLine(
        application=draft,
        category=str(raw["category"]),
        description=" ".join(str(raw["description"]).split()),
        year=int(raw.get("year", 1)),
        amount=amount,
    )
    line.clean_fields(exclude=["application"])
    if not 1 <= line.year <= 10:
        raise ValidationError({"year": _("Write a year of the project, from 1 to 10.")})
    return line
