"""What proves that an address is its person's."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from core.people import orcid
from core.people.models import User


@transaction.atomic
def prove(*, user: User) -> None:
    """Take the only address of a person for theirs: they set a password with the key that was mailed to it.

    An iD that somebody connected before the address was proved may be another's, so it is forgotten.
    With several addresses the key may have been mailed to another one, and proves nothing of the first.
    """
    if EmailAddress.objects.filter(user=user).exclude(email=user.email).exists():
        return
    address, __ = EmailAddress.objects.get_or_create(user=user, email=user.email)
    if address.verified or not address.set_verified():
        return
    address.set_as_primary()
    if SocialAccount.objects.filter(user=user).exists():
        orcid.disconnect(user=user)


def _prove(user: User, **kwargs: Any) -> None:
    prove(user=user)


password_reset.connect(_prove, dispatch_uid="address-proved")
