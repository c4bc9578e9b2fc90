"""`visible_to` and the permissions of the fund agree for everybody, and a page costs the same for 3 rows and 30."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from fund.actions import awards
from fund.models import Award, Call
from fund.rules import holds_award, is_free_of_interest_in_award
from tests.browser import new_browser

PEOPLE = ["helena", "felix", "audrey", "ada", "amir", "nobody"]


@pytest.fixture
def nobody():
    return AnonymousUser()


@pytest.fixture
def several(make_awards, award, amir, ada, helena, felix, recuse):
    """Return awards of different people and times, with recusals."""
    theirs, later, bare, own = make_awards(4)
    theirs.holders.set([amir])
    Award.objects.filter(pk=theirs.pk).update(investigator=amir)
    Award.objects.filter(pk=later.pk).update(offered_at=clock.now() + timedelta(days=1))
    Award.objects.filter(pk=bare.pk).update(source_key=None)
    own.holders.add(helena)
    recuse(helena, award)
    recuse(felix, theirs)
    return list(Award.objects.all())


def may_see(user, award):
    """Say by the rules, one row at a time, what the queryset says for all."""
    if not user.is_authenticated:
        return False
    if holds_award(user, award) and award.offered_at <= clock.now():
        return True
    recused = user.declarations.recusing().filter(subject=award.source_key).exists()
    return user.is_insider and not recused


@pytest.mark.parametrize("name", PEOPLE)
def test_the_list_of_awards_agrees_with_the_rules_row_by_row(several, request, name):
    user = request.getfixturevalue(name)

    seen = set(Award.objects.visible_to(user).values_list("number", flat=True))
    run = set(Award.objects.visible_to_fund(user).values_list("number", flat=True))

    assert seen == {award.number for award in several if may_see(user, award)}
    works_here = user.is_authenticated and user.is_insider
    assert run == {each.number for each in several if works_here and is_free_of_interest_in_award(user, each)}


def test_the_cast_sees_what_it_should(several, helena, felix, audrey, ada, amir, nobody):
    count = {user: Award.objects.visible_to(user).count() for user in (helena, felix, audrey, ada, amir)}

    assert count == {helena: 4, felix: 4, audrey: 5, ada: 3, amir: 1}
    assert Award.objects.visible_to(nobody).count() == 0


def test_a_permission_to_run_an_award_is_never_there_for_one_that_is_not_seen(
    several, helena, felix, audrey, ada, amir
):
    for user in (helena, felix, audrey, ada, amir):
        run = {award.pk for award in several if user.has_perm("fund.run_award", award)}
        seen = set(Award.objects.visible_to_fund(user).values_list("pk", flat=True))
        assert run == (seen if user in (helena, felix) else set())


@pytest.mark.parametrize("name", PEOPLE)
def test_calls_are_public_unless_they_are_drafts_or_cancelled(call, request, name):
    user = request.getfixturevalue(name)
    works_here = user.is_authenticated and user.is_insider
    for state in Call.State.values:
        Call.objects.filter(pk=call.pk).update(state=state)
        assert Call.objects.visible_to(user).exists() is (works_here or state not in ("draft", "cancelled"))


ADDRESSES = {
    "": ["/", "/calls/prevention-first/", "/awards/", "/awards/?country=NO", "/awards/SORF-A-2026-001/"],
    "ada": ["/my-awards/", "/my-awards/SORF-A-2026-001/", "/calls/prevention-first/"],
    "helena": [
        "/manage/awards/", "/manage/awards/?sort=-amount&state=accepted", "/manage/awards/SORF-A-2026-001/",
        "/manage/finance/", "/manage/calls/prevention-first/setup/",
    ],
}  # fmt: skip


def costs(browsers):
    """Return how many queries each page takes, none of them too large."""
    found = {}
    for name, browser in browsers.items():
        for address in ADDRESSES[name]:
            with CaptureQueriesContext(connection) as queries:
                response = browser.get(address)
            assert (address, response.status_code) == (address, 200)
            assert (address, len(response.content)) < (address, 60_000)
            found[name, address] = len(queries)
    return found


def test_a_page_costs_the_same_for_three_rows_and_for_thirty(ada, helena, award, make_awards):
    browsers = {name: new_browser() for name in ADDRESSES}
    browsers["ada"].force_login(ada)
    browsers["helena"].force_login(helena)
    for each in [award, *make_awards(2)]:
        awards.accept(award=each, signatory="Linnea", by=ada)
    few = costs(browsers)
    for each in make_awards(27):
        awards.accept(award=each, signatory="Linnea", by=ada)

    assert costs(browsers) == few
    assert {page: cost for page, cost in few.items() if cost > 15} == {}
