"""Setting up a call in the browser."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core import clock
from fund.actions import calls
from fund.budget_plan import uncapped
from fund.models import Call, DeadlineChange

SETUP = "/manage/calls/prevention-first/setup/"
PARTS = ["texts", "dates", "money", "themes", "review", "criteria", "answers"]


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


def test_a_new_call_is_a_copy_of_an_earlier_one(as_helena, call):
    fields = {"title": "Second round", "slug": "second-round", "prefix": "SR27", "call": call.pk}

    response = as_helena.post("/manage/new-call/", fields)

    made = Call.objects.get(slug="second-round")
    assert response["Location"] == "/manage/calls/second-round/setup/"
    assert (made.title, made.state, made.text, made.form) == ("Second round", "draft", call.text, call.form)
    assert made.opens_at > clock.now()


def test_a_taken_address_is_said_beside_the_field_and_all_stays_typed(as_helena, call):
    fields = {"title": "Second round", "slug": call.slug, "prefix": "SR27", "call": call.pk}

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


def test_money_limits_and_categories_are_saved(as_helena, draft):
    fields = fields_of(
        as_helena, f"{SETUP}money/", budget="900,000", budget_categories="Staff\nField work\n\nStaff\nTravel"
    )

    as_helena.post(f"{SETUP}money/", fields)

    draft.refresh_from_db()
    assert draft.budget == Decimal(900_000)
    assert draft.budget_categories == uncapped({"staff": "Staff", "field-work": "Field work", "travel": "Travel"})


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


def test_a_criterion_without_a_weight_is_asked_for_again(as_helena, draft):
    page = as_helena.post(f"{SETUP}criteria/", criteria_fields(("Usefulness", "Who could act?", "0")))

    assert page.status_code == 200
    assert draft.rubric.criteria.count() == 2


def test_questions_and_answers_are_saved_at_any_time(as_helena, call):
    fields = {
        "questions-TOTAL_FORMS": "1", "questions-INITIAL_FORMS": "0",
        "questions-0-question": "Who may be a partner?", "questions-0-answer": "A company may.",
    }  # fmt: skip

    as_helena.post(f"{SETUP}answers/", fields)

    assert list(call.questions.values_list("question", "answer")) == [("Who may be a partner?", "A company may.")]


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
    assert [as_helena.get(f"{SETUP}{part}/").status_code for part in ("money", "themes", "review")] == [404] * 3


def test_each_step_has_a_check_page(as_helena, call):
    with clock.at(call.closes_at + timedelta(seconds=1)):
        for action, state in (("start_review", "in_review"), ("decide", "decided"), ("archive", "archived")):
            assert as_helena.get(f"{SETUP}step/{action}/").status_code == 200
            assert as_helena.post(f"{SETUP}step/{action}/").status_code == 302
            call.refresh_from_db()
            assert call.state == state


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

    as_helena.post(f"{SETUP}deadline/", {"new": "2026-12-24T17:00", "reason": "A holiday."})
    assert DeadlineChange.objects.get().new.isoformat() == "2026-12-24T16:00:00+00:00"


@pytest.mark.parametrize("address", ["nonsense/", "step/nonsense/"])
def test_what_is_no_part_or_step_is_not_found(as_helena, draft, address):
    assert as_helena.get(SETUP + address).status_code == 404
