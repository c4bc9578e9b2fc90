"""The team: who is named, who is invited, who may do what. Nobody is of a team by somebody else's word."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from applications.actions import drafts
from applications.models import Application, TeamMember
from core.mail.models import Message
from core.states import WrongState


def invite(draft, by, person, access="editor", **more):
    return drafts.add_member(application=draft, name=person.name, email=person.email, access=access, by=by, **more)


def sees(person, application) -> bool:
    return Application.objects.visible_to(person).filter(pk=application.pk).exists()


def test_an_invited_person_sees_the_draft_only_once_they_join(draft, ada, amir):
    member = invite(draft, ada, amir)
    assert (member.is_invited, sees(amir, draft)) == (True, False)
    assert Message.objects.get(person=amir).subject.startswith("Join the team of First warnings")

    drafts.join(member=member, by=amir)
    assert sees(amir, draft)


def test_an_administrator_cannot_be_shut_out_by_naming_them(submitted, open_call, ada, helena):
    Application.objects.filter(pk=submitted.pk).update(state="returned")
    invite(submitted, ada, helena)

    assert Application.objects.visible_to_fund(helena).filter(pk=submitted.pk).exists()


def test_only_the_one_who_was_invited_joins_and_once(draft, ada, amir, ruth):
    member = invite(draft, ada, amir)
    with pytest.raises(PermissionDenied):
        drafts.join(member=member, by=ruth)
    drafts.join(member=member, by=amir)

    with pytest.raises(WrongState, match="no longer open"):
        drafts.join(member=member, by=amir)


def test_who_declines_is_no_longer_named(draft, ada, amir):
    member = invite(draft, ada, amir, part="investigator")

    drafts.decline(member=member, by=amir)

    draft.refresh_from_db()
    assert ([each.name for each in draft.team.all()], draft.investigator_name) == (["Ada"], "")


def test_a_new_principal_investigator_takes_the_place_of_the_former(draft, ada):
    drafts.add_member(application=draft, name="Nour", part="investigator", by=ada)

    draft.refresh_from_db()
    assert list(draft.team.values_list("name", "part")) == [("Ada", "co_investigator"), ("Nour", "investigator")]
    assert draft.investigator_name == "Nour"

    drafts.change_member(member=draft.team.get(name="Ada"), part="investigator", by=ada)
    assert list(draft.team.order_by("pk").values_list("part", flat=True)) == ["investigator", "co_investigator"]


def test_editors_name_people_but_do_not_invite_or_remove_them(draft, ada, amir, ruth):
    drafts.join(member=invite(draft, ada, amir), by=amir)
    other = invite(draft, ada, ruth, access="viewer")

    assert drafts.add_member(application=draft, name="Nour", by=amir).access == TeamMember.Access.NONE
    with pytest.raises(PermissionDenied):
        drafts.add_member(application=draft, name="Lee", email="lee@example.org", access="viewer", by=amir)
    with pytest.raises(PermissionDenied):
        drafts.remove_member(application=draft, member=other, by=amir)


def test_everybody_but_the_owner_may_leave(draft, ada, amir):
    member = drafts.join(member=invite(draft, ada, amir), by=amir)

    drafts.remove_member(application=draft, member=member, by=amir)

    assert not sees(amir, draft)
    with pytest.raises(WrongState, match="owner"):
        drafts.remove_member(application=draft, member=draft.team.get(), by=ada)


def test_what_somebody_else_changed_in_between_decides(draft, ada, amir):
    member = drafts.join(member=invite(draft, ada, amir), by=amir)
    drafts.hand_over(member=TeamMember.objects.get(pk=member.pk), by=ada)

    with pytest.raises(WrongState, match="owner"):
        drafts.remove_member(application=draft, member=member, by=amir)
    former = draft.team.get(user=ada)
    drafts.remove_member(application=draft, member=former, by=amir)
    drafts.remove_member(application=draft, member=former, by=amir)
    with pytest.raises(WrongState, match="no longer in the team"):
        drafts.change_member(member=former, name="Ada B.", by=amir)
    assert [each.user for each in draft.team.all()] == [amir]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"email": "ada@example.org"}, "email"),
        ({"email": "ADA@example.org", "access": "editor"}, "email"),
        ({"access": "viewer"}, "email"),
        ({"email": "no address"}, "email"),
        ({"orcid": "0000-0002-1825-0098"}, "orcid"),
        ({"part": "king"}, "part"),
        ({"access": "owner", "email": "x@example.org"}, "access"),
        ({"name": "x" * 201}, "name"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(draft, ada, fields, where):
    with pytest.raises(ValidationError) as refusal:
        drafts.add_member(**{"application": draft, "name": "Nour", "by": ada} | fields)

    assert list(refusal.value.message_dict) == [where]
    assert draft.team.count() == 1
