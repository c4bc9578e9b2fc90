"""Jobs: claimed once, filed once, retried, taken over, never lost."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction

from core import clock, jobs
from core.jobs import registry, wake, work
from core.jobs.models import Batch, Job
from core.jobs.tasks import reopen_abandoned
from tests import factories


@pytest.fixture
def doing(monkeypatch):
    """Let a test say what its kind of job does."""
    handlers = dict(registry._handlers)
    monkeypatch.setattr(registry, "_handlers", handlers)

    def register(kind, function):
        handlers[kind] = function

    return register


def test_a_job_is_done_once_and_its_result_kept(db, doing):
    seen = []

    def handler(claim):
        seen.append(claim.payload)
        with claim.filing() as result:
            result["letters"] = 1

    doing("count", handler)
    job = jobs.put("count", number=7)

    assert work.run_all() == 1
    job.refresh_from_db()
    assert (seen, job.state, job.result, job.attempt) == ([{"number": 7}], Job.State.DONE, {"letters": 1}, 1)
    assert work.run_next() is False


def test_the_most_urgent_job_goes_first_then_the_oldest(db, doing):
    order = []
    doing("note", lambda claim: order.append(claim.payload["name"]))
    for name, priority in [("letter", 80), ("first", 50), ("second", 50), ("receipt", 10)]:
        jobs.put("note", priority=priority, name=name)
    work.run_all()
    assert order == ["receipt", "first", "second", "letter"]


def test_a_key_makes_a_job_the_only_one_of_its_name(db):
    first = jobs.put("count", key="letter-1")
    assert jobs.put("count", key="letter-1") == first
    assert Job.objects.count() == 1


def test_a_job_that_is_not_due_waits(db, doing):
    doing("count", lambda claim: None)
    jobs.put("count", due_at=clock.now() + timedelta(hours=1))
    assert work.run_next() is False
    with clock.at(clock.now() + timedelta(hours=2)):
        assert work.run_next() is True


def test_an_error_puts_the_job_back_with_a_growing_pause_and_at_last_marks_it_failed(db, doing):
    def fail(claim):
        raise ValueError("no glyph for U+1F600")

    doing("fail", fail)
    job = jobs.put("fail")
    moment = clock.now()
    pauses = []
    for _ in range(work.ATTEMPTS):
        with clock.at(moment):
            assert work.run_next() is True
        job.refresh_from_db()
        pauses.append(job.due_at - moment)
        moment = job.due_at + timedelta(seconds=1)
    assert pauses == [*work.BACKOFF, work.BACKOFF[-1]]
    assert (job.state, job.attempt) == (Job.State.FAILED, work.ATTEMPTS)
    assert job.error == "ValueError: no glyph for U+1F600"


def test_one_broken_record_never_stops_the_rest(db, doing):
    done = []

    def handler(claim):
        if claim.payload["number"] == 2:
            raise ValueError("broken")
        done.append(claim.payload["number"])

    doing("letter", handler)
    for number in range(5):
        jobs.put("letter", number=number)
    work.run_all()
    assert done == [0, 1, 3, 4]


def test_a_slow_worker_that_lost_its_lease_files_nothing(db, doing):
    def slow(claim):
        Job.objects.filter(pk=claim.pk).update(leased_until=clock.now() - timedelta(seconds=1))
        reopen_abandoned()
        other = work.claim_next()
        assert other.attempt == claim.attempt + 1
        with claim.filing() as result:
            result["filed"] = "by the slow one"

    doing("slow", slow)
    job = jobs.put("slow")
    work.run_next()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.result) == (Job.State.RUNNING, 2, {})


def test_a_job_whose_worker_died_is_reopened_and_done(db, doing):
    doing("count", lambda claim: None)
    job = jobs.put("count")
    work.claim_next()
    assert work.run_next() is False
    with clock.at(clock.now() + work.LEASE + timedelta(seconds=1)):
        assert reopen_abandoned() == 1
        assert work.run_next() is True
    job.refresh_from_db()
    assert (job.state, job.attempt) == (Job.State.DONE, 2)


def test_a_result_whose_filing_fails_leaves_the_job_undone(db, doing):
    def handler(claim):
        with claim.filing():
            raise ValueError("disk full")

    doing("count", handler)
    job = jobs.put("count")
    work.run_next()
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.WAITING, "ValueError: disk full")


def test_a_batch_of_what_has_a_long_name_is_opened_all_the_same(db):
    assert len(Batch.objects.get(pk=jobs.open_batch(title="Ranking of " + "x" * 200, by=None).pk).title) == 200


def test_failed_jobs_of_a_batch_are_retried_and_waiting_ones_cancelled(db):
    helena = factories.make_user("Helena", "administrator")
    batch, other = (jobs.open_batch(title=title, by=helena) for title in ("Letters", "Others"))
    for each in (batch, other):
        jobs_of(each, failed=1, done=2, waiting=3, running=4, cancelled=5)
    assert jobs.retry_failed(batch) == 1
    assert counts_of(batch) == {"done": 2, "waiting": 4, "running": 4, "cancelled": 5}
    assert jobs.cancel(batch) == 4
    assert counts_of(batch) == {"done": 2, "running": 4, "cancelled": 9}
    assert counts_of(other) == {"failed": 1, "done": 2, "waiting": 3, "running": 4, "cancelled": 5}


def test_a_transaction_wakes_one_worker_however_many_jobs_it_puts(db, monkeypatch, django_capture_on_commit_callbacks):
    told = []
    monkeypatch.setattr(wake, "_silent_until", 0.0)
    monkeypatch.setattr(wake.current_app, "send_task", lambda *args, **kwargs: told.append(args), raising=False)
    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        for _ in range(200):
            jobs.put("count")
    assert len(callbacks) == 1
    assert told == [("core.jobs.tasks.work",)]


def test_a_broker_that_is_down_costs_one_try_and_loses_nothing(db, monkeypatch):
    tries = []

    def refuse(*args, **kwargs):
        tries.append(args)
        raise ConnectionError("connection refused")

    monkeypatch.setattr(wake, "_silent_until", 0.0)
    monkeypatch.setattr(wake.current_app, "send_task", refuse, raising=False)
    assert [wake.tell(), wake.tell(), wake.tell()] == [False, False, False]
    assert len(tries) == 1


def test_two_functions_cannot_do_the_same_kind_of_job():
    with pytest.raises(ValueError, match="Two functions want to do “mail-send” jobs."):
        jobs.handles("mail-send", "Mail")(lambda claim: None)


def counts_of(batch):
    return dict(Counter(batch.jobs.values_list("state", flat=True)))


def jobs_of(batch, **states):
    now = clock.now()
    for state, number in states.items():
        for count in range(number):
            held = state == "held"
            Job.objects.create(
                kind="letter", batch=batch, state="done" if held else state, due_at=now, put_at=now,
                finished_at=now - timedelta(seconds=count) if state in ("done", "held") else None,
                leased_until=now if state == "running" else None,
                result={"held": "L-7"} if held else {}, payload={"letter": count},
            )  # fmt: skip


def test_a_batch_says_what_is_done_held_failed_and_left_and_how_long_the_rest_takes(db):
    batch = jobs.open_batch(title="Letters", by=None)
    jobs_of(batch, done=31, held=2, failed=1, cancelled=3, waiting=301)
    found = Batch.objects.with_progress().get()
    assert (found.total, found.done, found.held, found.failed, found.cancelled, found.left) == (338, 31, 2, 1, 3, 301)
    assert timedelta(minutes=4) < found.time_left < timedelta(minutes=5)  # 33 in the last 30 seconds, and 301 to do
    assert found.time_left_words == "About 5 minutes to go."


@pytest.mark.parametrize(
    ("waiting", "words"), [(0, ""), (20, "Less than a minute to go."), (9_000, "About 2 hours to go.")]
)
def test_the_time_to_go_is_said_as_coarsely_as_it_is_uncertain(db, waiting, words):
    batch = jobs.open_batch(title="Letters", by=None)
    jobs_of(batch, done=40)
    found = Batch.objects.with_progress().get()
    found.left = waiting
    assert found.time_left_words == words


def test_a_batch_that_has_just_begun_promises_nothing(db):
    batch = jobs.open_batch(title="Letters", by=None)
    jobs_of(batch, done=2, waiting=50)
    assert Batch.objects.with_progress().get().time_left_words == ""


def test_what_was_cancelled_goes_on_where_it_stopped(db, doing):
    doing("letter", lambda claim: None)
    batch = jobs.open_batch(title="Letters", by=None)
    jobs_of(batch, waiting=3, failed=1)
    assert jobs.cancel(batch) == 3
    assert work.run_all() == 0
    assert jobs.resume(batch) == 3
    work.run_all()
    found = Batch.objects.with_progress().get()
    assert (found.done, found.failed, found.cancelled, found.left) == (3, 1, 0, 0)


def test_what_was_held_is_done_again_in_its_own_batch(db, doing):
    doing("letter", lambda claim: None)
    batch = jobs.open_batch(title="Letters", by=None)
    jobs_of(batch, held=2)
    assert jobs.redo_held("letter", letter=1) is True
    assert jobs.redo_held("letter", letter=7) is False
    work.run_all()
    found = Batch.objects.with_progress().get()
    assert (found.total, found.done, found.held) == (2, 1, 1)
