"""What staff have written down about an application, as far as one viewer may see it."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet
from django.utils.translation import gettext as _

from applications.models import Application, Label, Labelling, Likeness, Note, Tick


class Alike(NamedTuple):
    """Another application that is much alike, and why."""

    other: Application
    why: list[str]


class Entry(NamedTuple):
    """One item of the checklist, and how it stands."""

    pk: int
    text: str
    is_retired: bool
    answer: str | None
    at: datetime | None
    by: str | None

    @property
    def name(self) -> str:
        """The name of its control."""
        return f"item-{self.pk}"

    @property
    def word(self) -> str:
        """The answer in words."""
        return str(Tick.Answer(self.answer).label) if self.answer else ""


def checklist_of(application: Application) -> list[Entry]:
    """Return the checklist of an application's call, with its ticks; a retired item shows only where it has one."""
    mine = FilteredRelation("ticks", condition=Q(ticks__application=application))
    rows = application.call.checklist.annotate(mine=mine).filter(Q(is_retired=False) | Q(mine__isnull=False))
    columns = ("pk", "text", "is_retired", "mine__answer", "mine__ticked_at", "mine__ticked_by__name")
    return [Entry(*row) for row in rows.order_by("position", "pk").values_list(*columns)]


def notes_of(application: Application, viewer: Any) -> list[Note]:
    """Return the notes that the viewer may read."""
    return list(Note.objects.visible_to(viewer).filter(application=application).select_related("written_by"))


def labels_of(application: Application) -> list[Label]:
    """Return the tags and flags of an application."""
    return [each.label for each in application.labellings.select_related("label")]


def alike_of(application: Application, viewer: Any) -> list[Alike]:
    """Return what is much alike, of what the viewer may see: the most alike first."""
    pairs = Likeness.objects.visible_to(viewer).of(application)
    rows = pairs.select_related("first__call", "second__call").order_by("-overlap", "-same_title", "pk")[:20]
    return [Alike(_other(each, application), why(each)) for each in rows]


def why(likeness: Likeness) -> list[str]:
    """Say in words why two applications are alike."""
    found = []
    if likeness.same_investigator:
        found.append(_("the same principal investigator"))
    if likeness.same_title:
        found.append(_("the same title"))
    if likeness.overlap:
        found.append(_("%(overlap)d %% of the shorter text stands in both") % {"overlap": likeness.overlap})
    return found


def _other(pair: Likeness, application: Application) -> Application:
    return pair.second if pair.first_id == application.pk else pair.first


def labels_by_application(keys: list[int]) -> dict[int, list[Label]]:
    """Return the tags and flags of some applications, by their keys."""
    found: dict[int, list[Label]] = {key: [] for key in keys}
    rows: QuerySet[Labelling] = Labelling.objects.filter(application__in=keys).select_related("label")
    for each in rows:
        found[each.application_id].append(each.label)
    return found
