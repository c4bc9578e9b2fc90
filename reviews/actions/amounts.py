"""What an award may come to: by what was asked for, by the call, and by the money that is there."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext as _

from applications.models import Application
from core import money
from fund.models import Call
from reviews.models import Decision
from reviews.models.outcome import GIVEN_BACK, DecisionQuerySet

State, Outcome = Decision.State, Decision.Outcome


def check_amount(application: Application, amount: Decimal | None) -> None:
    """Refuse what is no amount of the currency, or more than was asked for or than the call gives."""
    currency = application.call.currency
    if amount is None or amount <= 0:
        raise ValidationError({"amount": _("Say how much, in figures.")})
    try:
        money.check_amount(amount, currency)
    except ValidationError as error:
        raise ValidationError({"amount": error.messages}) from error
    if application.amount is not None and amount > application.amount:
        asked = money.figures(application.amount, currency)
        raise ValidationError(
            {
                "amount": _("They asked for %(currency)s %(asked)s. Give that or less.")
                % {"currency": currency, "asked": asked}
            }
        )
    if amount > application.call.most_amount:
        most = money.figures(application.call.most_amount, currency)
        raise ValidationError(
            {
                "amount": _("A grant of this call is %(currency)s %(most)s at the most.")
                % {"currency": currency, "most": most}
            }
        )


def must_be_affordable(call: Call, decision: Decision) -> None:
    """Refuse what would bring the sum above the budget or the money; without figures, which may not be open to all."""
    amount = decision.amount or Decimal(0)
    funded = Decision.objects.filter(outcome=Outcome.FUND).exclude(pk=decision.pk).exclude(award__state__in=GIVEN_BACK)
    of_call = funded.filter(application__call=call, state__in=[State.APPROVED, State.RELEASED])
    if amount + _sum(of_call) > call.budget:
        raise ValidationError(
            {
                "amount": _(
                    "With what is already approved this is more than the call’s budget. Lower it, or replace another."
                )
            }
        )
    waiting = funded.filter(application__call__fund=call.fund_id, state=State.APPROVED)
    if amount + _sum(waiting) > call.fund.available():
        raise ValidationError(
            {
                "amount": _(
                    "With what is already approved this is more than the fund has available. Wait for money, or lower it."
                )
            }
        )


def _sum(decisions: DecisionQuerySet) -> Decimal:
    total = decisions.aggregate(total=Sum("amount"))["total"]
    return total or Decimal(0)
