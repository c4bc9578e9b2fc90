"""What members do not want to read, and the rules of countries: in the proposal and by hand."""

from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from applications.models import Application, ApplicationVersion
from core.people.models import User
from fund.models import Call
from reviews.actions import assigning, panel
from reviews.models import Assignment, PanelMember
from tests.reviews import panels

pytestmark = pytest.mark.django_db


def pairs() -> set[tuple[int, int]]:
    return set(Assignment.objects.values_list("application", "member"))


def note(application: Application) -> None:
    ApplicationVersion.objects.filter(pk=application.current_id).update(has_content_note=True)


def test_nobody_is_proposed_what_they_do_not_want_to_read_nor_too_much_of_it(client: Client) -> None:
    call = panels.make_call_in_review(applications=4, reviews_each=2, most_content_notes=2)
    first, *others = call.applications.order_by("pk")
    themes = list(call.themes.all())
    Application.objects.filter(pk=first.pk).update(theme=themes[1])
    for each in others:
        note(each)
    avoiding, calm, *rest = panels.make_panel(call, 5)
    client.force_login(avoiding.person)
    page = reverse("review:invitation", args=[avoiding.pk])
    answer = client.post(page, {"answer": "wish", "avoids": [themes[1].pk], "most_content_notes": "x"})
    assert answer.status_code == 422
    assert f'value="{themes[1].pk}" checked' in " ".join(answer.content.decode().split()).replace(
        'id="id_avoids_1" ', ""
    )
    assert client.post(page, {"answer": "wish", "avoids": ["9" * 30]}).status_code == 422
    client.post(page, {"answer": "wish", "avoids": [themes[1].pk], "most_content_notes": ""})
    panel.wish(member=calm, avoids=[], most_content_notes=0, by=calm.person)

    run = assigning.propose(call=call, by=None)

    assert run.unfilled == []
    assert (first.pk, avoiding.pk) not in pairs()
    noted = Counter(member for application, member in pairs() if application != first.pk)
    assert (noted[calm.pk], max(noted.values())) == (0, 2)
    with pytest.raises(ValidationError, match="asked not to read on this theme"):
        assigning.add(application=first, member=PanelMember.objects.get(pk=avoiding.pk), by=None)
    with pytest.raises(ValidationError, match="with a content note that they take"):
        assigning.add(application=others[0], member=calm, by=None)
    with pytest.raises(PermissionDenied):
        panel.wish(member=calm, avoids=[], most_content_notes=9, by=rest[0].person)
    other = panels.make_call_in_review("other", applications=0)
    with pytest.raises(ValidationError, match="themes of this call"):
        panel.wish(member=calm, avoids=other.themes.all(), most_content_notes=None, by=calm.person)


def test_nobody_reviews_their_own_country_and_two_countries_do(helena: User) -> None:
    call = panels.make_call_in_review(
        applications=2, reviews_each=2, least_countries=2, excludes_own_country=True, least_groups=1
    )
    home, _north, south, south_too = panels.make_panel(call, 4)
    PanelMember.objects.filter(pk=home.pk).update(country="KE")
    PanelMember.objects.filter(pk__in=[south.pk, south_too.pk]).update(country="ZA")
    Application.objects.filter(call=call).update(country="KE")

    assigning.propose(call=call, by=helena)

    by_application = {
        each.pk: set(each.assignments.values_list("member__country", flat=True)) for each in call.applications.all()
    }
    assert set(map(frozenset, by_application.values())) == {frozenset({"NO", "ZA"})}
    home.refresh_from_db()
    with pytest.raises(ValidationError, match="of the country that this application comes from"):
        assigning.add(application=call.applications.first(), member=home, by=helena)


def test_who_has_it_already_keeps_it_whatever_they_wish_later(helena: User) -> None:
    call: Call = panels.make_call_in_review(applications=1, reviews_each=2)
    application = call.applications.get()
    member, *__ = panels.make_panel(call, 3)
    panels.assign(application, member)
    Application.objects.filter(pk=application.pk).update(theme=call.themes.first())
    note(application)
    panel.wish(member=member, avoids=call.themes.all(), most_content_notes=0, by=member.person)

    assert assigning.propose(call=call, by=helena).unfilled == []
    assert (application.pk, member.pk) in pairs()
