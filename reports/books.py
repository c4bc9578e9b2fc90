"""Panel books: a copy for each recipient with what they may read at that moment, made in the background."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock, jobs
from core.documents.models import Document
from core.jobs import Claim
from core.jobs.models import Batch
from core.people.models import User
from fund.models import Call
from reports.builders.application_summary import Copy
from reports.builders.panel_book import build_panel_book
from reports.models import PrintedApplication
from reports.personal import next_copy, reader_of
from reports.terms.panel_book import Rights, panel_book_terms, rights_to
from reports.unset import set_quietly
from reviews.models import PanelMember

KIND = "panel-book"


class RightsChanged(Exception):
    """What the recipient may read changed while their copy was being made; it is made anew."""


@transaction.atomic
def ask_for_book(*, call: Call, by: User) -> Batch:
    """Order one's own copy of the panel book of a call."""
    if not rights_to(call, by).readable:
        raise PermissionDenied(_("No application of this call is open to you, so there is no book of it."))
    batch = jobs.open_batch(title=_("Panel book of %(call)s") % {"call": call.title}, by=by)
    audit.record("book:order", by=by, subject=call)
    jobs.put(KIND, batch=batch, priority=jobs.Priority.NORMAL, call=call.pk, person=by.pk, by=by.pk)
    return batch


@transaction.atomic
def ask_for_books(*, call: Call, by: User) -> Batch:
    """Order a copy for each member of the panel, which only they can read."""
    if not by.has_perm("reviews.run_panel", call):
        raise PermissionDenied(_("Only who runs the panel orders the copies of its members."))
    members = PanelMember.objects.serving().agreed().filter(call=call, person__is_active=True)
    people = list(members.order_by("person__name", "pk").values_list("person", flat=True))
    batch = jobs.open_batch(title=_("Panel books for the members of %(call)s") % {"call": call.title}, by=by)
    audit.record("book:order_all", by=by, subject=call, number=len(people))
    for person in people:
        jobs.put(KIND, batch=batch, priority=jobs.Priority.BULK, call=call.pk, person=person, by=by.pk)
    return batch


@jobs.handles(KIND)
def make_book(claim: Claim) -> None:
    """Make one person's copy with the rights that they have now; whoever may read nothing gets none."""
    call = Call.objects.select_related("fund", "rubric").get(pk=claim.payload["call"])
    person = reader_of(claim)
    rights = rights_to(call, person)
    if not rights.readable:
        return
    own = next_copy(KIND, call, person)
    copy = Copy(own.number, person.name, clock.now())
    content = set_quietly(build_panel_book, panel_book_terms(call, recipient=person, copy=copy, rights=rights))
    with claim.filing():
        if rights_to(call, person) != rights:
            raise RightsChanged(f"The rights of person {person.pk} to call {call.pk} changed. It is made anew.")
        document = own.file(
            claim, content, asked_by=claim.payload["by"], title=_("Panel book of %(call)s") % {"call": call.title},
            name=f"book-{call.slug}-copy-{own.number}.pdf",
        )  # fmt: skip
        _note(document, rights)


def _note(document: Document, rights: Rights) -> None:
    """Keep which applications stand in a copy, and what of them it shows."""
    PrintedApplication.objects.bulk_create(
        (PrintedApplication(document=document, application_id=key, names_applicants=key not in rights.veiled,
                            shows_others=key not in rights.owed)
         for key in sorted(rights.readable)),
        batch_size=500,
    )  # fmt: skip
