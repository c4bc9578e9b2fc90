"""How sign-up and sign-in speak with the rest of the product."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from core import mail
from core.people.models import User

PASSED = ("activate_url", "password_reset_url", "code", "email")
"""What of a mail's context reaches our templates; the rest, such as the request, does not belong in a mail."""


class AccountAdapter(DefaultAccountAdapter):
    """Sends account mail through the queue, so that a mail server that is down loses nothing."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue one account mail; the subject and body templates are ours."""
        name = template_prefix.rsplit("/", 1)[-1]
        user = context.get("user")
        allowed = {key: context[key] for key in PASSED if key in context}
        with transaction.atomic():
            mail.queue(f"core/mail/account/{name}.txt", to=user if isinstance(user, User) else email, **allowed)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Store a new person with the name that they gave."""
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let anybody sign up: an applicant is anyone who is signed in."""
        return True

    def format_email_subject(self, subject: str) -> str:
        """Leave subjects as they are."""
        return subject

    def get_from_email(self) -> str:
        """Return the fund's address."""
        return str(settings.DEFAULT_FROM_EMAIL)
