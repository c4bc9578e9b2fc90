"""From the funding line to a draw, and what a decision rests on once it is approved."""

import hashlib
import hmac
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from applications.models import Application
from core import clock
from core.audit.models import AuditEvent
from core.jobs import work
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.actions import deciding, drawing
from reviews.actions.ranking import ask_for_ranking
from reviews.models import Assignment, DecisionBasis, Draw, FundingRule, RankingRun, Review, Score
from reviews.models.basis import digest_of
from tests.reviews import panels
from tests.reviews.staff.conftest import World, fill, recuse

pytestmark = pytest.mark.django_db
SEED = "4 8 15 16 23 42"


@pytest.fixture
def call(world: World) -> Call:
    """Three applications that ask for 110,000 each and have the means 6, 4 and 2; money for two."""
    Call.objects.filter(pk=world.call.pk).update(budget=250_000)
    Assignment.objects.filter(application=world.warnings, member=world.police).delete()
    return Call.objects.get(pk=world.call.pk)


def threshold(call: Call, by: User, least: str = "2") -> FundingRule:
    return drawing.set_rule(call=call, budget="line", draw="threshold", threshold=Decimal(least), by=by)


def by_hand(references: list[str]) -> list[str]:
    return sorted(references, key=lambda each: hmac.new(SEED.encode(), each.encode(), hashlib.sha256).hexdigest())


def test_pool_and_seed_are_fixed_before_and_the_order_follows(call: Call, helena: User, oluchi: User) -> None:
    threshold(call, helena)
    fixed = drawing.fix(call=call, seed=f" {SEED} ", by=helena)
    pool = [str(each.reference) for each in call.applications.order_by("reference")]

    assert (fixed.seed, [lot.reference for lot in fixed.lots], fixed.money) == (SEED, pool, 250_000)
    assert (fixed.order, fixed.funded, fixed.drawn_at) == ([], [], None)
    before = Draw.objects.get().fingerprint
    held = drawing.draw(draw=fixed, by=oluchi)
    assert held.order == by_hand(pool)
    assert held.funded == by_hand(pool)[:2]
    assert (held.drawn_by, held.fixed_by, Draw.objects.get().fingerprint) == (oluchi, helena, before)
    with pytest.raises(WrongState, match="held already"):
        drawing.draw(draw=held, by=helena)
    events = AuditEvent.objects.filter(code__startswith="draw:").order_by("pk")
    assert list(events.values_list("code", "actor", "data")) == [
        ("draw:fix", helena.pk, {}),
        ("draw:draw", oluchi.pk, {}),
    ]


def test_without_a_seed_one_is_made_and_a_short_one_is_refused(call: Call, helena: User) -> None:
    threshold(call, helena)
    with pytest.raises(ValidationError, match="8 to 100"):
        drawing.fix(call=call, seed="7", by=helena)

    assert len(drawing.fix(call=call, by=helena).seed) == 32


def test_a_draw_is_fixed_once_and_what_changed_since_stops_it(call: Call, world: World, helena: User) -> None:
    threshold(call, helena)
    first = drawing.fix(call=call, seed=SEED, by=helena)
    with pytest.raises(WrongState, match="fixed already"):
        drawing.fix(call=call, seed="another seed", by=helena)
    with pytest.raises(WrongState, match="Annul the draw"):
        threshold(call, helena, "5")
    Application.objects.filter(pk=world.voices.pk).update(state=Application.State.WITHDRAWN, withdrawn_at=clock.now())
    with pytest.raises(WrongState, match="changed since"):
        drawing.draw(draw=first, by=helena)
    with pytest.raises(ValidationError, match="Say why"):
        drawing.annul(draw=first, reason=" ", by=helena)
    drawing.annul(draw=first, reason="One was withdrawn.", by=helena)
    Call.objects.filter(pk=call.pk).update(budget=120_000)
    second = drawing.draw(draw=drawing.fix(call=call, seed=SEED, by=helena), by=helena)

    assert list(Draw.objects.values_list("pk", "annul_reason")) == [(first.pk, "One was withdrawn."), (second.pk, "")]
    assert str(world.voices.reference) not in second.order
    with pytest.raises(WrongState, match="annulled"):
        drawing.draw(draw=first, by=helena)


@pytest.mark.parametrize(("least", "budget"), [("6.00", 250_000), ("1", 400_000), ("1", 100_000)])
def test_there_is_nothing_to_draw_where_all_fit_or_none(call: Call, helena: User, least: str, budget: int) -> None:
    Call.objects.filter(pk=call.pk).update(budget=budget)
    threshold(call, helena, least)

    with pytest.raises(WrongState, match="nothing to draw"):
        drawing.fix(call=call, by=helena)


