"""The form of a call: written in place while the call is a draft, as a version of its own once it is published.

A published form never changes under those who write. What is changed waits in `Call.next_form` until it is put in
force; then drafts move on, and their owners are told what changed. Submitted applications keep the version that they
were submitted with.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import audit, clock, jobs
from core.forms.faults import Fault, faults_in
from core.forms.models import FormVersion
from core.people.models import User
from core.states import WrongState
from fund.building.differences import between
from fund.models import Call, FormChange

type Content = dict[str, Any]


class FaultyForm(ValidationError):
    """A change would make the form one that nobody can fill in; `faults` says where and why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__([str(fault) for fault in faults])
        self.faults = faults


def form_in_work(call: Call) -> FormVersion:
    """Return the version that is being worked on: the changed one of a published call, else the call's own."""
    return call.next_form or call.form


def fingerprint(version: FormVersion) -> str:
    """Return what changes with the content of a version."""
    return hashlib.sha256(json.dumps(version.content, sort_keys=True).encode()).hexdigest()[:20]


def can_edit_form(call: Call) -> bool:
    """Whether the form can be worked on: until the call closes for applications."""
    return call.state in {Call.State.DRAFT, Call.State.PUBLISHED}


@transaction.atomic
def change_form(*, call: Call, edit: Callable[[Content], Content], step: str, by: User | None) -> FormVersion:
    """Do one edit of the builder to the version in work, and return it; a shared or published one is copied first."""
    call = _open_for_work(call, by)
    version = form_in_work(call)
    content = edit(version.content)
    known = {fault.message for fault in faults_in(version.content)}
    if new := [fault for fault in faults_in(content) if fault.message not in known]:
        raise FaultyForm(new)
    return _write(call, version, content, step, by)


@transaction.atomic
def set_form(*, call: Call, content: Mapping[str, Any], title: str = "", by: User | None) -> FormVersion:
    """Put a whole form in place of the one in work: a template, another call's, or one from a file."""
    call = _open_for_work(call, by)
    if faults := list(faults_in(content)):
        raise FaultyForm(faults)
    version = form_in_work(call)
    if title and title != version.title and call.state == Call.State.DRAFT:
        version = FormVersion(title=title[:200], number=0)
    return _write(call, version, dict(content), "replace", by)


@transaction.atomic
def put_in_force(*, call: Call, note: str, by: User | None, seen: str | None = None) -> FormChange:
    """Ask by the changed form from now on: drafts move on to it, and their owners are told.

    `seen` is the fingerprint of the form that the person looked through, which nobody may have changed since.
    """
    call = _open_for_work(call, by)
    if call.state != Call.State.PUBLISHED or call.next_form is None:
        raise WrongState(_("There is no changed form to put in force. Reload the page."))
    if seen is not None and seen != fingerprint(call.next_form):
        raise ValidationError(_("Somebody else has changed the form in the meantime. Look through the list once more."))
    if not between(call.form.content, call.next_form.content):
        raise ValidationError(_("The changed form asks the same as the present one. Change something, or drop it."))
    if faults := list(faults_in(call.next_form.content)):
        raise FaultyForm(faults)
    if not note.strip():
        raise ValidationError({"note": _("Say why the form changes: everyone who is writing reads it.")})
    change = FormChange.objects.create(
        call=call, old=call.form, new=call.next_form, note=note.strip()[:300], changed_at=clock.now(), changed_by=by
    )
    call.form, call.next_form = call.next_form, None
    call.save(update_fields=["form", "next_form"])
    audit.record("call:change-form", by=by, subject=call, change=change.pk, old=change.old_id, new=change.new_id)
    jobs.put("form-changed", key=f"form-changed-{change.pk}", call=call.pk, change=change.pk)
    return change


@transaction.atomic
def drop_changes(*, call: Call, by: User | None) -> None:
    """Leave the form as it is, and forget what was changed in it."""
    call = _open_for_work(call, by)
    dropped, call.next_form = call.next_form, None
    call.save(update_fields=["next_form"])
    if dropped is not None:
        dropped.delete()
        audit.record("call:drop-form-changes", by=by, subject=call)


def _open_for_work(call: Call, by: User | None) -> Call:
    if by is not None and not by.has_perm("fund.run_call"):
        raise PermissionDenied(_("Only fund administrators change forms."))
    call = Call.lock(call.pk)
    if not can_edit_form(call):
        raise WrongState(_("This call takes no applications any more, so its form stays as it is."))
    return call


def _write(call: Call, version: FormVersion, content: Content, step: str, by: User | None) -> FormVersion:
    if version.pk is None or _is_shared(call, version):
        version = next_version(version.title, content)
        name = "form" if call.state == Call.State.DRAFT else "next_form"
        setattr(call, name, version)
        call.save(update_fields=[name])
    else:
        version.content = content
        version.save(update_fields=["content"])
    audit.record("call:edit-form", by=by, subject=call, form=version.pk, step=step)
    return version


def _is_shared(call: Call, version: FormVersion) -> bool:
    """Whether others are asked by this version: those who write to a published call, or another call."""
    if call.state != Call.State.DRAFT:
        return call.next_form is None
    return version.calls.exclude(pk=call.pk).exists() or FormChange.objects.filter(old=version).exists()


def next_version(title: str, content: Content) -> FormVersion:
    """Make a new version of the form of a title."""
    last = FormVersion.objects.filter(title=title).aggregate(last=Max("number"))["last"] or 0
    return FormVersion.objects.create(title=title, number=last + 1, content=content, made_at=clock.now())
