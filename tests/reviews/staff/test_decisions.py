"""From advice to letters, on the pages: recommended, prepared in one step, approved by a second person, released."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.documents.models import Document
from core.jobs import work
from core.jobs.models import Job
from core.people.models import Organisation, User
from fund.models import Award, Call, Fund
from reviews.actions import deciding
from reviews.models import Decision, Recommendation, Release
from tests.reviews import panels
from tests.reviews.staff.conftest import World, fill
from tests.reviews.staff.crowd import make_crowd

Browser = Callable[[User], Client]
WHY = "The panel was of one mind."


def test_advice_is_recorded_and_recorded_again(world: World, sign_in: Browser, chandra: User) -> None:
    browser, address = sign_in(chandra), world.address("recommendation", world.voices.reference)
    answer = browser.post(address, {"kind": "fund", "amount": "80,000", "rationale": WHY})

    assert (answer.status_code, answer.url) == (302, world.address("ranking"))
    browser.post(address, {"kind": "reserve", "amount": "80,000", "rank": "2", "rationale": WHY})
    assert list(Recommendation.objects.values_list("kind", "amount", "rank", "rationale")) == [
        ("reserve", None, 2, WHY)
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "fund", "amount": "-5", "rationale": WHY}, "An amount cannot be negative. Write it without the minus sign."),
        ({"kind": "fund", "amount": "much", "rationale": WHY}, "“much” is not an amount. Write it in figures, such as 12,500."),
        ({"kind": "fund", "amount": "", "rationale": WHY}, "Say how much, in figures."),
        ({"kind": "fund", "amount": "110000.01", "rationale": WHY}, "They asked for USD 110,000. Give that or less."),
        ({"kind": "fund", "amount": "5", "rationale": " "}, "Say why, in words that the applicant can learn from."),
        ({"rationale": WHY}, "Choose what the panel advises."),
    ],
)  # fmt: skip
def test_advice_that_cannot_be_is_told_and_kept(
    world: World, sign_in: Browser, helena: User, typed: dict[str, str], sentence: str
) -> None:
    answer = sign_in(helena).post(world.address("recommendation", world.voices.reference), typed)
    html = answer.content.decode()

    assert answer.status_code == 200
    assert sentence in html
    assert typed.get("amount", "") in html
    assert typed["rationale"].strip() in html
    assert not Recommendation.objects.exists()


def test_decisions_are_prepared_from_the_advice_in_one_step(world: World, sign_in: Browser, helena: User) -> None:
    for application, kind, amount in ((world.voices, "conditions", Decimal(60_000)), (world.lines, "decline", None)):
        deciding.recommend(application=application, kind=kind, amount=amount, rationale=WHY, by=helena)
    browser = sign_in(helena)
    preview = browser.get(world.address("prepare_all"))

    assert (preview.context["sums"].offers, preview.context["after"]) == (1, 940_000)
    keys = [world.voices.pk, world.lines.pk]
    assert browser.post(world.address("prepare_all"), {"application": keys}).url == world.address("decisions")
    assert sorted(Decision.objects.values_list("application", "outcome", "amount", "state")) == [
        (world.voices.pk, "fund", 60_000, "draft"), (world.lines.pk, "decline", None, "draft"),
    ]  # fmt: skip
    assert browser.get(world.address("prepare_all")).context["rows"] == []


def test_a_decision_is_prepared_singly_and_replaced(world: World, sign_in: Browser, helena: User) -> None:
    browser, address = sign_in(helena), world.address("decide", world.voices.reference)
    browser.post(
        address, {"outcome": "fund", "amount": "70000", "rationale": WHY, "special_conditions": "An ethics board."}
    )
    browser.post(address, {"outcome": "decline", "rationale": "Too early."})
    kept = browser.post(address, {"outcome": "fund", "amount": "1e9", "rationale": WHY})

    assert list(Decision.objects.order_by("pk").values_list("outcome", "amount", "state")) == [
        ("fund", 70_000, "superseded"), ("decline", None, "draft"),
    ]  # fmt: skip
    assert "They asked for USD 110,000. Give that or less." in kept.content.decode()


def test_only_a_second_person_approves(world: World, sign_in: Browser, helena: User, oluchi: User) -> None:
    for application in (world.voices, world.lines):
        deciding.prepare(application=application, outcome="decline", rationale=WHY, by=helena)
    decisions = list(Decision.objects.values_list("pk", flat=True))
    own, other = sign_in(helena), sign_in(oluchi)

    assert own.get(world.address("approve")).context["rows"] == []
    own.post(world.address("approve"), {"decision": decisions})
    assert not Decision.objects.filter(state="approved").exists()
    assert len(other.get(world.address("approve")).context["rows"]) == 2
    other.post(world.address("approve"), {"decision": decisions})
    assert list(Decision.objects.values_list("state", "approved_by")) == [("approved", oluchi.pk)] * 2
    other.post(world.address("unapprove", decisions[0]))
    assert sorted(Decision.objects.values_list("state", flat=True)) == ["approved", "draft"]


def test_approval_is_of_all_the_chosen_or_of_none(world: World, sign_in: Browser, helena: User, oluchi: User) -> None:
    fill(world.call.fund, 100_000)
    for application, amount in ((world.voices, Decimal(60_000)), (world.lines, Decimal(50_000))):
        deciding.prepare(application=application, outcome="fund", amount=amount, rationale=WHY, by=helena)
    answer = sign_in(oluchi).post(
        world.address("approve"), {"decision": list(Decision.objects.values_list("pk", flat=True))}
    )

    assert answer.status_code == 200
    assert f"Nothing was done. {world.lines.reference}: With what is already approved" in answer.content.decode()
    assert list(Decision.objects.values_list("state", flat=True)) == ["draft", "draft"]


@pytest.fixture
def forty(helena: User, oluchi: User) -> Call:
    """A call with 40 approved decisions, two of them to fund."""
    call = panels.make_call_in_review("forty", applications=2)
    fill(call.fund)
    first, second = call.applications.order_by("pk")
    made = [first, second, *make_crowd(call, 38)]
    for application in made:
        outcome = "fund" if application in (first, second) else "decline"
        panels.approved(application, outcome, by=(helena, oluchi))
    work.run_all()
    return call


def test_a_release_of_40_decisions_makes_one_letter_each_and_cannot_be_done_twice(
    forty: Call, sign_in: Browser, helena: User
) -> None:
    browser, address = sign_in(helena), reverse("manage:release_check", args=[forty.slug])
    check = browser.get(address)
    keys = [each.pk for each in check.context["rows"]]

    assert (check.context["sums"].number, check.context["sums"].offers, check.context["sums"].amount) == (
        40,
        2,
        100_000,
    )
    answer = browser.post(address, {"decision": keys, "visible_at": ""})
    made = Release.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("jobs:batch", args=[made.batch_id]))
    again = browser.post(address, {"decision": keys, "visible_at": ""})
    assert again.status_code == 200
    assert "was released already. Nothing was released" in again.content.decode()
    work.run_all()

    assert Release.objects.count() == 1
    assert Award.objects.count() == 2
    assert Job.objects.filter(batch=made.batch, state="done").count() == 40
    letters = Document.objects.filter(kind__in=["award-letter", "outcome-letter"])
    assert letters.count() == len(set(letters.values_list("kind", "subject"))) == 40
    page = browser.get(reverse("manage:release", args=[forty.slug, made.pk]))
    assert (page.context["done"], page.context["held"], page.context["left"]) == (40, 0, 0)
    assert all(letter.document for letter in page.context["letters"])
    assert (
        sum(
            row.letter is not None
            for row in browser.get(reverse("manage:decisions", args=[forty.slug])).context["rows"]
        )
        == 40
    )


def test_what_letters_will_be_held_for_is_told_before_they_are_released(
    world: World, sign_in: Browser, helena: User, oluchi: User
) -> None:
    fill(world.call.fund)
    panels.approved(world.voices, "fund", by=(helena, oluchi))
    browser, address = sign_in(helena), world.address("release_check")
    assert browser.get(address).context["lacks"] == []

    Organisation.objects.update(address=" ")
    Fund.objects.update(signatory="")
    page = browser.get(address)
    assert page.context["lacks"] == [
        "Nobody signs for the fund, so no letter can be made.",
        f"No address of the grantee: {world.voices.reference}.",
    ]
    assert "Letters will be held" in page.content.decode()


def test_a_time_that_is_no_time_releases_nothing(world: World, sign_in: Browser, helena: User, oluchi: User) -> None:
    decision = panels.approved(world.voices, "decline", by=(helena, oluchi))
    browser = sign_in(helena)
    answer = browser.post(world.address("release_check"), {"decision": [decision.pk], "visible_at": "soon"})

    assert "Give a date and a time, such as 2026-12-15 09:00, or leave this empty." in answer.content.decode()
    assert 'value="soon"' in answer.content.decode()
    assert [each.pk for each in answer.context["rows"]] == [decision.pk]
    assert not Release.objects.exists()
    browser.post(world.address("release_check"), {"decision": [decision.pk], "visible_at": "2099-12-15T09:00"})
    assert Release.objects.get().visible_at.isoformat() == "2099-12-15T09:00:00+00:00"


def test_a_letter_that_fails_is_held_with_its_reason(
    world: World, sign_in: Browser, helena: User, oluchi: User
) -> None:
    decision = panels.approved(world.voices, "decline", by=(helena, oluchi))
    made = deciding.release(call=world.call, decisions=[decision], by=helena)
    Job.objects.filter(key=f"letter-{decision.pk}").update(
        state="failed", error="Lacking: The signatory has no address.", finished_at=clock.now()
    )
    browser = sign_in(helena)
    answer = browser.get(world.address("release", made.pk) + "?letters=held")

    assert [(letter.state, letter.reason) for letter in answer.context["letters"]] == [
        (("Held", "yours"), "The signatory has no address.")
    ]
    assert (answer.context["held"], answer.context["left"]) == (1, 0)
