"""One application as staff see it: everything by its rule, nothing beyond."""

from collections.abc import Callable

from django.test import Client

from applications.models import Application
from core.people.models import User
from reviews.actions import deciding, panel
from tests.reviews import panels
from tests.reviews.staff.conftest import World

Browser = Callable[[User], Client]


def test_the_page_holds_text_scores_reviewers_and_history(world: World, sign_in: Browser, helena: User) -> None:
    answer = sign_in(helena).get(world.address("application", world.lines.reference))
    context = answer.context

    assert [str(each.member) for each in context["assignments"]] == ["Nadia Osei", "Pavel Ruz"]
    assert [(criterion.label, [score.value for score in scores]) for criterion, scores in context["grid"]] == [
        ("Quality", [3, 1]), ("Usefulness", [3, 1]), ("Safeguarding", [3, 1]),
    ]  # fmt: skip
    assert [(str(weighted), overall) for weighted, overall in context["marks"]] == [("3.00", 3), ("1.00", 1)]
    assert str(context["mean"]) == "2.00"
    assert [event.words for event in context["history"]][-4:] == [
        "Sent to review", "Found eligible", "Submitted", "Draft started",
    ]  # fmt: skip
    assert "For the panel." in answer.content.decode()


def test_nobody_reads_a_reviewers_own_notes(world: World, sign_in: Browser, helena: User) -> None:
    assert "Mine." not in sign_in(helena).get(world.address("application", world.lines.reference)).content.decode()


def test_content_notes_are_closed(open_call: object, world: World, sign_in: Browser, helena: User) -> None:
    version = world.lines.current
    for section in version.content["sections"]:
        for answer in section["answers"]:
            if answer["key"] == "summary":
                answer["content_note"] = True
    type(version).objects.filter(pk=version.pk).update(content=version.content)
    html = sign_in(helena).get(world.address("application", world.lines.reference)).content.decode()

    assert '<details class="care">' in html
    assert "About 10 words that may be hard to read" in html


def test_advice_and_decision_stand_above_and_a_chair_reads_of_no_decision(
    world: World, sign_in: Browser, helena: User, oluchi: User, chandra: User, audrey: User
) -> None:
    deciding.recommend(application=world.lines, kind="decline", rationale="Too thin a sample.", by=chandra)
    decided = panels.approved(world.lines, "decline", by=(helena, oluchi))
    pages = {
        user.name: sign_in(user).get(world.address("application", world.lines.reference))
        for user in (helena, chandra, audrey)
    }

    assert [page.context["recommendation"].rationale for page in pages.values()] == ["Too thin a sample."] * 3
    assert {name: page.context["decisions"] for name, page in pages.items()} == {
        "Helena": [decided], "Chandra": [], "Audrey": [decided],
    }  # fmt: skip
    assert "Decision approved" in [event.words for event in pages["Audrey"].context["history"]]
    assert not [event for event in pages["Chandra"].context["history"] if "ecision" in event.words]


def test_an_eligible_application_of_a_call_in_review_is_sent_to_the_panel(
    world: World, sign_in: Browser, helena: User, chandra: User
) -> None:
    Application.objects.filter(pk=world.lines.pk).update(state="eligible")
    address = world.address("send_to_review", world.lines.reference)

    assert "Send to review" in sign_in(helena).get(world.address("application", world.lines.reference)).content.decode()
    assert sign_in(chandra).post(address).status_code == 403
    assert sign_in(helena).post(address).status_code == 302
    assert Application.objects.get(pk=world.lines.pk).state == "in_review"
    assert sign_in(helena).post(address).status_code == 409


def test_a_reference_of_another_call_is_not_there(world: World, sign_in: Browser, helena: User) -> None:
    other = panels.make_call_in_review("another", applications=1).applications.get()

    assert sign_in(helena).get(world.address("application", other.reference)).status_code == 404
    assert sign_in(helena).get(world.address("application", "NOTHING-1")).status_code == 404


def test_in_a_blind_call_an_administrator_who_reviews_learns_no_name_until_theirs_is_in(
    world: World, sign_in: Browser, oluchi: User
) -> None:
    type(world.call).objects.filter(pk=world.call.pk).update(applicants_hidden=True)
    invited = panel.invite(call=world.call, person=oluchi, group="research", country="NO", by=None)
    panels.assign(world.lines, panel.answer(member=invited, accepts=True, by=oluchi))
    browser = sign_in(oluchi)
    page = browser.get(world.address("application", world.lines.reference)).content.decode()
    listed = browser.get(f"{world.address('applications')}?q=Offender").content.decode()

    assert world.lines.investigator_name
    assert world.lines.investigator_name not in page.split("<main")[1].split('id="history"')[0]
    assert world.lines.host_name not in page
    assert world.lines.investigator_name not in listed.split("<main")[1]
    by_name = browser.get(f"{world.address('applications')}?q={world.lines.investigator_name.replace(' ', '+')}")
    assert world.lines not in [row.application for row in by_name.context["rows"]]


def test_one_application_takes_15_queries_at_the_most(
    world: World, sign_in: Browser, helena: User, chandra: User, audrey: User, django_assert_max_num_queries: Callable
) -> None:
    for user in (helena, chandra, audrey):
        browser, counts = sign_in(user), []
        for application in (world.warnings, world.voices):
            with django_assert_max_num_queries(15) as few:
                browser.get(world.address("application", application.reference))
            counts.append(len(few))

        assert counts[0] == counts[1]
