"""Changing what letters say: each saving is a new version, by which letters are made from then on."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.people.models import User
from core.states import WrongState
from core.words import normal
from reports.builders.template.check import faults_of
from reports.builders.template.kinds import KINDS
from reports.models import TemplateVersion, first_version, in_force


def save(*, kind: str, language: str, text: str, note: str, seen: int, by: User) -> TemplateVersion:
    """Put a changed text in force; refused where it has a fault, or where it would write over what was not seen.

    The same text saved twice is one version.
    """
    if not by.has_perm("reports.write_templates"):
        raise PermissionDenied(_("Only administrators change what letters say."))
    text = normal(text).strip() + "\n"
    if faults := faults_of(text, KINDS[kind]):
        raise ValidationError({"text": [_("Line %(line)s: %(message)s") % fault._asdict() for fault in faults[:20]]})
    if not note.strip():
        raise ValidationError({"note": _("Say what changed and why, for those who read the letters later.")})
    try:
        return _store(TemplateVersion(kind=kind, language=language, text=text, note=note.strip()), seen, by)
    except IntegrityError:
        raise WrongState(_saved_meanwhile()) from None


@transaction.atomic
def _store(version: TemplateVersion, seen: int, by: User) -> TemplateVersion:
    last = in_force(version.kind, version.language)
    if last.text == version.text:
        return last
    if last.number != seen:
        raise WrongState(_saved_meanwhile())
    if last._state.adding:
        begin(version.kind, version.language)
    version.number, version.saved_at, version.saved_by = last.number + 1, clock.now(), by
    version.save(force_insert=True)
    audit.record(
        "letter_template:save", by=by, subject=version, kind=version.kind, language=version.language,
        number=version.number,
    )  # fmt: skip
    return version


def begin(kind: str, language: str) -> None:
    """Store the version that comes with the product, unless there is one."""
    first = first_version(kind, language)
    TemplateVersion.objects.get_or_create(kind=kind, language=language, number=1, defaults={"text": first.text})


def _saved_meanwhile() -> str:
    return _("Somebody saved another version since you opened this page. Compare yours with it, then save again.")
