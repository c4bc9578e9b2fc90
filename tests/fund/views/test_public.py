"""What everybody sees: home, a call, the register."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from core import clock
from core.people.models import Organisation
from fund import questions, register
from fund.actions import awards, calls
from fund.actions import questions as asking
from fund.models import Award, Call

NOBODY = AnonymousUser()


@pytest.fixture
def accepted(award, ada):
    return awards.accept(award=award, signatory="Linnea", by=ada)


def text_of(response):
    return response.content.decode()


def test_home_shows_the_open_call_the_latest_awards_and_real_figures(client, accepted, make_awards):
    make_awards(2)

    page = text_of(client.get("/"))

    assert "Prevention First" in page
    assert "Tue 22 December 2026, 13:00 CET" in page
    assert "4 questions in 2 sections" in page
    assert "Bystanders on live streams" in page
    assert "USD\xa0132,750" in page
    assert "All 1 award<" in page
    assert "Awarded since 2026" in page


def test_home_without_an_open_call_says_so(client, call):
    with clock.at(call.closes_at + timedelta(days=1)):
        page = text_of(client.get("/"))

    assert "No call is open now" in page
    assert "Closed for applications" in page


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_what_is_not_public_is_not_found(client, ada, helena, call, state):
    Call.objects.filter(pk=call.pk).update(state=state)
    addresses = ["/calls/prevention-first/", "/calls/prevention-first/questions.txt"]

    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.force_login(ada)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.force_login(helena)
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_a_call_shows_every_question_with_its_limit_and_every_criterion_with_its_weight(client, call):
    page = text_of(client.get("/calls/prevention-first/"))

    assert "Title <span" in page
    assert "(140 characters)" in page
    assert "(200 words, optional)" in page
    assert "In words that a parent understands." in page
    assert '<th scope="row">Usefulness to practice</th>' in page
    assert '<td class="is-number">60</td>' in page
    assert "Each is scored from 1 to 6. 1: Weak; 6: Outstanding." in page
    assert 'datetime="2026-12-22T12:00:00+00:00" data-local="2026-12-22"' in page


def test_starting_is_a_form_for_those_who_are_signed_in_and_a_link_for_others(client, call, ada):
    page = text_of(client.get("/calls/prevention-first/"))
    assert "/account/login/?next=%2Fcalls%2Fprevention-first%2F" in page
    assert "Start an application</button>" not in page

    client.force_login(ada)
    assert "Start an application</button>" in text_of(client.get("/calls/prevention-first/"))


def test_a_closed_call_says_what_happened_and_takes_no_applications(client, call, accepted, ada):
    client.force_login(ada)
    with clock.at(call.closes_at + timedelta(seconds=1)):
        page = text_of(client.get("/calls/prevention-first/"))

    assert "1 grant was awarded, USD\xa0132,750 in all." in page
    assert "Start an application" not in page


def test_a_moved_deadline_and_answered_questions_are_public(client, call, helena):
    calls.move_deadline(call=call, new=call.closes_at + timedelta(days=2), reason="A holiday.", by=helena)
    asking.add(call=call, question="Who may be a partner?", answer="A company may.", by=helena)
    asking.ask(call=call, question="When?", by=helena)

    page = text_of(client.get("/calls/prevention-first/"))

    assert "from Tue 22 December 2026" not in page.replace("</time>", "")  # the days are marked up as times
    assert "The deadline was moved" in page
    assert "A holiday." in page
    assert "A company may." in page
    assert "When?" not in page


def test_all_questions_can_be_kept_as_a_text(client, call):
    response = client.get("/calls/prevention-first/questions.txt")

    assert response["Content-Disposition"] == 'attachment; filename="prevention-first-questions.txt"'
    assert text_of(response) == questions.as_text(call)
    assert "1.1 Title (140 characters)\n" in text_of(response)
    assert "1.3 Theme (choose one)\n    - Prevention\n    - Response\n" in text_of(response)


def test_the_register_has_accepted_awards_only(client, accepted, make_awards):
    offered, refused = make_awards(2)
    awards.decline(award=refused, reason="", by=refused.investigator)

    page = text_of(client.get("/awards/"))

    assert accepted.number in page
    assert offered.number not in page
    assert refused.number not in page
    assert client.get(f"/awards/{offered.number}/").status_code == 404
    assert client.get(f"/awards/{accepted.number}/").status_code == 200


def test_a_withheld_award_keeps_its_reason_and_counts_in_the_totals(client, accepted, helena):
    awards.withhold(award=accepted, reason="The team works under cover.", by=helena)

    page, own = text_of(client.get("/awards/")), text_of(client.get(f"/awards/{accepted.number}/"))

    for shown in (page, own):
        assert "The team works under cover." in shown
        assert "Bystanders" not in shown
        assert "Northmere" not in shown
    assert "USD\xa0132,750" in page
    assert "Bystanders" not in text_of(client.get("/"))
    totals = register.totals_of(Award.objects.public())
    assert (totals.grants, totals.amount, totals.countries, totals.withheld) == (1, Decimal("132750.000"), 0, 1)


@pytest.mark.parametrize("query", ["q=bystanders", "q=northmere", "country=NO", "theme=Prevention"])
def test_no_filter_tells_of_a_withheld_award(client, accepted, make_awards, ada, helena, query):
    (other,) = make_awards(1)
    awards.accept(award=other, signatory="Linnea", by=ada)
    Award.objects.update(theme=accepted.call.themes.get(slug="prevention"))
    assert accepted.number in text_of(client.get(f"/awards/?{query}"))

    awards.withhold(award=accepted, reason="Under cover.", by=helena)

    page = text_of(client.get(f"/awards/?{query}"))
    assert other.number in page
    assert accepted.number not in page


def test_the_choices_tell_nothing_of_a_withheld_award(client, accepted, helena):
    assert "Norway" in text_of(client.get("/awards/"))
    awards.withhold(award=accepted, reason="Under cover.", by=helena)
    assert "Norway" not in text_of(client.get("/awards/"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=streams+bystanders", 1),
        ("q=nothing", 0),
        ("year=2026", 2),
        ("country=NO", 1),
        ("country=NP", 1),
        ("theme=Prevention", 1),
        ("", 2),
    ],
)
def test_the_register_is_filtered_by_words_year_country_and_theme(client, accepted, make_awards, ada, query, found):
    nepal = Organisation.objects.create(name="Himavat Institute", country="NP")
    (other,) = make_awards(1, title="Carers online", grantee=nepal)
    awards.accept(award=other, signatory="Sunita", by=ada)
    Award.objects.filter(pk=accepted.pk).update(theme=accepted.call.themes.get(slug="prevention"))

    response = client.get(f"/awards/?{query}")

    assert response.context["page"].paginator.count == found


@pytest.mark.parametrize("query", ["year=nonsense", "country=%00", "page=99999", "page=x", "theme=%F0%9F%99%82"])
def test_nonsense_in_the_address_is_answered_with_a_page(client, accepted, query):
    assert client.get(f"/awards/?{query}").status_code == 200


def test_the_spreadsheet_says_what_the_page_says(client, accepted, make_awards, helena):
    (other,) = make_awards(1, title="=cmd|' /C calc'!A0")
    other = awards.accept(award=other, signatory="Linnea", by=other.investigator)
    awards.withhold(award=accepted, reason="Under cover.", by=helena)

    response = client.get("/awards/awards.csv")
    rows = list(csv.DictReader(io.StringIO(text_of(response).removeprefix("\ufeff"))))

    assert [(row["Award"], row["Title"], row["Amount"], row["Note"]) for row in rows] == [
        (other.number, "'=cmd|' /C calc'!A0", "20000.00", ""),
        (accepted.number, "", "132750.00", "Withheld: Under cover."),
    ]
    assert sum(Decimal(row["Amount"]) for row in rows) == register.totals_of(Award.objects.public()).amount


def test_countries_are_those_of_the_grantees(accepted, make_awards, ada):
    (second,) = make_awards(1, grantee=Organisation.objects.create(name="Himavat Institute", country="NP"))
    awards.accept(award=second, signatory="Sunita", by=ada)

    totals = register.totals_of(Award.objects.public())

    assert (totals.grants, totals.countries, totals.since, totals.in_short) == (2, 2, 2026, "USD\xa0152,750")


@pytest.mark.parametrize(
    ("amount", "short"), [("2300000", "USD\xa02.3\xa0m"), ("1000000", "USD\xa01\xa0m"), ("999999", "USD\xa0999,999")]
)
def test_large_sums_are_shortened(amount, short):
    totals = register.Totals(1, Decimal(amount), 1, 0, 2026, "USD")
    assert totals.in_short == short


@pytest.mark.parametrize("address", ["/", "/awards/", "/calls/prevention-first/"])
def test_public_pages_can_only_be_read(client, call, address):
    assert client.post(address).status_code == 405
