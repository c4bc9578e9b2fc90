"""The interface to drafts for those who run a call: whose, until when, and more time; never what they say."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from applications.actions import submission
from applications.models import Application
from core.web.api import ReadOnly, body_of


class DraftSerializer(serializers.ModelSerializer):
    """A draft as staff know of it."""

    call = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    owner = serializers.CharField(source="owner_name", read_only=True)
    closes_at = serializers.DateTimeField(read_only=True, help_text="The deadline in force, with its own extension.")

    class Meta:
        model = Application
        fields = ["id", "call", "owner", "state", "started_at", "changed_at", "ready_at", "closes_at"]


class ExtendSerializer(serializers.Serializer):
    """A later deadline for one application, and why."""

    until = serializers.DateTimeField()
    reason = serializers.CharField(max_length=300)


class DraftViewSet(ReadOnly):
    """What is being written, for those who run calls: whose it is and until when."""

    queryset = Application.objects.none()
    serializer_class = DraftSerializer
    filterset_fields = ["call__slug"]

    def get_queryset(self) -> Any:
        """Keep what the page of drafts lists."""
        found = Application.objects.unsubmitted_for(self.request.user)
        return found.with_deadlines().with_owner().order_by("-pk")

    @extend_schema(request=ExtendSerializer, responses=DraftSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        """Give one application more time, with the reason; its owner is told."""
        submission.extend(application=self.get_object(), by=request.user, **body_of(self, ExtendSerializer))
        return Response(self.get_serializer(self.get_object()).data)
