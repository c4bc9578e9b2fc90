"""A draft takes the profile over when it is started, and again when its person asks; a version freezes it."""

import pytest
from django.urls import reverse

from applications.actions import drafts, profiles, screening, submission
from applications.actions.writing import NotOpen
from applications.models import Application
from core import clock
from core.people import actions as people
from core.people.models import User
from reviews.reading import reading_of
from tests import factories

CV = {"knowledge": "A new method.", "people": "I taught."}


@pytest.fixture
def described(ada):
    """Ada with a profile."""
    people.change_profile(user=ada, country="SE", **{f"cv_{key}": text for key, text in CV.items()})
    people.verify_orcid(user=ada, orcid="0000-0002-1825-0097")
    return User.objects.get(pk=ada.pk)


def test_a_new_draft_knows_who_its_owner_is(described, open_call):
    draft = drafts.start(call=open_call, by=described, at=clock.now())

    owner = draft.team.get()
    assert (owner.organisation_name, owner.orcid, owner.orcid_verified) == (
        "Northmere University", "0000-0002-1825-0097", True,
    )  # fmt: skip
    assert owner.cv == CV
    assert {each.key: each.value for each in draft.answers.all()} == {"host": "Northmere University", "country": "SE"}
    assert (draft.host_name, draft.country) == ("Northmere University", "SE")


def test_a_changed_profile_reaches_the_draft_when_its_person_says_so(as_ada, draft, ada):
    people.change_profile(user=ada, name="Ada Lind", cv_people="I taught.")
    assert draft.team.get().name == "Ada"

    as_ada.post(reverse("apply:from-profile", args=[draft.pk]))
    member = draft.team.get()
    assert (member.name, member.cv) == ("Ada Lind", {"people": "I taught."})
    assert Application.objects.get(pk=draft.pk).investigator_name == "Ada Lind"


def test_who_joins_brings_their_profile(draft, ada, described, amir):
    people.change_profile(user=amir, cv_society="Work with hotlines.")
    member = drafts.add_member(application=draft, name="A.", email=amir.email, access="viewer", by=ada)
    drafts.join(member=member, by=User.objects.get(pk=amir.pk))

    assert draft.team.get(user=amir).cv == {"society": "Work with hotlines."}
    assert profiles.refresh(application=draft, by=amir).name == "Amir"


def test_a_typed_orcid_is_not_verified(described, open_call):
    draft = drafts.start(call=open_call, by=described, at=clock.now())
    member = drafts.change_member(member=draft.team.get(), orcid="0000-0001-5109-3700", by=described)

    assert not member.orcid_verified


def test_the_version_shows_the_narrative_cv_but_not_where_applicants_are_hidden(described, open_call, ada):
    version = factories.make_submitted(open_call, described).current
    people.change_profile(user=described, cv_people="Something later.")
    open_reading = reading_of(version, is_blind=False, files=0)

    assert [each["words"] for each in open_reading.team[0]["modules"]] == list(CV.values())
    assert reading_of(version, is_blind=True, files=0).team == ()


def test_staff_read_it_and_see_what_is_verified(client, described, open_call, helena):
    submitted = factories.make_submitted(open_call, described)
    client.force_login(helena)
    page = client.get(reverse("manage:application", args=[open_call.slug, submitted.reference])).content.decode()

    assert "A new method." in page
    assert "0000-0002-1825-0097, verified" in page


def test_a_returned_application_takes_nothing_over_unless_the_team_is_open(submitted, ada):
    screening.screen(application=submitted, outcome="returned", text="Please.", asked={"title": "Shorten."}, by=None)

    with pytest.raises(NotOpen):
        profiles.refresh(application=submitted, by=ada)
    assert submission.submit(application=submitted, by=ada, at=clock.now()).state == "submitted"
