"""The reviewer's pages: queue, declaration, desk, handing back, pause, invitation."""

import re
from copy import deepcopy
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application, Attachment
from core import clock
from core.files.store import keep, receive
from core.people.models import User
from fund.models import Call
from reviews.actions import assigning, conflicts, panel, reviewing
from reviews.models import Assignment, PanelMember, Review
from tests import factories
from tests.reviews import panels

State = Assignment.State
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared: None) -> Call:
    """Make the call once."""
    return panels.make_call_in_review(applications=3)


@pytest.fixture
def call(made: Call, db: None) -> Call:
    return deepcopy(made)


@pytest.fixture
def member(call: Call, ruth: User) -> PanelMember:
    return panels.make_member(call, ruth)


@pytest.fixture
def browser(client: Client, ruth: User) -> Client:
    client.force_login(ruth)
    return client


@pytest.fixture
def mine(call: Call, member: PanelMember) -> list[Assignment]:
    """Ruth's three assignments, declared free of ties."""
    return [panels.assign(each, member) for each in call.applications.order_by("pk")]


def address(name: str, *args: Any) -> str:
    return reverse(f"review:{name}", args=args)


def filled(review: Review | None = None, **changes: str) -> dict[str, str]:
    given = {
        "score-quality": "5", "score-usefulness": "4", "score-safety": "na", "comment-quality": "Sharp.",
        "overall": "4", "public_comment": "Good.", "private_comment": "", "notes": "",
        "revision": str(review.revision if review else 0),
    }  # fmt: skip
    return given | changes


# The queue.


def test_the_queue_is_in_order_of_dates_with_progress_in_words(browser: Client, mine: list[Assignment]) -> None:
    panels.submit(mine[0])
    Assignment.objects.filter(pk=mine[2].pk).update(due_at=clock.now() + clock.days(2))

    page = browser.get(address("queue")).content.decode()

    assert re.findall(r"IN-REVIEW-00\d</td>", page) == [f"IN-REVIEW-00{n}</td>" for n in (3, 2, 1)]
    assert "1 of 3" in page
    assert "2 reviews" not in page.split("Next due")[1].split("</dl>")[0]
    assert "/support/" in page
    assert 'href="/review/pause/"' in page


def test_the_queue_is_empty_for_who_was_given_nothing(browser: Client) -> None:
    assert "Nothing to review at present" in browser.get(address("queue")).content.decode()


def test_the_queue_takes_the_same_queries_for_three_and_for_thirty(
    browser: Client, mine: list[Assignment], member: PanelMember
) -> None:
    for name in ("queue", "conflicts"):
        browser.get(address(name))
        with CaptureQueriesContext(connection) as few:
            browser.get(address(name))
        assert len(few) <= 15, name
    big = panels.make_call_in_review("big", applications=27)
    theirs = panels.make_member(big, member.person, most_load=30)
    Assignment.objects.bulk_create(
        Assignment(application=each, member=theirs, state=State.ACCEPTED, due_at=clock.now())
        for each in big.applications.all()
    )
    for each in Assignment.objects.filter(member=theirs).select_related("member__person", "application__call")[:9]:
        panels.write(each)

    with CaptureQueriesContext(connection) as many:
        response = browser.get(address("queue"))
    with CaptureQueriesContext(connection) as few:
        browser.get(address("conflicts"))

    assert len(many) <= 15
    assert response.content.count(b"<tr>") == 31
    assert len(response.content) < 60_000
    Assignment.objects.filter(member=theirs).delete()
    with CaptureQueriesContext(connection) as three:
        browser.get(address("queue"))
    assert len(many) == len(three)


def test_proposals_recusals_and_what_was_handed_back_are_in_no_queue(
    browser: Client, mine: list[Assignment], call: Call, member: PanelMember
) -> None:
    conflicts.declare(assignment=mine[0], has_interest=True, kinds=["personal"], by=member.person)
    reviewing.hand_back(assignment=mine[1], reason="Not my field.", by=member.person)
    Assignment.objects.filter(pk=mine[2].pk).update(state=State.PROPOSED)

    assert "Nothing to review at present" in browser.get(address("queue")).content.decode()


