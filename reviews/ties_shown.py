"""A person's own list of conflicts: what the declaration showed of each application, and nothing since."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from applications.models import Application
from applications.models.tied import SUBJECT
from core.interests.models import Declaration
from reviews.models import Assignment


@dataclass(frozen=True)
class ShownTie:
    """One tie on record: reference, title and names are what was shown when it was declared."""

    declaration: Declaration
    call: int
    reference: str
    title: str
    investigator: str
    host: str

    @property
    def ruling(self) -> tuple[str, str]:
        """The ruling in words, with its shape."""
        if not self.declaration.ruling:
            return _("Not ruled upon yet"), "moving"
        shape = "stopped" if self.declaration.is_recusing else "done"
        return self.declaration.get_ruling_display(), shape


def of(user: Any) -> list[ShownTie]:
    """Return the ties that the person declared, or that took an assignment from them, in two queries."""
    ties = {
        tie.subject: tie
        for tie in Declaration.objects.of(user, SUBJECT).filter(has_interest=True).order_by("-declared_at", "-pk")
    }
    mine = Assignment.objects.filter(member__person=user, application__in=list(ties))
    assigned = mine.exclude(released_at=None).values("application")  # a proposal is not theirs to know of
    own = [key for key, tie in ties.items() if not tie.by_system]
    rows = Application.objects.filter(pk__in=own) | Application.objects.filter(pk__in=assigned)
    known = Exists(assigned.filter(application=OuterRef("pk")))
    found = {row.pk: row for row in rows.annotate(is_named=known).select_related("call").distinct()}
    return [_shown(tie, found[key]) for key, tie in ties.items() if key in found]


def _shown(tie: Declaration, application: Any) -> ShownTie:
    """Give names only of what was assigned: who declared a tie beforehand had seen the title and no more."""
    is_named = application.is_named and not application.call.applicants_hidden
    names = (application.investigator_name, application.host_name) if is_named else ("", "")
    return ShownTie(tie, application.call_id, application.reference or "", application.title, *names)
