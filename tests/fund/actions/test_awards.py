"""An award's way: offered, answered or lapsed, signed, started."""

import time
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from core import clock
from core.audit.models import AuditEvent
from core.interests.models import Declaration
from core.mail.models import Message
from core.states import WrongState
from fund.actions import awards
from fund.models import Award, AwardCondition, Counter, Instalment, LedgerEntry

State = Award.State


def planned(award: Award) -> Decimal:
    """Return what the instalments that are not cancelled add up to."""
    kept = award.instalments.exclude(state=Instalment.State.CANCELLED)
    return kept.aggregate(total=Sum("amount", default=Decimal(0)))["total"]


def promised(award: Award) -> Decimal:
    """Return what the ledger says is promised for an award."""
    return -award.entries.aggregate(total=Sum("amount", default=Decimal(0)))["total"]


def test_an_offer_copies_its_terms_and_gets_its_number_plan_and_money(terms, helena, pot):
    award = awards.offer(terms=terms, by=helena)

    award.refresh_from_db()
    assert award.number == "SORF-A-2026-001"
    assert (award.state, award.amount, award.offered_amount) == (State.OFFERED, terms.amount, terms.amount)
    assert (award.currency, award.grantee_name, award.investigator_name) == ("USD", "Northmere University", "Ada")
    assert (award.starts_on, award.ends_on, award.months) == (date(2027, 6, 1), date(2028, 11, 30), 18)
    assert list(award.instalments.values_list("number", "amount")) == [
        (1, Decimal("53100.000")), (2, Decimal("53100.000")), (3, Decimal("26550.000")),
    ]  # fmt: skip
    assert award.progress_reports.count() == 2
    assert list(award.holders.all()) == [terms.investigator]
    assert pot.available() == Decimal("867250.000")
    assert list(AuditEvent.objects.filter(subject_type="fund.award").values_list("code", "actor", "data")) == [
        ("award:offer", helena.pk, {"amount": "132750.00", "source": 41})
    ]


def test_an_ethics_condition_blocks_the_second_instalment(terms):
    award = awards.offer(terms=replace(terms, needs_ethics_approval=True), by=None)

    assert list(award.conditions.values_list("text", "blocks", "instalment", "state")) == [
        ("The ethics committee’s approval is on file", "instalment", 2, "open")
    ]


def test_numbers_have_no_gap_when_an_offer_is_refused(terms, make_awards):
    first, second = make_awards(2)
    with pytest.raises(ValidationError):
        awards.offer(terms=replace(terms, amount=Decimal(2_000_000)), by=None)
    (third,) = make_awards(1)

    assert [each.number for each in (first, second, third)] == [f"SORF-A-2026-00{n}" for n in (1, 2, 3)]


def test_an_offer_beyond_the_calls_budget_is_refused(terms, make_awards):
    make_awards(4, amount=Decimal(240_000))

    with pytest.raises(ValidationError, match="The call “Prevention First” does not have that much left"):
        awards.offer(terms=replace(terms, amount=Decimal("40000.01")), by=None)
    assert Award.objects.count() == 4


def test_an_offer_beyond_the_funds_money_is_refused_and_nothing_is_left_of_it(terms, pot):
    call = terms.call
    call.budget = Decimal(5_000_000)
    call.save()

    with pytest.raises(ValidationError, match="The fund does not have USD 1,000,000.01 left to promise"):
        awards.offer(terms=replace(terms, amount=Decimal("1000000.01")), by=None)
    assert (Award.objects.count(), LedgerEntry.objects.count(), Counter.objects.count()) == (0, 1, 0)
    assert pot.available() == 1_000_000


def test_only_an_administrator_without_an_interest_offers(terms, helena, felix, ada):
    Declaration.objects.create(
        person=helena, subject_type="applications.application", subject=41, has_interest=True, declared_at=clock.now()
    )
    for person in (helena, felix, ada):
        with pytest.raises(PermissionDenied):
            awards.offer(terms=terms, by=person)


