"""Handing in: once, in time, complete, frozen; and taking back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from applications.actions import drafts, screening, submission
from applications.actions.submission import TooLate
from applications.checks import Incomplete
from applications.models import Application, ApplicationVersion
from applications.models.records import digest_of
from core import clock
from core.audit.models import AuditEvent
from core.jobs.models import Job
from core.mail.models import Message
from core.states import WrongState
from fund.models import Call, Counter
from tests import factories

State = Application.State


def put_in(application: Application, state: str) -> Application:
    """Put an application in a state without its way there."""
    Application.objects.filter(pk=application.pk).update(state=state)
    return Application.objects.get(pk=application.pk)


def test_submit_numbers_freezes_records_and_queues_one_receipt(draft, ada):
    at = clock.now()

    submitted = submission.submit(application=draft, by=ada, at=at)

    version = ApplicationVersion.objects.get()
    assert (submitted.state, submitted.reference, submitted.submitted_at) == ("submitted", "PREVENTION-FIRST-001", at)
    assert (submitted.amount, submitted.current, version.number) == (Decimal(110000), version, 1)
    assert version.sha256 == digest_of(version.content)
    assert list(AuditEvent.objects.filter(code="application:submit").values_list("actor", "data")) == [
        (ada.pk, {"before": "draft", "after": "submitted", "version": 1, "sha256": version.sha256})
    ]
    assert list(Job.objects.order_by("pk").values_list("kind", "payload", "priority")) == [
        ("application-receipt", {"version": version.pk}, 10),
        ("look-for-likeness", {"version": version.pk}, 80),
    ]


@pytest.mark.parametrize("late", [timedelta(seconds=1), timedelta(milliseconds=1), timedelta(days=3)])
def test_what_arrives_after_the_deadline_is_refused_and_nothing_is_lost(draft, ada, open_call, late):
    with pytest.raises(TooLate, match="Your draft is kept as it is"):
        submission.submit(application=draft, by=ada, at=open_call.closes_at + late)

    draft.refresh_from_db()
    assert (draft.state, draft.reference, draft.versions.count(), draft.answers.count()) == ("draft", None, 0, 10)
    assert not Counter.objects.filter(name__startswith="application").exists()


def test_the_closing_second_itself_is_in_time(draft, ada, open_call):
    assert submission.submit(application=draft, by=ada, at=open_call.closes_at).state == State.SUBMITTED


def test_the_refusal_says_how_late_the_request_was(draft, ada, open_call):
    with pytest.raises(TooLate, match="your request arrived 1 second later"):
        submission.submit(application=draft, by=ada, at=open_call.closes_at + timedelta(seconds=1))


def test_an_extension_moves_the_deadline_of_one_application_only(open_call, ada, amir, helena):
    mine, other = factories.make_draft(open_call, ada), factories.make_draft(open_call, amir)
    Application.objects.update(submitted_at=clock.now())  # an administrator only sees what was once submitted
    until = open_call.closes_at + timedelta(days=2)
    submission.extend(application=mine, until=until, reason="Power cut at the host", by=helena)

    assert submission.submit(application=mine, by=ada, at=until).state == State.SUBMITTED
    with pytest.raises(TooLate):
        submission.submit(application=other, by=amir, at=until)
    assert Message.objects.filter(person=ada, subject__startswith="More time for your draft").count() == 1


def test_an_extension_needs_a_reason_and_a_later_time(draft, helena, open_call):
    with pytest.raises(ValidationError) as refusal:
        submission.extend(application=draft, until=open_call.closes_at, reason=" ", by=helena)

    assert sorted(refusal.value.message_dict) == ["reason", "until"]


def test_an_incomplete_application_is_refused_with_all_that_is_missing(open_call, ada):
    draft = factories.make_draft(open_call, ada, answers={"title": "", "approved": "", "true": ""}, lines=[])

    with pytest.raises(Incomplete) as refusal:
        submission.submit(application=draft, by=ada, at=clock.now())

    assert [problem.question for problem in refusal.value.problems] == ["title", "approved", "true", "budget"]
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_second_try_is_told_in_a_friendly_sentence(submitted, ada):
    with pytest.raises(WrongState, match=r"already submitted on .*, as PREVENTION-FIRST-001. There is nothing more"):
        submission.submit(application=submitted, by=ada, at=clock.now())

    assert submitted.versions.count() == 1


@pytest.mark.parametrize("state", sorted(set(State.values) - {State.DRAFT, State.RETURNED}))
def test_submit_is_refused_from_every_other_state(submitted, ada, state):
    Application.objects.filter(pk=submitted.pk).update(withdrawn_at=clock.now())

    with pytest.raises(WrongState):
        submission.submit(application=put_in(submitted, state), by=ada, at=clock.now())


@pytest.mark.parametrize("state", [Call.State.DRAFT, Call.State.DECIDED, Call.State.CANCELLED, Call.State.ARCHIVED])
def test_submit_is_refused_when_the_call_takes_nothing(draft, ada, open_call, state):
    Call.objects.filter(pk=open_call.pk).update(state=state)

    with pytest.raises(WrongState, match="takes no applications"):
        submission.submit(application=draft, by=ada, at=clock.now())


def test_only_the_owner_submits(draft, open_call, ada, amir, helena):
    editor = drafts.add_member(application=draft, name="Amir", email=amir.email, access="editor", by=ada)
    drafts.join(member=editor, by=amir)

    for person in (amir, helena):
        with pytest.raises(PermissionDenied):
            submission.submit(application=Application.objects.get(), by=person, at=clock.now())


def test_numbers_run_without_a_gap_and_a_refused_try_takes_none(open_call, ada, amir):
    first = factories.make_submitted(open_call, ada)
    refused = factories.make_draft(open_call, amir, answers={"title": ""})
    with pytest.raises(Incomplete):
        submission.submit(application=refused, by=amir, at=clock.now())
    third = factories.make_submitted(open_call, factories.make_user("Nour"))

    assert [first.reference, third.reference] == ["PREVENTION-FIRST-001", "PREVENTION-FIRST-002"]


def test_a_principal_investigator_leads_at_most_so_many_submitted_applications(open_call, ada, amir):
    factories.make_submitted(open_call, ada)
    second = factories.make_draft(open_call, ada)

    with pytest.raises(Incomplete, match="principal investigator of 1 submitted application"):
        submission.submit(application=second, by=ada, at=clock.now())

    open_call.most_per_pi = 2
    open_call.save()
    assert submission.submit(application=second, by=ada, at=clock.now()).state == State.SUBMITTED


def test_the_cap_finds_a_principal_investigator_who_is_only_named(open_call, ada, amir):
    factories.make_submitted(open_call, ada)
    draft = factories.make_draft(open_call, amir)
    drafts.add_member(application=draft, name="A. Ada", email="ADA@example.org", part="investigator", by=amir)

    with pytest.raises(Incomplete, match="A. Ada is principal investigator of 1"):
        submission.submit(application=draft, by=amir, at=clock.now())


def test_a_withdrawn_application_does_not_count_for_the_cap(open_call, ada):
    submission.withdraw(application=factories.make_submitted(open_call, ada), reason="Another grant", by=ada)

    assert factories.make_submitted(open_call, ada).reference == "PREVENTION-FIRST-002"


def test_the_version_holds_everything_and_never_changes(draft, ada, helena):
    drafts.attach(
        application=draft, question="letter", name="letter.pdf", content=factories.make_pdf(2), attested=True,
        by=ada, at=clock.now(),
    )  # fmt: skip
    submitted = submission.submit(application=draft, by=ada, at=clock.now())
    first = submitted.current
    content = first.content

    assert [section["key"] for section in content["sections"]] == ["project", "safety", "team", "budget", "files"]
    assert {answer["key"]: answer["value"] for answer in content["sections"][0]["answers"]} == {
        "title": "First warnings: what a nudge at the right second can prevent",
        "summary": "A field experiment on messages that are shown before a harmful search goes on.",
        "theme": "prevention", "months": "18", "starts_on": "2027-06-01", "host": "Northmere University",
        "country": "NO",
    }  # fmt: skip
    assert [answer["key"] for answer in content["sections"][1]["answers"]] == ["children", "risks", "approved", "true"]
    assert (content["budget"]["total"], content["budget"]["direct"]) == ("110000.00", "100000.00")
    assert [(file["name"], file["pages"]) for file in content["attachments"]] == [("letter.pdf", 2)]
    assert content["team"] == [
        {"name": "Ada", "part": "investigator", "part_label": "Principal investigator",
         "organisation": "Northmere University", "orcid": ""}
    ]  # fmt: skip

    screening.screen(application=submitted, outcome="returned", text="Shorten the title.", by=helena)
    drafts.save_answer(application=submitted, key="title", value="Short", by=ada, at=clock.now())
    again = submission.submit(application=submitted, by=ada, at=clock.now())

    assert (again.reference, again.current.number, again.title) == (submitted.reference, 2, "Short")
    first.refresh_from_db()
    assert (first.content, first.sha256) == (content, digest_of(content))


@pytest.mark.parametrize("state", sorted(set(State.values) - {State.DRAFT, State.RETURNED}))
def test_nothing_changes_after_submitting(submitted, ada, state):
    Application.objects.filter(pk=submitted.pk).update(withdrawn_at=clock.now())
    application = put_in(submitted, state)
    at = clock.now()
    writes = [
        lambda: drafts.save_answer(application=application, key="title", value="New", by=ada, at=at),
        lambda: drafts.save_answers(application=application, values={"title": "New"}, by=ada, at=at),
        lambda: drafts.save_budget(application=application, lines=[], by=ada, at=at),
        lambda: drafts.add_member(application=application, name="Nour", by=ada),
        lambda: drafts.change_member(member=application.team.get(), name="Nour", by=ada),
        lambda: drafts.attach(
            application=application, question="letter", name="a.pdf", content=factories.make_pdf(), attested=True,
            by=ada, at=at,
        ),
    ]  # fmt: skip

    for write in writes:
        with pytest.raises(WrongState, match="cannot be changed any more"):
            write()


@pytest.mark.parametrize("state", [*Application.BEFORE_AWARD, State.INELIGIBLE, State.DECIDED])
def test_withdraw_works_in_every_state_before_the_release(submitted, ada, state):
    """Also where staff have decided already: a refusal would tell the applicant."""
    withdrawn = submission.withdraw(application=put_in(submitted, state), reason="Another grant", by=ada)

    assert (withdrawn.state, withdrawn.withdrawal_reason) == (State.WITHDRAWN, "Another grant")
    assert withdrawn.withdrawn_at is not None
    assert AuditEvent.objects.get(code="application:withdraw").data == {"before": state, "after": "withdrawn"}
    assert Message.objects.get(person=ada).subject == "PREVENTION-FIRST-001 is withdrawn"


def test_withdraw_needs_a_reason_after_submitting(submitted, ada):
    with pytest.raises(ValidationError, match="why you withdraw"):
        submission.withdraw(application=submitted, reason="  ", by=ada)


def test_a_draft_is_discarded_without_a_reason_or_a_mail(draft, ada):
    assert submission.withdraw(application=draft, reason="", by=ada).state == State.WITHDRAWN
    assert not Message.objects.exists()


def test_withdraw_is_refused_once_the_decision_is_released(submitted, ada):
    Application.objects.filter(pk=submitted.pk).update(
        state=State.DECIDED, outcome="funded", outcome_released_at=clock.now()
    )

    with pytest.raises(WrongState, match="An offer can be declined"):
        submission.withdraw(application=submitted, reason="Another grant", by=ada)


def test_only_the_owner_withdraws(submitted, amir, helena):
    for person in (amir, helena):
        with pytest.raises(PermissionDenied):
            submission.withdraw(application=submitted, reason="Not mine", by=person)
