"""From advice to outcome: recommended, prepared, approved by a second person, released."""

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import Application, TeamMember
from applications.models.tied import SUBJECT
from core import clock
from core.documents.models import IssuedLetter
from core.interests.models import Declaration
from core.jobs.models import Job
from core.people.models import User
from core.states import WrongState
from fund.actions import awards, ledger
from fund.models import Award, Call
from reviews.actions import deciding
from reviews.models import Decision, Recommendation, Release
from tests import factories
from tests.reviews import panels

pytestmark = pytest.mark.django_db


def pay_in(call: Call, amount: int) -> None:
    """Let a member company pay into the fund of a call."""
    company = factories.make_organisation("Member company", kind="company")
    pledge = ledger.pledge(fund=call.fund, organisation=company, amount=Decimal(amount), by=None)
    ledger.receive(contribution=pledge, amount=Decimal(amount), by=None)


@pytest.fixture(scope="module")
def made(shared: None) -> Call:
    """Make the call once."""
    call = panels.make_call_in_review(applications=3, budget=Decimal(150_000))
    pay_in(call, 400_000)
    return call


@pytest.fixture
def call(made: Call, db: None) -> Call:
    return deepcopy(made)


@pytest.fixture
def application(call: Call) -> Application:
    return call.applications.order_by("pk")[0]


@pytest.fixture
def both(helena: User, oluchi: User) -> tuple[User, User]:
    """The administrator who prepares and the one who approves."""
    return helena, oluchi


def recuse(person: User, application: Application) -> None:
    Declaration.objects.create(
        person=person, subject_type=SUBJECT, subject=application.pk, has_interest=True, declared_at=clock.now()
    )


def prepare(application: Application, by: User, **given: Any) -> Decision:
    fields = {"outcome": "fund", "amount": Decimal(50_000), "rationale": "Because."} | given
    return deciding.prepare(application=application, by=by, **fields)


# Recommendations.


def test_a_recommendation_is_recorded_and_replaced(application: Application, helena: User) -> None:
    deciding.recommend(application=application, kind="fund", rationale="Yes.", amount=Decimal(90_000), by=helena)
    deciding.recommend(application=application, kind="reserve", rationale="Next.", rank=1, by=helena)

    found = Recommendation.objects.get()
    assert (found.kind, found.amount, found.rank, found.rationale) == ("reserve", None, 1, "Next.")
    assert Application.objects.get(pk=application.pk).state == Application.State.RECOMMENDED


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "fund", "rationale": " ", "amount": Decimal(1)}, "rationale"),
        ({"kind": "maybe", "rationale": "x"}, "kind"),
        ({"kind": "fund", "rationale": "x"}, "amount"),
        ({"kind": "fund", "rationale": "x", "amount": Decimal(-5)}, "amount"),
        ({"kind": "conditions", "rationale": "x", "amount": Decimal(110_001)}, "amount"),
        ({"kind": "fund", "rationale": "x", "amount": Decimal("1.005")}, "amount"),
    ],
)
def test_a_recommendation_says_why_and_how_much(application: Application, helena: User, given: Any, field: str) -> None:
    with pytest.raises(ValidationError) as error:
        deciding.recommend(application=application, by=helena, **given)

    assert list(error.value.message_dict) == [field]
    assert not Recommendation.objects.exists()


def test_the_chair_recommends_for_their_own_call_and_reviewers_do_not(
    call: Call, application: Application, chandra: User, ruth: User
) -> None:
    panels.make_member(call, ruth)
    for person in (ruth, chandra):
        with pytest.raises(PermissionDenied):
            deciding.recommend(application=application, kind="decline", rationale="No.", by=person)
    panels.make_member(call, chandra, is_chair=True)

    assert deciding.recommend(application=application, kind="decline", rationale="No.", by=chandra).pk


# Preparing and approving.


def test_a_decision_freezes_what_it_is_based_on_without_a_score(application: Application, helena: User) -> None:
    assignment = panels.assign(application, panels.make_member(application.call, "Rita"))
    review = panels.submit(assignment)
    decision = prepare(application, helena)

    assert decision.basis == {
        "version": application.current_id, "rubric": application.call.rubric_id,
        "reviews": [[review.pk, review.revision]],
    }  # fmt: skip
    assert decision.state == Decision.State.DRAFT


@pytest.mark.parametrize(
    ("given", "field"),
    [({"rationale": ""}, "rationale"), ({"outcome": "perhaps"}, "outcome"), ({"amount": None}, "amount"),
     ({"amount": Decimal(110_001)}, "amount")],
)  # fmt: skip
def test_a_decision_has_an_outcome_an_amount_and_a_rationale(
    application: Application, helena: User, given: Any, field: str
) -> None:
    with pytest.raises(ValidationError) as error:
        prepare(application, helena, **given)

    assert list(error.value.message_dict) == [field]


def test_a_decision_prepared_again_replaces_the_one_before(application: Application, both: tuple[User, User]) -> None:
    first = panels.approved(application, "fund", by=both)
    second = prepare(application, both[0], outcome="decline", amount=None)

    assert Decision.objects.get(pk=first.pk).state == Decision.State.SUPERSEDED
    assert list(Decision.objects.current()) == [second]


