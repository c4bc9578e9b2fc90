"""The ranking report: what its recipient's page shows, with the chart, and nothing of what is shut to them."""

import pytest
from django.core.exceptions import PermissionDenied

from core.documents.models import Document
from core.jobs import work
from core.people.models import User
from reports.rankings import ask_for_ranking_report
from reviews.actions.ranking import ask_for_ranking
from tests.core.pdf.reading import problems_of, text_of
from tests.reviews.staff.conftest import World, recuse

pytestmark = pytest.mark.django_db


def test_each_recipient_gets_their_own_ranking_with_chart_and_figures(
    world: World, helena: User, oluchi: User, ruth: User
) -> None:
    recuse(oluchi, world.voices)
    for person in (helena, oluchi):
        ask_for_ranking(call=world.call, by=person)
    work.run_all()
    for person in (helena, oluchi):
        ask_for_ranking_report(call=world.call, by=person)
    work.run_all()
    whole, rest = (Document.objects.get(kind="ranking-report", recipient=each).read() for each in (helena, oluchi))
    text = " ".join(text_of(whole).split())

    assert problems_of(whole) == ""
    assert "Copy 1 for Helena" in text
    assert "Grooming patterns in voice chat" in text
    assert text.count("IN-REVIEW-") == 6
    assert "funding line, rank 2.7" in text
    assert "Means by stakeholder group" in text
    assert "6.00" in text
    assert "Grooming" not in text_of(rest)
    assert str(world.voices.reference) not in text_of(rest)
    assert "applications that the recipient may see" in text_of(rest)
    with pytest.raises(PermissionDenied):
        ask_for_ranking_report(call=world.call, by=ruth)
