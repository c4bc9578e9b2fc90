"""What a person sees of a calibration exercise: the cases, the panel's spread beside one's own, who has done it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from fund.models import Rubric
from reviews import scoring
from reviews.models import CalibrationCase, CalibrationScore, PanelMember
from reviews.scale import NOT_APPLICABLE, Value

OVERALL = "overall"
LEVEL = Decimal("0.05")
"""Nearer to the mean than this is at the mean, as it is shown."""


def cases_left() -> Coalesce:
    """Count, for each row of a query of members, the cases that they have still to score."""
    left = CalibrationCase.objects.left_for(OuterRef(OuterRef("pk"))).filter(calibration__call=OuterRef("call"))
    numbers = left.order_by().values("calibration").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), 0)


def exercises_of(user: Any) -> QuerySet[PanelMember]:
    """Return a person's places on panels with an open exercise, with what is left of it as `cases_left`."""
    places = PanelMember.objects.serving().filter(person=user, call__calibration__opened_at__isnull=False)
    return places.select_related("call__calibration").annotate(cases_left=cases_left()).order_by("call__title")


class Part(NamedTuple):
    """One part of a case's text, as the reader sees it."""

    key: str
    title: str
    words: str


def parts_of(text: str) -> list[Part]:
    """Divide a case's text at its headings, the lines that begin with #."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines():
        if line.startswith("#"):
            parts.append((line.lstrip("#").strip(), []))
        else:
            parts[-1][1].append(line)
    read = [(title or _("The application"), "\n".join(lines).strip()) for title, lines in parts]
    found = [(title, words) for title, words in read if words]
    return [Part(f"part-{number}", title, words) for number, (title, words) in enumerate(found, start=1)]


@dataclass(frozen=True)
class Line:
    """What the panel gave on one criterion, and one's own place in it."""

    key: str
    label: str
    own: Value
    values: tuple[int, ...]
    counts: tuple[tuple[int, int], ...]
    not_applicable: int

    @property
    def mean(self) -> Decimal | None:
        """The mean of the scores; n/a is none of them."""
        return scoring.shown(self._mean)

    @property
    def _mean(self) -> Decimal | None:
        return scoring.mean(map(Decimal, self.values))

    @property
    def range(self) -> str:
        """The lowest and the highest score."""
        if not self.values:
            return "—"
        low, high = min(self.values), max(self.values)
        return str(low) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}

    @property
    def own_word(self) -> str:
        """One's own score as it is shown."""
        return "—" if self.own is None else _("n/a") if self.own == NOT_APPLICABLE else str(self.own)

    @property
    def place(self) -> str:
        """One's own score against the mean, in words."""
        mean = self._mean
        if not isinstance(self.own, int) or mean is None:
            return "—"
        apart = Decimal(self.own) - mean
        if abs(apart) < LEVEL:
            return _("at the mean")
        words = _("%(points)s above the mean") if apart > 0 else _("%(points)s below the mean")
        return words % {"points": scoring.shown(abs(apart), 1)}


@dataclass(frozen=True)
class Seen:
    """The panel's scores of one case, as far as the viewer may see them."""

    lines: tuple[Line, ...]
    number: int
    scale: range
    given: tuple[CalibrationScore, ...]


def may_compare(case: CalibrationCase, viewer: Any) -> bool:
    """Whether the panel's scores of a case are open to who may see it: never before one's own, where one serves."""
    place = PanelMember.objects.serving().filter(call=case.calibration.call_id, person=viewer.pk)
    return not place.exists() or CalibrationScore.objects.submitted().filter(case=case, member__in=place).exists()


def seen_by(case: CalibrationCase, viewer: Any) -> Seen:
    """Work out the panel's spread on a case from the scores that are open to the viewer."""
    rubric = case.calibration.call.rubric
    rows = CalibrationScore.objects.visible_to(viewer).submitted().filter(case=case)
    given = list(rows.select_related("member__person").order_by("member__person__name", "pk"))
    own = next((each for each in given if each.member.person_id == viewer.pk), None)
    lines = [
        _line(each.key, each.label, [row.scores.get(each.key) for row in given], own, rubric)
        for each in rubric.criteria.all()
    ]
    overall = _line(OVERALL, _("Overall merit"), [row.overall for row in given], own, rubric)
    return Seen((*lines, overall), len(given), rubric.scale, tuple(given))


def _line(key: str, label: str, found: Sequence[Value], own: CalibrationScore | None, rubric: Rubric) -> Line:
    values = tuple(each for each in found if isinstance(each, int))
    counts = tuple((step, values.count(step)) for step in rubric.scale)
    mine = None if own is None else own.overall if key == OVERALL else own.scores.get(key)
    return Line(key, label, mine, values, counts, sum(each == NOT_APPLICABLE for each in found))


class Done(NamedTuple):
    """One member with the moment of submission of each case, None where their scores are not in."""

    member: PanelMember
    cases: list[datetime | None]

    @property
    def is_done(self) -> bool:
        """Whether all cases are scored."""
        return all(self.cases)


def who_has_done(cases: Sequence[CalibrationCase], members: Iterable[PanelMember]) -> list[Done]:
    """Say of each member which cases they have scored; it tells no score."""
    rows = CalibrationScore.objects.submitted().filter(case__in=cases)
    sent = {(member, case): at for member, case, at in rows.values_list("member", "case", "submitted_at")}
    return [Done(member, [sent.get((member.pk, case.pk)) for case in cases]) for member in members]
