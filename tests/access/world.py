"""One small world in which every page has something to show, and the ten people who ask for it."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import partial
from http.cookies import SimpleCookie
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from applications.actions import asking, desk, drafts, inviting, quarantine, screening, submission, views
from applications.models import Application, ApplicationVersion, Attachment, Likeness
from core import clock, mail
from core.documents.models import Document, IssuedLetter
from core.interests.models import Declaration
from core.jobs.models import Batch
from core.jobs.work import run_all
from core.mail import letters
from core.mail.models import Mailing, Message
from core.people import actions as people
from core.people.models import Role, User
from fund.actions import awards, forms, ledger
from fund.building.edits import add_sections
from fund.models import Award, Call
from reports import previews
from reports.models import in_force
from reports.summaries import ask_for_summaries
from reviews.actions import answering, assigning, bidding, calibrating, deciding, discussing, panel, reassigning
from reviews.actions import meeting as meetings
from reviews.models import Bid, Decision, Draw, Feedback, PanelMember, PanelSuggestion
from tests import factories
from tests.browser import new_browser
from tests.reviews import panels

PERSONAS = ("anonymous", "ada", "amir", "ruth", "rosa", "chandra", "helena", "felix", "audrey", "ragna")
"""Nobody signed in; an applicant and another; a reviewer assigned to Ada's application and one of another call; the
chair; an administrator, the finance officer, the auditor; an administrator who is recused from Ada's applications."""


@dataclass
class World:
    """The people, the rows they ask for, and a browser for each."""

    people: dict[str, User] = field(default_factory=dict)
    sessions: dict[str, SimpleCookie] = field(default_factory=dict)
    subjects: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What the parts of an address are, by the name of what the address is about."""

    def browser(self, name: str) -> Client:
        """Open a browser in which the person is signed in."""
        client = new_browser()
        client.cookies = deepcopy(self.sessions[name])
        return client

    def __getattr__(self, name: str) -> User:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.people[name]


def build() -> World:
    """Make the world through the product's own actions."""
    world = World()
    _cast(world)
    _money(world)
    _open_call(world)
    _review(world)
    _award(world)
    _letters(world)
    _rest(world)
    for name in PERSONAS:
        client = Client()
        if name != "anonymous":
            person = world.people[name]
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
            client.force_login(world.people[name])
        world.sessions[name] = client.cookies
    return world


def _cast(world: World) -> None:
    host = factories.make_organisation()
    roles: dict[str, tuple[str, ...]] = {
        "amir": (), "ruth": (Role.PANEL,), "rosa": (Role.PANEL,), "chandra": (Role.PANEL, Role.CHAIR),
        "helena": (Role.ADMINISTRATOR,), "oluchi": (Role.ADMINISTRATOR,), "felix": (Role.FINANCE,),
        "audrey": (Role.AUDITOR,), "ragna": (Role.ADMINISTRATOR,), "bo": (),
    }  # fmt: skip
    world.people["ada"] = factories.make_user("Ada", organisation=host, email="ada@northmere.example")
    for name, given in roles.items():
        world.people[name] = factories.make_user(name.capitalize(), *given, email=f"{name}@{name}.example")


def _money(world: World) -> None:
    pledged = ledger.pledge(
        fund=factories.make_fund(), organisation=factories.make_organisation("Lumen", "IE", kind="company"),
        amount=Decimal(900_000), by=None,
    )  # fmt: skip
    entry = ledger.receive(contribution=pledged, amount=Decimal(500_000), by=None)
    world.subjects["contribution"] = {"pk": pledged.pk}
    world.subjects["entry"] = {"pk": entry.pk}


def _open_call(world: World) -> None:
    """Ada's draft with a file and a named partner; Amir's draft, to which Ada is invited; a reply to correct."""
    call = factories.make_call("open")
    draft = factories.make_draft(call, world.ada)
    now = clock.now()
    file = drafts.attach(
        application=draft, question="letter", name="letter.pdf", content=factories.make_pdf(), attested=True,
        by=world.ada, at=now,
    )  # fmt: skip
    partner = drafts.add_member(application=draft, name="Partner", by=world.ada)
    other = factories.make_draft(call, world.amir, answers={"title": "Amir’s draft"})
    invited = drafts.add_member(
        application=other, name="Ada", email=world.ada.email, access="editor", by=world.amir
    )  # fmt: skip
    about = {"slug": call.slug, "key": "project", "question": "letter", "answer": "summary"}
    world.subjects["open call"] = {"slug": call.slug, "key": "deadline", "action": "cancel"}
    world.subjects["open paper"] = {"slug": call.slug, "extension": "pdf"}
    world.subjects["draft"] = about | {"pk": draft.pk, "member_pk": partner.pk} | _of(file)
    world.subjects["invitation"] = {"member_pk": invited.pk}
    _invited_call(world, call)
    new = factories.make_call("new", state=Call.State.DRAFT)
    world.subjects["new call"] = {"slug": new.slug, "key": "dates", "action": "publish"}
    world.subjects["form section"] = {"slug": new.slug, "key": "project"}
    world.subjects["form question"] = {"slug": new.slug, "key": "title"}
    _changed_form(world)
    _returned(world)


