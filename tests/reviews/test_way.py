"""The whole way of a call through the panel, from invitation to letters."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core import clock
from core.jobs.models import Job
from core.mail.models import Message
from core.people.models import User
from fund.actions import ledger
from fund.models import Award
from reviews.actions import assigning, conflicts, deciding
from reviews.models import Assignment, Recommendation
from reviews.standing import results_of
from tests import factories
from tests.reviews import panels

pytestmark = pytest.mark.django_db


def test_a_call_goes_from_the_panel_to_letters(helena: User, oluchi: User) -> None:
    call = panels.make_call_in_review(applications=4)
    panels.make_panel(call, 6)
    run = assigning.propose(call=call, by=helena)

    assert (run.is_proved, run.unfilled, Assignment.objects.count()) == (True, [], 12)

    assigning.release(call=call, due_at=clock.now() + timedelta(days=10), by=helena)
    for assignment in Assignment.objects.select_related("member__person", "application__call"):
        conflicts.declare(assignment=assignment, has_interest=False, by=assignment.member.person)
        panels.submit(panels.fresh(assignment), value=1 + assignment.application_id % 6)
    results = results_of(call, helena)

    assert [(each.reviews_in, each.expected) for each in results] == [(3, 3)] * 4
    assert results[0].mean > results[-1].mean

    money = ledger.pledge(
        fund=call.fund, organisation=factories.make_organisation("Member company", kind="company"),
        amount=Decimal(500_000), by=None,
    )  # fmt: skip
    ledger.receive(contribution=money, amount=Decimal(500_000), by=None)
    decisions = []
    for place, result in enumerate(results):
        outcome = "fund" if place == 0 else "decline"
        amount = Decimal(50_000) if place == 0 else None
        deciding.recommend(application=result.application, kind=outcome, rationale="Why.", amount=amount, by=helena)
        decisions.append(panels.approved(result.application, outcome, by=[helena, oluchi]))
    release = deciding.release(call=call, decisions=decisions, by=helena)

    assert Recommendation.objects.count() == 4
    assert list(Award.objects.values_list("title", "amount")) == [(results[0].application.title, Decimal(50_000))]
    assert sorted(Job.objects.filter(batch=release.batch).values_list("kind", flat=True)) == [
        "award-letter", "outcome-letter", "outcome-letter", "outcome-letter",
    ]  # fmt: skip
    assert Message.objects.filter(subject__contains="to review by").count() == 6
