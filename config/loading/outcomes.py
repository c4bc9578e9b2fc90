"""Recommendations, decisions and releases of the sample."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from applications.models import Application
from config.loading.applications import Entry
from config.sample import decisions as sample
from core import clock
from core.mail import letters
from core.people.models import User
from fund.actions import awards, signing
from fund.models import Award, Call
from reviews import basis
from reviews.actions import answering, deciding, feedback
from reviews.models import Decision, Release
from reviews.standing import Result, results_of

FUND, RESERVE, DECLINE = "fund", "reserve", "decline"
ADVICE = {FUND: "fund", RESERVE: "reserve", DECLINE: "decline"}
REASONS = {FUND: "fund", RESERVE: "reserve", DECLINE: "do-not-fund"}
SIGNATORY = "Head of Research Grants"


def decide_all(
    call: Call,
    entries: list[Entry],
    *,
    share: float,
    by: User,
    approver: User,
    at: datetime,
) -> list[Decision]:
    """Recommend and decide in the order of the scores while the given share of the budget lasts, and approve."""
    proposals = {entry.application.pk: entry.proposal for entry in entries}
    with clock.at(at), transaction.atomic():
        results = [each for each in results_of(call, by) if each.application.pk in proposals]
        chosen = _funded(results, call.budget * Decimal(str(share)))
        reserves = [each for each in results if each.application.pk not in chosen][:4]
        ranks = {each.application.pk: rank for rank, each in enumerate(reserves, start=1)}
        made = []
        for result in results:
            key = result.application.pk
            outcome = FUND if key in chosen else RESERVE if key in ranks else DECLINE
            made.append(_decide(result, outcome, proposals[key], rank=ranks.get(key), by=by))
        seen = basis.before_eyes_of(call, approver)
        return [deciding.approve(decision=each, seen=seen, by=approver) for each in made]


def _funded(results: list[Result], budget: Decimal) -> set[int]:
    """Choose in the order of the scores, passing over what no longer fits."""
    chosen, spent = set(), Decimal(0)
    for result in results:
        amount = result.application.amount or Decimal(0)
        if amount and spent + amount <= budget:
            chosen.add(result.application.pk)
            spent += amount
    return chosen


def _decide(result: Result, outcome: str, proposal: object, *, rank: int | None, by: User) -> Decision:
    reason = sample.rationale_for(proposal, REASONS[outcome])  # type: ignore[arg-type]
    amount = result.application.amount if outcome == FUND else None
    deciding.recommend(
        application=result.application, kind=ADVICE[outcome], rationale=reason.text, amount=amount, rank=rank, by=by
    )  # fmt: skip
    return deciding.prepare(
        application=result.application, outcome=outcome, amount=amount, rationale=reason.text,
        special_conditions="\n".join(reason.conditions), by=by,
    )  # fmt: skip


def send_letters(release: Release, *, by: User, at: datetime) -> None:
    """Let the letters of a release go, as somebody did who had looked at them."""
    batch = release.batch
    if batch is None:
        return
    with clock.at(at):
        letters.send(batch=batch, upto=batch.messages.latest("pk").pk, by=by)


def release_all(call: Call, decisions: list[Decision], *, by: User, at: datetime) -> Release:
    """Release the decisions of a call, and say who signs for each grantee before its letter is made."""
    with clock.at(at):
        release = deciding.release(call=call, decisions=decisions, by=by)
        for award in Award.objects.filter(call=call, signatory=""):
            signing.name_grantee(award=award, address=award.grantee_address, signatory=SIGNATORY, by=by)
        return release


def answer_offers(call: Call, *, left_by: User, at: datetime) -> None:
    """Let the grantees accept, all but one who declines; `left_by` still has to answer theirs."""
    offers = Award.objects.filter(call=call, state=Award.State.OFFERED).exclude(holders=left_by).order_by("pk")
    last = offers.last()
    with clock.at(at), transaction.atomic():
        for award in offers.select_related("investigator"):
            if award.investigator is None:
                continue
            if award == last:
                reason = "Another funder supports the whole project."
                awards.decline(award=award, reason=reason, by=award.investigator, at=at)
            else:
                awards.accept(award=award, signatory=SIGNATORY, by=award.investigator, at=at)


def give_feedback(decisions: list[Decision], *, by: User, approver: User, at: datetime) -> None:
    """Compose the feedback of some decisions from the comments, as the letters will carry it."""
    with clock.at(at), transaction.atomic():
        for decision in decisions:
            made = feedback.compose(application=decision.application, by=by)
            feedback.approve(feedback=made, by=approver)


def ask_about(call: Call, *, by: User, at: datetime) -> None:
    """Let an applicant of a decided call ask about the decision; the answer waits for an administrator."""
    with clock.at(at):
        application = Application.objects.filter(call=call, team__user=by, team__access__in=answering.SPEAKS).first()
        if application is not None:
            answering.ask(application=application, kind="question", text=sample.QUESTION, by=by)
