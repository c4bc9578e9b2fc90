"""Invited calls and two stages: who may start, what carries over, and what staff see."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.urls import reverse

from applications.actions import drafts, inviting, quarantine
from applications.actions.inviting import Guest
from applications.models import Application, Attachment, CallInvitation, TeamMember
from core import clock
from core.audit.models import AuditEvent
from core.interests.models import Declaration
from core.mail.models import Message
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from tests import factories


@pytest.fixture
def second(open_call) -> Call:
    """A second call that only the invited can start, after the open one."""
    return factories.make_call("full-applications", invited_only=True, follows=open_call)


@pytest.fixture
def as_helena(client, helena):
    client.force_login(helena)
    return client


def invite(call: Call, *guests: Guest) -> list[CallInvitation]:
    return inviting.invite(call=call, guests=guests, by=None)


def start(call: Call, by) -> Application:
    return drafts.start(call=call, by=by, at=clock.now())


def test_only_the_invited_start(second, ada, amir):
    invite(second, Guest(ada.email))

    assert start(second, ada).call == second
    with pytest.raises(WrongState, match="for those who are invited"):
        start(second, amir)


def test_an_invitation_is_mailed_once_and_each_address_counts_once(second, amir):
    sent = invite(second, Guest(amir.email, "Amir"), Guest(amir.email.upper()), Guest("nour@example.org"), Guest("no"))
    invite(second, Guest(amir.email))

    assert [each.email for each in sent] == [amir.email, "nour@example.org"]
    assert Message.objects.filter(subject__startswith="You are invited to apply").count() == 2
    assert AuditEvent.objects.filter(code="callinvitation:invite").count() == 2


def test_only_administrators_invite_and_nobody_what_they_apply_with(second, open_call, ada, amir):
    with pytest.raises(PermissionDenied):
        inviting.invite(call=second, guests=[Guest(amir.email)], by=ada)
    mine = factories.make_submitted(open_call, ada)
    factories.people.give_role(user=ada, role="administrator", reason="Joins", by=None)
    with pytest.raises(PermissionDenied):
        inviting.invite(call=second, guests=inviting.owners_of([mine]), by=ada)


@pytest.mark.parametrize("changes", [{"invited_only": False}, {"state": Call.State.DRAFT}, {"closes_at": clock.now()}])
def test_invitations_only_go_out_where_they_are_of_use(second, changes):
    Call.objects.filter(pk=second.pk).update(**changes)

    with pytest.raises(WrongState):
        invite(second, Guest("nour@example.org"))


def test_what_was_written_in_the_first_stage_carries_over(open_call, second, ada, amir):
    first = factories.make_draft(open_call, ada, answers={"risks": "Some risk"})
    editor = drafts.add_member(application=first, name="Amir", email=amir.email, access="editor", by=ada)
    drafts.join(member=editor, by=amir)
    first = factories.submission.submit(application=first, by=ada, at=clock.now())
    invite(second, *inviting.owners_of([first]))

    draft = start(second, ada)

    draft.refresh_from_db()
    assert (draft.follows, draft.title, draft.amount) == (first, first.title, first.amount)
    values = {each.key: each.value for each in draft.answers.all()}
    assert (values["title"], values["risks"]) == (first.title, "Some risk")
    assert [(each.name, each.access) for each in draft.team.all()] == [("Ada", "owner"), ("Amir", "editor")]
    assert draft.budget_lines.count() == first.budget_lines.count()
    assert draft.answer_revisions.count() == draft.answers.count()


def test_files_carry_over_as_files_of_their_own_if_they_may_be_read(open_call, second, ada):
    first = factories.make_draft(open_call, ada)
    kept = drafts.attach(
        application=first, question="letter", name="kept.pdf", content=factories.make_pdf(), attested=True, by=ada,
        at=clock.now(),
    )  # fmt: skip
    other = {"application": first, "question": "letter", "path": "nowhere", "size": 5, "attested": True}
    closed = Attachment.objects.create(**other, name="closed.pdf", sha256="c" * 64)
    Attachment.objects.create(**other, name="checking.pdf", sha256="d" * 64, state="checking")
    first = factories.submission.submit(application=first, by=ada, at=clock.now())
    quarantine.report(attachment=closed, seen="A picture.", by=None)
    invite(second, *inviting.owners_of([first]))

    draft = start(second, ada)

    own = draft.attachments.get()
    assert (own.name, own.question, own.path, own.sha256) == ("kept.pdf", "letter", kept.path, kept.sha256)
    assert (own.code != kept.code, first.attachments.count()) == (True, 3)
    drafts.detach(attachment=own, by=ada, at=clock.now())
    with default_storage.open(kept.path) as content:
        assert content.read() == factories.make_pdf()


def test_what_the_second_form_does_not_ask_stays_behind(open_call, ada):
    form = factories.make_form(
        {
            "sections": [
                {
                    "key": "project",
                    "title": "The project",
                    "questions": [
                        {"key": "title", "kind": "short_text", "label": "Title", "role": "title"},
                        {"key": "months", "kind": "short_text", "label": "How long?"},
                        {"key": "budget", "kind": "budget", "label": "Budget"},
                    ],
                }
            ]
        }
    )
    second = factories.make_call(
        "short",
        invited_only=True,
        follows=open_call,
        form=form,
        budget_categories=[{"key": "staff", "label": "Staff", "most_share": "", "most_amount": ""}],
    )
    invite(second, *inviting.owners_of([factories.make_submitted(open_call, ada)]))

    draft = start(second, ada)

    assert set(draft.answers.values_list("key", flat=True)) == {"title"}
    assert set(draft.budget_lines.values_list("category", flat=True)) == {"staff"}


def test_somebody_else_with_the_invitation_gets_nothing_of_the_first(open_call, second, ada, amir):
    first = factories.make_submitted(open_call, ada)
    inviting.invite(call=second, guests=[Guest(amir.email, application=first)], by=None)

    draft = start(second, amir)

    assert draft.follows is None
    assert not draft.answers.filter(key__in=["title", "summary", "months"]).exists()


def test_the_path_of_the_first_leads_to_the_second(as_ada, open_call, second, ada):
    first = factories.make_submitted(open_call, ada)
    page = reverse("apply:detail", args=[first.pk])
    invite(second, *inviting.owners_of([first]))
    assert reverse("apply:start", args=[second.slug]) in as_ada.get(page).text

    draft = start(second, ada)

    assert f'href="{draft.get_absolute_url()}"' in as_ada.get(page).text


def test_an_invitation_is_withdrawn_before_it_is_used_and_not_after(second, ada, amir, helena):
    used, unused = invite(second, Guest(ada.email), Guest(amir.email))
    start(second, ada)

    with pytest.raises(WrongState, match="was started"):
        inviting.withdraw(invitation=used, by=helena)
    inviting.withdraw(invitation=unused, by=helena)

    with pytest.raises(WrongState, match="for those who are invited"):
        start(second, amir)
    assert Message.objects.filter(person=amir, subject__startswith="Invitation withdrawn").count() == 1
    assert len(invite(second, Guest(amir.email))) == 1


def test_who_has_begun_discards_the_draft_and_declines_only_then(second, ada):
    [invitation] = invite(second, Guest(ada.email))
    draft = start(second, ada)

    with pytest.raises(WrongState, match="have begun"):
        inviting.decline(invitation=invitation, by=ada)
    factories.submission.withdraw(application=draft, reason="", by=ada)
    assert inviting.decline(invitation=invitation, by=ada).declined_at is not None


def test_an_invitation_stays_used_when_its_application_is_handed_over(second, ada, amir, helena):
    [used] = invite(second, Guest(ada.email))
    draft = start(second, ada)
    member = drafts.add_member(application=draft, name="Amir", email=amir.email, access="editor", by=ada)
    drafts.hand_over(member=drafts.join(member=member, by=amir), by=ada)

    assert [each.wording.staff for each in CallInvitation.objects.with_progress()] == ["Started"]
    assert not CallInvitation.objects.to_answer(ada).exists()
    with pytest.raises(WrongState, match="was started"):
        inviting.withdraw(invitation=used, by=helena)


def test_who_declines_can_still_change_their_mind(second, ada, amir):
    [invitation] = invite(second, Guest(ada.email))
    with pytest.raises(PermissionDenied):
        inviting.decline(invitation=invitation, by=amir)
    inviting.decline(invitation=invitation, by=ada)
    assert [each.wording.staff for each in CallInvitation.objects.with_progress()] == ["Declined"]

    start(second, ada)

    assert [each.wording.staff for each in CallInvitation.objects.with_progress()] == ["Started"]


def test_staff_choose_see_who_gets_a_mail_and_send(as_helena, open_call, second, ada, amir):
    first = factories.make_submitted(open_call, ada)
    page = reverse("manage_apply:invite", args=[second.slug])
    typed = {"applications": [first.pk], "people": f"Amir <{amir.email}>, no-address\n"}
    assert first.reference in as_helena.get(page).text

    shown = as_helena.post(page, typed).text
    assert "2 people get an invitation" in shown
    assert "This is not an e-mail address." in shown
    assert not CallInvitation.objects.exists()

    done = as_helena.post(page, typed | {"send": "1"}, follow=True).text
    assert "2 people are invited." in done
    assert first.reference in done
    assert as_helena.get(page).text.count(first.reference) == 0


def test_the_invited_see_it_at_home(as_ada, second, ada):
    [invitation] = invite(second, Guest(ada.email))
    home = reverse("apply:home")
    assert "You are invited to apply" in as_ada.get(home).text

    as_ada.post(reverse("apply:decline-call", args=[invitation.pk]))
    assert "You are invited to apply" not in as_ada.get(home).text


def test_an_invited_call_shows_no_list_of_who_is_invited_to_strangers(as_ada, second, amir):
    invite(second, Guest(amir.email))

    assert amir.email not in as_ada.get(reverse("apply:start", args=[second.slug])).text
    assert list(CallInvitation.objects.visible_to(as_ada.get("/apply/").wsgi_request.user)) == []


@pytest.fixture(params=["recused", "of the team"])
def shut_out(request, open_call, ada) -> tuple[Application, User]:
    """Ada's expression of interest, and an administrator who must not follow what becomes of it."""
    first = factories.make_submitted(open_call, ada)
    person = factories.make_user("Third", "administrator")
    if request.param == "recused":
        Declaration.objects.create(
            person=person, subject_type="applications.application", subject=first.pk, has_interest=True,
            declared_at=clock.now(),
        )  # fmt: skip
    else:
        TeamMember.objects.create(application=first, user=person, name="Third", email=person.email, access="editor")
    return first, person