def test_nobody_to_answer_is_refused(terms):
    with pytest.raises(ValidationError, match="Nobody could answer this offer"):
        awards.offer(terms=replace(terms, investigator=None, holders=()), by=None)


def test_accepting_in_the_last_second_is_in_time(award, ada):
    accepted = awards.accept(award=award, signatory=" Prof. Linnea Sørby ", by=ada, at=award.answer_by)

    assert (accepted.state, accepted.signatory) == (State.ACCEPTED, "Prof. Linnea Sørby")
    assert (accepted.answered_at, accepted.answered_by) == (award.answer_by, ada)
    assert (planned(award), promised(award)) == (award.amount, award.amount)
    assert list(Message.objects.values_list("person", "subject")) == [
        (ada.pk, "You accepted the award SORF-A-2026-001")
    ]


def test_accepting_a_second_late_is_refused(award, ada):
    with pytest.raises(WrongState, match="The time to answer was over at Thu 7 January 2027, 12:00 UTC"):
        awards.accept(award=award, signatory="Linnea", by=ada, at=award.answer_by + timedelta(seconds=1))
    award.refresh_from_db()
    assert award.state == State.OFFERED


def test_accepting_without_a_signatory_is_refused(award, ada):
    with pytest.raises(ValidationError, match="Write the name of the person who signs"):
        awards.accept(award=award, signatory="  ", by=ada)


def test_only_holders_answer(award, helena, amir):
    for person in (helena, amir):
        with pytest.raises(PermissionDenied):
            awards.accept(award=award, signatory="Linnea", by=person)
        with pytest.raises(PermissionDenied):
            awards.decline(award=award, reason="", by=person)


def test_declining_gives_all_the_money_back_and_cancels_the_plan(award, ada, pot):
    declined = awards.decline(award=award, reason="We found other money.", by=ada)

    assert (declined.state, declined.amount, declined.offered_amount) == (
        State.DECLINED, Decimal(0), Decimal("132750.00"),
    )  # fmt: skip
    assert declined.decline_reason == "We found other money."
    assert (planned(award), promised(award), pot.available()) == (0, 0, 1_000_000)


@pytest.mark.parametrize("action", ["accept", "decline"])
def test_an_answer_is_given_once(award, ada, action):
    awards.accept(award=award, signatory="Linnea", by=ada)

    extra = {"signatory": "Linnea"} if action == "accept" else {"reason": ""}
    with pytest.raises(WrongState):
        getattr(awards, action)(award=award, by=ada, **extra)
    award.refresh_from_db()
    assert award.amount == award.offered_amount


def test_overdue_offers_lapse_once_and_their_holders_hear_it(award, ada, pot, make_awards):
    (later,) = make_awards(1, answer_by=award.answer_by + timedelta(days=1))
    with clock.at(award.answer_by + timedelta(seconds=1)):
        awards.lapse_overdue()
        awards.lapse_overdue()

    award.refresh_from_db()
    later.refresh_from_db()
    assert (award.state, award.amount, later.state) == (State.LAPSED, 0, State.OFFERED)
    assert (planned(award), promised(award), pot.available()) == (0, 0, Decimal(980_000))
    assert [message.subject for message in Message.objects.all()] == [
        "The offer of the award SORF-A-2026-001 has lapsed"
    ]
    assert AuditEvent.objects.filter(code="award:lapse").values_list("actor", flat=True).get() is None


def test_an_accepted_award_does_not_lapse(award, ada):
    awards.accept(award=award, signatory="Linnea", by=ada)
    with clock.at(award.answer_by + timedelta(days=9)):
        awards.lapse_overdue()

    award.refresh_from_db()
    assert award.state == State.ACCEPTED


def test_the_signed_agreement_starts_the_award_and_makes_the_first_instalment_due(award, ada, felix):
    awards.accept(award=award, signatory="Linnea", by=ada)
    signed = awards.sign(award=award, signed_on=clock.today(), by=felix)
    active = awards.activate(award=award, by=felix)

    assert (signed.state, signed.signed_on, active.state) == (State.SIGNED, clock.today(), State.ACTIVE)
    assert list(award.instalments.values_list("state", flat=True)) == ["due", "scheduled", "scheduled"]
    assert (planned(award), promised(award)) == (award.amount, award.amount)


