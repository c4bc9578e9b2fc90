"""Quarantine: closing a file for everybody, the record of the incident, and opening it again after a false alarm."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions.files import put_pages
from applications.models import Attachment, AttachmentPage, Handover, Incident
from applications.models.incidents import KEEPS
from core import audit, clock, mail
from core.files import store
from core.people.models import Role, User

REPORTS = "applications.report_attachment"


@transaction.atomic
def report(*, attachment: Attachment, seen: str, by: User | None) -> Incident:
    """Close a file, and all others of the same content, at once, and tell the administrators.

    `seen` says in words what somebody saw, or what the scanner (`by=None`) found.
    """
    if by is not None and not by.has_perm(REPORTS, attachment):
        raise PermissionDenied(_("Who applies with a file removes it instead. Others report it."))
    if not seen.strip():
        raise ValidationError({"seen": _("Say in a sentence what you saw. Do not look at it again for that.")})
    same = Attachment.objects.select_for_update(of=("self",)).filter(sha256=attachment.sha256).order_by("pk")
    files = list(same)
    standing = Incident.objects.standing().filter(sha256=attachment.sha256).first()
    incident = standing or Incident.objects.create(
        sha256=attachment.sha256, seen=seen.strip(), is_by_scanner=by is None, opened_at=clock.now(), opened_by=by
    )
    _shut(incident, files, by)
    if standing is None:
        audit.record("incident:open", by=by, subject=incident, sha256=incident.sha256)
        _tell(incident)
    return incident


def _shut(incident: Incident, files: list[Attachment], by: User | None) -> None:
    path = store.shut_away(incident.sha256)
    pictures = AttachmentPage.objects.filter(attachment__in=files)
    store.forget_after_commit(pictures.values_list("path", flat=True))
    pictures.delete()
    for file in files:
        file.state, file.incident, file.path, file.pictured_at = Attachment.State.QUARANTINED, incident, path, None
        file.save(update_fields=["state", "incident", "path", "pictured_at"])
        audit.record(
            "application:quarantine", by=by, subject=file.application, attachment=file.pk, incident=incident.pk
        )


def _tell(incident: Incident) -> None:
    """Write to every administrator who has no interest in the application. The mail names neither file nor person."""
    keepers = User.objects.filter(is_active=True, grants__role=Role.ADMINISTRATOR, grants__ended_at=None).distinct()
    for keeper in keepers.order_by("pk"):
        if Incident.objects.visible_to(keeper).filter(pk=incident.pk).exists():
            mail.queue("applications/mail/incident.txt", to=keeper, incident=incident)


@transaction.atomic
def hand_over(*, incident: Incident, recipient: str, handed_on: date, reference: str = "", by: User | None) -> Handover:
    """Write down to which hotline or authority it was handed, and when."""
    found = Incident.lock(incident.pk)
    found.take("hand_over", by=by)
    if handed_on > clock.today():
        raise ValidationError({"handed_on": _("This day is still to come. Write the day on which it was handed over.")})
    if not recipient.strip():
        raise ValidationError({"recipient": _("Name the hotline or the authority.")})
    if found.settled_at is not None:
        found.settled_at, found.settled_by, found.settled_because = None, None, ""
        found.save(update_fields=["settled_at", "settled_by", "settled_because"])
    return Handover.objects.create(
        incident=found, recipient=recipient.strip(), handed_on=handed_on, reference=reference.strip(),
        recorded_at=clock.now(), recorded_by=by,
    )  # fmt: skip


@transaction.atomic
def close(*, incident: Incident, because: str, by: User | None) -> Incident:
    """Settle an incident; its content stays closed for good."""
    found = Incident.lock(incident.pk)
    _settle(found, "close", because, by)
    return found


@transaction.atomic
def release(*, incident: Incident, because: str, by: User | None) -> Incident:
    """Open the files again after a false alarm."""
    found = Incident.lock(incident.pk)
    _settle(found, "release", because, by)
    path = store.take_back(found.sha256)
    for file in found.files.select_related("application").order_by("pk"):
        file.state, file.path = Attachment.State.CLEARED, path
        file.save(update_fields=["state", "path"])
        audit.record("application:unquarantine", by=by, subject=file.application, attachment=file.pk, incident=found.pk)
        put_pages(file)
    return found


def _settle(incident: Incident, step: str, because: str, by: User | None) -> None:
    incident.settled_at = clock.now()  # the constraint asks for it with the state
    if by is not None and not by.has_perm(KEEPS, incident):
        raise PermissionDenied(_("Administrators who have no interest in the application keep the record."))
    if not because.strip():
        raise ValidationError({"because": _("Say in a sentence why. It stays in the record.")})
    incident.settled_by, incident.settled_because = by, because.strip()
    incident.save(update_fields=["settled_at", "settled_by", "settled_because"])
    incident.take(step, by=by)