def _returned(world: World) -> None:
    """An open call with Ada's application, sent back for one question; staff asked her something else too."""
    call = factories.make_call("back", prefix="BACK")
    sent = factories.make_submitted(call, world.ada, answers={"title": "To be shortened"})
    asking.ask(application=sent, question="Who signs?", due_at=clock.now() + timedelta(days=7), by=None)
    until = call.closes_at + timedelta(days=3)
    screening.screen(application=sent, outcome="returned", asked={"title": "Shorten it."}, until=until, by=None)
    recuse(world.ragna, sent)
    world.subjects["returned"] = {"pk": sent.pk, "key": "project"}


def _changed_form(world: World) -> None:
    """An open call whose form was changed once, and is being changed again."""
    call = factories.make_call("changed")
    for title in ("Added before", "Being added"):
        forms.change_form(call=call, edit=partial(add_sections, titles=[title]), step="add-sections", by=None)
        if call.form_changes.count() == 0:
            change = forms.put_in_force(call=call, note="A section was missing", by=None)
    world.subjects["changed form"] = {"slug": call.slug}
    world.subjects["form change"] = {"slug": call.slug, "pk": change.pk}


def _invited_call(world: World, call: Call) -> None:
    """A call for the invited, with a quiz and a declaration; Ada is invited to it."""
    quiz = [{
        "key": "host", "question": "Is your host a legal entity?", "help": "", "answers": [
            {"value": "yes", "label": "Yes", "effect": "pass", "message": ""},
            {"value": "no", "label": "No", "effect": "stop", "message": "Only legal entities can hold a grant."},
        ],
    }]  # fmt: skip
    invited = factories.make_call("invited", invited_only=True, follows=call, quiz=quiz)
    guest = inviting.Guest(world.ada.email, "Ada")
    [invitation] = inviting.invite(call=invited, guests=[guest], by=None)
    world.subjects["invited call"] = {"slug": invited.slug, "pk": invitation.pk}


def _review(world: World) -> None:
    """A call in review: Ada's application, with Ruth's draft review and one proposal; Bo's, decided and approved."""
    now = clock.now()
    call = factories.make_call("review", closes_at=now + timedelta(days=1), applicants_hidden=False)
    draft = factories.make_draft(call, world.ada, answers={"title": "Quiet study"})
    file = drafts.attach(
        application=draft, question="letter", name="letter.pdf", content=factories.make_pdf(), attested=True,
        by=world.ada, at=now,
    )  # fmt: skip
    closed = drafts.attach(
        application=draft, question="letter", name="table.csv", content=b"a,b\n1,2\n", attested=True, by=world.ada, at=now
    )  # fmt: skip
    submission.submit(application=draft, by=world.ada, at=now)
    incident = quarantine.report(attachment=closed, seen="The scanner found something.", by=None)
    world.subjects["closed file"] = _of(closed)
    world.subjects["incident"] = {"pk": incident.pk}
    screening.screen(application=draft, outcome="eligible", by=None)
    mine = screening.start_review(application=draft, by=None)
    _correct(mine)
    other = panels.make_application(call, 7)
    waiting = factories.make_submitted(call, world.amir, answers={"title": "Not screened yet"})
    corrected = factories.make_submitted(call, world.bo, answers={"title": "Corrected"})
    corrected = screening.screen(
        application=corrected,
        outcome="returned",
        asked={"title": "Shorten it."},
        until=now + timedelta(days=3),
        by=None,
    ).application
    drafts.save_answer(application=corrected, key="title", value="Short", by=world.bo, at=now)
    corrected = submission.submit(application=corrected, by=world.bo, at=now)
    world.subjects["corrected"] = {"slug": call.slug, "reference": corrected.reference}
    inquiry = asking.ask(application=mine, question="Who keeps the key?", due_at=now + timedelta(days=7), by=None)
    answered = asking.ask(application=mine, question="Which year?", due_at=now + timedelta(days=7), by=None)
    asking.answer(inquiry=answered, text="The second.", by=world.ada)
    Call.objects.filter(pk=call.pk).update(state=Call.State.IN_REVIEW, closes_at=now - timedelta(days=1))
    call = Call.objects.get(pk=call.pk)
    _panel(world, call, mine, other)
    _meeting(world, call, mine)
    recuse(world.ragna, mine)
    prepared = _prepare(mine, world.oluchi)
    approved = panels.approved(other, "fund", by=[world.oluchi, world.helena])
    about = {
        "slug": call.slug,
        "reference": mine.reference,
        "pk": mine.pk,
        "key": "project",
        "answer": "summary",
    } | _of(file)
    world.subjects["submitted"] = about | {"question": "letter", "member_pk": mine.team.get().pk}
    world.subjects["inquiry"] = about | {"inquiry_pk": inquiry.pk}
    world.subjects["api inquiry"] = {"pk": inquiry.pk}
    world.subjects["answered inquiry"] = about | {"inquiry_pk": answered.pk}
    world.subjects["api answered inquiry"] = {"pk": answered.pk}
    world.subjects["waiting"] = {"slug": call.slug, "reference": waiting.reference, "pk": waiting.pk}
    world.subjects["call in review"] = {"slug": call.slug, "key": "dates", "action": "decide"}
    world.subjects["prepared"] = {"pk": prepared.pk, "slug": call.slug, "reference": mine.reference}
    world.subjects["approved"] = {"pk": approved.pk, "slug": call.slug, "reference": other.reference}
    feedback = Feedback.objects.create(
        application=mine, parts=[["Overall", "Clear and useful."]], edited_at=now, edited_by=world.oluchi
    )
    world.subjects["feedback"] = {"pk": feedback.pk}
    world.subjects["draw"] = {"pk": _fixed_draw(call, mine, other).pk}


