"""Whoever is recused from an application, or applies with it, learns nothing of it on the way round its pages either."""

import re
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client

from applications.actions import desk
from applications.models import Application, TeamMember
from applications.models.tied import SUBJECT
from core import audit, clock
from core.audit.models import AuditEvent
from core.documents.models import Document, IssuedLetter
from core.interests.models import Declaration
from core.jobs import work
from core.jobs.models import Batch, Job
from core.mail.models import Message
from core.people import actions as people
from core.people.models import Organisation, User
from core.states import WrongState
from fund.actions import ledger
from fund.models import Award, Call, LedgerEntry
from reports.copies import ask_for_schedule
from reports.terms.outcome_letter import outcome_letter_terms
from reviews import ties_shown
from reviews.actions import assigning, deciding
from reviews.actions.lettering import letter_of
from reviews.history import history_of
from reviews.models import Release
from tests import factories
from tests.reviews import panels

pytestmark = pytest.mark.django_db
CSRF = re.compile(r'(?<=csrfmiddlewaretoken" value=")[^"]+')


@pytest.fixture(scope="module")
def made(shared: None) -> Call:
    """Make the call once."""
    call = panels.make_call_in_review(applications=2)
    company = factories.make_organisation("Member company", kind="company")
    pledge = ledger.pledge(fund=call.fund, organisation=company, amount=Decimal(400_000), by=None)
    ledger.receive(contribution=pledge, amount=Decimal(400_000), by=None)
    return call


@pytest.fixture
def call(made: Call, db: None) -> Call:
    return deepcopy(made)


def release(application: Application, outcome: str, by: tuple[User, User], *, in_days: int = 0) -> Release:
    decision = panels.approved(application, outcome, by=by)
    visible_at = clock.now() + timedelta(days=in_days)
    return deciding.release(call=application.call, decisions=[decision], visible_at=visible_at, by=by[0])


def recuse(person: User, application: Application) -> None:
    Declaration.objects.create(
        person=person, subject_type=SUBJECT, subject=application.pk, has_interest=True, declared_at=clock.now()
    )


def join(person: User, application: Application) -> None:
    TeamMember.objects.create(
        application=application, user=person, name=person.name, email=person.email,
        part=TeamMember.Part.CO_INVESTIGATOR, access=TeamMember.Access.EDITOR,
    )  # fmt: skip


@pytest.fixture(params=[recuse, join])
def shut_out(request: pytest.FixtureRequest, call: Call) -> User:
    """A third administrator, who is recused from the first application, or applies with it."""
    person = factories.make_user("Third", "administrator")
    request.param(person, call.applications.order_by("pk")[0])
    return person


def test_the_letters_of_a_release_tell_nothing_to_who_is_shut_out(
    call: Call, shut_out: User, helena: User, oluchi: User, client: Client
) -> None:
    first, second = call.applications.order_by("pk")
    hidden = release(first, "fund", (helena, oluchi), in_days=3)
    open_one = release(second, "decline", (helena, oluchi))

    assert list(Batch.objects.visible_to(shut_out)) == [open_one.batch]
    kinds = ["award-letter", "outcome-letter"]
    assert [job.kind for job in Job.objects.visible_to(shut_out).filter(kind__in=kinds)] == ["outcome-letter"]
    assert Batch.objects.visible_to(oluchi).count() == 2
    assert Job.objects.visible_to(oluchi).filter(kind__in=kinds).count() == 2
    # Work that belongs to no batch may be about anything: a mail that waits for its day tells of a release.
    assert Job.objects.visible_to(shut_out).filter(batch=None).count() == 0
    assert Job.objects.visible_to(oluchi).filter(batch=None).count() == Job.objects.filter(batch=None).count() > 0
    client.force_login(shut_out)
    assert client.get(f"/jobs/{hidden.batch_id}/").status_code == 404
    assert client.get(f"/jobs/{open_one.batch_id}/").status_code == 200


