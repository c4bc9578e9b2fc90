"""Charts: pure functions give the geometry, one painter writes it as SVG with classes and without any style."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import singledispatch
from math import ceil, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 44.0, 570.0, 18.0, 190.0
PACE_DAYS = 14  # how far back the present pace is measured
FARTHEST_GUESS = 2  # a guess beyond twice the time so far says nothing
NEAR = 64  # closer than this, two labels under the axis would touch


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A point."""

    kind: str
    x: float
    y: float
    radius: float = 4.5


@dataclass(frozen=True, slots=True)
class Trend:
    """A line through many points."""

    kind: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    """A text; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    kind: str = ""
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that share a class, such as all of one application."""

    kind: str
    marks: "tuple[Mark, ...]"


type Mark = Line | Dot | Trend | Bar | Label | Group


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with what it says in words, for those who do not see it; `key` makes its ids unique on the page."""

    key: str
    title: str
    words: str
    marks: tuple[Mark, ...]
    width: float = WIDTH
    height: float = HEIGHT


@dataclass(frozen=True, slots=True)
class Growth:
    """How a number grew day by day towards a total."""

    days: tuple[tuple[date, int], ...]
    total: int
    today: date

    @classmethod
    def of(cls, days: Iterable[date], *, total: int, start: date, today: date) -> "Growth":
        """Add up what came on each day, from the start to today."""
        came = sorted(days)
        start = min([start, today, *came[:1]])
        rows, so_far = [], 0
        for offset in range((today - start).days + 1):
            day = start + timedelta(days=offset)
            while so_far < len(came) and came[so_far] <= day:
                so_far += 1
            rows.append((day, so_far))
        return cls(tuple(rows), total, today)

    @property
    def so_far(self) -> int:
        """How many there are today."""
        return self.days[-1][1]

    def finish(self) -> date | None:
        """Return when the last one comes at the pace of the last two weeks; None if that is far off or never."""
        left = self.total - self.so_far
        span = min(PACE_DAYS, len(self.days) - 1)
        came = self.so_far - self.days[-1 - span][1]
        if left <= 0 or span == 0 or came == 0:
            return None
        days = ceil(left * span / came)
        return self.today + timedelta(days=days) if days <= FARTHEST_GUESS * len(self.days) else None


def growth_chart(growth: Growth, *, key: str, title: str, words: str, now_word: str = "today") -> Chart:
    """Draw how a number grows towards its total, and a dotted guess of when it gets there.

    Without a `now_word` the last point has no label: it is at the total.
    """
    first, finish = growth.days[0][0], growth.finish()
    last = max(growth.today, finish or growth.today, first + timedelta(days=1))

    def x(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / (last - first).days, 1)

    def y(number: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * number / max(growth.total, 1), 1)

    now = x(growth.today), y(growth.so_far)
    marks: list[Mark] = []
    for step in _steps(growth.total):
        marks += [Line("axis", LEFT, y(step), RIGHT, y(step)), Label(36, y(step) + 4, str(step), anchor="end")]
    marks += [Line("line", LEFT, TOP, RIGHT, TOP), Label(580, TOP + 4, f"all {growth.total}", "line-label")]
    marks.append(Trend("trend", tuple((x(day), y(number)) for day, number in growth.days)))
    if finish is not None:
        marks.append(Trend("trend is-guess", (now, (x(finish), TOP))))
    marks += [Dot("dot-now", *now), *([_today(now, f"{growth.so_far} {now_word}")] if now_word else [])]
    return Chart(key, title, words, (*marks, *_dates([first, growth.today, *([finish] if finish else [])], x)))


def _today(now: tuple[float, float], words: str) -> Label:
    """Write today's number where it touches neither the line nor the edge."""
    left_of_it = now[0] > (LEFT + RIGHT) / 2
    x = now[0] - 10 if left_of_it else now[0] + 10
    return Label(x, max(now[1] - 8, TOP + 16), words, "is-label", "end" if left_of_it else "start")


