"""Sign-in through ORCID, where the deployment has credentials for it: whose iD it is, and what it may not do."""

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.signals import user_signed_up
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.orcid.views import OrcidOAuth2Adapter
from allauth.socialaccount.signals import social_account_added
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.people import actions
from core.people.identifiers import check_orcid
from core.people.models import User
from core.states import WrongState

log = logging.getLogger(__name__)


def is_offered() -> bool:
    """Whether the deployment has credentials for ORCID."""
    return "orcid" in settings.SOCIALACCOUNT_PROVIDERS


def policy() -> dict[str, Any]:
    """Return the content security policy of the one page whose form leads to ORCID."""
    there = urlsplit(OrcidOAuth2Adapter.authorize_url)
    return {
        **settings.SECURE_CSP,
        "form-action": [*settings.SECURE_CSP["form-action"], f"{there.scheme}://{there.netloc}"],
    }


def connection_of(user: User) -> SocialAccount | None:
    """Return the ORCID iD with which a person may sign in."""
    return SocialAccount.objects.filter(user=user, provider="orcid").first() if is_offered() else None


@transaction.atomic
def disconnect(*, user: User) -> None:
    """Forget the iD with which a person signs in; it stays in the profile as one that was typed."""
    found = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not found.has_usable_password():
        raise WrongState(_("Set a password first, so that you can still sign in without ORCID."))
    SocialAccount.objects.filter(user=found, provider="orcid").delete()
    found.orcid_verified_at = None
    found.save(update_fields=["orcid_verified_at"])
    audit.record("user:disconnect-orcid", by=user, subject=found)


class OrcidAdapter(OrcidOAuth2Adapter):
    """Asks ORCID who somebody is, and takes for an answer only what is one."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        """Read the record to which the token belongs."""
        try:
            login = super().complete_login(request, app, token, **kwargs)
            check_orcid(login.account.uid)
        except (KeyError, TypeError, ValueError, ValidationError) as error:
            raise OAuth2Error("ORCID’s answer names no ORCID iD.") from error
        return login


class SocialAdapter(DefaultSocialAccountAdapter):
    """How ORCID's answer becomes a person, a connection, or a sentence on why it does not."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Propose name and address, which the person confirms; nothing else of the record is kept."""
        user = super().populate_user(request, sociallogin, data)
        user.name = " ".join(filter(None, (data.get("first_name"), data.get("last_name"))))
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []
        return user

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        """Fill the sign-up form with what ORCID knows."""
        return {"name": sociallogin.user.name, "email": sociallogin.user.email}

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        """Go back to the profile."""
        return reverse("people:profile")

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse a second iD: whoever has several joins them at ORCID."""
        mine = connection_of(request.user) if request.user.is_authenticated else None
        is_connecting = sociallogin.state.get("process") == AuthProcess.CONNECT
        if is_connecting and mine is not None and mine.uid != sociallogin.account.uid:
            text = _("Your account is connected to the ORCID iD %(orcid)s already. Disconnect it first.")
            raise _back(request, text % {"orcid": mine.uid})

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: str | None = None, exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Go back with a sentence where the person turned back at ORCID, or ORCID gave no answer."""
        if error == AuthError.CANCELLED:
            raise _back(request, _("You turned back at ORCID, so nothing has changed."))
        log.warning("ORCID gave no usable answer: %s", type(exception).__name__)
        raise _back(request, _("ORCID did not tell us who you are. Try again, or use your e-mail and password."))


def _back(request: HttpRequest, text: str) -> ImmediateHttpResponse:
    messages.error(request, text)
    return ImmediateHttpResponse(redirect("people:profile" if request.user.is_authenticated else "account_login"))


def _verify(sociallogin: SocialLogin | None = None, **kwargs: Any) -> None:
    if sociallogin is not None:
        actions.verify_orcid(user=sociallogin.user, orcid=sociallogin.account.uid)


social_account_added.connect(_verify, dispatch_uid="orcid-connected")
user_signed_up.connect(_verify, dispatch_uid="orcid-signed-up")