def test_lists_of_work_and_money_say_the_same_before_and_after_a_release(
    call: Call, shut_out: User, helena: User, oluchi: User, client: Client
) -> None:
    client.force_login(shut_out)
    pages = ("/api/v1/jobs/", "/manage/finance/")
    with clock.at(clock.now()):
        before = [CSRF.sub("", client.get(page).content.decode()) for page in pages]
        release(call.applications.order_by("pk")[0], "fund", (helena, oluchi), in_days=3)
        work.run_all()
        assert [CSRF.sub("", client.get(page).content.decode()) for page in pages] == before


def test_a_tag_that_stands_on_a_hidden_application_only_is_no_tag(
    call: Call, shut_out: User, helena: User, oluchi: User, client: Client
) -> None:
    first, second = call.applications.order_by("pk")
    desk.put_label(application=first, kind="tag", word="Zaffre", by=helena)
    desk.put_label(application=second, kind="tag", word="Pilot", by=helena)

    def found_by(person: User) -> str:
        client.force_login(person)
        return client.get(f"/manage/calls/{call.slug}/applications/?q=tag:azure").content.decode()

    assert "There are: pilot, zaffre." in found_by(oluchi)
    assert "There are: pilot." in found_by(shut_out)


def test_the_audit_trail_tells_nothing_to_who_is_shut_out(
    call: Call, shut_out: User, helena: User, oluchi: User, client: Client
) -> None:
    first, second = call.applications.order_by("pk")
    release(first, "fund", (helena, oluchi), in_days=3)
    release(second, "fund", (helena, oluchi), in_days=3)

    def seen_by(person: User, code: str) -> int:
        client.force_login(person)
        return len(client.get(f"/manage/audit/?code={code}").context["rows"])

    codes = ["decision:release", "award:offer", "ledger:committed"]
    assert {code: seen_by(oluchi, code) for code in codes} == dict.fromkeys(codes, 2)
    assert {code: seen_by(shut_out, code) for code in codes} == dict.fromkeys(codes, 1)


def test_the_ledger_and_the_award_wait_for_the_release_for_who_applies(
    call: Call, helena: User, oluchi: User, felix: User
) -> None:
    first = call.applications.order_by("pk")[0]
    join(felix, first)
    release(first, "fund", (helena, oluchi), in_days=3)

    assert list(Award.objects.visible_to(felix)) == []
    assert list(LedgerEntry.objects.visible_to(felix).filter(kind="committed")) == []
    Award.objects.update(offered_at=clock.now())
    assert Award.objects.visible_to(felix).count() == 1
    assert LedgerEntry.objects.visible_to(felix).filter(kind="committed").count() == 1


def test_a_chair_reads_of_no_money_in_the_history(call: Call, helena: User, oluchi: User, chandra: User) -> None:
    first = call.applications.order_by("pk")[0]
    panels.make_member(call, chandra, is_chair=True)
    release(first, "fund", (helena, oluchi))

    assert AuditEvent.objects.filter(root=first.pk, code="ledger:committed").count() == 1
    assert "Money promised" in [event.words for event in history_of(first, helena)]
    assert "Money promised" not in [event.words for event in history_of(first, chandra)]


def test_a_chair_reads_of_no_letter_or_schedule_in_the_history_for_they_tell_that_money_is_offered(
    call: Call, helena: User, oluchi: User, chandra: User
) -> None:
    first = call.applications.order_by("pk")[0]
    Organisation.objects.filter(pk=first.host_id).update(address="")
    panels.make_member(call, chandra, is_chair=True)
    release(first, "fund", (helena, oluchi), in_days=3)
    before = history_of(first, chandra)
    work.run_all()
    with transaction.atomic():
        audit.record("job:retry", by=helena, subject=IssuedLetter.objects.get())
    ask_for_schedule(award=Award.objects.get(), by=helena)

    told = {"Letter held", "Work that failed tried again", "Payment schedule ordered"}
    assert told <= {event.words for event in history_of(first, helena)}
    assert history_of(first, chandra) == before


