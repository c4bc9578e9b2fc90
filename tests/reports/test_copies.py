"""Copies of what one's own pages show: a schedule, feedback, one's own reviews; and nothing to anybody else."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from applications.models import Application
from core import clock
from core.documents.models import Document
from core.interests.models import Declaration
from core.jobs import work
from core.mail.models import Message
from core.people.models import User
from fund.actions import ledger
from fund.models import Award, Call, Fund
from reports.boards import PROGRAMME, REGISTER
from reports.copies import FEEDBACK, OWN_REVIEWS, SCHEDULE, ask_for_feedback
from reviews.actions import deciding
from reviews.models import PanelMember
from tests import factories
from tests.access.world import recuse
from tests.core.pdf.reading import reader, words_of
from tests.reviews import panels

pytestmark = pytest.mark.django_db


class Decided(NamedTuple):
    """Two applications that Ruth reviewed: the first is funded, the second declined."""

    call: Call
    funded: Application
    declined: Application
    ruth: PanelMember


@pytest.fixture(scope="module")
def made(shared: None) -> Decided:
    call = panels.make_call_in_review(applications=2)
    company = factories.make_organisation("Member company", kind="company")
    pledge = ledger.pledge(fund=call.fund, organisation=company, amount=Decimal(400_000), by=None)
    ledger.receive(contribution=pledge, amount=Decimal(400_000), by=None)
    funded, declined = Application.objects.filter(call=call).order_by("reference")
    ruth = panels.make_member(call, "Ruth Vega")
    panels.submit(panels.assign(funded, ruth), public_comment="A bold plan.", private_comment="For the panel only.")
    panels.submit(panels.assign(declined, ruth), public_comment="Say who will use it.")
    return Decided(call, funded, declined, ruth)


@pytest.fixture
def decided(made: Decided, helena: User, oluchi: User) -> Iterator[Decided]:
    found = deepcopy(made)
    both = (oluchi, helena)
    decisions = [panels.approved(found.funded, "fund", by=both), panels.approved(found.declined, "decline", by=both)]
    deciding.release(call=found.call, decisions=decisions, by=helena)
    return found


def owner_of(application: Application) -> User:
    found = User.objects.get(teams__application=application, teams__access="owner")
    assert isinstance(found, User)
    return found


def ordered(client: Client, person: User, address: str, body: dict[str, str] | None = None) -> int:
    client.force_login(person)
    status = client.post(address, body or {}).status_code
    work.run_all()
    return status


def words(person: User, kind: str) -> str:
    return words_of(Document.objects.visible_to(person).current().get(kind=kind).read())


def test_the_holder_and_staff_get_the_payment_schedule(decided: Decided, felix: User, client: Client) -> None:
    award, holder = Award.objects.get(source_key=decided.funded.pk), owner_of(decided.funded)
    address = f"/reports/awards/{award.number}/schedule/"

    assert [ordered(client, person, address) for person in (holder, felix)] == [302, 302]
    assert ordered(client, owner_of(decided.declined), address) == 404
    for person in (holder, felix):
        assert f"Award {award.number}" in words(person, SCHEDULE)
        assert "Still to come" in words(person, SCHEDULE)


def test_a_second_copy_takes_the_place_of_the_first(decided: Decided, client: Client) -> None:
    award, holder = Award.objects.get(source_key=decided.funded.pk), owner_of(decided.funded)
    for _ in range(2):
        ordered(client, holder, f"/reports/awards/{award.number}/schedule/")

    assert Document.objects.filter(kind=SCHEDULE).count() == 2
    assert Document.objects.visible_to(holder).current().filter(kind=SCHEDULE).count() == 1


def test_feedback_says_what_the_applicant_may_read_and_names_no_reviewer(decided: Decided, client: Client) -> None:
    person = owner_of(decided.declined)
    ordered(client, person, f"/reports/applications/{decided.declined.pk}/feedback/")

    text = words(person, FEEDBACK)
    assert "Say who will use it." in text
    assert str(decided.declined.reference) in text
    assert "Ruth" not in text
    assert "For the panel only." not in text


def test_there_is_no_feedback_before_the_moment_of_the_release(
    made: Decided, helena: User, oluchi: User, client: Client
) -> None:
    found = deepcopy(made)
    decision = panels.approved(found.declined, "decline", by=(oluchi, helena))
    later = clock.now() + timedelta(days=1)
    deciding.release(call=found.call, decisions=[decision], visible_at=later, by=helena)
    person = owner_of(found.declined)

    assert ordered(client, person, f"/reports/applications/{found.declined.pk}/feedback/") == 403
    with pytest.raises(PermissionDenied, match="no decision"):
        ask_for_feedback(application=found.declined, by=person)


def test_a_reviewer_gets_their_own_reviews_and_loses_them_with_a_recusal(made: Decided, client: Client) -> None:
    ruth, address = made.ruth.person, f"/reports/{made.call.slug}/my-reviews/"
    ordered(client, ruth, address)

    text = words(ruth, OWN_REVIEWS)
    assert [part in text for part in ("A bold plan.", "For the panel only.", "Say who will use it.")] == [True] * 3
    with clock.at(clock.now() + timedelta(minutes=1)):
        Declaration.objects.filter(person=ruth, subject=made.funded.pk).delete()
        recuse(ruth, made.funded)
        assert not Document.objects.visible_to(ruth).filter(kind=OWN_REVIEWS).exists()
    with clock.at(clock.now() + timedelta(minutes=2)):
        ordered(client, ruth, address)
        text = words(ruth, OWN_REVIEWS)
    assert "A bold plan." not in text
    assert str(made.funded.reference) not in text
    assert "Say who will use it." in text


def test_who_reviewed_nothing_has_no_reviews_to_keep(made: Decided, helena: User, client: Client) -> None:
    address = f"/reports/{made.call.slug}/my-reviews/"
    answers: list[Any] = [ordered(client, person, address) for person in (helena, owner_of(made.funded))]

    assert answers == [403, 403]


def test_the_programme_report_counts_what_its_reader_may_see_and_is_shut_with_a_recusal(
    decided: Decided, helena: User, client: Client
) -> None:
    ordered(client, helena, "/reports/programme/")
    text = words(helena, PROGRAMME)
    assert "by 2 applications" in text
    assert "in 1 award" in text
    assert "that the recipient may see" not in text

    with clock.at(clock.now() + timedelta(minutes=1)):
        recuse(helena, decided.funded)
        assert not Document.objects.visible_to(helena).filter(kind=PROGRAMME).exists()
    with clock.at(clock.now() + timedelta(minutes=2)):
        for body in ({}, {"call": decided.call.slug}):
            ordered(client, helena, "/reports/programme/", body)
        copies = Document.objects.visible_to(helena).current().filter(kind=PROGRAMME)
        texts = [words_of(each.read()) for each in copies]
    for text in texts:
        assert "by 1 application" in text
        assert "in 0 awards" in text
        assert "of the applications that the recipient may see" in text
    assert len(texts) == 2


def test_the_register_has_accepted_awards_only(decided: Decided, felix: User, client: Client) -> None:
    ordered(client, felix, "/reports/register/")
    assert "No grant was accepted yet." in words(felix, REGISTER)
    Award.objects.filter(source_key=decided.funded.pk).update(state=Award.State.ACCEPTED)
    ordered(client, felix, "/reports/register/")

    assert decided.funded.title in words(felix, REGISTER)


def test_an_administrator_chooses_the_paper(decided: Decided, helena: User, felix: User, client: Client) -> None:
    ordered(client, felix, "/reports/paper/", {"paper": "Letter"})
    assert Fund.objects.get().paper == Fund.Paper.A4
    ordered(client, helena, "/reports/paper/", {"paper": "Letter"})
    ordered(client, helena, "/reports/register/")

    page = reader(Document.objects.visible_to(helena).get(kind=REGISTER).read()).pages[0]
    assert (page.mediabox.width, page.mediabox.height) == (612, 792)


def test_who_is_recused_learns_of_no_copy_that_others_order_nor_how_many_letters_a_release_has(
    decided: Decided, client: Client
) -> None:
    ragna = factories.make_user("Ragna", "administrator")
    ask_for_feedback(application=Application.objects.get(pk=decided.declined.pk), by=owner_of(decided.declined))
    work.run_all()
    mail = Message.objects.visible_to_staff(ragna).get(batch__isnull=False, about=decided.funded.pk)
    client.force_login(ragna)
    places = ["/jobs/", "/api/v1/batches/", f"/manage/outbox/{mail.pk}/"]
    told = [f"Feedback on {decided.declined.reference}", f"Feedback on {decided.declined.reference}", "2 decisions"]
    assert [each in client.get(place).content.decode() for place, each in zip(places, told, strict=True)] == [True] * 3
    assert client.get("/api/v1/jobs/?kind=review-feedback").json()["count"] == 1

    recuse(ragna, decided.declined)
    pages = [client.get(place) for place in places]
    assert [page.status_code for page in pages] == [200] * 3
    assert [each in page.content.decode() for page, each in zip(pages, told, strict=True)] == [False] * 3
    assert client.get("/api/v1/jobs/?kind=review-feedback").json()["count"] == 0
