"""The applications of the sample: written, submitted, screened and withdrawn by the actions that people take."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from applications.actions import desk, drafts, screening, submission, team
from applications.models import Application, TeamMember
from config.loading import attachments, forms, people
from config.loading.moments import spread
from config.sample import calls, decisions, screened
from config.sample.shapes import Proposal
from core import clock
from core.people.models import User, country_name
from fund.models import Call
from fund.quiz import Effect

CAPACITY = "Principal investigator, on behalf of the host organisation"


@dataclass(frozen=True)
class Entry:
    """A proposal of the sample, and the application that it became."""

    proposal: Proposal
    application: Application

    def is_tagged(self, word: str) -> bool:
        """Whether the call's story needs this of it."""
        return any(tag.startswith(word) for tag in self.proposal.tags)


def write_draft(
    call: Call, proposal: Proposal, *, at: datetime, share: float = 1.0, files: tuple[str, ...] = ()
) -> Entry:
    """Fill in a draft, or only the first part of one."""
    with clock.at(at), transaction.atomic():
        owner = people.user(proposal.pi)
        people.organisation(proposal.host)
        draft = drafts.start(call=call, by=owner, at=at, quiz=passing(call))
        answers = _answers(call, proposal)
        kept = dict(list(answers.items())[: round(len(answers) * share)])
        if share < 1.0:
            _begin(draft, kept, by=owner, at=at)
        drafts.save_answers(application=draft, values=kept, by=owner, at=at)
        if share == 1.0:
            _add_team(draft, proposal, owner)
            drafts.save_budget(application=draft, lines=_lines(proposal), by=owner, at=at)
        attachments.attach(draft, files, by=owner, at=at)
    return Entry(proposal, draft)


def _begin(draft: Application, answers: dict[str, Any], *, by: User, at: datetime) -> None:
    """Write the first sentence of each long text an hour before the rest, so that its history has something to show."""
    long = {key: value for key, value in answers.items() if isinstance(value, str) and ". " in value}
    first = {key: f"{value.split('. ')[0]}." for key, value in long.items()}
    drafts.save_answers(application=draft, values=first, by=by, at=at - timedelta(hours=1))


def passing(call: Call) -> dict[str, str]:
    """Return the answers to a call's quiz with which a person may start."""
    return {
        question.key: next(each.value for each in question.answers if each.effect == Effect.PASS)
        for question in call.eligibility_quiz.questions
    }


def bring_in(entry: Entry, person: User, *, at: datetime) -> None:
    """Let the owner invite somebody to the draft as editor, who joins."""
    with clock.at(at), transaction.atomic():
        member = team.add_member(
            application=entry.application, name=person.name, email=person.email, access=TeamMember.Access.EDITOR,
            organisation_name=person.organisation.name if person.organisation else "",
            by=people.user(entry.proposal.pi),
        )  # fmt: skip
        team.join(member=member, by=person)


def submit(entry: Entry, *, at: datetime) -> Entry:
    """Submit a draft at a moment."""
    with clock.at(at):
        owner = people.user(entry.proposal.pi)
        return Entry(
            entry.proposal,
            submission.submit(
                application=entry.application,
                by=owner,
                at=at,
                name=owner.name,
                capacity=CAPACITY,
            ),
        )


def submit_all(
    call: Call,
    proposals: list[Proposal],
    *,
    tick: Callable[[], None],
    guest: User | None = None,
    files: Sequence[tuple[str, ...]] = (),
) -> list[Entry]:
    """Write and submit all proposals of a call between its opening and its close; a guest joins the best of the others’."""
    entries = []
    others = [proposal for proposal in proposals if guest is None or proposal.pi.email != guest.email]
    best = max(others, key=lambda proposal: proposal.quality)
    for number, proposal in enumerate(proposals):
        moment = spread(call.opens_at + timedelta(days=5), call.closes_at, number, len(proposals))
        names = files[number] if number < len(files) else ()
        written = write_draft(call, proposal, at=moment - timedelta(hours=30), files=names)
        if guest is not None and proposal is best:
            bring_in(written, guest, at=moment - timedelta(hours=20))
        entries.append(submit(written, at=moment))
        tick()
    return entries


def screen_all(entries: list[Entry], *, by: User, at: datetime) -> list[Entry]:
    """Screen what was submitted, withdraw what is withdrawn, and return what goes to review."""
    with clock.at(at), transaction.atomic():
        _write_down(entries, by=by)
        for entry in entries:
            if entry.is_tagged("withdrawn"):
                owner = people.user(entry.proposal.pi)
                reason = decisions.reason_for(entry.proposal, "withdrawn")
                submission.withdraw(application=entry.application, reason=reason, by=owner)
            elif entry.is_tagged("ineligible"):
                text = decisions.reason_for(entry.proposal, "ineligible")
                screening.screen(application=entry.application, outcome="ineligible", reason="scope", text=text, by=by)
            else:
                screening.screen(application=entry.application, outcome="eligible", by=by)
    out = ("withdrawn", "ineligible")
    return [entry for entry in entries if not any(entry.is_tagged(word) for word in out)]


def _write_down(entries: list[Entry], *, by: User) -> None:
    """Give the call a checklist, answer it for some, and put tags, a flag and notes where a newcomer looks."""
    items = desk.set_checklist(call=entries[0].application.call, items=list(screened.CHECKLIST), by=by)
    for entry in entries[: screened.ANSWERED]:
        is_out = entry.is_tagged("ineligible")
        answers = {item.pk: "not_met" if is_out and place == 0 else "met" for place, item in enumerate(items)}
        desk.tick(application=entry.application, answers=answers, by=by)
    for entry, (kind, word) in zip(entries, screened.LABELS, strict=False):
        desk.put_label(application=entry.application, kind=kind, word=word, by=by)
    for entry, (audience, text) in zip(entries, screened.NOTES, strict=False):
        desk.note(application=entry.application, audience=audience, text=text, by=by)


def _answers(call: Call, proposal: Proposal) -> dict[str, Any]:
    asked = {question.key for question in call.form.definition.questions()}
    answers = typed_answers(proposal, closes_on=call.closes_at.date())
    return {key: value for key, value in answers.items() if key in asked}


def typed_answers(proposal: Proposal, *, closes_on: date) -> dict[str, Any]:
    """Return the answers of a proposal as its applicant types them, by question."""
    raw = calls.answers_of(proposal, closes_on=closes_on)
    answers = {key: _typed(value) for key, value in raw.items() if key != "budget"}
    noted = [forms.NOTED[each] for each in [proposal.content_note_section] if each in forms.NOTED]
    partners = [[each.name, country_name(each.country), ""] for each in proposal.partners]
    return answers | {
        "host": proposal.host.name, "country": proposal.host.country, "content_notes": noted, "partners": partners,
    }  # fmt: skip


def _typed(value: Any) -> str | list[str]:
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


def _lines(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {"category": each.category, "description": each.description, "year": each.year, "amount": str(each.amount)}
        for each in proposal.budget
    ]


def _add_team(draft: Application, proposal: Proposal, owner: User) -> None:
    for member in proposal.team[1:]:
        team.add_member(
            application=draft, name=member.person.name, email=member.person.email,
            organisation_name=member.person.organisation.name, by=owner,
        )  # fmt: skip
    for partner in proposal.partners:
        people.organisation(partner)
