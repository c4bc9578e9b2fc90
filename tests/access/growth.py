"""Makes the world larger: one more of everything that a page may list, by copying rows, which is quick."""

from typing import Any

from django.db import models

from applications.models import Application, ApplicationVersion, Attachment, Handover, Incident, Inquiry, TeamMember
from core import audit, clock
from core.documents.models import Document, new_code
from core.interests.models import Declaration
from core.jobs.models import Batch, Job
from core.mail.models import Message
from core.people.models import ApiToken, Role, RoleGrant, User
from fund.models import Award, AwardCondition, Call, Contribution, LedgerEntry
from reports.models import TemplateVersion, in_force
from reviews.models import (
    Assignment,
    Attendance,
    Bid,
    CalibrationScore,
    Decision,
    DecisionInquiry,
    Draw,
    Feedback,
    MatchingRun,
    Meeting,
    MeetingItem,
    PanelMember,
    PanelSuggestion,
    Reassignment,
    Recommendation,
    Review,
    Score,
)
from tests.access.world import World

SUBJECT = "applications.application"
FAILING = (
    ("replacement", "application", "submitted"), ("award-letter", "letter", "held letter"),
    ("meeting-minutes-copy", "meeting", "meeting"), ("ranking", "run", "submitted"),
)  # fmt: skip
"""Work without a batch that failed: its kind, and the subject that its payload names under a key."""
MOST_CONDITIONS = 20
"""No award has fifty; what each needs on the page is a form."""
MOST_INQUIRIES = 4
"""Nobody is asked fifty questions about one application; each is a text of staff with a form to answer it."""


def copy[Row: models.Model](row: Row, **changes: Any) -> Row:
    """Store a row once more, with some fields changed."""
    again = type(row)._default_manager.get(pk=row.pk)
    again.pk = None
    again._state.adding = True
    for name, value in changes.items():
        setattr(again, name, value)
    again.save()
    return again


def grow(world: World, first: int, last: int) -> None:
    """Add the rows numbered from the first up to the last, without it."""
    for number in range(first, last):
        _add_calls_and_drafts(world, number)
        person = _add_person(world, number)
        _add_to_review(world, number, person)
        _add_award(world, number)
        _add_work(world, number)
        _add_versions(world, number)


def _add_versions(world: World, number: int) -> None:
    again = {"number": number + 2, "note": f"Change {number}", "saved_at": clock.now(), "saved_by": world.helena}
    about = world.subjects["letter template"]
    TemplateVersion.objects.create(
        kind=about["kind"], language=about["language"], text=in_force(about["kind"], about["language"]).text, **again
    )


def _row[Row: models.Model](model: type[Row], world: World, subject: str, part: str = "pk") -> Row:
    return model._default_manager.get(pk=world.subjects[subject][part])


def _add_calls_and_drafts(world: World, number: int) -> None:
    draft = _row(Application, world, "draft")
    call = copy(draft.call, slug=f"open-{number}", prefix=f"OPEN{number}", title=f"Open call {number}")
    again = copy(draft, call=call, title=f"Draft {number}")
    copy(draft.team.get(user=world.ada), application=again)
    copy(_row(TeamMember, world, "draft", "member_pk"), name=f"Partner {number}")
    copy(_row(Attachment, world, "draft", "file_pk"), name=f"letter-{number}.pdf", code=new_code())
    page = _row(Attachment, world, "draft", "file_pk").pictures.first()
    assert page is not None
    copy(page, number=number + 2)
    incident = copy(_row(Incident, world, "incident"), sha256=f"{number:064}")
    copy(_row(Attachment, world, "closed file", "file_pk"), code=new_code(), sha256=incident.sha256, incident=incident)
    Handover.objects.create(
        incident=_row(Incident, world, "incident"), recipient="Hotline", handed_on=clock.today(),
        recorded_at=clock.now(),
    )  # fmt: skip
    line = draft.budget_lines.first()
    assert line is not None
    copy(line, description=f"Line {number}", amount=1)
    was = draft.answer_revisions.filter(key="summary").last()
    assert was is not None
    copy(was, revision=1000 + number, value="Another text. " * number)
    if number < MOST_INQUIRIES:
        copy(_row(Inquiry, world, "api inquiry"))
        copy(_row(Inquiry, world, "api answered inquiry"), shared_at=clock.now())
    other = _row(TeamMember, world, "invitation", "member_pk")
    asking = copy(other.application, call=call, title=f"Invites {number}")
    copy(other, application=asking)
    copy(asking.call, slug=f"new-{number}", prefix=f"NEW{number}", state=Call.State.DRAFT)


def _add_person(world: World, number: int) -> User:
    person = User(email=f"person{number}@person{number}.example", name=f"Person {number}")
    person.set_unusable_password()
    person.save()
    RoleGrant.objects.create(user=person, role=Role.PANEL, given_at=clock.now(), reason="Serves")
    token = _row(ApiToken, world, "token")
    copy(token, name=f"Token {number}", digest=f"{number:064}")
    return person