# The declaration.


@pytest.fixture
def undeclared(call: Call, member: PanelMember) -> Assignment:
    return panels.assign(call.applications.order_by("pk")[0], member, declared=False)


def test_the_text_is_shut_until_the_declaration_and_the_page_shows_who_applies(
    browser: Client, undeclared: Assignment
) -> None:
    Application.objects.filter(pk=undeclared.application_id).update(summary="the summary")
    assert browser.get(address("desk", undeclared.pk)).headers["Location"] == address("declare", undeclared.pk)

    page = browser.get(address("declare", undeclared.pk)).content.decode()

    assert all(words in page for words in ("IN-REVIEW-001", "Study 100", "Applicant 100", "Host 100"))
    assert "the summary" not in page
    assert "A field experiment" not in page
    assert not re.search(r"<input[^>]*checked", page)


def test_no_conflict_leads_to_the_desk(browser: Client, undeclared: Assignment) -> None:
    response = browser.post(address("declare", undeclared.pk), {"has_interest": "no"})

    assert response.headers["Location"] == address("desk", undeclared.pk)
    assert "A field experiment" in browser.get(response.headers["Location"]).content.decode()


def test_a_conflict_takes_the_application_away_and_is_on_record(browser: Client, undeclared: Assignment) -> None:
    response = browser.post(
        address("declare", undeclared.pk), {"has_interest": "yes", "kinds": ["supervision"], "note": "My student."}
    )

    assert response.headers["Location"] == address("queue")
    page = browser.get(address("conflicts")).content.decode()
    assert all(words in page for words in ("Study 100", "Supervisor or student", "My student.", "Not ruled upon yet"))
    for name in ("desk", "declare", "hand_back"):
        assert browser.get(address(name, undeclared.pk)).status_code == 404, name


@pytest.mark.parametrize(
    ("data", "words"),
    [({}, "Say whether you have a conflict"), ({"has_interest": "yes", "note": "kept"}, "Choose what the tie is")],
)
def test_a_declaration_that_says_too_little_is_asked_again_with_what_was_typed(
    browser: Client, undeclared: Assignment, data: dict[str, str], words: str
) -> None:
    page = browser.post(address("declare", undeclared.pk), data).content.decode()

    assert words in page
    assert data.get("note", "") in page
    assert panels.fresh(undeclared).state == State.RELEASED


# The desk.


def test_the_desk_shows_the_text_beside_the_form_with_hard_parts_closed(
    browser: Client, call: Call, member: PanelMember
) -> None:
    risks = {"risks": "A hard text.", "children": "data"}
    application = panels.make_application(factories.make_call("hard"), 700, **risks)
    Application.objects.filter(pk=application.pk).update(call=call)
    assignment = panels.assign(Application.objects.get(pk=application.pk), member)

    page = browser.get(address("desk", assignment.pk)).content.decode()

    closed = re.search(r'<details class="care"><summary>.*?</details>', page, re.DOTALL)
    assert closed
    assert "A hard text." in closed[0]
    assert page.count("A hard text.") == 1
    assert page.count('type="radio"') == 3 * 7 + 6
    assert "Data only" in page
    assert "USD\xa0110,000" in page


def test_saving_a_draft_keeps_everything_and_says_so(browser: Client, mine: list[Assignment]) -> None:
    response = browser.post(address("desk", mine[0].pk), filled(overall="") | {"save": ""}, follow=True)

    review = Review.objects.get()
    assert (review.overall, review.public_comment, review.scores.count()) == (None, "Good.", 3)
    assert response.redirect_chain == [(address("desk", mine[0].pk), 302)]
    assert "Your draft for IN-REVIEW-001 is saved." in response.content.decode()
    assert panels.fresh(mine[0]).state == State.IN_PROGRESS