def test_the_history_names_no_applicant_to_whom_they_are_hidden(call: Call, chandra: User) -> None:
    first = call.applications.order_by("pk")[0]
    panels.assign(first, panels.make_member(call, chandra, is_chair=True))
    owner = first.team.get(access="owner").user.name
    assert owner in [event.who for event in history_of(first, chandra)]

    Call.objects.filter(pk=call.pk).update(applicants_hidden=True)

    shown = {event.words: event.who for event in history_of(first, chandra)}
    assert owner not in shown.values()
    assert shown["Submitted"] == "The applicant"


def test_an_outcome_letter_counts_no_award_that_is_not_known_yet(call: Call, helena: User, oluchi: User) -> None:
    first, second = call.applications.order_by("pk")
    release(first, "fund", (helena, oluchi), in_days=3)
    known = release(second, "decline", (helena, oluchi)).decisions.get()

    assert outcome_letter_terms(known, letter_of(known)).funded == 0


def test_a_tie_that_was_waived_does_not_tell_of_a_proposal(call: Call, helena: User) -> None:
    member = panels.make_member(call, "Ines")
    application = call.applications.order_by("pk")[0]
    Declaration.objects.create(
        person=member.person, subject_type=SUBJECT, subject=application.pk, has_interest=True, by_system=True,
        declared_at=clock.now(), ruling="no_action", ruled_at=clock.now(),
    )  # fmt: skip
    assigning.add(application=application, member=member, by=helena)

    assert ties_shown.of(member.person) == []
    assigning.release(call=call, due_at=clock.now() + timedelta(days=9), by=helena)
    assert len(ties_shown.of(member.person)) == 1


def test_a_receipt_does_not_name_the_applicant_to_an_administrator_who_reviews_blind(
    call: Call, helena: User, oluchi: User
) -> None:
    Call.objects.filter(pk=call.pk).update(applicants_hidden=True)
    work.run_all()
    application = call.applications.order_by("pk")[0]
    assignment = panels.assign(application, panels.make_member(call, helena))
    receipts = Document.objects.filter(kind="receipt") or Document.objects.filter(kind="application-receipt")
    mine = receipts.filter(subject__in=application.versions.values("pk"))

    assert mine.count() == 1
    assert mine.visible_to(helena).count() == 0
    assert mine.visible_to(oluchi).count() == 1
    panels.submit(assignment)
    assert mine.visible_to(User.objects.get(pk=helena.pk)).count() == 1


def test_a_release_names_what_was_withdrawn_since_its_approval(call: Call, helena: User, oluchi: User) -> None:
    first = call.applications.order_by("pk")[0]
    decision = panels.approved(first, "decline", by=(helena, oluchi))
    Application.objects.filter(pk=first.pk).update(state="withdrawn", withdrawn_at=clock.now())

    with pytest.raises(WrongState, match=first.reference):
        deciding.release(call=call, decisions=[decision], by=helena)


def test_who_may_only_read_an_application_does_not_answer_its_offer(call: Call, helena: User, oluchi: User) -> None:
    first = call.applications.order_by("pk")[0]
    reader, writer = factories.make_user("Reader"), factories.make_user("Writer")
    join(reader, first)
    join(writer, first)
    first.team.filter(user=reader).update(access=TeamMember.Access.VIEWER)
    award = release(first, "fund", (helena, oluchi)).decisions.get().award

    assert (reader.has_perm("fund.answer_offer", award), writer.has_perm("fund.answer_offer", award)) == (False, True)
    work.run_all()
    letters = Message.objects.filter(documents__kind="award-letter").values_list("person__name", flat=True)
    assert set(letters) == {"Applicant 100", "Writer"}


def test_a_chair_whose_role_was_taken_runs_no_panel(call: Call, chandra: User, client: Client) -> None:
    panels.make_member(call, chandra, is_chair=True)
    client.force_login(chandra)
    overview = f"/manage/calls/{call.slug}/"
    assert client.get(overview).status_code == 200
    assert Application.objects.visible_to_fund(chandra).count() == 2

    people.take_role(user=chandra, role="chair", reason="Their term is over.", by=None)

    assert client.get(overview).status_code == 404
    assert Application.objects.visible_to_fund(chandra).count() == 0
    assert not chandra.has_perm("reviews.run_panel", call)
