"""Setting up a call in the browser."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from core import clock
from core.forms.kinds import Kind
from fund.actions import calls
from fund.models import Call, DeadlineChange

SETUP = "/manage/calls/prevention-first/setup/"
PARTS = ["texts", "dates", "money", "budget", "quiz", "themes", "review", "criteria", "answers"]


@pytest.fixture
def as_helena(client, helena):
    client.force_login(helena)
    return client


def fields_of(client, address, **changes):
    """Return what a form would send as it stands, with changes."""
    form = client.get(address).context["form"]
    values = {field.html_name: field.value() for field in form}
    sent = {name: value for name, value in values.items() if value not in (None, False, "")}
    for name, value in sent.items():
        sent[name] = f"{value:%Y-%m-%dT%H:%M}" if hasattr(value, "hour") else value
    return sent | changes


@pytest.mark.parametrize(
    ("name", "read", "change"), [("helena", 200, 200), ("audrey", 200, 403), ("felix", 403, 403), ("ada", 403, 403)]
)
def test_who_may_read_and_who_may_change(client, draft, request, name, read, change):
    client.force_login(request.getfixturevalue(name))

    assert client.get(SETUP).status_code == read
    assert {client.get(f"{SETUP}{part}/").status_code for part in PARTS} == {change}
    assert client.get("/manage/new-call/").status_code == change
    assert client.post(f"{SETUP}step/publish/").status_code == (302 if change == 200 else 403)


@pytest.mark.parametrize("state", Call.State.values)
def test_who_may_only_read_is_led_to_no_page_that_refuses_them(client, draft, audrey, state):
    Call.objects.filter(pk=draft.pk).update(state=state, closes_at=clock.now() - timedelta(days=1))
    client.force_login(audrey)

    links = set(re.findall(rf'href="({SETUP}[^"?#]*)', client.get(SETUP).content.decode()))

    assert {link for link in links if client.get(link).status_code != 200} == set()


def test_a_new_call_is_a_copy_of_an_earlier_one(as_helena, call):
    fields = {"title": "Second round", "slug": "second-round", "prefix": "SR27", "start": call.pk}

    response = as_helena.post("/manage/new-call/", fields)

    made = Call.objects.get(slug="second-round")
    assert response["Location"] == "/manage/calls/second-round/setup/"
    assert (made.title, made.state, made.text, made.form) == ("Second round", "draft", call.text, call.form)
    assert made.opens_at > clock.now()


def test_a_taken_address_is_said_beside_the_field_and_all_stays_typed(as_helena, call):
    fields = {"title": "Second round", "slug": call.slug, "prefix": "SR27", "start": call.pk}

    page = as_helena.post("/manage/new-call/", fields).content.decode()

    assert "already exists" in page
    assert 'href="#id_slug"' in page
    assert 'value="Second round"' in page


def test_dates_are_read_on_the_clock_of_the_calls_zone(as_helena, draft):
    fields = fields_of(as_helena, f"{SETUP}dates/", closes_at="2027-07-01T17:00", zone="Asia/Kathmandu")
    fields |= {"reviews_due_at": "2027-08-01T12:00", "decision_at": "2027-09-01T12:00"}

    assert as_helena.post(f"{SETUP}dates/", fields).status_code == 302

    draft.refresh_from_db()
    assert draft.closes_at.isoformat() == "2027-07-01T11:15:00+00:00"
    assert draft.zone == "Asia/Kathmandu"


def test_a_call_that_closes_before_it_opens_is_refused_with_a_sentence(as_helena, draft):
    fields = fields_of(as_helena, f"{SETUP}dates/", closes_at="2020-01-01T00:00")

    page = as_helena.post(f"{SETUP}dates/", fields).content.decode()

    assert "The call closes before it opens. Set a later closing time." in page
    assert "2020-01-01T00:00" in page


def test_a_call_can_begin_with_nothing_but_a_title(as_helena, pot):
    as_helena.post("/manage/new-call/", {"title": "Early help, first round", "start": "standard"})
    as_helena.post("/manage/new-call/", {"title": "Early help, first round", "start": "empty"})

    second, first = Call.objects.order_by("-pk")
    assert (first.slug, second.slug) == ("early-help-first-round", "early-help-first-round-2")
    assert (first.prefix, second.prefix) == (f"SORF-{clock.now().year}", f"SORF-{clock.now().year}-2")
    assert Kind.ETHICS in {each["kind"] for part in first.form.content["sections"] for each in part["questions"]}
    assert (sum(each.weight for each in first.rubric.criteria.all()), len(first.eligibility_quiz.questions)) == (100, 3)
    assert [each.key for each in second.form.definition.questions()] == ["title"]


def test_money_limits_are_saved(as_helena, draft):
    as_helena.post(f"{SETUP}money/", fields_of(as_helena, f"{SETUP}money/", budget="900,000"))

    draft.refresh_from_db()
    assert draft.budget == Decimal(900_000)


def test_categories_of_the_budget_have_caps_and_keep_their_keys(as_helena, draft):
    fields = {
        "indirect_cap": "12.5", "r0-label": "Staff", "r1-label": "Field work", "r1-share": "20", "r1-amount": "5,000",
        "r2-label": "", "r3-label": "Indirect costs",
    }  # fmt: skip

    as_helena.post(f"{SETUP}budget/", fields)

    draft.refresh_from_db()
    assert draft.indirect_cap == Decimal("12.5")
    assert [(each.key, each.caps_in_words("USD")) for each in draft.categories] == [
        ("staff", ""), ("field-work", "at most 20 % of the direct costs, and USD 5,000"), ("indirect", ""),
    ]  # fmt: skip


def test_a_cap_that_is_no_number_is_answered_beside_its_cell(as_helena, draft):
    fields = {"indirect_cap": "15", "r0-label": "Staff", "r0-share": "120", "r0-amount": "lots"}

    page = as_helena.post(f"{SETUP}budget/", fields).content.decode()

    assert "Ensure this value is less than or equal to 100." in page
    assert 'value="lots"' in page


def test_a_quiz_is_written_with_what_each_answer_does(as_helena, draft):
    fields = {
        "q0-question": "Is the host a government agency?", "q0-help": "",
        "q0-a0-label": "Yes", "q0-a0-effect": "stop", "q0-a0-message": "It cannot be the host.",
        "q0-a1-label": "No", "q0-a1-effect": "pass", "q0-a1-message": "", "q0-a2-label": "",
        "q1-question": "", "q1-a0-label": "Yes", "q1-a0-effect": "pass",
    }  # fmt: skip
    again = as_helena.post(f"{SETUP}quiz/", fields | {"more": "1"})
    refused = as_helena.post(f"{SETUP}quiz/", fields | {"q0-a0-message": ""}).content.decode()

    draft.refresh_from_db()
    assert again["Location"] == f"{SETUP}quiz/"
    assert [each.message for each in draft.eligibility_quiz.verdict({draft.quiz[0]["key"]: "yes"}).stops] == [
        "It cannot be the host."
    ]
    assert "stops or warns. Say why: who chooses it reads that." in refused


@pytest.mark.parametrize(("part", "count"), [("quiz", 3), ("budget", 7)])
def test_a_part_starts_with_what_is_usual(as_helena, draft, helena, part, count):
    calls.edit(call=draft, by=helena, quiz=[], budget_categories=[])

    as_helena.post(f"{SETUP}{part}/", {"standard": "1"})

    draft.refresh_from_db()
    assert len(draft.quiz if part == "quiz" else draft.categories) == count


@pytest.mark.parametrize("amount", ["-1", "lots", "1e99"])
def test_a_wrong_amount_is_answered_beside_the_field(as_helena, draft, amount):
    page = as_helena.post(f"{SETUP}money/", fields_of(as_helena, f"{SETUP}money/", budget=amount)).content.decode()

    assert "data-error-summary" in page
    assert f'value="{amount}"' in page


def test_themes_in_any_script_get_keys_of_their_own(as_helena, draft):
    as_helena.post(f"{SETUP}themes/", {"themes": "Prevention\nالوقاية\nการป้องกัน"})

    assert list(draft.themes.values_list("slug", "name")) == [
        ("prevention", "Prevention"), ("item", "الوقاية"), ("item-2", "การป้องกัน"),
    ]  # fmt: skip


def criteria_fields(*rows):
    fields = {"criteria-TOTAL_FORMS": str(len(rows)), "criteria-INITIAL_FORMS": "0"}
    fields |= {"least": "0", "most": "2", "anchors": "Weak\n\nStrong"}
    for number, (label, question, weight) in enumerate(rows):
        fields |= {
            f"criteria-{number}-label": label, f"criteria-{number}-question": question,
            f"criteria-{number}-weight": weight,
        }  # fmt: skip
    return fields


def test_criteria_are_written_as_a_table(as_helena, draft):
    fields = criteria_fields(("Usefulness", "Who could act?", "70"), ("Care", "Is everyone safe?", "30"), ("", "", ""))

    assert as_helena.post(f"{SETUP}criteria/", fields).status_code == 302

    draft.refresh_from_db()
    assert list(draft.rubric.criteria.values_list("key", "label", "weight", "position")) == [
        ("usefulness", "Usefulness", 70, 1), ("care", "Care", 30, 2),
    ]  # fmt: skip
    assert (list(draft.rubric.scale), draft.rubric.anchors) == ([0, 1, 2], {"0": "Weak", "2": "Strong"})


def test_a_score_without_a_meaning_stays_without_one_when_the_page_is_saved_again(as_helena, draft):
    fields = criteria_fields(("Usefulness", "Who uses it?", 100))
    as_helena.post(f"{SETUP}criteria/", fields | {"anchors": "\r\n\r\nStrong\r\n"})
    again = as_helena.get(f"{SETUP}criteria/").context["scale"]["anchors"].value()

    as_helena.post(f"{SETUP}criteria/", fields | {"anchors": again})

    draft.refresh_from_db()
    assert draft.rubric.anchors == {"2": "Strong"}


def test_a_criterion_without_a_weight_is_asked_for_again(as_helena, draft):
    page = as_helena.post(f"{SETUP}criteria/", criteria_fields(("Usefulness", "Who could act?", "0")))

    assert page.status_code == 200
    assert draft.rubric.criteria.count() == 2


def test_the_setup_says_all_that_is_missing_and_publishing_refuses(as_helena, draft, helena):
    calls.edit(call=draft, eligibility="", decision_at=None, by=helena)

    page = as_helena.get(SETUP).content.decode()
    step = as_helena.get(f"{SETUP}step/publish/").content.decode()
    as_helena.post(f"{SETUP}step/publish/")

    for shown in (page, step):
        assert "Write who can apply." in shown
        assert "Set the day by which applicants hear the decision." in shown
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_published_call_keeps_its_promises_in_the_form_too(as_helena, call):
    fields = fields_of(as_helena, f"{SETUP}texts/", title="Other", text="A clearer text.")

    as_helena.post(f"{SETUP}texts/", fields)

    call.refresh_from_db()
    assert (call.title, call.text) == ("Prevention First", "A clearer text.")
    assert [as_helena.get(f"{SETUP}{part}/").status_code for part in ("money", "themes", "quiz")] == [404] * 3


def test_each_step_has_a_check_page(as_helena, call):
    with clock.at(call.closes_at + timedelta(seconds=1)):
        for action, state in (("start_review", "in_review"), ("decide", "decided"), ("archive", "archived")):
            assert as_helena.get(f"{SETUP}step/{action}/").status_code == 200
            assert as_helena.post(f"{SETUP}step/{action}/").status_code == 302
            call.refresh_from_db()
            assert call.state == state


def test_terms_of_the_panel_that_are_sent_back_as_they_stand_are_no_new_terms(as_helena, call):
    sent = call.panel_terms.replace("\n", "\r\n")
    for terms, version in ((sent, 1), (f"{sent}\r\nAnd more.", 2)):
        as_helena.post(f"{SETUP}panel/", {"panel_terms": terms})
        call.refresh_from_db()
        assert call.panel_terms_version == version


def test_the_review_is_offered_once_the_grace_period_is_over(as_helena, call):
    Call.objects.filter(pk=call.pk).update(grace_minutes=30)
    addresses = (SETUP, "/home/", "/manage/calls/", "/manage/calls/prevention-first/")

    def offers(minutes):
        with clock.at(call.closes_at + timedelta(minutes=minutes)):
            pages = [as_helena.get(address).content.decode() for address in addresses]
            return [any(words in page for words in OFFERS) for page in pages]

    assert (offers(29), offers(31)) == ([False] * 4, [True] * 4)


OFFERS = ("step/start_review/", "Start the review", "Staff: to start the review")


def test_cancelling_asks_for_a_reason(as_helena, call):
    again = as_helena.post(f"{SETUP}step/cancel/", {"reason": ""})
    assert "data-error-summary" in again.content.decode()

    as_helena.post(f"{SETUP}step/cancel/", {"reason": "The money went elsewhere."})
    call.refresh_from_db()
    assert (call.state, call.cancel_reason) == ("cancelled", "The money went elsewhere.")


def test_moving_the_deadline_reads_the_zone_and_keeps_what_was_typed(as_helena, call):
    refused = as_helena.post(f"{SETUP}deadline/", {"new": "2026-12-01T12:00", "reason": "A holiday."}).content.decode()
    assert "A published deadline only moves later." in refused
    assert "A holiday." in refused
    far = as_helena.post(f"{SETUP}deadline/", {"new": "9999-12-31T23:59", "reason": "Typed wrongly."}).content.decode()
    assert "Write a year that is not as far away, such as 2027." in far

    as_helena.post(f"{SETUP}deadline/", {"new": "2026-12-24T17:00", "reason": "A holiday."})
    assert DeadlineChange.objects.get().new.isoformat() == "2026-12-24T16:00:00+00:00"


@pytest.mark.parametrize("address", ["nonsense/", "step/nonsense/"])
def test_what_is_no_part_or_step_is_not_found(as_helena, draft, address):
    assert as_helena.get(SETUP + address).status_code == 404
