"""The suite's database, migrated once: every other worker of pytest-xdist takes a copy of what the first one made."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests import services

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
MIGRATED = "test_fund"
COPIED = "migrated.sqlite3"


def common_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all workers of a run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if WORKER else base


def migrated_file(folder: Path) -> Path | None:
    """Return the migrated and empty database of the run, if it is a file and is kept."""
    found = folder / COPIED
    return found if found.exists() else None


@contextmanager
def one_after_the_other(folder: Path, name: str) -> Iterator[bool]:
    """Let one worker in at a time, and tell it whether nobody has come through before."""
    done = folder / f"{name}-done"
    with (folder / f"{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Make the database, in place of what pytest-django does: it would migrate once for each worker."""
    folder = common_folder(tmp_path_factory)
    with django_db_blocker.unblock():
        with one_after_the_other(folder, "database") as is_first:
            if is_first:
                connection.creation.create_test_db(verbosity=0, autoclobber=True)
                connection.close()
            if WORKER:
                _take_copy(folder / COPIED, is_first=is_first)
        yield
        connection.close()
        if settings.SUITE_ON_POSTGRES:
            _server().drop_database(str(connection.settings_dict["NAME"]))


def _take_copy(shared: Path, *, is_first: bool) -> None:
    """Copy the migrated database for this worker; on SQLite the first leaves its own for the others."""
    if settings.SUITE_ON_POSTGRES:
        name = f"{MIGRATED}_{WORKER}"
        _server().make_database(name, like=MIGRATED)
    else:
        name = str(settings.DATABASES["default"]["TEST"]["NAME"])
        shutil.copyfile(*((name, shared) if is_first else (shared, name)))
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _server() -> services.Postgres:
    return services.Postgres(os.environ["SUITE_DATABASE_URL"])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove the database that was copied, once all workers have ended."""
    if not WORKER and session.config.getoption("numprocesses", None) and "SUITE_DATABASE_URL" in os.environ:
        _server().drop_database(MIGRATED)
