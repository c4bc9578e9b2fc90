"""Personal API tokens: made, hashed, checked."""

import hashlib
import secrets
from datetime import timedelta

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from core import clock
from core.people.models import ApiToken, User

PREFIX = "sorf_"
LAST_USE_STEP = timedelta(minutes=10)


def new_secret() -> str:
    """Return a new token of 256 random bits, as the person copies it."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what is stored of a token; it is random, so a plain hash cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


class TokenAuthentication(BaseAuthentication):
    """Takes `Authorization: Bearer sorf_…`."""

    keyword = b"bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the token's owner, or None where no token came."""
        parts = get_authorization_header(request).split()
        if len(parts) != 2 or parts[0].lower() != self.keyword:
            return None
        token = ApiToken.objects.select_related("user").filter(digest=digest_of(parts[1].decode("latin-1"))).first()
        if token is None or not token.is_valid or not token.user.is_active:
            raise AuthenticationFailed(
                _("This token is unknown, expired or revoked. Make a new one on your account page.")
            )
        self._note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Say how to sign in, so that a missing sign-in answers 401."""
        return "Bearer"

    def _note_use(self, token: ApiToken) -> None:
        now = clock.now()
        if token.used_at is None or now - token.used_at > LAST_USE_STEP:
            ApiToken.objects.filter(pk=token.pk).update(used_at=now)
