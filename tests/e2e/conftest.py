"""The product's own processes on a copy of the stage, and a browser in front of them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.core.conftest import QUIET
from tests.database import WORKER, common_folder, migrated_file, one_after_the_other
from tests.e2e.site import Site, Visitor, bare_environment

ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is here: all of it needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def stage(chromium: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Return a folder with the small sample, made once for all workers of pytest-xdist, or the one that STAGE names."""
    if named := os.environ.get("STAGE"):
        return Path(named)
    shared = common_folder(tmp_path_factory)
    with one_after_the_other(shared, "stage") as is_first:
        if is_first:
            if WORKER:  # the suite's own database is migrated before, and kept
                request.getfixturevalue("django_db_setup")
            set_stage(shared / "stage", begun=migrated_file(shared))
    return shared / "stage"


def set_stage(folder: Path, *options: str, begun: Path | None = None) -> None:
    """Make the stage in a new folder, in a process of its own, on a database that may be begun.

    It is a process of its own because Django's settings are this folder's.
    """
    folder.mkdir()
    if begun is not None:
        shutil.copyfile(begun, folder / "fund.sqlite3")
    command = [sys.executable, "-m", "tests.e2e.stage", *options]
    made = subprocess.run(command, cwd=ROOT, env=bare_environment(folder), capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr[-2000:]


@pytest.fixture(scope="module")
def site(stage: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run a web server for one file of tests, on a copy of the stage that they may change."""
    with Site.on_copy_of(stage, tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def at_work(site: Site) -> None:
    """Run a worker too, for a file in which somebody waits for work."""
    site.start_worker()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Start Chromium for one file of tests; not longer, since Django refuses its database beside Playwright."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


@pytest.fixture(params=[True, pytest.param(False, marks=pytest.mark.more)], ids=["with script", "without script"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts; without is what `make more` adds, unless a journey asks for both."""
    return bool(request.param)


@pytest.fixture
def visitor(site: Site, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Return a function that opens a browser window, for a stranger or a signed-in persona; all must stay quiet."""
    made: list[Visitor] = []

    def open_window(persona: str | None = None, *, script: bool = True, **options: object) -> Visitor:
        made.append(Visitor(site, browser, persona=persona, script=script, **options))
        return made[-1]

    yield open_window
    for each in made:
        each.close()
    assert [fault for each in made for fault in each.faults] == []
