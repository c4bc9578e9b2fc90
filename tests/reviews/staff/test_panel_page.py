"""The panel's page: members with what they carry, invitations, and rulings on conflicts."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.interests.models import Declaration
from core.mail.models import Message
from core.people.models import Role, User
from reviews.actions import conflicts
from reviews.models import Assignment, PanelMember
from tests import factories
from tests.reviews import panels
from tests.reviews.staff.conftest import World, recuse

Browser = Callable[[User], Client]
PLACE = {"group": "industry", "country": "KE", "least_load": "2", "most_load": "9"}


@pytest.fixture
def tie(world: World) -> Declaration:
    """Pavel's declared tie to the application that he has not reviewed yet."""
    assignment = Assignment.objects.get(application=world.warnings, member=world.police)
    return conflicts.declare(
        assignment=assignment, has_interest=True, kinds=["personal"], note="We are cousins.", by=world.police.person
    )


def test_members_stand_by_group_with_their_load(world: World, sign_in: Browser, helena: User) -> None:
    groups = sign_in(helena).get(world.address("panel")).context["groups"]

    assert [(label, [(str(seat.member), seat.held, seat.done) for seat in seats]) for label, seats in groups] == [
        ("Research", [("Chandra", 0, 0)]),
        ("NGOs, hotlines", [("Nadia Osei", 3, 3)]),
        ("Law enforcement", [("Pavel Ruz", 3, 2)]),
    ]


def test_loads_leave_out_what_the_viewer_is_recused_from(world: World, sign_in: Browser, helena: User) -> None:
    recuse(helena, world.voices)
    seats = sign_in(helena).get(world.address("panel")).context["seats"]

    assert {str(seat.member): (seat.held, seat.done) for seat in seats}["Nadia Osei"] == (2, 2)


@pytest.mark.parametrize("ruling", ["no_action", "observe", "recused"])
def test_a_ruling_is_recorded_with_its_note(
    ruling: str, world: World, tie: Declaration, sign_in: Browser, chandra: User
) -> None:
    browser = sign_in(chandra)
    assert [each.declaration for each in browser.get(world.address("panel")).context["waiting"]] == [tie]

    browser.post(world.address("rule", tie.pk), {"ruling": ruling, "note": "Looked into."})
    tie.refresh_from_db()

    assert (tie.ruling, tie.ruling_note, tie.ruled_by) == (ruling, "Looked into.", chandra)
    context = browser.get(world.address("panel")).context
    assert (context["waiting"], [each.declaration for each in context["ruled"]]) == ([], [tie])


def test_a_ruling_that_there_is_not_is_refused_in_a_sentence(
    world: World, tie: Declaration, sign_in: Browser, helena: User
) -> None:
    answer = sign_in(helena).post(world.address("rule", tie.pk), {"ruling": "perhaps"}, follow=True)

    assert "Choose a ruling: no action, may observe, or recused." in answer.content.decode()
    tie.refresh_from_db()
    assert tie.ruling == ""


def test_the_recused_neither_read_nor_rule_on_ties_to_the_same_application(
    world: World, tie: Declaration, sign_in: Browser, helena: User
) -> None:
    recuse(helena, world.warnings)
    browser = sign_in(helena)
    page = browser.get(world.address("panel"))

    assert page.context["waiting"] == []
    assert "cousins" not in page.content.decode()
    assert browser.post(world.address("rule", tie.pk), {"ruling": "no_action"}).status_code == 404


def test_nobody_rules_on_their_own_tie(world: World, sign_in: Browser, chandra: User) -> None:
    own = recuse(chandra, world.voices)

    assert sign_in(chandra).post(world.address("rule", own.pk), {"ruling": "no_action"}).status_code == 404


def test_looking_for_conflicts_finds_what_the_data_shows(world: World, sign_in: Browser, helena: User) -> None:
    organisation = factories.make_organisation("Host 0", "KE")
    User.objects.filter(pk=world.ngo.person_id).update(organisation=organisation)
    browser = sign_in(helena)
    browser.post(world.address("look_for_conflicts"))

    assert [
        (str(each.declaration.person), each.application)
        for each in browser.get(world.address("panel")).context["found"]
    ] == [("Nadia Osei", world.voices)]


def test_somebody_known_is_invited(world: World, sign_in: Browser, helena: User, ruth: User) -> None:
    theme = world.call.themes.first()
    answer = sign_in(helena).post(world.address("invite"), PLACE | {"person": ruth.pk, "themes": [theme.pk]})
    member = PanelMember.objects.get(call=world.call, person=ruth)

    assert answer.headers["Location"] == world.address("panel")
    assert (member.state, member.group, member.country, member.least_load, member.most_load) == (
        "invited", "industry", "KE", 2, 9,
    )  # fmt: skip
    assert list(member.themes.all()) == [theme]


def test_somebody_new_gets_an_account_a_role_and_two_mails(
    world: World, sign_in: Browser, helena: User, django_capture_on_commit_callbacks: Callable
) -> None:
    sign_in(helena).post(world.address("invite"), PLACE | {"name": "Amina Yusuf", "email": "amina@yusuf.example"})
    person = User.objects.get(email="amina@yusuf.example")

    assert (person.name, person.has_role(Role.PANEL), person.has_usable_password()) == ("Amina Yusuf", True, False)
    assert PanelMember.objects.get(call=world.call, person=person).state == "invited"
    assert Message.objects.filter(person=person).count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "person", "Choose somebody, or write a name and an e-mail address below."),
        ({"name": "Amina"}, "email", "Write both the name and the e-mail address."),
        ({"email": "a@b.example"}, "name", "Write both the name and the e-mail address."),
        ({"name": "A", "email": "nonsense"}, "email", "Enter a valid email address."),
        (
            {"name": "A", "email": "a@b.example", "least_load": "12"},
            "most_load",
            "The most applications cannot be fewer than the least. Change one of them.",
        ),
        ({"name": "A", "email": "a@b.example", "country": "ZZ"}, "country", None),
        ({"name": "N", "email": "nadia.osei@nadia.example"}, "__all__", "Nadia Osei is already on this panel."),
    ],
)
def test_a_wrong_invitation_says_why_keeps_what_was_typed_and_leaves_nothing_behind(
    typed: dict[str, str], field: str, sentence: str | None, world: World, sign_in: Browser, helena: User
) -> None:
    people, seats = User.objects.count(), PanelMember.objects.count()
    answer = sign_in(helena).post(world.address("invite"), PLACE | typed)
    errors = answer.context["form"].errors[field]

    assert answer.status_code == 422
    assert list(errors) == [sentence] if sentence else errors
    assert (answer.context["form"]["name"].value() or "") == typed.get("name", "")
    assert (User.objects.count(), PanelMember.objects.count()) == (people, seats)


def test_the_number_of_queries_stays_with_more_members_and_ties(
    world: World, tie: Declaration, sign_in: Browser, helena: User, django_assert_max_num_queries: Callable
) -> None:
    browser, counts = sign_in(helena), []
    for more in (0, 20):
        for number in range(more):
            member = panels.make_member(world.call, f"Extra{number}", panels.GROUPS[number % 6])
            recuse(member.person, world.voices)
        with django_assert_max_num_queries(15) as few:
            answer = browser.get(world.address("panel"))
        counts.append(len(few))

    assert counts[0] == counts[1]
    assert len(answer.content) <= 60_000
