"""Staff's page of drafts, and more time for one of them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.actions import submission
from applications.models import Application
from core.audit.models import AuditEvent
from core.mail.models import Message
from tests import factories


@pytest.fixture
def as_helena(client, helena):
    client.force_login(helena)
    return client


def test_staff_see_whose_drafts_there_are_and_nothing_of_what_they_say(as_helena, draft, open_call):
    page = as_helena.get(reverse("manage_apply:drafts", args=[open_call.slug])).text

    assert "ada@" in page
    assert draft.title not in page


def test_more_time_for_one_needs_a_reason_and_is_told_in_both_zones(as_helena, draft, ada, open_call):
    ada.time_zone = "Asia/Bangkok"
    ada.save()
    page = reverse("manage_apply:extend", args=[open_call.slug, draft.pk])
    until = (open_call.closes_at + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")

    refused = as_helena.post(page, {"until": until, "reason": ""})
    assert (refused.status_code, until in refused.text) == (422, True)
    as_helena.post(page, {"until": until, "reason": "A power cut at the host"})

    given = Application.objects.get().extensions.get()
    assert (given.reason, AuditEvent.objects.filter(code="application:extend").count()) == (
        "A power cut at the host",
        1,
    )
    body = Message.objects.get(person=ada).body
    assert " UTC (" in body
    assert "A power cut" in as_helena.get(page).text


def test_nobody_extends_what_they_are_recused_from_or_apply_with(draft, ada, helena, open_call, as_helena):
    factories.people.give_role(user=ada, role="administrator", reason="Joins", by=None)
    with pytest.raises(PermissionDenied):
        submission.extend(
            application=Application.objects.get(), until=open_call.closes_at + timedelta(days=1), reason="Mine", by=ada
        )

    as_helena.force_login(ada)
    assert as_helena.get(reverse("manage_apply:extend", args=[open_call.slug, draft.pk])).status_code == 404
