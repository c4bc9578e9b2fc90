"""An award's way: offered, answered or lapsed, its agreement signed, started."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from core import audit, clock, jobs, mail
from core.people.models import Organisation, User
from core.states import WrongState
from core.web import moments
from fund import plans
from fund.actions import ledger
from fund.models import Award, AwardCondition, Call, Counter, Fund, Instalment, ProgressReport, Theme
from fund.periods import end_of

ETHICS = "The ethics committee’s approval is on file"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardTerms:
    """What an award is made of; `source_key` is the key of the application that it comes from.

    `offered_at` is when the grantee may see the offer: at once, or at the time set for a whole release.
    Without `call` the award needs its `fund`. Texts that are empty come from the grantee and the investigator.
    """

    title: str
    grantee: Organisation
    investigator: User | None
    amount: Decimal
    decided_at: datetime
    answer_by: datetime
    starts_on: date
    months: int
    call: Call | None = None
    fund: Fund | None = None
    theme: Theme | None = None
    source_key: int | None = None
    public_summary: str = ""
    grantee_name: str = ""
    grantee_address: str = ""
    investigator_name: str = ""
    holders: tuple[User, ...] = ()
    signatory: str = ""
    special_conditions: str = ""
    needs_ethics_approval: bool = False
    offered_at: datetime | None = None

    @property
    def fund_key(self) -> int:
        """The fund that pays."""
        if self.call is not None:
            return self.call.fund_id
        if self.fund is None:
            raise ValueError("An award needs a call or a fund.")
        return self.fund.pk


@transaction.atomic
def offer(*, terms: AwardTerms, by: User | None) -> Award:
    """Make an award with its plan, and promise its money; refused where the call or the fund does not have it.

    The number's counter is the last lock: whoever offers many in one transaction locks all else before the first.
    """
    fund = ledger.lock_fund(terms.fund_key)
    award = _draft(terms, fund)
    if by is not None and not by.has_perm("fund.offer_award", award):
        raise PermissionDenied(_("You are not allowed to offer this award."))
    _check_terms(terms, award)
    number = Counter.next(f"award:{fund.prefix}:{terms.decided_at.year}")
    award.number = f"{fund.prefix}-A-{terms.decided_at.year}-{number:03d}"
    award.save()
    award.holders.set({each for each in (*terms.holders, terms.investigator) if each is not None})
    _plan(award, terms)
    ledger.commit(award=award, by=by)
    audit.record("award:offer", by=by, subject=award, amount=str(award.amount), source=terms.source_key)
    return award


@transaction.atomic
def accept(*, award: Award, signatory: str, by: User, at: datetime | None = None) -> Award:
    """Take the offer up for the grantee, in time, and name who signs for it."""
    award = Award.lock(award.pk)
    award.take("accept", by=by)
    _answer(award, by, at)
    if not signatory.strip():
        raise ValidationError({"signatory": _("Write the name of the person who signs for the grantee.")})
    award.signatory = signatory.strip()[:200]
    award.save(update_fields=["signatory", "answered_at", "answered_by"])
    mail.queue("fund/mail/offer-accepted.txt", to=by, award=award)
    return award


@transaction.atomic
def decline(*, award: Award, reason: str = "", by: User, at: datetime | None = None) -> Award:
    """Turn the offer down, and give its money back to the fund."""
    ledger.lock_fund(award.fund_id)
    award = Award.lock(award.pk)
    _end_offer(award, "decline", by=by)
    _answer(award, by, at)
    award.decline_reason = reason.strip()[:300]
    award.save(update_fields=["decline_reason", "answered_at", "answered_by"])
    mail.queue("fund/mail/offer-declined.txt", to=by, award=award)
    return award


@jobs.daily
def lapse_overdue() -> None:
    """End every offer that was not answered in time."""
    late = Award.objects.filter(state=Award.State.OFFERED, answer_by__lt=clock.now())
    for pk, fund in late.order_by("pk").values_list("pk", "fund"):
        _lapse(pk, fund)


@transaction.atomic
def _lapse(pk: int, fund: int) -> None:
    ledger.lock_fund(fund)
    award = Award.lock(pk)
    if not award.has_lapsed:
        return
    _end_offer(award, "lapse", by=None)
    for holder in award.holders.order_by("pk"):
        mail.queue("fund/mail/offer-lapsed.txt", to=holder, award=award)


@transaction.atomic
def sign(*, award: Award, signed_on: date, by: User | None) -> Award:
    """Record that both sides signed the agreement."""
    award = Award.lock(award.pk)
    award.signed_on = signed_on
    award.save(update_fields=["signed_on"])
    award.take("sign", by=by)
    if signed_on > clock.today():
        raise ValidationError(
            {"signed_on": _("This day is still to come. Record the agreement once both have signed.")}
        )
    if award.answered_at and signed_on < award.answered_at.date():
        raise ValidationError(
            {"signed_on": _("This day is before the offer was accepted. Look at the agreement again.")}
        )
    _check_nothing_blocks(award, AwardCondition.Blocks.SIGNATURE)
    for holder in award.holders.order_by("pk"):
        mail.queue("fund/mail/agreement-signed.txt", to=holder, award=award)
    return award


@transaction.atomic
def activate(*, award: Award, by: User | None) -> Award:
    """Start the award: its first instalment is due."""
    award = Award.lock(award.pk)
    award.take("activate", by=by)
    first = award.instalments.filter(number=1, state=Instalment.State.SCHEDULED)
    first.update(state=Instalment.State.DUE)
    return award


@transaction.atomic
def suspend(*, award: Award, by: User | None) -> Award:
    """Stop the award for a while."""
    return _step(award, "suspend", by)


@transaction.atomic
def resume(*, award: Award, by: User | None) -> Award:
    """Let a suspended award go on."""
    return _step(award, "resume", by)


@transaction.atomic
def settle_condition(*, condition: AwardCondition, met: bool, reason: str = "", by: User | None) -> AwardCondition:
    """Record that a condition is met, or waive it with a reason."""
    award = Award.lock(condition.award_id)
    condition = AwardCondition.objects.select_for_update(no_key=True).get(pk=condition.pk)
    if by is not None and not by.has_perm("fund.run_award", award):
        raise PermissionDenied(_("You are not allowed to settle this condition."))
    if condition.state != AwardCondition.State.OPEN:
        raise WrongState(_("This condition was settled already. Reload the page."))
    if not met and not reason.strip():
        raise ValidationError({"reason": _("Say why this condition need not be met.")})
    condition.state = AwardCondition.State.MET if met else AwardCondition.State.WAIVED
    condition.reason, condition.settled_at, condition.settled_by = reason.strip()[:300], clock.now(), by
    condition.save()
    audit.record("award:settle-condition", by=by, subject=award, condition=condition.pk, state=condition.state)
    return condition


@transaction.atomic
def withhold(*, award: Award, reason: str, by: User | None) -> Award:
    """Keep an award's title and grantee off the public register; its reason and amount stay there."""
    award = _for_register(award, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this award is withheld: the register shows the reason.")})
    award.is_withheld, award.withheld_reason = True, reason.strip()[:300]
    return _register(award, "withhold", by)


@transaction.atomic
def publish(*, award: Award, by: User | None) -> Award:
    """Show a withheld award on the public register again."""
    award = _for_register(award, by)
    award.is_withheld, award.withheld_reason = False, ""
    return _register(award, "publish", by)


def _for_register(award: Award, by: User | None) -> Award:
    award = Award.lock(award.pk)
    if by is not None and not by.has_perm("fund.run_award", award):
        raise PermissionDenied(_("You are not allowed to change how the register shows this award."))
    return award


def _register(award: Award, action: str, by: User | None) -> Award:
    award.save(update_fields=["is_withheld", "withheld_reason"])
    audit.record(f"award:{action}", by=by, subject=award)
    return award


def _step(award: Award, action: str, by: User | None) -> Award:
    award = Award.lock(award.pk)
    award.take(action, by=by)
    return award


def _draft(terms: AwardTerms, fund: Fund) -> Award:
    now = clock.now()
    person = terms.investigator
    return Award(
        fund=fund,
        call=terms.call,
        theme=terms.theme,
        source_key=terms.source_key,
        title=terms.title,
        public_summary=terms.public_summary,
        grantee=terms.grantee,
        grantee_name=terms.grantee_name or terms.grantee.name,
        grantee_address=terms.grantee_address or terms.grantee.address,
        investigator=person,
        investigator_name=terms.investigator_name or (person.name if person else ""),
        signatory=terms.signatory,
        currency=fund.currency,
        offered_amount=terms.amount,
        amount=terms.amount,
        decided_at=terms.decided_at,
        offered_at=terms.offered_at or now,
        answer_by=terms.answer_by,
        starts_on=terms.starts_on,
        ends_on=end_of(terms.starts_on, terms.months),
        special_conditions=terms.special_conditions,
    )


def _check_terms(terms: AwardTerms, award: Award) -> None:
    if terms.months < 1:
        raise ValidationError(_("A grant runs for at least one month."))
    if not terms.holders and terms.investigator is None:
        raise ValidationError(_("Nobody could answer this offer. Name a person of the grantee who can sign in."))
    if award.answer_by <= award.offered_at:
        raise ValidationError(_("The offer would lapse before anybody could see it. Set a later date to answer by."))
    if terms.call is None:
        return
    promised = terms.call.awards.aggregate(total=Sum("amount", default=Decimal(0)))["total"]
    if promised + terms.amount > terms.call.budget:
        raise ValidationError(
            _("The call “%(call)s” does not have that much left. Offer less.") % {"call": terms.call.title}
        )


def _plan(award: Award, terms: AwardTerms) -> None:
    ethics = terms.needs_ethics_approval
    parts = plans.instalments(award.amount, award.currency, terms.starts_on, terms.months, needs_ethics=ethics)
    Instalment.objects.bulk_create(
        Instalment(award=award, number=each.number, due_on=each.due_on, amount=each.amount, condition=each.condition)
        for each in parts
    )
    ProgressReport.objects.bulk_create(
        ProgressReport(award=award, number=each.number, title=each.title, due_on=each.due_on)
        for each in plans.reports(terms.starts_on, terms.months)
    )
    if ethics:
        # A grant too small for a second instalment waits with its only one.
        blocked = min(2, len(parts))
        AwardCondition.objects.create(award=award, text=ETHICS, blocks="instalment", instalment=blocked)


def _answer(award: Award, by: User, at: datetime | None) -> None:
    arrived = at or clock.now()
    if arrived > award.answer_by:
        moment = moments.full(award.answer_by)
        raise WrongState(
            _("The time to answer was over at %(moment)s, so this offer has lapsed. Write to the fund.")
            % {"moment": moment}
        )
    award.answered_at, award.answered_by = arrived, by


def _end_offer(award: Award, action: str, *, by: User | None) -> None:
    # The amount goes first: the database takes no declined or lapsed row that still holds money.
    award.amount = Decimal(0)
    award.save(update_fields=["amount"])
    award.take(action, by=by, offered=str(award.offered_amount))
    award.instalments.update(state=Instalment.State.CANCELLED)
    ledger.decommit(award=award, by=by)


def _check_nothing_blocks(award: Award, blocked: str) -> None:
    open_ones = award.conditions.filter(state=AwardCondition.State.OPEN)
    texts = list(
        open_ones.filter(Q(blocks=blocked) | Q(blocks=AwardCondition.Blocks.ALL)).values_list("text", flat=True)
    )
    if texts:
        raise ValidationError(
            _("Still open: %(join)s. Record each as met, or waive it with a reason.") % {"join": "; ".join(texts)}
        )
