"""What happened lately stands on a person's home: no more than applicants may know, and nothing of others."""

from datetime import timedelta

from django.urls import reverse

from applications.actions import asking, screening
from applications.lately import events_of
from applications.models import Application
from core import clock
from tests import factories


def words_of(user):
    return [each.words for each in events_of(user)]


def test_it_tells_what_applicants_may_know(submitted, ada, helena):
    screening.screen(application=submitted, outcome="eligible", by=helena)
    asking.ask(application=submitted, question="Who?", due_at=clock.now() + timedelta(days=2), by=helena)

    assert sorted(words_of(ada)) == ["Draft started", "Submitted", "The fund asked you something"]


def test_others_applications_are_not_among_them(submitted, amir, helena):
    assert words_of(amir) == words_of(helena) == []


def test_an_outcome_is_told_once_it_is_visible(submitted, ada):
    later = clock.now() + timedelta(days=2)
    Application.objects.filter(pk=submitted.pk).update(state="decided", outcome="declined", outcome_released_at=later)

    assert "Not funded" not in words_of(ada)
    with clock.at(later):
        assert words_of(ada)[0] == "Not funded"


def test_the_homes_show_what_waits_with_the_moment_in_the_zone_of_the_call(as_ada, ada, helena):
    call = factories.make_call("oslo", zone="Europe/Oslo", closes_at=factories.NOON)
    factories.make_draft(call, ada)
    submitted = factories.make_submitted(factories.make_call(), ada)
    asking.ask(application=submitted, question="Who?", due_at=clock.now() + timedelta(days=2), by=helena)
    home, apply = (as_ada.get(reverse(name)).content.decode() for name in ("home", "apply:home"))

    for page in (home, apply):
        assert "Answer a question of the fund" in page
        assert "What happened lately" in page
        assert "Tue 22 December 2026, 13:00" in page
    assert "2 things wait for you." in home