def test_save_and_next_and_submit_and_next_go_on(browser: Client, mine: list[Assignment]) -> None:
    saved = browser.post(address("desk", mine[0].pk), filled() | {"next": "1"})
    assert saved.headers["Location"] == address("desk", mine[1].pk)

    sent = browser.post(address("desk", mine[2].pk), filled() | {"submit": "next"})
    assert sent.headers["Location"] == address("desk", mine[0].pk)
    assert panels.fresh(mine[2]).state == State.SUBMITTED


def test_submitting_too_early_lists_what_is_missing_and_keeps_what_was_typed(
    browser: Client, mine: list[Assignment]
) -> None:
    data = filled(overall="", notes="Typed just now.") | {"submit": "next"}
    del data["score-quality"]
    page = browser.post(address("desk", mine[0].pk), data).content.decode()

    assert "2 things to correct" in page
    assert "Choose a score, or n/a." in page
    assert "Choose your overall merit." in page
    assert "Typed just now." in page
    assert '<span class="badge is-moving is-framed">Draft</span>' in page
    assert panels.fresh(mine[0]).state == State.IN_PROGRESS


def test_a_stale_form_shows_both_versions_and_can_be_kept(browser: Client, mine: list[Assignment]) -> None:
    review = panels.write(mine[0], public_comment="From one window.")

    response = browser.post(address("desk", mine[0].pk), filled(public_comment="From the other.") | {"save": ""})
    page = response.content.decode()
    assert response.status_code == 409
    assert "From one window." in page
    assert "From the other." in page
    assert Review.objects.get().public_comment == "From one window."

    again = filled(review, public_comment="From the other.") | {"save": ""}
    assert f'name="revision" value="{again["revision"]}"' in page
    browser.post(address("desk", mine[0].pk), again)
    assert Review.objects.get().public_comment == "From the other."


def test_a_value_off_the_scale_is_refused_and_the_text_is_still_there(browser: Client, mine: list[Assignment]) -> None:
    page = browser.post(address("desk", mine[0].pk), filled(**{"score-quality": "9"}) | {"save": ""}).content.decode()

    assert "error" in page
    assert "Good." in page
    assert not Review.objects.exists()


def test_own_submission_opens_the_others_reviews(browser: Client, mine: list[Assignment], call: Call) -> None:
    other = panels.make_member(call, "Omar Other", "police")
    panels.submit(
        panels.assign(mine[0].application, other), public_comment="THEIR words.", private_comment="THEIR aside."
    )
    for url in (address("desk", mine[0].pk), address("queue")):
        assert "THEIR" not in browser.get(url).content.decode()

    browser.post(address("desk", mine[0].pk), filled() | {"submit": "stay"})
    page = browser.get(address("desk", mine[0].pk)).content.decode()

    assert "THEIR words." in page
    assert "THEIR aside." in page
    assert "Omar Other" in page
    assert "<textarea" not in page


def test_names_of_reviewers_are_shown_only_where_the_call_says_so(
    browser: Client, mine: list[Assignment], call: Call
) -> None:
    Call.objects.filter(pk=call.pk).update(reviewers_see_names=False)
    other = panels.make_member(call, "Omar Other", "police")
    panels.submit(panels.assign(mine[0].application, other))
    panels.submit(mine[0])

    page = browser.get(address("desk", mine[0].pk)).content.decode()

    assert "Another reviewer" in page
    assert "Omar" not in page
    assert "Law enforcement" not in page


