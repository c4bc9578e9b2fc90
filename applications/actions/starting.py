"""Starting a draft: who may, with which answers to the call's quiz, and from which expression of interest."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions.carrying import carry_over
from applications.actions.inviting import invitation_for, source_for
from applications.actions.profiles import describe, fill_in
from applications.models import Application, TeamMember
from core import audit
from core.people.models import User
from core.states import WrongState
from core.web import moments
from fund.models import Call
from fund.quiz import Remark


class NotEligible(WrongState):
    """The answers to the call's quiz do not let the person start; `stops` say why, or some are missing."""

    def __init__(self, stops: tuple[Remark, ...]) -> None:
        why = " ".join(each.message for each in stops)
        super().__init__(why or _("Answer all questions of the call’s quiz first."))
        self.stops = stops


@transaction.atomic
def start(*, call: Call, by: User, at: datetime, quiz: Mapping[str, str] | None = None) -> Application:
    """Return the person's draft for a call: the one that they have, or a new one with them as owner.

    `quiz` are the answers to the call's quiz; a stop makes no draft. Of a call for the invited only they can start, and
    what they wrote in the expression of interest is taken over.
    """
    existing = Application.objects.filter(call=call, started_by=by, state=Application.State.DRAFT).first()
    if existing is not None:
        return existing
    if not by.is_active:
        raise PermissionDenied(_("This account is closed."))
    if not call.is_open(at):
        raise WrongState(_not_open(call, at))
    source = source_for(invitation_for(call, by), by) if call.invited_only else None
    application, is_new = Application.objects.get_or_create(
        call=call, started_by=by, state=Application.State.DRAFT,
        defaults={
            "started_at": at, "changed_at": at, "investigator_name": by.name, "quiz_answers": _passed(call, quiz or {}),
        },
    )  # fmt: skip
    if is_new:
        _name_owner(application, by)
        audit.record("application:start", by=by, subject=application)
        if source is not None:
            carry_over(application, source, by=by, at=at)
        else:
            fill_in(application, by, at)
    return application


def _passed(call: Call, given: Mapping[str, str]) -> dict[str, str]:
    """Return the answers as they are kept, if they let the person start."""
    verdict = call.eligibility_quiz.verdict(given)
    if not verdict.may_start:
        raise NotEligible(verdict.stops)
    return {each.key: given[each.key] for each in call.eligibility_quiz.questions}


def _not_open(call: Call, at: datetime) -> str:
    if call.state != Call.State.PUBLISHED:
        return _("This call takes no applications now. See the open calls on the first page.")
    if at < call.opens_at:
        return _("This call opens on %(when)s. Come back then.") % {"when": moments.full(call.opens_at, call.zone)}
    when = moments.full(call.closes_at, call.zone)
    return _("This call closed on %(when)s. See the open calls on the first page.") % {"when": when}


def _name_owner(application: Application, owner: User) -> None:
    member = TeamMember(
        application=application, user=owner, email=owner.email, part=TeamMember.Part.INVESTIGATOR,
        access=TeamMember.Access.OWNER,
    )  # fmt: skip
    describe(member, owner).save()
