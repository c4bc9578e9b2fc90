"""The panel book: each recipient's copy holds what they may read, and leads to nothing else."""

from copy import deepcopy
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Application
from core import clock
from core.documents.models import Document
from core.jobs.models import Job
from core.jobs.work import run_all
from core.people.models import User
from fund.models import Call
from reports import books
from reports.books import KIND, ask_for_book, ask_for_books
from reviews.actions import conflicts
from reviews.actions import meeting as meetings
from reviews.models import PanelMember
from tests.access.world import recuse as recuse_from
from tests.browser import new_browser
from tests.core.pdf.reading import pages_of, problems_of, reader, words_of
from tests.reviews import panels

pytestmark = pytest.mark.django_db
TITLES = {
    "Latin": "Zaffre listening",
    "Arabic": "حماية الأطفال",
    "Devanagari": "प्रिया क्षत्रिय",
}
"""Of the applications that Nadia is recused from."""


class Room(NamedTuple):
    """Four applications with two reviews each; Nadia is recused from three of them after she reviewed all."""

    call: Call
    secret: dict[str, Application]
    other: Application
    nadia: PanelMember
    pavel: PanelMember


def recuse(member: PanelMember, application: Application) -> None:
    """Have a member say that they found a tie."""
    found = member.assignments.get(application=application)
    conflicts.declare(assignment=panels.fresh(found), has_interest=True, kinds=["personal"], by=member.person)


@pytest.fixture(scope="module")
def made(shared: None) -> Room:
    call = panels.make_call_in_review(applications=1)
    Call.objects.filter(pk=call.pk).update(state="published", closes_at=clock.now() + 2 * timedelta(days=1))
    call.refresh_from_db()
    secret = {
        script: panels.make_application(call, 200 + number, title=title)
        for number, (script, title) in enumerate(TITLES.items())
    }
    Call.objects.filter(pk=call.pk).update(state="in_review", closes_at=clock.now() - timedelta(days=1))
    other = Application.objects.exclude(pk__in=[each.pk for each in secret.values()]).get(call=call)
    nadia, pavel = panels.make_member(call, "Nadia Osei", "ngo"), panels.make_member(call, "Pavel Ruz", "police")
    for place, application in enumerate([other, *secret.values()]):
        for member in (nadia, pavel):
            text = f"{member.person.name} on {application.reference}"
            panels.submit(panels.assign(application, member), 3 + place % 3, public_comment=text, private_comment="")
    for application in secret.values():
        recuse(nadia, application)
    call.refresh_from_db()
    return Room(call, secret, other, nadia, pavel)


@pytest.fixture
def room(made: Room, db: None) -> Room:
    return deepcopy(made)


def copy_for(person: User, call: Call) -> bytes:
    ask_for_book(call=call, by=person)
    run_all()
    return Document.objects.visible_to(person).current().get(kind=KIND).read()


def all_of(pdf: bytes) -> str:
    """Return all that can be searched: text, bookmarks, metadata, whatever is written between the pages."""
    read = reader(pdf)
    bookmarks = " ".join(str(each.title) for each in read.outline)
    return " ".join([words_of(pdf), bookmarks, " ".join(map(str, (read.metadata or {}).values()))])


def traces_of(application: Application) -> list[str]:
    return [str(application.reference), application.title, application.host_name, application.investigator_name,
            f"Pavel Ruz on {application.reference}"]  # fmt: skip


@pytest.fixture(scope="module")
def copies(made: Room) -> dict[str, bytes]:
    """Nadia's copy and Pavel's."""
    return {each.person.name.split()[0]: copy_for(each.person, made.call) for each in (made.nadia, made.pavel)}


@pytest.mark.parametrize("script", TITLES)
def test_the_copy_of_who_is_recused_mentions_the_application_nowhere_and_the_others_do(
    script: str, made: Room, copies: dict[str, bytes]
) -> None:
    traces = traces_of(made.secret[script])

    assert [each for each in traces if each in all_of(copies["Nadia"])] == []
    assert [each for each in traces if each not in all_of(copies["Pavel"])] == []


def test_its_numbers_and_totals_are_of_what_stands_in_it(made: Room, copies: dict[str, bytes]) -> None:
    hers, his = words_of(copies["Nadia"]), words_of(copies["Pavel"])

    assert "Applications 1 " in hers
    assert "Applications 4 " in his
    assert "applications that the recipient may see" in hers
    assert his.replace("Page 2 of", "").count(" 2 of ") == 1, (
        "the mean of the one that nobody is recused from is of two"
    )
    assert (problems_of(copies["Nadia"]), problems_of(copies["Pavel"])) == ("", "")
    assert [each.title for each in reader(copies["Nadia"]).outline] == [
        *(f"Panel book: {made.call.title}", "Contents", "Ranking", f"{made.other.reference} {made.other.title}")
    ]


def test_every_page_says_whose_copy_it_is(copies: dict[str, bytes]) -> None:
    for page in pages_of(copies["Pavel"]):
        assert "Confidential. Copy 1 for Pavel Ruz" in page


