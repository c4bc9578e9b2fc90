"""Exports of a list of applications: what one person finds at one address, written in the background as rows come."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from applications.content import names_its_applicant
from applications.models import Application
from core import audit, jobs
from core.forms.definition import OWN_TABLE, Question
from core.jobs import Claim
from core.jobs.models import Batch
from core.language import lazy
from core.people.models import User
from core.web.pagination import FromNearerEnd
from fund.models import Call
from reports import sheets
from reports.personal import next_copy, reader_of
from reports.sheets import Cell
from reviews.desk import labels_by_application
from reviews.listing import Listing
from reviews.standing import Result, results_of
from reviews.tally import decisions_of

KIND = "applications-export"
TOGETHER = 200
"""So many applications are in memory at a time."""
HEADS = (
    _l("Reference"), _l("Title"), _l("State"), _l("Theme"), _l("Principal investigator"), _l("Host"), _l("Country"),
    _l("Currency"), _l("Amount"), _l("Months"), _l("Submitted"), _l("Tags"), _l("Flags"), _l("Reviews in"),
    _l("Reviews wanted"), _l("Score"), _l("Decision"), _l("Decided amount"),
)  # fmt: skip


@transaction.atomic
def ask_for_export(*, call: Call, address: str, kind: str, answers: Sequence[str], by: User) -> Batch:
    """Order what one finds at an address of the list, with the answers to some questions, as a file of one's own."""
    if kind not in sheets.KINDS:
        raise ValidationError({"kind": _("Choose XLSX or CSV.")})
    if not by.has_perm("reviews.see_panel", call):
        raise PermissionDenied(_("Only who may open the list exports it."))
    known = {question.key for question in questions_of(call)}
    chosen = [key for key in dict.fromkeys(answers) if key in known]
    batch = jobs.open_batch(title=_("Applications of %(call)s") % {"call": call.title}, by=by)
    audit.record("applications:export", by=by, subject=call, kind=kind, answers=len(chosen))
    jobs.put(
        KIND, batch=batch, priority=jobs.Priority.NORMAL, call=call.pk, person=by.pk, address=address, suffix=kind,
        answers=chosen,
    )  # fmt: skip
    return batch


def questions_of(call: Call) -> list[Question]:
    """Return the questions whose answers can be columns."""
    return [each for each in call.form.definition.questions() if each.kind not in OWN_TABLE]


@jobs.handles(KIND, lazy("Export of applications"))
def make_export(claim: Claim) -> None:
    """Write the file with the rights that the person has now, and file it for them alone."""
    call = Call.objects.select_related("fund", "rubric", "form").get(pk=claim.payload["call"])
    person = reader_of(claim)
    if not person.has_perm("reviews.see_panel", call):
        return
    kind = claim.payload["suffix"]
    with tempfile.TemporaryFile() as file:
        listing = Listing(call, person, QueryDict(claim.payload["address"]))
        with sheets.sheet_in(file, kind) as sheet:
            for row in Rows(listing, claim.payload["answers"]).all():
                sheet.add(row)
        file.seek(0)
        with claim.filing():
            next_copy(KIND, call, person).file(
                claim, File(file), content_type=sheets.KINDS[kind],
                title=_("Applications of %(call)s") % {"call": call.title}, name=f"applications-{call.slug}.{kind}",
            )  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """The rows of an export: the listing's own, some at a time."""

    listing: Listing
    answers: Sequence[str]

    def all(self) -> Iterator[list[Cell]]:
        """Yield the heads, then every application in the order of the list."""
        labels = {each.key: each.label for each in questions_of(self.listing.call)}
        yield [*map(str, HEADS), *(labels.get(key, key) for key in self.answers)]
        for keys in batched(self._keys(), TOGETHER):
            yield from self._some(list(keys))

    def _keys(self) -> Iterator[int]:
        keys = self.listing.keys()
        yield from keys.rows.iterator(TOGETHER) if isinstance(keys, FromNearerEnd) else keys

    def _some(self, keys: list[int]) -> Iterator[list[Cell]]:
        call, viewer = self.listing.call, self.listing.viewer
        rows = self.listing.everything.select_related("theme", "current__form")
        found = rows.defer("summary", "withdrawal_reason").in_bulk(keys)
        results = {each.application.pk: each for each in results_of(call, viewer, rows=found.values(), is_part=True)}
        labels = labels_by_application(keys)
        decided = {each.application_id: each for each in decisions_of(call, viewer).filter(application__in=keys)}
        for key in keys:
            if key in found:
                one = found[key]
                yield [
                    *self._about(one), *_labels(labels[key]), *_standing(results.get(key)),
                    *self._decision(decided.get(key)), *self._answers(one),
                ]  # fmt: skip

    def _about(self, one: Application) -> list[Cell]:
        names = ["", "", ""] if one.is_veiled else [one.investigator_name, one.host_name, one.country]
        theme = one.theme.name if one.theme else ""
        return [
            str(one.reference), one.title, one.wording.staff, theme, *names, self.listing.call.currency, one.amount,
            one.months, one.submitted_at,
        ]  # fmt: skip

    def _decision(self, decision: Any) -> list[Cell]:
        return [decision.get_outcome_display(), decision.amount] if decision else ["", None]

    def _answers(self, one: Application) -> list[Cell]:
        if not self.answers or one.current is None:
            return [""] * len(self.answers)
        form = one.current.form.definition
        given = {
            each["key"]: "" if one.is_veiled and names_its_applicant(each, form) else str(each["words"])
            for section in one.current.content["sections"]
            for each in section["answers"]
        }
        return [given.get(key, "") for key in self.answers]


def _labels(labels: Sequence[Any]) -> list[Cell]:
    return [", ".join(each.word for each in labels if each.kind == kind) for kind in ("tag", "flag")]


def _standing(result: Result | None) -> list[Cell]:
    return [None, None, None] if result is None else [result.reviews_in, result.wanted, result.shown_mean]