def _fixed_draw(call: Call, *pool: Application) -> Draw:
    """A draw that is fixed, and whose pool the present rule would not give any more."""
    return Draw.objects.create(
        call=call, rule="threshold", skips=False, pool=[[each.reference, "110000.000"] for each in pool],
        money=150_000, seed="1 7 23 31 40 44", fixed_at=clock.now(),
    )  # fmt: skip


def _of(file: Attachment) -> dict[str, Any]:
    return {"file_pk": file.pk, "code": file.code, "number": 1}


def _correct(application: Application) -> None:
    """Give an application a version before the present one, as a return for correction leaves it."""
    now = application.current
    assert now is not None
    ApplicationVersion.objects.create(
        application=application, number=2, form=now.form, content=now.content, sha256=now.sha256,
        submitted_at=now.submitted_at, submitted_by=now.submitted_by,
    )  # fmt: skip


def _panel(world: World, call: Call, application: Application, other: Application) -> None:
    member = panels.make_member(call, world.ruth, "research")
    chair = panels.make_member(call, world.chandra, "survivors", is_chair=True)
    world.subjects["chair member"] = {"pk": chair.pk}
    world.subjects["suggestion"] = {"pk": _suggestion(call).pk, "slug": call.slug}
    third = panels.make_member(call, "Tariq", "ngo")
    bidding.say(call=call, words={other.pk: "can"}, by=world.ruth)
    world.subjects["bid"] = {"pk": Bid.objects.get().pk}
    assignment = panels.assign(application, member)
    review = panels.write(assignment)
    world.subjects["assignment"] = {"pk": assignment.pk, "slug": call.slug, "reference": application.reference}
    world.subjects["review"] = {"pk": review.pk}
    _calibration(world, call, third)
    proposed = assigning.add(application=application, member=third, by=None)
    world.subjects["proposed"] = {"pk": proposed.pk, "slug": call.slug}
    plan = reassigning.plan(call=call, price=0, by=None)
    world.subjects["plan"] = {"pk": plan.pk, "slug": call.slug}
    elsewhere = factories.make_call("elsewhere", prefix="ELSE")
    panels.make_member(elsewhere, world.rosa, "industry")
    invited = panel.invite(call=elsewhere, person=world.ruth, group="research", country="NO", by=None)
    world.subjects["panel invitation"] = {"pk": invited.pk}
    world.subjects["reviewing member"] = {"pk": member.pk, "slug": call.slug}
    world.subjects["member"] = {"pk": third.pk, "slug": call.slug}
    tie = Declaration.objects.create(
        person=third.person, subject_type="applications.application", subject=other.pk, has_interest=True,
        kinds=["personal"], declared_at=clock.now(),
    )  # fmt: skip
    world.subjects["tie"] = {"pk": tie.pk, "slug": call.slug}


