"""Handing in: once, in time, complete, frozen; and taking back."""

from decimal import Decimal

from applications.actions import submission
from applications.models import ApplicationVersion
from applications.models.records import digest_of
from core import clock
from core.audit.models import AuditEvent
from core.jobs.models import Job


def test_submit_numbers_freezes_records_and_queues_one_receipt(draft, ada):
    at = clock.now()

    submitted = submission.submit(application=draft, by=ada, at=at)

    version = ApplicationVersion.objects.get()
    assert (submitted.state, submitted.reference, submitted.submitted_at) == ("submitted", "PREVENTION-FIRST-001", at)
    assert (submitted.amount, submitted.current, version.number) == (Decimal(110000), version, 1)
    assert version.sha256 == digest_of(version.content)
    assert list(AuditEvent.objects.filter(code="application:submit").values_list("actor", "data")) == [
        (ada.pk, {"before": "draft", "after": "submitted", "version": 1, "sha256": version.sha256})
    ]
    assert list(Job.objects.values_list("kind", "payload", "priority")) == [
        ("application-receipt", {"version": version.pk}, 10)
    ]
