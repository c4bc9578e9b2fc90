"""The calibration exercise of the sample: two cases, scored by all but the last few members before they began."""

from datetime import datetime, timedelta
from typing import Any

from config.loading import people
from config.sample import calibration as sample
from config.sample import people as cast
from core import clock
from core.people.models import User
from fund.models import Call
from reviews.actions import calibrating
from reviews.models import CalibrationCase

LEFT_OUT = 3
"""How many members have not done it; the exercise is not required, so that their queues are open."""


def calibrate(call: Call, *, by: User, at: datetime) -> None:
    """Write the cases, open them, let the panel score, and give the chair's remarks."""
    with clock.at(at):
        cases = [
            calibrating.write_case(call=call, title=each["title"], text=sample.text_of(each), by=by)
            for each in sample.CASES
        ]
        calibrating.settle(call=call, is_required=False, due_at=at + timedelta(days=10), by=by)
        calibrating.open_exercise(call=call, by=by)
    reviewer = people.persona("reviewer").pk
    members = [(each, people.user(each.person)) for each in cast.PANEL]
    rest = [someone.pk for __, someone in members if someone.pk != reviewer][-LEFT_OUT:]
    for number, (member, someone) in enumerate(members):
        if someone.pk not in rest:
            with clock.at(at + timedelta(days=1 + number % 7, hours=number % 5)):
                _score(cases, [sample.scores_of(each, member) for each in sample.CASES], someone)
    chair = people.persona("chair")
    with clock.at(at + timedelta(days=10)):
        _score(cases, [sample.scores_of_chair(each) for each in sample.CASES], chair)
        for case, text in zip(cases, sample.CASES, strict=True):
            calibrating.remark(case=case, text=text["remarks"], by=chair)


def _score(cases: list[CalibrationCase], given: list[dict[str, Any]], someone: User) -> None:
    for case, scores in zip(cases, given, strict=True):
        calibrating.save(case=case, **scores, revision=None, by=someone)
        calibrating.submit(case=case, by=someone)