def _calibration(world: World, call: Call, scored: PanelMember) -> None:
    """An exercise with two cases that nobody has to wait for: one member has done it, Ruth's draft of the first is complete."""
    cases = [calibrating.write_case(call=call, title=title, text="To learn.", by=None) for title in ("One", "Two")]
    calibrating.settle(call=call, is_required=False, due_at=None, by=None)
    calibrating.open_exercise(call=call, by=None)
    scores: dict[str, int | str | None] = {each.key: 4 for each in call.rubric.criteria.all()}
    for case in cases:
        given = {"scores": scores, "overall": 4, "comment": "As the text stands.", "revision": None}
        calibrating.save(case=case, by=scored.person, **given)
        calibrating.submit(case=case, by=scored.person)
    calibrating.save(case=cases[0], scores=scores, overall=4, revision=None, by=world.ruth)
    world.subjects["calibration case"] = {"pk": cases[0].pk, "slug": call.slug}


def _suggestion(call: Call) -> PanelSuggestion:
    """Let somebody decline an invitation and name somebody in their place."""
    busy = factories.make_user("Busy", email="busy@busy.example")
    member = panel.invite(call=call, person=busy, group="police", country="NO", by=None)
    member = panel.answer(member=member, accepts=False, by=busy)
    return panel.suggest(member=member, name="Nadia", email="nadia@nadia.example", country="KE", by=busy)


def _meeting(world: World, call: Call, application: Application) -> None:
    """An open meeting with the vote open on Ada's application; Ruth and Tariq are in the room."""
    found = meetings.plan(call=call, starts_at=clock.now() + timedelta(days=1), quorum=2, least_groups=1, by=None)
    found = meetings.open_meeting(meeting=found, by=None)
    here = [world.subjects["reviewing member"]["pk"], world.subjects["member"]["pk"]]
    meetings.mark_present(meeting=found, members=here, by=None)
    item = discussing.begin(item=found.items.get(application=application), by=None)
    discussing.call_vote(item=item, by=None)
    world.subjects["meeting"] = {"pk": found.pk, "slug": call.slug}
    world.subjects["meeting item"] = {"pk": found.pk, "slug": call.slug, "item_pk": item.pk}


def _prepare(application: Application, by: User) -> Decision:
    return deciding.prepare(
        application=application, outcome="decline", rationale="The panel was of one mind.", by=by
    )  # fmt: skip


def _award(world: World) -> None:
    """A call whose two decisions are released, with letters: Ada's award, and one that is active."""
    now = clock.now()
    call = factories.make_call("decided", closes_at=now + timedelta(days=1))
    mine = factories.make_submitted(call, world.ada, answers={"title": "Loud study"})
    other = factories.make_submitted(call, world.bo, answers={"title": "Other study"})
    for each in (mine, other):
        screening.screen(application=each, outcome="eligible", by=None)
        screening.start_review(application=each, by=None)
    Call.objects.filter(pk=call.pk).update(state=Call.State.IN_REVIEW, closes_at=now - timedelta(days=1))
    call = Call.objects.get(pk=call.pk)
    decisions = [panels.approved(each, "fund", by=[world.oluchi, world.helena]) for each in (mine, other)]
    release = deciding.release(call=call, decisions=decisions, by=world.helena)
    recuse(world.ragna, mine)
    award = Award.objects.get(source_key=mine.pk)
    accepted = awards.accept(award=Award.objects.get(source_key=other.pk), signatory="Bo", by=world.bo)
    run_all()
    letter = Document.objects.about(award).get()
    world.subjects["award"] = {"number": award.number, "pk": award.pk, "slug": call.slug}
    world.subjects["accepted award"] = {"number": accepted.number, "action": "sign", "slug": call.slug}
    world.subjects["letter"] = {"code": letter.code}
    about = ("award-letter", "en")
    shown = previews.make(*about, text=in_force(*about).text, number=award.number, viewer=world.helena)
    world.subjects["letter template"] = dict(zip(("kind", "language"), about, strict=True)) | {"number": 1}
    world.subjects["letter preview"] = {"code": shown.code, "page": 1}
    world.subjects["register"] = {"code": letter.letter.code, "pk": letter.letter.pk}
    held = IssuedLetter.objects.create(
        series="HELD-L-2026", sequence=1, code="HELD-0001", kind=letter.kind, subject_type=letter.subject_type,
        subject=letter.subject, root_type="applications.application", root=mine.pk, cause=decisions[0].pk, state="held",
        reason="The signatory has no name.", about="Loud study", entered_at=now,
    )  # fmt: skip
    world.subjects["held letter"] = {"pk": held.pk}
    world.subjects["batch"] = {"pk": release.batch_id}
    world.subjects["job"] = {"pk": release.batch.jobs.order_by("pk").first().pk}
    world.subjects["released"] = {"pk": decisions[0].pk, "slug": call.slug, "reference": mine.reference}
    world.subjects["decided application"] = {"pk": mine.pk}
    asked = answering.ask(application=Application.objects.get(pk=other.pk), kind="complaint", text="Why?", by=world.bo)
    world.subjects["decision inquiry"] = {"pk": asked.pk}
    world.subjects["release"] = {"pk": release.pk, "slug": call.slug}


