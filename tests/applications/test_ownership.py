"""Who may do what: access changed, invitations sent again, editors who submit, and another owner."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from applications.actions import drafts, submission
from applications.models import OwnerChange, TeamMember
from core import clock
from core.audit.models import AuditEvent
from core.mail.models import Message
from core.states import WrongState
from tests import factories


@pytest.fixture
def member(draft, ada, amir):
    """Amir, who writes in Ada's draft."""
    invited = drafts.add_member(application=draft, name="Amir", email=amir.email, access="editor", by=ada)
    return drafts.join(member=invited, by=amir)


def access_of(draft) -> dict[str, str]:
    return dict(draft.team.values_list("name", "access"))


def mails_to(person) -> list[str]:
    return list(Message.objects.filter(person=person).order_by("pk").values_list("subject", flat=True))


def test_the_owner_hands_over_to_somebody_who_joined_and_both_are_told(draft, member, ada, amir):
    drafts.hand_over(member=member, by=ada)

    draft.refresh_from_db()
    assert access_of(draft) == {"Ada": "editor", "Amir": "owner"}
    assert draft.started_by == amir
    assert mails_to(ada)[-1] == mails_to(amir)[-1] == "Your draft has another owner"
    former = draft.team.get(name="Ada")
    assert AuditEvent.objects.filter(code="application:hand_over").values_list("actor", "data").get() == (
        ada.pk, {"former": former.pk, "member": member.pk},
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        drafts.hand_over(member=former, by=ada)


def test_after_handing_over_each_starts_the_draft_that_is_theirs(draft, member, ada, amir, open_call):
    drafts.hand_over(member=member, by=ada)

    assert drafts.start(call=open_call, by=amir, at=clock.now()).pk == draft.pk
    assert drafts.start(call=open_call, by=ada, at=clock.now()).pk != draft.pk


def test_who_has_a_draft_of_their_own_can_own_another(draft, member, ada, amir, open_call):
    own = factories.make_draft(open_call, amir)

    drafts.hand_over(member=member, by=ada)

    assert drafts.start(call=open_call, by=amir, at=clock.now()).pk == own.pk
    assert access_of(draft)["Amir"] == "owner"


def test_nobody_gets_an_application_who_has_not_joined(draft, ada, amir, helena):
    invited = drafts.add_member(application=draft, name="Amir", email=amir.email, access="editor", by=ada)

    with pytest.raises(WrongState, match="has joined the team"):
        drafts.hand_over(member=invited, by=ada)
    with pytest.raises(WrongState, match="has joined the team"):
        drafts.give_ownership(member=invited, reason="Left", by=helena)
    with pytest.raises(WrongState, match="owner already"):
        drafts.hand_over(member=draft.team.get(name="Ada"), by=ada)


def test_the_fund_gives_an_application_to_another_member_with_a_reason_that_is_kept(draft, member, ada, amir, helena):
    with pytest.raises(ValidationError):
        drafts.give_ownership(member=member, reason=" ", by=helena)
    with pytest.raises(PermissionDenied):
        drafts.give_ownership(member=member, reason="I want it", by=amir)

    drafts.give_ownership(member=member, reason="Ada left the university.", by=helena)

    assert access_of(draft) == {"Ada": "editor", "Amir": "owner"}
    assert OwnerChange.objects.values_list("former", "owner", "reason", "by").get() == (
        ada.pk, amir.pk, "Ada left the university.", helena.pk,
    )  # fmt: skip
    assert "Ada left the university." in Message.objects.filter(person=amir).latest("pk").body
    assert "university" not in str(AuditEvent.objects.latest("pk").data)


def test_an_editor_submits_only_if_the_owner_lets_them(draft, member, ada, amir):
    with pytest.raises(PermissionDenied, match="an editor whom they let"):
        submission.submit(application=draft, by=amir, at=clock.now())
    with pytest.raises(PermissionDenied):
        drafts.let_editors_submit(application=draft, allowed=True, by=amir)

    drafts.let_editors_submit(application=draft, allowed=True, by=ada)

    TeamMember.objects.filter(pk=member.pk).update(access="viewer")
    with pytest.raises(PermissionDenied):
        submission.submit(application=draft, by=amir, at=clock.now())
    TeamMember.objects.filter(pk=member.pk).update(access="editor")
    assert submission.submit(application=draft, by=amir, at=clock.now()).state == "submitted"


def test_access_changes_and_who_gets_it_first_is_invited(draft, ada, amir):
    named = drafts.add_member(application=draft, name="Amir", email=amir.email, by=ada)
    assert mails_to(amir) == []

    changed = drafts.change_access(member=named, access="signatory", by=ada)

    assert (changed.access, len(mails_to(amir))) == ("signatory", 1)
    assert drafts.change_access(member=changed, access="viewer", by=ada).access == "viewer"
    assert len(mails_to(amir)) == 1


def test_nobody_is_invited_to_what_they_could_not_join(draft, member, ada, amir, ruth):
    named = drafts.add_member(application=draft, name="Ruth", email=ruth.email, by=ada)
    submission.submit(application=draft, by=ada, at=clock.now())

    with pytest.raises(WrongState, match="submitted application cannot change"):
        drafts.change_access(member=named, access="viewer", by=ada)
    assert mails_to(ruth) == []
    assert drafts.change_access(member=member, access="viewer", by=ada).access == "viewer"


@pytest.mark.parametrize("access", ["owner", "king", "none"])
def test_access_that_makes_no_sense_is_refused(member, ada, access):
    with pytest.raises(ValidationError):
        drafts.change_access(member=member, access=access, by=ada)


def test_an_invitation_is_sent_again_after_a_while(draft, ada, amir):
    invited = drafts.add_member(application=draft, name="Amir", email=amir.email, access="viewer", by=ada)

    with pytest.raises(WrongState, match="a few minutes ago"):
        drafts.invite_again(member=invited, by=ada)
    with clock.at(clock.now() + timedelta(minutes=11)):
        drafts.invite_again(member=invited, by=ada)
    assert len(mails_to(amir)) == 2

    drafts.join(member=invited, by=amir)
    with pytest.raises(WrongState, match="no longer open"):
        drafts.invite_again(member=invited, by=ada)


def test_the_pages_hand_over_and_let_editors_submit(as_ada, draft, member, client):
    page = as_ada.get(reverse("apply:section", args=[draft.pk, "team"])).content.decode()
    assert "Only you may submit this application." in page
    as_ada.post(reverse("apply:editors", args=[draft.pk]), {"allowed": "1"})
    draft.refresh_from_db()
    assert draft.editors_may_submit

    url = reverse("apply:hand-over", args=[draft.pk, member.pk])
    assert "Make Amir the owner" in as_ada.get(url).content.decode()
    assert "You are an editor." in as_ada.post(url, follow=True).content.decode()
    assert as_ada.get(url).status_code == 403


def test_the_fund_sees_only_names_when_it_changes_an_owner(client, draft, member, helena):
    client.force_login(helena)
    url = reverse("manage_apply:give", args=[draft.call.slug, draft.pk])
    page = client.get(url).content.decode()
    assert "Amir" in page
    assert draft.title not in page

    assert client.post(url, {"member": member.pk}).status_code == 422
    client.post(url, {"member": member.pk, "reason": "Ada left."})
    assert access_of(draft)["Amir"] == "owner"
