"""One geometry, two painters: a chart is at the same places on a page and in a document, and says the same."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf.generic import ContentStream

from core.charts import Chart, Growth, Share, growth_chart, shares_chart, svg
from core.pdf.document import Imprint, make_document
from core.pdf.drawing import Drawing
from core.pdf.lines import natural_width
from core.pdf.styles import MM, NOTE
from tests.core.pdf.reading import reader, words_of
from tests.reports.builders import terms

LETTERS = replace(NOTE, size=7.75)
IMPRINT = Imprint(title="A chart", fund="Fund", kind="Report")
START = date(2026, 10, 1)
CAME = [START + timedelta(days=each) for each in (0, 3, 5, 9, 9, 10)]
GROWTH = Growth.of(CAME, total=9, start=START, today=START + timedelta(days=12))
SHARES = [Share("Kenya", Decimal(70), Decimal(5), "5 of 70"), Share("Norway", Decimal(56), Decimal(0), "0 of 56")]
CHARTS = {
    "growth": growth_chart(GROWTH, key="growth", title="How they came", words="Six of nine came by 13 October."),
    "shares": shares_chart(SHARES, key="shares", title="By country", words="Kenya: 5 of 70; Norway: 0 of 56."),
    "ranks": terms.chart(),
}
WIDTH = 210 * MM - 48 * MM
SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}
type Shape = tuple[str, list[float]]


@pytest.mark.parametrize("name", CHARTS)
def test_both_painters_put_every_mark_at_the_same_place(name: str) -> None:
    chart = CHARTS[name]
    on_page, in_document = list(_of_svg(chart)), _of_pdf(chart)

    assert [shape for shape, _ in in_document] == [shape for shape, _ in on_page]
    for (shape, drawn), (_, painted) in zip(on_page, in_document, strict=True):
        assert painted == pytest.approx(drawn, abs=0.12), shape


@pytest.mark.parametrize("name", CHARTS)
def test_both_say_the_same_to_those_who_do_not_see_it(name: str) -> None:
    chart = CHARTS[name]
    root = _svg(chart)
    pdf = make_document(IMPRINT, [Drawing(chart)])
    (said,) = [given[1]["/Alt"] for given, operator in _operations(pdf) if operator == b"BDC" and "/Alt" in given[1]]

    assert said == f"{root.findtext('title')}. {root.findtext('desc')}" == f"{chart.title}. {chart.words}"
    assert [each.text for each in root.iter("text") if (each.text or "") not in words_of(pdf)] == []


def _svg(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart))  # noqa: S314 - we wrote it ourselves


def _of_svg(chart: Chart) -> Iterator[Shape]:
    """Return the marks that a page gets, each with its places."""
    for mark in _svg(chart).iter():

        def of(*names: str, mark: ElementTree.Element = mark) -> list[float]:
            return [float(mark.get(name, "")) for name in names]

        if mark.tag == "line":
            yield "path", of("x1", "y1", "x2", "y2")
        elif mark.tag == "polyline":
            yield "path", [float(each) for each in mark.get("points", "").replace(",", " ").split()]
        elif mark.tag == "rect":
            x, y, width, height = of("x", "y", "width", "height")
            yield "path", [x, y + height / 2, x + width, y + height / 2]
        elif mark.tag == "circle":
            yield "circle", of("cx", "cy", "r")
        elif mark.tag == "text":
            yield "text", of("x", "y")


def _of_pdf(chart: Chart) -> list[Shape]:
    """Return the marks that a document gets, its distances turned into those of the chart."""
    scale = WIDTH / chart.width
    marks = list(_painted(chart))
    first = next(places for shape, places in _of_svg(chart))
    top = marks[0][1][1] + first[1] * scale
    found = []
    for shape, places in marks:
        across, down = places[::2], places[1::2]
        turned = [[(x - 24 * MM) / scale for x in across], [(top - y) / scale for y in down]]
        if shape == "circle":
            turned[0][1] = across[1] / scale
        found.append((shape, [each for pair in zip_longest(*turned) for each in pair if each is not None]))
    return found


def _painted(chart: Chart) -> Iterator[Shape]:
    """Return the marks within a drawing as the operators of the page draw them."""
    labels = list(_svg(chart).iter("text"))
    depth, path, is_round = 0, list[float](), False
    for given, operator in _operations(make_document(IMPRINT, [Drawing(chart)])):
        depth += (operator == b"BDC") - (operator == b"EMC")
        if not depth:
            continue
        if operator in (b"m", b"l", b"c"):
            path += map(float, given[-2:])
            is_round = is_round or operator == b"c"
        elif operator == b"Tm":
            label = labels.pop(0)
            width = natural_width(label.text or "", LETTERS)
            yield "text", [float(given[4]) + width * SHARE[label.get("text-anchor", "start")], float(given[5])]
        elif operator in (b"S", b"f"):
            if not is_round:
                yield "path", path
            elif operator == b"f":
                yield "circle", [(path[0] + path[4]) / 2, path[1], (path[0] - path[4]) / 2]
            path, is_round = [], False


def _operations(pdf: bytes) -> Iterator[tuple[Any, bytes]]:
    read = reader(pdf)
    for page in read.pages:
        yield from ContentStream(page.get_contents(), read).operations