def _letters(world: World) -> None:
    """The mails of the released letters: Ada's as a draft, left out, failed and unknown; Bo's let go."""
    batch = Batch.objects.get(pk=world.subjects["batch"]["pk"])
    mine = Message.objects.get(batch=batch, person=world.ada)
    mailing = letters.send(batch=batch, upto=Message.objects.latest("pk").pk, by=world.helena)
    Message.objects.filter(pk=mine.pk).update(state="draft", mailing=None, due_at=None)
    world.subjects["draft letter"] = {"pk": mine.pk}
    Mailing.objects.update(due_at=clock.now() + timedelta(hours=1))  # longer than the tests take
    world.subjects["mailing"] = {"pk": batch.pk, "mailing": mailing.pk}
    world.subjects["api mailing"] = {"pk": mailing.pk}
    for state in ("left_out", "failed", "unknown"):
        mine.pk, mine.state, mine.message_id = None, state, f"<{state}@fund.example>"
        mine._state.adding = True
        mine.save()
        world.subjects[f"{state.replace('_', ' ')} letter"] = {"pk": mine.pk}


def _rest(world: World) -> None:
    """A condition, a summary for Ruth, a token, a mail and a receipt."""
    award = Award.objects.get(number=world.subjects["award"]["number"])
    condition = award.conditions.create(text="Ethics approval on file", blocks="signature")
    world.subjects["condition"] = {"number": award.number, "pk": condition.pk}
    reviewed = Application.objects.get(pk=world.subjects["submitted"]["pk"])
    world.subjects["summaries"] = {"pk": ask_for_summaries(applications=[reviewed], by=world.ruth).pk}
    mail.queue("fund/mail/offer-accepted.txt", to=world.ada, award=award)
    run_all()
    world.subjects["message"] = {"pk": Message.objects.filter(person=world.ada).first().pk}
    world.subjects["summary"] = {"code": Document.objects.get(kind="application-summary").code}
    world.subjects["receipt"] = {
        "code": Document.objects.filter(kind="application-receipt", asked_by=world.ada).order_by("pk").first().code
    }
    token, world.subjects["token"] = people.make_token(user=world.ada, name="Scripts", days=30)[0], {}
    world.subjects["token"] = {"pk": token.pk}
    world.subjects["person"] = {"pk": world.amir.pk}
    world.subjects["administrator"] = {"pk": world.helena.pk}
    world.subjects["mailed link"] = {"key": "unknown", "uidb36": "1"}
    world.subjects["none"] = {}
    world.subjects["resource"] = {"key": "my-applications"}
    view = views.keep(
        call=reviewed.call, name="Quiet ones", address="q=quiet", is_shared=True, by=world.helena
    )  # fmt: skip
    other = Application.objects.get(reference=world.subjects["approved"]["reference"])
    pair = sorted([reviewed, other], key=lambda each: each.pk)
    Likeness.objects.create(first=pair[0], second=pair[1], same_title=True, found_at=clock.now())
    about = {"slug": reviewed.call.slug, "reference": reviewed.reference, "other": other.reference}
    world.subjects["alike"] = about
    desk.set_checklist(call=reviewed.call, items=["Is it within the scope?"], by=None)
    desk.note(application=reviewed, audience="panel", text="The host is new.", by=None)
    desk.put_label(application=reviewed, kind="tag", word="Pilot", by=None)
    world.subjects["view"] = {"slug": reviewed.call.slug, "pk": view.pk}


def recuse(person: User, application: Application) -> Declaration:
    """Shut a person out of an application."""
    return Declaration.objects.create(
        person=person, subject_type="applications.application", subject=application.pk, has_interest=True,
        kinds=["personal"], declared_at=clock.now(), ruling="recused", ruled_at=clock.now(),
    )  # fmt: skip


__all__ = ["PERSONAS", "World", "build", "recuse"]