def test_it_follows_the_agenda_of_the_meeting_and_else_the_ranking(
    room: Room, copies: dict[str, bytes], helena: User
) -> None:
    references = [str(each.reference) for each in Application.objects.filter(call=room.call).order_by("reference")]
    assert order_of(copies["Pavel"]) != references
    meeting = meetings.plan(call=room.call, starts_at=clock.now() + timedelta(days=1), quorum=1, by=None, place="Oslo")
    agenda = [str(each.application.reference) for each in meeting.items.select_related("application")]

    pdf = copy_for(helena, room.call)
    assert order_of(pdf) == agenda
    assert "In the order of the agenda of the meeting" in words_of(pdf)


def order_of(pdf: bytes) -> list[str]:
    return [str(each.title).split()[0] for each in reader(pdf).outline[3:]]


def test_others_reviews_are_in_no_copy_of_who_still_owes_theirs(room: Room, ruth: User) -> None:
    panels.assign(room.other, panels.make_member(room.call, ruth))
    text = words_of(copy_for(ruth, room.call))

    assert str(room.other.reference) in text
    assert "Pavel Ruz on" not in text
    assert "Scores" not in text


def test_who_applies_is_in_no_copy_of_who_must_not_know_it(room: Room, ruth: User) -> None:
    Call.objects.filter(pk=room.call.pk).update(applicants_hidden=True)
    panels.assign(room.other, panels.make_member(room.call, ruth))
    text = all_of(copy_for(ruth, room.call))

    assert room.other.title in text
    assert room.other.host_name not in text
    assert room.other.investigator_name not in text


def is_readable(person: User) -> bool:
    latest = Document.objects.filter(kind=KIND, recipient=person).latest("pk")
    return Document.objects.visible_to(person).filter(pk=latest.pk).exists()


def test_a_copy_is_shut_when_its_reader_is_recused_later_and_a_new_one_leaves_it_out(
    room: Room, copies: dict[str, bytes]
) -> None:
    person = room.pavel.person
    assert is_readable(person)
    recuse(room.pavel, room.secret["Latin"])

    assert not is_readable(person)
    assert TITLES["Latin"] not in all_of(copy_for(person, room.call))


def test_a_copy_with_others_reviews_is_shut_to_who_is_to_review_one_of_them(room: Room, helena: User) -> None:
    copy_for(helena, room.call)
    assert is_readable(helena)
    panels.assign(room.other, panels.make_member(room.call, helena))
    assert not is_readable(helena)


def test_what_changes_while_a_copy_is_made_has_it_made_anew(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    build, person = books.make_panel_book, room.pavel.person

    def overtaken(terms: Any) -> bytes:
        content = build(terms)
        recuse(room.pavel, room.secret["Latin"])
        return content

    monkeypatch.setattr(books, "make_panel_book", overtaken)
    before = Document.objects.filter(recipient=person).count()
    ask_for_book(call=room.call, by=person)
    run_all()

    assert Document.objects.filter(recipient=person).count() == before
    assert Job.objects.get(kind=KIND, state=Job.State.WAITING).error.startswith("RightsChanged")


def test_who_runs_the_panel_orders_a_copy_for_each_member_and_reads_none_of_them(
    room: Room, helena: User, audrey: User
) -> None:
    batch = ask_for_books(call=room.call, by=helena)
    run_all()

    assert {each.recipient for each in batch.documents.all()} == {room.nadia.person, room.pavel.person}
    assert {each.asked_by for each in batch.documents.all()} == {helena}
    assert not Document.objects.visible_to(helena).filter(kind=KIND).exists()
    with pytest.raises(PermissionDenied, match="who runs the panel"):
        ask_for_books(call=room.call, by=audrey)


def test_who_may_read_nothing_has_no_book(room: Room, ruth: User) -> None:
    panels.make_member(room.call, ruth)
    with pytest.raises(PermissionDenied, match="No application"):
        ask_for_book(call=room.call, by=ruth)


def test_what_cannot_be_set_is_told_without_its_text(room: Room, helena: User) -> None:
    Application.objects.filter(pk=room.secret["Latin"].pk).update(title="Zaffre 🦄")
    ask_for_books(call=room.call, by=helena)
    run_all()
    failed = Job.objects.get(kind=KIND, state=Job.State.FAILED)

    assert "U+1F984" in failed.error
    assert "Zaffre" not in failed.error


def test_who_ordered_the_books_is_told_which_summary_is_missing_in_whose_unless_it_is_shut_to_them(
    room: Room, helena: User
) -> None:
    for application in (room.other, room.secret["Arabic"]):
        put_a_unicorn_in(application)
    recuse_from(helena, room.other)
    batch = ask_for_books(call=room.call, by=helena)
    run_all()
    browser = new_browser()
    browser.force_login(helena)
    page = browser.get(batch.get_absolute_url()).content.decode()

    missing = room.secret["Arabic"].reference
    assert (
        f"The summary of {missing} is not in the book of Pavel Ruz: no typeface can draw the character U+1F984" in page
    )
    assert "Look at this" in page
    assert str(room.other.reference) not in page


def put_a_unicorn_in(application: Application) -> None:
    version = Application.objects.select_related("current").get(pk=application.pk).current
    version.content["columns"]["summary"] = "A unicorn 🦄."
    version.save(update_fields=["content"])
