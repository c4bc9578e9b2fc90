"""Makes panels, assignments and reviews for the tests, through the product's own actions."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from applications.actions import screening
from applications.models import Application, TeamMember
from core import clock
from core.people.models import User
from fund.models import Call
from reviews import basis
from reviews.actions import assigning, conflicts, deciding, panel, reviewing
from reviews.models import Assignment, Decision, PanelMember, Review
from tests import factories

GROUPS = ["research", "industry", "ngo", "government", "survivors", "police"]


def make_applicant(number: int, **fields: Any) -> User:
    """Add an applicant whose address and organisation nobody else has."""
    organisation = factories.make_organisation(f"Host {number}", "KE", email_domain=f"host{number}.example")
    return factories.make_user(
        f"Applicant {number}", organisation=organisation, email=f"pi@host{number}.example", **fields
    )


def make_application(call: Call, number: int, **answers: Any) -> Application:
    """Submit an application of its own applicant and host, found eligible and sent to the panel."""
    by = make_applicant(number)
    given = {"title": f"Study {number}", "host": f"Host {number}"} | answers
    application = factories.make_submitted(call, by, answers=given)
    screening.screen(application=application, outcome="eligible", by=None)
    return screening.start_review(application=application, by=None)


def make_call_in_review(slug: str = "in-review", *, applications: int = 2, **fields: Any) -> Call:
    """Make a closed call whose applications are with the panel."""
    now = clock.now()
    call = factories.make_call(slug, closes_at=now + timedelta(days=1), **fields)
    first = 100 * Call.objects.count()
    for number in range(first, first + applications):
        make_application(call, number)
    Call.objects.filter(pk=call.pk).update(state=Call.State.IN_REVIEW, closes_at=now - timedelta(days=1))
    return Call.objects.get(pk=call.pk)


def name_signatory(application: Application) -> None:
    """Let the team of an application have somebody who signs for its host."""
    part = TeamMember.Part.SIGNATORY
    if not application.team.filter(part=part).exists():
        nobody = TeamMember.Access.NONE
        TeamMember.objects.create(application=application, name="Prof. Linnea Sørby", part=part, access=nobody)


def make_member(call: Call, person: User | str, group: str = "research", **fields: Any) -> PanelMember:
    """Invite a person, who accepts."""
    if isinstance(person, str):
        person = factories.make_user(
            person, email=f"{person.lower().replace(' ', '.')}@{person.split()[0].lower()}.example"
        )
    member = panel.invite(call=call, person=person, group=group, country="NO", by=None, **fields)
    return panel.answer(member=member, accepts=True, by=person)


def make_panel(call: Call, count: int = 4, **fields: Any) -> list[PanelMember]:
    """Add members of all groups in turn."""
    return [make_member(call, f"Member{n} of {call.slug}", GROUPS[n % 6], **fields) for n in range(count)]


def assign(application: Application, member: PanelMember, *, declared: bool = True) -> Assignment:
    """Assign a member to an application and release it, declared free of ties unless said otherwise."""
    assignment = assigning.add(application=application, member=member, by=None)
    assigning.release(call=application.call, due_at=clock.now() + timedelta(days=14), by=None)
    if declared:
        conflicts.declare(assignment=fresh(assignment), has_interest=False, by=member.person)
    return fresh(assignment)


def write(assignment: Assignment, value: int | str = 4, overall: int = 4, **texts: str) -> Review:
    """Fill in a review with one score everywhere, and leave it a draft."""
    by = assignment.member.person
    review = reviewing.open(assignment=assignment, by=by)
    scores = {each.key: value for each in review.rubric.criteria.all()}
    given = {"public_comment": "Clear and useful.", "private_comment": "For the panel.", "notes": "Mine."} | texts
    return reviewing.save(review=review, scores=scores, overall=overall, revision=review.revision, by=by, **given)


def submit(assignment: Assignment, value: int | str = 4, overall: int = 4, **texts: str) -> Review:
    """Fill in a review and hand it in."""
    write(assignment, value, overall, **texts)
    return reviewing.submit(assignment=assignment, by=assignment.member.person)


def fresh(assignment: Assignment) -> Assignment:
    """Read an assignment again."""
    return Assignment.objects.select_related("application__call", "member__person").get(pk=assignment.pk)


def approved(
    application: Application,
    outcome: str,
    *,
    by: Iterable[User],
    amount: int = 50_000,
    language: str = "",
    seen: basis.Before | None = None,
) -> Decision:
    """Prepare a decision by the first person and approve it by the second, who may approve many on the same order."""
    first, second = by
    if outcome == "fund":
        name_signatory(application)
    decision = deciding.prepare(
        application=application, outcome=outcome, rationale="The panel was of one mind.", by=first,
        amount=Decimal(amount) if outcome == "fund" else None, language=language,
    )  # fmt: skip
    return deciding.approve(decision=decision, by=second, seen=seen)
