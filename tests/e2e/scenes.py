"""Scenes that the sample has not, so that each kind of page has something to show.

A call whose host's signatory signs and whose form changed while people wrote; a call in preparation; an idea that was
corrected; two applications much alike; a view of a list that is kept; a meeting of the panel.
"""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from applications.actions import drafts, readiness, screening, submission, team, views
from applications.models import Application, Likeness, TeamMember
from config.loading import applications, people
from config.sample.proposals import proposals
from core import clock
from core.people.models import User
from fund.actions import calls, forms
from fund.building import edits, lines
from fund.models import Call
from reviews.actions import discussing
from reviews.actions import meeting as meetings
from reviews.models import Meeting, PanelMember
from tests.e2e.stage import CORRECTED, PREPARED, SCHOOLS, SIGNED

DECLARATION = "I declare for the host organisation that it supports this application and will administer the grant."


def set_all() -> None:
    """Set them all."""
    like, by = Call.objects.get(prefix="SORF-PF"), people.persona("administrator")
    _schools(like, by)
    opens = clock.now() + timedelta(days=14)
    calls.copy(
        call=like, title="Prevention First, next year", slug=PREPARED, prefix="SORF-NY", opens_at=opens,
        closes_at=opens + timedelta(days=60), by=by,
    )  # fmt: skip
    _corrected(by)
    reviewed = Application.objects.filter(call__prefix="SORF-2021").exclude(reference="").order_by("reference")
    Likeness.objects.create(first=reviewed[0], second=reviewed[1], same_title=True, found_at=clock.now())
    _meeting(reviewed[0].call)
    views.keep(call=reviewed[0].call, name="Large ones", address="q=amount:>100000", is_shared=True, by=by)


def _schools(like: Call, by: User) -> None:
    """Let the applicant have a whole draft that waits for its signatory, in a call whose form changed since."""
    now = clock.now()
    with clock.at(now - timedelta(days=20)):
        made = calls.copy(
            call=like, title="Safer schools", slug=SCHOOLS, prefix="SORF-SS", opens_at=now - timedelta(days=19),
            closes_at=now + timedelta(days=50), by=by,
        )  # fmt: skip
        calls.edit(
            call=made, by=by, needs_signatory=True, declaration=DECLARATION, reviews_due_at=now + timedelta(days=90),
            decision_at=now + timedelta(days=120),
        )  # fmt: skip
        call = calls.publish(call=made, by=by)
    owner = people.persona("applicant")
    own = next(each for each in proposals("open") if each.pi == people.person_of("applicant"))
    entry = applications.write_draft(
        call, replace(own, title=SIGNED), at=now - timedelta(days=5), files=("letter.pdf",)
    )
    _join(entry.application, people.persona("finance"), TeamMember.Access.SIGNATORY, by=owner)
    _change_form(call, "Partner schools (80 characters, optional)", by=by)
    forms.put_in_force(call=Call.objects.get(pk=call.pk), note="We forgot to ask which schools take part.", by=by)
    _change_form(call, "Their ages (80 characters, optional)", by=by)
    readiness.mark_ready(application=entry.application, by=owner, at=clock.now())


def _change_form(call: Call, line: str, *, by: User) -> None:
    outline = lines.read(line, "short_text")
    edit = partial(edits.add_outline, section="summary", outline=outline)
    forms.change_form(call=call, edit=edit, step="add-questions", by=by)


def _join(application: Application, person: User, access: str, *, by: User) -> None:
    member = team.add_member(application=application, name=person.name, email=person.email, access=access, by=by)
    team.join(member=member, by=person)


def _corrected(by: User) -> None:
    """Return the idea that waits for screening, and let it be corrected, with the applicant in its team now."""
    idea = Application.objects.get(call__prefix="SORF-LI", state=Application.State.SUBMITTED)
    owner = idea.started_by
    assert owner is not None
    screening.screen(application=idea, outcome="returned", text="The title is that of your last project.", by=by)
    _join(idea, people.persona("applicant"), TeamMember.Access.EDITOR, by=owner)
    now = clock.now()
    drafts.save_answers(application=idea, values={"title": CORRECTED}, by=owner, at=now)
    submission.submit(application=idea, by=owner, at=now, name=owner.name, capacity=applications.CAPACITY)


def _meeting(call: Call) -> None:
    """Let the meeting of the sample begin: one application is concluded, and the vote on the next one is open."""
    found = meetings.open_meeting(meeting=Meeting.objects.get(call=call), by=None)
    members = PanelMember.objects.serving().filter(call=call).order_by("pk").values_list("pk", flat=True)
    meetings.mark_present(meeting=found, members=list(members), by=None)
    reviewer, chair = (people.persona(role) for role in ("reviewer", "chair"))
    out = {
        key
        for key, __ in meetings.ties_among(
            found.items.values_list("application", flat=True), {reviewer.pk, chair.pk}
        ).leaving
    }
    first, second = found.items.exclude(application__in=out)[:2]
    for item in (first, second):
        discussing.begin(item=item, by=None)
        discussing.call_vote(item=item, by=None)
        discussing.cast(item=item, advice="fund", overall=5, by=reviewer)
        if item == first:
            discussing.conclude(
                item=item, kind="decline", rationale="Good, but less urgent than others.", note="Ask again in a year.",
                by=None,
            )  # fmt: skip
    by = people.persona("administrator")
    meetings.write_minutes(meeting=found, text="The panel met by video.", seen=found.minutes_seen, by=by)
