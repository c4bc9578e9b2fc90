"""Many applicants in the last minute before a deadline, against a real web server: what each sends, and what comes back.

Each applicant is a thread with connections of its own. Requests carry the moment at which they were sent as the proxy
would write it, so that what waits for a free process is judged by when it came.
"""

import http.client
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.test import Client

from applications.models import Application
from core import clock
from core.people.models import User
from fund.models import Call
from tests import factories, services

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "x" * 32
EMPTY_PAGE = "/accessibility/"
"""A page of the same server that shows nothing from the database but who is signed in."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request, when it was sent and how long it took."""

    what: str
    sent: float
    seconds: float
    status: int
    location: str = ""


@dataclass
class Applicant:
    """One person with one draft; `steps` are what they do and how many seconds after the start."""

    draft: Application
    cookies: str
    steps: list[tuple[float, str]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    revision: int = 1
    saved: str = ""

    def act(self, port: int, start: float, *, submits: bool) -> None:
        """Do each step at its time, one after the other; only submitting waits for no earlier answer."""
        for offset, what in sorted(self.steps):
            if (what == "submit") == submits:
                time.sleep(max(0.0, start + offset - clock.now().timestamp()))
                self.answers.append(self._do(port, what))

    @property
    def submission(self) -> Answer:
        """What came back for the submission."""
        return next(each for each in self.answers if each.what == "submit")

    @property
    def saves(self) -> list[Answer]:
        """What came back for the savings."""
        return [each for each in self.answers if each.what == "save"]

    def _do(self, port: int, what: str) -> Answer:
        if what == "page":
            return self.send(port, what, "GET", EMPTY_PAGE)
        if what == "submit":
            return self.send(port, what, "POST", f"/apply/{self.draft.pk}/submit/", {"versions": "0"})
        text = f"Saved {len(self.answers)} times by the owner of draft {self.draft.pk}"
        body = {"key": "summary", "value": text, "revision": str(self.revision)}
        return self.send(port, what, "POST", f"/apply/{self.draft.pk}/autosave/", body, text=text)

    def send(
        self, port: int, what: str, method: str, path: str, body: dict[str, str] | None = None, *, text: str = ""
    ) -> Answer:
        """Send one request over a connection of its own."""
        sent = clock.now().timestamp()
        headers = {
            "Cookie": self.cookies, "Host": f"127.0.0.1:{port}", "Content-Type": "application/x-www-form-urlencoded",
            "X-Request-Start": f"t={sent:.6f}",
        }  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=180)
        given = urlencode((body or {}) | {"csrfmiddlewaretoken": TOKEN}) if method == "POST" else None
        connection.request(method, path, given, headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        if text and response.status == http.HTTPStatus.OK:
            self.saved, self.revision = text, json.loads(content)["revision"]
        return Answer(what, sent, clock.now().timestamp() - sent, response.status, response.getheader("Location") or "")


def make_applicants(call: Call, number: int) -> list[Applicant]:
    """Add people, each with a complete draft, signed in."""
    return [_applicant(call, f"{call.slug} {place}") for place in range(number)]


def _applicant(call: Call, name: str) -> Applicant:
    person = factories.make_user(name)
    draft = factories.make_draft(call, person)
    return Applicant(draft, cookies_of(person), revision=draft.answers.get(key="summary").revision)


def cookies_of(person: User) -> str:
    """Return the cookies of a browser in which the person is signed in."""
    client = Client()
    client.force_login(person)
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"


def run(applicants: Iterable[Applicant], port: int, start: float) -> None:
    """Let all of them act at their times, and wait until the last has its answer."""
    everybody = list(applicants)
    with ThreadPoolExecutor(2 * len(everybody)) as pool:
        doing = [pool.submit(each.act, port, start, submits=submits) for each in everybody for submits in (False, True)]
    for each in doing:
        each.result()


def p95(seconds: Iterable[float]) -> float:
    """Return the time within which 95 of 100 had their answer."""
    ordered = sorted(seconds)
    return ordered[math.ceil(0.95 * len(ordered)) - 1]


@contextmanager
def two_workers(environment: dict[str, str], log: Path) -> Iterator[int]:
    """Run gunicorn with two worker processes and give its port."""
    port = services.free_port()
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--backlog", "2048"]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", *options, "--no-control-socket"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=os.environ | environment | {"SUITE_BEHIND_PROXY": "1"}, cwd=ROOT, stdout=output, stderr=output
        )
    try:
        services.wait_until(lambda: is_up(port), what=f"the web server answers ({log})")
        yield port
    finally:
        services.stop(process)


def is_up(port: int) -> bool:
    """Whether the web server answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
