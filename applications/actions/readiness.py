"""Before the last step: marking a draft ready, and the declaration of the host's signatory."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions.writing import keep_in_grace, take_back_ready
from applications.checks import Incomplete, problems_of
from applications.content import content_of
from applications.models import Application, HostSignature
from applications.models.records import digest_of
from core import audit
from core.people.models import User
from core.states import WrongState


@transaction.atomic
def mark_ready(*, application: Application, by: User | None, at: datetime) -> Application:
    """Say that a draft is ready to submit, if the checks find nothing; any change takes that back."""
    draft = _draft_of(application, by)
    if draft.ready_at is not None:
        return draft
    if draft.is_late(at) or draft.is_late(draft.changed_at):
        raise WrongState(_("The deadline has passed, so marking this draft as ready changes nothing any more."))
    if problems := problems_of(draft):
        raise Incomplete(problems)
    draft.ready_at = at
    draft.save(update_fields=["ready_at"])
    audit.record("application:ready", by=by, subject=draft)
    return draft


@transaction.atomic
def unmark_ready(*, application: Application, by: User | None, at: datetime) -> Application:
    """Say that a draft is not ready after all."""
    draft = _draft_of(application, by)
    keep_in_grace(draft, at)
    take_back_ready(draft, by=by)
    return draft


def _draft_of(application: Application, by: User | None) -> Application:
    draft = Application.objects.for_writing(application.pk)
    if by is not None and not by.has_perm("applications.submit_application", draft):
        raise PermissionDenied(_("Only who may submit an application marks it as ready."))
    if not draft.is_draft:
        raise WrongState(_("This application is not a draft any more, so there is nothing to mark."))
    return draft


@transaction.atomic
def sign(*, application: Application, name: str, capacity: str, by: User, at: datetime) -> HostSignature:
    """Declare for the host organisation that a ready draft may be submitted as it is."""
    draft = Application.objects.for_writing(application.pk)
    if not by.has_perm("applications.sign_application", draft):
        raise PermissionDenied(_("Only the signatory of the host organisation signs here."))
    if not draft.is_draft or not draft.call.needs_signatory:
        raise WrongState(_("This application waits for no signature."))
    if draft.ready_at is None or not draft.may_arrive(at):
        raise WrongState(_("This draft is not ready to submit, so there is nothing to sign yet. Its owner marks it."))
    _check_who_declares(name, capacity)
    if draft.signatures.filter(voided_at=None).exists():
        raise WrongState(_("This draft is signed already. There is nothing more to do."))
    signature = HostSignature.objects.create(
        application=draft, text=draft.call.declaration, name=name.strip(), capacity=capacity.strip(),
        sha256=digest_of(content_of(draft)), signed_at=at, signed_by=by,
    )  # fmt: skip
    audit.record("application:sign", by=by, subject=draft, sha256=signature.sha256)
    return signature


def _check_who_declares(name: str, capacity: str) -> None:
    errors = {}
    if not name.strip():
        errors["name"] = _("Write the full name of the person who declares this.")
    if not capacity.strip():
        errors["capacity"] = _("Write in what capacity, such as Head of research services.")
    if errors:
        raise ValidationError(errors)


def declaration_of(draft: Application, *, name: str, capacity: str, at: datetime) -> dict[str, str] | None:
    """Return the declaration that a version freezes, or None where the call asks for none.

    Of a call that needs the host's signatory it is theirs, over exactly this content; else it is the submitter's.
    """
    if not draft.call.declaration:
        return None
    if not draft.call.needs_signatory:
        _check_who_declares(name, capacity)
        return _declared(draft.call.declaration, name.strip(), capacity.strip(), "submitter", at)
    signature = draft.signatures.filter(voided_at=None).first()
    if signature is None:
        raise ValidationError(_("The signatory of the host organisation has not signed yet."))
    if signature.sha256 != digest_of(content_of(draft)):
        raise ValidationError(_("The application changed after it was signed. Ask the signatory to sign it again."))
    return _declared(signature.text, signature.name, signature.capacity, "signatory", signature.signed_at)


def _declared(text: str, name: str, capacity: str, role: str, at: datetime) -> dict[str, str]:
    return {"text": text, "name": name, "capacity": capacity, "as": role, "at": at.isoformat()}
