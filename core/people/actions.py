"""Giving and taking roles, inviting staff, and personal tokens."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock, jobs
from core.people import cv, entry
from core.people.identifiers import check_orcid
from core.people.models import ApiToken, Role, RoleGrant, User
from core.people.register import check_named, organisation_named
from core.people.tokens import digest_of, new_secret
from core.states import WrongState


def _must(by: User | None, permission: str, message: str) -> None:
    if by is not None and not by.has_perm(permission):
        raise PermissionDenied(message)


@transaction.atomic
def give_role(*, user: User, role: str, reason: str, by: User | None) -> RoleGrant:
    """Give a role with its reason; giving it again returns the one in force."""
    _must(by, "core.give_roles", _("Only fund administrators give roles."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this person gets the role.")})
    grant, is_new = RoleGrant.objects.get_or_create(
        user=user, role=role, ended_at=None,
        defaults={"given_at": clock.now(), "given_by": by, "reason": reason.strip()},
    )  # fmt: skip
    if is_new:
        audit.record("role:give", by=by, subject=user, role=str(role))
    return grant


@transaction.atomic
def take_role(*, user: User, role: str, reason: str, by: User | None) -> None:
    """Take a role with its reason; the last administrator who can sign in stays."""
    _must(by, "core.give_roles", _("Only fund administrators take roles."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this person loses the role.")})
    in_force = list(RoleGrant.objects.select_for_update(no_key=True).filter(role=role, ended_at=None).order_by("pk"))
    mine = [grant for grant in in_force if grant.user_id == user.pk]
    if not mine:
        raise WrongState(_("This person does not have that role any more. Reload the page."))
    if role == Role.ADMINISTRATOR:
        _must_leave_one({grant.user_id for grant in in_force} - {user.pk})
    RoleGrant.objects.filter(pk=mine[0].pk).update(
        ended_at=clock.now(), ended_by=by, end_reason=reason.strip()
    )  # fmt: skip
    audit.record("role:take", by=by, subject=user, role=str(role))


def _must_leave_one(others: set[int]) -> None:
    """Refuse to leave the fund with no administrator, or only with such as have not come in yet."""
    if not others:
        raise WrongState(_("This is the last fund administrator. Give the role to somebody else first."))
    if not entry.able().filter(pk__in=others).exists():
        raise WrongState(
            _(
                "This is the last fund administrator who can sign in: no other has set a password yet. "
                "Wait until one has, or give the role to somebody who can sign in."
            )
        )


@transaction.atomic
def invite(*, email: str, name: str, role: str, reason: str, by: User | None) -> User:
    """Add a person who gets a role, and mail them a link to set their password."""
    _must(by, "core.give_roles", _("Only fund administrators invite staff."))
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(email=email, name=name.strip())
        audit.record("user:invite", by=by, subject=user)
        jobs.put("invitation", user=user.pk)
    give_role(user=user, role=role, reason=reason, by=by)
    return user


@transaction.atomic
def make_token(*, user: User, name: str, days: int) -> tuple[ApiToken, str]:
    """Make a personal token and return it with its secret, which is shown once and never stored."""
    secret = new_secret()
    now = clock.now()
    token = ApiToken.objects.create(
        user=user, name=name.strip(), prefix=secret[5:11], digest=digest_of(secret),
        made_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    audit.record("token:make", by=user, subject=token)
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> None:
    """Close a personal token for good."""
    if token.user_id != by.pk:
        raise PermissionDenied(_("A token is revoked by its owner."))
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
    audit.record("token:revoke", by=by, subject=token)


PROFILE = ("name", "position", "orcid", "country", "time_zone", "language")


def profile_of(user: User) -> dict[str, str]:
    """Return what the person may change of themselves."""
    own = {field: getattr(user, field) for field in PROFILE}
    return own | {"organisation_name": user.works_at} | {f"cv_{key}": text for key, text in user.cv.items()}


@transaction.atomic
def change_profile(*, user: User, **values: str) -> None:
    """Store what a person says of themselves; an organisation of our register is found by its ROR id or its name.

    An ORCID iD that was verified by sign-in is so no longer once another is typed. What is not given stays.
    """
    found = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before = found.orcid
    for field in PROFILE:
        setattr(found, field, values.get(field, getattr(found, field)))
    if found.orcid != before:
        found.orcid_verified_at = None
    if "organisation_name" in values:
        named = " ".join(values["organisation_name"].split())
        if named:
            check_organisation(named)
        found.organisation = organisation_named(named) if named else None
        found.organisation_name = "" if found.organisation else named
    if given := {key.removeprefix("cv_"): text for key, text in values.items() if key.startswith("cv_")}:
        found.cv = cv.cleaned(found.cv | given)
    found.full_clean(exclude=["password", "email"])
    found.save(update_fields=[*PROFILE, "organisation", "organisation_name", "orcid_verified_at", "cv"])
    audit.record("user:change-profile", by=user, subject=user)


def check_organisation(named: str) -> None:
    """Refuse an organisation that cannot be meant, at its field."""
    try:
        check_named(named)
    except ValidationError as error:
        raise ValidationError({"organisation_name": error.messages}) from error


@transaction.atomic
def verify_orcid(*, user: User, orcid: str) -> None:
    """Take over the ORCID iD with which the person signed in: it is theirs."""
    check_orcid(orcid)
    User.objects.filter(pk=user.pk).update(orcid=orcid, orcid_verified_at=clock.now())
    audit.record("user:verify-orcid", by=user, subject=user)