@pytest.mark.parametrize(
    ("days", "message"), [(1, "This day is still to come"), (-1, "This day is before the offer was accepted")]
)
def test_an_agreement_is_signed_between_the_acceptance_and_today(award, ada, felix, days, message):
    awards.accept(award=award, signatory="Linnea", by=ada)

    with pytest.raises(ValidationError, match=message):
        awards.sign(award=award, signed_on=clock.today() + timedelta(days=days), by=felix)
    award.refresh_from_db()
    assert (award.state, award.signed_on) == (State.ACCEPTED, None)


@pytest.mark.parametrize("blocks", ["signature", "all"])
def test_an_open_condition_blocks_the_signature_until_it_is_met_or_waived(award, ada, felix, blocks):
    condition = AwardCondition.objects.create(award=award, text="Bank details are verified", blocks=blocks)
    awards.accept(award=award, signatory="Linnea", by=ada)
    with pytest.raises(ValidationError, match="Still open: Bank details are verified"):
        awards.sign(award=award, signed_on=clock.today(), by=felix)

    awards.settle_condition(condition=condition, met=True, by=felix)

    assert awards.sign(award=award, signed_on=clock.today(), by=felix).state == State.SIGNED


def test_waiving_a_condition_needs_a_reason_and_happens_once(award, felix):
    condition = AwardCondition.objects.create(award=award, text="Bank details are verified", blocks="all")
    with pytest.raises(ValidationError, match="Say why this condition need not be met"):
        awards.settle_condition(condition=condition, met=False, by=felix)

    waived = awards.settle_condition(condition=condition, met=False, reason="Paid to a known account", by=felix)

    assert (waived.state, waived.reason, waived.settled_by) == ("waived", "Paid to a known account", felix)
    with pytest.raises(WrongState):
        awards.settle_condition(condition=condition, met=True, by=felix)


def test_whoever_is_recused_from_the_application_does_not_run_its_award(award, ada, felix):
    Declaration.objects.create(
        person=felix, subject_type="applications.application", subject=41, has_interest=True, declared_at=clock.now()
    )
    awards.accept(award=award, signatory="Linnea", by=ada)

    with pytest.raises(PermissionDenied):
        awards.sign(award=award, signed_on=clock.today(), by=felix)


def test_a_withheld_award_keeps_its_reason(award, helena):
    with pytest.raises(ValidationError, match="Say why this award is withheld"):
        awards.withhold(award=award, reason=" ", by=helena)

    withheld = awards.withhold(award=award, reason="The team works undercover.", by=helena)
    assert (withheld.is_withheld, withheld.withheld_reason) == (True, "The team works undercover.")

    shown = awards.publish(award=award, by=helena)
    assert (shown.is_withheld, shown.withheld_reason) == (False, "")


@pytest.mark.parametrize(
    "columns",
    [
        {"amount": Decimal(-1)},
        {"offered_amount": Decimal(0)},
        {"state": "declined"},
        {"state": "signed"},
        {"is_withheld": True},
        {"answered_at": None, "answered_by": 1},
        {"ends_on": date(2027, 6, 1)},
    ],
)
def test_the_database_refuses_awards_that_contradict_themselves(award, ada, columns):
    columns = {**columns, **({"answered_by": ada.pk} if "answered_by" in columns else {})}
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(**columns)


def test_two_hundred_offers_in_one_transaction_take_a_moment(terms, make_awards, pot):
    call = terms.call
    call.budget = Decimal(5_000_000)
    call.save()
    started = time.process_time()

    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        made = make_awards(200, amount=Decimal(5_000))

    assert [made[0].number, made[-1].number] == ["SORF-A-2026-001", "SORF-A-2026-200"]
    assert len(queries) <= 200 * 20
    assert time.process_time() - started < 20
    assert pot.available() == 0
