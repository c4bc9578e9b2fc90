"""What staff write down while they screen: ticks, notes, tags and flags, and the checklist itself."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application, ChecklistItem, Label, Labelling, Note, Tick
from applications.search.folding import key_of
from core import audit, clock
from core.people.models import User
from fund.models import Call

MOST_ITEMS = 30
MOST_LABELS = 60
LONGEST_NOTE = 4000


@transaction.atomic
def set_checklist(*, call: Call, items: list[str], by: User | None) -> list[ChecklistItem]:
    """Give a call its checklist, in this order; an item that was ticked and is left out is retired, not forgotten."""
    if by is not None and not by.has_perm("fund.run_call", call):
        raise PermissionDenied(_("Only fund administrators set the checklist of a call."))
    texts = list(dict.fromkeys(" ".join(each.replace("\0", "").split()) for each in items))
    texts = [each for each in texts if each]
    if len(texts) > MOST_ITEMS:
        raise ValidationError({"items": _("A checklist has at most %(number)d items.") % {"number": MOST_ITEMS}})
    if any(len(each) > 200 for each in texts):
        raise ValidationError({"items": _("An item has at most 200 characters. Shorten the longest one.")})
    Call.lock(call.pk)
    known = {each.text: each for each in call.checklist.all()}
    for text, item in known.items():
        if text not in texts:
            _retire(item)
    for position, text in enumerate(texts):
        item = known.get(text) or ChecklistItem(call=call, text=text)
        item.position, item.is_retired = position, False
        item.save()
    audit.record("call:set-checklist", by=by, subject=call, number=len(texts))
    return list(call.checklist.filter(is_retired=False))


def _retire(item: ChecklistItem) -> None:
    if item.ticks.exists():
        item.is_retired = True
        item.save(update_fields=["is_retired"])
    else:
        item.delete()


@transaction.atomic
def tick(*, application: Application, answers: Mapping[int, str], by: User | None) -> int:
    """Write down how items of the checklist stand, by their keys, and return how many changed; "" takes one back."""
    found = _opened(application, by)
    items = {each.pk: each for each in found.call.checklist.filter(is_retired=False)}
    before = {each.item_id: each for each in found.ticks.all()}
    changed = 0
    for key, answer in answers.items():
        if key not in items or (answer and answer not in Tick.Answer.values):
            raise ValidationError(_("This checklist was changed in the meantime. Reload the page and tick it again."))
        old = before.get(key)
        if (old.answer if old else "") == answer:
            continue
        changed += 1
        if not answer and old:
            old.delete()
        elif answer:
            row = {"answer": answer, "ticked_at": clock.now(), "ticked_by": by}
            Tick.objects.update_or_create(application=found, item=items[key], defaults=row)
        audit.record("application:tick", by=by, subject=found, item=key, answer=answer)
    return changed


@transaction.atomic
def note(*, application: Application, audience: str, text: str, by: User | None) -> Note:
    """Write a note on an application for its audience; the audit trail keeps that, not the text."""
    found = _opened(application, by)
    errors = {}
    if audience not in Note.Audience.values:
        errors["audience"] = _("Choose who reads the note.")
    if not text.strip():
        errors["text"] = _("Write the note.")
    if len(text) > LONGEST_NOTE:
        errors["text"] = _("A note has at most %(number)d characters.") % {"number": LONGEST_NOTE}
    if errors:
        raise ValidationError(errors)
    written = Note.objects.create(application=found, audience=audience, text=text.strip(), written_by=by)
    audit.record("application:note", by=by, subject=found, audience=audience)
    return written


@transaction.atomic
def put_label(
    *, application: Application, kind: str, word: str, by: User | None, in_all_calls: bool = False
) -> Labelling:
    """Put a tag or a flag on an application; a new word becomes one of its call, or of all calls of the fund."""
    found = _opened(application, by)
    label = _label(found.call, kind, word, in_all_calls=in_all_calls)
    labelling, is_new = Labelling.objects.get_or_create(application=found, label=label, defaults={"put_by": by})
    if is_new:
        audit.record("application:label", by=by, subject=found, label=label.pk)
    return labelling


@transaction.atomic
def take_label(*, application: Application, label: Label, by: User | None) -> None:
    """Take a tag or a flag off an application."""
    found = _opened(application, by)
    if Labelling.objects.filter(application=found, label=label).delete()[0]:
        audit.record("application:unlabel", by=by, subject=found, label=label.pk)


def check_label(kind: str, word: str) -> None:
    """Refuse what can be no tag or flag."""
    if kind not in Label.Kind.values:
        raise ValidationError({"kind": _("Choose a tag or a flag.")})
    if not key_of(word) or len(word.strip()) > 40:
        raise ValidationError({"word": _("Write a word or two, at most 40 characters.")})


def _label(call: Call, kind: str, word: str, *, in_all_calls: bool) -> Label:
    check_label(kind, word)
    key, spoken = key_of(word), " ".join(word.split())
    known = Label.objects.filter(fund=call.fund_id, kind=kind)
    if found := known.filter(key=key, call__in=[call]).first() or known.filter(key=key, call=None).first():
        return found
    if known.filter(call=call).count() >= MOST_LABELS:
        raise ValidationError({"word": _("This call has 60 of them already. Use one of those.")})
    # Somebody may put the same new word on another application at this moment.
    label, _is_new = Label.objects.get_or_create(
        fund=call.fund, call=None if in_all_calls else call, kind=kind, key=key, defaults={"word": spoken}
    )
    return label


def _opened(application: Application, by: User | None) -> Application:
    found = Application.objects.for_writing(application.pk)
    if by is not None and not by.has_perm("applications.screen_application", found):
        raise PermissionDenied(_("Only fund administrators who have no interest in an application write this down."))
    return found
