"""Conflicts of interest: declared before the text opens, raised by the system, and ruled upon."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from applications.models.tied import SUBJECT
from core import audit, clock
from core.interests.models import Declaration
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.actions import leaving
from reviews.models import Assignment, Review
from reviews.ties import Tie, ties_of


@transaction.atomic
def declare(
    *, assignment: Assignment, has_interest: bool, kinds: Iterable[str] = (), note: str = "", by: User
) -> Declaration:
    """Say whether one has a tie to the application; a tie recuses at once, and stands until it is ruled upon."""
    if not by.has_perm("reviews.do_assignment", assignment):
        raise PermissionDenied(_("Conflicts are declared by the person who was assigned."))
    assignment = Assignment.lock(assignment.pk)
    if not has_interest:
        return _declare_none(assignment, by)
    if assignment.state not in Assignment.QUEUE:
        raise WrongState(_("This application is not in your queue any more, so there is nothing to declare."))
    return record_tie(application=assignment.application_id, kinds=kinds, note=note, by=by)


@transaction.atomic
def record_tie(*, application: int, kinds: Iterable[str], note: str, by: User) -> Declaration:
    """Record that a person says of an application, by its key, what ties them to it; they lose whatever they have of it.

    Who calls it has seen to it that the person may know of the application.
    """
    chosen = _checked(kinds, note)
    held = Assignment.objects.select_for_update(of=("self",), no_key=True).held()
    mine = list(held.filter(application=application, member__person=by).order_by("pk"))
    declaration, __ = Declaration.objects.update_or_create(
        person=by, subject_type=SUBJECT, subject=application,
        defaults={"has_interest": True, "kinds": chosen, "note": note.strip(), "by_system": False,
                  "declared_at": clock.now(), "ruling": "", "ruled_by": None, "ruled_at": None, "ruling_note": ""},
    )  # fmt: skip
    audit.record("declaration:declare", by=by, subject=declaration, has_interest=True, kinds=chosen)
    for assignment in mine:
        _drop(assignment, None)
    return declaration


def _checked(kinds: Iterable[str], note: str) -> list[str]:
    chosen = [str(kind) for kind in kinds]
    if not chosen or not set(chosen) <= set(Declaration.Kind.values):
        raise ValidationError({"kinds": _("Choose what the tie is; choose Other if none of these fits.")})
    if Declaration.Kind.OTHER in chosen and not note.strip():
        raise ValidationError({"note": _("Say in a sentence what the tie is.")})
    return chosen


def _declare_none(assignment: Assignment, by: User) -> Declaration:
    mine = Declaration.objects.filter(person=by, subject_type=SUBJECT, subject=assignment.application_id).first()
    if mine is not None and mine.is_recusing:
        raise WrongState(_("A tie to this application is on record. It opens only if the fund rules that it may."))
    declaration = mine or Declaration.objects.create(
        person=by, subject_type=SUBJECT, subject=assignment.application_id, has_interest=False, declared_at=clock.now()
    )
    audit.record("declaration:declare", by=by, subject=declaration, has_interest=False)
    assignment.take("accept", by=by)
    return declaration


@transaction.atomic
def rule(*, declaration: Declaration, ruling: str, note: str = "", by: User | None) -> Declaration:
    """Rule on a tie: *recused* and *observe* take the review away, *no action* opens it again."""
    if by is not None and not by.has_perm("reviews.rule_declaration", declaration):
        raise PermissionDenied(_("A tie is ruled upon by an administrator or the chair, and never by who has it."))
    if ruling not in Declaration.Ruling.values:
        raise ValidationError({"ruling": _("Choose a ruling: no action, may observe, or recused.")})
    Application.lock(declaration.subject)
    assignments = Assignment.objects.select_for_update(of=("self",), no_key=True).filter(
        application=declaration.subject, member__person=declaration.person_id
    )
    found = list(assignments.order_by("pk"))
    declaration = Declaration.objects.select_for_update(no_key=True).get(pk=declaration.pk)
    if not declaration.has_interest:
        raise WrongState(_("No tie was declared here, so there is nothing to rule upon."))
    declaration.ruling, declaration.ruling_note = ruling, note.strip()
    declaration.ruled_by, declaration.ruled_at = by, clock.now()
    declaration.save(update_fields=["ruling", "ruling_note", "ruled_by", "ruled_at"])
    audit.record("declaration:rule", by=by, subject=declaration, ruling=ruling)
    for assignment in found:
        if ruling == Declaration.Ruling.NO_ACTION:
            _open_again(assignment, by)
        else:
            _drop(assignment, by)
    return declaration


def _drop(assignment: Assignment, by: User | None) -> None:
    """Take an assignment out of everything, and have somebody else proposed for its place."""
    if assignment.state == Assignment.State.PROPOSED:
        leaving.withdraw(assignment=assignment, by=by)
    elif assignment.state in Assignment.QUEUE:
        leaving.leave(assignment=assignment, step="recuse", by=by)


def _open_again(assignment: Assignment, by: User | None) -> None:
    """Put a recused assignment back where it begins; a review that was submitted is a draft again.

    Who was only proposed in its place is not needed any more.
    """
    if assignment.state == Assignment.State.RECUSED:
        assignment.take("reinstate", by=by)
        Review.objects.filter(assignment=assignment).update(submitted_at=None)
        leaving.make_room(assignment=assignment, by=by)


@transaction.atomic
def raise_by_system(*, call: Call, by: User | None = None) -> int:
    """Record every tie of the panel to the call's applications that the data shows, and return how many are new.

    A tie on which somebody has ruled is left as it is.
    """
    if by is not None and not by.has_perm("reviews.run_panel", call):
        raise PermissionDenied(_("Only administrators and the chair look for conflicts."))
    found = ties_of(call)
    known = Declaration.objects.filter(subject_type=SUBJECT, person__in={tie.person for tie in found})
    before = {(each.person_id, each.subject): each for each in known}
    new = [tie for tie in found if _is_new(before.get((tie.person, tie.application)))]
    if not new:
        return 0
    rows = [_row(tie, before.get((tie.person, tie.application))) for tie in new]
    Declaration.objects.bulk_create([row for row in rows if row.pk is None])
    fields = ["has_interest", "kinds", "note", "by_system", "declared_at"]
    Declaration.objects.bulk_update([row for row in rows if row.pk is not None], fields, batch_size=200)
    _drop_all({(tie.person, tie.application) for tie in new}, call)
    audit.record("call:raise_conflicts", by=by, subject=call, count=len(new))
    return len(new)


def _is_new(before: Declaration | None) -> bool:
    return before is None or (not before.has_interest and not before.ruling)


def _row(tie: Tie, before: Declaration | None) -> Declaration:
    row = before or Declaration(person_id=tie.person, subject_type=SUBJECT, subject=tie.application)
    row.has_interest, row.by_system, row.declared_at = True, True, clock.now()
    row.kinds, row.note = list(tie.kinds), tie.note
    return row


def _drop_all(pairs: set[tuple[int, int]], call: Call) -> None:
    held = Assignment.objects.select_for_update(of=("self",), no_key=True).select_related("member").held()
    for assignment in held.filter(application__call=call).order_by("pk"):
        if (assignment.member.person_id, assignment.application_id) in pairs:
            _drop(assignment, None)
