"""Who may do what with the panel, assignments, reviews and decisions."""

import rules

from applications.rules import is_free_of_interest
from core.people.rules import is_administrator
from reviews.models import Assignment, PanelMember


@rules.predicate
def is_reviewer(user, assignment) -> bool:
    return user.is_authenticated and assignment.member.person_id == user.pk


@rules.predicate
def chairs_call_of_application(user, application) -> bool:
    return (
        user.is_authenticated
        and PanelMember.objects.serving().filter(call=application.call_id, person=user, is_chair=True).exists()
    )


@rules.predicate
def is_free_of_interest_in_assigned(user, assignment) -> bool:
    return is_free_of_interest(user, assignment.application)


@rules.predicate
def is_free_of_interest_in_decided(user, decision) -> bool:
    return is_free_of_interest(user, decision.application)


@rules.predicate
def chairs_call_of_assigned(user, assignment) -> bool:
    return chairs_call_of_application(user, assignment.application)


@rules.predicate
def is_not_preparer(user, decision) -> bool:
    return decision.prepared_by_id != user.pk


@rules.predicate
def is_in_reviewers_hand(user, assignment) -> bool:
    return assignment.state != Assignment.State.PROPOSED


runs_assignments = (is_administrator | chairs_call_of_assigned) & is_free_of_interest_in_assigned

rules.add_perm("reviews.run_assignment", runs_assignments)
rules.add_perm("reviews.do_assignment", is_reviewer & is_in_reviewers_hand)
rules.add_perm("reviews.rule_conflict", runs_assignments)
rules.add_perm("reviews.prepare_decision", is_administrator & is_free_of_interest_in_decided)
rules.add_perm("reviews.approve_decision", is_administrator & is_not_preparer & is_free_of_interest_in_decided)
rules.add_perm("reviews.release_decision", is_administrator & is_free_of_interest_in_decided)
rules.add_perm(
    "applications.recommend_application", (is_administrator | chairs_call_of_application) & is_free_of_interest
)
