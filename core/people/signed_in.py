"""The person who asks: read with what nearly every page needs to know of them, in one query."""

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models.expressions import Combinable

from core.people.models import User

_read_along: dict[str, Callable[[], Combinable]] = {}


def read_along(name: str, expression: Callable[[], Combinable]) -> None:
    """Register what is read with whoever is signed in: an expression about their row, under the name it gets there."""
    _read_along[name] = expression


class Backend(AuthenticationBackend):
    """Signs people in as django-allauth does, and finds them again at each request."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the person of a session, with their roles and all that was registered."""
        also = {name: expression() for name, expression in _read_along.items()}
        user = User.objects.with_roles().annotate(**also).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
