"""The way of a call and the way of an award as paths: what is done, what is under way, what is to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from core import clock
from core.language import lazy
from core.states import Shape
from fund.models import Award, AwardCondition, Call, Instalment, ProgressReport

ORDINALS = {1: lazy("First instalment"), 2: lazy("Second instalment"), 3: lazy("Third instalment")}


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a path. `day` is when it was or will be, `lead` what is said
    of it, with `%(day)s` where it stands, `note` says more, `amount` stands at the end of the line."""

    title: str
    shape: Shape = Shape.TO_COME
    day: date | datetime | None = None
    lead: str = ""
    note: str = ""
    amount: Decimal | None = None
    is_present: bool = False


def of_call(call: Call) -> list[Step]:
    """Return the steps of a call with their dates, the present one marked by its shape."""
    present = _stage(call)
    rows = [
        (_("Opened") if present else _("Opens"), "", call.opens_at),
        (_("Applications"), _("to %(day)s"), call.closes_at),
        (_("Panel review"), _("to %(day)s"), call.reviews_due_at),
        (_("Decisions"), _("by %(day)s"), call.decision_at),
    ]
    return [
        Step(title, _shape(number, present), day, lead, is_present=number == present)
        for number, (title, lead, day) in enumerate(rows)
        if day is not None
    ]


def _stage(call: Call) -> int:
    state = Call.State
    if call.state in {state.DECIDED, state.ARCHIVED}:
        return 4
    if call.state == state.IN_REVIEW or (call.state == state.PUBLISHED and call.has_closed):
        return 2
    return 1 if call.is_open() else 0


def _shape(number: int, present: int) -> Shape:
    if number < present:
        return Shape.DONE
    return Shape.MOVING if number == present and present else Shape.TO_COME


def of_award(award: Award, audience: str = "staff") -> list[Step]:
    """Return the way of an award: answer, agreement, then instalments and reports by their days."""
    conditions = {each.instalment: each for each in award.conditions.all() if each.instalment}
    due = [*(_instalment(each, conditions.get(each.number)) for each in award.instalments.all())]
    due += [_report(each) for each in award.progress_reports.all()]
    plan = sorted(due, key=lambda step: (step.day or award.ends_on, step.amount is None))
    return [_answer(award, audience), *_agreement(award, audience), *plan]


def _answer(award: Award, audience: str) -> Step:
    state = Award.State
    if award.state == state.OFFERED:
        shape = Shape.YOURS if audience == "applicant" and not award.has_lapsed else Shape.MOVING
        return Step(_("Answer to the offer"), shape, award.answer_by, _("by %(day)s"), is_present=True)
    if award.state == state.DECLINED:
        return Step(_("Offer declined"), Shape.STOPPED, award.answered_at, note=award.decline_reason, is_present=True)
    if award.state == state.LAPSED:
        return Step(_("Offer lapsed"), Shape.STOPPED, award.answer_by, is_present=True)
    signatory = (
        _("%(signatory)s signs for %(grantee_name)s")
        % {"signatory": award.signatory, "grantee_name": award.grantee_name}
        if award.signatory
        else ""
    )
    return Step(_("Offer accepted"), Shape.DONE, award.answered_at, note=signatory)


def _agreement(award: Award, audience: str) -> Iterator[Step]:
    if award.state in {Award.State.DECLINED, Award.State.LAPSED}:
        return
    if award.signed_on:
        yield Step(_("Agreement signed"), Shape.DONE, award.signed_on)
    elif award.state == Award.State.ACCEPTED:
        shape = Shape.YOURS if audience == "staff" else Shape.MOVING
        yield Step(_("Agreement to be signed"), shape, note=_("By both sides"), is_present=True)
    else:
        yield Step(_("Agreement"), note=_("Signed by both sides once the offer is accepted"))


def _instalment(instalment: Instalment, condition: AwardCondition | None) -> Step:
    title = ORDINALS.get(instalment.number, _("Instalment %(number)s") % {"number": instalment.number})
    note = _("When %(condition)s") % {"condition": instalment.condition}
    if condition and condition.state == AwardCondition.State.MET:
        note += ". " + _("Met: %(condition)s") % {"condition": condition.text}
    if condition and condition.state == AwardCondition.State.WAIVED:
        waived = _("Waived: %(condition)s. %(reason)s") % {"condition": condition.text, "reason": condition.reason}
        note += f". {waived}"
    if instalment.state == Instalment.State.CANCELLED:
        note = _("Cancelled")
    shapes = {"due": Shape.MOVING, "paid": Shape.DONE, "held": Shape.STOPPED, "cancelled": Shape.STOPPED}
    return Step(
        title, shapes.get(instalment.state, Shape.TO_COME), instalment.due_on, _("from %(day)s"), note, instalment.amount,
        is_present=instalment.state == Instalment.State.DUE,
    )  # fmt: skip


def _report(report: ProgressReport) -> Step:
    late = report.due_on < clock.today()
    return Step(report.title, Shape.MOVING if late else Shape.TO_COME, report.due_on, _("due %(day)s"))
