"""The pages of those who run awards and keep the ledger."""

from decimal import Decimal

import pytest

from core import clock
from fund.actions import awards
from fund.models import Award, AwardCondition, Contribution, LedgerEntry

PAGES = ["/manage/awards/", "/manage/awards/SORF-A-2026-001/", "/manage/finance/"]
CHANGES = ["/manage/awards/SORF-A-2026-001/sign/", "/manage/awards/SORF-A-2026-001/withhold/"]


@pytest.fixture
def as_felix(client, felix):
    client.force_login(felix)
    return client


@pytest.fixture
def accepted(award, ada):
    return awards.accept(award=award, signatory="Linnea", by=ada)


@pytest.mark.parametrize(
    ("name", "read", "change"), [("helena", 200, 200), ("felix", 200, 200), ("audrey", 200, 403), ("ada", 403, 403)]
)
def test_who_may_read_and_who_may_change(client, accepted, request, name, read, change):
    client.force_login(request.getfixturevalue(name))

    assert [client.get(address).status_code for address in PAGES] == [read] * 3
    assert [client.get(address).status_code for address in CHANGES] == [change] * 2
    assert client.get("/manage/finance/pledge/").status_code == change


def test_a_visitor_is_asked_to_sign_in(client, award):
    for address in PAGES + CHANGES:
        response = client.get(address)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/account/login/")


def test_whoever_is_recused_finds_nothing_of_the_award(as_felix, felix, award, make_awards, recuse):
    (other,) = make_awards(1, title="Carers online")
    recuse(felix, award)

    listed = as_felix.get("/manage/awards/")
    finance = as_felix.get("/manage/finance/").content.decode()

    assert award.number not in listed.content.decode()
    assert (listed.context["totals"].grants, listed.context["totals"].amount) == (1, Decimal(20_000))
    assert as_felix.get(f"/manage/awards/{award.number}/").status_code == 404
    assert as_felix.post(f"/manage/awards/{award.number}/sign/", {"signed_on": "2026-11-23"}).status_code == 404
    assert award.number not in finance
    assert other.number in finance
    assert "USD\xa0980,000" in finance
    assert "867,250" not in finance
    assert "Figures of the awards that you may see." in finance
    assert award.title not in as_felix.get("/manage/awards/?q=bystanders").content.decode()


def test_signing_starting_suspending_and_going_on(as_felix, accepted):
    address = f"/manage/awards/{accepted.number}/"
    assert "What to do next: get the agreement signed" in as_felix.get(address).content.decode()

    states = []
    for step, fields in (("sign", {"signed_on": "2026-11-23"}), ("activate", {}), ("suspend", {}), ("resume", {})):
        assert as_felix.get(f"{address}{step}/").status_code == 200
        assert as_felix.post(f"{address}{step}/", fields).status_code == 302
        states.append(Award.objects.get().state)

    assert states == ["signed", "active", "suspended", "active"]


@pytest.mark.parametrize(
    ("signed_on", "message"),
    [
        ("2027-01-01", "This day is still to come."),
        ("2026-11-01", "This day is before the offer was accepted."),
        ("someday", "Write a date as year-month-day, such as 2027-06-01."),
        ("", "Fill this in."),
    ],
)
def test_a_wrong_day_is_answered_with_a_sentence_beside_it(as_felix, accepted, signed_on, message):
    page = as_felix.post(f"/manage/awards/{accepted.number}/sign/", {"signed_on": signed_on}).content.decode()

    assert message in page
    assert f'value="{signed_on}"' in page or not signed_on


def test_a_step_from_the_wrong_state_is_refused(as_felix, award):
    response = as_felix.post(f"/manage/awards/{award.number}/sign/", {"signed_on": "2026-11-23"})

    assert response.status_code == 409
    assert Award.objects.get().state == "offered"


def test_an_unknown_step_is_not_found(as_felix, award):
    assert as_felix.get(f"/manage/awards/{award.number}/accept/").status_code == 404


