"""The profile: said once, used everywhere. The organisation by name or ROR id, the narrative CV in four modules."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.people import actions
from core.people.identifiers import ror_digits
from core.people.models import User
from tests import factories

ROR = "03yrm5c" + ror_digits("03yrm5c")


def changed(user, **values):
    actions.change_profile(user=user, **values)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    "named", [ROR, f"https://ror.org/{ROR}", f"www.ROR.org/{ROR.upper()}", "nyanza lakes university"]
)
def test_an_organisation_of_the_register_is_found_by_its_ror_id_or_its_name(ada, named):
    nyanza = factories.make_organisation("Nyanza Lakes University", "KE", ror=ROR)
    found = changed(ada, organisation_name=named)

    assert (found.organisation, found.works_at, found.works_in) == (nyanza, "Nyanza Lakes University", "KE")


def test_an_organisation_that_the_register_does_not_have_stays_as_it_was_typed(ada):
    found = changed(ada, organisation_name="  A small   charity ", country="KE")

    assert (found.organisation, found.works_at, found.works_in) == (None, "A small charity", "KE")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("03yrm5c99", "is not a ROR id"),
        (ROR, "Our register does not have this ROR id yet"),
        ("ror.org/nothing", "not a ROR"),
    ],
)
def test_a_ror_id_that_is_mistyped_or_unknown_is_refused(ada, typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        changed(ada, organisation_name=typed)

    assert sentence in refusal.value.message_dict["organisation_name"][0]


def test_names_are_suggested_while_typing(as_ada, amir):
    found = as_ada.get(reverse("people:organisations"), {"organisation_name": "lakes"}).content.decode()

    assert 'value="Nyanza Lakes University"' in found
    assert "Northmere" not in found
    assert not as_ada.get(reverse("people:organisations"), {"organisation_name": "n"}).content.strip()


def test_no_character_that_a_browser_can_send_stops_the_suggestions(as_ada, amir):
    answer = as_ada.get(reverse("people:organisations"), {"organisation_name": "la\x00kes"})

    assert answer.status_code == 200


def test_a_module_of_the_narrative_cv_has_a_limit_that_is_counted_as_everywhere(as_ada, ada):
    url = reverse("people:profile")
    answer = as_ada.post(url, {"name": "Ada", "cv_people": "word " * 301}).content.decode()
    assert "This has 301 words; 300 are the most. Shorten it by 1." in answer
    assert "word word" in answer

    as_ada.post(url, {"name": "Ada", "cv_people": "I taught.", "cv_society": " "})
    assert User.objects.get(pk=ada.pk).cv == {"people": "I taught."}


def test_a_verified_orcid_is_marked_and_loses_the_mark_when_another_is_typed(ada):
    actions.verify_orcid(user=ada, orcid="0000-0002-1825-0097")
    kept = changed(User.objects.get(pk=ada.pk), name="Ada L.", orcid="0000-0002-1825-0097")
    assert kept.orcid_verified_at is not None
    assert kept.orcid_verified_at <= clock.now()

    assert changed(kept, orcid="0000-0001-5109-3700").orcid_verified_at is None


def test_an_orcid_that_was_verified_meanwhile_loses_the_mark_with_the_id(ada):
    opened_before = User.objects.get(pk=ada.pk)
    actions.verify_orcid(user=ada, orcid="0000-0002-1825-0097")

    found = changed(opened_before, orcid="")
    assert (found.orcid, found.orcid_verified_at) == ("", None)


def test_what_is_not_given_stays(ada):
    changed(ada, position="Lecturer", cv_people="I taught.")

    found = changed(ada, name="Ada Lind")
    assert (found.name, found.position, found.cv) == ("Ada Lind", "Lecturer", {"people": "I taught."})
    assert found.organisation is not None


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_pages_before_sign_in_say_e_mail_as_all_others(client, db, name):
    page = client.get(reverse(name)).content.decode()

    assert ">E-mail" in page
    assert ">Email" not in page
