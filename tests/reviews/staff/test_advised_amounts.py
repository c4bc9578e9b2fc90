"""The money that counts: what the panel advises where it names an amount, else what was asked for; everywhere alike."""

from decimal import Decimal
from typing import Any

import pytest

from applications.models import Application
from core.documents.models import Document
from core.jobs import work
from core.people.models import User
from core.states import WrongState
from fund.models import Call, Fund
from reports.rankings import ask_for_ranking_report
from reviews.actions import deciding, drawing
from reviews.models import Assignment, DecisionBasis
from reviews.order_seen import seen_by
from tests.core.pdf.reading import text_of
from tests.reviews import panels
from tests.reviews.staff.conftest import World, fill, recuse

pytestmark = pytest.mark.django_db
SEED = "4 8 15 16 23 42"


@pytest.fixture
def call(world: World) -> Call:
    """Three applications that ask for 110,000 each and have the means 6, 4 and 2; money for two."""
    Call.objects.filter(pk=world.call.pk).update(budget=250_000)
    Assignment.objects.filter(application=world.warnings, member=world.police).delete()
    return Call.objects.select_related("fund").get(pk=world.call.pk)


def advise(application: Application, kind: str = "fund", amount: str | None = "30000", **fields: Any) -> None:
    given = Decimal(amount) if amount else None
    deciding.recommend(application=application, kind=kind, rationale="As discussed.", amount=given, **fields, by=None)


def test_the_line_falls_where_the_advised_amounts_end(call: Call, world: World, helena: User) -> None:
    assert (seen_by(call, helena).order.fundable, seen_by(call, helena).order.down_to_line) == (2, 220_000)
    advise(world.voices)
    advise(world.lines, "reserve", None, rank=1)
    found = seen_by(call, helena).order

    assert (found.fundable, found.down_to_line) == (3, 250_000)
    assert [(row.takes, row.advised, row.so_far) for row in found.rows] == [
        (30_000, 30_000, 30_000), (110_000, None, 140_000), (110_000, None, 250_000),
    ]  # fmt: skip


def test_what_asks_for_nothing_and_has_no_advice_takes_nothing(call: Call, world: World, helena: User) -> None:
    Application.objects.filter(pk=world.voices.pk).update(amount=None)
    first = seen_by(call, helena).order.rows[0]

    assert (first.takes, first.lot.amount, first.is_cut, first.so_far) == (None, 0, False, 0)


def test_page_report_and_interface_say_the_same_amount(call: Call, world: World, helena: User, sign_in: Any) -> None:
    advise(world.voices, amount="30000.50")
    browser = sign_in(helena)
    page = browser.get(world.address("ranking")).content.decode()
    ask_for_ranking_report(call=call, by=helena)
    work.run_all()
    report = " ".join(text_of(Document.objects.get(kind="ranking-report").read()).split())
    rows = {row["application"]: row for row in browser.get(f"/api/v1/rankings/{call.slug}/").json()["applications"]}

    assert all(words in page for words in ("30,000.50", "of 110,000", "What the panel advises counts"))
    assert all(words in report for words in ("30,000.50", "asked for 110,000", "that one counts"))
    amounts = [
        [rows[str(each.reference)][name] for name in ("amount", "advised_amount", "counted_amount")]
        for each in (world.voices, world.lines)
    ]
    assert amounts == [["110000.000", "30000.500", "30000.500"], ["110000.000", None, "110000.000"]]


def test_a_draw_counts_and_prepares_what_is_advised(call: Call, world: World, helena: User) -> None:
    Fund.objects.filter(pk=call.fund_id).update(currency="KWD")
    Call.objects.filter(pk=call.pk).update(budget=150_000)
    drawing.set_rule(call=call, budget="skip", draw="threshold", threshold=Decimal(2), by=helena)
    advise(world.voices, amount="30000.125")
    fixed = drawing.fix(call=call, seed=SEED, by=helena)
    assert dict(fixed.pool)[str(world.voices.reference)] == "30000.125"
    held = drawing.draw(draw=fixed, by=helena)
    made = drawing.prepare_decisions(draw=held, by=helena)

    assert len(held.funded) == 2
    amounts = {each.application_id: each.amount for each in made if each.outcome == "fund"}
    assert amounts[world.voices.pk] == Decimal("30000.125")


def test_advice_after_a_draw_was_fixed_stops_it(call: Call, world: World, helena: User) -> None:
    drawing.set_rule(call=call, budget="line", draw="threshold", threshold=Decimal(2), by=helena)
    fixed = drawing.fix(call=call, seed=SEED, by=helena)
    advise(world.voices)

    with pytest.raises(WrongState, match="changed since"):
        drawing.draw(draw=fixed, by=helena)


def test_a_decision_keeps_which_amount_counted(
    call: Call, world: World, helena: User, oluchi: User, sign_in: Any
) -> None:
    fill(call.fund)
    advise(world.voices)
    asked = panels.approved(world.lines, "reserve", by=[helena, oluchi])
    advised = panels.approved(world.voices, "fund", by=[helena, oluchi], amount=30_000)
    money = {each.decision_id: each.content["money"] for each in DecisionBasis.objects.all()}

    assert money == {
        advised.pk: {"asked": "110000.000", "advised": "30000.000", "used": "advised"},
        asked.pk: {"asked": "110000.000", "advised": None, "used": "asked"},
    }
    page = sign_in(helena).get(world.address("basis", advised.pk)).content.decode()
    assert "30,000<br>as the panel advised" in page


def test_advice_on_what_is_shut_counts_for_nobody_else(call: Call, world: World, oluchi: User) -> None:
    recuse(oluchi, world.voices)
    before = seen_by(call, oluchi).order
    advise(world.voices)

    assert seen_by(call, oluchi).order == before
