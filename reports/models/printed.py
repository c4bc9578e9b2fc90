"""What a person's copy of a document holds, so that it is shut as soon as one thing in it is shut to them."""

from collections.abc import Iterable

from django.db import models

from applications.models import Application
from core.documents.models import Document


class PrintedApplication(models.Model):
    """An application of which a document says something, and what of it may be shut later."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    names_applicants = models.BooleanField()
    shows_others = models.BooleanField()
    """Whether what other reviewers think stands in it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "application"], name="printed_application_once")]

    def __str__(self) -> str:
        return f"{self.application_id} in {self.document_id}"


class PrintedFile(models.Model):
    """The content of an attached file that is part of a document; if it is found to be bad, that is shut too."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "sha256"], name="printed_file_once")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} in {self.document_id}"


def note_files(document: Document, hashes: Iterable[str]) -> None:
    """Keep which files are part of a document."""
    PrintedFile.objects.bulk_create(PrintedFile(document=document, sha256=each) for each in sorted(set(hashes)))
