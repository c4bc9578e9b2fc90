"""How the applications of a call stand."""

from copy import deepcopy
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.people.models import User
from fund.models import Call
from reviews.actions import reviewing
from reviews.standing import results_of
from tests.reviews import panels

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared: None) -> Call:
    """Make the call once."""
    return panels.make_call_in_review(applications=3)


@pytest.fixture
def call(made: Call, db: None) -> Call:
    return deepcopy(made)


def test_the_mean_is_weighted_and_not_applicable_drops_out(call: Call, helena: User) -> None:
    member = panels.make_member(call, "Rita")
    assignment = panels.assign(call.applications.first(), member)
    review = panels.write(assignment)
    given = {"quality": 6, "usefulness": 3, "safety": "na"}
    reviewing.save(review=review, scores=given, overall=5, revision=None, by=member.person)
    reviewing.submit(assignment=assignment, by=member.person)

    result = results_of(call, helena)[0]

    # Quality and usefulness weigh 40 each: (40·6 + 40·3) / 80.
    assert (result.mean, result.overall, result.groups) == (Decimal("4.5"), Decimal(5), {"research": Decimal("4.5")})
    assert (result.spread, result.rank, result.expected, result.wanted, result.missing) == (None, 1, 1, 3, 2)


def test_equal_scores_share_a_rank_and_what_has_no_score_comes_last(call: Call, helena: User) -> None:
    one, two, three = call.applications.order_by("pk")
    members = panels.make_panel(call, 2)
    for application in (two, three):
        for member, value in zip(members, (3, 5), strict=True):
            panels.submit(panels.assign(application, member), value=value)

    assert [(each.application.pk, each.rank, each.shown_mean) for each in results_of(call, helena)] == [
        (two.pk, 1, Decimal("4.00")), (three.pk, 1, Decimal("4.00")), (one.pk, None, None),
    ]  # fmt: skip


def test_group_means_spread_and_disagreement_are_shown(call: Call, helena: User) -> None:
    one = call.applications.order_by("pk")[0]
    for member, value in zip(panels.make_panel(call, 2), (1, 6), strict=True):
        panels.submit(panels.assign(one, member), value=value)

    result = results_of(call, helena)[0]

    assert result.groups == {"industry": Decimal(6), "research": Decimal(1)}
    assert (result.shown_spread, result.disagree, len(result.reviews)) == (Decimal("3.54"), True, 2)


def test_drafts_and_proposals_are_in_no_figure(call: Call, helena: User) -> None:
    one = call.applications.order_by("pk")[0]
    members = panels.make_panel(call, 2)
    panels.write(panels.assign(one, members[0]), value=6)
    one.assignments.create(member=members[1])

    result = next(each for each in results_of(call, helena) if each.application == one)

    assert (result.mean, result.reviews_in, result.expected) == (None, 0, 1)


def test_it_takes_the_same_queries_for_few_and_for_many(call: Call, helena: User) -> None:
    members = panels.make_panel(call, 2)
    panels.submit(panels.assign(call.applications.first(), members[0]))
    call = Call.objects.get(pk=call.pk)
    with CaptureQueriesContext(connection) as few:
        results_of(call, User.objects.get(pk=helena.pk))
    for application in call.applications.order_by("pk")[1:]:
        for member in members:
            panels.submit(panels.assign(application, member))

    call = Call.objects.get(pk=call.pk)
    with CaptureQueriesContext(connection) as many:
        results_of(call, User.objects.get(pk=helena.pk))

    assert len(many) == len(few)
    assert len(many) <= 8
