"""A copy says what its reader might read when the job began: what is shut to them while it is made shuts it too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, NamedTuple

import pytest

from core import clock
from core.documents.models import Document
from core.jobs.work import Claim, run_all
from core.people.models import Role, User
from reports import boards, copies, exports, minutes, rankings, review_exports, summaries
from reviews.actions import conflicts
from reviews.actions import meeting as meetings
from reviews.models import Assignment, Meeting
from tests import factories
from tests.reviews import panels
from tests.reviews.room import Panel, conclude, hold, item_of, make_panel, voted

pytestmark = pytest.mark.django_db
Order = Callable[["Told"], Any]


class Told(NamedTuple):
    """A panel whose meeting is over, and Helena, who reads all that it did."""

    panel: Panel
    meeting: Meeting
    helena: User


@pytest.fixture(scope="module")
def made(shared: None) -> Told:
    panel = make_panel(factories.make_user("Ruth", Role.PANEL))
    panels.submit(panels.assign(panel.first, panel.pavel))
    meeting = hold(panel)
    for application in (panel.first, panel.second):
        voted(meeting, application)
        conclude(item_of(meeting, application))
    helena = factories.make_user("Helena", Role.ADMINISTRATOR)
    seen = Meeting.objects.get(pk=meeting.pk).minutes_seen
    written = meetings.write_minutes(meeting=meeting, text="All went well.", seen=seen, by=helena)
    closed = meetings.approve_minutes(meeting=written, seen=written.minutes_seen, by=None)
    run_all()
    return Told(panel, closed, helena)


@pytest.fixture
def told(made: Told, db: None) -> Told:
    return deepcopy(made)


ORDERS: dict[str, Order] = {
    rankings.KIND: lambda told: rankings.ask_for_ranking_report(call=told.panel.call, by=told.helena),
    exports.KIND: lambda told: exports.ask_for_export(
        call=told.panel.call, address="", kind="csv", answers=[], by=told.helena
    ),
    review_exports.KIND: lambda told: review_exports.ask_for_reviews(
        call=told.panel.call, kind="csv", is_named=True, by=told.helena
    ),
    minutes.KIND: lambda told: minutes.ask_for_minutes(meeting=told.meeting, by=told.helena),
    boards.PROGRAMME: lambda told: boards.ask_for_programme(of=told.panel.call, by=told.helena),
    f"{boards.PROGRAMME} of all": lambda told: boards.ask_for_programme(of=told.panel.call.fund, by=told.helena),
    summaries.KIND: lambda told: summaries.ask_for_summaries(applications=[told.panel.first], by=told.helena),
    copies.OWN_REVIEWS: lambda told: copies.ask_for_own_reviews(call=told.panel.call, by=told.panel.pavel.person),
}  # fmt: skip


def recused(told: Told, person: User) -> None:
    conflicts.record_tie(application=told.panel.first.pk, kinds=["personal"], note="", by=person)


def asked_to_review(told: Told, person: User) -> None:
    member = panels.make_member(told.panel.call, person)
    Assignment.objects.create(application=told.panel.first, member=member)


def overtake(monkeypatch: pytest.MonkeyPatch, event: Callable[[], None]) -> None:
    """Have something happen once, when a copy has been made and is about to be filed."""
    file, events = Claim.filing, [event]

    @contextmanager
    def overtaken(claim: Claim) -> Iterator[dict[str, Any]]:
        if events:
            events.pop()()
        with file(claim) as result:
            yield result

    monkeypatch.setattr(Claim, "filing", overtaken)


CASES = [
    *((kind, recused) for kind in ORDERS if kind != summaries.KIND),
    *((kind, asked_to_review) for kind in (exports.KIND, minutes.KIND, f"{boards.PROGRAMME} of all", summaries.KIND)),
]
"""A summary is shut with its application, whenever that is; the rankings and exports of a call share one rule."""


@pytest.mark.parametrize(("kind", "event"), CASES, ids=lambda each: getattr(each, "__name__", each))
def test_what_is_shut_to_its_reader_while_a_copy_is_made_shuts_the_copy(
    kind: str, event: Callable[[Told, User], None], told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = told.panel.pavel.person if kind == copies.OWN_REVIEWS else told.helena
    overtake(monkeypatch, lambda: event(told, person))
    ORDERS[kind](told)
    run_all()
    made = Document.objects.filter(recipient=person).order_by("-pk")[:1]

    assert not Document.objects.visible_to(person).filter(pk__in=made.values("pk")).exists()
    Document.objects.filter(pk=made[0].pk).update(made_at=clock.now())
    assert Document.objects.visible_to(person).filter(pk__in=made.values("pk")).exists(), (
        "what is made now leaves it out"
    )
