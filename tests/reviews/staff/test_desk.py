"""Screening at the desk: checklist, notes, tags and flags, what is much alike, and one thing done to many."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from applications.actions import desk, screening
from applications.models import Application, ChecklistItem, Inquiry, Labelling, Likeness, Note, Tick
from core import clock
from core.audit.models import AuditEvent
from core.jobs.work import run_all
from core.people.models import User
from reviews import bulk
from tests import factories
from tests.reviews import panels
from tests.reviews.staff.conftest import World, recuse

Browser = Callable[[User], Client]
PROSE = (
    "We will listen to moderators of voice chat in six languages and ask what they hear first, what they do then, "
    "and who helps them afterwards, so that teams can act before a child is harmed."
)


def address(world: World, name: str, *parts: str) -> str:
    return reverse(f"manage:{name}", args=[world.call.slug, *parts])


def test_a_checklist_is_set_ticked_and_keeps_what_was_ticked(world: World, helena: User) -> None:
    first, second = desk.set_checklist(call=world.call, items=["In scope?", " Host  known? ", "In scope?"], by=helena)

    changed = desk.tick(application=world.voices, answers={first.pk: "met", second.pk: ""}, by=helena)
    again = desk.tick(application=world.voices, answers={first.pk: "met"}, by=helena)
    desk.set_checklist(call=world.call, items=["Host known?", "Safe?"], by=helena)

    assert (str(second), changed, again) == ("Host known?", 1, 0)
    assert list(Tick.objects.values_list("item__text", "answer", "ticked_by")) == [("In scope?", "met", helena.pk)]
    rows = ChecklistItem.objects.order_by("text").values_list("text", "is_retired", "position")
    assert list(rows) == [("Host known?", False, 0), ("In scope?", True, 0), ("Safe?", False, 1)]
    with pytest.raises(ValidationError):
        desk.tick(application=world.voices, answers={first.pk: "not_met"}, by=helena)
    assert AuditEvent.objects.filter(code="application:tick").values_list("data", flat=True).get() == {
        "item": first.pk, "answer": "met",
    }  # fmt: skip


def test_the_screening_page_takes_ticks_tags_and_notes_and_says_who(
    world: World, sign_in: Browser, helena: User
) -> None:
    [item] = desk.set_checklist(call=world.call, items=["In scope?"], by=helena)
    Application.objects.filter(pk=world.voices.pk).update(state="submitted")
    browser, reference = sign_in(helena), str(world.voices.reference)
    for name, body in (
        ("tick", {f"item-{item.pk}": "not_applicable"}),
        ("put_label", {"kind": "flag", "word": "Late  budget"}),
        ("note", {"audience": "staff", "text": "Telephoned the host."}),
    ):
        answer = browser.post(address(world, name, reference), {**body, "back": "screening"})
        assert answer.url == f"{address(world, 'screening')}?application={reference}"
    html = browser.get(answer.url).content.decode()

    assert '<option value="not_applicable" selected>' in html
    assert "Flag: Late budget" in html
    assert "Telephoned the host." in html
    assert html.count("Helena") >= 3


def test_a_note_reaches_its_audience_only(world: World, sign_in: Browser, helena: User, chandra: User) -> None:
    for audience in ("staff", "panel"):
        desk.note(application=world.voices, audience=audience, text=f"For {audience}", by=helena)
    reviewer = world.ngo.person
    ada = factories.make_user("Ada Applies", email="ada@applies.example")

    def read(user: User) -> list[str]:
        return list(Note.objects.visible_to(user).values_list("text", flat=True))

    assert read(helena) == ["For staff", "For panel"]
    assert read(reviewer) == ["For panel"]
    assert read(ada) == []
    recuse(helena, world.voices)
    assert read(helena) == []
    assignment = world.voices.assignments.get(member=world.ngo)
    desk_page = sign_in(reviewer).get(reverse("review:desk", args=[assignment.pk])).content.decode()
    assert "For panel" in desk_page
    assert "For staff" not in desk_page


def test_whoever_is_recused_writes_nothing_down(world: World, helena: User) -> None:
    recuse(helena, world.voices)

    with pytest.raises(PermissionDenied):
        desk.note(application=world.voices, audience="staff", text="x", by=helena)
    with pytest.raises(PermissionDenied):
        desk.put_label(application=world.voices, kind="tag", word="x", by=helena)


def test_tags_are_searched_by_their_words_and_are_of_a_call_or_of_the_fund(
    world: World, sign_in: Browser, helena: User
) -> None:
    desk.put_label(application=world.voices, kind="tag", word="Voice pilot", by=helena)
    desk.put_label(application=world.lines, kind="tag", word="voice PILOT", by=helena)
    desk.put_label(application=world.lines, kind="flag", word="Everywhere", in_all_calls=True, by=helena)
    browser = sign_in(helena)

    def found(query: str) -> set[str]:
        answer = browser.get(f"{address(world, 'applications')}?q={query}")
        return {str(row.application.title).split()[0] for row in answer.context["rows"]}

    assert Labelling.objects.filter(label__word="Voice pilot").count() == 2
    assert found("tag:voice-pilot") == {"Grooming", "Offender"}
    assert found("tag:pilot+flag:none") == {"Grooming"}
    assert found("tag:none") == {"Warnings"}
    assert found("-flag:everywhere") == {"Grooming", "Warnings"}


def test_what_is_alike_is_flagged_with_why_across_calls_and_hidden_from_the_recused(
    world: World, sign_in: Browser, helena: User, ada: User
) -> None:
    first = factories.make_call("first", most_per_pi=3)
    second = factories.make_call("second")
    long = PROSE + " It takes two years and ends with a public guide that anybody may use, copy and change."
    one = factories.make_submitted(first, ada, answers={"title": "Listening: a study", "risks": long})
    other = factories.make_submitted(second, panels.make_applicant(7), answers={
        "title": "LISTENING – a Study", "risks": "Nothing new. " + long, "host": "Host 7",
    })  # fmt: skip
    same = factories.make_submitted(second, ada, answers={"title": "Something else", "risks": "None at all."})
    run_all()

    pairs = {(each.first_id, each.second_id): each for each in Likeness.objects.visible_to(helena)}
    assert set(pairs) == {(one.pk, other.pk), (one.pk, same.pk)}
    copied, led = pairs[one.pk, other.pk], pairs[one.pk, same.pk]
    assert (copied.same_title, copied.same_investigator, copied.overlap > 90) == (True, False, True)
    assert (led.same_title, led.same_investigator, led.overlap) == (False, True, 0)
    browser = sign_in(helena)
    page = reverse("manage:beside", args=["first", one.reference, other.reference])
    assert "the same title, 94 % of the shorter text stands in both" in browser.get(page).content.decode()
    assert f"<mark>{long}</mark>" in browser.get(page).content.decode()
    recuse(helena, other)
    assert set(Likeness.objects.visible_to(helena).values_list("second", flat=True)) == {same.pk}
    assert browser.get(page).status_code == 404
    html = browser.get(reverse("manage:desk", args=["first", one.reference])).content.decode()
    assert str(other.reference) not in html


def test_bulk_says_what_will_happen_then_does_it_and_refuses_by_line(
    world: World, sign_in: Browser, helena: User, ada: User
) -> None:
    Application.objects.filter(pk=world.voices.pk).update(state="submitted")
    browser = sign_in(helena)
    body = {"action": "eligible", "chosen": [world.voices.reference, world.lines.reference]}

    shown = browser.post(address(world, "bulk"), body)
    before = Application.objects.get(pk=world.voices.pk).state
    done = browser.post(address(world, "bulk"), body | {"confirmed": "1"}, follow=True)

    assert [(line.words, line.is_refused) for line in shown.context["lines"]] == [
        ("From “Submitted” to “Eligible”", False), ("Stays as it is: it is at “In review”.", True),
    ]  # fmt: skip
    assert before == "submitted"
    assert Application.objects.get(pk=world.voices.pk).state == "eligible"
    texts = [str(each) for each in done.context["messages"]]
    assert texts[0] == "Done for 1 application."
    assert texts[1].startswith(f"{world.lines.reference}: ")


def test_bulk_takes_all_that_a_search_finds_and_asks_for_a_word(world: World, sign_in: Browser, helena: User) -> None:
    recuse(helena, world.lines)
    browser, body = sign_in(helena), {"action": "tag", "all": "on", "address": "q=-warnings"}

    assert browser.post(address(world, "bulk"), body | {"confirmed": "1"}).status_code == 422
    browser.post(address(world, "bulk"), body | {"confirmed": "1", "word": "Second look"})

    assert [each.application for each in Labelling.objects.all()] == [world.voices]


def test_bulk_says_what_of_a_long_search_it_leaves_out(
    world: World, sign_in: Browser, helena: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    page = sign_in(helena).post(address(world, "bulk"), {"action": "tag", "all": "on", "address": ""})

    assert len(page.context["lines"]) == 2
    assert "1 more that was found stays as it is." in page.content.decode()


def test_starting_the_review_in_bulk_waits_for_the_call(sign_in: Browser, helena: User, ada: User) -> None:
    call = factories.make_call()
    application = factories.make_submitted(call, ada)
    screening.screen(application=application, outcome="eligible", by=helena)
    body = {"action": "start_review", "chosen": application.reference}
    shown = sign_in(helena).post(reverse("manage:bulk", args=[call.slug]), body)

    assert [line.is_refused for line in shown.context["lines"]] == [True]


def test_one_question_reaches_the_owners_of_all_that_are_chosen_and_are_still_read(
    world: World, sign_in: Browser, helena: User
) -> None:
    Application.objects.filter(pk=world.voices.pk).update(state="withdrawn", withdrawn_at=clock.now())
    recuse(helena, world.warnings)
    browser = sign_in(helena)
    references = [each.reference for each in (world.voices, world.lines, world.warnings)]
    body = {"action": "ask", "chosen": references}
    asked = body | {"confirmed": "1", "question": "Which languages?", "due_at": "2031-05-01"}

    shown = browser.post(address(world, "bulk"), body)
    late = browser.post(address(world, "bulk"), asked | {"due_at": "2020-05-01"})
    assert not Inquiry.objects.exists()
    done = browser.post(address(world, "bulk"), asked, follow=True)

    gone = "This application is not being read any more, so there is nobody to ask."
    assert {line.application: (line.words, line.is_refused) for line in shown.context["lines"]} == {
        world.voices: (gone, True),
        world.lines: ("The owner gets the question that you write below", False),
    }
    assert late.status_code == 422
    assert "Choose a day that is still to come." in late.content.decode()
    assert "Which languages?" in late.content.decode()
    [inquiry] = Inquiry.objects.all()
    assert (inquiry.application, inquiry.question, inquiry.asked_by) == (world.lines, "Which languages?", helena)
    assert inquiry.due_at.astimezone(ZoneInfo(world.call.zone)).isoformat()[:16] == "2031-05-01T23:59"
    texts = [str(each) for each in done.context["messages"]]
    assert texts == ["Done for 1 application.", f"{world.voices.reference}: {gone}"]
