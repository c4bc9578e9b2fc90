"""Reviewing and deciding through the interface."""

from copy import deepcopy
from decimal import Decimal

import pytest

from applications.models import Application
from core.jobs.work import run_all
from core.mail.models import Message
from core.people.models import Role
from fund.actions import ledger
from fund.models import Award
from reviews.models import Assignment, Decision, Review
from tests import factories
from tests.access.world import recuse
from tests.reviews import panels

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared):
    """Make the call once."""
    return panels.make_call_in_review(applications=2)


@pytest.fixture
def call(made, db):
    return deepcopy(made)


@pytest.fixture
def ours(call):
    return Application.objects.filter(call=call).order_by("pk").first()


@pytest.fixture
def assignment(call, ours, ruth):
    return panels.assign(ours, panels.make_member(call, ruth), declared=False)


@pytest.fixture
def ruth_says(ruth, assignment, speaking_for):
    return speaking_for(ruth)


SCORES = {"quality": 5, "usefulness": 4, "safety": "na"}


def test_a_reviewer_declares_opens_saves_and_submits(ruth_says, assignment):
    path = f"assignments/{assignment.pk}"
    assert [row["state"] for row in ruth_says.rows("assignments/")] == ["released"]
    assert ruth_says("POST", f"{path}/open/").status_code == 409
    assert ruth_says("POST", f"{path}/declare/", {"has_interest": False}).status_code == 204

    opened = ruth_says("POST", f"{path}/open/")
    assert (opened.status_code, opened.data["revision"], opened.data["state"]) == (200, 0, "in_progress")
    review = opened.data["id"]
    refused = ruth_says("POST", f"{path}/submit/")
    assert refused.status_code == 400
    assert refused.data["overall"] == ["Choose your overall merit."]

    saved = ruth_says(
        "PATCH", f"reviews/{review}/",
        {"revision": 0, "scores": SCORES, "overall": 5, "public_comment": "Clear.", "private_comment": "Fund it."},
    )  # fmt: skip
    assert (saved.status_code, saved.data["revision"], saved.data["overall"]) == (200, 1, 5)
    assert {each["criterion"]: each["value"] for each in saved.data["scores"]} == {
        "quality": 5, "usefulness": 4, "safety": None
    }  # fmt: skip

    done = ruth_says("POST", f"{path}/submit/")
    assert (done.status_code, done.data["state"]) == (200, "submitted")
    assert ruth_says("PATCH", f"reviews/{review}/", {"overall": 1}).status_code == 409


def test_an_outdated_review_is_refused_and_nothing_lost(ruth_says, assignment):
    ruth_says("POST", f"assignments/{assignment.pk}/declare/", {"has_interest": False})
    review = ruth_says("POST", f"assignments/{assignment.pk}/open/").data["id"]
    ruth_says("PATCH", f"reviews/{review}/", {"revision": 0, "overall": 5})
    stale = ruth_says("PATCH", f"reviews/{review}/", {"revision": 0, "overall": 2})
    assert stale.status_code == 409
    assert stale.data["detail"].startswith("This review was saved from another window.")
    assert Review.objects.get().overall == 5


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"overall": 7}, "overall"), ({"overall": "good"}, "overall"), ({"scores": {"quality": 9}}, "quality"),
        ({"scores": {"quality": "x"}}, "quality"), ({"scores": {"quality": [1]}}, "quality"),
        ({"scores": {"beauty": 1}}, "scores"), ({"scores": 4}, "scores"), ({"revision": "x"}, "revision"),
    ],
    ids=str,
)  # fmt: skip
def test_scores_that_are_none_are_refused_by_field(ruth_says, assignment, body, field):
    ruth_says("POST", f"assignments/{assignment.pk}/declare/", {"has_interest": False})
    review = ruth_says("POST", f"assignments/{assignment.pk}/open/").data["id"]
    response = ruth_says("PATCH", f"reviews/{review}/", body)
    assert (response.status_code, list(response.data)) == (400, [field])
    assert Review.objects.get().revision == 0


def test_a_tie_takes_the_application_away_at_once(ruth_says, assignment, ours):
    tie = {"has_interest": True, "kinds": ["personal"], "note": "We met."}
    assert ruth_says("POST", f"assignments/{assignment.pk}/declare/", {"has_interest": True}).status_code == 400
    assert ruth_says("POST", f"assignments/{assignment.pk}/declare/", tie).status_code == 204
    assert ruth_says.rows("assignments/") == []
    assert ruth_says.rows("applications/") == []
    assert ruth_says("GET", f"applications/{ours.pk}/").status_code == 404


