"""The ties that wait for a ruling in a call, as far as a person may rule on them or read of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications.models import Application
from applications.models.tied import SUBJECT
from core.interests.models import Declaration
from fund.models import Call
from reviews.models import PanelMember


@dataclass(frozen=True)
class Tie:
    """One tie: who, to what, and what was said."""

    declaration: Declaration
    application: Application
    member: PanelMember | None

    @property
    def ruling(self) -> tuple[str, str]:
        """The ruling in words, with its shape."""
        if not self.declaration.ruling:
            return _("Waits for a ruling"), "yours"
        return self.declaration.get_ruling_display(), "stopped" if self.declaration.is_recusing else "done"


def ties_in(call: Call, viewer: Any) -> list[Tie]:
    """Return the panel's ties to applications of the call, the open ones first, in two queries.

    Left out are the viewer's own, and all to applications that the viewer may not see.
    """
    found = (
        declarations_in(call, viewer).select_related("person", "ruled_by").order_by("by_system", "-declared_at", "-pk")
    )
    rows = list(found)
    seen = {tie.subject for tie in rows}
    applications = Application.objects.filter(pk__in=seen).defer("summary").in_bulk()
    members = {each.person_id: each for each in PanelMember.objects.filter(call=call)}
    ties = [Tie(row, applications[row.subject], members.get(row.person_id)) for row in rows]
    return sorted(ties, key=lambda tie: bool(tie.declaration.ruling))


def declarations_in(call: Call, viewer: Any) -> QuerySet[Declaration]:
    """Return the declarations of a tie in the call that the viewer may read."""
    seen = Application.objects.visible_to_fund(viewer).filter(call=call).values("pk")
    found = Declaration.objects.filter(subject_type=SUBJECT, has_interest=True, subject__in=seen)
    return found.exclude(person=viewer)