@pytest.mark.parametrize("state", ["submitted", "eligible", "withdrawn", "ineligible"])
def test_only_what_was_reviewed_is_funded(application: Application, helena: User, state: str) -> None:
    withdrawn_at = clock.now() if state == "withdrawn" else None
    Application.objects.filter(pk=application.pk).update(state=state, withdrawn_at=withdrawn_at)

    with pytest.raises(WrongState):
        prepare(application, helena)


def test_what_is_not_eligible_can_be_declined(application: Application, both: tuple[User, User]) -> None:
    Application.objects.filter(pk=application.pk).update(state="ineligible")
    decision = panels.approved(application, "decline", by=both)
    deciding.release(call=application.call, decisions=[decision], by=both[0])

    assert Application.objects.get(pk=application.pk).outcome == "ineligible"


def test_two_people_decide_and_neither_is_tied(
    application: Application, helena: User, oluchi: User, felix: User
) -> None:
    decision = prepare(application, helena)
    for person in (helena, felix):
        with pytest.raises(PermissionDenied):
            deciding.approve(decision=decision, by=person)
    recuse(oluchi, application)
    with pytest.raises(PermissionDenied):
        deciding.approve(decision=decision, by=oluchi)
    with pytest.raises(PermissionDenied):
        prepare(application, oluchi)

    assert Decision.objects.get().state == Decision.State.DRAFT


def test_an_approval_names_who_and_when_and_can_be_taken_back(
    application: Application, both: tuple[User, User]
) -> None:
    decision = panels.approved(application, "fund", by=both)
    assert (decision.state, decision.approved_by) == (Decision.State.APPROVED, both[1])
    with pytest.raises(WrongState):
        deciding.approve(decision=decision, by=both[1])

    back = deciding.unapprove(decision=decision, by=both[1])
    assert (back.state, back.approved_by, back.approved_at) == (Decision.State.DRAFT, None, None)


def test_what_is_funded_stays_within_the_budget_of_the_call(call: Call, both: tuple[User, User]) -> None:
    first, second, third = call.applications.order_by("pk")
    panels.approved(first, "fund", by=both, amount=100_000)
    panels.approved(second, "fund", by=both, amount=50_000)

    with pytest.raises(ValidationError, match="more than the call’s budget") as error:
        panels.approved(third, "fund", by=both, amount=1)
    assert not any(character.isdigit() for character in str(error.value.messages))


def test_what_is_funded_stays_within_the_money_of_the_fund_over_all_its_calls(
    call: Call, both: tuple[User, User]
) -> None:
    first, second, _ = call.applications.order_by("pk")
    panels.approved(first, "fund", by=both, amount=100_000)
    rich = panels.make_call_in_review("rich", applications=4)
    for application in rich.applications.order_by("pk")[:3]:
        panels.approved(application, "fund", by=both, amount=100_000)

    with pytest.raises(ValidationError, match="more than the fund has available"):
        panels.approved(rich.applications.order_by("pk")[3], "fund", by=both, amount=1)
    assert panels.approved(second, "decline", by=both).state == Decision.State.APPROVED


# The release.


def released(call: Call, both: tuple[User, User], *outcomes: str, **given: Any) -> Release:
    pairs = zip(call.applications.order_by("pk"), outcomes, strict=False)
    decisions = [panels.approved(application, outcome, by=both) for application, outcome in pairs]
    return deciding.release(call=call, decisions=decisions, by=both[0], **given)


def test_a_release_makes_offers_outcomes_and_one_letter_each(call: Call, both: tuple[User, User]) -> None:
    release = released(call, both, "fund", "reserve", "decline")

    rows = call.applications.order_by("pk").values_list("state", "outcome", "outcome_released_at")
    assert list(rows) == [("decided", outcome, release.visible_at) for outcome in ("funded", "reserve", "declined")]
    decisions = list(Decision.objects.order_by("pk"))
    assert [each.award_id is not None for each in decisions] == [True, False, False]
    letters = Job.objects.filter(batch=release.batch).order_by("pk").values_list("kind", "key", "payload")
    assert list(letters) == [
        (kind, f"letter-{each.pk}", {"decision": each.pk, "letter": IssuedLetter.objects.get(cause=each.pk).pk})
        for kind, each in zip(["award-letter", "outcome-letter", "outcome-letter"], decisions, strict=True)
    ]


def test_an_offer_has_the_terms_of_the_decision(call: Call, application: Application, both: tuple[User, User]) -> None:
    lead = User.objects.get(teams__application=application)
    TeamMember.objects.create(application=application, name="Dean Sato", part=TeamMember.Part.SIGNATORY)
    decision = prepare(application, both[0], amount=Decimal(77_000), special_conditions="Ethics approval first.")
    deciding.approve(decision=decision, by=both[1])
    later = clock.now() + timedelta(days=2)
    deciding.release(call=call, decisions=[decision], visible_at=later, by=both[0])

    award = Award.objects.get()
    assert (award.source_key, award.title, award.offered_amount) == (application.pk, application.title, 77_000)
    assert (award.investigator, list(award.holders.all()), award.signatory) == (lead, [lead], "Dean Sato")
    assert (award.grantee, award.special_conditions) == (application.host, "Ethics approval first.")
    assert (award.offered_at, award.answer_by) == (later, later + timedelta(days=28))
    assert (award.starts_on.isoformat(), award.months) == ("2027-06-01", 18)


