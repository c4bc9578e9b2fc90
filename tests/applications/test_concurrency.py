"""Many people at the same second: each draft is submitted once, and the references have no gap and no double."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from applications.actions import drafts, submission
from applications.actions.drafts import StaleAnswer
from applications.checks import Incomplete
from applications.models import Application, ApplicationVersion
from core import clock
from core.jobs.models import Job
from core.states import WrongState
from tests import factories

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def at_once(number: int, act: Callable[[int], Any]) -> list[Any]:
    """Do the same in many threads that start together, and return what came of each: a result or a refusal."""
    barrier = Barrier(number)

    def run(place: int) -> Any:
        try:
            barrier.wait()
            return act(place)
        except (ValidationError, WrongState) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_fifty_people_submit_at_the_same_second(open_call):
    people = [factories.make_user(f"Person {number}") for number in range(50)]
    waiting = [factories.make_draft(open_call, person) for person in people]
    at = clock.now()

    at_once(50, lambda place: submission.submit(application=waiting[place], by=people[place], at=at))

    references = sorted(Application.objects.values_list("reference", flat=True))
    assert references == [f"PREVENTION-FIRST-{number:03d}" for number in range(1, 51)]
    assert ApplicationVersion.objects.count() == Job.objects.filter(kind="application-receipt").count() == 50


def test_of_twenty_tries_on_one_draft_one_submits(open_call):
    ada = factories.make_user("Ada")
    draft = factories.make_draft(open_call, ada)

    results = at_once(20, lambda place: submission.submit(application=draft, by=ada, at=clock.now()))

    refusals = [each for each in results if isinstance(each, WrongState)]
    assert (len(refusals), sum(isinstance(each, Application) for each in results)) == (19, 1)
    assert all("already submitted" in each.message for each in refusals)
    assert ApplicationVersion.objects.count() == Job.objects.filter(kind="application-receipt").count() == 1


def test_a_principal_investigator_does_not_slip_past_the_cap_in_the_same_second(open_call):
    people = [factories.make_user(f"Person {number}") for number in range(6)]
    waiting = [factories.make_draft(open_call, person) for person in people]
    for person, draft in zip(people, waiting, strict=True):
        drafts.add_member(application=draft, name="Nour", email="nour@example.org", part="investigator", by=person)

    results = at_once(6, lambda place: submission.submit(application=waiting[place], by=people[place], at=clock.now()))

    assert sum(isinstance(each, Incomplete) for each in results) == 5
    assert list(Application.objects.exclude(reference=None).values_list("reference", flat=True)) == [
        "PREVENTION-FIRST-001"
    ]


def test_ten_clicks_on_start_make_one_draft(open_call):
    ada = factories.make_user("Ada")

    results = at_once(10, lambda place: drafts.start(call=open_call, by=ada, at=clock.now()))

    assert {each.pk for each in results} == {Application.objects.get().pk}
    assert Application.objects.get().team.count() == 1


def test_of_two_people_in_one_answer_one_is_asked_and_nothing_is_lost(open_call):
    ada = factories.make_user("Ada")
    draft = factories.make_draft(open_call, ada)
    revision = draft.answers.get(key="summary").revision

    results = at_once(
        6,
        lambda place: drafts.save_answer(
            application=draft, key="summary", value=f"Text {place}", revision=revision, by=ada, at=clock.now()
        ),
    )

    stored = draft.answers.get(key="summary")
    conflicts = [each for each in results if isinstance(each, StaleAnswer)]
    assert (len(conflicts), stored.revision) == (5, revision + 1)
    assert {(each.theirs, each.revision) for each in conflicts} == {(stored.value, stored.revision)}
