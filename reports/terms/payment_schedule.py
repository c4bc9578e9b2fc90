"""What the payment schedule of an award says."""

from core import clock
from fund.models import Award, AwardCondition, Instalment
from reports.builders.payment_schedule import Payment, ScheduleTerms
from reports.terms.issuing import issue_of


def schedule_terms(award: Award) -> ScheduleTerms:
    """Gather the plan as it stands, with what is still to be met."""
    open_ones = [each for each in award.conditions.all() if each.state == AwardCondition.State.OPEN]
    return ScheduleTerms(
        issue=issue_of(award.fund), award_number=award.number, title=award.title, grantee=award.grantee_name,
        principal_investigator=award.investigator_name, state=str(Award.TABLE.wordings[award.state].staff),
        amount=award.amount, currency=award.currency, starts_on=award.starts_on, ends_on=award.ends_on,
        made_at=clock.now(), payments=tuple(map(_payment, award.instalments.all())),
        conditions=tuple(_condition(each) for each in open_ones),
    )  # fmt: skip


def _payment(each: Instalment) -> Payment:
    states = Instalment.State
    return Payment(
        each.number, each.due_on, each.amount, each.condition, str(each.get_state_display()),
        is_paid=each.state == states.PAID, is_cancelled=each.state == states.CANCELLED,
    )  # fmt: skip


def _condition(each: AwardCondition) -> str:
    return f"{each.text} (before instalment {each.instalment})" if each.instalment else each.text
