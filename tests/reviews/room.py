"""The room in which a panel of three meets on two applications."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from applications.models import Application
from core import clock
from core.people.models import User
from fund.models import Call
from reviews.actions import discussing
from reviews.actions import meeting as meetings
from reviews.models import Meeting, MeetingItem, PanelMember
from tests.access.world import recuse
from tests.reviews import panels


class Panel(NamedTuple):
    """A call with two applications; Nadia is recused from the first."""

    call: Call
    first: Application
    second: Application
    nadia: PanelMember
    pavel: PanelMember
    ruth: PanelMember


def make_panel(ruth: User) -> Panel:
    call = panels.make_call_in_review(applications=2)
    first, second = Application.objects.filter(call=call).order_by("reference")
    nadia, pavel = panels.make_member(call, "Nadia Osei", "ngo"), panels.make_member(call, "Pavel Ruz", "police")
    member = panels.make_member(call, ruth, "research")
    recuse(nadia.person, first)
    return Panel(call, first, second, nadia, pavel, member)


def planned(panel: Panel, **changes: Any) -> Meeting:
    given = {"starts_at": clock.now() + timedelta(days=1), "quorum": 2, "by": None} | changes
    return meetings.plan(call=panel.call, **given)


def hold(panel: Panel) -> Meeting:
    found = meetings.open_meeting(meeting=planned(panel), by=None)
    meetings.mark_present(meeting=found, members=[panel.nadia.pk, panel.pavel.pk, panel.ruth.pk], by=None)
    return found


def item_of(meeting: Meeting, application: Application) -> MeetingItem:
    return meeting.items.select_related("application", "meeting").get(application=application)


def conclude(item: MeetingItem, **changes: Any) -> MeetingItem:
    given = {"kind": "fund", "amount": Decimal(40_000), "rationale": "Strong and needed.", "by": None} | changes
    return discussing.conclude(item=item, **given)


def voted(meeting: Meeting, application: Application) -> MeetingItem:
    discussing.begin(item=item_of(meeting, application), by=None)
    return discussing.call_vote(item=item_of(meeting, application), by=None)
