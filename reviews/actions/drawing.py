"""From the funding line to a draw: the rule of a call, what is fixed and shown before, the order, and annulling it."""

import secrets
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from applications.models.application import ApplicationQuerySet
from core import audit, clock
from core.people.models import User
from core.states import WrongState
from fund.models import Call, Fund
from reviews.actions import deciding
from reviews.models import Decision, Draw, FundingRule, RankingRun
from reviews.models.selection import SEED_LEAST, SEED_MOST, calls_partly_shut_to, rule_of
from reviews.order_seen import seen_by
from reviews.ranking import draw as drawn_from
from reviews.selection import Pool, pool_of

Kind = FundingRule.Draw
Outcome = Decision.Outcome


@transaction.atomic
def set_rule(*, call: Call, budget: str, draw: str, threshold: Decimal | None = None, by: User) -> FundingRule:
    """Say what happens at the funding line of a call; once a draw is fixed, its rule stands."""
    _must_run(call, by)
    _lock(call)
    if budget not in FundingRule.Budget.values:
        raise ValidationError({"budget": _("Choose what happens when an application does not fit.")})
    if draw not in Kind.values:
        raise ValidationError({"draw": _("Choose what is drawn, if anything.")})
    if draw == Kind.THRESHOLD:
        _must_be_on_scale(call, threshold)
    if Draw.objects.in_force().filter(call=call).exists():
        raise WrongState(_("A draw of this call is fixed by its present rule. Annul the draw to change the rule."))
    rule, __ = FundingRule.objects.update_or_create(
        call=call,
        defaults={"budget": budget, "draw": draw, "threshold": threshold if draw == Kind.THRESHOLD else None},
    )
    audit.record("call:set_funding_rule", by=by, subject=call, budget=budget, draw=draw, threshold=str(threshold or ""))
    return rule


def _must_be_on_scale(call: Call, threshold: Decimal | None) -> None:
    scale = {"least": call.rubric.least, "most": call.rubric.most}
    if threshold is None or not call.rubric.least <= threshold <= call.rubric.most:
        message = _("Write the least weighted mean that takes part, from %(least)s to %(most)s.") % scale
        raise ValidationError({"threshold": message})


@transaction.atomic
def fix(*, call: Call, seed: str = "", by: User) -> Draw:
    """Fix the pool, the money and the seed of a draw, so that all can see them before it.

    Without a seed of one's own, such as the numbers of a public lottery named beforehand, it is made up here.
    """
    _must_run(call, by)
    call = _lock(call)
    if Draw.objects.in_force().filter(call=call).exists():
        raise WrongState(_("A draw of this call is fixed already. It stands unless it is annulled."))
    seed = _checked(seed)
    rule = rule_of(call)
    pool, run = _pool_now(call, rule, by)
    if not pool.is_undecided:
        raise WrongState(_("There is nothing to draw: either all of the group fit the money, or none does."))
    made = Draw.objects.create(
        call=call, rule=rule.draw, skips=rule.skips, pool=pool.pairs, money=pool.money, seed=seed, run=run,
        fixed_at=clock.now(), fixed_by=by,
    )  # fmt: skip
    audit.record("draw:fix", by=by, subject=made)
    return made


def _checked(seed: str) -> str:
    given = seed.strip()
    if not given:
        return secrets.token_hex(16)
    if not SEED_LEAST <= len(given) <= SEED_MOST:
        message = _("Write a seed of %(least)s to %(most)s characters, or leave it empty to have one made.")
        raise ValidationError({"seed": message % {"least": SEED_LEAST, "most": SEED_MOST}})
    return given


def _pool_now(call: Call, rule: FundingRule, by: User) -> tuple[Pool, RankingRun | None]:
    """Work out what would be drawn from the scores as they are now."""
    if rule.draw == Kind.NONE:
        raise WrongState(_("The rule of this call is to draw nothing. Change the rule first."))
    seen = seen_by(call, by)
    if rule.draw == Kind.TIE and seen.order.ranking is None:
        raise WrongState(_("The ranking of the present scores is not worked out yet. Compute it, then fix the draw."))
    return pool_of(seen.order, rule, call), seen.run if seen.order.ranking else None