def test_no_award_starts_before_its_offer_can_be_answered(
    call: Call, application: Application, both: tuple[User, User]
) -> None:
    Application.objects.filter(pk=application.pk).update(starts_on=clock.today())
    deciding.release(call=call, decisions=[panels.approved(application, "fund", by=both)], by=both[0])

    award = Award.objects.get()
    assert award.starts_on > award.answer_by.date()
    assert award.starts_on.day == 1


def test_nothing_is_known_before_the_set_moment(call: Call, application: Application, both: tuple[User, User]) -> None:
    lead = User.objects.get(teams__application=application)
    later = clock.now() + timedelta(days=2)
    released(call, both, "fund", visible_at=later)

    application.refresh_from_db()
    assert application.applicant_wording.applicant == "We are reading your application"
    assert not Decision.objects.visible_to(lead).exists()
    assert not Award.objects.visible_to(lead).exists()
    with clock.at(later):
        assert application.applicant_wording.applicant == "Funded"
        assert Decision.objects.visible_to(lead).count() == 1
        assert Award.objects.visible_to(lead).count() == 1


def test_releasing_twice_does_nothing_twice(call: Call, both: tuple[User, User]) -> None:
    released(call, both, "fund", "decline")
    decisions = list(Decision.objects.all())

    with pytest.raises(WrongState, match="released already"):
        deciding.release(call=call, decisions=decisions, by=both[0])
    assert (Release.objects.count(), Award.objects.count()) == (1, 1)
    assert Job.objects.filter(key__startswith="letter-").count() == 2
    with pytest.raises(WrongState):
        prepare(decisions[0].application, both[0])


def test_an_offer_that_is_declined_leaves_its_money_for_another(call: Call, both: tuple[User, User]) -> None:
    first, second, third = call.applications.order_by("pk")
    decisions = [panels.approved(each, "fund", by=both, amount=75_000) for each in (first, second)]
    deciding.release(call=call, decisions=decisions, by=both[0])
    with pytest.raises(ValidationError, match="more than the call’s budget"):
        panels.approved(third, "fund", by=both, amount=75_000)

    awards.decline(award=Award.objects.get(source_key=first.pk), by=User.objects.get(teams__application=first))
    assert panels.approved(third, "fund", by=both, amount=75_000).state == Decision.State.APPROVED


def test_one_decision_that_is_not_approved_stops_the_whole_release(call: Call, both: tuple[User, User]) -> None:
    first, second, _ = call.applications.order_by("pk")
    decisions = [panels.approved(first, "fund", by=both), prepare(second, both[0])]

    with pytest.raises(WrongState):
        deciding.release(call=call, decisions=decisions, by=both[0])
    assert (Release.objects.count(), Award.objects.count()) == (0, 0)


def test_a_release_is_refused_to_who_is_tied_and_to_others_than_administrators(
    call: Call, application: Application, both: tuple[User, User], chandra: User
) -> None:
    decision = panels.approved(application, "fund", by=both)
    recuse(both[0], application)

    for person in (both[0], chandra):
        with pytest.raises(PermissionDenied):
            deciding.release(call=call, decisions=[decision], by=person)


def test_money_that_is_gone_since_the_approval_stops_the_release(call: Call, both: tuple[User, User]) -> None:
    decision = panels.approved(call.applications.first(), "fund", by=both)
    call.fund.entries.create(kind="fee", amount=Decimal(-390_000), entered_at=clock.now())

    with pytest.raises(ValidationError, match="does not have"):
        deciding.release(call=call, decisions=[decision], by=both[0])
    assert Decision.objects.get().state == Decision.State.APPROVED


def test_an_empty_release_and_one_of_another_call_are_refused(call: Call, both: tuple[User, User]) -> None:
    with pytest.raises(ValidationError, match="at least one"):
        deciding.release(call=call, decisions=[], by=both[0])
    other = panels.make_call_in_review("other", applications=1)
    foreign = panels.approved(other.applications.get(), "decline", by=both)
    with pytest.raises(ValidationError, match="another call"):
        deciding.release(call=call, decisions=[foreign], by=both[0])


def test_forty_decisions_take_few_queries_each(both: tuple[User, User]) -> None:
    call = panels.make_call_in_review("many", applications=10, budget=Decimal(10_000_000))
    pay_in(call, 10_000_000)
    decisions = [
        panels.approved(each, "fund" if number < 5 else "decline", by=both)
        for number, each in enumerate(call.applications.order_by("pk"))
    ]

    with CaptureQueriesContext(connection) as queries:
        deciding.release(call=call, decisions=decisions, by=both[0])

    assert len(queries) < 25 * len(decisions)