def _add_to_review(world: World, number: int, person: User) -> None:
    mine = _row(Application, world, "submitted")
    again = _copy_application(mine, f"REVIEW-{1000 + number}", f"Study {number}", world.bo)
    waiting = _copy_application(_row(Application, world, "waiting"), f"REVIEW-{2000 + number}", "Waits", world.bo)
    Application.objects.filter(pk=waiting.pk).update(submitted_at=clock.now())
    decided = _copy_application(mine, f"REVIEW-{3000 + number}", f"Decided {number}", world.bo)
    advised = _copy_application(mine, f"REVIEW-{4000 + number}", f"Advised {number}", world.bo)
    copy(_row(Decision, world, "prepared"), application=again)
    copy(_row(Bid, world, "bid"), application=decided)
    copy(_row(Feedback, world, "feedback"), application=again)
    copy(_row(DecisionInquiry, world, "decision inquiry"), application=again)
    approved = _row(Decision, world, "approved")
    copy(approved, application=decided, amount=1000)
    for each in (again, decided, advised):
        Recommendation.objects.create(application=each, kind="decline", rationale="Why.", recorded_by=world.chandra)
    copy(_row(Draw, world, "draw"), annulled_at=clock.now(), annul_reason=f"Late conflict {number}")
    meeting = _row(Meeting, world, "meeting")
    copy(
        _row(MeetingItem, world, "meeting item", "item_pk"),
        application=again,
        position=number + 100,
        ended_at=clock.now(),
    )
    copy(meeting, state="planned")
    own = _row(Assignment, world, "assignment")
    member = copy(_row(PanelMember, world, "member"), person=person)
    for scored in CalibrationScore.objects.filter(member=world.subjects["member"]["pk"]):
        copy(scored, member=member)
    Attendance.objects.create(meeting=meeting, member=member, came_at=clock.now())
    for application in (again, mine):
        _copy_review(copy(own, application=application, member=member, state="submitted"), world)
    _copy_review(copy(own, application=again), world, submitted_at=None)
    copy(_row(Assignment, world, "proposed"), application=again)
    copy(_row(Reassignment, world, "plan"), made_at=clock.now())
    MatchingRun.objects.create(
        call=again.call, application=again, objective=0, is_proved=True, made_at=clock.now(),
        unfilled=[{"proposal": again.reference, "reason": "Nobody is left."}],
    )  # fmt: skip
    if number % 2:
        copy(own, application=advised, state="released")
    elsewhere = copy(_row(PanelMember, world, "panel invitation"), call=Call.objects.get(slug=f"open-{number}"))
    copy(_row(PanelSuggestion, world, "suggestion"), place=elsewhere)
    Declaration.objects.create(
        person=person, subject_type=SUBJECT, subject=advised.pk, has_interest=True, kinds=["other"], note="We met.",
        declared_at=clock.now(),
    )  # fmt: skip
    Declaration.objects.create(
        person=world.ruth, subject_type=SUBJECT, subject=decided.pk, has_interest=True, kinds=["other"],
        declared_at=clock.now(), ruling="no_action", ruled_at=clock.now(),
    )  # fmt: skip


def _copy_application(application: Application, reference: str, title: str, owner: User) -> Application:
    again = copy(application, reference=reference, title=title)
    version = copy(ApplicationVersion.objects.get(pk=application.current_id), application=again)
    Application.objects.filter(pk=again.pk).update(current=version)
    member = application.team.first()
    assert member is not None
    copy(member, application=again, user=owner)
    again.current = version
    return again


def _copy_review(assignment: Assignment, world: World, **changes: Any) -> None:
    pattern = _row(Review, world, "review")
    given = {"submitted_at": clock.now(), "version": assignment.application.current} | changes
    review = copy(pattern, assignment=assignment, **given)
    for score in Score.objects.filter(review=pattern):
        copy(score, review=review)


def _add_award(world: World, number: int) -> None:
    offered = Award.objects.get(number=world.subjects["award"]["number"])
    accepted = Award.objects.get(number=world.subjects["accepted award"]["number"])
    letter = Document.objects.get(code=world.subjects["letter"]["code"])
    for pattern, digit in ((offered, 7), (accepted, 8)):
        award = copy(pattern, number=f"SORF-A-2026-{digit}{number:03}", source_key=None, title=f"Award {number}")
        award.holders.add(world.ada)
        for part in pattern.instalments.all():
            copy(part, award=award)
        again = copy(letter, code=new_code(), subject=award.pk, number=award.number, title=f"Award {award.number}")
        entered = letter.letter
        copy(entered, code=again.code[:9], sequence=1000 * digit + number, document=again, subject=award.pk)
    if number < MOST_CONDITIONS:
        AwardCondition.objects.create(award=offered, text=f"Condition {number}", blocks="signature")
    copy(_row(Contribution, world, "contribution"))
    copy(_row(LedgerEntry, world, "entry"))


def _add_work(world: World, number: int) -> None:
    batch = _row(Batch, world, "batch")
    copy(_row(Job, world, "job"), batch=batch, key=None)
    again = copy(batch, title=f"Batch {number}")
    copy(_row(Job, world, "job"), batch=again, key=None, state=Job.State.FAILED, error="The disk is full.")
    for kind, key, subject in FAILING:
        payload = {key: world.subjects[subject]["pk"], "person": number}
        copy(_row(Job, world, "job"), batch=None, key=None, state=Job.State.FAILED, kind=kind, payload=payload)
    copy(_row(Message, world, "message"), message_id=f"<{number}@example.org>", subject=f"Mail {number}")
    copy(_row(Message, world, "draft letter"), message_id=f"<draft{number}@example.org>", subject=f"Letter {number}")
    copy(_row(Message, world, "unknown letter"), message_id=f"<unknown{number}@example.org>", batch=again)
    copy(_row(Message, world, "draft letter"), message_id=f"<other{number}@example.org>", batch=again)
    audit.record("user:change-profile", by=world.ada, subject=world.ada)
