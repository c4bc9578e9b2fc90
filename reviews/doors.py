"""Which applications the work of the panel opens to a person and which it shuts, and what of a call it fixes."""

from typing import Any

from django.db.models import Q, QuerySet

from applications.models.application import admit, bar, veil
from applications.models.tied import tied_to
from fund.actions.calls import shares_out
from fund.models import Call
from reviews.models import Assignment, Decision
from reviews.models.panel import calls_chaired_by


def _assigned(user: Any, states: tuple[str, ...]) -> Any:
    return Assignment.objects.filter(member__person=user.pk, state__in=states)


def _agreed(user: Any) -> Any:
    return _assigned(user, Assignment.DECLARED).agreed().calibrated()


@admit
def assigned_and_declared(user: Any) -> Q:
    """Open what the person was assigned and has declared no tie to, once they accepted the terms and did the exercise that is asked."""
    return Q(pk__in=_agreed(user).values("application"))


@admit
def chaired(user: Any) -> Q:
    """Open to a chair what was submitted to their call."""
    return Q(submitted_at__isnull=False, call__in=calls_chaired_by(user))


@bar
def undeclared(user: Any) -> Q:
    """Shut what the person was assigned and has not declared yet, whatever other role they hold."""
    return Q(pk__in=_assigned(user, (Assignment.State.RELEASED,)).values("application"))


@veil
def owed_blind(user: Any) -> Q:
    """Hide who applies from reviewers, in calls that want it, until they have submitted their own review."""
    owed = _assigned(user, Assignment.OWED).filter(application__call__applicants_hidden=True)
    return Q(pk__in=owed.values("application"))


@shares_out
def has_reviewers(call: Call) -> bool:
    """Whether reviews of a call were released to their reviewers: from then on its rules of sharing out stay."""
    return Assignment.objects.filter(application__call=call, released_at__isnull=False).exists()


def shut_releases(user: Any) -> QuerySet:
    """Return the keys of the releases in which a decision is on something that the person applies with or is recused from."""
    return Decision.objects.filter(tied_to(user, at="application"), release__isnull=False).values("release")
