"""The pages that belong to core: people and roles, tokens, documents, jobs, home, mail."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.test import override_settings

from core import clock, documents, jobs, mail
from core.audit.models import AuditEvent
from core.jobs.models import Job
from core.jobs.work import run_all
from core.mail.models import Message
from core.people.models import ApiToken, Role, RoleGrant, User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_helena(client, helena):
    client.force_login(helena)
    return client


def roles_of(person: User) -> list[str]:
    return sorted(person.grants.filter(ended_at=None).values_list("role", flat=True))


def test_a_role_is_given_with_its_reason_and_kept_in_the_trail(as_helena, helena, ada):
    page = as_helena.post(f"/manage/people/{ada.pk}/give/", {"role": "finance", "reason": "Joins in May"}, follow=True)
    grant = RoleGrant.objects.get(user=ada)
    event = AuditEvent.objects.filter(code="role:give").latest("pk")
    assert (grant.role, grant.reason, grant.given_by) == ("finance", "Joins in May", helena)
    assert (event.actor, event.subject, event.data) == (helena.pk, ada.pk, {"role": "finance"})
    assert "Joins in May" in page.content.decode()
    assert "Joins in May" not in str(event.data)


@pytest.mark.parametrize(
    "given", [{"role": "finance"}, {"role": "finance", "reason": "  "}, {"role": "king", "reason": "x"}]
)
def test_a_role_without_a_reason_is_not_given_and_what_was_typed_stays(as_helena, ada, given):
    page = as_helena.post(f"/manage/people/{ada.pk}/give/", given)
    assert (page.status_code, roles_of(ada)) == (422, [])
    if given["role"] == "finance":
        assert '<option value="finance" selected>' in page.content.decode()


def test_a_role_is_taken_with_its_reason(as_helena, felix):
    as_helena.post(f"/manage/people/{felix.pk}/take/", {"role": "finance", "reason": "Left"})
    assert roles_of(felix) == []
    assert RoleGrant.objects.get(user=felix).end_reason == "Left"


def test_the_last_administrator_stays(as_helena, helena):
    page = as_helena.post(f"/manage/people/{helena.pk}/take/", {"role": "administrator", "reason": "I go"})
    assert (page.status_code, roles_of(helena)) == (422, ["administrator"])
    assert "This is the last fund administrator. Give the role to somebody else first." in page.content.decode()
    assert "I go" in page.content.decode()


def test_an_administrator_goes_once_there_is_another(as_helena, helena, oluchi):
    as_helena.post(f"/manage/people/{helena.pk}/take/", {"role": "administrator", "reason": "I go"})
    assert (roles_of(helena), roles_of(oluchi)) == ([], ["administrator"])
    assert as_helena.get("/manage/people/").status_code == 403


def test_a_person_is_invited_by_mail_and_has_no_password(as_helena, mailoutbox):
    given = {"name": "Nora", "email": "Nora@Example.org", "role": "auditor", "reason": "Audits us"}
    as_helena.post("/manage/people/invite/", given)
    run_all()
    nora = User.objects.get(email="nora@example.org")
    assert (roles_of(nora), nora.has_usable_password()) == (["auditor"], False)
    assert [message.address for message in Message.objects.all()] == ["nora@example.org"]


def test_people_are_found_by_name_address_and_role(as_helena, ada, felix):
    def found(query):
        return sorted(person.name for person in as_helena.get(f"/manage/people/?{query}").context["page"])

    assert found("q=ada") == ["Ada"]
    assert found("q=felix@") == ["Felix"]
    assert found("role=finance") == ["Felix"]
    assert found("") == ["Ada", "Felix", "Helena"]


def test_a_token_is_shown_once(as_ada, ada):
    made = as_ada.post("/account/tokens/", {"name": "Scripts", "days": "30"})
    secret = made.context["secret"]
    assert secret.startswith("sorf_")
    assert secret in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    again = as_ada.get("/account/tokens/").content.decode()
    assert secret not in again
    assert "Scripts" in again


def test_a_token_without_a_name_is_not_made(as_ada):
    page = as_ada.post("/account/tokens/", {"name": "", "days": "30"})
    assert (page.context["secret"], ApiToken.objects.count()) == (None, 0)


def test_a_token_is_revoked_by_its_owner_only(as_ada, client, ada, amir):
    as_ada.post("/account/tokens/", {"name": "Scripts", "days": "30"})
    token = ApiToken.objects.get()
    client.force_login(amir)
    assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    client.force_login(ada)
    client.post(f"/account/tokens/{token.pk}/revoke/")
    assert ApiToken.objects.get().is_valid is False


def test_a_replaced_document_stays_readable_and_leaves_the_lists(as_helena, helena):
    documents.register("test-note", label="Note", readable=lambda user: Q(asked_by=user))
    fund = factories.make_fund()
    made = {"subject": fund, "title": "Note", "name": "note.pdf", "asked_by": helena, "template": "note/1"}
    try:
        first = documents.file("test-note", b"%PDF-1", **made)
        second = documents.file("test-note", b"%PDF-2", supersedes=first, **made)
        listed = as_helena.get("/documents/").content.decode()
        assert (first.code in listed, second.code in listed) == (False, True)
        assert b"".join(as_helena.get(f"/documents/{first.code}/").streaming_content) == b"%PDF-1"
    finally:
        del documents.registry._kinds["test-note"]


def test_failed_jobs_are_put_back_by_who_asked_for_them(as_helena, helena, client, audrey):
    batch = jobs.open_batch(title="Letters", by=helena)
    job = jobs.put("mail-send", batch=batch, message=0)
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, error="The disk is full.", finished_at=clock.now())
    page = as_helena.get(f"/jobs/{batch.pk}/").content.decode()
    assert "The disk is full." in page
    assert "Some of it could not be made. See below." in page
    assert "Nothing is left to do here." not in page
    as_helena.post(f"/jobs/{batch.pk}/retry/")
    assert Job.objects.get(pk=job.pk).state == Job.State.WAITING
    client.force_login(audrey)
    assert client.post(f"/jobs/{batch.pk}/cancel/").status_code == 403
    assert Job.objects.get(pk=job.pk).state == Job.State.WAITING


def test_the_outbox_is_there_on_a_machine_of_ones_own_only(client, ada):
    mail.queue("applications/mail/withdrawn.txt", to=ada, application=None)
    assert ada.email in client.get("/home/outbox/").content.decode()
    with override_settings(EMBEDDED=False):
        assert client.get("/home/outbox/").status_code == 404


def test_home_shows_what_waits_and_clears_itself(as_ada, draft):
    def waiting():
        return [each.what for each in as_ada.get("/home/").context["waiting"]]

    assert waiting() == ["Finish your draft"]
    as_ada.post(f"/apply/{draft.pk}/submit/")
    assert waiting() == []


def test_a_letter_that_waits_for_its_release_is_not_in_the_mail_yet(as_ada, ada):
    mail.queue("applications/mail/withdrawn.txt", to=ada, due_at=clock.now() + timedelta(days=1), application=None)
    run_all()
    assert list(as_ada.get("/home/mail/").context["page"]) == []
    with clock.at(clock.now() + timedelta(days=1, seconds=1)):
        run_all()
    assert len(as_ada.get("/home/mail/").context["page"]) == 1


def test_a_profile_is_saved_and_its_faults_are_named(as_ada, ada):
    as_ada.post(
        "/account/profile/", {"name": "Ada Lovelace", "position": "", "orcid": "", "time_zone": "Africa/Nairobi"}
    )
    ada.refresh_from_db()
    assert (ada.name, ada.time_zone) == ("Ada Lovelace", "Africa/Nairobi")
    page = as_ada.post("/account/profile/", {"name": "Ada", "orcid": "0000-0002-1825-0098", "time_zone": "Mars"})
    assert set(page.context["form"].errors) == {"orcid", "time_zone"}
    assert "0000-0002-1825-0098" in page.content.decode()


@pytest.mark.parametrize("role", [Role.PANEL, Role.CHAIR, Role.FINANCE, None])
def test_people_and_the_trail_are_closed_to_all_others(client, role):
    client.force_login(factories.make_user("Someone", *([role] if role else [])))
    assert [client.get(path).status_code for path in ("/manage/people/", "/manage/audit/")] == [403, 403]