def test_hidden_applicants_stay_hidden_until_the_own_review_is_in(
    browser: Client, mine: list[Assignment], call: Call
) -> None:
    Call.objects.filter(pk=call.pk).update(applicants_hidden=True)
    assignment = mine[0]
    with receive(b"%PDF-1.4 letter") as incoming:
        file = Attachment.objects.create(
            application=assignment.application, question="letter", name="Applicant 100.pdf", path=keep(incoming),
            sha256=incoming.sha256, size=15, pages=1, attested=True,
        )  # fmt: skip
    desk, download = address("desk", assignment.pk), file.get_absolute_url()

    for url in (desk, address("queue"), address("declare", assignment.pk), address("hand_back", assignment.pk)):
        page = browser.get(url).content.decode()
        assert "Applicant 100" not in page, url
        assert "Host 100" not in page, url
        assert "Norway" not in page, url
    assert browser.get(download).status_code == 404

    panels.submit(panels.fresh(assignment))
    page = browser.get(desk).content.decode()
    assert "Applicant 100" in page
    assert "Host 100" in page
    response = browser.get(download)
    assert b"".join(response.streaming_content) == b"%PDF-1.4 letter"  # type: ignore[attr-defined]
    default_storage.delete(file.path)


def test_the_desk_takes_the_same_queries_whatever_the_queue(
    browser: Client, mine: list[Assignment], call: Call
) -> None:
    panels.submit(mine[0])
    panels.submit(panels.assign(mine[0].application, panels.make_member(call, "Nora")))
    for each in mine[:2]:
        browser.get(address("desk", each.pk))
    with CaptureQueriesContext(connection) as done_few:
        browser.get(address("desk", mine[0].pk))
    with CaptureQueriesContext(connection) as draft_few:
        browser.get(address("desk", mine[1].pk))
    for name, group in {"Omar": "ngo", "Pia": "police", "Quentin": "survivors", "Rosa": "industry"}.items():
        panels.submit(panels.assign(mine[0].application, panels.make_member(call, name, group)))

    with CaptureQueriesContext(connection) as done_many:
        browser.get(address("desk", mine[0].pk))

    assert len(draft_few) <= 15
    assert len(done_few) <= 15
    assert len(done_many) == len(done_few)


# Saving as one types.


def save_one(browser: Client, assignment: Assignment, key: str, value: str, revision: int | str = 0) -> Any:
    return browser.post(
        address("autosave", assignment.pk), {"key": key, "value": value, "revision": str(revision)},
        headers={"Accept": "application/json"},
    )  # fmt: skip


def test_answers_are_saved_as_they_are_typed(browser: Client, mine: list[Assignment]) -> None:
    answers = [
        ("score-quality", "5"), ("score-safety", "na"), ("comment-quality", "Why."), ("overall", "3"), ("notes", "n\0"),
    ]  # fmt: skip
    for revision, (key, value) in enumerate(answers):
        response = save_one(browser, mine[0], key, value, revision)
        assert (response.status_code, response.json()["revision"]) == (200, revision + 1)

    review = Review.objects.get()
    assert (review.overall, review.notes) == (3, "n")
    assert set(review.scores.values_list("criterion__key", "value", "is_not_applicable", "comment")) == {
        ("quality", 5, False, "Why."), ("safety", None, True, ""),
    }  # fmt: skip


def test_another_window_gets_both_versions_and_the_same_words_are_no_conflict(
    browser: Client, mine: list[Assignment]
) -> None:
    save_one(browser, mine[0], "notes", "first")

    conflict = save_one(browser, mine[0], "notes", "second")
    assert (conflict.status_code, conflict.json()["value"], conflict.json()["revision"]) == (409, "first", 1)
    assert save_one(browser, mine[0], "notes", "first").status_code == 200


@pytest.mark.parametrize(
    ("key", "value", "revision"),
    [("score-quality", "9", "0"), ("score-nothing", "3", "0"), ("overall", "99", "0"), ("state", "x", "0"),
     ("notes", "x", "no")],
)  # fmt: skip
def test_what_cannot_be_saved_is_said_in_words(
    browser: Client, mine: list[Assignment], key: str, value: str, revision: str
) -> None:
    response = save_one(browser, mine[0], key, value, revision)

    assert response.status_code == 400
    assert response.json()["message"]


