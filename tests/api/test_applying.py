"""Applying through the interface: the same actions as the pages, the same refusals."""

from datetime import timedelta

import pytest

from applications.actions import screening
from applications.models import Application
from core import clock
from tests import factories
from tests.reviews import panels

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada_says(ada, speaking_for):
    return speaking_for(ada)


def test_a_draft_is_started_once(ada_says, open_call):
    first = ada_says("POST", "my/applications/", {"call": open_call.slug})
    again = ada_says("POST", "my/applications/", {"call": open_call.slug})
    assert (first.status_code, first.data["state"]) == (201, "Draft")
    assert again.data["id"] == first.data["id"]
    assert Application.objects.count() == 1


def test_a_draft_is_not_started_in_a_call_that_is_closed(ada_says, open_call):
    factories.close(open_call)
    response = ada_says("POST", "my/applications/", {"call": open_call.slug})
    assert response.status_code == 409
    assert response.data["detail"].startswith("This call")


def test_a_draft_is_filled_in_checked_and_submitted(ada_says, ada, open_call):
    factories.make_organisation()
    pk = ada_says("POST", "my/applications/", {"call": open_call.slug}).data["id"]
    missing = ada_says.get(f"my/applications/{pk}/problems/")
    assert {"section": "project", "question": "title", "label": "Title"}.items() <= missing[0].items()

    refused = ada_says("POST", f"my/applications/{pk}/submit/")
    assert refused.status_code == 400

    saved = ada_says("PATCH", f"my/applications/{pk}/answers/", {"answers": factories.ANSWERS})
    assert (saved.status_code, saved.data["title"], saved.data["months"]) == (200, factories.ANSWERS["title"], 18)
    lines = [line | {"amount": str(line["amount"])} for line in factories.LINES]
    assert ada_says("PUT", f"my/applications/{pk}/budget/", {"lines": lines}).data["total"] == "110000.00"
    assert ada_says.get(f"my/applications/{pk}/problems/") == []

    done = ada_says("POST", f"my/applications/{pk}/submit/")
    assert (done.status_code, done.data["state"]) == (200, "We are reading your application")
    assert done.data["reference"] == "PREVENTION-FIRST-001"
    assert done.data["amount"] == "110000.000"


def test_a_budget_is_read_and_replaced_with_its_revision(ada_says, draft):
    url = f"my/applications/{draft.pk}/budget/"
    found = ada_says.get(url)
    assert (found["total"], found["revision"], len(found["lines"])) == ("110000.00", 1, 4)

    line = {"category": "staff", "description": "All", "year": 1, "amount": "5,000.5"}
    saved = ada_says("PUT", url, {"lines": [line], "revision": 1}).data
    assert (saved["lines"], saved["revision"]) == ([line | {"amount": "5000.50"}], 2)
    assert saved["problems"][0].startswith("The lines add up to USD 5,000.50")
    assert ada_says("PUT", url, {"lines": [], "revision": 1}).status_code == 409
    assert ada_says("PUT", url, {"lines": [line | {"amount": "12,5"}]}).status_code == 400


def test_a_second_submission_is_refused_with_what_happened(ada_says, submitted):
    response = ada_says("POST", f"my/applications/{submitted.pk}/submit/")
    assert response.status_code == 409
    assert "was already submitted" in response.data["detail"]


def test_the_time_at_which_the_request_arrived_decides(ada_says, draft):
    with clock.at(draft.call.closes_at + timedelta(seconds=1)):
        response = ada_says("POST", f"my/applications/{draft.pk}/submit/")
    draft.refresh_from_db()
    assert (response.status_code, draft.state) == (409, "draft")


def test_what_is_submitted_cannot_be_written(ada_says, submitted):
    response = ada_says("PATCH", f"my/applications/{submitted.pk}/answers/", {"answers": {"title": "Other"}})
    assert response.status_code == 409
    assert Application.objects.get().title == factories.ANSWERS["title"]


def test_a_withdrawal_needs_its_reason(ada_says, submitted):
    assert ada_says("POST", f"my/applications/{submitted.pk}/withdraw/", {}).status_code == 400
    done = ada_says("POST", f"my/applications/{submitted.pk}/withdraw/", {"reason": "Another funder was faster."})
    assert (done.status_code, done.data["state"]) == (200, "You withdrew this application")


@pytest.mark.parametrize(
    "answers",
    [{"nothing": "x"}, {"title": 7}, {"title": {"a": 1}}, {"title": None}, {"ages": ["10-12", 5]}],
    ids=str,
)
def test_answers_of_the_wrong_shape_are_refused_with_a_sentence(ada_says, draft, answers):
    response = ada_says("PATCH", f"my/applications/{draft.pk}/answers/", {"answers": answers})
    assert response.status_code == 400, response.data
    assert Application.objects.get().title == factories.ANSWERS["title"]


@pytest.mark.parametrize(
    "raw",
    ["{", "[1", "nonsense", "{'a': 1}", '{"answers": \ud800}'.encode("utf-8", "replace").decode(), "[" * 100_000,
     "9" * 5000],
    ids=["open", "cut", "words", "other quotes", "half a character", "nested too deep", "a number too long"],
)  # fmt: skip
def test_malformed_json_gets_a_sentence(ada_says, draft, raw):
    response = ada_says("PATCH", f"my/applications/{draft.pk}/answers/", raw=raw)
    assert response.status_code == 400
    assert response.data["detail"].startswith("The body is not valid JSON: ")
    assert response.data["detail"].endswith("Send one object in UTF-8, with double quotes round names and texts.")


