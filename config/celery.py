"""The Celery application: it only carries the news that a job is waiting."""

import os

from celery import Celery
from celery.signals import worker_process_init

from config.garbage import leave_out_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("fund")
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["core.jobs"])
worker_process_init.connect(leave_out_what_is_loaded)
