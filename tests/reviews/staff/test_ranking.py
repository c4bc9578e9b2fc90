"""The ranking of a call on its page: worked out once for the same scores, and never from what one may not see."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.test import Client

from core import clock
from core.jobs import work
from core.jobs.models import Job
from core.people.models import User
from fund.models import Call
from reviews.models import Assignment, RankingRun
from reviews.order import digest_of, order_of, read
from reviews.rank_chart import rank_chart
from reviews.standing import results_of
from tests.reviews import panels
from tests.reviews.staff.conftest import World, recuse

Browser = Callable[[User], Client]


def titles(browser: Client, world: World, query: str = "") -> list[str]:
    """Return the first words of the rows' titles, in the page's order."""
    rows = browser.get(f"{world.address('ranking')}{query}").context["rows"]
    return [row.result.application.title.split()[0] for row, *_ in rows]


def test_the_weighted_ranking_is_there_at_once_and_the_expected_ranks_after_the_job(
    world: World, sign_in: Browser, helena: User, audrey: User
) -> None:
    work.run_all()
    browser = sign_in(helena)
    before = browser.get(world.address("ranking"))

    assert [(row.result.rank, row.result.shown_mean, row.ranked) for row, *_ in before.context["rows"]] == [
        (1, Decimal("6.00"), None), (2, Decimal("4.00"), None), (3, Decimal("2.00"), None),
    ]  # fmt: skip
    assert "chart" not in before.context
    assert browser.post(world.address("ranking")).url == world.address("ranking")
    assert "data-poll" in browser.get(world.address("ranking")).content.decode()
    work.run_all()
    after = sign_in(audrey).get(world.address("ranking"))
    assert [row.ranked.place for row, *_ in after.context["rows"]] == [1, 2, 3]
    assert "<svg" in after.content.decode()
    assert browser.post(world.address("ranking"), follow=True).status_code == 200
    assert RankingRun.objects.count() == 1


def test_a_new_score_makes_the_ranking_out_of_date(world: World, sign_in: Browser, helena: User) -> None:
    browser = sign_in(helena)
    browser.post(world.address("ranking"))
    work.run_all()
    panels.submit(Assignment.objects.get(application=world.warnings, member=world.police), 5, 5)
    page = browser.get(world.address("ranking"))

    assert page.context["run"] is None
    assert "Compute the ranking" in page.content.decode()


def test_a_ranking_whose_scores_changed_before_the_job_ran_is_dropped(
    world: World, sign_in: Browser, helena: User
) -> None:
    sign_in(helena).post(world.address("ranking"))
    panels.submit(Assignment.objects.get(application=world.warnings, member=world.police), 5, 5)
    work.run_all()

    assert not RankingRun.objects.exists()


def test_a_ranking_that_never_came_can_be_asked_for_again(world: World, sign_in: Browser, helena: User) -> None:
    browser = sign_in(helena)
    browser.post(world.address("ranking"))
    assert "Compute the ranking" not in browser.get(world.address("ranking")).content.decode()
    RankingRun.objects.update(asked_at=clock.now() - timedelta(minutes=3))
    Job.objects.filter(kind="ranking").delete()
    html = browser.get(world.address("ranking")).content.decode()
    assert "Compute the ranking" in html
    assert "data-poll" not in html
    browser.post(world.address("ranking"))
    work.run_all()

    assert RankingRun.objects.get().result is not None


def test_a_recused_person_gets_a_ranking_of_the_rest(
    world: World, sign_in: Browser, helena: User, oluchi: User
) -> None:
    sign_in(oluchi).post(world.address("ranking"))
    recuse(helena, world.voices)
    browser = sign_in(helena)
    assert browser.get(world.address("ranking")).context["run"] is None
    browser.post(world.address("ranking"))
    work.run_all()
    page = browser.get(world.address("ranking")).context

    assert RankingRun.objects.count() == 2
    assert [(row.result.application, row.ranked.place) for row, *_ in page["rows"]] == [
        (world.warnings, 1),
        (world.lines, 2),
    ]
    assert world.voices.reference not in str(page["run"].result)


def test_nothing_scored_is_told(sign_in: Browser, helena: User) -> None:
    call = panels.make_call_in_review(applications=1)
    world = World(call, *[None] * 5)  # type: ignore[arg-type]
    answer = sign_in(helena).post(world.address("ranking"), follow=True)

    assert "No review that you may see is in yet, so there is nothing to rank." in answer.content.decode()


def test_it_is_sorted_by_link(world: World, sign_in: Browser, helena: User) -> None:
    browser = sign_in(helena)
    grooming, warnings, offender = "Grooming", "Warnings", "Offender"
    for query, expected in {
        "?sort=mean": [offender, warnings, grooming], "?sort=-mean": [grooming, warnings, offender],
        "?sort=title": [grooming, offender, warnings], "?sort=-spread": [offender, grooming, warnings],
        "?sort=-ngo&show=groups": [grooming, warnings, offender], "?sort=-police": [grooming, offender, warnings],
        "?sort=-disagree": [grooming, warnings, offender], "?sort=-sum": [offender, warnings, grooming],
        "?sort=expected": [grooming, warnings, offender], "?sort=colour": [grooming, warnings, offender],
        "?page=99": [grooming, warnings, offender],
    }.items():  # fmt: skip
        assert (query, titles(browser, world, query)) == (query, expected)


def test_the_other_table_has_the_means_by_group(world: World, sign_in: Browser, helena: User) -> None:
    page = sign_in(helena).get(f"{world.address('ranking')}?show=groups").context

    assert [head.label for head in page["heads"]] == [
        "Rank",
        "Application",
        "Mean",
        "NGOs, hotlines",
        "Law enforcement",
        "Reviewers",
    ]
    assert [means for *_, means in page["rows"]] == [
        [Decimal("6.00"), Decimal("6.00")], [Decimal("4.00"), None], [Decimal("3.00"), Decimal("1.00")],
    ]  # fmt: skip


def test_the_line_is_where_the_budget_ends(world: World, sign_in: Browser, helena: User) -> None:
    browser = sign_in(helena)
    Call.objects.filter(pk=world.call.pk).update(budget=250_000)
    browser.post(world.address("ranking"))
    work.run_all()
    call = Call.objects.select_related("rubric").get(pk=world.call.pk)
    results = results_of(call, helena)
    found = order_of(call, results, read(RankingRun.objects.get(digest=digest_of(call, results))))

    assert (found.fundable, found.down_to_line) == (2, 220_000)
    assert found.line is not None
    assert found.line.line == found.rows[1].ranked.expected_rank  # type: ignore[union-attr]
    assert f"funding line, rank {found.line.line:.1f}" in str(rank_chart(found).marks)
