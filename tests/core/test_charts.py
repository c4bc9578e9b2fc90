"""Charts say the same to everybody: the geometry is exact, the words stand beside it, nothing carries a style."""

from datetime import date, timedelta

from core.charts import Chart, Dot, Group, Growth, Label, Line, growth_chart, svg

START = date(2026, 10, 1)


def days(*offsets: int) -> list[date]:
    return [START + timedelta(days=each) for each in offsets]


def test_growth_adds_up_what_came_by_each_day() -> None:
    growth = Growth.of(days(1, 1, 3), total=5, start=START, today=START + timedelta(days=4))

    assert [number for _, number in growth.days] == [0, 2, 2, 3, 3]
    assert growth.so_far == 3


def test_what_came_before_the_start_is_not_lost() -> None:
    growth = Growth.of(days(-2, 0), total=2, start=START, today=START)

    assert growth.days == ((START - timedelta(days=2), 1), (START - timedelta(days=1), 1), (START, 2))


def test_finish_goes_on_at_the_pace_of_the_last_two_weeks() -> None:
    # 14 came in the last 14 days, 7 are left.
    growth = Growth.of(days(*range(7, 21)), total=21, start=START, today=START + timedelta(days=20))

    assert growth.finish() == START + timedelta(days=27)


def test_finish_is_unknown_when_nothing_comes_when_all_is_in_and_when_it_is_far_off() -> None:
    today = START + timedelta(days=20)
    assert Growth.of(days(1), total=2, start=START, today=today).finish() is None
    assert Growth.of(days(1, 2), total=2, start=START, today=today).finish() is None
    assert Growth.of(days(19), total=500, start=START, today=today).finish() is None


def test_the_chart_starts_below_and_ends_at_the_total() -> None:
    growth = Growth.of(days(0, 5, 10), total=3, start=START, today=START + timedelta(days=10))
    drawn = growth_chart(growth, key="pace", title="Reviews", words="All three are in.")
    trend = next(mark for mark in drawn.marks if getattr(mark, "kind", "") == "trend")

    assert trend.points[0] == (44.0, 132.7)
    assert trend.points[-1] == (570.0, 18.0)
    assert [mark.text for mark in drawn.marks if isinstance(mark, Label)] == [
        "0", "1", "2", "all 3", "3 today", "1 Oct", "11 Oct",
    ]  # fmt: skip


def test_one_day_and_nothing_in_can_be_drawn_too() -> None:
    drawn = growth_chart(Growth.of([], total=0, start=START, today=START), key="p", title="T", words="W")

    assert [mark.text for mark in drawn.marks if isinstance(mark, Label)] == ["all 0", "0 today", "1 Oct"]


def test_svg_escapes_names_and_has_classes_but_no_style() -> None:
    chart = Chart("k", "A < B", "Said in words.", (Line("axis", 0, 1, 2.25, 3), Group("in", (Dot("dot", 1, 2),))))

    assert svg(chart) == (
        '<svg class="chart" viewBox="0 0 640 220" role="img" aria-labelledby="k-t k-d">'
        '<title id="k-t">A &lt; B</title><desc id="k-d">Said in words.</desc>'
        '<line class="axis" x1="0" y1="1" x2="2.2" y2="3"/>'
        '<g class="in"><circle class="dot" cx="1" cy="2" r="4.5"/></g></svg>'
    )
