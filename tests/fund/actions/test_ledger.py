"""Money in and promised: who may pay in, what is never below zero, and how a mistake is corrected."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum

from core.audit.models import AuditEvent
from core.people.models import Organisation
from core.states import WrongState
from fund.actions import ledger
from fund.models import Contribution, LedgerEntry

Kind = Organisation.Kind


def make_organisation(name: str, kind: str, parent: Organisation | None = None) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind, country="NO", parent=parent)


def test_a_pledge_is_no_money_until_it_arrives(pot, company, felix):
    contribution = ledger.pledge(fund=pot, organisation=company, amount=Decimal(500), by=felix)
    assert pot.available() == 1_000_000

    ledger.receive(contribution=contribution, amount=Decimal("200.50"), by=felix, note="Bank reference 7")

    assert pot.available() == Decimal("1000200.50")
    codes = AuditEvent.objects.filter(actor=felix.pk).order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["contribution:pledge", "ledger:received"]


@pytest.mark.parametrize("kind", [Kind.GOVERNMENT, Kind.POLICE])
def test_money_from_a_government_agency_is_refused(pot, felix, kind):
    agency = make_organisation("Ministry of Justice", kind)

    with pytest.raises(ValidationError, match="The fund takes no money from government agencies or NCMEC"):
        ledger.pledge(fund=pot, organisation=agency, amount=Decimal(500), by=felix)
    assert Contribution.objects.count() == 1


def test_money_from_what_belongs_to_a_government_agency_is_refused_at_any_depth(pot, felix):
    ministry = make_organisation("Ministry of Justice", Kind.GOVERNMENT)
    holding = make_organisation("State Holding", Kind.COMPANY, ministry)
    telecom = make_organisation("State Telecom", Kind.COMPANY, holding)

    for organisation in (holding, telecom):
        with pytest.raises(ValidationError, match="nor from what belongs to one"):
            ledger.pledge(fund=pot, organisation=organisation, amount=Decimal(500), by=felix)


@pytest.mark.parametrize(
    "name",
    ["NCMEC", "National Center for Missing & Exploited Children", "National Center for Missing and Exploited Children"],
)
def test_money_from_ncmec_is_refused(pot, felix, name):
    with pytest.raises(ValidationError, match="This contribution is refused"):
        ledger.pledge(fund=pot, organisation=make_organisation(name, Kind.NONPROFIT), amount=Decimal(500), by=felix)


def test_a_contributor_that_became_an_agency_pays_no_more_and_earlier_receipts_stay(pot, company, felix):
    contribution = Contribution.objects.get()
    Organisation.objects.filter(pk=company.pk).update(parent=make_organisation("Ministry", Kind.GOVERNMENT))
    contribution = Contribution.objects.select_related("organisation").get(pk=contribution.pk)

    with pytest.raises(ValidationError, match="This contribution is refused"):
        ledger.receive(contribution=contribution, amount=Decimal(1), by=felix)
    assert pot.available() == 1_000_000


def test_a_circle_of_owners_ends(pot, felix):
    one = make_organisation("One", Kind.COMPANY)
    two = make_organisation("Two", Kind.COMPANY, one)
    Organisation.objects.filter(pk=one.pk).update(parent=two)

    one.refresh_from_db()
    assert ledger.pledge(fund=pot, organisation=one, amount=Decimal(5), by=felix).pledged == 5


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN"])
def test_amounts_that_cannot_be_paid_are_refused(pot, company, felix, amount):
    with pytest.raises(ValidationError):
        ledger.pledge(fund=pot, organisation=company, amount=Decimal(amount), by=felix)


def test_only_finance_and_administrators_write_to_the_ledger(pot, company, helena, felix, audrey, ada):
    for person in (audrey, ada):
        with pytest.raises(PermissionDenied):
            ledger.pledge(fund=pot, organisation=company, amount=Decimal(5), by=person)
    for person in (helena, felix):
        ledger.pledge(fund=pot, organisation=company, amount=Decimal(5), by=person)


def test_the_register_and_the_ledger_say_the_same_amount(award, ada):
    committed = award.entries.aggregate(total=Sum("amount"))["total"]
    assert -committed == award.amount


def test_money_is_promised_to_the_last_cent_and_not_one_more(pot, award):
    left = pot.available()
    award.amount = left
    ledger.commit(award=award, by=None)
    assert pot.available() == 0

    award.amount = Decimal("0.01")
    with pytest.raises(ValidationError, match=r"The fund does not have USD 0\.01 left to promise"):
        ledger.commit(award=award, by=None)


def test_another_currency_is_not_promised(award):
    award.currency = "EUR"
    with pytest.raises(ValidationError, match="This fund promises USD only, and the award is in EUR"):
        ledger.commit(award=award, by=None)


def test_a_mistake_is_corrected_once_by_its_opposite(pot, felix):
    entry = LedgerEntry.objects.get()

    reversal = ledger.reverse(entry=entry, reason="Booked twice", by=felix)

    assert (reversal.kind, reversal.amount, reversal.reverses, reversal.note) == (
        "received", -entry.amount, entry, "Booked twice",
    )  # fmt: skip
    assert pot.available() == 0
    for each in (entry, reversal):
        with pytest.raises(WrongState, match="This entry was reversed already"):
            ledger.reverse(entry=each, reason="Again", by=felix)


def test_a_commitment_is_not_reversed_by_hand(award, felix):
    with pytest.raises(WrongState, match="This entry follows from an award"):
        ledger.reverse(entry=award.entries.get(), reason="Wrong", by=felix)


def test_the_program_refuses_to_change_or_remove_an_entry(pot):
    entry = LedgerEntry.objects.get()
    for change in (
        entry.save,
        entry.delete,
        LedgerEntry.objects.all().delete,
        lambda: LedgerEntry.objects.update(amount=Decimal(5)),
    ):
        with pytest.raises(TypeError, match="Correct a mistake with a reversal"):
            change()


@pytest.mark.parametrize("sql", ["UPDATE fund_ledgerentry SET note = 'x'", "DELETE FROM fund_ledgerentry"])
def test_the_database_refuses_to_change_or_remove_an_entry(pot, sql):
    with pytest.raises(DatabaseError, match="the ledger is only added to"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.parametrize(
    ("kind", "amount"),
    [
        ("received", -5),
        ("returned", -5),
        ("decommitted", -5),
        ("given_back", 5),
        ("fee", 5),
        ("committed", 5),
        ("fee", 0),
    ],
)
def test_the_database_refuses_a_sign_that_does_not_fit_its_kind(pot, award, kind, amount):
    contribution = Contribution.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(
            fund=pot, kind=kind, amount=Decimal(amount), award=award, contribution=contribution,
            entered_at=award.offered_at,
        )  # fmt: skip


def test_a_recused_person_sees_a_ledger_without_the_award(award, make_awards, felix, recuse):
    make_awards(1)
    before = LedgerEntry.objects.visible_to(felix).count()
    recuse(felix, award)

    assert LedgerEntry.objects.visible_to(felix).count() == before - 1
    assert not LedgerEntry.objects.visible_to(felix).filter(award=award).exists()
