"""Who may do what in an application: access of its people, invitations sent again, and another owner."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application, OwnerChange, TeamMember
from core import audit, clock, mail
from core.people.models import User
from core.states import WrongState

PAUSE = timedelta(minutes=10)
"""Between two invitations of one person."""
Access = TeamMember.Access


def invite(member: TeamMember, *, by: User | None) -> None:
    """Write to a person that they are asked to join, in the running transaction."""
    member.invited_at = clock.now()
    member.save(update_fields=["invited_at"])
    mail.queue(
        "applications/mail/invitation.txt",
        to=User.objects.filter(email=member.email).first() or member.email,
        application=member.application, member=member, by=by, path=reverse("apply:home"),
    )  # fmt: skip


@transaction.atomic
def invite_again(*, member: TeamMember, by: User | None) -> TeamMember:
    """Send an open invitation once more, at most every ten minutes."""
    application, member = _as_owner(member, by)
    if not member.is_invited or not application.is_draft:
        raise WrongState(_("This invitation is no longer open. Look at the team again."))
    if member.invited_at and clock.now() - member.invited_at < PAUSE:
        raise WrongState(_("This invitation was sent a few minutes ago. Wait a little, or give the person a call."))
    invite(member, by=by)
    audit.record("application:invite_again", by=by, subject=application, member=member.pk)
    return member


@transaction.atomic
def change_access(*, member: TeamMember, access: str, by: User | None) -> TeamMember:
    """Let a person do more or less in the draft; who gets access for the first time is invited."""
    application, member = _as_owner(member, by)
    if access not in Access.values or Access.OWNER in (access, member.access):
        raise ValidationError(
            {"access": _("Choose editor, viewer, signatory or named only. To change the owner, hand over.")}
        )
    if access == member.access:
        return member
    if access != Access.NONE and not member.email:
        raise ValidationError({"access": _("There is no e-mail address to invite. Name the person again with one.")})
    if access != Access.NONE and member.user_id is None and not application.is_draft:
        raise WrongState(_("The team of a submitted application cannot change. Write to the fund."))
    if access == Access.NONE and member.user_id:
        raise ValidationError({"access": _("This person has joined. Remove them from the team instead.")})
    was_invited, member.access = member.is_invited, access
    member.save(update_fields=["access"])
    audit.record("application:change_access", by=by, subject=application, member=member.pk, access=access)
    if member.is_invited and not was_invited:
        invite(member, by=by)
    return member


@transaction.atomic
def let_editors_submit(*, application: Application, allowed: bool, by: User | None) -> Application:
    """Say whether editors may mark the draft as ready and submit it, as its owner does."""
    found = Application.objects.for_writing(application.pk)
    _check_owner(found, by)
    if found.editors_may_submit != allowed:
        found.editors_may_submit = allowed
        found.save(update_fields=["editors_may_submit"])
        audit.record("application:let_editors_submit", by=by, subject=found, allowed=allowed)
    return found


@transaction.atomic
def hand_over(*, member: TeamMember, by: User | None) -> TeamMember:
    """Make another member the owner, at the owner's word; both are told. The former owner stays as editor."""
    application, member = _as_owner(member, by)
    return _make_owner(application, member, reason="", by=by)


@transaction.atomic
def give_ownership(*, member: TeamMember, reason: str, by: User | None) -> TeamMember:
    """Make another member the owner, at the fund's word, as when the owner has left; the reason is kept."""
    application = Application.objects.for_writing(member.application_id)
    if by is not None and not by.has_perm("applications.give_application", application):
        raise PermissionDenied(_("Only fund administrators who have no interest in an application change its owner."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the application gets another owner.")})
    return _make_owner(application, fresh(member, application), reason=reason.strip()[:300], by=by)


def _make_owner(application: Application, member: TeamMember, *, reason: str, by: User | None) -> TeamMember:
    if application.state == Application.State.WITHDRAWN:
        raise WrongState(_("This application was withdrawn, so its owner stays as they are."))
    if member.user is None:
        raise WrongState(_("Only somebody who has joined the team can own the application. Ask them to accept first."))
    former = application.team.select_related("user").get(access=Access.OWNER)
    if former.pk == member.pk:
        raise WrongState(_("This person is the owner already."))
    former.access, member.access = Access.EDITOR, Access.OWNER
    former.save(update_fields=["access"])
    member.save(update_fields=["access"])
    _move_draft(application, member.user)
    OwnerChange.objects.create(
        application=application, former=former.user, owner=member.user, reason=reason, at=clock.now(), by=by
    )
    audit.record("application:hand_over", by=by, subject=application, former=former.pk, member=member.pk)
    for each in (former, member):
        if each.user:
            mail.queue(
                "applications/mail/handed-over.txt", to=each.user, application=application, former=former, owner=member,
                reason=reason, path=application.get_absolute_url(),
            )  # fmt: skip
    return member


def _move_draft(application: Application, owner: User) -> None:
    """Let the draft count as the new owner's, and as nobody's if they have one of their own in this call."""
    own = Application.objects.filter(call=application.call_id, started_by=owner, state=Application.State.DRAFT)
    application.started_by = None if own.exists() else owner
    application.save(update_fields=["started_by"])


def _as_owner(member: TeamMember, by: User | None) -> tuple[Application, TeamMember]:
    application = Application.objects.for_writing(member.application_id)
    _check_owner(application, by)
    return application, fresh(member, application)


def _check_owner(application: Application, by: User | None) -> None:
    if by is not None and not by.has_perm("applications.invite_application", application):
        raise PermissionDenied(_("Only the owner of an application says who may do what in it."))


def fresh(member: TeamMember, application: Application) -> TeamMember:
    """Return a member as they stand now in a locked application, or refuse if they are gone."""
    found = application.team.select_related("user").filter(pk=member.pk).first()
    if found is None:
        raise WrongState(_("This person is no longer in the team."))
    found.application = application
    return found
