"""Inviting people to a call that only the invited can start, and what carries over from an expression of interest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application, CallInvitation, TeamMember
from core import audit, clock, mail
from core.people.models import User
from core.states import WrongState
from core.web import moments
from fund.models import Call

State = Application.State
INVITABLE = (State.SUBMITTED, State.ELIGIBLE, State.IN_REVIEW, State.RECOMMENDED)
"""Where an expression of interest can be taken on: submitted, and neither turned down nor decided."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to invite: an address, a name, and the expression of interest that is taken on."""

    email: str
    name: str = ""
    application: Application | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody who is not invited, and why."""

    email: str
    why: str


def preview(call: Call, guests: Iterable[Guest], by: User | None) -> tuple[list[Guest], list[Skipped]]:
    """Say who would be invited and who not, without doing anything; each address counts once.

    Whether somebody is invited already whose application is shut to the asking person is not said.
    """
    standing = call.invitations.filter(withdrawn_at=None).values_list("email", flat=True)
    tie = _("You have a tie to an application of this person. Somebody else has to invite them.")
    out = dict.fromkeys(standing, _("Invited already.")) | dict.fromkeys(_tied_to(call, by), tie)
    invited: dict[str, Guest] = {}
    skipped = []
    for guest in guests:
        email = guest.email.strip().lower()
        if why := _unfit(call, guest, email, out, invited):
            skipped.append(Skipped(email or guest.name, why))
        else:
            invited[email] = Guest(email, " ".join(guest.name.split())[:200], guest.application)
    return list(invited.values()), skipped


def _tied_to(call: Call, by: User | None) -> Iterator[str]:
    """Yield the addresses of those who own, or began, an application of either stage that is shut to the person."""
    if by is None:
        return
    shut = Application.objects.shut_to(by).filter(call__in=[call.pk, call.follows_id])
    for who in ("started_by", "owner_changes__former"):
        yield from shut.exclude(**{who: None}).values_list(f"{who}__email", flat=True)
    owners = TeamMember.objects.filter(application__in=shut, access=TeamMember.Access.OWNER).exclude(user=None)
    yield from owners.values_list("user__email", flat=True)


def _unfit(call: Call, guest: Guest, email: str, out: Mapping[str, str], invited: dict[str, Guest]) -> str:
    try:
        validate_email(email)
    except ValidationError:
        return _("This is not an e-mail address.")
    if email in out:
        return out[email]
    if email in invited:
        return _("Named twice; one invitation is enough.")
    if guest.application is None:
        return ""
    if guest.application.call_id != call.follows_id:
        return _("This application belongs to another call.")
    return "" if guest.application.state in INVITABLE else _("This application is not one that can be taken on now.")


@transaction.atomic
def invite(*, call: Call, guests: Iterable[Guest], by: User | None) -> list[CallInvitation]:
    """Invite people to a call and mail each; who is invited already or cannot be is left out, as `preview` says."""
    _must_run(call, by)
    call = Call.lock(call.pk)
    if not call.invited_only:
        raise WrongState(_("Everybody can start an application in this call, so nobody needs an invitation."))
    if call.state != Call.State.PUBLISHED or call.has_closed:
        raise WrongState(_("Invitations go out while a call is published and its deadline has not passed."))
    fit, _skipped = preview(call, guests, by)
    return [_invite(call, guest, by) for guest in fit]


def _must_run(call: Call, by: User | None) -> None:
    if by is not None and not by.has_perm("fund.run_call", call):
        raise PermissionDenied(_("Only fund administrators invite people to a call."))


def _invite(call: Call, guest: Guest, by: User | None) -> CallInvitation:
    source = guest.application
    if source is not None and by is not None and not by.has_perm("applications.screen_application", source):
        raise PermissionDenied(_("You have an interest in one of these applications. Somebody else has to invite it."))
    invitation = CallInvitation.objects.create(
        call=call, email=guest.email, name=guest.name, application=source, invited_at=clock.now(), invited_by=by
    )
    audit.record(
        "callinvitation:invite", by=by, subject=invitation, call=call.pk, application=source.pk if source else None
    )
    person = User.objects.filter(email=guest.email).first()
    mail.queue(
        "applications/mail/call-invitation.txt",
        to=person or guest.email, call=call, invitation=invitation, source=source,
        closes=moments.in_both(call.closes_at, call.zone, person.time_zone if person else ""),
        path=reverse("apply:start", args=[call.slug]),
    )  # fmt: skip
    return invitation


@transaction.atomic
def withdraw(*, invitation: CallInvitation, by: User | None) -> CallInvitation:
    """Take an invitation back, as long as nothing was started with it, and say so."""
    _must_run(invitation.call, by)
    found = CallInvitation.objects.select_for_update(no_key=True, of=("self",)).get(pk=invitation.pk)
    if found.withdrawn_at is not None:
        raise WrongState(_("This invitation was withdrawn already."))
    if _is_used(found):
        raise WrongState(_("An application was started with this invitation, so it cannot be withdrawn any more."))
    found.withdrawn_at = clock.now()
    found.save(update_fields=["withdrawn_at"])
    audit.record("callinvitation:withdraw", by=by, subject=found, call=found.call_id)
    person = User.objects.filter(email=found.email).first()
    mail.queue(
        "applications/mail/call-invitation-withdrawn.txt", to=person or found.email, call=found.call, invitation=found
    )
    return found


def _is_used(invitation: CallInvitation) -> bool:
    begun = Application.objects.filter(call=invitation.call_id).begun_by(invitation.email)
    return begun.exclude(state=State.WITHDRAWN).exists()


@transaction.atomic
def decline(*, invitation: CallInvitation, by: User) -> CallInvitation:
    """Turn an invitation down, as the person invited; starting an application later takes that back."""
    found = CallInvitation.objects.select_for_update(no_key=True, of=("self",)).get(pk=invitation.pk)
    if found.email != by.email:
        raise PermissionDenied(_("An invitation is answered by the person who got it."))
    if found.withdrawn_at is not None:
        raise WrongState(_("This invitation was withdrawn by the fund. There is nothing to answer."))
    if _is_used(found):
        raise WrongState(_("You have begun an application with this invitation. Discard or withdraw that instead."))
    found.declined_at = found.declined_at or clock.now()
    found.save(update_fields=["declined_at"])
    audit.record("callinvitation:decline", by=by, subject=found, call=found.call_id)
    return found


def invitation_for(call: Call, person: User) -> CallInvitation:
    """Return the person's invitation to a call, or refuse: only the invited start there."""
    found = call.invitations.select_for_update(no_key=True, of=("self",)).filter(email=person.email, withdrawn_at=None)
    invitation = found.select_related("application__call__form").first()
    if invitation is None:
        raise WrongState(
            _(
                "This call is for those who are invited, and %(email)s is not. If an invitation went to another "
                "address of yours, sign in with that one."
            )
            % {"email": person.email}
        )
    if invitation.declined_at is not None:
        invitation.declined_at = None
        invitation.save(update_fields=["declined_at"])
    return invitation


def source_for(invitation: CallInvitation | None, person: User) -> Application | None:
    """Return the expression of interest from which a new draft carries on: one of the person's own team."""
    source = invitation.application if invitation else None
    return source if source is not None and source.access_of(person) is not None else None


def owners_of(applications: Iterable[Application]) -> list[Guest]:
    """Return the owners of some expressions of interest as guests."""
    chosen = {each.pk: each for each in applications}
    owners = TeamMember.objects.filter(application__in=chosen, access=TeamMember.Access.OWNER).order_by("application")
    return [Guest(each.email, each.name, chosen[each.application_id]) for each in owners]


def typed_guests(text: str) -> list[Guest]:
    """Read addresses as people paste them: one a line, alone or as `Name <address>`, also with commas between."""
    lines = [part.strip() for line in text.splitlines() for part in line.split(",")]
    return [_typed(line) for line in lines if line]


def _typed(line: str) -> Guest:
    name, opened, rest = line.rpartition("<")
    if opened and rest.endswith(">"):
        return Guest(rest[:-1], name.strip().strip('"'))
    return Guest(line)