def _dates(days: Sequence[date], x: Callable[[date], float]) -> list[Label]:
    found: list[Label] = []
    for day in days:
        if not found or x(day) - found[-1].x >= NEAR:
            anchor = "start" if not found else "end" if x(day) > RIGHT - 20 else "middle"
            found.append(Label(x(day), 212, f"{day.day} {day:%b}", anchor=anchor))
    return found


def _steps(total: int) -> list[int]:
    """Return three to five round numbers from 0 to below the total."""
    rough = max(total / 4, 1)
    power = 10 ** int(log10(rough))
    step = next(int(size * power) for size in (1, 2, 5, 10) if size * power >= rough)
    return [number for number in range(0, total, step) if number == 0 or total - number >= step / 3]


@dataclass(frozen=True, slots=True)
class Share:
    """One bar: its name, the whole and the part of it that is full, and what stands behind it."""

    label: str
    whole: Decimal
    part: Decimal
    words: str


ROW, FIRST_BAR, LAST_BAR, LONGEST_LABEL = 24.0, 190.0, 500.0, 30


def shares_chart(shares: Sequence[Share], *, key: str, title: str, words: str) -> Chart:
    """Draw bars below one another, of which a part is full: such as what was asked for, and what was awarded."""
    largest = max([share.whole for share in shares], default=Decimal()) or Decimal(1)
    marks: list[Mark] = []
    for number, share in enumerate(shares):
        y = number * ROW + 6
        whole, part = (round(float(each / largest) * (LAST_BAR - FIRST_BAR), 1) for each in (share.whole, share.part))
        marks += [
            Label(FIRST_BAR - 12, y + 11, shortened(share.label, LONGEST_LABEL), "is-label", "end"),
            Bar("bar-2", FIRST_BAR, y, whole, ROW - 10),
            Bar("bar", FIRST_BAR, y, part, ROW - 10),
            Label(FIRST_BAR + whole + 8, y + 11, share.words),
        ]
    return Chart(key, title, words, tuple(marks), WIDTH, len(shares) * ROW + 8)


def shortened(text: str, longest: int) -> str:
    """Return a text that is about so long at most, cut between words, with dots for what is left out."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,:;–-") + " …"


def svg(chart: Chart) -> SafeString:
    """Paint a chart as SVG: coloured by the sheet's classes, its words as title and description."""
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        _n(chart.width), _n(chart.height), chart.key, chart.key, chart.key, chart.title, chart.key, chart.words,
        _paint_all(chart.marks),
    )  # fmt: skip


def _paint_all(marks: Iterable[Mark]) -> SafeString:
    return format_html_join("", "{}", ((_paint(mark),) for mark in marks))


def _n(number: float) -> str:
    """Write a coordinate as short as it goes."""
    return f"{number:.1f}".removesuffix(".0")


@singledispatch
def _paint(mark: Mark) -> SafeString:
    raise TypeError(f"Nothing paints {mark!r}.")


@_paint.register
def _(mark: Line) -> SafeString:
    return format_html('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', mark.kind, *map(_n, _ends(mark)))


def _ends(line: Line) -> tuple[float, float, float, float]:
    return line.x1, line.y1, line.x2, line.y2


@_paint.register
def _(mark: Dot) -> SafeString:
    return format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', mark.kind, _n(mark.x), _n(mark.y), mark.radius)


@_paint.register
def _(mark: Trend) -> SafeString:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
    return format_html('<polyline class="{}" points="{}"/>', mark.kind, points)


@_paint.register
def _(mark: Bar) -> SafeString:
    places = map(_n, (mark.x, mark.y, mark.width, mark.height))
    return format_html('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', mark.kind, *places)


@_paint.register
def _(mark: Label) -> SafeString:
    kind = format_html(' class="{}"', mark.kind) if mark.kind else ""
    anchor = format_html(' text-anchor="{}"', mark.anchor) if mark.anchor != "start" else ""
    return format_html('<text{} x="{}" y="{}"{}>{}</text>', kind, _n(mark.x), _n(mark.y), anchor, mark.text)


@_paint.register
def _(mark: Group) -> SafeString:
    return format_html('<g class="{}">{}</g>', mark.kind, _paint_all(mark.marks))
