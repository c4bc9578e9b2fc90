"""How a call stands, summed up from what one viewer may see: pure functions over rows that were read for them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Application
from core import charts
from core.language import counted
from core.web import moments
from fund.models import Call
from reviews.models import Assignment, StakeholderGroup
from reviews.standing import Result

State = Application.State
LOW, FAIR = 60, 85  # per cent of the reviews, where a cell's tint changes
WEEK = timedelta(days=7)


class Listed(NamedTuple):
    """One submitted application as the pipeline counts it; no country where it is hidden from the viewer."""

    state: str
    country: str


class Work(NamedTuple):
    """One assignment with what the overview says of it."""

    theme: str | None
    group: str
    state: str
    member: int
    name: str
    paused_at: datetime | None
    due_at: datetime | None
    released_at: datetime | None
    submitted_at: datetime | None
    saved_at: datetime | None

    @property
    def is_in(self) -> bool:
        """Whether the review is submitted."""
        return self.state in Assignment.COUNTED

    def is_late(self, now: datetime) -> bool:
        """Whether it is owed and its date has passed."""
        return self.state in Assignment.OWED and self.due_at is not None and self.due_at < now


WORK_COLUMNS = (
    "application__theme__name", "member__group", "state", "member", "member__person__name", "member__paused_at",
    "due_at", "released_at", "review__submitted_at", "review__saved_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the pipeline; `query` is the address of its list."""

    label: str
    number: int
    words: str
    query: str
    is_now: bool = False


def pipeline(call: Call, rows: Sequence[Listed], results: Sequence[Result]) -> list[Cell]:
    """Return where all applications are, in the order of their way; what cannot happen yet is left out."""
    states = Counter(row.state for row in rows)
    countries = len({row.country for row in rows if row.country})
    places = counted("from %(number)s country", "from %(number)s countries", countries)
    cells = [Cell(_("Submitted"), len(rows), places, "")]
    cells += _before_review(call, states)
    if call.state not in (Call.State.DRAFT, Call.State.PUBLISHED) or results:
        cells += _in_review(call, states, results)
    return cells


def _before_review(call: Call, states: Counter[str]) -> Iterator[Cell]:
    is_open = call.state in (Call.State.DRAFT, Call.State.PUBLISHED)
    yield Cell(_("Withdrawn"), states[State.WITHDRAWN], _("by applicants"), "state=withdrawn")
    if is_open or states[State.SUBMITTED]:
        yield Cell(_("To screen"), states[State.SUBMITTED], _("by us"), "state=submitted&sort=-newest", is_now=is_open)
    if is_open or states[State.RETURNED]:
        yield Cell(_("Returned"), states[State.RETURNED], _("for correction"), "state=returned")
    yield Cell(_("Not eligible"), states[State.INELIGIBLE], _("with reasons"), "state=ineligible")
    if is_open or states[State.ELIGIBLE]:
        yield Cell(_("Eligible"), states[State.ELIGIBLE], _("ready for review"), "state=eligible")


def _in_review(call: Call, states: Counter[str], results: Sequence[Result]) -> Iterator[Cell]:
    complete, disagree = sum(each.is_complete for each in results), sum(each.disagree for each in results)
    reading = call.state == Call.State.IN_REVIEW and bool(states[State.IN_REVIEW])
    advised = call.state == Call.State.IN_REVIEW and not reading
    if call.state == Call.State.IN_REVIEW or states[State.IN_REVIEW]:
        yield Cell(_("In review"), states[State.IN_REVIEW], _("now"), "state=in_review", is_now=reading)
    yield Cell(_("All reviews in"), complete, _("of %(number)s") % {"number": len(results)}, "reviews=complete")
    yield Cell(_("Reviewers disagree"), disagree, _("to discuss"), "reviews=disagree")
    if call.state == Call.State.IN_REVIEW or states[State.RECOMMENDED]:
        yield Cell(_("Recommended"), states[State.RECOMMENDED], _("by the panel"), "state=recommended", is_now=advised)
    if states[State.DECIDED]:
        yield Cell(
            _("Decided"), states[State.DECIDED], _("by the fund"), "state=decided", is_now=not (reading or advised)
        )


