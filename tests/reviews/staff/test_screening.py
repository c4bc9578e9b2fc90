"""Screening: one after the other, with every outcome, by those who may, and with what was typed kept."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application
from core.mail.models import Message
from core.people.models import User
from fund.models import Call
from tests import factories
from tests.reviews import panels
from tests.reviews.staff.conftest import recuse
from tests.reviews.staff.crowd import make_queue

Browser = Callable[[User], Client]
State = Application.State


@pytest.fixture
def queue(open_call: Call) -> list[Application]:
    """Three submitted applications, in the order of their arrival."""
    return [
        factories.make_submitted(open_call, panels.make_applicant(n), answers={"title": f"Study {n}"}) for n in range(3)
    ]


@pytest.fixture
def browser(helena: User, sign_in: Browser) -> Client:
    """Helena's browser."""
    return sign_in(helena)


def page(call: Call, application: Application | None = None) -> str:
    """Return the address of the screening page, with one application chosen."""
    return reverse("manage:screening", args=[call.slug]) + (
        f"?application={application.reference}" if application else ""
    )


def test_the_queue_begins_with_what_came_first_and_says_what_the_figures_say(
    queue: list[Application], open_call: Call, browser: Client
) -> None:
    context = browser.get(page(open_call)).context

    assert context["application"] == queue[0]
    upcoming = [each["pk"] for each in context["upcoming"]]
    assert (context["waiting"], upcoming) == (3, [each.pk for each in queue])
    assert [(check.label, check.words, check.is_met) for check in context["checks"]][:3] == [
        ("Amount", "USD 110,000; the call gives 20,000 to 250,000", True),
        ("Indirect costs", "10.0 % of direct costs; at most 15 %", True),
        ("Length", "18 months; the call asks for 6 to 24", True),
    ]


def test_eligible_is_saved_and_the_next_opens(queue: list[Application], open_call: Call, browser: Client) -> None:
    answer = browser.post(page(open_call, queue[0]), {"outcome": "eligible", "next": "1"})

    assert answer.headers["Location"] == page(open_call, queue[1])
    assert Application.objects.get(pk=queue[0].pk).state == State.ELIGIBLE


def test_after_the_last_of_the_queue_its_beginning_opens(
    queue: list[Application], open_call: Call, browser: Client
) -> None:
    answer = browser.post(page(open_call, queue[2]), {"outcome": "eligible", "next": "1"})

    assert answer.headers["Location"] == page(open_call)
    assert browser.get(answer.headers["Location"]).context["application"] == queue[0]


def test_save_alone_leads_to_the_application(queue: list[Application], open_call: Call, browser: Client) -> None:
    answer = browser.post(page(open_call, queue[1]), {"outcome": "eligible"})

    assert answer.headers["Location"] == reverse("manage:application", args=[open_call.slug, queue[1].reference])


def test_not_eligible_keeps_its_reason_and_tells_the_applicant_nothing(
    queue: list[Application], open_call: Call, browser: Client
) -> None:
    before = Message.objects.count()
    browser.post(page(open_call, queue[0]), {"outcome": "ineligible", "reason": "scope", "text": "It is about cars."})
    screening = queue[0].screenings.get()

    assert (screening.outcome, screening.reason, screening.text) == ("ineligible", "scope", "It is about cars.")
    assert Application.objects.get(pk=queue[0].pk).state == State.INELIGIBLE
    assert Message.objects.count() == before


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"text": "Kept."}, "outcome", "Choose eligible or not eligible."),
        ({"outcome": "ineligible", "text": "Kept."}, "reason", "Choose why it is not eligible."),
        (
            {"outcome": "ineligible", "reason": "scope"},
            "text",
            "Say in a sentence or two what is against it. The applicant reads it with the outcome.",
        ),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_still_there(
    typed: dict[str, str], field: str, sentence: str, queue: list[Application], open_call: Call, browser: Client
) -> None:
    answer = browser.post(page(open_call, queue[0]), typed)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors[field]) == [sentence]
    assert (answer.context["form"]["text"].value() or "") == typed.get("text", "")
    assert Application.objects.get(pk=queue[0].pk).state == State.SUBMITTED


def test_screening_what_is_with_the_panel_says_that_it_has_moved_on(
    queue: list[Application], open_call: Call, browser: Client
) -> None:
    Application.objects.filter(pk=queue[0].pk).update(state=State.IN_REVIEW)

    assert browser.post(page(open_call, queue[0]), {"outcome": "eligible"}).status_code == 409
    assert browser.get(page(open_call, queue[0])).status_code == 404


def test_the_recused_screen_the_others_only(
    queue: list[Application], open_call: Call, browser: Client, helena: User
) -> None:
    recuse(helena, queue[0])
    context = browser.get(page(open_call)).context

    assert (context["application"], context["waiting"]) == (queue[1], 2)
    assert browser.post(page(open_call, queue[0]), {"outcome": "eligible"}).status_code == 404
    assert Application.objects.get(pk=queue[0].pk).state == State.SUBMITTED


def test_an_empty_queue_says_so(open_call: Call, browser: Client) -> None:
    assert "Nothing waits for screening" in browser.get(page(open_call)).content.decode()


def test_the_number_of_queries_and_the_weight_stay_with_a_long_queue(
    queue: list[Application], open_call: Call, browser: Client, django_assert_max_num_queries: Callable
) -> None:
    counts = []
    for more in (0, 50):
        make_queue(open_call, more) if more else None
        with django_assert_max_num_queries(15) as few:
            answer = browser.get(page(open_call))
        counts.append(len(few))

    assert counts[0] == counts[1]
    assert len(answer.content) <= 60_000
