"""A running copy of the product for the journeys, and a person's browser window on it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, Locator, Page, Response, StorageState, StorageStateCookie

from config.sample.people import PERSONAS
from tests import services
from tests.e2e.stage import AT_SCREENS, PASSWORD, SESSIONS

ROOT = Path(__file__).resolve().parents[2]
POLICY = (
    "default-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
PREVIEW = re.compile(r"/apply/preview/|/letter-templates/.+/preview/")
"""The previews of a form and of a letter stand in a frame of the page on which they are written."""
OURS = ("ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "STATIC_ROOT")
EMAILS = {persona.role: persona.person.email for persona in PERSONAS} | {
    "second reviewer": AT_SCREENS[1].person.email, "third reviewer": AT_SCREENS[2].person.email,
}  # fmt: skip
PATIENCE = 30_000
"""Milliseconds: other tests may keep the machine busy."""
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (4\d\d)")


def bare_environment(folder: Path) -> dict[str, str]:
    """Return the environment of the mode without variables, on a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("SUITE_")}
    return kept | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}


@dataclass
class Site:
    """A web server on one folder, and a worker for who needs one."""

    folder: Path
    port: int
    password: str = PASSWORD
    processes: list[subprocess.Popen] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @classmethod
    @contextmanager
    def on_copy_of(cls, stage: Path, folder: Path) -> Iterator[Self]:
        """Run on a copy of a prepared folder."""
        shutil.copytree(stage, folder, dirs_exist_ok=True)
        running = cls(folder, services.free_port())
        try:
            running.start_web()
            running.wait()
            yield running
        finally:
            for process in running.processes:  # the copy is thrown away, so nothing needs to end in order
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def start_worker(self) -> None:
        """Start the worker, for the journeys that wait for work."""
        worker = "celery -A config worker --concurrency=1 --without-mingle --without-gossip --loglevel=warning"
        self._run("worker", worker)

    def session_of(self, persona: str) -> StorageState | None:
        """Return the cookies of a browser in which a persona signed in when the stage was set."""
        if not (self.folder / SESSIONS).exists():
            return None
        keys = json.loads((self.folder / SESSIONS).read_text())
        cookie: StorageStateCookie = {
            "name": "sessionid", "value": keys[EMAILS[persona]], "domain": "127.0.0.1", "path": "/", "expires": -1,
            "httpOnly": True, "secure": False, "sameSite": "Lax",
        }  # fmt: skip
        return {"cookies": [cookie], "origins": []}

    def start_web(self, module: str = "config.wsgi") -> None:
        """Start the web server, at the head of the processes."""
        web = f"gunicorn {module} --bind 127.0.0.1:{self.port} --workers 1 --threads 4 --no-control-socket"
        self._run("web", web, at=0)

    def stop_web(self) -> None:
        """End the web server at once, as a failing machine would."""
        process = self.processes.pop(0)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait(self) -> None:
        """Wait until the web server answers."""
        services.wait_until(self._answers, what=f"the site answers ({self.folder / 'web.log'})", seconds=90)

    def _run(self, name: str, command: str, at: int = 9) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command.split()], cwd=ROOT, stdout=log, stderr=log,
                env=bare_environment(self.folder) | {"PORT": str(self.port)}, start_new_session=True,
            )  # fmt: skip
        self.processes.insert(at, process)

    def _answers(self) -> bool:
        if self.processes[0].poll() is not None:
            raise RuntimeError((self.folder / "web.log").read_text()[-2000:])
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


class Visitor:
    """One browser window. What its console, its page errors and its answers' policies have to say is kept as faults."""

    def __init__(
        self, site: Site, browser: Browser, *, persona: str | None = None, script: bool = True, **options: Any
    ) -> None:
        self.site = site
        self.script = script
        self.faults: list[str] = []
        self.known: dict[str, tuple[str, list[list[str]]]] = {}
        """Pages that were open: their addresses, and their links with their words."""
        self.expected: set[int] = {422}
        """Statuses of pages that a journey provokes, as by bad input; Chromium notes each on the console."""
        state = site.session_of(persona) if persona else None
        self.context = browser.new_context(
            base_url=site.address,
            java_script_enabled=script,
            storage_state=state,
            locale="en-GB",
            reduced_motion="reduce",
            **options,
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self._heard(message.type, message.text))
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._answered)
        if persona and state is None:
            self.sign_in(EMAILS[persona])

    def _heard(self, kind: str, text: str) -> None:
        refused = REFUSED.match(text)
        if kind in ("error", "warning") and not (refused and int(refused[1]) in self.expected):
            self.faults.append(f"{self.page.url}: console {kind}: {text}")

    def _answered(self, response: Response) -> None:
        if response.request.resource_type != "document" or not response.url.startswith(self.site.address):
            return
        policy = response.headers.get("content-security-policy")
        expected = FRAMED if PREVIEW.search(response.url) else POLICY
        if "text/html" in response.headers.get("content-type", "") and policy != expected:
            self.faults.append(f"{response.url}: content policy {policy}")
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.url}: {response.status}")

    def sign_in(self, email: str) -> None:
        """Sign in through the form."""
        self.go("/account/login/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(self.site.password)
        self.press("Sign in")
        assert "/account/login/" not in self.page.url, self.text()

    def go(self, path: str) -> Page:
        """Open an address."""
        self.page.goto(path)
        return self.page

    def follow(self, name: str | re.Pattern[str], *, exact: bool = False) -> Page:
        """Follow the first link of a name in the page."""
        return self.click(self.page.locator("main").get_by_role("link", name=name, exact=exact).first)

    def press(self, name: str | re.Pattern[str], *, exact: bool = True) -> Page:
        """Press the first button of a name in the page."""
        return self.click(self.page.locator("main").get_by_role("button", name=name, exact=exact).first)

    def click(self, place: Locator) -> Page:
        """Click on what leads to another page, and wait for that."""
        with self.page.expect_navigation():
            place.click()
        return self.page

    def text(self) -> str:
        """Return what the page's main part says."""
        return self.page.locator("main").inner_text()

    def heading(self) -> str:
        """Return the page's name."""
        return self.page.locator("h1").first.inner_text()

    def download(self, link: Locator) -> Path:
        """Follow a link to a file and return where it is stored."""
        with self.page.expect_download() as started:
            link.click()
        target = self.site.folder / f"download-{started.value.suggested_filename}"
        started.value.save_as(target)
        return target

    def close(self) -> None:
        """Close the window."""
        self.context.close()
