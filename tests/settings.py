"""The settings of the suite: the product's own on a scratch folder, and on the database that DATABASE_URL names.

The suite runs in the mode without variables whatever its database, so that a test means the same everywhere;
`tests/config` starts the product's own processes with a production environment.
A process that a test starts with `SUITE_STATE` shares the folder and the database of the test.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import environ

if "DATABASE_URL" in os.environ:
    os.environ["SUITE_DATABASE_URL"] = os.environ.pop("DATABASE_URL")
for _name in (
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
    "ORCID_CLIENT_ID",
    "ORCID_CLIENT_SECRET",
):
    os.environ.pop(_name, None)

if "SUITE_STATE" in os.environ:
    SCRATCH = Path(os.environ["SUITE_STATE"])
else:
    SCRATCH = Path(tempfile.mkdtemp(prefix="fund-suite-"))
    atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
os.environ["DATA_DIR"] = str(SCRATCH)

from config.settings import *  # noqa: E402

SUITE_ON_POSTGRES = bool(os.environ.get("SUITE_DATABASE_URL"))
if SUITE_ON_POSTGRES:
    DATABASES["default"] = environ.Env.db_url_config(os.environ["SUITE_DATABASE_URL"])
    DATABASES["default"]["TEST"] = {"NAME": "test_fund"}
else:
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH / "fund.sqlite3"}
if os.environ.get("SUITE_REDIS_URL"):
    CELERY_BROKER_URL = os.environ["SUITE_REDIS_URL"]
    CELERY_BROKER_TRANSPORT_OPTIONS = environment.REDIS_OPTIONS
if "SUITE_BEHIND_PROXY" in os.environ:
    ARRIVAL_HEADER = "HTTP_X_REQUEST_START"
for _folder in ("broker", "broker-control", "mail", "files"):
    (SCRATCH / _folder).mkdir(parents=True, exist_ok=True)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
