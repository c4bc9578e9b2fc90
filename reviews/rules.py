"""Who may do what with the panel, assignments, reviews and decisions."""

import rules

from applications.models import Application
from applications.rules import is_free_of_interest
from core.people.rules import is_administrator, reads_all
from reviews.models import Assignment, PanelMember
from reviews.models.assignment import reviews_owed_by
from reviews.models.panel import calls_chaired_by


def _chairs(user, call_id: int) -> bool:
    """Whether the person chairs the call; a yes is kept for the request, and what a page read with its call."""
    if not user.is_authenticated:
        return False
    place = (PanelMember, call_id)
    if place not in user.known and calls_chaired_by(user).filter(call=call_id).exists():
        user.known[place] = True
    return user.known.get(place, False)


def knows_chair(user, call_id: int, *, is_chair: bool) -> None:
    """Remember for the request whether the person chairs a call, where that was read with the call."""
    user.known[PanelMember, call_id] = is_chair


@rules.predicate
def is_reviewer(user, assignment) -> bool:
    return user.is_authenticated and assignment.member.person_id == user.pk


@rules.predicate
def chairs_call(user, call) -> bool:
    return _chairs(user, call.pk)


@rules.predicate
def chairs_call_of_meeting(user, meeting) -> bool:
    return _chairs(user, meeting.call_id)


@rules.predicate
def did_not_write_the_minutes(user, meeting) -> bool:
    return meeting.minutes_by_id != user.pk


@rules.predicate
def chairs_call_of_application(user, application) -> bool:
    return _chairs(user, application.call_id)


@rules.predicate
def owes_no_review(user, application) -> bool:
    """Whether others' reviews are open to the person, who has none of their own left to write."""
    return not reviews_owed_by(user).filter(application=application).exists()


@rules.predicate
def is_free_of_interest_in_assigned(user, assignment) -> bool:
    return is_free_of_interest(user, assignment.application)


@rules.predicate
def is_free_of_interest_in_decided(user, decision) -> bool:
    return is_free_of_interest(user, decision.application)


@rules.predicate
def chairs_call_of_assigned(user, assignment) -> bool:
    return _chairs(user, assignment.application.call_id)


@rules.predicate
def may_rule_on(user, declaration) -> bool:
    """Whether the person runs the application that the tie is to, and is neither tied to it nor the one who is."""
    if not user.is_authenticated or declaration.person_id == user.pk:
        return False
    application = Application.objects.filter(pk=declaration.subject).first()
    if declaration.subject_type != "applications.application" or application is None:
        return False
    return is_free_of_interest(user, application) and (is_administrator(user) or _chairs(user, application.call_id))


@rules.predicate
def is_not_preparer(user, decision) -> bool:
    return decision.prepared_by_id != user.pk


@rules.predicate
def is_in_reviewers_hand(user, assignment) -> bool:
    return assignment.state != Assignment.State.PROPOSED


@rules.predicate
def has_agreed(user, assignment) -> bool:
    return assignment.member.terms_version == assignment.application.call.panel_terms_version


runs_assignments = (is_administrator | chairs_call_of_assigned) & is_free_of_interest_in_assigned

rules.add_perm("reviews.run_panel", is_administrator | chairs_call)
rules.add_perm("reviews.see_panel", reads_all | chairs_call)
rules.add_perm("reviews.see_leniency", chairs_call)
rules.add_perm("reviews.run_meeting", is_administrator | chairs_call_of_meeting)
rules.add_perm("reviews.approve_minutes", (is_administrator | chairs_call_of_meeting) & did_not_write_the_minutes)
rules.add_perm("reviews.run_assignment", runs_assignments)
rules.add_perm("reviews.do_assignment", is_reviewer & is_in_reviewers_hand & has_agreed)
rules.add_perm(
    "reviews.read_assigned", is_reviewer & is_in_reviewers_hand & has_agreed & is_free_of_interest_in_assigned
)
rules.add_perm("reviews.rule_conflict", runs_assignments)
rules.add_perm("reviews.rule_declaration", may_rule_on)
rules.add_perm("reviews.answer_applicant", is_administrator & is_free_of_interest & owes_no_review)
rules.add_perm("reviews.prepare_decision", is_administrator & is_free_of_interest_in_decided)
rules.add_perm("reviews.approve_decision", is_administrator & is_not_preparer & is_free_of_interest_in_decided)
rules.add_perm("reviews.release_decision", is_administrator & is_free_of_interest_in_decided)
rules.add_perm(
    "applications.recommend_application", (is_administrator | chairs_call_of_application) & is_free_of_interest
)
