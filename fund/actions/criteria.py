"""The criteria of a call: written while it is a draft, a promise to those who apply afterwards."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.people.models import User
from core.states import WrongState
from fund.keys import keyed
from fund.models import Call, Criterion, Rubric


@transaction.atomic
def set_criteria(*, call: Call, criteria: list[Mapping[str, Any]], by: User | None, **scale: Any) -> Rubric:
    """Write the criteria of a draft call, and its scale (least, most, anchors).

    A rubric that another call uses stays, and this call gets a new version.
    """
    if by is not None and not by.has_perm("fund.run_call"):
        raise PermissionDenied(_("Only fund administrators change criteria."))
    call = Call.lock(call.pk)
    if call.state != Call.State.DRAFT:
        raise WrongState(_("The criteria of a published call are a promise to those who apply, and stay as they are."))
    rubric = call.rubric
    if rubric.calls.exclude(pk=call.pk).exists():
        last = Rubric.objects.filter(title=rubric.title).order_by("-number").values_list("number", flat=True)[0]
        rubric = Rubric.objects.create(
            title=rubric.title, number=last + 1, least=rubric.least, most=rubric.most, anchors=rubric.anchors
        )
        call.rubric = rubric
        call.save(update_fields=["rubric"])
    for name, value in scale.items():
        setattr(rubric, name, value)
    rubric.full_clean()
    rubric.save()
    rubric.criteria.all().delete()
    rows = [Criterion(rubric=rubric, position=position, **each) for position, each in enumerate(criteria, start=1)]
    for row in rows:
        row.full_clean(exclude=["rubric"])
    Criterion.objects.bulk_create(rows)
    audit.record("call:set-criteria", by=by, subject=call, rubric=rubric.pk)
    return rubric


def with_keys(criteria: list[Mapping[str, Any]], kept: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give each criterion a key that no other has; a label that was there keeps its own."""
    pairs = keyed([str(each["label"]) for each in criteria], kept, most=40)
    return [{"key": key, **each} for (key, __), each in zip(pairs, criteria, strict=True)]
