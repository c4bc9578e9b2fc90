"""Who is tied to an application: of its team, or recused from it. The other way round it is `models.tied.tied_to`."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from applications.models import TeamMember
from applications.models.tied import SUBJECT
from core.interests.models import Declaration


def people_tied_to(application: Any) -> Q:
    """Return the condition on people who are tied to an application, which is a key or that of an outer query."""
    recused = Declaration.objects.recusing().filter(subject_type=SUBJECT, subject=application)
    team = TeamMember.objects.filter(application=application, user__isnull=False)
    return Q(pk__in=recused.values("person")) | Q(pk__in=team.values("user"))


def tied_pairs(applications: Collection[int], people: Collection[int]) -> set[tuple[int, int]]:
    """Return the pairs of application and person that are tied, in one query."""
    recused = Declaration.objects.recusing().filter(subject_type=SUBJECT, subject__in=applications, person__in=people)
    team = TeamMember.objects.filter(application__in=applications, user__in=people)
    found = recused.order_by().values_list("subject", "person")
    return set(found.union(team.order_by().values_list("application", "user")))
