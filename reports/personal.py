"""A person's own copy of a document: numbered, open to nobody else, and filed in the place of their last one."""

from dataclasses import dataclass

from django.core.files.base import File
from django.db import models

from core import documents
from core.documents.models import Document, DocumentQuerySet
from core.jobs import Claim
from core.people.models import User


@dataclass(frozen=True, slots=True)
class NextCopy:
    """The copy of a kind about one row that a person gets next, with its number among theirs."""

    kind: str
    of: models.Model
    person: User
    number: int

    def file(
        self,
        claim: Claim,
        content: bytes | File,
        *,
        title: str,
        name: str,
        content_type: str = "application/pdf",
        asked_by: int | None = None,
    ) -> Document:
        """File the copy as what the job made; call it inside `Claim.filing()`.

        It is as old as what its reader might read when the job was taken: what was shut to them since shuts it.
        Whose key is given in `asked_by` ordered it for the person; else they ordered it themselves.
        """
        document = documents.file(
            self.kind, content, subject=self.of, recipient=self.person, asked_by_id=asked_by or self.person.pk,
            batch_id=claim.batch, template=f"{self.kind}/1", title=title, name=name, content_type=content_type,
            made_at=claim.taken_at, supersedes=_copies(self.kind, self.of, self.person).current().first(),
        )  # fmt: skip
        claim.result["document"] = document.pk
        return document


def reader_of(claim: Claim) -> User:
    """Return for whom a job makes a copy."""
    return User.objects.get(pk=claim.payload["person"])


def next_copy(kind: str, of: models.Model, person: User) -> NextCopy:
    """Return the copy that a person gets next."""
    return NextCopy(kind, of, person, _copies(kind, of, person).count() + 1)


def _copies(kind: str, of: models.Model, person: User) -> DocumentQuerySet:
    return Document.objects.about(of).filter(kind=kind, recipient=person)
