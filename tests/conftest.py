"""What the whole suite shares: which services are here, and the product's own processes for the tests that need them."""

import contextlib
import gc
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest import runner
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from core.audit import triggers
from tests import services
from tests.browser import new_browser
from tests.factories import count_rows

pytest_plugins = ["tests.cast", "tests.database"]

ROOT = Path(__file__).resolve().parent.parent
SLOW = ("browser", "services", "concurrency")
LONG = ("e2e/test_pages.py", "access/test_table.py")
"""The files that take longest, which would be the last to end if they were not the first to begin."""


def _lacking(item: pytest.Item) -> str | None:
    """Return why a test cannot run here."""
    if item.get_closest_marker("browser") and services.find_chromium() is None:
        return "Chromium is not installed"
    if item.get_closest_marker("redis") and services.find_redis() is None:
        return "redis-server is not installed"
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        return "the suite runs on SQLite; it runs on PostgreSQL when that is installed or DATABASE_URL names one"
    return None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin in the product's language, whatever was asked for last; skip or fail what lacks its service."""
    translation.deactivate()
    if reason := _lacking(item):
        services.skip_for_lack(reason)


@pytest.fixture
def _flushable(transactional_db: None) -> Iterator[None]:
    """Let the suite's flush empty what is only added to; the triggers come back with the signal after it."""
    yield
    triggers.remove()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks the database, and let what commits remove its data again.

    The longest files and those that wait come first, what shares its data last in each.
    """
    for item in items:
        names = getattr(item, "fixturenames", [])
        marker = item.get_closest_marker("django_db")
        if marker or not {"db", "transactional_db", "shared"}.isdisjoint(names):
            item.add_marker("database")
        if "transactional_db" in names or (marker and marker.kwargs.get("transaction")):
            names.insert(0, "_flushable")
    slow = {item.path for item in items if any(map(item.get_closest_marker, SLOW))}
    place_of = {ROOT / "tests" / name: place for place, name in enumerate(LONG, -len(LONG))}
    items.sort(
        key=lambda item: (
            place_of.get(item.path, 0), item.path not in slow, "shared" in getattr(item, "fixturenames", [])
        )
    )  # fmt: skip


def _with_room(function: Callable[..., Any], *given: Any) -> Any:
    """Call a function with half a megabyte of frames before the next piece of the stack of frames is needed.

    Python gives such pieces of 16 kB back to the system as soon as they are empty (gh-142183, mended in later ones):
    what is called in a loop just where one ends costs a fifth more, and pytest, Django and templates go that deep.
    """
    return function(*given)


_with_room.__code__ = _with_room.__code__.replace(co_stacksize=65_536)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    """Run a test as pytest does, with room."""
    return _with_room(runner.pytest_runtest_protocol, item, nextitem)


def pytest_collection_finish() -> None:
    """Leave what was collected, which is much and stays, out of the search for garbage, and search less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keep what a file makes once in a transaction that is never committed; what a test does to it is undone after it.

    Tests of the file that do not ask for it run before it is made. Each test takes a copy of what was made.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    """Have what a file shares checked once; PostgreSQL would do it again at the end of each of its tests."""
    result = yield
    if "shared" in fixturedef.argnames:
        connection.check_constraints()
        count_rows()
    return result


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Client:
    """Return a browser; one with middleware of its own where the test changes settings."""
    return Client() if "settings" in request.fixturenames else new_browser()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium."""
    found = services.find_chromium()
    if found is None:
        services.skip_for_lack("Chromium is not installed")
    return str(found)


@pytest.fixture
def redis_server() -> Iterator[services.Redis]:
    """Run a Redis of the test's own, which it may stop and start."""
    program = services.find_redis()
    if program is None:
        services.skip_for_lack("redis-server is not installed")
    server = services.Redis(str(program), services.free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[services.Postgres]:
    """Return the suite's PostgreSQL, or one started for it, to make databases on."""
    if url := os.environ.get("SUITE_DATABASE_URL"):
        yield services.Postgres(url)
        return
    programs = services.find_postgres()
    if programs is None:
        services.skip_for_lack("PostgreSQL is not installed")
    with services.running_postgres(Path(str(programs))) as server:
        yield server


@pytest.fixture
def postgres_database(postgres_server: services.Postgres) -> Iterator[str]:
    """Return the address of an empty PostgreSQL database."""
    name = f"scratch_{os.getpid()}_{services.free_port()}"
    url = postgres_server.make_database(name)
    yield url
    postgres_server.drop_database(name)


@pytest.fixture
def shared_environment(transactional_db: None) -> dict[str, str]:
    """Return the environment of a process that shares the database, files and broker of this test."""
    here = connection.settings_dict
    variables = {"DJANGO_SETTINGS_MODULE": "tests.settings", "SUITE_STATE": str(settings.STATE_DIR)}
    if connection.vendor == "postgresql":
        login = here["USER"] + (f":{here['PASSWORD']}" if here["PASSWORD"] else "")
        variables["SUITE_DATABASE_URL"] = f"postgres://{login}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
    return os.environ | variables


class Worker:
    """A real Celery worker beside the test, on the same database, files and broker."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment = environment
        self.log = log
        self.process: subprocess.Popen | None = None

    def start(self, *arguments: str, concurrency: int = 1, **variables: str) -> None:
        """Start it and wait until it takes work."""
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", f"--concurrency={concurrency}"]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [*command, "--without-mingle", "--without-gossip", "--loglevel=info", *arguments],
                env=self.environment | variables, cwd=ROOT, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        services.wait_until(self._is_ready, what=f"the worker is ready ({self.log})", seconds=60)

    def _is_ready(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise RuntimeError(f"The worker ended at once:\n{self.log.read_text()[-2000:]}")
        return b" ready." in self.log.read_bytes()

    def kill(self) -> None:
        """Kill it and its children at once, as a failing machine would."""
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, 9)
            self.process.wait()

    def stop(self) -> None:
        """Ask it to stop, and make it after a while."""
        if self.process is not None:
            services.stop(self.process)
            self.kill()


@pytest.fixture
def new_worker(shared_environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """Return a maker of workers that are not started yet and are stopped after the test."""
    made: list[Worker] = []

    def make() -> Worker:
        made.append(Worker(shared_environment, tmp_path / f"worker-{len(made)}.log"))
        return made[-1]

    yield make
    for worker in made:
        worker.kill()


@pytest.fixture
def worker(new_worker: Callable[[], Worker]) -> Worker:
    """Run one worker beside the test."""
    one = new_worker()
    one.start()
    return one


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """Return the folder of published figures that REFERENCE_DATA names."""
    named = os.environ.get("REFERENCE_DATA")
    if not named or not Path(named).is_dir():
        pytest.skip("REFERENCE_DATA does not name the folder of published figures")
    return Path(named)
