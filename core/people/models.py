"""People, organisations, roles and tokens."""

from collections.abc import Iterable
from typing import Any, ClassVar

import pycountry
import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, StringAgg, Subquery, Value
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core import clock
from core.language import LETTER_LANGUAGES, lazy
from core.people.identifiers import check_orcid, check_ror


def check_country(code: str) -> None:
    """Refuse a text that is not a country code of ISO 3166-1."""
    if pycountry.countries.get(alpha_2=code) is None:
        raise ValidationError(_("“%(code)s” is not a country code of two letters, such as KE.") % {"code": code})


def country_name(code: str) -> str:
    """Return the short name of a country by its code."""
    country = pycountry.countries.get(alpha_2=code)
    return "" if country is None else getattr(country, "common_name", country.name)


class Organisation(models.Model):
    """A university, charity, company, agency or other body."""

    class Kind(models.TextChoices):
        """What sort of body it is."""

        UNIVERSITY = "university", lazy("University")
        INSTITUTE = "institute", lazy("Research institute")
        NONPROFIT = "nonprofit", lazy("Non-profit organisation")
        HOTLINE = "hotline", lazy("Hotline")
        GOVERNMENT = "government", lazy("Government agency")
        POLICE = "police", lazy("Law enforcement")
        COMPANY = "company", lazy("Company")
        INTERNATIONAL = "international", lazy("International organisation")
        OTHER = "other", lazy("Other")

    name = models.CharField(max_length=300)
    ror = models.CharField("ROR id", max_length=9, null=True, blank=True, unique=True, validators=[check_ror])
    country = models.CharField(max_length=2, validators=[check_country])
    kind = models.CharField(max_length=15, choices=Kind, default=Kind.OTHER)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    address = models.TextField(blank=True)
    email_domain = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(Lower("name"), name="organisation_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def country_name(self) -> str:
        """The country's short name."""
        return country_name(self.country)

    def family(self) -> set[int]:
        """Return the keys of the organisation and its parent, which count as one for conflicts."""
        return {key for key in (self.pk, self.parent_id) if key is not None}


class Role(models.TextChoices):
    """What a person may do beside applying."""

    PANEL = "panel", lazy("Panel member")
    CHAIR = "chair", lazy("Panel chair")
    ADMINISTRATOR = "administrator", lazy("Fund administrator")
    FINANCE = "finance", lazy("Finance officer")
    AUDITOR = "auditor", lazy("Auditor")


class UserQuerySet(models.QuerySet["User"]):
    """People, and what is read with them."""

    def with_roles(self) -> "UserQuerySet":
        """Read the roles in force with each person, so that they need no query of their own."""
        given = RoleGrant.objects.filter(user=OuterRef("pk"), ended_at=None).order_by().values("user")
        return self.annotate(roles_read=Subquery(given.annotate(all=StringAgg("role", Value(" "))).values("all")))


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people; the e-mail address is their name at the door."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Add a person; without a password they set one by the link in their invitation."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Find a person by their e-mail address in any case."""
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser):
    """A person who can sign in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="people")
    organisation_name = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, blank=True, validators=[check_country])
    position = models.CharField(max_length=200, blank=True)
    orcid = models.CharField("ORCID iD", max_length=19, blank=True, validators=[check_orcid])
    orcid_verified_at = models.DateTimeField(null=True, blank=True)
    cv = models.JSONField(default=dict, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=5, blank=True, choices=LETTER_LANGUAGES)
    """In which language the fund's letters to the person are, if they said."""
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def works_at(self) -> str:
        """The name of the organisation: the register's, or as the person typed it."""
        return self.organisation.name if self.organisation else self.organisation_name

    @property
    def works_in(self) -> str:
        """The code of the country: as the person says, or their organisation's."""
        return self.country or (self.organisation.country if self.organisation else "")

    def get_full_name(self) -> str:
        """Return the name as the person writes it."""
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """Return the roles in force, as read with the person, or once per request."""
        if hasattr(self, "roles_read"):
            return frozenset((self.roles_read or "").split())
        return frozenset(self.grants.filter(ended_at=None).values_list("role", flat=True))

    @cached_property
    def known(self) -> dict[Any, Any]:
        """Hold what was found out about the person for as long as the object lives: one request."""
        return {}

    def has_role(self, *roles: str) -> bool:
        """Whether the person has one of these roles."""
        return self.is_active and not self.roles.isdisjoint(roles)

    @property
    def is_administrator(self) -> bool:
        """Whether the person runs calls and decides."""
        return self.has_role(Role.ADMINISTRATOR)

    @property
    def is_auditor(self) -> bool:
        """Whether the person reads all and changes nothing."""
        return self.has_role(Role.AUDITOR)

    @property
    def reads_all(self) -> bool:
        """Whether all is open to the person but what they are recused from."""
        return self.has_role(Role.ADMINISTRATOR, Role.AUDITOR)

    @property
    def is_insider(self) -> bool:
        """Whether the person works for the fund: refused with 403 where a stranger gets 404."""
        return self.has_role(Role.ADMINISTRATOR, Role.AUDITOR, Role.FINANCE)

    def has_perm(self, name: str, obj: Any = None) -> bool:
        """Ask the rules of the apps."""
        return self.is_active and rules.has_perm(name, self, obj)

    def has_perms(self, names: Iterable[str], obj: Any = None) -> bool:
        """Ask for several permissions at once, as Django's decorators do."""
        return all(self.has_perm(name, obj) for name in names)


class RoleGrant(models.Model):
    """A role given, with its reason, and perhaps taken again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=15, choices=Role)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], condition=Q(ended_at=None), name="role_once_in_force"),
        ]
        indexes = [models.Index(fields=["role"], condition=Q(ended_at=None), name="role_in_force")]

    def __str__(self) -> str:
        return self.get_role_display()


class ApiToken(models.Model):
    """A personal token for the API; only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_valid(self) -> bool:
        """Whether the token opens anything now."""
        return self.revoked_at is None and self.expires_at > clock.now()