def test_conditions_are_met_or_waived_on_the_page(as_felix, award):
    one = AwardCondition.objects.create(award=award, text="Bank details are verified")
    two = AwardCondition.objects.create(award=award, text="Ethics approval is on file")
    address = f"/manage/awards/{award.number}/conditions/"

    as_felix.post(f"{address}{one.pk}/", {"outcome": "met"})
    refused = as_felix.post(f"{address}{two.pk}/", {"outcome": "waived"}, follow=True)
    as_felix.post(f"{address}{two.pk}/", {"outcome": "waived", "reason": "No people take part."})

    assert "Say why this condition need not be met." in refused.content.decode()
    assert [(each.state, each.reason) for each in award.conditions.all()] == [
        ("met", ""), ("waived", "No people take part."),
    ]  # fmt: skip


def test_a_condition_of_another_award_is_not_found(as_felix, award, make_awards):
    (other,) = make_awards(1)
    condition = AwardCondition.objects.create(award=other, text="Bank details are verified")

    response = as_felix.post(f"/manage/awards/{award.number}/conditions/{condition.pk}/", {"outcome": "met"})
    assert response.status_code == 404


def test_withholding_and_showing_again(as_felix, accepted):
    address = f"/manage/awards/{accepted.number}/"

    as_felix.post(f"{address}withhold/", {"reason": "Under cover."})
    assert Award.objects.get().withheld_reason == "Under cover."

    as_felix.post(f"{address}publish/")
    assert Award.objects.get().is_withheld is False


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["003", "002", "001"]),
        ("sort=amount", ["002", "003", "001"]),
        ("sort=-amount", ["001", "003", "002"]),
        ("state=accepted", ["001"]),
        ("q=bystanders+2026-002", ["002"]),
        ("call=999", ["003", "002", "001"]),
        ("sort=nonsense", ["003", "002", "001"]),
    ],
)
def test_the_list_is_filtered_and_sorted_by_its_address(as_felix, accepted, make_awards, query, numbers):
    make_awards(1, amount=Decimal(30_000))
    make_awards(1, amount=Decimal(40_000))

    page = as_felix.get(f"/manage/awards/?{query}").context["page"]

    assert [award.number[-3:] for award in page] == numbers


def test_the_ledger_takes_pledges_receipts_and_reversals(as_felix, pot, company):
    fields = {"fund": pot.pk, "organisation": company.pk, "amount": "USD 12 500.50"}
    as_felix.post("/manage/finance/pledge/", fields)
    contribution = Contribution.objects.get(pledged=Decimal("12500.50"))
    as_felix.post(f"/manage/finance/contributions/{contribution.pk}/receipt/", {"amount": "500", "note": "Ref 9"})
    entry = LedgerEntry.objects.get(note="Ref 9")
    assert pot.available() == 1_000_500

    as_felix.post(f"/manage/finance/entries/{entry.pk}/reversal/", {"reason": "Another company’s money"})
    assert pot.available() == 1_000_000


@pytest.mark.parametrize("amount", ["-5", "abc", "0", "1.001", ""])
def test_a_wrong_amount_is_answered_beside_the_field_and_stays_there(as_felix, pot, company, amount):
    fields = {"fund": pot.pk, "organisation": company.pk, "amount": amount}
    page = as_felix.post("/manage/finance/pledge/", fields).content.decode()

    assert "data-error-summary" in page
    assert f'value="{amount}"' in page or not amount
    assert Contribution.objects.count() == 1


def test_offers_and_agreements_wait_on_the_right_home(client, award, ada, helena, felix, amir, recuse):
    def home(person):
        client.force_login(person)
        return client.get("/home/").content.decode()

    assert "Answer the offer of a grant" in home(ada)
    assert award.number not in home(helena)
    awards.accept(award=award, signatory="Linnea", by=ada)
    assert "Answer the offer of a grant" not in home(ada)
    assert "Get the agreement signed" in home(helena)
    assert "Get the agreement signed" not in home(amir)
    recuse(felix, award)
    assert "Get the agreement signed" not in home(felix)
    awards.sign(award=award, signed_on=clock.today(), by=helena)
    awards.activate(award=award, by=helena)
    assert award.number not in home(helena)
