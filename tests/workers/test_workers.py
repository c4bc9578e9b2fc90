"""Real workers beside the test: killed, hanging, many, and without their broker."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from applications.models import Application
from core import jobs
from core.documents.models import Document, IssuedLetter
from core.jobs.models import Job
from core.mail import letters
from core.mail.models import Message
from core.people.models import User
from fund.models import Award
from tests import factories, services
from tests.conftest import ROOT, Worker
from tests.workers.conftest import end_leases, wait_for_no_work
from tests.workers.letters import FLAT, WARM, Trouble, let_the_minute_be_over, mails_on_disk, release_letters

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
KINDS = ("--include", "tests.workers.kinds")
SOAKED = int(os.environ.get("SOAK_LETTERS", "5000"))
"""How many letters the soak makes and sends."""


@pytest.mark.parametrize(
    ("number", "restarts", "kills"), [(20, 0, (1, 1)), pytest.param(SOAKED, 1, (3, 2), marks=pytest.mark.soak)]
)
def test_workers_killed_amid_letters_and_mails_leave_none_out_and_make_none_twice(
    number: int, restarts: int, kills: tuple[int, int], new_worker: Callable[[], Worker], sweep: Callable[..., None],
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    """The soak kills five workers and starts Redis anew twice, once while letters are made and once while they leave."""
    batch, helena = release_letters(number)
    redis = request.getfixturevalue("redis_server") if restarts else None
    trouble = Trouble(new_worker, sweep, redis)
    patience = 60 + number
    trouble.through(batch.jobs.exclude(state=Job.State.DONE), kills=kills[0], restarts=restarts, seconds=patience)

    made = Document.objects.filter(kind="award-letter", batch=batch)
    assert sorted(made.values_list("subject", flat=True)) == sorted(Award.objects.values_list("pk", flat=True))
    assert made.values("sha256").distinct().count() == number
    register = IssuedLetter.objects.filter(state=IssuedLetter.State.ISSUED).order_by("sequence")
    assert list(register.values_list("sequence", flat=True)) == list(range(1, number + 1))
    assert mails_on_disk().total() == 0

    mails = Message.objects.filter(batch=batch)
    letters.send(batch=batch, upto=mails.latest("pk").pk, by=helena)
    let_the_minute_be_over()
    going = Job.objects.filter(kind="mail-send").exclude(state=Job.State.DONE)
    trouble.through(going, kills=kills[1], restarts=restarts, seconds=patience)

    states, left = Counter(mails.values_list("state", flat=True)), mails_on_disk()
    sent = [left[each] for each in mails.filter(state="sent").values_list("message_id", flat=True)]
    print(f"{number} letters, {trouble.killed} workers killed: {dict(states)}")
    assert states["sent"] + states["unknown"] == mails.count() == number
    assert states["unknown"] <= 2 * trouble.killed
    assert set(sent) == {1}
    assert max(left.values()) == 1
    assert [(first, last) for first, last in trouble.memory if last > FLAT * first] == []
    assert trouble.memory or number < WARM
    listed = Message.objects.visible_to_staff(helena).filter(state__in=Message.FOR_STAFF)
    assert listed.count() == states["unknown"]


@pytest.mark.more
def test_a_worker_that_hangs_loses_its_job_and_files_nothing(
    new_worker: Callable[[], Worker], sweep: Callable[..., None], tmp_path: Path
) -> None:
    job = jobs.put("test-hang", folder=str(tmp_path))
    slow = new_worker()
    slow.start(*KINDS)
    sweep()
    services.wait_until((tmp_path / "begun").exists, what="the job is begun")
    assert slow.process is not None
    os.killpg(slow.process.pid, signal.SIGSTOP)
    end_leases()
    new_worker().start(*KINDS)
    sweep()
    wait_for_no_work()
    os.killpg(slow.process.pid, signal.SIGCONT)
    (tmp_path / "go on").touch()
    services.wait_until(lambda: "was taken over" in slow.log.read_text(), what="the first worker gives up")
    job.refresh_from_db()

    assert (job.state, job.attempt, job.result) == (Job.State.DONE, 2, {"attempt": 2})


@pytest.mark.more
def test_two_workers_share_fifty_jobs_and_do_each_once(
    new_worker: Callable[[], Worker], sweep: Callable[..., None], tmp_path: Path
) -> None:
    log = tmp_path / "done"
    for worker in (new_worker(), new_worker()):
        worker.start(*KINDS)
    with transaction.atomic():  # one wake-up for all of them
        for number in range(50):
            jobs.put("test-mark", log=str(log), number=number)
    wait_for_no_work(sweep=sweep)
    lines = [line.split() for line in log.read_text().splitlines()]

    assert sorted(int(number) for number, _ in lines) == list(range(50))
    assert len({process for _, process in lines}) == 2
    assert set(Job.objects.values_list("state", "attempt")) == {(Job.State.DONE, 1)}


@pytest.fixture
def web(shared_environment: dict[str, str], redis_server: services.Redis, tmp_path: Path) -> Iterator[int]:
    """Run the web server on the test's database and a Redis of its own, and return its port."""
    port = services.free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "2"]
    environment = shared_environment | {"SUITE_REDIS_URL": redis_server.url}
    with (tmp_path / "web.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        services.wait_until(lambda: _answers(port), what="the web server answers")
        yield port
    finally:
        services.stop(process)


def _answers(port: int) -> bool:
    try:
        return _ask(port, "GET", "/healthz")[0] == 200
    except OSError:
        return False


def _ask(port: int, method: str, path: str, cookies: str = "", body: dict[str, str] | None = None) -> tuple[int, str]:
    headers = {"Cookie": cookies, "Host": f"127.0.0.1:{port}", "Content-Type": "application/x-www-form-urlencoded"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(method, path, urlencode(body or {}), headers)
        response = connection.getresponse()
        return response.status, response.read().decode(errors="replace")


def _signed_in(person: User) -> str:
    client = Client()
    client.force_login(person)
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={'x' * 32}"


@pytest.mark.redis
def test_a_submission_stands_while_redis_is_down_and_its_receipt_follows(
    web: int, redis_server: services.Redis, new_worker: Callable[[], Worker], sweep: Callable[..., None]
) -> None:
    ada = factories.make_user("Ada", organisation=factories.make_organisation())
    draft = factories.make_draft(factories.make_call(), ada)
    cookies, path = _signed_in(ada), f"/apply/{draft.pk}/submit/"
    worker = new_worker()
    worker.start(SUITE_REDIS_URL=redis_server.url)
    assert _ask(web, "GET", path, cookies)[0] == 200
    redis_server.stop()

    began = time.monotonic()
    status, _ = _ask(web, "POST", path, cookies, {"csrfmiddlewaretoken": "x" * 32})
    took = time.monotonic() - began

    assert status == 302
    assert took < 2
    draft.refresh_from_db()
    assert draft.state == Application.State.SUBMITTED
    assert Job.objects.get(kind="application-receipt").state == Job.State.WAITING
    assert _ask(web, "GET", f"/apply/{draft.pk}/", cookies)[0] == 200

    redis_server.start()
    sweep(SUITE_REDIS_URL=redis_server.url)
    wait_for_no_work()

    assert Document.objects.filter(kind="application-receipt", subject=draft.current_id).count() == 1
    assert list(Message.objects.filter(person=ada).values_list("state", flat=True)) == ["sent"]
