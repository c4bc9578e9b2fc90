"""Tags and filters write dates, money, states and names the one way of all pages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from core import clock
from core.states import Shape, Wording
from core.web.pagination import paginate

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
WORDING = Wording("Internal review", "We are reading your application", Shape.MOVING, Shape.DONE)


def rendered(source: str, **context: Any) -> str:
    with clock.at(NOW):
        return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{% badge state %}", '<span class="badge is-moving">Internal review</span>'),
        (
            '{% badge state audience="applicant" framed=True %}',
            '<span class="badge is-done is-framed">We are reading your application</span>',
        ),
        ('{% word_badge "Not started" %}', '<span class="badge">Not started</span>'),
        ("{% word_badge draft 'to-come' %}", '<span class="badge">&lt;Draft&gt;</span>'),
    ],
)
def test_a_badge_is_a_word_with_a_shape(source: str, html: str) -> None:
    assert rendered(source, state=WORDING, draft="<Draft>") == html


@pytest.mark.parametrize(
    ("source", "amount", "text"),
    [
        ("{{ amount|money:'USD' }}", Decimal("158700.000"), "158,700"),
        ("{{ amount|money:'USD' }}", Decimal("120000.5"), "120,000.50"),
        ("{{ amount|money_exact:'USD' }}", Decimal(158700), "158,700.00"),
        ("{{ amount|money_exact:'JPY' }}", Decimal(158700), "158,700"),
        ("{{ amount|money_exact:'KWD' }}", Decimal("1.5"), "1.500"),
        ("{{ amount|priced:'USD' }}", 20000, "USD\xa020,000"),
        ("{{ amount|priced_exact:'USD' }}", 20000, "USD\xa020,000.00"),
        ("{{ amount|money:'USD' }}", None, "—"),
        ("{{ amount|money:'USD' }}", 0, "0"),
    ],
)
def test_money_is_written_in_its_minor_units(source: str, amount: Any, text: str) -> None:
    assert rendered(source, amount=amount) == text


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("UTC", "Tue 22 December 2026, 17:00 UTC"),
        ("Europe/Oslo", "Tue 22 December 2026, 18:00 CET"),
        ("Asia/Kathmandu", "Tue 22 December 2026, 22:45 UTC+5:45"),
        ("America/Sao_Paulo", "Tue 22 December 2026, 14:00 UTC-3"),
    ],
)
def test_a_moment_names_its_zone_and_is_ready_for_the_visitors(zone: str, text: str) -> None:
    html = rendered("{% when moment zone %}", moment=datetime(2026, 12, 22, 17, tzinfo=UTC), zone=zone)

    assert html == f'<time datetime="2026-12-22T17:00:00+00:00" data-local="2026-12-22">{text}</time>'


def test_dates_in_tables_name_the_year_only_when_it_is_another() -> None:
    html = rendered("{{ a|day }} {{ b|day }} {{ c|day }}", a=date(2026, 11, 27), b=date(2027, 1, 15), c=None)

    assert html == '<time datetime="2026-11-27">Fri 27 Nov</time> <time datetime="2027-01-15">15 Jan 2027</time> —'


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 12, 15), "in 22 days"),
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 20), "3 days ago"),
        (NOW + timedelta(days=22, hours=3), "in 22 days"),
        (NOW + timedelta(hours=5, minutes=59), "in 5 hours"),
        (NOW + timedelta(minutes=1, seconds=30), "in 1 minute"),
        (NOW + timedelta(seconds=20), "in less than a minute"),
        (NOW - timedelta(hours=3), "3 hours ago"),
        (NOW - timedelta(seconds=20), "just now"),
    ],
)
def test_a_distance_is_in_the_unit_one_would_say(value: Any, words: str) -> None:
    assert rendered("{{ value|distance }}", value=value) == words


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Carers online", "Carers online"),
        ("أصوات الناجين: Survivor voices", '<bdi lang="ar">أصوات الناجين</bdi>: Survivor voices'),
        ("Warnings ครอบครัว", 'Warnings <bdi lang="th">ครอบครัว</bdi>'),
        ("सुरक्षा और विश्वास", '<bdi lang="hi">सुरक्षा और विश्वास</bdi>'),
        ("こどもの安全", '<bdi lang="ja">こどもの安全</bdi>'),
        ("儿童安全", '<bdi lang="zh">儿童安全</bdi>'),
        ("Безпека дітей", '<bdi lang="uk">Безпека дітей</bdi>'),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_name_in_another_script_is_set_apart(text: str, html: str) -> None:
    assert rendered("{{ text|bdi }}", text=text) == html


def test_plain_text_becomes_escaped_paragraphs_in_their_own_direction() -> None:
    text = "One <b>bold</b>\r\nline.\r\n\r\nنحن نسأل كيف."

    assert rendered("{{ text|paragraphs }}", text=text) == (
        '<p>One &lt;b&gt;bold&lt;/b&gt;<br>line.</p>\n<p lang="ar" dir="rtl">نحن نسأل كيف.</p>'
    )


def test_counted_agrees_with_its_noun() -> None:
    assert (
        rendered('{{ 1|counted:"review,reviews" }}, {{ 1200|counted:"review,reviews" }}') == "1 review, 1,200 reviews"
    )


def test_the_pager_keeps_the_filters_of_the_address() -> None:
    request = RequestFactory().get("/manage/?state=in+review&page=2")
    page = paginate(request, list(range(120)))

    html = rendered('{% pager page "applications" %}', page=page, request=request)

    assert "51 to 100 of 120 applications" in html
    assert 'href="?state=in+review&amp;page=3" rel="next"' in html


def test_a_single_page_needs_no_ways_to_others() -> None:
    html = rendered("{% pager page %}", page=Paginator([1, 2], 50).page(1), request=RequestFactory().get("/"))

    assert "1 to 2 of 2" in html
    assert "<nav" not in html


@pytest.mark.parametrize(("asked", "given"), [("0", 1), ("-3", 1), ("99", 3), ("two", 1), ("2", 2)])
def test_a_page_number_beyond_the_ends_gives_the_nearest_page(asked: str, given: int) -> None:
    assert paginate(RequestFactory().get("/", {"page": asked}), list(range(120))).number == given


def test_a_hash_breaks_between_groups_of_eight_signs_and_is_copied_whole() -> None:
    digest = f"{3**128:064x}"[:64]

    html = rendered("{{ digest|in_pieces }}", digest=digest)

    assert html.replace("<wbr>", "") == digest
    assert [len(piece) for piece in html.split("<wbr>")] == [8] * 8
    assert rendered("{{ digest|in_pieces }}", digest="<b>") == "&lt;b&gt;"