def test_the_rule_says_whether_anything_is_drawn(call: Call, helena: User) -> None:
    with pytest.raises(WrongState, match="draw nothing"):
        drawing.fix(call=call, by=helena)
    for wrong in (
        {"draw": "threshold"},
        {"draw": "threshold", "threshold": Decimal(7)},
        {"draw": "x"},
        {"budget": "x"},
    ):
        with pytest.raises(ValidationError):
            drawing.set_rule(call=call, **({"budget": "line", "draw": "none"} | wrong), by=helena)  # type: ignore[arg-type]
    drawing.set_rule(call=call, budget="skip", draw="tie", threshold=Decimal(3), by=helena)
    assert FundingRule.objects.get().threshold is None
    with pytest.raises(WrongState, match="Compute it"):
        drawing.fix(call=call, by=helena)


def test_a_tie_is_drawn_from_those_that_cross_the_line_with_what_the_others_leave(call: Call, helena: User) -> None:
    drawing.set_rule(call=call, budget="line", draw="tie", by=helena)
    ask_for_ranking(call=call, by=helena)
    work.run_all()
    run = RankingRun.objects.get()
    [one, two, three] = run.result["applications"]
    one["interval"], two["interval"], three["interval"] = [1, 1], [2, 3], [2, 3]
    run.save()
    fixed = drawing.fix(call=call, seed=SEED, by=helena)

    assert [lot.reference for lot in fixed.lots] == sorted([two["application"], three["application"]])
    assert (fixed.money, fixed.run) == (140_000, run)
    held = drawing.draw(draw=fixed, by=helena)
    assert len(held.funded) == 1
    assert held.order == by_hand(held.order)


@pytest.fixture(params=["recused", "still to review"])
def shut_out(request: pytest.FixtureRequest, world: World, helena: User) -> User:
    """An administrator who may not know every score of the call."""
    if request.param == "recused":
        recuse(helena, world.warnings)
    else:
        member = panels.make_member(world.call, helena, "research")
        panels.assign(world.warnings, member)
    return helena


def test_nothing_of_a_draw_reaches_whom_not_every_score_is_open(
    call: Call,
    shut_out: User,
    oluchi: User,
    sign_in: Any,
) -> None:
    threshold(call, oluchi)
    fixed = drawing.fix(call=call, seed=SEED, by=oluchi)
    for step in (drawing.draw, drawing.annul):
        with pytest.raises(PermissionDenied):
            step(draw=fixed, by=shut_out, **({"reason": "x"} if step is drawing.annul else {}))
    browser: Client = sign_in(shut_out)
    page = browser.get(f"/manage/calls/{call.slug}/ranking/draw/")

    assert "Not open to you" in page.content.decode()
    assert SEED not in page.content.decode()
    assert not any(
        SEED in str(browser.get(url).content) for url in (f"/manage/calls/{call.slug}/ranking/", "/api/v1/draws/")
    )
    assert browser.get(f"/api/v1/draws/{fixed.pk}/").status_code == 404


def test_the_pages_lead_from_the_rule_to_the_order(call: Call, helena: User, sign_in: Any) -> None:
    browser: Client = sign_in(helena)
    place = f"/manage/calls/{call.slug}/ranking/"
    refused = browser.post(f"{place}rule/", {"budget": "line", "draw": "threshold"})
    assert (refused.status_code, "Write the least weighted mean" in refused.content.decode()) == (422, True)
    browser.post(f"{place}rule/", {"budget": "line", "draw": "threshold", "threshold": "2"})
    assert "Would be drawn now" in browser.get(f"{place}draw/").content.decode()
    short = browser.post(f"{place}draw/", {"step": "fix", "seed": "7"})
    assert (short.status_code, "8 to 100" in short.content.decode()) == (422, True)
    browser.post(f"{place}draw/", {"step": "fix", "seed": SEED})
    fixed = browser.get(f"{place}draw/").content.decode()
    assert all(words in fixed for words in (SEED, "Hold the draw", "The pool"))
    browser.post(f"{place}draw/", {"step": "draw"})

    assert [place.reference for place in browser.get(f"{place}draw/").context["places"]] == Draw.objects.get().order
    words = [str(row.against_line[0]) for row, *_ in browser.get(place).context["rows"]]
    assert sorted(words) == ["Drawn", "Drawn", "Not drawn"]
    api = browser.get(f"/api/v1/rankings/{call.slug}/").json()
    assert sorted(row["against_line"] for row in api["applications"]) == ["drawn", "drawn", "left"]