@transaction.atomic
def draw(*, draw: Draw, by: User) -> Draw:
    """Put the fixed pool in the order that the fixed seed says, and keep who did it and when; only once."""
    _must_run(draw.call, by)
    found = _locked(draw)
    if found.drawn_at is not None:
        raise WrongState(_("This draw was held already. Its order stands."))
    pool, __ = _pool_now(found.call, rule_of(found.call), by)
    if pool.pairs != found.pool or pool.money != found.money:
        raise WrongState(_("The group or its money changed since the draw was fixed. Annul it, and fix a new one."))
    result = drawn_from(found.lots, seed=found.seed, money=found.money, skips=found.skips)
    found.order, found.funded = list(result.order), list(result.funded)
    found.drawn_at, found.drawn_by = clock.now(), by
    found.save(update_fields=["order", "funded", "drawn_at", "drawn_by"])
    audit.record("draw:draw", by=by, subject=found)
    return found


@transaction.atomic
def annul(*, draw: Draw, reason: str, by: User) -> Draw:
    """Take a draw out of force with a reason; it stays on record, and a new one can be fixed."""
    _must_run(draw.call, by)
    found = _locked(draw)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, for those who check the draw later.")})
    found.annulled_at, found.annulled_by, found.annul_reason = clock.now(), by, reason.strip()[:300]
    found.save(update_fields=["annulled_at", "annulled_by", "annul_reason"])
    audit.record("draw:annul", by=by, subject=found)
    return found


@transaction.atomic
def prepare_decisions(*, draw: Draw, by: User) -> list[Decision]:
    """Prepare what the draw came to, for those about which nothing is decided yet: fund with what they take, or reserve."""
    _must_run(draw.call, by)
    found = _locked(draw)
    if found.drawn_at is None:
        raise WrongState(_("This draw was not held yet."))
    amounts = {lot.reference: lot.amount for lot in found.lots}
    return [_prepare(found, each, amounts[str(each.reference)], by) for each in undecided(found).order_by("pk")]


def undecided(draw: Draw) -> ApplicationQuerySet:
    """Return the applications of a draw about which nothing is decided yet."""
    decided = Decision.objects.current().filter(application__call=draw.call_id).values("application")
    return Application.objects.filter(call=draw.call_id, reference__in=draw.order).exclude(pk__in=decided)


def _prepare(draw: Draw, application: Application, amount: Decimal, by: User) -> Decision:
    if application.reference in draw.funded:
        outcome, came = Outcome.FUND, _("In a draw among these it was chosen.")
    else:
        outcome, came = Outcome.RESERVE, _("In a draw among these it was not chosen while the money lasted.")
    why = _("The panel’s scores do not tell this application apart from others at the funding line.")
    if draw.rule == Kind.THRESHOLD:
        why = _("The panel found this application, with others, good enough to be funded.")
    given = amount if outcome == Outcome.FUND else None
    return deciding.prepare(application=application, outcome=outcome, amount=given, rationale=f"{why} {came}", by=by)


def _must_run(call: Call, by: User) -> None:
    """Let only administrators who may know every score of the call."""
    if not by.has_perm("fund.run_call", call):
        raise PermissionDenied(_("A draw is run by fund administrators."))
    if calls_partly_shut_to(by).filter(call=call).exists():
        raise PermissionDenied(
            _("Not every score of this call is open to you, so an administrator to whom they are all open does this.")
        )


def _lock(call: Call) -> Call:
    Fund.objects.select_for_update(no_key=True).get(pk=call.fund_id)
    Call.lock(call.pk)
    return Call.objects.select_related("fund", "rubric").get(pk=call.pk)


def _locked(draw: Draw) -> Draw:
    call = _lock(draw.call)
    found = Draw.objects.select_for_update(of=("self",), no_key=True).get(pk=draw.pk)
    found.call = call
    if found.annulled_at is not None:
        raise WrongState(_("This draw was annulled. Fix a new one."))
    return found
