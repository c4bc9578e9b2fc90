"""What waits for the people of a panel, and for those who run it: computed from states, so that it clears itself."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Application, Inquiry
from applications.models.tied import SUBJECT
from core import clock
from core.interests.models import Declaration
from core.language import counted, lazy
from core.people.models import Role
from core.waiting import Waiting, provider
from core.web import moments
from fund.models import Call
from reviews.complaints import STUCK, waiting_for
from reviews.duties import duties_of
from reviews.models import Assignment, Decision, DecisionInquiry, Meeting, PanelMember
from reviews.models.panel import calls_chaired_by
from reviews.reserves import next_reserves

State = Assignment.State
WEEK = timedelta(days=7)


def _serves(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_role(Role.PANEL, Role.CHAIR))


@provider
def reviews_to_write(user: Any) -> Iterator[Waiting]:
    """Name what a reviewer owes, together by date and call; nothing while they pause."""
    if not _serves(user):
        return
    owed = Assignment.objects.visible_to(user).of(user).in_hand().filter(member__paused_at=None)
    rows = list(owed.values_list("state", "due_at", "application__call__title"))
    undeclared = Counter(call for state, __, call in rows if state == State.RELEASED)
    for call, number in sorted(undeclared.items()):
        what = counted("%(number)s conflict to declare", "%(number)s conflicts to declare", number)
        yield Waiting(what, call, reverse("review:conflicts"), button=_("Declare"))
    due = Counter((due_at, call) for state, due_at, call in rows if state != State.RELEASED)
    for (due_at, call), number in due.items():
        yield Waiting(_reviews_due(number, due_at), call, reverse("review:queue"), due_at, _("Review"))


def _reviews_due(number: int, due_at: datetime | None) -> str:
    if due_at is None:
        return counted("%(number)s review to write", "%(number)s reviews to write", number)
    words = ngettext("%(number)s review due %(day)s", "%(number)s reviews due %(day)s", number)
    return words % {"number": number, "day": moments.short_day(due_at)}


@provider
def to_say_of_oneself(user: Any) -> Iterator[Waiting]:
    """Name the invitations, terms, interests and certificates that wait for a person's word."""
    if not _serves(user):
        return
    for duty in duties_of(user):
        yield Waiting(duty.what, duty.where, duty.url, duty.due_at, duty.button)


@provider
def meetings_to_attend(user: Any) -> Iterator[Waiting]:
    """Name the meetings of one's panels that are open, or come within a week."""
    if not _serves(user):
        return
    mine = PanelMember.objects.serving().filter(person=user).values("call")
    near = Q(state=Meeting.State.PLANNED, starts_at__lte=clock.now() + WEEK) | Q(state=Meeting.State.OPEN)
    rows = Meeting.objects.filter(near, call__in=mine).order_by("starts_at")
    for pk, state, starts_at, call in rows.values_list("pk", "state", "starts_at", "call__title"):
        what = _("The panel meets now") if state == Meeting.State.OPEN else _("Panel meeting")
        yield Waiting(what, call, reverse("review:meeting", args=[pk]), starts_at, _("Go to it"))


@provider
def panels_to_run(user: Any) -> Iterator[Waiting]:
    """Name, call by call, what waits for those who run a panel: ties to rule on, and decisions that somebody else
    prepared; and of reviews that were handed back or lost to a tie the replacements to release, and the places still open."""
    if not (user.is_authenticated and user.has_role(Role.ADMINISTRATOR, Role.CHAIR)):
        return
    sums: dict[tuple[str, str], Counter[str]] = {}
    for title, slug, is_tied, is_prepared, is_left, wanted, proposed, held in _to_run(user):
        count = sums.setdefault((title, slug), Counter())
        count["tied"] += is_tied
        count["prepared"] += is_prepared
        if is_left:
            count["proposed"] += proposed
            count["open"] += max(wanted - held, 0)
    for (title, slug), count in sorted(sums.items()):
        yield from _of_panel(title, slug, count)


