"""Ready to submit, the grace period after a deadline, and who declares what."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from applications import waiting
from applications.actions import drafts, readiness, submission
from applications.actions.submission import TooLate
from applications.checks import Incomplete
from applications.content import content_of
from applications.models import Application, TeamMember
from applications.models.records import digest_of
from core import clock
from core.audit.models import AuditEvent
from core.states import WrongState
from fund.actions import calls
from fund.models import Call
from tests import factories

GRACE = 30


@pytest.fixture
def with_grace(open_call) -> Call:
    Call.objects.filter(pk=open_call.pk).update(grace_minutes=GRACE)
    open_call.refresh_from_db()
    return open_call


@pytest.fixture
def ready(with_grace, draft, ada) -> Application:
    return readiness.mark_ready(application=draft, by=ada, at=with_grace.closes_at)


def after(call: Call, **more: float):
    return call.closes_at + timedelta(**more)


def test_a_complete_draft_is_marked_ready_once(draft, ada):
    at = clock.now()

    readiness.mark_ready(application=draft, by=ada, at=at)
    readiness.mark_ready(application=draft, by=ada, at=at + timedelta(minutes=1))

    assert Application.objects.get(pk=draft.pk).ready_at == at
    assert AuditEvent.objects.filter(code="application:ready").count() == 1


def test_a_draft_with_something_missing_is_not_ready(open_call, ada):
    draft = factories.make_draft(open_call, ada, answers={"title": ""})

    with pytest.raises(Incomplete):
        readiness.mark_ready(application=draft, by=ada, at=clock.now())


def test_only_who_may_submit_marks_it(draft, ada, amir, helena):
    editor = drafts.add_member(application=draft, name="Amir", email=amir.email, access="editor", by=ada)
    drafts.join(member=editor, by=amir)

    for person in (amir, helena):
        with pytest.raises(PermissionDenied):
            readiness.mark_ready(application=Application.objects.get(), by=person, at=clock.now())


def changes(draft: Application, ada):
    """Every way of changing a draft."""
    at = clock.now()
    return {
        "answer": lambda: drafts.save_answer(application=draft, key="title", value="New", by=ada, at=at),
        "answers": lambda: drafts.save_answers(application=draft, values={"title": "New"}, by=ada, at=at),
        "budget": lambda: drafts.save_budget(application=draft, lines=factories.LINES[:2], by=ada, at=at),
        "team": lambda: drafts.add_member(application=draft, name="Nour", by=ada),
        "member": lambda: drafts.change_member(member=draft.team.get(), name="Ada B.", by=ada),
        "file": lambda: drafts.attach(
            application=draft, question="letter", name="a.pdf", content=factories.make_pdf(), attested=True, by=ada,
            at=at,
        ),
    }  # fmt: skip


@pytest.mark.parametrize("way", ["answer", "answers", "budget", "team", "member", "file"])
def test_any_change_takes_ready_back(draft, ada, way):
    readiness.mark_ready(application=draft, by=ada, at=clock.now())

    changes(draft, ada)[way]()

    assert Application.objects.get().ready_at is None
    assert AuditEvent.objects.filter(code="application:not_ready").count() == 1


def test_saving_what_stands_there_already_changes_nothing(draft, ada):
    readiness.mark_ready(application=draft, by=ada, at=clock.now())

    drafts.save_answer(application=draft, key="title", value=factories.ANSWERS["title"], by=ada, at=clock.now())
    drafts.save_budget(application=draft, lines=factories.LINES, by=ada, at=clock.now())

    assert Application.objects.get().ready_at is not None


def test_in_the_grace_period_a_ready_draft_is_submitted_until_its_last_second(ready, ada, with_grace):
    done = submission.submit(application=ready, by=ada, at=after(with_grace, minutes=GRACE))

    assert done.state == Application.State.SUBMITTED


def test_after_the_grace_period_nothing_is_submitted(ready, ada, with_grace):
    with pytest.raises(TooLate):
        submission.submit(application=ready, by=ada, at=after(with_grace, minutes=GRACE, seconds=1))


def test_in_the_grace_period_no_other_draft_is_submitted_nor_marked(draft, ada, with_grace):
    at = after(with_grace, seconds=1)

    with pytest.raises(WrongState, match="deadline has passed"):
        readiness.mark_ready(application=draft, by=ada, at=at)
    with pytest.raises(TooLate):
        submission.submit(application=draft, by=ada, at=at)


def test_without_a_grace_period_being_ready_gives_no_time(draft, ada, open_call):
    readiness.mark_ready(application=draft, by=ada, at=open_call.closes_at)

    with pytest.raises(TooLate):
        submission.submit(application=draft, by=ada, at=after(open_call, seconds=1))


@pytest.mark.parametrize("way", ["answer", "answers", "budget", "team", "member", "file"])
def test_in_the_grace_period_a_ready_draft_cannot_change(ready, ada, with_grace, way):
    Call.objects.filter(pk=with_grace.pk).update(closes_at=clock.now() - timedelta(minutes=1))
    Application.objects.filter(pk=ready.pk).update(ready_at=clock.now() - timedelta(hours=1))

    with pytest.raises(WrongState, match="can still be submitted as it is"):
        changes(Application.objects.get(), ada)[way]()

    assert Application.objects.get().ready_at is not None


def test_what_changed_after_the_deadline_is_not_ready_even_if_the_word_for_it_came_before(draft, ada, with_grace):
    drafts.save_answer(application=draft, key="title", value="Late", by=ada, at=after(with_grace, seconds=1))

    with pytest.raises(WrongState, match="deadline has passed"):
        readiness.mark_ready(application=draft, by=ada, at=with_grace.closes_at)


def test_an_extension_moves_the_grace_period_with_it(ready, ada, with_grace):
    until = after(with_grace, days=2)
    submission.extend(application=ready, until=until, reason="Power cut", by=None)

    assert submission.submit(application=ready, by=ada, at=until + timedelta(minutes=GRACE)).reference


def test_the_review_starts_only_after_the_grace_period(with_grace, helena):
    from_now = clock.now()
    Call.objects.filter(pk=with_grace.pk).update(closes_at=from_now - timedelta(minutes=GRACE - 1))

    with pytest.raises(WrongState, match="takes applications until"):
        calls.start_review(call=with_grace, by=helena)


def test_the_pages_say_what_the_grace_period_is_for(as_ada, ready, with_grace):
    for page in ("detail", "check"):
        assert "still be submitted for 30 minutes" in as_ada.get(reverse(f"apply:{page}", args=[ready.pk])).text

    Call.objects.filter(pk=with_grace.pk).update(closes_at=clock.now() - timedelta(minutes=1))
    Application.objects.filter(pk=ready.pk).update(ready_at=clock.now() - timedelta(hours=1))
    page = as_ada.get(reverse("apply:detail", args=[ready.pk])).text
    assert "this draft can still be submitted" in page
    done = as_ada.post(reverse("apply:submit", args=[ready.pk]), {"versions": "0"}, follow=True)
    assert 'Receipt for <span class="whole">PREVENTION-FIRST-001</span>' in done.text


def test_the_button_marks_a_draft_and_takes_it_back(as_ada, draft):
    page = as_ada.post(reverse("apply:ready", args=[draft.pk]), follow=True).text
    assert "Marked as ready on" in page

    as_ada.post(reverse("apply:ready", args=[draft.pk]), {"undo": "1"})
    assert Application.objects.get().ready_at is None


# Who declares


@pytest.fixture
def declaring(open_call) -> Call:
    open_call.declaration = "I declare that all of it is true."
    open_call.save()
    return open_call


def test_whoever_submits_makes_the_declaration_of_the_call_and_the_version_keeps_it(declaring, draft, ada):
    at = clock.now()
    with pytest.raises(ValidationError) as refusal:
        submission.submit(application=draft, by=ada, at=at, name=" ")
    assert sorted(refusal.value.message_dict) == ["capacity", "name"]

    version = submission.submit(application=draft, by=ada, at=at, name="Ada Berg", capacity="Dean").current

    assert version.content["declaration"] == {
        "text": "I declare that all of it is true.", "name": "Ada Berg", "capacity": "Dean", "as": "submitter",
        "at": at.isoformat(),
    }  # fmt: skip
    assert version.sha256 == digest_of(version.content)


def test_the_page_asks_for_the_declaration_and_keeps_what_was_typed(as_ada, declaring, draft):
    page = reverse("apply:submit", args=[draft.pk])
    assert "I declare that all of it is true." in as_ada.get(page).text

    refused = as_ada.post(page, {"name": "Ada Berg", "capacity": "", "versions": "0"})
    assert (refused.status_code, "Ada Berg" in refused.text) == (422, True)
    assert Application.objects.get().state == "draft"

    done = as_ada.post(page, {"name": "Ada Berg", "capacity": "Dean", "agreed": "on", "versions": "0"}, follow=True)
    version = Application.objects.get().current
    assert version.sha256 in done.text.replace("<wbr>", "")
    assert "Ada Berg, Dean" in done.text


def test_a_double_click_shows_the_receipt_twice_and_submits_once(as_ada, draft):
    page = reverse("apply:submit", args=[draft.pk])

    answers = [as_ada.post(page, {"versions": "0"}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [reverse("apply:receipt", args=[draft.pk])] * 2
    assert Application.objects.get().versions.count() == 1


# The signatory of the host


@pytest.fixture
def signatory(declaring, draft, amir) -> TeamMember:
    declaring.needs_signatory = True
    declaring.save()
    return TeamMember.objects.create(
        application=draft, user=amir, name="Amir", email=amir.email, access="signatory", part="signatory"
    )


def test_the_signatory_signs_a_ready_draft_and_then_it_can_be_submitted(signatory, draft, ada, amir):
    at = clock.now()
    with pytest.raises(WrongState, match="not ready"):
        readiness.sign(application=draft, name="Amir", capacity="Rector", by=amir, at=at)
    readiness.mark_ready(application=draft, by=ada, at=at)
    with pytest.raises(ValidationError, match="has not signed"):
        submission.submit(application=draft, by=ada, at=at)
    with pytest.raises(PermissionDenied):
        readiness.sign(application=draft, name="Ada", capacity="Dean", by=ada, at=at)

    readiness.sign(application=draft, name="Amir", capacity="Rector", by=amir, at=at)
    version = submission.submit(application=draft, by=ada, at=at).current

    declared = version.content["declaration"]
    assert (declared["name"], declared["capacity"], declared["as"]) == ("Amir", "Rector", "signatory")


def test_a_change_makes_the_signature_void(signatory, draft, ada, amir):
    at = clock.now()
    readiness.mark_ready(application=draft, by=ada, at=at)
    readiness.sign(application=draft, name="Amir", capacity="Rector", by=amir, at=at)
    drafts.save_answer(application=draft, key="title", value="Another", by=ada, at=at)
    readiness.mark_ready(application=draft, by=ada, at=at)

    with pytest.raises(ValidationError, match="has not signed"):
        submission.submit(application=draft, by=ada, at=at)


def test_what_changed_behind_the_signature_is_not_submitted_under_it(signatory, draft, ada, amir):
    at = clock.now()
    readiness.mark_ready(application=draft, by=ada, at=at)
    readiness.sign(application=draft, name="Amir", capacity="Rector", by=amir, at=at)
    Application.objects.filter(pk=draft.pk).update(title="Changed by another way")

    with pytest.raises(ValidationError, match="changed after it was signed"):
        submission.submit(application=draft, by=ada, at=at)


def test_who_joins_a_ready_draft_changes_nothing_in_it(declaring, draft, ada, amir):
    Call.objects.filter(pk=declaring.pk).update(needs_signatory=True)
    member = drafts.add_member(application=draft, name="The rector", email=amir.email, access="signatory", by=ada)
    at = clock.now()
    ready = readiness.mark_ready(application=draft, by=ada, at=at)
    before = content_of(ready)

    drafts.join(member=member, by=amir)

    joined = Application.objects.get()
    assert (joined.ready_at, content_of(joined), joined.access_of(amir)) == (at, before, "signatory")
    readiness.sign(application=joined, name="Amir", capacity="Rector", by=amir, at=at)
    assert submission.submit(application=joined, by=ada, at=at).reference


def test_a_discarded_draft_waits_for_no_signature(signatory, draft, ada, amir):
    readiness.mark_ready(application=draft, by=ada, at=clock.now())
    assert len(list(waiting.signatures(amir))) == 1

    submission.withdraw(application=draft, reason="", by=ada)

    assert list(waiting.signatures(amir)) == []


def test_the_last_chance_waits_for_who_may_submit_only(with_grace, ready, ada, amir):
    member = TeamMember.objects.create(
        application=ready, user=amir, name="Amir", email=amir.email, access="editor", part="other"
    )
    Call.objects.filter(pk=with_grace.pk).update(closes_at=clock.now() - timedelta(minutes=1))
    Application.objects.filter(pk=ready.pk).update(ready_at=clock.now() - timedelta(hours=1))

    assert [each.button for each in waiting.drafts(ada)] == ["Submit"]
    assert list(waiting.drafts(member.user)) == []
    Application.objects.update(editors_may_submit=True)
    assert [each.button for each in waiting.drafts(member.user)] == ["Submit"]


def test_the_signatory_signs_on_a_page_of_their_own(signatory, draft, ada, client, amir):
    client.force_login(amir)
    page = reverse("apply:sign", args=[draft.pk])
    assert "nothing to sign yet" in client.get(page).text
    readiness.mark_ready(application=draft, by=ada, at=clock.now())

    done = client.post(page, {"name": "Amir", "capacity": "Rector", "agreed": "on"}, follow=True)

    assert "You have signed" in done.text
