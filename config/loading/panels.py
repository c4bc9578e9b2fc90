"""The panels of the sample: invited, assigned, and at work."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from applications.models import Application
from config.loading import people
from config.loading.applications import Entry
from config.loading.moments import spread
from config.sample import people as sample
from config.sample import reviews
from config.sample.shapes import PanelMember as SampleMember
from core import clock
from core.people.models import User
from fund.actions import calls
from fund.models import Call
from reviews import bids
from reviews.actions import assigning, bidding, conflicts, interests, meeting, panel, reviewing
from reviews.models import Assignment, Bid, PanelMember

Tick = Callable[[], None]
MOST = 22
BIDS = 6
"""On so many applications a member says a word."""
QUORUM = 9
GROUPS = {"hotlines": "ngo"}
"""The sample's names of groups that differ from the product's."""


def convene(call: Call, *, by: User, at: datetime) -> None:
    """Invite the panel and its chair; all accept."""
    themes = {theme.slug: theme for theme in call.themes.all()}
    chair = people.persona("chair")
    with clock.at(at), transaction.atomic():
        for member in sample.PANEL:
            someone = people.user(member.person)
            topics = [themes[slug] for slug in member.topics if slug in themes]
            invited = panel.invite(
                call=call, person=someone, group=GROUPS.get(member.group, member.group), country=member.person.organisation.country,
                themes=topics, statement=member.statement, languages=member.languages, most_load=MOST, by=by,
            )  # fmt: skip
            panel.answer(member=invited, accepts=True, by=someone)
            interests.declare_interests(person=someone, interests=[], by=someone)
        head = panel.invite(
            call=call, person=chair, group="research", country="GB", most_load=0, is_chair=True, by=by
        )  # fmt: skip
        panel.answer(member=head, accepts=True, by=chair)


def let_one_decline(call: Call, *, by: User, at: datetime) -> None:
    """Invite somebody who has no time and names another, whom the administrators have not invited yet."""
    one = sample.DECLINED
    someone = people.user(one.person)
    with clock.at(at), transaction.atomic():
        country = one.person.organisation.country
        invited = panel.invite(call=call, person=someone, group=one.group, country=country, by=by)
    with clock.at(at + timedelta(days=1)), transaction.atomic():
        declined = panel.answer(member=invited, accepts=False, by=someone)
        panel.suggest(
            member=declined, name=one.suggested.name, email=one.suggested.email,
            country=one.suggested.organisation.country, note=one.note, by=someone,
        )  # fmt: skip


def bid_some(call: Call, *, at: datetime) -> None:
    """Let one member of each group say a word on a few applications: by their theme."""
    first = {member.group: member for member in reversed(sample.PANEL)}
    with clock.at(at), transaction.atomic():
        for member in first.values():
            someone = people.fresh(member.person)
            place = PanelMember.objects.select_related("call", "person").get(call=call, person=someone)
            shown = bids.open_to(place).select_related("theme").order_by("reference")[:BIDS]
            bidding.say(call=call, words={each.pk: _word_on(each, member) for each in shown}, by=someone)


def _word_on(application: Application, member: SampleMember) -> str:
    is_known = application.theme is not None and application.theme.slug in member.topics
    return Bid.Word.CAN if is_known else Bid.Word.NOT_MY_FIELD


def plan_meeting(call: Call, *, starts_at: datetime, by: User, at: datetime) -> None:
    """Plan the meeting of the panel on all that it has."""
    with clock.at(at):
        meeting.plan(call=call, starts_at=starts_at, place="By video", quorum=QUORUM, least_groups=3, by=by)


def assign(call: Call, *, by: User, at: datetime, due_at: datetime) -> None:
    """Start the review, propose by the solver, and release."""
    with clock.at(at):
        calls.start_review(call=call, by=by)
        assigning.propose(call=call, by=by)
        assigning.release(call=call, due_at=due_at, by=by)


def review_all(call: Call, entries: list[Entry], *, start: datetime, end: datetime, share: float, tick: Tick) -> None:
    """Let the panel declare and review: the given share is submitted, the rest is open or in progress.

    The last reviews of each member stay open, so that everybody has something to do.
    """
    proposals = {entry.application.pk: entry.proposal for entry in entries}
    members = {people.user(each.person).pk: each for each in sample.PANEL}
    queues = _queues(call)
    count = sum(len(queue) for queue in queues.values())
    number = 0
    for person, queue in sorted(queues.items()):
        done = round(len(queue) * share)
        someone = people.fresh(members[person].person)
        for position, assignment in enumerate(queue):
            moment = spread(start, end, number, count)
            do_one(assignment, someone, members[person], proposals, at=moment, left=position - done)
            number += 1
            tick()


def _queues(call: Call) -> dict[int, list[Assignment]]:
    queues: dict[int, list[Assignment]] = {}
    rows = Assignment.objects.filter(application__call=call).in_hand().select_related("application", "member")
    for assignment in rows.order_by("member", "application__reference"):
        queues.setdefault(assignment.member.person_id, []).append(assignment)
    return queues


def do_one(
    assignment: Assignment, someone: User, member: SampleMember, proposals: dict, *, at: datetime, left: int
) -> None:
    """Do one assignment as far as it goes: `left` below 0 is submitted, 0 is a draft, more is not declared yet."""
    if left > 1:
        return
    with clock.at(at), transaction.atomic():
        conflicts.declare(assignment=assignment, has_interest=False, kinds=[], note="", by=someone)
        if left == 1:
            return
        written = reviews.review_of(proposals[assignment.application_id], member)
        review = reviewing.open(assignment=assignment, by=someone)
        scores = dict(written.scores)
        if left == 0:
            scores = dict(list(scores.items())[:2])
        reviewing.save(
            review=review, scores=scores, comments={key: written.comments[key] for key in scores},
            overall=written.overall if left < 0 else None, public_comment=written.public_comment,
            private_comment=written.private_comment, revision=None, by=someone,
        )  # fmt: skip
        if left < 0:
            reviewing.submit(assignment=assignment, by=someone)


def declare_some_conflicts(call: Call, *, at: datetime, most: int = 2) -> None:
    """Let a few reviewers declare a tie that still waits for its ruling."""
    chance = random.Random(call.slug)  # noqa: S311 - a sample, the same each time
    waiting = list(
        Assignment.objects.filter(application__call=call, state=Assignment.State.RELEASED)
        .exclude(member__person=people.persona("reviewer"))
        .select_related("member__person", "application")
        .order_by("pk")
    )
    with clock.at(at):
        for assignment in chance.sample(waiting, min(most, len(waiting))):
            conflicts.declare(
                assignment=assignment, has_interest=True, kinds=["collaborator"],
                note="We wrote a report together two years ago.", by=assignment.member.person,
            )  # fmt: skip
