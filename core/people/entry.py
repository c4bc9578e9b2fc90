"""Who can get in."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.people.models import User


def able() -> QuerySet[User]:
    """Return the people who can sign in: by a password of theirs or an ORCID iD, and without a mail to answer first."""
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    is_unproved = Exists(addresses) & ~Exists(addresses.filter(verified=True))
    has_password = ~Q(password="") & ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    has_orcid = Exists(SocialAccount.objects.filter(user=OuterRef("pk"), provider__in=settings.SOCIALACCOUNT_PROVIDERS))
    return User.objects.filter(has_password | has_orcid, ~is_unproved, is_active=True)
