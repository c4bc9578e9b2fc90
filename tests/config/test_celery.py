"""The Celery application is ours in every thread, or a wake-up would go to a broker that nobody runs."""

from concurrent.futures import ThreadPoolExecutor

from celery import current_app
from django.conf import settings

from config.celery import app
from core.jobs import tasks


def test_every_thread_publishes_to_our_broker():
    with ThreadPoolExecutor(1) as other:
        name, broker = other.submit(lambda: (current_app.main, current_app.conf.broker_url)).result()

    assert (name, broker) == (app.main, settings.CELERY_BROKER_URL)


def test_the_schedule_names_tasks_that_exist():
    assert tasks.__name__ == "core.jobs.tasks"
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)