def test_decisions_are_prepared_from_the_draw_where_there_is_none_yet(call: Call, world: World, helena: User) -> None:
    threshold(call, helena)
    fixed = drawing.fix(call=call, seed=SEED, by=helena)
    with pytest.raises(WrongState, match="not held yet"):
        drawing.prepare_decisions(draw=fixed, by=helena)
    held = drawing.draw(draw=fixed, by=helena)
    first = call.applications.get(reference=held.order[0])
    deciding.prepare(application=first, outcome="decline", rationale="Withdrawn by word of mouth.", by=helena)

    made = drawing.prepare_decisions(draw=held, by=helena)
    assert {str(each.application.reference): (each.outcome, each.amount) for each in made} == {
        held.order[1]: ("fund", 110_000), held.order[2]: ("reserve", None),
    }  # fmt: skip
    assert drawing.prepare_decisions(draw=held, by=helena) == []


# What a decision rests on.


@pytest.fixture
def approved(call: Call, world: World, helena: User, oluchi: User) -> DecisionBasis:
    """A decision on the application with the scores 6 and 6, approved after a ranking and a draw."""
    fill(call.fund)
    threshold(call, oluchi)
    ask_for_ranking(call=call, by=oluchi)
    work.run_all()
    drawing.draw(draw=drawing.fix(call=call, seed=SEED, by=oluchi), by=oluchi)
    panels.approved(world.voices, "fund", by=[helena, oluchi])
    return DecisionBasis.objects.get()


def test_a_decision_keeps_all_that_it_rests_on(approved: DecisionBasis, world: World, oluchi: User) -> None:
    content, run, draw = approved.content, RankingRun.objects.get(), Draw.objects.get()
    reviews = Review.objects.filter(assignment__application=world.voices).order_by("pk")

    assert content["rubric"] == {
        "id": world.call.rubric_id, "number": 1, "weights": {"quality": 40, "usefulness": 40, "safety": 20}, "scale": [1, 6],
    }  # fmt: skip
    assert [(each["review"], each["group"], each["weighted"]) for each in content["reviews"]] == [
        (reviews[0].pk, "ngo", "6.0000"), (reviews[1].pk, "police", "6.0000"),
    ]  # fmt: skip
    assert content["reviews"][0]["scores"] == {"quality": 6, "usefulness": 6, "safety": 6}
    assert (content["mean"], content["spread"], content["overall"]) == ("6.0000", "0.0000", "6.0000")
    assert [content["ranking"][key] for key in ("model", "seed", "digest", "of", "is_whole")] == [
        "snsf-2022/1", run.seed, run.digest, 3, True,
    ]  # fmt: skip
    reference = str(world.voices.reference)
    assert content["draw"] == {
        "draw": draw.pk, "seed": SEED, "fingerprint": draw.fingerprint, "place": draw.order.index(reference) + 1,
        "is_funded": reference in draw.funded, "amount": "110000.000",
    }  # fmt: skip
    assert (approved.frozen_by, approved.is_untouched, approved.digest) == (oluchi, True, digest_of(content))


def test_what_is_frozen_stays_when_a_score_changes_and_goes_with_the_approval(
    approved: DecisionBasis, oluchi: User
) -> None:
    Score.objects.update(value=1)

    assert DecisionBasis.objects.get().content == approved.content
    deciding.unapprove(decision=approved.decision, by=oluchi)
    assert not DecisionBasis.objects.exists()


def test_the_ranking_in_it_is_not_for_whom_another_application_is_shut(
    approved: DecisionBasis,
    world: World,
    helena: User,
    audrey: User,
    chandra: User,
    sign_in: Any,
) -> None:
    page, api = f"/manage/calls/{world.call.slug}/decisions/{approved.decision_id}/basis/", "/api/v1/decisions/"
    api = f"{api}{approved.decision_id}/basis/"
    recuse(helena, world.lines)
    shut, whole = sign_in(helena), sign_in(audrey)

    assert "Expected rank" in whole.get(page).content.decode()
    assert "Expected rank" not in shut.get(page).content.decode()
    assert whole.get(api).json()["content"] == approved.content
    assert shut.get(api).json()["content"] == approved.content | {"ranking": None, "draw": None}
    recuse(helena, world.voices)
    assert (shut.get(page).status_code, shut.get(api).status_code) == (404, 404)
    assert sign_in(chandra).get(page).status_code == 403


def test_only_the_chair_reads_of_leniency(call: Call, helena: User, chandra: User, sign_in: Any) -> None:
    ask_for_ranking(call=call, by=helena)
    work.run_all()
    page, api = f"/manage/calls/{call.slug}/ranking/leniency/", f"/api/v1/rankings/{call.slug}/leniency/"
    chair = sign_in(chandra)

    assert [member.person.name for member, _ in chair.get(page).context["rows"]] == ["Nadia Osei", "Pavel Ruz"]
    assert [sorted(each) for each in chair.get(api).json()] == [["count", "mean", "member", "sd"]] * 2
    assert (sign_in(helena).get(page).status_code, sign_in(helena).get(api).status_code) == (403, 403)
    assert "leniency/" not in sign_in(helena).get(f"/manage/calls/{call.slug}/ranking/").content.decode()