@dataclass(frozen=True, slots=True)
class Share:
    """Reviews in, of those assigned, for one theme and one group; `tint` is the class of its cell."""

    done: int
    total: int

    @property
    def tint(self) -> str:
        """The class that tints the cell; none where nothing is assigned."""
        if not self.total:
            return ""
        percent = 100 * self.done / self.total
        return "fill-1" if percent < LOW else "fill-2" if percent < FAIR else "fill-3"


def coverage(work: Iterable[Work], results: Iterable[Result]) -> list[tuple[str, int, list[Share]]]:
    """Return for each theme how many applications it has, and the reviews in by stakeholder group."""
    applications = Counter(each.application.theme.name if each.application.theme else "" for each in results)
    done, total = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for each in work:
        place = each.theme or "", each.group
        total[place] += 1
        done[place] += each.is_in
    return [
        (theme or _("Without a theme"), number,
         [Share(done[theme, group], total[theme, group]) for group in StakeholderGroup.values])
        for theme, number in sorted(applications.items())
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Late:
    """One reviewer who is late; `days` counts from the earliest date that has passed."""

    member: int
    name: str
    group: str
    done: int
    total: int
    days: int
    is_paused: bool
    last_at: datetime | None


def late(work: Iterable[Work], now: datetime, *, sees_pauses: bool) -> list[Late]:
    """Return who is late, the longest first. Whoever may not know of pauses reads nothing of people in one."""
    by_member: dict[int, list[Work]] = defaultdict(list)
    for each in work:
        by_member[each.member].append(each)
    found = [_late(key, rows, now) for key, rows in by_member.items() if any(row.is_late(now) for row in rows)]
    return sorted(
        (each for each in found if sees_pauses or not each.is_paused), key=lambda each: (-each.days, each.name)
    )


def _late(member: int, rows: list[Work], now: datetime) -> Late:
    due = min(row.due_at for row in rows if row.is_late(now) and row.due_at)
    written = [row.saved_at for row in rows if row.saved_at]
    return Late(
        member, rows[0].name, StakeholderGroup(rows[0].group).label, sum(row.is_in for row in rows), len(rows),
        (now - due).days, rows[0].paused_at is not None, max(written, default=None),
    )  # fmt: skip


def due_soon(work: Iterable[Work], now: datetime) -> int:
    """Return how many reviews are due within a week."""
    return sum(
        each.state in Assignment.OWED and each.due_at is not None and now <= each.due_at <= now + WEEK for each in work
    )


@dataclass(frozen=True, slots=True)
class Pace:
    """The chart of reviews submitted, with its sentence."""

    chart: charts.Chart
    words: str
    done: int
    total: int


def pace(work: Sequence[Work], today: date) -> Pace | None:
    """Return how the reviews came in since the release; nothing before it."""
    released = [each.released_at.date() for each in work if each.released_at]
    if not released:
        return None
    came = [each.submitted_at.date() for each in work if each.is_in and each.submitted_at]
    is_over = len(came) == len(work)
    last = max(came) if is_over else today
    growth = charts.Growth.of(came, total=len(work), start=min(released), today=last)
    due = max((each.due_at for each in work if each.due_at), default=None)
    words = _said(growth, due, is_over=is_over)
    title = _("Reviews submitted since they were released")
    drawn = charts.growth_chart(growth, key="pace", title=title, words=words, now_word="" if is_over else _("today"))
    return Pace(drawn, words, len(came), len(work))


def _said(growth: charts.Growth, due_at: datetime | None, *, is_over: bool) -> str:
    days = len(growth.days) - 1
    if is_over:
        which = counted("The one review is in.", "All %(number)s reviews are in.", growth.total)
        last = counted("The last came after %(number)s day.", "The last came after %(number)s days.", days)
        return f"{which} {last}"
    due = " " + _("The last are due on %(day)s.") % {"day": moments.full_day(due_at)} if due_at else ""
    so_far = ngettext(
        "%(done)s of %(total)s reviews are in after %(days)s day.",
        "%(done)s of %(total)s reviews are in after %(days)s days.",
        days,
    ) % {"done": growth.so_far, "total": growth.total, "days": days}
    finish = growth.finish()
    if finish is None:
        return f"{so_far}{due}"
    pace = _("At this pace the last comes in on %(day)s.") % {"day": moments.full_day(finish)}
    return f"{so_far} {pace}{due}"
