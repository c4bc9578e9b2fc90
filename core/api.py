"""The interface to documents, jobs and batches."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.documents.filters import DocumentFilter
from core.documents.models import Document, IssuedLetter
from core.jobs.models import Batch, Job
from core.letters.filters import LetterFilter
from core.web.api import ReadOnly


class DocumentSerializer(serializers.ModelSerializer):
    """A filed document; `url` hands over the file."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    kind_label = serializers.CharField(read_only=True)

    class Meta:
        model = Document
        fields = ["code", "kind", "kind_label", "number", "title", "name", "sha256", "size", "made_at", "url"]


class DocumentViewSet(ReadOnly):
    """Documents that the person may read: letters, receipts, summaries."""

    queryset = Document.objects.none()
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    lookup_field = "code"

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        return Document.objects.visible_to(self.request.user).current().order_by("-pk")


class LetterSerializer(serializers.ModelSerializer):
    """A row of the register of letters; `document` hands over the file, and `code` is what anybody checks it by."""

    number = serializers.CharField(read_only=True)
    kind_label = serializers.CharField(read_only=True)
    document = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = IssuedLetter
        fields = [
            "id", "number", "version", "code", "kind", "kind_label", "about", "state", "reason", "asked_because",
            "entered_at", "issued_at", "ended_at", "sha256", "template", "is_signed", "document",
        ]  # fmt: skip


class LetterViewSet(ReadOnly):
    """The register of letters, for administrators and auditors."""

    queryset = IssuedLetter.objects.none()
    serializer_class = LetterSerializer
    filterset_class = LetterFilter

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        return IssuedLetter.objects.visible_to_fund(self.request.user).select_related("document").order_by("-pk")


class BatchSerializer(serializers.ModelSerializer):
    """A batch with its progress."""

    total = serializers.IntegerField(read_only=True)
    done = serializers.IntegerField(read_only=True)
    held = serializers.IntegerField(read_only=True)
    failed = serializers.IntegerField(read_only=True)
    cancelled = serializers.IntegerField(read_only=True)
    left = serializers.IntegerField(read_only=True)

    class Meta:
        model = Batch
        fields = ["id", "title", "asked_at", "total", "done", "held", "failed", "cancelled", "left"]


class BatchViewSet(ReadOnly):
    """Batches of jobs that the person asked for, with their progress."""

    queryset = Batch.objects.none()
    serializer_class = BatchSerializer
    filterset_fields: ClassVar = {"title": ["exact", "icontains"], "asked_at": ["gte", "lt"]}

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        return Batch.objects.visible_to(self.request.user).with_progress().order_by("-pk")


class JobSerializer(serializers.ModelSerializer):
    """One job, without its payload."""

    class Meta:
        model = Job
        fields = ["id", "kind", "batch", "priority", "state", "due_at", "attempt", "finished_at", "error"]


class JobViewSet(ReadOnly):
    """Jobs of the batches that the person may see."""

    queryset = Job.objects.none()
    serializer_class = JobSerializer
    filterset_fields = ["kind", "state", "batch"]

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        return Job.objects.visible_to(self.request.user).order_by("-pk")
