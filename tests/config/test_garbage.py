"""A process that serves has read everything before the first visitor comes, and does not look through it again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVES = "import config.wsgi"
WORKS = "import django; django.setup(); import config.celery; from celery.signals import worker_process_init as begun; begun.send(None)"


@pytest.mark.parametrize("begins", [SERVES, WORKS], ids=["web", "worker"])
def test_what_is_loaded_is_left_out_of_the_search_for_garbage(begins: str, tmp_path: Path) -> None:
    told = (
        "import gc, json, sys; print(json.dumps([gc.get_freeze_count(), len(gc.get_objects()), sorted(sys.modules)]))"
    )
    environment = os.environ | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", f"{begins}; {told}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    left_out, looked_at, read = json.loads(done.stdout)

    assert left_out > 10 * looked_at
    assert begins != SERVES or {"reports.views", "reviews.views.desk", "applications.views.sections"} <= set(read)
