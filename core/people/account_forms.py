"""The forms of sign-in and sign-up with the words that the rest of the product uses."""

from typing import Any

from allauth.account import forms as allauth
from allauth.socialaccount import forms as socialaccount

from core.language import lazy

LABEL = lazy("E-mail")


class SaysEmail:
    """Calls the address what all pages call it."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].label = LABEL


class LoginForm(SaysEmail, allauth.LoginForm):
    """Sign-in."""


class SignupForm(SaysEmail, allauth.SignupForm):
    """Sign-up."""


class OrcidSignupForm(SaysEmail, socialaccount.SignupForm):
    """Sign-up with an ORCID iD, which needs no password."""


class AddEmailForm(SaysEmail, allauth.AddEmailForm):
    """Another address of the same person."""


class ResetPasswordForm(SaysEmail, allauth.ResetPasswordForm):
    """A new password."""