def test_handing_back_needs_its_reason(ruth_says, assignment):
    path = f"assignments/{assignment.pk}/hand-back/"
    assert ruth_says("POST", path, {"reason": " "}).status_code == 400
    assert ruth_says("POST", path, {"reason": "I am ill."}).status_code == 204
    assert Assignment.objects.get().state == Assignment.State.DECLINED


def test_others_reviews_come_after_ones_own(ruth_says, assignment, call, ours, chandra, speaking_for):
    other = panels.assign(ours, panels.make_member(call, chandra, "ngo", is_chair=True))
    panels.submit(other, private_comment="Only for the panel.")
    ruth_says("POST", f"assignments/{assignment.pk}/declare/", {"has_interest": False})
    mine = ruth_says("POST", f"assignments/{assignment.pk}/open/").data["id"]
    assert [row["id"] for row in ruth_says.rows("reviews/")] == [mine]
    assert ruth_says("GET", f"reviews/{other.review.pk}/").status_code == 404
    panels.submit(panels.fresh(assignment))
    assert [row["id"] for row in ruth_says.rows("reviews/")] == sorted([mine, other.review.pk])


def test_private_notes_are_in_no_answer(ruth_says, assignment, speaking_for, helena):
    ruth_says("POST", f"assignments/{assignment.pk}/declare/", {"has_interest": False})
    panels.submit(panels.fresh(assignment), notes="Mine alone.")
    for says in (ruth_says, speaking_for(helena)):
        assert "Mine alone." not in str(says.rows("reviews/"))


@pytest.fixture
def money(call):
    pledged = ledger.pledge(
        fund=call.fund, organisation=factories.make_organisation("Lumen", kind="company"), amount=Decimal(900_000),
        by=None,
    )  # fmt: skip
    ledger.receive(contribution=pledged, amount=Decimal(900_000), by=None)


def test_a_decision_is_prepared_approved_by_another_and_released(call, ours, helena, oluchi, money, speaking_for):
    first, second = speaking_for(helena), speaking_for(oluchi)
    made = first(
        "POST", "decisions/",
        {"application": ours.reference, "outcome": "fund", "amount": "100000.00", "rationale": "Of one mind."},
    )  # fmt: skip
    assert (made.status_code, made.data["state"], made.data["amount"]) == (201, "draft", "100000.000")
    pk = made.data["id"]
    assert first("POST", f"decisions/{pk}/approve/").status_code == 403
    assert second("POST", f"decisions/{pk}/approve/").data["state"] == "approved"
    assert second("POST", f"decisions/{pk}/approve/").status_code == 409

    released = first("POST", "decisions/release/", {"call": call.slug})
    assert released.status_code == 201
    assert first("POST", "decisions/release/", {"call": call.slug, "decisions": [pk]}).status_code == 409
    award = Award.objects.get()
    assert first.get(f"decisions/{pk}/")["award"] == award.number
    assert [row["kind"] for row in first.rows("jobs/", batch=released.data["batch"])] == ["award-letter"]
    progress = first.get(f"batches/{released.data['batch']}/")
    assert (progress["total"], progress["done"], progress["left"]) == (1, 0, 1)


@pytest.mark.parametrize(
    ("change", "status"),
    [({"outcome": "maybe"}, 400), ({"amount": "-5"}, 400), ({"amount": "1e9"}, 400), ({"amount": "ten"}, 400),
     ({"amount": "100.001"}, 400), ({"amount": "NaN"}, 400), ({"rationale": " "}, 400), ({"application": "X-1"}, 404)],
    ids=str,
)  # fmt: skip
def test_a_decision_of_the_wrong_shape_is_refused(call, ours, helena, money, speaking_for, change, status):
    body = {"application": ours.reference, "outcome": "fund", "amount": "100000.00", "rationale": "Why."} | change
    assert speaking_for(helena)("POST", "decisions/", body).status_code == status
    assert Decision.objects.count() == 0


def test_a_release_names_only_decisions_that_there_are(call, ours, helena, oluchi, speaking_for):
    decision = panels.approved(ours, "decline", by=[oluchi, helena])
    says = speaking_for(helena)
    response = says("POST", "decisions/release/", {"call": call.slug, "decisions": [decision.pk, 999_999]})
    assert response.status_code == 400
    assert response.data == {"decisions": ["One of these decisions does not exist or is not open to you."]}
    assert Decision.objects.get().state == Decision.State.APPROVED


def test_who_does_not_decide_gets_403(call, ours, ruth, audrey, felix, speaking_for):
    for person in (ruth, audrey, felix):
        assert speaking_for(person)("POST", "decisions/release/", {"call": call.slug}).status_code == 403


