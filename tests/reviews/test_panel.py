"""Inviting panel members, their answer, and their pauses."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.audit.models import AuditEvent
from core.mail.models import Message
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.actions import panel
from reviews.models import PanelMember

State = PanelMember.State


def invite(call: Call, person: User, by: User | None, **fields: object) -> PanelMember:
    given = {"group": "ngo", "country": "KE", "least_load": 2, "most_load": 9} | fields
    return panel.invite(call=call, person=person, by=by, **given)


def test_an_invitation_gives_the_roles_and_mails_the_way_to_answer(open_call: Call, ada: User, helena: User) -> None:
    member = invite(open_call, ada, helena, is_chair=True, themes=open_call.themes.all()[:2])

    assert (member.state, member.most_load, member.themes.count()) == (State.INVITED, 9, 2)
    assert User.objects.get(pk=ada.pk).roles == {"panel", "chair"}
    message = Message.objects.get(person=ada)
    assert message.subject == "Invitation to the panel of Prevention first"
    assert f"/review/invitations/{member.pk}/" in message.body
    assert "chair the panel" in message.body


def test_only_administrators_invite(open_call: Call, ada: User, chandra: User) -> None:
    with pytest.raises(PermissionDenied):
        invite(open_call, ada, chandra)


def test_who_is_on_the_panel_is_not_invited_again_and_who_declined_is(
    open_call: Call, ruth: User, helena: User
) -> None:
    member = invite(open_call, ruth, helena)
    with pytest.raises(WrongState, match="Ruth is already on this panel"):
        invite(open_call, ruth, helena)
    panel.answer(member=member, accepts=False, by=ruth)

    again = invite(open_call, ruth, helena, group="police")

    assert (again.pk, again.state, again.group, again.answered_at) == (member.pk, State.INVITED, "police", None)


def test_a_least_load_above_the_most_is_refused_in_words(open_call: Call, ruth: User, helena: User) -> None:
    with pytest.raises(ValidationError, match="cannot be fewer than the least"):
        invite(open_call, ruth, helena, least_load=10)


@pytest.mark.parametrize(("accepts", "state"), [(True, State.ACCEPTED), (False, State.DECLINED)])
def test_an_invitation_is_answered_once_by_who_got_it(
    open_call: Call, ruth: User, ada: User, helena: User, accepts: bool, state: str
) -> None:
    member = invite(open_call, ruth, helena)
    with pytest.raises(PermissionDenied):
        panel.answer(member=member, accepts=accepts, by=ada)

    assert panel.answer(member=member, accepts=accepts, by=ruth).state == state
    with pytest.raises(WrongState, match="already answered"):
        panel.answer(member=member, accepts=accepts, by=ruth)
    assert AuditEvent.objects.filter(code__startswith="panelmember:", actor=ruth.pk).count() == 1


def test_a_pause_needs_no_reason_and_is_ones_own(open_call: Call, ruth: User, ada: User, helena: User) -> None:
    panel.answer(member=invite(open_call, ruth, helena), accepts=True, by=ruth)
    with pytest.raises(PermissionDenied):
        panel.pause(person=ruth, by=ada)

    assert panel.pause(person=ruth, by=ruth) == 1
    assert PanelMember.objects.get(person=ruth).paused_at is not None
    assert panel.resume(person=ruth, by=ruth) == 1
    assert PanelMember.objects.get(person=ruth).paused_at is None
