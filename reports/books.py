"""Panel books: a copy for each recipient with what they may read at that moment, made in the background."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Application
from core import audit, clock, jobs
from core.documents.models import Document
from core.jobs import Claim
from core.jobs.models import Batch, Job
from core.language import lazy
from core.people.models import User
from fund.models import Call
from reports.builders.application_summary import Copy
from reports.builders.panel_book import make_panel_book
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


@jobs.handles(KIND, lazy("Panel book"))
def make_book(claim: Claim) -> None:
    """Make one person's copy with the rights that they have now; whoever may read nothing gets none."""
    call = Call.objects.select_related("fund", "rubric").get(pk=claim.payload["call"])
    person = reader_of(claim)
    rights = rights_to(call, person)
    if not rights.readable:
        return
    own = next_copy(KIND, call, person)
    copy = Copy(own.number, person.name, clock.now())
    book = set_quietly(make_panel_book, panel_book_terms(call, recipient=person, copy=copy, rights=rights))
    with claim.filing() as result:
        if rights_to(call, person) != rights:
            raise RightsChanged(f"The rights of person {person.pk} to call {call.pk} changed. It is made anew.")
        document = own.file(
            claim, book.content, asked_by=claim.payload["by"], title=_("Panel book of %(call)s") % {"call": call.title},
            name=f"book-{call.slug}-copy-{own.number}.pdf",
        )  # fmt: skip
        _note(document, rights)
        if book.unset:
            result["unset"] = book.unset


def _note(document: Document, rights: Rights) -> None:
    """Keep which applications stand in a copy, and what of them it shows."""
    PrintedApplication.objects.bulk_create(
        (PrintedApplication(document=document, application_id=key, names_applicants=key not in rights.veiled,
                            shows_others=key not in rights.owed)
         for key in sorted(rights.readable)),
        batch_size=500,
    )  # fmt: skip


@jobs.teller
def unset_in(batch: Batch, viewer: User) -> Iterator[str]:
    """Say which summaries are missing in which copies, of the applications that the viewer may see."""
    found = _unset_of(batch)
    seen = Application.objects.visible_to_fund(viewer).filter(reference__in={reference for reference, __ in found})
    known = set(seen.values_list("reference", flat=True)) if found else set()
    for (reference, character), names in sorted(found.items()):
        if reference in known:
            yield ngettext(
                "The summary of %(reference)s is not in the book of %(names)s: no typeface can draw the character %(character)s, which stands in a text about it. A page in its place says so. Order the book again once the text is changed.",
                "The summary of %(reference)s is not in the books of %(names)s: no typeface can draw the character %(character)s, which stands in a text about it. A page in its place says so. Order the books again once the text is changed.",
                len(names),
            ) % {"reference": reference, "character": f"U+{ord(character):04X}", "names": ", ".join(names)}


def _unset_of(batch: Batch) -> dict[tuple[str, str], list[str]]:
    """Return by reference and character in whose copies a summary is missing."""
    made = batch.jobs.filter(kind=KIND, state=Job.State.DONE, result__has_key="unset").order_by("pk")
    rows = list(made.values_list("payload__person", "result__unset"))
    names = dict(User.objects.filter(pk__in=[person for person, __ in rows]).values_list("pk", "name")) if rows else {}
    found: dict[tuple[str, str], list[str]] = {}
    for person, unset in rows:
        for reference, character in unset:
            found.setdefault((reference, character), []).append(names[person])
    return found
