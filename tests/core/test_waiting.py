"""What waits for a person: its day is the one that the clock of its own zone shows."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from core import clock
from core.waiting import Waiting
from tests import factories

CLOSES = datetime(2026, 12, 23, 4, 59, tzinfo=UTC)
"""The last minute of Tuesday 22 December in New York, which is Wednesday in UTC already."""


@pytest.mark.parametrize(
    ("zone", "now", "words"),
    [
        ("America/New_York", datetime(2026, 12, 20, 12, tzinfo=UTC), "By Tue 22 Dec"),
        ("America/New_York", datetime(2026, 12, 22, 23, tzinfo=UTC), "Today"),
        ("America/New_York", datetime(2026, 12, 23, 2, tzinfo=UTC), "Today"),
        ("America/New_York", datetime(2026, 12, 23, 5, 1, tzinfo=UTC), "1 day late"),
        ("UTC", datetime(2026, 12, 22, 23, tzinfo=UTC), "By Wed 23 Dec"),
        ("UTC", datetime(2026, 12, 23, 5, 1, tzinfo=UTC), "Today"),
    ],
)
def test_what_is_due_is_due_on_the_day_of_its_zone(zone, now, words):
    with clock.at(now):
        assert Waiting("Finish your draft", "A study", "/", due_at=CLOSES, zone=zone).due_words == words


def test_the_home_page_names_one_day_for_one_deadline(as_ada, ada):
    with clock.at(datetime(2026, 12, 20, 12, tzinfo=UTC)):
        factories.make_draft(factories.make_call(closes_at=CLOSES, zone="America/New_York"), ada)
        page = as_ada.get(reverse("home")).content.decode()

    assert 'The next date is <time datetime="2026-12-22">Tue 22 December 2026</time>, in 3 days.' in page
    assert "By Tue 22 Dec" in page
    assert "Tue 22 December 2026, 23:59 EST" in page
    assert "23 Dec" not in page