def test_nothing_is_saved_after_the_submission(browser: Client, mine: list[Assignment]) -> None:
    review = panels.submit(mine[0])

    assert save_one(browser, mine[0], "notes", "late", review.revision).status_code == 409
    assert Review.objects.get().notes == "Mine."


def test_what_arrives_after_the_submission_and_went_in_with_it_is_not_lost(
    browser: Client, mine: list[Assignment]
) -> None:
    review = panels.submit(mine[0], 4, 3)

    for key, value in (("notes", "Mine."), ("score-quality", "4"), ("overall", str(review.overall))):
        assert save_one(browser, mine[0], key, value, 0).status_code == 200
    refused = save_one(browser, mine[0], "score-quality", "1", 0)
    assert (refused.status_code, "no longer a draft" in refused.json()["message"]) == (409, True)
    assert Review.objects.get().revision == review.revision


# Whose pages these are.


@pytest.mark.parametrize("name", ["desk", "declare", "hand_back"])
def test_the_pages_of_a_review_are_its_reviewers(
    client: Client, mine: list[Assignment], helena: User, chandra: User, call: Call, ada: User, name: str
) -> None:
    url = address(name, mine[0].pk)
    assert client.get(url).status_code == 302
    panels.make_member(call, chandra, is_chair=True)
    for person, status in ((helena, 403), (chandra, 403), (ada, 404), (panels.make_member(call, "Omar").person, 404)):
        client.force_login(person)
        assert client.get(url).status_code == status, person.name


def test_a_proposal_is_nothing_to_its_reviewer(browser: Client, call: Call, member: PanelMember) -> None:
    proposal = assigning.add(application=call.applications.first(), member=member, by=None)

    for name in ("desk", "declare", "hand_back"):
        assert browser.get(address(name, proposal.pk)).status_code == 404
    assert save_one(browser, proposal, "notes", "x").status_code == 404


# Handing back, pause, invitation.


def test_a_review_is_handed_back_with_a_reason(browser: Client, mine: list[Assignment]) -> None:
    url = address("hand_back", mine[0].pk)
    assert "Say in a sentence why" in browser.post(url, {"reason": ""}).content.decode()

    page = browser.post(url, {"reason": "Not my field."}, follow=True).content.decode()

    assert "IN-REVIEW-001 is handed back" in page
    assert panels.fresh(mine[0]).decline_reason == "Not my field."


def test_a_pause_is_taken_and_ended_without_a_question(browser: Client, mine: list[Assignment], ruth: User) -> None:
    page = browser.post(address("pause"), {"action": "pause"}, follow=True).content.decode()
    assert "Your reviews are paused" in page
    assert "Your reviews are paused" in browser.get(address("queue")).content.decode()

    browser.post(address("pause"), {"action": "resume"})
    assert PanelMember.objects.get(person=ruth).paused_at is None


def test_only_who_serves_can_pause(client: Client, ada: User) -> None:
    client.force_login(ada)

    assert client.get(address("pause")).status_code == 403


@pytest.mark.parametrize(("answer", "state"), [("accept", "accepted"), ("decline", "declined")])
def test_an_invitation_is_answered_on_its_page(
    browser: Client, client: Client, call: Call, ruth: User, ada: User, answer: str, state: str
) -> None:
    member = panel.invite(call=call, person=ruth, group="ngo", country="KE", by=None)
    url = address("invitation", member.pk)
    assert "You are invited to a panel" in browser.get(address("queue")).content.decode()
    assert "NGOs, hotlines" in browser.get(url).content.decode()

    for __ in range(2):
        browser.post(url, {"answer": answer, "version": "1"})

    assert PanelMember.objects.get().state == state
    assert "This invitation was already answered." in browser.get(url).content.decode()
    client.force_login(ada)
    assert client.get(url).status_code == 404