def _to_run(user: Any) -> Iterable[tuple[Any, ...]]:
    """Read every application with something of this in one query, with how its places stand."""
    ties = Declaration.objects.filter(subject_type=SUBJECT, has_interest=True, ruling="", by_system=False)
    drafts = Decision.objects.visible_to(user).filter(state=Decision.State.DRAFT).exclude(prepared_by=user)
    left = Assignment.objects.filter(
        state__in=[State.DECLINED, State.RECUSED],
        application__state=Application.State.IN_REVIEW,
        application__call__state=Call.State.IN_REVIEW,
    )
    rows = Application.objects.visible_to_fund(user)
    if not user.is_administrator:
        rows, drafts = rows.filter(call__in=calls_chaired_by(user)), drafts.none()
    rows = rows.annotate(
        is_tied=Exists(ties.exclude(person=user).filter(subject=OuterRef("pk"))),
        is_prepared=Exists(drafts.filter(application=OuterRef("pk"))),
        is_left=Exists(left.filter(application=OuterRef("pk"))),
    ).filter(Q(is_tied=True) | Q(is_prepared=True) | Q(is_left=True))
    counts = rows.annotate(
        proposed=Count("assignments", filter=Q(assignments__state=State.PROPOSED)),
        held=Count("assignments", filter=Q(assignments__state__in=Assignment.ANY)),
    )
    known = ("is_tied", "is_prepared", "is_left", "call__reviews_each", "proposed", "held")
    return counts.order_by().values_list("call__title", "call__slug", *known)


def _of_panel(title: str, slug: str, count: Counter[str]) -> Iterator[Waiting]:
    if number := count["tied"]:
        what = counted("%(number)s conflict to rule on", "%(number)s conflicts to rule on", number)
        yield Waiting(what, title, reverse("manage:panel", args=[slug]), button=_("Rule"))
    if number := count["prepared"]:
        what = counted("%(number)s decision to approve", "%(number)s decisions to approve", number)
        yield Waiting(what, title, reverse("manage:decisions", args=[slug]), button=_("Approve"))
    if number := count["proposed"]:
        what = counted("%(number)s replacement to release", "%(number)s replacements to release", number)
        yield Waiting(what, title, reverse("manage:release_assignments", args=[slug]), button=_("Release"))
    if number := count["open"]:
        what = counted("%(number)s place to fill", "%(number)s places to fill", number)
        yield Waiting(what, title, reverse("manage:assignment", args=[slug]) + "?places=open", button=_("Look"))


@provider
def reserves_to_move_up(user: Any) -> Iterator[Waiting]:
    """Name the next reserve of each call in which an award was declined or lapsed, until its decision is prepared."""
    for each in next_reserves(user):
        call, reference = each.application.call, each.application.reference
        what = _("The next reserve is %(reference)s: prepare its decision") % {"reference": reference}
        yield Waiting(what, call.title, reverse("manage:decide", args=[call.slug, reference]), button=_("Prepare"))


ABOUT_ONE = ("application__reference", "application__title", "application__call__slug", "due_at", "answered_at", "how")
TO_ANSWER = {
    DecisionInquiry.Kind.QUESTION: lazy("Answer a question about a decision"),
    DecisionInquiry.Kind.COMPLAINT: lazy("Answer a complaint about a decision"),
    STUCK: lazy("Find somebody who may answer a complaint about a decision"),
}


@provider
def words_of_applicants(user: Any) -> Iterator[Waiting]:
    """Name the answers of applicants to read, the questions whose date has passed, and what to answer after a decision."""
    if not (user.is_authenticated and user.is_administrator):
        return
    answers = Inquiry.objects.visible_to(user).unsettled().filter(Q(asked_by=user) | Q(asked_by=None))
    answers = answers.exclude(application__in=user.teams.values("application"))
    open_ones = DecisionInquiry.objects.visible_to(user).open()
    asked = waiting_for(user, open_ones).order_by().values_list(*ABOUT_ONE)
    read = answers.annotate(how=Value("", output_field=CharField())).order_by().values_list(*ABOUT_ONE)
    for row in asked.union(read, all=True).order_by("due_at"):
        reference, title, slug, due_at, answered_at, how = row
        if how:
            url = reverse("manage:afterwards", args=[slug, reference])
            button = _("Look") if how == STUCK else _("Answer")
            yield Waiting(str(TO_ANSWER[how]), f"{reference} {title}", url, due_at, button)
        else:
            what = _("Read the answer of an applicant") if answered_at else _("No answer came by the date")
            url = reverse("manage:application", args=[slug, reference]) + "#questions"
            yield Waiting(what, f"{reference} {title}", url, button=_("Read"))
