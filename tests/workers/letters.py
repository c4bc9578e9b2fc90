"""Letters by the hundred: released, made and sent while workers are killed and the broker is restarted."""

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from applications.models import Application
from core import clock
from core.jobs.models import Batch, Job
from core.mail.models import Message
from core.people.models import Role, User
from fund.actions import ledger
from reviews import basis
from reviews.actions import deciding
from tests import factories, services
from tests.conftest import Worker
from tests.reviews import panels
from tests.workers.conftest import end_leases


def release_letters(number: int) -> tuple[Batch, User]:
    """Release so many decisions to fund, each with a letter to be made; return their batch, and who released them."""
    helena = factories.make_user("Helena", Role.ADMINISTRATOR)
    oluchi = factories.make_user("Oluchi", Role.ADMINISTRATOR)
    money = Decimal(50_000 * (number + 1))
    call = panels.make_call_in_review(applications=number, budget=money)
    pledged = ledger.pledge(
        fund=call.fund, organisation=factories.make_organisation("Member company", kind="company"),
        amount=money, by=None,
    )  # fmt: skip
    ledger.receive(contribution=pledged, amount=money, by=None)
    Job.objects.all().delete()  # receipts of the submissions are no part of this
    found = Application.objects.filter(call=call)
    seen = basis.before_eyes_of(call, oluchi)
    decisions = [panels.approved(each, "fund", by=[helena, oluchi], seen=seen) for each in found]
    batch = deciding.release(call=call, decisions=decisions, by=helena).batch
    assert batch is not None
    return batch, helena


def let_the_minute_be_over() -> None:
    """Make due what was let go, as it would be a minute later."""
    Message.objects.filter(state=Message.State.QUEUED).update(due_at=clock.now() - timedelta(seconds=1))
    Job.objects.filter(kind="mail-send", state=Job.State.WAITING).update(due_at=clock.now() - timedelta(seconds=1))


def mails_on_disk() -> Counter[str]:
    """Count the mails that left, by their number."""
    files = [path for path in (Path(settings.STATE_DIR) / "mail").rglob("*") if path.is_file()]
    found = (re.findall(rb"(?mi)^Message-ID: (.+)$", path.read_bytes()) for path in files)
    return Counter(each.decode().strip() for every in found for each in every)


WARM = 100
"""So many jobs after which a worker holds what it keeps: fonts, words that were set, templates, connections."""
FLAT = 1.2
"""So many times that memory it may have at the end, however much it did."""
PATIENCE = 1.0
"""Seconds without progress after which workers are woken again; the clock process does it every 30 seconds."""


@dataclass
class Trouble:
    """Workers that are killed at their work, and a Redis that is stopped and started while they do it."""

    new_worker: Callable[[], Worker]
    sweep: Callable[..., None]
    redis: services.Redis | None
    killed: int = 0
    worker: Worker | None = None
    memory: list[tuple[int, int]] = field(default_factory=list)
    """Of each worker that did much in one go: the megabytes of its largest process once warm, and at the end."""

    @property
    def variables(self) -> dict[str, str]:
        """What workers and the sweep are told."""
        return {"SUITE_REDIS_URL": self.redis.url} if self.redis else {}

    def through(self, left: QuerySet, *, kills: int, restarts: int = 0, seconds: float = 60) -> None:
        """Do what is left while workers are killed at even distances, and Redis is started anew after some kills."""
        total = left.count()
        for number in range(kills):
            worker = self._work(left, until=total - total * (number + 1) // (kills + 2) - 1, seconds=seconds)
            worker.kill()
            self.killed += 1
            if self.redis and number < restarts:
                self.redis.stop()
                self.redis.start()
            end_leases()
        self._work(left, until=0, seconds=seconds)

    def _work(self, left: QuerySet, *, until: int, seconds: float) -> Worker:
        """Let a worker work until so much is left; what woke it may be lost, so now and then it is woken again."""
        worker = self._worker()
        total, warm = left.count(), 0
        before, end = 0, time.monotonic() + seconds
        swept = time.monotonic()
        while (number := left.count()) > until:
            assert time.monotonic() < end, f"{number} are left after {seconds:g} seconds ({worker.log})"
            if number != before:
                before, swept = number, time.monotonic()
                warm = warm or (max(_memory(worker)) if total - number >= WARM else 0)
            elif time.monotonic() - swept > PATIENCE:
                self.sweep(**self.variables)
                swept = time.monotonic()
            time.sleep(0.05)
        at_last = _memory(worker)
        print(f"{number} left; memory of the worker's processes: {at_last} MB, at first {warm or '–'}")
        if warm:
            self.memory.append((warm, max(at_last)))
        return worker

    def _worker(self) -> Worker:
        """Return the worker that runs, or start one."""
        if self.worker is None or self.worker.process is None or self.worker.process.poll() is not None:
            self.worker = self.new_worker()
            self.worker.start(concurrency=2, **self.variables)
        return self.worker


def _memory(worker: Worker) -> list[int]:
    assert worker.process is not None
    task = Path(f"/proc/{worker.process.pid}/task/{worker.process.pid}/children")
    children = task.read_text().split() if task.exists() else []
    found = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in children]
    return sorted(int(each[1]) // 1024 for each in found if each)
