"""The register of letters: a number and a code for each, and what becomes of them."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from core import audit, clock, jobs, mail
from core.documents.filing import file
from core.documents.models import Document, IssuedLetter
from core.mail import letters as mails
from core.people.models import User
from core.states import WrongState

State = IssuedLetter.State
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no sign is taken for another."""
_READ_AS = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A letter to be entered: its kind, what it is about, what it belongs to, and the key of what it tells of.

    `about` is what it is about in words, for the people of the fund.
    """

    kind: str
    subject: models.Model
    about: str
    root: tuple[str, int]
    cause: int


def enter(entries: Iterable[Entry], *, series: str, numbers: Sequence[int], by: User | None) -> list[IssuedLetter]:
    """Enter letters under numbers that were just taken, in their order; call it in the transaction that releases them."""
    now = clock.now()
    chosen = list(entries)
    return IssuedLetter.objects.bulk_create(
        IssuedLetter(
            series=series, sequence=sequence, code=code, kind=entry.kind, subject_type=entry.subject._meta.label_lower,
            subject=entry.subject.pk, root_type=entry.root[0], root=entry.root[1], cause=entry.cause, entered_at=now,
            about=entry.about[:320], entered_by=by,
        )
        for entry, sequence, code in zip(chosen, numbers, _new_codes(len(chosen)), strict=True)
    )  # fmt: skip


def _new_codes(number: int) -> list[str]:
    """Draw codes that no letter has: eight signs of 40 random bits, in two groups."""
    found: set[str] = set()
    while len(found) < number:
        drawn = {_draw() for _ in range(number - len(found))}
        found |= drawn - set(IssuedLetter.objects.filter(code__in=drawn).values_list("code", flat=True))
    return list(found)


def _draw() -> str:
    signs = "".join(secrets.choice(SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def as_code(typed: str) -> str:
    """Return a code as it stands in the register, however somebody typed it."""
    signs = "".join(sign for sign in typed.upper().translate(_READ_AS) if sign in SIGNS)
    return f"{signs[:4]}-{signs[4:]}" if len(signs) == 8 else ""


@transaction.atomic
def issue(letter: IssuedLetter, content: bytes, *, subject: models.Model, is_signed: bool, **fields: Any) -> Document:
    """File a letter that was made and write its hash in the register; the version before it is replaced with this.

    Call it inside `Claim.filing()`. A letter that was filed already stays as it is: it is never made again.
    """
    letter = IssuedLetter.lock(letter.pk)
    if letter.state != State.WAITING:
        raise WrongState(_("This letter was made already."))
    before = _valid_version(letter)
    document = file(
        letter.kind, content, subject=subject, number=letter.number, supersedes=before.document if before else None,
        **fields,
    )  # fmt: skip
    if before is not None:
        before.ended_at = document.made_at
        before.save(update_fields=["ended_at"])
        before.take("replace", by=None, number=letter.number, version=before.version)
        mails.recall(_file_of(before))
    IssuedLetter.objects.filter(pk=letter.pk).update(
        document=document, sha256=document.sha256, template=document.template, issued_at=document.made_at,
        is_signed=is_signed, reason="",
    )  # fmt: skip
    letter.take("issue", by=None, number=letter.number, version=letter.version)
    return document


def _valid_version(letter: IssuedLetter) -> IssuedLetter | None:
    rows = IssuedLetter.objects.versions_of(letter).filter(state=State.ISSUED)
    return rows.select_for_update(of=("self",), no_key=True).select_related("document").first()


@transaction.atomic
def hold(letter: IssuedLetter, *, because: str) -> None:
    """Keep a letter that cannot be made, with its number, until what stops it is mended."""
    letter = IssuedLetter.lock(letter.pk)
    letter.reason = because
    letter.save(update_fields=["reason"])
    letter.take("hold", by=None, number=letter.number, version=letter.version)


@transaction.atomic
def mend(*, letter: IssuedLetter, by: User) -> IssuedLetter:
    """Let a held letter be made once more, with the number that it has."""
    letter = IssuedLetter.lock(letter.pk)
    letter.take("mend", by=by, number=letter.number, version=letter.version)
    if not jobs.redo_held(letter.kind, letter=letter.pk):
        _order(letter)
    return letter


@transaction.atomic
def mend_all(*, by: User) -> int:
    """Let all held letters that a person may run be made once more, and return how many they are."""
    rows = IssuedLetter.objects.visible_to_fund(by).filter(state=State.HELD).order_by("pk")
    for letter in rows:
        mend(letter=letter, by=by)
    return len(rows)


@transaction.atomic
def replace(*, letter: IssuedLetter, because: str, by: User) -> IssuedLetter:
    """Ask for the next version of a letter, under its number; a valid one has its place until it is made."""
    letter = IssuedLetter.lock(letter.pk)
    _must_run(letter, by)
    _must_be_alone(letter)
    versions = list(IssuedLetter.objects.versions_of(letter).order_by("version"))
    if not letter.may_be_followed(versions):
        raise WrongState(
            _(
                "A new version follows the valid one, or the last if all are withdrawn. Reload the page to see which it is."
            )
        )
    _must_say_why(because)
    again = IssuedLetter.objects.create(
        series=letter.series, sequence=letter.sequence, version=versions[-1].version + 1, code=_new_codes(1)[0],
        kind=letter.kind, subject_type=letter.subject_type, subject=letter.subject, root_type=letter.root_type,
        root=letter.root, about=letter.about, cause=letter.cause, entered_at=clock.now(), entered_by=by, asked_because=because.strip(),
    )  # fmt: skip
    audit.record("issuedletter:ask_version", by=by, subject=again, number=again.number, version=again.version)
    _order(again)
    return again


@transaction.atomic
def withdraw(*, letter: IssuedLetter, because: str, by: User) -> IssuedLetter:
    """Declare a letter void, with a reason; its number and its file stay in the register."""
    letter = IssuedLetter.lock(letter.pk)
    _must_run(letter, by)
    if letter.state == State.ISSUED:
        _must_be_alone(letter)
    _must_say_why(because)
    letter.reason, letter.ended_at = because.strip(), clock.now()
    letter.save(update_fields=["reason", "ended_at"])
    letter.take("withdraw", by=by, number=letter.number, version=letter.version)
    if letter.document_id is not None:
        Document.objects.filter(pk=letter.document_id).update(superseded_at=letter.ended_at)
        _tell(letter)
    return letter


def _tell(letter: IssuedLetter) -> None:
    """Write to whoever got a letter that is void now; whoever did not, gets neither."""
    document = _file_of(letter)
    mails.recall(document)
    for person in {each.person for each in mails.readers_of(document) if each.person}:
        mail.queue("core/mail/letter_withdrawn.txt", to=person, letter=letter)


def _file_of(letter: IssuedLetter) -> Document:
    return Document.objects.get(letter=letter)


def _must_run(letter: IssuedLetter, by: User) -> None:
    if not by.has_perm("core.run_letters", letter):
        raise PermissionDenied(
            _("Letters are replaced and withdrawn by administrators who have no tie to what they are about.")
        )


def _must_be_alone(letter: IssuedLetter) -> None:
    made = IssuedLetter.objects.versions_of(letter).filter(version__gt=letter.version)
    if made.filter(state__in=[State.WAITING, State.HELD]).exists():
        raise WrongState(_("A new version of this letter is being made or is held. See to that one first."))


def _must_say_why(because: str) -> None:
    if not because.strip():
        raise ValidationError({"because": _("Say why. The reason stays in the register.")})


def _order(letter: IssuedLetter) -> None:
    jobs.put(letter.kind, letter=letter.pk, decision=letter.cause)