@pytest.mark.parametrize("raw", ["[]", "null", '"text"', "7"])
def test_json_that_is_no_object_gets_a_sentence(ada_says, draft, raw):
    response = ada_says("PATCH", f"my/applications/{draft.pk}/answers/", raw=raw)
    assert response.status_code == 400
    assert response.data


def test_another_kind_of_body_is_refused(ada_says, draft):
    response = ada_says.client.patch(f"/api/v1/my/applications/{draft.pk}/answers/", "a=1", content_type="text/plain")
    assert response.status_code == 415


@pytest.mark.parametrize("pk", ["999999", "0", "-1", "abc", "9" * 30, "%00"])
def test_an_unknown_application_is_404(ada_says, submitted, pk):
    for path in ("my/applications/", "applications/", "assignments/", "reviews/", "decisions/", "batches/", "jobs/"):
        response = ada_says("GET", f"{path}{pk}/")
        assert (path, response.status_code) == (path, 404)
        assert response.data["detail"]


def test_the_draft_of_somebody_else_is_404(speaking_for, amir, helena, draft):
    for person in (amir, helena):
        says = speaking_for(person)
        assert says("GET", f"my/applications/{draft.pk}/").status_code == 404
        assert says("POST", f"my/applications/{draft.pk}/submit/").status_code == 404
        assert says("GET", f"applications/{draft.pk}/").status_code == 404


STATES = ["submitted", "eligible", "ineligible", "in_review", "recommended", "decided"]


@pytest.mark.parametrize("state", STATES)
def test_the_applicant_reads_one_state_from_submission_to_release(ada_says, submitted, state):
    fresh = ada_says.get(f"my/applications/{submitted.pk}/")
    Application.objects.filter(pk=submitted.pk).update(state=state)
    assert ada_says.get(f"my/applications/{submitted.pk}/") == fresh
    assert fresh["state"] == "We are reading your application"
    assert ada_says.rows("my/applications/") == [fresh]
    for path in ("applications/", "decisions/", "assignments/", "reviews/", "awards/"):
        assert (path, ada_says.rows(path)) == (path, [])


@pytest.mark.parametrize("state", STATES)
def test_no_filter_tells_the_applicant_the_state(ada_says, submitted, state):
    Application.objects.filter(pk=submitted.pk).update(state=state)
    every = [len(ada_says.rows("my/applications/", state=each)) for each in STATES]
    assert len(set(every)) == 1


def test_a_decision_that_is_not_visible_yet_is_not_told(ada_says, ada, helena, oluchi):
    call = factories.make_call()
    mine = factories.make_submitted(call, ada)
    screening.screen(application=mine, outcome="eligible", by=None)
    screening.start_review(application=mine, by=None)
    before = ada_says.get(f"my/applications/{mine.pk}/")
    decision = panels.approved(mine, "decline", by=[helena, oluchi])
    later = clock.now() + timedelta(days=3)
    panels.deciding.release(call=call, decisions=[decision], visible_at=later, by=helena)
    assert ada_says.get(f"my/applications/{mine.pk}/") == before
    assert ada_says.rows("decisions/") == []
    with clock.at(later):
        assert ada_says.get(f"my/applications/{mine.pk}/")["state"] == "Not funded"
        assert [row["outcome"] for row in ada_says.rows("decisions/")] == ["decline"]


def test_answers_are_read_back_as_typed_and_an_old_revision_gets_what_stands_there(ada_says, draft):
    path = f"my/applications/{draft.pk}/answers/"
    before = ada_says.get(path)
    assert before["answers"]["title"] == factories.ANSWERS["title"]

    stale = {"answers": {"title": "Mine", "summary": "New."}, "revisions": {"title": 0, "summary": 1}}
    response = ada_says("PATCH", path, stale)

    assert response.status_code == 409
    assert (response.data["answers"], response.data["revisions"]) == (
        {"title": before["answers"]["title"]},
        {"title": 1},
    )
    assert ada_says.get(path)["answers"]["summary"] == "New."


@pytest.mark.parametrize(
    "answers", [{"\ud800": "x"}, {"\x00": "x"}, {"title": ["a"]}, {"title": None}, {"ages": "10-12"}, {"ages": [[]]}]
)
def test_what_is_no_answer_is_refused_in_a_sentence(ada_says, draft, answers):
    response = ada_says("PATCH", f"my/applications/{draft.pk}/answers/", {"answers": answers})
    assert (response.status_code, len(response.data)) == (400, 1)


def test_a_key_that_is_no_text_is_refused_in_a_sentence_too_while_few_questions_are_open(ada_says, submitted):
    screening.screen(application=submitted, outcome="returned", text="Shorten it.", asked={"title": ""}, by=None)

    refused = ada_says("PATCH", f"my/applications/{submitted.pk}/answers/", {"answers": {"\ud800": "x"}})

    assert (refused.status_code, "stays as you submitted it" in refused.data["detail"]) == (409, True)


def test_a_return_of_a_key_that_is_no_text_is_refused_in_a_sentence(submitted, helena, speaking_for):
    refused = speaking_for(helena)("POST", f"applications/{submitted.pk}/return/", {"questions": {"\ud800": "x"}})

    assert (refused.status_code, list(refused.data)) == (400, ["asked"])


@pytest.mark.parametrize("key", ["abc", "9" * 30])
def test_answers_of_what_has_no_such_key_are_not_there(ada_says, key):
    assert ada_says("GET", f"my/applications/{key}/answers/").status_code == 404


def test_halves_of_characters_and_nulls_are_taken_out_of_texts(ada_says, draft):
    path = f"my/applications/{draft.pk}/answers/"
    assert ada_says("PATCH", path, {"answers": {"title": "A\ud800\x00B"}}).status_code == 200
    assert ada_says.get(path)["answers"]["title"] == "A?B"
