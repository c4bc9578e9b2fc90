"""The pages that run a call after screening: who may open them, what they cost, what a recusal leaves in them."""

import re
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock, jobs
from core.people.models import User
from fund.models import Call
from reviews.actions import deciding
from reviews.models import Decision, Recommendation, Release
from tests.reviews import panels
from tests.reviews.staff.conftest import World, fill, recuse
from tests.reviews.staff.crowd import make_crowd

Browser = Callable[[User], Client]
PANEL = ["assignment", "progress", "ranking"]
MONEY = ["decisions", "prepare_all", "approve", "release_check"]
HEAVIEST = 60 * 1024
STAGES = [{"state": "draft"}, {"state": "approved"}, {"state": "released"}]


def test_the_panels_pages_are_read_by_administrators_auditors_and_the_chair(
    world: World, sign_in: Browser, helena: User, audrey: User, chandra: User, felix: User, ruth: User, ada: User
) -> None:
    browsers = {user.name: sign_in(user) for user in (helena, audrey, chandra, felix, ruth, ada)}
    pages = [world.address(page) for page in PANEL]
    pages += [world.address("assign_one", world.voices.reference), world.address("reviewer", world.ngo.pk)]
    for address in pages:
        found = {name: browser.get(address).status_code for name, browser in browsers.items()}

        assert found == {"Helena": 200, "Audrey": 200, "Chandra": 200, "Felix": 403, "Ruth": 404, "Ada": 404}
        assert Client().get(address).status_code == 302


def test_decisions_are_read_by_administrators_and_auditors_and_made_by_administrators(
    world: World, sign_in: Browser, helena: User, audrey: User, chandra: User, felix: User, ruth: User
) -> None:
    browsers = {user.name: sign_in(user) for user in (helena, audrey, chandra, felix, ruth)}
    found = {
        page: {name: browser.get(world.address(page)).status_code for name, browser in browsers.items()}
        for page in MONEY
    }
    changing = {"Helena": 200, "Audrey": 403, "Chandra": 403, "Felix": 403, "Ruth": 404}

    assert found["decisions"] == {"Helena": 200, "Audrey": 200, "Chandra": 403, "Felix": 403, "Ruth": 404}
    assert [found[page] for page in MONEY[1:]] == [changing] * 3
    address = world.address("decide", world.voices.reference)
    assert {name: browser.get(address).status_code for name, browser in browsers.items()} == changing


def test_the_advice_is_recorded_by_administrators_and_the_chair(
    world: World, sign_in: Browser, helena: User, audrey: User, chandra: User, felix: User, ruth: User
) -> None:
    address = world.address("recommendation", world.voices.reference)
    found = {user.name: sign_in(user).get(address).status_code for user in (helena, audrey, chandra, felix, ruth)}

    assert found == {"Helena": 200, "Audrey": 403, "Chandra": 200, "Felix": 403, "Ruth": 404}


def test_the_settings_have_the_tabs_of_every_page_of_the_call(world: World, sign_in: Browser, helena: User) -> None:
    browser = sign_in(helena)

    def tabs(address: str) -> list[str]:
        nav = browser.get(address).content.decode().split('<nav class="tabs"')[1].split("</nav>")[0]
        return re.findall(r'href="([^"]+)"', nav)

    assert tabs(f"/manage/calls/{world.call.slug}/setup/") == tabs(world.address("overview"))


def test_an_auditor_sees_no_button_and_changes_nothing(world: World, sign_in: Browser, audrey: User) -> None:
    browser = sign_in(audrey)
    pages = [world.address(page) for page in (*PANEL, "decisions")]
    pages += [world.address("assign_one", world.voices.reference), world.address("reviewer", world.ngo.pk)]
    for address in pages:  # a report of what one may read changes nothing
        main = browser.get(address).content.decode().split("<main")[1]
        assert main.count('method="post"') == main.count('method="post" action="/reports/')
    changes = [*(world.address(page) for page in ("progress", "ranking", "propose", "release_assignments", *MONEY[1:])),
               world.address("assign_one", world.voices.reference), world.address("reviewer", world.ngo.pk),
               world.address("recommendation", world.voices.reference), world.address("decide", world.voices.reference)]  # fmt: skip

    assert [browser.post(address).status_code for address in changes] == [403] * len(changes)


def test_a_chair_changes_nothing_of_the_decisions(world: World, sign_in: Browser, chandra: User) -> None:
    browser = sign_in(chandra)
    addresses = [world.address(page) for page in MONEY[1:]]

    assert [browser.post(address).status_code for address in addresses] == [403, 403, 403]
    assert b"Take to decisions" not in browser.get(world.address("ranking")).content