def test_an_offer_is_accepted_by_its_holder(call, ours, helena, oluchi, money, speaking_for):
    panels.deciding.release(call=call, decisions=[panels.approved(ours, "fund", by=[helena, oluchi])], by=helena)
    award = Award.objects.get()
    says = speaking_for(award.investigator)
    assert says("POST", f"awards/{award.number}/accept/", {}).status_code == 400
    done = says("POST", f"awards/{award.number}/accept/", {"signatory": "Linnea"})
    assert (done.status_code, done.data["state"]) == (200, "accepted")
    assert says("POST", f"awards/{award.number}/decline/", {}).status_code == 409
    assert speaking_for(helena)("POST", f"awards/{award.number}/accept/", {"signatory": "X"}).status_code == 403


def test_an_offer_is_declined_and_its_holder_is_told(call, ours, helena, oluchi, money, speaking_for):
    panels.deciding.release(call=call, decisions=[panels.approved(ours, "fund", by=[helena, oluchi])], by=helena)
    award = Award.objects.get()
    before = Message.objects.filter(person=award.investigator).count()
    done = speaking_for(award.investigator)("POST", f"awards/{award.number}/decline/", {"reason": "Other money."})
    assert (done.status_code, done.data["state"], done.data["amount"]) == (200, "declined", "0.000")
    assert Message.objects.filter(person=award.investigator).count() == before + 1


@pytest.fixture
def blind(ruth):
    call = panels.make_call_in_review("blind", applications=2, applicants_hidden=True)
    hidden = Application.objects.filter(call=call).order_by("pk").first()
    return panels.assign(hidden, panels.make_member(call, ruth))


def test_a_blind_reviewer_learns_no_name_from_any_answer_or_search(blind, ruth, speaking_for):
    hidden = blind.application
    says = speaking_for(ruth)
    (row,) = says.rows("applications/")
    assert (row["host"], row["country"], row["investigator_name"]) == (None, None, None)
    assert says.get(f"applications/{hidden.pk}/") == row
    words = [hidden.host_name, hidden.investigator_name, hidden.investigator_name.split()[0]]
    assert [len(says.rows("applications/", q=word)) for word in words] == [0, 0, 0]
    assert [len(says.rows("applications/", country=code)) for code in (hidden.country, "KE", "NO")] == [0, 0, 0]
    assert len(says.rows("applications/", q=hidden.title.split()[0])) == 1
    everything = "".join(str(says.rows(path)) for path in ("assignments/", "reviews/", "documents/", "applications/"))
    assert [name for name in words if name in everything] == []


def test_the_names_come_once_the_own_review_is_in(blind, ruth, speaking_for):
    panels.submit(blind)
    (row,) = speaking_for(ruth).rows("applications/")
    assert row["host"] == blind.application.host_name
    assert row["investigator_name"] == blind.application.investigator_name


LISTS = ["applications/", "assignments/", "reviews/", "decisions/", "awards/", "documents/", "jobs/", "batches/"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, pytest.param(Role.AUDITOR, marks=pytest.mark.more)])
def test_whoever_is_recused_finds_no_trace_in_any_list_or_count(
    call, ours, helena, oluchi, money, assignment, speaking_for, role
):
    panels.conflicts.declare(assignment=assignment, has_interest=False, by=assignment.member.person)
    panels.submit(panels.fresh(assignment))
    nora = factories.make_user("Nora", role)
    says = speaking_for(nora)
    before = {path: says.get(path)["count"] for path in LISTS}
    recuse(nora, ours)
    other = Application.objects.exclude(pk=ours.pk).get()
    decisions = [panels.approved(each, "fund", by=[helena, oluchi]) for each in (ours, other)]
    panels.deciding.release(call=call, decisions=decisions, by=helena)
    run_all()

    award, theirs = Award.objects.get(source_key=ours.pk), Award.objects.get(source_key=other.pk)
    found = {path: says.get(path) for path in LISTS[:6]}
    assert found["applications/"]["count"] == before["applications/"] - 1
    assert [row["reference"] for row in found["applications/"]["results"]] == [other.reference]
    assert (found["assignments/"]["count"], found["reviews/"]["count"]) == (0, 0)
    assert [row["number"] for row in found["awards/"]["results"]] == [theirs.number]
    assert [row["application"] for row in found["decisions/"]["results"]] == [other.reference]
    traces = [ours.reference, ours.title, award.number]
    assert [word for word in traces for path in LISTS if word in str(says.rows(path))] == []
    for path in (f"applications/{ours.pk}/", f"awards/{award.number}/", f"assignments/{assignment.pk}/"):
        assert says("GET", path).status_code == 404
