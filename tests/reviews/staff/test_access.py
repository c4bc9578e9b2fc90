"""Who may open the pages of a call, and who may change something there."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from core.people.models import User
from reviews.views.staff.call import TABS
from tests.reviews.staff.conftest import World

PAGES = ["overview", "applications", "screening", "panel"]
Browser = Callable[[User], Client]


def test_administrators_auditors_and_the_chair_read_every_page_others_learn_nothing(
    world: World,
    sign_in: Browser,
    helena: User,
    audrey: User,
    chandra: User,
    felix: User,
    ruth: User,
    ada: User,
) -> None:
    browsers = {user.name: sign_in(user) for user in (helena, audrey, chandra, felix, ruth, ada)}
    for page in PAGES:
        address = world.address(page)
        found = {name: browser.get(address).status_code for name, browser in browsers.items()}

        assert found == {"Helena": 200, "Audrey": 200, "Chandra": 200, "Felix": 403, "Ruth": 404, "Ada": 404}
        assert Client().get(address).status_code == 302


def test_one_application_is_open_to_the_same_people(
    world: World, sign_in: Browser, helena: User, audrey: User, chandra: User, felix: User, ruth: User
) -> None:
    address = world.address("application", world.voices.reference)
    found = {user.name: sign_in(user).get(address).status_code for user in (helena, audrey, chandra, felix, ruth)}

    assert found == {"Helena": 200, "Audrey": 200, "Chandra": 200, "Felix": 403, "Ruth": 404}


def test_the_list_of_calls_holds_all_for_the_fund_and_a_chairs_own(
    world: World,
    open_call: object,
    sign_in: Browser,
    helena: User,
    audrey: User,
    chandra: User,
    felix: User,
    ruth: User,
) -> None:
    answers = {
        user.name: sign_in(user).get(reverse("manage:calls")) for user in (helena, audrey, chandra, felix, ruth)
    }  # fmt: skip

    assert {name: answer.status_code for name, answer in answers.items()} == {
        "Helena": 200, "Audrey": 200, "Chandra": 200, "Felix": 403, "Ruth": 404,
    }  # fmt: skip
    assert [line.call for line in answers["Chandra"].context["lines"]] == [world.call]
    assert len(answers["Audrey"].context["lines"]) == 2


def test_a_call_that_is_not_there_is_not_there(helena: User, sign_in: Browser) -> None:
    assert sign_in(helena).get("/manage/calls/nothing/").status_code == 404


def test_an_auditor_sees_no_button_and_changes_nothing(world: World, sign_in: Browser, audrey: User) -> None:
    browser = sign_in(audrey)
    for page in PAGES:
        html = browser.get(world.address(page)).content.decode().split("<main")[1]
        assert 'method="post"' not in html
    changes = ["screening", "look_for_conflicts"]

    assert [browser.post(world.address(page)).status_code for page in changes] == [403, 403]
    assert browser.post(world.address("rule", 1), {"ruling": "recused"}).status_code == 403
    assert browser.post(world.address("send_to_review", world.voices.reference)).status_code == 403
    assert browser.get(world.address("invite")).status_code == 403


def test_a_chair_runs_the_panel_but_neither_screens_nor_invites(world: World, sign_in: Browser, chandra: User) -> None:
    browser = sign_in(chandra)

    assert browser.post(world.address("look_for_conflicts")).status_code == 302
    assert browser.post(world.address("screening")).status_code == 403
    assert browser.get(world.address("invite")).status_code == 403


def test_the_tabs_mark_the_present_page_and_hide_what_a_chair_may_not_open(
    world: World, sign_in: Browser, helena: User, chandra: User
) -> None:
    tabs = sign_in(helena).get(world.address("application", world.voices.reference)).context["tabs"]
    chairs = sign_in(chandra).get(world.address("panel")).context["tabs"]

    assert [(tab.label, tab.current) for tab in tabs if tab.current] == [("Applications", "true")]
    assert [tab.label for tab in tabs] == [label for label, _, _ in TABS]
    assert [tab.label for tab in chairs if tab.current == "page"] == ["Panel"]
    assert {"Decisions", "Settings"}.isdisjoint(tab.label for tab in chairs)