def crowd(number: int, by: tuple[User, User]) -> Call:
    """Make a call with many applications, each with advice and a decision, of which half are released."""
    call = panels.make_call_in_review(f"crowd-{number}", applications=1, reviews_each=3)
    made, now = make_crowd(call, number), clock.now()
    first, second = by
    Recommendation.objects.bulk_create(
        Recommendation(application=each, kind="decline", rationale="Why.", recorded_by=first) for each in made
    )
    release = Release.objects.create(call=call, visible_at=now, released_at=now, released_by=first)
    decisions = Decision.objects.bulk_create(
        Decision(
            application=each, outcome="decline", rationale="Why.", prepared_by=(second, first)[at % 2], prepared_at=now,
            **(STAGES[at % 3] | {"approved_at": now, "approved_by": (first, second)[at % 2]} if at % 3 else STAGES[0]),
            release=release if at % 3 == 2 else None,
        )
        for at, each in enumerate(made)
    )  # fmt: skip
    for each in decisions:
        jobs.put("outcome-letter", key=f"letter-{each.pk}", decision=each.pk)
    return call


def queries_of(browser: Client, call: Call) -> dict[str, int]:
    """Return how many queries each page of a call takes."""
    parts: dict[str, object] = dict.fromkeys([*PANEL, "decisions", "approve", "release_check"]) | {
        "release": call.releases.get().pk,
        "reviewer": call.panel.order_by("pk").first().pk,
        "assign_one": call.applications.order_by("pk").last().reference,
    }
    found = {}
    for page, part in parts.items():
        address = reverse(f"manage:{page}", args=[call.slug, *([part] if part else [])])
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert (page, browser.get(address).status_code) == (page, 200)
        found[page] = len(queries)
    return found


def test_a_page_takes_as_many_queries_with_30_rows_as_with_3(sign_in: Browser, helena: User, oluchi: User) -> None:
    browser = sign_in(helena)
    few, many = (queries_of(browser, crowd(number, (helena, oluchi))) for number in (3, 30))

    assert few == many
    assert {page: count for page, count in many.items() if count > 15} == {}


def test_a_list_page_of_50_rows_weighs_at_most_60_kb(sign_in: Browser, helena: User, oluchi: User) -> None:
    call, browser = crowd(120, (helena, oluchi)), sign_in(helena)
    pages = [*PANEL, "decisions"]
    weights = {page: len(browser.get(reverse(f"manage:{page}", args=[call.slug])).content) for page in pages}

    assert {page: weight for page, weight in weights.items() if weight > HEAVIEST} == {}


def test_a_recused_administrator_meets_no_trace_of_the_application(
    world: World, sign_in: Browser, helena: User, oluchi: User
) -> None:
    fill(world.call.fund)
    for application, amount in ((world.voices, 50_000), (world.lines, 70_000)):
        panels.approved(application, "fund", by=(oluchi, helena), amount=amount)
    recuse(helena, world.voices)
    browser = sign_in(helena)
    pages = [world.address(page) for page in (*PANEL, *MONEY)] + [world.address("reviewer", world.ngo.pk)]
    for address in pages:
        html = browser.get(address).content.decode()
        assert world.voices.reference not in html
        assert world.voices.title not in html
    ranking = browser.get(world.address("ranking"))
    decisions = browser.get(world.address("decisions"))
    progress = browser.get(world.address("progress")).context
    board = browser.get(world.address("assignment")).context

    assert [row.result.rank for row, *_ in ranking.context["rows"]] == [1, 2]
    assert "of the applications you may see" in ranking.content.decode()
    assert [row.decision.application for row in decisions.context["rows"]] == [world.lines]
    assert (decisions.context["tally"].funded, decisions.context["tally"].left) == (70_000, 930_000)
    assert (progress["done"], progress["total"]) == (3, 4)
    assert (board["count"].applications, board["count"].filled) == (2, 4)
    assert [load.held for load in board["loads"] if load.held] == [2, 2]
    for page in ("recommendation", "decide", "assign_one"):
        assert browser.get(world.address(page, world.voices.reference)).status_code == 404


def test_a_release_does_not_count_what_one_is_recused_from(
    world: World, sign_in: Browser, helena: User, oluchi: User
) -> None:
    decisions = [panels.approved(each, "decline", by=(oluchi, helena)) for each in (world.voices, world.lines)]
    made = deciding.release(call=world.call, decisions=decisions, by=oluchi)
    recuse(helena, world.voices)
    answer = sign_in(helena).get(world.address("release", made.pk))

    assert (answer.context["total"], answer.context["left"]) == (1, 1)
    assert reverse("jobs:batch", args=[made.batch_id]) not in answer.content.decode()
    recuse(helena, world.lines)
    assert sign_in(helena).get(world.address("release", made.pk)).status_code == 404


def test_what_an_administrator_applies_with_is_not_in_their_list_even_when_released(
    world: World, sign_in: Browser, helena: User, oluchi: User
) -> None:
    applicant = world.voices.started_by
    decision = panels.approved(world.voices, "decline", by=(oluchi, helena))
    deciding.release(call=world.call, decisions=[decision], by=oluchi)
    applicant.grants.create(role="administrator", given_at=decision.prepared_at, reason="A second post")

    assert sign_in(applicant).get(world.address("decisions")).context["rows"] == []
    assert Decision.objects.visible_to(applicant).count() == 1


def test_members_of_another_call_are_not_here(world: World, sign_in: Browser, helena: User) -> None:
    other = panels.make_member(panels.make_call_in_review("another", applications=0), "Somebody Else")

    assert sign_in(helena).get(world.address("reviewer", other.pk)).status_code == 404
