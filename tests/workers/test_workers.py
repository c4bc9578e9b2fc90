"""Real workers beside the test: killed, hanging, many, and without their broker."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from applications.models import Application
from core import jobs
from core.documents.models import Document
from core.jobs.models import Batch, Job
from core.mail.models import Message
from core.people.models import Role, User
from fund.actions import ledger
from fund.models import Award
from reviews.actions import deciding
from tests import factories, services
from tests.conftest import ROOT, Worker
from tests.reviews import panels
from tests.workers.conftest import end_leases, wait_for_no_work

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
KINDS = ("--include", "tests.workers.kinds")


def release_letters(number: int) -> Batch:
    """Release so many decisions to fund, each with a letter to be made."""
    helena = factories.make_user("Helena", Role.ADMINISTRATOR)
    oluchi = factories.make_user("Oluchi", Role.ADMINISTRATOR)
    call = panels.make_call_in_review(applications=number, budget=Decimal(100_000_000))
    pledged = ledger.pledge(
        fund=call.fund, organisation=factories.make_organisation("Member company", kind="company"),
        amount=Decimal(100_000_000), by=None,
    )  # fmt: skip
    ledger.receive(contribution=pledged, amount=Decimal(100_000_000), by=None)
    Job.objects.all().delete()  # receipts of the submissions are no part of this
    found = Application.objects.filter(call=call)
    decisions = [panels.approved(each, "fund", by=[helena, oluchi]) for each in found]
    batch = deciding.release(call=call, decisions=decisions, by=helena).batch
    assert batch is not None
    return batch


def mails_on_disk() -> Counter[str]:
    """Count the mails that left, by their number."""
    files = [path for path in (Path(settings.STATE_DIR) / "mail").rglob("*") if path.is_file()]
    found = (re.findall(rb"(?mi)^Message-ID: (.+)$", path.read_bytes()) for path in files)
    return Counter(each.decode().strip() for every in found for each in every)


@pytest.mark.parametrize("number", [20, pytest.param(200, marks=pytest.mark.soak)])
def test_a_worker_killed_amid_letters_leaves_none_out_and_makes_none_twice(
    new_worker: Callable[[], Worker], sweep: Callable[..., None], number: int
) -> None:
    batch = release_letters(number)
    letters = Document.objects.filter(kind="award-letter", batch=batch)
    first = new_worker()
    first.start(concurrency=2)  # the release has told it by now
    services.wait_until(lambda: letters.count() >= 2, what="some letters are made")
    first.kill()
    made = letters.count()

    assert made < number

    end_leases()
    new_worker().start(concurrency=2)
    sweep()
    wait_for_no_work(seconds=60 + number)

    assert batch.jobs.filter(state=Job.State.DONE).count() == number
    assert sorted(letters.values_list("subject", flat=True)) == sorted(Award.objects.values_list("pk", flat=True))
    assert letters.values("sha256").distinct().count() == number
    mails = Message.objects.filter(documents__in=letters)
    states = Counter(mails.values_list("state", flat=True))
    left = mails_on_disk()
    sent = [left[each] for each in mails.filter(state="sent").values_list("message_id", flat=True)]
    assert sum(states.values()) == number
    assert states["sent"] >= number - 2
    assert states["sent"] + states["unknown"] == number
    assert set(sent) == {1}


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