def test_who_is_shut_out_of_the_first_stage_learns_nothing_of_its_invitation(client, second, amir, helena, shut_out):
    first, person = shut_out
    other, of_first = invite(second, Guest(amir.email), *inviting.owners_of([first]))
    client.force_login(person)
    page = client.get(reverse("manage_apply:invitations", args=[second.slug])).text

    assert (amir.email in page, of_first.email in page) == (True, False)
    assert "1 invitation stands" in page
    withdrawal = reverse("manage_apply:withdraw-invitation", args=[second.slug, of_first.pk])
    assert client.post(withdrawal).status_code == 404
    assert list(CallInvitation.objects.visible_to(helena)) == [other, of_first]
    assert AuditEvent.objects.get(subject=of_first.pk, code="callinvitation:invite").root == first.pk


def test_who_is_shut_out_cannot_find_out_by_inviting_whether_somebody_is_invited(second, ada, amir, shut_out):
    first, person = shut_out

    def said() -> tuple[list[str], list[str]]:
        fit, skipped = inviting.preview(second, [Guest(ada.email), Guest(amir.email)], person)
        return [each.email for each in fit], [each.why for each in skipped]

    before = said()
    assert before == (
        [amir.email],
        ["You have a tie to an application of this person. Somebody else has to invite them."],
    )
    invite(second, *inviting.owners_of([first]))
    assert said() == before


