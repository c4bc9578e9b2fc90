"""Which applications a person of the fund must learn nothing of: what they apply with, and what they are recused from."""

from typing import Any

from django.db.models import Q, QuerySet

SUBJECT = "applications.application"
"""What declarations of an interest in an application are about."""


def recusals_of(user: Any) -> QuerySet:
    """Return the keys of the applications from which the person is recused."""
    return user.declarations.recusing().filter(subject_type=SUBJECT).values("subject")


def tied_to(user: Any, *, at: str = "pk") -> Q:
    """Return the condition on rows whose column `at` is an application that the person is tied to."""
    return Q(**{f"{at}__in": recusals_of(user)}) | Q(**{f"{at}__in": user.teams.values("application")})
