"""Members submit while the administrator gives reviews to others and the chair locks: nothing is lost, nothing is double."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from applications.models import Application
from core.documents.models import IssuedLetter
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.actions import assigning, conflicts, deciding, drawing, reassigning, reviewing
from reviews.models import Assignment, Decision, Draw, PanelMember, Review
from tests.reviews import panels

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
State = Assignment.State
ROUNDS = 4


def all_at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do different things in threads that start together, and return what came of each: a result or a refusal."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        except (ValidationError, WrongState) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def call(chandra: User, helena: User) -> Call:
    """Two applications: Ada and Bo have a draft on the first, Cleo has not begun the second, and Dana has nothing."""
    call = panels.make_call_in_review(applications=2, reviews_each=2, least_groups=1, budget=120_000)
    panels.make_member(call, chandra, "survivors", is_chair=True)
    for name in ("Ada", "Bo", "Cleo", "Dana"):
        panels.make_member(call, name)
    drawing.set_rule(call=call, budget="line", draw="threshold", threshold=Decimal(1), by=helena)
    return call


def member(name: str) -> PanelMember:
    return PanelMember.objects.get(person__name=name)


def of(name: str) -> Assignment:
    return Assignment.objects.select_related("application__call", "member__person").get(member__person__name=name)


def test_two_submit_while_one_review_is_given_away_the_chair_locks_and_a_draw_is_held(
    call: Call, chandra: User, helena: User, oluchi: User
) -> None:
    first, second = call.applications.order_by("pk")
    for number in range(ROUNDS):
        _begin_again(call)
        ada, bo = (panels.assign(first, member(name)) for name in ("Ada", "Bo"))
        for assignment in (ada, bo):
            panels.write(assignment, notes=f"Round {number}")
        panels.submit(panels.assign(second, member("Cleo")))

        submitted = all_at_once(
            lambda ada=ada: reviewing.submit(assignment=ada, by=ada.member.person),
            lambda bo=bo: reviewing.submit(assignment=bo, by=bo.member.person),
            lambda: _give_away(of("Ada"), member("Dana"), helena),
            lambda: reviewing.lock_all(call=call, by=chandra),
            lambda: _fix_and_draw(call, oluchi),
        )

        assert not isinstance(submitted[1], Exception), submitted
        was_given_away = not isinstance(submitted[2], Exception)
        assert was_given_away == isinstance(submitted[0], WrongState)
        assert of("Ada").state in ([State.DECLINED] if was_given_away else Assignment.COUNTED)
        assert Assignment.objects.filter(member=member("Dana")).count() == was_given_away
        _check(first, second)


def _begin_again(call: Call) -> None:
    Draw.objects.all().delete()
    Review.objects.all().delete()
    Assignment.objects.filter(application__call=call).delete()


def _give_away(assignment: Assignment, to: PanelMember, by: User) -> Assignment:
    assigning.remove(assignment=assignment, by=by)
    return assigning.add(application=assignment.application, member=to, by=by)


def _fix_and_draw(call: Call, by: User) -> Draw:
    return drawing.draw(draw=drawing.fix(call=call, by=by), by=by)


def _check(first: Application, second: Application) -> None:
    """No review is lost, what is submitted counts, a place is held once, and a draw has the pool that it showed."""
    reviews = Review.objects.select_related("assignment").prefetch_related("scores")
    assert reviews.count() == 3
    for review in reviews:
        assert (review.submitted_at is not None) == (review.assignment.state in Assignment.COUNTED)
        assert review.public_comment
        assert all(score.value == 4 for score in review.scores.all())
    for application in (first, second):
        held = list(Assignment.objects.held().filter(application=application).values_list("member", flat=True))
        assert len(held) == len(set(held)) <= 2
    for held_draw in Draw.objects.all():
        pool = {lot.reference for lot in held_draw.lots}
        assert set(held_draw.order) in (set(), pool)


def test_a_review_is_begun_or_given_to_somebody_else_never_both(call: Call, helena: User, chandra: User) -> None:
    first, second = call.applications.order_by("pk")
    for name in ("Ada", "Bo"):
        panels.submit(panels.assign(first, member(name)))
    cleo = panels.assign(second, member("Cleo"), declared=False)
    Assignment.objects.filter(pk=cleo.pk).update(is_kept=False)
    dana = member("Dana")
    dana.themes.set([Application.objects.get(pk=second.pk).theme])
    plan = reassigning.plan(call=call, price=0, by=helena)

    results = all_at_once(
        lambda: conflicts.declare(assignment=cleo, has_interest=False, by=cleo.member.person),
        lambda: reassigning.store(plan=plan, by=helena),
        lambda: reassigning.store(plan=plan, by=chandra),
        lambda: assigning.propose(call=call, by=helena),
    )

    held = Assignment.objects.held().filter(application=second)
    assert held.values("member").distinct().count() == held.count() <= 2
    if of("Cleo").state == State.DECLINED:
        assert isinstance(results[0], WrongState)
    else:
        assert of("Cleo").state == State.ACCEPTED
    assert sum(not isinstance(each, Exception) for each in results[1:3]) <= 1


def test_releases_at_the_same_moment_number_their_letters_without_gap_or_double(
    call: Call, helena: User, oluchi: User
) -> None:
    calls = [call, *(panels.make_call_in_review(f"other-{n}", applications=3, prefix=f"OTHER{n}") for n in range(3))]
    ready = [
        [panels.approved(each, "decline", by=[helena, oluchi]) for each in one.applications.all()] for one in calls
    ]

    came = all_at_once(
        *(
            lambda one=one, decisions=decisions: deciding.release(call=one, decisions=decisions, by=helena)
            for one, decisions in zip(calls, ready, strict=True)
            for _ in range(2)
        )
    )

    assert [isinstance(each, WrongState) for each in came].count(True) == len(calls)
    letters = IssuedLetter.objects.order_by("sequence")
    assert list(letters.values_list("sequence", flat=True)) == list(range(1, 2 + 3 * 3 + 1))
    assert letters.values("cause").distinct().count() == letters.count()
    references = dict(Decision.objects.values_list("pk", "application__reference"))
    for one in calls:
        mine = [references[each.cause] for each in letters if references[each.cause].startswith(one.prefix)]
        assert mine == sorted(mine)
