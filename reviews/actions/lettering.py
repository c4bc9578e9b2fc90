"""The letters of a release: their numbers are given in its transaction, and their jobs put."""

from django.db import transaction

from core import jobs, letters
from core.documents.models import IssuedLetter
from fund.models import Counter
from reviews.models import Decision, Release

FUNDED = Decision.Outcome.FUND


def order_letters(decisions: list[Decision], made: Release) -> None:
    """Enter one letter for each decision, numbered in the order of the references, and put the job that writes it.

    The counter of the letters is the last lock of a release.
    """
    in_order = sorted(decisions, key=_by_reference)
    for decision, letter in zip(in_order, _enter(in_order, made), strict=True):
        jobs.put(
            letter.kind, priority=jobs.Priority.BULK, batch=made.batch, key=f"letter-{decision.pk}",
            decision=decision.pk, letter=letter.pk,
        )  # fmt: skip


@transaction.atomic
def letter_of(decision: Decision) -> IssuedLetter:
    """Return the newest letter of a decision; one that was released before there was a register is entered now."""
    Decision.lock(decision.pk)
    found = IssuedLetter.objects.filter(cause=decision.pk, kind=_kind(decision)).order_by("version").last()
    if found is None and decision.release is not None:
        [found] = _enter([decision], decision.release)
    if found is None:
        raise LookupError(f"Decision {decision.pk} is not released, so nobody is written to.")
    return found


def _enter(decisions: list[Decision], made: Release) -> list[IssuedLetter]:
    prefix, year = made.call.fund.prefix, made.released_at.year
    numbers = Counter.take(f"letter:{prefix}:{year}", len(decisions))
    return letters.enter(map(_entry, decisions), series=f"{prefix}-L-{year}", numbers=numbers, by=made.released_by)


def _by_reference(decision: Decision) -> tuple[int, str]:
    reference = decision.application.reference or ""
    return len(reference), reference


def _kind(decision: Decision) -> str:
    return "award-letter" if decision.outcome == FUNDED else "outcome-letter"


def _entry(decision: Decision) -> letters.Entry:
    return letters.Entry(
        kind=_kind(decision),
        subject=decision.award if decision.outcome == FUNDED and decision.award else decision.application,
        root=("applications.application", decision.application_id),
        about=f"{decision.application.reference}: {decision.application.title}",
        cause=decision.pk,
    )
