"""Makes many applications with assignments and reviews at once, for counting queries and bytes."""

from decimal import Decimal

from applications.models import Application
from core import clock
from fund.models import Call
from reviews.models import Assignment, Review, Score
from tests import factories
from tests.reviews import panels

TITLE = "First warnings: what a nudge at the right second can prevent, أصوات الناجين, in four school districts"
HOST = "Sông Thu School of Public Policy and Family Research, Department of Digital Childhood"


def make_crowd(call: Call, number: int) -> list[Application]:
    """Copy one real application, and give each copy two reviewers, one of whom has submitted."""
    one = Application.objects.filter(call=call, current__isnull=False).order_by("pk").first()
    one = one or panels.make_application(call, 900)
    start = Application.objects.count()
    rows = [
        Application(
            call=call, state=Application.State.IN_REVIEW, reference=f"{call.prefix}-{start + each:04}", current=one.current,
            title=TITLE, host_name=HOST, investigator_name="Nguyễn Thị Hạnh Adeyinka", country="KE", theme=one.theme,
            amount=Decimal(158_700 + each), months=18, submitted_at=clock.now(), summary="Words. " * 40,
        )
        for each in range(number)
    ]  # fmt: skip
    made = Application.objects.bulk_create(rows)
    members = list(call.panel.all()[:2]) or panels.make_panel(call, 2)
    done = _assign(made, members[0], Assignment.State.SUBMITTED)
    _assign(made, members[1], Assignment.State.ACCEPTED)
    _review(done, call)
    return made


def _assign(applications: list[Application], member: object, state: str) -> list[Assignment]:
    now = clock.now()
    return Assignment.objects.bulk_create(
        Assignment(application=each, member=member, state=state, released_at=now, due_at=now) for each in applications
    )


def _review(assignments: list[Assignment], call: Call) -> None:
    now, criteria = clock.now(), list(call.rubric.criteria.all())
    reviews = Review.objects.bulk_create(
        Review(
            assignment=each, version=each.application.current, rubric=call.rubric, overall=4, submitted_at=now,
            public_comment="Clear.",
        )
        for each in assignments
    )  # fmt: skip
    Score.objects.bulk_create(Score(review=each, criterion=one, value=4) for each in reviews for one in criteria)


def make_queue(call: Call, number: int) -> None:
    """Copy one submitted application, so that many wait for screening."""
    one = factories.make_submitted(call, panels.make_applicant(950))
    start = Application.objects.count()
    Application.objects.bulk_create(
        Application(
            call=call, state=Application.State.SUBMITTED, reference=f"{call.prefix}-{start + each:04}", title=TITLE,
            current=one.current, host_name=HOST, theme=one.theme, amount=one.amount, months=18, submitted_at=clock.now(),
        )
        for each in range(number)
    )  # fmt: skip