def test_who_is_shut_out_of_the_second_stage_learns_nothing_of_its_invitation(second, amir, helena):
    invite(second, Guest(amir.email))
    begun = start(second, amir)
    Declaration.objects.create(
        person=helena, subject_type="applications.application", subject=begun.pk, has_interest=True,
        declared_at=clock.now(),
    )  # fmt: skip

    assert not CallInvitation.objects.visible_to(helena).exists()


# The quiz before the form

QUIZ = [
    {
        "key": "entity", "question": "Is your host a legal entity?", "help": "",
        "answers": [
            {"value": "yes", "label": "Yes", "effect": "pass", "message": ""},
            {"value": "no", "label": "No", "effect": "stop", "message": "Only legal entities can hold a grant."},
        ],
    },
    {
        "key": "ethics", "question": "Is there an ethics approval?", "help": "",
        "answers": [
            {"value": "yes", "label": "Yes", "effect": "pass", "message": ""},
            {"value": "later", "label": "Not yet", "effect": "warn", "message": "Nothing is paid before it is there."},
        ],
    },
]  # fmt: skip


@pytest.fixture
def asking(db: None) -> Call:
    return factories.make_call("asking", quiz=QUIZ)


def answers(entity: str = "yes", ethics: str = "yes", **more: str) -> dict[str, str]:
    return {"quiz-entity": entity, "quiz-ethics": ethics, **more}


