"""The calibration exercise: cases are written, opened to the panel, scored by each member, and remarked on."""

from collections.abc import Mapping
from datetime import datetime
from types import EllipsisType

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import audit, clock, mail
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews import scale
from reviews.models import Calibration, CalibrationCase, CalibrationScore, PanelMember
from reviews.scale import NOT_APPLICABLE, Value

MOST_CASES = 5


class StaleScores(Exception):
    """The draft was saved from elsewhere in between; `theirs` is what is stored now."""

    def __init__(self, theirs: CalibrationScore) -> None:
        super().__init__(_("These scores were saved from another window. Both versions are here; choose what to keep."))
        self.theirs = theirs


@transaction.atomic
def write_case(
    *, call: Call, case: CalibrationCase | None = None, title: str, text: str, by: User | None
) -> CalibrationCase:
    """Write a case, or change one; nothing changes once the panel scores."""
    call, exercise = _lock_unopened(call, by)
    if case is None:
        last = exercise.cases.aggregate(last=Max("position"))["last"] or 0
        if exercise.cases.count() >= MOST_CASES:
            raise ValidationError({"title": _("%(most)s cases are the most. Remove one first.") % {"most": MOST_CASES}})
        case = CalibrationCase(calibration=exercise, position=last + 1)
    elif not exercise.cases.filter(pk=case.pk).exists():
        raise WrongState(_("This case is gone. Reload the page."))
    case.title, case.text = title.strip(), text.strip()
    case.full_clean(exclude=["calibration"], validate_constraints=False)
    case.save()
    audit.record("call:write_calibration_case", by=by, subject=call, case=case.pk)
    return case


@transaction.atomic
def remove_case(*, call: Call, case: int, by: User | None) -> None:
    """Take a case out of an exercise that is not open yet; one that is gone already stays gone."""
    call, exercise = _lock_unopened(call, by)
    if exercise.cases.filter(pk=case).delete()[0]:
        audit.record("call:remove_calibration_case", by=by, subject=call, case=case)


def _lock_unopened(call: Call, by: User | None) -> tuple[Call, Calibration]:
    call = _lock_to_run(call, by)
    exercise, __ = Calibration.objects.get_or_create(call=call)
    if exercise.opened_at is not None:
        raise WrongState(_("The panel scores these cases already, so they stay as they are."))
    return call, exercise


def _lock_to_run(call: Call, by: User | None) -> Call:
    call = Call.lock(call.pk)
    if by is not None and not by.has_perm("reviews.run_panel", call):
        raise PermissionDenied(_("The exercise is run by an administrator or the chair of the panel."))
    return call


@transaction.atomic
def settle(*, call: Call, is_required: bool, due_at: datetime | None, by: User | None) -> Calibration:
    """Say by when the exercise is due, and whether queues open only after it; at any time."""
    call = _lock_to_run(call, by)
    exercise, __ = Calibration.objects.get_or_create(call=call)
    exercise.is_required, exercise.due_at = is_required, due_at
    exercise.save(update_fields=["is_required", "due_at"])
    audit.record("call:settle_calibration", by=by, subject=call, required=is_required)
    return exercise


@transaction.atomic
def open_exercise(*, call: Call, by: User | None) -> Calibration:
    """Open the exercise to the panel, which is told by mail; opened twice, it was opened once."""
    call = _lock_to_run(call, by)
    exercise = Calibration.objects.filter(call=call).first()
    if exercise is None or not exercise.cases.exists():
        raise WrongState(_("Write a case first; two are usual."))
    if call.state not in Call.UNDER_WAY:
        raise WrongState(_("The exercise opens while a call is published or in review."))
    if exercise.opened_at is not None:
        return exercise
    exercise.opened_at = clock.now()
    exercise.save(update_fields=["opened_at"])
    members = PanelMember.objects.serving().filter(call=call, paused_at=None).select_related("person")
    for member in members.order_by("pk"):
        mail.queue("reviews/mail/calibration.txt", to=member.person, call=call, exercise=exercise)
    audit.record("call:open_calibration", by=by, subject=call, cases=exercise.cases.count())
    return exercise


@transaction.atomic
def remark(*, case: CalibrationCase, text: str, by: User | None) -> CalibrationCase:
    """Write what is said of a case afterwards; members read it once their own scores are in."""
    call = _lock_to_run(case.calibration.call, by)
    case.remarks = text.strip()
    case.save(update_fields=["remarks"])
    audit.record("call:remark_calibration_case", by=by, subject=call, case=case.pk)
    return case


@transaction.atomic
def save(
    *,
    case: CalibrationCase,
    scores: Mapping[str, Value] | None = None,
    overall: int | EllipsisType | None = ...,
    comment: str | None = None,
    revision: int | None,
    by: User,
) -> CalibrationScore:
    """Save what is given of one's draft and leave the rest as it is.

    `revision` is the one that was shown: an older one raises StaleScores, and `None` overrules it.
    """
    given = _own(case, by)
    if revision is not None and revision != given.revision:
        raise StaleScores(given)
    rubric = case.calibration.call.rubric
    scale.must_be_asked(scores or {}, {each.key: each for each in rubric.criteria.all()})
    for key, value in (scores or {}).items():
        if value in (None, ""):
            given.scores.pop(key, None)
        else:
            given.scores[key] = value if value == NOT_APPLICABLE else scale.whole(value, rubric, key)
    if overall is not ...:
        given.overall = scale.checked_overall(overall, rubric)
    given.comment = given.comment if comment is None else comment
    given.saved_at, given.revision = clock.now(), given.revision + 1
    given.save()
    return given


@transaction.atomic
def submit(*, case: CalibrationCase, by: User) -> CalibrationScore:
    """Hand in one's scores, once and for good; from then on the panel's figures and the remarks are open."""
    given = _own(case, by)
    if problems := scale.missing(case.calibration.call.rubric.criteria.all(), given.scores, given.overall):
        raise ValidationError(problems)
    given.submitted_at = clock.now()
    given.save()
    audit.record("call:submit_calibration", by=by, subject=case.calibration.call, case=case.pk)
    return given


def _own(case: CalibrationCase, by: User) -> CalibrationScore:
    """Return one's draft on a case under the lock of one's place, or refuse."""
    exercise = Calibration.objects.select_related("call").get(pk=case.calibration_id)
    call = exercise.call
    places = PanelMember.objects.serving().filter(call=call, person=by, terms_version=call.panel_terms_version)
    member = places.select_for_update(no_key=True).first()
    if member is None:
        raise PermissionDenied(_("The sample applications are scored by the members of the panel."))
    if exercise.opened_at is None or call.state not in Call.UNDER_WAY:
        raise WrongState(_("This exercise is not open."))
    given = CalibrationScore.objects.filter(case=case, member=member).first()
    if given is not None and given.submitted_at is not None:
        raise WrongState(_("Your scores of this case are in, and stay as they are."))
    return given or CalibrationScore(case=case, member=member)
