"""Handing an application in, taking it back, and more time for one application."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from applications.actions import history
from applications.actions.readiness import declaration_of
from applications.checks import Incomplete, over_the_cap, problems_of
from applications.content import content_of, has_content_note
from applications.likeness import KIND as LIKENESS
from applications.models import Application, ApplicationVersion, Extension, TeamMember
from applications.models.records import digest_of
from applications.search import texts
from core import audit, clock, jobs, mail
from core.forms.answers import Problem
from core.people.models import Role, User
from core.states import WrongState
from core.web import moments
from fund.models import Call, Counter


class TooLate(WrongState):
    """The request arrived after the deadline in force."""

    def __init__(self, closed_at: datetime, at: datetime, zone: str) -> None:
        late = (at - closed_at).total_seconds()
        super().__init__(
            _(
                "This call closed on %(full)s, and your request arrived %(spoken)s later. It was not submitted. Your draft is kept as it is. If something kept you from submitting in time, write to the fund: it can give one application more time."
            )
            % {"full": moments.full(closed_at, zone), "spoken": _spoken(late)}
        )
        self.closed_at = closed_at


@transaction.atomic
def submit(
    *, application: Application, by: User | None, at: datetime, name: str = "", capacity: str = ""
) -> Application:
    """Hand the application in and return it as stored; `at` is when the request arrived, which decides the deadline.

    `name` and `capacity` say who declares what the call asks for, unless the host's signatory has signed.
    The locks are taken in the order application, counter. The counter is the last, so that the numbers have no gap;
    who holds it is alone among the call's submissions, so the cap per principal investigator is counted then.
    """
    draft = Application.objects.for_writing(application.pk)
    _must_be_submittable(draft, by, at)
    prefetch_related_objects([draft], "answers", "budget_lines", "attachments", "team", "call__themes")
    if problems := problems_of(draft):
        raise Incomplete(problems)
    declared = declaration_of(draft, name=name, capacity=capacity, at=at)
    version = _freeze(draft, declared, by, at)
    searched = texts.texts_of(version.content, version.form.definition)
    _number(draft)
    _keep_the_cap(draft)
    texts.keep(draft, searched)
    draft.submitted_at = draft.changed_at = at
    draft.current, draft.ready_at = version, None
    draft.open_questions = []
    draft.save(
        update_fields=["reference", "submitted_at", "changed_at", "current", "amount", "ready_at", "open_questions"]
    )
    draft.take("submit", by=by, version=version.number, sha256=version.sha256)
    jobs.put("application-receipt", priority=jobs.Priority.URGENT, key=receipt_key(version.pk), version=version.pk)
    jobs.put(LIKENESS, priority=jobs.Priority.BULK, key=f"likeness-{version.pk}", version=version.pk)
    return draft


def receipt_key(version: int | None) -> str:
    """Return the name of the job that makes the receipt of a version."""
    return f"receipt-{version}"


def _must_be_submittable(draft: Application, by: User | None, at: datetime) -> None:
    if by is not None and not by.has_perm("applications.submit_application", draft):
        raise PermissionDenied(
            _("Only the owner of an application submits it, or an editor whom they let. Tell them that it is ready.")
        )
    if not draft.is_draft:
        raise WrongState(_refusal(draft))
    if draft.call.state not in Call.UNDER_WAY or at < draft.call.opens_at:
        raise WrongState(_("This call takes no applications now. Your draft is kept as it is."))
    if not draft.may_arrive(at):
        raise TooLate(draft.closes_at(), at, draft.call.zone)


def _refusal(draft: Application) -> str:
    if draft.state == Application.State.WITHDRAWN:
        return _(
            "This application was withdrawn, so it cannot be submitted. Start a new one if the call is still open."
        )
    when = moments.full(draft.submitted_at, draft.call.zone) if draft.submitted_at else ""
    return _("This application was already submitted on %(when)s, as %(reference)s. There is nothing more to do.") % {
        "when": when,
        "reference": draft.reference,
    }


def _freeze(draft: Application, declared: dict[str, str] | None, by: User | None, at: datetime) -> ApplicationVersion:
    content = content_of(draft) | ({"declaration": declared} if declared else {})
    draft.amount = sum(line.amount for line in draft.budget_lines.all())
    return ApplicationVersion.objects.create(
        application=draft, number=draft.versions.count() + 1, form=draft.form, content=content,
        sha256=digest_of(content), submitted_at=at, submitted_by=by, has_content_note=has_content_note(content),
        team_rows=[each.pk for each in draft.team.all()],
    )  # fmt: skip


def _number(draft: Application) -> None:
    """Give a first submission the next number of its call; a corrected one keeps its own and only waits its turn."""
    name = f"application-{draft.call_id}"
    if draft.reference is None:
        draft.reference = f"{draft.call.prefix}-{Counter.next(name):03d}"
    else:
        Counter.objects.select_for_update(no_key=True).filter(name=name).first()


def _keep_the_cap(draft: Application) -> None:
    lead = next(each for each in draft.team.all() if each.part == TeamMember.Part.INVESTIGATOR)
    if over_the_cap(draft, lead):
        message = _(
            "%(lead)s has just been submitted as principal investigator of another application of this call."
        ) % {"lead": lead.name}
        raise Incomplete([Problem("", "team", _("Team"), message)])


@transaction.atomic
def withdraw(*, application: Application, reason: str, by: User | None) -> Application:
    """Take an application back any time before its decision is visible, and confirm it by mail.

    While a decision is released but not visible yet, it stays, and the withdrawal is a wish that staff settle: the
    applicant gets the same answer, so that it tells them nothing. A draft needs no reason. The reason is kept with
    the application, not in the audit trail: it may name people.
    """
    found = Application.objects.for_writing(application.pk)
    if by is not None and not by.has_perm("applications.withdraw_application", found):
        raise PermissionDenied(_("Only the owner of an application withdraws it."))
    if found.state == Application.State.WITHDRAWN or (found.withdrawn_at and not found.has_outcome):
        raise WrongState(_("This application was already withdrawn. There is nothing more to do."))
    if found.has_outcome:
        raise WrongState(_("The decision on this application is made and known. An offer can be declined."))
    if found.submitted_at and not reason.strip():
        raise ValidationError({"reason": _("Say in a sentence why you withdraw. Only the fund reads it.")})
    found.withdrawn_at, found.withdrawal_reason = clock.now(), reason.strip()
    found.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    if found.outcome:
        audit.record("application:wish_withdrawal", by=by, subject=found)
        _tell_staff(found)
    else:
        found.take("withdraw", by=by)
    if not found.submitted_at:
        history.forget(found)
    if found.submitted_at:
        _tell_owner(found, "applications/mail/withdrawn.txt")
    return found


@transaction.atomic
def extend(*, application: Application, until: datetime, reason: str, by: User | None) -> Extension:
    """Give one application more time, with a reason that is kept, and tell its owner."""
    found = Application.objects.for_writing(application.pk)
    if by is not None and not by.has_perm("applications.extend_application", found):
        raise PermissionDenied(_("Only fund administrators who have no interest in an application give it more time."))
    if not found.is_draft:
        raise WrongState(_("%(found)s is not a draft, so more time changes nothing.") % {"found": found})
    extension = give_time(found, until=until, reason=reason, by=by)
    _tell_owner(found, "applications/mail/extended.txt", until=moments.full(until, found.call.zone), deadline=until)
    return extension


def give_time(application: Application, *, until: datetime, reason: str, by: User | None) -> Extension:
    """Write an extension with its audit row, in the running transaction."""
    now = clock.now()
    errors = {}
    if until <= max(now, application.closes_at()):
        errors["until"] = _("Choose a time that is later than the deadline in force.")
    if not reason.strip():
        errors["reason"] = _("Say why this application gets more time.")
    if errors:
        raise ValidationError(errors)
    old = application.closes_at()
    extension = Extension.objects.create(
        application=application, until=until, reason=reason.strip()[:300], given_at=now, given_by=by
    )
    application.extended_to = until
    audit.record(
        "application:extend", by=by, subject=application, extension=extension.pk, old=old.isoformat(),
        new=until.isoformat(),
    )  # fmt: skip
    return extension


def _tell_staff(application: Application) -> None:
    """Write to the administrators who may see the application that its applicant wants nothing any more."""
    for person in User.objects.filter(grants__role=Role.ADMINISTRATOR, grants__ended_at=None, is_active=True):
        if Application.objects.visible_to_fund(person).filter(pk=application.pk).exists():
            mail.queue("applications/mail/wish.txt", to=person, application=application)


def _tell_owner(application: Application, template: str, *, deadline: datetime | None = None, **context: Any) -> None:
    owner = application.team.select_related("user").get(access=TeamMember.Access.OWNER)
    if owner.user is not None:
        if deadline is not None:
            context["both"] = moments.in_both(deadline, application.call.zone, owner.user.time_zone)
        mail.queue(template, to=owner.user, application=application, **context)


_LENGTHS = (
    (86400, ngettext_lazy("%(number)s day", "%(number)s days", "number")),
    (3600, ngettext_lazy("%(number)s hour", "%(number)s hours", "number")),
    (60, ngettext_lazy("%(number)s minute", "%(number)s minutes", "number")),
    (1, ngettext_lazy("%(number)s second", "%(number)s seconds", "number")),
)


def _spoken(seconds: float) -> str:
    if seconds < 1:
        return _("less than a second")
    for size, words in _LENGTHS:
        if seconds >= size:
            return str(words % {"number": int(seconds // size)})
    return _("a moment")