def chosen(page: str) -> int:
    """Count the answers that a page shows as chosen."""
    return len(re.findall(r"<input [^>]*\bchecked\b", page))


def test_a_stop_says_why_and_makes_no_draft_but_can_be_changed(as_ada, asking):
    page = reverse("before:quiz", args=[asking.slug])
    assert as_ada.post(reverse("apply:start", args=[asking.slug]))["Location"] == page

    stopped = as_ada.post(page, answers(entity="no")).text
    assert "Only legal entities can hold a grant." in stopped
    assert chosen(stopped) == 2
    assert not Application.objects.exists()

    as_ada.post(page, answers())
    assert Application.objects.get().quiz_answers == {"entity": "yes", "ethics": "yes"}


def test_a_warning_is_passed_knowingly(as_ada, asking):
    page = reverse("before:quiz", args=[asking.slug])

    warned = as_ada.post(page, answers(ethics="later")).text
    assert "Nothing is paid before it is there." in warned
    assert not Application.objects.exists()

    as_ada.post(page, answers(ethics="later", knowingly="1"))
    assert Application.objects.get().quiz_answers["ethics"] == "later"


def test_what_is_left_out_is_asked_again(as_ada, asking):
    refused = as_ada.post(reverse("before:quiz", args=[asking.slug]), {"quiz-entity": "yes"})

    assert (refused.status_code, "Choose an answer." in refused.text) == (422, True)


def test_strangers_may_try_it_and_their_answers_wait_until_they_signed_in(client, ada, asking):
    page = reverse("before:quiz", args=[asking.slug])

    gone = client.post(page, answers())
    assert gone["Location"].startswith("/account/login/")
    client.force_login(ada)

    assert chosen(client.get(page).text) == 2


def test_the_action_itself_refuses_a_start_without_the_answers(asking, ada):
    with pytest.raises(WrongState, match="Answer all questions"):
        start(asking, ada)
    with pytest.raises(WrongState, match="Only legal entities"):
        drafts.start(call=asking, by=ada, at=clock.now(), quiz={"entity": "no", "ethics": "yes"})


def test_a_draft_that_is_there_needs_no_second_quiz(as_ada, asking, ada):
    draft = drafts.start(call=asking, by=ada, at=clock.now(), quiz={"entity": "yes", "ethics": "yes"})

    assert as_ada.post(reverse("apply:start", args=[asking.slug]))["Location"] == draft.get_absolute_url()


def test_staff_read_the_answers_when_they_screen(as_helena, asking, ada):
    drafts.start(call=asking, by=ada, at=clock.now(), quiz={"entity": "yes", "ethics": "later"})
    factories.make_submitted(asking, ada)

    page = as_helena.get(reverse("manage:screening", args=[asking.slug])).text

    assert "Is there an ethics approval?" in page
    assert "Not yet" in page


def test_a_closed_call_has_no_start(as_ada, second, ada):
    invite(second, Guest(ada.email))
    factories.close(second, timedelta(minutes=1))

    assert "does not take applications now" in as_ada.get(reverse("apply:start", args=[second.slug])).text
