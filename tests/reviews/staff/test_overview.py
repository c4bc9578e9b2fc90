"""How a call stands: numbers that lead to their lists, what waits for whom, and nothing of what one may not see."""

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from core import clock
from core.people.models import User
from fund.models import Call
from reviews import overview
from reviews.actions import conflicts
from reviews.actions import panel as panel_actions
from reviews.models import Assignment
from tests import factories
from tests.reviews import panels
from tests.reviews.staff.conftest import World, recuse
from tests.reviews.staff.crowd import make_crowd

Browser = Callable[[User], Client]


def cells(context: dict) -> dict[str, int]:
    """Return the numbers of the pipeline by their labels."""
    return {cell.label: cell.number for cell in context["cells"]}


def test_the_pipeline_counts_where_all_applications_are(world: World, sign_in: Browser, helena: User) -> None:
    context = sign_in(helena).get(world.address("overview")).context

    assert cells(context) == {
        "Submitted": 3, "Withdrawn": 0, "Not eligible": 0, "In review": 3, "All reviews in": 2,
        "Reviewers disagree": 0, "Recommended": 0,
    }  # fmt: skip
    assert [cell.label for cell in context["cells"] if cell.is_now] == ["In review"]
    assert context["cells"][0].words == "from 1 country"


def test_each_number_leads_to_a_list_of_as_many(world: World, sign_in: Browser, helena: User) -> None:
    browser = sign_in(helena)
    for cell in browser.get(world.address("overview")).context["cells"]:
        listed = browser.get(f"{world.address('applications')}?{cell.query}").context["page"].paginator.count
        assert (cell.label, listed) == (cell.label, cell.number)


def test_an_open_call_counts_what_is_to_screen(open_call: Call, sign_in: Browser, helena: User) -> None:
    factories.make_submitted(open_call, panels.make_applicant(1))
    context = sign_in(helena).get(reverse("manage:overview", args=[open_call.slug])).context

    assert cells(context) == {
        "Submitted": 1, "Withdrawn": 0, "To screen": 1, "Returned": 0, "Not eligible": 0, "Eligible": 0,
    }  # fmt: skip
    assert [each.what for each in context["waiting"]] == ["1 application to screen"]
    assert (context["pace"], context["coverage"]) == (None, [])


def test_what_waits_is_said_to_who_can_do_it(
    world: World, sign_in: Browser, helena: User, chandra: User, audrey: User
) -> None:
    open_one = Assignment.objects.get(application=world.warnings, member=world.police)
    conflicts.declare(assignment=open_one, has_interest=True, kinds=["personal"], note="", by=world.police.person)
    expected = ["1 conflict to rule on", "1 place without a reviewer", "2 applications to recommend on"]
    waiting = {
        user.name: [each.what for each in sign_in(user).get(world.address("overview")).context["waiting"]]
        for user in (helena, chandra, audrey)
    }

    assert waiting == {"Helena": expected, "Chandra": expected, "Audrey": []}


def test_coverage_counts_reviews_by_theme_and_group(world: World, sign_in: Browser, helena: User) -> None:
    theme, number, shares = sign_in(helena).get(world.address("overview")).context["coverage"][0]
    found = {
        group: (share.done, share.total, share.tint)
        for group, share in zip(overview.StakeholderGroup.values, shares, strict=True)
    }

    assert (theme, number) == ("Prevention", 3)
    assert found["ngo"] == (3, 3, "fill-3")
    assert found["police"] == (2, 3, "fill-2")
    assert found["industry"] == (0, 0, "")


def test_who_is_late_is_named_with_days_and_a_pause_only_to_whom_it_may_be_known(
    world: World, sign_in: Browser, helena: User, chandra: User
) -> None:
    Assignment.objects.filter(member=world.police, state="accepted").update(
        due_at=clock.now() - timedelta(days=3, hours=1)
    )
    late = sign_in(helena).get(world.address("overview")).context["late"]
    assert [(each.name, each.done, each.total, each.days, each.is_paused) for each in late] == [
        ("Pavel Ruz", 2, 3, 3, False)
    ]
    panel_actions.pause(person=world.police.person, by=world.police.person)

    assert [each.is_paused for each in sign_in(helena).get(world.address("overview")).context["late"]] == [True]
    assert sign_in(chandra).get(world.address("overview")).context["late"] == []


def test_the_chart_says_its_figures_in_words(world: World, sign_in: Browser, helena: User) -> None:
    answer = sign_in(helena).get(world.address("overview"))
    pace, html = answer.context["pace"], answer.content.decode()

    assert (pace.done, pace.total) == (5, 6)
    assert pace.words.startswith("5 of 6 reviews are in after 0 days. The last are due on ")
    assert f'<desc id="pace-d">{pace.words}</desc>' in html
    assert "style=" not in html


def test_a_finished_round_says_how_long_it_took() -> None:
    start = clock.now() - timedelta(days=40)
    row = overview.Work("Theme", "ngo", "submitted", 1, "N", None, start, start, start + timedelta(days=7), start)
    pace = overview.pace([row], date(2099, 1, 1))

    assert pace is not None
    assert pace.words == "The one review is in. The last came after 7 days."


def test_the_recused_get_every_number_over_the_rest_marked_as_such(
    world: World, sign_in: Browser, helena: User, oluchi: User
) -> None:
    recuse(helena, world.voices)
    answer = sign_in(helena).get(world.address("overview"))
    html = answer.content.decode()

    assert cells(answer.context) == {
        "Submitted": 2, "Withdrawn": 0, "Not eligible": 0, "In review": 2, "All reviews in": 1,
        "Reviewers disagree": 0, "Recommended": 0,
    }  # fmt: skip
    assert (answer.context["pace"].done, answer.context["pace"].total) == (3, 4)
    assert answer.context["coverage"][0][1] == 2
    assert "of the applications you may see" in html
    assert "of the applications you may see" not in sign_in(oluchi).get(world.address("overview")).content.decode()
    line = sign_in(helena).get(reverse("manage:calls")).context["lines"][0]
    assert (line.submitted, line.in_review, line.reviews_in, line.reviews) == (2, 2, 3, 4)


def test_the_number_of_queries_and_the_weight_are_the_same_for_3_and_for_30(
    world: World, sign_in: Browser, helena: User, chandra: User, django_assert_max_num_queries: Callable
) -> None:
    for user in (helena, chandra):
        browser, counts = sign_in(user), []
        for more in (0, 27):
            make_crowd(world.call, more)
            with django_assert_max_num_queries(15) as few:
                answer = browser.get(world.address("overview"))
            counts.append(len(few))

        assert counts[0] == counts[1]
        assert len(answer.content) <= 60_000
