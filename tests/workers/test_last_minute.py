"""300 applicants save and submit in the last minute before the deadline: none is lost, and none comes in too late."""

import http
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from applications.actions import readiness, submission
from applications.models import Application
from core import clock
from fund.models import Call
from tests import factories, rush
from tests.rush import Answer, Applicant

pytestmark = [
    pytest.mark.soak, pytest.mark.postgres, pytest.mark.services, pytest.mark.django_db(transaction=True),
]  # fmt: skip
MINUTE = 60.0
GRACE = 60.0
MORE_TIME = 15.0
IN_TIME, LATE, EXTENDED, READY = range(220), range(220, 250), range(250, 270), range(270, 300)


def plan(number: int, chance: random.Random) -> list[tuple[float, str]]:
    """Say what one applicant does and when, in seconds from the start of the last minute."""
    if number in IN_TIME:
        submits = MINUTE - chance.uniform(0.02, 10 if number % 3 == 0 else MINUTE - 2)
        return [(chance.uniform(0, submits - 1), "save"), (submits - 0.5, "save"), (submits, "submit")]
    steps = [(chance.uniform(0, MINUTE), what) for what in ("save", "page")]
    if number in LATE:
        return [*steps, (MINUTE + chance.uniform(0.02, 3), "submit")]
    if number in EXTENDED:
        own = MINUTE + MORE_TIME
        submits = own - chance.uniform(0.02, 10) if number % 2 else own + chance.uniform(0.02, 3)
        return [*steps, (submits - 1, "save"), (submits, "submit")]
    return _in_grace(number, chance)


def _in_grace(number: int, chance: random.Random) -> list[tuple[float, str]]:
    """Of those who were ready: submit as it is, try to change it first, come too late, or change it before."""
    kind = number % 4
    after = MINUTE + chance.uniform(1, GRACE - 1)
    if kind == 0:
        return [(after, "submit")]
    if kind == 1:
        return [(after - 0.5, "save"), (after, "submit")]
    if kind == 2:
        return [(MINUTE + GRACE + chance.uniform(0.02, 3), "submit")]
    return [(MINUTE - 5, "save"), (after, "submit")]


def may_come_in(number: int, applicant: Applicant, deadline: float) -> bool:
    """Say, from when the requests were sent alone, whether the submission may be accepted."""
    submits = applicant.submission
    if number in EXTENDED:
        return submits.sent <= deadline + MORE_TIME
    is_changed = any(answer.sent <= deadline for answer in applicant.saves)
    if number in READY and not is_changed:
        return submits.sent <= deadline + GRACE
    return submits.sent <= deadline


def may_be_refused(number: int, applicant: Applicant, save: Answer, deadline: float) -> bool:
    """Say whether a saving may be refused: what is submitted stays, and what was ready at the deadline does too."""
    submits = applicant.submission
    if submits.status == http.HTTPStatus.FOUND and save.sent + save.seconds >= submits.sent:
        return True
    return number in READY and min(each.sent for each in applicant.saves) > deadline


@pytest.fixture
def call(transactional_db: None) -> Call:
    return factories.make_call(
        "last-minute", grace_minutes=round(GRACE / 60), closes_at=clock.now() + timedelta(days=1)
    )


@pytest.fixture
def applicants(call: Call) -> list[Applicant]:
    chance = random.Random(300)
    made = rush.make_applicants(call, 300)
    for number, each in enumerate(made):
        each.steps = plan(number, chance)
    for number in READY:
        draft = made[number].draft
        readiness.mark_ready(application=draft, by=draft.started_by, at=clock.now())
    return made


def set_deadline(call: Call, applicants: list[Applicant], deadline: datetime) -> None:
    Call.objects.filter(pk=call.pk).update(closes_at=deadline)
    for number in EXTENDED:
        draft = Application.objects.get(pk=applicants[number].draft.pk)
        until = deadline + timedelta(seconds=MORE_TIME)
        submission.extend(application=draft, until=until, reason="Power cut", by=None)


def test_three_hundred_in_the_last_minute(
    call: Call, applicants: list[Applicant], shared_environment: dict[str, str], tmp_path: Path
) -> None:
    with rush.two_workers(shared_environment, tmp_path / "web.log") as port:
        start = clock.now().timestamp() + 3
        deadline = start + MINUTE
        set_deadline(call, applicants, datetime.fromtimestamp(deadline, UTC))
        rush.run(applicants, port, start)

    stored = Application.objects.select_related("current").in_bulk([each.draft.pk for each in applicants])
    accepted, in_time = 0, len(IN_TIME) + len(EXTENDED) // 2
    for number, each in enumerate(applicants):
        application = stored[each.draft.pk]
        last = each.submission
        came_in = may_come_in(number, each, deadline)
        assert (last.status, application.state) == ((302, "submitted") if came_in else (409, "draft")), (number, last)
        accepted += came_in
        _nothing_is_lost(each, application)
        refused = [save for save in each.saves if save.status != http.HTTPStatus.OK]
        assert all(may_be_refused(number, each, save, deadline) for save in refused), (number, each.answers)
        if application.current:
            assert application.current.submitted_at.timestamp() == pytest.approx(last.sent, abs=0.001)

    assert accepted >= in_time
    references = {application.reference for application in stored.values()} - {None}
    assert references == {f"LAST-MINUTE-{number:03d}" for number in range(1, accepted + 1)}
    answers = [answer for each in applicants for answer in each.answers]
    print(f"\n{accepted} of 300 in time; {len(answers)} requests")
    for what in ("page", "save", "submit"):
        times = [answer.seconds for answer in answers if answer.what == what]
        print(f"{what:<8}{len(times):>6} p95 {rush.p95(times) * 1000:8.0f} ms")


def _nothing_is_lost(applicant: Applicant, application: Application) -> None:
    """Whatever the server said it saved is there, and in the version that was submitted."""
    wanted = applicant.saved or factories.ANSWERS["summary"]
    assert application.answers.get(key="summary").value == wanted
    if application.current:
        [section] = [each for each in application.current.content["sections"] if each["key"] == "project"]
        assert {each["key"]: each["value"] for each in section["answers"]}["summary"] == wanted
