"""The team of a draft: who is named, who is invited, who joins."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions.ownership import fresh, invite
from applications.actions.profiles import OF_PROFILE, describe
from applications.actions.writing import keep_in_grace, open_draft, take_back_ready
from applications.models import Application, ApplicationVersion, TeamMember
from applications.opening import closed_among, part_of
from core import audit
from core.forms.definition import Kind
from core.people.models import User
from core.people.register import organisation_named
from core.states import WrongState

MOST_MEMBERS = 30
INVITES = "applications.invite_application"
WRITES = "applications.edit_application"


def _open(application: Application, by: User | None, permission: str = WRITES) -> Application:
    team = part_of(application.form.definition, Kind.TEAM)
    return open_draft(application, by=by, parts=[team], permission=permission)


@transaction.atomic
def add_member(
    *, application: Application, name: str, by: User | None, email: str = "", part: str = TeamMember.Part.CO_INVESTIGATOR,
    access: str = TeamMember.Access.NONE, organisation_name: str = "", orcid: str = "",
) -> TeamMember:  # fmt: skip
    """Name a person in the team; with access they get an invitation by mail and see the draft once they join.

    A new principal investigator takes the place of the former one, who becomes co-investigator.
    """
    draft = _open(application, by, WRITES if access == TeamMember.Access.NONE else INVITES)
    member = TeamMember(application=draft, email=email.strip().lower(), access=access)
    _fill(member, name=name, part=part, organisation_name=organisation_name, orcid=orcid)
    _check(draft, member)
    _make_room(draft, member)
    member.save()
    _name_investigator(draft)
    take_back_ready(draft, by=by)
    audit.record("application:add_member", by=by, subject=draft, member=member.pk, part=part, access=access)
    if member.is_invited:
        invite(member, by=by)
    return member


@transaction.atomic
def change_member(*, member: TeamMember, by: User | None, **fields: str) -> TeamMember:
    """Change what is said of a person: name, part, organisation_name, orcid."""
    draft = _open(member.application, by)
    member = fresh(member, draft)
    _fill(member, **fields)
    _check(draft, member)
    _make_room(draft, member)
    member.save()
    _name_investigator(draft)
    take_back_ready(draft, by=by)
    audit.record("application:change_member", by=by, subject=draft, member=member.pk, part=member.part)
    return member


@transaction.atomic
def remove_member(*, application: Application, member: TeamMember, by: User | None) -> None:
    """Take a person out of the team; the owner stays, and people with access may always leave by themselves."""
    draft = Application.objects.for_writing(application.pk)
    found = draft.team.filter(pk=member.pk).first()
    if found is None:
        return
    if by is None or found.user_id != by.pk:
        draft = _open(draft, by, WRITES if found.access == TeamMember.Access.NONE else INVITES)
    if found.access == TeamMember.Access.OWNER:
        raise WrongState(_("The owner of an application stays in its team. Withdraw the draft if you want to end it."))
    if not draft.is_draft:
        raise WrongState(_("The team of a submitted application cannot change. Write to the fund."))
    keep_in_grace(draft)
    found.delete()
    _name_investigator(draft)
    take_back_ready(draft, by=by)
    audit.record("application:remove_member", by=by, subject=draft, member=member.pk)


@transaction.atomic
def join(*, member: TeamMember, by: User) -> TeamMember:
    """Accept an invitation: from now on the person sees the draft, and it says of them what their profile says.

    A draft that is ready, or returned for other corrections than of its team, stays as it is.
    """
    member = _own_invitation(member, by)
    draft = member.application
    member.user = by
    if draft.ready_at is None and not closed_among(draft, [part_of(draft.form.definition, Kind.TEAM)]):
        describe(member, by)
    member.save(update_fields=["user", *OF_PROFILE])
    _name_investigator(draft)
    audit.record("application:join", by=by, subject=draft, member=member.pk)
    return member


@transaction.atomic
def decline(*, member: TeamMember, by: User) -> None:
    """Turn an invitation down: the person is no longer named in the draft."""
    member = _own_invitation(member, by)
    audit.record("application:decline_invitation", by=by, subject=member.application, member=member.pk)
    application = member.application
    keep_in_grace(application)
    member.delete()
    _name_investigator(application)
    take_back_ready(application, by=by)


def put_back(draft: Application, version: ApplicationVersion) -> None:
    """Name in a locked draft whom a submitted version names, as it names them.

    Who has gone since is named again, without access; who joined since stays; other names go.
    """
    people = version.content["team"]
    if len(version.team_rows) != len(people):
        return
    rows = {each.pk: each for each in draft.team.all()}
    since = {each.name: each for key, each in rows.items() if key not in version.team_rows}
    draft.team.filter(part=TeamMember.Part.INVESTIGATOR).update(part=TeamMember.Part.CO_INVESTIGATOR)
    stays = []
    for key, said in zip(version.team_rows, people, strict=True):
        member = rows.get(key) or since.pop(said["name"], None) or TeamMember(pk=key, application=draft)
        named = {"organisation_name": said["organisation"]} | {name: said[name] for name in ("name", "part", "orcid")}
        _fill(member, **{name: value for name, value in named.items() if getattr(member, name) != value})
        member.orcid_verified, member.cv = said.get("orcid_verified", False), said.get("cv", {})
        member.save()
        stays.append(member.pk)
    draft.team.filter(user=None).exclude(pk__in=stays).delete()
    _name_investigator(draft)


def _own_invitation(member: TeamMember, by: User) -> TeamMember:
    application = Application.objects.for_writing(member.application_id)
    found = TeamMember.objects.filter(pk=member.pk).first()
    if found is None or not found.is_invited or not application.is_draft:
        raise WrongState(_("This invitation is no longer open. Ask the owner of the application to send it again."))
    if found.email != by.email:
        raise PermissionDenied(_("This invitation was sent to another address. Sign in with that one."))
    if application.access_of(by) is not None:
        raise WrongState(_("You are in the team of this application already."))
    found.application = application
    return found


def _fill(member: TeamMember, **fields: str) -> None:
    if fields.get("orcid", member.orcid) != member.orcid:
        member.orcid_verified = False
    for name, value in fields.items():
        setattr(member, name, " ".join(value.split()))
    if "organisation_name" in fields:
        member.organisation = organisation_named(member.organisation_name) if member.organisation_name else None
        if member.organisation:
            member.organisation_name = member.organisation.name


def _check(draft: Application, member: TeamMember) -> None:
    member.clean_fields(exclude=["application", "user", "organisation"])
    errors: dict[str, Any] = {}
    if member.access == TeamMember.Access.OWNER and member._state.adding:
        errors["access"] = _("An application has one owner. Choose editor or viewer.")
    if member.access != TeamMember.Access.NONE and not member.email:
        errors["email"] = _("Write the e-mail address to which the invitation goes.")
    team = draft.team.exclude(pk=member.pk)
    if member.email and team.filter(email__iexact=member.email).exists():
        errors["email"] = _("A person with this address is in the team already.")
    if member._state.adding and team.count() >= MOST_MEMBERS:
        errors["name"] = _("A team has at most %(most_members)s people here. Name the others in the text.") % {
            "most_members": MOST_MEMBERS
        }
    if errors:
        raise ValidationError(errors)


def _make_room(draft: Application, member: TeamMember) -> None:
    if member.part == TeamMember.Part.INVESTIGATOR:
        former = draft.team.filter(part=TeamMember.Part.INVESTIGATOR).exclude(pk=member.pk)
        former.update(part=TeamMember.Part.CO_INVESTIGATOR)


def _name_investigator(draft: Application) -> None:
    lead = draft.team.filter(part=TeamMember.Part.INVESTIGATOR).first()
    draft.investigator_name = lead.name if lead else ""
    draft.save(update_fields=["investigator_name"])
