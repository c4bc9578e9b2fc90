"""From advice to outcome: recommended, prepared, approved by a second person, released."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, clock, jobs
from core.people.models import User
from core.states import WrongState
from fund.actions import awards
from fund.models import Call, Fund
from reviews import basis
from reviews.actions.amounts import check_amount, must_be_affordable
from reviews.actions.lettering import order_letters
from reviews.award_terms import language_of, people_of, terms_of
from reviews.models import Decision, DecisionBasis, Feedback, Recommendation, Release
from reviews.models.basis import digest_of
from reviews.reserves import next_reserve

State = Decision.State
Outcome = Decision.Outcome
Kind = Recommendation.Kind
OUTCOMES = {Outcome.FUND: "funded", Outcome.RESERVE: "reserve", Outcome.DECLINE: "declined"}
REVIEWED = (Application.State.IN_REVIEW, Application.State.RECOMMENDED)


@transaction.atomic
def recommend(
    *,
    application: Application,
    kind: str,
    rationale: str,
    amount: Decimal | None = None,
    rank: int | None = None,
    by: User | None,
) -> Recommendation:
    """Record what the panel advises; recorded again, it replaces the advice before."""
    application = Application.lock(application.pk)
    application.take("recommend", by=by, kind=str(kind))
    _must_say_why(rationale)
    if kind not in Kind.values:
        raise ValidationError({"kind": _("Choose what the panel advises.")})
    funds = kind in (Kind.FUND, Kind.CONDITIONS)
    if funds:
        check_amount(application, amount)
    recommendation, __ = Recommendation.objects.update_or_create(
        application=application,
        defaults={"kind": kind, "rationale": rationale.strip(), "rank": rank if kind == Kind.RESERVE else None,
                  "amount": amount if funds else None, "recorded_at": clock.now(), "recorded_by": by},
    )  # fmt: skip
    return recommendation


def _must_say_why(rationale: str) -> None:
    if not rationale.strip():
        raise ValidationError({"rationale": _("Say why, in words that the applicant can learn from.")})


@transaction.atomic
def prepare(
    *,
    application: Application,
    outcome: str,
    amount: Decimal | None = None,
    rationale: str,
    special_conditions: str = "",
    language: str = "",
    by: User,
) -> Decision:
    """Write a decision for somebody else to approve, with what it is based on; it replaces one not yet released.

    Of what is released only the next reserve is decided anew, to take the place of an award that was not taken up; it
    stays a reserve until that is released.
    """
    application = _lock_to_prepare(application)
    decision = Decision(application=application, outcome=outcome, prepared_by=by, prepared_at=clock.now())
    if not by.has_perm("reviews.prepare_decision", decision):
        raise PermissionDenied(_("Decisions are prepared by administrators who have no tie to the application."))
    rows = Decision.objects.select_for_update(of=("self",), no_key=True).current().filter(application=application)
    before = rows.exclude(state=State.RELEASED).first()
    decision.fills_id = before.fills_id if before else _place_for(application, by)
    _must_be_decidable(application, decision)
    _must_say_why(rationale)
    if outcome not in Outcome.values:
        raise ValidationError({"outcome": _("Choose the outcome.")})
    if outcome == Outcome.FUND:
        check_amount(application, amount)
        _must_have_host(application)
    decision.amount = amount if outcome == Outcome.FUND else None
    if decision.fills_id is not None:
        must_be_affordable(application.call, decision)
    if before is not None:
        before.take("supersede", by=by)
    decision.rationale, decision.special_conditions = rationale.strip(), special_conditions.strip()
    decision.basis, decision.language = basis.of(application), language or language_of(application)
    decision.save()
    if decision.fills_id is not None:
        audit.record("decision:move_up", by=by, subject=decision)
    return decision


def _lock_to_prepare(application: Application) -> Application:
    """Lock the application; one that has its decision already together with the call whose reserve it may be."""
    if Decision.objects.filter(application=application.pk, state=State.RELEASED).exists():
        Fund.objects.select_for_update(no_key=True).get(pk=application.call.fund_id)
        Call.lock(application.call_id)
    return Application.lock(application.pk)


def _place_for(application: Application, by: User) -> int | None:
    """Return the key of the award whose place an application takes whose decision is released; None if none is yet."""
    if not Decision.objects.filter(application=application, state=State.RELEASED).exists():
        return None
    found = next_reserve(application.call, by)
    if found is None or found.application.pk != application.pk:
        raise WrongState(_("This decision was released already. It stands, and is not replaced."))
    return found.award


def _must_be_decidable(application: Application, decision: Decision) -> None:
    if decision.fills_id is not None:
        _must_be_movable(application, decision)
        return
    if application.state == Application.State.INELIGIBLE and decision.outcome == Outcome.DECLINE:
        return
    if application.state not in REVIEWED:
        raise WrongState(_("Only an application that is in review or recommended can be decided."))


def _must_be_movable(application: Application, decision: Decision) -> None:
    if decision.outcome != Outcome.FUND:
        raise ValidationError({"outcome": _("The next reserve is funded, or stays as it is. Choose to fund it.")})
    if application.state != Application.State.DECIDED or application.withdrawn_at is not None:
        raise WrongState(_("This application is not on the reserve list any more."))


def _must_have_host(application: Application) -> None:
    if application.host_id is None:
        raise ValidationError({"outcome": _("The host organisation is not in the register yet. Add it there first.")})


@transaction.atomic
def approve(*, decision: Decision, by: User, seen: basis.Before | None = None) -> Decision:
    """Approve what somebody else prepared, if the money allows it, and freeze what it is based on.

    Who approves many decisions of a call hands in the order of it that they have before them (`basis.before_eyes_of`).
    """
    application, decision = _lock(decision)
    call = application.call
    if not by.has_perm("reviews.approve_decision", decision):
        raise PermissionDenied(_("A decision is approved by a second administrator who has no tie to the application."))
    if decision.state == State.DRAFT:
        _must_be_decidable(application, decision)
        _must_say_why(decision.rationale)
        if decision.outcome == Outcome.FUND:
            must_be_affordable(call, decision)
    Decision.objects.filter(pk=decision.pk, state=State.DRAFT).update(approved_by=by, approved_at=clock.now())
    decision.take("approve", by=by, outcome=decision.outcome, amount=str(decision.amount or ""))
    content = basis.content_of(decision, seen or basis.before_eyes_of(call, by))
    DecisionBasis.objects.create(
        decision=decision, content=content, digest=digest_of(content), frozen_at=clock.now(), frozen_by=by
    )
    decision.refresh_from_db()
    return decision


def _lock(decision: Decision) -> tuple[Application, Decision]:
    """Lock fund, call, application and decision, in this order."""
    call = Call.objects.get(applications=decision.application_id)
    Fund.objects.select_for_update(no_key=True).get(pk=call.fund_id)
    Call.lock(call.pk)
    Application.lock(decision.application_id)
    decision = Decision.objects.select_for_update(of=("self",), no_key=True).get(pk=decision.pk)
    application = Application.objects.select_related("call__fund").get(pk=decision.application_id)
    decision.application = application
    return application, decision


@transaction.atomic
def unapprove(*, decision: Decision, by: User) -> Decision:
    """Take an approval back before the release, and with it what it was based on."""
    __, decision = _lock(decision)
    decision.take("unapprove", by=by)
    DecisionBasis.objects.filter(decision=decision).delete()
    Decision.objects.filter(pk=decision.pk).update(approved_by=None, approved_at=None)
    decision.refresh_from_db()
    return decision


@transaction.atomic
def release(*, call: Call, decisions: Iterable[Decision], visible_at: datetime | None = None, by: User) -> Release:
    """Make approved decisions known at one moment: offers, outcomes and the jobs that write the letters.

    All or none: one that is not approved any more, or that the money no longer covers, stops the whole release.
    """
    found = _lock_for_release(decisions, call)
    if not found:
        raise ValidationError({"decisions": _("Choose at least one decision to release.")})
    _must_be_releasable(found, call, by)
    now = clock.now()
    moment = max(now, visible_at or now)
    if moment > now and any(each.fills_id for each in found):
        raise ValidationError(
            {"visible_at": _("The decision on a reserve that moves up is known at once. Release it without a moment.")}
        )
    noun = "decision" if len(found) == 1 else "decisions"
    made = Release.objects.create(call=call, visible_at=moment, released_at=now, released_by=by)
    made.batch = jobs.open_batch(title=f"Letters of {len(found)} {noun}: {call}", by=by, subject=made)
    made.save(update_fields=["batch"])
    Decision.objects.filter(pk__in=[each.pk for each in found]).update(release=made)
    team = people_of(found)
    for decision in found:
        _release_one(decision, made, by)
        if decision.outcome == Outcome.FUND:
            decision.award = awards.offer(terms=terms_of(decision, made, team[decision.application_id]), by=by)
    Decision.objects.bulk_update(found, ["award"], batch_size=200)
    applications = [each.application for each in found]
    Application.objects.bulk_update(applications, ["outcome", "outcome_released_at"], batch_size=200)
    order_letters(found, made)
    return made


def _lock_for_release(decisions: Iterable[Decision], call: Call) -> list[Decision]:
    """Lock fund, call, applications and decisions, and return the decisions with all that the release needs."""
    keys = [decision.pk for decision in decisions]
    Fund.objects.select_for_update(no_key=True).get(pk=call.fund_id)
    Call.lock(call.pk)
    applications = Decision.objects.filter(pk__in=keys).values("application")
    locked = Application.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=applications)
    list(locked.order_by("pk"))
    rows = Decision.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    return list(
        rows.select_related(
            "application__call__fund", "application__host", "application__theme", "application__current__form"
        )
    )


def _must_be_releasable(decisions: list[Decision], call: Call, by: User) -> None:
    tied = Application.objects.shut_to(by).filter(pk__in=[each.application_id for each in decisions])
    if not by.is_administrator or tied.exists():
        raise PermissionDenied(_("Decisions are released by administrators who have no tie to the applications."))
    if any(decision.application.call_id != call.pk for decision in decisions):
        raise ValidationError({"decisions": _("One of these decisions belongs to another call. Choose them again.")})
    if not all(decision.state == State.APPROVED for decision in decisions):
        raise WrongState(
            _("One of these decisions is not approved any more, or was released already. Reload the page.")
        )
    _must_have_feedback_approved(decisions)
    if gone := [str(each.application.reference) for each in decisions if not _is_still_there(each)]:
        raise WrongState(
            _("Withdrawn since its approval: %(join)s. Release the others without it.") % {"join": ", ".join(gone)}
        )


def _is_still_there(decision: Decision) -> bool:
    state = decision.application.state
    if decision.fills_id is not None:
        return bool(state == Application.State.DECIDED and decision.application.withdrawn_at is None)
    return state in Application.TABLE.transitions["decide"].sources


def _must_have_feedback_approved(decisions: list[Decision]) -> None:
    waiting = Feedback.objects.filter(application__in=[each.application_id for each in decisions], approved_at=None)
    if found := list(waiting.order_by("application__reference").values_list("application__reference", flat=True)):
        raise WrongState(
            _("Feedback that nobody has approved yet: %(references)s. Approve it, or release the others first.")
            % {"references": ", ".join(map(str, found))}
        )


def _release_one(decision: Decision, made: Release, by: User) -> None:
    application = decision.application
    is_ineligible = application.state == Application.State.INELIGIBLE
    if decision.fills_id is not None:
        Decision.objects.get(application=application, state=State.RELEASED).take("supersede", by=by)
    decision.take("release", by=by, release=made.pk)
    if decision.fills_id is None:
        application.take("decide", by=None)
    application.outcome = "ineligible" if is_ineligible else OUTCOMES[Outcome(decision.outcome)]
    application.outcome_released_at = made.visible_at
    decision.release = made
